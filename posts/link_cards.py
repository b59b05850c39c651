"""Link cards: what stands in a body where another site's page would give a frame.

A card is a paragraph with a link to the page and the name of its host; nothing of it is loaded from
there. The host is always read from the address, so that a card can't claim another one.
"""

import re
from html import escape, unescape
from urllib.parse import unquote, urlsplit

# Hosts whose bare address, pasted on its own line, is meant as something to look at.
SERVICES = {
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "facebook.com": "Facebook",
    "fb.watch": "Facebook",
    "x.com": "X",
    "twitter.com": "X",
    "instagram.com": "Instagram",
    "t.me": "Telegram",
    "tiktok.com": "TikTok",
}
# Addresses made for frames, and the page for people behind each. The editor's script reads them
# too, hence only what regular expressions of Python and JavaScript share.
FRAMES = (
    (
        r"https?://(?:www\.|m\.)?youtube(?:-nocookie)?\.com/embed/videoseries\?(?:.*&)?list=([\w-]+)",
        "https://www.youtube.com/playlist?list={}",
    ),
    (
        r"https?://(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]+)",
        "https://www.youtube.com/watch?v={}",
    ),
    (r"https?://player\.vimeo\.com/video/(\d+)", "https://vimeo.com/{}"),
    (
        r"https?://(?:www\.)?dailymotion\.com/embed/video/(\w+)",
        "https://www.dailymotion.com/video/{}",
    ),
    (r"https?://(?:www\.|web\.)?facebook\.com/plugins/\w+\.php\?(?:.*&)?href=([^&]+)", "{}"),
    (
        r"https?://platform\.(?:twitter|x)\.com/embed/.*[?&]id=(\d+)",
        "https://x.com/i/status/{}",
    ),
    (
        r"https?://(?:www\.)?instagram\.com/((?:p|reel|tv)/[\w-]+)/embed",
        "https://www.instagram.com/{}/",
    ),
    (r"https?://t\.me/(\w+/\d+)\?", "https://t.me/{}"),
)
# The words that services put in place of a title.
NO_TITLES = ("YouTube video player", "Vimeo video player", "fb:post Facebook Social Plugin")
# Quotations that a service's script would make a frame of.
QUOTATIONS = ("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed")

_WEB_ADDRESS = re.compile(r"https?://[^\s/]", re.I)
_CARD = re.compile(r'<p((?: [a-z]+="[^"]*")*? class="link-card"[^>]*)>(.*?)</p>', re.S)
_HREF = re.compile(r'<a\b[^>]* ?\bhref="([^"]*)"')
_WORDS = re.compile(r' (?:lang|dir)="[^"]*"')
_TAG = re.compile(r"<[^>]*>")


def host(address):
    """The host's name as a reader knows it, or nothing if the address has none."""
    try:
        name = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def page_of(frame):
    """The address of the page for people behind a frame's address; nothing if it has none."""
    frame = frame.strip()
    if frame.startswith("//"):
        frame = f"https:{frame}"
    for pattern, address in FRAMES:
        if found := re.match(pattern, frame, re.I):
            page = address.format(unquote(found.group(1)))
            return page if _WEB_ADDRESS.match(page) else frame
    return frame if _WEB_ADDRESS.match(frame) else ""


def card(address, title=""):
    """A card as HTML, or nothing if the address isn't one of the web."""
    if not _WEB_ADDRESS.match(address) or not host(address):
        return ""
    title = " ".join(title.split())
    if not title or title in NO_TITLES:
        title = SERVICES.get(host(address), host(address))
    words = escape(title, quote=False)
    return f'<p class="link-card"><a href="{escape(address)}">{words}</a></p>'


def settle(html):
    """The clean HTML with each card in its one form; what leads nowhere becomes a paragraph."""
    return _CARD.sub(_settled, html) if 'class="link-card"' in html else html


def _settled(match):
    words, inner = "".join(_WORDS.findall(match.group(1))), match.group(2)
    link = _HREF.search(inner)
    name = escape(host(unescape(link.group(1))), quote=False) if link else ""
    if not name or not _WEB_ADDRESS.match(link.group(1)):
        return f"<p{words}>{inner}</p>"
    end = f'<bdi dir="ltr">{name}</bdi>'
    inner = re.sub(rf"<bdi[^>]*>{re.escape(name)}</bdi>\s*\Z", "", inner)
    title = " ".join(_TAG.sub("", inner).split()) or name
    return (
        f'<p class="link-card"{words}>'
        f'<a href="{link.group(1)}" rel="noopener">{title}</a> {end}</p>'
    )
