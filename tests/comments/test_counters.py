"""The counters beside forums and threads, against counting anew after anything that can happen."""

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from comments import counters, moderation, receipts
from comments.models import Comment, Forum
from tests.factories import make_comment, make_forum, make_post

Status = Comment.Status
DECISIONS = (Status.APPROVED, Status.REJECTED, Status.SPAM, Status.PENDING)


def told(forum):
    """(comments, threads) that are shown, as the forum says."""
    return Forum.objects.values_list("shown", "threads").get(pk=forum.pk)


def replies(comment):
    return Comment.objects.values_list("shown_replies", flat=True).get(pk=comment.pk)


class Newsroom(RuleBasedStateMachine):
    """Two forums in which comments come, are decided on, and go."""

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.forums = [
            make_forum(state=state) for state in (Forum.State.OPEN, Forum.State.PREMODERATED)
        ]
        self.number = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def _one_of(self, draw, rows):
        """One of these, or None; by its place, for databases go on counting keys."""
        rows = [None, *rows]
        return rows[draw.draw(st.integers(0, len(rows) - 1))]

    def _some(self, draw):
        keys = list(Comment.objects.order_by("pk").values_list("pk", flat=True))
        places = draw.draw(st.lists(st.integers(0, 30), max_size=6))
        return [keys[place % len(keys)] for place in places] if keys else []

    @rule(which=st.integers(0, 1), draw=st.data())
    def submit(self, which, draw):
        forum = self.forums[which]
        shown = list(Comment.objects.approved().filter(forum=forum).order_by("pk"))
        parent = self._one_of(draw, shown)
        self.number += 1
        moderation.submit(
            moderation.Submission(
                post=forum.post, name="Gul", place="", text=f"Word {self.number}", parent=parent
            )
        )

    @rule(status=st.sampled_from(DECISIONS), draw=st.data())
    def store(self, status, draw):
        parent = self._one_of(draw, Comment.objects.order_by("pk"))
        make_comment(parent.forum if parent else self.forums[0], parent, status=status)

    @rule(decision=st.sampled_from(DECISIONS), draw=st.data())
    def decide(self, decision, draw):
        Comment.objects.filter(pk__in=self._some(draw)).moderate(decision)

    @rule(draw=st.data())
    def withdraw(self, draw):
        for key in self._some(draw)[:2]:
            receipts.withdraw(Comment.objects.get(pk=key))

    @rule(status=st.sampled_from(DECISIONS), draw=st.data())
    def save(self, status, draw):
        for key in self._some(draw)[:1]:
            comment = Comment.objects.get(pk=key)
            comment.status = status
            comment.save()

    @invariant()
    def counted_anew_they_are_the_same(self):
        assert counters.wrong() == set()
        for forum in self.forums:
            shown = Comment.objects.approved().filter(forum=forum)
            assert told(forum) == (shown.count(), shown.values("thread").distinct().count())
            for start in Comment.objects.filter(forum=forum, parent=None):
                here = shown.filter(thread=start)
                number = here.exclude(pk=start.pk).count() if here else None
                assert start.shown_replies == number


class TestAnyNewsroom(TestCase):
    def test_whatever_happens_the_counters_are_what_counting_gives(self):
        run_state_machine_as_test(
            Newsroom,
            settings=settings(
                max_examples=10, stateful_step_count=10, deadline=None, derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip


@pytest.mark.django_db
def test_a_hidden_start_with_a_shown_reply_is_a_thread_and_without_one_is_none():
    forum = make_forum()
    start = make_comment(forum)
    reply = make_comment(parent=start)
    assert (told(forum), replies(start), replies(reply)) == ((2, 1), 1, None)
    start.moderate(Status.REJECTED)
    assert (told(forum), replies(start)) == ((1, 1), 1)
    reply.moderate(Status.SPAM)
    assert (told(forum), replies(start)) == ((0, 0), None)
    start.moderate(Status.APPROVED)
    assert (told(forum), replies(start)) == ((1, 1), 0)


@pytest.mark.django_db
def test_what_was_stored_past_the_models_is_found_wrong_and_counted_anew():
    right, wrong = make_comment().forum, make_forum()
    start = make_comment(wrong)
    Comment.objects.bulk_create(
        Comment(forum=wrong, parent=start, thread=start, depth=1, name="n", text="t", status=status)
        for status in Status
    )
    assert counters.wrong() == {wrong.pk}
    assert told(wrong) == (1, 1)
    counters.count_anew([wrong.pk])
    assert counters.wrong() == set()
    assert (told(wrong), replies(start), told(right)) == ((2, 1), 1, (1, 1))
    Forum.objects.filter(pk=right.pk).update(threads=F("threads") + 1)
    assert counters.wrong([wrong.pk]) == set()
    assert counters.wrong([right.pk]) == {right.pk}
    counters.count_anew()
    assert counters.wrong() == set()


@pytest.mark.django_db
def test_a_number_that_was_wrong_keeps_no_moderator_from_taking_a_comment_away():
    comment = make_comment()
    Forum.objects.filter(pk=comment.forum_id).update(shown=0, threads=0)
    assert comment.moderate(Status.REJECTED)
    assert told(comment.forum) == (0, 0)


@pytest.mark.django_db
def test_lists_tell_the_number_of_shown_comments(client):
    post = make_post("Talked about")
    forum = make_forum(post)
    for status in (Status.APPROVED, Status.APPROVED, Status.PENDING):
        make_comment(forum, status=status)
    assert "2 comments" in client.get("/").text
    Comment.objects.approved().first().moderate(Status.SPAM)
    assert "1 comment<" in client.get("/").text
