"""The admin's first page is a desk: whose turn it is, what comes out when, what is broken."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from posts import newsroom, revisions
from posts.models import BrokenLink, Post
from tests.factories import make_author, make_editor, make_moderator, make_post, make_user
from tests.posts.test_admin import writer

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def test_mine_are_unfinished_posts_that_i_saved_or_am_named_under(editor):
    other = make_editor("second")
    author = make_author(login=editor)
    named = make_post("Named", status=Post.Status.DRAFT, authors=[author])
    saved = make_post("Saved", status=Post.Status.IN_REVIEW)
    revisions.record(saved, editor)
    theirs = make_post("Theirs", status=Post.Status.DRAFT)
    revisions.record(theirs, other)
    out = make_post("Out", authors=[author])
    revisions.record(out, editor)
    assert set(newsroom.mine(editor)) == {named, saved}
    assert list(newsroom.mine(other)) == [theirs]


def test_posts_in_review_wait_in_the_order_of_their_last_save():
    posts = [make_post(f"{n}", status=Post.Status.IN_REVIEW) for n in range(10)]
    make_post(status=Post.Status.DRAFT)
    posts[0].save()
    assert list(newsroom.in_review()) == posts[1 : newsroom.MOST + 1]


def test_published_today_begins_at_midnight_of_the_zone_in_force(time_machine):
    time_machine.move_to(datetime(2026, 3, 4, 22, 0, tzinfo=UTC), tick=False)
    early = make_post("Early", published_at=datetime(2026, 3, 4, 18, 0, tzinfo=UTC))
    late = make_post("Late", published_at=datetime(2026, 3, 4, 21, 0, tzinfo=UTC))
    make_post("To come", published_at=datetime(2026, 3, 4, 23, 0, tzinfo=UTC))
    assert list(newsroom.published_today()) == [late, early]
    with timezone.override("Asia/Kabul"):
        assert list(newsroom.published_today()) == [late]


def test_a_scheduled_post_stands_on_its_day_in_the_zone_in_force(time_machine):
    time_machine.move_to(datetime(2026, 3, 4, 12, 0, tzinfo=UTC), tick=False)
    post = make_post("Soon", published_at=datetime(2026, 3, 10, 21, 0, tzinfo=UTC))
    make_post("Out")
    make_post("Gone", published_at=datetime(2026, 3, 11, tzinfo=UTC), status="withdrawn")
    over = make_post("Over", unpublish_at=datetime(2026, 3, 12, 9, 0, tzinfo=UTC))

    def days():
        weeks = newsroom.schedule(newsroom.month_of(None, timezone.localdate()))
        assert all(len(week) == 7 for week in weeks)
        return {
            day.date.isoformat(): (day.coming, day.going)
            for week in weeks
            for day in week
            if day.coming or day.going
        }

    assert days() == {"2026-03-10": ([post], []), "2026-03-12": ([], [over])}
    with timezone.override("Asia/Kabul"):
        assert set(days()) == {"2026-03-11", "2026-03-12"}


@pytest.mark.parametrize("asked", ["2027-02", "", "x", "2027-13", "9" * 30, "0000-00", "۲۰۲۷-۰۲"])
def test_any_month_can_be_asked_for(client, editor, asked):
    response = client.get(INDEX, {"month": asked})
    assert response.status_code == 200
    if asked == "2027-02":
        assert "February 2027" in response.text


@pytest.mark.parametrize("asked", ["0001-01", "9999-12"])
def test_the_first_and_the_last_month_of_all_break_nothing(client, editor, asked):
    assert client.get(INDEX, {"month": asked}).status_code == 200


def test_the_first_page_shows_all_of_it_to_an_editor(client, editor):
    make_post("Waits for you", status=Post.Status.IN_REVIEW)
    today = make_post("Out today", published_at=timezone.now())
    make_post("To come", published_at=timezone.now() + timedelta(minutes=1))
    BrokenLink.objects.create(post=today, address="https://example.org/<gone>", why="gone")
    text = client.get(INDEX).text
    for words in (
        "Waits for you",
        "Out today",
        "To come",
        "https://example.org/&lt;gone&gt;",
        "no such page",
    ):
        assert words in text
    assert reverse("admin:posts_post_add") in text


def test_a_moderator_sees_their_own_desk_and_nothing_of_drafts(client):
    make_post("Secret draft", status=Post.Status.IN_REVIEW)
    client.force_login(make_moderator())
    text = client.get(INDEX).text
    assert "Moderation desk" in text
    assert "Secret draft" not in text
    client.force_login(make_user("other", is_staff=True))
    assert "Secret draft" not in client.get(INDEX).text
    assert "In review" not in client.get(INDEX).text


def test_an_author_sees_what_waits_but_no_broken_links_without_the_right(client):
    post = make_post("Waits", status=Post.Status.IN_REVIEW)
    BrokenLink.objects.create(post=post, address="https://example.org/gone", why="gone")
    writer(client)
    text = client.get(INDEX).text
    assert "Waits" in text
    assert "example.org" not in text


def test_the_first_page_costs_the_same_with_many_posts(
    client, editor, django_assert_max_num_queries
):
    for number in range(30):
        make_post(f"{number}", status=Post.Status.IN_REVIEW)
        make_post(published_at=timezone.now() + timedelta(minutes=number))
    client.get(INDEX)
    with django_assert_max_num_queries(13):
        client.get(INDEX)
