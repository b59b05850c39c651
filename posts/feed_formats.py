"""RSS 2.0, Atom and JSON Feed 1.1: three ways to write down the same entries.

Rules come from RFC 4287 (Atom), RFC 4685 (threads), RFC 4151 (lasting names), the RSS Advisory
Board's profile, jsonfeed.org's version 1.1, and from what the W3C's feed validator warns of.
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html.entities import name2codepoint

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    SyndicationFeed,
    rfc3339_date,
)
from django.utils.html import escape

from posts import versions

# The validator reads no feed that is larger.
MOST_BYTES = 5_000_000
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
THREADS = "http://purl.org/syndication/thread/1.0"
WFW = "http://wellformedweb.org/CommentAPI/"
_JSON_FEED = "https://jsonfeed.org/version/1.1"

# What XML 1.0 (section 2.2) has no place for, and the controls that it only suffers.
_NOT_XML = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNREADABLE = "\ufffd"
_MARKUP = re.compile(r"<(?=[/!?a-zA-Z])|&(?=(?P<name>#?\w+))")
_JOINER = "\u2060"


@dataclass(frozen=True)
class Person:
    name: str
    address: str = ""

    def __str__(self):
        return self.name


@dataclass(frozen=True)
class Discussion:
    """The comments on an entry: where they are read, their feeds by format, and how many."""

    address: str
    feeds: dict
    count: int = 0
    newest_at: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """What a feed tells of one thing. Addresses are whole; `html` is clean, the rest plain text.

    `name` identifies it for ever. `answers` is the name and the address of what it replies to.
    """

    name: str
    address: str
    title: str
    html: str
    language: str
    published_at: datetime
    updated_at: datetime
    summary: str = ""
    people: tuple = ()
    subjects: tuple = ()
    image: str = ""
    answers: tuple | None = None
    discussion: Discussion | None = None


@dataclass(frozen=True)
class Head:
    """What a feed says of itself; `own` has its own address in each format, by name."""

    title: str
    about: str
    address: str
    own: dict
    language: str
    publisher: str


def fit(words):
    """The words without what XML can't hold; a mark of unreadable letters becomes a “?”."""
    return _NOT_XML.sub("", words.replace(_UNREADABLE, "?"))


def as_text(words):
    """Words that stay text for readers that take titles for HTML, as many do with RSS.

    An unseen joiner (U+2060) parts a “<” or “&” from what would make a tag or a letter of it.
    """
    return _MARKUP.sub(_parted, fit(words))


def _parted(found):
    name = found["name"]
    is_only_text = name and name.isalpha() and name != "apos" and name not in name2codepoint
    return found[0] if is_only_text else found[0] + _JOINER


class _Xml:
    plain = staticmethod(as_text)

    def latest_post_date(self):
        """When anything in it last changed; of an empty feed, today, which changes once a day."""
        if self.items:
            return super().latest_post_date()
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        versions.true_until(today + timedelta(days=1))
        return today


class Rss(_Xml, Rss201rev2Feed):
    """RSS 2.0 with `dc:creator` once a person and the whole text after the description."""

    name, ending, label, media_type = "rss", "", "RSS", "application/rss+xml"

    def rss_attributes(self):
        return super().rss_attributes() | {
            "xmlns:content": CONTENT, "xmlns:dc": DC, "xmlns:slash": SLASH, "xmlns:thr": THREADS,
            "xmlns:wfw": WFW,
        }  # fmt: skip

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        entry = item["entry"]
        for person in item["people"]:
            handler.addQuickElement("dc:creator", person.name)
        # RSS itself knows only the channel's language.
        handler.addQuickElement("dc:language", entry.language)
        handler.addQuickElement("content:encoded", fit(entry.html))
        if entry.discussion:
            handler.addQuickElement("slash:comments", str(entry.discussion.count))
            handler.addQuickElement("wfw:commentRss", entry.discussion.feeds[self.name])
        if entry.answers:
            ref, address = entry.answers
            handler.addQuickElement("thr:in-reply-to", attrs={"ref": ref, "href": address})


class Atom(_Xml, Atom1Feed):
    """Atom with an `author` for each person and the whole text as `content`."""

    name, ending, label, media_type = "atom", "atom/", "Atom", "application/atom+xml"

    def root_attributes(self):
        return super().root_attributes() | {"xmlns:thr": THREADS}

    def item_attributes(self, item):
        return super().item_attributes(item) | {"xml:lang": item["entry"].language}

    def add_item_elements(self, handler, item):
        # An empty summary says nothing, and the validator says so.
        super().add_item_elements(handler, item | {"description": item["description"] or None})
        entry = item["entry"]
        for person in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", person.name)
            if person.address:
                handler.addQuickElement("uri", person.address)
            handler.endElement("author")
        handler.addQuickElement("content", fit(entry.html), {"type": "html"})
        if entry.answers:
            ref, address = entry.answers
            handler.addQuickElement(
                "thr:in-reply-to", attrs={"ref": ref, "href": address, "type": "text/html"}
            )
        if entry.discussion:
            handler.addQuickElement("link", attrs=self._replies(entry.discussion))

    def _replies(self, discussion):
        said = {
            "rel": "replies",
            "type": self.media_type,
            "href": discussion.feeds[self.name],
            "thr:count": str(discussion.count),
        }
        if discussion.newest_at:
            said["thr:updated"] = rfc3339_date(discussion.newest_at)
        return said


class Json(SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org/version/1.1). What is not known is left out, as it asks."""

    name, ending, label, media_type = "json", "json/", "JSON", "application/feed+json"
    content_type = media_type
    plain = staticmethod(fit)

    def write(self, outfile, encoding):
        said = {
            "version": _JSON_FEED,
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [self._item(item) for item in self.items],
        }
        json.dump(said, outfile, ensure_ascii=False)

    def _item(self, item):
        entry = item["entry"]
        said = {
            "id": entry.name,
            "url": item["link"],
            "title": item["title"],
            "content_html": fit(entry.html),
            "summary": fit(entry.summary).strip(),
            "image": entry.image,
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": [
                {"name": person.name} | ({"url": person.address} if person.address else {})
                for person in item["people"]
            ],
            "tags": item["categories"],
            "language": entry.language,
        }
        return {name: value for name, value in said.items() if value}


FORMATS = {each.name: each for each in (Rss, Atom, Json)}


def answer(format_name, head, entries):
    """The HTTP response with a feed of these entries, newest first."""
    kind = FORMATS[format_name]
    response = HttpResponse(_written(kind, head, entries), content_type=kind.content_type)
    response["Content-Language"] = head.language
    return response


def _written(kind, head, entries):
    """The feed as bytes; the oldest entries are left out where they would make it too large."""
    feed = kind(
        title=_some(kind.plain(head.title)),
        link=head.address,
        description=_some(kind.plain(head.about)),
        subtitle=_some(kind.plain(head.about)),
        language=head.language,
        # Atom wants an author for entries that have none of their own (RFC 4287, 4.2.1).
        author_name=_some(kind.plain(head.publisher)),
        feed_url=head.own[kind.name],
        feed_guid=head.own[kind.name],
    )
    room = MOST_BYTES
    for entry, updated_at in zip(entries, _moments_apart(entries), strict=True):
        # Escaping only adds to this, so what has no room here has none in the feed.
        room -= len(entry.html.encode())
        if room < 0:
            break
        feed.add_item(
            title=_some(kind.plain(entry.title)),
            link=entry.address,
            description=escape(fit(entry.summary).strip()),
            pubdate=entry.published_at,
            updateddate=updated_at,
            comments=entry.discussion and entry.discussion.address,
            unique_id=entry.name,
            unique_id_is_permalink=False,
            categories=_said(kind.plain(name) for name in entry.subjects),
            people=_said(replace(each, name=kind.plain(each.name)) for each in entry.people),
            entry=entry,
        )
    while len(written := feed.writeString("utf-8").encode()) > MOST_BYTES and feed.items:
        feed.items.pop()
    return written


def _some(words):
    """The words, or an ellipsis where there are none: a title must not be blank."""
    return words if words.strip() else "…"


def _said(names):
    """Those that have something to read: a name must not be blank either."""
    return [each for each in names if str(each).strip()]


def _moments_apart(entries):
    """When each was updated, no two at one moment: readers tell versions apart by it.

    Of entries that share a moment, the oldest keeps it and later ones come microseconds after.
    """
    taken, moments = set(), []
    for entry in reversed(entries):
        at = entry.updated_at
        while at in taken:
            at += timedelta(microseconds=1)
        taken.add(at)
        moments.append(at)
    return reversed(moments)


def addresses(before, view, name):
    """The addresses of a feed in each format: `…feed/`, `…feed/atom/`, `…feed/json/`.

    They are called `name` for RSS, and `name_atom` and `name_json`; the view is given
    `format_name`.
    """
    return [
        path(
            f"{before}feed/{each.ending}",
            view,
            {"format_name": each.name},
            name=called(name, each.name),
        )
        for each in FORMATS.values()
    ]


def called(name, format_name):
    """What the address of a feed is called in this format; see `addresses`."""
    return name if format_name == Rss.name else f"{name}_{format_name}"
