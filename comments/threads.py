"""Reading order of a thread: a pure function, comments in, order with depth out."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One comment in reading order, with what a flat loop needs to nest the lists.

    `opens`: a list of replies begins before it. `leads`: its first reply is the next line.
    `closes`: how many lists of replies end after it.
    """

    comment: Any
    depth: int
    parent: Any
    opens: bool = False
    leads: bool = False
    closes: int = 0

    @property
    def closing(self):
        """For loops of templates: something to go through `closes` times."""
        return range(self.closes)


def reading_order(comments, is_shown=lambda comment: True):
    """Lines for `comments`, each reply after what it answers, siblings in the order given.

    A comment needs `pk` and `parent_id`. One whose parent is not among `comments` begins a line of
    its own. A comment for which `is_shown` is false stays only above one that is shown, so that no
    reply seems to answer somebody else. Works for any depth: nothing here recurses.
    """
    by_pk = {comment.pk: comment for comment in comments}
    children = defaultdict(list)
    for comment in comments:
        children[comment.parent_id if comment.parent_id in by_pk else None].append(comment)

    order = []
    stack = [(comment, 0) for comment in reversed(children[None])]
    while stack:
        comment, depth = stack.pop()
        order.append((comment, depth))
        stack.extend((child, depth + 1) for child in reversed(children[comment.pk]))

    needed = set()
    for comment, _depth in reversed(order):
        if is_shown(comment) or comment.pk in needed:
            needed.add(comment.pk)
            needed.add(comment.parent_id)
    kept = [(comment, depth) for comment, depth in order if comment.pk in needed]

    depths = [0, *(depth for _comment, depth in kept), 0]
    return [
        Line(
            comment,
            depth,
            by_pk.get(comment.parent_id),
            opens=depth > before,
            leads=after > depth,
            closes=max(0, depth - after),
        )
        for (comment, depth), before, after in zip(kept, depths, depths[2:], strict=False)
    ]
