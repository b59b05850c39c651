"""Posts that are translations of each other: which they are, and how they come together.

Such posts share a `story`. None of them is the head of the others: when one is withdrawn, deleted
or taken out, the rest stay together. A story has one post in a language at most, which the database
sees to as well.
"""

import uuid

from posts import editions, languages
from posts.models import Post

# What a page shows of a version.
SHOWN = ("id", "headline", "slug", "language", "published_at")
_ORDER = {code: number for number, code in enumerate(languages.LANGUAGES)}


def fellows(post):
    """The other posts of its story, public or not, in the order of languages: for the newsroom."""
    if post.story is None:
        return []
    others = Post.objects.filter(story=post.story).exclude(pk=post.pk).defer("body", "opening")
    return sorted(others, key=_by_language)


def public_versions(post):
    """What the public may see of its story, itself among them, in the order of languages.

    Empty where there is nothing but the post itself. Asks the database only for a post of a story.
    """
    if post.story is None:
        return []
    return of_story(post, Post.objects.published().filter(story=post.story).only(*SHOWN))


def of_story(post, found):
    """The same out of the public posts of its story."""
    found = sorted(found, key=_by_language)
    return found if any(each.pk != post.pk for each in found) else []


def default_version(versions):
    """The version for who reads none of its languages: the default edition's, else the oldest."""
    own = [each for each in versions if each.language == editions.default().code]
    return (own or sorted(versions, key=lambda each: (each.published_at, each.pk)))[0]


def same_language(story, language, without):
    """The post of a story that is in this language and isn't the one `without`; None if none is."""
    if story is None:
        return None
    return Post.objects.filter(story=story, language=language).exclude(pk=without).first()


def story_with(other):
    """The story of another post, which begins one if it has none yet."""
    if other.story is None:
        Post.objects.filter(pk=other.pk, story=None).update(story=uuid.uuid4())
        other.refresh_from_db(fields=["story"])
    return other.story


def _by_language(post):
    return _ORDER.get(post.language, len(_ORDER)), post.pk
