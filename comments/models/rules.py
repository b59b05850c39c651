"""What moderators teach the pipeline: rules about words, names and links; authors' own marks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from posts import languages
from posts.models import Author


class RuleQuerySet(models.QuerySet):
    def in_force(self, at=None):
        """Rules that are switched on and have not ended."""
        at = at or timezone.now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), state=Rule.State.ON)


class Rule(models.Model):
    """Holds or refuses comments that have a word, a name or a link. `comments.rules` matches it."""

    class Kind(models.TextChoices):
        WORDS = "words", pgettext_lazy("rule", "Words in the text")
        NAME = "name", pgettext_lazy("rule", "Name or place")
        LINK = "link", pgettext_lazy("rule", "Link or domain")

    class Action(models.TextChoices):
        HOLD = "hold", pgettext_lazy("rule", "Hold for a moderator")
        REFUSE = "refuse", pgettext_lazy("rule", "Refuse")

    class State(models.TextChoices):
        ON = "on", pgettext_lazy("rule", "In force")
        OFF = "off", pgettext_lazy("rule", "Off")

    kind = models.CharField(_("looks at"), max_length=8, choices=Kind, default=Kind.WORDS)
    pattern = models.CharField(_("word, phrase, name or domain"), max_length=200)
    action = models.CharField(_("does"), max_length=8, choices=Action, default=Action.HOLD)
    language = models.CharField(
        _("only in"), max_length=8, choices=languages.CHOICES, blank=True,
        help_text=_("Empty: comments in every language."),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=4, choices=State, default=State.ON)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    note = models.CharField(_("why"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False,
        related_name="+", verbose_name=_("by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True, db_index=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["pattern", "pk"]

    def __str__(self):
        return self.pattern


class AuthorMark(models.Model):
    """The mark that proves that a comment under an author's name comes from that author."""

    author = models.OneToOneField(
        Author, models.CASCADE, related_name="mark", verbose_name=_("author")
    )
    mark = models.CharField(_("mark"), max_length=16)

    class Meta:
        verbose_name = _("author's mark")
        verbose_name_plural = _("authors' marks")

    def __str__(self):
        return str(self.author)
