"""Taking a passage out of a comment for good, with a mark that readers see in its place."""

import re
import unicodedata

from django.db import transaction
from django.utils.translation import gettext as _

from comments import text as texts
from comments.models import Comment, Decision, NameNote
from posts import folding

FIELDS = ("text", "name", "place")


class CanNotRedact(Exception):
    """Nothing was removed; the message is a sentence for the moderator."""


def redact(comment, passage, by, field="text"):
    """Replace every occurrence of `passage` in a field of a comment; gives how many there were.

    White space counts as equal whatever it is made of. The removed words are destroyed wherever
    they were kept beside the comment: folded words, fingerprint, reasons that quote them, reports,
    notes on a name that nothing carries any more. The decision is recorded without them. Raises
    CanNotRedact for a passage that does not occur, and for a comment without words.
    """
    if field not in FIELDS:
        raise ValueError(f"A passage is removed from {', '.join(FIELDS)}, not from “{field}”.")
    pattern = _pattern(passage)
    with transaction.atomic():
        comment = Comment.objects.select_for_update().get(pk=comment.pk)
        if comment.status == Comment.Status.WITHDRAWN or comment.is_erased:
            raise CanNotRedact(
                _("The words of this comment are gone already: it was withdrawn or deleted.")
            )
        before, key = getattr(comment, field), comment.name_key
        after, number = pattern.subn(texts.REMOVED, before)
        if not number:
            raise CanNotRedact(
                _(
                    "“%(passage)s” does not stand there, so nothing was removed. Copy the words "
                    "exactly as they stand, or choose where they stand."
                )
                % {"passage": passage.strip()}
            )
        setattr(comment, field, after)
        # All three: what is worked out from the words is made anew from each of them.
        comment.save(update_fields=FIELDS)
        _forget(comment, pattern, before, after)
        if key != comment.name_key and not Comment.objects.filter(name_key=key).exists():
            NameNote.objects.filter(name_key=key).delete()
        Decision.objects.create(
            comment=comment,
            what=Decision.What.REDACTED,
            by=by,
            before=comment.status,
            after=comment.status,
        )
    return number


def _pattern(passage):
    """Finds a passage as stored texts have it: composed (NFC), with any white space in between."""
    words = unicodedata.normalize("NFC", passage).replace(texts.REMOVED, " ").split()
    if not words:
        raise CanNotRedact(_("Say which words to remove: mark them in the text or type them."))
    return re.compile(r"\s+".join(map(re.escape, words)))


def _forget(comment, pattern, before, after):
    """Take the removed words from the reasons and the reports of a comment."""
    was, stands = _letters(before), _letters(after)

    def quotes_what_went(words):
        pieces = [_letters(words), *folding.words(words)]
        return any(piece in was and piece not in stands for piece in pieces if piece)

    gone = [
        reason.pk
        for reason in comment.reasons.all()
        if any(map(quotes_what_went, _strings(reason.details)))
    ]
    comment.reasons.filter(pk__in=gone).delete()
    for flag in comment.flagged.exclude(words=""):
        flag.words, number = pattern.subn(texts.REMOVED, flag.words)
        if number:
            flag.save(update_fields=["words"])


def _letters(words):
    return "".join(folding.words(words))


def _strings(details):
    """Every text in the details of a reason, however deep."""
    if isinstance(details, str):
        yield details
    elif isinstance(details, dict):
        for value in details.values():
            yield from _strings(value)
    elif isinstance(details, list | tuple):
        for value in details:
            yield from _strings(value)
