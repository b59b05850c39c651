"""Every feed of every place in every format, held against the rules of `tests.feed_rules`."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from defusedxml import ElementTree
from django.test.utils import override_script_prefix
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments.models import Comment
from posts import feed_formats, feeds
from posts.feed_formats import FORMATS, called
from posts.models import Author, Blog, Byline, Correction, Post, Section, Tag
from tests.factories import (
    make_author,
    make_comment,
    make_forum,
    make_photo,
    make_post,
    make_section,
    make_tag,
    make_user,
)
from tests.feed_rules import ATOM, DC, ENCODED, SLASH, THR, WFW, problems

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)
# What names, headlines and texts can be, and break things with.
ODD = [
    "<b>Bold</b> & <script>alert(1)</script>",
    "AT&T, R&D2, &copy &amp; &#65; </title>",
    "Bell \x07, next line \x85, no letter \ufffe, unread \ufffd",
    "د ګاونډیانو ترمنځ د ABC (2014) “خبرې”!",
    "می‌خواهم \u200eLTR\u200e \u200fو",
    "👩🏽‍🌾 🏳️‍🌈",
    "]]> <![CDATA[ -->",
    " ",
]
BODIES = [
    '<p>One <a href="/a/x/">whole</a>, <a href="story.html">beside</a>, <a href="#top">in it</a>, '
    '<a href="?a=1&amp;b=2">asked</a>, <a href="//[x">none</a>, <a href="../up/">up</a>.</p>',
    '<p lang="ur" dir="rtl">اردو <bdi>ABC</bdi></p><pre>href="/code/" &lt;b&gt;</pre>',
    '<script>alert(1)</script><p onclick="x()" style="color:red">clean</p><iframe src="/"></iframe>',
    "<table><tr><td>1</td></tr></table><ul><li>a</li></ul><hr><p>a<br>b</p>",
    "",
]


def in_all_formats(name, *args):
    return [(each, reverse(called(name, each), args=args)) for each in FORMATS]


def every_feed():
    """(format, address) of each feed of each place that there is."""
    found = in_all_formats("posts:feed") + in_all_formats("comments:feed")
    for code in ("en", "ps", "fa", "ur"):
        found += in_all_formats("posts:language_feed", code)
    named = Author.objects.filter(posts__in=Post.objects.published()).distinct()
    for places in (Section.objects.all(), Tag.objects.all(), named):
        for place in places:
            found += in_all_formats(f"posts:{type(place).__name__.lower()}_feed", place.slug)
    for post in Post.objects.published():
        found += in_all_formats("comments:post_feed", post.slug)
    return found


def wrong_with(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return problems(response.content, response["Content-Type"], SITE + address)


def entries(client, address):
    """The parsed entries of a feed, whatever its format."""
    content = client.get(address).content
    if address.endswith("/json/"):
        return json.loads(content)["items"]
    root = ElementTree.fromstring(content)
    return root.findall("channel/item") or root.findall(f"{ATOM}entry")


@pytest.fixture
def odd_world():
    """Posts and comments of one second, with and without everything, in all languages."""
    Blog(title="Gandhara & <i>sons</i>", tagline="", language="ps").save()
    region = make_section("Region <x>", description="About\n\nit & all")
    inner = make_section("Inner", parent=region)
    tags = [make_tag(f"{words} tag {number}") for number, words in enumerate(ODD)]
    authors = [make_author(words, slug=f"author-{n}") for n, words in enumerate(ODD)]
    languages = ["en", "ps", "fa-AF", "ur"]
    for number, words in enumerate(ODD):
        post = make_post(
            words,
            slug=f"پوسټ-{number}",
            summary=words if number % 2 else "",
            body=BODIES[number % len(BODIES)],
            language=languages[number % 4],
            section=(region, inner, None)[number % 3],
            lead_photo=make_photo(caption=words, credit=words) if number < 2 else None,
            authors=authors[number:] if number % 2 else (),
            tags=tags[number:],
            published_at=NOON,
        )
        Correction.objects.create(post=post, text=words, at=NOON + timedelta(hours=1))
        first = make_comment(
            make_forum(post), name=words, text=f"{words}\n\nhttps://example.org/؟",
            language=languages[number % 4], submitted_at=NOON,
        )  # fmt: skip
        make_comment(parent=first, name="Gul", text="\ufffc me@example.org", submitted_at=NOON)
    Byline.objects.create(post=Post.objects.first(), author=authors[0], role="edited")
    Byline.objects.create(post=Post.objects.first(), author=authors[0], role="with")


def test_each_feed_of_each_place_keeps_each_rule_whatever_the_words(client, odd_world):
    addresses = every_feed()
    assert len(addresses) > 60
    wrong = {}
    for name, address in addresses:
        response = client.get(address)
        assert response["Content-Type"].startswith(FORMATS[name].media_type), address
        if found := problems(response.content, response["Content-Type"], SITE + address):
            wrong[address] = found
    assert wrong == {}


def test_a_site_with_nothing_on_it_has_feeds_that_keep_the_rules(client, time_machine):
    time_machine.move_to(NOON, tick=False)
    make_section("Empty")
    make_tag("Empty")
    for _name, address in every_feed():
        assert wrong_with(client, address) == [], address
        assert entries(client, address) == []
    before = client.get("/feed/").content
    time_machine.move_to(NOON + timedelta(hours=3), tick=False)
    assert client.get("/feed/").content == before


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text(min_size=1, max_size=40), html=st.text(max_size=80))
def test_whatever_is_stored_the_feeds_keep_the_rules(client, words, html):
    words = words.replace("\x00", "").replace("@", "").encode("utf-8", "ignore").decode()
    html = html.replace("\x00", "").encode("utf-8", "ignore").decode()
    post = (
        Post.objects.first()
        or make_comment(
            make_forum(
                make_post(section=make_section(), authors=[make_author()], tags=[make_tag()])
            )
        ).forum.post
    )
    Blog(title=f"Gandhara {words}", tagline=words).save()
    Post.objects.update(headline=words, summary=words, body=f"<p>{html}</p>{html}")
    Section.objects.update(name=words, description=words)
    for kind in (Tag, Author):
        kind.objects.update(name=words)
    Comment.objects.update(name=words, text=words)
    for name, *args in (
        ("posts:section_feed", post.section.slug),
        ("posts:author_feed", post.byline[0].slug),
        ("comments:post_feed", post.slug),
    ):
        for _format, address in in_all_formats(name, *args):
            assert wrong_with(client, address) == []


# The rules themselves


@pytest.fixture
def good(client):
    """A feed that keeps the rules, by (place, format): its text."""
    post = make_post(
        "Dam", pk=901, authors=[make_author("Sher")], section=make_section("Region"), summary="It holds.",
        body='<p><a href="/a/x/">x</a></p>', lead_photo=make_photo(), published_at=NOON,
    )  # fmt: skip
    make_comment(make_forum(post), name="Gul", submitted_at=NOON)
    make_post("Bridge", pk=902, authors=[make_author("Ali")], published_at=NOON)
    found = {}
    for place, name in (("posts", "posts:feed"), ("comments", "comments:feed")):
        for each, address in in_all_formats(name):
            assert wrong_with(client, address) == []
            response = client.get(address)
            found[place, each] = (response.text, response["Content-Type"], SITE + address)
    return found


BROKEN = [
    ("posts", "rss", "<language>en<", "<language>prs<"),
    ("posts", "rss", "<language>en<", "<language>fa_AF<"),
    ("posts", "rss", "<language>en</language>", ""),
    ("posts", "rss", "<dc:creator>Sher</dc:creator>", "<author>Sher</author>"),
    ("posts", "rss", ">Sher<", ">Sher (sher@example.org)<"),
    ("posts", "rss", "/a/dam/</link>", "/a/ډم/</link>"),
    ("posts", "rss", ' isPermaLink="false"', ""),
    ("posts", "rss", "post-902</guid>", "post-901</guid>"),
    ("posts", "rss", "<wfw:commentRss>http://127.0.0.1:8000", "<wfw:commentRss>"),
    ("posts", "rss", "wfw:commentRss", "wfw:commentRSS"),
    ("posts", "rss", "<pubDate>Wed", "<pubDate>Thu"),
    ("posts", "rss", "<pubDate>Wed, 20 Aug", "<pubDate>چهارشنبه, 20 اگست"),
    ("posts", "rss", "20 Aug 2014", "20 Aug 2094"),
    ("posts", "rss", 'rel="self"', 'rel="alternate"'),
    ("posts", "rss", "<lastBuildDate>", "<lastBuildDate>x"),
    ("posts", "rss", "<slash:comments>1<", "<slash:comments>۱<"),
    ("posts", "rss", "<description>It holds.</description>", ""),
    ("posts", "rss", "<title>Dam<", "<title>&lt;b&gt;Dam&lt;/b&gt;<"),
    ("posts", "rss", "<title>Dam<", "<title>Dam &amp;copy;<"),
    ("posts", "rss", "<title>Dam<", "<title> <"),
    ("posts", "rss", "<title>Dam<", "<title>Dam\x85<"),
    ("posts", "rss", "&lt;a href=\"http://127.0.0.1:8000/", "&lt;a href=\"/"),
    ("posts", "rss", "&lt;img src=", "&lt;img onerror=\"x()\" src="),
    ("posts", "rss", "&lt;p&gt;", "&lt;bdo dir=\"rtl\"&gt;x&lt;/bdo&gt;&lt;p&gt;"),
    ("posts", "rss", "&lt;p&gt;", "&lt;script&gt;x&lt;/script&gt;&lt;p&gt;"),
    ("posts", "rss", "</channel>", ""),
    ("comments", "rss", ' ref="', ' source="'),
    ("comments", "rss", "\u2069", ""),
    ("posts", "atom", "2014-08-20T12:00:00", "2014-08-20 12:00:00"),
    ("posts", "atom", "+00:00</updated>", "</updated>"),
    ("posts", "atom", ".000001+", "+"),
    ("posts", "atom", 'rel="replies"', 'rel="related"'),
    ("posts", "atom", "thr:updated", "thr:when"),
    ("posts", "atom", 'thr:count="1"', 'thr:count="۱"'),
    ("posts", "atom", ' rel="alternate"', ' rel="related"'),
    ("posts", "atom", "<name>Sher</name>", "<name></name>"),
    ("posts", "atom", "<name>Sher</name>", "<name>Sher</name><email>s@example.org</email>"),
    ("posts", "atom", ' xml:lang="en"', ""),
    ("posts", "json", "jsonfeed.org/version/1.1", "jsonfeed.org/version/1"),
    ("posts", "json", '"language": "en"', '"language": "prs"'),
    ("posts", "json", '"id": "', '"id": 7, "ids": "'),
    ("posts", "json", "2014-08-20T12", "2014-08-20 12"),
    ("posts", "json", '"authors"', '"author"'),
    ("posts", "json", '"url": "http://127.0.0.1:8000', '"url": "'),
]  # fmt: skip


def test_the_rules_see_what_is_wrong(good):
    unseen = []
    for place, name, was, becomes in BROKEN:
        text, content_type, address = good[place, name]
        assert was in text, was
        if not problems(text.replace(was, becomes).encode(), content_type, address):
            unseen.append((name, was, becomes))
    assert unseen == []


def test_the_rules_know_the_size_the_media_type_and_the_own_address(good):
    text, content_type, address = good["posts", "rss"]
    assert problems(text.encode() + b" " * 5_000_000, content_type, address) == ["too large"]
    assert problems(text.encode(), "text/html", address) == ["the media type is text/html"]
    assert problems(text.encode(), content_type, address + "?x") != []


# What is where


@pytest.fixture
def places():
    """A post in each place, and one that is in none of them."""
    region = make_section("Region")
    make_post("In a subsection", section=make_section("Inner", parent=region))
    make_post("Tagged", tags=[make_tag("Water")])
    by_two_roles = make_post("Named", authors=[make_author("Sher", slug="sher")])
    Byline.objects.create(post=by_two_roles, author=Author.objects.get(), role="edited")
    make_post("دری", language="fa-AF")
    hidden = make_post("Hidden", status="draft", tags=[make_tag("Hidden")], section=region)
    Byline.objects.create(post=hidden, author=make_author("Nobody", slug="nobody"))


def titles(client, address):
    found = entries(client, address)
    if address.endswith("/json/"):
        return [item["title"] for item in found]
    return [item.findtext("title") or item.findtext(f"{ATOM}title") for item in found]


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("/section/region/", ["In a subsection"]),
        ("/tag/water/", ["Tagged"]),
        ("/author/sher/", ["Named"]),
        ("/language/fa/", ["دری"]),
        ("/language/ps/", []),
        ("/tag/hidden/", []),
        ("/", ["دری", "Named", "Tagged", "In a subsection"]),
    ],
)
def test_a_feed_holds_what_its_place_shows_and_each_post_once(client, places, place, shown):
    for ending in ("feed/", "feed/atom/", "feed/json/"):
        assert titles(client, place + ending) == shown


@pytest.mark.parametrize(
    "place", ["section/none", "tag/none", "author/none", "author/nobody", "language/prs",
              "language/fa-AF", "language/xx", "language/%D9%86", "a/none/comments"],
)  # fmt: skip
def test_a_place_that_is_not_there_has_no_feed(client, places, place):
    for ending in ("feed/", "feed/atom/", "feed/json/"):
        response = client.get(f"/{place}/{ending}")
        assert response.status_code == 404
        assert "This page is not here" in response.text
    if "language/xx" in place:
        assert "no language “xx”" in response.text


def test_an_author_of_two_roles_has_each_post_once_on_their_page_too(client, places):
    assert client.get("/author/sher/").text.count('href="/a/named/"') == 1


def test_a_feed_speaks_its_own_language_and_the_machines_numbers_stay_theirs(client):
    Blog(title="ګندهارا", language="ps").save()
    post = make_post("پل", language="ur", published_at=NOON)
    Correction.objects.create(post=post, text="x", at=NOON)
    make_comment(make_forum(post), submitted_at=NOON)
    for active in ("en", "fa"):
        with translation.override(active):
            for _name, address in every_feed():
                assert wrong_with(client, address) == []
            channel = ElementTree.fromstring(client.get("/language/ur/feed/").content)[0]
    assert channel.findtext("language") == "ur"
    assert channel.findtext("title") == "\u2068اردو\u2069 · \u2068ګندهارا\u2069"
    assert channel.findtext("lastBuildDate") == "Wed, 20 Aug 2014 12:00:00 +0000"
    with translation.override("ur"):
        title = gettext("Comments on %(post)s") % {"post": "\u2068پل\u2069"}
        correction = gettext("Correction")
    assert "Comments" not in title
    own = ElementTree.fromstring(client.get("/a/پل/comments/feed/").content)[0]
    assert own.findtext("title") == title
    assert correction in channel.findtext(f"item/{ENCODED}")


def test_one_byline_stands_in_every_format_in_its_order_and_without_a_login(client):
    login = make_user("secretlogin", email="private@example.org")
    authors = [make_author("Sher"), make_author("ښکلا", login=login), make_author("Ali")]
    make_post(authors=authors, tags=[make_tag("Water")], lead_photo=make_photo())
    (rss,), (atom,), (item,) = (
        entries(client, f"/feed/{ending}") for ending in ("", "atom/", "json/")
    )
    names = ["Sher", "ښکلا", "Ali"]
    assert [each.text for each in rss.findall(f"{DC}creator")] == names
    assert [each.findtext(f"{ATOM}name") for each in atom.iter(f"{ATOM}author")] == names
    assert [each["name"] for each in item["authors"]] == names
    assert item["authors"][0]["url"] == f"{SITE}/author/sher/"
    assert atom.findtext(f"{ATOM}author/{ATOM}uri") == f"{SITE}/author/sher/"
    assert item["tags"] == ["Water"]
    assert item["image"].startswith(f"{SITE}/media/photos/")
    for ending in ("", "atom/", "json/"):
        text = client.get(f"/feed/{ending}").text
        assert "secretlogin" not in text
        assert "private@" not in text


def test_posts_tell_how_many_comments_they_have_and_where_their_feed_is(client):
    post = make_post("Dam")
    first = make_comment(make_forum(post), submitted_at=NOON)
    make_comment(parent=first, submitted_at=NOON + timedelta(days=1))
    make_comment(parent=first, status="pending")
    make_post("Silent")
    silent, item = entries(client, "/feed/")
    assert (item.findtext(SLASH), silent.findtext(SLASH)) == ("2", "0")
    assert item.findtext(WFW) == f"{SITE}/a/dam/comments/feed/"
    assert item.findtext("comments") == f"{SITE}/a/dam/#forum"
    _silent, entry = entries(client, "/feed/atom/")
    (replies,) = (link for link in entry.iter(f"{ATOM}link") if link.get("rel") == "replies")
    assert replies.get("href") == f"{SITE}/a/dam/comments/feed/atom/"
    assert replies.get(f"{THR}count") == "2"
    assert replies.get(f"{THR}updated") == "2014-08-21T12:00:00+00:00"
    assert client.get(urlsplit(replies.get("href")).path).status_code == 200


def test_posts_have_feeds_where_nothing_tells_of_comments(client, monkeypatch):
    monkeypatch.setattr(feeds, "_asked_of_discussions", [])
    make_post("Dam")
    (item,) = entries(client, "/feed/")
    assert item.find(SLASH) is None
    for ending in ("", "atom/", "json/"):
        assert wrong_with(client, f"/feed/{ending}") == []


def test_a_comment_names_what_it_answers_by_the_very_name_that_it_has_in_the_same_format(client):
    start = make_comment(name="Gul", language="ps")
    make_comment(parent=start, name="Amina")
    for ending, key in (("", "guid"), ("atom/", f"{ATOM}id")):
        for place in ("/comments", f"{start.forum.post.get_absolute_url()}comments"):
            reply, first = entries(client, f"{place}/feed/{ending}")
            assert reply.find(f"{THR}in-reply-to").get("ref") == first.findtext(key)
            assert (
                reply.find(f"{THR}in-reply-to").get("href") == f"{SITE}{start.get_absolute_url()}"
            )
        (post,) = entries(client, f"/feed/{ending}")
        assert first.find(f"{THR}in-reply-to").get("ref") == post.findtext(key)
    reply, first = entries(client, "/comments/feed/json/")
    assert (first["authors"], first["language"]) == ([{"name": "Gul"}], "ps")
    assert first["id"] == start_name(client, "/comments/feed/atom/")
    assert first["content_html"].startswith('<div lang="ps" dir="rtl"><p>')


def start_name(client, address):
    return entries(client, address)[-1].findtext(f"{ATOM}id")


def test_what_stands_in_a_body_by_half_an_address_has_its_whole_one(client):
    make_post("Dam", body=BODIES[0] + '<pre>a href="/code/"</pre>')
    (item,) = entries(client, "/feed/")
    html = item.findtext(ENCODED)
    for whole in ("/a/x/", "/a/dam/story.html", "/a/dam/#top", "/a/dam/?a=1&amp;b=2", "/a/up/"):
        assert f'href="{SITE}{whole}"' in html
    assert 'a href="/code/"' in html


def test_a_feed_is_never_larger_than_validators_read_and_keeps_the_newest(client, monkeypatch):
    monkeypatch.setattr(feed_formats, "MOST_BYTES", 20_000)
    for number in range(6):
        make_post(
            f"Post {number}", summary="Short.", body=f"<p>{'&lt;' * 1_000}</p>",
            published_at=timezone.now() - timedelta(hours=number + 1),
        )  # fmt: skip
    for ending in ("", "atom/", "json/"):
        content = client.get(f"/feed/{ending}").content
        assert len(content) <= 20_000
        kept = titles(client, f"/feed/{ending}")
        assert kept == [f"Post {number}" for number in range(len(kept))]
        assert 2 <= len(kept) < 6
        assert wrong_with(client, f"/feed/{ending}") == []


def test_a_text_too_long_for_any_feed_gives_way_to_its_summary_and_hides_no_other(
    client, monkeypatch
):
    monkeypatch.setattr(feeds, "MOST_LETTERS", 5_000)
    make_post("Long", summary="In short & clear.", body=f"<p>{'ږ' * 6_000}</p>")
    make_post("Short")
    for ending in ("", "atom/", "json/"):
        text = client.get(f"/feed/{ending}").text
        assert "ږ" not in text
        assert "In short &amp;" in text
        assert titles(client, f"/feed/{ending}") == ["Short", "Long"]


def test_a_feed_has_the_newest_twenty(client):
    for number in range(22):
        make_post(f"Post {number}", published_at=NOON + timedelta(days=number))
    assert titles(client, "/feed/json/") == [f"Post {number}" for number in range(21, 1, -1)]


@pytest.mark.parametrize(
    ("address", "number"),
    [
        # The blog, posts, bylines, tags, corrections, photos of bodies, comments; places on top.
        ("/feed/", 7),
        ("/language/en/feed/", 7),
        ("/section/region/feed/", 9),
        ("/tag/water/feed/", 8),
        ("/author/sher/feed/", 9),
    ],
)
def test_feeds_cost_the_same_queries_for_one_post_and_for_many(
    client, django_assert_num_queries, address, number
):
    section, tag, author = make_section("Region"), make_tag("Water"), make_author("Sher")
    for many in (1, 5):
        for _each in range(many):
            photo = make_photo()
            post = make_post(
                section=section, tags=[tag], authors=[author, make_author()],
                lead_photo=photo, body=f'<img data-file="{photo.pk}">',
            )  # fmt: skip
            Correction.objects.create(post=post, text="Corrected.")
            make_comment(parent=make_comment(make_forum(post)))
        for ending in ("", "atom/", "json/"):
            with django_assert_num_queries(number):
                found = entries(client, address + ending)
    assert len(found) == 6


# The way to them


@pytest.mark.parametrize("page", ["section/region", "tag/water", "author/sher"])
def test_a_page_s_head_tells_of_its_own_feeds_and_of_the_site_s(client, page):
    make_post(section=make_section("Region"), tags=[make_tag("Water")],
              authors=[make_author("Sher")])  # fmt: skip
    text = client.get(f"/{page}/").text
    for place in (f"/{page}/", "/"):
        for ending, media_type in (
            ("feed/", "rss+xml"), ("feed/atom/", "atom+xml"), ("feed/json/", "feed+json")
        ):  # fmt: skip
            assert f'<link rel="alternate" type="application/{media_type}"' in text
            assert f'href="{place}{ending}">' in text
    assert text.index(f'href="/{page}/feed/"') < text.index('href="/feed/"')


def test_an_article_s_head_tells_of_its_comments_feeds(client):
    text = client.get(make_post("Dam").get_absolute_url()).text
    for ending in ("", "atom/", "json/"):
        assert f'href="/a/dam/comments/feed/{ending}">' in text


def test_an_edition_s_pages_lead_to_the_feeds_of_its_language_at_their_one_address(client):
    region = make_section("Region", translations={"ps": {"name": "سیمه"}})
    post = make_post("Dam", language="ps", section=region)
    assert "/language/" not in client.get("/").text
    make_post("Bridge", language="en")
    for page in ("/ps/", "/ps/section/region/", post.get_absolute_url()):
        text = client.get(page).text
        for ending in ("feed/", "feed/atom/", "feed/json/"):
            assert f'href="/language/ps/{ending}">' in text
            assert f'href="/{ending}">' in text
        assert '"/ps/feed/' not in text
    text = client.get("/ps/section/region/").text
    assert 'title="سیمه · Gandhara" href="/section/region/feed/"' in text
    assert client.get("/ps/feed/").status_code == 404


def test_a_feed_leads_home_to_the_edition_of_its_language_and_calls_things_as_that_does(client):
    Blog(title="Gandhara", translations={"ps": {"title": "ګندهارا", "tagline": "خبرونه"}}).save()
    region = make_section("Region", translations={"ps": {"name": "سیمه"}})
    make_post("Dam", language="ps", section=region, authors=[make_author("Sher")])
    feed = client.get("/language/ps/feed/json/")
    assert feed["Content-Language"] == "ps"
    said = feed.json()
    assert said["title"] == "\u2068پښتو\u2069 · \u2068ګندهارا\u2069"
    assert (said["description"], said["home_page_url"]) == ("خبرونه", f"{SITE}/ps/")
    own = client.get("/section/region/feed/json/").json()
    assert own["title"] == "\u2068Region\u2069 · \u2068Gandhara\u2069"
    assert own["home_page_url"] == f"{SITE}/section/region/"
    # What is told of a post is the same in each feed.
    assert own["items"] == said["items"]
    assert own["items"][0]["tags"] == ["سیمه"]
    assert own["items"][0]["authors"] == [{"name": "Sher", "url": f"{SITE}/ps/author/sher/"}]


def test_a_page_lists_the_feeds_of_what_there_is(client):
    make_post(section=make_section("Region <x>"), language="ps")
    make_section("Unused")
    assert 'href="/feeds/"' in client.get("/").text
    text = client.get("/ps/feeds/").text
    listed = ["/feed/", "/comments/feed/", "/language/ps/feed/", "/section/region-x/feed/"]
    for address in listed:
        for ending in ("", "atom/", "json/"):
            assert f'<a href="{address}{ending}"' in text
            assert client.get(address + ending).status_code == 200
    assert "<bdi>Region &lt;x&gt;</bdi>" in text
    assert "/language/en/feed/" not in text
    assert "unused" not in text


def test_feeds_stand_under_the_prefix_that_the_site_has(client, settings):
    settings.SITE_PATH = "/news"
    make_post("Dam")
    with override_script_prefix("/news/"):
        response, front = client.get("/feed/"), client.get("/")
    assert f"{SITE}/news/a/dam/" in response.text
    assert problems(response.content, response["Content-Type"], f"{SITE}/news/feed/") == []
    assert 'href="/news/feed/json/"' in front.text
