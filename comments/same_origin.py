"""The check that stands in for Django's token on readers' forms.

A page that is the same for everybody can't carry a token. What a browser says about where a form
came from decides instead, and silence is a refusal: `Sec-Fetch-Site` must be `same-origin`; if the
browser doesn't send it, `Origin` must be one of the site's; if that is missing too, `Referer`'s
origin must be. (W3C Fetch Metadata; RFC 6454.)
"""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.views.decorators.csrf import csrf_exempt


def is_same_origin(headers):
    """Whether request headers prove that the form stood on a page of this site."""
    if site := headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    if origin := headers.get("Origin"):
        return origin.lower() in settings.SITE_ORIGINS
    if referrer := headers.get("Referer"):
        try:
            parts = urlsplit(referrer)
        except ValueError:
            return False
        return f"{parts.scheme}://{parts.netloc}".lower() in settings.SITE_ORIGINS
    return False


def same_origin_required(refuse):
    """A view decorator for readers' forms: `refuse(request, …)` answers foreign POSTs.

    It takes the place of Django's token, so the view behind it must act for nobody's session.
    """

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if request.method == "POST" and not is_same_origin(request.headers):
                return refuse(request, *args, **kwargs)
            return view(request, *args, **kwargs)

        checked.checks_origin = True
        return csrf_exempt(checked)

    return decorate
