"""Reading order of a thread: a pure function, comments in, order with depth out."""

from collections import defaultdict
from typing import Any, NamedTuple


class Line(NamedTuple):
    """One comment in reading order, with what a flat loop needs to nest the lists.

    `opens`: a list of replies begins before it. `leads`: its first reply is the next line.
    `closes`: how many lists of replies end after it. What else a page says of the comment is
    added by `comments.pages`: `is_new`, and on the beginning of a thread that has more replies than
    are here `more_replies`, the number of all of them.
    """

    comment: Any
    depth: int
    parent: Any
    opens: bool = False
    leads: bool = False
    closes: int = 0
    is_new: bool = False
    more_replies: int = 0


def reading_order(comments, is_shown=lambda comment: True):
    """Lines for `comments`, each reply after what it answers, siblings in the order given.

    A comment needs `pk` and `parent_id`. One whose parent is not among `comments` begins a line of
    its own. A comment for which `is_shown` is false stays only above one that is shown, so that no
    reply seems to answer somebody else. Works for any depth: nothing here recurses.
    """
    by_pk = {comment.pk: comment for comment in comments}
    kept = with_depths(comments, is_shown)
    depths = [0, *(depth for _comment, depth in kept), 0]
    return [
        Line(
            comment,
            depth,
            by_pk.get(comment.parent_id),
            depth > before,
            after > depth,
            max(0, depth - after),
        )
        for (comment, depth), before, after in zip(kept, depths, depths[2:], strict=False)
    ]


def with_depths(comments, is_shown):
    """[(comment, depth)] in the same order as `reading_order`: enough to find a place in it."""
    known = {comment.pk for comment in comments}
    children = defaultdict(list)
    for comment in comments:
        children[comment.parent_id if comment.parent_id in known else None].append(comment)

    order = []
    stack = [(comment, 0) for comment in reversed(children[None])]
    while stack:
        comment, depth = stack.pop()
        order.append((comment, depth))
        if comment.pk in children:
            stack.extend((child, depth + 1) for child in reversed(children[comment.pk]))

    needed = set()
    for comment, _depth in reversed(order):
        if comment.pk in needed or is_shown(comment):
            needed.add(comment.pk)
            needed.add(comment.parent_id)
    return [(comment, depth) for comment, depth in order if comment.pk in needed]
