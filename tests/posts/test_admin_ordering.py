"""Rows with a position in the admin: what their numbers do, and what no number does."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from posts.models import Byline, Post, Section
from posts.ordering import in_order
from tests.factories import make_author, make_editor, make_post, make_section
from tests.posts.test_admin import ADD, Form, change_of, fill

SECTIONS = reverse("admin:posts_section_changelist")


@pytest.fixture
def editor(client, db):
    client.force_login(make_editor())


# The rule


@pytest.mark.parametrize(
    ("given", "order"),
    [
        ([1, 2, 3, 4], "abcd"),
        ([3, 2, 3, 4], "bcad"),  # the first to the third place
        ([4, 2, 3, 4], "bcda"),
        ([1, 2, 1, 4], "cabd"),  # the third to the first place
        ([1, 2, 3, 2], "adbc"),
        ([4, 3, 2, 1], "dcba"),
        ([0, 0, 0, 0], "abcd"),
        ([1, None, 3, 4], "acdb"),
        ([None] * 4, "abcd"),
        ([100, 2, 3, 4], "bcda"),
    ],
)
def test_a_number_means_the_place_of_the_row_that_has_it(given, order):
    rows = [(row, had, now) for row, had, now in zip("abcd", range(1, 5), given, strict=True)]
    assert "".join(in_order(rows)) == order


def test_a_new_row_takes_the_place_that_it_names_and_otherwise_the_last():
    rows = [("a", 1, 1), ("b", 2, 2)]
    assert in_order([*rows, ("new", None, 2)]) == ["a", "new", "b"]
    assert in_order([*rows, ("new", None, None)]) == ["a", "b", "new"]
    assert in_order([("new", None, None), *rows]) == ["a", "b", "new"]


@given(st.integers(1, 8), st.data())
def test_moving_one_row_to_a_place_puts_it_there_and_leaves_the_others_in_order(number, data):
    moved = data.draw(st.integers(0, number - 1))
    place = data.draw(st.integers(1, number))
    rows = [(row, row + 1, place if row == moved else row + 1) for row in range(number)]
    found = in_order(rows)
    assert found.index(moved) == place - 1
    assert [row for row in found if row != moved] == [r for r in range(number) if r != moved]


# Bylines


def byline(post):
    rows = Byline.objects.filter(post=post)
    return [row.author.name for row in rows], [row.position for row in rows]


def with_authors(*names):
    """A post whose byline's numbers say nothing, as old or imported ones may."""
    post = make_post()
    for name in names:
        Byline.objects.create(post=post, author=make_author(name), position=0)
    return post


def test_an_author_added_without_a_number_comes_last(client, editor):
    post = make_post(authors=[make_author("Zahir"), make_author("Frud")])
    response = fill(client, change_of(post), **{"bylines-2-author": make_author("Amir").pk})
    assert response.status_code == 302
    assert byline(post) == (["Zahir", "Frud", "Amir"], [1, 2, 3])


def test_an_author_added_to_a_byline_whose_numbers_are_all_nought_comes_last(client, editor):
    post = with_authors("Zahir", "Frud")
    text = client.get(change_of(post)).text
    data = Form(text).data
    assert [data[f"bylines-{n}-position"] for n in (0, 1, 2)] == ["1", "2", ""]
    fill(client, change_of(post), **{"bylines-2-author": make_author("Amir").pk})
    assert byline(post) == (["Zahir", "Frud", "Amir"], [1, 2, 3])


def test_several_new_authors_without_numbers_keep_the_order_of_their_rows(client, editor):
    names = ["Zahir", "Frud", "Amir"]
    keys = [make_author(name).pk for name in names]
    rows = {f"bylines-{number}-author": key for number, key in enumerate(keys)}
    fill(client, ADD, headline="By three", **{"bylines-TOTAL_FORMS": "3"} | rows)
    assert byline(Post.objects.get()) == (names, [1, 2, 3])


def test_a_new_author_can_be_given_the_first_place(client, editor):
    post = with_authors("Zahir", "Frud")
    new = {"bylines-2-author": make_author("Amir").pk, "bylines-2-position": "1"}
    fill(client, change_of(post), **new)
    assert byline(post) == (["Amir", "Zahir", "Frud"], [1, 2, 3])


def test_an_empty_row_with_nothing_but_a_number_is_no_author(client, editor):
    post = with_authors("Zahir")
    assert fill(client, change_of(post), **{"bylines-1-position": "2"}).status_code == 302
    assert byline(post) == (["Zahir"], [1])


def test_an_author_taken_out_leaves_no_gap(client, editor):
    post = with_authors("Zahir", "Frud", "Amir")
    fill(client, change_of(post), **{"bylines-0-DELETE": "on"})
    assert byline(post) == (["Frud", "Amir"], [1, 2])


@pytest.mark.parametrize("number", ["-1", "x", "32768", "99999999999999999999", "1.5"])
def test_a_number_that_is_no_position_is_refused_and_the_byline_stays(client, editor, number):
    post = with_authors("Zahir", "Frud")
    response = fill(client, change_of(post), **{"bylines-0-position": number})
    assert response.status_code == 200
    assert "errorlist" in response.text
    assert f'value="{number}"' in response.text
    assert byline(post) == (["Zahir", "Frud"], [0, 0])


def test_a_post_without_authors_gets_none_from_who_saves_it(client, editor):
    fill(client, ADD, headline="By nobody")
    assert Post.objects.get().byline == []


# Sections


def test_sections_are_ordered_by_their_numbers_in_their_list(client, editor):
    region, sport = make_section("Region", position=1), make_section("Sport", position=2)
    assert "ordering.js" in client.get(SECTIONS).text
    data = {
        "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "_save": "Save",
        "form-0-id": region.pk, "form-0-position": "2",
        "form-1-id": sport.pk, "form-1-position": "1",
    }  # fmt: skip
    assert client.post(SECTIONS, data).status_code == 302
    assert [section.name for section in Section.objects.all()] == ["Sport", "Region"]
