"""Readers' wish to hear by mail of replies: asked for, confirmed, stopped."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comments import letters, limits
from comments.models import Comment, Letter, Policy, Subscription

_TO_CONFIRM = Signer(sep=".", salt="comments.subscriptions.confirm")
_TO_STOP = Signer(sep=".", salt="comments.subscriptions.stop")

# Whoever gets mail that they never asked for gets it once a day at most.
ADDRESS_REMEMBERED = 24 * 3600
# A whole carrier can share one connection, so there are several; each is a mail to a stranger.
ASKED_IN_AN_HOUR = 10
HOUR = 3600
# A sender to `limits` that no connection has: what is remembered is the address, hashed there.
ADDRESSES = b"mail addresses"
EXPECTS_REPLIES = (Comment.Status.PENDING, Comment.Status.APPROVED)


class TooMany(Exception):
    """Too many addresses came from one connection; the message is for the reader."""

    retry_after = HOUR


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        # RFC 5321, 4.5.3.1.3: a path has 256 octets, two of them angle brackets.
        max_length=254,
        error_messages={
            "required": gettext_lazy("Please give the address that replies are to be told to."),
            "invalid": gettext_lazy(
                "This is no e-mail address. It needs an @ and a domain, as in name@example.org."
            ),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="subscribe-form-%s", **kwargs)


@dataclass
class Wish:
    """What stands about mail for one comment: offered, asked for, or confirmed."""

    comment: Comment

    def __post_init__(self):
        found = Subscription.objects.filter(comment=self.comment.pk).first()
        self.is_confirmed = bool(found and found.confirmed_at)
        self.waits = bool(found and not found.confirmed_at)

    @property
    def can_ask(self):
        return not self.is_confirmed and self.comment.status in EXPECTS_REPLIES and mail_leaves()

    @property
    def form(self):
        return SubscribeForm()

    @property
    def kept_days(self):
        return Policy.current().receipts_kept_days


def mail_leaves():
    """Whether mails reach people. Where they are only printed, no address may be printed either.

    On a site that nobody but its operator can reach, printing is how it is tried out.
    """
    if not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend")):
        return True
    return urlsplit(settings.SITE_URL).hostname in ("127.0.0.1", "localhost", "::1")


def confirm_address(subscription):
    return reverse("comments:confirm_mail", args=[_TO_CONFIRM.sign(subscription.pk)])


def stop_address(subscription):
    return reverse("comments:stop_mail", args=[_TO_STOP.sign(subscription.pk)])


def key_to_stop(token):
    """The key of the subscription that a token stops, also of one that is gone; None if forged."""
    return _key(_TO_STOP, token)


def of_confirmation(token):
    """The subscription that a token confirms; None if the token is not ours or it is gone."""
    return (
        Subscription.objects.filter(pk=_key(_TO_CONFIRM, token))
        .select_related("comment__forum__post")
        .first()
    )


def _key(signer, token):
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError):
        return None


def ask(comment, address, sender):
    """Store an unconfirmed wish for mail, and write to the address to have it confirmed.

    The mail goes to an address once a day at most, and nobody learns whether it went: that would
    tell who else comments here. It holds nothing that a reader typed. Raises TooMany.
    """
    _count(sender)
    known = address.casefold()
    with transaction.atomic():
        # One form at a time for a comment: else two copies of it would meet at the second step.
        Comment.objects.select_for_update().get(pk=comment.pk)
        # A new key makes links in earlier mails worthless.
        Subscription.objects.filter(comment=comment).delete()
        subscription = Subscription.objects.create(comment=comment, address=letters.seal(address))
        if not limits.remembers(ADDRESSES, known):
            link = letters.absolute(confirm_address(subscription))
            letters.put(
                address,
                _("Please confirm: mail about replies"),
                letters.write("confirm", post=comment.forum.post, link=link),
                headers={letters.CONFIRMS: str(subscription.pk)},
            )
    limits.remember(ADDRESSES, known, ADDRESS_REMEMBERED)
    return subscription


def _count(sender):
    """Each of the hour's turns of a sender is remembered by its number."""
    for turn in range(ASKED_IN_AN_HOUR):
        what = f"asked for mail {turn}"
        if not limits.remembers(sender, what):
            limits.remember(sender, what, HOUR)
            return
    raise TooMany(
        ngettext(
            "%(number)d address was given from your connection within an hour, which is the most "
            "that is taken. Nothing was stored. Please try again later.",
            "%(number)d addresses were given from your connection within an hour, which is the "
            "most that is taken. Nothing was stored. Please try again later.",
            ASKED_IN_AN_HOUR,
        )
        % {"number": ASKED_IN_AN_HOUR}
    )


def confirm(subscription):
    """The address's owner wants the mails. Twice is the same as once."""
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(
        confirmed_at=timezone.now()
    )


@transaction.atomic
def stop(rows):
    """Delete these subscriptions, and the mails to them that have not left yet."""
    comments = list(rows.values_list("comment", flat=True))
    Letter.objects.filter(reply__parent__in=comments).delete()
    Subscription.objects.filter(comment__in=comments).delete()
