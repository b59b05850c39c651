"""What happens to a new comment, phase by phase."""

from datetime import UTC, datetime, timedelta

import pytest

from comments import moderation
from comments.models import Comment, Decision, Forum
from comments.moderation import Refused, Submission, submit
from tests.factories import make_comment, make_forum, make_post

pytestmark = pytest.mark.django_db
State, Status = Forum.State, Comment.Status
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)


def say(post, **fields):
    fields = {"name": "Eugenio", "place": "Vienna", "text": "Excellent news!"} | fields
    return submit(Submission(post=post, **fields))


def test_an_open_forum_shows_a_comment_at_once(time_machine):
    time_machine.move_to(NOON, tick=False)
    post = make_post(published_at=NOON)
    make_forum(post, State.OPEN)
    comment = say(post)
    stored = Comment.objects.get()
    assert stored == comment
    assert (stored.name, stored.place, stored.text) == ("Eugenio", "Vienna", "Excellent news!")
    assert (stored.status, stored.submitted_at) == (Status.APPROVED, NOON)
    assert (stored.thread, stored.depth, stored.forum.post) == (stored, 0, post)
    decision = Decision.objects.get()
    assert (decision.before, decision.after, decision.by) == ("", Status.APPROVED, None)


def test_a_pre_moderated_forum_holds_a_comment_and_says_why():
    post = make_post()
    make_forum(post, State.PREMODERATED)
    assert say(post).status == Status.PENDING
    assert Decision.objects.get().reason == "forum: premoderated"


def test_a_post_without_a_forum_gets_a_pre_moderated_one_with_its_first_comment():
    post = make_post()
    assert say(post).status == Status.PENDING
    assert Forum.objects.get().post == post


def test_a_closed_forum_refuses_and_stores_nothing():
    post = make_post()
    make_forum(post, State.CLOSED)
    with pytest.raises(Refused, match=r"This forum has been closed\."):
        say(post)
    assert not Comment.objects.exists()
    assert not Decision.objects.exists()


def test_a_forum_holds_and_closes_by_its_clocks(time_machine):
    post = make_post(published_at=NOON - timedelta(days=1))
    make_forum(post, State.OPEN, holds_at=NOON, closes_at=NOON + timedelta(hours=1))
    time_machine.move_to(NOON - timedelta(seconds=1), tick=False)
    assert say(post, text="Early").status == Status.APPROVED
    time_machine.move_to(NOON, tick=False)
    assert say(post, text="Held").status == Status.PENDING
    time_machine.move_to(NOON + timedelta(hours=1), tick=False)
    with pytest.raises(Refused):
        say(post, text="Late")
    assert Comment.objects.count() == 2


def test_the_honeypot_holds_with_a_reason_also_in_an_open_forum():
    post = make_post()
    make_forum(post, State.OPEN)
    assert say(post, honeypot="http://pills.example").status == Status.PENDING
    assert "honeypot" in Decision.objects.get().reason
    assert "pills" not in Decision.objects.get().reason


def test_the_same_form_sent_twice_is_one_comment(time_machine):
    time_machine.move_to(NOON, tick=False)
    post = make_post(published_at=NOON)
    make_forum(post)
    first = say(post)
    time_machine.shift(timedelta(hours=24))
    assert say(post) == first
    assert (Comment.objects.count(), Decision.objects.count()) == (1, 1)
    time_machine.shift(timedelta(seconds=1))
    assert say(post) != first


@pytest.mark.parametrize("other", [{"name": "Jack"}, {"place": "Graz"}, {"text": "Bad news!"}])
def test_what_differs_in_a_word_is_another_comment(other):
    post = make_post()
    make_forum(post)
    assert say(post) != say(post, **other)
    assert Comment.objects.count() == 2


def test_the_same_words_elsewhere_are_another_comment():
    one, two = make_post(), make_post()
    for post in (one, two):
        make_forum(post)
    first = say(one)
    assert say(two) != first
    assert say(one, parent=first) != first
    assert Comment.objects.count() == 3


def test_the_same_form_sent_again_after_a_refusal_does_not_come_back_to_the_queue():
    post = make_post()
    make_forum(post, State.PREMODERATED)
    first = say(post)
    first.moderate(Status.REJECTED)
    assert say(post).status == Status.REJECTED
    assert Comment.objects.count() == 1


def test_a_reply_stands_below_what_it_answers():
    start = make_comment()
    reply = say(start.forum.post, parent=start)
    assert (reply.parent, reply.thread, reply.depth, reply.forum) == (start, start, 1, start.forum)


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM, Status.WITHDRAWN])
def test_what_is_not_shown_can_not_be_answered(status):
    parent = make_comment(status=status)
    with pytest.raises(Refused, match="no longer here"):
        say(parent.forum.post, parent=parent)
    assert Comment.objects.count() == 1


def test_a_comment_on_another_post_can_not_be_answered_here():
    elsewhere, post = make_comment(), make_post()
    with pytest.raises(Refused, match="no longer here"):
        say(post, parent=elsewhere)
    assert list(Comment.objects.all()) == [elsewhere]
    assert not Forum.objects.filter(post=post).exists()  # nothing at all was stored


@pytest.mark.parametrize(
    ("text", "language"),
    [("Good news", "en"), ("زه ښه یم", "ps"), ("این خبر خوب است", "fa-AF"), ("یہ خبر ہے", "ur")],
)
def test_a_comment_carries_the_language_that_it_is_written_in(text, language):
    post = make_post()
    assert say(post, text=text).language == language


def test_the_first_phase_that_decides_wins():
    names = [phase.__name__ for phase in moderation.PHASES]
    assert names == [
        "forum_is_closed",
        "parent_is_gone",
        "sent_twice",
        "fills_the_honeypot",
        "state_of_the_forum",
    ]
