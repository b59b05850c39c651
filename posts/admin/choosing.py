"""Boxes in which rows of other tables are chosen: by searching, or out of plain lists.

Searching needs script. Without it the address of a form may say `?plain`: then each box is a plain
list, of the newest rows where a table may have a hundred thousand.
"""

import re

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from posts.models import Post, RelatedPost

# What fits into a key of the database.
KEY = re.compile(r"[0-9]{1,18}", re.ASCII)
MOST_IN_A_LIST = 300


class _KeysOnly:
    def optgroups(self, name, value, attr=None):
        # Django asks the database for whatever was sent, and fails on what is no key.
        return super().optgroups(name, [each for each in value if KEY.fullmatch(str(each))], attr)


class Choice(_KeysOnly, AutocompleteSelect):
    pass


class Choices(_KeysOnly, AutocompleteSelectMultiple):
    def value_from_datadict(self, data, files, name):
        # Of several rows Django asks at once, and numbers that no database has would break it.
        sent = super().value_from_datadict(data, files, name)
        return [each if KEY.fullmatch(each) else f"“{each[:40]}”" for each in sent]


class ChosenRows:
    """What a ModelAdmin or an inline gets for its `autocomplete_fields`."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(
            db_field, request, **self._with_widget(db_field, request, Choice, kwargs)
        )

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, **self._with_widget(db_field, request, Choices, kwargs)
        )

    def get_autocomplete_fields(self, request):
        return () if is_plain(request) else super().get_autocomplete_fields(request)

    def _with_widget(self, db_field, request, widget, kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", widget(db_field, self.admin_site))
        elif is_plain(request) and db_field.name in self.autocomplete_fields:
            kwargs.setdefault("queryset", _newest(db_field.remote_field.model))
        return kwargs


class ChoiceOfPost(Choice):
    """A box for one post, where no field of a table says so."""

    def __init__(self, admin_site):
        super().__init__(RelatedPost._meta.get_field("other"), admin_site)


class PlainChoiceOfPost(forms.Select):
    """A plain list of the newest posts, and of the one that is chosen."""

    def optgroups(self, name, value, attrs=None):
        chosen = [each for each in value if KEY.fullmatch(str(each))]
        posts = _newest(Post).only("headline") | Post.objects.filter(pk__in=chosen).only("headline")
        self.choices = [("", "---------"), *((post.pk, post.headline) for post in posts)]
        return super().optgroups(name, value, attrs)


def is_plain(request):
    return "plain" in request.GET


def _newest(model):
    """All rows of a small table; of a large one the newest, by keys so that it can be narrowed."""
    rows = model._default_manager.all()
    newest = list(rows.order_by("-pk").values_list("pk", flat=True)[: MOST_IN_A_LIST + 1])
    return rows if len(newest) <= MOST_IN_A_LIST else rows.filter(pk__gte=newest[-2])
