"""What is on record about a comment: decisions, reasons, reports, and notes on a name."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.models.comments import Comment
from comments.models.rules import Rule


class OnlyAddedTo(models.QuerySet):
    def update(self, **fields):
        raise TypeError("Decisions are never changed.")

    def delete(self):
        raise TypeError("Decisions are never deleted.")


class Decision(models.Model):
    """Who changed what about a comment, when, from what to what, and why. Only ever added to.

    No word of a reader stands here. `by` is None where a rule, a phase of the pipeline or the
    comment's author decided; `reason` then says which.
    """

    class What(models.TextChoices):
        STATUS = "status", pgettext_lazy("decision", "Status")
        REDACTED = "redacted", pgettext_lazy("decision", "A passage was removed")
        DISTINCTION = "distinction", pgettext_lazy("decision", "Distinction")
        CORRECTED = "corrected", pgettext_lazy("decision", "Corrected by its author")

    class Code(models.TextChoices):
        """Why a comment was refused: sentences that its author is told (comments.reasons)."""

        INSULT = "insult", pgettext_lazy("reason", "Insult")
        HATRED = "hatred", pgettext_lazy("reason", "Hatred")
        THREAT = "threat", pgettext_lazy("reason", "Threat or call to violence")
        PRIVATE = "private", pgettext_lazy("reason", "Somebody's private details")
        DANGER = "danger", pgettext_lazy("reason", "Could put somebody in danger")
        OFF_TOPIC = "off_topic", pgettext_lazy("reason", "Not about the post")
        ADVERT = "advert", pgettext_lazy("reason", "Advertisement")
        REPEATED = "repeated", pgettext_lazy("reason", "Said already")
        UNREADABLE = "unreadable", pgettext_lazy("reason", "Can't be read")
        OTHER = "other", pgettext_lazy("reason", "Another reason")

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="decisions")
    what = models.CharField(_("what"), max_length=12, choices=What, default=What.STATUS)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    rule = models.ForeignKey(
        Rule, models.SET_NULL, null=True, related_name="+", verbose_name=_("rule")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    before = models.CharField(_("from"), max_length=12, choices=Comment.Status, blank=True)
    after = models.CharField(_("to"), max_length=12, choices=Comment.Status)
    code = models.CharField(_("reason"), max_length=12, choices=Code, blank=True)
    reason = models.CharField(_("remark"), max_length=200, blank=True)
    undoes = models.OneToOneField(
        "self", models.CASCADE, null=True, related_name="undone_by", verbose_name=_("undoes")
    )
    # Decisions of one bulk action share it, and are undone together.
    batch = models.UUIDField(null=True, db_index=True)

    objects = OnlyAddedTo.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["by", "-at", "-id"], name="decision_of_moderator"),
            models.Index(fields=["at"], name="decision_by_time"),
        ]

    def __str__(self):
        return f"{self.get_before_display()} → {self.get_after_display()}"

    def save(self, **kwargs):
        if not self._state.adding:
            raise TypeError("A decision is never changed; make a new one.")
        super().save(**kwargs)


class Reason(models.Model):
    """What one phase of the pipeline had to say about a comment, for the moderator's card.

    `code` names a sentence of `comments.reasons`, `details` fills it: which word, which link, how
    many. Details can quote the comment, so they go when its words go.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reasons")
    phase = models.CharField(max_length=10, choices=Comment.Phase)
    code = models.CharField(max_length=20)
    details = models.JSONField(default=dict)
    rule = models.ForeignKey(Rule, models.SET_NULL, null=True, related_name="reasons")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.phase}: {self.code}"


class Flag(models.Model):
    """A reader's report of a comment. Who reported it is not kept."""

    class Why(models.TextChoices):
        INSULT = "insult", pgettext_lazy("report", "It insults somebody")
        HATRED = "hatred", pgettext_lazy("report", "It spreads hatred or calls to violence")
        PRIVATE = "private", pgettext_lazy("report", "It tells somebody's private details")
        DANGER = "danger", pgettext_lazy("report", "It could put somebody in danger")
        FALSE = "false", pgettext_lazy("report", "It is false")
        ADVERT = "advert", pgettext_lazy("report", "It is an advertisement")
        OTHER = "other", pgettext_lazy("report", "Something else")

    WORDS_LENGTH = 500

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="flagged")
    why = models.CharField(_("why"), max_length=10, choices=Why)
    words = models.CharField(_("in the reader's words"), max_length=WORDS_LENGTH, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    # Set to the moment of the decision that answered it; an undo opens it again.
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.get_why_display()


class NameNote(models.Model):
    """What moderators want to remember about a name; names are not people, two can share one."""

    name_key = models.CharField(max_length=120, db_index=True)
    text = models.CharField(_("note"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("note on a name")
        verbose_name_plural = _("notes on names")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.text
