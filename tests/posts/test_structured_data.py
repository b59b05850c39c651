"""What an article says to search engines, and that no words in it can break out."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from posts import previews
from posts.models import Correction
from posts.structured_data import as_script
from tests.factories import (
    make_author,
    make_editor,
    make_photo,
    make_post,
    make_section,
    make_tag,
    make_upload,
)

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def data_of(html):
    """The article's own data, whatever stands beside it."""
    said = all_data_of(html)
    return said[0] if isinstance(said, list) else said


def all_data_of(html):
    (words,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return json.loads(words)


def test_an_article_tells_its_headline_times_authors_photo_and_section(client):
    photo = make_photo(
        make_upload(size=(2000, 1000)), caption="The dam.", credit="AFP", copyright="© AFP"
    )
    post = make_post(
        "Dam <holds> & “fine”", summary="It holds.", language="ps", section=make_section("Region"),
        tags=[make_tag("Water")], authors=[make_author("Ali Khan"), make_author("ښکلا")],
        lead_photo=photo, published_at=datetime(2014, 8, 20, 9, 30, tzinfo=UTC),
    )  # fmt: skip
    said = data_of(client.get(post.get_absolute_url()).text)
    assert said == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": SITE + post.get_absolute_url(),
        "url": SITE + post.get_absolute_url(),
        "headline": "Dam <holds> & “fine”",
        "description": "It holds.",
        "inLanguage": "ps",
        "datePublished": "2014-08-20T09:30:00+00:00",
        "dateModified": "2014-08-20T09:30:00+00:00",
        "author": [
            {"@type": "Person", "name": "Ali Khan", "url": f"{SITE}/ps/author/ali-khan/"},
            {
                "@type": "Person",
                "name": "ښکلا",
                "url": f"{SITE}/ps/author/%DA%9A%DA%A9%D9%84%D8%A7/",
            },
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": "Gandhara",
            "url": f"{SITE}/ps/",
            "logo": {
                "@type": "ImageObject",
                "url": f"{SITE}/static/icons/icon-512.png",
                "width": 512,
                "height": 512,
            },
        },
        "image": [
            {
                "@type": "ImageObject",
                "url": SITE + photo.plain_renditions[-1].address,
                "width": 1600,
                "caption": "The dam.",
                "creditText": "AFP",
                "copyrightNotice": "© AFP",
            }
        ],
        "articleSection": "Region",
        "keywords": ["Water"],
    }


def test_the_way_to_an_article_leads_by_its_section(client):
    assert isinstance(all_data_of(client.get(make_post().get_absolute_url()).text), dict)
    post = make_post("The dam", section=make_section("Region"))
    _article, way = all_data_of(client.get(post.get_absolute_url()).text)
    assert way == {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": 1,
                "name": "Region",
                "item": f"{SITE}/section/region/",
            },
            {"@type": "ListItem", "position": 2, "name": "The dam"},
        ],
    }


def test_corrections_are_told_each_with_its_kind_and_moment(client):
    post = make_post(published_at=datetime(2014, 8, 20, tzinfo=UTC))
    at = datetime(2014, 8, 21, 10, tzinfo=UTC)
    Correction.objects.create(post=post, kind="update", text="Now <open>.", at=at)
    said = data_of(client.get(post.get_absolute_url()).text)
    assert said["dateModified"] == "2014-08-21T10:00:00+00:00"
    assert said["correction"] == [
        {
            "@type": "CorrectionComment",
            "name": "Update",
            "text": "Now <open>.",
            "datePublished": "2014-08-21T10:00:00+00:00",
        }
    ]


def test_a_preview_tells_search_engines_nothing(client):
    post = make_post("Secret", status="draft")
    _link, secret = previews.make(post, make_editor())
    assert "ld+json" not in client.get(reverse("posts:preview", args=[secret])).text
    client.force_login(make_editor("another"))
    page = client.get(reverse("admin:posts_post_preview", args=[post.pk]))
    assert "ld+json" not in page.text


@given(st.text(alphabet=st.sampled_from("</script>!-&amp;\u2028\"'x ")))
@settings(deadline=None, derandomize=True)
def test_no_words_end_the_element_and_all_come_back(words):
    script = str(as_script({"headline": words}))
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&") & set(inside)
    assert json.loads(inside) == {"headline": words}
