"""Every page works at any host and below any path, as a mirror or a proxy may put it."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import get_script_prefix, set_script_prefix

from gandhara.proxies import mounted
from posts.feeds import absolute
from posts.models import OldSlug
from posts.mounting import path_of, with_prefix
from tests.factories import (
    make_author,
    make_blog,
    make_comment,
    make_editor,
    make_forum,
    make_photo,
    make_post,
    make_section,
    make_tag,
)

PREFIX = "/mirror/gandhara"
MIRROR = "mirror.example.net"
LEADS = {"href", "src", "srcset", "action", "poster", "data-worker", "data-pages"}


class Addresses(HTMLParser):
    """All addresses on a page but those that must be whole (canonical, Open Graph, oEmbed, JSON-LD)."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "link" and (
            "canonical" in attributes["rel"]
            or "hreflang" in attributes
            or "oembed" in attributes.get("type", "")
        ):
            return
        for name in LEADS & set(attributes):
            said = attributes[name] or ""
            if name == "srcset":
                self.found += [each.split()[0] for each in said.split(", ")]
            else:
                self.found += said.split() if name == "data-pages" else [said]


@pytest.fixture
def below(settings):
    """A client of the site below a path on another host."""
    settings.ALLOWED_HOSTS = [MIRROR]
    set_script_prefix(f"{PREFIX}/")
    yield Client(SCRIPT_NAME=PREFIX, HTTP_HOST=MIRROR)
    set_script_prefix("/")


@pytest.fixture
def site(settings):
    make_blog()
    section, tag, author = make_section(), make_tag(), make_author("Zarghuna")
    photo = make_photo()
    body = (
        '<p><a href="/a/other/#forum">one</a> <a href="https://elsewhere.example/">two</a> '
        f'<a href="{settings.SITE_URL}/about/">three</a></p>'
        f'<figure><img src="/media/x.jpg" data-file="{photo.pk}" alt=""></figure>'
        '<figure><img src="/media/old.jpg" alt=""></figure>'
    )
    post = make_post(
        "The well", [author], [tag], body=body, section=section, lead_photo=photo
    )  # fmt: skip
    for number in range(13):
        make_post(f"Post {number}", [author], [tag], section=section)
    make_post("خبر", language="ps")
    forum = make_forum(post)
    for number in range(26):
        comment = make_comment(forum, text=f"Number {number}")
    OldSlug.objects.create(slug="the-old-well", post=post)
    return comment


def pages_of(comment):
    post = comment.forum.post
    start = f"/a/{post.slug}/comments/{comment.pk}/"
    return [
        "/", "/?page=2", "/ps/", "/section/region/", "/tag/energy/", "/author/zarghuna/",
        "/archive/", "/about/", "/corrections/", "/transparency/", "/offline/", "/ps/offline/",
        f"/a/{post.slug}/", f"/a/{post.slug}/?page=2&sort=newest&since=2014-08-20", start,
        f"/a/{post.slug}/comments/", f"{start}reply/", f"{start}report/", "/nothing/here/",
        f"/a/{post.slug}/?lite=1", "/?lite=1",
    ]  # fmt: skip


@pytest.mark.django_db
def test_below_a_path_each_address_on_each_page_begins_with_it_and_names_no_host(below, site):
    for address in pages_of(site):
        page = below.get(address)
        assert page.status_code == (404 if "nothing" in address else 200), address
        found = Addresses(page.text).found
        assert len(found) > 10
        wrong = [
            each
            for each in found
            if not each.startswith((f"{PREFIX}/", "?", "#"))
            and each != "https://elsewhere.example/"
        ]
        assert wrong == [], address
        assert MIRROR not in page.text


@pytest.mark.django_db
def test_the_links_of_a_page_below_a_path_lead_to_pages(below, site):
    page = below.get(f"/a/{site.forum.post.slug}/").text
    assert f'href="{PREFIX}/a/other/#forum"' in page
    assert f'href="{PREFIX}/about/"' in page
    assert f'src="{PREFIX}/media/old.jpg"' in page
    for lead in {each.partition("#")[0] for each in Addresses(page).found if each[:1] == "/"}:
        if "/static/" not in lead and lead not in (f"{PREFIX}/a/other/", f"{PREFIX}/media/old.jpg"):
            assert below.get(lead.removeprefix(PREFIX)).status_code in (200, 302), lead


@pytest.mark.django_db
def test_below_a_path_redirects_and_a_readers_form_stay_there(below, site):
    post = site.forum.post
    assert below.get("/a/the-old-well/")["Location"] == f"{PREFIX}/a/{post.slug}/"
    assert below.get("/en/about/")["Location"] == f"{PREFIX}/about/"
    assert below.get("/favicon.ico")["Location"].startswith(f"{PREFIX}/static/")
    sent = below.post(
        f"/a/{post.slug}/comments/", {"name": "Jack", "text": "Deep."},
        headers={"Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip
    assert sent["Location"].startswith(f"{PREFIX}/receipt/")
    receipt = below.get(sent["Location"].removeprefix(PREFIX))
    assert receipt.status_code == 200
    assert all(each.startswith((PREFIX, "?", "#")) for each in Addresses(receipt.text).found)


@pytest.mark.django_db
def test_below_a_path_staff_sign_in_and_work(below, site):
    asked = below.get("/admin/")
    assert asked["Location"].startswith(f"{PREFIX}/admin/login/?next={PREFIX}/admin/")
    below.force_login(make_editor())
    desk = below.get("/admin/")
    assert desk.status_code == 200
    # Its own policy, which the readers' pages don't have.
    assert "script-src 'self'" in desk["Content-Security-Policy"]
    assert "script-src" not in below.get("/")["Content-Security-Policy"]
    wrong = [each for each in Addresses(desk.text).found if each[:1] == "/" and PREFIX not in each]
    assert wrong == []


@pytest.mark.django_db
def test_what_must_be_whole_names_the_sites_own_address_on_every_mirror(below, site, settings):
    page = below.get(f"/a/{site.forum.post.slug}/").text
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    (article,) = (each for each in said if each["@type"] == "NewsArticle")
    assert article["url"] == f"{settings.SITE_URL}/a/{site.forum.post.slug}/"
    assert PREFIX not in json.dumps(said)
    feed = below.get("/feed/").text
    assert PREFIX not in feed
    assert f"<link>{settings.SITE_URL}/a/{site.forum.post.slug}/</link>" in feed


def test_a_site_that_itself_stands_below_a_path_says_so_in_whole_addresses(settings):
    settings.SITE_PATH = "/gandhara"
    assert absolute("/a/x/") == f"{settings.SITE_URL}/gandhara/a/x/"
    set_script_prefix("/gandhara/")
    try:
        assert absolute("/gandhara/a/x/?lite=1") == f"{settings.SITE_URL}/gandhara/a/x/"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/a/x/?y#z", "/a/x/?y#z"),
        ("{site}/a/x/", "/a/x/"),
        ("{site}", "/"),
        ("https://elsewhere.example/a/x/", None),
        ("//elsewhere.example/a/x/", None),
        ("{site}//elsewhere.example/", None),
        ("mailto:desk@example.org", None),
        ("#note", None),
        ("x.html", None),
        ("//[x", None),
        ("", None),
    ],
)
def test_only_addresses_of_this_site_have_a_path_on_it(settings, address, path):
    assert path_of(address.format(site=settings.SITE_URL)) == path


def test_a_path_gets_the_prefix_once():
    set_script_prefix(f"{PREFIX}/")
    try:
        assert with_prefix("/a/x/") == f"{PREFIX}/a/x/"
        assert with_prefix(path_of(f"{PREFIX}/a/x/")) == f"{PREFIX}/a/x/"
        assert with_prefix(path_of("/a/x/")) == f"{PREFIX}/a/x/"
    finally:
        set_script_prefix("/")


# What a proxy says


def seen(path, remote="127.0.0.1", prefix=None):
    """(SCRIPT_NAME, PATH_INFO) as the application behind `mounted` gets them."""
    environ = {"REMOTE_ADDR": remote, "SCRIPT_NAME": "", "PATH_INFO": path}
    if prefix is not None:
        environ["HTTP_X_FORWARDED_PREFIX"] = prefix
    mounted(lambda environ, start: None)(environ, None)
    assert "HTTP_X_FORWARDED_PREFIX" not in environ
    return environ["SCRIPT_NAME"], environ["PATH_INFO"]


def test_a_trusted_proxys_prefix_is_believed_and_a_strangers_is_not(settings):
    assert seen("/a/x/", prefix=PREFIX) == ("", "/a/x/")
    import ipaddress

    settings.TRUSTED_PROXIES = [ipaddress.ip_network("127.0.0.1")]
    assert seen("/a/x/", prefix=PREFIX) == (PREFIX, "/a/x/")
    assert seen(f"{PREFIX}/a/x/", prefix=f"{PREFIX}/") == (PREFIX, "/a/x/")
    assert seen(PREFIX, prefix=PREFIX) == (PREFIX, "/")
    assert seen("/a/x/", remote="203.0.113.9", prefix=PREFIX) == ("", "/a/x/")


@pytest.mark.parametrize(
    "prefix",
    [
        "//evil.example",
        "/",
        "",
        "evil",
        "/a//b",
        "/a b",
        "/%2e",
        "/\\evil",
        '/"><b>',
        "/a\n/b",
        "/ä",
    ],
)
def test_a_prefix_in_which_something_else_hides_is_none(settings, prefix):
    import ipaddress

    settings.TRUSTED_PROXIES = [ipaddress.ip_network("127.0.0.1")]
    assert seen("/a/x/", prefix=prefix) == ("", "/a/x/")


def test_the_setting_puts_the_site_below_a_path_whether_the_proxy_passes_it_on_or_not(settings):
    settings.SITE_PATH = "/blog"
    assert seen("/blog/a/x/") == ("/blog", "/a/x/")
    assert seen("/a/x/") == ("/blog", "/a/x/")
    assert seen("/blogger/") == ("/blog", "/blogger/")
    assert get_script_prefix() == "/"
