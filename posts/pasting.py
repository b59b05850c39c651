"""What word processors and other sites leave in HTML, said in the few words of `posts.body`.

Word's paragraphs that only look like lists become lists, styles that mean bold or italic become
tags, boxes become paragraphs, frames become link cards. Whatever comes out, `posts.body.clean` has
the last word. The editor does the same at the moment of pasting (static/js/editor_pasting.js); both
are held against tests/posts/pasted.py.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from html.parser import HTMLParser

import nh3

from posts import languages, link_cards

_VOID = {"br", "hr", "img"}
_DEEPEST = 60  # no post nests deeper; a hostile one may, and this file recurses
_BOXES = {
    "div", "section", "article", "aside", "main", "header", "footer", "nav", "address", "center",
    "details", "summary", "form", "fieldset",
}  # fmt: skip
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_LISTS = {"ul", "ol"}
# What may hold words without a paragraph around them.
_CELLS = {
    "li", "td", "th", "caption", "figcaption", "figure", "table", "thead", "tbody", "tfoot", "tr",
}  # fmt: skip
_BLOCKS = {*_BOXES, *_HEADINGS, *_LISTS, *_CELLS, "p", "blockquote", "pre", "hr", "iframe"}
_BOLD = {"b", "strong"}
# A body that was cleaned before has none of these.
_FOREIGN = re.compile(
    r"\bstyle\s*=|\bclass\s*=\s*(?!\"link-card\")|<a\b[^>]*>\s*<img\b|"
    rf"<(?:font|iframe|h1|h5|h6|{'|'.join(sorted(_BOXES))})\b",
    re.I,
)
_FROM_WORD = re.compile(r"<[^<>]*(?:\bmso-|\bclass\s*=\s*[\"']?Mso)", re.I)
_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level([1-9])", re.I)
_MARKER = re.compile(r"[\s(]*(?:[·•o§▪–-]|(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)])\s+", re.I)
_NUMBERED = re.compile(r"[\s(]*(\w{1,6})\s*[.)]")
# Codes that Word writes for the languages of this blog's readers.
WORDS_LANGUAGES = {"ps": "ps", "fa": "fa-AF", "prs": "fa-AF", "ur": "ur"}


@dataclass
class _Element:
    tag: str
    attributes: dict
    children: list = field(default_factory=list)

    @cached_property
    def style(self):
        """Its declarations, in lower case."""
        pairs = (one.partition(":") for one in self.attributes.get("style", "").lower().split(";"))
        return {name.strip(): value.strip() for name, _colon, value in pairs}

    @cached_property
    def classes(self):
        return self.attributes.get("class", "").split()

    @cached_property
    def holds_blocks(self):
        return any(_is_block(child) or _holds_blocks(child) for child in self.children)

    @property
    def text(self):
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def _is_block(node):
    return isinstance(node, _Element) and node.tag in _BLOCKS


def _holds_blocks(node):
    return isinstance(node, _Element) and node.holds_blocks


class _Tree(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.root = _Element("", {})
        self.open = [("", self.root)]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        within = self.open[-1][1]
        if len(self.open) > _DEEPEST:
            self.open.append((tag, within))
            return
        element = _Element(tag, {name: value or "" for name, value in attrs})
        within.children.append(element)
        if tag not in _VOID:
            self.open.append((tag, element))

    def handle_endtag(self, tag):
        for number in range(len(self.open) - 1, 0, -1):
            if self.open[number][0] == tag:
                del self.open[number:]
                return

    def handle_data(self, data):
        self.open[-1][1].children.append(data)


class Tidier:
    """Call it with HTML from anywhere; `tags` maps the tags of a body to their attributes."""

    def __init__(self, tags):
        self.tags = tags
        everywhere = {"style", "class", "lang", "dir", "data-href", "data-instgrm-permalink"}
        self.loose = nh3.Cleaner(
            tags={*tags, *_BLOCKS, "font", "del", "strike"},
            attributes={tag: names for tag, names in tags.items() if names}
            | {"*": everywhere, "iframe": {"src", "title", "width", "height"}},
            clean_content_tags={
                "script", "style", "object", "embed", "template", "noscript", "svg", "math",
                "title", "select", "textarea", "button",
            },
            url_schemes={"http", "https", "mailto", "data"},
            link_rel=None,
        )  # fmt: skip

    def __call__(self, html):
        if not _FOREIGN.search(html):
            return html
        tree = _Tree(self.loose.clean(html))
        return _Writer(self.tags, bool(_FROM_WORD.search(html))).flow(tree.root.children)


@dataclass
class _Item:
    level: int
    marker: str
    html: str
    number: int = 1

    @property
    def tag(self):
        return "ol" if _NUMBERED.match(self.marker) else "ul"


class _Writer:
    """Writes a tree anew, as HTML."""

    def __init__(self, tags, from_word):
        self.tags = tags
        self.from_word = from_word

    # Blocks

    def flow(self, nodes, words=None, around=(), loose=""):
        """Blocks in their order. What stands loose between them becomes a paragraph, or stays as
        it is if `loose` is the tag of a cell.

        `words` are the language and direction of a box that vanished, `around` the inline elements
        that stood around all this.
        """
        words = words or {}
        mixed = any(_is_block(node) or _holds_blocks(node) for node in nodes)
        out, run, items = [], [], []

        def end_run():
            inner = "".join(run)
            if mixed and not _has_ink(inner):
                inner = ""
            elif mixed and loose not in _CELLS:
                end_items()
                inner = self.tag("p", words, inner.strip())
            run.clear()
            out.append(inner)

        def end_items():
            out.append(self.word_list(items, words))
            items.clear()

        for node in nodes:
            if not (_is_block(node) or _holds_blocks(node)):
                run.append(self.inline(node, around))
                continue
            end_run()
            item = self.item_of(node, around)
            if item:
                items.append(item)
                continue
            end_items()
            if node.tag in _BLOCKS:
                out.append(self.block(node, words, around))
            else:
                out.append(self.flow(node.children, words, (*around, node), loose))
        end_run()
        end_items()
        return "".join(out)

    def block(self, node, words, around):
        card = link_cards.card(self.quoted_address(node), _title_of(node))
        own = words | self.words_of(node)
        return card or self.writer_of(node.tag)(node, own, around)

    def writer_of(self, tag):
        if tag in _HEADINGS:
            return self.heading
        if tag in _LISTS:
            return self.list
        if tag in _BOXES:
            return self.paragraph
        return {
            "p": self.paragraph, "pre": self.code, "iframe": self.frame, "hr": self.line_across,
        }.get(tag, self.cell)  # fmt: skip

    def paragraph(self, node, words, around):
        if node.holds_blocks:
            return self.flow(node.children, words, around)
        inner = self.line(node.children, around)
        card = {"class": "link-card"} if "link-card" in node.classes else {}
        return self.tag("p", card | words, inner) if _has_ink(inner) else ""

    def heading(self, node, words, around):
        # Headings are bold by themselves.
        inner = self.line(node.children, around, heading=True)
        return self.tag(_HEADINGS[node.tag], words, inner)

    def code(self, node, words, around):
        inner = self.line(node.children, around)
        return self.tag("pre", words, f"\n{inner}" if inner.startswith("\n") else inner)

    def line_across(self, _node, _words, _around):
        return "<hr>"

    def cell(self, node, words, around):
        inner = self.flow(node.children, {}, around, node.tag)
        return self.tag(node.tag, self.attributes(node) | words, inner)

    def frame(self, node, _words, _around):
        if {node.attributes.get("width"), node.attributes.get("height")} & {"0", "1"}:
            return ""  # only counts its readers
        address = link_cards.page_of(node.attributes.get("src", ""))
        return link_cards.card(address, node.attributes.get("title", ""))

    def list(self, node, words, _around):
        return self.tag(node.tag, self.attributes(node) | words, self.items(node))

    def items(self, node):
        """The items of a list; a list right in a list belongs to the item before it."""
        out = []
        for child in node.children:
            if not isinstance(child, _Element):
                out.append(self.inline(child))
            elif child.tag in _LISTS and out and out[-1].endswith("</li>"):
                out[-1] = f"{out[-1].removesuffix('</li>')}{self.block(child, {}, ())}</li>"
            elif _is_block(child):
                out.append(self.block(child, {}, ()))
            else:
                out.append(self.inline(child))
        return "".join(out)

    def quoted_address(self, node):
        """The page that a service's quotation stands for, if the node is one."""
        given = node.attributes
        if node.tag == "div" and {"fb-post", "fb-video"} & set(node.classes):
            return given.get("data-href", "")
        if node.tag != "blockquote" or not set(link_cards.QUOTATIONS) & set(node.classes):
            return ""
        links = [link.attributes.get("href", "") for link in _all(node, "a")]
        return given.get("data-instgrm-permalink") or given.get("cite") or (links or [""])[-1]

    # Word's lists

    def item_of(self, node, around):
        """The list item that a paragraph of Word's is meant to be, or None."""
        if node.tag != "p" or node.holds_blocks:
            return None
        level = _LEVEL.search(node.attributes.get("style", ""))
        ignored = next((one for one in _all(node, "span") if _is_marker(one)), None)
        looks_so = any(name.startswith("MsoListParagraph") for name in node.classes)
        if not (level or looks_so):
            return None
        inner = self.line(node.children, around)
        found = _MARKER.match(node.text)
        if ignored is not None:
            marker = ignored.text
        elif found:
            marker = found.group()
            inner = self.line(_without_start(node.children, len(marker)), around)
        elif level:
            marker = ""
        else:
            return None
        number = _NUMBERED.match(marker)
        number = int(number.group(1)) if number and number.group(1).isdecimal() else 1
        return _Item(int(level.group(1)) if level else 1, marker, inner.strip(), number)

    def word_list(self, items, words):
        out = ""
        while items:
            first = items[0]
            inner = ""
            while items and items[0].level >= first.level and items[0].tag == first.tag:
                item, deeper = items.pop(0), []
                while items and items[0].level > first.level:
                    deeper.append(items.pop(0))
                inner += f"<li>{item.html}{self.word_list(deeper, {})}</li>"
            start = {"start": str(first.number)} if first.number != 1 else {}
            out += self.tag(first.tag, start | words, inner)
        return out

    # Lines

    def line(self, nodes, around=(), heading=False):
        inner = "".join(self.inline(node, around, heading) for node in nodes)
        return re.sub(r"\A(?:\s|<br>)+(?=<br>)|(?:<br>)+\s*\Z", "", inner)

    def inline(self, node, around=(), heading=False):
        """A node of a line, with the elements that stood around its block put around it."""
        inner = self.bare(node, heading)
        for element in reversed(around):
            if _has_ink(inner):
                inner = self.marked(element, inner, heading)
        return inner

    def bare(self, node, heading):
        if isinstance(node, str):
            return escape(node, quote=False)
        if _is_marker(node):
            return ""
        if node.tag in _VOID:
            return "<br>" if node.tag == "br" else self.tag("img", self.attributes(node), None)
        if node.tag == "a" and (image := _foreign_picture(node)):
            return self.linked_picture(node, image)
        return self.marked(node, "".join(self.bare(one, heading) for one in node.children), heading)

    def linked_picture(self, node, image):
        """A picture of another site that was a link: the link stays."""
        address = node.attributes.get("href", "")
        words = image.attributes.get("alt", "").strip() or link_cards.host(address) or address
        return self.tag("a", self.attributes(node), escape(words, quote=False))

    def marked(self, node, inner, heading):
        """The inner HTML within what the node's tag and style mean."""
        if not inner:
            return ""
        for name in _meant_by(node):
            if not (heading and name in _BOLD):
                inner = f"<{name}>{inner}</{name}>"
        tag = {"del": "s", "strike": "s"}.get(node.tag, node.tag)
        attributes = self.attributes(node) | self.words_of(node)
        if tag not in self.tags or tag in _BLOCKS or (tag == "span" and not attributes):
            return inner
        if tag in _BOLD and (heading or not _is_heavy(node.style.get("font-weight", "bold"))):
            return inner
        return self.tag(tag, attributes, inner)

    # Attributes

    def attributes(self, node):
        """Those that a body may hold, language and direction apart."""
        kept = self.tags.get(node.tag, ())
        return {
            name: value
            for name, value in node.attributes.items()
            if name in kept and name not in ("lang", "dir", "class")
        }

    def words_of(self, node):
        """Language and direction. Word calls nearly everything English, and Arabic the rest."""
        given = {name: node.attributes.get(name, "") for name in ("lang", "dir")}
        if self.from_word:
            code = WORDS_LANGUAGES.get(given["lang"].lower().partition("-")[0], "")
            given["lang"] = code if code and languages.direction(node.text) == "rtl" else ""
            if not given["lang"] and node.tag == "span":
                given["dir"] = ""
        return {name: value for name, value in given.items() if value}

    def tag(self, name, attributes, inner):
        given = "".join(
            f' {key}="{escape(value)}"'
            for key, value in attributes.items()
            # An empty alt text says that the picture only adorns.
            if value or key == "alt"
        )
        return f"<{name}{given}>" + ("" if inner is None else f"{inner}</{name}>")


def _has_ink(html):
    return "<img" in html or bool(re.sub(r"<[^>]*>|&nbsp;|\s", "", html))


def _is_marker(node):
    """Is this what Word puts before an item in place of a list's own mark?"""
    return node.style.get("mso-list", "").startswith("ignore")


def _is_heavy(weight):
    return weight.startswith("bold") or (weight.isdecimal() and int(weight[:4]) >= 600)


def _meant_by(node):
    """The tags that a style stands for, beyond the tag that carries it."""
    style = node.style
    if node.tag not in _BOLD and _is_heavy(style.get("font-weight", "")):
        yield "strong"
    if node.tag not in ("i", "em") and style.get("font-style", "") in ("italic", "oblique"):
        yield "em"
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        yield "s"
    if style.get("vertical-align") in ("sub", "super"):
        yield {"sub": "sub", "super": "sup"}[style["vertical-align"]]


def _all(node, tag):
    for child in node.children:
        if isinstance(child, _Element):
            if child.tag == tag:
                yield child
            yield from _all(child, tag)


def _foreign_picture(link):
    """The only thing in the link, if it is a picture from elsewhere."""
    images = list(_all(link, "img"))
    if len(images) != 1 or link.text.strip():
        return None
    address = images[0].attributes.get("src", "")
    return None if address.startswith("/") and not address.startswith("//") else images[0]


def _title_of(node):
    """The words of a quotation, without the date that its last link holds."""
    links = list(_all(node, "a"))
    parts = (one if isinstance(one, str) else one.text for one in node.children)
    words = " ".join(" ".join(parts).split())
    if links:
        words = words.removesuffix(" ".join(links[-1].text.split())).strip()
    return words if len(words) <= 200 else f"{words[:199].rpartition(' ')[0]} …"


def _without_start(nodes, count):
    """The nodes without their first `count` characters."""
    out = []
    for node in nodes:
        if isinstance(node, str):
            out.append(node[count:])
            count = max(0, count - len(node))
        elif count and node.tag not in _VOID:
            inner = _without_start(node.children, count)
            count = max(0, count - len(node.text))
            out.append(_Element(node.tag, node.attributes, inner))
        else:
            out.append(node)
    return out
