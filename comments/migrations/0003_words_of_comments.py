"""Works out what comments now keep beside their words, for those that are there already."""

from django.db import migrations

from posts import folding


def derive(apps, schema_editor):
    from comments.models.comments import fingerprint_of, key_of_name

    alias = schema_editor.connection.alias
    Comment = apps.get_model("comments", "Comment")
    Words = apps.get_model("comments", "Words")
    some, words = [], []

    def store():
        Comment.objects.using(alias).bulk_update(some, ["name_key", "fingerprint"])
        Words.objects.using(alias).bulk_create(words)
        some.clear()
        words.clear()

    for comment in Comment.objects.using(alias).order_by("pk").iterator(chunk_size=400):
        comment.name_key = key_of_name(comment.name)
        comment.fingerprint = fingerprint_of(comment.text)
        some.append(comment)
        said = f"{comment.name} {comment.place} {comment.text}"
        words.append(Words(comment_id=comment.pk, folded=" ".join(folding.words(said))))
        if len(some) == 400:
            store()
    store()


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_moderation")]

    operations = [migrations.RunPython(derive, migrations.RunPython.noop)]
