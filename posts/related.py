"""Which posts stand below another one, for who has read it."""

from django.db import connection
from django.db.models import Q

from posts import search
from posts.gathering import rows
from posts.models import Post

# Only so many of the newest posts of each tag, of the section and of all are looked at, so that a
# post of a tag that half of the archive has costs no more than others.
NEWEST = 300
# Of the posts that share tags, and of those that say the same words, only the nearest are loaded;
# some of them may not be public.
MOST_SHARING, NEAREST = 40, 12
SHOWN = ("id", "headline", "slug", "language", "published_at", "section_id")

# Rows of (place or how many tags are shared, key of the choice, key of the post, whether an editor
# chose it). Written out, for Django takes longer to put such a question together than a database
# takes to answer it.
_CHOSEN = "SELECT position, id, other_id, 1 FROM posts_relatedpost WHERE post_id = %(post)s"
_SHARING = """SELECT shared, 0, id, 0 FROM (
        SELECT post.id, COUNT(*) AS shared
        FROM posts_post_tags tagged JOIN posts_post post ON post.id = tagged.post_id
        WHERE tagged.tag_id IN ({tags}) AND post.published_at IS NOT NULL
            AND post.id <> %(post)s AND post.id IN ({candidates})
        GROUP BY post.id
        ORDER BY CASE WHEN post.language = %(language)s THEN 0 ELSE 1 END,
            shared DESC, post.published_at DESC, post.id DESC
        LIMIT %(sharing)s
    ) AS sharing"""
# The newest of a tag by key, for a tag's posts have no index by their times.
_OF_TAG = """SELECT post_id FROM (
        SELECT post_id FROM posts_post_tags WHERE tag_id = {tag} ORDER BY id DESC LIMIT %(newest)s
    ) AS of_tag"""
_OF_ALL = """SELECT id FROM (
        SELECT id FROM posts_post WHERE status = 'published' {more}
        ORDER BY published_at DESC, id DESC LIMIT %(newest)s
    ) AS newest"""


def related(post, most=4):
    """At most so many public posts, the post itself never among them. Three queries.

    First those that an editor chose, in order. Then those in its language that share its tags (who
    shares more comes first, then who says the same words, then who is newer), those in its language
    that say the rare words of its headline (`posts.search`), those in its language and section,
    newest first, and last those in other languages that share its tags or words.
    """
    chosen, shared = _chosen_and_sharing(post)
    said = search.about_the_same(post, NEAREST)
    found = _public(post, {*chosen, *shared, *said}, 2 * most + 1)
    first = [found.pop(key) for key in chosen if key in found][:most]

    def is_near(row):
        is_of_section = row["section_id"] == post.section_id and row["language"] == post.language
        return row["id"] in shared or row["id"] in said or is_of_section

    def nearness(row):
        key = row["id"]
        return (
            row["language"] == post.language, shared.get(key, 0), said.get(key, 0),
            row["published_at"], key,
        )  # fmt: skip

    near = sorted(filter(is_near, found.values()), key=nearness, reverse=True)
    return rows(Post, [*first, *near[: most - len(first)]])


def _chosen_and_sharing(post):
    """Keys of the posts that an editor chose, in order, and {key: how many tags it shares} of those
    that share the most. One query."""
    # Keys of rows, so that nothing in them can be anything but a number.
    tags = [int(tag.pk) for tag in post.tags.all()]
    statement = _CHOSEN
    if tags:
        candidates = [_OF_TAG.format(tag=tag) for tag in tags]
        candidates.append(_OF_ALL.format(more=""))
        if post.section_id:
            candidates.append(_OF_ALL.format(more="AND section_id = %(section)s"))
        statement += " UNION ALL " + _SHARING.format(
            tags=", ".join(map(str, tags)), candidates=" UNION ".join(candidates)
        )
    values = {
        "post": post.pk, "section": post.section_id, "language": post.language,
        "newest": NEWEST, "sharing": MOST_SHARING,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        told = cursor.fetchall()
    chosen = [key for _place, _choice, key, is_chosen in sorted(told) if is_chosen]
    return chosen, {key: number for number, _none, key, is_chosen in told if not is_chosen}


def _public(post, keys, most_of_section):
    """{key: what is shown} of the public ones of these posts, and of the newest of the post's
    section. One query."""
    own = Post.objects.published().filter(section=post.section_id, language=post.language)
    newest = own.newest_first().values("pk")[:most_of_section]
    found = Post.objects.published().filter(Q(pk__in=keys) | Q(pk__in=newest)).exclude(pk=post.pk)
    return {each["id"]: each for each in found.order_by().values(*SHOWN)}
