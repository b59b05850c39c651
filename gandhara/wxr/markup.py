"""WordPress markup, classic or of blocks, as the body of a post here.

The source is made well-formed by an HTML5 parser, read into a small tree, and written anew with
only what `posts.body` knows. Whatever stands in it, `posts.body.clean` has the last word.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

import nh3

from gandhara.wxr.plain import TolerantParser, plain_line
from gandhara.wxr.shortcodes import link_paragraph, replace_shortcodes
from posts import body

_VOID = {"br", "hr", "img", "source"}
_DEEPEST = 60  # no post nests deeper; a hostile one may, and this file recurses
_LISTS = {"ul", "ol"}
_TABLE = {"thead", "tbody", "tfoot", "tr"}
_MEDIA = {"iframe", "video", "audio"}
_BOXES = {
    "div", "section", "article", "aside", "main", "header", "footer", "nav", "address", "center",
    "details", "form", "fieldset", "hgroup",
}  # fmt: skip
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_BLOCKS = {
    *_LISTS, *_TABLE, *_MEDIA, *_BOXES, *_HEADINGS,
    "p", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "caption", "td", "th",
    "figure", "figcaption", "hr", "summary", "legend",
}  # fmt: skip
_SAME = {
    "strong", "em", "s", "sub", "sup", "mark", "b", "i", "u", "small", "cite", "q", "bdi", "abbr",
    "code", "span",
}  # fmt: skip
_INLINE = {name: name for name in _SAME} | {
    "del": "s", "strike": "s", "ins": "u", "kbd": "code", "samp": "code", "var": "code",
    "tt": "code", "acronym": "abbr", "dfn": "em", "bdo": "bdi",
}  # fmt: skip
_KEPT = ("lang", "dir")

_LOOSE = nh3.Cleaner(
    tags={*_BLOCKS, *_INLINE, "a", "br", "img", "source", "font", "big", "time"},
    attributes={
        "*": {"class", "lang", "dir"},
        "a": {"href", "title", "hreflang"},
        "abbr": {"title"},
        "acronym": {"title"},
        "img": {"src", "alt", "data-number", "data-own-caption"},
        "iframe": {"src"},
        "video": {"src"},
        "audio": {"src"},
        "source": {"src"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
    },
    clean_content_tags={
        "script", "style", "object", "embed", "template", "noscript", "svg", "math", "title",
        "select", "textarea", "button",
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)  # fmt: skip

_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:[a-z]", re.I)
_REUSED = re.compile(r"<!--\s*wp:block\s+(\{[^}]*\})\s*/?-->")
_BREAK = re.compile(
    r"(^|\n)[ \t]*<!--\s*(?:more\b.*?|nextpage|noteaser)\s*-->[ \t]*(?=\n|\Z)", re.S
)
_EMPTY_LINE = re.compile(r"\n[ \t\xa0]*\n\s*")
_LONE_ADDRESS = re.compile(r"(\A|\n)[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*(?=\n|\Z)")
_ADDRESS = re.compile(r"https?://[^\s<>\"\[\]]+\Z")
_LINE_END = re.compile(r"(?:<br>)?[ \t]*\n\s*")
_EDGES = re.compile(r"\A(?:\s|<br>)+|(?:\s|<br>)+\Z")


@dataclass
class Surroundings:
    """What the converter must ask about the site that the markup comes from.

    `find_photo(attributes)` gives the Photo that an <img> shows or None, `gallery(attributes)` the
    attachment numbers of a gallery, `address(href)` where a link leads now; `note(kind, what)` is
    told of what had to be left out.
    """

    find_photo: Callable[[dict], Any]
    gallery: Callable[[dict], list[str]] = lambda attributes: []
    address: Callable[[str], str] = lambda href: href
    note: Callable[[str, str], None] = lambda kind, what: None
    blocks: dict[str, str] = field(default_factory=dict)
    lead: Any = None


@dataclass
class Converted:
    """A clean body; caption and alt text of the lead photo, if its figure was left out of it."""

    html: str
    lead_caption: str = ""
    lead_alt: str = ""


def convert(source, around):
    """The body that a post's WordPress markup becomes."""
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    source = _with_reused_blocks(source, around)
    classic = not _BLOCK_COMMENT.search(source)
    source = _BREAK.sub("\n\n", source)
    source = replace_shortcodes(
        source, around.gallery, lambda name: around.note("shortcode", f"[{name}]")
    )
    tree = _Tree()
    tree.feed(_LOOSE.clean(source))
    tree.close()
    writer = _Writer(around, classic)
    html = "\n".join(writer.flow(tree.root.children, {}))
    return Converted(body.clean(html), writer.lead_caption, writer.lead_alt)


def _with_reused_blocks(source, around):
    """Blocks that are kept apart and shown in many posts, put where they are shown."""

    def replace(match):
        try:
            number = str(json.loads(match.group(1)).get("ref"))
        except (ValueError, AttributeError):
            return ""
        if number not in around.blocks:
            around.note("block", f"reusable block {number}")
        return around.blocks.get(number, "")

    # A block may hold one more; one that holds itself must come to an end.
    return _REUSED.sub("", _REUSED.sub(replace, _REUSED.sub(replace, source)))


@dataclass
class _Element:
    tag: str
    attributes: dict
    children: list = field(default_factory=list)

    @property
    def classes(self):
        return self.attributes.get("class", "").split()

    def all(self, *tags, but=()):
        """Descendants with one of these tags, in order; not those inside a tag of `but`."""
        for child in self.children:
            if isinstance(child, _Element):
                if child.tag in tags:
                    yield child
                if child.tag not in but:
                    yield from child.all(*tags, but=but)

    @cached_property
    def is_block(self):
        """Whether it can't stand in a line of text: pictures count, and what only holds them.

        Asked once for each element: asked anew at each depth, nesting would cost the square.
        """
        if self.tag in _BLOCKS:
            return True
        if self.tag == "img":
            return not _is_emoji(self)
        inside = [child for child in self.children if not _is_blank(child)]
        blocks = [child for child in inside if _is_block(child)]
        return bool(blocks) and (
            len(blocks) == len(inside) or any(child.tag != "img" for child in blocks)
        )

    @cached_property
    def text(self):
        return "".join(
            child.text if isinstance(child, _Element) else child for child in self.children
        )


class _Tree(TolerantParser):
    """Well-formed HTML as elements; what is nested too deep moves up."""

    def __init__(self):
        super().__init__()
        self.root = _Element("", {})
        self.stack, self.too_deep = [self.root], 0

    def handle_starttag(self, tag, attrs):
        element = _Element(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.stack[-1].children.append(element)
        elif len(self.stack) > _DEEPEST:
            self.too_deep += 1
        else:
            self.stack[-1].children.append(element)
            self.stack.append(element)

    def handle_endtag(self, tag):
        if self.too_deep:
            self.too_deep -= 1
        elif tag not in _VOID and len(self.stack) > 1:
            self.stack.pop()

    def handle_data(self, data):
        self.stack[-1].children.append(data)


def _is_blank(node):
    return isinstance(node, str) and not node.strip()


def _is_emoji(element):
    return bool({"emoji", "wp-smiley"} & set(element.classes))


def _is_block(node):
    return isinstance(node, _Element) and node.is_block


def _elements(nodes):
    return (node for node in nodes if isinstance(node, _Element))


def _marked(tag, attributes, inner):
    """`<tag …>inner</tag>` with these attributes."""
    words = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f"<{tag}{words}>{inner}</{tag}>"


class _Writer:
    """Writes the tree as body HTML; `classic` texts end lines and paragraphs as typed."""

    def __init__(self, around, classic):
        self.around, self.classic = around, classic
        self.hoisted = []
        self.first_figure = True
        self.lead_caption = self.lead_alt = ""
        self._writers = {
            "img": self._image,
            "blockquote": self._quote,
            "pre": self._code,
            "table": self._table,
            "hr": self._rule,
            **dict.fromkeys(_HEADINGS, self._heading),
            **dict.fromkeys(_LISTS, self._list),
            **dict.fromkeys(_MEDIA, self._media),
            **dict.fromkeys(("dt", "summary", "legend", "caption"), self._term),
        }

    # Blocks

    def flow(self, nodes, words):
        """Blocks of HTML for nodes among which text may stand loose; it becomes paragraphs."""
        out, run = [], []
        for node in nodes:
            if _is_block(node):
                out += self._paragraphs(run, words)
                run = []
                out += self._block(node, words)
            else:
                run.append(node)
        return out + self._paragraphs(run, words)

    def _block(self, node, words):
        words = words | {name: node.attributes[name] for name in _KEPT if name in node.attributes}
        tag = node.tag
        if tag == "figure" or (tag in _BOXES and "wp-caption" in node.classes):
            return self._figure(node, words)
        write = self._writers.get(tag)
        return write(node, words) if write else self.flow(node.children, words)

    def _image(self, node, words):
        return self._pictures([node], "", words)

    def _heading(self, node, words):
        inner = self._line(node.children)
        heading = [_marked(_HEADINGS[node.tag], words, inner)] if inner else []
        return heading + self._let_down()

    def _term(self, node, words):
        inner = self._line(node.children)
        return [_marked("p", words, f"<strong>{inner}</strong>")] if inner else []

    def _quote(self, node, words):
        inner = "\n".join(self.flow(node.children, {}))
        return [_marked("blockquote", words, inner)] if inner else []

    def _code(self, node, words):
        inner = self._inline(node.children)
        return [_marked("pre", words, inner), *self._let_down()] if inner.strip() else []

    def _rule(self, node, words):
        return ["<hr>"]

    def _paragraphs(self, run, words):
        out = []
        for piece in self._pieces(run):
            inner = self._line(piece)
            if _ADDRESS.match(inner):
                out.append(link_paragraph(inner).strip())
            elif inner and inner != "\xa0":
                out.append(_marked("p", words, inner))
            out += self._let_down()
        return out

    def _pieces(self, run):
        """A run of inline nodes, cut where an empty line or a lone address begins a paragraph."""
        pieces = [[]]
        for number, node in enumerate(run):
            if not isinstance(node, str):
                pieces[-1].append(node)
                continue
            text = self._alone(node, number == 0, number == len(run) - 1)
            parts = _EMPTY_LINE.split(text) if self.classic else [text]
            pieces[-1].append(parts[0])
            pieces += [[part] for part in parts[1:]]
        return pieces

    def _alone(self, text, first, last):
        if not self.classic or "://" not in text:
            return text

        def replace(match):
            inside = (match.start() > 0 or first) and (match.end() < len(text) or last)
            return f"\n\n{match.group(2)}\n\n" if inside else match.group()

        return _LONE_ADDRESS.sub(replace, text)

    def _list(self, node, words):
        items = []
        for child in node.children:
            if isinstance(child, _Element) and child.tag == "li":
                own = {name: child.attributes.get(name, "") for name in _KEPT}
                items.append(_marked("li", own, self._cell(child.children)))
            elif not _is_blank(child):
                # A list right in a list, or loose words: they belong to an item of their own.
                items.append(_marked("li", {}, self._cell([child])))
        start = node.attributes.get("start", "")
        extra = {"start": start} if node.tag == "ol" and start.isdecimal() else {}
        return [_marked(node.tag, words | extra, "".join(items))]

    def _cell(self, nodes):
        """What stands in a list's item or a table's cell: a line, unless it holds more."""
        blocks = [node for node in nodes if _is_block(node)]
        loose = "".join(node for node in nodes if isinstance(node, str))
        if all(block.tag in _LISTS for block in blocks) and not (
            self.classic and _EMPTY_LINE.search(loose.strip())
        ):
            out, run = "", []
            for node in [*nodes, None]:
                if node is not None and not _is_block(node):
                    run.append(node)
                    continue
                out += self._line(run) + "".join(self._let_down())
                run = []
                out += "".join(self._block(node, {})) if node is not None else ""
            return out
        return "".join(self.flow(nodes, {}))

    def _table(self, node, words):
        rows = "".join(self._table_part(child) for child in _elements(node.children))
        return [_marked("table", words, rows)]

    def _table_part(self, node):
        if node.tag in _TABLE:
            inner = "".join(self._table_part(child) for child in _elements(node.children))
            return f"<{node.tag}>{inner}</{node.tag}>"
        if node.tag in ("td", "th"):
            names = ("colspan", "rowspan", "scope")
            given = {name: node.attributes.get(name, "") for name in names}
            return _marked(node.tag, given, self._cell(node.children))
        if node.tag == "caption":
            return _marked("caption", {}, self._line(node.children))
        return ""

    # Figures

    def _figure(self, node, words):
        inner = list(node.all("figure", but=("figure",)))
        caption_node = self._caption_of(node)
        caption = self._line(caption_node.children) if caption_node else ""
        if "wp-block-embed" in node.classes:
            return self._embed(node, caption_node, caption, words)
        if inner:
            out = [block for figure in inner for block in self._figure(figure, {})]
            return [*out, _marked("p", words, caption)] if caption else out
        rest = [child for child in node.children if child is not caption_node]
        pictures = [image for image in node.all("img") if not _is_emoji(image)]
        table = next(node.all("table"), None)
        if pictures and table is None:
            return self._figure_of_pictures(rest, pictures, caption, words)
        out = self.flow(rest, words)
        if table is not None:
            end = _marked("figcaption", {}, caption) if caption else ""
            return [_marked("figure", words, "".join(out) + end)]
        return [*out, _marked("p", words, caption)] if caption else out

    def _figure_of_pictures(self, rest, pictures, caption, words):
        others = _without_pictures(rest)
        said = self._line(others)
        if said and not caption:
            return self._pictures(pictures, said, words)
        out = self._pictures(pictures, caption, words)
        return [*out, *self.flow(others, words)] if said else out

    def _caption_of(self, node):
        for child in node.all("figcaption", "p", "div", but=("figure",)):
            if child.tag == "figcaption" or "wp-caption-text" in child.classes:
                return child
        return None

    def _embed(self, node, caption_node, caption, words):
        text = node.text.replace(caption_node.text, "") if caption_node else node.text
        found = re.search(r"https?://[^\s<>\"]+", text)
        media = next(node.all(*_MEDIA), None)
        address = found.group() if found else media.attributes.get("src", "") if media else ""
        if not _ADDRESS.match(address):
            return [_marked("p", words, caption)] if caption else []
        link = _marked("a", {"href": address}, escape(address, quote=False))
        return [_marked("p", words, f"{link}<br>{caption}" if caption else link)]

    def _pictures(self, images, caption, words):
        """A figure for each image; the caption stands under the last."""
        out = []
        for image in images:
            last = image is images[-1]
            out += self._picture(image.attributes, caption if last else "", words)
        return out

    def _picture(self, given, caption, words):
        photo = self.around.find_photo(given)
        end = _marked("figcaption", {}, caption) if caption else ""
        if photo is None:
            self.around.note("picture", given.get("src") or "without an address")
            return [_marked("figure", words, end)] if end else []
        if given.get("data-own-caption") and photo.caption:
            caption = escape(photo.caption, quote=False)
            end = _marked("figcaption", {}, caption)
        alt = self._alt(given, photo, caption)
        is_lead = self.first_figure and self.around.lead is not None and photo is self.around.lead
        self.first_figure = False
        if is_lead:
            self.lead_caption, self.lead_alt = plain_line(caption), alt
            return []
        image = f'<img data-file="{photo.pk}" alt="{escape(alt)}">'
        return [_marked("figure", words, image + end)]

    def _alt(self, given, photo, caption):
        """Alt text of the image or of its photo; empty when the caption says the same."""
        alt = plain_line(escape(given.get("alt", ""), quote=False))
        stem = re.sub(r"\A.*/|(-\d+x\d+)?\.\w+\Z", "", given.get("src", "")).casefold()
        if not alt or alt.casefold() in (stem, stem.rpartition(".")[0]):
            alt = photo.alt_text
        return "" if alt.strip().casefold() == plain_line(caption).casefold() else alt

    def _media(self, node, words):
        address = node.attributes.get("src", "")
        if not address and (source := next(node.all("source"), None)):
            address = source.attributes.get("src", "")
        if not _ADDRESS.match(address):
            return []
        self.around.note("media", address)
        return [link_paragraph(address).strip()]

    # Lines

    def _line(self, nodes):
        """Inline HTML of one paragraph, heading, caption or cell."""
        html = self._inline(nodes)
        html = _LINE_END.sub("<br>" if self.classic else " ", _EDGES.sub("", html))
        return _EDGES.sub("", html)

    def _let_down(self):
        """Figures of images that stood in the middle of a line: they follow it."""
        figures, self.hoisted = self.hoisted, []
        return figures

    def _inline(self, nodes):
        return "".join(
            escape(node, quote=False) if isinstance(node, str) else self._inline_element(node)
            for node in nodes
        )

    def _inline_image(self, node):
        if _is_emoji(node):
            return escape(node.attributes.get("alt", ""), quote=False)
        self.hoisted += self._picture(node.attributes, "", {})
        return ""

    def _inline_element(self, node):
        if node.tag in _VOID:
            return self._inline_image(node) if node.tag == "img" else "<br>" * (node.tag == "br")
        inner = self._inline(node.children)
        if node.tag == "a":
            return self._link(node, inner)
        name = _INLINE.get(node.tag)
        if not name or not inner:
            # Words of two blocks must not run together where only a line may stand.
            return f"{inner} " if node.tag in _BLOCKS and inner else inner
        given = {key: node.attributes.get(key, "") for key in (*_KEPT, "title")}
        if name == "span" and not (given["lang"] or given["dir"]):
            return inner
        return _marked(name, given if name != "abbr" else {"title": given["title"]}, inner)

    def _link(self, node, inner):
        href = node.attributes.get("href", "").strip()
        if not inner or not href or href.startswith("#"):
            return inner
        given = {"href": self.around.address(href), "hreflang": node.attributes.get("hreflang")}
        return _marked("a", given | {"title": node.attributes.get("title")}, inner)


def _without_pictures(nodes):
    """The nodes without images, and without what is left empty by that."""
    out = []
    for node in nodes:
        if isinstance(node, str):
            out.append(node)
        elif node.tag != "img" or _is_emoji(node):
            children = _without_pictures(node.children)
            if children or node.tag in _VOID:
                out.append(_Element(node.tag, node.attributes, children))
    return out
