"""Readers' pages of posts: what stands on them, in which order, and what is not there."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from comments.counters import count_anew
from comments.models import Comment, Forum
from posts.models import Blog, Byline, Photo, Post
from posts.views import POSTS_ON_A_PAGE
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
    make_user,
)

pytestmark = pytest.mark.django_db
Status = Post.Status
MARKUP = "<script>alert('mark')</script> & \"quoted\""


class Page(HTMLParser):
    """A page as a browser takes it in: its words, and its tags with their attributes."""

    def __init__(self, response):
        super().__init__()
        self.words, self.tags = [], []
        self.feed(response.text)
        self.close()
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.lasttag != "script":
            self.words.append(data)

    @property
    def scripts(self):
        """What a browser would run; data for search engines is in script elements too."""
        return [each for each in self.all("script") if each.get("type") != "application/ld+json"]

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def in_order(text, *parts):
    """Whether all parts stand in the text one after the other."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"“{part}” is not there, or not after what stands before it in {parts}"
        place = found + len(part)
    return True


def headlines(response):
    return re.findall(r'<h2><a href="/a/[^"]+/">([^<]+)</a></h2>', response.text)


# The article


@pytest.fixture
def the_page_of_2012(time_machine):
    """The page that this software is for, as its parts."""
    time_machine.move_to(datetime(2014, 8, 20, 9, 30, tzinfo=UTC), tick=False)
    Blog(
        title="Gandhara",
        about="Gandhara is a blog dedicated to Afghanistan and Pakistan.",
        contact="gandhara@rferl.org",
    ).save()
    post = make_post(
        "Pakistan, Russia Make Nice",
        published_at=datetime(2012, 4, 13, 10, 0, tzinfo=UTC),
        authors=[make_author("Frud Bezhan"), make_author("Monawar Shah")],
        body="<p>Lingering Cold War animosities seem to be residing.</p>",
        lead_photo=Photo.objects.create(caption="Hina Rabbani Khar and Sergei Lavrov met."),
    )
    forum = make_forum(post, Forum.State.CLOSED)

    def say(name, place, at, text, parent=None):
        return make_comment(
            forum, parent, name=name, place=place, text=text,
            submitted_at=datetime(2012, 4, *at, tzinfo=UTC),
        )  # fmt: skip

    say("Eugenio", "Vienna", (14, 15, 30), "Excellent news for both!")
    ashoka = say("ashoka kanishka", "Hind", (17, 4, 36), "Yes Good news")
    mjaff = say("Mjaff", "Pakistab", (17, 11, 52), "You are an Indian.", ashoka)
    say("ashoka kanishka", "Hind", (18, 3, 25), "Yes I am from Hind", mjaff)
    return post


def test_an_article_reads_in_the_order_of_the_page_that_it_is_for(client, the_page_of_2012):
    page = Page(client.get(the_page_of_2012.get_absolute_url()))
    assert in_order(
        page.text,
        "Wednesday, August 20, 2014",
        "Pakistan, Russia Make Nice",
        "April 13, 2012",
        "Hina Rabbani Khar and Sergei Lavrov met.",
        "Lingering Cold War animosities",
        "-- Frud Bezhan and Monawar Shah",
        "This forum has been closed.",
        "Comment Sorting",
        "by: Eugenio from: Vienna",
        "April 14, 2012 15:30",
        "Excellent news for both!",
        "by: ashoka kanishka from: Hind",
        "April 17, 2012 04:36",
        "Yes Good news",
        "In Response",
        "by: Mjaff from: Pakistab",
        "April 17, 2012 11:52",
        "You are an Indian.",
        "In Response to Mjaff",
        "by: ashoka kanishka from: Hind",
        "April 18, 2012 03:25",
        "About Gandhara",
        "Gandhara is a blog dedicated to",
    )


def test_the_masthead_turns_at_midnight_of_the_sites_zone(client, settings, time_machine):
    settings.TIME_ZONE = "Asia/Kabul"
    time_machine.move_to(datetime(2014, 8, 20, 19, 29, 59, tzinfo=UTC), tick=False)
    assert "Wednesday, August 20, 2014" in client.get("/").text
    time_machine.move_to(datetime(2014, 8, 20, 19, 30, tzinfo=UTC), tick=False)
    assert "Thursday, August 21, 2014" in client.get("/").text


def test_a_lead_photo_without_a_file_shows_its_caption_once_and_no_picture(
    client, the_page_of_2012
):
    response = client.get(the_page_of_2012.get_absolute_url())
    assert response.text.count("Hina Rabbani Khar and Sergei Lavrov met.") == 1
    assert Page(response).all("img") == []


def test_a_lead_photo_stands_on_the_page_with_caption_credit_and_all_widths(client):
    photo = make_photo(caption="The bridge.", credit="Ali Khan (AFP)", alt_text="Boys on a bridge")
    post = make_post("Bridges", lead_photo=photo)
    page = Page(client.get(post.get_absolute_url()))
    (image,) = page.all("img")
    assert image["alt"] == "Boys on a bridge"
    assert (image["width"], image["height"]) == ("1200", "800")
    assert image["src"] == f"/media/{photo.file.name}-640-2.jpg"
    widths = [320, 480, 640, 960, 1200]
    sets = [each["srcset"] for each in (*page.all("source"), image)]
    for ending, srcset in zip(("avif", "webp", "jpg"), sets, strict=True):
        assert srcset == ", ".join(
            f"/media/{photo.file.name}-{width}-2.{ending} {width}w" for width in widths
        )
    assert [each["type"] for each in page.all("source")] == ["image/avif", "image/webp"]
    assert in_order(page.text, "Bridges", "The bridge.", "Ali Khan (AFP)")


def test_a_lead_photo_whose_alt_text_is_its_caption_has_an_empty_alt(client):
    photo = make_photo(caption="The bridge.", alt_text="The bridge.")
    (image,) = Page(client.get(make_post(lead_photo=photo).get_absolute_url())).all("img")
    assert image["alt"] == ""


@pytest.mark.parametrize(
    ("names", "line"),
    [
        ([], None),
        (["Frud"], "-- Frud"),
        (["Frud", "Monawar"], "-- Frud and Monawar"),
        (["Zahir", "Frud", "Monawar"], "-- Zahir, Frud and Monawar"),
    ],
)
def test_the_byline_joins_its_names_as_people_do(client, names, line):
    post = make_post(authors=[make_author(name) for name in names])
    text = Page(client.get(post.get_absolute_url())).text
    assert line in text if line else "--" not in text


def test_the_byline_has_its_order_on_every_page_that_shows_it(client):
    section, tag = make_section("Region"), make_tag("Energy")
    names = ["Zahir", "Abubakar", "Monawar"]
    authors = [make_author(name) for name in names]
    post = make_post(section=section, tags=[tag], published_at=datetime(2014, 8, 20, tzinfo=UTC))
    # Stored in another order than shown.
    for position in (2, 0, 1):
        Byline.objects.create(post=post, author=authors[position], position=position)
    for address in (
        "/",
        post.get_absolute_url(),
        section.get_absolute_url(),
        tag.get_absolute_url(),
        authors[1].get_absolute_url(),
        "/archive/2014/8/",
    ):
        text = Page(client.get(address)).text
        assert "Zahir, Abubakar and Monawar" in text, address


@pytest.mark.parametrize("language", ["ps", "fa-AF", "ur"])
def test_a_post_written_from_right_to_left_says_so_on_its_page_and_in_lists(client, language):
    post = make_post("خبر", language=language)
    code = language.partition("-")[0]
    for address in (f"/{code}/", post.get_absolute_url()):
        page = Page(client.get(address))
        assert (language, "rtl") in [
            (each.get("lang"), each.get("dir")) for each in page.all("article")
        ]
        (html,) = page.all("html")
        assert (html["lang"], html["dir"]) == (language, "rtl")


def test_an_english_post_runs_from_left_to_right(client):
    page = Page(client.get(make_post().get_absolute_url()))
    assert ("en", "ltr") in [(each.get("lang"), each.get("dir")) for each in page.all("article")]


def test_markup_in_names_and_headlines_is_shown_as_text_on_every_page(client):
    section = make_section(MARKUP, slug="section", description=MARKUP)
    tag = make_tag(MARKUP, slug="tag")
    author = make_author(MARKUP, slug="author", about=MARKUP)
    photo = make_photo(caption=MARKUP, credit=MARKUP, alt_text=f"other {MARKUP}")
    Blog(title=MARKUP, tagline=MARKUP, about=MARKUP).save()
    post = make_post(
        MARKUP, slug="post", summary=MARKUP, section=section, tags=[tag], authors=[author],
        lead_photo=photo, published_at=datetime(2014, 8, 20, tzinfo=UTC),
    )  # fmt: skip
    addresses = [
        "/", "/archive/", "/archive/2014/8/", "/about/", "/nothing/", post.get_absolute_url(),
        section.get_absolute_url(), tag.get_absolute_url(), author.get_absolute_url(),
    ]  # fmt: skip
    for address in addresses:
        response = client.get(address)
        page = Page(response)
        assert page.scripts == [], address
        assert "<script>alert" not in response.text, address
        assert "<script>alert('mark')</script>" in page.text, address


def test_a_headline_with_markup_is_shown_whole(client):
    post = make_post("<b>Bold</b> & “fine”")
    html = client.get(post.get_absolute_url()).text
    assert "<h1>&lt;b&gt;Bold&lt;/b&gt; &amp; “fine”</h1>" in html


def test_the_contact_address_is_on_the_page_for_people_and_not_for_collectors(client):
    Blog(title="Gandhara", about="About us.", contact="gandhara@rferl.org").save()
    post = make_post()
    for address in ("/", "/about/", "/archive/", post.get_absolute_url(), "/nothing/"):
        response = client.get(address)
        assert "gandhara [at] rferl [dot] org" in Page(response).text, address
        assert "gandhara@" not in response.text
        assert "&#64;" not in response.text
        assert "mailto:" not in response.text


# Which posts are there


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_a_post_that_is_not_published_is_on_no_page(client, status):
    section, tag, author = make_section(), make_tag(), make_author("Frud")
    at = datetime(2014, 8, 20, tzinfo=UTC)
    hidden = make_post(
        "Secret talks", status=status, published_at=at, section=section, tags=[tag],
        authors=[author],
    )  # fmt: skip
    make_post("Public", section=section, tags=[tag], authors=[author], published_at=at)
    for address in ("/", section.get_absolute_url(), tag.get_absolute_url(),
                    author.get_absolute_url(), "/archive/2014/8/"):  # fmt: skip
        assert headlines(client.get(address)) == ["Public"], address
    response = client.get(hidden.get_absolute_url())
    assert response.status_code == 404
    assert "Secret talks" not in response.text


def test_a_withdrawn_post_is_gone_and_says_so_without_its_words(client):
    post = make_post("Wrong claim", status=Status.WITHDRAWN, published_at=timezone.now())
    response = client.get(post.get_absolute_url())
    assert response.status_code == 410
    assert "This post was withdrawn" in response.text
    assert "Wrong claim" not in response.text
    assert headlines(client.get("/")) == []


def test_a_scheduled_post_is_not_here_until_its_second(client, time_machine):
    noon = datetime(2014, 8, 20, 12, 0, tzinfo=UTC)
    time_machine.move_to(noon - timedelta(seconds=1), tick=False)
    author = make_author("Frud")
    post = make_post("Embargoed", published_at=noon, authors=[author])
    assert client.get(post.get_absolute_url()).status_code == 404
    assert client.get(author.get_absolute_url()).status_code == 404
    assert client.get("/archive/2014/8/").status_code == 404
    assert headlines(client.get("/")) == []
    time_machine.move_to(noon, tick=False)
    assert "Embargoed" in client.get(post.get_absolute_url()).text
    assert headlines(client.get(author.get_absolute_url())) == ["Embargoed"]
    assert headlines(client.get("/archive/2014/8/")) == ["Embargoed"]
    assert headlines(client.get("/")) == ["Embargoed"]


def test_a_section_lists_its_posts_those_of_its_subsections_and_those_also_listed_there(client):
    region = make_section("Region", description="From here to there.")
    swat = make_section("Swat", parent=make_section("Pakistan", parent=region))
    sport = make_section("Sport")
    now = timezone.now()
    make_post("Own", section=region, published_at=now - timedelta(hours=1))
    make_post("Deep", section=swat, published_at=now - timedelta(hours=2))
    both = make_post("Both", section=sport, published_at=now - timedelta(hours=3))
    both.also_in.add(region, swat)
    make_post("Elsewhere", section=sport, published_at=now - timedelta(hours=4))
    response = client.get(region.get_absolute_url())
    assert headlines(response) == ["Own", "Deep", "Both"]
    assert "From here to there." in response.text
    assert headlines(client.get(swat.get_absolute_url())) == ["Deep", "Both"]
    assert headlines(client.get(sport.get_absolute_url())) == ["Both", "Elsewhere"]


def test_sections_that_are_part_of_each_other_still_have_a_page(client):
    one = make_section("One")
    two = make_section("Two", parent=one)
    one.parent = two
    one.save()
    make_post("Looped", section=two)
    assert headlines(client.get(one.get_absolute_url())) == ["Looped"]


def test_a_tag_lists_its_posts_and_no_others(client):
    energy = make_tag("Energy")
    make_post("Pipelines", tags=[energy, make_tag("Russia")])
    make_post("Cricket", tags=[make_tag("Sport")])
    assert headlines(client.get(energy.get_absolute_url())) == ["Pipelines"]


def test_a_section_or_tag_without_posts_says_so(client):
    for each in (make_section("Empty"), make_tag("Bare")):
        response = client.get(each.get_absolute_url())
        assert response.status_code == 200
        assert "Nothing has been published here yet." in response.text


def test_an_author_lists_posts_with_others_too(client):
    frud, monawar = make_author("Frud", about="Writes on energy."), make_author("Monawar")
    make_post("Together", authors=[monawar, frud], published_at=timezone.now())
    make_post("Alone", authors=[frud], published_at=timezone.now() - timedelta(days=1))
    make_post("Other", authors=[monawar], published_at=timezone.now() - timedelta(days=2))
    response = client.get(frud.get_absolute_url())
    assert headlines(response) == ["Together", "Alone"]
    assert "Writes on energy." in response.text


@pytest.mark.parametrize("status", [None, Status.DRAFT, Status.WITHDRAWN])
def test_an_author_without_public_posts_has_no_page(client, status):
    author = make_author("Pen Name", about="Lives in Kunduz.")
    if status:
        make_post(status=status, authors=[author], published_at=timezone.now())
    response = client.get(author.get_absolute_url())
    assert response.status_code == 404
    assert "Pen Name" not in response.text
    assert "Kunduz" not in response.text


def test_an_authors_login_is_nowhere(client):
    author = make_author("Pen Name", login=make_user("real.name", email="real@news.example"))
    post = make_post(authors=[author])
    for address in ("/", post.get_absolute_url(), author.get_absolute_url()):
        text = client.get(address).text
        assert "Pen Name" in text
        assert "real.name" not in text
        assert "real@" not in text


# The archive


def test_the_archive_names_each_month_that_has_posts_once_newest_first(client):
    for year, month, day in ((2012, 4, 13), (2012, 4, 20), (2014, 8, 1), (2013, 12, 31)):
        make_post(published_at=datetime(year, month, day, 12, tzinfo=UTC))
    make_post("Hidden", status=Status.DRAFT, published_at=datetime(2011, 1, 1, tzinfo=UTC))
    response = client.get("/archive/")
    assert re.findall(r'href="(/archive/\d+/\d+/)"', response.text) == [
        "/archive/2014/8/",
        "/archive/2013/12/",
        "/archive/2012/4/",
    ]
    assert in_order(Page(response).text, "2014 August 2014", "2013 December 2013", "2012 April")


def test_an_empty_archive_says_so(client):
    assert "Nothing has been published yet." in client.get("/archive/").text


def test_a_month_begins_and_ends_at_midnight_of_the_sites_zone(client, settings):
    settings.TIME_ZONE = "Asia/Kabul"
    zone = ZoneInfo("Asia/Kabul")
    second = timedelta(seconds=1)
    start, end = datetime(2013, 12, 1, tzinfo=zone), datetime(2014, 1, 1, tzinfo=zone)
    make_post("Before", published_at=(start - second).astimezone(UTC))
    make_post("First", published_at=start.astimezone(UTC))
    make_post("Last", published_at=(end - second).astimezone(UTC))
    make_post("After", published_at=end.astimezone(UTC))
    assert headlines(client.get("/archive/2013/12/")) == ["Last", "First"]
    assert headlines(client.get("/archive/2013/11/")) == ["Before"]
    assert headlines(client.get("/archive/2014/1/")) == ["After"]
    months = re.findall(r'href="/archive/(\d+/\d+)/"', client.get("/archive/").text)
    assert months == ["2014/1", "2013/12", "2013/11"]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kabul", "America/New_York"])
@pytest.mark.parametrize(
    "month",
    ["2014/9", "2014/0", "2014/13", "0/1", "1/1", "9999/11", "9999/12", "10000/1",
     "99999999999999999999/1", "2014/99999999999999999999"],
)  # fmt: skip
def test_a_month_without_posts_or_that_is_none_is_not_here(client, settings, zone, month):
    settings.TIME_ZONE = zone
    make_post(published_at=datetime(2014, 8, 15, tzinfo=UTC))
    response = client.get(f"/archive/{month}/")
    assert response.status_code == 404
    assert re.search(
        r"There is no month .* of the year|Nothing was published in that month", response.text
    )


# Pages of lists


@pytest.fixture
def three_pages():
    section, tag, author = make_section("Region"), make_tag("Energy"), make_author("Frud")
    start = datetime(2014, 8, 1, tzinfo=UTC)
    for number in range(2 * POSTS_ON_A_PAGE + 1):
        make_post(
            f"Post {number}", section=section, tags=[tag], authors=[author],
            published_at=start + timedelta(hours=number),
        )  # fmt: skip
    return ["/", "/archive/2014/8/", *(each.get_absolute_url() for each in (section, tag, author))]


def test_lists_go_on_over_pages_that_lead_to_each_other(client, three_pages):
    newest = 2 * POSTS_ON_A_PAGE
    for address in three_pages:
        first, second, third = (client.get(f"{address}?page={number}") for number in (1, 2, 3))
        assert headlines(first)[0] == f"Post {newest}"
        assert len(headlines(first)) == len(headlines(second)) == POSTS_ON_A_PAGE
        assert headlines(second)[0] == f"Post {newest - POSTS_ON_A_PAGE}"
        assert headlines(third) == ["Post 0"]
        assert 'rel="next" href="?page=2"' in first.text
        assert 'rel="prev"' not in first.text
        assert 'rel="prev" href="?page=1"' in second.text
        assert 'rel="next" href="?page=3"' in second.text
        assert 'rel="next"' not in third.text
        assert "Page 2 of 3" in second.text


@pytest.mark.parametrize(
    "raw", ["0", "4", "-1", "x", "٣", "", "1.0", " 1", "99999999999", "9" * 5000, "<b>"]
)
def test_a_page_that_is_not_there_is_named_and_not_found(client, three_pages, raw):
    for address in three_pages:
        response = client.get(address, {"page": raw})
        assert response.status_code == 404
        shown = raw[:40]
        said = f"There is no page “{shown}”. The pages go from 1 to 3."
        assert " ".join(said.split()) in Page(response).text
        assert "<b>" not in response.text


def test_a_short_list_has_one_page_and_no_links_to_others(client):
    make_post()
    response = client.get("/?page=1")
    assert response.status_code == 200
    assert 'class="pages"' not in response.text
    assert client.get("/?page=2").status_code == 404


def test_an_empty_blog_says_that_nothing_was_published(client):
    response = client.get("/")
    assert response.status_code == 200
    assert "Nothing has been published yet." in response.text


def test_lists_say_how_many_comments_a_post_has_and_count_only_shown_ones(client):
    post = make_post("Discussed")
    forum = make_forum(post)
    make_comment(forum)
    make_comment(forum)
    for status in (Comment.Status.PENDING, Comment.Status.SPAM, Comment.Status.REJECTED):
        make_comment(forum, status=status)
    make_post("Quiet")
    text = client.get("/").text
    assert "2 comments" in text
    assert text.count("#forum") == 1


# About


def test_about_tells_who_is_behind_the_blog(client):
    Blog(title="Mashaal", about="First.\n\nSecond <i>part</i>.", contact="d@news.example").save()
    response = client.get("/about/")
    page = Page(response)
    assert response.status_code == 200
    assert "About Mashaal" in page.text
    assert "<p>First.</p>" in response.text
    assert "Second <i>part</i>." in page.text
    assert page.text.count("d [at] news [dot] example") == 1


# Addresses that lead nowhere, and methods that aren't taken


@pytest.mark.parametrize("kind", ["a", "section", "tag", "author"])
@pytest.mark.parametrize(
    "slug",
    ["unknown", "%00", "a%00b", "%FF%FE", "%E2%28%A1", "%ED%A0%80", "%0A", "%25", "%3Cscript%3E", "a%20b",
     "%F0%9F%8E%89", "x" * 3000, "..;", "%5C..%5C"],
)  # fmt: skip
def test_an_unknown_address_is_not_found_with_words_and_never_an_error(client, kind, slug):
    response = client.get(f"/{kind}/{slug}/")
    assert response.status_code == 404
    assert "This page is not here" in response.text
    assert "<script>" not in response.text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_readers_page_refuses_other_methods_with_a_page(client, method):
    post = make_post(section=make_section("Region"), authors=[make_author("Frud")])
    for address in (
        "/", "/archive/", "/about/", post.get_absolute_url(), "/section/region/", "/author/frud/",
    ):  # fmt: skip
        response = getattr(client, method)(address)
        assert response.status_code == 405, address
        assert response["Allow"] == "GET, HEAD"
        assert "This address can&#x27;t be used that way" in response.text
        assert response["Content-Type"].startswith("text/html")


def test_head_is_get_without_the_page(client):
    post = make_post(section=make_section("Region"))
    for address in ("/", "/archive/", "/about/", post.get_absolute_url(), "/section/region/"):
        response = client.head(address)
        assert response.status_code == 200
        assert response.content == b""
    assert client.head("/a/unknown/").status_code == 404


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client):
    post = make_post()
    response = client.get(post.get_absolute_url().rstrip("/"))
    assert response.status_code == 301
    assert response["Location"] == post.get_absolute_url()


# Queries


def test_the_front_page_takes_eight_queries(client, django_assert_num_queries):
    make_blog()

    def some(number):
        for _each in range(number):
            post = make_post(
                section=make_section("Region", slug=""), authors=[make_author(), make_author()],
                lead_photo=Photo.objects.create(caption="c"),
            )  # fmt: skip
            make_comment(make_forum(post))

    some(1)
    with django_assert_num_queries(8):
        client.get("/")
    some(10)
    with django_assert_num_queries(8):
        client.get("/")


def test_an_article_takes_eight_queries_for_five_comments_and_for_three_hundred(
    client, django_assert_num_queries
):
    make_blog()
    post = make_post(
        section=make_section(), tags=[make_tag()], authors=[make_author(), make_author()],
        lead_photo=Photo.objects.create(caption="c"),
    )  # fmt: skip
    forum = make_forum(post)
    for _each in range(4):
        parent = make_comment(forum)
    make_comment(parent=parent)
    address = post.get_absolute_url()
    with django_assert_num_queries(8):
        assert client.get(address).text.count('class="comment"') == 5
    many = [
        Comment(forum=forum, name="n", text=f"t{number}", status="approved")
        for number in range(295)
    ]
    Comment.objects.bulk_create(many)
    for each in many:
        each.thread = each
    Comment.objects.bulk_update(many, ["thread"])
    count_anew([forum.pk])
    with django_assert_num_queries(8):
        assert "300 comments" in client.get(address).text


def test_photos_in_the_body_of_an_article_take_one_more_query(client, django_assert_num_queries):
    make_blog()
    photos = [make_photo(), make_photo(make_upload_of("tomato"))]
    images = "".join(f'<img data-file="{each.pk}">' for each in photos)
    post = make_post(body=images)
    make_comment(make_forum(post))
    with django_assert_num_queries(9):
        assert client.get(post.get_absolute_url()).text.count("<img") == 2


def make_upload_of(colour):
    from tests.factories import make_upload

    return make_upload(colour=colour)


# What holds for each readers' page


def readers_pages():
    """One address of each kind, with the status that it answers."""
    section, tag, author = make_section("Region"), make_tag("Energy"), make_author("Frud")
    at = datetime(2014, 8, 20, tzinfo=UTC)
    photo = make_photo(alt_text="Boys")
    post = make_post(
        "Bridges", section=section, tags=[tag], authors=[author], published_at=at,
        lead_photo=photo,
        body=f'<figure><img data-file="{photo.pk}"></figure><p><a href="https://foreign.example/">x</a></p>',
    )  # fmt: skip
    gone = make_post("Gone", status=Status.WITHDRAWN, published_at=at)
    forum = make_forum(post)
    comment = make_comment(forum, text="See https://foreign.example/x.png")
    reply = make_comment(parent=comment)
    article = post.get_absolute_url()
    from comments.receipts import receipt_address

    return {
        "/": 200,
        "/?page=9": 404,
        article: 200,
        f"{article}?sort=newest": 200,
        f"{article}?sort=wrong": 404,
        gone.get_absolute_url(): 410,
        section.get_absolute_url(): 200,
        tag.get_absolute_url(): 200,
        author.get_absolute_url(): 200,
        "/archive/": 200,
        "/archive/2014/8/": 200,
        "/about/": 200,
        "/search/?q=bridges": 200,
        "/search/?since=yesterday": 400,
        "/search/comments/?q=foreign": 200,
        "/nothing/": 404,
        comment.get_absolute_url(): 200,
        reply.get_absolute_url(): 302,
        reverse("comments:new", args=[post.slug]): 200,
        reverse("comments:reply", args=[post.slug, comment.pk]): 200,
        receipt_address(comment): 200,
    }


@pytest.mark.parametrize("who", ["a reader", "an editor", "somebody with an old cookie"])
def test_no_readers_page_sets_a_cookie_or_asks_for_one(client, who):
    if who == "an editor":
        client.force_login(make_editor())
        assert client.get("/admin/").status_code == 200
    elif who == "somebody with an old cookie":
        client.cookies.load({"sessionid": "x" * 32, "csrftoken": "y" * 32, "messages": "z"})
    before = dict(client.cookies)
    for address, status in readers_pages().items():
        response = client.get(address)
        assert response.status_code == status, address
        assert not response.cookies, address
        # Only who comes with a session's cookie gets an answer that no cache keeps.
        assert ("cookie" in response.get("Vary", "").lower()) == (who != "a reader"), address
        assert (response["Cache-Control"] == "private, no-store") == (who != "a reader"), address
        assert "csrfmiddlewaretoken" not in response.text, address
        assert response.wsgi_request.user.is_anonymous, address
    assert client.cookies.keys() == before.keys()


def test_an_editor_who_is_no_moderator_sees_the_same_page_as_a_reader(client, time_machine):
    time_machine.move_to(datetime(2014, 8, 21, tzinfo=UTC), tick=False)
    pages = [address for address in readers_pages() if "receipt" not in address]
    as_reader = [client.get(address).content for address in pages]
    client.force_login(make_editor())
    assert [client.get(address).content for address in pages] == as_reader


def test_each_readers_page_has_a_policy_that_allows_no_script_and_no_other_host(client):
    for address, status in readers_pages().items():
        policy = client.get(address).get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, (address, status)
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert "http" not in policy
        assert "frame-ancestors 'none'" in policy


def test_no_readers_page_fetches_anything_from_another_host_or_runs_a_script(client):
    for address, status in readers_pages().items():
        if status == 302:
            continue
        page = Page(client.get(address))
        links = page.all("link")
        # What only names a page is fetched by no browser, and is whole for who reads it elsewhere.
        sources = [each["href"] for each in links if each["rel"] not in ("canonical", "alternate")]
        sources += [each.get("src") for each in page.all("img")]
        for image in (*page.all("img"), *page.all("source")):
            sources += [part.split()[0] for part in image.get("srcset", "").split(",") if part]
        assert sources
        for source in sources:
            parts = urlsplit(source)
            assert not parts.scheme, (address, source)
            assert not parts.netloc, (address, source)
            assert source.startswith("/")
        assert page.scripts == [], address
        for tag in ("iframe", "object", "embed", "base", "style"):
            assert page.all(tag) == [], (address, tag)
        assert [each for _tag, each in page.tags if "style" in each] == []


def test_a_cache_may_keep_public_pages_only_if_it_asks_each_time(client):
    for address, status in readers_pages().items():
        kept = client.get(address)["Cache-Control"]
        if status == 404 or "receipt" in address or address.endswith(("/comments/", "/reply/")):
            assert "no-store" in kept, address
        else:
            assert "public" in kept, address
            assert "max-age=0" in kept, address
            assert "must-revalidate" in kept, address


def test_a_page_that_did_not_change_is_answered_with_304_and_a_changed_one_with_200(
    client, time_machine
):
    time_machine.move_to(datetime(2014, 8, 21, tzinfo=UTC), tick=False)
    post = make_post("Before")
    first = client.get(post.get_absolute_url())
    again = client.get(post.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    Post.objects.update(headline="After")
    changed = client.get(post.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "After" in changed.text
