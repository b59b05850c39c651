"""Sections and tags in the admin."""

from django.contrib import admin

from posts.admin.editions import TranslatedAdmin
from posts.admin.ordering import PositionInput
from posts.models import Section, Tag


class NamedAdmin(admin.ModelAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")


class TermAdmin(TranslatedAdmin, NamedAdmin):
    pass


@admin.register(Section)
class SectionAdmin(TermAdmin):
    list_display = ("name", "slug", "parent", "position")
    list_editable = ("position",)
    list_select_related = ("parent",)

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, widgets={"position": PositionInput}, **kwargs)


@admin.register(Tag)
class TagAdmin(TermAdmin):
    pass
