"""Indexes of folded words: finding rows by what they say, whatever letters it is typed in.

A table keeps, for each thing, its key and its words folded (`posts.folding`). Both databases answer
from an index of their own over such a column, so a search costs the same among a thousand things
and among a million. SQLite: an FTS5 table without a copy of the words, kept true by triggers
(sqlite.org/fts5.html, 4.4.3); the folding has been done, so its tokenizer leaves marks alone.
PostgreSQL: a GIN index over a text-search vector without stemming.
"""

from dataclasses import dataclass

from django.db import connection, models
from django.db.models.expressions import RawSQL

from posts.wanted import Term, Wanted

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
    WHERE to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)"""
_LARGEST_KEY = 2**62

_MAKE_SQLITE = (
    """CREATE VIRTUAL TABLE {table}_index USING fts5(
        {columns}, content='{table}', content_rowid='{key}',
        tokenize='unicode61 remove_diacritics 0')""",
    "INSERT INTO {table}_index ({table}_index) VALUES ('rebuild')",
    """CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN
        INSERT INTO {table}_index (rowid, {columns}) VALUES (new.{key}, {new});
    END""",
    """CREATE TRIGGER {table}_deleted AFTER DELETE ON {table} BEGIN
        INSERT INTO {table}_index ({table}_index, rowid, {columns})
        VALUES ('delete', old.{key}, {old});
    END""",
    """CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} BEGIN
        INSERT INTO {table}_index ({table}_index, rowid, {columns})
        VALUES ('delete', old.{key}, {old});
        INSERT INTO {table}_index (rowid, {columns}) VALUES (new.{key}, {new});
    END""",
)
_DROP_SQLITE = (
    "DROP TRIGGER {table}_changed",
    "DROP TRIGGER {table}_deleted",
    "DROP TRIGGER {table}_added",
    "DROP TABLE {table}_index",
)
# One a column; the first has the table's name.
_MAKE_POSTGRESQL = "CREATE INDEX {name} ON {table} USING gin (to_tsvector('simple', {column}))"
_DROP_POSTGRESQL = "DROP INDEX {name}"


@dataclass(frozen=True)
class WordIndex:
    """The index over columns of folded words of a table with the key column `key`.

    `folded` holds all words of a thing; further columns hold some of them, such as its headline.
    """

    table: str
    key: str
    columns: tuple = ("folded",)

    def find(self, wanted, limit, before=None):
        """The largest keys of rows that have all the words of a Wanted; none, if it has none.

        `before` goes on after a key that was given.
        """
        if not wanted:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                self._said(_SQLITE, _POSTGRESQL),
                [_query(wanted.terms), before or _LARGEST_KEY, limit],
            )
            return [key for (key,) in cursor.fetchall()]

    def having(self, word):
        """A subquery of the keys of all rows with this folded word, or one that it begins."""
        return self.meant(Wanted((word,)))

    def meant(self, wanted, column="folded"):
        """A subquery of the keys of all rows that have all words of a Wanted in that column."""
        query = _query(wanted.terms)
        if connection.vendor == "sqlite":
            query = f"{column} : ({query})"
        return RawSQL(self._said(_SQLITE_ALL, _POSTGRESQL_ALL, column), [query])  # noqa: S611

    def newest(self, rows, wanted, most, column="folded"):
        """The keys of the first `most` of these rows, in their order, that have all the words.

        `rows` is an ordered queryset over the things that the table keeps words of.
        """
        # Said as a case, so that both databases gather the keys that were found once and then go
        # through the rows in their order, until there are enough. Else SQLite looks at each row
        # that was found, and PostgreSQL sorts them all.
        said = models.Case(models.When(pk__in=self.meant(wanted, column), then=True), default=False)
        return list(rows.filter(said).values_list("pk", flat=True)[:most])

    def some_of_each(self, words, limit):
        """{word: at most `limit` keys of rows that have this folded word}, in one query."""
        if not words:
            return {}
        one = self._said(_SQLITE, _POSTGRESQL_SOME)
        parts = [f"SELECT %s, found.* FROM ({one}) AS found" for _word in words]  # noqa: S608
        values = [
            value
            for number, word in enumerate(words)
            for value in (number, _query([(Term(word),)]), _LARGEST_KEY, limit)
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
        if schema_editor.connection.vendor == "sqlite":
            names = {
                "columns": ", ".join(self.columns),
                "new": ", ".join(f"new.{column}" for column in self.columns),
                "old": ", ".join(f"old.{column}" for column in self.columns),
            }
            for statement in sqlite:
                schema_editor.execute(statement.format(table=self.table, key=self.key, **names))
            return
        for number, column in enumerate(self.columns):
            name = f"{self.table}_{column if number else 'index'}"
            schema_editor.execute(postgresql.format(table=self.table, name=name, column=column))

    def _said(self, sqlite, postgresql, column="folded"):
        statement = sqlite if connection.vendor == "sqlite" else postgresql
        return statement.format(table=self.table, key=self.key, column=column)


def _query(terms):
    """The database's own words for: each of these groups of Terms, any Term of a group."""
    either, both = (" OR ", " AND ") if connection.vendor == "sqlite" else (" | ", " & ")
    return both.join(f"({either.join(map(_quoted, group))})" for group in terms)


def _quoted(term):
    # Words are letters and digits only, so quoting them is enough for either language.
    if connection.vendor == "sqlite":
        return f'"{term.word}"{"*" if term.is_beginning else ""}'
    return f"'{term.word}'{':*' if term.is_beginning else ''}"
