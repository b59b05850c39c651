"""The month in numbers, for the public: counted from the record of decisions, naming nobody.

A month is one of the site's zone. In it:

* *received* are the comments that were stored, whatever became of them; what a rule or a limit
  refused before storing isn't counted, for nothing of it is kept;
* each comment that was decided on counts once, by its last decision of that month: as published,
  refused (by its reason) or withdrawn. Whatever was undone, or refused first and then approved, is
  thus counted by how the month left it; one that went back to the queue isn't counted at all;
* the *median wait* is from submitting to the first decision by a person, over the comments that
  waited and whose first such decision fell into the month.
"""

import statistics
from collections import Counter
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Comment, Decision, Figures
from posts import calendars

Status = Comment.Status
SPAM = "spam"


def month_of(moment):
    return timezone.localtime(moment).date().replace(day=1)


def following(month):
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def previous(month):
    return (month - timedelta(days=1)).replace(day=1)


def bounds(month):
    """The moments between which a month lies, in the site's zone."""
    zone = timezone.get_current_timezone()
    return tuple(
        datetime(each.year, each.month, 1, tzinfo=zone) for each in (month, following(month))
    )


def count(month):
    """Count a month, given as its first day, and store its figures, which are returned."""
    start, end = bounds(month)
    by_outcome = Counter()
    refused = Counter()
    for after, code, number in _last_decisions(start, end):
        by_outcome[after] += number
        if after == Status.SPAM:
            refused[SPAM] += number
        elif after == Status.REJECTED:
            refused[code] += number
    figures, _created = Figures.objects.update_or_create(
        month=month,
        defaults={
            "received": Comment.objects.filter(
                submitted_at__gte=start, submitted_at__lt=end
            ).count(),
            "published": by_outcome[Status.APPROVED],
            "refused": dict(refused),
            "withdrawn": by_outcome[Status.WITHDRAWN],
            "median_wait": _median_wait(start, end),
            "counted_at": timezone.now(),
        },
    )
    return figures


def _changes(start, end):
    """Decisions of that time that changed a comment's status."""
    return Decision.objects.filter(at__gte=start, at__lt=end, what=Decision.What.STATUS).exclude(
        before=F("after")
    )


def _last_decisions(start, end):
    """(status, reason, number) of comments, by the last change of each within the time."""
    later = (
        _changes(start, end)
        .filter(comment=OuterRef("comment"))
        .filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    )
    return (
        _changes(start, end)
        .filter(~Exists(later))
        .order_by()
        .values_list("after", "code")
        .annotate(number=Count("pk"))
    )


def _median_wait(start, end):
    earlier = Decision.objects.filter(
        comment=OuterRef("comment"), what=Decision.What.STATUS, by__isnull=False
    ).filter(Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk")))
    waits = (
        _changes(start, end)
        .filter(~Exists(earlier), by__isnull=False, before=Status.PENDING)
        .order_by()
        .values_list("at", "comment__submitted_at")
    )
    seconds = [(at - submitted_at).total_seconds() for at, submitted_at in waits.iterator()]
    return timedelta(seconds=statistics.median(seconds)) if seconds else None


def refresh(now=None):
    """Count this month and the one before anew, and each older month once. A recurring duty."""
    now = now or timezone.now()
    current = month_of(now)
    anew = {current, previous(current)}
    known = set(Figures.objects.values_list("month", flat=True))
    first = Comment.objects.aggregate(first=Min("submitted_at"))["first"]
    month = min(month_of(first), current) if first else current
    counted = 0
    while month <= current:
        if month not in known or month in anew:
            count(month)
            counted += 1
        month = following(month)
    return ngettext("%(number)d month counted.", "%(number)d months counted.", counted) % {
        "number": counted
    }


# For the page


def reasons_of(figures):
    """Why comments were refused in a month, as (label, number) in the order of the reasons."""
    labels = [*Decision.Code.choices, (SPAM, _("Spam")), ("", _("No reason was named"))]
    return [(label, figures.refused[code]) for code, label in labels if figures.refused.get(code)]


def line(figures, now=None):
    """A month as its row on the page."""
    current = month_of(now or timezone.now())
    name = calendars.month(figures.month.year, figures.month.month)
    wait = figures.median_wait
    return {
        "name": _("%(month)s, so far") % {"month": name} if figures.month >= current else name,
        "month": f"{figures.month:%Y-%m}",
        "figures": figures,
        "refused": sum(figures.refused.values()),
        "reasons": reasons_of(figures),
        "wait": _in_words(wait) if wait is not None else "",
    }


def _in_words(wait):
    if wait < timedelta(minutes=1):
        return _("under a minute")
    moment = timezone.now()
    return timesince(moment - wait, moment, depth=2)
