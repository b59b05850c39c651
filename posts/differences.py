"""How two texts differ, line by line and within changed lines word by word.

Python's own `difflib` takes minutes for two bodies of ten thousand words. Here what stands once in
both texts is paired first (patience sorting), and between such pairs the fewest changes are looked
for (E. Myers, “An O(ND) Difference Algorithm and Its Variations”, 1986), within bounds.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

SAME, GONE, NEW = "same", "gone", "new"
# What is found again by itself: one line, but only so many words, for each one may be common.
LINES_OF_A_PLACE, WORDS_OF_A_PLACE = 1, 4
# Between two such places so many changes are looked for, and in all so much work is done.
MOST_CHANGES, MOST_STEPS = 400, 400_000


def pieces(before, after):
    """[(SAME, GONE or NEW, text)]: first by lines, then, where lines changed, by words.

    What it costs is bounded for any two texts: what differs too much is shown whole.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    steps = _Steps()
    found = []
    for a, b, c, d, stayed in _compared(old, new, LINES_OF_A_PLACE, steps):
        found += _by_words("".join(old[a:b]), "".join(new[c:d]), steps)
        if stayed:
            found.append((SAME, "".join(old[b : b + stayed])))
    return found


def _by_words(before, after, steps):
    """The pieces of lines that changed."""
    old, new = _words(before), _words(after)
    gone, came, same = [], [], []
    keys = [[word for word, _space in words] for words in (old, new)]
    for a, b, c, d, stayed in _compared(*keys, WORDS_OF_A_PLACE, steps):
        if same:
            yield from _changed(gone, came, same)
            gone, came, same = [], [], []
        gone += map("".join, old[a:b])
        came += map("".join, new[c:d])
        for (word, space), (_word, other) in zip(
            old[b : b + stayed], new[d : d + stayed], strict=True
        ):
            same.append(word)
            if space == other:
                same.append(space)
            else:
                yield from _changed(gone, came, same)
                gone, came, same = [space], [other], []
    yield from _changed(gone, came, same)


def _words(text):
    """[(word, the white space after it)]: compared by itself, a space would pair with any other."""
    return [pair for pair in re.findall(r"(\S*)(\s*)", text) if any(pair)]


def _changed(gone, came, same):
    """The pieces of one change and of what stayed after it."""
    gone, came, same = "".join(gone), "".join(came), "".join(same)
    space = gone[len(gone.rstrip()) :]
    if space and space == came[len(came.rstrip()) :]:
        # The space after a word that changed did not change itself.
        gone, came, same = gone[: -len(space)], came[: -len(space)], space + same
    return [(kind, text) for kind, text in ((GONE, gone), (NEW, came), (SAME, same)) if text]


# Comparing two lists, within bounds: a refused save is compared while it holds the post's lock.


@dataclass
class _Steps:
    """What comparing two texts may still cost."""

    left: int = MOST_STEPS


def _compared(old, new, size, steps):
    """Yields (a, b, c, d, stayed): old[a:b] became new[c:d], and so many items after it stayed.

    Places that both lists have exactly once, each `size` items, are paired first, in a time that
    grows with the lists; only what lies between two of them is searched for the fewest changes.
    """
    runs = _trimmed(old, new, lambda *middle: _by_places(*middle, size, steps))
    at, at_new, changed, stayed = 0, 0, (0, 0, 0, 0), 0
    for a, c, length in [*(run for run in runs if run[2]), (len(old), len(new), 0)]:
        if (a, c) != (at, at_new):
            yield *changed, stayed
            changed, stayed = (at, a, at_new, c), 0
        stayed += length
        at, at_new = a + length, c + length
    yield *changed, stayed


# Each of these yields runs that are equal: (place in old, place in new, length), in order.


def _trimmed(old, new, middle):
    """The start and the end that are equal, and what `middle` finds between them."""
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    end, end_new = len(old) - tail, len(new) - tail
    yield 0, 0, head
    for a, c, length in middle(old[head:end], new[head:end_new]):
        yield head + a, head + c, length
    yield end, end_new, tail


def _same(old, new, a=0, c=0):
    """How many items from old[a] and new[c] on are equal."""
    start = a
    while a < len(old) and c < len(new) and old[a] == new[c]:
        a, c = a + 1, c + 1
    return a - start


def _by_places(old, new, size, steps):
    at, at_new = 0, 0
    for a, c in [*_places(old, new, size), (len(old), len(new))]:
        if a < at or c < at_new:
            continue  # A run that began at an earlier place holds this one.
        between = _trimmed(old[at:a], new[at_new:c], lambda *middle: _fewest(*middle, steps))
        for x, y, length in between:
            yield at + x, at_new + y, length
        length = _same(old, new, a, c)
        yield a, c, length
        at, at_new = a + length, c + length


def _fewest(old, new, steps):
    """By Myers' greedy search for the fewest changes; nothing, where it costs too much."""
    # What the other side has nowhere pairs with nothing, and would only lengthen the search.
    known, known_new = set(old), set(new)
    places = [place for place, item in enumerate(old) if item in known_new]
    places_new = [place for place, item in enumerate(new) if item in known]
    old, new = [old[place] for place in places], [new[place] for place in places_new]
    for a, c, length in _searched(old, new, steps):
        for offset in range(length):
            yield places[a + offset], places_new[c + offset], 1


def _searched(old, new, steps):
    # Diagonal → how far into `old` the changes so far lead there, and the runs on that way.
    reached = {1: (0, None)}
    for changes in range(min(len(old) + len(new), MOST_CHANGES) + 1):
        for diagonal in range(-changes, changes + 1, 2):
            left, right = reached.get(diagonal - 1), reached.get(diagonal + 1)
            if left is None or (right is not None and left[0] < right[0]):
                a, way = right
            else:
                a, way = left[0] + 1, left[1]
            length = _same(old, new, a, a - diagonal)
            if length:
                way = (way, (a, a - diagonal, length))
                a += length
            if a >= len(old) and a - diagonal >= len(new):
                return _in_order(way)
            reached[diagonal] = a, way
            steps.left -= 1 + length
            if steps.left < 0:
                return []
    return []


def _places(old, new, size):
    """[(place in old, place in new)] of what both have once: the most that are in one order."""
    once, once_new = _once(old, size), _once(new, size)
    # For each length, the way of that length that ends soonest in `new`.
    ends, ways = [], []
    for items, a in once.items():
        c = once_new.get(items)
        if c is not None:
            at = bisect_left(ends, c)
            ends[at : at + 1] = [c]
            ways[at : at + 1] = [(ways[at - 1] if at else None, (a, c))]
    return _in_order(ways[-1] if ways else None)


def _once(items, size):
    """{so many items: their place} for those that come once."""
    found = list(zip(*(items[offset:] for offset in range(size)), strict=False))
    times = Counter(found)
    return {each: place for place, each in enumerate(found) if times[each] == 1}


def _in_order(way):
    """The list of a way that was built backwards: (the way before, its last item)."""
    found = []
    while way:
        way, item = way
        found.append(item)
    return found[::-1]
