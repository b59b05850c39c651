"""Feeds of posts, with their whole text, every name of the byline, and their corrections.

There is one for the site, each language, section, tag and author, and each is had as RSS, Atom and
JSON Feed (`posts.feed_formats`). An entry's name stays when its slug changes; its `updated` moves
with a correction and never with a mended typo. None of their addresses depends on an edition.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from posts import body
from posts.feed_formats import FORMATS, Entry, Head, Person, answer, called, fit
from posts.languages import LANGUAGES, language_of
from posts.models import Author, Blog, Photo, Post, Section, Tag
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
    """The whole address of a path on this site; what is whole already stays, and what is none."""
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
    with translation.override(post.tongue.django_code):
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
        subjects=tuple(each.name for each in subjects),
        image=absolute(lead.plain_renditions[-1].address) if lead and lead.file else "",
        discussion=discussion,
    )


def _feed(format_name, posts, name, *args, of="", page=None, about="", language=None):
    """The answer with a feed of posts; `of` and `page` are the name and the row of its place."""
    blog = Blog.current()
    language = language or language_of(blog.language)
    with translation.override(language.django_code):
        head = Head(
            title=f"{isolated(of)} · {isolated(blog.title)}" if of else blog.title,
            about=about or blog.tagline or blog.title,
            address=absolute(page.get_absolute_url() if page else reverse("posts:front")),
            own=own_addresses(name, *args),
            language=language.code,
            publisher=blog.title,
        )
        return answer(format_name, head, entries_of(posts))


@public
def of_site(request, format_name):
    return _feed(format_name, Post.objects.published(), "posts:feed")


@public
def of_language(request, format_name, code):
    """The posts in one language; `code` is without a country, so Dari is `fa`."""
    found = [each for each in LANGUAGES.values() if each.django_code == code]
    if not found:
        raise NotHere(_("This blog has no language “%(code)s”.") % {"code": code[:40]})
    posts = Post.objects.published().filter(language=found[0].code)
    return _feed(
        format_name, posts, "posts:language_feed", code, of=found[0].own_name, language=found[0]
    )


@public
def of_section(request, format_name, slug):
    section = get_object_or_404(Section, slug=slug)
    posts = Post.objects.published().in_section(*with_subsections(section))
    return _feed(
        format_name, posts, "posts:section_feed", section.slug,
        of=section.name, page=section, about=section.description,
    )  # fmt: skip


@public
def of_tag(request, format_name, slug):
    tag = get_object_or_404(Tag, slug=slug)
    posts = Post.objects.published().filter(tags=tag)
    return _feed(format_name, posts, "posts:tag_feed", tag.slug, of=tag.name, page=tag)


@public
def of_author(request, format_name, slug):
    """The posts that name an author; who is named under nothing public has no feed."""
    posts = Post.objects.published().by(author := get_object_or_404(Author, slug=slug))
    if not posts.exists():
        raise Http404
    return _feed(
        format_name, posts, "posts:author_feed", author.slug,
        of=author.name, page=author, about=author.about,
    )  # fmt: skip


# The page that leads to them


@public
def page(request):
    """Where the feeds are: of the site, of each language that posts have, of each section."""
    used = set(Post.objects.published().order_by().values_list("language", flat=True).distinct())
    context = {
        "of_site": links("posts:feed"),
        "of_languages": [
            (language, links("posts:language_feed", language.django_code))
            for language in LANGUAGES.values()
            if language.code in used
        ],
        "of_sections": [(each, links_of(each)) for each in Section.objects.in_use()],
    }
    return render(request, "posts/feeds.html", context)
