"""Which comments stand on which page of a forum or of a thread."""

from datetime import UTC, datetime, timedelta

import pytest

from comments.models import Comment, Forum
from comments.pages import (
    Row,
    UnknownPage,
    forum_page,
    page_number,
    sorting,
    thread_page,
    thread_page_of,
)
from tests.factories import make_comment, make_forum

pytestmark = pytest.mark.django_db
Status = Comment.Status
START = datetime(2014, 8, 20, 12, tzinfo=UTC)


def counted(forum):
    return Forum.objects.get(pk=forum.pk)


def page_of(forum, *args):
    return forum_page(counted(forum), *args)


def texts(page):
    return [line.comment.text for line in page.lines]


def say(forum, text, minute, parent=None, status=Status.APPROVED):
    return make_comment(
        forum, parent, text=text, status=status, submitted_at=START + timedelta(minutes=minute)
    )


@pytest.mark.parametrize(("raw", "number"), [(None, 1), ("1", 1), ("3", 3), ("00003", 3)])
def test_a_page_that_is_there_is_found(raw, number):
    assert page_number(raw, 3) == number


@pytest.mark.parametrize("raw", ["", "0", "4", "-1", "x", "1.0", "٣", "²", " 1", "1e0", "9" * 5000])
def test_a_page_that_is_not_there_is_quoted(raw):
    with pytest.raises(UnknownPage) as unknown:
        page_number(raw, 3)
    assert str(unknown.value) == f"There is no page “{raw[:40]}”. The pages go from 1 to 3."


def test_sortings_are_oldest_newest_and_most_answered_and_no_other():
    assert [sorting(raw) for raw in (None, "oldest", "newest")] == ["oldest", "oldest", "newest"]
    assert sorting("answered") == "answered"
    for raw in ("", "Newest", "best", "-submitted_at"):
        with pytest.raises(UnknownPage, match="There is no sorting"):
            sorting(raw)


def test_most_answered_counts_shown_replies_and_puts_the_older_of_equals_first():
    forum = make_forum()
    few, hidden, many, none = (say(forum, name, at) for at, name in enumerate("abcd"))
    say(forum, "a1", 10, few)
    for number in range(3):
        make_comment(parent=hidden, status=Comment.Status.PENDING, text=f"b{number}")
    say(forum, "c2", 12, say(forum, "c1", 11, many))
    assert texts(page_of(forum, "answered")) == ["c", "c1", "c2", "a", "a1", "b", "d"]
    assert none.pk


def test_threads_are_sorted_by_their_beginning_and_replies_always_by_time():
    forum = make_forum()
    # Stored in another order than submitted, as an import may do.
    second = say(forum, "second", 2)
    first = say(forum, "first", 1)
    say(forum, "to first, late", 9, first)
    say(forum, "to second", 4, second)
    say(forum, "to first, early", 3, first)
    say(forum, "third", 5)
    assert texts(page_of(forum)) == [
        "first", "to first, early", "to first, late", "second", "to second", "third",
    ]  # fmt: skip
    assert texts(page_of(forum, "newest")) == [
        "third", "second", "to second", "first", "to first, early", "to first, late",
    ]  # fmt: skip


def test_a_page_holds_twenty_five_threads_whatever_hangs_below_them():
    forum = make_forum()
    starts = [say(forum, f"start {number}", number) for number in range(51)]
    for number in (0, 24, 25):
        say(forum, "reply", 100, starts[number])
    say(forum, "waiting", 200, status=Status.PENDING)
    for number, (count, first) in enumerate(
        [(27, "start 0"), (26, "start 25"), (1, "start 50")], 1
    ):
        page = page_of(forum, None, str(number))
        assert (len(page.lines), page.lines[0].comment.text) == (count, first)
        assert (page.number, page.last) == (number, 3)
    assert (page_of(forum).previous, page_of(forum).next) == (None, 2)
    assert (page_of(forum, None, "3").previous, page_of(forum, None, "3").next) == (2, None)
    assert texts(page_of(forum, "newest"))[0] == "start 50"
    with pytest.raises(UnknownPage):
        page_of(forum, None, "4")


def test_a_thread_shows_twenty_replies_and_then_says_how_many_there_are():
    forum = make_forum()
    start, other = say(forum, "start", 0), say(forum, "other", 1)
    for number in range(20):
        say(forum, f"reply {number}", 2 + number, start)
    say(forum, "of other", 3, other)
    page = page_of(forum)
    assert page.lines[0].more_replies == 0
    assert len(page.lines) == 23
    say(forum, "one too many", 90, start)
    page = page_of(forum)
    assert page.lines[0].more_replies == 21
    assert len(page.lines) == 23
    assert "one too many" not in texts(page)


def test_replies_that_are_not_shown_are_not_counted():
    forum = make_forum()
    start = say(forum, "start", 0)
    for number in range(20):
        say(forum, f"reply {number}", 2 + number, start)
    for status in (Status.PENDING, Status.REJECTED, Status.SPAM, Status.WITHDRAWN):
        say(forum, "hidden", 50, start, status)
    page = page_of(forum)
    assert page.lines[0].more_replies == 0
    assert len(page.lines) == 21


def test_removed_comments_between_the_replies_never_hide_that_there_are_more():
    forum = make_forum()
    start = say(forum, "start", 0)
    # Fifteen removed ones, each with a reply: they take places of the first twenty.
    for number in range(15):
        removed = say(forum, f"removed {number}", 1, start, Status.REJECTED)
        say(forum, f"below {number}", 2, removed)
    page = page_of(forum)
    shown = [line for line in page.lines[1:] if line.comment.is_shown]
    assert len(shown) < 15
    assert page.lines[0].more_replies == 15


def test_no_reply_on_a_page_loses_the_comment_that_it_answers():
    forum = make_forum()
    last = start = say(forum, "start", 0)
    for number in range(40):
        last = say(forum, f"deep {number}", number + 1, last)
    page = page_of(forum)
    assert [line.depth for line in page.lines] == list(range(21))
    assert [line.parent for line in page.lines][1:] == [line.comment for line in page.lines][:-1]
    assert page.lines[0].comment.pk == start.pk


def test_a_removed_comment_stays_as_a_place_without_words_above_its_replies_and_else_vanishes():
    forum = make_forum()
    removed = say(forum, "removed words", 0, status=Status.REJECTED)
    reply = say(forum, "reply stays", 1, removed)
    say(forum, "removed too", 2, status=Status.SPAM)
    first, second = page_of(forum).lines
    assert first.comment.pk == removed.pk
    assert (first.comment.name, first.comment.place, first.comment.text) == ("", "", "")
    assert second.comment.pk == reply.pk
    assert second.parent.name == ""
    reply.moderate(Status.REJECTED)
    assert page_of(forum).lines == []


def test_a_pending_reply_does_not_keep_its_removed_parent():
    forum = make_forum()
    removed = say(forum, "removed", 0, status=Status.REJECTED)
    say(forum, "pending", 1, removed, Status.PENDING)
    assert page_of(forum).lines == []


def test_an_empty_forum_and_one_that_is_not_stored_have_one_empty_page():
    assert forum_page(Forum(), None, None).lines == []
    page = page_of(make_forum())
    assert (page.lines, page.number, page.last) == ([], 1, 1)
    with pytest.raises(UnknownPage):
        forum_page(Forum(), None, "2")


def test_a_page_is_one_query_for_few_and_for_many(django_assert_num_queries):
    forum = make_forum()
    start = say(forum, "start", 0)
    for number in range(60):
        say(forum, "start", number)
        say(forum, "reply", number, start)
    found = counted(forum)
    with django_assert_num_queries(1):
        assert len(forum_page(found).lines) == 45


# A thread of its own


@pytest.fixture
def long_thread():
    """A start, and a hundred and twenty replies below each other in three branches."""
    forum = make_forum()
    start = say(forum, "start", 0)
    branches = [start, start, start]
    for number in range(120):
        branches[number % 3] = say(forum, f"n{number}", number + 1, branches[number % 3])
    return start


def test_a_thread_goes_on_over_pages_in_reading_order(long_thread):
    found = [thread_page(long_thread, str(number)) for number in (1, 2, 3)]
    assert [len(page.lines) for page in found] == [50, 50, 21]
    everything = [text for page in found for text in texts(page)]
    branches = [f"n{number}" for branch in range(3) for number in range(branch, 120, 3)]
    assert everything == ["start", *branches]
    for page in found[1:]:
        # The nesting begins anew on each page; whom a line answers is still known.
        assert page.lines[0].depth == 0
        assert page.lines[0].parent is not None
    with pytest.raises(UnknownPage):
        thread_page(long_thread, "4")


def test_each_comment_of_a_thread_is_on_the_page_that_is_said(long_thread):
    where = {
        line.comment.pk: number
        for number in (1, 2, 3)
        for line in thread_page(long_thread, str(number)).lines
    }
    assert len(where) == 121
    for comment in Comment.objects.filter(thread=long_thread).order_by("pk")[::4]:
        assert thread_page_of(comment) == where[comment.pk]


def test_a_removed_comment_keeps_no_words_on_its_threads_page():
    forum = make_forum()
    removed = say(forum, "removed words", 0, status=Status.REJECTED)
    say(forum, "stays", 1, removed)
    first, second = thread_page(removed).lines
    assert (first.comment.name, first.comment.text) == ("", "")
    assert second.parent.name == ""


def test_a_thread_of_which_nothing_is_shown_has_no_lines():
    forum = make_forum()
    start = say(forum, "start", 0, status=Status.REJECTED)
    say(forum, "reply", 1, start, Status.SPAM)
    assert thread_page(start).lines == []


def test_a_threads_page_is_two_queries(long_thread, django_assert_num_queries):
    with django_assert_num_queries(2):
        thread_page(long_thread, "2")


def test_the_row_of_a_comment_has_its_words_only_where_it_is_shown():
    said = {"name": "a", "place": "b", "text": "c", "mark": "d"}
    shown, hidden = Comment(**said, status="approved"), Comment(**said)
    assert [getattr(Row.of(shown), name) for name in said] == ["a", "b", "c", "d"]
    assert [getattr(Row.of(hidden), name) for name in said] == ["", "", "", ""]
