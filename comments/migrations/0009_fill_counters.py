from django.db import migrations

from comments.counters import count_anew


class Migration(migrations.Migration):
    """Apart from the columns themselves: PostgreSQL alters no table that it has just filled."""

    dependencies = [("comments", "0008_counters")]

    operations = [
        migrations.RunPython(
            lambda apps, _editor: count_anew(apps=apps), migrations.RunPython.noop
        ),
    ]
