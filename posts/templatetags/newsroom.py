"""The newsroom's desk on the admin's first page: `{% load newsroom %}`."""

from datetime import timedelta

from django import template
from django.utils import timezone

from posts import newsroom

register = template.Library()
SAVED = "saved_form"


@register.simple_tag(takes_context=True)
def saved_form(context):
    """The key of the post's form that was just saved, told once; else nothing."""
    session = getattr(context.get("request"), "session", {})
    return session.pop(SAVED, "") if SAVED in session else ""


@register.inclusion_tag("admin/posts/newsroom/_desk.html", takes_context=True)
def newsroom_desk(context):
    """Lists of posts and the calendar, for those who may write posts; nothing for others."""
    request = context["request"]
    user = request.user
    if not user.has_perm("posts.change_post"):
        return {"may_see": False}
    today = timezone.localdate()
    first = newsroom.month_of(request.GET.get("month"), today)
    return {
        "request": request,
        "may_see": True,
        "may_write": user.has_perm("posts.add_post"),
        "mine": newsroom.mine(user),
        "in_review": newsroom.in_review(),
        "published_today": newsroom.published_today(),
        "links": newsroom.broken_links() if user.has_perm("posts.view_brokenlink") else [],
        "weeks": newsroom.schedule(first),
        "first": first,
        "before": first - timedelta(days=1),
        "after": first + timedelta(days=31),
        "zone": timezone.get_current_timezone_name(),
    }
