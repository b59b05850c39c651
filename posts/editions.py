"""Editions: each language's face of the blog, and where it has its addresses.

The default language's edition has none before its addresses (`/section/region/`), each other its
code (`/ps/section/region/`). A post has one address, without an edition: its page speaks the
post's language. Which edition an address belongs to is all that decides the language of a page;
no cookie and no header does, so that any cache may keep it.
"""

import re

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.urls import NoReverseMatch, resolvers, reverse
from django.utils import translation
from django.utils.encoding import escape_uri_path, iri_to_uri

from posts import languages, lite
from posts.languages import BY_DJANGO_CODE


def default():
    """The Language of the edition at `/`."""
    return BY_DJANGO_CODE[settings.LANGUAGE_CODE]


def of_path(path):
    """The Language whose edition an address (without the site's own prefix) belongs to."""
    return BY_DJANGO_CODE.get(path.lstrip("/").partition("/")[0]) or default()


def speak(code):
    """From here to the end of the request, pages speak the language with this code (BCP 47)."""
    translation.activate(languages.language_of(code).django_code)


def speaking(code):
    """`with speaking(code):` what is written inside speaks that language."""
    return translation.override(languages.language_of(code).django_code)


class EditionPrefix:
    """The beginning of an edition's addresses: reversed for the language that is spoken, and
    matched whatever is spoken."""

    converters = {}

    def __str__(self):
        return self.prefix

    @property
    def prefix(self):
        code = languages.spoken().django_code
        return "" if code == settings.LANGUAGE_CODE else f"{code}/"

    @property
    def regex(self):
        return re.compile(re.escape(self.prefix))

    def match(self, path):
        first, slash, rest = path.partition("/")
        if slash and first in BY_DJANGO_CODE and first != settings.LANGUAGE_CODE:
            return rest, (), {}
        return path, (), {}

    def check(self):
        return []


def edition(*patterns):
    """Addresses that each edition has: to be put into urlpatterns."""
    return resolvers.URLResolver(EditionPrefix(), list(patterns))


def twins(request):
    """[(Language, address)] of the same page in each edition.

    Empty where a page is no edition's, as a post's is: its translations are other posts.
    """
    match = getattr(request, "resolver_match", None)
    if match is None:
        return []
    found = [(language, _in(language, match)) for language in BY_DJANGO_CODE.values()]
    return found if len({address for _language, address in found}) > 1 else []


def fronts():
    """[(Language, address)] of the front page of each edition."""
    found = []
    for language in BY_DJANGO_CODE.values():
        with translation.override(language.django_code):
            found.append((language, lite.keep(reverse("posts:front"))))
    return found


def _in(language, match):
    with translation.override(language.django_code):
        try:
            return lite.keep(reverse(match.view_name, args=match.args, kwargs=match.kwargs))
        except NoReverseMatch:
            return None


class Editions:
    """Middleware: each request is answered in the language of its address's edition."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = of_path(request.path_info)
        first, slash, rest = request.path_info.lstrip("/").partition("/")
        if slash and first == settings.LANGUAGE_CODE:
            # The default edition has one address.
            return HttpResponsePermanentRedirect(_without_prefix(request, rest))
        with translation.override(language.django_code):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", languages.spoken().code)
        return response


def _without_prefix(request, rest):
    front = request.META.get("SCRIPT_NAME", "").rstrip("/")
    query = request.META.get("QUERY_STRING", "")
    # Two slashes at the beginning would lead to another host.
    address = f"{front}/{escape_uri_path(rest.lstrip('/'))}"
    return f"{address}?{iri_to_uri(query)}" if query else address
