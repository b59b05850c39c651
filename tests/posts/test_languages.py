"""Languages: their direction, and what a text is likely written in."""

import pytest

from posts import languages


@pytest.mark.parametrize(
    ("code", "direction"), [("en", "ltr"), ("ps", "rtl"), ("fa-AF", "rtl"), ("ur", "rtl")]
)
def test_each_language_of_the_blog_has_its_direction(code, direction):
    assert languages.language_of(code).direction == direction
    assert languages.language_of(code).code == code


@pytest.mark.parametrize("code", ["", "prs", "xx", None])
def test_an_unknown_code_counts_as_english(code):
    assert languages.language_of(code).code == "en"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Kabul", "ltr"),
        ("کابل", "rtl"),
        ("שלום", "rtl"),
        ("123 کابل and more", "rtl"),
        ("«Kabul» کابل", "ltr"),
        ("!?… 2014", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_is_that_of_the_first_letter_that_has_one(text, direction):
    assert languages.direction(text) == direction


@pytest.mark.parametrize(
    ("text", "default", "code"),
    [
        ("The road was open.", "en", "en"),
        ("The road was open.", "ps", "en"),
        ("زه ښه یم، مننه", "en", "ps"),
        ("زه ښه یم، مننه", "ur", "ps"),
        ("یہ بہت اچھی خبر ہے", "en", "ur"),
        ("این خبر خوب است", "en", "fa-AF"),
        ("این خبر خوب است", "fa-AF", "fa-AF"),
        ("سلام", "ur", "ur"),
        ("سلام", "ps", "ps"),
        ("", "en", "en"),
    ],
)
def test_a_text_tells_its_language_by_its_letters_else_the_posts_decides(text, default, code):
    assert languages.guess(text, default) == code


def test_django_knows_pashto_as_right_to_left():
    from django.utils.translation import get_language_info

    assert get_language_info("ps")["bidi"] is True
