"""Finding comments by their words, names and places, whatever letters they are typed in.

Both databases answer from an index of `Words` (migration 0004), so a search costs the same in a
thousand comments and in a million.
"""

from django.db import connection

from comments.models import Comment
from posts import folding

# More words than anybody types; each costs a look into the index.
MOST_WORDS = 12
# A letter alone begins too many words to look for its continuations.
PREFIX_FROM_LETTERS = 3

_SQLITE = """SELECT rowid FROM comments_words_index
    WHERE comments_words_index MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"""
_POSTGRESQL = """SELECT comment_id FROM comments_words
    WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', %s) AND comment_id < %s
    ORDER BY comment_id DESC LIMIT %s"""


def find(typed, limit, before=None):
    """Keys of the newest comments that have all the words typed; the last may be a beginning.

    `before` goes on after a key that was given. Nothing is found where nothing searchable was
    typed. Erased comments have no words and are never found.
    """
    words = folding.words(typed)[:MOST_WORDS]
    if not words:
        return []
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            _SQLITE if is_sqlite else _POSTGRESQL,
            [_query(words, is_sqlite), before or 2**62, limit],
        )
        return [key for (key,) in cursor.fetchall()]


def _query(words, is_sqlite):
    # Words are letters and digits only, so quoting them is enough for either language.
    quoted = [f'"{word}"' if is_sqlite else f"'{word}'" for word in words]
    if len(words[-1]) >= PREFIX_FROM_LETTERS:
        quoted[-1] += "*" if is_sqlite else ":*"
    return " ".join(quoted) if is_sqlite else " & ".join(quoted)


def found(typed, limit, before=None):
    """The comments of `find`, newest first, as a queryset of one more query."""
    return Comment.objects.filter(pk__in=find(typed, limit, before)).order_by("-pk")


def forget_erased():
    """Rewrite SQLite's index so that no part of it still holds words that were taken out.

    FTS5 only notes a deletion and drops the words when it merges its parts (sqlite.org/fts5.html,
    6.8); PostgreSQL's autovacuum does the like by itself. Costs a pass over the index.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO comments_words_index (comments_words_index) VALUES ('optimize')"
            )
