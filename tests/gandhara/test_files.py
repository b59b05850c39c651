"""Files over HTTP: validators, ranges and large files, as RFC 9110 has them."""

import os

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gandhara import admission, files

# Pages of refusals have the blog's name.
pytestmark = pytest.mark.django_db

ADDRESS = "/media/photos/abc.jpg"
BYTES = bytes(range(100))


@pytest.fixture
def photo(settings):
    file = settings.MEDIA_ROOT / "photos" / "abc.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(BYTES)
    os.utime(file, (1_700_000_000, 1_700_000_000))
    return file


def ask(client, **headers):
    return client.get(ADDRESS, headers={name.replace("_", "-"): v for name, v in headers.items()})


def test_a_file_says_how_it_can_be_asked_for_again(client, photo):
    response = ask(client, Accept_Encoding="gzip")
    assert response.content == BYTES
    assert response["ETag"] == '"6553f100-64"'
    assert response["Last-Modified"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == "100"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Content-Encoding" not in response
    assert "Vary" not in response


def test_head_has_the_headers_and_no_bytes(client, photo):
    response = client.head(ADDRESS)
    assert (response.content, response["Content-Length"]) == (b"", "100")
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": '"6553f100-64"'}, 304),
        ({"If_None_Match": 'W/"other", W/"6553f100-64"'}, 304),
        ({"If_None_Match": "*"}, 304),
        ({"If_None_Match": '"other"'}, 200),
        ({"If_Modified_Since": "Tue, 14 Nov 2023 22:13:20 GMT"}, 304),
        ({"If_Modified_Since": "Tue, 14 Nov 2023 22:13:19 GMT"}, 200),
        # The ETag is the more exact one and decides alone (13.2.2).
        ({"If_None_Match": '"o"', "If_Modified_Since": "Tue, 14 Nov 2023 22:13:20 GMT"}, 200),
        ({"If_Match": '"6553f100-64"'}, 200),
        ({"If_Match": '"other"'}, 412),
        ({"If_None_Match": '"6553f100-64"', "Range": "bytes=0-1"}, 304),
    ],
)
def test_conditions_are_kept(client, photo, headers, status):
    assert ask(client, **headers).status_code == status


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("0-0", 0, 0), ("10-19", 10, 19), ("90-", 90, 99), ("-5", 95, 99), ("-500", 0, 99),
     ("98-500", 98, 99)],
)  # fmt: skip
def test_one_range_is_answered_with_its_bytes(client, photo, asked, first, last):
    response = ask(client, Range=f"bytes={asked}")
    assert response.status_code == 206
    assert response.content == BYTES[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert response["Content-Length"] == str(last + 1 - first)


@pytest.mark.parametrize("asked", ["100-", "500-600", "-0"])
def test_a_range_beyond_the_end_is_refused_with_the_length(client, photo, asked):
    response = ask(client, Range=f"bytes={asked}")
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */100"
    assert "immutable" not in response.get("Cache-Control", "")


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,5-6", "bytes=5-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=\u0661-", ""],
)
def test_ranges_that_are_several_or_none_get_the_whole(client, photo, asked):
    response = ask(client, Range=asked)
    assert (response.status_code, response.content) == (200, BYTES)


@pytest.mark.parametrize(
    ("condition", "status"),
    [('"6553f100-64"', 206), ('W/"6553f100-64"', 200), ('"other"', 200),
     ("Tue, 14 Nov 2023 22:13:20 GMT", 206), ("Tue, 14 Nov 2023 22:13:21 GMT", 200)],
)  # fmt: skip
def test_a_range_of_another_version_gets_the_whole(client, photo, condition, status):
    assert ask(client, Range="bytes=0-1", If_Range=condition).status_code == status


@given(asked=st.text(max_size=30) | st.from_regex(r"bytes=\d{0,25}-\d{0,25}", fullmatch=True))
@hypothesis_settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_asked_for_is_answered(client, photo, asked):
    response = ask(client, Range=asked)
    assert response.status_code in (200, 206, 416)
    if response.status_code == 206:
        assert response.content in BYTES


def test_a_large_file_is_read_while_it_is_sent_and_only_so_often_at_once(
    client, photo, monkeypatch
):
    monkeypatch.setattr(files, "WHOLE", 50)
    monkeypatch.setattr(files, "PIECE", 30)
    monkeypatch.setattr(admission, "slow", admission.Places(1))
    first = ask(client)
    assert first.streaming
    refused = ask(client)
    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    # What is small needs no place.
    assert ask(client, Range="bytes=0-9").content == BYTES[:10]
    assert list(map(len, first.streaming_content)) == [30, 30, 30, 10]
    first.close()
    assert b"".join(ask(client).streaming_content) == BYTES
