"""What moderators need at the desk, and editors for authors' marks."""

from importlib import import_module

from django.db import migrations

RIGHTS = {
    "Editors": {
        "comments": ["add_authormark", "change_authormark", "delete_authormark", "view_authormark"],
    },
    "Moderators": {
        "comments": [
            "add_rule", "change_rule", "delete_rule", "view_rule",
            "view_policy", "change_policy", "add_policy",
            "view_learnt", "view_figures",
        ],
    },
}


def give(apps, schema_editor):
    import_module("gandhara.migrations.0002_groups").give_rights(apps, schema_editor, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("gandhara", "0002_groups"),
        ("comments", "0003_words_of_comments"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
