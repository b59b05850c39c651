"""oEmbed (oembed.com): what other sites ask when one of our addresses is pasted there.

The answer is of type `link`, with a picture. A `rich` answer would bring HTML of ours into their
pages, for which they would have to trust us; most that take no script let nothing else through.
"""

from urllib.parse import quote, unquote, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils.translation import gettext as _

from posts import editions, open_graph
from posts.feed_formats import fit
from posts.feeds import absolute
from posts.models import Blog, Post
from posts.views import NotHere, public

# In seconds; who asks later hears of a withdrawal.
KEPT_FOR = 3600
MOST_PIXELS = 10**6


def address(post):
    """Where to ask about a post: what an article's head tells consumers (2.4, discovery)."""
    about = quote(absolute(post.get_absolute_url()), safe="")
    return absolute(f"{reverse('posts:oembed')}?url={about}&format=json")


@public(asks=("url", "format", "maxwidth", "maxheight"))
def answer(request):
    """JSON or XML; 404 for an address that is no public article's, 501 for another format (2.3)."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return _refusal(501, _("There are two formats: json and xml."))
    if "url" not in request.GET:
        return _refusal(400, _("The address of an article is missing: ?url=…"))
    post = _post_at(request.GET["url"])
    if post is None:
        raise NotHere(_("No article of this blog has that address."))
    editions.speak(post.language)
    most = [_pixels(request.GET.get(name)) for name in ("maxwidth", "maxheight")]
    said = about(post, Blog.spoken(), *most)
    if form == "json":
        return JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    elements = "".join(
        f"<{name}>{escape(fit(str(value)))}</{name}>" for name, value in said.items()
    )
    xml = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{elements}</oembed>'
    return HttpResponse(xml, content_type="text/xml")


def _refusal(status, words):
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def about(post, blog, most_wide, most_high):
    """The answer about a post (2.3.4), without a picture where none is as small as asked for."""
    said = {
        "type": "link",
        "version": "1.0",
        "title": post.headline,
        "author_name": ", ".join(author.name for author in post.byline),
        "author_url": absolute(post.byline[0].get_absolute_url()) if len(post.byline) == 1 else "",
        "provider_name": blog.title,
        "provider_url": absolute(reverse("posts:front")),
        "cache_age": KEPT_FOR,
    }
    if picture := _picture(post, blog, most_wide, most_high):
        address, width, height = picture
        said |= {
            "thumbnail_url": absolute(address),
            "thumbnail_width": width,
            "thumbnail_height": height,
        }
    return {name: value for name, value in said.items() if value}


def _picture(post, blog, most_wide, most_high):
    """(address, width, height) of the widest picture that fits; None where none does."""
    fitting = [
        each
        for each in open_graph.pictures_of_post(post, blog)
        if each[1] <= most_wide and each[2] <= most_high
    ]
    return fitting[-1] if fitting else None


def _pixels(raw):
    """A limit in an address; what is no number is none."""
    is_number = raw is not None and raw.isascii() and raw.isdecimal() and len(raw) <= 6
    return int(raw) if is_number else MOST_PIXELS


def _post_at(address):
    """The public post at an address of the site or of one of its mirrors, else None."""
    try:
        parts = urlsplit(address)
        own = f"{parts.scheme}://{parts.netloc}".lower() in settings.SITE_ORIGINS
        prefix = get_script_prefix()
        if not own or not parts.path.startswith(prefix):
            return None
        found = resolve(f"/{unquote(parts.path.removeprefix(prefix), errors='strict')}")
    except (ValueError, Resolver404):
        return None
    if found.view_name != "posts:article":
        return None
    slug = found.kwargs["slug"]
    posts = Post.objects.published().select_related("section", "lead_photo").with_bylines()
    return posts.filter(slug=slug).first() or posts.filter(old_slugs__slug=slug).first()
