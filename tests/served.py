"""The site with its page cache, asked as a server asks it: without a socket, in one process."""

import io
from dataclasses import dataclass

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection

from gandhara.page_cache import PageCache
from posts import hearing


@dataclass
class Answer:
    status: int
    headers: dict
    content: bytes

    @property
    def text(self):
        return self.content.decode()

    def __getitem__(self, name):
        return self.headers[name.lower()]


class Served:
    """`served.get("/")` gives an Answer; `served.made` counts the pages that Django made."""

    def __init__(self, most=10_000_000):
        self.made = []
        self._django = get_wsgi_application()
        self.cache = PageCache(self._make, most)

    def _make(self, environ, start_response):
        self.made.append(environ["PATH_INFO"])
        return self._django(environ, start_response)

    def get(self, address, method="GET", host="testserver", **headers):
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": host,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        said = []

        def start_response(status, headers, exc_info=None):
            said.append((status, headers))

        # As Django's test client has it: the test's transaction must not be closed with a request.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        try:
            answer = self.cache(environ, start_response)
            content = b"".join(answer)
            if hasattr(answer, "close"):
                answer.close()
        finally:
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
        ((status, pairs),) = said
        return Answer(
            int(status.partition(" ")[0]), {name.lower(): value for name, value in pairs}, content
        )


class HearsAtOnce(hearing.Here):
    """A process that sees what the test has not committed, for it asks by the same connection."""

    def _open(self):
        return connection
