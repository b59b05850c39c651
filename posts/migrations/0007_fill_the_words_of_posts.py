"""Folds the words of the posts that are there already.

Apart from the index itself: PostgreSQL makes none on a table whose rows wait for their commit.
"""

from django.db import migrations

from posts import body, folding

AT_ONCE = 400


def fold(apps, schema_editor):
    alias = schema_editor.connection.alias
    Post = apps.get_model("posts", "Post")
    PostWords = apps.get_model("posts", "PostWords")
    rows = []
    posts = Post.objects.using(alias).filter(postwords=None).order_by("pk")
    for post in posts.iterator(chunk_size=AT_ONCE):
        said = (post.headline, post.summary, post.second_line, post.slug, body.plain(post.body))
        folded = " ".join(folding.words(" ".join(said)))[:200_000]
        rows.append(PostWords(post_id=post.pk, folded=folded))
        if len(rows) == AT_ONCE:
            PostWords.objects.using(alias).bulk_create(rows)
            rows = []
    PostWords.objects.using(alias).bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("posts", "0006_words_of_posts")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
