"""“N new since …”: a plain link that tells what appeared in a forum after a moment."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments import pages
from comments.models import Comment
from comments.pages import UnknownPage
from tests.factories import make_comment, make_forum

NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def forum(db):
    return make_forum()


def link(response):
    """Where the page's link for newer comments leads."""
    return unescape(
        re.search(r'href="(\?[^"]*)#new" rel="nofollow">Look for newer comments', response.text)[1]
    )


def say(forum, minute, parent=None, **fields):
    at = NOON + minute * MINUTE
    fields.setdefault("submitted_at", at)
    return make_comment(forum, parent, decided_at=at, **fields)


def test_the_link_of_a_page_tells_later_what_came_after_it_was_read(client, forum):
    first = say(forum, 0, name="Zarghuna")
    address = forum.post.get_absolute_url()
    newer = link(client.get(address))
    nothing = client.get(address + newer).text
    assert "0 new comments since August 20, 2014 12:00" in nothing
    assert "<strong>New</strong>" not in nothing
    reply = say(forum, 1, first, name="Jack")
    other = say(forum, 2, name="Eugenio")
    page = client.get(address + newer)
    assert "2 new comments since August 20, 2014 12:00" in page.text
    for comment in (reply, other):
        assert f'<li><a href="#comment-{comment.pk}"><bdi>{comment.name}</bdi></a>' in page.text
        assert f'<article class="comment new" id="comment-{comment.pk}">' in page.text
    assert f'<article class="comment" id="comment-{first.pk}">' in page.text
    assert page.text.count("<strong>New</strong>") == 2
    assert link(page) != newer
    assert "0 new comments since August 20, 2014 12:02" in client.get(address + link(page)).text


def test_what_waited_long_is_new_when_it_appears(client, forum):
    waiting = make_comment(forum, status=Comment.Status.PENDING, submitted_at=NOON - 9 * MINUTE)
    say(forum, 0)
    address = forum.post.get_absolute_url()
    newer = link(client.get(address))
    assert "0 new comments" in client.get(address + newer).text
    waiting.moderate(Comment.Status.APPROVED)
    page = client.get(address + newer).text
    assert "1 new comment since" in page
    assert f'<article class="comment new" id="comment-{waiting.pk}">' in page


@pytest.mark.parametrize("status", [each for each in Comment.Status if each != "approved"])
def test_what_is_not_shown_is_not_told(client, forum, status):
    start = say(forum, 0)
    say(forum, 1, start, status=status, name="Nobody's name")
    say(make_forum(), 2)
    page = client.get(f"{forum.post.get_absolute_url()}?since={NOON:%Y-%m-%dT%H:%M}").text
    assert "0 new comments since" in page
    assert "Nobody" not in page


def test_the_sorting_and_the_moment_stay_in_all_links(client, forum):
    for minute in range(30):
        say(forum, minute)
    page = client.get(f"{forum.post.get_absolute_url()}?sort=newest&since=2014-08-20T12:27:00")
    assert "2 new comments since August 20, 2014 12:27" in page.text
    assert 'href="?sort=newest&amp;since=2014-08-20T12:27:00&amp;page=2#forum"' in page.text
    assert 'href="?since=2014-08-20T12:27:00#forum"' in page.text
    assert link(page) == "?sort=newest&since=2014-08-20T12:29:00"


def test_a_new_comment_on_another_page_is_linked_by_its_own_address(client, forum):
    for minute in range(30):
        comment = say(forum, minute)
    page = client.get(f"{forum.post.get_absolute_url()}?since=2014-08-20T12:28").text
    assert f'<li><a href="/a/{forum.post.slug}/comments/{comment.pk}/">' in page


def test_of_many_new_comments_the_first_are_linked_and_all_counted(client, forum):
    for minute in range(23):
        say(forum, minute)
    page = client.get(f"{forum.post.get_absolute_url()}?since=2014-08-20").text
    assert "23 new comments since August 20, 2014 00:00" in page
    assert page.split('id="new"')[1].split("</section>")[0].count("<li>") == 20
    assert "These are the first of them." in page


def test_it_costs_one_question_and_only_where_it_is_asked(client, forum, django_assert_num_queries):
    say(forum, 0)
    address = forum.post.get_absolute_url()
    client.get(address)
    with django_assert_num_queries(9):
        client.get(address)
    with django_assert_num_queries(10):
        client.get(f"{address}?since=2014-08-20")


def test_an_empty_forum_has_nothing_new_and_no_link(client, forum):
    page = client.get(f"{forum.post.get_absolute_url()}?since=2014-08-20").text
    assert "0 new comments since" in page
    assert "Look for newer" not in page


@pytest.mark.parametrize(
    "raw",
    ["", "7", "yesterday", "2014-13-01", "2014-08-20T25:00", "-1", "9" * 5000, "٢٠١٤", "0001-01-01",
     "9999-12-31T23:59:59-23:59", "2014-08-20T12:00:00+99:99", "'; --", "2014-08-20T12:00\udc80"],
)  # fmt: skip
def test_a_moment_that_is_none_is_quoted(client, forum, raw):
    with pytest.raises(UnknownPage) as unknown:
        pages.moment(raw)
    assert str(unknown.value).startswith(f"“{raw[:40]}” is no moment")
    query = {"since": raw.encode(errors="surrogateescape")}
    page = client.get(forum.post.get_absolute_url(), query)
    assert page.status_code == 404
    assert "is no moment from which new comments can be counted" in page.text


ZONES = st.sampled_from([UTC, *map(ZoneInfo, ("Asia/Kabul", "America/New_York"))])


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)), ZONES)
def test_each_moment_comes_back_from_an_address_to_the_microsecond(at, zone):
    at = at.astimezone(zone)
    assert pages.moment(pages.moment_in_address(at)) == at


@given(st.text())
def test_no_text_at_all_breaks_the_reading_of_a_moment(raw):
    with suppress(UnknownPage):
        assert pages.moment(raw).tzinfo == UTC
