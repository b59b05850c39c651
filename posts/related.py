"""Which posts stand below another one, for who has read it."""

from django.db.models import Q, Value

from posts import search
from posts.models import Post, RelatedPost

# Only so many of the newest posts of each tag, of the section and of all are looked at, so that a
# post of a tag that half of the archive has costs no more than others.
NEWEST = 100
# Of the posts that share tags, and of those that say the same words, only the nearest are loaded.
MOST_SHARING, NEAREST = 80, 12
SHOWN = ("headline", "slug", "language", "published_at", "section")


def related(post, most=4):
    """At most so many public posts, the post itself never among them. Three queries.

    First those that an editor chose, in order. Then those in its language that share its tags (who
    shares more comes first, then who says the same words, then who is newer), those in its language
    that say the rare words of its headline (`posts.search`), those in its language and section,
    newest first, and last those in other languages that share its tags or words.
    """
    chosen, shared = _chosen_and_sharing(post)
    said = search.about_the_same(post, NEAREST)
    found = _public(post, {*chosen, *_sharing_most(shared), *said}, 2 * most + 1)
    first = [found.pop(key) for key in chosen if key in found][:most]

    def is_near(each):
        is_of_section = each.section_id == post.section_id and each.language == post.language
        return each.pk in shared or each.pk in said or is_of_section

    def nearness(each):
        number, words = len(shared.get(each.pk, ())), said.get(each.pk, 0)
        return each.language == post.language, number, words, each.published_at, each.pk

    near = sorted(filter(is_near, found.values()), key=nearness, reverse=True)
    return [*first, *near[: most - len(first)]]


def _chosen_and_sharing(post):
    """Keys of the posts that an editor chose, and {key: tags that it shares}. One query."""
    tags = [tag.pk for tag in post.tags.all()]
    chosen = RelatedPost.objects.order_by().filter(post=post)
    chosen = chosen.values_list("other", Value(0), "position", "pk")
    parts = _parts_sharing(post, tags) if tags else []
    parts = [part.values_list("post", "tag", Value(0), Value(0)) for part in parts]
    rows, shared = chosen.union(*parts), {}
    placed = []
    for key, tag, position, pk in rows:
        if tag:
            shared.setdefault(key, set()).add(tag)
        else:
            placed.append((position, pk, key))
    shared.pop(post.pk, None)
    return [key for _position, _pk, key in sorted(placed)], shared


def _parts_sharing(post, tags):
    """Rows of (post, tag), of which each slice stands within a query of its own: SQLite takes none
    in the parts of a union."""
    tagged = Post.tags.through.objects.order_by()
    public = Post.objects.published().newest_first().values("pk")
    for newest in (public, public.filter(section=post.section_id)):
        yield tagged.filter(tag__in=tags, post__in=newest[:NEWEST])
    for tag in tags:
        # The newest by key: a tag's posts have no index by their times.
        newest = tagged.filter(tag=tag).order_by("-pk").values("pk")[:NEWEST]
        yield tagged.filter(pk__in=newest)


def _sharing_most(shared):
    return sorted(shared, key=lambda key: (-len(shared[key]), -key))[:MOST_SHARING]


def _public(post, keys, most_of_section):
    """{key: post} of the public ones of these, and the newest of the post's section. One query."""
    own = Post.objects.published().filter(section=post.section_id, language=post.language)
    newest = own.newest_first().values("pk")[:most_of_section]
    found = Post.objects.published().filter(Q(pk__in=keys) | Q(pk__in=newest)).exclude(pk=post.pk)
    return {each.pk: each for each in found.order_by().only(*SHOWN)}
