"""Authors, and their places in the bylines of posts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from posts.models.changes import Shown
from posts.models.naming import Named


class Author(Named):
    """Whoever is named in a byline: staff, guest or pseudonym. A login is never shown."""

    about = models.TextField(_("about"), blank=True)
    login = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("login"),
        help_text=_("Only for authors who write here themselves. Readers never see it."),
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]


class Byline(Shown):
    """One author of one post, in the order of `position`."""

    class Role(models.TextChoices):
        """What stands before the name; who wrote it stands without one."""

        WROTE = "", pgettext_lazy("byline", "written by")
        WITH = "with", pgettext_lazy("byline", "with")
        TRANSLATED = "translated", pgettext_lazy("byline", "translated by")
        PHOTOGRAPHED = "photographed", pgettext_lazy("byline", "photos by")
        EDITED = "edited", pgettext_lazy("byline", "edited by")

    post = models.ForeignKey("posts.Post", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Author, models.PROTECT, related_name="bylines", verbose_name=_("author")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, blank=True, default=Role.WROTE)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("byline")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "author", "role"], name="author_once_in_a_role"
            ),
        ]

    def __str__(self):
        return str(self.author)

    @property
    def is_seen(self):
        return self.post.is_seen
