"""The moderation desk: its queues, the look through their filters, and what a card tells."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comments import claims, reasons, search
from comments.deciding import decided_words, seen_of, status_decisions
from comments.models import Comment, Decision, Flag, Forum, NameNote, Reason, Rule
from comments.saying import in_words
from posts import languages
from posts.models import Post, Section

Status = Comment.Status

PAGE = 30
# Counting more rows than this costs more than it tells a moderator.
COUNTED = 10_000
WAITING_COUNTED = 100_000
LONG_FROM = 1_200
# Posts are offered as a filter if one of so many comments at the head of the queue is theirs.
POSTS_LOOKED_FOR_IN = 300
FEW = 100
# So many of those that wait longest say under which posts most wait.
LOOKED_AT = 1_000
# Of what a search finds, the newest are looked at: a moderator narrows it down, nobody reads more.
MOST_FOUND = 1_000
WORDS_LENGTH = 100
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


def most_waited_for(most=8):
    """[(post, how many comments wait there)] for the posts under which most wait, two queries.

    Only the comments that have waited longest are counted, so that fifty thousand cost no more.
    """
    oldest = Comment.objects.pending().oldest_first().values_list("forum__post", flat=True)
    counts = Counter(oldest[:LOOKED_AT]).most_common(most)
    posts = Post.objects.defer("body", "opening").in_bulk([key for key, _number in counts])
    return [(posts[key], number) for key, number in counts if key in posts]


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
    words: str = ""
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
                "words": self.words,
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
            rows = rows.filter(self.in_forums)
        if self.rule:
            rows = rows.filter(held_by_rule=self.rule)
        if self.age:
            before = timezone.now() - AGES[self.age][0]
            rows = rows.filter(**{f"{self.queue.moment}__lte": before})
        if self.words:
            rows = rows.filter(pk__in=self.found)
        if self.claims_now == "free":
            rows = rows.free_for(self.by)
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
        # In two steps: keys by an index alone. Asked for everything at once, SQLite begins with the
        # smallest table, which reads and sorts the whole queue (1.4 s for a million comments).
        keys = list(self.comments().values_list("pk", flat=True))
        found = Comment.objects.select_related(
            "forum__post__section", "parent", "held_by_rule", "claimed_by"
        ).in_bulk(keys)
        # What another moderator's tab deleted between the steps is gone.
        found = [found[key] for key in keys if key in found]
        return cards(found[:PAGE], self.by), len(keys) > PAGE

    @cached_property
    def found(self):
        """Keys of the newest comments with the words looked for, in whichever queue they are."""
        return search.find(self.words, MOST_FOUND)

    @property
    def found_too_many(self):
        return bool(self.words) and len(self.found) == MOST_FOUND

    @cached_property
    def in_forums(self):
        """The condition that a comment stands in a forum of the chosen post and section.

        Few forums are named by their keys. With many the queue's own order is followed until a
        page is full: `IN (subquery)` would read and sort all comments of all those forums.
        """
        found = Forum.objects.all()
        if self.section:
            found = found.filter(post__section=self.section)
        if self.post:
            found = found.filter(post=self.post)
        few = list(found.values_list("pk", flat=True)[: FEW + 1])
        return Q(forum__in=few) if len(few) <= FEW else Exists(found.filter(pk=OuterRef("forum")))

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
    found.words = " ".join(query.get("words", "").split())[:WORDS_LENGTH]
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
        return claims.is_claimed(self.comment)

    @property
    def is_mine(self):
        return claims.is_mine(self.comment, self.by)

    @property
    def claim_words(self):
        """Who reads this now, or nothing."""
        return claims.claim_words(self.comment, self.by)

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
    for decision in status_decisions(keys):
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
