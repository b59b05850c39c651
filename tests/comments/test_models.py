"""Forums, comments, and the decisions on them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from comments.models import Comment, Decision, Forum, Policy
from tests.factories import make_comment, make_forum, make_moderator, make_post

pytestmark = pytest.mark.django_db
State, Status = Forum.State, Comment.Status
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "accepts", "holds"),
    [(State.OPEN, True, False), (State.PREMODERATED, True, True), (State.CLOSED, False, True)],
)
def test_a_forum_without_clocks_is_in_its_state(state, accepts, holds):
    forum = Forum(state=state)
    assert forum.state_now == state
    assert (forum.accepts_comments, forum.holds_comments) == (accepts, holds)


def test_an_open_forum_holds_from_its_second_on_and_closes_on_its_second(time_machine):
    forum = Forum(state=State.OPEN, holds_at=NOON, closes_at=NOON + 10 * SECOND)
    for moment, state in (
        (NOON - SECOND, State.OPEN),
        (NOON, State.PREMODERATED),
        (NOON + 9 * SECOND, State.PREMODERATED),
        (NOON + 10 * SECOND, State.CLOSED),
    ):
        time_machine.move_to(moment, tick=False)
        assert forum.state_now == state, moment


def test_clocks_never_open_what_is_held_or_closed(time_machine):
    time_machine.move_to(NOON, tick=False)
    later = NOON + timedelta(days=1)
    assert Forum(state=State.CLOSED, holds_at=later, closes_at=later).state_now == State.CLOSED
    held = Forum(state=State.PREMODERATED, holds_at=later, closes_at=later)
    assert held.state_now == State.PREMODERATED


def test_closing_comes_before_holding(time_machine):
    time_machine.move_to(NOON, tick=False)
    forum = Forum(state=State.OPEN, holds_at=NOON + SECOND, closes_at=NOON)
    assert forum.state_now == State.CLOSED


DAY = timedelta(days=1)
OUT = NOON - 20 * DAY  # when the posts of this table were published
HAND = NOON - DAY
STRICTER = [State.OPEN, State.PREMODERATED, State.CLOSED].index


@pytest.mark.parametrize(
    ("site", "own", "held", "turns"),
    [
        # The site's days, counted from publishing
        ({}, {}, None, None),
        ({"holds_after_days": 20}, {}, None, State.PREMODERATED),
        ({"closes_after_days": 20}, {}, None, State.CLOSED),
        ({"holds_after_days": 5, "closes_after_days": 20}, {}, State.PREMODERATED, State.CLOSED),
        ({"holds_after_days": 0, "closes_after_days": 0}, {}, None, None),
        # The post's own days win, also with never
        ({"closes_after_days": 5}, {"closes_after_days": 20}, None, State.CLOSED),
        ({"closes_after_days": 20}, {"closes_after_days": 0}, None, None),
        ({"closes_after_days": 20}, {"closes_after_days": 21}, None, None),
        ({"holds_after_days": 5}, {"holds_after_days": 20}, None, State.PREMODERATED),
        ({"holds_after_days": 20}, {"closes_after_days": 0}, None, State.PREMODERATED),
        # A hand's decision on a post that was out wins over all days, for good
        ({"closes_after_days": 20}, {"state_set_at": HAND}, None, None),
        ({"holds_after_days": 20}, {"state_set_at": HAND}, None, None),
        ({}, {"closes_after_days": 20, "state_set_at": HAND}, None, None),
        ({"closes_after_days": 20}, {"state_set_at": OUT + SECOND}, None, None),
        # What was chosen before the post came out is what the days begin with
        ({"closes_after_days": 20}, {"state_set_at": OUT}, None, State.CLOSED),
        ({"holds_after_days": 20}, {"state_set_at": OUT - DAY}, None, State.PREMODERATED),
        # A time set for the post counts if it is later than the hand
        ({}, {"closes_at": NOON}, None, State.CLOSED),
        ({}, {"holds_at": NOON}, None, State.PREMODERATED),
        ({}, {"holds_at": NOON - DAY, "closes_at": NOON}, State.PREMODERATED, State.CLOSED),
        ({}, {"closes_at": NOON, "state_set_at": HAND}, None, State.CLOSED),
        ({}, {"holds_at": NOON, "state_set_at": HAND}, None, State.PREMODERATED),
        (
            {"closes_after_days": 20},
            {"holds_at": NOON, "state_set_at": HAND},
            None,
            State.PREMODERATED,
        ),
        ({}, {"closes_at": HAND, "state_set_at": HAND}, None, None),
        ({}, {"holds_at": HAND - SECOND, "state_set_at": HAND}, None, None),
        # The later of two never counts before the earlier
        ({"closes_after_days": 30}, {"closes_at": NOON}, None, State.CLOSED),
        ({"closes_after_days": 20}, {"closes_at": NOON + DAY}, None, State.CLOSED),
    ],
)
@pytest.mark.parametrize("set_to", [State.OPEN, State.PREMODERATED, State.CLOSED])
def test_clocks_turn_a_forum_on_their_second_and_never_before_it(
    time_machine, *, site, own, held, turns, set_to
):
    Policy(**site).save()
    post = make_post(published_at=OUT)
    forum = Forum(post=post, state=set_to, **own)
    before, after = (state or State.OPEN for state in (held, turns))
    time_machine.move_to(NOON - SECOND, tick=False)
    assert forum.state_now == max(set_to, before, key=STRICTER)
    time_machine.move_to(NOON, tick=False)
    assert forum.state_now == max(set_to, after, key=STRICTER)


def test_a_post_that_is_not_out_has_no_days_to_count(time_machine):
    time_machine.move_to(NOON, tick=False)
    Policy(holds_after_days=1, closes_after_days=2).save()
    draft = make_post(status="draft")
    assert Forum(post=draft, state=State.OPEN).state_now == State.OPEN
    scheduled = make_post(published_at=NOON + DAY)
    assert Forum(post=scheduled, state=State.OPEN).state_now == State.OPEN


def test_setting_a_state_by_hand_is_remembered_and_outlives_the_sites_days(time_machine):
    time_machine.move_to(NOON, tick=False)
    Policy(closes_after_days=10).save()
    post = make_post(published_at=NOON - 11 * DAY)
    assert Forum.objects.for_post(post).state_now == State.CLOSED
    Forum.objects.set_state(post, State.OPEN)
    stored = Forum.objects.for_post(post)
    assert (stored.state, stored.state_set_at) == (State.OPEN, NOON)
    time_machine.move_to(NOON + 3650 * DAY, tick=False)
    assert Forum.objects.for_post(post).state_now == State.OPEN


@pytest.mark.parametrize(
    ("site", "own", "words"),
    [
        ({}, {}, "Open."),
        ({}, {"state": State.CLOSED}, "Closed."),
        (
            {"holds_after_days": 21},
            {},
            "Open; holds everything from 21 August 12:00 by the site's setting.",
        ),
        (
            {"closes_after_days": 21, "holds_after_days": 20},
            {},
            "Pre-moderated since 20 August 12:00 by the site's setting; "
            "closes on 21 August 12:00 by the site's setting.",
        ),
        (
            {},
            {"closes_after_days": 7},
            "Closed since 7 August 12:00 by this post's number of days.",
        ),
        (
            {},
            {"closes_at": NOON + 365 * DAY},
            "Open; closes on 20 August 2015 12:00, the time set for this post.",
        ),
        (
            {},
            {"holds_at": NOON},
            "Pre-moderated since 20 August 12:00, the time set for this post.",
        ),
        ({}, {"state_set_at": HAND}, "Open, set by hand on 19 August 12:00."),
        (
            {"closes_after_days": 7},
            {"state_set_at": HAND},
            "Open, set by hand on 19 August 12:00; so it stays, no matter how many days pass.",
        ),
        (
            {"wednesday": "09:00-10:00"},
            {},
            "Open. Outside duty hours, it takes no comments until 27 August 09:00.",
        ),
    ],
)
def test_a_forum_says_how_it_stands_and_why_and_what_comes_next(time_machine, site, own, words):
    time_machine.move_to(NOON, tick=False)
    Policy(**site).save()
    post = make_post(published_at=OUT)
    assert Forum(post=post, **({"state": State.OPEN} | own)).state_in_words == words


def test_a_post_without_a_forum_has_a_pre_moderated_one_that_is_not_stored():
    forum = Forum.objects.for_post(make_post())
    assert forum.state_now == State.PREMODERATED
    assert forum.pk is None
    assert not Forum.objects.exists()


def test_a_post_has_one_forum():
    forum = make_forum()
    with pytest.raises(IntegrityError), transaction.atomic():
        Forum.objects.create(post=forum.post)


def test_a_comment_begins_a_thread_and_its_replies_go_on_in_it():
    start = make_comment()
    reply = make_comment(parent=start)
    deeper = make_comment(parent=reply)
    found = [
        (each.thread_id, each.depth, each.parent_id) for each in Comment.objects.order_by("pk")
    ]
    assert found == [(start.pk, 0, None), (start.pk, 1, start.pk), (start.pk, 2, reply.pk)]
    assert deeper.thread == start


def test_saving_again_moves_no_comment():
    start = make_comment()
    reply = make_comment(parent=make_comment(parent=start))
    reply.text = "Corrected"
    reply.save()
    reply.refresh_from_db()
    assert (reply.thread_id, reply.depth, reply.text) == (start.pk, 2, "Corrected")


def test_a_reply_stands_in_the_forum_of_what_it_answers_and_in_no_other():
    start, other = make_comment(), make_forum()
    with pytest.raises(ValueError, match="stands in the forum"):
        make_comment(forum=other, parent=start)
    assert Comment.objects.count() == 1
    assert make_comment(forum=start.forum, parent=start).forum == start.forum


def test_depth_and_parent_can_not_disagree():
    start = make_comment()
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=start.pk).update(depth=1)
    reply = make_comment(parent=start)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=reply.pk).update(depth=0)


def test_counts_of_a_forum_are_those_of_shown_comments():
    forum = make_forum()
    first = make_comment(forum)
    make_comment(parent=first)
    hidden = make_comment(forum, status=Status.REJECTED)
    make_comment(parent=hidden)
    make_comment(forum, status=Status.PENDING)
    make_comment()
    found = Forum.objects.get(pk=forum.pk)
    assert (found.shown, found.threads) == (3, 2)


# Decisions


def test_a_decision_says_who_when_from_what_to_what_and_why(time_machine):
    time_machine.move_to(NOON, tick=False)
    moderator, comment = make_moderator(), make_comment(status=Status.PENDING)
    assert comment.moderate(Status.REJECTED, by=moderator, reason="names a private person")
    assert (comment.status, comment.decided_at) == (Status.REJECTED, NOON)
    comment.refresh_from_db()
    assert (comment.status, comment.decided_at) == (Status.REJECTED, NOON)
    decision = Decision.objects.get()
    assert (decision.comment, decision.by, decision.at) == (comment, moderator, NOON)
    assert (decision.before, decision.after) == (Status.PENDING, Status.REJECTED)
    assert decision.reason == "names a private person"
    assert str(decision) == "Pending → Rejected"


def test_deciding_the_same_again_changes_and_records_nothing(time_machine):
    time_machine.move_to(NOON, tick=False)
    comment = make_comment(status=Status.PENDING)
    comment.moderate(Status.APPROVED)
    time_machine.move_to(NOON + SECOND, tick=False)
    assert not comment.moderate(Status.APPROVED)
    assert Decision.objects.count() == 1
    assert Comment.objects.get().decided_at == NOON


def test_two_moderators_at_once_leave_one_record():
    stored = make_comment(status=Status.PENDING)
    one, other = Comment.objects.get(pk=stored.pk), Comment.objects.get(pk=stored.pk)
    assert one.moderate(Status.APPROVED, by=make_moderator("first"))
    assert not other.moderate(Status.APPROVED, by=make_moderator("second"))
    assert other.status == Status.APPROVED
    assert [each.by.username for each in Decision.objects.all()] == ["first"]


def test_another_decision_on_the_same_comment_is_a_second_record():
    comment = make_comment(status=Status.PENDING)
    comment.moderate(Status.SPAM)
    comment.moderate(Status.APPROVED)
    found = [(each.before, each.after) for each in Decision.objects.order_by("pk")]
    assert found == [("pending", "spam"), ("spam", "approved")]


@pytest.mark.parametrize(
    "decision", [Status.APPROVED, Status.REJECTED, Status.SPAM, Status.PENDING]
)
def test_what_its_author_withdrew_stays_withdrawn(decision):
    comment = make_comment(status=Status.WITHDRAWN)
    assert not comment.moderate(decision, by=make_moderator())
    assert Comment.objects.get().status == Status.WITHDRAWN
    assert not Decision.objects.exists()


def test_many_are_decided_together_and_only_the_changed_ones_are_counted():
    pending = [make_comment(status=Status.PENDING) for _each in range(3)]
    make_comment(status=Status.APPROVED)
    make_comment(status=Status.WITHDRAWN)
    assert Comment.objects.all().moderate(Status.APPROVED, reason="all fine") == 3
    assert set(Decision.objects.values_list("comment", flat=True)) == {each.pk for each in pending}
    assert Comment.objects.approved().count() == 4


def test_a_decision_that_is_none_is_refused():
    comment = make_comment(status=Status.PENDING)
    with pytest.raises(ValueError, match="lovely"):
        comment.moderate("lovely")
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_a_decision_outlives_the_moderators_account():
    moderator, comment = make_moderator(), make_comment(status=Status.PENDING)
    comment.moderate(Status.APPROVED, by=moderator)
    moderator.delete()
    assert Decision.objects.get().by is None


def test_a_comment_with_replies_can_not_be_deleted_from_under_them():
    start = make_comment()
    make_comment(parent=start)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=start.pk).delete()


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ps", "rtl"), ("fa-AF", "rtl"), ("ur", "rtl")]
)
def test_a_comment_has_the_direction_of_its_language(language, direction):
    assert Comment(language=language).direction == direction


def test_a_comment_is_named_by_who_and_what():
    assert str(Comment(name="Jack", text="Everyone " * 20)).startswith("Jack: Everyone Everyone")
