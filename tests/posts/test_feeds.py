"""Feeds of posts, as a feed reader takes them in."""

from datetime import UTC, datetime, timedelta

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from posts.models import Blog, Correction, Post
from tests.factories import make_author, make_photo, make_post, make_section, make_tag

pytestmark = pytest.mark.django_db
RSS, ATOM = "/feed/", "/feed/atom/"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
A = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)


def items(client):
    response = client.get(RSS)
    assert response["Content-Type"].startswith("application/rss+xml")
    return ElementTree.fromstring(response.content).findall("channel/item")


def entries(client):
    response = client.get(ATOM)
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{A}entry")


def test_both_feeds_hold_the_whole_text_and_every_name_of_the_byline_in_order(client):
    names = ["Sher Zaman", "ښکلا وردګ", "Ali"]
    authors = [make_author(name) for name in names]
    make_post(
        "Dam & river", summary="It holds.", authors=authors, section=make_section("Region"),
        tags=[make_tag("Water")], body='<p>Whole <a href="/a/x/">text</a>.</p>',
    )  # fmt: skip
    (item,), (entry,) = items(client), entries(client)
    assert item.findtext("title") == entry.findtext(f"{A}title") == "Dam & river"
    assert item.findtext("description") == "It holds."
    assert [each.text for each in item.findall(CREATOR)] == names
    assert [each.findtext(f"{A}name") for each in entry.findall(f"{A}author")] == names
    assert [each.text for each in item.findall("category")] == ["Region", "Water"]
    for text in (item.findtext(ENCODED), entry.findtext(f"{A}content")):
        assert 'Whole <a href="http://127.0.0.1:8000/a/x/"' in text


def test_a_text_elsewhere_shows_its_photos_by_whole_addresses_with_caption_and_credit(client):
    lead, inner = make_photo(caption="Lead", credit="AFP", alt_text="Two boys"), make_photo()
    make_post(lead_photo=lead, body=f'<figure><img data-file="{inner.pk}" alt="A &lt; B"></figure>')
    (entry,) = entries(client)
    text = entry.findtext(f"{A}content")
    assert f'<img src="http://127.0.0.1:8000{lead.src}"' in text
    assert 'alt="Two boys"' in text
    assert "<figcaption>Lead (<bdi>AFP</bdi>)</figcaption>" in text
    assert 'alt="A &lt; B"' in text
    assert 'src="/' not in text


def test_a_correction_stands_in_the_feeds_and_moves_updated_where_a_typo_does_not(
    client, time_machine
):
    time_machine.move_to(NOON, tick=False)
    post = make_post("Dma")
    post.headline = "Dam"
    time_machine.move_to(NOON + timedelta(hours=1), tick=False)
    post.save()
    (entry,) = entries(client)
    assert entry.findtext(f"{A}updated") == "2014-08-20T11:00:00+00:00"
    Correction.objects.create(post=post, kind="clarification", text="In <Kunar>,\n\nnot Kunduz.")
    (item,), (entry,) = items(client), entries(client)
    assert entry.findtext(f"{A}updated") == "2014-08-20T13:00:00+00:00"
    assert entry.findtext(f"{A}published") == "2014-08-20T11:00:00+00:00"
    for text in (item.findtext(ENCODED), entry.findtext(f"{A}content")):
        assert "Clarification, August 20, 2014" in text
        assert "<p>In &lt;Kunar&gt;,</p>" in text


def test_an_entry_keeps_its_name_when_its_address_and_its_time_change(client):
    post = make_post("Dam")
    before = (items(client)[0].findtext("guid"), entries(client)[0].findtext(f"{A}id"))
    post.slug, post.published_at = "another", timezone.now()
    post.save()
    (item,), (entry,) = items(client), entries(client)
    assert (item.findtext("guid"), entry.findtext(f"{A}id")) == before
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("link") == "http://127.0.0.1:8000/a/another/"


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Post.Status.DRAFT},
        {"status": Post.Status.WITHDRAWN},
        {"published_at": timezone.now() + timedelta(days=1)},
        {"unpublish_at": timezone.now()},
    ],
)
def test_what_the_public_may_not_see_is_in_no_feed(client, hidden):
    make_post("Hidden", **hidden)
    make_post("Shown")
    assert [item.findtext("title") for item in items(client)] == ["Shown"]
    assert [entry.findtext(f"{A}title") for entry in entries(client)] == ["Shown"]


def test_languages_are_told_of_the_blog_and_of_each_post(client):
    Blog(title="ګندهارا", language="ps", tagline="خبرونه").save()
    make_post("پل", language="ps")
    make_post("The bridge", language="en")
    channel = ElementTree.fromstring(client.get(RSS).content).find("channel")
    assert (channel.findtext("title"), channel.findtext("language")) == ("ګندهارا", "ps")
    tongues = {
        entry.findtext(f"{A}title"): entry.get("{http://www.w3.org/XML/1998/namespace}lang")
        for entry in entries(client)
    }
    assert tongues == {"پل": "ps", "The bridge": "en"}
    assert 'lang="ps" dir="rtl"' in items(client)[1].findtext(ENCODED)


def test_a_post_without_a_byline_names_nobody_in_rss_and_the_blog_in_atom(client):
    make_post("Dam")
    assert items(client)[0].findall(CREATOR) == []
    feed = ElementTree.fromstring(client.get(ATOM).content)
    assert feed.findtext(f"{A}author/{A}name") == "Gandhara"


def test_characters_that_xml_has_no_place_for_break_no_feed(client):
    make_post("Bell \x07 and \ufffe", summary="\x0b", body="<p>\ufffe x</p>")
    assert items(client)[0].findtext("title") == "Bell  and "
    assert "x" in entries(client)[0].findtext(f"{A}content")


@pytest.mark.parametrize("odd", ["//[x", "//exam℀ple.com/"])
def test_a_link_that_is_no_address_stays_as_words_and_breaks_no_feed(client, odd):
    make_post(body=f'<p><a href="{odd}">odd</a> <a href="/a/x/">good</a></p>')
    for text in (items(client)[0].findtext(ENCODED), entries(client)[0].findtext(f"{A}content")):
        assert "[x" not in text
        assert "℀" not in text
        assert '<a rel="noopener">odd</a>' in text
        assert '<a href="http://127.0.0.1:8000/a/x/"' in text


def test_readers_pages_tell_where_the_feeds_are(client):
    text = client.get("/").text
    assert f'type="application/rss+xml" title="Gandhara" href="{RSS}"' in text
    assert f'href="{ATOM}"' in text
