"""WordPress eXtended RSS as plain data.

`survey` reads a file once from end to end and so proves it sound; `items` reads it again, one item
at a time, so that memory holds one post with its comments and never the file. Of a commenter only
name, place and text are read: addresses, e-mail and browser never leave the XML.
"""

import codecs
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import ParseError, TreeBuilder
from xml.parsers import expat

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser, iterparse

from gandhara.wxr.plain import plain_line

_EXPORT = re.compile(r"https?://wordpress\.org/export/(1\.\d+)/(excerpt/)?\Z")
_NAMESPACES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_AS_SPACE = str.maketrans("\x0b\x0c", "  ")
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = re.compile(
    r"utf-?8|utf-?16|us-ascii|latin-?1|iso-8859-\d+|windows-12\d\d|koi8-r", re.I
)
_CUT_OFF = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
}


class UnreadableExport(Exception):
    """The file can't be imported: one sentence that names the file and the line."""


@dataclass
class Comment:
    """A reader's comment as the export has it; `approved` and `type` are WordPress's words."""

    id: str
    parent: str
    name: str
    place: str
    text: str
    approved: str
    type: str
    date: datetime | None


@dataclass
class Item:
    """A post, attachment, page, … of the export."""

    id: str
    type: str
    status: str
    title: str
    link: str
    guid: str
    creator: str
    content: str
    excerpt: str
    slug: str
    parent: str
    password: str
    comment_status: str
    gmt: datetime | None
    local: datetime | None
    attachment_url: str
    terms: list[tuple[str, str, str]]
    meta: dict[str, str]
    comments: list[Comment] = field(default_factory=list)

    @property
    def date(self):
        """The moment WordPress knows, the local one read as UTC if it knows no other."""
        return self.gmt or self.local

    def meta_of(self, *keys):
        """The first of these meta values that isn't empty."""
        return next((value for key in keys if (value := self.meta.get(key, "").strip())), "")


@dataclass
class Term:
    """A category or tag of the channel's list."""

    kind: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""


@dataclass
class Channel:
    """What the export says about the site: `key` tells one site from another."""

    key: str = ""
    title: str = ""
    description: str = ""
    language: str = ""
    version: str = ""
    addresses: list[str] = field(default_factory=list)
    authors: dict[str, str] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)


@dataclass
class Survey:
    """One file, read once whole: its channel, and its items without their texts and comments."""

    path: str
    channel: Channel
    items: list[Item]
    blocks: dict[str, str]
    forbidden_characters: int = 0


class _Readable:
    """A file as UTF-8 without the characters that XML forbids and WordPress writes all the same.

    Bytes that are no text in the file's encoding become U+FFFD: an old database cuts a name in the
    middle of a letter, and that should not cost the archive.
    """

    def __init__(self, file):
        self.file = file
        head = file.read(512)
        file.seek(0)
        found = _DECLARED.search(head)
        name = found.group(1).decode() if found else "utf-8"
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            name = "utf-16"
        elif head.startswith(codecs.BOM_UTF8) or not _ENCODINGS.fullmatch(name):
            name = "utf-8-sig"
        try:
            codec = codecs.lookup(name)
        except LookupError:
            codec = codecs.lookup("utf-8-sig")
        self.decoder = codec.incrementaldecoder("replace")
        self.started = False
        self.lines_before = 0
        self.removed = 0

    def read(self, size=-1):
        while True:
            data = self.file.read(size)
            text = self.decoder.decode(data, final=not data)
            text, removed = _FORBIDDEN.subn("", text.translate(_AS_SPACE))
            self.removed += removed
            if not self.started:
                # Plugins print empty lines before the declaration; XML allows none there.
                rest = text.lstrip()
                self.lines_before += text[: len(text) - len(rest)].count("\n")
                text, self.started = rest, bool(rest)
            if text or not data:
                return text.encode("utf-8", "replace")


def survey(path):
    """The whole file checked, with what must be known before its items can be imported.

    Raises UnreadableExport.
    """
    channel, items, blocks = Channel(), [], {}
    links = {}
    source = None
    for name, element, source in _children(path):  # noqa: B007  the source is asked afterwards
        if name == "item":
            if not channel.version:
                raise _not_wxr(path, b"<item", "it has no wp:wxr_version before its first item")
            item = _item(element)
            if item.type == "wp_block":
                blocks[item.id] = item.content
            items.append(_outline(item))
        else:
            _read_into(channel, links, name, element)
            if name == "wp:wxr_version" and not re.match(r"1\.\d", channel.version):
                why = f"its version is “{channel.version}”, and 1.0 to 1.2 can be read"
                raise _not_wxr(path, b"wxr_version>", why)
    if not channel.version:
        raise _not_wxr(path, b"<rss", "it has no wp:wxr_version")
    channel.addresses = [links[name] for name in ("blog", "link", "site") if links.get(name)]
    channel.key = (channel.addresses[:1] or [channel.title or "unnamed"])[0].rstrip("/")[:300]
    _read_guest_authors(channel, items)
    return Survey(path, channel, items, blocks, source.removed)


def items(path):
    """The items of a file in its order, complete, one at a time."""
    for name, element, _source in _children(path):
        if name == "item":
            yield _item(element)


def _outline(item):
    """The item without what only its own import needs; plugins keep megabytes in a post's meta."""
    untitled = item.type == "post" and not item.title.strip()
    item.content = item.content[:2000] if untitled else ""
    item.comments, item.terms = [], []
    if item.type in ("attachment", "guest-author"):
        item.meta.pop("_wp_attachment_metadata", None)
    else:
        item.meta, item.excerpt = {}, ""
    return item


def _children(path):
    """(name, element, source) of each whole child of the channel, freed when the next is read."""
    try:
        with open(path, "rb") as file:
            yield from _parsed(path, _Readable(file))
    except OSError as problem:
        raise UnreadableExport(f"{path} can't be read: {problem.strerror}.") from problem


def _parsed(path, source):
    # Our encoding, whatever the file declares: `source` has turned it into UTF-8.
    parser = DefusedXMLParser(target=TreeBuilder(), encoding="utf-8", forbid_dtd=True)
    depth, channel = 0, None
    try:
        for event, element in iterparse(source, ("start", "end"), parser=parser):
            if event == "start":
                depth += 1
                if depth == 1 and element.tag != "rss":
                    tag = element.tag.rpartition("}")[2]
                    why = f"it begins with <{tag}>, not with <rss>"
                    raise _not_wxr(path, f"<{tag}".encode(), why)
                channel = element if depth == 2 else channel
                continue
            depth -= 1
            if depth == 2:
                yield _short(element.tag), element, source
                channel.clear()
    except ParseError as problem:
        raise _unparsed(path, source, problem, begun=depth or channel is not None) from problem
    except DefusedXmlException as problem:
        line = parser.parser.CurrentLineNumber + source.lines_before
        raise UnreadableExport(_hostile(path, line, problem)) from problem


def _unparsed(path, source, problem, begun):
    line = problem.position[0] + source.lines_before
    if not source.started:
        return UnreadableExport(f"{path} is empty (line 1): there is nothing to import.")
    if not begun:
        return UnreadableExport(
            f"{path} is not a WordPress export (WXR): line {line} is not XML ({_words(problem)})."
        )
    if problem.code in _CUT_OFF:
        return UnreadableExport(f"{path} is cut off: it ends in line {line}, in the middle.")
    return UnreadableExport(f"{path} is damaged in line {line} ({_words(problem)}).")


def _words(problem):
    return expat.ErrorString(problem.code)


def _hostile(path, line, problem):
    if isinstance(problem, DTDForbidden) and problem.name.lower() == "html":
        return f"{path} is a web page (line {line}), not a WordPress export (WXR)."
    return (
        f"{path} is refused: line {line} declares a document type or entities, "
        "which no WordPress export has and which attacks are made of."
    )


def _not_wxr(path, mark, why):
    line = 1
    with open(path, "rb") as file:
        for number, text in enumerate(file, 1):
            if mark in text:
                line = number
                break
    return UnreadableExport(f"{path} is not a WordPress export (WXR): {why} (line {line}).")


def _short(tag):
    """`{http://wordpress.org/export/1.2/}post_id` → `wp:post_id`, for every version."""
    if not tag.startswith("{"):
        return tag
    space, _brace, name = tag[1:].partition("}")
    if found := _EXPORT.match(space):
        return f"{'excerpt' if found.group(2) else 'wp'}:{name}"
    return f"{_NAMESPACES.get(space, 'other')}:{name}"


def _texts(element):
    """Texts of an element's children by short name; the first of a name counts."""
    texts = {}
    for child in element:
        texts.setdefault(_short(child.tag), child.text or "")
    return texts


def _read_into(channel, links, name, element):
    text = (element.text or "").strip()
    if name == "wp:wxr_version":
        channel.version = text
    elif name in ("title", "description", "language"):
        setattr(channel, name, text)
    elif name in ("link", "wp:base_blog_url", "wp:base_site_url"):
        links[{"link": "link", "wp:base_blog_url": "blog"}.get(name, "site")] = text
    elif name == "wp:author":
        _read_author(channel, _texts(element))
    elif name in ("wp:category", "wp:tag", "wp:term"):
        _read_term(channel, name, _texts(element))


def _read_author(channel, texts):
    login = texts.get("wp:author_login", "").strip()
    shown = plain_line(texts.get("wp:author_display_name", ""))
    parts = (texts.get("wp:author_first_name", ""), texts.get("wp:author_last_name", ""))
    full = plain_line(" ".join(parts))
    # WordPress shows the login until somebody chooses a name; an e-mail address is no name.
    unchosen = not shown or shown == login or re.fullmatch(r"\S+@\S+", shown)
    name = full if unchosen and full else shown
    if login and name and not re.fullmatch(r"\S+@\S+", name):
        channel.authors[login] = name


def _read_guest_authors(channel, items):
    """Authors without a login, as Co-Authors Plus keeps them: items of a type of their own."""
    for item in items:
        if item.type == "guest-author":
            name = plain_line(item.meta_of("cap-display_name") or item.title)
            for login in (item.meta_of("cap-user_login"), item.slug.removeprefix("cap-")):
                if login and name:
                    channel.authors.setdefault(login, name)


def _read_term(channel, name, texts):
    kinds = {"category": "category", "post_tag": "tag"}
    if name == "wp:term":
        kind, start = kinds.get(texts.get("wp:term_taxonomy", "").strip()), "wp:term_"
        slug, parent = texts.get("wp:term_slug", ""), texts.get("wp:term_parent", "")
        title = texts.get("wp:term_name", "")
    elif name == "wp:category":
        kind, start = "category", "wp:category_"
        slug, parent = texts.get("wp:category_nicename", ""), texts.get("wp:category_parent", "")
        title = texts.get("wp:cat_name", "")
    else:
        kind, start, parent = "tag", "wp:tag_", ""
        slug, title = texts.get("wp:tag_slug", ""), texts.get("wp:tag_name", "")
    if kind and slug.strip():
        about = texts.get(f"{start}description", "")
        channel.terms.append(Term(kind, slug.strip(), title, parent.strip(), about))


def _item(element):
    texts = _texts(element)

    def word(name):
        return texts.get(name, "").strip()

    return Item(
        id=_number(word("wp:post_id")),
        type=word("wp:post_type") or "post",
        status=word("wp:status"),
        title=texts.get("title", ""),
        link=word("link"),
        guid=word("guid"),
        creator=word("dc:creator"),
        content=texts.get("content:encoded", ""),
        excerpt=texts.get("excerpt:encoded", ""),
        slug=word("wp:post_name"),
        parent=_number(word("wp:post_parent")),
        password=texts.get("wp:post_password", ""),
        comment_status=word("wp:comment_status"),
        gmt=_moment(word("wp:post_date_gmt")),
        local=_moment(word("wp:post_date")) or _feed_moment(word("pubDate")),
        attachment_url=word("wp:attachment_url"),
        terms=_item_terms(element),
        meta=_meta(element, "wp:postmeta"),
        comments=[_comment(child) for child in element if _short(child.tag) == "wp:comment"],
    )


def _item_terms(element):
    """(domain, slug, name) of each term; WXR 1.0 names it a second time without its slug."""
    terms = [
        (child.get("domain", "category"), child.get("nicename", ""), child.text or "")
        for child in element
        if child.tag == "category"
    ]
    with_slug = {name for _domain, slug, name in terms if slug}
    return [term for term in terms if term[1] or term[2] not in with_slug]


def _meta(element, name):
    meta = {}
    for child in element:
        if _short(child.tag) == name:
            texts = _texts(child)
            meta.setdefault(texts.get("wp:meta_key", "").strip(), texts.get("wp:meta_value", ""))
    return meta


def _comment(element):
    texts = _texts(element)
    gmt, local = texts.get("wp:comment_date_gmt", ""), texts.get("wp:comment_date", "")
    return Comment(
        id=_number(texts.get("wp:comment_id", "")),
        parent=_number(texts.get("wp:comment_parent", "")),
        name=texts.get("wp:comment_author", ""),
        place=_meta(element, "wp:commentmeta").get("comment_location", ""),
        text=texts.get("wp:comment_content", ""),
        approved=texts.get("wp:comment_approved", "").strip(),
        type=texts.get("wp:comment_type", "").strip(),
        date=_moment(gmt) or _moment(local),
    )


def _number(text):
    """A number of WordPress as text; empty if it is none."""
    found = re.fullmatch(r"\s*0*([0-9]{1,19})\s*", text)
    return found.group(1) if found else ""


def _moment(text):
    """`2026-10-05 04:00:00` as UTC; None for zeros and for what is no date."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _feed_moment(text):
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
