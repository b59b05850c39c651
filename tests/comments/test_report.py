"""Readers' reports: how they are taken, counted and answered."""

import pytest
from django.urls import reverse

from comments import flags, limits
from comments.models import Comment, Flag, Forum, Policy
from posts.models import Post
from tests.factories import make_comment, make_forum, make_post

pytestmark = pytest.mark.django_db
Status = Comment.Status


@pytest.fixture
def connections(monkeypatch):
    """Each X-From of a request is a connection of its own."""
    limits.forget()
    monkeypatch.setattr(
        limits, "sender_of", lambda request: request.headers.get("X-From", "").encode()
    )


def page_of(comment):
    return reverse("comments:report", args=[comment.forum.post.slug, comment.pk])


def reported(send, comment, who, **fields):
    return send(page_of(comment), headers={"X-From": who}, **{"why": "insult"} | fields)


@pytest.mark.parametrize("state", Forum.State.values)
def test_each_shown_comment_has_a_link_to_report_it_also_in_a_closed_forum(client, state):
    comment = make_comment(make_forum(state=state), name="Jack", text="You fools.")
    html = client.get(comment.forum.post.get_absolute_url()).text
    assert f'<a href="{page_of(comment)}" rel="nofollow">Report' in html
    form = client.get(page_of(comment))
    assert form["X-Robots-Tag"] == "noindex"
    assert "no-store" in form["Cache-Control"]
    for words in ("You fools.", "Jack", "It insults somebody", "Something else"):
        assert words in form.text
    assert form.text.count('type="radio"') == len(Flag.Why)


def test_a_report_is_stored_counted_and_thanked_for_and_hides_nothing(client, send, connections):
    comment = make_comment(text="You fools.")
    response = reported(send, comment, "a", words="  He means\r\nmy family. ")
    assert response.status_code == 302
    assert "Thank you for the report" in client.get(response["Location"]).text
    flag = Flag.objects.get()
    assert (flag.comment, flag.why, flag.words, flag.closed_at) == (
        comment, "insult", "He means\nmy family.", None,
    )  # fmt: skip
    comment.refresh_from_db()
    assert (comment.flags, comment.flagged_at, comment.status) == (1, None, Status.APPROVED)
    assert "You fools." in client.get(comment.forum.post.get_absolute_url()).text


def test_enough_reports_put_it_into_the_queue_and_further_ones_keep_its_time(
    send, connections, time_machine
):
    Policy(flags_needed=2).save()
    comment = make_comment()
    reported(send, comment, "a")
    assert not Comment.objects.flagged().exists()
    time_machine.move_to("2027-03-01T12:00:00Z", tick=False)
    reported(send, comment, "b")
    since = Comment.objects.flagged().get().flagged_at
    assert since.isoformat() == "2027-03-01T12:00:00+00:00"
    time_machine.move_to("2027-03-02T12:00:00Z", tick=False)
    reported(send, comment, "c")
    comment.refresh_from_db()
    assert (comment.flags, comment.flagged_at, comment.status) == (3, since, Status.APPROVED)


def test_one_connection_counts_once_and_is_thanked_each_time(send, connections):
    comment, other = make_comment(), make_comment()
    first, second = reported(send, comment, "a"), reported(send, comment, "a")
    assert first["Location"] == second["Location"]
    reported(send, other, "a")
    comment.refresh_from_db()
    assert comment.flags == 1
    assert Flag.objects.count() == 2


def test_a_report_after_a_moderator_has_closed_the_others_counts_anew(send, connections):
    Policy(flags_needed=1).save()
    comment = make_comment()
    reported(send, comment, "a")
    comment.moderate(Status.APPROVED)
    assert not Comment.objects.flagged().exists()
    reported(send, comment, "b")
    comment.refresh_from_db()
    assert (comment.flags, comment.flagged_at is None) == (1, False)
    assert Flag.objects.filter(closed_at=None).count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"why": ""}, "Please choose what is wrong with it."),
        ({"why": "<b>x"}, "“&lt;b&gt;x” is none of the answers."),
        ({"words": "w" * 501}, "at most 500 characters (it has 501)"),
        ({"words": "nu\x00l"}, "Null characters are not allowed."),
        ({"website": "http://x.example"}, "Something filled in a field that people don&#x27;t see"),
    ],
)
def test_what_can_not_be_taken_gives_the_report_back(send, connections, fields, said):
    comment = make_comment()
    response = reported(send, comment, "a", **{"words": "My own words"} | fields)
    assert response.status_code == 422
    assert said in response.text
    assert "words" in fields or "My own words" in response.text
    assert not Flag.objects.exists()


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM, Status.WITHDRAWN])
def test_a_comment_that_is_gone_is_answered_with_a_sentence(client, send, status):
    comment = make_comment(status=status)
    sentence = "This comment is not here any more, so there is nothing to report."
    for response in (
        client.get(page_of(comment)),
        send(page_of(comment), why="false", words="Lies"),
    ):
        assert response.status_code == 404
        assert sentence in response.text
        assert comment.text not in response.text
    assert "Lies" in response.text
    assert not Flag.objects.exists()


def test_a_comment_has_no_report_below_another_post_or_a_hidden_one(client, send):
    comment = make_comment()
    wrong = reverse("comments:report", args=[make_post().slug, comment.pk])
    assert client.get(wrong).status_code == send(wrong, why="false").status_code == 404
    Post.objects.filter(pk=comment.forum.post_id).update(status=Post.Status.DRAFT)
    assert client.get(page_of(comment)).status_code == 404
    assert send(page_of(comment), why="false").status_code == 404
    assert not Flag.objects.exists()


def test_far_too_many_are_refused_for_a_while_and_the_words_given_back(send, monkeypatch):
    comment = make_comment()
    far = limits.Standing(level="far_beyond", limit="minute", retry_after=90)
    monkeypatch.setattr(limits, "count", lambda *_: far)
    response = send(page_of(comment), why="false", words="Kept words")
    assert (response.status_code, response["Retry-After"]) == (429, "90")
    assert "send the report again in 2 minutes" in response.text
    assert "Kept words" in response.text
    assert not Flag.objects.exists()


def test_a_report_from_elsewhere_stores_nothing_and_gives_the_words_back(client):
    comment = make_comment()
    response = client.post(page_of(comment), {"why": "false", "words": "Kept words"})
    assert response.status_code == 403
    assert "Your browser did not say" in response.text
    assert "Kept words" in response.text
    assert not Flag.objects.exists()


def test_a_comment_that_goes_while_its_report_is_on_the_way_is_not_flagged():
    comment = make_comment()
    Comment.objects.all().moderate(Status.REJECTED)
    with pytest.raises(flags.Gone):
        flags.report(comment, "false")
    comment.refresh_from_db()
    assert (comment.flags, Flag.objects.count()) == (0, 0)
