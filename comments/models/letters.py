"""Mail: who asked for it, and what is on its way."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment


class Subscription(models.Model):
    """A reader's wish to hear of replies to a comment; gone as soon as it is stopped.

    `address` is encrypted (`comments.letters`); nothing else of the reader is kept.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="subscription")
    address = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"#{self.comment_id}"


class Letter(models.Model):
    """A mail that has not been sent yet: deleted once a mail server has taken it.

    `to` and `body` are encrypted, for they may hold a reader's address.
    """

    to = models.TextField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    headers = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    # The reply that a letter tells of: once a subscription, and not at all if it is removed.
    reply = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self):
        return f"#{self.pk}"


class DigestChoice(models.Model):
    """When a moderator is told by mail that comments wait."""

    class Frequency(models.TextChoices):
        NEVER = "never", _("Never")
        HOURLY = "hourly", _("Every hour, if something waits")
        DAILY = "daily", _("Every day, if something waits")
        WAITING = "waiting", _("When the oldest has waited too long")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_choice"
    )
    frequency = models.CharField(
        _("tell me"), max_length=8, choices=Frequency, default=Frequency.NEVER
    )
    minutes = models.PositiveSmallIntegerField(
        _("too long means (minutes)"), default=60, validators=[MinValueValidator(5)]
    )

    class Contents(models.TextChoices):
        NUMBERS = "numbers", _("Only how many wait")
        TEXTS = "texts", _("Also the comments' texts")

    contents = models.CharField(
        _("the mail says"), max_length=8, choices=Contents, default=Contents.NUMBERS
    )
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("notice by mail")
        verbose_name_plural = _("notices by mail")

    def __str__(self):
        return f"{self.user}: {self.get_frequency_display()}"
