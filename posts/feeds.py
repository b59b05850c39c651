"""Feeds of posts, with their whole text, every name of the byline, and their corrections.

RSS 2.0 with `dc:creator` once a person and `content:encoded`, and Atom (RFC 4287). An entry's name
stays when its slug changes; its `updated` moves with a correction and never with a mended typo.
"""

import re
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from posts import body, lite
from posts.models import Blog, Photo, Post
from posts.mounting import without_prefix
from posts.views import public

NEWEST = 20
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
# What XML 1.0 (section 2.2) has no place for. Cleaning lets noncharacters through.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN_ADDRESS = re.compile(r'\b(href|src)="(/[^"]*)"')


def fit(words):
    """The words without what XML can't hold."""
    return _NOT_XML.sub("", words)


def isolated(words):
    """Words that leave the direction of their neighbours alone (UAX #9, 2.4), where no tag can."""
    return f"\u2068{words}\u2069"


def absolute(path):
    """The whole address of a path on this site; what is whole already stays, and what is none.

    It is the full view at the site's own address, whichever mirror was asked and however.
    """
    if path.startswith("/"):
        path = settings.SITE_PATH + without_prefix(lite.without(path))
    try:
        return urljoin(settings.SITE_URL, path)
    except ValueError:
        # "//[x" in a body: one dead link must not take the feed from its readers.
        return path


def lasting_name(kind, row, since):
    """A name that stays when an address does not (RFC 4151 has the form)."""
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    return f"tag:{host},{since:%Y-%m-%d}:{kind}-{row.pk}"


def whole_text(post, photos):
    """A post's text as HTML for a reader elsewhere: lead photo, body, second line, corrections.

    `photos` maps primary keys to the photos that bodies show.
    """

    def draw(photo, alt):
        # An attribute of clean HTML, already escaped there.
        return _image(photo, mark_safe(alt))  # noqa: S308

    text = body.with_photos(post.body, photos, draw)
    text = _OWN_ADDRESS.sub(lambda own: f'{own[1]}="{absolute(own[2])}"', text)
    lead = post.lead_photo
    context = {
        "post": post,
        "lead": lead,
        "lead_image": _image(lead, lead.alt) if lead and lead.file else "",
        "text": mark_safe(text),  # noqa: S308  cleaned when it was stored (`body.BodyField`)
    }
    return fit(render_to_string("posts/feed_text.html", context))


def _image(photo, alt):
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}">',
        absolute(photo.src), photo.width, photo.height, alt,
    )  # fmt: skip


class PostsRss(Rss201rev2Feed):
    def rss_attributes(self):
        return {**super().rss_attributes(), "xmlns:content": CONTENT, "xmlns:dc": DC}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["names"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["whole_text"])


class PostsAtom(Atom1Feed):
    def root_attributes(self):
        return {**super().root_attributes(), "xml:lang": self.feed["language"]}

    def item_attributes(self, item):
        return {**super().item_attributes(item), "xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["names"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["whole_text"], {"type": "html"})


class SiteFeed(Feed):
    """The newest posts of the site, as RSS."""

    feed_type = PostsRss
    item_guid_is_permalink = False
    address = "posts:feed"

    def get_object(self, request):
        return Blog.current()

    def title(self, blog):
        return fit(blog.title)

    def description(self, blog):
        return fit(blog.tagline or blog.title)

    subtitle = description

    def link(self, blog):
        return absolute(reverse("posts:front"))

    def feed_url(self, blog):
        return absolute(reverse(self.address))

    def feed_guid(self, blog):
        return absolute(reverse("posts:front"))

    def author_name(self, blog):
        # Atom wants an author for entries that have none of their own (RFC 4287, 4.2.1).
        return fit(blog.title) if self.feed_type is PostsAtom else None

    def get_feed(self, obj, request):
        # Django's own answer would name the host that was asked; addresses here are the site's.
        feed = super().get_feed(obj, request)
        feed.feed["language"] = obj.language
        return feed

    def items(self, blog):
        posts = list(
            Post.objects.published()
            .newest_first()
            .select_related("section", "lead_photo")
            .with_bylines()
            .prefetch_related("tags", "corrections")[:NEWEST]
        )
        numbers = {number for post in posts for number in body.photo_numbers(post.body)}
        photos = Photo.objects.in_bulk(numbers) if numbers else {}
        for post in posts:
            post.whole_text = whole_text(post, photos)
        return posts

    def item_title(self, post):
        return fit(post.headline)

    def item_description(self, post):
        return fit(post.teaser)

    def item_link(self, post):
        return absolute(post.get_absolute_url())

    def item_guid(self, post):
        return lasting_name("post", post, post.created_at)

    def item_pubdate(self, post):
        return post.published_at

    def item_updateddate(self, post):
        return post.changed_at

    def item_categories(self, post):
        section = [post.section.name] if post.section else []
        return [fit(name) for name in (*section, *(tag.name for tag in post.tags.all()))]

    def item_extra_kwargs(self, post):
        return {
            "names": [fit(author.name) for author in post.byline],
            "whole_text": post.whole_text,
            "language": post.language,
        }


class SiteAtom(SiteFeed):
    """The newest posts of the site, as Atom."""

    feed_type = PostsAtom
    address = "posts:atom"


rss = public(SiteFeed())
atom = public(SiteAtom())
