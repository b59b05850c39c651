"""What a request may bring, and how many may be where at once: settled before Django sees it.

The server lends each request a thread, also while its body trickles in or a large file trickles
out. Clients that are slow, by a bad line or on purpose, therefore get only some of the threads;
the others stay free for those who just read. A body is read whole here, within limits.
"""

import os
import socket
import tempfile
import threading
import time
from io import BytesIO

from django.conf import settings

REFUSAL = "gandhara.refusal"
# Threads that no slow client may hold, of each process.
KEPT_FREE = 4
# Pages that are made at one time. More threads at it mostly switch (docs/serving.md); on PostgreSQL
# one is made while others wait for their rows.
MADE_AT_ONCE = 4
# Seconds that a request waits for a place among those that may be slow.
A_MOMENT = 1.0
# A body may take a minute, and longer the larger it is: 5 KB pass on the slowest mobile line.
SECONDS, BYTES_A_SECOND = 60, 20_000
PIECE = 65_536
# A photo, its form, and what surrounds them (`posts.photos.MAX_BYTES`).
FROM_STAFF = 105 * 1024 * 1024
# Seconds of silence, then probes, until a connection counts as broken (tcp(7)).
SILENCE, BETWEEN_PROBES, PROBES = 30, 10, 3


class Places:
    """So many may be inside at once. `take()` says whether there was a place.

    Whoever finds none waits for a moment: bodies of a crowd that are there already are read in no
    time, and only slow ones keep their places.
    """

    def __init__(self, number):
        self._free = threading.BoundedSemaphore(max(1, number))

    def take(self):
        return self._free.acquire(timeout=A_MOMENT)

    def give_back(self):
        self._free.release()


# Of clients that may hold a thread by being slow.
slow = Places(settings.THREADS - KEPT_FREE)


class Refused(Exception):
    """The HTTP status with which a request is refused."""


def admitted(application):
    """The WSGI application, given bodies that are complete and within limits.

    What is refused reaches it without its body, and with the status under REFUSAL in the environ,
    so that the refusal has the blog's own page (`gandhara.errors`). The statuses are RFC 9110's:
    408 for a body that doesn't come, 411 for one of unknown length, 413 for one that is too
    large, 503 while too many bodies are on their way.
    """
    making = threading.BoundedSemaphore(MADE_AT_ONCE)

    def answered(environ, start_response):
        if (
            environ.get("CONTENT_LENGTH", "") not in ("", "0")
            or "HTTP_TRANSFER_ENCODING" in environ
        ):
            notice_broken_lines()
            try:
                environ["wsgi.input"] = _body(environ)
            except Refused as refused:
                environ |= {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0"}
                environ[REFUSAL] = refused.args[0]
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            # A writer's thread waits, for the disk or for other nodes, more than it computes.
            return application(environ, start_response)
        with making:
            return application(environ, start_response)

    return answered


def most(environ):
    """How many bytes this request may bring: photos come from staff only."""
    is_for_staff = environ.get("PATH_INFO", "").startswith("/admin/")
    cookie = f"{settings.SESSION_COOKIE_NAME}="
    if is_for_staff and cookie in environ.get("HTTP_COOKIE", ""):
        return FROM_STAFF
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _body(environ):
    """The body as a file, in memory unless it is staff's; Refused says why there is none."""
    length = environ.get("CONTENT_LENGTH", "")
    if not length:
        raise Refused(411)
    if not (length.isascii() and length.isdecimal()):
        raise Refused(400)
    if len(length) > 12 or (length := int(length)) > most(environ):
        raise Refused(413)
    if not slow.take():
        raise Refused(503)
    try:
        return _read(environ["wsgi.input"], length)
    finally:
        slow.give_back()


def _read(stream, length):
    # What readers write must not lie on a disk, not even for a moment.
    body = tempfile.SpooledTemporaryFile(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115
    until = time.monotonic() + SECONDS + length / BYTES_A_SECOND
    missing = length
    while missing:
        piece = stream.read(min(PIECE, missing))
        # The server ends a body where the line broke: half a comment would look like a whole one.
        if not piece:
            raise Refused(400)
        if time.monotonic() > until:
            raise Refused(408)
        body.write(piece)
        missing -= len(piece)
    body.seek(0)
    return body


_noticing = threading.Lock()


def notice_broken_lines():
    """Have the system end connections whose other end is gone, once for each process.

    The server doesn't ask for it, and a body that never comes would hold its thread for ever.
    Connections take this over from the socket that listens (Linux, tcp(7)).
    """
    if not _noticing.acquire(blocking=False):
        return  # and it is never released
    for number in _open_files():
        try:
            with socket.socket(fileno=os.dup(number)) as listener:
                if not listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    continue
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
                listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, SILENCE)
                listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, BETWEEN_PROBES)
                listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, PROBES)
        except OSError:
            continue  # not a socket


def _open_files():
    try:
        return [int(name) for name in os.listdir("/proc/self/fd")]
    except OSError:
        return []
