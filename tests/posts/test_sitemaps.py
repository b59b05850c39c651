"""Sitemaps: what they list, how they are split, and that validators take them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from defusedxml.ElementTree import fromstring
from django.utils import timezone

from posts import sitemaps
from posts.models import Blog, Correction, OldSlug, Post
from tests.factories import make_author, make_post, make_section, make_tag

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LONG_AGO = datetime(2014, 8, 20, 9, 30, tzinfo=UTC)


def listed(client, address, root="urlset", item="url"):
    """{address: moment or None} of a sitemap, which must be one by its media type and form."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml"
    tree = fromstring(response.content)
    assert tree.tag == f"{MAP}{root}"
    found = {}
    for each in tree:
        assert each.tag == f"{MAP}{item}"
        loc = each.findtext(f"{MAP}loc")
        assert loc.isascii()
        assert loc.startswith(f"{SITE}/")
        assert loc not in found
        found[loc] = each.findtext(f"{MAP}lastmod")
    return found


def files(client):
    return listed(client, "/sitemap.xml", "sitemapindex", "sitemap")


def everything(client):
    """What all files of the index list together."""
    found = {}
    for file in files(client):
        found |= listed(client, file.removeprefix(SITE))
    return found


def test_the_index_leads_to_each_public_post_and_page_and_to_nothing_else(client):
    section, tag = make_section("Region"), make_tag("Water")
    make_section("Empty")
    make_tag("Unused")
    make_author("Nobody's")
    post = make_post(
        "The dam", section=section, tags=[tag], authors=[make_author("Ali")], published_at=LONG_AGO
    )
    pashto = make_post("د کابل سیند", language="ps", published_at=LONG_AGO)
    assert everything(client) == {
        f"{SITE}/": None,
        f"{SITE}/archive/": None,
        f"{SITE}/corrections/": None,
        f"{SITE}/about/": None,
        f"{SITE}/ps/": None,
        f"{SITE}/ps/archive/": None,
        f"{SITE}/ps/corrections/": None,
        f"{SITE}/ps/about/": None,
        f"{SITE}/section/region/": None,
        f"{SITE}/tag/water/": None,
        f"{SITE}/author/ali/": None,
        SITE + post.get_absolute_url(): "2014-08-20T09:30:00+00:00",
        SITE + pashto.get_absolute_url(): "2014-08-20T09:30:00+00:00",
    }


def test_a_list_stands_in_each_edition_in_which_it_holds_something(client):
    tag = make_tag("Water")
    make_post(language="ur", tags=[tag], authors=[make_author("Ali")])
    assert list(listed(client, "/sitemap-tags-0.xml")) == [f"{SITE}/ur/tag/water/"]
    assert list(listed(client, "/sitemap-authors-0.xml")) == [f"{SITE}/ur/author/ali/"]
    make_post(language="fa-AF", tags=[tag])
    found = list(listed(client, "/sitemap-tags-0.xml"))
    assert found == [f"{SITE}/fa/tag/water/", f"{SITE}/ur/tag/water/"]
    for address in found:
        assert client.get(address.removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize(
    "state",
    [
        {"status": "draft"},
        {"status": "in_review"},
        {"status": "withdrawn"},
        {"published_at": timezone.now() + timedelta(days=1)},
        {"unpublish_at": timezone.now() - timedelta(minutes=1)},
    ],
)
def test_what_the_public_may_not_see_is_in_no_sitemap(client, state):
    post = make_post("Secret", authors=[make_author("Zarmina")], tags=[make_tag("Hidden")])
    Post.objects.filter(pk=post.pk).update(**state)
    together = " ".join([*files(client), *everything(client)])
    together += client.get("/sitemap-news.xml").text
    for word in ("secret", "zarmina", "hidden", "-posts-", "-authors-", "-tags-"):
        assert word not in together.lower()


def test_a_file_holds_a_range_of_keys_and_stays_as_it_is_when_others_are_written(
    client, monkeypatch
):
    monkeypatch.setattr(sitemaps, "IN_A_FILE", 2)
    posts = [make_post(pk=number, published_at=LONG_AGO) for number in (2, 3, 4, 7)]
    assert [file for file in files(client) if "-posts-" in file] == [
        f"{SITE}/sitemap-posts-{number}.xml" for number in (1, 2, 3)
    ]
    first = listed(client, "/sitemap-posts-1.xml")
    assert list(first) == [SITE + post.get_absolute_url() for post in posts[:2]]
    make_post(pk=8)
    assert listed(client, "/sitemap-posts-1.xml") == first
    assert f"{SITE}/sitemap-posts-4.xml" in files(client)


def test_a_moment_moves_with_a_correction_and_never_with_a_mended_typo(client):
    post = make_post("The dam", published_at=LONG_AGO)
    file = f"{SITE}/sitemap-posts-0.xml"
    Post.objects.get(pk=post.pk).save()
    assert files(client)[file] == "2014-08-20T09:30:00+00:00"
    Correction.objects.create(post=post, text="New.", at=LONG_AGO + timedelta(days=1))
    assert everything(client)[SITE + post.get_absolute_url()] == "2014-08-21T09:30:00+00:00"
    assert files(client)[file] == "2014-08-21T09:30:00+00:00"


def test_the_index_tells_of_a_post_that_left_a_file_and_of_a_new_address(client):
    make_post(published_at=LONG_AGO)
    post = make_post(published_at=LONG_AGO)
    file = f"{SITE}/sitemap-posts-0.xml"
    over = datetime(2020, 1, 1, tzinfo=UTC)
    Post.objects.filter(pk=post.pk).update(unpublish_at=over)
    assert files(client)[file] == "2020-01-01T00:00:00+00:00"
    withdrawn = datetime(2021, 1, 1, tzinfo=UTC)
    Post.objects.filter(pk=post.pk).update(status="withdrawn", saved_at=withdrawn)
    assert files(client)[file] == "2021-01-01T00:00:00+00:00"
    OldSlug.objects.create(post=post, slug="old", since=datetime(2022, 1, 1, tzinfo=UTC))
    assert files(client)[file] == "2022-01-01T00:00:00+00:00"


def test_odd_letters_in_addresses_are_percent_encoded_and_escaped(client):
    post = make_post("Odd", slug="a&b'c<d>ښ", published_at=LONG_AGO)
    (address,) = listed(client, "/sitemap-posts-0.xml")
    assert unquote(address) == f"{SITE}/a/a&b'c<d>ښ/"
    assert address == SITE + post.get_absolute_url()
    assert client.get(address.removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/sitemap-posts-7.xml", "/sitemap-posts-00.xml", "/sitemap-posts-9999999999.xml",
        "/sitemap-posts-999999999.xml", "/sitemap-pages-1.xml", "/sitemap-x-0.xml",
        "/sitemap-tags-0.xml", "/sitemap-posts-٣.xml", "/sitemap-posts--1.xml",
    ],
)  # fmt: skip
def test_a_file_that_would_hold_nothing_is_not_there(client, address):
    make_post()
    assert client.get(address).status_code == 404


def test_the_index_and_its_files_take_few_queries_and_load_no_text(
    client, django_assert_num_queries
):
    def some(number):
        for _each in range(number):
            make_post(
                section=make_section("Region", slug=""), tags=[make_tag("Water", slug="")],
                authors=[make_author()], body="<p>The wordiest of bodies.</p>",
            )  # fmt: skip

    Blog(title="Gandhara").save()
    for number in (1, 10):
        some(number)
        with django_assert_num_queries(7) as queries:
            client.get("/sitemap.xml")
        for kind, count in {"posts": 1, "tags": 2, "authors": 2, "sections": 2, "pages": 1}.items():
            with django_assert_num_queries(count):
                assert client.get(f"/sitemap-{kind}-0.xml").status_code == 200
        with django_assert_num_queries(2) as news:
            client.get("/sitemap-news.xml")
        said = " ".join(each["sql"] for each in (*queries, *news))
        assert '"body"' not in said
        assert '"opening"' not in said


# News


def pieces_of_news(client):
    response = client.get("/sitemap-news.xml")
    assert response["Content-Type"] == "application/xml"
    tree = fromstring(response.content)
    assert tree.tag == f"{MAP}urlset"
    found = []
    for url in tree:
        (piece,) = url.findall(f"{NEWS}news")
        found.append(
            {
                "loc": url.findtext(f"{MAP}loc"),
                "name": piece.findtext(f"{NEWS}publication/{NEWS}name"),
                "language": piece.findtext(f"{NEWS}publication/{NEWS}language"),
                "date": piece.findtext(f"{NEWS}publication_date"),
                "title": piece.findtext(f"{NEWS}title"),
            }
        )
    return found


def test_the_news_are_of_the_last_two_days_with_name_language_moment_and_title(
    client, time_machine
):
    time_machine.move_to(datetime(2026, 5, 10, 12, tzinfo=UTC), tick=False)
    Blog(title="Gandhara & Sons").save()
    make_post("Old", published_at=datetime(2026, 5, 8, 11, 59, tzinfo=UTC))
    dari = make_post(
        "سد <کجکی> & “آب”", language="fa-AF", published_at=datetime(2026, 5, 8, 12, 1, tzinfo=UTC)
    )
    make_post("Tomorrow", published_at=datetime(2026, 5, 11, tzinfo=UTC))
    assert pieces_of_news(client) == [
        {
            "loc": SITE + dari.get_absolute_url(),
            "name": "Gandhara & Sons",
            "language": "fa",
            "date": "2026-05-08T12:01:00+00:00",
            "title": "سد <کجکی> & “آب”",
        }
    ]


def test_there_are_never_more_news_than_allowed_and_the_newest_stay(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    now = timezone.now()
    for hours in (3, 1, 2):
        make_post(f"{hours} hours ago", published_at=now - timedelta(hours=hours))
    assert [each["title"] for each in pieces_of_news(client)] == ["1 hours ago", "2 hours ago"]


def test_without_news_the_file_is_there_and_empty(client):
    make_post("Old", published_at=LONG_AGO)
    assert pieces_of_news(client) == []


def test_what_xml_cannot_hold_is_left_out_of_the_news(client):
    make_post("Before\x0bafter\ufffe")
    assert [each["title"] for each in pieces_of_news(client)] == ["Beforeafter"]
