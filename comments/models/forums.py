"""The discussion of a post: its state, and when that changes by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connections, models
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments import hours
from comments.models.policy import Policy
from posts import calendars, versions
from posts.models import Post
from posts.models.changes import Shown, ShownQuerySet


def readers_saw(posts):
    """Say that what readers see of the discussions of these posts (their keys) has changed."""
    if names := {versions.forum(post) for post in posts}:
        versions.changed(versions.COMMENTS, *sorted(names))


class ForumQuerySet(ShownQuerySet):
    def _changed(self):
        # Of which posts would have to be asked first; many at once is rare.
        versions.changed(versions.SITE)

    def for_post(self, post):
        """The stored forum of a post, or an unsaved one with the defaults: reading never writes.

        A stored one knows its policy, too.
        """
        found = self.filter(post=post).annotate(policies=Policy.beside()).order_by().first()
        if found:
            found.policy = Policy.said(found.policies)
        else:
            found = Forum(post=post)
        found.post = post
        if versions.is_made():
            versions.made_from(versions.forum(post.pk))
            versions.true_until(found.turns_at)
        return found

    def with_newest(self):
        """Each forum with `newest_at`, when the last of its shown comments appeared."""
        from comments.models.comments import Comment

        approved = Comment.objects.approved()
        return self.annotate(
            newest_at=models.Subquery(
                approved.filter(forum=OuterRef("pk"), decided_at__isnull=False)
                .order_by("-decided_at")
                .values("decided_at")[:1]
            ),
        )

    def lock(self, keys):
        """Let nobody else change these forums until the transaction ends.

        Where a database has no locks of rows, its writers wait for each other anyway.
        """
        if connections[self.db].features.has_select_for_update:
            found = self.filter(pk__in=list(keys)).order_by("pk")
            list(found.select_for_update(no_key=True).values_list("pk"))

    def set_state(self, post, state):
        """Set the state of a post's forum by hand, which its clocks by days then leave alone."""
        forum, _created = self.get_or_create(post=post)
        forum.state, forum.state_set_at = state, timezone.now()
        forum.save(update_fields=["state", "state_set_at"])
        return forum


@dataclass(frozen=True)
class Clock:
    """A moment at which a forum comes into a state by itself, and what set the clock."""

    TIME, DAYS, SITES_DAYS = "time", "days", "site's days"

    at: datetime
    state: str
    setting: str

    def words(self, sentences):
        return sentences[self.state, self.setting] % {"when": in_words(self.at)}


def in_words(moment):
    """A day and time in the site's zone, with the year where it is not this one."""
    here = timezone.localtime(moment)
    this_year = here.year == timezone.localdate().year
    return date_format(here, "j F H:i" if this_year else "j F Y H:i")


class Forum(Shown):
    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("forum", "Open")
        PREMODERATED = "premoderated", pgettext_lazy("forum", "Pre-moderated")
        CLOSED = "closed", pgettext_lazy("forum", "Closed")

    post = models.OneToOneField(Post, models.CASCADE, related_name="forum", verbose_name=_("post"))
    state = models.CharField(
        _("forum"),
        max_length=12,
        choices=State,
        default=State.PREMODERATED,
        help_text=_(
            "Open: comments appear at once. Pre-moderated: a moderator reads them first. "
            "Closed: no more comments."
        ),
    )
    # When somebody set the state by hand: later clocks by days no longer change it.
    state_set_at = models.DateTimeField(null=True, editable=False)
    holds_at = models.DateTimeField(
        _("holds everything from"), null=True, blank=True,
        help_text=_("From this time on an open forum is pre-moderated."),
    )  # fmt: skip
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    holds_after_days = models.PositiveSmallIntegerField(
        _("holds everything after (days)"), null=True, blank=True,
        help_text=_("Empty: as the moderation settings say. 0: never."),
    )  # fmt: skip
    closes_after_days = models.PositiveSmallIntegerField(
        _("closes after (days)"), null=True, blank=True,
        help_text=_("Empty: as the moderation settings say. 0: never."),
    )  # fmt: skip
    closing_message = models.CharField(
        _("closing message"), max_length=300, blank=True,
        help_text=_("Shown over the forum when it is closed. Empty: the site's own message."),
    )  # fmt: skip

    UNSEEN = frozenset({"shown", "threads"})  # told of by whoever lets a comment be seen

    # Its approved comments, and its threads of which something is shown (comments.counters).
    shown = models.PositiveIntegerField(default=0, editable=False)
    threads = models.PositiveIntegerField(default=0, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")

    def __str__(self):
        return f"{self.post}: {self.get_state_display()}"

    @property
    def SHOWN_AS(self):
        return versions.forum(self.post_id)

    @cached_property
    def policy(self):
        return Policy.current()

    @property
    def hand_set_at(self):
        """When a hand set the state of a post that was out, against all counting of days.

        A state that was chosen before is what the days begin with.
        """
        if self.state_set_at is None or self.post.published_at is None:
            return None
        return self.state_set_at if self.state_set_at > self.post.published_at else None

    @property
    def clocks(self):
        """The moments, past or to come, at which this forum changes by itself; earliest first."""
        found = [
            Clock(at, state, Clock.TIME)
            for at, state in (
                (self.closes_at, self.State.CLOSED),
                (self.holds_at, self.State.PREMODERATED),
            )
            # A time that a hand's decision came after is no longer meant.
            if at is not None and (self.state_set_at is None or at > self.state_set_at)
        ]
        for own, sites, state in (
            (self.closes_after_days, self.policy.closes_after_days, self.State.CLOSED),
            (self.holds_after_days, self.policy.holds_after_days, self.State.PREMODERATED),
        ):
            days = sites if own is None else own
            if days and self.post.published_at and not self.hand_set_at:
                at = self.post.published_at + timedelta(days=days)
                found.append(Clock(at, state, Clock.SITES_DAYS if own is None else Clock.DAYS))
        return sorted(found, key=lambda clock: clock.at)

    @property
    def state_now(self):
        """The state with all clocks taken into account; duty hours are `resumes_at`."""
        now = timezone.now()
        return max(
            (self.State(self.state), *(clock.state for clock in self.clocks if clock.at <= now)),
            key=STRICTNESS.index,
        )

    @property
    def next_clock(self):
        """The Clock that changes this forum next, or None."""
        now, strictness = timezone.now(), STRICTNESS.index(self.state_now)
        for clock in self.clocks:
            if clock.at > now and STRICTNESS.index(clock.state) > strictness:
                return clock
        return None

    @property
    def turns_at(self):
        """The next moment at which a reader's view of it may change by itself, or None."""
        clock = self.next_clock
        moments = (clock and clock.at, hours.next_turn(self.policy.duty_hours))
        return min(filter(None, moments), default=None)

    @property
    def state_in_words(self):
        """What the state is now, why, and what comes next, for the newsroom."""
        return " ".join(filter(None, (self._now_in_words(), self._rest_in_words())))

    def _now_in_words(self):
        state, now = self.state_now, timezone.now()
        said = state.label
        if state != self.state:
            came = next(clock for clock in self.clocks if clock.at <= now and clock.state == state)
            said = came.words(CAME)
        elif self.state_set_at is not None:
            said = _now("%(state)s, set by hand on %(when)s") % {
                "state": said,
                "when": in_words(self.state_set_at),
            }
        following = self.next_clock
        if following:
            return f"{said}; {following.words(COMES)}."
        days = self.holds_after_days, self.closes_after_days
        sites = self.policy.holds_after_days, self.policy.closes_after_days
        if state != self.State.CLOSED and self.hand_set_at and any((*days, *sites)):
            return _now("%(said)s; so it stays, no matter how many days pass.") % {"said": said}
        return f"{said}."

    def _rest_in_words(self):
        resumes_at = self.resumes_at
        return resumes_at and _now("Outside duty hours, it takes no comments until %(when)s.") % {
            "when": in_words(resumes_at)
        }

    @property
    def resumes_at(self):
        """When moderators are back on duty, if the forum rests until then; else None."""
        if self.state_now == self.State.CLOSED:
            return None
        return hours.resumes_at(self.policy.duty_hours)

    @property
    def accepts_comments(self):
        return self.state_now != self.State.CLOSED and self.resumes_at is None

    @property
    def holds_comments(self):
        """Whether a comment waits for a moderator before it appears."""
        return self.state_now != self.State.OPEN

    @property
    def closing_words(self):
        """Why no comment is taken now, in a sentence for readers; empty while some are."""
        if self.state_now == self.State.CLOSED:
            own = self.closing_message or self.policy.closing_message
            return own or _now("This forum has been closed.")
        resumes_at = self.resumes_at
        if resumes_at is None:
            return ""
        when = timezone.localtime(resumes_at)
        if when.date() == timezone.localdate():
            return _now("The forum resumes at %(time)s.") % {"time": calendars.time(when)}
        return _now("The forum resumes on %(day)s at %(time)s.") % {
            "day": calendars.weekday_and_day(when, with_year=False),
            "time": calendars.time(when),
        }


# From what takes all comments to what takes none: clocks only ever go this way.
STRICTNESS = [Forum.State.OPEN, Forum.State.PREMODERATED, Forum.State.CLOSED]
CAME = {
    (Forum.State.CLOSED, Clock.TIME): _("Closed since %(when)s, the time set for this post"),
    (Forum.State.CLOSED, Clock.DAYS): _("Closed since %(when)s by this post's number of days"),
    (Forum.State.CLOSED, Clock.SITES_DAYS): _("Closed since %(when)s by the site's setting"),
    (Forum.State.PREMODERATED, Clock.TIME): _(
        "Pre-moderated since %(when)s, the time set for this post"
    ),
    (Forum.State.PREMODERATED, Clock.DAYS): _(
        "Pre-moderated since %(when)s by this post's number of days"
    ),
    (Forum.State.PREMODERATED, Clock.SITES_DAYS): _(
        "Pre-moderated since %(when)s by the site's setting"
    ),
}
COMES = {
    (Forum.State.CLOSED, Clock.TIME): _("closes on %(when)s, the time set for this post"),
    (Forum.State.CLOSED, Clock.DAYS): _("closes on %(when)s by this post's number of days"),
    (Forum.State.CLOSED, Clock.SITES_DAYS): _("closes on %(when)s by the site's setting"),
    (Forum.State.PREMODERATED, Clock.TIME): _(
        "holds everything from %(when)s, the time set for this post"
    ),
    (Forum.State.PREMODERATED, Clock.DAYS): _(
        "holds everything from %(when)s by this post's number of days"
    ),
    (Forum.State.PREMODERATED, Clock.SITES_DAYS): _(
        "holds everything from %(when)s by the site's setting"
    ),
}
