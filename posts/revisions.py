"""Revisions: what each save left, how two of them differ, and how one is brought back."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posts import body, languages
from posts.differences import SAME, pieces
from posts.models import Author, Byline, Photo, Post, Revision, Section, Tag

TEXTS = ("headline", "summary", "body", "second_line", "slug", "withdrawal_note")
CHOSEN = ("language", "status")
TIMES = ("published_at", "embargo_until", "unpublish_at")
ONE = {"section": Section, "lead_photo": Photo}
MANY = {"also_in": Section, "tags": Tag}
# What restoring brings back. A status is changed by hand, and an address is never taken away.
RESTORED_TEXTS = ("headline", "summary", "body", "second_line", "language")

LEFT_OUT = "left out"
# Characters: what did not change is shown whole up to here, and else so much of it around changes.
SHOWN_WHOLE, AROUND = 400, 120
_BLOCK_ENDS = re.compile(r"</(?:p|h\d|li|blockquote|figcaption|td|th|pre|tr)>|<br\s*/?>|<hr\s*/?>")


@dataclass(frozen=True)
class Change:
    """How one field differs: its name, and pieces of (SAME, GONE or NEW, text)."""

    label: str
    pieces: list
    only_markup: bool = False

    @property
    def shown(self):
        """The pieces for a page: of a long run that stayed as it was, its ends."""
        for number, (kind, text) in enumerate(self.pieces):
            if kind != SAME or len(text) <= SHOWN_WHOLE:
                yield kind, text
                continue
            is_first, is_last = number == 0, number == len(self.pieces) - 1
            if not is_first:
                yield kind, text[:AROUND].rpartition(" ")[0] + " "
            yield LEFT_OUT, "[…]"
            if not is_last:
                yield kind, " " + text[-AROUND:].partition(" ")[2]


def snapshot(post):
    """What a post holds, in types that JSON has; names stand beside keys, for later readers.

    Which posts are its translations is said of several posts at once, and so is no part of it.
    """
    fields = {name: getattr(post, name) for name in (*TEXTS, *CHOSEN, *TIMES, *ONE)}
    fields |= {name: list(getattr(post, name).all()) for name in MANY}
    kept = {name: _kept(value) for name, value in fields.items()}
    kept["bylines"] = [
        _kept(line.author) | {"role": line.role}
        for line in post.bylines.select_related("author").order_by("position", "pk")
    ]
    return kept


def typed(stored, cleaned):
    """A snapshot of `stored` as a form's cleaned data would leave it."""
    named = {*TEXTS, *CHOSEN, *TIMES, *ONE, *MANY}
    values = {name: _kept(value) for name, value in cleaned.items() if name in named}
    if "body" in values:
        values["body"] = body.clean(values["body"] or "")
    return snapshot(stored) | values


def _kept(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, models.Model):
        return {"pk": value.pk, "name": str(value)}
    if isinstance(value, models.QuerySet | list):
        return sorted((_kept(row) for row in value), key=lambda row: (row["name"], row["pk"]))
    return value if value is None else str(value)


def differences(before, after):
    """The Changes between two snapshots, in the order of a post's page."""
    found = []
    for name in ("headline", *(name for name in after if name != "headline")):
        old, new = before.get(name), after.get(name)
        if (old or "") == (new or ""):
            continue
        old_words, new_words = _said(name, old), _said(name, new)
        only_markup = name == "body" and old_words == new_words
        if only_markup:
            old_words, new_words = old or "", new or ""
        found.append(Change(_label(name), pieces(old_words, new_words), only_markup))
    return found


def _label(name):
    if name == "bylines":
        return _("byline")
    return str(Post._meta.get_field(name).verbose_name)


def _said(name, value):
    """What a kept value says to a person."""
    if not value:
        return ""
    return _SAYS[name](value) if name in _SAYS else value


def _names(rows):
    return ", ".join(row["name"] for row in rows)


def _byline(rows):
    roles = dict(Byline.Role.choices)
    return ", ".join(
        f"{row['name']} ({roles.get(row['role'], row['role'])})" if row["role"] else row["name"]
        for row in rows
    )


def _time(kept):
    return date_format(timezone.localtime(datetime.fromisoformat(kept)), "DATETIME_FORMAT")


def blocks(html):
    """The paragraphs, headings and list items of a body as plain lines."""
    lines = _BLOCK_ENDS.sub("\n", html.replace("\n", " ")).split("\n")
    return [line for raw in lines if (line := body.plain(raw))]


_SAYS = {
    "body": lambda html: "\n".join(blocks(html)),
    "bylines": _byline,
    "status": lambda kept: str(dict(Post.Status.choices).get(kept, kept)),
    "language": lambda kept: str(languages.language_of(kept).name),
    **dict.fromkeys(TIMES, _time),
    **dict.fromkeys(ONE, lambda row: row["name"]),
    **dict.fromkeys(MANY, _names),
}


def keep_first(stored):
    """Keep what is stored before it is changed, where no save has kept it: imported posts."""
    if not stored.revisions.exists():
        Revision.objects.create(
            post=stored, version=stored.version, at=stored.saved_at, fields=snapshot(stored)
        )


def record(post, by, restored=None):
    """Keep a post as a save has left it, its byline and tags included."""
    return Revision.objects.create(
        post=post, version=post.version, by=by, restored=restored, fields=snapshot(post)
    )


def history(post, start=0, count=None):
    """[(Revision, Changes from the one before it)], newest first.

    With a `count` only so many from `start` on are loaded and compared, and the one before them.
    """
    # The one that was brought back is only named, so its whole text stays where it is.
    kept = post.revisions.select_related("by", "restored").defer("restored__fields")
    end = None if count is None else start + count
    rows = list(kept.order_by("-version")[start : None if end is None else end + 1])
    pairs = zip(rows[:count], [*rows[1:], None], strict=False)
    return [
        (row, differences(before.fields, row.fields) if before else []) for row, before in pairs
    ]


def restore(revision, by, may):
    """Bring the words of a revision back, as a new version; gives the new Revision.

    Status, times and address stay as they are now, and so does what has been deleted since.
    `may(post)` is asked of the post as it is once nobody else can change it; PermissionDenied
    where it says no.
    """
    with transaction.atomic():
        post = Post.objects.select_for_update().get(pk=revision.post_id)
        if not may(post):
            raise PermissionDenied
        keep_first(post)
        fields = revision.fields
        for name in RESTORED_TEXTS:
            setattr(post, name, fields[name])
        for name, model in ONE.items():
            kept = fields[name]
            setattr(post, name, model.objects.filter(pk=kept["pk"]).first() if kept else None)
        post.version += 1
        post.save()
        for name, model in MANY.items():
            keys = [row["pk"] for row in fields[name]]
            getattr(post, name).set(model.objects.filter(pk__in=keys))
        there = Author.objects.in_bulk([row["pk"] for row in fields["bylines"]])
        post.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(post=post, author=there[row["pk"]], role=row["role"], position=position)
            for position, row in enumerate(fields["bylines"])
            if row["pk"] in there
        )
        return record(post, by, restored=revision)
