"""Finding comments by their words, names and places, whatever letters they are typed in."""

from comments.models import Comment
from posts.word_index import WordIndex

# Over `comments.models.Words`; migration 0004 made it.
INDEX = WordIndex("comments_words", "comment_id")


def find(typed, limit, before=None):
    """Keys of the newest comments that have all the words typed; the last may be a beginning.

    `before` goes on after a key that was given. Erased comments have no words, and are never found.
    """
    return INDEX.find(typed, limit, before)


def found(typed, limit, before=None):
    """The comments of `find`, newest first, as a queryset of one more query."""
    return Comment.objects.filter(pk__in=find(typed, limit, before)).order_by("-pk")


def forget_erased():
    """Let no part of the index hold words that were erased."""
    INDEX.tidy()
