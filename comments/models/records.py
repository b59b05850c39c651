"""What is worked out in the background: monthly figures, what the score has learnt, runs."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posts import languages, versions
from posts.models.changes import Shown


class Figures(Shown):
    """One month in numbers, for `/transparency/`. No reader's words and nobody's name are here."""

    SHOWN_AS = versions.FIGURES

    month = models.DateField(_("month"), unique=True, help_text=_("Its first day."))
    received = models.PositiveIntegerField(_("received"), default=0)
    published = models.PositiveIntegerField(_("published"), default=0)
    # {reason code: number}
    refused = models.JSONField(_("refused by reason"), default=dict)
    withdrawn = models.PositiveIntegerField(_("withdrawn by their authors"), default=0)
    median_wait = models.DurationField(_("median wait"), null=True)
    counted_at = models.DateTimeField(_("counted"), default=timezone.now)

    class Meta:
        verbose_name = _("monthly figures")
        verbose_name_plural = _("monthly figures")
        ordering = ["-month"]

    def __str__(self):
        return f"{self.month:%Y-%m}"


class Learnt(models.Model):
    """What the spam score knows of one language: how often words stood in spam and in published.

    Made anew from the newsroom's decisions by `comments.score`; an undone decision is thus
    forgotten by itself.
    """

    language = models.CharField(_("language"), max_length=8, choices=languages.CHOICES, unique=True)
    spam = models.PositiveIntegerField(_("spam comments"), default=0)
    published = models.PositiveIntegerField(_("published comments"), default=0)
    # {word: [times in spam, times in published]}
    words = models.JSONField(default=dict)
    learnt_at = models.DateTimeField(_("learnt"), default=timezone.now)

    class Meta:
        verbose_name = _("what the score has learnt")
        verbose_name_plural = _("what the score has learnt")

    def __str__(self):
        return self.get_language_display()


class DutyRun(models.Model):
    """When a recurring duty last ran, and what it did, in a sentence."""

    duty = models.CharField(_("duty"), max_length=40, primary_key=True)
    ran_at = models.DateTimeField(_("last ran"), default=timezone.now)
    said = models.CharField(_("result"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("recurring duty")
        verbose_name_plural = _("recurring duties")

    def __str__(self):
        return self.duty
