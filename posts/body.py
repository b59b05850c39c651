"""The body of a post: which HTML it may hold, and how its photos get into the page."""

import re
from html import unescape

import nh3
from django.utils.html import escape, strip_tags
from django.utils.text import Truncator
from django_prose_editor.fields import ProseEditorField

from posts import link_cards
from posts.editor import EXTENSIONS
from posts.pasting import Tidier

_WORDS = {"lang", "dir"}
_TAGS = {
    "p": _WORDS | {"class"}, "h2": _WORDS, "h3": _WORDS, "h4": _WORDS,
    "blockquote": _WORDS | {"cite"},
    "ul": _WORDS, "ol": _WORDS | {"start"}, "li": _WORDS, "pre": _WORDS, "code": set(),
    "strong": set(), "em": set(), "s": set(), "sub": set(), "sup": set(), "mark": set(),
    "b": set(), "i": set(), "u": set(), "small": set(), "cite": _WORDS, "q": _WORDS,
    "span": _WORDS, "bdi": _WORDS, "br": set(), "hr": set(), "abbr": {"title"},
    "a": {"href", "hreflang", "lang", "title"},
    "figure": _WORDS, "figcaption": _WORDS, "img": {"src", "alt", "data-file"},
    "table": _WORDS, "caption": _WORDS, "thead": set(), "tbody": set(), "tfoot": set(),
    "tr": set(), "th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"},
}  # fmt: skip
# Their content is code, not words: it goes with them.
_CONTENT_TOO = {"script", "style", "iframe", "object", "embed", "template", "noscript", "svg"}
_IMAGE = re.compile(r"<img\b[^>]*>")
_FILE = re.compile(r'\bdata-file="(\d+)"')
_ADDRESS = re.compile(r'(<(?:a|img)\b[^>]*?\b(?:href|src)=)"([^"]*)"')
_SRC = re.compile(r'\bsrc="([^"]*)"')
_ALT = re.compile(r'\balt="([^"]*)"')
# An address on this site: browsers read "\\" as "/" and overlook tabs and line ends, and "//" is
# followed by another host.
_OWN_ADDRESS = re.compile(r"/(?!/)[^\\\x00-\x20]*")
_OF_PICTURES = {("img", "src"): _OWN_ADDRESS, ("img", "data-file"): re.compile(r"\d{1,15}")}
_WEB_ADDRESS = re.compile(r"https?://", re.I)
# An address of the web as people type it, "example.org/report". Without its scheme a browser would
# look for it beside the article. The last word of "report.pdf" is no domain, whatever is sold.
_BARE_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+"
    r"(?!(?:html?|php|aspx?|jsp|pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv|json|xml|js|css|jpe?g|png"
    r"|gif|webp|svg|mp[34]|m4a|mov|avi|wav|ogg|zip|rar)(?:[/?#]|\Z))"
    r"(?:xn--[a-z0-9-]{1,59}|[^\W\d_]{2,63})(?:[/?#][^\x00-\x1f\\]*)?",
    re.I,
)
MOST_ROUNDS = 10
_EMPTY_FIGURE = re.compile(r"<figure[^>]*>\s*</figure>")
_PRE_WITH_EMPTY_LINE = re.compile(r"(<pre\b[^>]*>)\n")
_EMPTY_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>(?:\s|&nbsp;|<br>)*</p>")
_CODE = re.compile(r"(<pre\b.*?</pre>)", re.S)
_LINK_CARD = re.compile(r'<p(?: [^>]*)? class="link-card"[^>]*>.*?</p>', re.S)
_WORDS_OF_TEXT = re.compile(r"(?<=>)[^<]+|\A[^<]+")
_SPACES = re.compile(r"(?:\s|&nbsp;){2,}")
# Controls, and what overrides the direction of letters without an end. Joiners, marks and isolates
# stay: Pashto, Dari and Urdu are written with them.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u206a-\u206f\ufeff\ufff9-\ufffb]"
)


def _attribute(tag, attribute, value):
    """nh3's filter: pictures only from this site, directions only the two that exist.

    A link to a bare host gets the scheme that whoever typed it meant.
    """
    if (tag, attribute) == ("a", "href"):
        return f"https://{value.strip()}" if _BARE_HOST.fullmatch(value.strip()) else value
    if (tag, attribute) in _OF_PICTURES:
        return value if _OF_PICTURES[tag, attribute].fullmatch(value) else None
    if attribute == "cite":
        return value if _WEB_ADDRESS.match(value) else None
    if attribute == "dir":
        return value.lower() if value.lower() in ("ltr", "rtl", "auto") else None
    if attribute == "class":
        return "link-card" if "link-card" in value.split() else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={tag: names for tag, names in _TAGS.items() if names},
    clean_content_tags=_CONTENT_TOO,
    url_schemes={"http", "https", "mailto"},
    attribute_filter=_attribute,
    link_rel="noopener",
    strip_comments=True,
)
_tidy = Tidier(_TAGS)


def clean(html):
    """The HTML with only what a post may hold: no scripts, styles, frames or foreign pictures.

    Doing it twice gives the same text.
    """
    # A figure may be empty only after what it held was taken away, and a link around a table is
    # turned inside out by the next parser; nearly always the second round finds nothing.
    for _round in range(MOST_ROUNDS):
        before, html = html, _clean_once(html)
        if html == before:
            break
    return html


def _clean_once(html):
    html = _CLEANER.clean(_tidy(_CONTROLS.sub("", html)))
    html = _with_single_spaces(_CONTROLS.sub("", html))
    html = _EMPTY_FIGURE.sub("", _EMPTY_PARAGRAPH.sub("", html)).strip()
    # A parser drops the first line end in <pre>; with one more, an empty first line survives.
    return _PRE_WITH_EMPTY_LINE.sub(r"\1\n\n", link_cards.settle(html))


def _with_single_spaces(html):
    """Runs of spaces that a browser would keep apart become one, but not in code."""
    if "&nbsp;" not in html:
        return html
    parts = _CODE.split(html)
    parts[::2] = [_WORDS_OF_TEXT.sub(_single, part) for part in parts[::2]]
    return "".join(parts)


def _single(text):
    return _SPACES.sub(lambda run: " " if "&nbsp;" in run.group() else run.group(), text.group())


def photo_numbers(html):
    """Primary keys of the photos that a clean body shows, in order."""
    return [int(found) for found in _FILE.findall(html)]


def with_addresses(html, lead):
    """The clean body with the address of each link and picture replaced by what `lead` gives."""

    def replace(match):
        return f'{match[1]}"{escape(lead(unescape(match[2])))}"'

    return _ADDRESS.sub(replace, html)


def without_pictures(html, draw):
    """The clean body with each `<img>` that is in it replaced by what `draw(src, alt)` gives."""

    def replace(match):
        found = [_SRC.search(match.group()), _ALT.search(match.group())]
        return draw(*(unescape(each[1]) if each else "" for each in found))

    return _IMAGE.sub(replace, html)


def with_photos(html, photos, draw):
    """The clean body with each `<img data-file="7">` replaced by what `draw(photo, alt)` gives.

    `photos` maps primary keys to photos. The photo's record is the truth for address and size; an
    image whose photo is gone or has no file yet disappears, its caption stays.
    """

    def replace(match):
        number, alt = _FILE.search(match.group()), _ALT.search(match.group())
        if number is None:
            return match.group()
        photo = photos.get(int(number.group(1)))
        return draw(photo, alt.group(1) if alt else "") if photo and photo.file else ""

    return _IMAGE.sub(replace, html)


def plain(html, words=None):
    """The words of a body without markup, cut after `words` words if given.

    Captions and link cards are left out: they stand beside the text, and a summary that runs from
    one into the other reads as nonsense.
    """
    text = re.sub(r"<figure.*?</figure>", " ", _LINK_CARD.sub(" ", html), flags=re.S)
    text = re.sub(r"</?(?:p|h\d|ul|ol|li|br|blockquote|t[dhr]|pre)\b[^>]*>", " ", text)
    text = " ".join(strip_tags(text).replace("&nbsp;", " ").split())
    for name, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(name, letter)
    return Truncator(text).words(words, truncate=" …") if words else text


class BodyField(ProseEditorField):
    """Rich text that is cleaned on every way into the database, form or not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, extensions=EXTENSIONS, sanitize=clean, **kwargs)

    def pre_save(self, model_instance, add):
        value = clean(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        # `update()` and `bulk_update()` come here without `pre_save`.
        value = clean(value) if isinstance(value, str) else value
        return super().get_db_prep_save(value, connection)
