"""What was never pending was decided on as it came; without the moment the desk does not list it."""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    comments = apps.get_model("comments", "Comment").objects.using(schema_editor.connection.alias)
    without = comments.filter(decided_at=None).exclude(status="pending")
    without.update(decided_at=F("submitted_at"))


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_index_of_words")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
