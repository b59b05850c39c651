"""Mail that tells moderators what waits: as seldom as each wants it, without texts unless asked."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Min, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import letters
from comments.models import Comment, DigestChoice
from posts import languages

Frequency = DigestChoice.Frequency

# In the site's zone: at the beginning of a newsroom's day.
DAILY_AT_HOUR = 8
HOUR = timedelta(hours=1)
# Of each text so many letters, of the longest waiting so many: a mail is not the desk.
TEXTS, TEXT_LENGTH = 20, 500


@dataclass(frozen=True)
class Waiting:
    """What waits in one language: how many comments, and since when the oldest."""

    language: str
    number: int
    oldest: object

    @property
    def name(self):
        return languages.language_of(self.language).name

    @property
    def age(self):
        return timesince(self.oldest, depth=1).replace("\xa0", " ")


def what_waits():
    """The Waiting of each language that has some, the longest wait first. One query."""
    rows = (
        Comment.objects.pending()
        .order_by()
        .values("language")
        .annotate(number=Count("pk"), oldest=Min("submitted_at"))
    )
    return sorted((Waiting(**row) for row in rows), key=lambda each: each.oldest)


def recipients():
    """The choices of those who want mail, may moderate and have an address."""
    choices = (
        DigestChoice.objects.exclude(frequency=Frequency.NEVER)
        .filter(user__is_active=True, user__is_staff=True)
        .exclude(user__email="")
        .select_related("user")
        .order_by("pk")
    )
    return [each for each in choices if each.user.has_perm("comments.moderate_comment")]


def is_time(choice, now, oldest):
    """Whether a moderator who made this choice is to be told now; `oldest` waits since then."""
    if choice.frequency == Frequency.DAILY:
        local = timezone.localtime(now)
        turn = local.replace(hour=DAILY_AT_HOUR, minute=0, second=0, microsecond=0)
        if local < turn:
            turn -= timedelta(days=1)
        return choice.sent_at is None or choice.sent_at < turn
    if choice.sent_at is not None and choice.sent_at > now - HOUR:
        return False
    if choice.frequency == Frequency.WAITING:
        return oldest <= now - timedelta(minutes=choice.minutes)
    return choice.frequency == Frequency.HOURLY


def send_due(now=None):
    """Put a letter into the box for each moderator who is to be told now. A recurring duty."""
    now = now or timezone.now()
    chosen = recipients()
    waiting = what_waits() if chosen else []
    if not waiting:
        return ""
    number = sum(
        _send(choice, waiting, now) for choice in chosen if is_time(choice, now, waiting[0].oldest)
    )
    if not number:
        return ""
    return ngettext(
        "%(number)d moderator was told.", "%(number)d moderators were told.", number
    ) % {"number": number}


@transaction.atomic
def _send(choice, waiting, now):
    """One letter; true unless another worker put it there first."""
    seen = DigestChoice.objects.filter(pk=choice.pk).filter(
        Q(sent_at=choice.sent_at) if choice.sent_at else Q(sent_at=None)
    )
    if not seen.update(sent_at=now):
        return False
    number = sum(each.number for each in waiting)
    letters.put(
        choice.user.email,
        ngettext("%(number)d comment waits", "%(number)d comments wait", number)
        % {"number": number},
        letters.write(
            "digest",
            waiting=waiting,
            comments=_texts() if choice.contents == DigestChoice.Contents.TEXTS else [],
            desk=letters.absolute(desk_address()),
            settings=letters.absolute(reverse("admin:comments_digestchoice_changelist")),
        ),
    )
    return True


def _texts():
    comments = Comment.objects.pending().oldest_first().select_related("forum__post")[:TEXTS]
    return [
        {
            "headline": comment.forum.post.headline,
            "text": comment.text
            if len(comment.text) <= TEXT_LENGTH
            else comment.text[:TEXT_LENGTH] + " …",
        }
        for comment in comments
    ]


def desk_address():
    try:
        return reverse("admin:comments_desk")
    except NoReverseMatch:
        return reverse("admin:comments_comment_changelist")


def why_no_mail(user):
    """Why a moderator who wants mail would get none, in a sentence; empty if they would."""
    if not user.email:
        return _(
            "Your sign-in has no e-mail address, so nothing can be sent. Ask an administrator to "
            "add one."
        )
    return ""
