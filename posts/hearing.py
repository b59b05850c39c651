"""How a process hears of public changes that others have committed (`posts.versions`).

- On SQLite it compares the head of the WAL index, a file that all processes map into their memory,
  with what it saw last; that takes a tenth of a microsecond. Every commit changes it before it
  returns (sqlite.org/walformat.html, 2.1). Only then is the table asked.
- On PostgreSQL it asks the table at most each `LEASE`. Whoever changed something has its answer
  held back for as long (`wait_until_all_know`), so that no request that follows the answer meets a
  process that has not asked since, on whatever node.
"""

import contextlib
import mmap
import os
import sys
import threading
import time

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections

# Seconds. Ten questions a second cost a process less than a thousandth of its time.
LEASE = 0.1
# A database that did not answer is left alone for so long: nobody can change it either.
DEAF_FOR = 1.0
# Who asks after a longer pause believes nothing it has: rows are deleted after a day.
LONGEST_PAUSE = 3600.0
# Of a process; beyond, all pages made before are taken for untrue.
MOST_NAMES = 20_000

_committed = threading.local()


def committed():
    """Remember that this thread has just committed a public change."""
    _committed.at = time.monotonic()


def wait_until_all_know():
    """Hold this thread until every process has asked since its last public change, if it made one.

    At most `LEASE`, and no moment where processes learn at once.
    """
    at = _committed.__dict__.pop("at", None)
    if at is not None and connection.vendor != "sqlite":
        time.sleep(max(0.0, at + LEASE - time.monotonic()))


class _WalIndex:
    """The head of SQLite's WAL index, as all processes of the machine have it in memory.

    The file behind it is never closed: closing it would free the locks that SQLite holds on it for
    this process (fcntl(2)).
    """

    HEAD = 48
    VERSION = 3007000

    def __init__(self, database):
        self._map = mmap.mmap(
            os.open(f"{database}-shm", os.O_RDONLY), self.HEAD, prot=mmap.PROT_READ
        )
        # In the byte order of the machine.
        if int.from_bytes(self._map[:4], sys.byteorder) != self.VERSION:
            raise ValueError(database)

    def head(self):
        return self._map[: self.HEAD]


class _SqliteLog:
    """SQLite writes one transaction after the other: a row's key tells its order."""

    def __init__(self, database):
        self._index = self._head = None
        with contextlib.suppress(OSError, ValueError):
            self._index = _WalIndex(database.settings_dict["NAME"])
        self._last = None

    def rings(self, at_once):
        """Whether there may be new rows; SQLite's bell rings at once in any case."""
        return self._index is None or self._index.head() != self._head

    def names(self, cursor):
        """The names in rows that are new; none at the first call."""
        # Before the rows: what is committed in between rings once more.
        head = self._index and self._index.head()
        if self._last is None:
            cursor.execute("SELECT MAX(id) FROM posts_publicchange")
            self._last, found = cursor.fetchone()[0] or 0, []
        else:
            cursor.execute(
                "SELECT id, name FROM posts_publicchange WHERE id > %s ORDER BY id", [self._last]
            )
            rows = cursor.fetchall()
            self._last = rows[-1][0] if rows else self._last
            found = [name for _key, name in rows]
        self._head = head
        return found


class _PostgresLog:
    """PostgreSQL's transactions end in another order than their rows were numbered in.

    So each row says which transaction wrote it. All rows of transactions that were still running
    at the last look, and of later ones, are looked at again (PostgreSQL's documentation, 9.27.8).
    """

    SQL = (
        "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
        " (SELECT json_agg(json_build_array(id, name)) FROM posts_publicchange"
        " WHERE transaction >= %s)"
    )

    def __init__(self, database):
        self._asked_at = float("-inf")
        self._first, self._seen = None, set()

    def rings(self, at_once):
        return at_once or time.monotonic() - self._asked_at >= LEASE

    def names(self, cursor):
        asked_at = time.monotonic()
        if self._first is None:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            self._first = cursor.fetchone()[0]
            cursor.execute(self.SQL, [self._first])
            self._seen = {key for key, _name in cursor.fetchone()[1] or ()}
            found = []
        else:
            cursor.execute(self.SQL, [self._first])
            self._first, rows = cursor.fetchone()
            rows = rows or []
            found = [name for key, name in rows if key not in self._seen]
            self._seen = {key for key, _name in rows}
        self._asked_at = asked_at
        return found


class Here:
    """What this process has heard of changes: they are counted by `tick`, in the order of hearing.

    It has a connection of its own, which is open as long as the process lives.
    """

    LOGS = {"sqlite": _SqliteLog, "postgresql": _PostgresLog}

    def __init__(self):
        self.tick = self._floor = 0
        # When the site last changed, and when it changes next by itself (`posts.versions`).
        self.turn = -1, None
        # What `versions.kept` remembers.
        self.kept = {}
        self._changed = {}
        self._lock = threading.Lock()
        self._connection = self._log = None
        self._deaf_until = self._looked_at = 0.0

    @property
    def hears(self):
        """Whether the database could be asked the last time: else nothing new can be believed."""
        return self._connection is not None and self._log is not None

    def latest(self, names):
        """At which tick the last of `names` was changed."""
        return max(self._changed.get(name, self._floor) for name in names)

    def refresh(self, at_once=False):
        """Hear of all that was committed before this call; on PostgreSQL, unless `at_once`, of what
        was `LEASE` before it.

        A database that can't be asked changes nothing: what is known stays.
        """
        if self._log is not None and not self._log.rings(at_once):
            return
        with self._lock:
            if self._log is not None and not self._log.rings(at_once):
                return
            if time.monotonic() >= self._deaf_until:
                try:
                    self._look()
                except Error:
                    self._deaf_until = time.monotonic() + DEAF_FOR
                    self._hang_up()

    def _open(self):
        own = connections.create_connection(DEFAULT_DB_ALIAS)
        # By one thread after the other, under the lock.
        own.inc_thread_sharing()
        own.ensure_connection()
        return own

    def _look(self):
        if self._connection is None:
            self._connection = self._open()
        if self._log is None:
            self._log = self.LOGS[self._connection.vendor](self._connection)
        with self._connection.cursor() as cursor:
            names = self._log.names(cursor)
        now = time.monotonic()
        slept, self._looked_at = now - self._looked_at > LONGEST_PAUSE, now
        if names or slept:
            tick = self.tick + 1
            if slept or len(self._changed) > MOST_NAMES:
                self._changed, self._floor = {}, tick
            self._changed.update(dict.fromkeys(names, tick))
            # Last: whoever sees the tick sees all that it brought.
            self.tick = tick

    def _hang_up(self):
        with contextlib.suppress(Error):
            if self._connection is not None:
                self._connection.close()
        self._connection = None


# What this process knows, one for all of its threads.
here = Here()
