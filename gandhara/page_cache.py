"""The page cache: finished public pages, kept in each process before Django's handler.

A page is kept if its view is `posts.views.public` and answers 200 with it. What is kept are the
bytes that go over the line, in each encoding that was asked for, and the headers laid out. Every
hit asks `posts.versions` whether the page is still true, so that none is ever old. Who has a
session's cookie is never answered from here.

A page's key is what it depends on: scheme, path below which the site stands, path, and those
names of the query that its view knows. Others are dropped before the page is made, so that nobody
can fill the memory with `?x=1`, `?x=2`. Hosts are no part of it: pages are the same on every host
that is allowed, and others are Django's to refuse.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from email.utils import formatdate, parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve

from gandhara.compression import ENCODINGS, IDENTITY, accepted, compressed, is_worth_it
from gandhara.proxies import believe
from posts import hearing, lite, versions

# What a page may depend on of all that a browser says: the rest is kept from the view.
PASSED_ON = {"HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO"}
# Headers of Django's answer that are laid out anew for each encoding.
_OWN = {"content-length", "content-encoding", "etag", "last-modified", "vary", "date"}
# Seconds. A page that is asked for when it is so old is worth a tenth of a second for a seventh of
# its bytes; while a forum changes each second, none is.
TIGHT_AFTER = 5
# Of a page, beside its bytes: headers, keys, objects. Measured with 10,000 small pages.
OVERHEAD = 3_000
# Seconds. A date is only told to the second, so a younger page could be mistaken for the next.
SETTLED_AFTER = 2
# Seconds that a request waits for another one that makes the same page.
PATIENCE = 30
MOST_MEMORIES = 2_000


class Variant:
    """A page in one encoding."""

    __slots__ = ("content", "etag", "fresh", "is_tight", "settled", "unchanged")

    def __init__(self, page, content, encoding, is_tight=False):
        self.content, self.is_tight = content, is_tight or encoding == IDENTITY
        # A strong ETag names bytes: those of another tightness have another one.
        name = "" if encoding == IDENTITY else f"-{encoding}{'-tight' if is_tight else ''}"
        self.etag = f'"{page.digest}{name}"'
        headers = [
            *page.headers,
            ("Content-Length", str(len(content))),
            ("Vary", "Accept-Encoding"),
            ("ETag", self.etag),
        ]
        if encoding != IDENTITY:
            headers.append(("Content-Encoding", encoding))
        # A second too early: who comes back with it before the page has settled gets all of it.
        self.fresh = [*headers, ("Last-Modified", formatdate(page.made_at - 1, usegmt=True))]
        self.settled = [*headers, ("Last-Modified", formatdate(page.made_at, usegmt=True))]
        self.unchanged = [
            (name, value)
            for name, value in self.settled
            if name not in ("Content-Length", "Content-Type", "Content-Encoding")
        ]


class Page:
    """A finished page, in the encodings in which it was asked for."""

    __slots__ = ("content", "digest", "headers", "made", "made_at", "touched_at", "variants")

    def __init__(self, made, headers, content):
        self.made, self.content = made, content
        self.headers = [pair for pair in headers if pair[0].lower() not in _OWN]
        self.made_at = self.touched_at = int(time.time())
        said = hashlib.blake2b(content, digest_size=12)
        # The same words under another policy are another answer.
        said.update(repr(self.headers).encode())
        self.digest = said.hexdigest()
        content_type = dict(self.headers).get("Content-Type", "")
        plain = Variant(self, content, IDENTITY)
        self.variants = {IDENTITY: plain}
        if not is_worth_it(content, content_type):
            self.variants |= dict.fromkeys(ENCODINGS, plain)

    @property
    def size(self):
        return OVERHEAD + sum(len(each.content) for each in set(self.variants.values()))

    def variant(self, encodings, now):
        """The Variant for a browser that takes these encodings, and whether it was made now."""
        encoding = encodings[0]
        found = self.variants.get(encoding)
        if found is not None and (found.is_tight or now < self.made_at + TIGHT_AFTER):
            return found, False
        tight = found is not None
        found = Variant(self, compressed(self.content, encoding, tight), encoding, tight)
        self.variants[encoding] = found
        return found, True


class Shelf:
    """Pages by key, of at most so many bytes.

    Those asked for once have a third of the room, and are the first to go: whoever asks for every
    page of the site once does not drive out what readers ask for (a segmented LRU; Karedla, Love
    and Wherry, 1994).
    """

    def __init__(self, most):
        self._most = most
        self._lock = threading.Lock()
        self._once, self._again = _Row(), _Row()

    def __len__(self):
        return len(self._once) + len(self._again)

    @property
    def bytes(self):
        return self._once.bytes + self._again.bytes

    def get(self, key):
        page = self._again.get(key)
        return page if page is not None else self._once.get(key)

    def touch(self, key, page, now):
        """It was asked for: this keeps it from going soon, and costs something once a second."""
        second = int(now)
        if page.touched_at == second:
            return
        page.touched_at = second
        with self._lock:
            if self._once.get(key) is page:
                self._once.take(key)
                self._again.put(key, page)
            elif key in self._again:
                self._again.move_to_end(key)

    def put(self, key, page):
        """Keep a page in place of an older one with its key, or weigh it anew."""
        with self._lock:
            (self._again if key in self._again else self._once).put(key, page)
            while self.bytes > self._most and len(self):
                once = self._once.bytes * 3 > self._most or not self._again
                row = self._once if once and self._once else self._again
                row.take(next(iter(row)))


class _Row(OrderedDict):
    """Pages in the order in which they were asked for, and what they weigh together."""

    def __init__(self):
        super().__init__()
        self.bytes, self._sizes = 0, {}

    def put(self, key, page):
        self.take(key)
        self[key] = page
        self._sizes[key] = page.size
        self.bytes += self._sizes[key]

    def take(self, key):
        if self.pop(key, None) is not None:
            self.bytes -= self._sizes.pop(key)


def before(application):
    """The application with the page cache before it, if the settings want one."""
    if not settings.PAGE_CACHE:
        return application
    return PageCache(application, settings.PAGE_CACHE * 1_000_000)


class _Turn:
    """Whose turn it is to make a page, while others wait for it."""

    __slots__ = ("done", "is_kept")

    def __init__(self):
        self.done, self.is_kept = threading.Event(), True


class PageCache:
    """The outermost WSGI application; `application` is the site without it."""

    def __init__(self, application, most):
        self.application = application
        self.shelf = Shelf(most)
        self.hits = self.misses = 0
        self._turns = {}
        self._lock = threading.Lock()
        self._hosts, self._encodings = {}, {}
        self._session = f"{settings.SESSION_COOKIE_NAME}="

    def __call__(self, environ, start_response):
        believe(environ)
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            cookies = environ.get("HTTP_COOKIE")
            if (cookies is None or self._session not in cookies) and self._is_our_host(environ):
                return self._look(environ, start_response)
            return self.application(environ, start_response)
        answer = self.application(environ, start_response)
        hearing.wait_until_all_know()
        return answer

    def _look(self, environ, start_response):
        front = environ.get("wsgi.url_scheme"), environ.get("HTTP_X_FORWARDED_PROTO")
        place = front, environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")
        key = *place, environ.get("QUERY_STRING", "")
        hearing.here.refresh()
        now = time.time()
        page = self.shelf.get(key)
        if page is None:
            query = _known_query(*key[2:])
            if query is None:
                return self.application(environ, start_response)
            key = *place, query
            page = self.shelf.get(key)
        if page is None or not page.made.is_true(now):
            page, answer = self._make(key, environ)
            if page is None:
                if answer is None:
                    return self.application(environ, start_response)
                status, headers, content = answer
                start_response(status, headers)
                return [content] if environ["REQUEST_METHOD"] == "GET" else []
        else:
            self.hits += 1
            self.shelf.touch(key, page, now)
        return self._answer(key, page, environ, start_response, now)

    def _answer(self, key, page, environ, start_response, now):
        variant, is_new = page.variant(self._encodings_of(environ), now)
        if is_new and self.shelf.get(key) is page:
            self.shelf.put(key, page)
        settled = now >= page.made_at + SETTLED_AFTER
        if _is_known(environ, page, variant, settled):
            start_response("304 Not Modified", variant.unchanged)
            return []
        start_response("200 OK", variant.settled if settled else variant.fresh)
        return [variant.content] if environ["REQUEST_METHOD"] == "GET" else []

    def _make(self, key, environ):
        """(page, None), or (None, the answer that is no page to keep, or None if not known)."""
        while True:
            with self._lock:
                turn = self._turns.get(key)
                is_mine = turn is None
                if is_mine:
                    turn = self._turns[key] = _Turn()
            if is_mine:
                try:
                    page, answer = self._render(key, environ)
                    turn.is_kept = page is not None
                    return page, answer
                finally:
                    with self._lock:
                        del self._turns[key]
                    turn.done.set()
            if not turn.done.wait(PATIENCE) or not turn.is_kept:
                return None, None
            # It may have been made from what was there before this request came.
            hearing.here.refresh()
            page = self.shelf.get(key)
            if page is not None and page.made.is_true(time.time()):
                return page, None

    def _render(self, key, environ):
        self.misses += 1
        asked = {
            name: value
            for name, value in environ.items()
            if not name.startswith("HTTP_") or name in PASSED_ON
        }
        asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key[-1]}
        for may_share in (True, False):
            with versions.making(may_share) as made:
                status, headers, content = _asked(self.application, asked)
            if not made.shares:
                break
            hearing.here.refresh(at_once=True)
            if made.is_true(time.time()):
                break
        if not _is_public(status, headers):
            return None, (status, headers, content)
        page = Page(made, headers, content)
        if hearing.here.hears:
            self.shelf.put(key, page)
        return page, None

    def _is_our_host(self, environ):
        host = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST", "")
        known = self._hosts.get(host)
        if known is None:
            known = validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
            _remember(self._hosts, host, known)
        return known

    def _encodings_of(self, environ):
        header = environ.get("HTTP_ACCEPT_ENCODING", "")
        found = self._encodings.get(header)
        if found is None:
            found = accepted(header)
            _remember(self._encodings, header, found)
        return found


def _asked(application, environ):
    """(status, headers, content) of a WSGI application's answer."""
    said = []

    def start_response(status, headers, exc_info=None):
        said[:] = status, headers

    answer = application(environ, start_response)
    try:
        content = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    return *said, content


def _remember(memory, key, value):
    """What browsers send comes in few forms; who sends others fills nothing."""
    if len(memory) < MOST_MEMORIES and len(key) < 300:
        memory[key] = value


def _known_query(path, query):
    """The query that a public view is asked with: only names it knows, each once, in order.

    None where no public view has this path.
    """
    try:
        # WSGI's paths are bytes in the clothes of Latin-1 (PEP 3333).
        asks = getattr(resolve(path.encode("latin-1").decode()).func, "asks", None)
    except (Resolver404, UnicodeError, BadRequest, SuspiciousOperation):
        return None
    if asks is None:
        return None
    if not query:
        return ""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return None
    known = {name: value for name, value in pairs if name in asks}
    if dict(pairs).get(lite.NAME) == lite.ON:
        known[lite.NAME] = lite.ON
    return urlencode(sorted(known.items()))


def _is_public(status, headers):
    """Whether an answer may be kept for everybody."""
    named = {name.lower(): value for name, value in headers}
    vary = {word.strip().lower() for word in named.get("vary", "").split(",")} - {""}
    return (
        status.startswith("200 ")
        and "public" in named.get("cache-control", "")
        and "set-cookie" not in named
        and vary <= {"accept-encoding"}
    )


def _is_known(environ, page, variant, settled):
    """Whether the browser has this page already (RFC 9110, 13.1): then it is told so."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return variant.etag in tags or _names(page, tags)
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None or not settled:
        return False
    try:
        return parsedate_to_datetime(since).timestamp() >= page.made_at
    except (ValueError, TypeError, OverflowError, AttributeError):
        return False


def _names(page, tags):
    """Whether one of these entity tags names the page, in whatever encoding."""
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in tags.split(",")]
    return "*" in tags or any(tag.partition("-")[0] == page.digest for tag in tags)
