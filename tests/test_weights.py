"""What the pages weigh on the line: each is to fit into the first round trip of a connection.

A server may send ten packets of 1,460 bytes before the first answer comes back (RFC 6928), which
is 14 KB. The weight of a page is its HTML as this application sends it (brotli; forms with gzip)
and the style sheets that it names, with brotli as whitenoise has them. The words of comments are
most of it: here stand those of the demo, which have twenty words on average. The words of the seed
page's have five times as many: a hundred such comments fit into no 14 KB, with any page around.
"""

import gzip
import io
import random
import re
from datetime import timedelta
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from gandhara import compression
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
)

pytestmark = pytest.mark.django_db

KB = 1024
FIRST_ROUND_TRIP = 14 * KB
# Where few threads hold all of them, no comment is on another page; this is the most there can be
# of comments of such a length.
WITH_ALL_HUNDRED = 16.5 * KB


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
            self.fetched += [
                each.split()[0] for each in attributes.get("srcset", "").split(", ") if each
            ]


def said(comments):
    """All of the demo's comments, answers after what they answer."""
    for each in comments:
        yield each
        yield from said(each.replies)


def parents(shape):
    """For each of a hundred comments, which of those before it answers, or None."""
    chance = random.Random(2014)
    for number in range(100):
        if shape == "threads of four":
            # A comment, an answer, an answer to that, and one more to the first.
            yield (None, number - 1, number - 1, number - 3)[number % 4]
        else:
            # As under the demo's posts: nearly half begin threads, the others answer newer ones.
            starts = number == 0 or chance.random() < 0.45
            yield None if starts else max(0, number - chance.randint(1, 12))


@pytest.fixture
def site(request):
    """A post as the demo has it, in a site as the demo's, with a hundred comments."""
    demo = [post for post in newsroom.POSTS if post.language == "en"]
    demo += [post for post in newsroom.POSTS if post.language != "en"]
    text = next(post for post in demo if post.comments)
    make_blog(newsroom.BLOG.title, tagline=newsroom.BLOG.tagline, about=newsroom.BLOG.about)
    photo = make_photo(caption=text.caption, alt_text=text.alt_text, credit=text.credit)
    authors = [make_author("Frud Bezhan"), make_author("Monawar Shah")]
    sections = [make_section(each.name) for each in newsroom.SECTIONS]
    for other in demo[1:14]:
        make_post(
            other.headline, authors, summary=other.summary, body=other.body_html,
            language=other.language, lead_photo=photo, section=sections[0],
        )  # fmt: skip
    post = make_post(
        text.headline, authors, [make_tag(), make_tag("Schools")], summary=text.summary,
        body=text.body_html, lead_photo=photo, section=sections[0],
    )  # fmt: skip
    forum, made = make_forum(post), []
    start = timezone.now() - timedelta(days=9)
    words = islice((each for other in demo for each in said(other.comments)), 100)
    for each, parent in zip(
        words, parents(getattr(request, "param", "as people write")), strict=True
    ):
        at = start + timedelta(seconds=2213 * len(made))
        made.append(
            make_comment(
                forum, None if parent is None else made[parent], name=each.name, place=each.place,
                text=each.text, submitted_at=at,
            )
        )  # fmt: skip
    return post


def weight(client, address):
    """The bytes of a page and its style sheets, as a browser gets them that takes brotli."""
    sent = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert sent["Content-Encoding"] == "gzip"
    content = sent.content
    if "public" in sent["Cache-Control"]:
        # As the page cache has it once it is asked for again.
        content = compression.compressed(gzip.decompress(content), "br", tight=True)
    sheets = [
        finders.find(each.partition("static/")[2])
        for each in Parts(client.get(address).text).sheets
    ]
    assert sheets
    return len(content) + sum(len(brotli.compress(Path(sheet).read_bytes())) for sheet in sheets)


def test_the_words_of_the_comments_that_are_weighed_are_as_long_as_said_above():
    lengths = [len(each.text.split()) for post in newsroom.POSTS for each in said(post.comments)]
    assert len(lengths) >= 100
    assert 18 <= sum(lengths) / len(lengths) <= 24


def test_an_article_with_a_hundred_comments_comes_in_the_first_round_trip(client, site):
    html = client.get(site.get_absolute_url()).text
    assert f">{site.forum.comments.count()} comments<" in html
    assert html.count('<article class="comment"') >= 40
    assert weight(client, site.get_absolute_url()) <= FIRST_ROUND_TRIP


@pytest.mark.parametrize("site", ["threads of four"], indirect=True)
def test_a_page_that_shows_all_of_a_hundred_comments_is_little_heavier(client, site):
    html = client.get(site.get_absolute_url()).text
    assert html.count('<article class="comment"') == 100
    assert weight(client, site.get_absolute_url()) <= WITH_ALL_HUNDRED


def test_lists_threads_and_forms_come_in_the_first_round_trip(client, site):
    first = site.forum.comments.first()
    for address in (
        "/", "/?page=2", site.section.get_absolute_url(), first.get_absolute_url(),
        f"{first.get_absolute_url()}reply/", f"{site.get_absolute_url()}?lite=1", "/offline/",
    ):  # fmt: skip
        assert weight(client, address) <= FIRST_ROUND_TRIP, address


def test_no_page_of_readers_needs_a_script_or_another_host(client, site):
    first = site.forum.comments.first()
    for address in (
        "/", site.get_absolute_url(), site.section.get_absolute_url(), first.get_absolute_url(),
        f"{first.get_absolute_url()}reply/", f"{first.get_absolute_url()}report/", "/archive/",
        "/about/", "/transparency/", "/corrections/",
    ):  # fmt: skip
        parts = Parts(client.get(address).text)
        assert parts.scripts == [], address
        assert parts.fetched
        assert all(re.match(r"/(?!/)", each) for each in parts.fetched), address


def detailed():
    """A picture with as much in it as gravel and leaves: detail of every size, in three colours."""
    chance, size = random.Random(640), (960, 640)
    bands = []
    for _colour in range(3):
        band = Image.new("L", size, 128)
        for grain in (96, 48, 24, 12, 6, 3):
            small = (size[0] // grain, size[1] // grain)
            noise = Image.frombytes("L", small, chance.randbytes(small[0] * small[1]))
            band = Image.blend(band, noise.resize(size, Image.Resampling.BICUBIC), 0.32)
        bands.append(band)
    return Image.merge("RGB", bands)


@pytest.mark.parametrize("ending", ["jpg", "webp", "avif"])
def test_a_lead_photo_full_of_detail_weighs_at_most_forty_kilobytes_at_640_px(ending):
    out = io.BytesIO()
    detailed().save(out, "JPEG", quality=95)
    photo = make_photo(SimpleUploadedFile("photo.jpg", out.getvalue()))
    copy = next(each for each in photo.renditions[ending] if each.width == 640)
    assert renditions.make_named(copy.name)
    assert 8 * KB < photo.file.storage.size(copy.name) <= 40 * KB
