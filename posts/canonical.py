"""The one address of a page, whatever host, mirror or arguments it was asked for with (RFC 6596).

Of the arguments only the page's number stays, since its other pages hold other things: how comments
are sorted, and what others hang onto links that they share, makes no page of its own.
"""

import unicodedata

from django.utils.encoding import escape_uri_path

from posts.feeds import absolute


def address(path, page=1):
    """The whole address of a page by its path and its number."""
    # Two ways to type a letter are one address (`posts.slugs`).
    path = escape_uri_path(unicodedata.normalize("NFC", path))
    return absolute(f"{path}?page={page}" if page > 1 else path)


def page_asked(query):
    """The page's number in an address whose view has found it to be one."""
    raw = query.get("page", "")
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= 8 else 1
