"""Links of an old site to its own posts, and where they lead now."""

import re
import unicodedata
from urllib.parse import parse_qs, unquote, urljoin, urlsplit


class Links:
    """Old addresses of imported posts; `add` them, then ask for `new_address`."""

    def __init__(self, addresses):
        self.home = next((address.rstrip("/") + "/" for address in addresses), "")
        self.hosts = {_parts(address).hostname or "" for address in addresses}
        self.hosts = {host.removeprefix("www.") for host in self.hosts if host}
        self.by_path, self.by_number = {}, {}

    def add(self, item, path):
        """Everything by which the old site's links name this item leads to `path`."""
        self.by_number[item.id] = path
        for address in (item.link, item.guid):
            if address and (key := _key(address)):
                self.by_path.setdefault(key, path)

    def new_address(self, href):
        """The path here if the link is one of ours, else the address itself, made absolute."""
        parts = _parts(href)
        if parts.scheme not in ("", "http", "https"):
            return href
        if not parts.netloc:
            href = urljoin(self.home, href) if self.home else href
            parts = _parts(href)
        if (parts.hostname or "").removeprefix("www.") not in self.hosts:
            return href
        number = parse_qs(parts.query).get("p", [""])[0]
        return self.by_number.get(number) or self.by_path.get(_key(href)) or href


def _parts(address):
    try:
        parts = urlsplit(address)
        parts.hostname  # noqa: B018  raises ValueError on a broken one
    except ValueError:
        return urlsplit("")
    return parts


def _key(address):
    """The path as one spelling: decoded, NFC, without slashes around it and AMP's ending."""
    path = unicodedata.normalize("NFC", unquote(_parts(address).path)).strip("/")
    return re.sub(r"/amp\Z", "", path)
