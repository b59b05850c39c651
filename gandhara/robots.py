"""robots.txt (RFC 9309): what crawlers are asked to leave alone, and where the sitemaps are.

What is closed here is nobody's business but its holder's, or a form, or made of whatever is asked:
nothing that a search could show. It asks, and guards nothing.
"""

from django.http import HttpResponse
from django.urls import reverse

from posts import editions
from posts.feeds import absolute
from posts.views import public

# Names of addresses, and what stands in them for any post and any comment.
_ANY = "SLUG-OF-ANY", 0
FORMS = (
    ("comments:new", _ANY[:1]),
    ("comments:reply", _ANY),
    ("comments:report", _ANY),
    ("comments:reported", _ANY),
)
# What begins with the first part of these addresses.
PERSONAL = ("posts:preview", "comments:receipt", "comments:confirm_mail", "comments:stop_mail")
SITEMAPS = ("posts:sitemaps", "posts:news_sitemap")


@public
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in _closed()), ""]
    lines += [f"Sitemap: {absolute(reverse(name))}" for name in SITEMAPS]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _closed():
    yield reverse("admin:index")
    for name in PERSONAL:
        yield reverse(name, args=["TOKEN"]).partition("TOKEN")[0]
    for name, args in FORMS:
        # “$” ends the address: the feed and the threads of a post stay open.
        yield f"{reverse(name, args=args).replace(_ANY[0], '*').replace('/0/', '/*/')}$"
    for _language, front in editions.fronts():
        yield f"{front}search/"
