"""Taking a passage out of a comment: what readers see instead, and that no copy stays."""

import pytest
from django.db import connection
from django.urls import reverse

from comments.models import Comment, Decision, Flag, NameNote, Reason, Words
from comments.redaction import CanNotRedact, redact
from comments.text import REMOVED, as_html, clean_line, clean_text, plain_words
from tests.factories import make_comment, make_editor, make_moderator

pytestmark = pytest.mark.django_db
Status = Comment.Status
SENTENCE = "a moderator removed something here"


def everything_stored():
    values = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            # SQLite's full-text index keeps deleted words until it merges its segments.
            if table == "comments_words_index_data":
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            values += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(values)


def send(client, comment, **fields):
    return client.post(reverse("admin:comments_comment_redact", args=[comment.pk]), fields)


def test_no_reader_can_set_the_mark():
    assert clean_text(f"a{REMOVED}b") == "ab"
    assert clean_line(f"a{REMOVED}b") == "ab"


def test_the_mark_is_said_in_words_and_parts_addresses():
    html = as_html(f"<b> {REMOVED} https://a.example/{REMOVED}x")
    assert html.count(f'<span class="redacted">[{SENTENCE}]</span>') == 2
    assert 'href="https://a.example/"' in html
    assert "&lt;b&gt;" in html
    assert REMOVED not in html
    assert plain_words(f"to {REMOVED} or") == "to […] or"


def test_every_occurrence_goes_whatever_space_stands_in_it():
    comment = make_comment(text="Ask Zmarak  Khan. Yes:\nZmarak\nKhan! Not Zmarak.")
    assert redact(comment, " Zmarak Khan", make_moderator()) == 2
    comment.refresh_from_db()
    assert comment.text == f"Ask {REMOVED}. Yes:\n{REMOVED}! Not Zmarak."


def test_no_copy_of_the_words_stays_anywhere():
    moderator = make_moderator()
    comment = make_comment(name="Zmarak", text="Call Qandigul at 0799-123 456 today")
    make_comment(name="Other", text="Another comment")
    Reason.objects.create(
        comment=comment, phase="personal", code="phone", details={"found": "0799-123"}
    )
    Reason.objects.create(
        comment=comment, phase="score", code="score", details={"words": ["qandigul"]}
    )
    kept = Reason.objects.create(
        comment=comment, phase="rules", code="word", details={"found": "today"}
    )
    Flag.objects.create(comment=comment, why="private", words="He tells Qandigul at 0799-123 456!")
    was = comment.fingerprint
    redact(comment, "Qandigul at 0799-123 456", moderator)
    stored = everything_stored()
    # Not "0799" alone, which a moment's fraction may hold.
    for words in ("Qandigul", "qandigul", "0799-123", "0799123", was):
        assert words not in stored
    assert list(comment.reasons.all()) == [kept]
    assert Flag.objects.get().words == f"He tells {REMOVED}!"
    decision = Decision.objects.get()
    assert (decision.what, decision.by, decision.before, decision.after, decision.reason) == (
        "redacted", moderator, "approved", "approved", "",
    )  # fmt: skip


def test_a_removed_name_is_found_by_nothing_and_its_notes_go_unless_another_carries_it():
    moderator = make_moderator()
    one, two = make_comment(name="Zmarak"), make_comment(name="Zmarak")
    NameNote.objects.create(name_key=one.name_key, text="Be kind", by=moderator)
    redact(one, "Zmarak", moderator, field="name")
    assert Words.objects.filter(folded__contains="zmarak").count() == 1
    assert NameNote.objects.count() == 1
    redact(two, "Zmarak", moderator, field="name")
    assert not NameNote.objects.exists()
    assert "zmarak" not in everything_stored().lower()


@pytest.mark.parametrize("passage", ["", "  \n ", REMOVED, "not there"])
def test_a_passage_that_does_not_occur_changes_nothing(passage):
    comment = make_comment(text="As it was")
    with pytest.raises(CanNotRedact):
        redact(comment, passage, make_moderator())
    comment.refresh_from_db()
    assert comment.text == "As it was"
    assert not Decision.objects.exists()


def test_what_was_withdrawn_or_erased_is_not_touched():
    withdrawn, erased = make_comment(status=Status.WITHDRAWN, text="Words"), make_comment()
    Comment.objects.filter(pk=erased.pk).erase()
    moderator = make_moderator()
    for comment in (withdrawn, erased):
        with pytest.raises(CanNotRedact):
            redact(comment, "Words", moderator)
    assert not Decision.objects.exists()


def test_the_form_removes_a_passage_from_a_published_comment(client):
    comment = make_comment(text="My number is 0799, call", name="Zmarak")
    client.force_login(make_moderator())
    assert send(client, comment, passage="0799", field="text").status_code == 302
    for address in (comment.forum.post.get_absolute_url(), comment.get_absolute_url()):
        html = client.get(address).text
        assert SENTENCE in html
        assert "0799" not in html
    page = client.get(reverse("admin:comments_comment_change", args=[comment.pk])).text
    assert "A passage was removed" in page


def test_the_form_gives_a_passage_back_that_does_not_stand_there(client):
    comment = make_comment(text="As it was")
    client.force_login(make_moderator())
    response = send(client, comment, passage="<i>absent</i>", field="text")
    assert response.status_code == 422
    assert "“&lt;i&gt;absent&lt;/i&gt;” does not stand there" in response.text
    assert response.text.count("&lt;i&gt;absent") == 2
    assert send(client, comment, passage="", field="text").status_code == 422
    assert send(client, comment, passage="was", field="forum").status_code == 422
    comment.refresh_from_db()
    assert comment.text == "As it was"


def test_who_is_no_moderator_removes_nothing(client):
    comment = make_comment(text="As it was")
    assert send(client, comment, passage="was", field="text").status_code == 302
    client.force_login(make_editor())
    assert send(client, comment, passage="was", field="text").status_code == 403
    comment.refresh_from_db()
    assert comment.text == "As it was"
