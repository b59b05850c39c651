"""What stands at the head of the front page and of sections: one page on which it is arranged."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from posts import placing
from posts.admin.choosing import Choice
from posts.admin.ordering import OrderedFormSet
from posts.models import Placement, Post, Section

RIGHTS = ("posts.add_placement", "posts.change_placement", "posts.delete_placement")


class PlacementForm(forms.ModelForm):
    """One place. A new one has the list and the post to choose; of a stored one they are fixed.

    They are no fields of the model's form: what is there once, only the formset can see.
    """

    section = forms.ModelChoiceField(
        Section.objects.all(), required=False, label=_("Where"), empty_label=_("Front page")
    )
    post = forms.ModelChoiceField(
        Post.objects.all(),
        label=_("post"),
        widget=Choice(Placement._meta.get_field("post"), admin.site),
    )

    field_order = ("position", "post", "section", "until")

    class Meta:
        model = Placement
        fields = ("position", "until")
        widgets = {
            "until": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["section"], self.fields["post"]
        else:
            del self.fields["position"]

    def clean_until(self):
        until = self.cleaned_data["until"]
        if "until" in self.changed_data and until and until <= timezone.now():
            raise forms.ValidationError(_("That time is over. Choose a later one, or none."))
        return until

    def clean(self):
        for name in {"section", "post"} & self.cleaned_data.keys():
            setattr(self.instance, name, self.cleaned_data[name])
        return super().clean()


class PlacementFormSet(OrderedFormSet):
    """All places of all lists, and a new one."""

    def shown_number(self, form, index):
        before = 0
        for place in self.get_queryset():
            if place.section_id == form.instance.section_id:
                before += 1
            if place.pk == form.instance.pk:
                return before
        return None

    def lists(self):
        found = {}
        for form in self.forms:
            found.setdefault(form.instance.section_id, []).append(form)
        return found.values()

    def _should_delete_form(self, form):
        # Whoever removed it meanwhile wanted the same as who ticks “Remove”.
        gone = form in self.initial_forms and form.instance.pk is None
        return gone or super()._should_delete_form(form)

    def clean(self):
        removed = {
            form.instance.pk for form in self.initial_forms if self._should_delete_form(form)
        }
        taken = {
            (place.section_id, place.post_id)
            for place in self.get_queryset()
            if place.pk not in removed
        }
        for form in self.extra_forms:
            place = form.instance
            if (place.section_id, place.post_id) in taken:
                words = _("“%(post)s” has a place there already.") % {"post": place.post}
                form.add_error("post", words)


@admin.register(Placement)
class PlacementAdmin(admin.ModelAdmin):
    class Media:
        css = {"all": ["css/admin.css"]}

    def get_urls(self):
        page = self.admin_site.admin_view(self.changelist_view)
        return [path("", page, name="posts_placement_changelist")]

    def changelist_view(self, request, extra_context=None):
        """All lists on one page, each in its order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        may_arrange = request.user.has_perms(RIGHTS)
        if request.method == "POST" and not may_arrange:
            raise PermissionDenied
        formset = self._formset(request)
        if request.method == "POST" and formset.is_valid() and self._saved(request, formset):
            return redirect("admin:posts_placement_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(self.opts.verbose_name_plural),
            "opts": self.opts,
            "media": self.media + formset.media + formset.empty_form.media,
            "formset": formset,
            "may_arrange": may_arrange,
            "lists": _lists(formset),
        }
        return TemplateResponse(request, "admin/posts/placement/arrange.html", context)

    def _formset(self, request):
        made = forms.modelformset_factory(
            Placement,
            PlacementForm,
            formset=PlacementFormSet,
            can_delete=True,
            extra=1,
        )
        places = Placement.objects.select_related("post", "section").defer("post__body")
        # The front page, which is no section, first: databases don't agree on where nothing goes.
        front_first = F("section").asc(nulls_first=True)
        return made(request.POST or None, queryset=places.order_by(front_first, "position", "pk"))

    def _saved(self, request, formset):
        try:
            with transaction.atomic():
                removed = [form.instance for form in formset.deleted_forms if form.instance.pk]
                if removed:
                    self.log_deletions(request, removed)
                formset.save()
                self._log(request, formset)
        except IntegrityError:
            words = _(
                "Nothing was saved: somebody else gave that post its place at the same moment."
            )
            self.message_user(request, words, messages.ERROR)
            return False
        self.message_user(request, _("Readers see it as you arranged it."), messages.SUCCESS)
        return True

    def _log(self, request, formset):
        for place in formset.new_objects:
            self.log_addition(request, place, [{"added": {}}])
        for place, fields in formset.changed_objects:
            self.log_change(request, place, [{"changed": {"fields": fields}}])


def _lists(formset):
    """[(section, or None for the front page; its forms in order)]: the front page always."""
    found = {None: (None, [])}
    for form in formset.initial_forms:
        place = form.instance
        if place.pk:
            found.setdefault(place.section_id, (place.section, []))[1].append(form)
    return list(found.values())


class PlacingActions:
    """What a ModelAdmin of posts gets so that places can be given from the list of posts."""

    actions = ("place_on_the_front", "pin_in_its_section")

    def has_place_permission(self, request):
        return request.user.has_perm("posts.add_placement")

    @admin.action(description=_("Give a place on the front page"), permissions=["place"])
    def place_on_the_front(self, request, queryset):
        self._place(request, [(post, None) for post in queryset])

    @admin.action(description=_("Pin at the head of its section"), permissions=["place"])
    def pin_in_its_section(self, request, queryset):
        self._place(request, [(post, post.section) for post in queryset if post.section])

    def _place(self, request, wanted):
        with transaction.atomic():
            given = [post for post, section in wanted if placing.give_place(post, section)]
        if not given:
            words = _("Nothing changed: those posts have that place, or stand in no section.")
            self.message_user(request, words, messages.WARNING)
            return
        words = ngettext(
            "%(number)d post was given a place.", "%(number)d posts were given places.", len(given)
        )
        self.message_user(request, words % {"number": len(given)}, messages.SUCCESS)
