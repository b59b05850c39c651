"""Readers' pages of posts. None asks who the reader is, so any cache may keep them."""

from datetime import UTC, date, datetime

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from posts.models import Author, Blog, Post, Section, Tag

# A lead, two beside it, and three rows of three.
POSTS_ON_A_PAGE = 12
MONTHS = 12


class NotHere(Http404):
    """404 with a sentence for the reader; the words of other 404s are Django's and stay inside."""


def public(view):
    """A page for everybody: GET and HEAD only, and a cache must ask whether it is still true."""

    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return require_safe(answered)


def post_list(request, posts, template="posts/list.html", **context):
    """A page of a list of posts, newest first; 404 in words for a page that isn't there."""
    paginator = Paginator(posts.newest_first().for_lists(), POSTS_ON_A_PAGE)
    raw = request.GET.get("page", "1")
    number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= 8 else 0
    if not 1 <= number <= paginator.num_pages:
        raise NotHere(
            _("There is no page “%(page)s”. The pages go from 1 to %(last)s.")
            % {"page": raw[:40], "last": paginator.num_pages}
        )
    page = paginator.page(number)
    context |= {
        "page": page,
        "previous": number - 1 if page.has_previous() else None,
        "next": number + 1 if page.has_next() else None,
    }
    return render(request, template, context)


@public
def front(request):
    return post_list(request, Post.objects.published(), "posts/front.html")


@public
def article(request, slug):
    post = (
        Post.objects.published()
        .select_related("section", "lead_photo")
        .with_bylines()
        .filter(slug=slug)
        .first()
    )
    if post is None:
        if Post.objects.filter(slug=slug, status=Post.Status.WITHDRAWN).exists():
            return render(request, "posts/withdrawn.html", status=410)
        raise Http404
    return render(request, "posts/article.html", {"post": post})


@public
def section(request, slug):
    section = get_object_or_404(Section, slug=slug)
    posts = Post.objects.published().in_section(*with_subsections(section))
    return post_list(
        request, posts, title=section.name, about=section.description, current_section=section
    )


def with_subsections(section):
    """The section and everything that is part of it, at any depth."""
    parents = dict(Section.objects.values_list("pk", "parent"))
    found = {section.pk}
    while more := {pk for pk, parent in parents.items() if parent in found} - found:
        found |= more
    return found


@public
def tag(request, slug):
    tag = get_object_or_404(Tag, slug=slug)
    return post_list(
        request, Post.objects.published().filter(tags=tag), title=tag.name, kind=_("Tag")
    )


@public
def author(request, slug):
    author = get_object_or_404(Author, slug=slug)
    posts = Post.objects.published().filter(bylines__author=author)
    # A name that stands under nothing public is nobody's business (pseudonyms, future posts).
    if not posts.exists():
        raise Http404
    return post_list(request, posts, title=author.name, about=author.about, kind=_("Author"))


@public
def archive(request):
    zone = timezone.get_current_timezone()
    months = Post.objects.published().datetimes("published_at", "month", order="DESC", tzinfo=zone)
    return render(request, "posts/archive.html", {"months": list(months)})


@public
def month(request, year, month):
    try:
        zone = timezone.get_current_timezone()
        start = datetime(year, month, 1, tzinfo=zone)
        end = datetime(year + month // MONTHS, month % MONTHS + 1, 1, tzinfo=zone)
        start, end = start.astimezone(UTC), end.astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise NotHere(
            _("There is no month %(month)s of the year %(year)s.") % {"month": month, "year": year}
        ) from problem
    posts = Post.objects.published().filter(published_at__gte=start, published_at__lt=end)
    if not posts.exists():
        raise NotHere(_("Nothing was published in that month."))
    return post_list(request, posts, month=date(year, month, 1), kind=_("Archive"))


@public
def about(request):
    return render(request, "posts/about.html", {"blog": Blog.current()})
