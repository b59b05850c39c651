"""What readers do in a forum, and what they see of it."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from comments import limits, markup, personal, stamps, views
from comments.models import Comment, Decision, Forum
from comments.pages import Row
from comments.receipts import receipt_address
from comments.threads import reading_order
from posts.models import Post
from tests.factories import make_comment, make_editor, make_forum, make_moderator, make_post

State, Status = Forum.State, Comment.Status
GOOD = {"name": "Eugenio", "place": "Vienna", "text": "Excellent news for both!"}
MARKUP = "<script>alert('mark')</script> & \"q\""
VOID = {"br", "hr", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """A page as a browser takes it in; end tags must be those of what stands open."""

    def __init__(self, html):
        super().__init__()
        self.words, self.tags, self.open = [], [], []
        self.feed(html)
        self.close()
        assert self.open == []
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        above = self.open[-1] if self.open else None
        # A list holds items and nothing else, and an item stands in a list.
        if above in ("ol", "ul"):
            assert tag == "li", f"<{tag}> in <{above}>"
        if tag == "li":
            assert above in ("ol", "ul"), f"<li> in <{above}>"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["script"]:
            self.words.append(data)

    @property
    def scripts(self):
        """What a browser would run; data for search engines is in script elements too."""
        return [each for each in self.all("script") if each.get("type") != "application/ld+json"]

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def open_post(state=State.OPEN, headline="Make Nice", **fields):
    post = make_post(headline)
    make_forum(post, state, **fields)
    return post


def new(post):
    return reverse("comments:new", args=[post.slug])


def reply_to(comment):
    return reverse("comments:reply", args=[comment.forum.post.slug, comment.pk])


def article(client, post, **query):
    return client.get(post.get_absolute_url(), query)


def texts(response):
    found = re.findall(r'<div class="text"[^>]*><p>(.*?)</p></div>', response.text, re.S)
    return [text.strip() for text in found]


# Threads on the page


@st.composite
def threads(draw):
    size = draw(st.integers(0, 14))
    comments = []
    for pk in range(1, size + 1):
        parent = draw(st.one_of(st.none(), st.integers(1, pk - 1) if pk > 1 else st.none()))
        status = draw(st.sampled_from([Status.APPROVED, Status.APPROVED, Status.REJECTED]))
        comments.append(
            Comment(pk=pk, parent_id=parent, name=f"N{pk}", text=f"T{pk}", status=status)
        )
    return comments


@given(threads())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_thread_becomes_lists_that_nest_as_the_replies_do(comments):
    lines = reading_order(list(map(Row.of, comments)), lambda each: each.is_shown)
    html = markup.thread(lines, "p", accepts_comments=True)
    depths = []

    class Depths(Page):
        def handle_starttag(self, tag, attrs):
            super().handle_starttag(tag, attrs)
            if tag == "article":
                depths.append((dict(attrs)["id"], self.open.count("ol") - 1))

    page = Depths(html)
    assert depths == [(line.comment.anchor, line.depth) for line in lines]
    shown = [f"T{each.pk}" for each in comments if each.is_shown]
    assert sorted(re.findall(r"T\d+", page.text)) == sorted(shown)


@pytest.mark.django_db
def test_a_page_with_threads_of_all_shapes_nests_properly(client):
    post = open_post()
    forum = post.forum
    start = make_comment(forum)
    for parent in (start, start, make_comment(parent=start)):
        make_comment(parent=make_comment(parent=parent))
    make_comment(parent=make_comment(forum, status=Status.REJECTED))
    make_comment(forum)
    page = Page(article(client, post).text)
    classes = [each["class"] for each in page.all("article")[1:]]
    assert len(classes) == len([each for each in classes if each.startswith("comment")]) == 11


@pytest.mark.django_db
def test_replies_say_that_they_answer_and_deeper_ones_whom(client):
    post = open_post()
    start = make_comment(post.forum, name="Ashoka")
    reply = make_comment(parent=start, name="Mjaff")
    make_comment(parent=reply, name="Zalmay")
    text = Page(article(client, post).text).text
    assert re.search(r"In Response by: Mjaff", text)
    assert re.search(r"In Response to Mjaff by: Zalmay", text)
    assert "In Response to Ashoka" not in text


@pytest.mark.django_db
def test_a_comment_is_headed_by_name_place_day_and_time(client):
    post = open_post()
    at = datetime(2012, 4, 14, 15, 30, tzinfo=UTC)
    comment = make_comment(post.forum, name="Eugenio", place="Vienna", submitted_at=at)
    make_comment(post.forum, name="Nowhere Man", place="")
    response = article(client, post)
    text = Page(response.text).text
    assert "by: Eugenio from: Vienna April 14, 2012 15:30" in text
    assert "by: Nowhere Man from:" not in text
    assert f'id="comment-{comment.pk}"' in response.text
    assert '<time datetime="2012-04-14T15:30:00+00:00">' in response.text


@pytest.mark.django_db
def test_each_comment_has_the_direction_of_its_own_language_and_names_are_isolated(client):
    post = open_post()
    make_comment(post.forum, name="احمد", place="Кабул", text="سلام", language="ps")
    make_comment(post.forum, text="Hello", language="en")
    html = article(client, post).text
    assert '<div class="text" lang="ps" dir="rtl"><p>سلام</p></div>' in html
    assert '<div class="text" lang="en" dir="ltr"><p>Hello</p></div>' in html
    assert '<bdi class="name">احمد</bdi>' in html
    assert '<bdi class="place">Кабул</bdi>' in html


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM, Status.WITHDRAWN])
def test_what_is_not_approved_is_on_no_page(client, status):
    post = open_post()
    shown = make_comment(post.forum, text="Shown words")
    hidden = make_comment(post.forum, text="Hidden words", name="Hidden Name", status=status)
    reply = make_comment(parent=shown, text="Hidden reply", name="Hidden Name", status=status)
    pages = [post.get_absolute_url(), "/", shown.get_absolute_url()]
    for address in [*pages, hidden.get_absolute_url(), reply.get_absolute_url()]:
        html = client.get(address).text
        assert "Hidden" not in html, address
    assert "1 comment<" in article(client, post).text
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(reply.get_absolute_url()).status_code == 404
    assert client.get(reply_to(hidden)).status_code == 404


@pytest.mark.django_db
def test_a_removed_comment_leaves_a_placeholder_above_its_replies_and_no_word(client):
    post = open_post()
    start = make_comment(post.forum, name="First Name", place="First Place", text="First words")
    middle = make_comment(
        parent=start, name="Middle Name", place="Middle Place", text="Middle words"
    )
    last = make_comment(parent=middle, name="Last Name", text="Last words")
    for removed in (start, middle):
        removed.moderate(Status.REJECTED, reason="Secret reason")
    for address in (post.get_absolute_url(), start.get_absolute_url()):
        html = client.get(address).text
        assert html.count("This comment is not shown. The replies to it are.") == 2, address
        assert "Last words" in html
        for gone in ("First", "Middle", "Secret reason"):
            assert gone not in html, (address, gone)
    last.moderate(Status.REJECTED)
    html = article(client, post).text
    assert "not shown" not in html
    assert "Last" not in html
    assert client.get(start.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_an_approved_comment_is_on_the_page_at_the_next_request_and_a_removed_one_is_not(client):
    post = open_post()
    comment = make_comment(post.forum, text="Came and went", status=Status.PENDING)
    first = article(client, post)
    assert "Came and went" not in first.text
    comment.moderate(Status.APPROVED)
    second = client.get(post.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert "Came and went" in second.text
    comment.moderate(Status.REJECTED)
    third = client.get(post.get_absolute_url(), headers={"If-None-Match": second["ETag"]})
    assert third.status_code == 200
    assert "Came and went" not in third.text


# Sorting, pages, threads


@pytest.mark.django_db
def test_comments_are_sorted_oldest_first_or_newest_first(client):
    post = open_post()
    for number in range(3):
        at = datetime(2012, 4, 14 + number, tzinfo=UTC)
        make_comment(post.forum, text=f"number {number}", submitted_at=at)
    assert texts(article(client, post)) == ["number 0", "number 1", "number 2"]
    assert texts(article(client, post, sort="oldest")) == ["number 0", "number 1", "number 2"]
    newest = article(client, post, sort="newest")
    assert texts(newest) == ["number 2", "number 1", "number 0"]
    assert 'href="?sort=newest#forum" aria-current="true"' in newest.text
    assert 'href="?#forum" aria-current="true"' in article(client, post).text
    make_comment(parent=post.forum.comments.get(text="number 1"), text="answer")
    answered = article(client, post, sort="answered")
    assert texts(answered) == ["number 1", "answer", "number 0", "number 2"]
    assert 'href="?sort=answered#forum" aria-current="true"' in answered.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"sort": "best"}, "There is no sorting “best”."),
        ({"sort": ""}, "There is no sorting “”."),
        ({"sort": "<b>x</b>"}, "There is no sorting “<b>x</b>”."),
        ({"sort": "x" * 5000}, f"There is no sorting “{'x' * 40}”."),
        ({"page": "2"}, "There is no page “2”. The pages go from 1 to 1."),
        ({"page": "0"}, "There is no page “0”."),
        ({"page": "٣"}, "There is no page “٣”."),
        ({"page": "<i>1</i>"}, "There is no page “<i>1</i>”."),
        ({"page": "99999999999"}, "There is no page “99999999999”."),
    ],
)
def test_a_sorting_or_page_that_is_none_is_quoted_and_not_found(client, query, said):
    post = open_post()
    make_comment(post.forum)
    response = article(client, post, **query)
    assert response.status_code == 404
    assert said in Page(response.text).text
    assert "<b>x" not in response.text
    assert "<i>1" not in response.text


@pytest.mark.django_db
def test_a_forum_without_comments_refuses_wrong_pages_too(client):
    assert article(client, make_post(), page="2").status_code == 404
    assert article(client, make_post(), sort="best").status_code == 404
    assert article(client, make_post(), page="1", sort="newest").status_code == 200


@pytest.mark.django_db
def test_a_long_forum_goes_on_over_pages_that_keep_the_sorting(client):
    post = open_post()
    at = datetime(2012, 4, 14, tzinfo=UTC)
    for number in range(26):
        make_comment(post.forum, text=f"n{number}", submitted_at=at + timedelta(hours=number))
    first, second = article(client, post), article(client, post, page=2)
    assert len(texts(first)) == 25
    assert texts(second) == ["n25"]
    assert "26 comments" in first.text
    assert "26 comments" in second.text
    assert 'rel="next" href="?page=2#forum"' in first.text
    assert 'rel="prev" href="?page=1#forum"' in second.text
    newest = article(client, post, sort="newest")
    assert texts(newest)[0] == "n25"
    assert 'rel="next" href="?sort=newest&amp;page=2#forum"' in newest.text
    assert texts(article(client, post, sort="newest", page=2)) == ["n0"]


@pytest.mark.django_db
def test_a_long_thread_shows_twenty_replies_and_leads_to_all_of_them(client):
    post = open_post()
    start = make_comment(post.forum, text="start")
    replies = [make_comment(parent=start, text=f"r{number}") for number in range(20)]
    assert "Show all" not in article(client, post).text
    replies += [make_comment(parent=start, text=f"r{number}") for number in range(20, 60)]
    response = article(client, post)
    assert texts(response) == ["start", *(f"r{number}" for number in range(20))]
    link = f'<a href="{start.get_absolute_url()}">Show all 60 replies</a>'
    assert link in response.text
    thread = client.get(start.get_absolute_url())
    assert texts(thread) == ["start", *(f"r{number}" for number in range(49))]
    assert "Page 1 of 2" in thread.text
    second = client.get(start.get_absolute_url(), {"page": 2})
    assert texts(second) == [f"r{number}" for number in range(49, 60)]
    assert "In Response" in second.text
    Page(thread.text)
    Page(second.text)


@pytest.mark.django_db
@pytest.mark.parametrize("raw", ["0", "2", "x", "٣", "<b>", "99999999999"])
def test_a_page_of_a_thread_that_is_none_is_not_found(client, raw):
    comment = make_comment()
    response = client.get(comment.get_absolute_url(), {"page": raw})
    assert response.status_code == 404
    assert f"There is no page “{raw}”." in Page(response.text).text


@pytest.mark.django_db
def test_the_address_of_a_reply_leads_to_its_page_and_place(client):
    post = open_post()
    start = make_comment(post.forum)
    replies = [make_comment(parent=start) for _each in range(60)]
    for reply, page in ((replies[0], ""), (replies[48], ""), (replies[49], "?page=2")):
        response = client.get(reply.get_absolute_url())
        assert response.status_code == 302
        assert response["Location"] == f"{start.get_absolute_url()}{page}#comment-{reply.pk}"
        there = client.get(response["Location"].partition("#")[0])
        assert f'id="comment-{reply.pk}"' in there.text


@pytest.mark.django_db
def test_a_comment_has_no_address_below_another_post_or_a_hidden_one(client):
    comment = make_comment()
    other = make_post()
    wrong = reverse("comments:comment", args=[other.slug, comment.pk])
    assert client.get(comment.get_absolute_url()).status_code == 200
    assert client.get(wrong).status_code == 404
    Post.objects.filter(pk=comment.forum.post_id).update(status=Post.Status.DRAFT)
    for address in (comment.get_absolute_url(), reply_to(comment), new(comment.forum.post)):
        assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999", "9" * 5000])
def test_a_comment_that_is_not_there_is_not_found(client, pk):
    post = open_post()
    assert client.get(f"/a/{post.slug}/comments/{pk}/").status_code == 404
    assert client.get(f"/a/{post.slug}/comments/{pk}/reply/").status_code == 404


@pytest.mark.django_db
def test_reading_makes_no_forum(client):
    post = make_post()
    for address in (post.get_absolute_url(), "/", new(post)):
        assert client.get(address).status_code == 200
    assert not Forum.objects.exists()
    assert "Comments appear after a moderator has read them." in article(client, post).text


@pytest.mark.django_db
def test_a_closed_forum_says_so_and_offers_no_form(client):
    post = open_post(State.CLOSED)
    comment = make_comment(post.forum)
    for address in (post.get_absolute_url(), new(post), reply_to(comment)):
        html = client.get(address).text
        assert "This forum has been closed." in html
        assert "<form" not in html
    assert "/reply/" not in article(client, post).text


@pytest.mark.django_db
def test_an_open_forum_offers_a_form_and_an_answer_to_each_comment(client):
    post = open_post()
    comment = make_comment(post.forum)
    html = article(client, post).text
    assert f'action="{new(post)}"' in html
    assert f'href="{reply_to(comment)}"' in html
    assert "closed" not in html
    form = client.get(reply_to(comment)).text
    assert f'action="{reply_to(comment)}"' in form
    assert comment.text in form


# Sending


@pytest.mark.django_db
def test_a_comment_in_an_open_forum_is_on_the_page_at_the_next_request(client, send):
    post = open_post()
    before = article(client, post)
    response = send(new(post), **GOOD)
    assert response.status_code == 302
    comment = Comment.objects.get()
    assert (comment.name, comment.place, comment.text) == tuple(GOOD.values())
    assert comment.status == Status.APPROVED
    after = client.get(post.get_absolute_url(), headers={"If-None-Match": before["ETag"]})
    assert "by: Eugenio from: Vienna" in Page(after.text).text
    assert texts(after) == ["Excellent news for both!"]
    assert "It is on the page" in client.get(response["Location"]).text


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.PREMODERATED, None])
def test_a_comment_in_a_pre_moderated_forum_waits_and_the_receipt_says_so(client, send, state):
    post = open_post(state) if state else make_post()
    response = send(new(post), **GOOD)
    assert Comment.objects.get().status == Status.PENDING
    assert "Excellent news" not in article(client, post).text
    receipt = client.get(response["Location"]).text
    assert "It is waiting for a moderator" in receipt
    assert "Excellent news for both!" in receipt


@pytest.mark.django_db
def test_a_closed_forum_refuses_a_comment_and_gives_the_text_back(client, send):
    post = open_post(State.CLOSED)
    parent = make_comment(post.forum)
    for address in (new(post), reply_to(parent)):
        response = send(address, **GOOD | {"text": "Long thoughts <i>of mine</i>"})
        assert response.status_code == 403
        assert "This forum has been closed." in response.text
        assert "Long thoughts &lt;i&gt;of mine&lt;/i&gt;" in response.text
    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_a_forum_that_closes_while_somebody_writes_gives_the_text_back(client, send, time_machine):
    noon = datetime(2014, 8, 20, 12, tzinfo=UTC)
    time_machine.move_to(noon - timedelta(seconds=1), tick=False)
    post = make_post(published_at=noon - timedelta(days=1))
    make_forum(post, closes_at=noon)
    assert send(new(post), **GOOD).status_code == 302
    time_machine.move_to(noon, tick=False)
    response = send(new(post), **GOOD | {"text": "One second too late"})
    assert response.status_code == 403
    assert "One second too late" in response.text
    assert [each.text for each in Comment.objects.all()] == [GOOD["text"]]


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_comment_with_one_receipt(send):
    post = open_post(State.PREMODERATED)
    first, second = send(new(post), **GOOD), send(new(post), **GOOD)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1
    third = send(new(post), **GOOD | {"text": "Something else"})
    assert third["Location"] != first["Location"]


@pytest.mark.django_db
def test_what_fills_in_the_hidden_field_is_held_and_a_reader_loses_nothing(client, send):
    post = open_post()
    response = send(new(post), **GOOD, website="http://pills.example")
    assert response.status_code == 302
    assert Comment.objects.get().status == Status.PENDING
    assert "honeypot" in Decision.objects.get().reason
    assert "Excellent news" not in article(client, post).text
    assert "It is waiting for a moderator" in client.get(response["Location"]).text


@pytest.mark.django_db
def test_a_reply_stands_below_what_it_answers(client, send):
    post = open_post()
    parent = make_comment(post.forum, text="start")
    make_comment(post.forum, text="later")
    assert send(reply_to(parent), **GOOD).status_code == 302
    reply = Comment.objects.get(name="Eugenio")
    assert (reply.parent, reply.thread, reply.depth) == (parent, parent, 1)
    assert texts(article(client, post)) == ["start", GOOD["text"], "later"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "The comment is empty."),
        ({"text": " \r\n\t "}, "The comment is empty."),
        ({"text": "\u200b\u200c"}, "The comment is empty."),
        ({"name": ""}, "Please give a name; a pen name is fine."),
        ({"name": "   "}, "Please give a name; a pen name is fine."),
        ({"name": "n" * 61}, "at most 60 characters (it has 61)"),
        ({"place": "p" * 61}, "at most 60 characters (it has 61)"),
        ({"text": "t" * 5001}, "The comment has 5001 characters; at most 5000 can be taken."),
        ({"text": "mega " * 200_000}, "at most 5000 can be taken."),
        ({"text": "nu\x00l"}, "Null characters are not allowed."),
        ({"name": "nu\x00l"}, "Null characters are not allowed."),
        ({"place": "nu\x00l"}, "Null characters are not allowed."),
    ],
)
def test_what_can_not_be_taken_gives_the_form_back_as_it_was_filled_in(send, fields, said):
    post = open_post()
    response = send(new(post), **GOOD | fields)
    assert response.status_code == 422
    page = Page(response.text)
    assert said in page.text
    assert "Your comment was not sent yet." in page.text
    kept = GOOD | fields
    values = {each.get("name"): each.get("value") for each in page.all("input")}
    if "\x00" not in "".join(kept.values()):
        assert values["name"] == kept["name"] or not kept["name"].strip()
        assert values["place"] == kept["place"]
    if kept["text"].strip() and "\x00" not in kept["text"]:
        assert " ".join(kept["text"].split()) in page.text
    assert not Comment.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_far_too_much_at_once_is_refused_with_a_page_and_stores_nothing(client, kind):
    post = open_post()
    if kind.startswith("multipart"):
        data, extra = {**GOOD, "text": "x" * 2_700_000}, {}
    else:
        data, extra = "name=a&text=" + "x" * 2_700_000, {"content_type": kind}
    response = client.post(new(post), data, headers={"Sec-Fetch-Site": "same-origin"}, **extra)
    assert response.status_code in (400, 413)
    assert response["Content-Type"].startswith("text/html")
    assert "Front page" in response.text
    assert not Comment.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("application/json", '{"name": "a", "text": "b"}'),
        ("text/plain", "name=a&text=b"),
        ("multipart/form-data; boundary=x", "garbage"),
        ("multipart/form-data", "no boundary"),
        ("application/x-www-form-urlencoded", "%FF%FE=%00&&&=;"),
        ("application/x-www-form-urlencoded; charset=utf-16", "name=a&text=b"),
        ("application/x-www-form-urlencoded", "&".join(f"f{n}=x" for n in range(2000))),
    ],
)
def test_a_body_that_is_no_form_is_answered_in_words_and_stores_nothing(client, kind, content):
    post = open_post()
    response = client.generic(
        "POST", new(post), content, kind, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert response.status_code in (400, 413, 422)
    assert "<h1" in response.text
    assert not Comment.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "why", ["of another post", "pending", "rejected", "spam", "withdrawn", "unknown"]
)
def test_what_can_not_be_answered_refuses_the_reply_and_gives_the_text_back(send, why):
    post = open_post()
    if why == "of another post":
        pk = make_comment().pk
    elif why == "unknown":
        pk = 999_999
    else:
        pk = make_comment(post.forum, status=why).pk
    before = Comment.objects.count()
    address = reverse("comments:reply", args=[post.slug, pk])
    response = send(address, **GOOD)
    assert response.status_code == 404
    assert "The comment that you answer is not here, so nothing was stored." in response.text
    for words in GOOD.values():
        assert words in response.text
    assert Comment.objects.count() == before
    # The text can be sent again at once, as a comment of its own.
    assert f'action="{new(post)}"' in response.text


@pytest.mark.django_db
def test_a_post_that_is_not_public_takes_no_comments(send):
    for status in (Post.Status.DRAFT, Post.Status.WITHDRAWN):
        post = make_post(status=status)
        assert send(new(post), **GOOD).status_code == 404
    assert send("/a/unknown/comments/", **GOOD).status_code == 404
    assert not Forum.objects.exists()


@pytest.mark.django_db
def test_markup_in_any_field_is_shown_as_text_wherever_it_appears(client, send):
    post = open_post()
    fields = {"name": f"N {MARKUP}", "place": f"P {MARKUP}", "text": f"T {MARKUP}"}
    receipt = send(new(post), **fields)["Location"]
    start = Comment.objects.get()
    send(reply_to(start), **fields)
    reply = Comment.objects.exclude(pk=start.pk).get()
    send(reply_to(reply), **fields)
    refused = send(new(post), **fields | {"name": f"{'n' * 60} {MARKUP}"})
    foreign = client.post(new(post), fields)
    pages = [client.get(address) for address in (
        post.get_absolute_url(), receipt, start.get_absolute_url(), reply_to(reply),
    )]  # fmt: skip
    for response in [*pages, refused, foreign]:
        page = Page(response.text)
        assert page.scripts == []
        assert "<script>alert" not in response.text
        assert MARKUP in page.text
    text = Page(pages[0].text).text
    for letter in "NPT":
        assert f"{letter} {MARKUP}" in text


@pytest.mark.django_db
def test_a_form_from_elsewhere_stores_nothing_and_gives_the_words_back(client):
    post = open_post()
    parent = make_comment(post.forum, text="start")
    for address in (new(post), reply_to(parent)):
        response = client.post(address, GOOD, headers={"Sec-Fetch-Site": "cross-site"})
        assert response.status_code == 403
        assert "nothing was stored" in response.text
        for words in GOOD.values():
            assert words in response.text
        assert f'action="{address}"' in response.text
    assert Comment.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_a_form_is_only_read_or_sent(client, method):
    post = open_post()
    comment = make_comment(post.forum)
    for address in (new(post), reply_to(comment)):
        response = getattr(client, method)(address)
        assert response.status_code == 405
        assert "This address can&#x27;t be used that way" in response.text
    assert client.head(new(post)).status_code == 200
    assert client.post(comment.get_absolute_url()).status_code == 405


@pytest.mark.django_db
def test_forms_are_kept_by_no_cache_and_found_by_no_search(client, send):
    post = open_post()
    comment = make_comment(post.forum)
    answers = [client.get(new(post)), client.get(reply_to(comment)), send(new(post), text="x")]
    for response in answers:
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"


# Who a reader is, nobody knows


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_editor, make_moderator])
def test_what_staff_send_through_the_readers_form_is_linked_to_nobody(client, send, make):
    user = make()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    post = open_post()
    response = send(new(post), **GOOD)
    assert response.status_code == 302
    assert not response.cookies
    assert client.cookies["sessionid"].value == session
    assert response.wsgi_request.user.is_anonymous
    assert Decision.objects.get().by is None
    assert not LogEntry.objects.exists()
    dumped = dump(without=("auth_user", "django_session"))
    assert not [value for value in dumped if value == user.username]
    comment = Comment.objects.get()
    linked = [field.name for field in Comment._meta.fields if field.related_model is type(user)]
    assert [getattr(comment, name) for name in linked] == [None]


def dump(without=()):
    """Every value of every table, as text."""
    values = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in without:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                values += [str(value) for row in cursor.fetchall() for value in row]
    return values


@pytest.mark.django_db
def test_nothing_stored_knows_a_readers_address_or_browser(client, caplog, capfd):
    import hashlib

    address, agent, language = "203.0.113.77", "SecretBrowser/7.0 (Pashto edition)", "ps-AF;q=0.7"
    post = open_post()
    parent = make_comment(post.forum)
    sent = {"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": address}
    headers = {"User-Agent": agent, "Accept-Language": language, "Sec-Fetch-Site": "same-origin"}
    for target in (new(post), reply_to(parent)):
        assert client.post(target, GOOD, headers=headers, **sent).status_code == 302
        assert client.post(target, {"text": ""}, headers=headers, **sent).status_code == 422
    refused = client.post(new(post), GOOD, headers=headers | {"Sec-Fetch-Site": "none"}, **sent)
    assert refused.status_code == 403
    client.get("/a/nothing/", headers=headers, **sent)
    values = dump()
    assert GOOD["text"] in values  # the dump sees what was stored
    clues = [address, agent, language, "SecretBrowser"]
    for name in ("md5", "sha1", "sha256"):
        clues += [hashlib.new(name, clue.encode()).hexdigest() for clue in (address, agent)]
    for value in [*values, caplog.text, "".join(capfd.readouterr())]:
        for clue in clues:
            assert clue not in value


def arriving(rf, forum, form, length):
    """A form of which `length` bytes were announced, whatever of it arrived."""
    request = rf.post("/", headers={"Sec-Fetch-Site": "same-origin"})
    environ = request.environ | {
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(length),
        "wsgi.input": BytesIO(form),
    }
    return views.new(WSGIRequest(environ), forum.post.slug)


@pytest.mark.django_db
def test_half_a_form_is_nobodys_comment(rf):
    forum, form = make_forum(), b"name=CutOff&text=The+first+half+of"
    with pytest.raises(BadRequest, match="Only a part of the form arrived"):
        arriving(rf, forum, form, len(form) + 40)
    assert forum.comments.count() == 0
    assert arriving(rf, forum, form, len(form)).status_code == 302
    assert forum.comments.get().text == "The first half of"


# Before sending: how long it took, what it tells


def hidden(response, field):
    found = [each for each in Page(response.text).all("input") if each.get("name") == field]
    return found[0]["value"] if found else None


@pytest.mark.django_db
def test_only_a_form_on_a_page_of_its_own_is_stamped_and_keeps_its_first_stamp(client, send):
    post = open_post()
    assert hidden(article(client, post), "stamp") is None
    stamp = hidden(client.get(new(post)), "stamp")
    assert hidden(send(new(post), name="", text="x", stamp=stamp), "stamp") == stamp
    assert hidden(send(new(post), name="", text="x"), "stamp") is None


@pytest.mark.django_db
def test_what_was_written_faster_than_a_person_types_is_held(client, send, time_machine):
    time_machine.move_to("2026-03-01T12:00:00Z", tick=False)
    post = open_post()
    stamp = hidden(client.get(new(post)), "stamp")
    time_machine.move_to("2026-03-01T12:00:01Z", tick=False)
    send(new(post), **GOOD, stamp=stamp)
    assert Comment.objects.get().status == Status.PENDING
    time_machine.move_to("2026-03-01T12:00:09Z", tick=False)
    send(new(post), **GOOD | {"text": "Taken time"}, stamp=stamp)
    assert Comment.objects.get(text="Taken time").status == Status.APPROVED


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["forged", "of another post", "old", "absent", "null", "long"])
def test_a_stamp_that_says_nothing_is_not_counted(kind, time_machine):
    time_machine.move_to("2026-03-01T12:00:00Z", tick=False)
    post = make_post()
    stamp = stamps.stamp_for(post)
    assert stamps.seconds_since(stamp, post) == 0
    if kind == "old":
        time_machine.move_to("2026-03-02T12:00:01Z", tick=False)
    stamp = {
        "forged": stamp[:-1], "of another post": stamps.stamp_for(make_post()), "old": stamp,
        "absent": None, "null": "1:\x00:x", "long": "x" * 9999,
    }[kind]  # fmt: skip
    assert stamps.seconds_since(stamp, post) is None


@pytest.fixture
def numbers_are_found(monkeypatch):
    """Every run of six digits is a phone number."""
    monkeypatch.setattr(
        personal,
        "findings",
        lambda text: [personal.Finding("phone", each) for each in re.findall(r"\d{6,}", text)],
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("numbers_are_found")
def test_a_text_with_private_details_is_sent_only_after_a_warning_that_quotes_them(send):
    post = open_post()
    form = GOOD | {"text": "Call me: 070012345"}
    warned = send(new(post), **form)
    assert warned.status_code == 422
    assert "a phone number: 070012345" in Page(warned.text).text
    assert "Call me: 070012345" in warned.text
    assert not Comment.objects.exists()
    assert send(new(post), **form).status_code == 422
    digest = re.search(r'name="as_it_is" value="([^"]+)"', warned.text)[1]
    more = send(new(post), **form | {"text": "Call me: 070012345 or 079999999"}, as_it_is=digest)
    assert more.status_code == 422
    assert "079999999" in more.text
    assert "a phone number: 070012345" not in Page(more.text).text
    assert not Comment.objects.exists()
    assert send(new(post), **form, as_it_is=digest).status_code == 302
    assert Comment.objects.get().text == "Call me: 070012345"


@pytest.mark.django_db
@pytest.mark.usefixtures("numbers_are_found")
def test_a_warned_text_without_the_details_is_sent_at_once(send):
    post = open_post()
    assert send(new(post), **GOOD | {"text": "Call me: 070012345"}).status_code == 422
    assert send(new(post), **GOOD | {"text": "Call me"}).status_code == 302


@pytest.mark.django_db
@pytest.mark.usefixtures("numbers_are_found")
def test_a_correction_is_warned_about_like_a_first_text(send):
    comment = make_comment(make_forum(), status=Status.PENDING, text="Nothing in it")
    address = receipt_address(comment) + "correct/"
    warned = send(address, **GOOD | {"text": "Call 070012345"})
    assert warned.status_code == 422
    assert "a phone number: 070012345" in Page(warned.text).text
    assert Comment.objects.get().text == "Nothing in it"
    digest = re.search(r'name="as_it_is" value="([^"]+)"', warned.text)[1]
    assert send(address, **GOOD | {"text": "Call 070012345"}, as_it_is=digest).status_code == 302
    assert Comment.objects.get().text == "Call 070012345"


@pytest.mark.django_db
def test_far_too_many_comments_are_refused_for_a_while_with_everything_given_back(
    send, monkeypatch
):
    far = limits.Standing(level="far_beyond", limit="minute", retry_after=61)
    monkeypatch.setattr(limits, "count", lambda *_: far)
    response = send(new(open_post()), **GOOD)
    assert (response.status_code, response["Retry-After"]) == (429, "61")
    assert "please send it again in 2 minutes" in response.text
    for words in GOOD.values():
        assert words in response.text
    assert not Comment.objects.exists()
