"""Keeps the words of headlines apart as well, and finds words with a non-joiner as joined ones too.

The index is made anew: it covers one more column, and on SQLite adding one remakes the table.
"""

from django.db import migrations, models
from django.db.models import Q

from posts import body, folding
from posts.word_index import WordIndex

OLD = WordIndex("posts_postwords", "post_id")
INDEX = WordIndex("posts_postwords", "post_id", ("folded", "headline"))
AT_ONCE = 2_000
TEXTS = ("headline", "summary", "second_line", "slug", "body")


def fill(apps, schema_editor):
    connection = schema_editor.connection
    posts = apps.get_model("posts", "Post").objects.using(connection.alias).order_by("pk")
    headlines = posts.values_list("pk", "headline")
    _set(connection, "headline", ((key, folding.searchable(said)) for key, said in _each(headlines)))
    with_one = Q()
    for name in TEXTS:
        with_one |= Q(**{f"{name}__contains": folding.NON_JOINER})
    texts = posts.filter(with_one).values_list("pk", *TEXTS)
    _set(connection, "folded", ((key, _folded(*said)) for key, *said in _each(texts)))


def _folded(headline, summary, second_line, slug, html):
    said = (headline, summary, second_line, slug, body.plain(html))
    return folding.searchable(" ".join(said))[:200_000]


def _each(rows):
    """All rows, read by key in portions: none is kept open while others are written."""
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield from some
        last = some[-1][0]


def _set(connection, column, values):
    statement = f"UPDATE posts_postwords SET {column} = %s WHERE post_id = %s"
    with connection.cursor() as cursor:
        some = []
        for key, words in values:
            some.append((words, key))
            if len(some) == AT_ONCE:
                cursor.executemany(statement, some)
                some = []
        if some:
            cursor.executemany(statement, some)


def count(apps, schema_editor):
    """An index of which a planner knows nothing looks better to it than those that it knows."""
    for table in ("posts_post", "posts_postwords"):
        schema_editor.execute(f"ANALYZE {table}")


class Migration(migrations.Migration):
    dependencies = [("posts", "0010_words_of_editions")]

    operations = [
        migrations.RunPython(OLD.drop, OLD.make),
        migrations.AddField("postwords", "headline", models.TextField(default="")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(INDEX.make, INDEX.drop),
        migrations.RemoveIndex("post", "post_public_order"),
        migrations.AddIndex(
            "post",
            models.Index(
                fields=["status", "-published_at", "-id", "unpublish_at", "language", "section"],
                name="post_public_walk",
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
