"""How much one connection may send, without a trail of who sent it.

Counters lie in memory only, under names made with a keyed hash. Its random key lives for at most a
day and is then wiped together with all counters; nobody can say afterwards who sent what. All
processes that `gandhara.start` starts use one piece of memory, which has no name in any folder.
Where the cache is Redis, the counters lie there, so that several nodes count together. Redis must
then keep nothing on disk (`save ""`); the hash also needs the SECRET_KEY, which it doesn't have.
"""

import fcntl
import hashlib
import hmac
import ipaddress
import mmap
import os
import secrets
import struct
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

# At most a day is promised; the hour is for clocks that are set and timers that come late.
KEY_LIVES = 23 * 3600
SHARED_AT = "GANDHARA_LIMITS_AT"
MINUTE, HOUR = 60, 3600
# A cache that didn't answer is left alone for so long: readers shouldn't wait for it each time.
AWAY_FOR = 30


@dataclass(frozen=True)
class Standing:
    """Where a sender stands: `within`, `beyond` (hold) or `far_beyond` (refuse) a limit.

    `limit` names the nearest limit ("minute", "hour", "forum"), `retry_after` is in seconds.
    """

    level: str = "within"
    limit: str = ""
    retry_after: int = 0


class Memory:
    """Counters with an end, in memory that forked and related processes can share.

    A table of fixed size: a new counter takes the place of one that ended, else of the one among
    its eight places that ends soonest. 65,536 places hold an hour of 20,000 senders in 1 MiB.
    """

    HEAD = struct.Struct("<d32s")  # when the key was made (0: there is none), the key
    PLACE = struct.Struct("<QII")  # hashed name, when it ends, the number
    PLACES, PROBES = 65_536, 8
    START = 64
    SIZE = START + PLACES * PLACE.size
    NAME = "gandhara-limits"

    def __init__(self, file=None):
        """Memory behind an open file descriptor, or None where the system has no such files."""
        self.file = file
        self._bytes = mmap.mmap(-1 if file is None else file, self.SIZE)
        # A view, not a copy: nothing is left of the key once the memory is wiped.
        self._key = memoryview(self._bytes)[self.HEAD.size - 32 : self.HEAD.size]
        self._lock = threading.Lock()
        self._timer = None

    @classmethod
    def made(cls):
        """Fresh memory; only Linux has files without a folder or a disk."""
        if not hasattr(os, "memfd_create"):
            return cls()
        file = os.memfd_create(cls.NAME)
        os.ftruncate(file, cls.SIZE)
        return cls(file)

    @classmethod
    def opened(cls, path):
        """The memory that another process made; raises OSError if it is not there."""
        if not os.readlink(path).startswith(f"/memfd:{cls.NAME} "):
            raise FileNotFoundError(path)
        return cls(os.open(path, os.O_RDWR))

    @contextmanager
    def _alone(self):
        # Locks on files keep processes apart, but not the threads of one.
        with self._lock:
            if self.file is not None:
                fcntl.lockf(self.file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                if self.file is not None:
                    fcntl.lockf(self.file, fcntl.LOCK_UN)

    def _key_is_good(self):
        made_at, _key = self.HEAD.unpack_from(self._bytes)
        return 0 <= time.time() - made_at < KEY_LIVES

    def _wipe(self):
        self._bytes[:] = bytes(self.SIZE)
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _hash(self, name, size):
        if not self._key_is_good():
            self._wipe()
            self._key[:] = secrets.token_bytes(32)
            struct.pack_into("<d", self._bytes, 0, time.time())
            # Wiped in time also if nobody sends anything any more.
            self._timer = threading.Timer(KEY_LIVES, self.tidy)
            self._timer.daemon = True
            self._timer.start()
        return hashlib.blake2b(name, digest_size=size, key=self._key).digest()

    def _place_of(self, hashed, now):
        """Where a counter stands or can stand, and its number."""
        soonest, place = None, None
        for probe in range(self.PROBES):
            offset = self.START + (hashed + probe) % self.PLACES * self.PLACE.size
            there, ends, number = self.PLACE.unpack_from(self._bytes, offset)
            if ends <= now:
                ends = 0
            elif there == hashed:
                return offset, number
            if soonest is None or ends < soonest:
                soonest, place = ends, offset
        return place, 0

    def hashed(self, data):
        with self._alone():
            return self._hash(data, 16)

    def add(self, name, seconds):
        """Count one more under a name, to be forgotten after so many seconds; gives the number."""
        now = int(time.time())
        with self._alone():
            hashed = int.from_bytes(self._hash(name, 8), "little")
            place, number = self._place_of(hashed, now)
            self.PLACE.pack_into(self._bytes, place, hashed, now + seconds, number + 1)
            return number + 1

    def number(self, name):
        with self._alone():
            hashed = int.from_bytes(self._hash(name, 8), "little")
            return self._place_of(hashed, int(time.time()))[1]

    def tidy(self):
        """Wipe key and counters if the key is too old."""
        with self._alone():
            if not self._key_is_good():
                self._wipe()

    def forget(self):
        """Wipe key and counters."""
        with self._alone():
            self._wipe()


class NodesCache:
    """The same counters in the cache that several nodes share.

    The random part of the key ends with its entry there, and is worth nothing without SECRET_KEY.
    """

    def __init__(self):
        self._away_until = 0

    @property
    def is_there(self):
        backend = settings.CACHES["default"]["BACKEND"]
        return backend.endswith("RedisCache") and time.monotonic() >= self._away_until

    def leave_alone(self):
        self._away_until = time.monotonic() + AWAY_FOR

    def _hash(self, name, size):
        random = cache.get_or_set("limits.key", lambda: secrets.token_hex(32), KEY_LIVES)
        key = hmac.digest(settings.SECRET_KEY.encode(), random.encode(), "sha256")
        return hashlib.blake2b(name, digest_size=size, key=key).digest()

    def _entry(self, name):
        return f"limits.{self._hash(name, 16).hex()}"

    def hashed(self, data):
        return self._hash(data, 16)

    def add(self, name, seconds):
        entry = self._entry(name)
        if cache.add(entry, 1, seconds):
            return 1
        try:
            number = cache.incr(entry)
        except ValueError:  # it ended in between
            return 1
        cache.touch(entry, seconds)
        return number

    def number(self, name):
        return cache.get(self._entry(name), 0)


def _memory_of_this_process():
    try:
        return Memory.opened(os.environ[SHARED_AT])
    except (KeyError, OSError, ValueError):
        return Memory.made()


_memory = _memory_of_this_process()
_nodes = NodesCache()


def _ask(method, *arguments):
    """Ask the nodes' cache, or this machine's memory where there is none or it doesn't answer."""
    if _nodes.is_there:
        try:
            return getattr(_nodes, method)(*arguments)
        except Exception:
            # Each client has errors of its own, and no comment shall be lost over a counter.
            _nodes.leave_alone()
    return getattr(_memory, method)(*arguments)


def share():
    """Let all processes that are started from now on count in this one's memory; gives it.

    It lasts as long as this process. They find it by a name under /proc, for a server's workers
    don't inherit open files where Python spawns them (3.14). Elsewhere each counts for itself.
    """
    if _memory.file is not None:
        os.environ[SHARED_AT] = f"/proc/{os.getpid()}/fd/{_memory.file}"
    return _memory


def forget():
    """Forget all senders, for example between two tests."""
    _memory.forget()


def _network(address):
    """What one connection has for itself: an IPv4 address, or the first half of an IPv6 one."""
    address = ipaddress.ip_address(address)
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.packed if address.version == 4 else address.packed[:8]


def sender_of(request):
    """An opaque value for the connection that a request came by; None if it can't be told.

    A sender that can't be told (a Unix socket whose proxy is not in TRUSTED_PROXIES) is never
    limited: one counter for all readers together would close the forum for everybody.
    """
    try:
        network = _network(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    return _ask("hashed", network)


def count(sender, forum, policy):
    """Count one comment of `sender` in `forum` (a key or None); gives the Standing after it.

    Windows are those of the clock, so a limit is over when the minute or the hour is.
    """
    if sender is None:
        return Standing()
    limits = [("minute", MINUTE, policy.per_minute), ("hour", HOUR, policy.per_hour)]
    if forum is not None:
        limits.append(("forum", HOUR, policy.per_forum))
    now = int(time.time())
    farthest, standing, retry_after = 1, Standing(), 0
    for limit, seconds, most in limits:
        window, past = divmod(now, seconds)
        where = forum if limit == "forum" else ""
        # A minute longer, for the clocks of several nodes.
        number = _ask("add", _name(sender, limit, where, window), seconds - past + MINUTE)
        times = number / most
        if times >= policy.refused_beyond:
            retry_after = max(retry_after, seconds - past)
        if times > farthest:
            farthest, standing = times, Standing("beyond", limit)
    if retry_after:
        return Standing("far_beyond", standing.limit, retry_after)
    return standing


def _name(sender, *words):
    return sender + "|".join(map(str, words)).encode()


def remember(sender, what, seconds):
    """Keep in memory, for so many seconds, that this sender did `what` (any text).

    Forgotten with the day's key at the latest; a sender that can't be told is not remembered.
    """
    if sender is not None:
        _ask("add", _name(sender, "did", what), seconds)


def remembers(sender, what):
    """Whether `remember` was called with the same two within its time."""
    return sender is not None and _ask("number", _name(sender, "did", what)) > 0
