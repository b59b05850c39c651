"""WordPress shortcodes in a post's text, replaced by plain HTML before it is parsed."""

import re
from html import escape, unescape

# Shortcodes of WordPress itself and of its commonest companions, which need no attribute to be
# told from words that an editor put in brackets: “[Pakistan] should have …”.
_KNOWN = {
    "caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist", "contact-form",
    "contact-form-7", "toc", "youtube", "vimeo", "twitter", "soundcloud",
}  # fmt: skip
_ATTRIBUTES = (
    r"(?:\s+(?:[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s'\"\[\]]+)|\"[^\"]*\"|[^\s\[\]\"'=]+))*"
)
_TAG = re.compile(rf"(?<!\[)\[(/?)([A-Za-z][\w-]{{0,60}})({_ATTRIBUTES})\s*/?\](?!\])")
_ESCAPED = re.compile(r"\[(\[/?([A-Za-z][\w-]{0,60})([^\[\]]*)\])(?:([^\[\]]*)(\[/\2\])\]|\])")
_PAIR = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s'\"]+))")
_CAPTION = re.compile(
    rf"(?<!\[)\[(?:wp_)?caption({_ATTRIBUTES})\s*\](.*?)\[/(?:wp_)?caption\](?!\])", re.S
)
_EMBED = re.compile(r"(?<!\[)\[embed[^\]]*\]\s*(.*?)\s*\[/embed\](?!\])", re.S)
_PICTURE = re.compile(r"(.*?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.S | re.I)
_CODE = re.compile(r"<(pre|code|script|style)\b.*?</\1\s*>", re.S | re.I)
_MEDIA = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "url")


def attributes_of(text):
    """`ids="4,5" link=file` as a dict."""
    return {
        name.lower(): double or single or bare for name, double, single, bare in _PAIR.findall(text)
    }


def link_paragraph(address):
    """An address on its own, as a paragraph that leads there."""
    address = unescape(address.strip())
    if not re.match(r"https?://\S+\Z", address):
        return escape(address, quote=False)
    return f'\n\n<p><a href="{escape(address)}">{escape(address, quote=False)}</a></p>\n\n'


def replace_shortcodes(source, gallery, note):
    """The text without shortcodes: pictures as figures, media as links, words kept.

    `gallery(attributes)` gives the attachment numbers of a gallery; `note(name)` is told of each
    shortcode that nothing is known about. What stands in <pre> and <code> is left alone.
    """
    kept = []

    def keep(match):
        kept.append(match.group())
        return f"\x00{len(kept) - 1}\x00"

    text = _CODE.sub(keep, source.replace("\x00", ""))
    text = _ESCAPED.sub(_unescaped, text)
    # Without an end each start would be followed to the end of the text in vain.
    if "caption]" in text and "[/" in text:
        text = _CAPTION.sub(_figure, text)
    if "[/embed]" in text:
        text = _EMBED.sub(lambda match: link_paragraph(match.group(1)), text)
    closed = {name for slash, name, _attributes in _TAG.findall(text) if slash}
    text = _TAG.sub(lambda match: _replaced(match, closed, gallery, note), text)
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match.group(1))], text)


def _is_shortcode(name, attributes, closed):
    return (
        name.lower() in _KNOWN
        or name in closed
        or "_" in name
        or bool(_PAIR.search(attributes) and not attributes.strip().endswith(","))
    )


def _unescaped(match):
    outer, name, attributes, inner, end = match.groups()
    if not _is_shortcode(name, attributes, {name} if end else ()):
        return match.group()
    text = f"{outer}{inner or ''}{end or ''}"
    return text.replace("[", "&#91;").replace("]", "&#93;")


def _figure(match):
    attributes, content = attributes_of(match.group(1)), match.group(2).strip()
    picture, words = content, ""
    if found := _PICTURE.match(content):
        picture, words = found.groups()
    # Before WordPress 3.4 the words were an attribute.
    words = words.strip() or unescape(attributes.get("caption", ""))
    number = re.search(r"(\d+)\Z", attributes.get("id", ""))
    if number and "wp-image-" not in picture:
        picture = re.sub(r"<img\b", f'<img data-number="{number.group(1)}"', picture, count=1)
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure>{picture}{caption}</figure>\n\n"


def _replaced(match, closed, gallery, note):
    slash, name, attributes = match.groups()
    if not _is_shortcode(name, attributes, closed):
        return match.group()
    given = attributes_of(attributes)
    if slash:
        return ""
    if name == "gallery":
        figures = (
            f'<figure><img data-number="{number}" data-own-caption="1"></figure>'
            for number in gallery(given)
        )
        return "\n\n" + "".join(figures) + "\n\n"
    if name in ("audio", "video") and (address := _media_address(given)):
        return link_paragraph(address)
    note(name)
    return ""


def _media_address(attributes):
    return next((attributes[key] for key in _MEDIA if attributes.get(key)), "")
