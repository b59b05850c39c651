"""The page where readers let pages be kept, and the service worker, as they are sent."""

import zlib
from pathlib import Path

import pytest
from django.conf import settings as real_settings
from django.contrib.staticfiles import finders

from tests.factories import make_blog, make_post

pytestmark = pytest.mark.django_db


def test_the_page_warns_keeps_its_buttons_for_script_and_alone_has_a_script(client):
    make_blog()
    page = client.get("/offline/")
    assert "Whoever can use this device can then see what you read" in page.text
    assert '<div id="keep" data-worker="/offline.js"' in page.text
    assert page.text.split('<div id="keep"')[1].split(">")[0].endswith(" hidden")
    assert 'data-pages="/offline/ /ps/offline/ /fa/offline/ /ur/offline/"' in page.text
    assert page.text.count("<script") == 1
    assert '<a href="/offline/">' in client.get("/").text


def test_only_this_page_and_the_worker_may_run_scripts_and_only_our_own(client):
    make_blog()
    post = make_post()
    for address in ("/offline/", "/ps/offline/", "/offline.js"):
        policy = client.get(address)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        for rule in ("script-src 'self'", "worker-src 'self'", "connect-src 'self'"):
            assert rule in policy
        assert "unsafe" not in policy
    page = client.get("/offline/")
    again = client.get("/offline/", headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304
    assert again["Content-Security-Policy"] == page["Content-Security-Policy"]
    for address in ("/", post.get_absolute_url(), "/about/"):
        policy = client.get(address)["Content-Security-Policy"]
        assert "script-src" not in policy
        assert "worker-src" not in policy


def test_the_worker_is_a_script_that_each_visit_asks_about_and_weighs_little(client):
    answer = client.get("/offline.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "max-age=0" in answer["Cache-Control"]
    assert len(zlib.compress(answer.content)) <= 2048
    page = Path(finders.find("js/offline_page.js")).read_bytes()
    assert len(zlib.compress(page)) <= 2048


@pytest.mark.parametrize("address", ["/offline/", "/offline.js"])
def test_they_are_only_read(client, address):
    assert client.post(address).status_code == 405


def test_readers_pages_have_no_worker_of_another_scope(client):
    assert "Service-Worker-Allowed" not in client.get("/offline.js")
    assert real_settings.READER_POLICY["DIRECTIVES"].keys().isdisjoint({"script-src", "worker-src"})
