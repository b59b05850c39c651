"""Reading without a connection: the page where readers choose it, and its service worker.

What was read stays on the device, where others may find it. So nothing is kept before a reader
asks for it on this page, and one button destroys all of it. No other page has any script: once
registered, a worker is called by the browser itself. Both live at the site's root, below whatever
path it stands, for a worker may only see what lies beside or below its own address.
"""

from django.shortcuts import render

from posts import editions
from posts.views import public


@public
def page(request):
    return render(request, "offline.html", {"pages": _in_each_language(request)})


def _in_each_language(request):
    """The addresses of this page in all editions: whichever is needed can be shown offline."""
    return " ".join(address for _language, address in editions.twins(request))


@public
def worker(request):
    return render(request, "offline.js", content_type="text/javascript")
