"""Who has a post open for writing, and what they have typed since its last save.

Neither changes a post: presence only tells, and autosaved text waits to be taken up again.
"""

import hashlib
import json
import re
import secrets
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from posts import body
from posts.models import Autosave, Presence, Revision

# An open page says so three times a minute; one that missed all of them was closed.
QUIET_AFTER = timedelta(seconds=70)
# How far back a save is looked for that an autosaved text may have ended in.
SAVED_WITHIN = timedelta(days=7)
KEY = re.compile(r"[\w-]{8,64}", re.ASCII)
_OURS = {"csrfmiddlewaretoken", "autosave_key", "autosave_post", "began_with"}


def arrive(post, by, anew=False):
    """Note that somebody has the post open; `anew` when they have just opened it."""
    now = timezone.now()
    presence, made = Presence.objects.get_or_create(post=post, by=by)
    if not made:
        # Only what changes: somebody may be taking the post over at this moment.
        changed = ["seen_at"]
        if presence.seen_at <= now - QUIET_AFTER:
            presence.since = now
            changed.append("since")
        if anew:
            presence.taken_by = None
            changed.append("taken_by")
        presence.seen_at = now
        presence.save(update_fields=changed)
    return presence


def others(post, by):
    """Presences of everybody else who has the post open now, the longest first.

    From whom this person took the post over counts no more, unless they open it again.
    """
    seen = timezone.now() - QUIET_AFTER
    present = post.presences.filter(seen_at__gt=seen).exclude(by=by)
    return present.filter(Q(taken_by=None) | ~Q(taken_by=by)).select_related("by")


def take_over(post, by):
    """Tell everybody else who has the post open that `by` goes on with it."""
    others(post, by).update(taken_by=by)
    arrive(post, by, anew=True)


def new_key():
    return secrets.token_urlsafe(16)


def keep(by, post, key, version, data):
    """Keep what a form of a post (None for a new one) holds; gives the Autosave.

    `data` is a QueryDict as the browser sent it. Gives None where a save has it already.
    """
    if saved_as(by, data) is not None:
        Autosave.objects.filter(by=by, key=key).delete()
        return None
    kept, _made = Autosave.objects.update_or_create(
        by=by,
        key=key,
        defaults={
            "post": post, "version": version, "fields": _typed(data), "at": timezone.now()
        },
    )  # fmt: skip
    return kept


def _typed(data):
    # PostgreSQL's JSON has no place for NUL; no keyboard has one either.
    return {
        name: [value.replace("\0", "") for value in data.getlist(name)]
        for name in data
        if name not in _OURS and not name.startswith("_")
    }


def digest(data):
    """A hash of all that a form held, and of which form it was."""
    typed = {
        name: [value.replace("\r\n", "\n") for value in values]
        for name, values in _typed(data).items()
    }
    said = json.dumps([data.get("autosave_key", ""), sorted(typed.items())])
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()


def saved_as(by, data):
    """The Revision that this very form, with all that it holds, was saved as; or None."""
    if not KEY.fullmatch(data.get("autosave_key", "")):
        return None
    since = timezone.now() - SAVED_WITHIN
    return Revision.objects.filter(by=by, sent=digest(data), at__gt=since).first()


def left_behind(by, post):
    """What this person typed into this post's form (None: into a new one's) and did not save."""
    return Autosave.objects.filter(by=by, post=post)


def words_of(kept):
    """(headline, words of the text) that an autosaved form holds."""
    headline, summary, text = (
        (kept.fields.get(name) or [""])[0] for name in ("headline", "summary", "body")
    )
    return headline, " ".join(filter(None, (summary.strip(), body.plain(body.clean(text)))))


def forget(by, key):
    """A form was saved: what was kept of it is not needed any more."""
    Autosave.objects.filter(by=by, key=key).delete()
