"""The rules of the moderation desk: its queues, what a card tells, claims, decisions and undo."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from comments import reasons
from comments.models import Comment, Decision, Flag, Forum, NameNote, Policy, Reason, Rule
from posts import languages
from posts.models import Post, Section

Status = Comment.Status

PAGE = 30
# Counting more rows than this costs more than it tells a moderator.
COUNTED = 10_000
WAITING_COUNTED = 100_000
CLAIMED_AT_ONCE = 20
CLAIMED_FOR = timedelta(minutes=15)
LONG_FROM = 1_200
BATCH = 500
# Posts are offered as a filter if one of so many comments at the head of the queue is theirs.
POSTS_LOOKED_FOR_IN = 300
FEW = 100
MINE = 100
MINE_WITHIN = timedelta(days=30)
# What a moderator can decide here; "pending" is reached by undo only.
DECISIONS = (Status.APPROVED, Status.REJECTED, Status.SPAM)
AGES = {
    "1h": (timedelta(hours=1), gettext_lazy("older than 1 hour")),
    "6h": (timedelta(hours=6), gettext_lazy("older than 6 hours")),
    "1d": (timedelta(days=1), gettext_lazy("older than 1 day")),
    "1w": (timedelta(weeks=1), gettext_lazy("older than 1 week")),
}
CLAIMS = {
    "free": gettext_lazy("without what others took"),
    "all": gettext_lazy("with what others took"),
    "mine": gettext_lazy("only what I took"),
}


class Undecidable(Exception):
    """What was asked for can't be done; the message says why."""


# Queues


@dataclass(frozen=True)
class Queue:
    """One tab of the desk. `order` is the moment that its cards are ordered by, in an index."""

    name: str
    label: str
    empty: str
    rows: object
    order: str = "submitted_at"
    counted: int = COUNTED

    @property
    def moment(self):
        """The field that tells how old a card of this queue is."""
        return self.order.lstrip("-")

    @property
    def waits(self):
        return self.order == "submitted_at"

    @property
    def can_be_claimed(self):
        return not self.order.startswith("-")

    def in_order(self, rows):
        return rows.order_by(self.order, "-pk" if self.order.startswith("-") else "pk")

    def count(self):
        return counted(self.rows(), self.counted)


def _held_by(phase):
    return lambda: Comment.objects.pending().filter(held_by=phase)


def _decided(status):
    # Said twice for PostgreSQL, where an empty moment would come before the newest.
    return lambda: Comment.objects.filter(status=status, decided_at__isnull=False)


QUEUES = {
    queue.name: queue
    for queue in (
        Queue(
            "waiting", pgettext_lazy("queue", "Waiting"), gettext_lazy("Nothing waits here."),
            Comment.objects.pending, counted=WAITING_COUNTED,
        ),
        Queue(
            "flagged", pgettext_lazy("queue", "Reported"),
            gettext_lazy("No comment has enough reports to be looked at."),
            Comment.objects.flagged, order="flagged_at",
        ),
        Queue(
            "rule", pgettext_lazy("queue", "Held by a rule"),
            gettext_lazy("No rule holds a comment."), _held_by(Comment.Phase.RULES),
        ),
        Queue(
            "score", pgettext_lazy("queue", "Held by the score"),
            gettext_lazy("The spam score holds no comment."), _held_by(Comment.Phase.SCORE),
        ),
        Queue(
            "appeal", pgettext_lazy("queue", "Another look"),
            gettext_lazy("No author asks for another look."), _held_by(Comment.Phase.APPEAL),
        ),
        Queue(
            "recent", pgettext_lazy("queue", "Approved"),
            gettext_lazy("No comment was approved yet."), _decided(Status.APPROVED),
            order="-decided_at",
        ),
        Queue(
            "refused", pgettext_lazy("queue", "Rejected"),
            gettext_lazy("No comment was rejected."), _decided(Status.REJECTED),
            order="-decided_at",
        ),
        Queue(
            "spam", pgettext_lazy("queue", "Spam"), gettext_lazy("No spam was found."),
            _decided(Status.SPAM), order="-decided_at",
        ),
    )
}  # fmt: skip


def counted(rows, most=COUNTED):
    """How many rows there are, in figures; "10,000+" beyond `most`, which stops the counting."""
    number = rows.order_by()[: most + 1].count()
    return f"{most:,}+" if number > most else f"{number:,}"


def clocks():
    """For each language in which something waits: since when the oldest does, and how many do."""
    found = []
    for code, name in languages.CHOICES:
        rows = Comment.objects.pending().filter(language=code).oldest_first()
        figures = rows[: COUNTED + 1].aggregate(oldest=Min("submitted_at"), number=Count("pk"))
        if figures["number"]:
            most = figures["number"] > COUNTED
            number = f"{COUNTED:,}+" if most else f"{figures['number']:,}"
            found.append(Clock(code, name, figures["oldest"], number))
    return sorted(found, key=lambda clock: clock.oldest)


@dataclass(frozen=True)
class Clock:
    code: str
    language: str
    oldest: object
    number: str

    @property
    def waited(self):
        return in_words(timezone.now() - self.oldest)


def in_words(delta):
    """A length of time as the clock says it: the two largest parts, "3 h 20 min"."""
    minutes = max(0, int(delta.total_seconds() // 60))
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if minutes:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("under a minute")


def clock_time(moment):
    """A moment as colleagues say it to each other: the time, with the day if it isn't today."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return f"{local:%H:%M}"
    return date_format(local, "F j, H:i")


def called(user):
    """What colleagues call a moderator."""
    return user.get_short_name() or user.get_username()


# Looking


@dataclass
class Look:
    """What a moderator looks at: a queue through filters. All of it stands in the address."""

    by: object
    queue: Queue = QUEUES["waiting"]
    language: str = ""
    section: Section | None = None
    post: Post | None = None
    rule: Rule | None = None
    age: str = ""
    claims: str = ""
    after: Comment | None = None
    unknown: list = field(default_factory=list)

    def _say(self, words, value):
        self.unknown.append(words % {"value": value[:60]})

    @property
    def claims_now(self):
        return self.claims or ("free" if self.queue.waits else "all")

    @property
    def filters(self):
        """The filters that are on, as they stand in the address."""
        return {
            name: value
            for name, value in {
                "language": self.language,
                "section": self.section and self.section.pk,
                "post": self.post and self.post.pk,
                "rule": self.rule and self.rule.pk,
                "age": self.age,
                "claims": self.claims,
            }.items()
            if value
        }

    def query(self, **changes):
        """The address's query for this look, with changes; None leaves something out."""
        parts = {"queue": self.queue.name, **self.filters, **changes}
        return urlencode({name: value for name, value in parts.items() if value is not None})

    @property
    def mine(self):
        """The query for what this moderator took of this queue."""
        return self.query(claims="mine")

    @property
    def address(self):
        """This very page's query, its place in the queue included."""
        return self.query(after=self.after.pk if self.after else None)

    def rows(self):
        """The comments that match, without order."""
        rows = self.queue.rows()
        if self.language:
            rows = rows.filter(language=self.language)
        if self.section or self.post:
            rows = rows.filter(forum__in=self.forums)
        if self.rule:
            rows = rows.filter(held_by_rule=self.rule)
        if self.age:
            before = timezone.now() - AGES[self.age][0]
            rows = rows.filter(**{f"{self.queue.moment}__lte": before})
        if self.claims_now == "free":
            rows = rows.filter(_free_for(self.by))
        if self.claims_now == "mine":
            rows = rows.filter(claimed_by=self.by, claimed_until__gt=timezone.now())
        return rows

    def comments(self):
        """One page in order, after the comment that the page before ended with; one more if any."""
        rows, order = self.rows(), self.queue.order
        if self.after:
            moment, newest_first = self.queue.moment, order.startswith("-")
            way = "lt" if newest_first else "gt"
            here = getattr(self.after, moment)
            # The first condition alone is what an index can follow.
            rows = rows.filter(**{f"{moment}__{way}e": here}).filter(
                Q(**{f"{moment}__{way}": here}) | Q(**{f"pk__{way}": self.after.pk})
            )
        return self.queue.in_order(rows)[: PAGE + 1]

    def page(self):
        """The page's cards, and whether there are more after them."""
        found = list(
            self.comments().select_related(
                "forum__post__section", "parent", "held_by_rule", "claimed_by"
            )
        )
        return cards(found[:PAGE], self.by), len(found) > PAGE

    @cached_property
    def forums(self):
        """The forums of the chosen post and section; as keys if few, which databases plan best."""
        found = Forum.objects.all()
        if self.section:
            found = found.filter(post__section=self.section)
        if self.post:
            found = found.filter(post=self.post)
        few = list(found.values_list("pk", flat=True)[: FEW + 1])
        return few if len(few) <= FEW else found

    @cached_property
    def sections(self):
        return list(Section.objects.all())

    @cached_property
    def posts(self):
        """Posts that comments at the head of the queue belong to, and the chosen one."""
        forums = self.queue.in_order(self.queue.rows()).values("forum")[:POSTS_LOOKED_FOR_IN]
        found = list(Post.objects.filter(forum__in=forums).order_by("headline", "pk"))
        return found if self.post is None or self.post in found else [self.post, *found]

    @cached_property
    def rules(self):
        """Rules that hold something now, and the chosen one."""
        holds = Exists(Comment.objects.pending().filter(held_by_rule=OuterRef("pk")))
        found = list(Rule.objects.filter(holds))
        return found if self.rule is None or self.rule in found else [self.rule, *found]


def _number(value):
    """A primary key out of an address, or 0, which nothing has."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else 0


def look(query, by):
    """The Look that an address asks for; what it doesn't know goes to `unknown` as sentences."""
    found = Look(by=by)
    wanted = query.get("queue") or "waiting"
    if wanted in QUEUES:
        found.queue = QUEUES[wanted]
    else:
        found._say(_("There is no queue “%(value)s”. This is what waits."), wanted)
    for name, known, words in (
        ("language", languages.LANGUAGES, _("The blog knows no language “%(value)s”.")),
        ("age", AGES, _("“%(value)s” is no age that the desk can filter by.")),
        ("claims", CLAIMS, _("“%(value)s” says nothing about who took a comment.")),
    ):
        value = query.get(name, "")
        if value in known:
            setattr(found, name, value)
        elif value:
            found._say(words, value)
    for name, model, words in (
        ("section", Section, _("There is no section with the number “%(value)s”.")),
        ("post", Post, _("There is no post with the number “%(value)s”.")),
        ("rule", Rule, _("There is no rule with the number “%(value)s”.")),
    ):
        value = query.get(name, "")
        if value:
            row = model.objects.filter(pk=_number(value)).first()
            setattr(found, name, row)
            if row is None:
                found._say(words, value)
    after = query.get("after", "")
    if after:
        row = Comment.objects.filter(pk=_number(after)).first()
        if row is None or getattr(row, found.queue.moment) is None:
            found._say(_("The place in the list was lost: this is its beginning."), after)
        else:
            found.after = row
    return found


# Cards


@dataclass
class Card:
    """A comment as a moderator reads it, with all that is known about it."""

    comment: Comment
    by: object
    reasons: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    reports: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    last: Decision | None = None
    notice: str = ""

    @property
    def seen(self):
        return seen_of(self.comment)

    @property
    def post(self):
        return self.comment.forum.post

    @property
    def waits(self):
        return self.comment.status == Status.PENDING

    @property
    def waited(self):
        return in_words(timezone.now() - self.comment.submitted_at)

    @property
    def is_long(self):
        return len(self.comment.text) > LONG_FROM

    @property
    def can_be_approved(self):
        return self.comment.status != Status.APPROVED or self.comment.flags > 0

    @property
    def is_kept(self):
        """Whether approving leaves it where it is and closes its reports."""
        return self.comment.status == Status.APPROVED

    @property
    def can_be_taken(self):
        return not self.is_claimed and (self.waits or self.comment.flagged_at is not None)

    @property
    def is_claimed(self):
        until = self.comment.claimed_until
        return until is not None and until > timezone.now()

    @property
    def is_mine(self):
        return self.is_claimed and self.comment.claimed_by_id == self.by.pk

    @property
    def claim_words(self):
        """Who reads this now, or nothing."""
        if not self.is_claimed or self.comment.claimed_by is None:
            return ""
        until = clock_time(self.comment.claimed_until)
        if self.is_mine:
            return _("You took this until %(time)s") % {"time": until}
        return _("%(who)s is reading this until %(time)s") % {
            "who": called(self.comment.claimed_by),
            "time": until,
        }

    @property
    def decided_words(self):
        return decided_words(self.last, self.by) if self.last else ""


def cards(comments, by):
    """Cards of these comments; the same number of queries for one and for many."""
    keys = [comment.pk for comment in comments]
    found = {comment.pk: Card(comment, by) for comment in comments}
    for reason in Reason.objects.filter(comment__in=keys).select_related("rule"):
        card = found[reason.comment_id]
        is_warning = reason.phase == Comment.Phase.PERSONAL
        (card.warnings if is_warning else card.reasons).append(reasons.sentence(reason))
    for report in Flag.objects.filter(comment__in=keys, closed_at=None):
        found[report.comment_id].reports.append(report)
    for decision in _status_decisions(keys):
        found[decision.comment_id].last = found[decision.comment_id].last or decision
    names = defaultdict(list)
    written = {comment.name_key for comment in comments if comment.name_key}
    for note in NameNote.objects.filter(name_key__in=written or [""]).select_related("by"):
        names[note.name_key].append(note)
    for card in found.values():
        card.notes = names[card.comment.name_key] if card.comment.name_key else []
    return list(found.values())


def card_of(key, by, notice=""):
    """One comment's card, or None if the comment is gone."""
    comment = (
        Comment.objects.filter(pk=key)
        .select_related("forum__post__section", "parent", "held_by_rule", "claimed_by")
        .first()
    )
    if comment is None:
        return None
    card = cards([comment], by)[0]
    card.notice = notice
    return card


def _status_decisions(keys):
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
    rows = Comment.objects.filter(pk__in=list(seen)).order_by("pk").select_for_update()
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
    for decision in _status_decisions([comment.pk for comment in comments]):
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
    return Comment.objects.pending().filter(
        _free_for(by), held_by=Comment.Phase.RULES, held_by_rule=rule
    )


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
    rows = Comment.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    comments = {comment.pk: comment for comment in rows}
    newest = {}
    for each in _status_decisions(keys):
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


# Claims


def _free_for(by):
    """What nobody else is reading now."""
    return Q(claimed_until=None) | Q(claimed_until__lte=timezone.now()) | Q(claimed_by=by)


@transaction.atomic
def take_next(asked, by, number=CLAIMED_AT_ONCE):
    """Claim the first of a Look's queue that nobody reads, for 15 minutes; gives how many.

    Two moderators who ask at once get different ones.
    """
    now = timezone.now()
    nobody = Q(claimed_until=None) | Q(claimed_until__lte=now)
    rows = asked.queue.in_order(asked.rows()).filter(nobody)
    keys = [comment.pk for comment in rows.select_for_update(skip_locked=True)[:number]]
    return Comment.objects.filter(nobody, pk__in=keys).update(
        claimed_by=by, claimed_until=now + CLAIMED_FOR
    )


@transaction.atomic
def take(key, by):
    """Claim one comment; raises Undecidable if somebody else reads it or it is gone."""
    comment = Comment.objects.select_for_update().filter(pk=key).first()
    if comment is None:
        raise Undecidable(_("This comment is no longer here."))
    card = Card(comment, by)
    if card.is_claimed and not card.is_mine:
        raise Undecidable(card.claim_words + ".")
    Comment.objects.filter(pk=key).update(claimed_by=by, claimed_until=timezone.now() + CLAIMED_FOR)


def release(by, key=None):
    """Give up one's claim on one comment, or on all; gives how many there were."""
    rows = Comment.objects.filter(claimed_by=by)
    if key is not None:
        rows = rows.filter(pk=key)
    return rows.update(claimed_by=None, claimed_until=None)


def decided_sentence(outcomes, decision):
    """What a moderator is told after deciding on several comments."""
    number = sum(outcome.decision is not None for outcome in outcomes)
    return ngettext(
        "%(number)d comment is now: %(status)s.", "%(number)d comments are now: %(status)s.", number
    ) % {"number": number, "status": Status(decision).label}
