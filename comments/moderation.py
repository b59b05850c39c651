"""What happens to a new comment: ordered phases, the first decision wins, each leaves a reason.

Every door that a reader's comment comes through calls `submit`; `correct` takes the pending
comment's new words through the same phases.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import CharField, DateTimeField
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import limits, marks, personal, receipts, rules, score
from comments import text as texts
from comments.models import Comment, Decision, Forum, Policy, Reason
from comments.models.comments import fingerprint_of
from posts import languages
from posts.prepared import Given, Prepared

Phase = Comment.Phase

# A form that a bad line sends twice arrives twice within minutes; a day also covers a tab that is
# reopened and sent again.
SENT_TWICE_WITHIN = timedelta(hours=24)
# Shorter texts ("Thank you!") are said by many people without any of them being a machine.
REPEATED_FROM_LETTERS = 25
REPEATED_WITHIN = timedelta(days=30)

_FORUM = Prepared(lambda: Forum.objects.filter(post=Given("post")))
_LOCKED = Prepared(lambda: Forum.objects.filter(pk=Given("forum")).select_for_update())
_POLICY = Prepared(Policy.objects.all)
_STANDING = Prepared(
    lambda: (
        Comment.objects.approved()
        .filter(pk=Given("comment"), forum=Given("forum"))
        .order_by()
        .values_list("pk")
    )
)
_SAME = Prepared(
    lambda: (
        Comment.objects.filter(
            forum=Given("forum"),
            fingerprint=Given("fingerprint", CharField()),
            submitted_at__gte=Given("since", DateTimeField()),
            name=Given("name", CharField()),
            place=Given("place", CharField()),
            text=Given("text", CharField()),
            mark=Given("mark", CharField()),
        )
        .exclude(status=Comment.Status.WITHDRAWN)
        .order_by("submitted_at", "pk")
        .values_list("pk", "parent")
    )
)
_ALIKE = Prepared(
    lambda: (
        Comment.objects.filter(
            fingerprint=Given("fingerprint", CharField()),
            submitted_at__gte=Given("since", DateTimeField()),
        )
        .order_by()
        .values_list("status", "pk")[:100]
    )
)


def forum_of(post):
    """`Forum.objects.for_post`, with its policy, as it is asked at each comment."""
    forum = _FORUM.first(post=post.pk) or Forum(post=post)
    forum.post, forum.policy = post, _POLICY.first() or Policy()
    return forum


@dataclass
class Submission:
    """What a reader sent, already cleaned: `comments.text` for the words, the form for the rest.

    `sender` comes from `limits.sender_of`, `seconds` is the time since the form was opened where
    that is known, `corrects` the pending comment whose words are to be replaced.
    """

    post: object
    name: str
    place: str
    text: str
    parent: Comment | None = None
    mark: str = ""
    honeypot: str = ""
    sender: object = None
    seconds: float | None = None
    corrects: Comment | None = None
    # Whether the very same was sent before: `submit` then gives that comment.
    repeats: bool = False
    reasons: list = field(default_factory=list)

    @cached_property
    def forum(self):
        return forum_of(self.post)

    @cached_property
    def policy(self):
        return self.forum.policy

    @cached_property
    def language(self):
        return languages.guess(self.text, self.post.language)

    @cached_property
    def fingerprint(self):
        return fingerprint_of(self.text)

    def say(self, phase, code, rule=None, **details):
        """Leave a reason for the moderator; `comments.reasons` has its sentence."""
        self.reasons.append(Reason(phase=phase, code=code, rule_id=rule, details=details))


@dataclass(frozen=True)
class Verdict:
    """A phase's decision: the new comment's status, or `refusal`, a sentence for the reader.

    `retry_after` in seconds goes with a refusal that time heals; `field` names the form's field
    that a refusal is about.
    """

    status: str = ""
    held_by: str = ""
    rule: int | None = None
    refusal: str = ""
    field: str = ""
    retry_after: int = 0
    earlier: Comment | None = None

    @property
    def ends(self):
        return bool(self.refusal or self.earlier)


class Refused(Exception):
    """The submission is not taken; the message is for the reader, nothing was stored."""

    def __init__(self, verdict):
        super().__init__(verdict.refusal)
        self.retry_after, self.field = verdict.retry_after, verdict.field


def hold(phase, rule=None):
    return Verdict(status=Comment.Status.PENDING, held_by=phase, rule=rule)


def forum_is_closed(submission):
    if submission.corrects or submission.forum.accepts_comments:
        return None
    return Verdict(refusal=submission.forum.closing_words)


def parent_is_gone(submission):
    parent = submission.parent
    if parent is None or submission.corrects:
        return None
    stands = submission.forum.pk and _STANDING.rows(comment=parent.pk, forum=submission.forum.pk)
    return None if stands else Verdict(refusal=_("The comment that you answer is no longer here."))


def too_long(submission):
    over = len(submission.text) - Comment.TEXT_LENGTH
    if over <= 0:
        return None
    return Verdict(
        field="text",
        refusal=_(
            "The comment has %(length)d characters; at most %(limit)d can be taken. "
            "Shorten it by %(over)d, or send it in two parts."
        )
        % {"length": len(submission.text), "limit": Comment.TEXT_LENGTH, "over": over},
    )


def name_of_an_author(submission):
    if not marks.is_reserved(submission.name, submission.mark):
        return None
    return Verdict(
        field="name",
        refusal=_(
            "“%(name)s” is the name of one of the blog's authors. Please choose another name; "
            "the author can use it with the secret phrase."
        )
        % {"name": submission.name},
    )


def sent_twice(submission):
    if submission.corrects or submission.forum.pk is None:
        return None
    answers = submission.parent and submission.parent.pk
    same = _SAME.rows(
        forum=submission.forum.pk,
        fingerprint=submission.fingerprint,
        since=timezone.now() - SENT_TWICE_WITHIN,
        name=submission.name,
        place=submission.place,
        text=submission.text,
        mark=submission.mark,
    )
    keys = [key for key, parent in same if parent == answers]
    earlier = Comment.objects.filter(pk__in=keys).first() if keys else None
    submission.repeats = earlier is not None
    return Verdict(earlier=earlier) if earlier else None


def beyond_the_limits(submission):
    standing = limits.count(submission.sender, submission.forum.pk, submission.policy)
    if standing.level == "far_beyond":
        minutes = -(-standing.retry_after // 60)
        return Verdict(
            refusal=ngettext(
                "Very many comments have come from your connection. Nothing was stored. Your text "
                "is below: please send it again in %(minutes)d minute.",
                "Very many comments have come from your connection. Nothing was stored. Your text "
                "is below: please send it again in %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes},
            retry_after=standing.retry_after,
        )
    if standing.level == "beyond":
        submission.say(Phase.LIMITS, "limit", limit=standing.limit)
        return hold(Phase.LIMITS)
    return None


def fills_the_honeypot(submission):
    if submission.honeypot:
        submission.say(Phase.HONEYPOT, "honeypot")
        # Held, not refused: some browsers fill in every field that they think they know.
        return hold(Phase.HONEYPOT)
    least = submission.policy.least_seconds
    if submission.seconds is not None and submission.seconds < least:
        submission.say(Phase.HONEYPOT, "quick", seconds=round(submission.seconds, 1), least=least)
        return hold(Phase.HONEYPOT)
    return None


def says_what_was_said(submission):
    if sum(letter.isalnum() for letter in submission.text) < REPEATED_FROM_LETTERS:
        return None
    itself = submission.corrects and submission.corrects.pk
    alike = _ALIKE.rows(fingerprint=submission.fingerprint, since=timezone.now() - REPEATED_WITHIN)
    statuses = [status for status, key in alike if key != itself]
    if not statuses:
        return None
    submission.say(
        Phase.REPEATED,
        "repeated",
        number=len(statuses),
        refused=sum(each in (Comment.Status.SPAM, Comment.Status.REJECTED) for each in statuses),
    )
    return hold(Phase.REPEATED)


def tells_private_details(submission):
    """Never decides: the form warned the reader before sending, this tells the moderator."""
    for finding in personal.findings(submission.text):
        submission.say(Phase.PERSONAL, finding.kind, found=finding.found)


def meets_a_rule(submission):
    found = rules.matches(submission.name, submission.place, submission.text, submission.language)
    for match in found:
        submission.say(
            Phase.RULES, match.kind, rule=match.rule, found=match.found, pattern=match.pattern
        )
    if not found:
        return None
    if found[0].action == "refuse":
        return Verdict(
            rule=found[0].rule,
            refusal=_(
                "The newsroom does not take “%(found)s” here. Nothing was stored. Your text is "
                "below: please change it and send it again."
            )
            % {"found": found[0].found},
        )
    return hold(Phase.RULES, found[0].rule)


def has_many_links(submission):
    found = texts.links_in(submission.text)
    most = submission.policy.links_held_from
    if not found or not most or len(found) < most:
        return None
    submission.say(Phase.LINKS, "links", number=len(found), found=", ".join(found[:5]))
    return hold(Phase.LINKS)


def looks_like_spam(submission):
    found = score.score(submission.text, submission.language)
    least = submission.policy.score_holds_from
    if found is None or not least or found.per_cent < least:
        return None
    submission.say(
        Phase.SCORE, "score", per_cent=found.per_cent, words=list(found.words), least=least
    )
    return hold(Phase.SCORE)


def is_known(submission):
    """Known is who wrote here before with the same mark, and was not refused of late."""
    policy = submission.policy
    known, refused = False, 0
    if submission.mark:
        of_mark = Comment.objects.filter(mark=submission.mark)
        published = of_mark.approved()[: policy.known_after].count()
        refused = of_mark.filter(
            status__in=(Comment.Status.SPAM, Comment.Status.REJECTED),
            submitted_at__gte=timezone.now() - REPEATED_WITHIN,
        ).count()
        known = published >= policy.known_after and not refused
        submission.say(
            Phase.KNOWN, "known" if known else "not_yet", published=published, refused=refused
        )
    waits = submission.forum.holds_comments
    if known and waits and policy.known_names in (policy.Unknown.PASS_KNOWN, policy.Unknown.BOTH):
        return Verdict(status=Comment.Status.APPROVED)
    hold_unknown = policy.known_names in (policy.Unknown.HOLD_UNKNOWN, policy.Unknown.BOTH)
    if not known and not waits and hold_unknown:
        if not submission.mark:
            submission.say(Phase.KNOWN, "unknown")
        return hold(Phase.KNOWN)
    return None


def state_of_the_forum(submission):
    if submission.forum.holds_comments:
        submission.say(Phase.FORUM, submission.forum.state_now)
        return hold(Phase.FORUM)
    return Verdict(status=Comment.Status.APPROVED)


PHASES = (
    forum_is_closed,
    parent_is_gone,
    too_long,
    name_of_an_author,
    sent_twice,
    beyond_the_limits,
    fills_the_honeypot,
    says_what_was_said,
    tells_private_details,
    meets_a_rule,
    has_many_links,
    looks_like_spam,
    is_known,
    state_of_the_forum,
)
# Asked once more inside the transaction: two copies of one form can pass them together before it.
PHASES_UNDER_THE_LOCK = (forum_is_closed, parent_is_gone, sent_twice)


def judge(submission, phases=PHASES):
    """The first decision of the phases; unless it ends all, later ones still leave reasons."""
    first = None
    for phase in phases:
        verdict = phase(submission)
        if verdict and first is None:
            first = verdict
        if first and first.ends:
            break
    if first and first.refusal:
        raise Refused(first)
    return first


def submit(submission):
    """Take a submission through the phases and store it; gives the comment.

    The same submission sent twice gives the comment that is already there. Raises Refused, and
    stores nothing, when a phase refuses it. All reading is done before the one short transaction.
    """
    verdict = judge(submission)
    if verdict.earlier:
        return verdict.earlier
    with transaction.atomic():
        submission.forum = _locked_forum(submission)
        again = judge(submission, PHASES_UNDER_THE_LOCK)
        if again:
            return again.earlier
        comment = Comment(
            forum=submission.forum,
            parent=submission.parent,
            name=submission.name,
            place=submission.place,
            text=submission.text,
            mark=submission.mark,
            language=submission.language,
            status=verdict.status,
            held_by=verdict.held_by,
            held_by_rule_id=verdict.rule,
        )
        comment.save()
        _keep_reasons(comment, submission)
        Decision.objects.create(
            comment=comment, after=verdict.status, rule_id=verdict.rule, reason=verdict.held_by
        )
        if comment.is_shown:
            Comment.objects.was_published([comment.pk])
        receipts.remember_sender(submission, comment)
    return comment


def _locked_forum(submission):
    """The stored forum: one writer a forum at a time, else two copies of one form could be stored
    together."""
    stored, policy = submission.forum, submission.policy
    if stored.pk is None:
        stored, _created = Forum.objects.get_or_create(post=submission.post)
    forum = _LOCKED.first(forum=stored.pk)
    forum.post, forum.policy = submission.post, policy
    return forum


def correct(submission):
    """Put a pending comment's new words in place of the old ones, which are destroyed.

    It stays pending, whatever the phases say, and carries their new reasons. Raises Refused, and
    changes nothing, when a phase refuses the words or the comment no longer waits.
    """
    verdict = judge(submission)
    with transaction.atomic():
        comment = Comment.objects.select_for_update().get(pk=submission.corrects.pk)
        if comment.status != Comment.Status.PENDING:
            raise Refused(
                Verdict(
                    refusal=_("Meanwhile it was decided on, so it can't be corrected any more.")
                )
            )
        comment.name, comment.place, comment.text = (
            submission.name, submission.place, submission.text,
        )  # fmt: skip
        comment.mark, comment.language = submission.mark, submission.language
        comment.held_by = verdict.held_by or comment.held_by
        comment.held_by_rule_id = verdict.rule
        comment.corrected_at = timezone.now()
        comment.save()
        comment.reasons.all().delete()
        _keep_reasons(comment, submission)
        Decision.objects.create(
            comment=comment,
            what=Decision.What.CORRECTED,
            before=comment.status,
            after=comment.status,
            rule_id=verdict.rule,
            reason=verdict.held_by,
        )
    return comment


def _keep_reasons(comment, submission):
    for reason in submission.reasons:
        reason.comment = comment
    Reason.objects.bulk_create(submission.reasons)
