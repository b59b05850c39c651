"""Claims: a moderator takes comments for a while, so that two don't read the same one."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.deciding import Undecidable
from comments.models import Comment
from comments.saying import called, clock_time

CLAIMED_AT_ONCE = 20
CLAIMED_FOR = timedelta(minutes=15)


def is_claimed(comment):
    until = comment.claimed_until
    return until is not None and until > timezone.now()


def is_mine(comment, by):
    return is_claimed(comment) and comment.claimed_by_id == by.pk


def claim_words(comment, by):
    """Who reads this comment now, or nothing."""
    if not is_claimed(comment) or comment.claimed_by is None:
        return ""
    until = clock_time(comment.claimed_until)
    if is_mine(comment, by):
        return _("You took this until %(time)s") % {"time": until}
    return _("%(who)s is reading this until %(time)s") % {
        "who": called(comment.claimed_by),
        "time": until,
    }


@transaction.atomic
def take_next(asked, by, number=CLAIMED_AT_ONCE):
    """Claim the first of a Look's queue that nobody reads, for 15 minutes; gives how many.

    Two moderators who ask at once get different ones.
    """
    rows = asked.queue.in_order(asked.rows()).unclaimed()
    keys = [comment.pk for comment in rows.select_for_update(skip_locked=True)[:number]]
    return (
        Comment.objects.unclaimed()
        .filter(pk__in=keys)
        .update(claimed_by=by, claimed_until=timezone.now() + CLAIMED_FOR)
    )


@transaction.atomic
def take(key, by):
    """Claim one comment; raises Undecidable if somebody else reads it or it is gone."""
    comment = Comment.objects.select_for_update().filter(pk=key).first()
    if comment is None:
        raise Undecidable(_("This comment is no longer here."))
    if is_claimed(comment) and not is_mine(comment, by):
        raise Undecidable(claim_words(comment, by) + ".")
    Comment.objects.filter(pk=key).update(claimed_by=by, claimed_until=timezone.now() + CLAIMED_FOR)


def release(by, key=None):
    """Give up one's claim on one comment, or on all; gives how many there were."""
    rows = Comment.objects.filter(claimed_by=by)
    if key is not None:
        rows = rows.filter(pk=key)
    return rows.update(claimed_by=None, claimed_until=None)
