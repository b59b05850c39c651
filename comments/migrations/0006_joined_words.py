"""Finds words with a non-joiner as joined ones too, in the comments that are there already."""

from django.db import migrations
from django.db.models import Q

from posts import folding

AT_ONCE = 400


def fold(apps, schema_editor):
    alias = schema_editor.connection.alias
    Comment = apps.get_model("comments", "Comment")
    Words = apps.get_model("comments", "Words")
    with_one = Q()
    for name in ("name", "place", "text"):
        with_one |= Q(**{f"{name}__contains": folding.NON_JOINER})
    comments = Comment.objects.using(alias).filter(with_one).order_by("pk")
    last = 0
    while some := list(comments.filter(pk__gt=last)[:AT_ONCE]):
        for comment in some:
            said = folding.searchable(f"{comment.name} {comment.place} {comment.text}")
            Words.objects.using(alias).filter(pk=comment.pk).update(folded=said)
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_decided_as_they_came")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
