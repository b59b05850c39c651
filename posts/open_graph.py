"""What an article and a list say to who shows their link elsewhere: Open Graph (ogp.me).

Everything comes from the rows themselves, so a byline or a withdrawal reaches it as it does the
page. The picture is the lead photo, else a card that is drawn from the words (`posts.cards`).
"""

from django.utils.text import Truncator

from posts import cards, languages, structured_data
from posts.card_drawing import HEIGHT, WIDTH
from posts.feeds import absolute

# Of what is told of a section or an author; who shows links shows less.
WORDS = 40
# Open Graph joins a language and a territory with “_” (ogp.me, og:locale).
LOCALES = {"en": "en_US", "ps": "ps_AF", "fa-AF": "fa_AF", "ur": "ur_PK"}


def locale(code):
    return LOCALES.get(code, LOCALES[languages.DEFAULT])


def of_article(post, blog):
    """[(property, content)] of a public post, in the order in which readers of it want them."""
    said = [
        ("og:type", "article"),
        ("og:title", post.headline),
        ("og:description", post.teaser),
        ("og:url", absolute(post.get_absolute_url())),
        ("og:site_name", blog.title),
        ("og:locale", locale(post.language)),
        *(("og:locale:alternate", locale(each.language)) for each in post.other_versions),
        *image_of_post(post, blog),
        ("article:published_time", structured_data.moment(post.published_at)),
        ("article:modified_time", structured_data.moment(post.changed_at)),
        *(("article:author", absolute(each.get_absolute_url())) for each in post.byline),
        ("article:section", post.section.label if post.section else ""),
        *(("article:tag", tag.label) for tag in post.tags.all()),
    ]
    return [(name, content) for name, content in said if content]


def of_page(title, description, address, blog):
    """[(property, content)] of a page that is no article: a front page, a section, an author."""
    said = [
        ("og:type", "website"),
        ("og:title", title),
        ("og:description", Truncator(" ".join(description.split())).words(WORDS)),
        ("og:url", address),
        ("og:site_name", blog.title),
        ("og:locale", locale(languages.spoken().code)),
        *_image(cards.address_of_blog(blog), WIDTH, HEIGHT, blog.title),
    ]
    return [(name, content) for name, content in said if content]


def image_of_post(post, blog):
    """The largest picture of a post, as properties."""
    alt = post.headline
    if _has_photo(post):
        alt = post.lead_photo.alt_text or post.lead_photo.caption
    return _image(*pictures_of_post(post, blog)[-1], alt)


def pictures_of_post(post, blog):
    """[(address, width, height)]: the plain copies of its lead photo, narrowest first, or its card.

    A card is one picture. No copy is wider than 1600 pixels (`posts.renditions`).
    """
    if not _has_photo(post):
        return [(cards.address_of_post(post, blog), WIDTH, HEIGHT)]
    photo = post.lead_photo
    return [
        (each.address, each.width, max(1, round(photo.height * each.width / photo.width)))
        for each in photo.plain_renditions
    ]


def _has_photo(post):
    return bool(post.lead_photo and post.lead_photo.file)


def _image(address, width, height, alt):
    return [
        ("og:image", absolute(address)),
        ("og:image:width", width),
        ("og:image:height", height),
        ("og:image:alt", alt),
    ]
