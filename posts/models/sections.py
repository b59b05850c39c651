"""Sections and tags."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from posts import languages
from posts.models.changes import ShownQuerySet
from posts.models.naming import Term


class SectionQuerySet(ShownQuerySet):
    def in_use(self, **posts):
        """Sections that hold a post which was ever published (and is as `posts` say), or a
        section."""
        from posts.models.posts import Post

        here = models.OuterRef("pk")
        own = Post.objects.filter(section=here, status=Post.Status.PUBLISHED, **posts)
        listed = Post.also_in.through.objects.filter(
            section=here, **{f"post__{name}": value for name, value in posts.items()}
        )
        return self.filter(
            models.Exists(own)
            | models.Exists(listed)
            | models.Exists(Section.objects.filter(parent=here))
        )

    def in_edition(self):
        """Sections in use in the language that is spoken."""
        return self.in_use(language=languages.spoken().code)


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
