"""What templates ask of posts: `{% load posts %}`."""

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from posts import (
    body,
    calendars,
    canonical,
    editions,
    feeds,
    languages,
    lite,
    mounting,
    oembed,
    open_graph,
    renditions,
    versions,
)
from posts.feeds import absolute
from posts.models import Blog, Post, Section
from posts.structured_data import as_script, breadcrumbs, news_article
from posts.translations import default_version

register = template.Library()

# The text column is 40rem wide; on narrower screens a photo fills the screen.
INLINE_SIZES = "(min-width: 44rem) 40rem, 100vw"


register.filter("day", calendars.day)
register.filter("day_and_time", calendars.day_and_time)
register.filter("digits", calendars.digits)
register.simple_tag(calendars.today, name="today")
register.simple_tag(calendars.month, name="month_name")
register.simple_tag(languages.spoken, name="edition")


@register.simple_tag
def the_blog():
    """The blog's record in the words of the language that is spoken."""
    return versions.kept(("blog", languages.spoken().code), Blog.spoken)


@register.simple_tag(takes_context=True)
def other_editions(context, blog):
    """[(Language, address)]: this page in the other editions that have posts, or their fronts."""
    found = editions.twins(context["request"]) or editions.fronts()
    here = languages.spoken()
    return [pair for pair in found if pair[0] != here and pair[0] in blog.languages_in_use]


@register.simple_tag
def nav_sections():
    """The sections of the masthead: those that are no part of another and lead to something."""
    sections = Section.objects.filter(parent=None)
    return versions.kept(("sections", languages.spoken().code), lambda: list(sections.in_edition()))


@register.inclusion_tag("posts/_elsewhere.html")
def elsewhere(blog):
    """The newest post of each other edition, with a way to that edition."""
    here = languages.spoken()
    others = [language for language in blog.languages_in_use if language != here]
    fronts = dict(editions.fronts())
    posts = Post.objects.published().newest_of_each(others).only("headline", "slug", "language")
    newest = versions.kept(("elsewhere", here.code), lambda: list(posts))
    return {"newest": [(post, fronts[post.tongue]) for post in newest]}


@register.filter
def direction(text):
    """`rtl` or `ltr` for a text whose language isn't known, such as a name."""
    return languages.direction(str(text))


@register.filter
def iso(moment):
    """A moment for `<time datetime>`, to the second and with its offset (HTML, 2.3.5.7)."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


@register.simple_tag
def picture(photo, sizes, most=renditions.WIDTHS[-1], alt=None, eager=False):
    """A photo in the best format that the browser knows and the width that it needs.

    `sizes` as in HTML; no copy wider than `most` pixels is offered (unless there is no other).
    In the lite view it is a link to the copy that fits most screens, with its size.
    """
    if lite.is_on():
        copy = photo.plain_rendition
        return _way_to_picture(
            copy.address, photo.alt if alt is None else alt, renditions.weight(copy)
        )
    sets = {
        ending: format_html_join(
            ", ", "{} {}w", [(each.address, each.width) for each in _up_to(copies, most)]
        )
        for ending, copies in photo.renditions.items()
    }
    *better, (_plain, srcset) = sets.items()
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        [(renditions.TYPES[ending], each, sizes) for ending, each in better],
    )
    return format_html(
        '<picture>{}<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{}>'
        "</picture>",
        sources,
        photo.src,
        srcset,
        sizes,
        photo.width,
        photo.height,
        photo.alt if alt is None else alt,
        format_html(' class="{}"', photo.focus) if photo.focus else "",
        format_html(' {}="{}"', *(("fetchpriority", "high") if eager else ("loading", "lazy"))),
    )


def _up_to(copies, most):
    return [each for each in copies if each.width <= most] or copies[:1]


@register.simple_tag
def post_body(post):
    """The body with its photos. It was cleaned when it was stored (`body.BodyField`)."""

    def draw(photo, alt):
        # An attribute of clean HTML, already escaped there.
        return picture(photo, INLINE_SIZES, alt=mark_safe(alt))  # noqa: S308

    html = body.with_addresses(post.body, _from_here)
    html = body.with_photos(html, post.inline_photos(), draw)
    if lite.is_on():
        html = body.without_pictures(html, _way_to_picture)
    return mark_safe(html)  # noqa: S308


def _from_here(address):
    """An address in a body as this page leads to it: its own pages where the site stands now."""
    path = mounting.path_of(address)
    return address if path is None else lite.keep(mounting.with_prefix(path))


def _way_to_picture(address, alt, weight=None):
    """What stands for a picture in the lite view: a link that says what it costs."""
    size = ""
    if weight:
        size = calendars.digits(_("%(size)d KB") % {"size": max(1, round(weight / 1024))})
    return format_html(
        '<a href="{}">{}{}{}</a>',
        address, _("Photo"), format_html(": {}", alt) if alt else "", f" ({size})" if size else "",
    )  # fmt: skip


@register.inclusion_tag("posts/_feed_links.html")
def feed_links(blog, place=None):
    """For the head of a page: the feeds of the section, tag or author that it shows, those of its
    edition's language where there are others, and the site's."""
    tongue, used = languages.spoken(), blog.languages_in_use
    has_own = tongue in used and len(used) > 1
    return {
        "blog": blog,
        "place": place,
        "of_place": feeds.links_of(place) if place else [],
        "tongue": tongue,
        "of_tongue": feeds.links_of_language(tongue) if has_own else [],
        "of_site": feeds.links("posts:feed"),
    }


@register.simple_tag
def structured_data(post, blog, more=None):
    """An article as search engines read it, with what other apps have to say of it."""
    said = [each for each in (news_article(post, blog, more), breadcrumbs(post)) if each]
    return as_script(said if len(said) > 1 else said[0])


@register.inclusion_tag("posts/_head_of_article.html", takes_context=True)
def head_of_article(context, post):
    """What stands in the head of a public article for machines that are no browsers."""
    query = context["request"].GET
    versions = post.versions
    return {
        "address": canonical.address(context["request"].path, canonical.page_asked(query)),
        "versions": [(each.language, absolute(each.get_absolute_url())) for each in versions],
        "default": absolute(default_version(versions).get_absolute_url()) if versions else "",
        "properties": open_graph.of_article(post, context["blog"]),
        "oembed": oembed.address(post),
        "title": post.headline,
    }


@register.inclusion_tag("posts/_head_of_page.html", takes_context=True)
def head_of_page(context, title, description=""):
    """The same for a page that is no article, and may be one of several."""
    address = _own_address(context)
    properties = open_graph.of_page(title, description, address, context["blog"])
    return {"address": address, "properties": properties}


@register.inclusion_tag("posts/_alternates.html")
def alternates_of_front(blog):
    """The front pages of all editions that have posts, for the first page of each of them."""
    used = blog.languages_in_use
    paths = dict(editions.fronts())
    fronts = [(each.code, absolute(path)) for each, path in paths.items() if each in used]
    several = fronts if len(fronts) > 1 else []
    return {"versions": several, "default": absolute(paths[editions.default()]) if several else ""}


@register.simple_tag(takes_context=True)
def canonical_link(context):
    """For a page that nobody shows elsewhere: only which address is its one."""
    return format_html('<link rel="canonical" href="{}">', _own_address(context))


def _own_address(context):
    page = context.get("page")
    return canonical.address(context["request"].path, page.number if page else 1)
