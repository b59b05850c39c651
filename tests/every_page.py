"""Every kind of page that a reader meets, in each state and language, as the site answers it.

`shown()` makes the rows, asks once for each page and keeps what came; `in_browser` puts these
answers before a real Chromium. So no server runs, and what many tests look at is made once.
A new kind of page belongs into `Edition`, and is then looked at by all of them.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest import mock
from urllib.parse import quote

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import transaction
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from comments import figures, limits, pages, receipts, rules, subscriptions
from comments.models import Comment, Forum
from gandhara import errors
from posts import previews, views
from posts.languages import LANGUAGES, language_of
from posts.models import Correction, Post
from tests.factories import (
    make_author,
    make_blog,
    make_comment,
    make_forum,
    make_moderator,
    make_photo,
    make_post,
    make_section,
    make_subscription,
    make_tag,
    make_upload,
)

SITE = "http://testserver"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
Status = Comment.Status

BODY = """<p>{text} <a href="/about/">{name}</a></p><h2>{place}</h2><ul><li>{text}</li><li>{name}</li></ul>
<blockquote><p>{text}</p></blockquote><h3>{tag}</h3><p><strong>{text}</strong></p>
<table><tr><th>{place}</th><th>{tag}</th></tr><tr><td>1</td><td>2</td></tr></table>"""
WORDS = {
    "en": {
        "headline": "Snow on the Lowari road",
        "summary": "The tunnel was open by noon.",
        "section": "Region",
        "tag": "Energy",
        "name": "Zarghuna",
        "place": "Chitral",
        "text": "The road was open by noon, and the bus came.",
    },
    "ps": {
        "headline": "د کابل سیند په پسرلي کې",
        "summary": "اوبه بیا راغلې.",
        "section": "سیمه",
        "tag": "برېښنا",
        "name": "زرغونه",
        "place": "کندهار",
        "text": "لاره تر غرمې پورې خلاصه وه، او بس راغی.",
    },
    "fa-AF": {
        "headline": "کتابخانهٔ کوچک در هرات",
        "summary": "روزی صد کتاب.",
        "section": "منطقه",
        "tag": "انرژی",
        "name": "زرغونه",
        "place": "هرات",
        "text": "راه تا چاشت باز بود و بس آمد.",
    },
    "ur": {
        "headline": "سترہ منٹ، تین سو دس لوگ",
        "summary": "سائرن بجا اور گاؤں بچ گیا۔",
        "section": "علاقہ",
        "tag": "توانائی",
        "name": "زرغونہ",
        "place": "ہنزہ",
        "text": "راستہ دوپہر تک کھل گیا، اور بس آ گئی۔",
    },
}


@dataclass(frozen=True)
class Shown:
    """A page as it was answered. `kind` says which it is, in words for a failing test."""

    kind: str
    language: str
    address: str
    status: int
    html: str

    @property
    def direction(self):
        return language_of(self.language).direction

    def __str__(self):
        return f"{self.kind} ({self.language})"


@contextmanager
def _small_pages():
    """A few posts, threads and replies fill a page, so that few rows show all of paging."""
    with (
        mock.patch.object(views, "POSTS_ON_A_PAGE", 4),
        mock.patch.object(pages, "THREADS_ON_A_PAGE", 4),
        mock.patch.object(pages, "REPLIES_OF_A_THREAD", 9),
        mock.patch.object(pages, "COMMENTS_ON_A_THREAD_PAGE", 8),
    ):
        yield


class Edition:
    """What one language's readers see."""

    def __init__(self, language):
        self.language, self.words = language, WORDS[language]
        self.client, self.found = Client(), []
        words = self.words
        key = language[:2]
        self.section = make_section(words["section"], slug=f"section-{key}")
        self.tag = make_tag(words["tag"], slug=f"tag-{key}")
        self.author = make_author(words["name"], slug=f"author-{key}", about=words["summary"])
        self.latin = make_author("Frud Bezhan", slug=f"latin-{key}")
        self.photo = make_photo(
            make_upload(size=(640, 427)),
            caption=words["text"],
            credit="AFP",
            alt_text=words["place"],
        )

    def post(self, slug, headline=None, **fields):
        fields = {
            "language": self.language,
            "slug": f"{slug}-{self.language[:2]}",
            "summary": self.words["summary"],
            "body": BODY.format(**self.words),
            "section": self.section,
            "authors": [self.author, self.latin],
            "tags": [self.tag],
        } | fields
        return make_post(headline or self.words["headline"], **fields)

    def forum(self, slug, state=Forum.State.OPEN, **fields):
        return make_forum(self.post(slug, **fields), state=state)

    def comment(self, forum=None, **fields):
        words = {field: self.words[field] for field in ("name", "place", "text")}
        return make_comment(forum, **{"language": self.language} | words | fields)

    def keep(self, kind, response):
        address = response.request["PATH_INFO"]
        if query := response.request.get("QUERY_STRING"):
            address += f"?{query}"
        text = response.content.decode()
        self.found.append(Shown(kind, self.language, address, response.status_code, text))

    def ask(self, kind, address, *args, query="", client=None):
        """The page at an address, or at that of the view of this name, in this language."""
        with translation.override(language_of(self.language).django_code):
            path = address if address.startswith("/") else reverse(address, args=args)
        self.keep(kind, (client or self.client).get(path + query))

    def send(self, kind, address, *args, headers=FROM_HERE, **fields):
        path = address if address.startswith("/") else reverse(address, args=args)
        self.keep(kind, self.client.post(path, fields, headers=headers))

    def every(self):
        self.lists()
        self.articles()
        self.finding()
        self.forms()
        self.reports()
        self.receipts()
        self.mail()
        self.errors()
        return self.found

    def lists(self):
        with_photo = self.post("with-photo", lead_photo=self.photo, second_line="Radio Mashaal")
        forum = make_forum(with_photo, state=Forum.State.CLOSED)
        self.comment(forum)
        Correction.objects.create(post=with_photo, text=self.words["text"])
        for number in range(4):
            self.post(f"older-{number}", published_at=timezone.now() - timedelta(days=40 + number))
        self.ask("front page", "posts:front")
        self.ask("second page of the front", "posts:front", query="?page=2")
        self.ask("section", "posts:section", self.section.slug)
        self.ask("tag", "posts:tag", self.tag.slug)
        self.ask("author", "posts:author", self.author.slug)
        self.ask("archive", "posts:archive")
        self.ask("month", self.month_of(self.found[-1].html))
        self.ask("corrections", "posts:corrections")
        self.ask("about", "posts:about")
        self.ask("transparency", "comments:transparency")
        self.ask("article with a photo, closed", with_photo.get_absolute_url())

    def month_of(self, archive):
        """The address of the newest month, as the archive links to it."""
        return re.search(r'href="((?:/\w\w)?/archive/\d+/\d+/)"', archive)[1]

    def articles(self):
        forum = self.forum("thread")
        first = self.comment(forum, mark="abcd-efgh")
        deep = first
        for _depth in range(6):
            deep = self.comment(
                forum, parent=deep, name="Jack (Kabul)", language="en", text="Well said."
            )
        self.comment(
            forum, parent=first, language="ps", name="هیله", place="Vienna",
            text="زه له تا سره یو یم: https://example.org/a?b=1", distinction="picked",
        )  # fmt: skip
        for _number in range(3):
            self.comment(forum, parent=first, language="ur", name="نازک", text="بالکل۔")
        removed = self.comment(forum, status=Status.REJECTED)
        self.comment(forum, parent=removed, distinction="staff")
        for _number in range(3):
            self.comment(forum, place="")
        address = forum.post.get_absolute_url()
        self.ask("article with a thread, open", address)
        self.ask("article, sorted, second page", address, query="?sort=newest&page=2")
        self.ask("thread", first.get_absolute_url())
        self.ask("thread, second page", first.get_absolute_url(), query="?page=2")
        self.ask(
            "article, held", self.forum("held", Forum.State.PREMODERATED).post.get_absolute_url()
        )
        bare = self.forum("bare", Forum.State.CLOSED, section=None, authors=[], tags=[], summary="")
        self.ask("article, bare and closed", bare.post.get_absolute_url())
        gone = self.post("gone", status=Post.Status.WITHDRAWN, withdrawal_note=self.words["text"])
        self.ask("withdrawn", gone.get_absolute_url())
        draft = self.post("draft", status=Post.Status.DRAFT)
        _link, secret = previews.make(draft, None)
        self.ask("preview", "posts:preview", secret)

    def finding(self):
        word = quote(self.words["place"])
        self.ask("search", "posts:search")
        self.ask("search with results", "posts:search", query=f"?q={word}")
        self.ask("search without results", "posts:search", query="?q=nothinglikeit")
        self.ask("search with a wrong day", "posts:search", query=f"?q={word}&since=yesterday")
        self.ask("search in comments", "comments:search", query=f"?q={word}")
        self.ask("feeds", "posts:feeds")
        self.ask("offline", "offline")
        self.ask("front page, lite", "posts:front", query="?lite=1")
        self.ask("article, lite", f"/a/with-photo-{self.language[:2]}/", query="?lite=1")

    def forms(self):
        forum, words = self.forum("forms"), self.words
        slug, comment = forum.post.slug, self.comment(forum)
        whole = {field: words[field] for field in ("name", "place", "text")}
        self.ask("form", "comments:new", slug)
        self.send("form with errors", "comments:new", slug, name="", place="x" * 70, text="")
        self.send(
            "form with a warning", "comments:new", slug, **whole | {"text": "+93 700 123 456"}
        )
        self.send(
            "form from elsewhere", "comments:new", slug, headers={}, phrase="poplars", **whole
        )
        self.ask("reply", "comments:reply", slug, comment.pk)
        self.send("reply with errors", "comments:reply", slug, comment.pk, text=words["text"])
        closed = self.forum("closed", Forum.State.CLOSED).post.slug
        self.send("form of a closed forum", "comments:new", closed, **whole)

    def reports(self):
        comment = self.comment(self.forum("reports"))
        where = comment.forum.post.slug, comment.pk
        self.ask("report", "comments:report", *where)
        self.send("report with errors", "comments:report", *where, words=self.words["text"])
        self.ask("thanks for a report", "comments:reported", *where)

    def receipts(self):
        forum = self.forum("receipts")
        for status in Status:
            if status == Status.SPAM:
                continue
            comment = self.comment(forum, status=Status.PENDING, mark="abcd-efgh")
            if status == Status.WITHDRAWN:
                receipts.withdraw(comment)
            elif status != Status.PENDING:
                comment.moderate(status, code="insult")
            address = receipts.receipt_address(comment)
            self.ask(f"receipt, {status.value}", address)
            if status == Status.PENDING:
                self.ask("correction", f"{address}correct/")
                self.ask("withdraw?", f"{address}withdraw/")
                self.ask("receipt for reading", receipts.reading_address(comment))
            if status == Status.APPROVED:
                self.send("receipt with a refusal", f"{address}another-look/")

    def mail(self):
        forum = self.forum("mail")
        comment = self.comment(forum, status=Status.PENDING)
        address = f"{receipts.receipt_address(comment)}mail/"
        self.ask("mail", address)
        self.send("mail with an error", address, email="reader at example")
        subscription = make_subscription(comment, confirmed=False)
        self.ask("mail, asked for", address)
        confirm = subscriptions.confirm_address(subscription)
        self.ask("mail, to confirm", confirm)
        self.ask("mail, to stop", subscriptions.stop_address(subscription))
        subscriptions.confirm(subscription)
        self.ask("mail, confirmed", confirm)
        self.ask("receipt with mail", receipts.receipt_address(comment))

    def errors(self):
        prefix = "" if self.language == "en" else f"/{self.language[:2]}"
        self.ask("404", f"{prefix}/nothing-here/")
        self.ask("404 of a page", f"{prefix}/", query="?page=99")
        self.ask("400", f"{prefix}/", query="?page=%00")
        self.send("405", f"{prefix}/about/")
        with translation.override(language_of(self.language).django_code):
            response = errors.server_error(RequestFactory().get(f"{prefix}/broken/"))
        text = response.content.decode()
        self.found.append(Shown("500", self.language, f"{prefix}/broken/", 500, text))


def as_a_moderator_sees_it():
    """The article page with what moderators find on it."""
    forum = make_forum(make_post(slug="moderated"))
    make_comment(forum)
    make_comment(forum, status=Status.PENDING)
    client = Client()
    client.force_login(make_moderator("moderator-of-every-page"))
    edition = Edition("en")
    edition.ask("article as a moderator sees it", forum.post.get_absolute_url(), client=client)
    return edition.found


def shown(folder):
    """[Shown] of every kind of page in each language; media go to `folder`, rows are undone."""
    for forget in (cache.clear, limits.forget, rules.forget):
        forget()
    try:
        with _small_pages(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
            make_blog(tagline="News", about="A blog.\n\nOf its own.", contact="desk@example.org")
            editions = [Edition(language) for language in LANGUAGES]
            for edition in editions:
                # Each edition has something public before the first one is asked.
                edition.post("first")
            figures.refresh()
            found = [page for edition in editions for page in edition.every()]
            transaction.set_rollback(True)
            return found
    finally:
        for forget in (cache.clear, limits.forget, rules.forget):
            forget()


# In a browser


@contextmanager
def in_browser(chromium, every_page, **options):
    """A browser context in which each page's own address answers with what was kept.

    Two pages that share an address (a form before and after it was sent) are told apart by
    `address_of`.
    """
    bodies = {address_of(page): page for page in every_page}
    picture = make_upload(size=(640, 427)).read()

    def answer(route):
        url = route.request.url
        if url in bodies:
            page = bodies[url]
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=page.html)
        elif "/media/" in url:
            route.fulfill(content_type="image/jpeg", body=picture)
        elif "/static/" in url:
            route.fulfill(path=finders.find(url.partition("/static/")[2].partition("?")[0]))
        else:
            route.fulfill(status=404, body="")

    context = chromium.new_context(base_url=SITE, **options)
    context.set_default_timeout(20_000)
    context.route("**/*", answer)
    try:
        yield context
    finally:
        context.close()


def address_of(page):
    """An address of its own for each page, that keeps the page's path for relative links."""
    join = "&" if "?" in page.address else "?"
    kind = "".join(letter if letter.isalnum() else "-" for letter in page.kind)
    return f"{SITE}{page.address}{join}kind={kind}"


def stylesheet():
    return Path(finders.find("css/site.css")).read_text(encoding="utf-8")
