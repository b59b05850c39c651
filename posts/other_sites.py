"""Asking another site whether a page is there, without being led into one's own network.

A post may hold any address, and its host may answer with any redirect: only addresses of the
public Internet are connected to (OWASP, “Server-Side Request Forgery Prevention”), and the
connection goes to the very address that was looked at, so that a name can't change in between.
"""

import http.client
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
# Answers after which a page is not there (RFC 9110, 15.5.5 and 15.5.11).
GONE = (404, 410)
# Sites that don't answer HEAD as they answer GET.
_NO_HEAD = (400, 403, 405, 406, 429, 500, 501, 503)
# They answer, only not to a program: a reader may well get the page.
_TO_PEOPLE_ONLY = (401, 402, 403, 405, 406, 418, 429, 451, 999)
# What may stand in a path and a query as it is (RFC 3986, 3.3 and 3.4).
_IN_ADDRESSES = "/?%:@!$&'()*+,;=~-._"


class _Nowhere(Exception):
    def __init__(self, why):
        super().__init__(why)
        self.why = why


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
    except _Nowhere as nowhere:
        return nowhere.why
    except (OSError, ssl.SSLError, http.client.HTTPException, ValueError):
        return Why.SILENT
    if status in GONE:
        return Why.GONE
    return Why.FAILS if status >= 400 and status not in _TO_PEOPLE_ONLY else None


def _ask(address, until):
    """(status, where it redirects to or nothing)."""
    status, location = _answer("HEAD", address, until)
    if status in (*_NO_HEAD, *GONE):
        status, location = _answer("GET", address, until)
    return status, location if status in (301, 302, 303, 307, 308) else ""


def _answer(method, address, until):
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Nowhere(Why.NO_SITE)
    host = parts.hostname.encode("idna").decode("ascii")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    left = until - time.monotonic()
    if left <= 0:
        raise _Nowhere(Why.SILENT)
    line = socket.create_connection((_public_address(host, port), port), min(STEP, left))
    try:
        if parts.scheme == "https":
            line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
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
        line.close()


def _public_address(host, port):
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as problem:
        raise _Nowhere(Why.NO_SITE) from problem
    if not found or not all(is_public(each) for each in found):
        raise _Nowhere(Why.PRIVATE)
    return sorted(found)[0]


def is_public(number):
    """Whether an IP address is one of the public Internet's."""
    return ipaddress.ip_address(number.partition("%")[0]).is_global
