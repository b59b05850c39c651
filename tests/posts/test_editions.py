"""Each language's face of the blog: its addresses, its words, its lists."""

import re
from datetime import timedelta

import pytest
from django.urls import clear_url_caches, reverse
from django.utils import timezone, translation

from comments.models import Comment, Forum
from posts import editions
from posts.languages import language_of
from posts.models import Post
from tests.factories import (
    make_author,
    make_blog,
    make_comment,
    make_forum,
    make_post,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db

# Edition → the page's language, its direction, and its word for the archive.
EDITIONS = {
    "/": ("en", "ltr", "Archive"),
    "/ps/": ("ps", "rtl", "لرغون"),
    "/fa/": ("fa-AF", "rtl", "بایگانی"),
    "/ur/": ("ur", "rtl", "محفوظات"),
}


def html_of(page):
    return re.search(r'<html lang="([^"]*)" dir="([^"]*)"', page).groups()


@pytest.mark.parametrize("address", EDITIONS)
def test_each_edition_speaks_its_language_in_its_direction(client, address):
    response = client.get(address)
    language, direction, _archive = EDITIONS[address]
    assert html_of(response.text) == (language, direction)
    assert response["Content-Language"] == language
    assert "Cookie" not in response.get("Vary", "")
    assert "Accept-Language" not in response.get("Vary", "")


@pytest.mark.parametrize("path", ["", "section/region/", "archive/", "corrections/", "about/"])
def test_links_of_an_edition_stay_in_it(client, path):
    make_section("Region", slug="region")
    make_post(language="ps", section=None)
    page = client.get(f"/ps/{path}").text
    assert 'href="/ps/archive/"' in page
    assert 'href="/archive/"' not in page


def test_an_edition_lists_posts_in_its_language_only(client):
    section = make_section("Region", slug="region")
    make_post("Snow on the pass", section=section)
    make_post("د واورې خبر", language="ps", section=section)
    for one, other in (("/", "/ps/"), ("/section/region/", "/ps/section/region/")):
        # The front page also leads to other editions, below its list.
        english, pashto = (
            client.get(address).text.partition('class="elsewhere"')[0] for address in (one, other)
        )
        assert "Snow on the pass" in english
        assert "د واورې خبر" not in english
        assert "د واورې خبر" in pashto
        assert "Snow on the pass" not in pashto


def test_what_an_author_wrote_and_what_has_a_tag_is_listed_in_all_languages(client):
    author, tag = make_author("Zarghuna", slug="zarghuna"), make_tag("Snow", slug="snow")
    make_post("Snow on the pass", authors=[author], tags=[tag])
    make_post("د واورې خبر", language="ps", authors=[author], tags=[tag])
    for address in ("/author/zarghuna/", "/ps/author/zarghuna/", "/tag/snow/"):
        page = client.get(address).text
        assert "Snow on the pass" in page
        assert "د واورې خبر" in page


@pytest.mark.parametrize("language", ["en", "ps", "fa-AF", "ur"])
def test_the_page_of_a_post_speaks_the_posts_language_and_leads_to_its_edition(client, language):
    post = make_post(language=language)
    make_comment(make_forum(post, Forum.State.OPEN))
    code = language.partition("-")[0]
    archive = "/archive/" if code == "en" else f"/{code}/archive/"
    direction = "ltr" if code == "en" else "rtl"
    form = reverse("comments:new", args=[post.slug])
    for address in (post.get_absolute_url(), form):
        response = client.get(address)
        assert html_of(response.text) == (language, direction)
        assert f'href="{archive}"' in response.text
        assert response["Content-Language"] == language


def test_what_follows_a_comment_speaks_the_posts_language_too(client, send):
    post = make_post(language="ur")
    make_forum(post, Forum.State.OPEN)
    sent = send(reverse("comments:new", args=[post.slug]), name="Omar", place="", text="خبر")
    assert html_of(client.get(sent["Location"]).text) == ("ur", "rtl")
    comment = Comment.objects.get()
    for name in ("comments:reply", "comments:report"):
        page = client.get(reverse(name, args=[post.slug, comment.pk])).text
        assert html_of(page) == ("ur", "rtl")
    refused = send(reverse("comments:new", args=[post.slug]), name="Omar", text="")
    assert refused.status_code == 422
    assert html_of(refused.text) == ("ur", "rtl")


def test_the_next_request_speaks_its_own_language_again(client):
    client.get(make_post(language="ps").get_absolute_url())
    assert html_of(client.get("/").text) == ("en", "ltr")
    assert html_of(client.get("/nowhere/").text) == ("en", "ltr")
    assert html_of(client.get("/ps/nowhere/").text) == ("ps", "rtl")


def test_the_masthead_leads_to_editions_that_have_posts_and_to_no_others(client):
    make_post()
    make_post(language="ps")
    page = client.get("/about/").text
    assert '<a href="/ps/about/" lang="ps" dir="rtl" hreflang="ps">پښتو</a>' in page
    assert "/ur/" not in page
    assert 'hreflang="en"' not in page.partition("</header>")[0]
    assert '<a href="/about/" lang="en"' in client.get("/ps/about/").text


def test_a_post_leads_to_the_fronts_of_other_editions(client):
    make_post(language="ps")
    assert '<a href="/ps/" lang="ps"' in client.get(make_post().get_absolute_url()).text


def test_the_editions_in_use_cost_no_query_where_the_blog_has_its_record(
    django_assert_num_queries,
):
    make_post(language="ps")
    # The second tells the page caches.
    with django_assert_num_queries(2):
        assert not make_blog().translations
    from posts.models import Blog

    with django_assert_num_queries(1):
        assert [each.code for each in Blog.current().languages_in_use] == ["ps"]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/en/", "/"),
        ("/en/section/region/?page=2", "/section/region/?page=2"),
        ("/en//evil.example/", "/evil.example/"),
        ("/en/author/فرود/", "/author/%D9%81%D8%B1%D9%88%D8%AF/"),
    ],
)
def test_the_default_edition_has_one_address(client, address, leads_to):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, leads_to)


@pytest.fixture
def pashto_first(settings):
    settings.LANGUAGE_CODE = "ps"
    # Django keeps the addresses of each language once they are known.
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.mark.usefixtures("pashto_first")
def test_another_language_can_be_the_default(client):
    make_post(language="ps")
    make_post()
    assert html_of(client.get("/").text) == ("ps", "rtl")
    assert html_of(client.get("/en/").text) == ("en", "ltr")
    assert client.get("/ps/").status_code == 301
    assert 'hreflang="x-default" href="http://127.0.0.1:8000/"' in client.get("/").text
    with translation.override("en"):
        assert reverse("posts:archive") == "/en/archive/"
    with translation.override("ps"):
        assert reverse("posts:archive") == "/archive/"


def test_sections_tags_and_the_blog_have_words_of_their_own_in_an_edition(client):
    make_blog("Gandhara", translations={"ps": {"title": "ګندهارا", "tagline": "خبرونه"}})
    section = make_section("Region", slug="region", translations={"ps": {"name": "سیمه"}})
    tag = make_tag("Snow", translations={"ps": {"name": "واوره"}})
    post = make_post(language="ps", section=section, tags=[tag])
    for address in ("/ps/", "/ps/section/region/", post.get_absolute_url()):
        page = client.get(address).text
        assert "سیمه" in page
        assert "Region" not in page
        assert "ګندهارا" in page
    assert "واوره" in client.get(post.get_absolute_url()).text
    assert "Gandhara" in client.get("/").text


def test_a_name_without_words_of_its_own_is_said_as_it_stands(client):
    make_post(language="ur", section=make_section("Region"))
    assert "Region" in client.get("/ur/").text


@pytest.mark.parametrize(
    ("path", "code"),
    [("/", "en"), ("/ps/x/", "ps"), ("ps", "ps"), ("/fa", "fa-AF"), ("/psx/", "en"), ("//", "en")],
)
def test_an_address_belongs_to_one_edition(path, code):
    assert editions.of_path(path).code == code


def test_the_front_page_leads_to_the_newest_post_of_each_other_edition(
    client, django_assert_num_queries
):
    make_blog()
    old = make_post("زوړ خبر", language="ps", published_at=timezone.now() - timedelta(days=2))
    new = make_post("نوی خبر", language="ps")
    make_post("Draft", language="ur", status=Post.Status.DRAFT)
    make_post("Snow")
    page = client.get("/").text.partition('class="elsewhere"')[2]
    assert (
        '<li lang="ps" dir="rtl"><a class="kicker" href="/ps/">پښتو</a> '
        f'<a href="{new.get_absolute_url()}">نوی خبر</a></li>'
    ) in page
    assert old.headline not in page
    assert "Draft" not in page
    assert "نوی خبر" not in client.get("/ps/").text.partition('class="elsewhere"')[2]
    found = Post.objects.published().newest_of_each([language_of("ps"), language_of("en")])
    with django_assert_num_queries(1):
        assert [post.headline for post in found] == ["Snow", "نوی خبر"]


def test_without_another_language_nothing_leads_elsewhere(client):
    make_post()
    assert "elsewhere" not in client.get("/").text


def test_words_that_an_edition_lacks_say_in_which_language_they_stand(client):
    make_blog(
        tagline="Notes", about="About us.", translations={"ps": {"tagline": "یادښتونه"}}
    )  # fmt: skip
    page = client.get("/ps/").text
    assert '<p class="tagline" lang="ps" dir="rtl">یادښتونه</p>' in page
    assert '<div lang="en" dir="ltr"><p>About us.</p></div>' in page
    assert '<div lang="en" dir="ltr"><p>About us.</p></div>' in client.get("/ps/about/").text
    assert '<p class="tagline" lang="en" dir="ltr">Notes</p>' in client.get("/").text
