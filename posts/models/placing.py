"""What editors arrange: which posts stand at the head of lists, and which below another post."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posts.models.changes import Shown, ShownQuerySet
from posts.models.posts import Post
from posts.models.sections import Section


class RelatedPost(Shown):
    """A post that an editor chose to stand below another one, in the order of `position`."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="chosen_related")
    other = models.ForeignKey(
        Post, models.CASCADE, related_name="+", verbose_name=_("related post")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("related post")
        verbose_name_plural = _("related posts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "other"], name="related_once"),
            models.CheckConstraint(
                condition=~models.Q(post=models.F("other")), name="related_is_another_post"
            ),
        ]

    def __str__(self):
        return str(self.other)

    @property
    def is_seen(self):
        return self.post.is_seen

    def clean(self):
        if self.post_id and self.post_id == self.other_id:
            raise ValidationError({"other": _("A post can’t be related to itself.")})


class PlacementQuerySet(ShownQuerySet):
    def now(self, section=None):
        """The places that readers see at the head of a section's page (of the front page, if no
        section is given), in order."""
        at = timezone.now()
        seen = Post.objects.published(at).filter(pk=models.OuterRef("post"))
        return self.filter(
            models.Q(until=None) | models.Q(until__gt=at), models.Exists(seen), section=section
        ).order_by("position", "pk")

    def next_end(self):
        """When the next place ends by itself, or None."""
        return self.filter(until__gt=timezone.now()).aggregate(at=models.Min("until"))["at"]


class Placement(Shown):
    """A post that an editor put at the head of a list: the front page's, or a section's.

    The first place of the front page is its lead. A place ends at its time, and what the public
    may not see has none, whatever stands here.
    """

    section = models.ForeignKey(
        Section, models.CASCADE, null=True, blank=True, related_name="placements",
        verbose_name=_("section"), help_text=_("Empty for the front page."),
    )  # fmt: skip
    post = models.ForeignKey(
        Post, models.CASCADE, related_name="placements", verbose_name=_("post")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("place at the head of a list")
        verbose_name_plural = _("front page and pinned posts")
        ordering = ["section", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["section", "post"], name="post_once_in_a_section"),
            # Databases take two empty sections for different ones.
            models.UniqueConstraint(
                fields=["post"], condition=models.Q(section=None), name="post_once_on_the_front"
            ),
        ]

    def __str__(self):
        return str(self.post)

    @property
    def is_seen(self):
        return self.post.is_seen

    @property
    def is_over(self):
        return self.until is not None and self.until <= timezone.now()
