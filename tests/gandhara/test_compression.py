"""Which pages are compressed with brotli, and that they are the same pages."""

import brotli
import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from gandhara import compression
from gandhara.compression import Brotli, Shelf
from tests.factories import make_comment, make_forum, make_post

PAGE = b"<p>" + b"The road was open by noon. " * 40


def answer(rf, accepts="gzip, deflate, br, zstd", control="public, max-age=0", **headers):
    response = HttpResponse(PAGE, headers={"Cache-Control": control} | headers)
    return Brotli(lambda request: response)(rf.get("/", headers={"Accept-Encoding": accepts}))


def test_a_public_page_comes_with_brotli_and_is_the_same_page(rf):
    response = answer(rf, **{"ETag": '"x"'})
    assert response["Content-Encoding"] == "br"
    assert brotli.decompress(response.content) == PAGE
    assert response["Content-Length"] == str(len(response.content))
    assert response["Vary"] == "Accept-Encoding"
    assert response["ETag"] == 'W/"x"'


@pytest.mark.parametrize(
    "accepts", ["", "gzip", "brotli", "br;q=0", "br;q=0.0, gzip", "xbr", "br-x"]
)
def test_who_does_not_take_brotli_gets_none(rf, accepts):
    response = answer(rf, accepts)
    assert (response.content, response.has_header("Content-Encoding")) == (PAGE, False)
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepts", ["br", "gzip,br", "br;q=0.5", "gzip;q=1.0, br ; q=0.8, *"])
def test_who_takes_brotli_gets_it(rf, accepts):
    assert answer(rf, accepts)["Content-Encoding"] == "br"


@pytest.mark.parametrize("control", ["", "private", "no-store", "max-age=0, no-cache, private"])
def test_what_is_not_for_everybody_is_left_to_gzip_which_hides_its_size(rf, control):
    assert not answer(rf, control=control).has_header("Content-Encoding")


def test_a_page_is_compressed_tightly_when_it_is_asked_for_again_and_that_only_once(monkeypatch):
    shelf, asked = Shelf(), []
    real = brotli.compress
    monkeypatch.setattr(
        compression.brotli, "compress",
        lambda content, quality: asked.append(quality) or real(content, quality=quality),
    )  # fmt: skip
    sizes = [len(shelf.compressed(PAGE)) for _time in range(4)]
    assert asked == [compression.QUICK, compression.TIGHT]
    assert sizes[1] == sizes[2] == sizes[3]
    assert brotli.decompress(shelf.compressed(PAGE)) == PAGE


def test_the_shelf_holds_no_more_than_it_may(monkeypatch):
    monkeypatch.setattr(compression, "KEPT_PAGES", 3)
    shelf = Shelf()
    for number in range(9):
        for _time in range(2):
            shelf.compressed(PAGE + str(number).encode())
    assert len(shelf._pages) == 3
    assert shelf._bytes == sum(map(len, shelf._pages.values()))
    monkeypatch.setattr(compression, "KEPT_BYTES", 1)
    shelf.compressed(b"one more")
    assert (len(shelf._pages), shelf._bytes) == (1, 0)


@given(st.lists(st.binary(max_size=50), max_size=12))
def test_every_text_comes_back_however_often_it_is_asked_for(texts):
    shelf = Shelf()
    for text in texts * 3:
        assert brotli.decompress(shelf.compressed(text)) == text


@pytest.mark.django_db
def test_the_site_sends_pages_with_brotli_forms_with_gzip_and_answers_304(client):
    forum = make_forum(make_post())
    comment = make_comment(forum)
    accepts = {"Accept-Encoding": "gzip, br"}
    page = client.get(forum.post.get_absolute_url(), headers=accepts)
    assert page["Content-Encoding"] == "br"
    assert comment.text in brotli.decompress(page.content).decode()
    again = accepts | {"If-None-Match": page["ETag"]}
    assert client.get(forum.post.get_absolute_url(), headers=again).status_code == 304
    form = client.get(f"/a/{forum.post.slug}/comments/{comment.pk}/reply/", headers=accepts)
    assert form["Content-Encoding"] == "gzip"
