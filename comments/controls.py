"""What moderators who are signed in find on readers' pages beside what everybody sees."""

from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from comments.models import Comment, Decision, Forum

WAITING_SHOWN = 20


def controls(request, forum, lines):
    """The moderator's part of a page that shows `lines` of `forum`; None for everybody else.

    `request.staff` is whoever looks at the page with a session's cookie. Without that cookie
    nothing is asked of the database.
    """
    staff = getattr(request, "staff", None)
    if not staff or not staff.has_perm("comments.moderate_comment"):
        return None
    waiting = []
    if forum.pk:
        pending = Comment.objects.pending().filter(forum=forum).select_related("parent")
        waiting = list(pending.oldest_first()[: WAITING_SHOWN + 1])
    return {
        "waiting": waiting[:WAITING_SHOWN],
        "more_wait": len(waiting) > WAITING_SHOWN,
        "desk": desk_address(forum.post),
        "codes": Decision.Code.choices,
        "states": Forum.State.choices if staff.has_perm("comments.change_forum") else [],
        "state_now": forum.state_now,
        "here": f"{_stays(request, forum, lines)}#moderator",
    }


def desk_address(post):
    """The desk's queue of what waits under a post."""
    try:
        desk = reverse("admin:comments_desk")
    except NoReverseMatch:
        return reverse("admin:comments_comment_changelist") + f"?forum__post__id__exact={post.pk}"
    return f"{desk}?{urlencode({'queue': 'waiting', 'post': post.pk})}"


def _stays(request, forum, lines):
    """Where to come back to: this page, unless it ends with the one comment that it shows."""
    shown = sum(line.comment.is_shown for line in lines)
    return request.get_full_path() if shown > 1 else forum.post.get_absolute_url()


def address_after(request, otherwise):
    """Where a form's `next` leads, if that is a page of this site; else `otherwise`."""
    address = request.POST.get("next", "")
    local = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )
    return address if local else otherwise
