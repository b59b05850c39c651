"""robots.txt, read as a crawler reads it."""

import re
from urllib.parse import unquote

import pytest
from django.test.utils import override_script_prefix
from django.urls import reverse

from tests.factories import make_comment, make_post

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def closed(text):
    """A function that says whether an address is closed (RFC 9309, 2.2.2 and 2.2.3)."""
    rules = re.findall(r"^Disallow: (.+)$", text, re.M)
    patterns = []
    for rule in rules:
        ends = rule.endswith("$")
        pattern = ".*".join(map(re.escape, rule.removesuffix("$").split("*")))
        patterns.append(re.compile(pattern + ("$" if ends else "")))
    return lambda address: any(pattern.match(address) for pattern in patterns)


def test_it_closes_what_is_no_page_for_a_search_and_leaves_the_rest_open(client):
    response = client.get("/robots.txt")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    is_closed = closed(response.text)
    comment = make_comment()
    slug, pk = comment.forum.post.slug, comment.pk
    for name, args in {
        "posts:front": [], "posts:article": [slug], "posts:archive": [], "posts:feed": [],
        "posts:sitemaps": [], "comments:comment": [slug, pk], "comments:post_feed": [slug],
        "comments:feed": [], "posts:manifest": [],
    }.items():  # fmt: skip
        assert not is_closed(reverse(name, args=args)), name
    for name, args in {
        "admin:index": [], "admin:posts_post_add": [], "posts:preview": ["secret"],
        "comments:new": [slug], "comments:reply": [slug, pk], "comments:report": [slug, pk],
        "comments:receipt": ["token"], "comments:correct": ["token"],
        "comments:confirm_mail": ["token"], "comments:stop_mail": ["token"],
    }.items():  # fmt: skip
        assert is_closed(reverse(name, args=args)), name
    for address in ("/search/?q=dam", "/ps/search/?q=x"):
        assert is_closed(address)
    assert not is_closed(unquote(make_post("Search").get_absolute_url()))


def test_it_names_the_sitemaps_by_their_whole_addresses(client):
    text = client.get("/robots.txt").text
    named = re.findall(r"^Sitemap: (.+)$", text, re.M)
    assert named == [f"{SITE}/sitemap.xml", f"{SITE}/sitemap-news.xml"]
    for address in named:
        assert client.get(address.removeprefix(SITE)).status_code == 200


def test_below_a_prefix_its_addresses_have_the_prefix(client, settings):
    settings.SITE_PATH = "/news"
    with override_script_prefix("/news/"):
        text = client.get("/robots.txt").text
    assert "Disallow: /news/admin/\n" in text
    assert f"Sitemap: {SITE}/news/sitemap.xml\n" in text
