"""What happens to a new comment: ordered phases, the first decision wins, each leaves a reason.

Every door that a reader's comment comes through calls `submit`.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Comment, Decision, Forum
from posts import languages

# A form that a bad line sends twice arrives twice within minutes; a day also covers a tab that is
# reopened and sent again.
SENT_TWICE_WITHIN = timedelta(hours=24)


@dataclass
class Submission:
    """What a reader sent, already cleaned: `comments.text` for the words, the form for the rest."""

    post: object
    name: str
    place: str
    text: str
    parent: Comment | None = None
    honeypot: str = ""
    forum: Forum | None = None
    reasons: list = field(default_factory=list)


@dataclass(frozen=True)
class Verdict:
    """A phase's decision: the new comment's status, or `refusal`, a sentence for the reader."""

    status: str = ""
    refusal: str = ""
    earlier: Comment | None = None


class Refused(Exception):
    """The submission is not taken; the message is for the reader, nothing was stored."""


def forum_is_closed(submission):
    if not submission.forum.accepts_comments:
        return Verdict(refusal=_("This forum has been closed."))
    return None


def parent_is_gone(submission):
    parent = submission.parent
    if parent is None:
        return None
    stands = Comment.objects.approved().filter(pk=parent.pk, forum=submission.forum).exists()
    return None if stands else Verdict(refusal=_("The comment that you answer is no longer here."))


def sent_twice(submission):
    earlier = Comment.objects.filter(
        forum=submission.forum,
        parent=submission.parent,
        name=submission.name,
        place=submission.place,
        text=submission.text,
        submitted_at__gte=timezone.now() - SENT_TWICE_WITHIN,
    ).first()
    return Verdict(earlier=earlier) if earlier else None


def fills_the_honeypot(submission):
    if submission.honeypot:
        submission.reasons.append("honeypot: the field that people don't see was filled in")
        # Held, not refused: some browsers fill in every field that they think they know.
        return Verdict(status=Comment.Status.PENDING)
    return None


def state_of_the_forum(submission):
    if submission.forum.holds_comments:
        submission.reasons.append(f"forum: {submission.forum.state_now}")
        return Verdict(status=Comment.Status.PENDING)
    return Verdict(status=Comment.Status.APPROVED)


PHASES = (
    forum_is_closed,
    parent_is_gone,
    sent_twice,
    fills_the_honeypot,
    state_of_the_forum,
)


@transaction.atomic
def submit(submission):
    """Take a submission through the phases and store it; gives the comment.

    The same submission sent twice gives the comment that is already there. Raises Refused, and
    stores nothing, when a phase refuses it.
    """
    forum, _created = Forum.objects.get_or_create(post=submission.post)
    # One writer a forum at a time: else two copies of one form could pass `sent_twice` together.
    submission.forum = Forum.objects.select_for_update().get(pk=forum.pk)
    verdict = next(filter(None, (phase(submission) for phase in PHASES)))
    if verdict.refusal:
        raise Refused(verdict.refusal)
    if verdict.earlier:
        return verdict.earlier
    comment = Comment(
        forum=submission.forum,
        parent=submission.parent,
        name=submission.name,
        place=submission.place,
        text=submission.text,
        language=languages.guess(submission.text, submission.post.language),
        status=verdict.status,
    )
    comment.save()
    Decision.objects.create(
        comment=comment, after=verdict.status, reason="; ".join(submission.reasons)[:200]
    )
    return comment
