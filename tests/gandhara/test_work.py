"""The background worker: duties once each, tasks, a clean end, a database that is away."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comments import duties, letters, tasks
from comments.models import DutyRun
from gandhara.management.commands import work

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def done(monkeypatch):
    """Stand-ins for the duties; gives the list of what was done."""
    done = []

    def duty(name, every):
        return duties.Duty(name, name, every, lambda: done.append(name) or f"Did {name}.")

    monkeypatch.setattr(
        duties,
        "DUTIES",
        (duty("minutely", timedelta(minutes=1)), duty("hourly", timedelta(hours=1))),
    )
    return done


@pytest.mark.django_db
def test_each_duty_is_done_when_its_time_has_come(done, time_machine):
    time_machine.move_to("2026-11-24 12:00:00+00:00", tick=False)
    assert duties.run_due() == ["minutely", "hourly"]
    assert duties.run_due() == []
    time_machine.move_to("2026-11-24 12:01:00+00:00", tick=False)
    assert duties.run_due() == ["minutely"]
    time_machine.move_to("2026-11-24 13:00:00+00:00", tick=False)
    assert duties.run_due() == ["minutely", "hourly"]
    assert done == ["minutely", "hourly", "minutely", "minutely", "hourly"]
    assert DutyRun.objects.get(duty="hourly").said == "Did hourly."


@pytest.mark.django_db
def test_two_workers_that_both_see_a_duty_due_do_it_once(done):
    now = timezone.now()
    duty = duties.DUTIES[0]
    assert duties._claim(duty, now)
    assert not duties._claim(duty, now)
    assert duties._claim(duty, now + timedelta(minutes=1))


@pytest.mark.django_db
def test_a_duty_that_fails_stops_no_other_and_is_said_without_its_words(monkeypatch, done, caplog):
    def fails():
        raise ValueError("reader@example.org")

    broken = duties.Duty("broken", "broken", timedelta(minutes=1), fails)
    monkeypatch.setattr(duties, "DUTIES", (broken, *duties.DUTIES))
    duties.run_due()
    assert done == ["minutely", "hourly"]
    assert DutyRun.objects.get(duty="broken").said == "It failed: ValueError"
    assert "ValueError" in caplog.text
    assert "reader@" not in caplog.text


@pytest.mark.django_db
def test_the_real_duties_all_run_on_an_empty_database():
    assert duties.run_due() == [duty.name for duty in duties.DUTIES]
    assert not DutyRun.objects.filter(said__startswith="It failed").exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_works_off_the_tasks_in_the_database(done):
    letters.put("reader@example.org", "Subject", "Body")
    assert DBTaskResult.objects.ready().count() == 1
    assert mail.outbox == []
    call_command("work", once=True)
    assert len(mail.outbox) == 1
    assert DBTaskResult.objects.successful().count() == 1
    assert done == ["minutely", "hourly"]


@pytest.mark.django_db(transaction=True)
def test_a_task_that_fails_ends_neither_the_worker_nor_the_next_task(done, monkeypatch):
    calls = []

    def deliver():
        calls.append(1)
        if len(calls) == 1:
            raise ValueError

    monkeypatch.setattr(letters, "deliver", deliver)
    tasks.deliver.enqueue()
    tasks.deliver.enqueue()
    call_command("work", once=True)
    assert DBTaskResult.objects.failed().count() == 1
    assert DBTaskResult.objects.successful().count() == 1


@pytest.mark.django_db
def test_a_database_that_is_away_for_a_moment_is_asked_again(done, monkeypatch, caplog):
    command = work.Command()
    answers = [OperationalError("password of reader@example.org"), None]

    def run_due():
        answer = answers.pop(0)
        command.duties_at = 0
        if answer:
            raise answer
        command.stop()

    waits = []
    monkeypatch.setattr(work.duties, "run_due", run_due)
    monkeypatch.setattr(work.connections, "close_all", lambda: None)
    # It would close the connection that holds the test's own transaction.
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work.threading.Event, "wait", lambda self, seconds: waits.append(seconds))
    command.handle(with_parent=False, once=False)
    assert answers == []
    assert waits == [work.AWAY, work.LOOK_EVERY]
    assert "OperationalError" in caplog.text
    assert "reader@" not in caplog.text


@pytest.mark.django_db
def test_a_worker_whose_parent_is_gone_ends(done, monkeypatch):
    parents = [100, 100, 1]
    monkeypatch.setattr(work.os, "getppid", lambda: parents.pop(0) if parents else 1)
    monkeypatch.setattr(work.connections, "close_all", lambda: None)
    # It would close the connection that holds the test's own transaction.
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work.threading.Event, "wait", lambda self, seconds: None)
    work.Command().handle(with_parent=True, once=False)
    assert parents == []


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_ends_cleanly_when_it_is_told_to(tmp_path, told):
    """A process of its own, on a database that has no tables yet: it waits for them."""
    worker = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "work"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 60, "GANDHARA_DATA": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert "The database did not answer: OperationalError" in worker.stderr.readline()
        worker.send_signal(told)
        _, rest = worker.communicate(timeout=30)
    finally:
        worker.kill()
    assert worker.returncode == 0
    assert rest == ""
