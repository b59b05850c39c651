"""What the newsroom's first page shows: whose turn it is, what comes out when, what is broken."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import get_format

from posts.models import BrokenLink, Byline, Post, Revision

# As many lines as a list of the page holds; the rest is behind its link.
MOST = 8
MOST_OF_A_DAY = 12
_MONTH = re.compile("((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])")
UNFINISHED = (Post.Status.DRAFT, Post.Status.IN_REVIEW)


def mine(user):
    """Unfinished posts that this person has saved, or whose byline names them; the last first."""
    saved = Revision.objects.filter(post=OuterRef("pk"), by=user)
    named = Byline.objects.filter(post=OuterRef("pk"), author__login=user)
    unfinished = Post.objects.filter(status__in=UNFINISHED)
    return _short(unfinished.filter(Q(Exists(saved)) | Q(Exists(named))).order_by("-saved_at"))


def in_review():
    """Posts that wait for a second person, the longest waiting first."""
    return _short(Post.objects.filter(status=Post.Status.IN_REVIEW).order_by("saved_at"))


def published_today():
    """What came out since midnight in the zone that is in force, the newest first."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return _short(Post.objects.published().filter(published_at__gte=midnight).newest_first())


def broken_links():
    return BrokenLink.objects.sure().select_related("post").defer("post__body")[:MOST]


def _short(posts):
    return posts.defer("body", "opening").select_related("section")[:MOST]


@dataclass(frozen=True)
class Day:
    """A day of the calendar: what is to come out, and what is to be taken down, with its time."""

    date: date
    is_of_month: bool
    is_today: bool
    coming: list
    going: list


def month_of(text, today):
    """The first day of the month “2026-11”; of this month for anything else."""
    found = _MONTH.fullmatch(text or "")
    return date(int(found.group(1)), int(found.group(2)), 1) if found else today.replace(day=1)


def schedule(first):
    """The weeks of the month that begins with `first`, as lists of seven Days.

    Days begin at midnight of the zone that is in force; weeks with the language's first day.
    """
    zone = timezone.get_current_timezone()
    # Python counts days from Monday, Django's formats from Sunday.
    weeks = calendar.Calendar((get_format("FIRST_DAY_OF_WEEK") - 1) % 7)
    days = weeks.monthdatescalendar(first.year, first.month)
    start = datetime.combine(days[0][0], datetime.min.time(), zone)
    end = datetime.combine(days[-1][-1] + timedelta(days=1), datetime.min.time(), zone)
    coming = _by_day("published_at", Post.objects.scheduled(), start, end)
    decided = Post.objects.filter(status=Post.Status.PUBLISHED)
    going = _by_day("unpublish_at", decided, start, end)
    today = timezone.localdate()
    return [
        [
            Day(
                day, day.month == first.month, day == today, coming.get(day, []), going.get(day, [])
            )
            for day in week
        ]
        for week in days
    ]


def _by_day(field, posts, start, end):
    """{day: its posts in order} by the time in that field."""
    found = {}
    # By keys: asked in one, SQLite goes through all that is published for those few.
    within = Post.objects.order_by().filter(**{f"{field}__gte": start, f"{field}__lt": end})
    rows = posts.filter(pk__in=within.values("pk")).defer("body", "opening")
    for post in rows.order_by(field, "pk")[: MOST_OF_A_DAY * 42]:
        found.setdefault(timezone.localdate(getattr(post, field)), []).append(post)
    return found
