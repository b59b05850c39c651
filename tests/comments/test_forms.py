"""The reader's form."""

import pytest

from comments.forms import CommentForm
from comments.models import Comment
from tests.factories import make_post

pytestmark = pytest.mark.django_db
ZWNJ = "\u200c"


def filled(**fields):
    data = {"name": "Eugenio", "place": "Vienna", "text": "Excellent news!"} | fields
    return CommentForm(data, post=make_post())


def test_a_filled_form_is_taken_with_its_words_cleaned():
    form = filled(
        name="  Eu\u202egenio ",
        place="Vienna\t\tAustria",
        text="one\r\n\r\n\r\n\r\ntwo  ",
        website="x",
    )
    assert form.is_valid(), form.errors
    sent = form.submission()
    assert (sent.name, sent.place, sent.text) == ("Eugenio", "Vienna Austria", "one\n\ntwo")
    assert (sent.honeypot, sent.post, sent.parent) == ("x", form.post, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"place": ""},
        {"name": "۷"},
        {"name": "عبدالله"},
        {"name": "x" * 60, "place": "y" * 60},
        {"text": "👍"},
        {"text": f"می{ZWNJ}روم"},
        {"text": "z" * Comment.TEXT_LENGTH},
        {"text": "\n" * 10_000 + "short"},
    ],
)
def test_what_fits_is_taken(fields):
    form = filled(**fields)
    assert form.is_valid(), form.errors


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": ""}, "name", "Please give a name; a pen name is fine."),
        ({"name": "   "}, "name", "Please give a name; a pen name is fine."),
        ({"name": "---"}, "name", "A name needs at least one letter or digit."),
        ({"name": "\u200b\u200b"}, "name", "A name needs at least one letter or digit."),
        ({"name": "x" * 61}, "name", "Ensure this value has at most 60 characters (it has 61)."),
        ({"place": "y" * 61}, "place", "Ensure this value has at most 60 characters (it has 61)."),
        ({"name": "nu\x00l"}, "name", "Null characters are not allowed."),
        ({"place": "nu\x00l"}, "place", "Null characters are not allowed."),
        ({"text": "nu\x00l"}, "text", "Null characters are not allowed."),
        ({"text": ""}, "text", "The comment is empty. Write something and send it again."),
        ({"text": " \n\t \u00a0"}, "text", "The comment is empty. Write something and send it again."),
        ({"text": f"\u200b{ZWNJ}\ufeff"}, "text", "The comment is empty. Write something and send it again."),
        (
            {"text": "z" * (Comment.TEXT_LENGTH + 7)},
            "text",
            "The comment has 5007 characters; at most 5000 can be taken. "
            "Shorten it by 7, or send it in two parts.",
        ),
    ],
)  # fmt: skip
def test_what_can_not_be_taken_is_answered_in_a_sentence_at_its_field(fields, field, sentence):
    form = filled(**fields)
    assert not form.is_valid()
    assert form.errors == {field: [sentence]}


def test_each_field_has_a_label_a_hint_and_an_error_that_belong_to_it():
    form = filled(name="", text="")
    html = form.as_p()
    assert 'for="comment-form-name"' in html
    assert 'aria-describedby="comment-form-name_helptext comment-form-name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "autofocus" not in html
