"""What has a name, and an address made from it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from posts import languages, lite, slugs
from posts.models.changes import Shown


def slug_field(**options):
    return slugs.SlugField(
        _("slug"),
        max_length=slugs.MAX_LENGTH,
        unique=True,
        blank=True,
        validators=[slugs.validate_slug],
        help_text=_("The last part of the address. Left empty, it is made from the name."),
        **options,
    )


class Translated(Shown):
    """What the newsroom says in its own language, and in those of its editions if it likes.

    `translations` is {language's code: {field: words}}; what has none is said as it stands.
    """

    translations = models.JSONField(default=dict, blank=True, editable=False)

    # The fields that can have other words in another language.
    TRANSLATED = ()

    class Meta:
        abstract = True

    def said(self, field):
        """A field's words in the language that is spoken."""
        own = self.translations.get(languages.spoken().code, {})
        return own.get(field) or getattr(self, field)


class Named(Shown):
    """What has a name, and an address made from it."""

    name = models.CharField(_("name"), max_length=120)
    slug = slug_field()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        if not self.slug:
            self.slug = slugs.free_slug(type(self), self.name, type(self).__name__.lower(), self)
        super().save(**kwargs)

    def get_absolute_url(self):
        return lite.keep(reverse(f"posts:{type(self).__name__.lower()}", args=[self.slug]))

    @property
    def label(self):
        """What readers are shown as its name."""
        return self.name


class Term(Translated, Named):
    """What posts are filed under; each edition can call it by another name."""

    TRANSLATED = ("name",)

    class Meta:
        abstract = True

    @property
    def label(self):
        """Its name in the language that is spoken."""
        return self.said("name")
