"""Finding posts by what they say, in whatever spelling it is typed."""

from django.db.models import Q

from posts import folding
from posts.models import Author, Byline
from posts.word_index import MOST_WORDS, WordIndex

# Over `posts.models.PostWords`; migration 0006 made it.
INDEX = WordIndex("posts_postwords", "post_id")
# Words that stand in as many posts tell nothing of what a post is about.
COMMON_FROM = 60
# Of a headline; the longest, since those are the rarest (Zipf's law of abbreviation).
TELLING_WORDS, LETTERS_OF_A_TELLING_WORD = 6, 4
# One word that only five others have, or several that more have: less is chance.
NEAR_FROM = 0.2


def having(queryset, typed):
    """The posts of a queryset that have all the words typed, in their text or their byline."""
    words = folding.words(typed)[:MOST_WORDS]
    authors = Author.objects.in_bulk() if words else {}
    for word in words:
        said = Q(pk__in=INDEX.having(word))
        named = [key for key, author in authors.items() if word in folding.fold(author.name)]
        if named:
            said |= Q(pk__in=Byline.objects.filter(author__in=named).values("post"))
        queryset = queryset.filter(said)
    return queryset


def about_the_same(post, most):
    """{key: how near} of the posts that share telling words with a post's headline, the `most`
    nearest. One query.

    A word counts the more, the fewer posts have it; one that many have counts nothing.
    """
    words = {
        word for word in folding.words(post.headline) if len(word) >= LETTERS_OF_A_TELLING_WORD
    }
    words = sorted(words, key=lambda word: (-len(word), word))
    found = INDEX.some_of_each(words[:TELLING_WORDS], COMMON_FROM)
    near = {}
    for keys in found.values():
        others = set(keys) - {post.pk}
        if len(keys) < COMMON_FROM:
            for key in others:
                near[key] = near.get(key, 0) + 1 / len(others)
    nearest = sorted(near, key=lambda key: (-near[key], -key))[:most]
    return {key: near[key] for key in nearest if near[key] >= NEAR_FROM}
