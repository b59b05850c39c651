"""Sections and tags."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from posts import languages
from posts.models.naming import Term


class SectionQuerySet(models.QuerySet):
    def in_use(self):
        """Sections that hold a post in the edition's language which was ever published, or a
        section."""
        from posts.models.posts import Post

        here = models.OuterRef("pk")
        code = languages.spoken().code
        own = Post.objects.filter(section=here, status=Post.Status.PUBLISHED, language=code)
        listed = Post.also_in.through.objects.filter(section=here, post__language=code)
        return self.filter(
            models.Exists(own)
            | models.Exists(listed)
            | models.Exists(Section.objects.filter(parent=here))
        )


class Section(Term):
    TRANSLATED = ("name", "description")

    description = models.TextField(_("description"), blank=True)
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="subsections",
        verbose_name=_("part of"),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Sections are listed by this number, then by name.")
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "name"]


class Tag(Term):
    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
