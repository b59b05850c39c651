"""The rules that feeds must keep: what the W3C's validator calls an error or warns of, and what it
does not see.

`problems(text, address)` reads a finished feed as a stranger does and gives a sentence for each
rule that is broken. It knows nothing of how the feed was made.
"""

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.entities import name2codepoint
from html.parser import HTMLParser

from defusedxml import ElementTree

ATOM, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
SLASH = "{http://purl.org/rss/1.0/modules/slash/}comments"
WFW = "{http://wellformedweb.org/CommentAPI/}commentRss"
THR = "{http://purl.org/syndication/thread/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_BYTES = 5_000_000
# Dari's own code `prs` is no code for feeds.
LANGUAGES = {"en", "ps", "fa-AF", "ur"}

_FULL_ADDRESS = re.compile(r"[a-zA-Z][0-9a-zA-Z+.-]*:(//)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+")
_TAG_NAME = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d{2}-\d{2}:[0-9a-z-]+")
_RFC_2822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"\d{4} \d\d:\d\d:\d\d [+-]\d\d[03]0",
    re.ASCII,
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_BAD_LETTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff\ud800-\udfff]")
_FORBIDDEN_TAGS = {
    "script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "link", "meta",
    "base", "bdo", "html", "head", "body", "title", "noframes", "plaintext", "xmp", "svg", "math",
    "form", "input", "button", "textarea", "select", "marquee",
}  # fmt: skip
_VOID = {"br", "hr", "img", "wbr", "source", "col"}
_ONCE_IN_ITEM = {
    "title", "link", "description", "guid", "pubDate", "comments", ENCODED, SLASH, WFW,
    f"{DC}language",
}  # fmt: skip
_IN_ITEM = {*_ONCE_IN_ITEM, "category", f"{DC}creator", f"{THR}in-reply-to"}
_IN_ENTRY = {
    *(f"{ATOM}{name}" for name in ("id", "title", "updated", "published", "author", "link")),
    *(f"{ATOM}{name}" for name in ("summary", "content", "category")),
    f"{THR}in-reply-to",
}


class _Html(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.found = [], []

    def handle_starttag(self, tag, attributes):
        if tag in _FORBIDDEN_TAGS:
            self.found.append(f"<{tag}> in content")
        for name, value in attributes:
            if name.startswith("on") or name == "style":
                self.found.append(f"{name} in content")
            if name in ("href", "src") and not re.match(r"\w+:", value or ""):
                self.found.append(f"relative {name} {value!r} in content")
            if name == "lang" and not value:
                self.found.append("empty lang in content")
        if tag == "img" and "alt" not in dict(attributes):
            self.found.append("a picture without alt")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.found.append(f"</{tag}> closes nothing")


def problems_of_html(html):
    parser = _Html()
    parser.feed(html)
    parser.close()
    return parser.found + [f"<{tag}> stays open" for tag in parser.open]


def problems_of_words(what, words):
    """Plain words of an element in which a reader may look for HTML."""
    if not (words or "").strip():
        yield f"{what} is blank"
    for name in re.findall(r"&(#?\w+)", words or ""):
        if name in name2codepoint or name == "apos" or not name.isalpha():
            yield f"{what} has &{name}"
    if re.search(r"<[/a-zA-Z]", words or ""):
        yield f"{what} looks like HTML: {words!r}"
    if (words or "").count("\u2068") != (words or "").count("\u2069"):
        yield f"{what} opens and closes not as many isolates"


def problems_of_name(what, words):
    yield from problems_of_words(what, words)
    if re.search(r"\w@\w", words or ""):
        yield f"{what} has an e-mail address"


def problems_of_date(what, text, shape):
    if not shape.fullmatch(text or ""):
        yield f"{what} is no date: {text!r}"
        return
    at = parsedate_to_datetime(text) if shape is _RFC_2822 else datetime.fromisoformat(text)
    if shape is _RFC_2822 and f"{at:%a}" != text[:3]:
        yield f"{what} has the wrong weekday: {text}"
    if not datetime(1990, 1, 1, tzinfo=UTC) <= at <= datetime.now(UTC) + timedelta(minutes=10):
        yield f"{what} is not plausible: {text}"


def problems_of_address(what, text):
    if not _FULL_ADDRESS.fullmatch(text or ""):
        yield f"{what} is no whole address: {text!r}"
    if (text or "").startswith("tag:") and not _TAG_NAME.fullmatch(text):
        yield f"{what} is no tag: {text!r}"
    if (text or "").startswith("http") and not re.match(r"https?://[^/]", text):
        yield f"{what} has no host: {text!r}"


def _repeated(kind, values):
    for value, number in Counter(values).items():
        if number > 1:
            yield f"{number} entries have the {kind} {value!r}"


def _problems_of_number(what, text):
    if not re.fullmatch(r"[0-9]+", text or ""):
        yield f"{what} is no number in ASCII: {text!r}"


def _problems_of_answer(element):
    ref = element.get("ref")
    yield from problems_of_address("ref of thr:in-reply-to", ref)
    if element.get("href") is not None:
        yield from problems_of_address("href of thr:in-reply-to", element.get("href"))


def _of_item(item):
    names = [child.tag for child in item]
    yield from (f"an item has {name}" for name in set(names) - _IN_ITEM)
    yield from (f"{name} twice" for name in _ONCE_IN_ITEM if names.count(name) > 1)
    yield from problems_of_words("title", item.findtext("title"))
    for name in ("link", "guid"):
        yield from problems_of_address(name, item.findtext(name))
    if item.find("guid") is not None:
        is_address = item.findtext("guid").startswith("http")
        if not is_address and item.find("guid").get("isPermaLink") != "false":
            yield "a guid that is no address says that it is one"
    yield from problems_of_date("pubDate", item.findtext("pubDate"), _RFC_2822)
    if ENCODED not in names or "description" not in names[: names.index(ENCODED)]:
        yield "no description before content:encoded"
    for name in ("description", ENCODED):
        yield from problems_of_html(item.findtext(name) or "")
    if item.findtext(f"{DC}language") not in LANGUAGES:
        yield f"dc:language is {item.findtext(f'{DC}language')}"
    for element in item.iter("category"):
        yield from problems_of_words("category", element.text)
    for element in item.iter(f"{DC}creator"):
        yield from problems_of_name("dc:creator", element.text)
    if item.find(SLASH) is not None:
        yield from _problems_of_number("slash:comments", item.findtext(SLASH))
    for name in (WFW, "comments"):
        if name in names:
            yield from problems_of_address(name, item.findtext(name))
    for element in item.iter(f"{THR}in-reply-to"):
        yield from _problems_of_answer(element)


def problems_of_rss(text, address):
    root = ElementTree.fromstring(text)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(root) != 1:
        yield "no RSS 2.0"
    names = [child.tag for child in channel]
    for name in ("title", "description"):
        yield from problems_of_words(f"the channel's {name}", channel.findtext(name))
    yield from problems_of_address("the channel's link", channel.findtext("link"))
    if channel.findtext("language") not in LANGUAGES:
        yield f"the language is {channel.findtext('language')}"
    yield from problems_of_date("lastBuildDate", channel.findtext("lastBuildDate"), _RFC_2822)
    own = [each.get("href") for each in channel.iter(f"{ATOM}link") if each.get("rel") == "self"]
    if own != [address]:
        yield f"its own address is {own}"
    first = names.index("item") if "item" in names else len(names)
    if set(names[first:]) - {"item"}:
        yield "something stands after the first item"
    items = channel.findall("item")
    for item in items:
        yield from _of_item(item)
    yield from _repeated("guid", (item.findtext("guid") for item in items))


def _of_person(author):
    yield from problems_of_name("an author's name", author.findtext(f"{ATOM}name"))
    if {child.tag for child in author} - {f"{ATOM}name", f"{ATOM}uri"}:
        yield "an author has more than a name and an address"
    if author.find(f"{ATOM}uri") is not None:
        yield from problems_of_address("an author's uri", author.findtext(f"{ATOM}uri"))


def _of_link(link):
    yield from problems_of_address("a link", link.get("href"))
    if link.get("rel") != "replies":
        yield from (f"{name} on rel={link.get('rel')}" for name in link.attrib if THR in name)
        return
    yield from _problems_of_number("thr:count", link.get(f"{THR}count"))
    if link.get("type") != "application/atom+xml":
        yield "replies that are no Atom"
    if f"{THR}when" in link.attrib:
        yield "thr:when"
    if f"{THR}updated" in link.attrib:
        yield from problems_of_date("thr:updated", link.get(f"{THR}updated"), _RFC_3339)


def _of_entry(entry):
    names = {child.tag for child in entry}
    yield from (f"an entry has {name}" for name in names - _IN_ENTRY)
    yield from problems_of_address("an entry's id", entry.findtext(f"{ATOM}id"))
    yield from problems_of_words("title", entry.findtext(f"{ATOM}title"))
    for name in ("updated", "published"):
        yield from problems_of_date(name, entry.findtext(f"{ATOM}{name}"), _RFC_3339)
    if entry.get(LANG) not in LANGUAGES:
        yield f"an entry's language is {entry.get(LANG)}"
    if not any(link.get("rel") == "alternate" for link in entry.iter(f"{ATOM}link")):
        yield "an entry leads nowhere"
    for link in entry.iter(f"{ATOM}link"):
        yield from _of_link(link)
    for author in entry.iter(f"{ATOM}author"):
        yield from _of_person(author)
    for name in ("summary", "content"):
        for element in entry.iter(f"{ATOM}{name}"):
            yield from problems_of_html(element.text or "")
            if element.get("type") != "html" or not (element.text or "").strip():
                yield f"{name} is blank or no HTML"
    if f"{ATOM}content" not in names:
        yield "an entry without content"
    for element in entry.iter(f"{ATOM}category"):
        yield from problems_of_words("category", element.get("term"))
    for element in entry.iter(f"{THR}in-reply-to"):
        yield from _problems_of_answer(element)


def problems_of_atom(text, address):
    root = ElementTree.fromstring(text)
    if root.tag != f"{ATOM}feed":
        yield "no Atom"
    if root.get(LANG) not in LANGUAGES:
        yield f"the language is {root.get(LANG)}"
    yield from problems_of_address("the feed's id", root.findtext(f"{ATOM}id"))
    yield from problems_of_words("the feed's title", root.findtext(f"{ATOM}title"))
    yield from problems_of_date("the feed's updated", root.findtext(f"{ATOM}updated"), _RFC_3339)
    own = [each.get("href") for each in root.findall(f"{ATOM}link") if each.get("rel") == "self"]
    if own != [address]:
        yield f"its own address is {own}"
    entries = root.findall(f"{ATOM}entry")
    authors = root.findall(f"{ATOM}author")
    for author in authors:
        yield from _of_person(author)
    for entry in entries:
        yield from _of_entry(entry)
        if not authors and entry.find(f"{ATOM}author") is None:
            yield "nobody is an entry's author"
    for kind in ("id", "updated"):
        yield from _repeated(kind, (entry.findtext(f"{ATOM}{kind}") for entry in entries))


def _of_json_item(item):
    known = {
        "id", "url", "title", "content_html", "summary", "image", "date_published",
        "date_modified", "authors", "tags", "language",
    }  # fmt: skip
    yield from (f"an item has {name}" for name in item.keys() - known)
    yield from (f"an item's {name} is empty" for name, value in item.items() if not value)
    if not isinstance(item.get("id"), str):
        yield "an id is no string"
    for name in ("url", "image"):
        if name in item or name == "url":
            yield from problems_of_address(name, item.get(name))
    yield from problems_of_html(item.get("content_html", ""))
    if not item.get("content_html"):
        yield "an item without content"
    for name in ("date_published", "date_modified"):
        yield from problems_of_date(name, item.get(name), _RFC_3339)
    if item.get("language") not in LANGUAGES:
        yield f"an item's language is {item.get('language')}"
    for author in item.get("authors", []):
        if author.keys() - {"name", "url"} or not author.get("name", "").strip():
            yield f"an author is {author}"
        if "url" in author:
            yield from problems_of_address("an author's url", author["url"])
    if "author" in item:
        yield "the author of JSON Feed 1.0"
    if not all(isinstance(tag, str) and tag.strip() for tag in item.get("tags", [])):
        yield "a tag is blank"


def problems_of_json(text, address):
    feed = json.loads(text)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "no JSON Feed 1.1"
    if not feed.get("title", "").strip():
        yield "no title"
    if feed.get("feed_url") != address:
        yield f"its own address is {feed.get('feed_url')}"
    yield from problems_of_address("home_page_url", feed.get("home_page_url"))
    if feed.get("language") not in LANGUAGES:
        yield f"the language is {feed.get('language')}"
    items = feed.get("items")
    if not isinstance(items, list):
        yield "no items"
        return
    for item in items:
        yield from _of_json_item(item)
    yield from _repeated("id", (item.get("id") for item in items))


READERS = {
    "application/rss+xml; charset=utf-8": problems_of_rss,
    "application/atom+xml; charset=utf-8": problems_of_atom,
    "application/feed+json": problems_of_json,
}


def problems(content, content_type, address):
    """What is wrong with a feed, as sentences; `content` is bytes, `address` its own whole one."""
    if content_type not in READERS:
        return [f"the media type is {content_type}"]
    found = ["too large"] if len(content) > MOST_BYTES else []
    text = content.decode()
    if bad := _BAD_LETTERS.search(text):
        found.append(f"a letter of no feed: {bad.group()!r}")
    try:
        return found + list(READERS[content_type](text, address))
    except (ElementTree.ParseError, ValueError) as problem:
        return [*found, f"it can't be read: {problem}"]
