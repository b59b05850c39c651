"""Readers' pages of posts. None asks who the reader is, so any cache may keep them."""

from datetime import UTC, datetime
from functools import partial

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from posts import articles, calendars, editions, languages, placing, previews, versions
from posts.models import Author, Blog, Correction, OldSlug, Post, Section, Tag
from posts.related import related

# A lead, two beside it, and three rows of three.
POSTS_ON_A_PAGE = 12
CORRECTIONS_ON_A_PAGE = 30
# What addresses of lists, and of posts with their discussion, may ask.
PAGED = ("page",)
DISCUSSED = ("page", "sort", "since")


class NotHere(Http404):
    """404 with a sentence for the reader; the words of other 404s are Django's and stay inside."""


def public(view=None, *, asks=()):
    """A page for everybody: GET and HEAD only, and a cache must ask whether it is still true.

    All that it reads is of one moment (`versions.snapshot`). `asks` are the names in an address's
    query that change the page, `lite` aside; the page cache drops all others.
    """
    if view is None:
        return partial(public, asks=asks)

    def answered(request, *args, **kwargs):
        with versions.snapshot():
            response = view(request, *args, **kwargs)
            versions.true_until_the_next_turn()
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    answered = require_safe(answered)
    answered.asks = frozenset(asks)
    return answered


def post_list(request, posts, template="posts/list.html", **context):
    """A page of a list of posts, newest first; 404 in words for a page that isn't there."""
    return _listed(request, lambda: posts.newest_first().for_lists(), template, context)


def _listed(request, posts, template, context):
    """A page of `posts()`, which no comment changes: a front page tells of many discussions."""

    def here():
        found = page_of(request, Paginator(posts(), POSTS_ON_A_PAGE))
        found["page"].object_list = list(found["page"].object_list)
        return found

    asked = request.path_info, request.GET.get("page")
    return render(request, template, context | versions.kept(("list", *asked), here))


def page_of(request, paginator):
    raw = request.GET.get("page", "1")
    number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= 8 else 0
    if not 1 <= number <= paginator.num_pages:
        raise NotHere(
            _("There is no page “%(page)s”. The pages go from 1 to %(last)s.")
            % {"page": raw[:40], "last": paginator.num_pages}
        )
    page = paginator.page(number)
    return {
        "page": page,
        "previous": number - 1 if page.has_previous() else None,
        "next": number + 1 if page.has_next() else None,
    }


@public(asks=PAGED)
def front(request):
    public_posts = Post.objects.published()
    return _listed(request, lambda: placing.Arranged(public_posts), "posts/front.html", {})


@public(asks=DISCUSSED)
def article(request, slug):
    post = articles.public(slug)
    if post is None:
        return gone_or_moved(request, slug)
    editions.speak(post.language)
    near = versions.kept(("related", post.pk), lambda: related(post))
    return render(request, "posts/article.html", {"post": post, "related": near})


def gone_or_moved(request, slug):
    """What an address answers that shows no post: 410 with its note, 301 to where it is, or 404."""
    post = Post.objects.filter(slug=slug).first()
    moved = None
    if post is None:
        moved = OldSlug.objects.select_related("post").filter(slug=slug).first()
        post = moved.post if moved else None
    if post is None:
        raise Http404
    if moved and post.is_public:
        return redirect(post, permanent=True)
    if post.is_taken_down:
        editions.speak(post.language)
        return render(request, "posts/withdrawn.html", {"post": post}, status=410)
    raise Http404


@require_safe
def preview(request, secret):
    """A post for somebody who was given its secret address; nothing on the way may keep it."""
    post = previews.post_of(secret)
    if post is None:
        raise NotHere(_("This preview was ended, or is too old. Ask the newsroom for a new one."))
    editions.speak(post.language)
    context = {
        "post": post, "related": related(post), "is_preview": True, "is_secret": True
    }  # fmt: skip
    response = render(request, "posts/article.html", context)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    # The address is the secret: it must not leave with a link.
    response["Referrer-Policy"] = "no-referrer"
    return response


@public(asks=PAGED)
def corrections(request):
    rows = Correction.objects.public().select_related("post").defer("post__body")
    paginator = Paginator(rows, CORRECTIONS_ON_A_PAGE)
    context = page_of(request, paginator)
    return render(request, "posts/corrections.html", context)


@public(asks=PAGED)
def section(request, slug):
    section = get_object_or_404(Section, slug=slug)
    posts = Post.objects.published().in_section(*with_subsections(section))
    context = {
        "title": section.label, "about": section.said("description"),
        "current_section": section, "place": section,
    }  # fmt: skip
    return _listed(request, lambda: placing.Arranged(posts, section), "posts/list.html", context)


def with_subsections(section):
    """The section and everything that is part of it, at any depth."""
    parents = dict(Section.objects.values_list("pk", "parent"))
    found = {section.pk}
    while more := {pk for pk, parent in parents.items() if parent in found} - found:
        found |= more
    return found


@public(asks=PAGED)
def tag(request, slug):
    tag = get_object_or_404(Tag, slug=slug)
    return post_list(
        request,
        Post.objects.published().filter(tags=tag),
        title=tag.label, kind=_("Tag"), place=tag,
    )  # fmt: skip


@public(asks=PAGED)
def author(request, slug):
    author = get_object_or_404(Author, slug=slug)
    posts = Post.objects.published().by(author)
    # A name that stands under nothing public is nobody's business (pseudonyms, future posts).
    if not posts.exists():
        raise Http404
    return post_list(
        request, posts, title=author.name, about=author.about, kind=_("Author"), place=author
    )


@public
def archive(request):
    return render(request, "posts/archive.html", {"years": _years()})


def _years():
    """[(year, [month, …])] in which the edition published something, the newest first."""
    zone = timezone.get_current_timezone()
    posts = Post.objects.published().in_edition()
    # Only days can be put into months of another calendar.
    kind = "day" if languages.spoken().has_solar_calendar else "month"
    days = posts.datetimes("published_at", kind, order="DESC", tzinfo=zone)
    months = dict.fromkeys(calendars.month_of(day.date()) for day in days)
    years = {}
    for year, month in months:
        years.setdefault(year, []).append(month)
    return list(years.items())


@public(asks=PAGED)
def month(request, year, month):
    try:
        zone = timezone.get_current_timezone()
        start, end = (
            datetime.combine(day, datetime.min.time(), zone).astimezone(UTC)
            for day in calendars.ends_of_month(year, month)
        )
    except (ValueError, OverflowError) as problem:
        raise NotHere(
            _("There is no month %(month)s of the year %(year)s.") % {"month": month, "year": year}
        ) from problem
    posts = (
        Post.objects.published().in_edition().filter(published_at__gte=start, published_at__lt=end)
    )
    if not posts.exists():
        raise NotHere(_("Nothing was published in that month."))
    return post_list(request, posts, title=calendars.month(year, month), kind=_("Archive"))


@public
def about(request):
    return render(request, "posts/about.html", {"blog": Blog.spoken()})
