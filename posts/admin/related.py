"""Related posts on a post's page in the admin."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from posts.admin.choosing import ChosenRows
from posts.admin.ordering import OrderedFormSet
from posts.models import RelatedPost


class RelatedPostFormSet(OrderedFormSet, forms.BaseInlineFormSet):
    pass


class RelatedPostInline(ChosenRows, admin.TabularInline):
    model = RelatedPost
    fk_name = "post"
    formset = RelatedPostFormSet
    extra = 1
    autocomplete_fields = ("other",)
    fields = ("position", "other")
    verbose_name_plural = _("related posts: the first four that are public stand below the text")
