"""The web manifest: what a phone needs to keep the blog among its apps (W3C, Web App Manifest)."""

from django.http import JsonResponse
from django.templatetags.static import static

from posts import languages
from posts.card_drawing import BLUE, PAPER
from posts.models import Blog
from posts.views import public


@public
def manifest(request):
    """JSON; its addresses are relative to the edition's front page, on whatever host that is."""
    blog, tongue = Blog.spoken(), languages.spoken()
    icons = [_icon(192), _icon(512), _icon(512) | {"src": static("icons/icon-maskable.png")}]
    icons[-1]["purpose"] = "maskable"
    said = {
        "name": blog.title,
        # A home screen has room for some twelve letters.
        "short_name": blog.title if len(blog.title) <= 12 else blog.title.split()[0][:12],
        "description": blog.tagline,
        "lang": tongue.code,
        "dir": tongue.direction,
        "start_url": ".",
        "scope": ".",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": BLUE,
        "icons": icons,
    }
    said = {name: value for name, value in said.items() if value}
    return JsonResponse(
        said,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _icon(size):
    return {
        "src": static(f"icons/icon-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
    }
