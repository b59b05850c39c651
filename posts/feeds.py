"""Feeds of posts, with their whole text, every name of the byline, and their corrections.

There is one for the site, each language, section, tag and author, and each is had as RSS, Atom and
JSON Feed (`posts.feed_formats`). An entry's name stays when its slug changes; its `updated` moves
with a correction and never with a mended typo. None of their addresses depends on an edition.
"""

import re
from dataclasses import dataclass
from functools import wraps
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from posts import body, editions, languages, lite
from posts.feed_formats import FORMATS, Entry, Head, Person, answer, called, fit
from posts.models import Author, Blog, Photo, Post, Section, Tag
from posts.mounting import without_prefix
from posts.views import NotHere, public, with_subsections

NEWEST = 20
# A text so long would push all others out of a feed; its summary stands there instead.
MOST_LETTERS = 1_000_000
# In clean HTML attributes have double quotes, and text has no "<".
_TAG = re.compile(r'<[a-z][a-z0-9]*(?:\s+[a-z-]+="[^"]*")+\s*/?>')
_ADDRESS = re.compile(r'\s(href|src)="([^"]*)"')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


# Who knows of the comments on posts; see `tell_of_discussions`.
_asked_of_discussions = []


def tell_of_discussions(ask):
    """Let `ask(posts)` say what feeds tell of the comments on these posts.

    It gives {primary key: `feed_formats.Discussion`}. Posts know nothing of comments; whoever does
    calls this once, when the site starts.
    """
    _asked_of_discussions.append(ask)


def _discussions_of(posts):
    return {pk: told for ask in _asked_of_discussions for pk, told in ask(posts).items()}


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
        return path


def lasting_name(kind, row, since):
    """A name that stays when an address does not (RFC 4151 has the form)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{since:%Y-%m-%d}:{kind}-{row.pk}"


def name_of(post):
    """By what feeds know a post for ever."""
    return lasting_name("post", post, post.created_at)


def own_addresses(name, *args):
    """The whole address of a feed in each format, by the format's name."""
    return {each: absolute(reverse(called(name, each), args=args)) for each in FORMATS}


@dataclass(frozen=True)
class Link:
    """How a page leads to a feed: the format's name for people, its media type, its address."""

    label: str
    media_type: str
    address: str


def links(name, *args):
    """A Link to a feed in each format."""
    return [
        Link(kind.label, kind.media_type, reverse(called(name, each), args=args))
        for each, kind in FORMATS.items()
    ]


def links_of(place):
    """Links to the feeds of a section, tag or author."""
    return links(f"posts:{type(place).__name__.lower()}_feed", place.slug)


def links_of_language(language):
    """Links to the feeds of the posts in a Language."""
    return links("posts:language_feed", language.django_code)


def with_whole_addresses(html, base):
    """Clean HTML for readers elsewhere: what is linked or shown from here has its whole address.

    `base` is the address of the page that it stands on. A link that is no address (“//[x”) loses
    it, and stays as words.
    """

    def whole(found):
        name, raw = found[1], unescape(found[2]).strip()
        if _SCHEME.match(raw):
            return found[0]
        try:
            return f' {name}="{escape(urljoin(base, raw))}"'
        except ValueError:
            return ""

    return _TAG.sub(lambda tag: _ADDRESS.sub(whole, tag[0]), html)


def whole_text(post, photos):
    """A post's text as HTML for a reader elsewhere: lead photo, body, second line, corrections.

    `photos` maps primary keys to the photos that bodies show. Its words are the post's language's.
    """

    def draw(photo, alt):
        # An attribute of clean HTML, already escaped there.
        return _image(photo, mark_safe(alt))  # noqa: S308

    text = body.with_photos(post.body, photos, draw)
    text = with_whole_addresses(text, absolute(post.get_absolute_url()))
    lead = post.lead_photo
    context = {
        "post": post,
        "lead": lead,
        "lead_image": _image(lead, lead.alt) if lead and lead.file else "",
        "text": mark_safe(text),  # noqa: S308  cleaned when it was stored (`body.BodyField`)
    }
    with editions.speaking(post.language):
        html = fit(render_to_string("posts/feed_text.html", context))
        if len(html) > MOST_LETTERS:
            html = fit(render_to_string("posts/feed_text.html", context | {"is_too_long": True}))
    return html


def _image(photo, alt):
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}">',
        absolute(photo.src), photo.width, photo.height, alt,
    )  # fmt: skip


def entries_of(posts):
    """The newest of these posts as entries of a feed, in a number of queries that never grows."""
    posts = list(
        posts.newest_first()
        .select_related("section", "lead_photo")
        .with_bylines()
        .prefetch_related("tags", "corrections")[:NEWEST]
    )
    numbers = {number for post in posts for number in body.photo_numbers(post.body)}
    photos = Photo.objects.in_bulk(numbers) if numbers else {}
    discussions = _discussions_of(posts) if posts else {}
    return [_entry(post, photos, discussions.get(post.pk)) for post in posts]


def _entry(post, photos, discussion):
    # Its sections, tags and authors are those of the edition that the post belongs to.
    with editions.speaking(post.language):
        lead = post.lead_photo
        subjects = [post.section, *post.tags.all()] if post.section else post.tags.all()
        return Entry(
            name=name_of(post),
            address=absolute(post.get_absolute_url()),
            title=post.headline,
            html=whole_text(post, photos),
            language=post.tongue.code,
            published_at=post.published_at,
            updated_at=post.changed_at,
            summary=post.teaser,
            people=tuple(
                Person(author.name, absolute(author.get_absolute_url())) for author in post.byline
            ),
            subjects=tuple(each.label for each in subjects),
            image=absolute(lead.plain_renditions[-1].address) if lead and lead.file else "",
            discussion=discussion,
        )


def feed(view):
    """A public view of a feed: it speaks the blog's language, and is given the blog."""

    @public
    @wraps(view)
    def spoken(request, **kwargs):
        blog = Blog.current()
        with editions.speaking(blog.language):
            return view(blog, **kwargs)

    return spoken


def _feed(blog, format_name, posts, name, *args, of="", about="", address=None):
    """The answer with a feed of posts, in the language that is spoken; `of` names its place."""
    title = blog.said("title")
    head = Head(
        title=f"{isolated(of)} · {isolated(title)}" if of else title,
        about=about or blog.said("tagline") or title,
        address=absolute(address or reverse("posts:front")),
        own=own_addresses(name, *args),
        language=languages.spoken().code,
        publisher=title,
    )
    return answer(format_name, head, entries_of(posts))


@feed
def of_site(blog, format_name):
    return _feed(blog, format_name, Post.objects.published(), "posts:feed")


@feed
def of_language(blog, format_name, code):
    """The posts in one language; `code` is without a country, so Dari is `fa`."""
    language = languages.BY_DJANGO_CODE.get(code)
    if language is None:
        raise NotHere(_("This blog has no language “%(code)s”.") % {"code": code[:40]})
    posts = Post.objects.published().filter(language=language.code)
    with editions.speaking(language.code):
        return _feed(
            blog, format_name, posts, "posts:language_feed", code, of=language.own_name
        )  # fmt: skip


@feed
def of_section(blog, format_name, slug):
    section = get_object_or_404(Section, slug=slug)
    posts = Post.objects.published().in_section(*with_subsections(section))
    return _feed(
        blog, format_name, posts, "posts:section_feed", section.slug,
        of=section.label, about=section.said("description"), address=section.get_absolute_url(),
    )  # fmt: skip


@feed
def of_tag(blog, format_name, slug):
    tag = get_object_or_404(Tag, slug=slug)
    posts = Post.objects.published().filter(tags=tag)
    return _feed(
        blog, format_name, posts, "posts:tag_feed", tag.slug,
        of=tag.label, address=tag.get_absolute_url(),
    )  # fmt: skip


@feed
def of_author(blog, format_name, slug):
    """The posts that name an author; who is named under nothing public has no feed."""
    author = get_object_or_404(Author, slug=slug)
    posts = Post.objects.published().by(author)
    if not posts.exists():
        raise Http404
    return _feed(
        blog, format_name, posts, "posts:author_feed", author.slug,
        of=author.name, about=author.about, address=author.get_absolute_url(),
    )  # fmt: skip


# The page that leads to them


@public
def page(request):
    """Where the feeds are: of the site, of each language that posts have, of each section."""
    context = {
        "of_site": links("posts:feed"),
        "of_languages": [
            (language, links_of_language(language)) for language in Blog.current().languages_in_use
        ],
        "of_sections": [(each, links_of(each)) for each in Section.objects.in_use()],
    }
    return render(request, "posts/feeds.html", context)
