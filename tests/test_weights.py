"""What the pages weigh on the line: each is to fit into the first round trip of a connection.

A server may send ten packets of 1,460 bytes before the first answer comes back (RFC 6928), which
is 14 KB. The weight of a page is its HTML with gzip, as this application sends it, and the style
sheets that it names with brotli, as whitenoise made them. The words of comments are most of it:
those of the demo stand here, which have twenty words on average, as short comments on news have.
"""

import io
import re
from datetime import timedelta
from html.parser import HTMLParser
from itertools import count, islice

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image, ImageDraw

from comments.models import Comment
from gandhara.demo import newsroom
from posts import renditions
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

pytestmark = pytest.mark.django_db

KB = 1024
FIRST_ROUND_TRIP = 14 * KB


class Parts(HTMLParser):
    """What a browser fetches by itself for a page, and the scripts that it runs."""

    def __init__(self, html):
        super().__init__()
        self.sheets, self.fetched, self.scripts = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "link" and attributes["rel"] == "stylesheet":
            self.sheets.append(attributes["href"])
        if tag == "script" and attributes.get("type") != "application/ld+json":
            self.scripts.append(attributes)
        if tag == "link" and attributes["rel"] in ("stylesheet", "icon", "manifest", "preload"):
            self.fetched.append(attributes["href"])
        if tag in ("img", "source", "script", "iframe", "video", "audio", "embed", "input"):
            self.fetched += [attributes[name] for name in ("src", "poster") if name in attributes]
            self.fetched += [each.split()[0] for each in attributes.get("srcset", "").split(", ") if each]


def said(comments):
    """All of the demo's comments, answers after what they answer."""
    for each in comments:
        yield each
        yield from said(each.replies)


@pytest.fixture
def site():
    """A post as the demo has it, with a hundred comments in as many threads as a page holds."""
    text = next(post for post in newsroom.POSTS if post.comments and post.language == "en")
    make_blog(newsroom.BLOG.title, tagline=newsroom.BLOG.tagline, about=newsroom.BLOG.about)
    for section in newsroom.SECTIONS[1:]:
        make_post(section=make_section(section.name))
    photo = make_photo(caption=text.caption, alt_text=text.alt_text, credit=text.credit)
    post = make_post(
        text.headline,
        [make_author("Frud Bezhan"), make_author("Monawar Shah")],
        [make_tag(), make_tag("Schools")],
        summary=text.summary, body=text.body_html, lead_photo=photo, section=make_section(),
    )  # fmt: skip
    forum = make_forum(post)
    english = (each for each in newsroom.POSTS if each.language == "en")
    others = (each for each in newsroom.POSTS if each.language != "en")
    words = (each for made in (*english, *others) for each in said(made.comments))
    minutes = count()
    for number, each in enumerate(islice(words, 100)):
        # Each thread: a comment, an answer, an answer to that, and one more to the first.
        parent = [None, number and comment, number and comment, number and start][number % 4]  # noqa: F821
        comment = make_comment(
            forum, parent, name=each.name, place=each.place, text=each.text,
            submitted_at=timezone.now() - timedelta(days=9) + timedelta(minutes=37 * next(minutes)),
        )  # fmt: skip
        start = comment if number % 4 == 0 else start
    return post


def weights(client, address):
    """(bytes of the HTML with gzip, of the style sheets with brotli, of the HTML with brotli)."""
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    html = client.get(address).text
    sheets = [finders.find(each.partition("static/")[2]) for each in Parts(html).sheets]
    assert sheets
    return (
        len(response.content),
        sum(len(brotli.compress(open(sheet, "rb").read())) for sheet in sheets),
        len(brotli.compress(html.encode())),
    )


def test_an_article_with_a_hundred_comments_comes_in_the_first_round_trip(client, site):
    html = client.get(site.get_absolute_url()).text
    assert html.count("<article class=") >= 101
    print(weights(client, site.get_absolute_url()), len(html.encode()))
