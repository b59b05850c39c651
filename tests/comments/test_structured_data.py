"""What search engines are told of comments: their number on the article, their words by thread."""

from datetime import UTC, datetime

import pytest

from comments.models import Comment
from tests.factories import make_comment, make_forum, make_post
from tests.posts.test_structured_data import data_of

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def test_an_article_tells_how_many_comments_it_shows_and_where(client):
    post = make_post()
    forum = make_forum(post)
    assert "commentCount" not in data_of(client.get(post.get_absolute_url()).text)
    first = make_comment(forum)
    make_comment(parent=first)
    make_comment(forum, status=Comment.Status.PENDING)
    said = data_of(client.get(post.get_absolute_url()).text)
    assert said["commentCount"] == 2
    assert said["discussionUrl"] == f"{SITE}{post.get_absolute_url()}#forum"
    assert "comment" not in said  # the words are on the page, and once more with each thread


def test_an_article_without_a_forum_says_nothing_of_comments(client):
    said = data_of(client.get(make_post().get_absolute_url()).text)
    assert not {"commentCount", "discussionUrl"} & set(said)


def test_a_threads_page_tells_who_wrote_what_when_and_in_answer_to_whom(client):
    post = make_post("The dam")
    at = datetime(2014, 8, 20, 9, 30, tzinfo=UTC)
    forum = make_forum(post)
    first = make_comment(
        forum, name="ښکلا", place="Kabul", text="ښه ده </script>", language="ps", submitted_at=at
    )
    reply = make_comment(parent=first, name="Ali", text="Yes.", submitted_at=at.replace(hour=10))
    make_comment(parent=first, text="Waiting", status=Comment.Status.PENDING)
    address = f"{SITE}{first.get_absolute_url()}"
    said = data_of(client.get(first.get_absolute_url()).text)
    article = SITE + post.get_absolute_url()
    assert said == {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": SITE + first.get_absolute_url().partition("#")[0],
        "about": {
            "@type": "NewsArticle", "@id": article, "url": article, "headline": "The dam"
        },
        "comment": [
            {
                "@type": "Comment",
                "@id": address,
                "url": address,
                "author": {"@type": "Person", "name": "ښکلا"},
                "text": "ښه ده </script>",
                "datePublished": "2014-08-20T09:30:00+00:00",
                "inLanguage": "ps",
            },
            {
                "@type": "Comment",
                "@id": SITE + reply.get_absolute_url(),
                "url": SITE + reply.get_absolute_url(),
                "author": {"@type": "Person", "name": "Ali"},
                "text": "Yes.",
                "datePublished": "2014-08-20T10:30:00+00:00",
                "inLanguage": reply.language,
                "parentItem": {"@type": "Comment", "@id": address},
            },
        ],
    }  # fmt: skip


def test_a_removed_comment_is_told_of_nowhere_and_its_shown_replies_are(client):
    first = make_comment(name="Zarmina", text="glimmer")
    reply = make_comment(parent=first, text="Yes.")
    Comment.objects.filter(pk=first.pk).update(status=Comment.Status.REJECTED)
    said = data_of(client.get(first.get_absolute_url()).text)
    assert [each["text"] for each in said["comment"]] == [reply.text]
    assert "parentItem" not in said["comment"][0]
