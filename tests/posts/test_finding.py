"""The readers' search: its order, marks, filters, pages and what it says where there is nothing."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from importlib import import_module
from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments.models import Words
from posts import highlights, search
from posts.finding import MOST_LETTERS
from posts.models import Byline, Post, PostWords
from posts.views import POSTS_ON_A_PAGE
from posts.wanted import MOST_WORDS, Wanted
from tests.factories import (
    make_author,
    make_blog,
    make_comment,
    make_forum,
    make_post,
    make_section,
)
from tests.posts.test_views import Page

pytestmark = pytest.mark.django_db
Status = Post.Status
HEADLINE = re.compile(r'<h2><a href="/a/[^"]+/">(.*?)</a></h2>')


def ask(client, **asked):
    return client.get(f"/search/?{urlencode(asked)}")


def headlines(response):
    assert response.status_code == 200
    return [unescape(re.sub("</?mark>", "", each)) for each in HEADLINE.findall(response.text)]


def hours_ago(number):
    return timezone.now() - timedelta(hours=number)


# Order


def test_headlines_weigh_more_than_texts_and_the_newer_comes_first_among_equals(client):
    make_post("Old text", body="<p>The tunnel.</p>", published_at=hours_ago(9))
    make_post("New text", body="<p>The tunnel.</p>", published_at=hours_ago(2))
    make_post("A tunnel, old", body="<p>x</p>", published_at=hours_ago(8))
    make_post("A tunnel, new", body="<p>x</p>", published_at=hours_ago(3))
    assert headlines(ask(client, q="tunnel")) == [
        "A tunnel, new", "A tunnel, old", "New text", "Old text",
    ]  # fmt: skip
    assert headlines(ask(client, q="tunnel", order="newest")) == [
        "New text", "A tunnel, new", "A tunnel, old", "Old text",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("snow road", ("Snow on the road", ""), ("Snow", "the road")),
        ("snow road", ("Snow", "the road"), ("Rain", "snow on a road")),
        ("snow road", ("Of snow road", ""), ("Road of snow", "")),
        ("snow road", ("Rain", "a snow road"), ("Rain", "a road of snow")),
        ("snow", ("Rain", "snow snow snow"), ("Rain", "snow")),
        ("snow", ("Rain", "snow"), ("Rain", "snowfall")),
    ],
)
def test_a_post_has_more_points_the_more_it_is_about_the_words(typed, better, worse):
    def points(headline, said):
        return search.points(Wanted.typed(typed), headline.lower(), f"{headline} {said}".lower())

    assert points(*better) > points(*worse)


@pytest.mark.parametrize("most", [3, 1_000])
def test_an_old_headline_is_found_before_many_newer_texts(client, monkeypatch, most):
    monkeypatch.setattr(search, "MOST_RANKED", 2)
    monkeypatch.setattr(search, "MOST_FOUND", most)
    make_post("The tunnel of old", body="<p>x</p>", published_at=hours_ago(99))
    for number in range(4):
        make_post(f"Post {number}", body="<p>tunnel</p>", published_at=hours_ago(number + 1))
    expected = ["The tunnel of old", "Post 0", "Post 1", "Post 2", "Post 3"]
    assert headlines(ask(client, q="tunnel")) == expected[:most]


def test_of_very_many_posts_it_says_that_there_are_more(client, monkeypatch):
    monkeypatch.setattr(search, "MOST_FOUND", 3)
    for number in range(3):
        make_post(f"Snow {number}")
    assert "3 posts found" in Page(ask(client, q="snow")).text
    make_post("Snow 3")
    page = Page(ask(client, q="snow"))
    assert "More than 3 posts found" in page.text
    assert "No more are listed." in page.text
    assert len(headlines(ask(client, q="snow"))) == 3


# What is shown


def test_a_result_shows_its_words_marked_in_headline_and_text_in_its_own_language(client):
    post = make_post(
        "برف در كابل", language="fa-AF", authors=[make_author("Zoya")],
        section=make_section("Region"),
        body=f"<p>{'پیش از آن هیچ نبود. ' * 40}در <b>کوه‌های</b> کابل برف بارید.</p>",
    )  # fmt: skip
    make_comment(make_forum(post))
    text = ask(client, q="کوه کابل").text
    assert '<article class="summary" lang="fa-AF" dir="rtl">' in text
    assert "برف در <mark>كابل</mark></a></h2>" in text
    assert "<mark>کوه‌های</mark> <mark>کابل</mark> برف بارید." in text
    assert '<p class="teaser">… ' in text
    assert "Zoya" in text
    assert "1 comment" in text
    assert '<meta name="robots" content="noindex">' in text


def test_a_summary_with_the_words_is_shown_and_without_any_the_teaser(client):
    make_post("One", summary="Of snow.", body="<p>Snow too.</p>")
    make_post("Snow", summary="", body="<p>The road was open.</p>")
    text = ask(client, q="snow").text
    assert "Of <mark>snow</mark>." in text
    assert '<p class="teaser">The road was open.</p>' in text


def test_nothing_that_was_typed_becomes_markup(client):
    make_post("<b>Snow</b> & <script>rain</script>", body="<p>&lt;img src=x&gt; snow</p>")
    text = ask(client, q="snow <script>alert(1)</script>").text
    assert "<script" not in text
    text = ask(client, q="snow rain").text
    assert (
        "&lt;b&gt;<mark>Snow</mark>&lt;/b&gt; &amp; &lt;script&gt;<mark>rain</mark>&lt;/script&gt;"
        in text
    )
    assert "&lt;img src=x&gt; <mark>snow</mark>" in text
    assert 'value="&quot;&gt;&lt;b&gt;"' in ask(client, q='"><b>').text


LETTERS = st.text(
    st.one_of(
        st.sampled_from("abسنوw \n\u200c\u200d\u0651كکيیﷺ<>&\"'.ﬁÉe\u0301"),
        st.characters(codec="utf-8"),
    ),
    max_size=80,
)


@given(LETTERS, LETTERS)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_marks_take_nothing_from_a_text_and_stand_around_whole_words(text, typed):
    wanted = Wanted.typed(typed)
    html = highlights.marked(text, wanted)
    assert unescape(re.sub("</?mark>", "", html)) == unescape(
        text.replace("&", "&amp;").replace("<", "&lt;")
    )
    assert "<" not in re.sub("</?mark>", "", html)
    places = list(wanted.places(text))
    assert html.count("<mark>") == html.count("</mark>") == len(places)
    end = 0
    for start, place_end in places:
        assert end <= start < place_end <= len(text)
        end = place_end
    part = highlights.excerpt(text, wanted)
    assert (part is None) == (not places)
    if part:
        plain = unescape(re.sub("</?mark>", "", part)).removeprefix("… ").removesuffix(" …")
        assert plain in text


def test_a_beginning_marks_the_whole_word_and_no_part_of_another():
    assert (
        highlights.marked("Tunnels, tunnel; a pretunnel", Wanted.typed("tunn"))
        == "<mark>Tunnels</mark>, <mark>tunnel</mark>; a pretunnel"
    )


def test_an_excerpt_begins_and_ends_with_whole_words():
    text = f"{'before ' * 50}snow{' after' * 100}"
    part = highlights.excerpt(text, Wanted.typed("snow"))
    assert re.fullmatch("… (before )+<mark>snow</mark>( after)+ …", part)
    assert len(part) < highlights.LETTERS_OF_AN_EXCERPT + 30


# Filters


@pytest.fixture
def three_posts(settings):
    settings.TIME_ZONE = "Asia/Kabul"
    region = make_section("Region")
    kabul = make_section("Kabul", parent=region)
    culture = make_section("Culture")
    for headline, section, language, author, at in (
        ("Snow one", kabul, "en", make_author("Frud Bezhan"), datetime(2014, 8, 20, 19, 29, 59)),
        ("Snow two", culture, "ps", make_author("زرغونه كاكړ"), datetime(2014, 8, 20, 19, 30)),
        ("Snow three", None, "ur", make_author("Ali"), datetime(2014, 9, 1)),
    ):
        make_post(
            headline, section=section, language=language, authors=[author],
            published_at=at.replace(tzinfo=UTC),
        )  # fmt: skip
    make_post("Rain", section=region)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Snow three", "Snow two", "Snow one"]),
        ({"section": "region"}, ["Snow one"]),
        ({"section": "culture"}, ["Snow two"]),
        ({"language": "ps"}, ["Snow two"]),
        ({"language": "fa-AF"}, []),
        ({"author": "bezhan"}, ["Snow one"]),
        ({"author": "کاکړ زرغونه"}, ["Snow two"]),
        ({"since": "2014-08-21"}, ["Snow three", "Snow two"]),
        ({"until": "2014-08-20"}, ["Snow one"]),
        ({"since": "2014-08-21", "until": "2014-08-21"}, ["Snow two"]),
        ({"since": "2014-08-21", "section": "region"}, []),
        ({"language": "ur", "author": "ali", "until": "2199-12-31"}, ["Snow three"]),
    ],
)
def test_each_filter_narrows_and_says_so_by_being_open(client, three_posts, asked, found):
    response = ask(client, q="snow", **asked)
    assert headlines(response) == found
    assert ("<details open>" in response.text) == bool(asked)
    if not found:
        assert "No post has all these words." in response.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"section": "sport"}, "There is no such section."),
        ({"language": "prs"}, "No posts are written in that language."),
        ({"author": "Nobody"}, "No author has this name."),
        ({"author": "!?"}, "No author has this name."),
        ({"author": "x" * 201}, "No author has so long a name."),
        ({"since": "20.8.2014"}, "Write the day as year-month-day"),
        ({"until": "2014-02-30"}, "Write the day as year-month-day"),
        ({"since": "0001-01-01"}, "Choose a year from 1900 to 2199."),
        ({"until": "9999-12-31"}, "Choose a year from 1900 to 2199."),
        ({"since": "2014-08-21", "until": "2014-08-20"}, "The last day is before the first."),
        ({"order": "worst"}, "Posts can be put in order by best or by newest."),
        ({"q": "x" * (MOST_LETTERS + 1)}, "200 letters are the most"),
    ],
)
def test_a_filter_that_can_not_be_is_refused_at_its_field(client, three_posts, asked, said):
    response = ask(client, **{"q": "snow"} | asked)
    assert response.status_code == 400
    assert said in unescape(response.text)
    assert "Nothing was looked for yet." in response.text
    assert HEADLINE.findall(response.text) == []
    name = list(asked)[-1]
    assert f'id="id_{name}_error"' in response.text
    field = next(each for _tag, each in Page(response).tags if each.get("name") == name)
    assert field["aria-invalid"] == "true"
    assert f"id_{name}_error" in field["aria-describedby"]


def test_a_post_of_two_authors_with_one_name_and_two_roles_stands_there_once(client):
    one, two = make_author("Ali Khan"), make_author("Ali Shah")
    post = make_post("Snow", authors=[one, two])
    Byline.objects.create(post=post, author=one, role=Byline.Role.PHOTOGRAPHED)
    assert headlines(ask(client, q="snow", author="ali")) == ["Snow"]


def test_filters_alone_list_what_they_leave_newest_first(client, three_posts):
    assert headlines(ask(client, since="2014-08-21", until="2014-12-31")) == [
        "Snow three", "Snow two",
    ]  # fmt: skip


def test_a_name_leads_to_its_author_and_one_without_public_posts_to_nobody(client):
    make_post("Snow", authors=[make_author("Frud Bezhan")])
    make_post("Rain", status=Status.DRAFT, authors=[make_author("Frud Secret")])
    make_post("Hail", published_at=hours_ago(-5), authors=[make_author("Frud Later")])
    page = ask(client, q="frud")
    assert '<a href="/author/frud-bezhan/" rel="author">' in page.text
    assert "Secret" not in page.text
    assert "Later" not in page.text
    assert ask(client, q="snow", author="secret").status_code == 400


# States


def test_without_anything_typed_there_is_the_form_and_advice(client):
    response = client.get("/search/")
    page = Page(response)
    assert "Type words that a post has" in page.text
    assert page.all("form")[0]["role"] == "search"
    assert {each.get("name") for each in page.all("input")} >= {"q", "author", "since", "until"}
    assert '<label for="id_q">' in response.text
    assert '<a href="/search/" rel="search">' in client.get("/").text
    assert "There is no letter and no digit" in ask(client, q=" ?! ").text


def test_only_the_first_twelve_words_are_looked_for_and_it_says_so(client):
    make_post("Twelve", body=f"<p>{' '.join(f'w{n}' for n in range(MOST_WORDS))}</p>")
    typed = " ".join(f"w{n}" for n in range(MOST_WORDS))
    assert "Only the first twelve" not in ask(client, q=typed).text
    response = ask(client, q=f"{typed} more")
    assert headlines(response) == ["Twelve"]
    assert "Only the first twelve words were looked for." in response.text


def test_pages_keep_what_was_asked_and_a_page_that_is_not_there_is_said(client):
    for number in range(POSTS_ON_A_PAGE + 1):
        make_post(f"Snow {number}", published_at=hours_ago(number + 1))
    first = ask(client, q="snow & <b>", order="newest", page=1)
    assert first.status_code == 200
    first = ask(client, q="snow", order="newest", unknown="x")
    assert 'rel="next" href="?q=snow&amp;order=newest&amp;page=2"' in first.text
    second = ask(client, q="snow", order="newest", page=2)
    assert headlines(second) == [f"Snow {POSTS_ON_A_PAGE}"]
    assert 'rel="prev" href="?q=snow&amp;order=newest&amp;page=1"' in second.text
    for wrong in ("3", "0", "x", "-1", "۲", "9" * 30):
        response = ask(client, q="snow", page=wrong)
        assert response.status_code == 404
        assert "The pages go from 1 to 2." in response.text


def test_a_search_is_a_page_for_all_that_a_cache_may_keep_and_must_ask_for(client):
    make_post("Snow")
    response = ask(client, q="snow")
    assert "max-age=0" in response["Cache-Control"]
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert client.post("/search/", {"q": "snow"}).status_code == 405


# What nobody may see


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.DRAFT},
        {"status": Status.IN_REVIEW},
        {"status": Status.WITHDRAWN},
        {"published_at": timezone.now() + timedelta(days=99_999)},
        {"published_at": hours_ago(9), "unpublish_at": hours_ago(1)},
    ],
)
def test_what_is_not_public_is_neither_listed_nor_counted(client, hidden):
    make_post("Snow of secrets", **hidden)
    make_post("Snow")
    response = ask(client, q="snow")
    assert headlines(response) == ["Snow"]
    assert "1 post found" in response.text
    assert "secrets" not in response.text


def test_a_post_and_a_name_that_are_withdrawn_are_gone_at_once(client):
    post = make_post("Snow", authors=[make_author("Frud Bezhan")])
    assert headlines(ask(client, q="snow", author="frud")) == ["Snow"]
    Byline.objects.all().delete()
    assert "Frud" not in ask(client, q="snow").text
    post.status = Status.WITHDRAWN
    post.save()
    assert headlines(ask(client, q="snow")) == []


# Queries


def test_a_search_takes_the_same_queries_for_one_post_and_for_many(
    client, django_assert_num_queries
):
    make_blog()

    def some(number):
        for _each in range(number):
            make_post("Snow", section=make_section("Region", slug=""), authors=[make_author()])

    some(1)
    with django_assert_num_queries(9):
        ask(client, q="snow")
    some(11)
    with django_assert_num_queries(9):
        ask(client, q="snow")
    with django_assert_num_queries(3):
        client.get("/search/")


@pytest.mark.parametrize("column", ["folded", "headline"])
def test_posts_are_gone_through_in_an_index_that_holds_all_that_is_asked(column):
    make_post("Snow")
    with CaptureQueriesContext(connection) as queries:
        rows = Post.objects.published().newest_first()
        assert len(search.INDEX.newest(rows, Wanted.typed("snow"), 5, column)) == 1
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Two rows are soonest found by looking at both.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = on; SET LOCAL enable_sort = off")
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(explain + queries.captured_queries[-1]["sql"])
        plan = " ".join(str(row) for row in cursor.fetchall())
    if connection.vendor == "sqlite":
        assert "COVERING INDEX post_public_walk" in plan
        assert "posts_postwords_index" in plan
    else:
        assert "Index Only Scan using post_public_walk" in plan
        assert f"posts_postwords_{'index' if column == 'folded' else 'headline'}" in plan
        assert "hashed SubPlan" in plan


def test_words_of_posts_and_comments_that_were_there_before_are_filled_in():
    old = make_post("کتاب‌ها", body="<p>می‌شود</p>")
    plain = make_post("Snow", body="<p>Rain</p>")
    comment = make_comment(text="کتاب‌ها", forum=make_forum(plain))
    folded = dict(PostWords.objects.values_list("pk", "folded"))
    PostWords.objects.update(headline="")
    PostWords.objects.filter(post=old).update(folded="کتاب ها می شود")
    Words.objects.update(folded="کتاب ها")
    editor = connection.schema_editor(atomic=False)
    import_module("posts.migrations.0011_words_of_headlines").fill(apps, editor)
    import_module("comments.migrations.0006_joined_words").fold(apps, editor)
    assert dict(PostWords.objects.values_list("pk", "headline")) == {
        old.pk: "کتاب ها کتابها", plain.pk: "snow",
    }  # fmt: skip
    assert dict(PostWords.objects.values_list("pk", "folded")) == folded
    assert folded[old.pk].endswith("کتابها میشود")
    assert Words.objects.get(pk=comment.pk).folded.endswith("کتاب ها کتابها")


NAMES = st.sampled_from(
    ["q", "section", "language", "author", "since", "until", "order", "page", "q[]"]
)
VALUES = st.one_of(
    st.sampled_from(
        ["snow", "region", "ps", "2014-01-01", "newest", "1", "2", "", "\ud800", "0000-00-00"]
    ),
    st.text(max_size=250),
)


class AnyAddress(TestCase):
    @given(
        st.sampled_from(["/search/", "/search/comments/"]),
        st.lists(st.tuples(NAMES, VALUES), max_size=6),
    )
    @settings(max_examples=40, deadline=None, derandomize=True)
    def test_no_address_of_a_search_breaks_anything(self, address, arguments):
        make_post("Snow", section=make_section("Region", slug=""))
        query = "&".join(
            f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in arguments
        )
        assert self.client.get(f"{address}?{query}").status_code in (200, 400, 404)
