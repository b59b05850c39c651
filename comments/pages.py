"""Which comments stand on which page of a forum or of a thread."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count, Q, Window
from django.utils.translation import gettext_lazy as _

from comments.models import Comment
from comments.threads import reading_order, with_depths
from posts.prepared import LARGEST

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


class Row(NamedTuple):
    """A comment as its table has it, with what pages show of it: plain, for pages have hundreds."""

    pk: int
    parent_id: int | None
    thread_id: int
    depth: int
    name: str
    place: str
    text: str
    language: str
    mark: str
    distinction: str
    status: str
    submitted_at: datetime
    decided_at: datetime | None
    corrected_at: datetime | None

    @classmethod
    def of(cls, comment):
        """The Row of a Comment at hand."""
        return silenced(cls._make(getattr(comment, name) for name in cls._fields))

    @property
    def is_shown(self):
        return self.status == SHOWN

    @property
    def anchor(self):
        return f"comment-{self.pk}"


SHOWN = Comment.Status.APPROVED.value


def silenced(row):
    """The Row without its words if it is not shown, so that no page can let them out."""
    return row if row.status == SHOWN else row._replace(name="", place="", text="", mark="")


def _by_time(row):
    return row.submitted_at, row.pk


def _in_order(rows):
    return reading_order(rows, lambda row: row.is_shown)


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
    """The lines of a page, those of comments that are among the News `found` with `is_new`."""
    if not found:
        return lines
    return [line._replace(is_new=_is_new(line.comment, found)) for line in lines]


def _is_new(row, found):
    return row.is_shown and row.decided_at is not None and row.decided_at > found.since


# Of the threads of one page, so many of the oldest comments. A parent is always older than its
# reply, so the first rows by key are closed upwards: no reply loses the comment that it answers.
# Each thread is read only so far, however long it is, which no window over it would do.
_FORUM_PAGE = """
    WITH starts AS (
        SELECT start.id, start.shown_replies, (
            SELECT said.id FROM comments_comment said
            WHERE said.thread_id = start.id AND {stands}
            ORDER BY said.id LIMIT 1 OFFSET %(replies)s
        ) AS last
        FROM comments_comment start
        WHERE start.forum_id = %(forum)s AND start.shown_replies IS NOT NULL
        ORDER BY {order} LIMIT %(threads)s OFFSET %(skipped)s
    )
    SELECT {columns}, starts.shown_replies
    FROM starts
    JOIN comments_comment said
        ON said.thread_id = starts.id AND said.id <= COALESCE(starts.last, %(largest)s)
    WHERE {stands}
"""
# What a thread is put together from: shown comments, and hidden ones that have replies;
# `reading_order` then drops hidden ones without a shown reply below them.
_STANDS = """(said.status = 'approved'
    OR EXISTS (SELECT 1 FROM comments_comment reply WHERE reply.parent_id = said.id))"""
_COLUMNS = ", ".join(
    f"said.{Comment._meta.get_field('id' if name == 'pk' else name).column}" for name in Row._fields
)
_ORDERS = {
    "oldest": "start.submitted_at, start.id",
    "newest": "start.submitted_at DESC, start.id DESC",
    "answered": "start.shown_replies DESC, start.submitted_at, start.id",
}


def forum_page(forum, raw_sorting=None, raw_page=None):
    """One page of a forum's threads, each with its first replies, in one query.

    The line of a thread's first comment has `more_replies` where more are shown than stand here.
    """
    wanted = sorting(raw_sorting)
    last = max(1, ceil(forum.threads / THREADS_ON_A_PAGE))
    number = page_number(raw_page, last)
    if forum.pk is None or not forum.threads:
        return Page([], number, last)
    statement = _FORUM_PAGE.format(columns=_COLUMNS, order=_ORDERS[wanted], stands=_STANDS)
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "forum": forum.pk,
                "replies": REPLIES_OF_A_THREAD,
                "threads": THREADS_ON_A_PAGE,
                "skipped": (number - 1) * THREADS_ON_A_PAGE,
                "largest": LARGEST,
            },
        )
        found = [(_row(values[:-1]), values[-1]) for values in cursor.fetchall()]
    replies_of = {row.pk: replies for row, replies in found if row.depth == 0}
    rows = sorted((row for row, _replies in found), key=_by_time)
    first = [row for row in rows if row.depth == 0]
    if wanted == "newest":
        first.reverse()
    if wanted == "answered":
        # Sorting keeps the order of equals: the older thread comes first.
        first.sort(key=lambda row: replies_of[row.pk], reverse=True)
    replies = [row for row in rows if row.depth]
    here = Counter(row.thread_id for row in replies if row.is_shown)
    lines = [
        line._replace(more_replies=replies_of[line.comment.pk])
        if replies_of.get(line.comment.pk, 0) > here[line.comment.pk]
        else line
        for line in _in_order([*first, *replies])
    ]
    return Page(lines, number, last)


def _row(values):
    """The Row of what a cursor gave: SQLite gives moments in UTC, without saying so."""
    return silenced(
        Row._make(
            value.replace(tzinfo=UTC) if type(value) is datetime and value.tzinfo is None else value
            for value in values
        )
    )


class _Said(NamedTuple):
    """As much of a comment as its place in the thread depends on."""

    pk: int
    parent_id: int | None
    status: str


def _thread_order(thread):
    """The keys of a thread's comments in reading order. The database answers from an index."""
    rows = Comment.objects.filter(thread=thread).order_by("submitted_at", "pk")
    said = map(_Said._make, rows.values_list("pk", "parent", "status"))
    return [each.pk for each, _depth in with_depths(list(said), lambda each: each.status == SHOWN)]


def thread_page(thread, raw_page=None):
    """One page of a single thread with all its replies, in reading order. Two queries."""
    order = _thread_order(thread)
    last = max(1, ceil(len(order) / COMMENTS_ON_A_THREAD_PAGE))
    number = page_number(raw_page, last)
    start = (number - 1) * COMMENTS_ON_A_THREAD_PAGE
    part = order[start : start + COMMENTS_ON_A_THREAD_PAGE]
    # What they answer can stand on an earlier page.
    answered = Comment.objects.filter(replies__in=part).order_by().values("pk")
    found = Comment.objects.filter(Q(pk__in=part) | Q(pk__in=answered)).order_by()
    names = ["parent" if name == "parent_id" else name for name in Row._fields]
    whole = {values[0]: silenced(Row._make(values)) for values in found.values_list(*names)}
    # Within the part the nesting begins anew; each line still knows whom it answers.
    lines = [
        line._replace(parent=whole.get(line.comment.parent_id))
        for line in reading_order([whole[pk] for pk in part])
    ]
    return Page(lines, number, last)


def thread_page_of(comment):
    """The number of the thread's page that `comment` stands on."""
    order = _thread_order(comment.thread_id)
    place = order.index(comment.pk) if comment.pk in order else 0
    return place // COMMENTS_ON_A_THREAD_PAGE + 1
