"""Is a page that was made earlier still true? Who changes what readers see says so here.

Each public change leaves a row (`PublicChange`) in the transaction that makes it, so that nobody
can see the one without the other: no process that dies in between, no command and no other node
can leave a page that is old. A page remembers which names it was made from, and is true as long as
none of them was changed, and the moment has not come at which it changes by itself.

How a process hears of new rows is `posts.hearing`'s.

A newsroom changes posts some hundred times a day, and all of a page's masthead, lists and related
posts may tell of each. So all that editors change is one name, SITE; forums, which change all the
time on the day of breaking news, have a name each.
"""

import contextlib
import time
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from posts import hearing

# What editors change: posts, photos, sections, the blog, settings.
SITE = "site"
# What lists of comments of the whole site are made from.
COMMENTS = "comments"
# The published monthly figures.
FIGURES = "figures"

# Rows are kept for so long; `hearing.LONGEST_PAUSE` is shorter.
KEPT = timedelta(days=1)
# Of a process. A list with its posts takes some 40 KB.
MOST_KEPT = 300
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
    transaction.on_commit(hearing.committed)


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

    __slots__ = ("_seen", "may_share", "names", "shares", "tick", "until")

    def __init__(self, tick, may_share=True):
        self.tick = self._seen = tick
        # Whether it may be, and is, made from parts that were `kept`.
        self.may_share, self.shares = may_share, False
        self.names = {SITE}
        self.until = time.time() + LONGEST_TRUE

    def is_true(self, now):
        """Whether nothing that it was made from has changed, as far as this process knows, and its
        time (`now` in seconds since 1970) has not come."""
        if now >= self.until:
            return False
        tick = hearing.here.tick
        if tick != self._seen:
            if hearing.here.latest(self.names) > self.tick:
                return False
            self._seen = tick
        return True


_making = ContextVar("made", default=None)


@contextlib.contextmanager
def making(may_share=True):
    """`with making() as made:` what is rendered inside tells `made` what it is made from.

    A page that `shares` what was kept must be looked at once more when it is done: if it is no
    longer true then, the kept may be older than the rest of it.
    """
    made = Made(hearing.here.tick, may_share)
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
    here = hearing.here
    changed_at, at = here.turn
    has_come = at is not None and at.timestamp() <= time.time()
    if has_come or changed_at != here.latest({SITE}):
        changed_at = here.latest({SITE})
        moments = Post.objects.next_turn(), Placement.objects.next_end()
        at = min(filter(None, moments), default=None)
        # Only what was read after that change may be remembered with it.
        if made.tick >= changed_at:
            here.turn = changed_at, at
    true_until(at)


def kept(name, make):
    """What `make()` gives, asked again only after a change of the SITE and at its next turn.

    For parts of pages that no discussion changes: while one does all day, they stay. All pages that
    this process makes share what is given, so it is for reading only.
    """
    made, here = _making.get(), hearing.here
    changed_at = here.latest({SITE})
    # A page that was begun before the last change is made from what was there before it.
    if made is None or not made.may_share or made.tick < changed_at:
        return make()
    true_until_the_next_turn()
    stamp = here.turn
    found = here.kept.get(name)
    if found is not None and found[0] == stamp:
        made.shares = True
        return found[1]
    value = make()
    if stamp[0] == changed_at:
        if len(here.kept) >= MOST_KEPT:
            here.kept = {}
        here.kept[name] = stamp, value
    return value
