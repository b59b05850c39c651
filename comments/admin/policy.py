"""The moderation settings: one record, so one form and no list."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from comments import retention, score
from comments.models import Policy
from posts import languages

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@admin.register(Policy)
class PolicyAdmin(admin.ModelAdmin):
    change_form_template = "admin/comments/policy/change_form.html"
    readonly_fields = ("score_now", "retention_last_ran")
    fieldsets = [
        (
            _("Forums"),
            {
                "fields": (
                    ("holds_after_days", "closes_after_days"),
                    "closing_message",
                ),
                "description": _(
                    "These count for each post that says nothing else. Who opens, closes or "
                    "pre-moderates a forum by hand wins over them for good."
                ),
            },
        ),
        (_("Duty hours"), {"fields": DAYS, "classes": ["duty-hours"]}),
        (
            _("Pipeline"),
            {
                "fields": (
                    ("links_held_from", "least_seconds"),
                    ("per_minute", "per_hour", "per_forum"),
                    "refused_beyond",
                    "score_holds_from",
                    "score_now",
                ),
                "description": _("What makes a new comment wait for a moderator."),
            },
        ),
        (_("Known names"), {"fields": ("known_names", "known_after")}),
        (_("Reports"), {"fields": ("flags_needed",)}),
        (
            _("Retention"),
            {"fields": (("refused_kept_days", "receipts_kept_days"), "retention_last_ran")},
        ),
    ]

    class Media:
        css = {"all": ["css/admin.css", "css/admin_policy.css"]}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        """The one record; until it is saved for the first time, one with the defaults."""
        found = super().get_object(request, object_id, from_field)
        return found or (Policy(pk=1) if object_id == "1" else None)

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return redirect("admin:comments_policy_change", 1)

    def render_change_form(self, request, context, *args, **kwargs):
        context |= {"zone": settings.TIME_ZONE, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "closing_message":
            field.widget.attrs["dir"] = "auto"
        elif db_field.name in DAYS:
            field.widget.attrs |= {"dir": "ltr", "aria-describedby": "duty-hours-help"}
        return field

    @admin.display(description=_("the score now"))
    def score_now(self, policy):
        return format_html_join(
            "",
            "<div>{}</div>",
            ((score.state(language),) for language in languages.LANGUAGES),
        )

    @admin.display(description=_("last ran"))
    def retention_last_ran(self, policy):
        return retention.last_ran_words()
