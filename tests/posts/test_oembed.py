"""oEmbed: what other sites are told of an address that was pasted there."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from defusedxml.ElementTree import fromstring
from django.test.utils import override_script_prefix
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from posts.models import Blog, OldSlug, Post
from tests.factories import make_author, make_photo, make_post, make_upload

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def post():
    Blog(title="Gandhara").save()
    authors = [make_author("Ali"), make_author("ښکلا")]
    return make_post("Dam <holds> & “fine”", slug="سد", authors=authors)


def ask(client, address, **more):
    return client.get("/oembed/", {"url": address} | more)


def test_an_articles_head_leads_to_what_is_told_of_it(client, post):
    page = client.get(post.get_absolute_url()).text
    link = '<link rel="alternate" type="application/json\\+oembed" title="([^"]*)" href="([^"]*)">'
    ((title, address),) = re.findall(link, page)
    assert unescape(title) == post.headline
    response = client.get(unescape(address).removeprefix(SITE))
    assert response["Content-Type"] == "application/json"
    said = response.json()
    assert said.pop("thumbnail_url").startswith(SITE + post.get_absolute_url() + "card-")
    assert said == {
        "type": "link",
        "version": "1.0",
        "title": "Dam <holds> & “fine”",
        "author_name": "Ali, ښکلا",
        "provider_name": "Gandhara",
        "provider_url": f"{SITE}/",
        "cache_age": 3600,
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


def test_one_author_has_an_address_and_several_have_none(client):
    post = make_post(authors=[make_author("Ali")])
    assert ask(client, SITE + post.get_absolute_url()).json()["author_url"] == f"{SITE}/author/ali/"


def test_as_xml_it_says_the_same(client, post):
    address = SITE + post.get_absolute_url()
    response = ask(client, address, format="xml")
    assert response["Content-Type"] == "text/xml"
    tree = fromstring(response.content)
    assert tree.tag == "oembed"
    said = {name: str(value) for name, value in ask(client, address).json().items()}
    assert {each.tag: each.text for each in tree} == said


def test_it_may_be_kept_by_any_cache_that_asks_again(client, post):
    kept = ask(client, SITE + post.get_absolute_url())["Cache-Control"]
    assert "public" in kept
    assert "max-age=0" in kept


def test_another_format_is_not_implemented(client, post):
    for form in ("yaml", "", "JSON", "x" * 5000):
        assert ask(client, SITE + post.get_absolute_url(), format=form).status_code == 501


def test_the_picture_is_the_widest_that_fits_or_none(client):
    photo = make_photo(make_upload(size=(1000, 500)))
    address = SITE + make_post(lead_photo=photo).get_absolute_url()
    for most, width in (
        ({}, 1000),
        ({"maxwidth": "700"}, 640),
        ({"maxwidth": "900", "maxheight": "170"}, 320),
        ({"maxwidth": "nonsense", "maxheight": "-1"}, 1000),
        ({"maxwidth": "9" * 5000}, 1000),
    ):
        said = ask(client, address, **most).json()
        assert said["thumbnail_width"] == width
        assert said["thumbnail_height"] == width // 2
        assert said["thumbnail_url"].endswith(".jpg")
    assert "thumbnail_url" not in ask(client, address, maxwidth="300").json()
    assert "thumbnail_url" not in ask(client, address, maxheight="0").json()


def test_an_address_at_a_mirror_is_ours_and_a_foreign_one_is_not(client, post, settings):
    settings.SITE_ORIGINS = [SITE, "https://mirror.example.net"]
    path = post.get_absolute_url()
    for origin in (SITE, "https://mirror.example.net", "HTTPS://Mirror.Example.NET"):
        said = ask(client, f"{origin}{path}?page=2#forum").json()
        assert said["title"] == post.headline
        assert said["provider_url"] == f"{SITE}/"
    for origin in ("https://foreign.example", "http://mirror.example.net", "", "//127.0.0.1:8000"):
        assert ask(client, origin + path).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        f"{SITE}/", f"{SITE}/a/nothing/", f"{SITE}/about/", f"{SITE}/a/%FF/", "x", "",
        f"{SITE}/a/%00/", "http://[x/a/", f"{SITE}/admin/", f"{SITE}/a/x/comments/feed/",
        f"http://user@127.0.0.1:8000/a/{quote('سد')}/", "http://127.0.0.1:99999999/a/x/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["json", "xml"])
def test_what_is_no_articles_address_is_not_found(client, post, address, form):
    assert ask(client, address, format=form).status_code == 404


def test_without_an_address_it_says_what_is_missing(client):
    response = client.get("/oembed/")
    assert response.status_code == 400
    assert "The address of an article is missing" in response.text


def test_a_former_address_is_answered_with_the_present_one(client, post):
    OldSlug.objects.create(post=post, slug="old")
    said = ask(client, f"{SITE}/a/old/").json()
    assert said["title"] == post.headline
    Post.objects.update(status="withdrawn")
    assert ask(client, f"{SITE}/a/old/").status_code == 404
    assert ask(client, SITE + post.get_absolute_url()).status_code == 404


def test_below_a_prefix_addresses_with_the_prefix_are_ours(client, post, settings):
    path = post.get_absolute_url()
    settings.SITE_PATH = "/news"
    with override_script_prefix("/news/"):
        said = ask(client, f"{SITE}/news{path}").json()
        assert said["thumbnail_url"].startswith(f"{SITE}/news{path}card-")
        assert ask(client, SITE + path).status_code == 404


# Lone surrogates can't be sent.
TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


@given(TEXT, TEXT)
@tried(
    deadline=None, derandomize=True, max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_whatever_is_asked_is_refused_in_words(client, address, most):
    response = ask(client, f"{SITE}/a/{address}", maxwidth=most)
    # 400: what no text can hold (gandhara.errors).
    assert response.status_code == (400 if "\x00" in address + most else 404)
