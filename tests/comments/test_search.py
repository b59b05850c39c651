"""Finding comments by words in any spelling."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments import search
from comments.models import Comment, Words
from tests.factories import make_comment

pytestmark = pytest.mark.django_db


def find(typed, **more):
    return search.find(typed, more.pop("limit", 10), **more)


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("The tunnel was open on Friday.", "TUNNEL friday"),
        ("The tunnel was open", "tunn"),
        ("Café Schwarzenberg", "cafe"),
        ("برف در کوه", "كوه"),
        ("کتاب‌های خوب", "کتاب های"),
        ("کـــتاب", "کتاب"),
        ("۲۰۱۴", "2014"),
        ("سړک ګډوډ دی", "سړک گډوډ"),
        ("یہ خبر", "يه خبر"),
    ],
)
def test_what_is_there_is_found_in_every_spelling(said, typed):
    comment = make_comment(text=said)
    make_comment(text="Something else")
    assert find(typed) == [comment.pk]


@pytest.mark.parametrize(
    "typed", ["tunnels", "unnel", "tunnel snow", "", "   ", '"*()-:&|!', "\x00"]
)
def test_what_is_not_there_is_not_found(typed):
    make_comment(text="The tunnel was open")
    assert find(typed) == []


def test_names_and_places_are_found_too():
    comment = make_comment(name="Zarghuna", place="Chitral", text="x")
    assert find("zarghuna chitral") == [comment.pk]


def test_the_newest_come_first_and_go_on_after_a_key():
    keys = [make_comment(text="snow").pk for _each in range(5)]
    assert find("snow", limit=2) == [keys[4], keys[3]]
    assert find("snow", limit=2, before=keys[3]) == [keys[2], keys[1]]
    assert [each.pk for each in search.found("snow", 2)] == [keys[4], keys[3]]


def test_changed_words_are_found_anew_and_old_ones_no_more():
    comment = make_comment(text="snow")
    comment.text = "rain"
    comment.save()
    assert find("snow") == []
    assert find("rain") == [comment.pk]


def test_erased_words_are_found_nowhere():
    comment = make_comment(text="snow")
    Comment.objects.erase()
    assert find("snow") == []
    assert not Words.objects.exists()
    search.forget_erased()
    assert find("snow") == []
    assert comment.pk


def test_deleting_a_post_takes_the_words_of_its_comments_along():
    comment = make_comment(text="snow")
    comment.forum.post.delete()
    assert find("snow") == []
    assert not Words.objects.exists()


def test_a_search_is_one_query_that_scans_no_table(django_assert_num_queries):
    make_comment(text="snow")
    with django_assert_num_queries(1) as queries:
        find("snow")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(explain + queries.captured_queries[0]["sql"])
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "comments_words_index" in plan or "comments_words_pkey" in plan


class AnythingTyped(TestCase):
    @given(st.text(max_size=60))
    @settings(max_examples=60, deadline=None, derandomize=True)
    def test_whatever_is_typed_is_searched_for_and_never_breaks(self, typed):
        make_comment(text=typed.replace("\x00", "") or "x")
        assert isinstance(find(typed), list)
