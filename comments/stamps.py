"""Stamps: when a form on a page of its own was opened, without a trace on the server.

Only such pages carry one: the form on a post's page is the same for everybody and kept by caches.
"""

import time
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner, b62_decode

# A tab that is older was put aside; how long its form stood open says nothing about the writer.
COUNTS_FOR = timedelta(days=1)

_SIGNER = TimestampSigner(sep=":", salt="comments.stamps")


def stamp_for(post):
    """A stamp of this moment, for the form under `post`."""
    return _SIGNER.sign(post.pk)


def seconds_since(stamp, post):
    """How long ago a stamp was made; None if it is absent, forged, old, or another post's.

    A stamp counts whole seconds, so the answer can be up to one second too long, never too short.
    """
    try:
        key = _SIGNER.unsign(stamp or "", max_age=COUNTS_FOR)
    except BadSignature:
        return None
    if key != str(post.pk):
        return None
    return time.time() - b62_decode(stamp.rsplit(":", 2)[1])
