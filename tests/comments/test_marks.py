"""Marks of secret phrases, and names that belong to the blog's authors."""

import re

import pytest
from django.urls import reverse

from comments.marks import is_reserved, mark_of
from comments.models import AuthorMark, Comment
from tests.factories import make_author, make_forum, make_post, make_user

pytestmark = pytest.mark.django_db
PHRASE = "seven poplars by the Swat"


def test_a_mark_is_eight_letters_that_can_be_read_aloud():
    marks = [mark_of("Eugenio", f"{PHRASE} {number}") for number in range(20)]
    assert len(set(marks)) == 20
    for mark in marks:
        assert re.fullmatch("[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}", mark)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Eugenio", "EUGÉNIO "),
        ("علي كريم", "علی کریم"),
        ("Zoë 7", "zoe ۷"),
        ("Anna-Lia", "anna lia"),
    ],
)
def test_one_name_in_other_letters_has_the_same_mark(name, same):
    assert mark_of(name, PHRASE) == mark_of(same, PHRASE)


@pytest.mark.parametrize("phrase", [f" {PHRASE} ", "seven  poplars by the Swat", "ｓeven poplars by the Swat"])  # fmt: skip
def test_a_phrase_counts_without_its_spaces_and_forms_of_letters(phrase):
    assert mark_of("Eugenio", phrase) == mark_of("Eugenio", PHRASE)


def test_another_name_phrase_or_key_makes_another_mark(settings):
    mark = mark_of("Eugenio", PHRASE)
    assert mark_of("Eugenia", PHRASE) != mark
    assert mark_of("Eugenio", PHRASE.upper()) != mark
    settings.SECRET_KEY = "another key"
    assert mark_of("Eugenio", PHRASE) != mark


@pytest.mark.parametrize("phrase", ["", "   ", "\n"])
def test_without_a_phrase_there_is_no_mark(phrase):
    assert mark_of("Eugenio", phrase) == ""


@pytest.mark.parametrize("name", ["Daud Khattak", "daud  khattak", "DaudKhattak", "Dаud Khattаk", "D4ud Khattak"])  # fmt: skip
def test_a_name_that_is_taken_for_an_authors_is_reserved(name):
    author = make_author("Daud Khattak")
    assert is_reserved(name, "")
    assert is_reserved(name, "aaaa-bbbb")
    AuthorMark.objects.create(author=author, mark="k7m2-9xqd")
    assert is_reserved(name, "")
    assert not is_reserved(name, "k7m2-9xqd")


@pytest.mark.parametrize("name", ["Daud", "Daud Khattak II", "Doud Khattak", "Eugenio"])
def test_other_names_are_free(name, django_assert_num_queries):
    make_author("Daud Khattak")
    with django_assert_num_queries(1):
        assert not is_reserved(name, "")


def test_the_name_of_an_author_needs_the_authors_phrase_to_comment(send):
    author = make_author("Daud Khattak")
    AuthorMark.objects.create(author=author, mark=mark_of("Daud Khattak", PHRASE))
    address = reverse("comments:new", args=[make_forum().post.slug])
    form = {"name": "Daud Khattak", "text": "I wrote this post."}
    for refused in (form, form | {"phrase": "a guess"}):
        response = send(address, **refused)
        assert response.status_code == 422
        assert "is the name of one of the blog’s authors" in response.text.replace("&#x27;", "’")
        assert 'id="comment-form-name_error"' in response.text
        assert "I wrote this post." in response.text
        assert not Comment.objects.exists()
    assert send(address, **form, phrase=PHRASE).status_code == 302
    assert Comment.objects.get().mark == mark_of("Daud Khattak", PHRASE)


def test_the_newsroom_sets_an_authors_mark_by_typing_the_phrase_twice(client):
    author = make_author("Daud Khattak")
    client.force_login(make_user("chief", is_staff=True, is_superuser=True))
    address = reverse("admin:comments_authormark_add")
    form = {"author": author.pk, "phrase": PHRASE, "again": PHRASE + "!"}
    assert "The two phrases differ." in client.post(address, form).text
    assert not AuthorMark.objects.exists()
    assert client.post(address, form | {"again": PHRASE}).status_code == 302
    assert AuthorMark.objects.get().mark == mark_of("Daud Khattak", PHRASE)
    page = client.get(
        reverse("admin:comments_authormark_change", args=[AuthorMark.objects.get().pk])
    )
    assert PHRASE not in page.text


def test_who_may_not_set_authors_marks_can_not(client):
    client.force_login(make_user("somebody", is_staff=True))
    assert client.get(reverse("admin:comments_authormark_add")).status_code == 403


def test_a_phrase_is_neither_stored_nor_given_back(send):
    from tests.comments.test_views import dump

    address = reverse("comments:new", args=[make_forum(make_post()).post.slug])
    refused = send(address, name="", text="Mine.", phrase=PHRASE)
    assert refused.status_code == 422
    assert PHRASE not in refused.text
    assert "The secret phrase is never given back: please type it again." in refused.text
    response = send(address, name="Eugenio", text="Mine.", phrase=PHRASE)
    assert response.status_code == 302
    assert Comment.objects.get().mark == mark_of("Eugenio", PHRASE)
    assert not [value for value in dump() if PHRASE in value]
