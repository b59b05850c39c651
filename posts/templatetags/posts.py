"""What templates ask of posts: `{% load posts %}`."""

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from posts import body, feeds, languages, renditions
from posts.models import Blog, Section
from posts.structured_data import as_script, news_article

register = template.Library()

# The text column is 40rem wide; on narrower screens a photo fills the screen.
INLINE_SIZES = "(min-width: 44rem) 40rem, 100vw"


@register.simple_tag
def the_blog():
    return Blog.current()


@register.simple_tag
def nav_sections():
    """The sections of the masthead: those that are no part of another and lead to something."""
    return list(Section.objects.filter(parent=None).in_use())


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
    """
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

    return mark_safe(body.with_photos(post.body, post.inline_photos(), draw))  # noqa: S308


@register.simple_tag
def structured_data(post, blog):
    """An article as search engines read it."""
    return as_script(news_article(post, blog))


@register.inclusion_tag("posts/_feed_links.html")
def feed_links(blog, place=None):
    """For the head of a page: the feeds of the section, tag or author that it shows, the site's."""
    return {
        "blog": blog,
        "place": place,
        "of_place": feeds.links_of(place) if place else [],
        "of_site": feeds.links("posts:feed"),
    }
