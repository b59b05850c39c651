"""Receipts: an address that only the comment's sender gets."""

import pytest

from comments.models import Comment
from comments.receipts import comment_of, receipt_address
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
