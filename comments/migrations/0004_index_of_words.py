"""The databases' own full-text indexes over `Words.folded`.

SQLite: an FTS5 table without a copy of the words, kept true by triggers (sqlite.org/fts5.html,
4.4.3). The folding has already been done, so the tokenizer leaves marks alone. PostgreSQL: a GIN
index over a text-search vector without stemming.
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE comments_words_index USING fts5(
        folded, content='comments_words', content_rowid='comment_id',
        tokenize='unicode61 remove_diacritics 0')""",
    "INSERT INTO comments_words_index (comments_words_index) VALUES ('rebuild')",
    """CREATE TRIGGER comments_words_added AFTER INSERT ON comments_words BEGIN
        INSERT INTO comments_words_index (rowid, folded) VALUES (new.comment_id, new.folded);
    END""",
    """CREATE TRIGGER comments_words_deleted AFTER DELETE ON comments_words BEGIN
        INSERT INTO comments_words_index (comments_words_index, rowid, folded)
        VALUES ('delete', old.comment_id, old.folded);
    END""",
    """CREATE TRIGGER comments_words_changed AFTER UPDATE ON comments_words BEGIN
        INSERT INTO comments_words_index (comments_words_index, rowid, folded)
        VALUES ('delete', old.comment_id, old.folded);
        INSERT INTO comments_words_index (rowid, folded) VALUES (new.comment_id, new.folded);
    END""",
)
SQLITE_BACK = (
    "DROP TRIGGER comments_words_changed",
    "DROP TRIGGER comments_words_deleted",
    "DROP TRIGGER comments_words_added",
    "DROP TABLE comments_words_index",
)
POSTGRESQL = (
    """CREATE INDEX comments_words_index ON comments_words
    USING gin (to_tsvector('simple', folded))""",
)
POSTGRESQL_BACK = ("DROP INDEX comments_words_index",)


def run(sqlite, postgresql):
    def operation(apps, schema_editor):
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for statement in sqlite if is_sqlite else postgresql:
            schema_editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_words_of_comments")]

    operations = [
        migrations.RunPython(run(SQLITE, POSTGRESQL), run(SQLITE_BACK, POSTGRESQL_BACK)),
    ]
