"""Is a page that was made earlier still true? Who changes what readers see says so here.

Each public change leaves a row (`PublicChange`) in the transaction that makes it, so that nobody
can see the one without the other: no process that dies in between, no command and no other node
can leave a page that is old. A page remembers which names it was made from, and is true as long as
none of them was changed, and the moment has not come at which it changes by itself.

How a process learns of new rows, `here.refresh()`:

- On SQLite it compares the head of the WAL index, a file that all processes map into their memory,
  with what it saw last; that takes a tenth of a microsecond. Every commit changes it before it
  returns (sqlite.org/walformat.html, 2.1). Only then is the table asked.
- On PostgreSQL it asks the table at most each `LEASE`. Whoever changed something has its answer
  held back for as long (`wait_until_all_know`), so that no request that follows the answer meets a
  process that has not asked since, on whatever node.

A newsroom changes posts some hundred times a day, and all of a page's masthead, lists and related
posts may tell of each. So all that editors change is one name, SITE; forums, which change all the
time on the day of breaking news, have a name each.
"""

import contextlib
import mmap
import os
import sys
import threading
import time
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction
from django.utils import timezone

# What editors change: posts, photos, sections, the blog, settings.
SITE = "site"
# What lists of comments of the whole site are made from.
COMMENTS = "comments"
# The published monthly figures.
FIGURES = "figures"

# Seconds. Ten questions a second cost a process less than a thousandth of its time.
LEASE = 0.1
# A database that did not answer is left alone for so long: nobody can change it either.
DEAF_FOR = 1.0
# Rows are kept for a day (`tidy`); who looks after a longer pause believes nothing it has.
KEPT = timedelta(days=1)
LONGEST_PAUSE = 3600.0
# Of a process; beyond, all pages made before are taken for untrue.
MOST_NAMES = 20_000
# No page is believed for longer, whatever it says.
LONGEST_TRUE = 3600.0


def forum(post):
    """The name of the discussion of a post, given by its key."""
    return f"forum/{post}"


def changed(*names):
    """Say that pages made from `names` are no longer true: in the transaction that changes them.

    Raises TransactionManagementError outside of one, for then a process could die in between.
    """
    from posts.models import PublicChange

    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "What readers see is changed, and said to be changed, in one transaction."
        )
    PublicChange.objects.bulk_create([PublicChange(name=name) for name in dict.fromkeys(names)])
    transaction.on_commit(_remember)


_committed = threading.local()


def _remember():
    _committed.at = time.monotonic()


def wait_until_all_know():
    """Hold this thread until every process has asked since its last public change, if it made one.

    At most `LEASE`, and no moment where processes learn at once.
    """
    at = _committed.__dict__.pop("at", None)
    if at is not None and connection.vendor != "sqlite":
        time.sleep(max(0.0, at + LEASE - time.monotonic()))


def tidy():
    """Delete the rows that every process has read long ago; gives how many."""
    from posts.models import PublicChange

    return PublicChange.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


@contextlib.contextmanager
def snapshot():
    """All that is read inside is of one moment: a page can't be torn between two states.

    It is for reading only. Inside a transaction that is one already nothing is begun.
    """
    if connection.in_atomic_block:
        yield
        return
    # Which sets the mode.
    connection.ensure_connection()
    mode = getattr(connection, "transaction_mode", None)
    # SQLite's one lock for writing is not for those who read.
    connection.transaction_mode = None
    try:
        with transaction.atomic():
            connection.transaction_mode = mode
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        connection.transaction_mode = mode


# What a page is made from


class Made:
    """What one page was made from, and until when it is true."""

    __slots__ = ("_seen", "names", "tick", "until")

    def __init__(self, tick):
        self.tick = self._seen = tick
        self.names = {SITE}
        self.until = time.time() + LONGEST_TRUE

    def is_true(self, now):
        """Whether nothing that it was made from has changed, as far as this process knows, and its
        time (`now` in seconds since 1970) has not come."""
        if now >= self.until:
            return False
        tick = here.tick
        if tick != self._seen:
            if here.latest(self.names) > self.tick:
                return False
            self._seen = tick
        return True


_making = ContextVar("made", default=None)


@contextlib.contextmanager
def making():
    """`with making() as made:` what is rendered inside tells `made` what it is made from."""
    made = Made(here.tick)
    token = _making.set(made)
    try:
        yield made
    finally:
        _making.reset(token)


def is_made():
    """Whether a page is being made that wants to know what it is made from."""
    return _making.get() is not None


def made_from(*names):
    """Tell the page that is being made, if one is, that it shows what has these names."""
    made = _making.get()
    if made is not None:
        made.names.update(names)


def true_until(*moments):
    """Tell the page that is being made that it changes by itself at these moments (or None)."""
    made = _making.get()
    for moment in moments if made is not None else ():
        if moment is not None:
            made.until = min(made.until, moment.timestamp())


def true_until_midnight():
    """It shows the day's date, in the zone in force."""
    if _making.get() is not None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        midnight = datetime.combine(tomorrow, datetime.min.time())
        true_until(timezone.make_aware(midnight).astimezone(UTC))


def true_until_the_next_turn():
    """It shows posts: until the next of them comes out, is taken down or loses its place."""
    from posts.models import Placement, Post

    made = _making.get()
    if made is None:
        return
    changed_at, at = here.turn
    if changed_at != here.latest({SITE}) or (at is not None and at.timestamp() <= time.time()):
        changed_at = here.latest({SITE})
        moments = Post.objects.next_turn(), Placement.objects.next_end()
        at = min(filter(None, moments), default=None)
        # Only what was read after that change may be remembered with it.
        if made.tick >= changed_at:
            here.turn = changed_at, at
    true_until(at)


# What a process knows


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

    def rings(self):
        """Whether there may be new rows."""
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

    def rings(self):
        return time.monotonic() - self._asked_at >= LEASE

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
        # When the site last changed, and when it changes next by itself.
        self.turn = -1, None
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

    def refresh(self):
        """Hear of all that was committed before this call (on PostgreSQL, `LEASE` before it).

        A database that can't be asked changes nothing: what is known stays.
        """
        if self._log is not None and not self._log.rings():
            return
        with self._lock:
            if self._log is not None and not self._log.rings():
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


here = Here()
