"""Sitemaps (sitemaps.org, protocol 0.9) and the news sitemap of Google's extension.

`/sitemap.xml` lists files of at most 10,000 addresses each. A file holds what has its keys in one
range, so that it stays as it is while others are written. A moment is only told where it is known:
`lastmod` of a post is when readers were last given something new, and a list has none.
"""

from datetime import timedelta
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.db import models
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from posts import editions, versions
from posts.feed_formats import fit
from posts.feeds import absolute
from posts.models import Author, Blog, OldSlug, Post, Section, Tag
from posts.structured_data import moment
from posts.views import public

# The protocol allows 50,000 addresses and 50 MB; slugs in Arabic script take much room.
IN_A_FILE = 10_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
# Google's page on news sitemaps: what was published within two days, a thousand at most.
NEWS_DAYS, MOST_NEWS = 2, 1_000
_ANY = "SLUG-OF-ANY"
# What Django's own `reverse` leaves as it is.
_SAFE = "!$&'()*+,;=/~:@"
_QUOTES = {'"': "&quot;", "'": "&apos;"}


def _public_posts():
    return Post.objects.published()


def _sections(posts):
    here = models.OuterRef("pk")
    return Section.objects.filter(
        models.Exists(posts.filter(section=here))
        | models.Exists(posts.filter(also_in=here))
        | models.Exists(Section.objects.filter(parent=here))
    )


def _tags(posts):
    return Tag.objects.filter(models.Exists(posts.filter(tags=models.OuterRef("pk"))))


def _authors(posts):
    here = models.OuterRef("pk")
    return Author.objects.filter(models.Exists(posts.filter(bylines__author=here)))


# Kind in a file's name → (name of the address, the rows under which some of these posts stand).
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
        numbers = rows(_public_posts()).order_by().values_list(_number("pk"), flat=True).distinct()
        entries += [(_file(kind, number), None) for number in sorted(numbers)]
    return _xml("sitemapindex", "sitemap", entries)


def _files_of_posts():
    """[(number, moment)] of the files that hold a post.

    One that left a file changed it too, and so did a new address.
    """
    found = _newest_in_files(_public_posts(), Coalesce("updated_at", "published_at"))
    was_public = Post.objects.filter(published_at__lte=timezone.now())
    left = was_public.exclude(status=Post.Status.PUBLISHED)
    over = was_public.filter(status=Post.Status.PUBLISHED, unpublish_at__lte=timezone.now())
    for others in (
        _newest_in_files(left, "saved_at"),
        _newest_in_files(over, "unpublish_at"),
        _newest_in_files(OldSlug.objects.all(), "since", key="post_id"),
    ):
        # A file that holds nothing any more is not there.
        found |= {number: max(at, others.get(number, at)) for number, at in found.items()}
    return sorted(found.items())


def _newest_in_files(rows, moment, key="pk"):
    """{number of the file: the latest moment of the rows whose key stands in it}."""
    numbered = rows.order_by().annotate(number=_number(key)).values("number")
    return dict(numbered.annotate(at=models.Max(moment)).values_list("number", "at"))


def _number(key):
    """In which file a row stands, by its key: whole numbers divide into whole numbers."""
    return models.ExpressionWrapper(
        models.F(key) / models.Value(IN_A_FILE), output_field=models.BigIntegerField()
    )


def _file(kind, number):
    return absolute(reverse("posts:sitemap", args=[kind, number]))


@public
def part(request, kind, number):
    """One file; 404 where it would hold nothing."""
    entries = _entries(kind, int(number))
    if not entries:
        raise Http404
    return _xml("urlset", "url", entries)


def _entries(kind, number):
    """[(address, moment or None)] of a file."""
    if kind == "pages":
        return list(_pages()) if number == 0 else []
    first = number * IN_A_FILE
    here = {"pk__gte": first, "pk__lt": first + IN_A_FILE}
    if kind == "posts":
        changed = Coalesce("updated_at", "published_at")
        rows = _public_posts().filter(**here).order_by("pk").values_list("slug", changed)
        address_of = _way_to("article")
        return [(address_of(slug), at) for slug, at in rows]
    name, rows = LISTS[kind]
    return [
        (address_of(slug), None)
        for address_of, posts in _editions(name)
        for slug in rows(posts).filter(**here).order_by("pk").values_list("slug", flat=True)
    ]


def _pages():
    for language in _languages_of(Blog.current()):
        with editions.speaking(language.code):
            fronts = [absolute(reverse(f"posts:{name}")) for name in FRONTS]
        yield from ((address, None) for address in fronts)


def _editions(name):
    """[(a function from a slug to its address, the public posts)] of each edition that has some."""
    for language in _languages_of(Blog.current()):
        with editions.speaking(language.code):
            address_of = _way_to(name)
        yield address_of, _public_posts().filter(language=language.code)


def _languages_of(blog):
    """The default edition is there without posts too."""
    return dict.fromkeys([editions.default(), *blog.languages_in_use])


def _way_to(name):
    """A function from a slug to its address: one `reverse` for thousands, which take a second."""
    start, _any, end = absolute(reverse(f"posts:{name}", args=[_ANY])).partition(_ANY)
    return lambda slug: f"{start}{quote(slug, safe=_SAFE)}{end}"


@public
def news(request):
    """What was first published in the last two days, newest first."""
    blog, names = Blog.current(), {}
    for language in _languages_of(blog):
        with editions.speaking(language.code):
            names[language.code] = blog.said("title")
    since = timezone.now() - timedelta(days=NEWS_DAYS)
    posts = (
        _public_posts()
        .filter(published_at__gt=since)
        .newest_first()
        .only("slug", "headline", "language", "published_at")[:MOST_NEWS]
    )
    posts = list(posts)
    versions.true_until(*(post.published_at + timedelta(days=NEWS_DAYS) for post in posts[-1:]))
    return _answer(
        [
            f'<urlset xmlns="{NAMESPACE}" xmlns:news="{NEWS_NAMESPACE}">\n',
            *(_piece_of_news(post, names[post.language]) for post in posts),
            "</urlset>\n",
        ]
    )


def _piece_of_news(post, name):
    # Two or three letters (ISO 639) and no country: `fa`, where pages say `fa-AF`.
    return (
        f"<url><loc>{_words(absolute(post.get_absolute_url()))}</loc><news:news><news:publication>"
        f"<news:name>{_words(name)}</news:name>"
        f"<news:language>{post.tongue.django_code}</news:language></news:publication>"
        f"<news:publication_date>{moment(post.published_at)}</news:publication_date>"
        f"<news:title>{_words(post.headline)}</news:title></news:news></url>\n"
    )


def _xml(root, item, entries):
    lines = (
        f"<{item}><loc>{escape(address, _QUOTES)}</loc>"
        f"{f'<lastmod>{moment(at)}</lastmod>' if at else ''}</{item}>\n"
        for address, at in entries
    )
    return _answer([f'<{root} xmlns="{NAMESPACE}">\n', *lines, f"</{root}>\n"])


def _answer(pieces):
    words = "".join(['<?xml version="1.0" encoding="UTF-8"?>\n', *pieces])
    return HttpResponse(words, content_type="application/xml")


def _words(text):
    return escape(fit(text), _QUOTES)
