"""Authors in the admin, and the byline on a post's page."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from posts import checklist
from posts.admin.choosing import KEY, ChosenRows
from posts.admin.ordering import OrderedFormSet
from posts.admin.sections import NamedAdmin
from posts.models import Author, Byline


@admin.register(Author)
class AuthorAdmin(ChosenRows, NamedAdmin):
    autocomplete_fields = ("login",)


class WrittenBy(admin.SimpleListFilter):
    """Django's own filter would list the authors by asking for the posts of each."""

    title = _("author")
    parameter_name = "author"

    def lookups(self, request, model_admin):
        return [(str(author.pk), str(author)) for author in Author.objects.order_by("name")]

    def queryset(self, request, queryset):
        author = self.value()
        if not author or not KEY.fullmatch(author):
            return queryset
        # With a join SQLite begins at the byline, and sorts all that an author ever wrote.
        named = Byline.objects.filter(post=OuterRef("pk"), author=int(author))
        return queryset.filter(Exists(named))


class BylineFormSet(OrderedFormSet, forms.BaseInlineFormSet):
    """Also holds the publish checklist against the post: only here the byline is known."""

    def clean(self):
        super().clean()
        post = self.instance
        has_author = any(
            form.cleaned_data.get("author") and not form.cleaned_data.get("DELETE")
            for form in self.forms
            if hasattr(form, "cleaned_data")
        )
        if lacks := checklist.refusing(post, has_author):
            raise ValidationError([_("It was not published yet."), *lacks])


class BylineInline(ChosenRows, admin.TabularInline):
    model = Byline
    formset = BylineFormSet
    extra = 1
    autocomplete_fields = ("author",)
    fields = ("position", "author", "role")
    verbose_name = _("author")
    verbose_name_plural = _("byline: its authors, in their order")
