"""The lite view: each page without pictures, for lines on which every kilobyte is paid for.

`?lite=1` in the address asks for it, and every link of such a page to another page of the site
carries it on, so that no cookie is needed: `{% url %}` (posts.templatetags.lite), the models'
`get_absolute_url`, links in bodies and redirects all go through `keep`. What is absolute
(`posts.feeds.absolute`) names the full view.
"""

import re
from contextvars import ContextVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.urls import reverse

from posts.mounting import without_prefix

NAME, ON = "lite", "1"
_is_on = ContextVar("lite", default=False)
_PAIR = re.compile(rf"(?<=[?&]){NAME}={ON}(?:&|(?=#|\Z))")
# Files, feeds and the newsroom have no lite view.
_NO_PAGE = re.compile(r"/(?:admin|media|static)/|[^?#]*(?:/feed/|\.\w+(?:[?#]|\Z))")


def is_on():
    """Whether the page that is being made is to be lite."""
    return _is_on.get()


def keep(address):
    """The address of a page of this site, as a page of this view links to it."""
    if not is_on() or _NO_PAGE.match(without_prefix(address)):
        return address
    return with_lite(address)


def with_lite(address):
    """A path with `lite=1` at the end of its query."""
    parts = urlsplit(without(address))
    query = f"{parts.query}&{NAME}={ON}" if parts.query else f"{NAME}={ON}"
    return urlunsplit(parts._replace(query=query))


def without(address):
    """An address without `lite=1`."""
    return re.sub(r"[?&](?=#|\Z)", "", _PAIR.sub("", address))


def other_view(query):
    """The query that leads from a page with this QueryDict to the other view of it."""
    pairs = [pair for pair in parse_qsl(query.urlencode()) if pair[0] != NAME]
    return "?" + urlencode(pairs if is_on() else [*pairs, (NAME, ON)])


class Lite:
    """Middleware: a request with `?lite=1` is answered in the lite view, redirects included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = request.GET.get(NAME) == ON and not request.path.startswith(reverse("admin:index"))
        token = _is_on.set(asked)
        try:
            response = self.get_response(request)
            if asked and (where := response.headers.get("Location", "")).startswith("/"):
                response.headers["Location"] = keep(where)
        finally:
            _is_on.reset(token)
        return response
