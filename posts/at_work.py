"""Who has a post open for writing, and what they have typed since its last save.

Neither changes a post: presence only tells, and autosaved text waits to be taken up again.
"""

import re
import secrets
from datetime import timedelta

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
        if presence.seen_at <= now - QUIET_AFTER:
            presence.since = now
        if anew:
            presence.taken_by = None
        presence.seen_at = now
        presence.save()
    return presence


def others(post, by):
    """Presences of everybody else who has the post open now, the longest first."""
    seen = timezone.now() - QUIET_AFTER
    return post.presences.filter(seen_at__gt=seen).exclude(by=by).select_related("by")


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
    fields = {
        name: data.getlist(name) for name in data if name not in _OURS and not name.startswith("_")
    }
    if _was_saved(by, post, fields):
        Autosave.objects.filter(by=by, key=key).delete()
        return None
    kept, _made = Autosave.objects.update_or_create(
        by=by,
        key=key,
        defaults={"post": post, "version": version, "fields": fields, "at": timezone.now()},
    )
    return kept


def _was_saved(by, post, fields):
    rows = Revision.objects.filter(by=by, at__gt=timezone.now() - SAVED_WITHIN)
    if post is not None:
        rows = rows.filter(post=post)
    # As the form stores them: browsers send line ends as CR LF, the form strips and cleans.
    sent = [
        (fields.get(name) or [""])[0].replace("\r\n", "\n").strip()
        for name in ("headline", "summary", "body")
    ]
    sent[2] = body.clean(sent[2]).strip()
    return any(
        [str(row.fields.get(name, "")).strip() for name in ("headline", "summary", "body")] == sent
        for row in rows.iterator()
    )


def left_behind(by, post):
    """What this person typed into this post's form (None: into a new one's) and did not save."""
    return Autosave.objects.filter(by=by, post=post)


def forget(by, key):
    """A form was saved: what was kept of it is not needed any more."""
    Autosave.objects.filter(by=by, key=key).delete()
