"""Writes down which photos the stored posts show, and the words that the library looks in."""

import re

from django.db import migrations

from posts import folding

_FILE = re.compile(r'\bdata-file="(\d{1,15})"')
AT_ONCE = 500


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    Photo = apps.get_model("posts", "Photo")
    Post = apps.get_model("posts", "Post")
    PhotoUse = apps.get_model("posts", "PhotoUse")
    there = set(Photo.objects.using(alias).values_list("pk", flat=True))
    batch = []
    for photo in Photo.objects.using(alias).iterator(AT_ONCE):
        said = f"{photo.caption} {photo.credit} {photo.creator} {photo.alt_text}"
        photo.folded = " ".join(folding.words(said))
        batch.append(photo)
        if len(batch) == AT_ONCE:
            Photo.objects.using(alias).bulk_update(batch, ["folded"])
            batch = []
    Photo.objects.using(alias).bulk_update(batch, ["folded"])
    uses = []
    rows = Post.objects.using(alias).values_list("pk", "lead_photo", "body")
    for pk, lead, body in rows.iterator(AT_ONCE):
        shown = {lead, *map(int, _FILE.findall(body))} & there
        uses += [PhotoUse(post_id=pk, photo_id=photo) for photo in sorted(shown)]
    PhotoUse.objects.using(alias).bulk_create(uses, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("posts", "0002_newsroom")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
