"""Rows that an editor puts in order: by dragging, by arrow keys, or by their numbers."""

from django import forms
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from posts.ordering import in_order

# What a PositiveSmallIntegerField holds on PostgreSQL; SQLite would take more.
LARGEST = 32_767


class PositionInput(AdminIntegerFieldWidget):
    """A number; `static/js/ordering.js` puts a handle beside it, by which its row is moved."""

    def __init__(self, attrs=None):
        words = {
            "data-move": _("Move: {name}"),
            "data-how": _("Drag it, or press the arrow keys"),
            "data-moved": _("{name} is now at place {number} of {all}."),
        }
        super().__init__(words | (attrs or {}))

    class Media:
        js = [Script("js/ordering.js", defer=True)]


class PositionField(forms.IntegerField):
    """A row's number. A new row with a number and nothing else is still an empty row."""

    widget = PositionInput

    def __init__(self, **kwargs):
        super().__init__(
            label=_("position"), required=False, min_value=0, max_value=LARGEST, **kwargs
        )

    def has_changed(self, initial, data):
        return initial is not None and super().has_changed(initial, data)


class OrderedFormSet(forms.BaseModelFormSet):
    """Rows with a `position`: shown as 1, 2, 3 …, and stored so, whatever numbers were given.

    A row that was given no number comes after the others.
    """

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "position" in form.fields:
            form.fields["position"] = PositionField()
            form.initial["position"] = self.shown_number(form, index)

    def shown_number(self, form, index):
        """The number with which a row's form began; None for a new one."""
        is_stored = index is not None and index < self.initial_form_count()
        return index + 1 if is_stored else None

    def lists(self):
        """The forms in lists of which each is numbered for itself."""
        return [self.forms]

    def save(self, commit=True):
        rows = [row for forms_ in self.lists() for row in self._numbered(forms_)]
        saved = super().save(commit)
        if commit:
            # Also those that nobody touched, where another one went past them.
            self.model.objects.bulk_update(rows, ["position"])
        return saved

    def _numbered(self, forms_):
        rows = in_order(
            (form.instance, form.initial.get("position"), form.cleaned_data.get("position"))
            for form in forms_
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        )
        for number, row in enumerate(rows, 1):
            row.position = number
        return rows
