"""The markup of comments: what is kept of it, and that what is kept is never old."""

from datetime import UTC, datetime
from threading import Thread

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from comments import markup
from comments.markup import KEPT, Kept, MadeFrom
from comments.models import Comment
from comments.pages import Row
from comments.threads import Line
from posts import lite
from tests.factories import make_comment

AT = datetime(2014, 8, 20, 12, tzinfo=UTC)
SAID = Row(
    pk=7, parent_id=None, thread_id=7, depth=0, name="Zarghuna", place="Chitral", text="On foot.",
    language="en", mark="", distinction="", status="approved", submitted_at=AT, decided_at=AT,
    corrected_at=None,
)  # fmt: skip


@pytest.fixture(autouse=True)
def empty():
    KEPT.forget()


def drawn(row=SAID, slug="road", accepts_comments=True, **line):
    return markup.thread(
        [Line(row, 0, line.pop("parent", None), **line)], slug, accepts_comments=accepts_comments
    )


def test_a_comment_is_an_article_with_its_name_place_time_text_and_what_one_can_do():
    assert drawn() == (
        '<ol class="thread">\n<li><article class="comment" id="comment-7">\n<header>\n'
        '<h3><span class="label">by:</span> <bdi class="name">Zarghuna</bdi> '
        '<span class="label">from:</span> <bdi class="place">Chitral</bdi></h3>\n'
        '<p class="when"><a href="/a/road/comments/7/"><time datetime="2014-08-20T12:00:00+00:00">'
        "August 20, 2014 12:00</time></a></p>\n</header>\n"
        '<div class="text" lang="en" dir="ltr"><p>On foot.</p></div>\n'
        '<p class="actions"><a href="/a/road/comments/7/reply/">Reply<span class="unseen"> to '
        '<bdi>Zarghuna</bdi></span></a> <a href="/a/road/comments/7/report/" rel="nofollow">'
        "Report</a></p>\n</article>\n</li>\n</ol>\n"
    )


def test_what_a_comment_answers_is_named_only_below_the_first_step_and_only_if_it_is_shown():
    start, deep = SAID._replace(pk=1), SAID._replace(pk=2, depth=1, name="Farid & Co")
    assert "In Response" not in drawn()
    assert '<p class="in-response">In Response</p>' in drawn(parent=start)
    named = '<p class="in-response">In Response to <bdi>Farid &amp; Co</bdi></p>'
    assert named in drawn(parent=deep)
    hidden = deep._replace(status="rejected")
    assert '<p class="in-response">In Response</p>' in drawn(parent=hidden)


@pytest.mark.parametrize(
    ("changed", "seen"),
    [
        ({"name": "Jack"}, '<bdi class="name">Jack</bdi>'),
        ({"place": ""}, '<bdi class="name">Zarghuna</bdi></h3>'),
        ({"text": "By bus."}, "<p>By bus.</p>"),
        ({"language": "ps"}, 'lang="ps" dir="rtl"'),
        ({"mark": "k3v9-2mqd"}, "with the mark </span>k3v9-2mqd</span>"),
        ({"distinction": "picked"}, '<p class="distinction picked">Picked by the newsroom</p>'),
        ({"submitted_at": AT.replace(hour=13)}, "August 20, 2014 13:00"),
        ({"status": "rejected"}, "This comment is not shown. The replies to it are."),
    ],
)
def test_whatever_changes_in_a_comment_is_seen_at_once(changed, seen):
    assert seen not in drawn()
    assert seen in drawn(SAID._replace(**changed))
    assert seen not in drawn()


def test_what_the_page_changes_is_seen_at_once(settings):
    plain = drawn()
    assert "<strong>New</strong>" in drawn(is_new=True)
    assert 'comments/7/">Show all 12 replies</a></p>' in drawn(more_replies=12)
    assert "/a/other/comments/7/" in drawn(slug="other")
    assert "reply/" not in drawn(accepts_comments=False)
    with translation.override("ps"):
        assert "۱۲:۰۰" in drawn()
        settings.LOCAL_DIGITS = []
        assert "12:00" in drawn()
    token = lite._is_on.set(True)
    assert "/comments/7/reply/?lite=1" in drawn()
    lite._is_on.reset(token)
    settings.TIME_ZONE = "Asia/Kabul"
    assert "August 20, 2014 16:30" in drawn()
    settings.TIME_ZONE = "UTC"
    assert drawn() == plain


def test_markup_is_made_once(monkeypatch):
    plain = drawn()
    monkeypatch.setattr(markup.Place, "_made", None)
    assert drawn() == plain


def test_what_a_moderator_sees_beside_a_comment_is_not_kept():
    html = markup.thread(
        [Line(SAID, 0, None)], "road", accepts_comments=True, beside=lambda row: f"<i>{row.pk}</i>"
    )
    assert "<i>7</i></article>" in html
    assert "<i>" not in drawn()


def test_nothing_stands_beside_a_comment_that_is_not_shown():
    hidden = [Line(SAID._replace(status="spam"), 0, None)]
    html = markup.thread(hidden, "road", accepts_comments=True, beside=lambda row: "<i>beside</i>")
    assert "beside" not in html


@given(st.text(), st.text(), st.text(), st.text(), st.text(max_size=8))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_nothing_that_a_person_typed_is_ever_markup(name, place, text, mark, distinction):
    evil = '<b onclick="x">\'&"'
    said = SAID._replace(
        name=f"{name}{evil}", place=f"{place}{evil}", text=f"{text}{evil}", mark=f"{mark}{evil}",
        distinction=f"{distinction}{evil}",
    )  # fmt: skip
    for html in (drawn(said), drawn(parent=said._replace(depth=1))):
        assert "<b" not in html.replace("<bdi", "")
        assert 'onclick="' not in html


@pytest.mark.django_db
def test_a_correction_is_on_the_page_at_the_next_request(client):
    comment = make_comment(text="First words")
    address = comment.forum.post.get_absolute_url()
    assert "First words" in client.get(address).text
    Comment.objects.filter(pk=comment.pk).update(text="Second words")
    page = client.get(address).text
    assert "Second words" in page
    assert "First words" not in page


# What is kept


def entry(number, words="said"):
    return MadeFrom(SAID._replace(pk=number, text=words), None, False)


def test_what_is_kept_is_given_only_for_the_very_same():
    kept = Kept()
    kept.keep(1, entry(1), "<p>")
    assert kept.get(1, entry(1)) == "<p>"
    assert kept.get(1, entry(1, "changed")) is None
    assert kept.get(2, entry(1)) is None


def test_the_memory_is_bounded_and_forgets_what_nobody_asked_for():
    kept = Kept(most_bytes=100_000)
    kept.keep("asked", entry(0), "asked")
    for number in range(2_000):
        kept.keep(number, entry(number), "x" * 500)
        assert kept.get("asked", entry(0)) == "asked"
        assert len(kept) < 100
    assert kept.get(0, entry(0)) is None
    assert kept.get(1_999, entry(1_999)) == "x" * 500


def test_one_text_that_is_larger_than_the_memory_does_no_harm():
    kept = Kept(most_bytes=1_000)
    kept.keep(1, entry(1), "x" * 10_000)
    kept.keep(2, entry(2), "y")
    assert len(kept) <= 2


def test_threads_share_a_memory_without_mixing_what_they_keep():
    kept, wrong = Kept(most_bytes=50_000), []

    def work(first):
        for number in range(first, first + 800):
            key = number % 50
            kept.keep(key, entry(key, str(number)), str(number))
            found = kept.get(key, entry(key, str(number)))
            if found not in (None, str(number)):
                wrong.append(found)

    workers = [Thread(target=work, args=(number * 7,)) for number in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert wrong == []
