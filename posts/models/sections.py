"""Sections and tags."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from posts.models.naming import Named


class SectionQuerySet(models.QuerySet):
    def in_use(self):
        """Sections that hold a post which was ever published, or a section."""
        from posts.models.posts import Post

        here = models.OuterRef("pk")
        return self.filter(
            models.Exists(Post.objects.filter(section=here, status=Post.Status.PUBLISHED))
            | models.Exists(Post.also_in.through.objects.filter(section=here))
            | models.Exists(Section.objects.filter(parent=here))
        )


class Section(Named):
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


class Tag(Named):
    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
