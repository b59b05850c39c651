"""A receipt is an address that only the comment's sender gets; nothing of it is stored."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from comments.models import Comment

_SIGNER = Signer(sep=".", salt="comments.receipts")


def receipt_address(comment):
    return reverse("comments:receipt", args=[_SIGNER.sign(comment.pk)])


def comment_of(token):
    """The comment that a receipt is for, or None if the token isn't one of ours."""
    try:
        pk = int(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Comment.objects.select_related("forum__post").filter(pk=pk).first()
