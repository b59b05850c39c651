"""The states of a post: who may give which, what is written down of it, and when that is.

Draft → in review → published (now or at a time) → withdrawn. Writing, publishing and withdrawing
are three rights.
"""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posts.models import Post, StateChange

# Where the newsroom's readers and sources are, beside the site's own zone.
ZONES = (("Asia/Kabul", gettext_lazy("Kabul")), ("Asia/Karachi", gettext_lazy("Islamabad")))


def allowed(user):
    """The statuses that this person may give to a post."""
    found = {Post.Status.DRAFT, Post.Status.IN_REVIEW}
    if user.has_perm("posts.publish_post"):
        found.add(Post.Status.PUBLISHED)
    if user.has_perm("posts.withdraw_post"):
        found.add(Post.Status.WITHDRAWN)
    return found


def takes_from_readers(stored, status, published_at, unpublish_at):
    """Whether a public post would be hidden by these values, now or sooner than was decided.

    Whatever it is called (a draft again, a later time, taken down), it needs the right to withdraw.
    """
    if not stored.is_public:
        return False
    changed = Post(
        status=status, published_at=published_at or timezone.now(), unpublish_at=unpublish_at
    )
    until = stored.unpublish_at
    is_sooner = unpublish_at is not None and (until is None or unpublish_at < until)
    return is_sooner or not changed.is_public


def record(before, post, by):
    """Write down a change of status, or of the time of publishing.

    `before` is the post as it was stored, or None for a new one. Gives the StateChange, or None
    where nothing of that kind changed.
    """
    was = (before.status, before.published_at) if before else ("", None)
    if was == (post.status, post.published_at):
        return None
    return StateChange.objects.create(
        post=post, by=by, before=was[0], after=post.status, published_at=post.published_at
    )


def in_zones(moment):
    """A moment in words, once for each zone that matters here: [(place, words)]."""
    own, site = timezone.get_current_timezone_name(), settings.TIME_ZONE
    places = {site: _("this site (%(zone)s)") % {"zone": site}}
    if own != site:
        places = {own: _("your zone (%(zone)s)") % {"zone": own}} | places
    places = dict(ZONES) | places
    order = dict.fromkeys((own, site, *places))
    return [(str(places[zone]), _in_words(moment.astimezone(ZoneInfo(zone)))) for zone in order]


def _in_words(moment):
    return _("%(day)s at %(time)s") % {
        "day": date_format(moment, "l, j F Y"),
        "time": date_format(moment, "H:i"),
    }
