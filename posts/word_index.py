"""Indexes of folded words: finding rows by what they say, whatever letters it is typed in.

A table keeps, for each thing, its key and its words folded (`posts.folding`). Both databases answer
from an index of their own over that column, so a search costs the same among a thousand things and
among a million. SQLite: an FTS5 table without a copy of the words, kept true by triggers
(sqlite.org/fts5.html, 4.4.3); the folding has been done, so its tokenizer leaves marks alone.
PostgreSQL: a GIN index over a text-search vector without stemming.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models.expressions import RawSQL

from posts import folding

# More words than anybody types; each costs a look into the index.
MOST_WORDS = 12
# A letter alone begins too many words to look for its continuations.
PREFIX_FROM_LETTERS = 3

_SQLITE = """SELECT rowid FROM {table}_index
    WHERE {table}_index MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"""
_POSTGRESQL = """SELECT {key} FROM {table}
    WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', %s) AND {key} < %s
    ORDER BY {key} DESC LIMIT %s"""
# Found by the index before it is cut short: planned together, PostgreSQL goes through the newest
# rows and derives the vector of each, which takes half a millisecond a long post.
_POSTGRESQL_SOME = """WITH found AS MATERIALIZED (SELECT {key} FROM {table}
        WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', %s) AND {key} < %s)
    SELECT {key} FROM found LIMIT %s"""
_SQLITE_ALL = "SELECT rowid FROM {table}_index WHERE {table}_index MATCH %s"
_POSTGRESQL_ALL = """SELECT {key} FROM {table}
    WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', %s)"""
_LARGEST_KEY = 2**62

_MAKE_SQLITE = (
    """CREATE VIRTUAL TABLE {table}_index USING fts5(
        folded, content='{table}', content_rowid='{key}',
        tokenize='unicode61 remove_diacritics 0')""",
    "INSERT INTO {table}_index ({table}_index) VALUES ('rebuild')",
    """CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN
        INSERT INTO {table}_index (rowid, folded) VALUES (new.{key}, new.folded);
    END""",
    """CREATE TRIGGER {table}_deleted AFTER DELETE ON {table} BEGIN
        INSERT INTO {table}_index ({table}_index, rowid, folded)
        VALUES ('delete', old.{key}, old.folded);
    END""",
    """CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} BEGIN
        INSERT INTO {table}_index ({table}_index, rowid, folded)
        VALUES ('delete', old.{key}, old.folded);
        INSERT INTO {table}_index (rowid, folded) VALUES (new.{key}, new.folded);
    END""",
)
_DROP_SQLITE = (
    "DROP TRIGGER {table}_changed",
    "DROP TRIGGER {table}_deleted",
    "DROP TRIGGER {table}_added",
    "DROP TABLE {table}_index",
)
_MAKE_POSTGRESQL = (
    "CREATE INDEX {table}_index ON {table} USING gin (to_tsvector('simple', folded))",
)
_DROP_POSTGRESQL = ("DROP INDEX {table}_index",)


@dataclass(frozen=True)
class WordIndex:
    """The index over the column `folded` of a table with the key column `key`."""

    table: str
    key: str

    def find(self, typed, limit, before=None):
        """The largest keys of rows that have all the words typed; the last may be a beginning.

        `before` goes on after a key that was given. Nothing is found where nothing searchable was
        typed.
        """
        words = folding.words(typed)[:MOST_WORDS]
        if not words:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                self._said(_SQLITE, _POSTGRESQL),
                [_query(words), before or _LARGEST_KEY, limit],
            )
            return [key for (key,) in cursor.fetchall()]

    def having(self, word):
        """A subquery of the keys of all rows with this folded word, or one that it begins."""
        return RawSQL(self._said(_SQLITE_ALL, _POSTGRESQL_ALL), [_query([word])])  # noqa: S611

    def some_of_each(self, words, limit):
        """{word: at most `limit` keys of rows that have this folded word}, in one query."""
        if not words:
            return {}
        one = self._said(_SQLITE, _POSTGRESQL_SOME)
        parts = [f"SELECT %s, found.* FROM ({one}) AS found" for _word in words]  # noqa: S608
        values = [
            value
            for number, word in enumerate(words)
            for value in (number, _query([word], whole=True), _LARGEST_KEY, limit)
        ]
        found = {word: [] for word in words}
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, key in cursor.fetchall():
                found[words[int(number)]].append(key)
        return found

    def tidy(self):
        """Rewrite SQLite's index so that no part of it still holds words that were taken out.

        FTS5 only notes a deletion and drops the words when it merges its parts (sqlite.org/
        fts5.html, 6.8); PostgreSQL's autovacuum does the like by itself. Costs a pass over it.
        """
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {self.table}_index ({self.table}_index) VALUES ('optimize')")  # noqa: E501, S608  # fmt: skip

    # For migrations. A migration that remakes the table on SQLite must make the index anew.

    def make(self, _apps, schema_editor):
        self._run(schema_editor, _MAKE_SQLITE, _MAKE_POSTGRESQL)

    def drop(self, _apps, schema_editor):
        self._run(schema_editor, _DROP_SQLITE, _DROP_POSTGRESQL)

    def _run(self, schema_editor, sqlite, postgresql):
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for statement in sqlite if is_sqlite else postgresql:
            schema_editor.execute(statement.format(table=self.table, key=self.key))

    def _said(self, sqlite, postgresql):
        statement = sqlite if connection.vendor == "sqlite" else postgresql
        return statement.format(table=self.table, key=self.key)


def _query(words, whole=False):
    is_sqlite = connection.vendor == "sqlite"
    # Words are letters and digits only, so quoting them is enough for either language.
    quoted = [f'"{word}"' if is_sqlite else f"'{word}'" for word in words]
    if not whole and len(words[-1]) >= PREFIX_FROM_LETTERS:
        quoted[-1] += "*" if is_sqlite else ":*"
    return " ".join(quoted) if is_sqlite else " & ".join(quoted)
