"""The newsroom's own settings for its forums, changed in the admin without a restart."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from comments import hours
from posts.gathering import Gathered, rows
from posts.models.changes import Shown


def duty_field(day):
    return models.CharField(
        day, max_length=100, blank=True, validators=[hours.validate], default=""
    )


def holds_too_late(holds, closes):
    """Why a forum can't begin to hold everything on or after the day on which it closes."""
    return _now(
        "%(holds)d days are too many: the forum is closed after %(closes)d, so nothing would be "
        "left to hold. Give fewer than %(closes)d, or leave it empty."
    ) % {"holds": holds, "closes": closes}


class Policy(Shown):
    """How forums behave where neither a post nor a moderator says otherwise; at most one record."""

    # Forums
    holds_after_days = models.PositiveSmallIntegerField(
        _("hold everything after (days)"), null=True, blank=True,
        help_text=_("Days after publishing from which every comment waits. Empty: never."),
    )  # fmt: skip
    closes_after_days = models.PositiveSmallIntegerField(
        _("close after (days)"), null=True, blank=True,
        help_text=_("Days after publishing from which a forum is closed. Empty: never."),
    )  # fmt: skip
    closing_message = models.CharField(
        _("closing message"), max_length=300, blank=True,
        help_text=_("Shown over a closed forum. Empty: “This forum has been closed.”"),
    )  # fmt: skip

    # Duty hours by weekday, Monday first, in the site's zone (comments.hours)
    monday = duty_field(_("Monday"))
    tuesday = duty_field(_("Tuesday"))
    wednesday = duty_field(_("Wednesday"))
    thursday = duty_field(_("Thursday"))
    friday = duty_field(_("Friday"))
    saturday = duty_field(_("Saturday"))
    sunday = duty_field(_("Sunday"))

    # Phases of the pipeline (comments.moderation)
    links_held_from = models.PositiveSmallIntegerField(
        _("hold from this many links"), default=2,
        help_text=_("0: links alone never hold a comment."),
    )  # fmt: skip
    least_seconds = models.PositiveSmallIntegerField(
        _("hold what was written in less than (seconds)"), default=3,
        help_text=_("Measured only where the form had a page of its own."),
    )  # fmt: skip
    per_minute = models.PositiveSmallIntegerField(
        _("comments a minute"), default=6, validators=[MinValueValidator(1)],
        help_text=_("From one connection; what goes beyond is held."),
    )  # fmt: skip
    per_hour = models.PositiveSmallIntegerField(
        _("comments an hour"), default=60, validators=[MinValueValidator(1)]
    )
    per_forum = models.PositiveSmallIntegerField(
        _("comments an hour in one forum"), default=30, validators=[MinValueValidator(1)]
    )
    refused_beyond = models.PositiveSmallIntegerField(
        _("refused from this many times the limit"), default=10, validators=[MinValueValidator(2)],
        help_text=_("Whole mobile carriers can share one connection: keep this generous."),
    )  # fmt: skip
    score_holds_from = models.PositiveSmallIntegerField(
        _("hold from this spam score (per cent)"), default=90,
        validators=[MaxValueValidator(100)], help_text=_("0: the score never holds a comment."),
    )  # fmt: skip
    known_after = models.PositiveSmallIntegerField(
        _("known after this many published comments"), default=5, validators=[MinValueValidator(1)],
        help_text=_("Counted for a name with a secret phrase, whose mark stands beside it."),
    )  # fmt: skip

    class Unknown(models.TextChoices):
        ALIKE = "alike", _("Known and unknown names are treated alike")
        HOLD_UNKNOWN = "hold_unknown", _("In open forums, hold what comes from unknown names")
        PASS_KNOWN = "pass_known", _("In pre-moderated forums, publish known names at once")
        BOTH = "both", _("Both: hold the unknown, publish the known")

    known_names = models.CharField(
        _("known names"), max_length=12, choices=Unknown, default=Unknown.ALIKE
    )
    flags_needed = models.PositiveSmallIntegerField(
        _("reports until a comment is queued"), default=3, validators=[MinValueValidator(1)],
        help_text=_("Reports never hide a comment by themselves."),
    )  # fmt: skip

    # Retention
    refused_kept_days = models.PositiveSmallIntegerField(
        _("keep refused and spam texts (days)"), default=90, validators=[MinValueValidator(1)],
        help_text=_("Then their words are destroyed; that they were refused stays on record."),
    )  # fmt: skip
    receipts_kept_days = models.PositiveSmallIntegerField(
        _("receipts work for (days)"), default=730, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("moderation settings")
        verbose_name_plural = _("moderation settings")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_policy"),
        ]

    def __str__(self):
        return str(_("Moderation settings"))

    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)

    def clean(self):
        holds, closes = self.holds_after_days, self.closes_after_days
        if holds and closes and holds >= closes:
            raise ValidationError({"holds_after_days": holds_too_late(holds, closes)})

    @property
    def duty_hours(self):
        """What `comments.hours` asks: the week's hours as typed, Monday first."""
        return (
            self.monday, self.tuesday, self.wednesday, self.thursday,
            self.friday, self.saturday, self.sunday,
        )  # fmt: skip

    @classmethod
    def beside(cls):
        """The settings as a column of another query, to be read by `said`."""
        return Gathered(cls.objects.all(), *(field.name for field in cls._meta.concrete_fields))

    @classmethod
    def said(cls, gathered):
        """The record out of what `beside` gave, or an unsaved one with the defaults."""
        return next(iter(rows(cls, gathered)), None) or cls()

    @classmethod
    def current(cls):
        """The stored settings, or an unsaved record with the defaults. One query."""
        return cls.objects.first() or cls()
