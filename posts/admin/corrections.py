"""Corrections on a post's page in the admin."""

from django.contrib import admin

from posts.models import Correction


class CorrectionInline(admin.StackedInline):
    model = Correction
    fields = ("kind", "text")
    can_delete = False

    def get_extra(self, request, obj=None, **kwargs):
        """One to fill in where readers can have seen something; more with the script's link."""
        return int(obj is not None and obj.published_at is not None)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "text":
            field.widget.attrs |= {"dir": "auto", "rows": 3}
        return field
