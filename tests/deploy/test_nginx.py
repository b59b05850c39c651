"""nginx as `deploy/nginx/` sets it up: what it keeps, for how long, and what it never keeps."""

import re
import time
from urllib.parse import urlencode

import pytest

YEAR = "public, max-age=31536000, immutable"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def test_a_page_comes_in_the_coding_that_its_reader_takes(site):
    plain, words = site.ask("/a/snow/")
    assert plain.status == 200
    assert b"Snow on the pass" in words
    assert plain.headers["Content-Encoding"] is None
    for accepted, coding in (
        ("gzip, deflate", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", None), ("brotli, gzipped", None),
    ):  # fmt: skip
        response, body = site.ask("/a/snow/", Accept_Encoding=accepted)
        assert response.headers["Content-Encoding"] == coding, accepted
        assert (body == words) == (coding is None)
        assert "Accept-Encoding" in response.headers["Vary"]
        assert "Set-Cookie" not in response.headers


def test_a_page_that_did_not_change_is_answered_with_304(site):
    response, _words = site.ask("/a/snow/", Accept_Encoding="gzip")
    for etag, status in ((response.headers["ETag"], 304), ('"other"', 200)):
        assert site.ask("/a/snow/", Accept_Encoding="gzip", If_None_Match=etag)[0].status == status


def test_a_changed_page_is_shown_at_most_a_second_late(site):
    site.does("""
import django; django.setup()
from tests import factories as f
f.make_post("Before the change", slug="changing")
""")
    newsroom = site.begins("""
import django; django.setup()
import time
from posts.models import Post
post = Post.objects.get(slug="changing")
post.headline = "After the change"
post.save()
print(time.time())
""")
    # Asked without a pause, so that there always is a page that was just kept.
    old, new, end = [], [], None
    while not end or time.time() < end:
        asked = time.time()
        words = site.ask("/a/changing/")[1]
        (new if b"After the change" in words else old).append(asked)
        if end is None and newsroom.poll() is not None:
            end = time.time() + 2.5
    changed = float(newsroom.stdout.read())
    assert old[0] < changed < new[-1]
    # What is asked for in a later second than that of the change is new.
    assert int(old[-1]) <= int(changed)


def test_a_static_file_comes_from_the_disk_compressed_and_for_a_year(site):
    address = re.search(rb'href="(/static/[^"]+\.css)"', site.ask("/")[1])[1].decode()
    _plain, words = site.ask(address)
    for accepted, coding in (("", None), ("gzip", "gzip"), ("gzip, br", "br")):
        for port in (site.nginx, site.app):
            response, body = site.ask(address, port=port, Accept_Encoding=accepted)
            assert response.status == 200
            assert response.headers["Content-Encoding"] == coding
            assert response.headers["Cache-Control"] == YEAR
            assert response.headers["Content-Type"].startswith("text/css")
            assert (body == words) == (coding is None)
            again = site.ask(
                address, port=port, Accept_Encoding=accepted, If_None_Match=response.headers["ETag"]
            )
            assert again[0].status == 304
    for hidden in ("/static/.collected", "/static/staticfiles.json"):
        assert site.ask(hidden)[0].headers["Cache-Control"] != YEAR


def test_a_photo_comes_from_the_disk_in_ranges_and_a_missing_copy_from_the_application(site):
    address = f"/media/{site.photo}"
    for port in (site.nginx, site.app):
        whole, pixels = site.ask(address, port=port)
        assert whole.headers["Cache-Control"] == YEAR
        assert whole.headers["Content-Type"] == "image/jpeg"
        part, some = site.ask(address, port=port, Range="bytes=10-19")
        assert (part.status, some) == (206, pixels[10:20])
        assert site.ask(address, port=port, Range="bytes=99999999-")[0].status == 416
    # Both name the same bytes alike, so that either may answer for the other.
    assert whole.headers["ETag"] == site.ask(address)[0].headers["ETag"]
    assert site.ask(f"{address}-320-2.webp")[0].headers["Content-Type"] == "image/webp"
    for missing in ("/media/../gandhara.sqlite3", "/media/photos/.hidden.jpg", "/media/"):
        assert site.ask(missing)[0].status in (400, 404), missing
    assert site.ask("/gandhara.sqlite3")[0].status == 404


def test_a_readers_comment_arrives_and_its_receipt_is_not_kept(site):
    form = urlencode(
        {"name": "Zarmina", "place": "Ghazni", "text": "From behind the hills.", "language": "en"}
    )
    response, _words = site.ask("/a/snow/comments/", "POST", form, **FORM)
    assert response.status in (302, 303)
    receipt, words = site.ask(response.headers["Location"])
    assert b"From behind the hills." in words
    assert "no-store" in receipt.headers["Cache-Control"]
    assert kept(site, b"From behind the hills.") == []
    foreign = FORM | {"Sec-Fetch-Site": "cross-site"}
    assert site.ask("/a/snow/comments/", "POST", form, **foreign)[0].status == 403


def kept(site, words):
    """The files, in all folders of nginx, that hold these words."""
    found = []
    for file in site.folder.rglob("*"):
        if site.data not in file.parents and file.is_file() and words in file.read_bytes():
            found.append(file)
    return found


def test_the_admin_and_what_is_seen_with_a_session_are_not_kept(site):
    for path, headers in (("/admin/login/", {}), ("/a/snow/", {"Cookie": "sessionid=unheard"})):
        name = f"{path}?seen=without-a-trace"
        assert site.ask(name, **headers)[0].status == 200
        assert kept(site, b"without-a-trace") == []
    # The same page without a session is kept, as the name of what was kept shows.
    site.ask("/a/snow/?seen=with-a-trace")
    assert len(kept(site, b"with-a-trace")) == 1


@pytest.mark.parametrize("forged", ["X-Forwarded-Host", "X-Forwarded-Prefix"])
def test_nobody_tells_the_application_another_host_or_path(site, forged):
    said = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}[forged]
    response, words = site.ask("/a/snow/?forged", **{forged: said})
    assert response.status == 200
    assert b"evil" not in words


def test_a_body_is_refused_that_is_larger_than_any_form(site):
    for path, status in (("/a/snow/comments/", 413), ("/admin/login/", 413)):
        response, _words = site.ask(path, "POST", b"x" * 3_000_000, **FORM)
        assert response.status == status


def test_no_log_has_an_address(site):
    for path in ("/", "/nothing-here", "/static/nothing.000000000000.css", "/%00"):
        site.ask(path)
    logs = list(site.folder.glob("*.log"))
    assert logs
    assert [log.read_text() for log in logs] == [""] * len(logs)
