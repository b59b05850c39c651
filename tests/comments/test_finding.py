"""The readers' search of comments: what it shows, and that it tells of nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments import search
from comments.finding import COMMENTS_ON_A_PAGE
from comments.models import Comment
from comments.text import REMOVED
from posts.models import Post
from posts.wanted import Wanted
from tests.factories import make_blog, make_comment, make_forum, make_post
from tests.posts.test_views import Page, in_order

pytestmark = pytest.mark.django_db
Status = Comment.Status


def ask(client, typed, **more):
    return client.get("/search/comments/", {"q": typed} | more)


def test_a_comment_is_shown_with_its_name_place_time_marked_words_and_post(client):
    forum = make_forum(make_post("برف", language="fa-AF"))
    comment = make_comment(
        forum, name="Zarghuna", place="Chitral", text="Snow &\n\n<b>rain</b>", language="en"
    )
    response = ask(client, "snow rain chitral")
    page = Page(response)
    assert in_order(
        page.text, "1 comment found", "Zarghuna", "Chitral", "Snow & <b>rain</b>", "برف"
    )
    assert (
        '<p class="text" lang="en" dir="ltr">'
        "<mark>Snow</mark> &amp; &lt;b&gt;<mark>rain</mark>&lt;/b&gt;</p>" in response.text
    )
    assert '<bdi class="place"><mark>Chitral</mark></bdi>' in response.text
    assert f'href="{comment.get_absolute_url()}"' in response.text
    assert f'href="{forum.post.get_absolute_url()}" lang="fa-AF" dir="rtl">برف</a>' in response.text
    assert page.all("meta")[2] == {"name": "robots", "content": "noindex"}


def test_a_name_alone_is_found_and_the_text_is_shown_from_its_beginning(client):
    make_comment(name="Zarghuna", text=f"It {'goes on ' * 60}")
    response = ask(client, "zargh")
    assert '<bdi class="name"><mark>Zarghuna</mark></bdi>' in response.text
    assert "It goes on goes on" in response.text
    assert " …</p>" in response.text


def test_what_a_moderator_removed_is_not_there(client):
    make_comment(text=f"snow {REMOVED} here")
    assert "<mark>snow</mark> […] here" in ask(client, "snow").text


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM, Status.WITHDRAWN])
def test_what_is_not_approved_is_neither_listed_nor_counted(client, status, monkeypatch):
    monkeypatch.setattr(search, "MOST_SHOWN", 2)
    monkeypatch.setattr(search, "FIRST_STEP", 1)
    forum = make_forum()
    for number in range(2):
        make_comment(forum, text=f"snow {number}")
    assert "2 comments found" in ask(client, "snow").text
    for _each in range(3):
        make_comment(forum, status=status, name="Hidden", text="snow of secrets")
    response = ask(client, "snow")
    assert "2 comments found" in response.text
    assert "More than" not in response.text
    assert "secrets" not in response.text
    assert "Hidden" not in response.text
    assert "No comment has all these words." in ask(client, "secrets").text


@pytest.mark.parametrize("status", [Post.Status.DRAFT, Post.Status.WITHDRAWN])
def test_comments_of_a_post_that_is_not_public_are_not_found(client, status):
    comment = make_comment(text="snow")
    assert "1 comment found" in ask(client, "snow").text
    Post.objects.filter(pk=comment.forum.post_id).update(status=status)
    assert "0 comments found" in ask(client, "snow").text


def test_a_comment_that_is_taken_back_or_refused_is_gone_at_once(client):
    comment = make_comment(text="snow")
    assert "1 comment found" in ask(client, "snow").text
    comment.moderate(Status.REJECTED)
    assert "0 comments found" in ask(client, "snow").text


def test_the_newest_come_first_on_pages_that_keep_the_words(client):
    forum = make_forum()
    for number in range(COMMENTS_ON_A_PAGE + 1):
        make_comment(forum, text=f"snow fell {number}.")
    first = ask(client, "snow fell")
    assert 'rel="next" href="?q=snow+fell&amp;page=2"' in first.text
    assert f"<mark>fell</mark> {COMMENTS_ON_A_PAGE}." in first.text
    second = ask(client, "snow fell", page=2)
    assert "<mark>fell</mark> 0." in second.text
    response = ask(client, "snow", page=3)
    assert response.status_code == 404
    assert "The pages go from 1 to 2." in response.text


def test_of_very_many_it_says_that_there_are_more(client, monkeypatch):
    monkeypatch.setattr(search, "MOST_SHOWN", 2)
    forum = make_forum()
    for _each in range(3):
        make_comment(forum, text="snow")
    page = Page(ask(client, "snow"))
    assert "More than 2 comments found" in page.text
    assert len(page.all("mark")) == 2


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("", 200, "Type words of a comment"),
        ("?!", 200, "There is no letter and no digit"),
        ("x" * 201, 400, "200 letters are the most"),
    ],
)
def test_what_can_not_be_looked_for_is_said(client, typed, status, said):
    response = ask(client, typed)
    assert response.status_code == status
    assert said in response.text


def test_the_two_searches_lead_to_each_other_with_their_words(client):
    assert 'href="/search/comments/?q=snow%20%26"' in client.get("/search/?q=snow+%26").text
    assert 'href="/search/?q=snow%20%26"' in ask(client, "snow &").text


def test_a_search_takes_the_same_queries_for_one_comment_and_for_many(
    client, django_assert_num_queries
):
    make_blog()
    forum = make_forum()
    make_comment(forum, text="snow")
    with django_assert_num_queries(5):
        ask(client, "snow")
    for _each in range(30):
        make_comment(make_forum(), text="snow")
    with django_assert_num_queries(5):
        ask(client, "snow")


class AnythingTyped(TestCase):
    @given(st.text(max_size=60))
    @settings(max_examples=30, deadline=None, derandomize=True)
    def test_whatever_is_typed_is_looked_for_and_never_breaks(self, typed):
        make_comment(text=typed.replace("\x00", "") or "x")
        found = search.shown(Wanted.typed(typed))
        assert len(found[:10]) == found.count() <= 1
