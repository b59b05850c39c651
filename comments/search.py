"""Finding comments by their words, names and places, whatever letters they are typed in.

`shown` is the readers' search; `find` and `found` are the moderators', who see all.
"""

from comments import text as texts
from comments.models import Comment
from posts import highlights
from posts.wanted import Wanted
from posts.word_index import WordIndex

# Over `comments.models.Words`; migration 0004 made it.
INDEX = WordIndex("comments_words", "comment_id")

# A reader's search lists so many comments; of more it says that there are more.
MOST_SHOWN = 300
# So many keys are looked at in a step, twice as many in the next, up to the most.
FIRST_STEP, LARGEST_STEP = 500, 4_000


class Shown:
    """The comments that a reader's search found, newest first: a sequence for Django's Paginator.

    `is_all` is false where there are more than are listed. A slice loads its comments, with their
    forum and post, each with `marked_name`, `marked_place` and `excerpt`, HTML in which the words
    are marked. Counts without a query, slices in one.
    """

    def __init__(self, keys, wanted):
        self.keys, self.wanted = keys[:MOST_SHOWN], wanted
        self.is_all = len(keys) <= MOST_SHOWN

    def count(self):
        return len(self.keys)

    def __getitem__(self, asked):
        keys = self.keys[asked]
        rows = Comment.objects.select_related("forum__post").defer("forum__post__body")
        comments = rows.in_bulk(keys)
        found = [comments[key] for key in keys if key in comments and _is_public(comments[key])]
        for comment in found:
            said = " ".join(texts.plain_words(comment.text).split())
            part = highlights.excerpt(said, self.wanted)
            comment.excerpt = part or highlights.beginning(said)
            comment.marked_name = highlights.marked(texts.plain_words(comment.name), self.wanted)
            comment.marked_place = highlights.marked(texts.plain_words(comment.place), self.wanted)
        return found


def shown(wanted):
    """The Shown of the approved comments under public posts that have all words of a `Wanted`.

    The index also holds words of comments that nobody may read. They are left out one by one before
    anything is counted, so neither what is listed nor how much tells of them. Two queries a step,
    and one step unless most of the comments with these words are hidden.
    """
    found, before, step = [], None, FIRST_STEP
    while len(found) <= MOST_SHOWN:
        keys = INDEX.find(wanted, step, before)
        found += _public_of(keys)
        if len(keys) < step:
            break
        before, step = keys[-1], min(2 * step, LARGEST_STEP)
    return Shown(found[: MOST_SHOWN + 1], wanted)


def _public_of(keys):
    """Those of the keys whose comments everybody may read, in the same order."""
    # By their keys alone: SQLite would rather go through all comments of a status.
    rows = Comment.objects.select_related("forum__post").only(
        "status", "forum__post__status", "forum__post__published_at", "forum__post__unpublish_at"
    )
    comments = rows.in_bulk(keys)
    return [key for key in keys if key in comments and _is_public(comments[key])]


def _is_public(comment):
    return comment.is_shown and comment.forum.post.is_public


def find(typed, limit, before=None):
    """Keys of the newest comments that have all the words typed; the last may be a beginning.

    `before` goes on after a key that was given. Erased comments have no words, and are never found.
    """
    return INDEX.find(Wanted.typed(typed), limit, before)


def found(typed, limit, before=None):
    """The comments of `find`, newest first, as a queryset of one more query."""
    return Comment.objects.filter(pk__in=find(typed, limit, before)).order_by("-pk")


def forget_erased():
    """Let no part of the index hold words that were erased."""
    INDEX.tidy()
