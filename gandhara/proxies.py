"""What a proxy says about a request is believed only if TRUSTED_PROXIES names the proxy."""

import ipaddress

from django.conf import settings

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")


def _address(text):
    try:
        return ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return None


def is_trusted(text):
    """Whether `text` is the address of a configured proxy."""
    address = _address(text or "")
    return address is not None and any(
        address.version == network.version and address in network
        for network in settings.TRUSTED_PROXIES
    )


def believe(environ):
    """Make a WSGI environ say what is true: mended in place.

    From a trusted proxy, REMOTE_ADDR becomes the nearest address in X-Forwarded-For that is not a
    proxy's own, and -Proto and -Host stay. From anybody else all three headers are removed.
    """
    if not is_trusted(environ.get("REMOTE_ADDR")):
        for header in FORWARDED:
            environ.pop(header, None)
        return
    hops = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    client = next((hop for hop in reversed(hops) if not is_trusted(hop)), "")
    if (address := _address(client)) is not None:
        environ["REMOTE_ADDR"] = str(address)


class TrustedProxies:
    """Django's door to `believe`: before everything that asks for scheme, host or address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        believe(request.META)
        return self.get_response(request)
