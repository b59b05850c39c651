"""How processes hear of each other's changes, on a database file as they share it."""

import sqlite3
import threading
import time
from contextlib import closing

import pytest
from django.db import DEFAULT_DB_ALIAS, ConnectionHandler, Error, connection, connections

from posts import hearing, versions

pytestmark = pytest.mark.django_db


def opened(file):
    """A connection of its own to a SQLite file, as the settings make one."""
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL", "transaction_mode": "IMMEDIATE"},
    }
    return ConnectionHandler({DEFAULT_DB_ALIAS: database})[DEFAULT_DB_ALIAS]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "blog.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute(
            "CREATE TABLE posts_publicchange (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)"
        )
    return path


@pytest.fixture
def here(file):
    process = hearing.Here()
    process._open = lambda: _shared(opened(file))
    process.LOGS = {"sqlite": hearing._SqliteLog}
    process.refresh()
    return process


def _shared(database):
    database.inc_thread_sharing()
    database.ensure_connection()
    return database


class Another:
    """Another process, as the file sees it."""

    def __init__(self, file):
        self.database = sqlite3.connect(file, isolation_level=None)

    def changes(self, *names):
        self.database.execute("BEGIN IMMEDIATE")
        for name in names:
            self.database.execute("INSERT INTO posts_publicchange (name) VALUES (?)", [name])
        return self.database


@pytest.fixture
def another(file):
    other = Another(file)
    yield other
    other.database.close()


def test_what_another_process_commits_is_heard_at_the_next_look_and_by_its_name(here, another):
    before = here.tick
    another.changes("forum/7").commit()
    here.refresh()
    assert here.latest({"forum/7", "site"}) > before
    assert here.latest({"site"}) <= before


def test_what_is_not_committed_is_not_heard(here, another):
    before = here.tick
    database = another.changes("site")
    here.refresh()
    assert here.tick == before
    database.rollback()
    here.refresh()
    assert here.tick == before


def test_while_nothing_is_written_the_database_is_not_asked(here, another, monkeypatch):
    asked = []
    monkeypatch.setattr(here, "_look", lambda: asked.append(1))
    for _time in range(5):
        here.refresh()
    assert asked == []
    another.changes("site").commit()
    here.refresh()
    assert asked == [1]


@pytest.mark.parametrize("mode", ["PASSIVE", "TRUNCATE"])
def test_changes_are_heard_when_the_log_was_written_back_in_between(here, another, mode):
    for number in range(3):
        another.changes(f"forum/{number}").commit()
        another.database.execute(f"PRAGMA wal_checkpoint({mode})")
        before = here.tick
        here.refresh()
        assert here.latest({f"forum/{number}"}) > before


def test_without_a_wal_index_the_database_is_asked_each_time(here, another):
    here._log._index = None
    another.changes("site").commit()
    before = here.tick
    here.refresh()
    assert here.latest({"site"}) > before


def test_a_page_is_true_until_one_of_its_names_changes(here, another, monkeypatch):
    monkeypatch.setattr(hearing, "here", here)
    with versions.making() as made:
        versions.made_from("forum/7")
    another.changes("forum/8", "comments").commit()
    here.refresh()
    assert made.is_true(time.time())
    another.changes("forum/7").commit()
    here.refresh()
    assert not made.is_true(time.time())


def test_a_page_that_was_begun_before_a_change_is_not_true_after_it(here, another, monkeypatch):
    monkeypatch.setattr(hearing, "here", here)
    with versions.making() as made:
        another.changes("site").commit()
    here.refresh()
    assert not made.is_true(time.time())


def test_after_a_long_pause_nothing_made_before_is_believed(here, monkeypatch):
    monkeypatch.setattr(hearing, "here", here)
    with versions.making() as made:
        pass
    here._looked_at -= hearing.LONGEST_PAUSE + 1
    here._log._head = None
    here.refresh()
    assert not made.is_true(time.time())


def test_more_names_than_a_process_remembers_make_all_pages_untrue(here, another, monkeypatch):
    monkeypatch.setattr(hearing, "here", here)
    monkeypatch.setattr(hearing, "MOST_NAMES", 3)
    another.changes(*(f"forum/{number}" for number in range(5))).commit()
    here.refresh()
    with versions.making() as made:
        versions.made_from("forum/99")
    another.changes("forum/5").commit()
    here.refresh()
    assert len(here._changed) == 1
    assert not made.is_true(time.time())


def test_a_database_that_fails_is_asked_again_after_a_while_and_nothing_is_lost(
    here, another, monkeypatch
):
    def fails(cursor):
        raise Error("disk I/O error")

    names = here._log.names
    monkeypatch.setattr(here._log, "names", fails)
    another.changes("site").commit()
    before = here.tick
    here.refresh()
    assert not here.hears
    assert here.tick == before
    monkeypatch.setattr(here._log, "names", names)
    here.refresh()
    assert here.tick == before  # left alone for a while
    here._deaf_until = 0
    here.refresh()
    assert here.hears
    assert here.latest({"site"}) > before


def test_many_threads_hear_of_each_change_before_they_go_on(here, another):
    deaf = []

    def listen(number):
        here.refresh()
        if here._changed.get(f"forum/{number}") is None:
            deaf.append(number)

    for number in range(20):
        another.changes(f"forum/{number}").commit()
        threads = [threading.Thread(target=listen, args=[number]) for _each in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert deaf == []


def test_what_is_read_for_a_page_is_of_one_moment(file, another, monkeypatch):
    reading = opened(file)
    monkeypatch.setattr(versions, "connection", reading)
    monkeypatch.setattr(versions.transaction, "get_connection", lambda using=None: reading)

    def count():
        with reading.cursor() as cursor:
            return cursor.execute("SELECT COUNT(*) FROM posts_publicchange").fetchone()[0]

    with versions.snapshot():
        first = count()
        another.changes("site").commit()
        assert count() == first
    assert count() == first + 1
    with pytest.raises(ZeroDivisionError), versions.snapshot():
        count() / 0
    with versions.snapshot():
        assert count() == first + 1
    reading.close()


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_can_do_as_much_in_a_snapshot_as_outside():
    connection.features.__dict__.pop("supports_json_field", None)
    with versions.snapshot():
        assert connection.features.supports_json_field


@pytest.mark.django_db(transaction=True)
def test_changes_of_the_suites_own_database_are_heard_in_whatever_order_they_are_committed(
    monkeypatch,
):
    monkeypatch.setattr(hearing, "LEASE", 0)
    process = hearing.Here()
    process.refresh()
    writers = [connections.create_connection(DEFAULT_DB_ALIAS) for _each in range(2)]
    # SQLite has one writer at a time; PostgreSQL numbers the rows of both before either ends.
    at_once = connection.vendor == "postgresql"
    order = [*writers] if not at_once else [writers[1], writers[0]]
    heard = []
    for number, writer in enumerate(writers):
        writer.set_autocommit(False)
        with writer.cursor() as cursor:
            cursor.execute(
                "INSERT INTO posts_publicchange (name, at) VALUES (%s, NOW())"
                if at_once
                else "INSERT INTO posts_publicchange (name) VALUES (%s)",
                [f"forum/{number}"],
            )
        if not at_once:
            writer.commit()
            process.refresh()
            heard.append(process.latest({f"forum/{number}"}))
    for writer in order if at_once else ():
        writer.commit()
        process.refresh()
        number = writers.index(writer)
        heard.append(process.latest({f"forum/{number}"}))
    for writer in writers:
        writer.close()
    assert heard == sorted(set(heard))
    assert 0 not in heard
    process._hang_up()


def test_a_writers_answer_is_held_back_until_all_processes_have_asked(monkeypatch):
    slept = []
    monkeypatch.setattr(hearing.time, "sleep", slept.append)
    monkeypatch.setattr(hearing, "connection", type("", (), {"vendor": "postgresql"}))
    monkeypatch.setattr(hearing, "_committed", threading.local())
    hearing.wait_until_all_know()
    hearing.committed()
    hearing.wait_until_all_know()
    hearing.wait_until_all_know()
    assert len(slept) == 1
    assert 0 < slept[0] <= hearing.LEASE


def test_where_processes_hear_at_once_nobody_waits(monkeypatch):
    monkeypatch.setattr(hearing.time, "sleep", lambda seconds: pytest.fail("waited"))
    monkeypatch.setattr(hearing, "connection", type("", (), {"vendor": "sqlite"}))
    hearing.committed()
    hearing.wait_until_all_know()
