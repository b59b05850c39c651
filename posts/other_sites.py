"""Asking another site whether a page is there, without being led into one's own network.

A post may hold any address, and its host may answer with any redirect: only addresses of the
public Internet are connected to (OWASP, “Server-Side Request Forgery Prevention”), and the
connection goes to the very address that was looked at, so that a name can't change in between.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import time
from urllib.parse import quote, urljoin, urlsplit

from posts.models import BrokenLink

Why = BrokenLink.Why
# Seconds for one address with all its redirects, and for each step of it.
PATIENCE, STEP = 10, 5
MOST_REDIRECTS = 5
# Bytes of an answer up to its page. Python's own bounds are 64 KiB a line and a hundred lines.
MOST_OF_AN_ANSWER = 64 * 1024
# Behind others may be a service that a strange request harms; nobody is told anything of them.
PORTS = (80, 443)
# Answers after which a page is not there (RFC 9110, 15.5.5 and 15.5.11).
GONE = (404, 410)
# Sites that don't answer HEAD as they answer GET.
_NO_HEAD = (400, 403, 405, 406, 429, 500, 501, 503)
# They answer, only not to a program: a reader may well get the page.
_TO_PEOPLE_ONLY = (401, 402, 403, 405, 406, 418, 429, 451, 999)
# What may stand in a path and a query as it is (RFC 3986, 3.3 and 3.4).
_IN_ADDRESSES = "/?%:@!$&'()*+,;=~-._"
# All that is given out of IPv6 (IANA, "IPv6 Global Unicast Address Assignments"). Elsewhere are
# translations such as 64:ff9b::/96, which Python calls global and which lead to any IPv4 address;
# so do 6to4 and Teredo within.
_UNICAST = ipaddress.ip_network("2000::/3")
_TUNNELS = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"))


class _Unasked(Exception):
    """What is known of an address without its site's answer."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


class _Line(io.RawIOBase):
    """A connection that is over at `until`, and after so many bytes, however they drip in.

    A socket's own timeout begins anew with each byte.
    """

    def __init__(self, plain, until):
        self.socket, self.until, self.left = plain, until, MOST_OF_AN_ANSWER

    def encrypt(self, host):
        # The timeout of a handshake is one for all of it.
        self.hurry()
        self.socket = ssl.create_default_context().wrap_socket(self.socket, server_hostname=host)

    def hurry(self):
        self.socket.settimeout(_next_step(self.until))

    def readable(self):
        return True

    def readinto(self, buffer):
        self.hurry()
        got = self.socket.recv_into(buffer)
        self.left -= got
        if self.left < 0:
            raise http.client.HTTPException
        return got

    # What http.client asks of a socket.

    def sendall(self, words):
        self.hurry()
        self.socket.sendall(words)

    def makefile(self, _mode):
        return io.BufferedReader(self)


def problem_of(address):
    """Why a web address leads nowhere, as BrokenLink.Why; None where it leads somewhere."""
    until = time.monotonic() + PATIENCE
    try:
        for _redirect in range(MOST_REDIRECTS + 1):
            status, location = _ask(address, until)
            if not location:
                break
            address = urljoin(address, location)
        else:
            return Why.FAILS
    except _Unasked as unasked:
        return unasked.why
    except (OSError, ssl.SSLError, http.client.HTTPException, ValueError):
        return Why.SILENT
    if status in GONE:
        return Why.GONE
    return Why.FAILS if status >= 400 and status not in _TO_PEOPLE_ONLY else None


def _next_step(until):
    """How many seconds the next step may take; TimeoutError if there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(STEP, left)


def _ask(address, until):
    """(status, where it redirects to or nothing)."""
    status, location = _answer("HEAD", address, until)
    if status in (*_NO_HEAD, *GONE):
        status, location = _answer("GET", address, until)
    return status, location if status in (301, 302, 303, 307, 308) else ""


def _answer(method, address, until):
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Unasked(Why.NO_SITE)
    host = parts.hostname.encode("idna").decode("ascii")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    _next_step(until)  # looking a name up takes what patience the machine's settings have
    number = _public_address(host, port)
    if port not in PORTS:
        raise _Unasked(None)
    line = _Line(socket.create_connection((number, port), _next_step(until)), until)
    try:
        if parts.scheme == "https":
            line.encrypt(host)
        asked = http.client.HTTPConnection(host, port)
        asked.sock = line
        asked.request(
            method,
            quote(f"{parts.path or '/'}{parts.query and '?'}{parts.query}", safe=_IN_ADDRESSES),
            headers={"User-Agent": "Gandhara, looking for broken links", "Accept": "*/*"},
        )
        answer = asked.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        line.socket.close()


def _public_address(host, port):
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as problem:
        raise _Unasked(Why.NO_SITE) from problem
    if not found or not all(is_public(each) for each in found):
        raise _Unasked(Why.PRIVATE)
    return sorted(found)[0]


def is_public(number):
    """Whether an IP address is that of one machine of the public Internet."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if address.is_multicast or not address.is_global:
        return False
    return address.version == 4 or (
        address in _UNICAST and not any(address in each for each in _TUNNELS)
    )
