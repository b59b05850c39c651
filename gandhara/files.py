"""A file as an HTTP answer: conditional, in ranges, and in bounded memory (RFC 9110, 13 and 14)."""

import os
import re

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from gandhara import admission

A_YEAR = 31_536_000
FOR_GOOD = f"public, max-age={A_YEAR}, immutable"
# Up to here a file is handed over at once, so that the server's thread is free again; a larger
# one is read as its reader takes it.
WHOLE, PIECE = 512 * 1024, 128 * 1024
_RANGE = re.compile(r"bytes\s*=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII | re.IGNORECASE)


def answer(request, path, headers):
    """The response to GET or HEAD for the file at `path`, with these headers besides its own.

    200, 206 for one range of bytes, 304, 412, 416, or 503 while too many large files are on their
    way. FileNotFoundError or IsADirectoryError where no file is. Several ranges at once are
    answered with the whole, as RFC 9110 14.2 allows. The ETag is the one that nginx gives the
    same file, so that either may serve it.
    """
    file = open(path, "rb")  # noqa: SIM115
    try:
        response = _answer(request, file, os.fstat(file.fileno()))
    except BaseException:
        file.close()
        raise
    if not isinstance(response, Streamed):
        file.close()
    for name, value in headers:
        if response.status_code != 416 or name.lower() != "cache-control":
            response[name] = value
    return response


def _answer(request, file, stat):
    size, modified = stat.st_size, int(stat.st_mtime)
    etag = f'"{modified:x}-{size:x}"'
    validators = {
        "ETag": etag, "Last-Modified": http_date(modified), "Accept-Ranges": "bytes",
    }  # fmt: skip
    refused = get_conditional_response(request, etag, modified, HttpResponse())
    if refused.status_code != 200:
        return _with(refused, validators)
    try:
        part = _part(request, etag, modified, size)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    status = 200
    if part:
        status = 206
        validators["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    part = part or range(size)
    file.seek(part.start)
    validators["Content-Length"] = str(len(part))
    if request.method == "HEAD":
        response = HttpResponse(status=status)
    elif len(part) <= WHOLE:
        response = HttpResponse(file.read(len(part)), status=status)
    elif admission.slow.take():
        response = Streamed(Pieces(file, len(part)), status=status)
    else:
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    return _with(response, validators)


def _with(response, headers):
    del response["Content-Type"]
    for name, value in headers.items():
        response[name] = value
    return response


def _part(request, etag, modified, size):
    """The bytes that are asked for, as a `range`, or None for all; ValueError if there are none."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if request.method != "GET" or not asked or asked.groups() == ("", ""):
        return None
    # A range of a file that is no longer the one its reader has a part of (RFC 9110, 13.1.5).
    if (condition := request.headers.get("If-Range")) is not None:
        same = condition == etag or parse_http_date_safe(condition) == modified
        if not same:
            return None
    first, last = asked.groups()
    if first and last and int(last) < int(first):
        return None  # no valid range, so as if there were none
    if not first:  # the last so many
        part = range(max(0, size - int(last)), size)
    else:
        part = range(int(first), min(int(last), size - 1) + 1 if last else size)
    if not part:
        raise ValueError(asked[0])
    return part


class Streamed(StreamingHttpResponse):
    """A response whose file is read while it is sent."""


class Pieces:
    """So many bytes of an open file, a piece at a time; closing it frees its place."""

    def __init__(self, file, length):
        self._file, self._missing = file, length

    def __iter__(self):
        return self

    def __next__(self):
        piece = self._file.read(min(PIECE, self._missing))
        if not piece:
            raise StopIteration
        self._missing -= len(piece)
        return piece

    def close(self):
        if not self._file.closed:
            self._file.close()
            admission.slow.give_back()
