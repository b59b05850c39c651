"""Which encodings a browser takes, and that what it unpacks is the same page."""

import gzip

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from gandhara import compression

PAGE = b"<p>" + b"The road was open by noon. " * 40
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "zstd": zstandard.decompress}


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("", ()),
        ("gzip", ("gzip",)),
        ("gzip, deflate, br, zstd", ("br", "zstd", "gzip")),
        ("gzip;q=1.0, br;q=0.8, *;q=0.1", ("gzip", "br", "zstd")),
        ("br;q=0, gzip", ("gzip",)),
        ("gzip, deflate, br", ("br", "gzip")),
        ("br;q=1.0", ("br",)),
        ("gzip;q=0.000,br ; q=0.5", ("br",)),
        ("GZIP", ("gzip",)),
        ("brotli", ()),
        ("br;q=0.000, *", ("zstd", "gzip")),
        ("*", ("br", "zstd", "gzip")),
        ("*;q=0", ()),
        ("identity", ()),
        ("xbr, br-x, brotli", ()),
        ("GZIP , x-gzip", ("gzip",)),
        ("br;q=2, gzip;q=nonsense", ()),
    ],
)
def test_the_encodings_that_a_browser_takes_come_best_first_and_the_page_as_it_is_last(
    header, taken
):
    assert compression.accepted(header) == (*taken, "identity")


@given(st.text(max_size=80))
def test_any_header_leaves_at_least_the_page_as_it_is(header):
    *taken, last = compression.accepted(header)
    assert last == "identity"
    assert set(taken) <= set(compression.ENCODINGS)


@pytest.mark.parametrize("tight", [False, True])
@pytest.mark.parametrize("encoding", compression.ENCODINGS)
@given(content=st.binary(max_size=300))
def test_what_is_packed_comes_out_the_same(encoding, tight, content):
    assert UNPACK[encoding](compression.compressed(content, encoding, tight)) == content


@pytest.mark.parametrize("encoding", compression.ENCODINGS)
def test_tighter_is_not_larger_and_packing_twice_gives_the_same_bytes(encoding):
    page = b"".join(
        b"<li><a href='/a/%d/'>Post %d of %d</a>" % (n, n * n, n**3) for n in range(400)
    )
    quick, tight = (compression.compressed(page, encoding, each) for each in (False, True))
    assert len(tight) <= len(quick) < len(page)
    assert compression.compressed(page, encoding) == quick


@pytest.mark.parametrize(
    ("content", "content_type", "is_worth_it"),
    [
        (PAGE, "text/html; charset=utf-8", True),
        (PAGE, "application/rss+xml", True),
        (PAGE, "image/png", False),
        (PAGE[:100], "text/html", False),
    ],
)
def test_small_answers_and_pictures_are_left_as_they_are(content, content_type, is_worth_it):
    assert compression.is_worth_it(content, content_type) is is_worth_it
