"""Authors write and send to review; editors also correct, arrange the front page and relate."""

from importlib import import_module

from django.db import migrations

RIGHTS = {
    "Authors": {
        "posts": [
            "add_post", "change_post", "view_post",
            "add_byline", "change_byline", "delete_byline", "view_byline",
            "add_relatedpost", "change_relatedpost", "delete_relatedpost", "view_relatedpost",
            "view_author", "view_section", "view_revision",
            "add_photo", "change_photo", "view_photo",
            "add_tag", "view_tag",
        ],
    },
    "Editors": {
        "posts": [
            "add_relatedpost", "change_relatedpost", "delete_relatedpost", "view_relatedpost",
            "add_placement", "change_placement", "delete_placement", "view_placement",
            "add_correction", "change_correction", "view_correction",
            "view_revision", "view_statechange", "view_brokenlink", "view_oldslug",
        ],
    },
}  # fmt: skip


def give(apps, schema_editor):
    import_module("gandhara.migrations.0002_groups").give_rights(apps, schema_editor, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("gandhara", "0003_rights_of_the_desk"),
        ("posts", "0003_photos_in_use"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
