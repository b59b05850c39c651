"""Which comments stand on which page of a forum or of a thread."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import ceil
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext_lazy as _

from comments.models import Comment
from comments.threads import reading_order

THREADS_ON_A_PAGE = 25
# Replies of one thread on the article's page; the thread's own pages have the rest.
REPLIES_OF_A_THREAD = 20
COMMENTS_ON_A_THREAD_PAGE = 50

SORTINGS = {"oldest": _("Oldest"), "newest": _("Newest"), "answered": _("Most answered")}
DEFAULT_SORTING = "oldest"


class UnknownPage(Exception):
    """There is no such page or sorting; the message is a sentence for the reader."""


@dataclass(frozen=True)
class Page:
    """Lines in reading order, and where this page stands among its fellows."""

    lines: list
    number: int
    last: int

    @property
    def previous(self):
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self):
        return self.number + 1 if self.number < self.last else None


def page_number(raw, last):
    """The page number in an address; raises UnknownPage for what is not one of 1 … last."""
    if raw is None:
        return 1
    # Eight digits are more pages than there can be, and int() of a novel is slow.
    number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= 8 else 0
    if not 1 <= number <= last:
        raise UnknownPage(
            _("There is no page “%(page)s”. The pages go from 1 to %(last)s.")
            % {"page": raw[:40], "last": last}
        )
    return number


def sorting(raw):
    """A key of SORTINGS from an address; raises UnknownPage for any other word."""
    if raw is None:
        return DEFAULT_SORTING
    if raw not in SORTINGS:
        raise UnknownPage(
            _(
                "There is no sorting “%(sorting)s”. Comments can be sorted by oldest, newest or "
                "most answered."
            )
            % {"sorting": raw[:40]}
        )
    return raw


def _by_time(comment):
    return comment.submitted_at, comment.pk


_ORDERS = {
    "oldest": ("submitted_at", "pk"),
    "newest": ("-submitted_at", "-pk"),
    "answered": ("-answers", "submitted_at", "pk"),
}


def _answers_of(thread):
    """How many shown replies a thread has, as a subquery."""
    replies = Comment.objects.approved().filter(thread=OuterRef(thread), depth__gt=0)
    number = replies.order_by().values("thread").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


NEW_SHOWN = 20


@dataclass(frozen=True)
class News:
    """What appeared in a forum after a moment: the first of it, and how much it is in all."""

    since: datetime
    comments: list
    number: int


def moment(raw):
    """The moment in an address, as `moment_in_address` wrote it; raises UnknownPage for others."""
    found = None
    if raw.isascii() and len(raw) <= 40:
        with suppress(ValueError, OverflowError):
            found = datetime.fromisoformat(raw)
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    # The ends of the calendar can't be told in every zone.
    if found is None or not 1900 <= found.year < 2200:
        raise UnknownPage(
            _(
                "“%(moment)s” is no moment from which new comments can be counted. Open the post "
                "and use the link on its page."
            )
            % {"moment": raw[:40]}
        )
    return found


def moment_in_address(at):
    return at.astimezone(UTC).replace(tzinfo=None).isoformat()


def news(forum, raw):
    """The News of a forum since the moment in an address; None without one. One query.

    A comment is new by the moment at which it appeared, however long it had waited before.
    """
    if raw is None:
        return None
    since = moment(raw)
    rows = []
    if forum.pk is not None:
        rows = list(
            Comment.objects.approved()
            .filter(forum=forum, decided_at__gt=since)
            .annotate(number=Window(Count("pk")))
            .order_by("decided_at", "pk")
            .only("name", "decided_at")[:NEW_SHOWN]
        )
    return News(since, rows, rows[0].number if rows else 0)


def query(sorting, found=None, since=None):
    """The query of a page with this sorting, that tells the same News or those since a moment."""
    since = since or (found and found.since)
    said = {} if sorting == DEFAULT_SORTING else {"sort": sorting}
    return urlencode(said | ({"since": moment_in_address(since)} if since else {}), safe=":")


def mark_new(lines, found):
    """Let the comments of a page that are among the News `found` say so: `is_new`."""
    for line in lines if found else []:
        at = line.comment.decided_at
        line.comment.is_new = line.comment.is_shown and at is not None and at > found.since


def forum_page(forum, raw_sorting=None, raw_page=None):
    """One page of a forum's threads, each with its first replies, in one query.

    `forum` is one of `Forum.objects.with_counts()`. The first comment of a thread that has more
    replies than are shown carries `more_replies`, the number of all of them.
    """
    wanted = sorting(raw_sorting)
    last = max(1, ceil((getattr(forum, "threads", 0) or 0) / THREADS_ON_A_PAGE))
    number = page_number(raw_page, last)
    if forum.pk is None:
        return Page([], number, last)
    start = (number - 1) * THREADS_ON_A_PAGE
    starts = Comment.objects.filter(forum=forum).with_shown_replies()
    if wanted == "answered":
        starts = starts.annotate(answers=_answers_of("pk"))
    starts = starts.order_by(*_ORDERS[wanted])
    rows = (
        Comment.objects.filter(thread__in=starts.values("pk")[start : start + THREADS_ON_A_PAGE])
        .for_thread()
        .annotate(
            # A parent is always older than its reply, so the first rows by key are closed
            # upwards: no reply loses the comment that it answers.
            row=Window(RowNumber(), partition_by="thread", order_by="pk"),
            shown_replies=Window(
                Count("pk", filter=Q(status=Comment.Status.APPROVED, depth__gt=0)),
                partition_by="thread",
            ),
        )
        .filter(row__lte=1 + REPLIES_OF_A_THREAD)
        .order_by()
    )
    rows = sorted(rows, key=_by_time)
    first = [row for row in rows if row.depth == 0]
    if wanted == "newest":
        first.reverse()
    if wanted == "answered":
        # Sorting keeps the order of equals: the older thread comes first.
        first.sort(key=lambda row: row.shown_replies, reverse=True)
    replies = [row for row in rows if row.depth]
    here = Counter(row.thread_id for row in replies if row.is_shown)
    for row in first:
        row.more_replies = row.shown_replies if row.shown_replies > here[row.pk] else 0
    lines = reading_order([*first, *replies], lambda row: row.is_shown)
    silence(rows)
    return Page(lines, number, last)


def silence(comments):
    """Take the words from comments that are not shown, so that no template can let them out."""
    for comment in comments:
        if not comment.is_shown:
            comment.name = comment.place = comment.text = ""


def _thread_order(thread):
    rows = (
        Comment.objects.filter(thread=thread).for_thread().only("parent", "status", "submitted_at")
    )
    return reading_order(sorted(rows, key=_by_time), lambda row: row.is_shown)


def thread_page(thread, raw_page=None):
    """One page of a single thread with all its replies, in reading order."""
    order = _thread_order(thread)
    last = max(1, ceil(len(order) / COMMENTS_ON_A_THREAD_PAGE))
    number = page_number(raw_page, last)
    start = (number - 1) * COMMENTS_ON_A_THREAD_PAGE
    part = order[start : start + COMMENTS_ON_A_THREAD_PAGE]
    keys = {line.comment.pk for line in part}
    parents = {line.parent.pk for line in part if line.parent}
    whole = Comment.objects.in_bulk(keys | parents)
    silence(whole.values())
    # Within the part the nesting begins anew; each line still knows whom it answers.
    lines = [
        replace(line, parent=whole.get(line.comment.parent_id))
        for line in reading_order([whole[line.comment.pk] for line in part])
    ]
    return Page(lines, number, last)


def thread_page_of(comment):
    """The number of the thread's page that `comment` stands on."""
    for place, line in enumerate(_thread_order(comment.thread_id)):
        if line.comment.pk == comment.pk:
            return place // COMMENTS_ON_A_THREAD_PAGE + 1
    return 1
