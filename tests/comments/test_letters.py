"""The box of mails: stored encrypted, sent later, tried again, never lost, never sent twice."""

import logging
import smtplib
from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult

from comments import letters, subscriptions
from comments.models import Comment, Letter, Subscription
from posts.models import Post
from tests.factories import make_comment, make_forum, make_moderator, make_post, make_subscription

pytestmark = pytest.mark.django_db
Status = Comment.Status


class Dead(BaseEmailBackend):
    """A mail server that nobody reaches."""

    opened = 0

    def open(self):
        Dead.opened += 1
        raise ConnectionRefusedError("no such server for reader@example.org")

    def send_messages(self, messages):
        raise AssertionError("nothing is sent over a connection that was never opened")


class Picky(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages):
        if messages[0].to == ["nobody@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"nobody@example.org": (550, b"unknown")})
        return super().send_messages(messages)


@pytest.fixture
def dead(settings):
    Dead.opened = 0
    settings.EMAIL_BACKEND = f"{__name__}.Dead"


def waiting_reply(mark="", parent_mark=""):
    """A pending reply to a comment whose author waits for one."""
    parent = make_comment(make_forum(make_post("Make Nice")), mark=parent_mark)
    make_subscription(parent)
    return make_comment(parent=parent, status=Status.PENDING, name="Eugenio", mark=mark)


# The box


def test_neither_an_address_nor_a_body_lies_in_the_database_in_clear():
    letter = letters.put("reader@example.org", "Subject", "The body of the mail.")
    letter.refresh_from_db()
    assert "reader" not in letter.to
    assert "body" not in letter.body
    assert letters.unseal(letter.to) == "reader@example.org"
    assert letters.unseal(letter.body) == "The body of the mail."


def test_what_an_earlier_key_encrypted_is_still_read_and_a_foreign_key_reads_nothing(settings):
    sealed = letters.seal("reader@example.org")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key " * 5
    with pytest.raises(InvalidToken):
        letters.unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert letters.unseal(sealed) == "reader@example.org"


def test_a_letter_is_sent_by_the_task_and_then_deleted():
    letters.put("reader@example.org", "Subject", "Body", headers={"List-Unsubscribe": "<x>"})
    assert mail.outbox == []
    assert letters.deliver() == (1, 0)
    (message,) = mail.outbox
    assert (message.to, message.subject, message.body) == (
        ["reader@example.org"],
        "Subject",
        "Body",
    )
    assert message.extra_headers["List-Unsubscribe"] == "<x>"
    assert not Letter.objects.exists()
    assert letters.deliver() == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_letter_of_a_transaction_that_fails_is_never_sent_and_asks_for_no_task():
    with transaction.atomic():
        letters.put("reader@example.org", "Subject", "Body")
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not DBTaskResult.objects.exists()
    letters.put("reader@example.org", "Subject", "Body")
    task = DBTaskResult.objects.get()
    assert task.task_path == "comments.tasks.deliver"
    assert task.args_kwargs == {"args": [], "kwargs": {}}
    assert mail.outbox == []


def test_a_dead_mail_server_delays_mail_and_loses_none(settings, dead, time_machine, caplog):
    time_machine.move_to("2026-11-24 12:00:00+00:00", tick=False)
    for number in range(3):
        letters.put(f"reader{number}@example.org", "Subject", "Body")
    assert letters.deliver() == (0, 3)
    assert Dead.opened == 1, "a server that is down is asked once a round"
    assert letters.deliver() == (0, 0), "the next try is not due yet"
    assert set(Letter.objects.values_list("attempts", flat=True)) == {1}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    time_machine.move_to("2026-11-24 12:01:00+00:00", tick=False)
    assert letters.deliver() == (3, 0)
    assert len(mail.outbox) == 3
    assert "reader" not in caplog.text
    assert "ConnectionRefusedError" in caplog.text


def test_tries_grow_rarer_and_after_three_days_a_letter_is_stuck_until_somebody_helps(
    settings, dead, time_machine
):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    letters.put("reader@example.org", "Subject", "Body")
    gaps, last = [], start
    while letters.waiting().exists():
        due_at = Letter.objects.get().due_at
        gaps.append(round((due_at - last).total_seconds() / 60))
        last = due_at
        time_machine.move_to(due_at, tick=False)
        letters.deliver()
    assert gaps[:7] == [0, 1, 5, 15, 60, 60, 60]
    assert timedelta(days=2.9) < last - start < timedelta(days=3.1)
    assert letters.stuck().count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    time_machine.move_to(last + timedelta(days=9), tick=False)
    assert letters.deliver() == (0, 0)
    assert letters.try_again(letters.stuck()) == 1
    assert letters.deliver() == (1, 0)
    assert len(mail.outbox) == 1


def test_a_refused_address_delays_only_its_own_letter(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Picky"
    letters.put("nobody@example.org", "Subject", "Body")
    letters.put("reader@example.org", "Subject", "Body")
    with caplog.at_level(logging.DEBUG):
        assert letters.deliver() == (1, 1)
    assert [message.to for message in mail.outbox] == [["reader@example.org"]]
    assert "nobody@" not in caplog.text
    assert "unknown" not in caplog.text


def test_a_letter_that_no_key_opens_is_stuck_at_once_and_holds_up_no_other(settings):
    letters.put("reader@example.org", "Lost", "Body")
    settings.SECRET_KEY = "another key " * 5
    letters.put("reader@example.org", "Known", "Body")
    assert letters.deliver() == (1, 1)
    assert [message.subject for message in mail.outbox] == ["Known"]
    assert letters.stuck().get().subject == "Lost"


def test_a_letter_that_another_worker_has_in_hand_is_left_alone(monkeypatch):
    letters.put("reader@example.org", "Subject", "Body")
    inner = []

    def takes_meanwhile(self, letter):
        inner.append(letters.deliver())
        return True

    monkeypatch.setattr(letters._Server, "takes", takes_meanwhile)
    assert letters.deliver() == (1, 0)
    assert inner == [(0, 0)]


# Replies


def test_a_published_reply_is_told_of_after_two_minutes_without_names_and_words(time_machine):
    time_machine.move_to("2026-11-24 12:00:00+00:00", tick=False)
    reply = waiting_reply()
    reply.moderate(Status.APPROVED, by=make_moderator())
    time_machine.move_to("2026-11-24 12:01:59+00:00", tick=False)
    assert letters.deliver() == (0, 0)
    time_machine.move_to("2026-11-24 12:02:00+00:00", tick=False)
    assert letters.deliver() == (1, 0)
    (message,) = mail.outbox
    assert message.to == ["reader@example.org"]
    assert "Make Nice" in message.body
    assert f"http://127.0.0.1:8000/a/make-nice/comments/{reply.pk}/" in message.body
    for words in ("Eugenio", reply.text, reply.parent.name, reply.parent.text):
        assert words not in message.body + message.subject
    stop = f"http://127.0.0.1:8000{subscriptions.stop_address(reply.parent.subscription)}"
    assert stop in message.body
    assert message.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_reply_is_told_of_in_the_language_of_the_post_whoever_approved_it():
    parent = make_comment(make_forum(make_post("خبر", language="ur")))
    make_subscription(parent)
    with translation.override("ps"):
        make_comment(parent=parent, status=Status.PENDING).moderate(Status.APPROVED)
    letter = Letter.objects.get()
    with translation.override("ur"):
        assert letter.subject == gettext("A reply to your comment")
    assert letter.subject != "A reply to your comment"


def test_a_reply_in_an_open_forum_is_told_of_too_by_whatever_door_it_came(send):
    parent = make_comment(make_forum(make_post("Make Nice")))
    make_subscription(parent)
    send(f"/a/make-nice/comments/{parent.pk}/reply/", name="Eugenio", text="I answer this.")
    assert Letter.objects.get().reply == Comment.objects.get(text="I answer this.")


def test_an_undo_within_two_minutes_prevents_the_mail(time_machine):
    time_machine.move_to("2026-11-24 12:00:00+00:00", tick=False)
    reply = waiting_reply()
    reply.moderate(Status.APPROVED)
    reply.moderate(Status.PENDING)
    time_machine.move_to("2026-11-24 12:10:00+00:00", tick=False)
    assert letters.deliver() == (0, 0)
    assert mail.outbox == []


def test_approved_undone_and_approved_again_makes_one_mail_and_waits_two_minutes_anew(
    time_machine,
):
    time_machine.move_to("2026-11-24 12:00:00+00:00", tick=False)
    reply = waiting_reply()
    reply.moderate(Status.APPROVED)
    reply.moderate(Status.PENDING)
    time_machine.move_to("2026-11-24 12:30:00+00:00", tick=False)
    letters.deliver()
    reply.moderate(Status.APPROVED)
    assert letters.deliver() == (0, 0)
    time_machine.move_to("2026-11-24 12:32:00+00:00", tick=False)
    assert letters.deliver() == (1, 0)
    reply.moderate(Status.REJECTED)
    reply.moderate(Status.APPROVED)
    time_machine.move_to("2026-11-24 13:00:00+00:00", tick=False)
    assert letters.deliver() == (0, 0)
    assert len(mail.outbox) == 1


def test_a_letter_whose_reply_stays_unpublished_for_a_day_is_dropped(time_machine):
    time_machine.move_to("2026-11-24 12:00:00+00:00", tick=False)
    reply = waiting_reply()
    reply.moderate(Status.APPROVED)
    reply.moderate(Status.REJECTED)
    time_machine.move_to("2026-11-25 11:59:00+00:00", tick=False)
    letters.deliver()
    assert Letter.objects.exists()
    time_machine.move_to("2026-11-25 12:01:00+00:00", tick=False)
    letters.deliver()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "becomes_moot",
    [
        lambda reply: Subscription.objects.all().delete(),
        lambda reply: Comment.objects.filter(pk=reply.parent_id).erase(),
        lambda reply: Post.objects.update(status=Post.Status.WITHDRAWN),
    ],
)
def test_a_letter_that_nobody_waits_for_any_more_is_dropped(becomes_moot, time_machine):
    reply = waiting_reply()
    reply.moderate(Status.APPROVED)
    becomes_moot(reply)
    time_machine.move_to(timezone.now() + timedelta(minutes=3), tick=False)
    assert letters.deliver() == (0, 0)
    assert not Letter.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("mark", "parent_mark", "told"),
    [("aaaa", "aaaa", False), ("aaaa", "bbbb", True), ("", "", True), ("", "aaaa", True)],
)
def test_nobody_is_told_of_a_reply_under_the_own_mark(mark, parent_mark, told):
    waiting_reply(mark, parent_mark).moderate(Status.APPROVED)
    assert Letter.objects.exists() == told


def test_an_address_that_was_never_confirmed_is_told_nothing():
    parent = make_comment()
    make_subscription(parent, confirmed=False)
    make_comment(parent=parent, status=Status.PENDING).moderate(Status.APPROVED)
    assert not Letter.objects.exists()


def test_publishing_asks_once_whether_anybody_waits(django_assert_num_queries):
    keys = [make_comment(parent=make_comment()).pk for _ in range(5)]
    with django_assert_num_queries(1):
        letters.tell_of_replies(keys)
    with django_assert_num_queries(0):
        letters.tell_of_replies([])


def test_an_address_that_no_key_opens_stops_no_approval(settings):
    reply = waiting_reply()
    settings.SECRET_KEY = "another key " * 5
    assert reply.moderate(Status.APPROVED)
    assert reply.is_shown
