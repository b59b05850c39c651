"""Slugs: readable addresses from headlines in any script."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

ZWNJ = "\u200c"
MAX_LENGTH = 200

_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
# Tatweel stretches a word, harakat are left out in writing, and the marks of UAX #9 and of emoji
# are invisible: none of them belongs in an address that people read to each other.
_DROPPED = re.compile(
    "[\u0640\u064b-\u065f\u0670\u061c\u200d-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_LONE_ZWNJ = re.compile(f"(?<![^-]){ZWNJ}+|{ZWNJ}+(?![^-])")
# In an address these would end or split it, or be read as something else (RFC 3986, 2.2).
_FORBIDDEN = re.compile(r"[\s/?#%\\\x00-\x1f\x7f]")


def slug_from(text, max_length=MAX_LENGTH):
    """`Pakistan, Russia Make Nice` → `pakistan-russia-make-nice`, and likewise in every script.

    ZWNJ stays inside a word: without it Persian words fuse, with a hyphen they fall apart. An
    emoji or punctuation alone gives an empty slug; the caller decides what stands in for it.
    """
    text = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    text = "".join(letter if _in_word(letter) else " " for letter in _DROPPED.sub("", text))
    # Folding case and leaving letters out may part or join what NFKC composed.
    slug = unicodedata.normalize("NFC", _LONE_ZWNJ.sub("", "-".join(text.split())))
    if len(slug) > max_length:
        slug = slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
    return slug.strip("-" + ZWNJ)


def _in_word(letter):
    return letter == ZWNJ or unicodedata.category(letter)[0] in "LMN"


def free_slug(model, text, fallback, instance=None, kept=None):
    """A slug from `text` that no other row of `model` has; `-2`, `-3`, … make it so.

    `kept` is a queryset of further rows whose slugs are not to be given away.
    """
    wanted = slug_from(text) or fallback
    others = model.objects.exclude(pk=instance.pk if instance else None)
    stem = wanted[: MAX_LENGTH - 6]  # leaves room for the number
    taken = set(others.filter(slug__startswith=stem).values_list("slug", flat=True))
    if kept is not None:
        taken |= set(kept.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def validate_slug(value):
    """Refuses what can't stand in an address. Emoji and other scripts can."""
    if found := _FORBIDDEN.search(value):
        raise ValidationError(
            _("“%(character)s” can't stand in an address. Use letters, digits and hyphens."),
            code="slug",
            params={"character": found.group()},
        )
    if value in (".", ".."):
        # Browsers resolve these before they ask (RFC 3986, 5.2.4).
        raise ValidationError(_("Dots alone are not an address."), code="slug")


class SlugField(models.CharField):
    """Text that is stored, and looked for, in NFC: two ways to type a letter are one address."""

    def to_python(self, value):
        value = super().to_python(value)
        return value if value is None else unicodedata.normalize("NFC", value)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class SlugConverter:
    """A path part as `validate_slug` allows it, in NFC as it is stored."""

    regex = r"[^\s/?#%\\\x00-\x1f\x7f]+"

    def to_python(self, value):
        return unicodedata.normalize("NFC", value)

    def to_url(self, value):
        return value


register_converter(SlugConverter, "anyslug")
