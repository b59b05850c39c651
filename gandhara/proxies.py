"""What a proxy says about a request is believed only if TRUSTED_PROXIES names the proxy."""

import ipaddress
import re

from django.conf import settings

# Segments of letters, digits and what a path needs no escapes for: no host can hide in it.
_PREFIX = re.compile(r"(?:/[\w.~-]+)+/?", re.ASCII)
# What says in an environ that it is mended already.
BELIEVED = "gandhara.believed"
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
    The second time it changes nothing.
    """
    if environ.get(BELIEVED):
        return
    environ[BELIEVED] = True
    # Without them there is nothing to mend, and an address need not be read for each page.
    if not any(header in environ for header in FORWARDED):
        return
    if not settings.TRUSTED_PROXIES or not is_trusted(environ.get("REMOTE_ADDR")):
        for header in FORWARDED:
            environ.pop(header, None)
        return
    hops = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    client = next((hop for hop in reversed(hops) if not is_trusted(hop)), "")
    if (address := _address(client)) is not None:
        environ["REMOTE_ADDR"] = str(address)


def mounted(application):
    """The WSGI application, told below which path it stands (PEP 3333's SCRIPT_NAME).

    That is what a trusted proxy says in X-Forwarded-Prefix, else the setting SITE_PATH, else what
    the server says. A proxy may pass the whole path on, or what follows the prefix.
    """

    def answered(environ, start_response):
        said = environ.pop("HTTP_X_FORWARDED_PREFIX", "")
        if not (said and _PREFIX.fullmatch(said) and is_trusted(environ.get("REMOTE_ADDR"))):
            said = settings.SITE_PATH
        if prefix := said.rstrip("/"):
            path = environ.get("PATH_INFO", "")
            environ["SCRIPT_NAME"] = prefix
            if path == prefix or path.startswith(f"{prefix}/"):
                environ["PATH_INFO"] = path.removeprefix(prefix) or "/"
        return application(environ, start_response)

    return answered


class TrustedProxies:
    """Django's door to `believe`: before everything that asks for scheme, host or address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        believe(request.META)
        return self.get_response(request)
