"""The blog itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from posts import languages


class Blog(models.Model):
    """The blog's own record; there is at most one."""

    title = models.CharField(_("title"), max_length=120)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    about = models.TextField(
        _("About"), blank=True, help_text=_("Plain text; an empty line starts a new paragraph.")
    )
    contact = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_("Shown in a form that people can read and address collectors can't."),
    )
    language = models.CharField(
        _("language"), max_length=8, choices=languages.CHOICES, default=languages.DEFAULT
    )

    class Checklist(models.TextChoices):
        """What happens to a post that lacks something of `posts.checklist` when it comes out."""

        WARNS = "warns", _("Publish it, and say what is missing")
        REFUSES = "refuses", _("Refuse to publish it until nothing is missing")

    checklist = models.CharField(
        _("publish checklist"), max_length=8, choices=Checklist, default=Checklist.WARNS,
        help_text=_(
            "Section, byline, and the lead photo's alt text, credit and caption are looked for."
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blog")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_blog"),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)

    @classmethod
    def current(cls):
        """The stored record, or an unsaved one with a bare title."""
        return cls.objects.first() or cls(title="Gandhara")

    @property
    def contact_parts(self):
        """The contact address as local part and the names of its host: never with an @."""
        local, _at, host = self.contact.rpartition("@")
        return {"local": local, "host": host.split(".")} if local else None
