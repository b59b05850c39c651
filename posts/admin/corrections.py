"""Corrections on a post's page in the admin."""

from django.contrib import admin
from django.utils import timezone

from posts.models import Correction


class CorrectionInline(admin.StackedInline):
    model = Correction
    fields = ("kind", "text")
    can_delete = False

    def get_extra(self, request, obj=None, **kwargs):
        """One to fill in where readers can have seen something; more with the script's link."""
        was_out = obj is not None and obj.published_at and obj.published_at <= timezone.now()
        return int(bool(was_out))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "text":
            field.widget.attrs |= {"dir": "auto", "rows": 3}
        return field
