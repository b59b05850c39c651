"""A post with all that its own page names, in one query."""

import json

from django.db.models import Case, OuterRef, When
from django.utils.dateparse import parse_datetime

from posts import translations
from posts.gathering import Gathered, rows
from posts.models import Author, Byline, Post, Tag


def public(slug):
    """The public post with this slug, or None; it knows its section, lead photo, bylines, tags and
    versions without being asked again."""
    here = OuterRef("pk")
    found = (
        Post.objects.published()
        .filter(slug=slug)
        .select_related("section", "lead_photo")
        .annotate(
            its_bylines=Gathered(
                Byline.objects.filter(post=here),
                "id", "post_id", "author_id", "role", "position",
                name="author__name", slug="author__slug",
            ),
            its_tags=Gathered(Tag.objects.filter(posts=here), "id", "translations", "name", "slug"),
            # Asked only for a story's posts: where hardly any post has a story, SQLite takes the
            # index of stories for worthless and goes through all posts.
            its_versions=Case(
                When(
                    story__isnull=False,
                    then=Gathered(
                        Post.objects.published().filter(story=OuterRef("story")).order_by(),
                        *translations.SHOWN,
                    ),
                )
            ),
        )
        .first()
    )  # fmt: skip
    if found is None:
        return None
    _remember(found, "bylines", list(_bylines(found.its_bylines)))
    _remember(found, "tags", _tags(found.its_tags))
    found.versions = translations.of_story(found, _versions(found.its_versions))
    return found


def _remember(post, name, found):
    """Let `post.….all()` give these, as prefetch_related does."""
    queryset = getattr(post, name).all()
    queryset._result_cache, queryset._prefetch_done = found, True
    if not hasattr(post, "_prefetched_objects_cache"):
        post._prefetched_objects_cache = {}
    post._prefetched_objects_cache[name] = queryset


def _bylines(gathered):
    for each in gathered or []:
        author = {"id": each["author_id"], "name": each.pop("name"), "slug": each.pop("slug")}
        [line] = rows(Byline, [each])
        [line.author] = rows(Author, [author])
        yield line


def _tags(gathered):
    for each in gathered or []:
        # SQLite has JSON as text, also within JSON.
        if isinstance(each["translations"], str):
            each["translations"] = json.loads(each["translations"])
    return rows(Tag, gathered)


def _versions(gathered):
    for each in gathered or []:
        each["published_at"] = parse_datetime(each["published_at"])
    return rows(Post, gathered)
