"""Authors in the admin, and the byline on a post's page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from posts.admin.sections import NamedAdmin
from posts.models import Author, Byline


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    autocomplete_fields = ("login",)


class BylineInline(admin.TabularInline):
    model = Byline
    extra = 1
    autocomplete_fields = ("author",)
    fields = ("position", "author")
    verbose_name = _("author")
    verbose_name_plural = _("byline: its authors, in the order of their positions")
