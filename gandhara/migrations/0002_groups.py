"""The groups Editors and Moderators, each with just the permissions of its work."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = {
    "Editors": {
        "posts": [
            "add_post", "change_post", "view_post", "publish_post", "withdraw_post",
            "add_byline", "change_byline", "delete_byline", "view_byline",
            "add_author", "change_author", "view_author",
            "add_photo", "change_photo", "view_photo",
            "add_tag", "change_tag", "view_tag",
            "add_section", "change_section", "view_section",
        ],
        "comments": ["add_forum", "change_forum", "view_forum"],
    },
    "Moderators": {
        "posts": ["view_post", "view_byline"],
        "comments": [
            "view_comment", "moderate_comment", "view_decision",
            "add_forum", "change_forum", "view_forum",
        ],
    },
}


def make_groups(apps, schema_editor):
    give_rights(apps, schema_editor, GROUPS)


def give_rights(apps, schema_editor, groups):
    """Make the groups that are missing, and give each these rights: {group: {app: codenames}}."""
    alias = schema_editor.connection.alias
    # Django makes permissions after all migrations; here they are needed now.
    for label in ("posts", "comments"):
        config = apps.get_app_config(label)
        # A migration's configuration has no models module, and Django skips such apps.
        module = getattr(config, "models_module", None)
        config.models_module = module or True
        create_permissions(config, using=alias, apps=apps, verbosity=0)
        config.models_module = module
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, rights in groups.items():
        group, _created = Group.objects.using(alias).get_or_create(name=name)
        for label, codenames in rights.items():
            found = Permission.objects.using(alias).filter(
                content_type__app_label=label, codename__in=codenames
            )
            missing = set(codenames) - set(found.values_list("codename", flat=True))
            if missing:
                raise LookupError(f"There is no permission {', '.join(sorted(missing))}.")
            group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("gandhara", "0001_initial"),
        ("posts", "0001_initial"),
        ("comments", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
