"""Plain text out of what WordPress keeps as HTML: headlines, names, captions, comments."""

import re
import unicodedata
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from comments.text import clean_line, clean_text

_BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "div", "dl", "dd", "dt",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tr", "ul",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "acronym", "area", "audio", "b", "base", "bdi", "bdo",
    "big", "body", "br", "button", "canvas", "caption", "cite", "code", "col",
    "colgroup", "data", "del", "details", "dfn", "em", "embed", "fieldset", "font",
    "head", "html", "i", "iframe", "img", "input", "ins", "kbd", "label",
    "legend", "link", "map", "mark", "meta", "meter", "noscript", "object", "option",
    "output", "param", "picture", "progress", "q", "rp", "rt", "ruby", "s",
    "samp", "script", "select", "small", "source", "span", "strike", "strong", "style",
    "sub", "summary", "sup", "svg", "tbody", "td", "template", "textarea", "tfoot",
    "th", "thead", "time", "title", "track", "tt", "u", "var", "video",
    "wbr",
}  # fmt: skip
_SPACED = {"td", "th", "option"}
_AND = re.compile(r"\s*[,;،؛]\s*(?:and\s+|&\s+)?|\s+(?:and|او|اور|و)\s+", re.I)
_BY = re.compile(r"^(?:by\s+|[-–—]+\s*)+", re.I)


class TolerantParser(HTMLParser):
    """The standard parser, without the markup declarations that it gives up on."""

    def parse_marked_section(self, i, report=1):
        return self.parse_bogus_comment(i)


class _Words(TolerantParser):
    """Collects text; `addresses` also writes down where a link leads."""

    def __init__(self, addresses):
        super().__init__()
        self.out, self.links, self.addresses = [], [], addresses
        self.after_break = False

    def handle_starttag(self, tag, attrs):
        if tag not in _BLOCKS and tag not in _INLINE:
            self._add(self.get_starttag_text())
        elif tag == "br":
            self._add("\n")
            self.after_break = True
        elif tag == "a":
            self._end_link()
            self.links.append((dict(attrs).get("href") or "", len(self.out)))
        elif tag == "li":
            self._add("\n- ")
        elif tag in _SPACED:
            self._add(" ")
        elif tag in _BLOCKS:
            self._add("\n\n")

    def handle_endtag(self, tag):
        if tag == "a":
            self._end_link()
        elif tag in _BLOCKS and tag != "li":
            self._add("\n\n")
        elif tag not in _BLOCKS and tag not in _INLINE:
            self._add(f"</{tag}>")

    def handle_data(self, data):
        if self.cdata_elem in ("script", "style"):
            return
        # WordPress writes <br /> and a line's end for one and the same break.
        self._add(data.removeprefix("\n") if self.after_break else data)

    def _add(self, text):
        self.after_break = False
        self.out.append(text)

    def _end_link(self):
        if not self.links:
            return
        address, start = self.links.pop()
        text = "".join(self.out[start:]).strip()
        address = address.strip()
        if not self.addresses or not re.match(r"https?://", address, re.I) or address in text:
            return
        self.out.append(f" ({address})" if text else address)

    def close(self):
        super().close()
        self._end_link()


def plain_text(html, addresses=False):
    """Paragraphs and lines of HTML as plain text; scripts are dropped, `5 < 6` stays.

    With `addresses` a link becomes its words and, in brackets, its address.
    """
    html = html.replace("\r\n", "\n").replace("\t", " ")
    # A tag that nothing ends is text; left to the parser, many of them cost the square.
    start, end, rest = html.rpartition(">")
    parser = _Words(addresses)
    parser.feed(start + end + rest.replace("<", "&lt;"))
    parser.close()
    return clean_text("".join(parser.out))


def plain_line(html):
    """One line of plain text: a headline, a caption, the name of a section."""
    return clean_line(plain_text(html).replace("\n", " "))


def name_line(text):
    """A commenter's name or place: entities decoded, nothing else taken for markup."""
    return clean_line(unescape(text).replace("\t", " "))


def old_slug(text):
    """A slug of the old site as people read it: percent signs decoded, in NFC."""
    return re.sub("[\x00-\x1f\x7f\ufffd]", "", unicodedata.normalize("NFC", unquote(text.strip())))


def names_in(byline):
    """The names of `A, B and C`. An ampersand belongs to a name: `Khan & Sons`."""
    return [name for part in _AND.split(_BY.sub("", plain_line(byline))) if (name := part.strip())]


def cut(text, length):
    """The text, at most `length` characters of it, the cut shown."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
