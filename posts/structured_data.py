"""What search engines read of an article: schema.org's NewsArticle as JSON-LD.

After Google's “Article structured data”: each author an object of its own with nothing but the
name, moments with their offset, the image of the article with its credit, and each correction as a
CorrectionComment. It says nothing that the page does not show.
"""

import json

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from posts.feeds import absolute

# In a script element nothing ends the data but what these would begin (HTML, 4.12.1.3).
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def news_article(post, blog):
    """The article as a dict for JSON."""
    address = absolute(post.get_absolute_url())
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": address,
        "url": address,
        "headline": post.headline,
        "description": post.teaser,
        "inLanguage": post.language,
        "datePublished": _moment(post.published_at),
        "dateModified": _moment(post.changed_at),
        "author": [
            {
                "@type": "Person",
                "name": author.name,
                "url": absolute(author.get_absolute_url()),
            }
            for author in post.byline
        ],
        "publisher": {"@type": "Organization", "name": blog.title, "url": absolute("/")},
        "image": [_image(post.lead_photo)] if post.lead_photo and post.lead_photo.file else [],
        "articleSection": post.section.label if post.section else "",
        "keywords": [tag.label for tag in post.tags.all()],
        "correction": [_correction(each) for each in post.told_corrections],
    }
    return {name: value for name, value in said.items() if value}


def _moment(at):
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
        "datePublished": _moment(correction.at),
    }


def as_script(data):
    """The data as a script element, which no browser runs."""
    words = json.dumps(data, ensure_ascii=False).translate(_ESCAPED)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(words),  # noqa: S308  nothing in it can end the element
    )
