"""Where the site stands: at the root of a host, or below a path, as a mirror behind a proxy may.

The path is the request's script name (PEP 3333), which Django knows as the script prefix and puts
before every address that it reverses. What is stored, as links in bodies are, has no prefix.
"""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.urls import get_script_prefix


def path_of(address):
    """The path, query and fragment of an address on this site, without prefix; else None.

    Addresses with the host of the site or of a mirror are on this site, too.
    """
    try:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        if origin not in settings.SITE_ORIGINS:
            return None
    elif not address.startswith("/"):
        return None
    path = urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))
    # "https://site//x" is no page of ours, and "//x" would be another host.
    return None if path.startswith("//") else without_prefix(path)


def without_prefix(path):
    """A path of this site as it is where the site stands at the root."""
    prefix = get_script_prefix()
    return path[len(prefix) - 1 :] if path.startswith(prefix) else path


def with_prefix(path):
    """A path of this site, as it is at the root, where the site stands now."""
    return get_script_prefix() + path.removeprefix("/")
