"""Clients that are slow, by a bad line or on purpose, without a web server in front."""

import select
import socket
from contextlib import ExitStack

import pytest

HEAD = "POST /a/snow/comments/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"


@pytest.fixture
def connect(site):
    with ExitStack() as stack:

        def connection(sent):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", site.app), 20))
            client.sendall(sent.encode())
            return client

        yield connection


def status(client):
    return int(client.recv(65536).split()[1])


def test_slow_bodies_leave_the_site_open_to_readers_and_to_writers_once_they_end(site, connect):
    clients = [connect(f"{HEAD}Content-Length: 50\r\n\r\nname=") for _ in range(3)]
    # There are two places: one of the three is refused, and the others wait.
    (refused,), _, _ = select.select(clients, [], [], 20)
    assert status(refused) == 503
    clients.remove(refused)
    for _ in range(3):
        assert site.ask("/a/snow/", port=site.app)[0].status == 200
    for client in clients:
        client.sendall(b"x" * 45)
        assert status(client) != 503
    whole = connect(f"{HEAD}Content-Length: 6\r\n\r\nname=x")
    assert status(whole) != 503


def test_half_a_body_is_no_comment(site, connect):
    before = comments(site)
    client = connect(
        f"{HEAD}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 90\r\n\r\n"
    )
    client.sendall(b"name=Zarmina&place=Ghazni&text=The+line+broke+here&language=en")
    client.shutdown(socket.SHUT_WR)
    client.recv(65536)
    assert comments(site) == before


def comments(site):
    return site.does("""
import django; django.setup()
from comments.models import Comment
print(Comment.objects.count())
""")


def test_unfinished_headers_and_silent_connections_leave_the_site_open(site, connect):
    for _ in range(300):
        connect("GET / HTTP/1.1\r\nHost: ")
        connect("")
    assert site.ask("/", port=site.app)[0].status == 200


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 411),
        ("Content-Length: 3000000\r\n\r\n", 413),
        ("Content-Length: 99999999999999999\r\n\r\n", 413),
    ],
)
def test_a_body_without_a_length_or_too_large_is_refused_unread(connect, sent, expected):
    assert status(connect(HEAD + sent)) == expected


def test_a_line_of_headers_that_is_too_long_is_refused(site):
    assert site.ask("/" + "a" * 70_000, port=site.app)[0].status == 414
    assert site.ask("/", port=site.app, X_Long="a" * 600_000)[0].status == 431
    assert site.ask("/", port=site.app, X_Long="a" * 2_000)[0].status == 200
