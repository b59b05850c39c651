"""People at risk: nothing that is kept, logged, mailed or exported leads to a reader's connection.

A reader does all that readers can do, from addresses and with headers that nobody else has. Then
everything that was left behind is searched for them, and for values worked out from them.
"""

import base64
import hashlib
import hmac
import io
import ipaddress
import logging
import zlib
from itertools import count

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from comments import letters, limits, moderation, receipts
from comments.models import Comment, Forum, Policy, Reason
from tests.factories import make_comment, make_forum, make_moderator, make_post

pytestmark = pytest.mark.django_db

ADDRESSES = ("203.0.113.77", "2001:db8:51:2:9:8:7:6")
PROXY = "10.20.30.40"
FORWARDED = "198.51.100.23"
HEADERS = {
    "User-Agent": "Netscape-Kabulgator/9.25 (reader)",
    "Accept-Language": "prs-AF;q=0.83,rue",
    "X-Forwarded-For": FORWARDED,
    "Forwarded": f"for={FORWARDED};proto=https",
    "X-Real-IP": FORWARDED,
}
MAILBOX = "hamid.from.torkham@example.net"
OWN_WORDS = "The bridge at Torkham is open."
MEMORY_OF_ONE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
MEMORY_OF_NODES = {"BACKEND": "tests.comments.test_limits.RedisCache", "LOCATION": "trails"}


# What would be a trail


def spellings(address):
    """What an address, or the network that the limits count, can be written as."""
    address = ipaddress.ip_address(address)
    texts = {str(address), address.exploded, address.reverse_pointer, str(int(address))}
    values = {text.encode() for text in texts} | {address.packed, address.packed.hex().encode()}
    if address.version == 6:
        half = ipaddress.ip_network((address, 64), strict=False).network_address
        values |= {f"{half}/64".encode(), str(half).encode(), half.packed[:8], half.packed}
        values |= {half.packed[:8].hex().encode(), str(int(half)).encode()}
    return values


def digests(value, secret):
    for name in ("md5", "sha1", "sha256", "sha512", "blake2s", "blake2b"):
        yield hashlib.new(name, value).digest()
        yield hashlib.new(name, secret + value).digest()
        yield hashlib.new(name, value + secret).digest()
        yield hmac.digest(secret, value, name)
    for size in (8, 16, 20, 32):
        yield hashlib.blake2b(value, digest_size=size).digest()
        yield hashlib.blake2b(value, digest_size=size, key=secret[:64]).digest()


def written(digest):
    """A digest as it is, in hexadecimal and base64; the beginning is enough, for it may be cut."""
    yield digest[:8]
    yield digest.hex()[:16].encode()
    yield base64.b64encode(digest)[:10]
    yield base64.urlsafe_b64encode(digest)[:10]


@pytest.fixture
def traces(settings, monkeypatch):
    """All values that must not be found; those of the limits are added as they come up."""
    secret = settings.SECRET_KEY.encode()
    values = {text.encode() for text in HEADERS.values()}
    for address in (*ADDRESSES, FORWARDED):
        values |= spellings(address)
    found = set(values) | {str(zlib.crc32(value)).encode() for value in values}
    for value in values:
        for digest in digests(value, secret):
            found.update(written(digest))

    def watched(inner):
        def watch(*args):
            digest = inner(*args)
            found.update(written(digest))
            found.add(str(int.from_bytes(digest[:8], "little")).encode())
            found.add(str(int.from_bytes(digest[:8], "big")).encode())
            return digest

        return watch

    monkeypatch.setattr(limits.Memory, "_hash", watched(limits.Memory._hash))
    # Counters may lie in the nodes' cache under other hashes; the sender's own value may not.
    monkeypatch.setattr(limits.NodesCache, "hashed", watched(limits.NodesCache.hashed))
    return found


# What is left behind


def cells():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    yield f"{table}.{name}", value


def cached():
    cache = caches["default"]
    if hasattr(cache._cache, "get_client"):
        client = cache._cache.get_client(None)
        for key in client.scan_iter():
            yield "cache", key
            yield "cache", client.get(key)
    else:
        for key, value in cache._cache.items():
            yield "cache", key
            yield "cache", value


def mails():
    for message in mail.outbox:
        yield "mail", message.message().as_bytes()
        yield "mail", f"{message.subject} {message.body} {message.to} {message.extra_headers}"


def logged(caplog):
    for record in caplog.records:
        yield f"log {record.name}", caplog.handler.format(record)


def files(settings):
    for folder in (settings.DATA, settings.MEDIA_ROOT):
        for path in folder.rglob("*"):
            yield "file", path.name
            if path.is_file():
                yield "file", path.read_bytes()


def exported():
    out = io.StringIO()
    call_command("dumpdata", stdout=out)
    yield "export", out.getvalue()


@pytest.fixture
def left_behind(settings, caplog, monkeypatch):
    """A function that gives all that is left, as pairs of a place and its bytes."""
    # Else these lines don't come to the root logger, where caplog listens.
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="django")

    def everything():
        yield from logged(caplog)
        yield from mails()
        yield from cached()
        yield from files(settings)
        yield from cells()
        yield from exported()

    return lambda: [
        (where, bytes(what) if isinstance(what, bytes | memoryview) else str(what).encode())
        for where, what in everything()
    ]


def trails(things, traces):
    """Where one of `traces` stands in one of `things`."""
    return sorted(
        {
            (where, trace)
            for where, what in things
            for lowered in (what.lower(),)
            for trace in traces
            if trace in what or trace.lower() in lowered
        }
    )


# What readers do


class Reader:
    """Somebody who writes from one address, and always says where from in each header."""

    def __init__(self, client, address):
        self.client, self.address, self.numbers = client, address, count(1)
        client.raise_request_exception = False

    def get(self, path, **query):
        return self.client.get(path, query, headers=HEADERS, REMOTE_ADDR=self.address)

    def post(self, path, origin="same-origin", **fields):
        headers = HEADERS | {"Sec-Fetch-Site": origin}
        return self.client.post(path, fields, headers=headers, REMOTE_ADDR=self.address)

    def say(self, path, text=None, **fields):
        fields = {"name": "Hamid", "place": "Graz", "text": text or f"Words {next(self.numbers)}"}
        return self.post(path, **fields)


def does_everything(reader, post, monkeypatch):
    """What can be done in a forum, well and badly; each answer is what it should be."""
    new = reverse("comments:new", args=[post.slug])
    start = make_comment(post.forum)
    reply = reverse("comments:reply", args=[post.slug, start.pk])
    report = reverse("comments:report", args=[post.slug, start.pk])
    status = {
        "article": reader.get(post.get_absolute_url()).status_code,
        "form": reader.get(new).status_code,
        "nowhere": reader.get("/nowhere/").status_code,
        "foreign": reader.post(new, origin="cross-site", text=OWN_WORDS).status_code,
        "empty": reader.post(new, name="Hamid", text="").status_code,
        "robot": reader.post(new, name="Pills", text="Buy!", website="pills.example").status_code,
        "reply": reader.say(reply).status_code,
        "report": reader.post(report, why="insult", words="He is rude.").status_code,
        "report again": reader.post(report, why="insult").status_code,
    }
    with monkeypatch.context() as broken:
        broken.setattr(moderation, "submit", lambda submission: 1 / 0)
        status["broken"] = reader.say(new).status_code
    said = reader.say(new, OWN_WORDS)
    status["said"] = said.status_code
    receipt = said["Location"]
    status["receipt"] = reader.get(receipt).status_code
    comment = receipts.comment_of(receipt.strip("/").split("/")[-1])
    comment.moderate(Comment.Status.REJECTED, make_moderator())
    token = receipt.strip("/").split("/")[-1]
    appeal = reverse("comments:another_look", args=[token])
    status["appeal"] = reader.post(appeal).status_code
    status["appeal again"] = reader.post(appeal).status_code
    correct = reverse("comments:correct", args=[token])
    status["correct"] = reader.say(correct, f"{OWN_WORDS} Again.").status_code
    subscribe = reverse("comments:subscribe", args=[token])
    status["subscribe"] = reader.post(subscribe, email=MAILBOX).status_code
    letters.deliver()
    last = None
    for _ in range(10):
        last = reader.say(new)
    status["far too much"] = last.status_code
    withdrawn = reader.post(reverse("comments:withdraw", args=[token]))
    status["withdraw"] = withdrawn.status_code
    assert status == {
        "article": 200, "form": 200, "nowhere": 404, "foreign": 403, "empty": 422, "robot": 302,
        "reply": 302, "report": 302, "report again": 302, "broken": 500, "said": 302,
        "receipt": 200, "appeal": 302, "appeal again": 409, "correct": 302,
        "subscribe": 302, "far too much": 429, "withdraw": 302,
    }  # fmt: skip


@pytest.fixture
def any_cache(request, settings):
    if settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        own = request.param == "own memory"
        settings.CACHES = {"default": MEMORY_OF_ONE if own else MEMORY_OF_NODES}
    caches["default"].clear()


@pytest.fixture
def reader(request, client, settings, time_machine):
    # Limits count by the minutes of the clock, and none may turn while the reader writes.
    time_machine.move_to("2026-11-24 12:00:00+00:00", tick=False)
    settings.ADMINS = [("Chief", "chief@news.example.org")]
    # From the proxy's address, the forwarded one is the reader's; from any other it is a lie.
    settings.TRUSTED_PROXIES = [ipaddress.ip_network(PROXY)]
    return Reader(client, request.param)


@pytest.mark.parametrize(
    ("any_cache", "reader"),
    [
        *(("own memory", address) for address in (*ADDRESSES, PROXY)),
        ("nodes' memory", ADDRESSES[1]),
    ],
    indirect=True,
)
@pytest.mark.usefixtures("any_cache")
def test_nothing_that_a_reader_leaves_behind_leads_to_the_connection(
    reader, monkeypatch, traces, left_behind
):
    Policy(per_minute=5, refused_beyond=3).save()
    post = make_post()
    make_forum(post, Forum.State.OPEN)
    does_everything(reader, post, monkeypatch)

    things = left_behind()
    searched = {where for where, _what in things}
    for table in ("comments_comment.text", "comments_reason.details", "comments_flag.words"):
        assert table in searched
    assert "export" in searched
    assert any(b"He is rude." in what for _where, what in things)
    assert any(b"ZeroDivisionError" in what for where, what in things if where.startswith("log"))
    # A mail address that a reader gave stands in the mail, and nowhere else.
    assert {where for where, what in things if MAILBOX.encode() in what} == {"mail"}
    assert not reader.client.cookies
    assert len(traces) > 1000
    assert trails(things, traces) == []


# The search itself


def planted(way, value, settings):
    digest = hashlib.blake2b(b"203.0.113.77", digest_size=16).digest()
    match way:
        case "column":
            make_comment(place=value)
        case "json":
            comment = make_comment()
            Reason.objects.create(
                comment=comment, phase="limits", code="limit", details={"who": digest.hex()[:20]}
            )
        case "session":
            from django.contrib.sessions.models import Session
            from django.utils import timezone

            session = Session(session_key="s", expire_date=timezone.now())
            session.session_data = base64.b64encode(digest).decode()
            session.save()
        case "log":
            logging.getLogger("django.request").debug("A reader: %s", value)
        case "mail":
            mail.send_mail("Alert", f"From {value}", "a@example.org", ["b@example.org"])
        case "cache":
            caches["default"].set("reader", ipaddress.ip_address(value).packed)
        case "cache key":
            caches["default"].set(f"count.{hashlib.sha256(value.encode()).hexdigest()}", 1)
        case "file":
            (settings.DATA / "readers.txt").write_text(str(int(ipaddress.ip_address(value))))
        case "keyed":
            secret = settings.SECRET_KEY.encode()
            keyed = hmac.digest(secret, value.encode(), "sha1")
            make_comment(name=base64.urlsafe_b64encode(keyed).decode())


@pytest.mark.parametrize(
    ("way", "where"),
    [
        ("column", "comments_comment.place"),
        ("json", "comments_reason.details"),
        ("session", "django_session.session_data"),
        ("log", "log django.request"),
        ("mail", "mail"),
        ("cache", "cache"),
        ("cache key", "cache"),
        ("file", "file"),
        ("keyed", "comments_comment.name"),
    ],
)
def test_the_search_finds_what_is_put_there(traces, left_behind, settings, way, where):
    planted(way, ADDRESSES[0], settings)
    assert where in {found for found, _trace in trails(left_behind(), traces)}


def test_the_search_finds_the_limits_own_value_of_a_sender(rf, traces, left_behind):
    sender = limits.sender_of(rf.get("/", REMOTE_ADDR=ADDRESSES[1]))
    assert trails(left_behind(), traces) == []
    make_comment(place=sender.hex()[:24])
    assert {where for where, _trace in trails(left_behind(), traces)} >= {"export"}
