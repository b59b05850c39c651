"""Reading order of a thread, against a naive recursive telling of the same rules."""

from collections import namedtuple

from hypothesis import given, settings
from hypothesis import strategies as st

from comments.threads import reading_order

Said = namedtuple("Said", "pk parent_id shown", defaults=[True])


def is_shown(comment):
    return comment.shown


def naive(comments):
    """The same rules as a child would tell them: (comment, depth, parent) in reading order."""
    known = {each.pk: each for each in comments}

    def children(pk):
        return [
            each for each in comments if (each.parent_id if each.parent_id in known else None) == pk
        ]

    def counts(comment):
        return comment.shown or any(counts(child) for child in children(comment.pk))

    def told(comment, depth):
        if not counts(comment):
            return []
        below = [line for child in children(comment.pk) for line in told(child, depth + 1)]
        return [(comment, depth, known.get(comment.parent_id)), *below]

    return [line for start in children(None) for line in told(start, 0)]


@st.composite
def trees(draw):
    """Comments in the order of writing; some hidden, some whose parent is elsewhere."""
    size = draw(st.integers(0, 25))
    comments = []
    for pk in range(1, size + 1):
        parent = draw(
            st.one_of(st.none(), st.integers(1, pk - 1) if pk > 1 else st.none(), st.just(999))
        )
        comments.append(Said(pk, parent, draw(st.booleans())))
    return draw(st.permutations(comments)) if draw(st.booleans()) else comments


@given(trees())
@settings(max_examples=400, deadline=None, derandomize=True)
def test_the_order_is_that_of_the_naive_telling(comments):
    lines = reading_order(comments, is_shown)
    assert [(line.comment, line.depth, line.parent) for line in lines] == naive(comments)


@given(trees())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_each_reply_follows_what_it_answers_and_lists_open_and_close_in_pairs(comments):
    lines = reading_order(comments, is_shown)
    open_lists = ["top"]
    seen = set()
    for line in lines:
        assert line.parent is None or line.parent.pk in seen
        if line.opens:
            open_lists.append(line.parent.pk)
        # The list that stands open is that of the comment's siblings.
        assert open_lists[-1] == (line.parent.pk if line.depth else "top")
        assert len(open_lists) == line.depth + 1
        for _level in range(line.closes):
            open_lists.pop()
        seen.add(line.comment.pk)
    assert open_lists == ["top"]


def test_siblings_keep_the_order_in_which_they_were_given():
    comments = [Said(3, None), Said(1, None), Said(9, 1), Said(4, 1), Said(5, 3)]
    order = [(line.comment.pk, line.depth) for line in reading_order(comments)]
    assert order == [(3, 0), (5, 1), (1, 0), (9, 1), (4, 1)]


def test_a_hidden_comment_stays_above_a_shown_reply_and_goes_without_one():
    comments = [
        Said(1, None, False), Said(2, 1, False), Said(3, 2, True),
        Said(4, 1, False), Said(5, None, False),
    ]  # fmt: skip
    assert [line.comment.pk for line in reading_order(comments, is_shown)] == [1, 2, 3]


def test_no_comments_give_no_lines():
    assert reading_order([]) == []


def test_five_thousand_answers_deep_is_no_deeper_than_others():
    comments = [Said(1, None), *(Said(pk, pk - 1, pk == 5000) for pk in range(2, 5001))]
    lines = reading_order(comments, is_shown)
    assert [line.depth for line in lines] == list(range(5000))
    assert [line.opens for line in lines] == [False] + [True] * 4999
    assert lines[-1].closes == 4999
    assert sum(line.closes for line in lines) == sum(line.opens for line in lines)


def test_a_wide_thread_of_twenty_thousand_is_put_in_order():
    comments = [Said(1, None)]
    comments += [Said(pk, pk * 7919 % (pk - 1) + 1) for pk in range(2, 20_001)]
    lines = reading_order(comments)
    assert len(lines) == 20_000
    places = {line.comment.pk: place for place, line in enumerate(lines)}
    assert all(places[line.parent.pk] < places[line.comment.pk] for line in lines if line.parent)
