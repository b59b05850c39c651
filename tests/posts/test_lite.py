"""The lite view: no picture, and no link that leads out of it."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from comments.models import Forum
from posts import lite, renditions
from tests.factories import (
    make_author,
    make_blog,
    make_comment,
    make_forum,
    make_photo,
    make_post,
    make_section,
    make_tag,
    make_upload,
)

# What is no page: the newsroom, feeds, and files.
NO_PAGE = re.compile(r"/admin/|/media/|/static/|/[\w/-]*feed/|/[\w./-]*\.\w+$")


class Page(HTMLParser):
    """The tags of a page, and where its links and forms lead."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.leads = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        attributes = dict(attributes)
        if tag == "a" or (tag == "form" and "action" in attributes):
            self.leads.append(attributes.get("href", attributes.get("action")))


@pytest.fixture
def lite_view():
    token = lite._is_on.set(True)
    yield
    lite._is_on.reset(token)


@pytest.fixture
def site(settings):
    """Two languages, lists of more than one page, a discussion of more than one, photos."""
    make_blog(about="We write.")
    section, tag = make_section(), make_tag()
    photo = make_photo(alt_text="Two men at a well", caption="A well.")
    other = make_photo(make_upload(colour="firebrick"))
    common = {"section": section, "tags": [tag], "authors": [make_author("Zarghuna")]}
    posts = [make_post(f"Post {number}", **common) for number in range(13)]
    make_post("خبر", language="ps", **common)
    body = (
        f'<p>See <a href="{posts[0].get_absolute_url()}">one</a>, '
        f'<a href="{settings.SITE_URL}/about/">two</a> and '
        '<a href="https://elsewhere.example/x" rel="noopener">three</a>.</p>'
        f'<figure><img src="/media/x.jpg" data-file="{other.pk}" alt="A &quot;gate&quot;"></figure>'
        '<figure><img src="/media/old.jpg" alt="Old"></figure>'
    )
    post = make_post("The well", body=body, lead_photo=photo, **common)
    forum = make_forum(post)
    for number in range(26):
        comment = make_comment(forum, text=f"Number {number}")
    make_comment(parent=comment)
    for number in range(21):
        make_comment(parent=comment, text=f"Answer {number}")
    make_forum(posts[0], state=Forum.State.CLOSED)
    return post


@pytest.mark.django_db
def test_from_a_lite_page_no_link_leads_to_a_full_one_and_none_has_a_picture(client, site):
    waiting, seen = ["/?lite=1"], {}
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code in (200, 302), address
        if response.status_code == 302:
            waiting.append(response["Location"].partition("#")[0])
            assert "lite=1" in response["Location"]
            continue
        html = response.text
        page = Page(html)
        assert page.tags.isdisjoint({"img", "picture", "source"}), address
        seen[urlsplit(address).path] = html
        for lead in page.leads:
            parts = urlsplit(lead)
            if lead.startswith("#") or parts.netloc or NO_PAGE.match(parts.path):
                continue
            is_way_out = (
                parts.path == ""
                and f'<a href="{lead.replace("&", "&amp;")}" rel="nofollow">Full view' in html
            )
            if is_way_out or ("Full view" not in html and parts.path == "" and "lite" not in lead):
                continue
            assert parse_qs(parts.query)["lite"] == ["1"], f"{address} leads to {lead}"
            path = parts.path or urlsplit(address).path
            known = f"{path}?{parts.query}"
            if known not in seen and "since=" not in lead:
                seen[known] = ""
                waiting.append(known)
    assert {
        "/", "/ps/", "/about/", "/archive/", "/corrections/", "/transparency/", "/section/region/",
        "/tag/energy/", "/author/zarghuna/", "/a/the-well/", "/a/the-well/comments/", "/offline/",
    } - set(seen) <= {"/a/the-well/comments/"}  # fmt: skip
    assert any(re.fullmatch(r"/a/the-well/comments/\d+/reply/", path) for path in seen)
    assert any(re.fullmatch(r"/a/the-well/comments/\d+/report/", path) for path in seen)
    assert any("page=2" in path for path in seen)


@pytest.mark.django_db
def test_a_photo_becomes_a_link_that_says_what_it_costs_once_it_is_known(client, site):
    address = f"{site.get_absolute_url()}?lite=1"
    copy = site.lead_photo.plain_rendition
    html = client.get(address).text
    assert f'<a href="{copy.address}">Photo: Two men at a well</a>' in html
    assert not site.lead_photo.file.storage.exists(copy.name)
    renditions.make(site.lead_photo.file.name, site.lead_photo.width)
    size = max(1, round(site.lead_photo.file.storage.size(copy.name) / 1024))
    html = client.get(address).text
    assert f'<a href="{copy.address}">Photo: Two men at a well ({size} KB)</a>' in html
    assert "Photo: A &quot;gate&quot;</a>" in html
    assert '<a href="/media/old.jpg">Photo: Old</a>' in html
    front = client.get("/?lite=1").text
    assert f'<a href="{copy.address}">Photo ({size} KB)</a>' in front
    assert "with-photo" not in front


@pytest.mark.django_db
def test_both_views_lead_to_each_other_and_keep_what_else_the_address_says(client, site):
    full = client.get("/?page=2").text
    assert '<a href="?page=2&amp;lite=1" rel="nofollow">Lite view without pictures</a>' in full
    assert "lite=1" not in full.replace("?page=2&amp;lite=1", "")
    light = client.get("/?lite=1&page=2").text
    assert '<a href="?page=2" rel="nofollow">Full view with pictures</a>' in light


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["?lite=0", "?lite", "?lite=", "?lite=11", "?lite[]=1", "?Lite=1"]
)
def test_only_the_one_word_asks_for_the_lite_view(client, site, query):
    assert "<img" in client.get(f"{site.get_absolute_url()}{query}").text


@pytest.mark.django_db
def test_a_link_to_an_own_page_in_a_body_stays_on_this_host_and_in_this_view(client, site):
    html = client.get(f"{site.get_absolute_url()}?lite=1").text
    assert '<a href="/a/post-0/?lite=1"' in html
    assert '<a href="/about/?lite=1"' in html
    assert '<a href="https://elsewhere.example/x"' in html
    full = client.get(site.get_absolute_url()).text
    assert '<a href="/a/post-0/"' in full
    assert '<a href="/about/"' in full


@pytest.mark.django_db
def test_a_comment_sent_from_a_lite_page_leads_to_a_lite_receipt(send, client, site):
    html = client.get(f"{site.get_absolute_url()}?lite=1").text
    action = re.search(r'<form class="comment-form"[^>]* action="([^"]*)"', html)[1]
    assert action == "/a/the-well/comments/?lite=1"
    sent = send(action, name="Jack", place="", text="It was deep.")
    assert sent.status_code == 302
    assert sent["Location"].endswith("/?lite=1")
    assert "Full view" in client.get(sent["Location"]).text
    again = send(action, name="", text="It was deep.")
    assert again.status_code == 422
    assert 'action="/a/the-well/comments/?lite=1"' in again.text


@pytest.mark.django_db
def test_what_is_absolute_names_the_full_view(client, site, settings):
    html = client.get(f"{site.get_absolute_url()}?lite=1").text
    said = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1]
    assert f'"url": "{settings.SITE_URL}/a/the-well/"' in said
    assert "lite=1" not in said


@pytest.mark.django_db
def test_the_newsroom_has_no_lite_view(admin_client):
    assert "lite=1" not in admin_client.get("/admin/?lite=1").text


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/a/x/", "/a/x/?lite=1"),
        ("/a/x/#forum", "/a/x/?lite=1#forum"),
        ("/a/x/?page=2#forum", "/a/x/?page=2&lite=1#forum"),
        ("/a/x/?lite=1&page=2", "/a/x/?page=2&lite=1"),
        ("/feed/", "/feed/"),
        ("/section/x/feed/atom/", "/section/x/feed/atom/"),
        ("/media/photos/a.jpg", "/media/photos/a.jpg"),
        ("/offline.js", "/offline.js"),
        ("/admin/", "/admin/"),
    ],
)
@pytest.mark.usefixtures("lite_view")
def test_an_address_is_kept_in_the_lite_view(address, kept):
    assert lite.keep(address) == kept
    assert lite.keep(kept) == kept
    assert lite.without(kept) == address.replace("lite=1&", "")


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4))
def test_to_the_other_view_and_back_is_the_same_address(said):
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in said.items() if name != "lite" and value})
    other = lite.other_view(query)
    token = lite._is_on.set(True)
    back = lite.other_view(QueryDict(other[1:]))
    lite._is_on.reset(token)
    assert other.endswith("lite=1")
    assert QueryDict(back[1:]) == query
