"""Authors in the admin, and the byline on a post's page."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from posts import checklist
from posts.admin.ordering import OrderedFormSet
from posts.admin.sections import NamedAdmin
from posts.models import Author, Blog, Byline, Post


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    autocomplete_fields = ("login",)


class WrittenBy(admin.SimpleListFilter):
    """By the keys of an author's posts: Django's own filter asks for each post of all."""

    title = _("author")
    parameter_name = "author"

    def lookups(self, request, model_admin):
        return [(str(author.pk), str(author)) for author in Author.objects.order_by("name")]

    def queryset(self, request, queryset):
        author = self.value()
        if not author or not author.isdecimal():
            return queryset
        return queryset.filter(pk__in=Byline.objects.filter(author=int(author)).values("post"))


class BylineFormSet(OrderedFormSet, forms.BaseInlineFormSet):
    """Also holds the publish checklist against the post: only here the byline is known."""

    def clean(self):
        super().clean()
        post = self.instance
        if post.status != Post.Status.PUBLISHED or Blog.current().checklist != "refuses":
            return
        if Post.objects.filter(pk=post.pk, status=Post.Status.PUBLISHED).exists():
            return  # a typo in what is out already can always be mended
        has_author = any(
            form.cleaned_data.get("author") and not form.cleaned_data.get("DELETE")
            for form in self.forms
            if hasattr(form, "cleaned_data")
        )
        if lacks := checklist.missing(post, has_author):
            raise ValidationError([_("It was not published yet."), *lacks])


class BylineInline(admin.TabularInline):
    model = Byline
    formset = BylineFormSet
    extra = 1
    autocomplete_fields = ("author",)
    fields = ("position", "author", "role")
    verbose_name = _("author")
    verbose_name_plural = _("byline: its authors, in their order")
