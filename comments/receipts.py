"""Receipts: addresses that only a comment's sender gets, and what their holder may do.

Nothing of a receipt is stored. A full one shows everything and lets its holder correct, withdraw
and appeal; one for reading shows the status alone.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from comments import limits, reasons
from comments.models import Comment, Decision, Policy

_SIGNER = Signer(sep=".", salt="comments.receipts")
_FOR_READING = Signer(sep=".", salt="comments.receipts.for_reading")

REFUSED = (Comment.Status.REJECTED, Comment.Status.SPAM)
# A form sent again over a bad line comes within minutes; an hour also covers the way home.
SENDER_REMEMBERED = timedelta(hours=1)


@dataclass
class Receipt:
    """What a token opens: the comment, and whether its holder may act (`is_full`)."""

    comment: Comment
    token: str
    is_full: bool = True

    @cached_property
    def works_for_days(self):
        return Policy.current().receipts_kept_days

    @property
    def has_expired(self):
        return timezone.now() >= self.comment.submitted_at + timedelta(days=self.works_for_days)

    @property
    def can_correct(self):
        waits = self.comment.status == Comment.Status.PENDING
        return self.is_full and waits and not self.comment.is_erased

    @property
    def can_withdraw(self):
        return self.is_full and self.comment.status != Comment.Status.WITHDRAWN

    @property
    def can_appeal(self):
        return self.is_full and not why_no_other_look(self.comment)

    @cached_property
    def refusal(self):
        """The decision that refused the comment, without the undos that brought it back."""
        decisions = self.comment.decisions.filter(
            what=Decision.What.STATUS, after=self.comment.status, undoes=None
        )
        return decisions.first()

    @property
    def refusal_words(self):
        """Why it was refused, in a sentence for its author."""
        return reasons.for_author(self.refusal)


def receipt_address(comment):
    """The full receipt's address: only for whoever is known to have sent the comment."""
    return reverse("comments:receipt", args=[_SIGNER.sign(comment.pk)])


def reading_address(comment):
    return reverse("comments:receipt", args=[_FOR_READING.sign(comment.pk)])


def receipt_of(token):
    """The Receipt that a token opens, also an expired one; None if the token isn't one of ours."""
    for signer in (_SIGNER, _FOR_READING):
        try:
            pk = int(signer.unsign(token))
        except (BadSignature, ValueError):
            continue
        comment = Comment.objects.select_related("forum__post").filter(pk=pk).first()
        return comment and Receipt(comment, token, is_full=signer is _SIGNER)
    return None


def comment_of(token):
    """The comment on which the holder of this token may act; None for any other token."""
    receipt = receipt_of(token)
    return receipt.comment if receipt and receipt.is_full and not receipt.has_expired else None


def remember_sender(submission, comment):
    """Remember who sent a comment, for `receipt_for`.

    To be called before the comment is committed: a second copy of the form, taken in at the same
    moment by another process, finds the comment as soon as that, and asks whose it is.
    """
    limits.remember(submission.sender, _sent(comment), int(SENDER_REMEMBERED.total_seconds()))


def _sent(comment):
    return f"sent {comment.pk}"


def receipt_for(submission, comment):
    """The address of the receipt that the sender of a submission gets for the stored comment.

    It is a full one, except where the form only repeats what is already there, and nothing shows
    that the same person sent it: else whoever copies a public comment would get its receipt.
    """
    if not submission.repeats:
        return receipt_address(comment)
    shows_that_it_is_theirs = (
        # The same secret phrase made the same mark, or the pipeline would not call it the same.
        bool(submission.mark)
        or (comment.status == Comment.Status.PENDING and not _was_ever_public(comment))
        or limits.remembers(submission.sender, _sent(comment))
    )
    return receipt_address(comment) if shows_that_it_is_theirs else reading_address(comment)


def _was_ever_public(comment):
    return comment.decisions.filter(after=Comment.Status.APPROVED).exists()


@transaction.atomic
def withdraw(comment):
    """Take a comment back for its author and destroy its words; what answers it stays.

    Twice does no more than once, and nothing brings a withdrawn comment back.
    """
    mine = Comment.objects.filter(pk=comment.pk)
    mine.moderate(Comment.Status.WITHDRAWN, reason="by its author")
    mine.erase()


class NoOtherLook(Exception):
    """A comment can't be looked at again; the message says why, for its author."""


def why_no_other_look(comment):
    """Why the author of a comment can't ask for another look, in a sentence; empty if they can."""
    if comment.status == Comment.Status.WITHDRAWN:
        return _("It was withdrawn, so there is nothing left to look at.")
    if comment.status == Comment.Status.APPROVED:
        return _("It is published already, so nobody needs to look at it again.")
    if comment.status == Comment.Status.PENDING:
        return _("It is already waiting for a moderator.")
    if comment.appealed_at:
        return _("You asked for another look before. It was taken, and can be asked for only once.")
    if comment.is_erased:
        return _("Its words have been destroyed by now, so there is nothing left to look at.")
    return ""


@transaction.atomic
def ask_for_another_look(comment):
    """Put a refused comment back into the queue, once; raises NoOtherLook with the reason."""
    mine = Comment.objects.filter(pk=comment.pk)
    comment = mine.for_change().get()
    if why := why_no_other_look(comment):
        raise NoOtherLook(why)
    mine.moderate(Comment.Status.PENDING, reason="appeal")
    mine.update(held_by=Comment.Phase.APPEAL, appealed_at=timezone.now())
