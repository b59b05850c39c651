"""Sitemaps (sitemaps.org, protocol 0.9) and the news sitemap of Google's extension.

`/sitemap.xml` lists files of at most 10,000 addresses each. A file holds what has its keys in one
range, so that it stays as it is while others are written. A moment is only told where it is known:
`lastmod` of a post is when readers were last given something new, and a list has none.
"""

from datetime import timedelta
from xml.sax.saxutils import escape

from django.db import models
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from posts.feeds import absolute, fit
from posts.models import Author, Blog, Byline, OldSlug, Post, Section, Tag
from posts.structured_data import moment
from posts.views import public

# The protocol allows 50,000 addresses and 50 MB; slugs in Arabic script take much room.
IN_A_FILE = 10_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
# Google's page on news sitemaps: what was published within two days, a thousand at most.
NEWS_DAYS, MOST_NEWS = 2, 1_000
_QUOTES = {'"': "&quot;", "'": "&apos;"}


def _public_posts():
    return Post.objects.published()


def _sections():
    return Section.objects.in_use()


def _tags():
    posts = Post.tags.through.objects.filter(tag=models.OuterRef("pk"), post__in=_public_posts())
    return Tag.objects.filter(models.Exists(posts))


def _authors():
    lines = Byline.objects.filter(author=models.OuterRef("pk"), post__in=_public_posts())
    return Author.objects.filter(models.Exists(lines))


# Kind in a file's name → (name of the address, the rows that have a page).
LISTS = {
    "sections": ("section", _sections),
    "tags": ("tag", _tags),
    "authors": ("author", _authors),
}
FRONTS = ("front", "archive", "corrections", "about")


@public
def index(request):
    """All files, those of posts with the moment at which something in them changed."""
    entries = [(_file("pages", 0), None)]
    entries += [(_file("posts", number), at) for number, at in _files_of_posts()]
    for kind, (_name, rows) in LISTS.items():
        numbers = rows().order_by().values_list(_number(), flat=True).distinct()
        entries += [(_file(kind, number), None) for number in sorted(numbers)]
    return _xml("sitemapindex", "sitemap", entries)


def _files_of_posts():
    """[(number, moment)] of the files that hold a post.

    One that left a file changed it too, and so did a new address.
    """
    now = timezone.now()
    public_now = models.Q(pk__in=_public_posts())
    is_over = models.Q(status=Post.Status.PUBLISHED, unpublish_at__lte=now)
    changed = models.Case(
        models.When(public_now, then=Coalesce("updated_at", "published_at")),
        models.When(is_over, then="unpublish_at"),
        default="saved_at",
    )
    rows = (
        Post.objects.filter(published_at__lte=now)
        .order_by()
        .annotate(number=_number())
        .values("number")
        .annotate(changed=models.Max(changed), posts=models.Count("pk", filter=public_now))
        .filter(posts__gt=0)
        .order_by("number")
        .values_list("number", "changed")
    )
    moved = dict(
        OldSlug.objects.order_by()
        .annotate(number=_number("post_id"))
        .values_list("number")
        .annotate(models.Max("since"))
    )
    return [(number, max(at, moved.get(number, at))) for number, at in rows]


def _number(key="pk"):
    """In which file a row stands, by its key: whole numbers divide into whole numbers."""
    return models.ExpressionWrapper(
        models.F(key) / models.Value(IN_A_FILE), output_field=models.BigIntegerField()
    )


def _file(kind, number):
    return reverse("posts:sitemap", args=[kind, number])


@public
def part(request, kind, number):
    """One file; 404 where it would hold nothing."""
    entries = _entries(kind, int(number))
    if not entries:
        raise Http404
    return _xml("urlset", "url", entries)


def _entries(kind, number):
    """[(path, moment or None)] of a file."""
    if kind == "pages":
        return [(reverse(f"posts:{name}"), None) for name in FRONTS] if number == 0 else []
    first = number * IN_A_FILE
    here = {"pk__gte": first, "pk__lt": first + IN_A_FILE}
    if kind == "posts":
        changed = Coalesce("updated_at", "published_at")
        rows = _public_posts().filter(**here).order_by("pk").values_list("slug", changed)
        return [(reverse("posts:article", args=[slug]), at) for slug, at in rows]
    name, rows = LISTS[kind]
    slugs = rows().filter(**here).order_by("pk").values_list("slug", flat=True)
    return [(reverse(f"posts:{name}", args=[slug]), None) for slug in slugs]


@public
def news(request):
    """What was first published in the last two days, newest first."""
    blog = Blog.current()
    since = timezone.now() - timedelta(days=NEWS_DAYS)
    posts = (
        _public_posts()
        .filter(published_at__gt=since)
        .newest_first()
        .only("slug", "headline", "language", "published_at")[:MOST_NEWS]
    )
    return _answer(
        [
            f'<urlset xmlns="{NAMESPACE}" xmlns:news="{NEWS_NAMESPACE}">\n',
            *(_piece_of_news(post, blog) for post in posts),
            "</urlset>\n",
        ]
    )


def _piece_of_news(post, blog):
    # Two or three letters (ISO 639) and no country: `fa`, where pages say `fa-AF`.
    return (
        f"<url><loc>{_loc(post.get_absolute_url())}</loc><news:news><news:publication>"
        f"<news:name>{_words(blog.title)}</news:name>"
        f"<news:language>{post.tongue.django_code}</news:language></news:publication>"
        f"<news:publication_date>{moment(post.published_at)}</news:publication_date>"
        f"<news:title>{_words(post.headline)}</news:title></news:news></url>\n"
    )


def _xml(root, item, entries):
    lines = (
        f"<{item}><loc>{_loc(path)}</loc>"
        f"{f'<lastmod>{moment(at)}</lastmod>' if at else ''}</{item}>\n"
        for path, at in entries
    )
    return _answer([f'<{root} xmlns="{NAMESPACE}">\n', *lines, f"</{root}>\n"])


def _answer(pieces):
    words = "".join(['<?xml version="1.0" encoding="UTF-8"?>\n', *pieces])
    return HttpResponse(words, content_type="application/xml")


def _loc(path):
    return escape(absolute(path), _QUOTES)


def _words(text):
    return escape(fit(text), _QUOTES)
