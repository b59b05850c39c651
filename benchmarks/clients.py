"""Many clients of one server in one thread, as light as can be: the server needs the processors.

A client is a generator. It yields the bytes of a request, and gets its Answer; or it yields a
number, and goes on after so many seconds. Each has one connection, which it keeps as long as the
server does.
"""

import heapq
import re
import selectors
import socket
import time
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

SILENT_AFTER = 60
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """`head` is everything above the body; `seconds` went by between request and last byte."""

    status: int
    head: bytes
    body: bytes
    seconds: float

    def header(self, name):
        found = re.search(rf"\r\n{name}: *([^\r]*)".encode(), self.head, re.IGNORECASE)
        return found[1].decode("latin-1") if found else ""


def request(path, fields=None, **headers):
    """The bytes of a GET, or of a POST of form fields as a browser sends them from our page."""
    body = b"" if fields is None else urlencode(fields).encode()
    lines = [f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if fields is not None:
        lines += [
            "Sec-Fetch-Site: same-origin",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


class _Line:
    """A client and its connection."""

    def __init__(self, client):
        self.client, self.socket = client, None
        self.received, self.whole, self.asked_at, self.waits = b"", None, 0.0, False


def keep_asking(port, clients):
    """Let all clients run until each has ended. Raises OSError where a connection breaks."""
    _Rounds(port).run(clients)


class _Rounds:
    def __init__(self, port):
        self.port = port
        self.selector = selectors.DefaultSelector()
        # (when, number, line): the number keeps lines from being compared.
        self.thinking, self.numbers, self.waiting = [], count(), 0

    def run(self, clients):
        for client in clients:
            self._go_on(_Line(client), None)
        while self.thinking or self.waiting:
            now = time.monotonic()
            while self.thinking and self.thinking[0][0] <= now:
                self._go_on(heapq.heappop(self.thinking)[2], None)
            if not self.thinking and not self.waiting:
                break
            pause = self.thinking[0][0] - time.monotonic() if self.thinking else SILENT_AFTER
            heard = self.selector.select(max(0, pause))
            if not heard and not self.thinking:
                raise TimeoutError(f"{self.waiting} requests were not answered")
            for key, _events in heard:
                self._hear(key.data)
        self.selector.close()

    def _go_on(self, line, answer):
        try:
            wish = line.client.send(answer)
        except StopIteration:
            self._hang_up(line)
            return
        if isinstance(wish, bytes):
            self._ask(line, wish)
        else:
            until = time.monotonic() + wish
            heapq.heappush(self.thinking, (until, next(self.numbers), line))

    def _ask(self, line, wish):
        if line.socket is None:
            line.socket = socket.create_connection(("127.0.0.1", self.port))
            line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(line.socket, selectors.EVENT_READ, line)
        line.asked_at = time.monotonic()
        line.waits = True
        self.waiting += 1
        line.socket.sendall(wish)

    def _hang_up(self, line):
        if line.socket:
            self.selector.unregister(line.socket)
            line.socket.close()
            line.socket = None
        # A server may end a connection that is idle, but not leave a request without an answer.
        if line.waits:
            raise ConnectionError("The server closed a connection instead of answering")

    def _hear(self, line):
        some = line.socket.recv(262_144)
        if not some:
            self._hang_up(line)
            return
        line.received += some
        if line.whole is None:
            above = line.received.find(b"\r\n\r\n")
            if above < 0:
                return
            length = _LENGTH.search(line.received, 0, above)
            line.whole = above, above + 4 + (int(length[1]) if length else 0)
        above, end = line.whole
        if len(line.received) < end:
            return
        answer = Answer(
            int(line.received[9:12]), line.received[:above], line.received[above + 4 : end],
            time.monotonic() - line.asked_at,
        )  # fmt: skip
        line.received, line.whole, line.waits = b"", None, False
        self.waiting -= 1
        self._go_on(line, answer)
