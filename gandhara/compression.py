"""Finished pages in the encodings that browsers take: brotli, zstd, gzip.

Only what any cache may keep is compressed here: it holds no secret that its size could tell
(breachattack.com). Django's gzip, which pads, has the rest.
"""

import gzip
import re

import brotli
import zstandard
from django.middleware.gzip import GZipMiddleware

# The smallest first. Quickly: as fast as gzip, for a page that may be gone in a second; tightly, as
# `collectstatic` does: a seventh smaller, and some fifty times slower.
ENCODINGS = {
    "br": lambda content, tight: brotli.compress(content, quality=11 if tight else 5),
    "zstd": lambda content, tight: zstandard.ZstdCompressor(level=19 if tight else 4).compress(
        content
    ),
    "gzip": lambda content, tight: gzip.compress(content, 9 if tight else 6, mtime=0),
}
IDENTITY = "identity"
_PART = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?(?:,|$)")
SMALLEST = 200
_TEXTS = ("text/", "application/", "image/svg")


def is_worth_it(content, content_type):
    """Whether compressing saves anything: pictures are compressed already."""
    return len(content) >= SMALLEST and content_type.startswith(_TEXTS)


def compressed(content, encoding, tight=False):
    """`content` in one of ENCODINGS."""
    return ENCODINGS[encoding](content, tight)


def accepted(header):
    """The encodings that an Accept-Encoding header takes, the best first (RFC 9110, 12.5.3).

    What it likes best comes first, of equals the smallest; the page as it is comes last.
    """
    likes = {name.lower(): float(q or 1) for name, q in _PART.findall(header)}
    others = likes.get("*", 0.0)
    order = list(ENCODINGS)
    liked = {name: likes.get(name, others) for name in order}
    if "x-gzip" in likes:
        liked["gzip"] = max(liked["gzip"], likes["x-gzip"])
    taken = sorted(
        (name for name in order if liked[name] > 0),
        key=lambda name: (-liked[name], order.index(name)),
    )
    return (*taken, IDENTITY)


class Gzip(GZipMiddleware):
    """Django's, for pages only: pictures are compressed already, and ranges count their bytes."""

    def process_response(self, request, response):
        if response.get("Content-Type", "").startswith(("text/", "application/")):
            return super().process_response(request, response)
        return response
