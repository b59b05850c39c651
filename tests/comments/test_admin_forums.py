"""Forums on the newsroom's pages of posts: what a hand sets, what clocks say of themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from comments.models import Forum, Policy
from posts.models import Post
from tests.factories import make_editor, make_forum, make_moderator, make_post
from tests.posts.test_admin import ADD, LIST, Form, change_of, fill

pytestmark = pytest.mark.django_db
State = Forum.State
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def editor(client, time_machine):
    time_machine.move_to(NOON, tick=False)
    user = make_editor()
    client.force_login(user)
    return user


def old_post(days=20):
    return make_post("Old piece", published_at=NOON - days * DAY)


def forum_of(post):
    return Forum.objects.get(post=post)


def state_column(client, post):
    html = client.get(LIST, {"q": post.headline}).text
    return html.split('<td class="field-forum_state">')[1].split("</td>")[0].replace("\xa0", " ")


# By hand, on the post's own page


def test_a_state_chosen_on_the_page_of_a_post_that_is_out_wins_over_days_for_good(
    client, editor, time_machine
):
    Policy(closes_after_days=30).save()
    post = old_post()
    assert fill(client, change_of(post), **{"forum-0-state": "open"}).status_code == 302
    assert (forum_of(post).state, forum_of(post).state_set_at) == (State.OPEN, NOON)
    time_machine.move_to(NOON + 400 * DAY, tick=False)
    assert Forum.objects.for_post(post).state_now == State.OPEN


def test_a_forum_that_a_clock_closed_is_opened_again_by_choosing_open(client, editor):
    Policy(closes_after_days=10).save()
    forum = make_forum(old_post(), State.OPEN)
    page = client.get(change_of(forum.post)).text
    assert Form(page).data["forum-0-state"] == "closed"
    fill(client, change_of(forum.post), **{"forum-0-state": "open"})
    forum.refresh_from_db()
    assert (forum.state, forum.state_set_at) == (State.OPEN, NOON)
    assert Forum.objects.for_post(forum.post).state_now == State.OPEN


def test_saving_other_fields_stores_nothing_that_only_a_clock_decided(client, editor):
    Policy(closes_after_days=10).save()
    forum = make_forum(old_post(), State.OPEN)
    fill(client, change_of(forum.post), **{"forum-0-closing_message": "Good night."})
    forum.refresh_from_db()
    assert (forum.state, forum.closing_message) == (State.OPEN, "Good night.")
    assert forum.state_set_at is None


def test_a_clock_that_strikes_while_the_page_is_open_is_not_taken_for_a_hand(
    client, editor, time_machine
):
    forum = make_forum(old_post(), State.OPEN, closes_at=NOON + DAY)
    form = Form(client.get(change_of(forum.post)).text).data
    time_machine.move_to(NOON + 2 * DAY, tick=False)
    client.force_login(editor)
    assert client.post(change_of(forum.post), form | {"headline": "Mended"}).status_code == 302
    assert Post.objects.get().headline == "Mended"
    forum.refresh_from_db()
    assert (forum.state, forum.state_set_at) == (State.OPEN, None)
    assert Forum.objects.for_post(forum.post).state_now == State.CLOSED


def test_the_state_that_a_post_comes_out_with_is_where_its_days_begin(client, editor, time_machine):
    Policy(holds_after_days=7).save()
    # An hour ago, so that the post's time is before the hand's.
    at = {"published_at_0": "2014-08-20", "published_at_1": "11:00:00"}
    words = {"headline": "New", "status": "published", "forum-0-state": "open"}
    assert fill(client, ADD, **words, **at).status_code == 302
    post = Post.objects.get()
    assert Forum.objects.for_post(post).state_now == State.OPEN
    time_machine.move_to(NOON + 7 * DAY, tick=False)
    assert Forum.objects.for_post(post).state_now == State.PREMODERATED


def test_days_that_are_given_to_a_post_count_though_its_state_was_set_before(client, editor):
    post = old_post()
    Forum.objects.set_state(post, State.OPEN)
    assert fill(client, change_of(post), **{"forum-0-closes_after_days": "10"}).status_code == 302
    assert Forum.objects.for_post(post).state_now == State.CLOSED


def test_days_of_a_post_that_leave_nothing_to_hold_are_refused_in_words(client, editor):
    post = make_forum(old_post(), State.OPEN).post
    days = {"forum-0-holds_after_days": "9", "forum-0-closes_after_days": "9"}
    refused = fill(client, change_of(post), **days)
    assert refused.status_code == 200
    assert "9 days are too many: the forum is closed after 9" in refused.text
    assert forum_of(post).closes_after_days is None
    assert fill(client, change_of(post), **days | {"forum-0-holds_after_days": "8"}).url
    assert (forum_of(post).holds_after_days, forum_of(post).closes_after_days) == (8, 9)


def test_a_moderator_reads_how_the_forum_stands_and_can_not_change_it_on_the_posts_page(
    client, time_machine
):
    time_machine.move_to(NOON, tick=False)
    client.force_login(make_moderator())
    forum = make_forum(old_post(), State.OPEN)
    page = client.get(change_of(forum.post)).text
    assert "Open." in page
    assert 'name="forum-0-state"' not in page
    assert client.post(change_of(forum.post), {"forum-0-state": "closed"}).status_code == 403
    forum.refresh_from_db()
    assert forum.state == State.OPEN


def test_the_posts_page_says_what_the_forum_is_now_and_what_comes_next(client, editor):
    Policy(holds_after_days=21).save()
    forum = make_forum(old_post(), State.OPEN)
    said = "Open; holds everything from 21 August 12:00 by the site&#x27;s setting."
    assert said in client.get(change_of(forum.post)).text


def test_the_page_for_a_new_post_opens_under_all_settings(client, editor):
    Policy(holds_after_days=1, closes_after_days=2, monday="09:00-10:00").save()
    assert "Pre-moderated." in client.get(ADD).text


# In bulk


def test_a_state_set_in_bulk_is_a_hands_and_wins_over_days_and_past_times(client, editor):
    Policy(closes_after_days=10).save()
    forum, without = make_forum(old_post(), State.OPEN, closes_at=NOON - DAY), old_post(30)
    data = {"action": "set_forum_open", "_selected_action": [forum.post.pk, without.pk]}
    assert client.post(LIST, data).status_code == 302
    for post in (forum.post, without):
        assert forum_of(post).state_set_at == NOON
        assert Forum.objects.for_post(post).state_now == State.OPEN


# The list


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({}, "Open"),
        ({"closes_at": NOON + 2 * DAY}, 'Open<br><span class="quiet">closes in 2 days</span>'),
        (
            {"holds_at": NOON + timedelta(hours=3), "closes_at": NOON + 2 * DAY},
            'Open<br><span class="quiet">holds everything in 3 hours</span>',
        ),
        (
            {"holds_at": NOON, "closes_at": NOON + 2 * DAY},
            'Pre-moderated<br><span class="quiet">closes in 2 days</span>',
        ),
        ({"closes_at": NOON}, "Closed"),
        ({"closes_after_days": 21}, 'Open<br><span class="quiet">closes in 1 day</span>'),
    ],
)
def test_the_list_says_which_clock_runs(client, editor, fields, column):
    forum = make_forum(old_post(), State.OPEN, **fields)
    assert state_column(client, forum.post) == column


def test_the_list_asks_for_the_settings_once_for_all_its_posts(client, editor):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    Policy(closes_after_days=30).save()
    for number in range(12):
        post = old_post(number)
        if number % 2:
            make_forum(post, State.OPEN)
    with CaptureQueriesContext(connection) as seen:
        text = client.get(LIST).text
    assert text.count("closes in") == 12
    assert sum("comments_policy" in query["sql"] for query in seen) == 1


def test_the_list_of_a_search_that_finds_nothing_opens(client, editor):
    assert client.get(LIST, {"q": "nothing like it"}).status_code == 200


# The public


def test_readers_meet_the_state_that_the_hand_set(client, editor):
    Policy(closes_after_days=10).save()
    post = old_post()
    address = post.get_absolute_url()
    assert "This forum has been closed." in client.get(address).text
    fill(client, change_of(post), **{"forum-0-state": "premoderated"})
    assert "This forum has been closed." not in client.get(address).text
    assert reverse("comments:new", args=[post.slug]) in client.get(address).text
