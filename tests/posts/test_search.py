"""Finding posts by their words, in whatever spelling."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from posts import search
from posts.models import Byline, Post, PostWords
from tests.factories import make_author, make_post

pytestmark = pytest.mark.django_db


def having(typed):
    return set(search.having(Post.objects.all(), typed).values_list("headline", flat=True))


@pytest.mark.parametrize(
    ("fields", "typed"),
    [
        ({"headline": "The tunnel was open"}, "TUNNEL open"),
        ({"headline": "The tunnel was open"}, "tunn"),
        ({"summary": "Café Schwarzenberg"}, "cafe"),
        ({"body": "<p>برف در <b>کوه</b></p>"}, "كوه برف"),
        ({"body": "<p>کتاب‌های خوب</p>"}, "کتاب های"),
        ({"body": "<p>۲۰۱۴</p>"}, "2014"),
        ({"headline": "یہ خبر"}, "يه خبر"),
        ({"second_line": "Radio Mashaal"}, "mashaal"),
        ({"slug": "of-old-days"}, "old-days"),
    ],
)
def test_a_post_is_found_by_each_of_its_texts_in_every_spelling(fields, typed):
    post = make_post(**fields)
    make_post("Something else", body="<p>Else.</p>")
    assert having(typed) == {post.headline}


@pytest.mark.parametrize("typed", ["tunnels", "unnel", "tunnel snow", '"*()-:&|!\x00 qq', "p"])
def test_what_no_post_says_is_not_found(typed):
    make_post("The tunnel was open", body="<p>Yes.</p>")
    assert having(typed) == set()


def test_nothing_typed_narrows_nothing():
    make_post("One")
    assert having("  !? ") == {"One"}


def test_names_of_the_byline_are_found_beside_words_of_the_text():
    make_post("Snow", authors=[make_author("زرغونه كاكړ"), make_author("Ali")])
    make_post("Rain", authors=[make_author("Zoya")])
    assert having("کاکړ snow") == {"Snow"}
    assert having("zoya snow") == set()
    Byline.objects.all().delete()
    assert having("zoya") == set()


def test_changed_words_are_found_anew_and_old_ones_no_more():
    post = make_post("Snow")
    post.headline = "Rain"
    post.slug = "rain"
    post.save()
    assert (having("snow"), having("rain")) == (set(), {"Rain"})
    post.delete()
    assert having("rain") == set()
    assert not PostWords.objects.exists()


def test_a_word_is_looked_up_in_the_index_and_no_table_is_scanned():
    make_post("Snow")
    sql, values = search.having(Post.objects.all(), "snow").query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Two rows are soonest found by looking at both.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(explain + sql, values)
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "posts_postwords_index" in plan


class AnythingTyped(TestCase):
    @given(st.text(max_size=60))
    @settings(max_examples=60, deadline=None, derandomize=True)
    def test_whatever_is_typed_is_searched_for_and_never_breaks(self, typed):
        post = make_post(typed.replace("\x00", "").strip()[:200] or "x")
        assert having(typed) is not None
        assert post.pk not in search.about_the_same(post, 5)
