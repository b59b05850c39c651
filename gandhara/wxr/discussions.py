"""Comments of an export: which are kept, what they answer, and how they become rows."""

import re
from collections import defaultdict
from datetime import UTC, datetime

from django.db.models import F
from django.utils.translation import gettext

from comments import counters
from comments.models import Comment, Forum, Words
from comments.models.forums import readers_saw
from gandhara.wxr.memory import Memory
from gandhara.wxr.plain import cut, name_line, plain_text
from posts import languages

_STATES = {
    "1": Comment.Status.APPROVED,
    "approve": Comment.Status.APPROVED,
    "approved": Comment.Status.APPROVED,
    "0": Comment.Status.PENDING,
    "hold": Comment.Status.PENDING,
    "spam": Comment.Status.SPAM,
    # Kept, though nobody sees it: a moderator's refusal stays on record, and replies in place.
    "trash": Comment.Status.REJECTED,
    "post-trashed": Comment.Status.REJECTED,
}
_BATCH = 500
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def forum_of(post, comment_status):
    """The stored forum of an imported post, closed if it was closed there."""
    closed = comment_status == "closed"
    state = Forum.State.CLOSED if closed else Forum.State.PREMODERATED
    return Forum.objects.create(post=post, state=state)


def parents_of(comments, known):
    """What each comment answers: `{number: number or None}`, and why some answers were cut.

    `comments` maps the numbers of those to be kept and of those left out to the parent's number;
    `known` holds the numbers that already stand here. A reply to one that is left out answers what
    that one answered; a reply to one that isn't in the file, or to itself by a detour, answers
    nobody. Gives (parents, orphans, circular).
    """
    parents, orphans, circular = {}, [], []
    kept = [number for number, (_parent, stays) in comments.items() if stays]
    for number in kept:
        parent, seen = comments[number][0], set()
        while parent in comments and not comments[parent][1] and parent not in seen:
            seen.add(parent)
            parent = comments[parent][0]
        if parent in ("", "0"):
            parent = None
        elif parent not in known and (parent not in comments or parent in seen):
            orphans.append(number)
            parent = None
        parents[number] = parent
    settled = set()
    for number in kept:
        path, at = [], number
        while at in parents and at not in settled:
            path.append(at)
            settled.add(at)
            at = parents[at]
        # Whoever is met again on the way up stands in a circle, and breaks it by answering nobody.
        if at is not None and at in path:
            circular.append(at)
            parents[at] = None
    return parents, orphans, circular


class Discussion:
    """Brings the comments of one item under its post; those already here are left alone."""

    def __init__(self, site, post, report):
        self.post, self.report = post, report
        self.memory = Memory(site, "comment")
        self.rows = {}

    def bring(self, comments, forum):
        """Store the comments that are new; gives how many."""
        here = self.memory.recall([comment.id for comment in comments])
        self.rows = {
            number: row
            for number, row in self._existing(here).items()
            if row.forum_id == (forum.pk if forum else None)
        }
        fresh, fates = {}, {}
        for comment in comments:
            if comment.id in here or comment.id in fates:
                continue
            if not comment.id:
                self.report.leave_out("comments without a number", f"on “{self.post.headline}”")
                continue
            text = plain_text(comment.text, addresses=True)
            reason = self._reason_against(comment, text)
            fates[comment.id] = (comment.parent, not reason)
            if reason:
                self.report.leave_out(reason, self._named(comment))
            else:
                fresh[comment.id] = (comment, text)
        if not fresh:
            return 0
        self._store(fresh, fates, forum or Forum.objects.create(post=self.post))
        return len(fresh)

    def _existing(self, here):
        rows = {}
        numbers = {pk: number for number, pk in here.items()}
        pks = list(numbers)
        for start in range(0, len(pks), _BATCH):
            found = Comment.objects.filter(pk__in=pks[start : start + _BATCH])
            for row in found.only("pk", "forum_id", "thread_id", "depth"):
                rows[numbers[row.pk]] = row
        return rows

    def _reason_against(self, comment, text):
        if comment.type in ("pingback", "trackback"):
            return "pingbacks and trackbacks (links from other sites, not comments)"
        if comment.type not in ("", "comment"):
            return f"comments of the type “{cut(name_line(comment.type), 40)}”"
        if comment.approved not in _STATES:
            return f"comments in the state “{cut(name_line(comment.approved), 40)}”"
        return "" if text else "comments without text"

    def _named(self, comment):
        return f"comment {comment.id} on “{self.post.headline}”"

    def _store(self, fresh, fates, forum):
        parents, orphans, circular = parents_of(fates, self.rows)
        for number in orphans:
            name = self._named(fresh[number][0])
            self.report.note("replies whose comment is not in the file: now on their own", name)
        for number in circular:
            name = self._named(fresh[number][0])
            self.report.note("comments that answered themselves: now on their own", name)
        children = defaultdict(list)
        for number, parent in parents.items():
            children[parent if parent in fresh else None].append(number)
        wave = children[None]
        while wave:
            wave.sort(key=lambda number: (fresh[number][0].date or _LONG_AGO, _number(number)))
            self._store_wave(wave, fresh, parents, forum)
            wave = [child for number in wave for child in children[number]]
        counters.count_anew([forum.pk])

    def _store_wave(self, wave, fresh, parents, forum):
        """Comments of one depth at once: those above them have their keys already."""
        rows = [self._row(*fresh[number], self.rows.get(parents[number]), forum) for number in wave]
        for row in rows:
            row.derive()
        Comment.objects.bulk_create(rows, batch_size=_BATCH)
        Words.remember(rows)
        if any(row.is_shown for row in rows):
            readers_saw([forum.post_id])
        if any(row.parent_id is None for row in rows):
            starts = Comment.objects.filter(forum=forum, parent=None, thread=None)
            starts.update(thread=F("pk"))
        for number, row in zip(wave, rows, strict=True):
            row.thread_id = row.thread_id or row.pk
            self.rows[number] = row
        self.memory.keep({number: self.rows[number].pk for number in wave}, _BATCH)

    def _row(self, comment, text, parent, forum):
        moment = comment.date or self.post.published_at or self.post.created_at
        return Comment(
            forum=forum,
            parent_id=parent.pk if parent else None,
            thread_id=parent.thread_id if parent else None,
            depth=parent.depth + 1 if parent else 0,
            name=_name(comment),
            place=cut(name_line(comment.place), _length("place")),
            text=text,
            language=languages.guess(text, self.post.language),
            status=(status := _STATES[comment.approved]),
            submitted_at=moment,
            # Long ago as a rule; the day of the import would put it before this week's decisions.
            decided_at=None if status == Comment.Status.PENDING else moment,
        )


def _name(comment):
    name = name_line(comment.name)
    # Some typed their e-mail address where the name belongs; it is not kept there either.
    if not name or re.fullmatch(r"\S+@\S+\.\S+", name):
        return gettext("Anonymous")
    return cut(name, _length("name"))


def _length(field):
    return Comment._meta.get_field(field).max_length


def _number(text):
    return int(text) if text.isdecimal() else 0
