"""What moderators decide: on one comment, on many, and taking it back. Each is recorded once."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Comment, Decision, Flag, Policy
from comments.saying import called, clock_time

Status = Comment.Status

BATCH = 500
MINE = 100
MINE_WITHIN = timedelta(days=30)
# What a moderator can decide here; "pending" is reached by undo only.
DECISIONS = (Status.APPROVED, Status.REJECTED, Status.SPAM)


class Undecidable(Exception):
    """What was asked for can't be done; the message says why."""


def status_decisions(keys):
    """Decisions on the status of these comments, the newest first."""
    return (
        Decision.objects.filter(comment__in=keys, what=Decision.What.STATUS)
        .select_related("by", "rule")
        .order_by("-at", "-pk")
    )


def decided_words(decision, by=None):
    """Who decided what, when: "Ayesha approved this at 14:03"."""
    when = {"time": clock_time(decision.at)}
    if decision.after == Status.WITHDRAWN:
        return _("Its author withdrew this at %(time)s") % when
    if decision.by is None:
        label = decision.get_after_display()
        if not decision.before:
            return _("It came as “%(status)s” at %(time)s") % {"status": label, **when}
        return _("It became “%(status)s” at %(time)s") % {"status": label, **when}
    who = _("You") if by is not None and decision.by_id == by.pk else called(decision.by)
    if decision.before == decision.after == Status.APPROVED:
        words = _("%(who)s kept this at %(time)s")
    else:
        words = {
            Status.APPROVED: _("%(who)s approved this at %(time)s"),
            Status.REJECTED: _("%(who)s rejected this at %(time)s"),
            Status.SPAM: _("%(who)s marked this as spam at %(time)s"),
            Status.PENDING: _("%(who)s put this back into the queue at %(time)s"),
        }[decision.after]
    return words % {"who": who, **when}


# Deciding


@dataclass(frozen=True)
class Outcome:
    """What became of one comment: `decision` if something was recorded, else why not in words."""

    key: int
    decision: Decision | None = None
    words: str = ""


def seen_of(comment):
    """What a form sends back so that nothing is decided about what the moderator didn't see."""
    corrected = comment.corrected_at
    return f"{comment.status}@{corrected:%Y%m%d%H%M%S%f}" if corrected else comment.status


def known_code(code):
    """A reason code out of a form. Raises Undecidable for one that doesn't exist."""
    if code and code not in Decision.Code.values:
        raise Undecidable(
            _("There is no reason “%(code)s”. Nothing was changed.") % {"code": code[:60]}
        )
    return code


@transaction.atomic
def decide(seen, decision, by, code="", batch=None):
    """Decide on comments as the moderator saw them; gives an Outcome for each, in their order.

    `seen` maps primary keys to what `seen_of` gave when the card was drawn. A comment that somebody
    else decided on meanwhile, or that its author changed, stays as it is, and its outcome says so.
    Rejecting without a code is for another reason.
    """
    decision = Status(decision)
    code = (code or Decision.Code.OTHER) if decision == Status.REJECTED else ""
    rows = Comment.objects.filter(pk__in=list(seen)).for_change()
    found = {comment.pk: comment for comment in rows}
    as_seen = defaultdict(list)
    for key, comment in found.items():
        if seen_of(comment) == seen[key]:
            as_seen[comment.status].append(key)
    newest = Decision.objects.aggregate(pk=Max("pk"))["pk"] or 0
    for status, keys in as_seen.items():
        Comment.objects.filter(pk__in=keys).moderate(
            decision, by=by, code=code, expects=status, batch=batch
        )
    made = {
        made.comment_id: made
        for made in Decision.objects.filter(comment__in=list(seen), pk__gt=newest)
    }
    late = _why_not([found[key] for key in found if key not in made], seen, by)
    gone = _("This comment is no longer here.")
    return [Outcome(key, made.get(key), late.get(key, "" if key in made else gone)) for key in seen]


def _why_not(comments, seen, by):
    """In words, for each of these comments, why nothing was decided about it."""
    last = {}
    for decision in status_decisions([comment.pk for comment in comments]):
        last.setdefault(decision.comment_id, decision)
    said = {}
    for comment in comments:
        decision = last.get(comment.pk)
        was = seen[comment.pk].partition("@")[0]
        if comment.status == was and comment.corrected_at and seen_of(comment) != seen[comment.pk]:
            said[comment.pk] = _(
                "Its author corrected this at %(time)s; nothing was changed. Please read it again."
            ) % {"time": clock_time(comment.corrected_at)}
        elif decision is None:
            said[comment.pk] = _("It is “%(status)s” already; nothing was changed.") % {
                "status": comment.get_status_display()
            }
        else:
            said[comment.pk] = _("%(who_did_what)s; nothing was changed.") % {
                "who_did_what": decided_words(decision, by)
            }
    return said


def held_by_rule(rule, by):
    """All that waits because of this rule, but for what colleagues are reading."""
    waiting = Comment.objects.pending().free_for(by)
    return waiting.filter(held_by=Comment.Phase.RULES, held_by_rule=rule)


def decide_on_all(rule, decision, by, code="", upto=0):
    """Decide on everything that a rule held, up to the comment with the key `upto`.

    What came after the moderator was told the number stays. Done in short transactions, so that
    others can go on; one `batch` holds them together. Gives how many were decided on, and the
    batch.
    """
    decision = Status(decision)
    code = (code or Decision.Code.OTHER) if decision == Status.REJECTED else ""
    batch, number = uuid.uuid4(), 0
    keys = list(held_by_rule(rule, by).filter(pk__lte=upto).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        rows = held_by_rule(rule, by).filter(pk__in=keys[start : start + BATCH])
        number += rows.moderate(decision, by=by, code=code, expects=Status.PENDING, batch=batch)
    return number, batch


# Undo


def undo(decisions, by):
    """Take decisions back; gives an Outcome for each: the new decision, or why it can't be.

    A decision can be taken back by who made it, while it is the newest on its comment. Reports that
    it closed are open again.
    """
    decisions = list(decisions)
    outcomes, batch = [], uuid.uuid4() if len(decisions) > 1 else None
    for start in range(0, len(decisions), BATCH):
        outcomes += _undo(decisions[start : start + BATCH], by, batch)
    return outcomes


@transaction.atomic
def _undo(decisions, by, batch):
    keys = [decision.comment_id for decision in decisions]
    rows = Comment.objects.filter(pk__in=keys).for_change()
    comments = {comment.pk: comment for comment in rows}
    newest = {}
    for each in status_decisions(keys):
        newest.setdefault(each.comment_id, each)
    undone = {
        each.undoes_id: each
        for each in Decision.objects.filter(undoes__in=decisions).select_related("by")
    }
    refused, groups = {}, defaultdict(list)
    for decision in decisions:
        words = _why_not_undone(decision, comments[decision.comment_id], newest, undone, by)
        if words:
            refused[decision.pk] = words
        else:
            groups[decision.before, decision.after].append(decision)
    for (before, after), group in groups.items():
        _put_back(group, before, after, by, batch)
    made = {each.undoes_id: each for each in Decision.objects.filter(undoes__in=decisions)}
    return [
        Outcome(each.comment_id, words=refused[each.pk])
        if each.pk in refused
        else Outcome(each.comment_id, made[each.pk])
        for each in decisions
    ]


def _why_not_undone(decision, comment, newest, undone, by):
    """Why a decision can't be taken back, in words; empty if it can."""
    last = newest.get(comment.pk)
    words = ""
    if decision.what != Decision.What.STATUS or not decision.before:
        words = _("This can't be undone: it is how the comment came, or not about its status.")
    elif decision.by_id != by.pk:
        words = _("Only your own decisions can be undone. Decide on the comment anew instead.")
    elif decision.pk in undone:
        words = _("This is undone already, since %(time)s.") % {
            "time": clock_time(undone[decision.pk].at)
        }
    elif comment.status == Status.WITHDRAWN:
        words = _("Its author withdrew this comment, so it stays away.")
    elif comment.is_erased:
        words = _("This comment's words are destroyed, so the decision stays.")
    elif last.pk != decision.pk or comment.status != decision.after:
        words = _("%(who_did_what)s, so the earlier decision can't be undone.") % {
            "who_did_what": decided_words(last, by)
        }
    return words


def _put_back(decisions, before, after, by, batch):
    """Move the comments of these decisions back, and open the reports that they closed."""
    of = {decision.comment_id: decision for decision in decisions}
    rows = Comment.objects.filter(pk__in=list(of))
    if before == after:
        # A comment that was kept has the status that it had: its reports are what is taken back,
        # and `moderate` records a decision only where there are some.
        rows.filter(flags=0).update(flags=1)
    rows.moderate(
        before,
        by=by,
        expects=after,
        undoes={key: decision.pk for key, decision in of.items()},
        batch=batch,
    )
    made = {each.comment_id: each for each in Decision.objects.filter(undoes__in=decisions)}
    reports = defaultdict(list)
    for report in Flag.objects.filter(comment__in=list(of), closed_at__isnull=False):
        moments = (of[report.comment_id].at, made[report.comment_id].at)
        if report.closed_at in moments:
            reports[report.comment_id].append(report)
    needed = Policy.current().flags_needed
    for key, opened in reports.items():
        Flag.objects.filter(pk__in=[report.pk for report in opened]).update(closed_at=None)
        Comment.objects.filter(pk=key).update(
            flags=len(opened),
            flagged_at=opened[needed - 1].at if len(opened) >= needed else None,
        )


def last_of(by):
    """A moderator's newest decision that isn't taken back, or None."""
    return (
        Decision.objects.filter(
            by=by, what=Decision.What.STATUS, undoes=None, undone_by=None,
            at__gte=timezone.now() - MINE_WITHIN,
        )
        .exclude(before="")
        .select_related("comment")
        .order_by("-at", "-pk")
        .first()
    )  # fmt: skip


def of_batch(batch, by):
    """What of a batch can still be taken back."""
    return Decision.objects.filter(batch=batch, by=by, undoes=None, undone_by=None).order_by("pk")


@dataclass(frozen=True)
class Done:
    """A line in the list of one's own decisions: a single one, or all of one batch."""

    at: object
    decision: Decision | None = None
    batch: object = None
    after: str = ""
    code: str = ""
    number: int = 1
    undone: int = 0

    @property
    def left(self):
        return self.number - self.undone

    @property
    def status(self):
        return Status(self.after).label

    @property
    def why(self):
        return Decision.Code(self.code).label if self.code else ""


def mine(by):
    """A moderator's decisions of the last 30 days, batches as one, newest first, at most 100."""
    rows = Decision.objects.filter(
        by=by, what=Decision.What.STATUS, undoes=None, at__gte=timezone.now() - MINE_WITHIN
    ).exclude(before="")
    singles = (
        rows.filter(batch=None).select_related("comment", "undone_by").order_by("-at", "-pk")[:MINE]
    )
    batches = (
        rows.exclude(batch=None)
        .order_by()
        .values("batch", "after", "code")
        .annotate(newest=Max("at"), number=Count("pk"), undone=Count("undone_by"))
        .order_by("-newest")[:MINE]
    )
    done = [
        Done(
            at=each.at, decision=each, after=each.after, code=each.code,
            undone=int(hasattr(each, "undone_by")),
        )
        for each in singles
    ] + [
        Done(
            at=each["newest"], batch=each["batch"], after=each["after"], code=each["code"],
            number=each["number"], undone=each["undone"],
        )
        for each in batches
    ]  # fmt: skip
    return sorted(done, key=lambda each: each.at, reverse=True)[:MINE]


def decided_sentence(outcomes, decision):
    """What a moderator is told after deciding on several comments."""
    number = sum(outcome.decision is not None for outcome in outcomes)
    return ngettext(
        "%(number)d comment is now: %(status)s.", "%(number)d comments are now: %(status)s.", number
    ) % {"number": number, "status": Status(decision).label}
