"""A post that is withdrawn is gone from everything that the site gives out, at once.

The site is walked through, link by link, as a search engine does: before, the post's words stand
in many outputs; after, in none, and not in those that were only reachable through it either.
"""

import io
import re
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from comments.models import Forum
from posts import cards
from posts.models import Blog, Correction, OldSlug, Post
from tests.factories import (
    make_author,
    make_comment,
    make_editor,
    make_forum,
    make_photo,
    make_post,
    make_section,
    make_tag,
)
from tests.posts.test_admin import change_of, fill

pytestmark = pytest.mark.django_db

LINK = re.compile(
    r"""(?:href|src|action)="([^"#]*)|<link>([^<]*)|<guid[^>]*>([^<]*)|<loc>([^<]*)"""
    r"""|content="(http[^"]*)|Sitemap: (\S+)|"thumbnail_url": "([^"]*)"""
)
NAME, HEADLINE = "Zarmina Wardaki", "Quxblorp mines the river"
WORDS = ("Zarmina", "wardaki", "quxblorp", "frabjous", "glimmerstone", "sightseer", "mendword")
MOST_PAGES = 400
# Searches that find the post, its author and its comments by what they say.
SEARCHES = (
    "/search/?q=quxblorp",
    "/search/?q=frabjous+words",
    "/search/?q=zarmina",
    "/search/?section=rivers",
    "/search/comments/?q=sightseer",
)


def walk(client, *more):
    """{address: (status, text)} of everything that can be reached without signing in."""
    found, waiting = {}, ["/", "/robots.txt", "/sitemap.xml", "/feed/", *more]
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop()
        if address in found:
            continue
        response = client.get(address)
        text = ""
        if response["Content-Type"].startswith(("text/", "application/")):
            text = response.getvalue().decode() if response.streaming else response.text
        if "Location" in response:
            text += response["Location"]
        headers = " ".join(f"{name}: {value}" for name, value in response.items())
        found[address] = (response.status_code, unquote(unescape(f"{text} {headers}")).lower())
        for match in LINK.finditer(text):
            link = urlsplit(unescape(next(filter(None, match.groups()), "")))
            if link.netloc in ("", "testserver", "127.0.0.1:8000") and link.path.startswith("/"):
                waiting.append(link.path + (f"?{link.query}" if link.query else ""))
    assert len(found) < MOST_PAGES
    return found


def telling(pages):
    return {
        address: [word for word in WORDS if word.lower() in text]
        for address, (_status, text) in pages.items()
        if any(word.lower() in text for word in WORDS)
    }


@pytest.fixture
def the_post():
    Blog(title="Gandhara", about="About us.").save()
    section, tag = make_section("Rivers"), make_tag("Water")
    noise = io.BytesIO()
    Image.effect_noise((500, 300), 50).save(noise, "JPEG")
    photo = make_photo(
        SimpleUploadedFile("n.jpg", noise.getvalue()),
        caption="A glimmerstone in the sand", alt_text="glimmerstone", credit="Zarmina",
    )  # fmt: skip
    post = make_post(
        HEADLINE,
        authors=[make_author(NAME)],
        tags=[tag],
        section=section,
        summary="A frabjous summary.",
        body="<p>The frabjous words of the story.</p>",
        lead_photo=photo,
    )
    Correction.objects.create(post=post, kind="correction", text="We wrote mendword.")
    OldSlug.objects.create(post=post, slug="quxblorp-of-old")
    make_post("Another story", section=section, tags=[tag], authors=[make_author("Ali")])
    forum = make_forum(post, Forum.State.OPEN)
    first = make_comment(forum, text="I was a sightseer there.")
    make_comment(forum, parent=first, text="frabjous, indeed")
    return post


def test_before_it_is_withdrawn_the_walk_finds_it_in_many_outputs(client, the_post):
    found = telling(walk(client, *SEARCHES))
    for address in ("/", "/corrections/", "/section/rivers/", "/tag/water/"):
        assert address in found, address
    for address in SEARCHES:
        assert address in found, address
    own = reverse("posts:article", args=[the_post.slug])
    author = reverse("posts:author", args=[the_post.byline[0].slug])
    assert author in found
    for place in (
        "/",
        "/section/rivers/",
        "/tag/water/",
        "/language/en/",
        author,
        f"{own}comments/",
    ):
        for ending in ("", "atom/", "json/"):
            assert f"{place}feed/{ending}" in found, place
    assert "/comments/feed/json/" in found
    for address in ("/sitemap-posts-0.xml", "/sitemap-authors-0.xml", "/sitemap-news.xml"):
        assert address in found, address
    assert any(address.startswith("/oembed/?url=") for address in found)
    article = found[own]
    assert "mendword" in article
    assert {word for words in found.values() for word in words} == set(WORDS)


@pytest.mark.parametrize("way", ["withdrawn", "taken down", "a draft again"])
def test_afterwards_no_output_has_its_name_headline_or_text(client, the_post, way):
    card = cards.address_of_post(the_post, Blog.current())
    before = walk(client, "/a/quxblorp-of-old/", card, *SEARCHES)
    client.force_login(make_editor())
    changes = {
        "withdrawn": {"status": "withdrawn", "withdrawal_note": "It was wrong."},
        "taken down": {"unpublish_at_0": "2020-01-01", "unpublish_at_1": "00:00:00"},
        "a draft again": {"status": "draft"},
    }[way]
    if way == "taken down":
        Post.objects.update(published_at="2019-01-01T00:00Z")
    response = fill(client, change_of(the_post), **changes)
    assert response.status_code == 302, response.text
    client.logout()

    own = reverse("posts:article", args=[the_post.slug])
    after = walk(client, *before)
    # A card's words are in its picture.
    assert before[card][0] == 200
    assert after[card][0] == after[own][0]
    embeds = [address for address in before if address.startswith("/oembed/?url=")]
    assert {before[address][0] for address in embeds} == {200}
    assert {after[address][0] for address in embeds if the_post.slug in address} == {404}
    assert after[own][0] == (404 if way == "a draft again" else 410)
    assert after["/a/quxblorp-of-old/"][0] == after[own][0]
    # An address keeps the words that it is made of; an answer repeats none of them, but a search
    # those that it was asked for.
    asked = {each: after.pop(each)[1] for each in list(after) if each.startswith("/search/")}
    assert set(SEARCHES) <= set(asked)
    assert telling(after) == {}
    for address, text in asked.items():
        typed = unquote(address).lower()
        assert [word for word in WORDS if word.lower() in text and word.lower() not in typed] == []
        assert "/a/quxblorp" not in text
        assert "<mark>" not in text
    assert [address for address in walk(client) if "quxblorp" in unquote(address).lower()] == []
    if way == "withdrawn":
        assert "it was wrong." in after[own][1]
