"""Readers' reports of comments: enough of them put a comment into the queue, none hides it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import limits
from comments.models import Comment, Flag, Policy

# One connection counts once a day for a comment, so that nobody fills the queue alone.
COUNTED_ONCE_IN = timedelta(days=1)


class Gone(Exception):
    """The comment is no longer shown; the message says so to the reader."""


class TooMany(Exception):
    """Far too much came from one connection; `retry_after` is in seconds, the message in words."""

    def __init__(self, retry_after):
        minutes = -(-retry_after // 60)
        super().__init__(
            ngettext(
                "Very much has come from your connection. Nothing was stored. Please send the "
                "report again in %(minutes)d minute.",
                "Very much has come from your connection. Nothing was stored. Please send the "
                "report again in %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes}
        )
        self.retry_after = retry_after


def report(comment, why, words="", sender=None):
    """Take a report; gives the Flag, or None for a second one of the same connection and day.

    Raises Gone (also for None as the comment) or TooMany; then nothing was stored. After a
    moderator's decision on earlier reports, counting begins anew.
    """
    gone = Gone(_("This comment is not here any more, so there is nothing to report."))
    if comment is None:
        raise gone
    told = f"reported {comment.pk}"
    if limits.remembers(sender, told):
        return None
    policy = Policy.current()
    standing = limits.count(sender, None, policy)
    if standing.level == "far_beyond":
        raise TooMany(standing.retry_after)
    with transaction.atomic():
        shown = Comment.objects.approved().filter(pk=comment.pk)
        # Locked, so that no decision comes between the report and its count.
        if shown.select_for_update().first() is None:
            raise gone
        flag = Flag.objects.create(comment=comment, why=why, words=words)
        shown.update(flags=F("flags") + 1)
        shown.filter(flags__gte=policy.flags_needed, flagged_at=None).update(
            flagged_at=timezone.now()
        )
    limits.remember(sender, told, int(COUNTED_ONCE_IN.total_seconds()))
    return flag
