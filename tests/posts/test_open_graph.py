"""Open Graph and the canonical address in the heads of pages."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from posts import previews, translations
from posts.models import Blog, Correction, Post
from tests.factories import (
    make_author,
    make_comment,
    make_editor,
    make_forum,
    make_photo,
    make_post,
    make_section,
    make_tag,
    make_upload,
)

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


class Head(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.properties, self.names, self.canonical = [], {}, []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta" and "property" in attrs:
            self.properties.append((attrs["property"], attrs["content"]))
        elif tag == "meta" and "name" in attrs:
            self.names[attrs["name"]] = attrs["content"]
        elif tag == "link" and attrs["rel"] == "canonical":
            self.canonical.append(attrs["href"])


def head(client, address, **how):
    return Head(client.get(address, **how).text)


def test_an_article_tells_what_it_is_who_wrote_it_and_how_it_looks(client):
    Blog(title="Gandhara").save()
    photo = make_photo(make_upload(size=(2000, 1001)), alt_text="A dam under snow")
    at = datetime(2014, 8, 20, 9, 30, tzinfo=UTC)
    post = make_post(
        'The "dam" <holds> & more', language="ps", summary="It holds.", lead_photo=photo,
        section=make_section("Region"), tags=[make_tag("Water"), make_tag("Power")],
        authors=[make_author("Ali Khan"), make_author("Zarmina")], published_at=at,
    )  # fmt: skip
    Correction.objects.create(post=post, text="Mended.", at=at.replace(day=21))
    copy = photo.plain_renditions[-1]
    assert head(client, post.get_absolute_url()).properties == [
        ("og:type", "article"),
        ("og:title", 'The "dam" <holds> & more'),
        ("og:description", "It holds."),
        ("og:url", SITE + post.get_absolute_url()),
        ("og:site_name", "Gandhara"),
        ("og:locale", "ps_AF"),
        ("og:image", SITE + copy.address),
        ("og:image:width", "1600"),
        ("og:image:height", "801"),
        ("og:image:alt", "A dam under snow"),
        ("article:published_time", "2014-08-20T09:30:00+00:00"),
        ("article:modified_time", "2014-08-21T09:30:00+00:00"),
        ("article:author", f"{SITE}/ps/author/ali-khan/"),
        ("article:author", f"{SITE}/ps/author/zarmina/"),
        ("article:section", "Region"),
        ("article:tag", "Power"),
        ("article:tag", "Water"),
    ]
    assert copy.address.endswith(".jpg")
    assert head(client, post.get_absolute_url()).names["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", "en_US"), ("ps", "ps_AF"), ("fa-AF", "fa_AF"), ("ur", "ur_PK")],
)
def test_each_language_has_its_locale(client, language, locale):
    post = make_post("x", language=language)
    assert ("og:locale", locale) in head(client, post.get_absolute_url()).properties


def test_public_translations_are_told_as_further_locales(client):
    post = make_post("The dam")
    story = translations.story_with(post)
    make_post("بند", language="ps", story=story)
    make_post("سد", language="fa-AF", story=story, status="draft")
    said = head(client, post.get_absolute_url()).properties
    assert [each for each in said if each[0] == "og:locale:alternate"] == [
        ("og:locale:alternate", "ps_AF")
    ]


def test_the_front_pages_of_editions_with_posts_name_each_other(client):
    make_post("The dam")
    for address in ("/", "/ps/"):
        assert "hreflang" not in client.get(address).text.partition("</head>")[0]
    make_post("بند", language="ps")
    for address in ("/", "/ps/"):
        in_head = client.get(address).text.partition("</head>")[0]
        assert re.findall('hreflang="([^"]*)" href="([^"]*)"', in_head) == [
            ("en", f"{SITE}/"), ("ps", f"{SITE}/ps/"), ("x-default", f"{SITE}/")
        ]  # fmt: skip


def test_an_editions_lists_and_their_card_speak_its_language(client):
    Blog(title="Gandhara", translations={"ps": {"title": "ګندهارا"}}).save()
    make_post("بند", language="ps")
    said = dict(head(client, "/ps/").properties)
    assert said["og:locale"] == "ps_AF"
    assert said["og:title"] == "ګندهارا"
    assert said["og:image"].startswith(f"{SITE}/ps/card-")
    assert client.get(said["og:image"].removeprefix(SITE)).status_code == 200
    article = dict(head(client, Post.objects.get().get_absolute_url()).properties)
    assert article["og:site_name"] == "ګندهارا"
    assert client.get(article["og:image"].removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize("photo", [None, {"caption": "Only words"}])
def test_without_a_photo_the_picture_is_the_posts_card(client, photo):
    from posts.models import Photo

    lead = Photo.objects.create(**photo) if photo else None
    post = make_post("The dam", lead_photo=lead)
    said = dict(head(client, post.get_absolute_url()).properties)
    assert said["og:image"].startswith(f"{SITE}/a/the-dam/card-")
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"] == "The dam"
    assert client.get(said["og:image"].removeprefix(SITE))["Content-Type"] == "image/png"


def test_lists_tell_their_names_and_have_the_blogs_card(client):
    Blog(title="Gandhara", tagline="News").save()
    section = make_section("Region", description="All\n\nof it. " + "word " * 100)
    make_post(section=section, tags=[make_tag("Water")], authors=[make_author("Ali", about="He.")])
    for address, title, about in (
        ("/", "Gandhara", "News"),
        ("/section/region/", "Region", "All of it. " + "word " * 36 + "word…"),
        ("/tag/water/", "Water", None),
        ("/author/ali/", "Ali", "He."),
    ):
        said = dict(head(client, address).properties)
        assert said["og:type"] == "website"
        assert said["og:title"] == title
        assert said.get("og:description") == about
        assert said["og:url"] == SITE + address
        assert client.get(said["og:image"].removeprefix(SITE))["Content-Type"] == "image/png"


def test_previews_carry_none_of_it(client):
    post = make_post("Secret", status="draft")
    _link, secret = previews.make(post, make_editor())
    client.force_login(make_editor("another"))
    for address in (
        reverse("posts:preview", args=[secret]),
        reverse("admin:posts_post_preview", args=[post.pk]),
    ):
        found = head(client, address)
        assert found.properties == []
        assert found.canonical == []
        assert "oembed" not in client.get(address).text


# The one address of a page


def test_each_public_page_names_its_one_address(client):
    comment = make_comment()
    post = comment.forum.post
    Post.objects.filter(pk=post.pk).update(section=make_section("Region"))
    post.tags.set([make_tag("Water")])
    for address in (
        "/", "/section/region/", "/tag/water/", "/archive/", "/corrections/", "/about/",
        "/transparency/", post.get_absolute_url(), comment.get_absolute_url().partition("#")[0],
        f"/archive/{post.published_at:%Y}/{post.published_at.month}/",
    ):  # fmt: skip
        assert head(client, address).canonical == [SITE + address], address
        asked = f"{address}?utm_source=x&sort=newest&lite=1"
        assert head(client, asked).canonical == [SITE + address], address


def test_a_mirrors_page_names_the_sites_address(client, settings):
    settings.ALLOWED_HOSTS = ["mirror.example.net"]
    post = make_post()
    found = head(client, post.get_absolute_url(), headers={"host": "mirror.example.net"})
    assert found.canonical == [SITE + post.get_absolute_url()]


def test_further_pages_keep_their_number_and_the_first_one_has_none(client):
    for _each in range(13):
        post = make_post()
    assert head(client, "/?page=2").canonical == [f"{SITE}/?page=2"]
    assert head(client, "/?page=02&x=1").canonical == [f"{SITE}/?page=2"]
    assert head(client, "/?page=1").canonical == [f"{SITE}/"]
    forum = make_forum(post)
    for _each in range(26):
        make_comment(forum)
    address = post.get_absolute_url()
    assert head(client, f"{address}?sort=newest&page=2").canonical == [f"{SITE}{address}?page=2"]
    assert head(client, f"{address}?sort=newest").canonical == [SITE + address]


def test_two_ways_to_type_a_letter_are_one_address(client):
    make_post(tags=[make_tag("Café")])
    assert head(client, "/tag/cafe\u0301/").canonical == [f"{SITE}/tag/caf%C3%A9/"]


def test_what_is_not_there_has_no_address_of_its_own(client):
    gone = make_post(status="withdrawn")
    for address in ("/a/nothing/", gone.get_absolute_url(), "/?page=9", "/tag/none/"):
        assert head(client, address).canonical == []
