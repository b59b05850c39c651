"""What templates ask of posts: `{% load posts %}`."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from posts import body, languages
from posts.models import Blog, Section

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
def post_body(post):
    """The body with its photos. It was cleaned when it was stored (`body.BodyField`)."""

    def draw(photo, alt):
        return format_html(
            '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="lazy">',
            photo.src,
            photo.srcset,
            INLINE_SIZES,
            photo.width,
            photo.height,
            mark_safe(alt),  # noqa: S308  an attribute of clean HTML, already escaped there
        )

    return mark_safe(body.with_photos(post.body, post.inline_photos(), draw))  # noqa: S308
