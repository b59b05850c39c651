"""Secret addresses at which a post can be read before it is public."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from posts.models import PreviewLink

LASTS = timedelta(days=7)


def make(post, by):
    """A new link's (PreviewLink, secret). The secret is told this once; only its hash is stored."""
    # 32 bytes: as much as can't be guessed (NIST SP 800-63B asks for 64 bits at least).
    secret = secrets.token_urlsafe(32)
    expires = timezone.now() + LASTS
    return PreviewLink.objects.create(
        post=post, by=by, digest=_digest(secret), expires_at=expires
    ), secret


def post_of(secret):
    """The post that a secret opens, or None where it was revoked, has expired or never was.

    Nor does it open what was taken from the public: its address must not tell it to anybody.
    """
    link = (
        PreviewLink.objects.filter(
            digest=_digest(secret), revoked_at=None, expires_at__gt=timezone.now()
        )
        .select_related("post__section", "post__lead_photo")
        .first()
    )
    return link.post if link and not link.post.is_taken_down else None


def revoke(link):
    """The link opens nothing any more. Once done, doing it again changes nothing."""
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def _digest(secret):
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
