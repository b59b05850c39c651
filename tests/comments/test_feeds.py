from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments import feeds, redaction
from comments.models import Comment
from posts.feeds import name_of
from posts.models import Post
from tests.factories import make_comment, make_forum, make_moderator, make_post

pytestmark = pytest.mark.django_db
SITE = "/comments/feed/"
THR = "{http://purl.org/syndication/thread/1.0}in-reply-to"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def feed(client, address=SITE):
    response = client.get(address)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).find("channel")


def of(post):
    return f"{post.get_absolute_url()}comments/feed/"


def names(channel):
    return [item.findtext(CREATOR) for item in channel.iter("item")]


@pytest.mark.parametrize("status", Comment.Status)
def test_feeds_hold_approved_comments_and_no_others(client, status):
    comment = make_comment(status=status, name="Gul")
    shown = ["Gul"] if status == Comment.Status.APPROVED else []
    assert names(feed(client)) == names(feed(client, of(comment.forum.post))) == shown


def test_comments_of_a_post_that_is_not_public_are_in_no_feed(client):
    for fields in (
        {"status": Post.Status.WITHDRAWN},
        {"status": Post.Status.DRAFT},
        {"published_at": timezone.now() + timedelta(hours=1)},
    ):
        post = make_post(**fields)
        make_comment(make_forum(post))
        assert client.get(of(post)).status_code == 404
    assert names(feed(client)) == []


def test_a_post_s_feed_holds_its_own_comments_and_the_site_s_all(client):
    first, second = make_comment(name="Gul"), make_comment(name="Amina")
    assert names(feed(client, of(first.forum.post))) == ["Gul"]
    assert names(feed(client, of(second.forum.post))) == ["Amina"]
    assert sorted(names(feed(client))) == ["Amina", "Gul"]


def test_what_was_approved_last_comes_first_however_long_it_waited(client):
    forum = make_forum()
    late = make_comment(forum, name="Late", status=Comment.Status.PENDING)
    make_comment(forum, name="Early")
    late.moderate(Comment.Status.APPROVED, by=make_moderator())
    assert names(feed(client)) == ["Late", "Early"]


def test_a_reply_names_the_comment_that_it_answers_as_long_as_that_is_shown(client):
    start = make_comment(name="Gul")
    make_comment(parent=start, name="Amina")
    found = {item.findtext(CREATOR): item for item in feed(client).iter("item")}
    answered = found["Amina"].find(THR)
    assert answered.get("ref") == found["Gul"].findtext("guid")
    assert answered.get("href") == found["Gul"].findtext("link")
    # Who answers nobody answers the post.
    post = start.forum.post
    assert found["Gul"].find(THR).get("ref") == name_of(post)
    assert found["Gul"].find(THR).get("href").endswith(post.get_absolute_url())
    start.moderate(Comment.Status.REJECTED, by=make_moderator("other"))
    (left,) = feed(client).iter("item")
    assert left.find(THR) is None


def test_the_feed_says_its_language_and_its_own_address(client, settings):
    settings.SITE_URL = "https://news.example.org"
    post = make_post(language="ps", headline="سړک")
    make_comment(make_forum(post))
    channel = feed(client, of(post))
    assert channel.findtext("language") == "ps"
    assert channel.findtext("link").startswith("https://news.example.org/a/")
    (own,) = channel.iter("{http://www.w3.org/2005/Atom}link")
    assert (own.get("rel"), own.get("href").startswith("https://news.example.org/a/")) == (
        "self",
        True,
    )
    (item,) = channel.iter("item")
    assert item.findtext("guid").startswith("tag:news.example.org,")
    assert item.find("guid").get("isPermaLink") == "false"


def test_what_a_moderator_removed_is_not_in_the_feed(client):
    comment = make_comment(text="Call 0700 123 456 now.")
    redaction.redact(comment, "0700 123 456", by=make_moderator())
    page = client.get(SITE).content.decode()
    assert "0700" not in page
    assert "a moderator removed something here" in page


def test_markup_of_a_reader_stays_text(client):
    make_comment(name="<b>Gul</b>", text="<script>alert(1)</script>")
    (item,) = feed(client).iter("item")
    # The unseen joiner keeps a name from being a tag for whoever takes titles for HTML.
    assert item.findtext(CREATOR) == "<\u2060b>Gul<\u2060/b>"
    for text in (item.findtext("description"), item.findtext(ENCODED)):
        assert "&lt;script&gt;" in text
        assert "<script" not in text


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text(min_size=1, max_size=60))
def test_whatever_is_stored_the_feed_can_be_read(client, words):
    words = words.replace("\x00", "").encode("utf-8", "ignore").decode()
    comment = Comment.objects.first() or make_comment()
    Comment.objects.filter(pk=comment.pk).update(name=words, text=words)
    assert len(list(feed(client).iter("item"))) == 1


@pytest.mark.parametrize("number", [1, 12])
def test_a_feed_costs_the_same_queries_for_one_comment_and_for_many(
    client, number, django_assert_num_queries
):
    forum = make_forum()
    for _ in range(number):
        make_comment(parent=make_comment(forum))
    with django_assert_num_queries(3):
        client.get(SITE)
    with django_assert_num_queries(4):
        client.get(of(forum.post))


def test_feeds_end_at_their_number(client, monkeypatch):
    monkeypatch.setattr(feeds, "NEWEST", 2)
    monkeypatch.setattr(feeds, "NEWEST_OF_POST", 3)
    forum = make_forum()
    for _ in range(5):
        make_comment(forum)
    assert len(names(feed(client))) == 2
    assert len(names(feed(client, of(forum.post)))) == 3


def test_any_cache_may_keep_a_feed_but_must_ask_again(client):
    response = client.get(SITE)
    assert "public" in response["Cache-Control"]
    assert "max-age=0" in response["Cache-Control"]
    assert not response.cookies
    assert client.post(SITE).status_code == 405
