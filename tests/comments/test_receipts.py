"""Receipts: an address that only the comment's sender gets."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from comments import limits, moderation, reasons
from comments.marks import mark_of
from comments.models import Comment, Decision, Forum, Policy
from comments.receipts import comment_of, receipt_address
from tests.comments.test_views import dump
from tests.factories import make_comment, make_forum, make_post

pytestmark = pytest.mark.django_db
Status = Comment.Status


def token_of(comment):
    return receipt_address(comment).removeprefix("/receipt/").rstrip("/")


def test_a_receipt_leads_to_its_comment_and_nothing_of_it_is_stored():
    comment, other = make_comment(), make_comment()
    assert comment_of(token_of(comment)) == comment
    assert comment_of(token_of(other)) == other
    assert token_of(comment) != token_of(other)
    assert len(token_of(comment).partition(".")[2]) >= 40


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "2" + token,
        lambda token: token.partition(".")[0],
        lambda token: token.partition(".")[0] + ".",
        lambda token: token.partition(".")[2],
        lambda token: token + "x",
        lambda token: "0." + token.partition(".")[2],
        lambda token: "٣.x",
        lambda token: "%00",
        lambda token: "x" * 3000,
    ],
)
def test_a_forged_receipt_shows_nothing(client, forge):
    comment = make_comment(text="Only for its sender.", status=Status.PENDING)
    response = client.get(f"/receipt/{forge(token_of(comment))}/")
    assert response.status_code == 404
    assert "Only for its sender." not in response.text


def test_what_was_signed_for_something_else_is_no_receipt():
    from django.core.signing import Signer

    comment = make_comment()
    assert comment_of(Signer(sep=".").sign(comment.pk)) is None
    assert comment_of(Signer(sep=".", salt="other").sign(comment.pk)) is None


def test_a_receipt_of_a_comment_that_is_gone_says_so(client):
    comment = make_comment()
    address = receipt_address(comment)
    comment.delete()
    response = client.get(address)
    assert response.status_code == 404
    assert "This receipt is not ours, or its comment is gone." in response.text


@pytest.mark.parametrize(
    ("status", "headline"),
    [
        (Status.PENDING, "It is waiting for a moderator"),
        (Status.APPROVED, "It is on the page"),
        (Status.REJECTED, "It was not published"),
        (Status.SPAM, "It was not published"),
        (Status.WITHDRAWN, "It was withdrawn"),
    ],
)
def test_a_receipt_says_what_became_of_the_comment(client, status, headline):
    comment = make_comment(
        make_forum(make_post("Make Nice")), status=status, name="Eugenio", place="Vienna",
        text="Excellent <b>news</b>.",
    )  # fmt: skip
    response = client.get(receipt_address(comment))
    assert response.status_code == 200
    assert f"<h1>{headline}</h1>" in response.text
    assert response.text.count("<h1>") == 1
    for words in ("Eugenio", "Vienna", "Excellent &lt;b&gt;news&lt;/b&gt;."):
        assert words in response.text
    assert ("Show it" in response.text) == (status == Status.APPROVED)
    assert "/a/make-nice/#forum" in response.text


def test_a_receipt_is_kept_by_no_cache_and_found_by_no_search(client):
    response = client.get(receipt_address(make_comment()))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_a_receipt_is_only_read(client):
    comment = make_comment()
    assert client.post(receipt_address(comment)).status_code == 405
    assert client.head(receipt_address(comment)).status_code == 200


def step(name, comment):
    return reverse(f"comments:{name}", args=[token_of(comment)])


def waiting(**fields):
    return make_comment(make_forum(state=Forum.State.PREMODERATED), status=Status.PENDING, **fields)


NEW = {"name": "Eugenio", "place": "Graz", "text": "The second thought."}


def test_a_receipt_stops_working_after_the_days_that_the_newsroom_set(client, send, time_machine):
    Policy(receipts_kept_days=10).save()
    comment = waiting()
    end = comment.submitted_at + timedelta(days=10)
    time_machine.move_to(end - timedelta(seconds=1), tick=False)
    assert client.get(receipt_address(comment)).status_code == 200
    assert comment_of(token_of(comment)) == comment
    time_machine.move_to(end, tick=False)
    response = client.get(receipt_address(comment))
    assert response.status_code == 404
    assert "This receipt has expired: a receipt works for 10 days." in response.text
    assert comment.text not in response.text
    assert comment_of(token_of(comment)) is None
    assert send(step("withdraw", comment)).status_code == 404
    assert Comment.objects.get().status == Status.PENDING


def test_a_refused_comments_receipt_says_why_in_words_also_after_an_undo(client):
    comment = waiting()
    comment.moderate(Status.REJECTED, code=Decision.Code.OFF_TOPIC, reason="seen it before")
    said = str(escape(reasons.FOR_AUTHORS[Decision.Code.OFF_TOPIC]))
    html = client.get(receipt_address(comment)).text
    assert "It was not published" in html
    assert said in html
    assert "seen it before" not in html
    comment.moderate(Status.APPROVED)
    approval = Decision.objects.get(after=Status.APPROVED)
    comment.moderate(Status.REJECTED, undoes={comment.pk: approval.pk})
    assert said in client.get(receipt_address(comment)).text


# Correcting


def test_a_waiting_comment_is_corrected_and_its_first_words_are_gone(client, send):
    comment = waiting(name="Eugenio", place="Vienna", text="The first thought.")
    form = client.get(step("correct", comment))
    for words in ("Eugenio", "Vienna", "The first thought."):
        assert words in form.text
    response = send(step("correct", comment), **NEW)
    assert response["Location"] == receipt_address(comment)
    comment.refresh_from_db()
    assert (comment.name, comment.place, comment.text) == tuple(NEW.values())
    assert comment.status == Status.PENDING
    assert comment.corrected_at is not None
    html = client.get(receipt_address(comment)).text
    assert "The second thought." in html
    assert "The first thought." not in html


def test_a_correction_works_in_a_forum_that_was_closed_since(client, send):
    comment = waiting()
    Forum.objects.update(state=Forum.State.CLOSED)
    assert "Send the correction" in client.get(step("correct", comment)).text
    assert send(step("correct", comment), **NEW).status_code == 302
    assert Comment.objects.get().text == NEW["text"]


@pytest.mark.parametrize(
    "status", [Status.APPROVED, Status.REJECTED, Status.SPAM, Status.WITHDRAWN]
)
def test_a_comment_that_was_decided_meanwhile_is_not_corrected_and_the_text_comes_back(
    client, send, status
):
    comment = make_comment(text="As it was read.", status=status)
    response = send(step("correct", comment), **NEW)
    assert response.status_code == 409
    assert "Meanwhile it was decided on" in response.text
    assert NEW["text"] in response.text
    assert Comment.objects.get().text == "As it was read."
    assert client.get(step("correct", comment))["Location"] == receipt_address(comment)


def test_a_decision_between_the_check_and_the_change_wins(send, monkeypatch):
    comment = waiting(text="As it was read.")

    def decided_first(submission):
        comment.moderate(Status.APPROVED)
        return moderation_correct(submission)

    moderation_correct = moderation.correct
    monkeypatch.setattr(moderation, "correct", decided_first)
    response = send(step("correct", comment), **NEW)
    assert "Meanwhile it was decided on" in response.text
    assert NEW["text"] in response.text
    assert Comment.objects.get().text == "As it was read."


def test_a_correction_that_can_not_be_taken_gives_the_form_back(send, client):
    comment = waiting(text="As it was.")
    empty = send(step("correct", comment), **NEW | {"name": ""})
    assert empty.status_code == 422
    foreign = client.post(step("correct", comment), NEW)
    assert foreign.status_code == 403
    for response in (empty, foreign):
        assert NEW["text"] in response.text
    assert Comment.objects.get().text == "As it was."


def test_a_correction_keeps_the_mark_while_the_name_stays(send):
    comment = waiting(name="Eugenio", mark="k7m2-9xqd")
    send(step("correct", comment), **NEW | {"name": "EUGENIO"})
    assert Comment.objects.get().mark == "k7m2-9xqd"
    send(step("correct", comment), **NEW | {"name": "Ashoka"})
    assert Comment.objects.get().mark == ""
    send(step("correct", comment), **NEW, phrase="open sesame")
    assert Comment.objects.get().mark == mark_of("Eugenio", "open sesame")


# Withdrawing


@pytest.mark.parametrize("status", [Status.PENDING, Status.APPROVED, Status.REJECTED, Status.SPAM])
def test_a_comment_is_withdrawn_and_destroyed_and_what_answers_it_stays(client, send, status):
    comment = make_comment(
        name="Own Name", place="Own Place", text="Own words", mark="a", status=status
    )
    make_comment(parent=comment, text="The answer")
    question = client.get(step("withdraw", comment)).text
    assert "Withdraw your comment?" in question
    assert "Own words" in question
    assert Comment.objects.get(pk=comment.pk).status == status
    for _twice in range(2):
        assert send(step("withdraw", comment))["Location"] == receipt_address(comment)
    comment.refresh_from_db()
    assert comment.status == Status.WITHDRAWN
    assert (comment.name, comment.place, comment.text, comment.mark) == ("", "", "", "")
    assert Decision.objects.filter(comment=comment, after=Status.WITHDRAWN).count() == 1
    html = client.get(comment.forum.post.get_absolute_url()).text
    assert "The answer" in html
    assert "This comment is not shown. The replies to it are." in html
    receipt = client.get(receipt_address(comment)).text
    assert "It was withdrawn" in receipt
    assert "its words were destroyed" in receipt
    assert "<form" not in receipt
    assert not [value for value in dump() if "Own" in value]


def test_a_withdrawn_comment_never_comes_back(send):
    comment = waiting()
    send(step("withdraw", comment))
    for status in (Status.APPROVED, Status.PENDING, Status.REJECTED):
        assert not comment.moderate(status)
    send(step("correct", comment), **NEW)
    send(step("another_look", comment))
    comment.refresh_from_db()
    assert (comment.status, comment.text) == (Status.WITHDRAWN, "")


# Another look


@pytest.mark.parametrize("status", [Status.REJECTED, Status.SPAM])
def test_a_refused_comment_is_looked_at_again_once(client, send, status):
    comment = waiting()
    comment.moderate(status)
    assert "Ask for another look" in client.get(receipt_address(comment)).text
    assert send(step("another_look", comment))["Location"] == receipt_address(comment)
    comment.refresh_from_db()
    assert (comment.status, comment.held_by) == (Status.PENDING, Comment.Phase.APPEAL)
    assert comment.appealed_at is not None
    assert (
        Decision.objects.filter(before=status, after=Status.PENDING, reason="appeal").count() == 1
    )
    assert "You asked for another look" in client.get(receipt_address(comment)).text

    comment.moderate(status)
    html = client.get(receipt_address(comment)).text
    assert "Ask for another look" not in html
    second = send(step("another_look", comment))
    assert second.status_code == 409
    assert "You asked for another look before." in second.text
    assert Comment.objects.get().status == status


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.PENDING, "It is already waiting for a moderator."),
        (Status.APPROVED, "It is published already"),
        (Status.WITHDRAWN, "It was withdrawn, so there is nothing left"),
    ],
)
def test_what_was_not_refused_is_not_looked_at_again(send, status, said):
    comment = make_comment(status=status)
    response = send(step("another_look", comment))
    assert response.status_code == 409
    assert said in response.text
    comment.refresh_from_db()
    assert (comment.status, comment.appealed_at) == (status, None)


def test_a_refused_comment_whose_words_are_gone_is_not_looked_at_again(client, send):
    comment = make_comment(status=Status.REJECTED)
    Comment.objects.filter(pk=comment.pk).erase()
    assert "Ask for another look" not in client.get(receipt_address(comment)).text
    assert "have been destroyed by now" in send(step("another_look", comment)).text
    assert Comment.objects.get().status == Status.REJECTED


@pytest.mark.parametrize("name", ["withdraw", "another_look"])
def test_a_step_from_elsewhere_or_without_a_receipt_changes_nothing(client, send, name):
    comment = make_comment(status=Status.REJECTED)
    foreign = client.post(step(name, comment))
    assert foreign.status_code == 403
    assert "nothing was changed" in foreign.text
    assert send(reverse(f"comments:{name}", args=["1.forged"])).status_code == 404
    assert not Decision.objects.exists()
    assert not foreign.cookies


def test_a_receipts_address_is_never_in_the_log(client, send, caplog):
    comment = make_comment(status=Status.APPROVED)
    send(step("correct", comment), **NEW)
    send(step("another_look", comment))
    client.post(step("withdraw", comment))
    assert token_of(comment) not in caplog.text


# The same form again


@pytest.fixture
def connections(monkeypatch):
    """Each X-From of a request is a connection of its own."""
    limits.forget()
    monkeypatch.setattr(
        limits, "sender_of", lambda request: request.headers.get("X-From", "").encode()
    )


def sent(send, forum, who, **fields):
    address = reverse("comments:new", args=[forum.post.slug])
    return send(address, headers={"X-From": who}, **NEW | fields)["Location"]


def test_who_copies_a_public_comment_gets_a_receipt_that_can_do_nothing(client, send, connections):
    forum = make_forum()
    own = sent(send, forum, "author")
    copied = sent(send, forum, "somebody")
    assert copied != own
    assert Comment.objects.count() == 1
    html = client.get(copied).text
    assert "It is on the page" in html
    assert "this page shows what became of it and can do no more" in html
    assert "<form" not in html
    for name in ("withdraw/", "correct/", "another-look/"):
        assert name not in html
        refused = send(copied + name, **NEW)
        assert refused.status_code == 403
        assert "This receipt only shows what became of the comment." in refused.text
    assert Comment.objects.get().status == Status.APPROVED
    assert comment_of(copied.removeprefix("/receipt/").rstrip("/")) is None


def test_the_same_connection_or_phrase_or_a_waiting_comment_gets_the_full_receipt(
    send, connections
):
    forum = make_forum()
    assert sent(send, forum, "author") == sent(send, forum, "author")
    assert sent(send, forum, "home", phrase="p", text="t") == sent(
        send, forum, "office", phrase="p", text="t"
    )
    held = make_forum(state=Forum.State.PREMODERATED)
    assert sent(send, held, "home") == sent(send, held, "office")
    assert Comment.objects.count() == 3


def test_a_waiting_comment_that_was_public_before_gives_its_receipt_to_nobody_else(
    send, connections
):
    held = make_forum(state=Forum.State.PREMODERATED)
    own = sent(send, held, "home")
    for status in (Status.APPROVED, Status.PENDING):
        Comment.objects.get().moderate(status)
    assert sent(send, held, "office") != own
