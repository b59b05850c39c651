"""What search engines read of an article: schema.org's NewsArticle as JSON-LD.

After Google's “Article structured data”: each author an object of its own with nothing but the
name, moments with their offset, the image of the article with its credit, and each correction as a
CorrectionComment. It says nothing that the page does not show.
"""

import json

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from posts.feeds import absolute

LOGO = "icons/icon-512.png"
# In a script element nothing ends the data but what these would begin (HTML, 4.12.1.3).
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def news_article(post, blog, more=None):
    """The article as a dict for JSON; `more` is what others know of it, such as its comments."""
    address = absolute(post.get_absolute_url())
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": address,
        "url": address,
        "headline": post.headline,
        "description": post.teaser,
        "inLanguage": post.language,
        "datePublished": moment(post.published_at),
        "dateModified": moment(post.changed_at),
        "author": [
            {
                "@type": "Person",
                "name": author.name,
                "url": absolute(author.get_absolute_url()),
            }
            for author in post.byline
        ],
        "publisher": publisher(blog),
        "image": [_image(post.lead_photo)] if post.lead_photo and post.lead_photo.file else [],
        "articleSection": post.section.label if post.section else "",
        "keywords": [tag.label for tag in post.tags.all()],
        "correction": [_correction(each) for each in post.told_corrections],
        **(more or {}),
    }
    return {name: value for name, value in said.items() if value}


def publisher(blog):
    """The newsroom, with the emblem that its pages have as their icon."""
    logo = {"@type": "ImageObject", "url": absolute(static(LOGO)), "width": 512, "height": 512}
    return {
        "@type": "NewsMediaOrganization",
        "name": blog.title,
        "url": absolute(reverse("posts:front")),
        "logo": logo,
    }


def breadcrumbs(post):
    """The way from the front page to the article, by its section; None where it has none."""
    if not post.section:
        return None
    section = {
        "@type": "ListItem",
        "position": 1,
        "name": post.section.label,
        "item": absolute(post.section.get_absolute_url()),
    }
    # The last step is the page itself, which needs no address.
    page = {"@type": "ListItem", "position": 2, "name": post.headline}
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [section, page],
    }


def moment(at):
    """A moment to the second, with its offset: without one, readers take their own zone."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def _image(photo):
    said = {
        "@type": "ImageObject",
        "url": absolute(photo.plain_renditions[-1].address),
        "width": photo.plain_renditions[-1].width,
        "caption": photo.caption,
        "creditText": photo.credit,
        "copyrightNotice": photo.copyright,
    }
    return {name: value for name, value in said.items() if value}


def _correction(correction):
    return {
        "@type": "CorrectionComment",
        "name": str(correction.get_kind_display()),
        "text": correction.text,
        "datePublished": moment(correction.at),
    }


def as_script(data):
    """The data as a script element, which no browser runs."""
    words = json.dumps(data, ensure_ascii=False).translate(_ESCAPED)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(words),  # noqa: S308  nothing in it can end the element
    )
