"""Which posts stand below another one, for who has read it."""

from django.db import models

from posts import search
from posts.models import Post, RelatedPost

# Only so many of the newest posts of each tag, of the section and of all are looked at, so that a
# post of a tag that half of the archive has costs no more than others.
NEWEST = 300
# Of the posts that say the same words, only the nearest are looked at.
NEAREST = 12


def related(post, most=4):
    """At most so many public posts, the post itself never among them. Three queries.

    First those that an editor chose, in order. Then those in its language that share its tags (who
    shares more comes first, then who says the same words, then who is newer), those in its language
    that say the rare words of its headline (`posts.search`), those in its language and section,
    newest first, and last those in other languages that share its tags or words.
    """
    chosen = _chosen(post, most)
    if len(chosen) == most:
        return chosen
    without = {post.pk, *(each.pk for each in chosen)}
    return chosen + list(_near(post, without)[: most - len(chosen)])


def _chosen(post, most):
    seen = Post.objects.published().filter(pk=models.OuterRef("other"))
    rows = (
        RelatedPost.objects.filter(models.Exists(seen), post=post)
        .order_by("position", "pk")
        .select_related("other")
        .only("post", *(f"other__{name}" for name in SHOWN))
    )
    return [row.other for row in rows[:most]]


SHOWN = ("headline", "slug", "language", "published_at")


def _near(post, without):
    tagged = Post.tags.through.objects
    tags = [tag.pk for tag in post.tags.all()]
    shared = tagged.filter(post=models.OuterRef("pk"), tag__in=tags).order_by().values("post")
    own_section = models.Q(section=post.section_id, language=post.language)
    said = search.about_the_same(post, NEAREST)
    return (
        Post.objects.published()
        .filter(models.Q(pk__in=_candidates(post, tags)) | models.Q(pk__in=list(said)))
        .exclude(pk__in=without)
        .annotate(
            shared=models.functions.Coalesce(
                models.Subquery(shared.annotate(number=models.Count("*")).values("number")), 0
            ),
            said=models.Case(
                *(models.When(pk=key, then=models.Value(near)) for key, near in said.items()),
                default=0.0, output_field=models.FloatField(),
            ),
            own_language=models.Case(
                models.When(language=post.language, then=0), default=1,
                output_field=models.IntegerField(),
            ),
        )
        .filter(models.Q(shared__gt=0) | models.Q(said__gt=0) | own_section)
        .order_by("own_language", "-shared", "-said", "-published_at", "-pk")
        .only(*SHOWN)
    )  # fmt: skip


def _candidates(post, tags):
    """Keys of posts that may be near: the newest of its section, of each tag, and of all."""
    public = Post.objects.published().newest_first()
    section = public.filter(section=post.section_id)
    # Each slice within a query of its own: SQLite takes none in the parts of a union.
    parts = [
        Post.objects.order_by().filter(pk__in=part.values("pk")[:NEWEST]).values("pk")
        for part in (section, public)
    ]
    tagged = Post.tags.through.objects
    for tag in tags:
        # The newest by key: a tag's posts have no index by their times.
        newest = tagged.filter(tag=tag).order_by("-pk").values("pk")[:NEWEST]
        parts.append(tagged.filter(pk__in=newest).values("post"))
    return parts[0].union(*parts[1:])
