"""Indexes for the lists of an edition: a language's posts, and those of a section in it."""

from django.db import migrations, models


def count(apps, schema_editor):
    """An index of which a planner knows nothing looks better to it than those that it knows."""
    schema_editor.execute("ANALYZE posts_post")


class Migration(migrations.Migration):
    dependencies = [("posts", "0012_translations")]

    operations = [
        migrations.RemoveIndex("post", "post_language_order"),
        migrations.AddIndex(
            "post",
            models.Index(
                fields=["language", "status", "-published_at", "-id", "unpublish_at"],
                name="post_language_walk",
            ),
        ),
        migrations.AddIndex(
            "post",
            models.Index(
                fields=["section", "language", "status", "-published_at", "-id", "unpublish_at"],
                name="post_section_walk",
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
