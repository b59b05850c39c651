"""Retention: what had its time is destroyed, everything else stays."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comments import letters, retention
from comments.models import (
    Comment,
    Decision,
    DutyRun,
    Flag,
    Letter,
    Policy,
    Reason,
    Subscription,
    Words,
)
from tests.factories import make_comment, make_subscription

pytestmark = pytest.mark.django_db
Status = Comment.Status


def ago(**time):
    return timezone.now() - timedelta(**time)


@pytest.fixture(autouse=True)
def policy():
    policy = Policy(refused_kept_days=90, receipts_kept_days=730)
    policy.save()
    return policy


@pytest.mark.parametrize("status", [Status.REJECTED, Status.SPAM])
def test_words_of_what_was_refused_are_destroyed_after_their_days_and_not_before(status):
    old = make_comment(status=status, name="Eugenio", place="Vienna", text="Bad words.")
    young = make_comment(status=status, text="Still here.")
    Comment.objects.filter(pk=old.pk).update(decided_at=ago(days=90, minutes=1))
    Comment.objects.filter(pk=young.pk).update(decided_at=ago(days=89, hours=23))
    Reason.objects.create(comment=old, phase="rules", code="words", details={"found": "Bad"})
    Decision.objects.create(comment=old, after=status)
    said = retention.run()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.name, old.place, old.text, old.name_key, old.fingerprint) == ("",) * 5
    assert old.status == status, "that it was refused stays on record"
    assert old.decisions.count() == 1
    assert not Reason.objects.exists()
    assert not Words.objects.filter(comment=old).exists()
    assert young.text == "Still here."
    assert "1 refused texts" in said


@pytest.mark.parametrize("status", [Status.APPROVED, Status.PENDING])
def test_published_and_waiting_comments_are_left_alone_however_old(status):
    comment = make_comment(status=status, submitted_at=ago(days=4000), decided_at=ago(days=4000))
    retention.run()
    comment.refresh_from_db()
    assert comment.text


def test_what_came_in_as_spam_counts_from_its_arrival():
    comment = make_comment(status=Status.SPAM, submitted_at=ago(days=91), decided_at=None)
    retention.run()
    comment.refresh_from_db()
    assert comment.is_erased


def test_more_than_a_chunk_is_destroyed_in_several_transactions(monkeypatch):
    monkeypatch.setattr(retention, "CHUNK", 2)
    for _ in range(5):
        make_comment(status=Status.SPAM, decided_at=ago(days=100))
    assert retention.erase_refused(ago(days=90)) == 5
    assert not Comment.objects.exclude(text="").exists()
    assert retention.erase_refused(ago(days=90)) == 0


def test_an_address_that_nobody_confirmed_goes_after_two_days_and_any_with_the_receipt():
    kept = [
        make_subscription(make_comment(), confirmed=False, asked_at=ago(hours=47)),
        make_subscription(make_comment(), asked_at=ago(days=729)),
    ]
    make_subscription(make_comment(), confirmed=False, asked_at=ago(hours=49))
    make_subscription(make_comment(), asked_at=ago(days=731))
    retention.run()
    assert list(Subscription.objects.order_by("pk")) == kept


def test_words_of_reports_go_some_days_after_they_were_answered():
    comment = make_comment()
    for closed_at in (ago(days=91), ago(days=89), None):
        Flag.objects.create(comment=comment, why="insult", words="He did.", closed_at=closed_at)
    retention.run()
    assert list(Flag.objects.order_by("pk").values_list("words", flat=True)) == [
        "", "He did.", "He did.",
    ]  # fmt: skip


def test_mails_that_were_stuck_for_long_go_and_are_said(policy):
    for days, attempts in ((91, letters.MOST_ATTEMPTS), (91, 3), (1, letters.MOST_ATTEMPTS)):
        letter = letters.put("reader@example.org", f"{days} {attempts}", "Body")
        Letter.objects.filter(pk=letter.pk).update(made_at=ago(days=days), attempts=attempts)
    assert "1 mails that could not be sent" in retention.run()
    assert Letter.objects.count() == 2


def test_finished_task_rows_are_kept_for_a_day():
    def row(status, **times):
        return DBTaskResult.objects.create(
            status=status, args_kwargs={"args": [], "kwargs": {}}, task_path="comments.tasks.deliver",
            backend_name="default", exception_class_path="", traceback="", **times,
        )  # fmt: skip

    row("SUCCESSFUL", finished_at=ago(hours=25))
    row("FAILED", finished_at=ago(hours=25))
    row("RUNNING", started_at=ago(hours=25))
    kept = {
        row("SUCCESSFUL", finished_at=ago(hours=23)).pk,
        row("RUNNING", started_at=ago(hours=23)).pk,
        row("READY").pk,
    }
    retention.prune_task_rows()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept


def test_the_command_runs_it_and_the_record_says_when_and_what(time_machine, capsys):
    time_machine.move_to("2026-11-24 12:00:00+00:00", tick=False)
    assert "Has not run yet" in retention.last_ran_words()
    make_comment(status=Status.SPAM, decided_at=ago(days=100))
    call_command("retention")
    assert "1 refused texts" in capsys.readouterr().out
    assert DutyRun.objects.get(duty="retention").said in retention.last_ran_words()
    assert "November 24, 2026, 12:00" in retention.last_ran_words()
    assert "overdue" not in retention.last_ran_words()
    time_machine.move_to("2026-11-27 12:00:00+00:00", tick=False)
    assert "overdue" in retention.last_ran_words()


def test_the_settings_days_are_what_counts_and_what_readers_are_told(policy, client):
    comment = make_comment(status=Status.SPAM, decided_at=ago(days=10))
    retention.run()
    comment.refresh_from_db()
    assert comment.text
    policy.refused_kept_days = 9
    policy.save()
    retention.run()
    comment.refresh_from_db()
    assert not comment.text
    assert "9 days after the decision" in client.get("/transparency/").text
