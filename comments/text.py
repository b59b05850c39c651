"""Text as readers write it: plain, cleaned of what isn't text, made into HTML by rule."""

import re
import unicodedata

from django.utils.html import escape, format_html, urlize
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

# Stands in a stored text where a moderator removed something (comments.redaction). Cleaning takes
# it from what readers send, so nobody else can set this mark.
REMOVED = "\ufffc"

# Embeddings, overrides and isolates reorder what stands after them (UAX #9): with them one reader
# could rewrite how another's name looks. LRM, RLM, ZWNJ and ZWJ only act on their neighbours.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069\u061c]")
_SPACES = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n{3,}")
_PARAGRAPHS = re.compile(r"\n\s*\n")
# Separators, controls and formats have no ink: a text of these alone says nothing.
_WITHOUT_INK = ("Z", "C", "M")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_WHOLE_LINK = re.compile(r"(<a .*?</a>)", re.DOTALL)
_HREF = re.compile(r"<a href=\"([^\"]*)\"")
# Among right-to-left letters the groups of a telephone number would change places (UAX #9, W2).
# Only those that begin as one dials: a range of years is read with its sentence.
_TELEPHONE = re.compile(r"(?<![\w+])(?:\+|\(?[0٠۰])[\d ()-]{5,20}\d(?!\w)")
# Without one of these there is no address that Django's urlize would make a link of. It looks word
# by word, which takes longer than all else that is done to a comment.
_CAN_BE_A_LINK = re.compile(r"@|://|www\.|\.(?:com|edu|gov|int|mil|net|org)", re.IGNORECASE)
_LINK = re.compile(r"<a href=\"([^\"]*)\" rel=\"nofollow\">")


def _drop_controls(text):
    return "".join(
        letter
        for letter in _REORDERING.sub("", text.replace(REMOVED, ""))
        if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs", "Co")
    )


def clean_line(text):
    """One line of plain text: no control characters, single spaces, NFC."""
    text = _drop_controls(text.replace("\t", " ").replace("\n", " ").replace("\r", " "))
    return " ".join(unicodedata.normalize("NFC", text).split())


def clean_text(text):
    """Plain text in paragraphs: no control characters, lines kept, at most one empty line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    # Composed last: a control between a letter and its mark keeps them apart.
    text = unicodedata.normalize("NFC", _drop_controls(text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def is_visible(text):
    """Whether a text has anything to see in it."""
    return any(unicodedata.category(letter)[0] not in _WITHOUT_INK for letter in text)


def as_html(text):
    """Paragraphs, line breaks and links; everything else is shown as it was typed."""
    paragraphs = _PARAGRAPHS.split(text.strip())
    return mark_safe(  # noqa: S308  each paragraph is escaped by urlize
        "\n".join(
            f"<p>{_marked(paragraph).replace(chr(10), '<br>')}</p>" for paragraph in paragraphs
        )
    )


def plain_words(text):
    """A stored name, place or text where there is no HTML: "[…]" for what was removed."""
    return text.replace(REMOVED, "[…]")


def _marked(paragraph):
    if REMOVED not in paragraph:
        return _linked(paragraph)
    said = format_html(
        '<span class="redacted">[{}]</span>', _("a moderator removed something here")
    )
    # Parted first: an address must not reach over what was removed.
    return said.join(_linked(part) for part in paragraph.split(REMOVED))


def _linked(paragraph):
    if not _CAN_BE_A_LINK.search(paragraph):
        html = escape(paragraph)
        return _with_telephones(html) if _RIGHT_TO_LEFT.search(paragraph) else html
    # urlize makes links of e-mail addresses too; a reader's address is better not harvested.
    parts = re.split(r"(\S+@\S+)", paragraph)
    # Addresses and telephone numbers run from left to right in every script.
    isolated = ' dir="ltr"' if _RIGHT_TO_LEFT.search(paragraph) else ""
    return "".join(
        escape(part)
        if number % 2
        else _LINK.sub(
            rf'<a href="\1" rel="nofollow ugc noopener"{isolated}>',
            _plain_or_link(part, isolated),
        )
        for number, part in enumerate(parts)
    )


def _plain_or_link(part, isolated):
    linked = urlize(part, nofollow=True, autoescape=True)
    if not isolated:
        return linked
    # Never inside of a link, whose address would break.
    pieces = _WHOLE_LINK.split(linked)
    for number in range(0, len(pieces), 2):
        pieces[number] = _with_telephones(pieces[number])
    return "".join(pieces)


def _with_telephones(html):
    return _TELEPHONE.sub(r'<bdi dir="ltr">\g<0></bdi>', html)


def links_in(text):
    """The addresses that `as_html` makes into links, in order, e-mail addresses left out."""
    return _HREF.findall("".join(_linked(paragraph) for paragraph in _PARAGRAPHS.split(text)))
