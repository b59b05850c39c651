"""Showing where a text says what was looked for: `<mark>` around whole words, as they were typed.

Everything is escaped on its way; the marks are all that is markup.
"""

from itertools import takewhile

from django.utils.html import format_html, format_html_join

# About four lines of a list.
LETTERS_OF_AN_EXCERPT = 240
# Of them, what stands before the first word that was looked for.
LETTERS_BEFORE = 60
# A novel is not read to its end for its excerpt.
LETTERS_LOOKED_AT = 50_000
CUT = "…"


def marked(text, wanted):
    """The text as HTML, the words that a `Wanted` means in `<mark>`."""
    return _marked(text, wanted.places(text))


def excerpt(text, wanted):
    """A part of the text as HTML, with the first of the words that are meant; None without any.

    It begins and ends with a whole word; `…` stands for what is left out before and after.
    """
    text = text[:LETTERS_LOOKED_AT]
    places = wanted.places(text)
    first = next(places, None)
    if first is None:
        return None
    start, end = _window(text, *first)
    others = takewhile(lambda place: place[1] <= end, places)
    within = [(a - start, b - start) for a, b in (first, *others)]
    before, after = (CUT + " " if start else ""), (" " + CUT if end < len(text) else "")
    return format_html("{}{}{}", before, _marked(text[start:end], within), after)


def beginning(text):
    """How a text begins, as long as an excerpt, escaped."""
    start, end = _window(text[:LETTERS_LOOKED_AT], 0, 0)
    return format_html("{}{}", text[start:end], " " + CUT if end < len(text) else "")


def _window(text, first, first_end):
    """Where an excerpt around text[first:first_end] begins and ends: at spaces of the text."""
    start = max(0, first - LETTERS_BEFORE)
    if start:
        start = text.rfind(" ", 0, start) + 1 or text.find(" ", start, first) + 1 or first
    end = max(first_end, start + LETTERS_OF_AN_EXCERPT)
    if end >= len(text):
        return start, len(text)
    space = text.rfind(" ", first_end, end + 1)
    return start, space if space >= 0 else first_end


def _marked(text, places):
    parts, at = [], 0
    for start, end in places:
        parts.append((text[at:start], text[start:end]))
        at = end
    marks = format_html_join("", "{}<mark>{}</mark>", parts)
    return format_html("{}{}", marks, text[at:])
