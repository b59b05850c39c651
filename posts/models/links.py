"""Links in posts that lead nowhere."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posts.models.posts import Post


class BrokenLink(models.Model):
    """A link of a post's body that `posts.links` found to lead nowhere."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="broken_links")
    address = models.TextField(_("address"))
    why = models.CharField(_("why"), max_length=200)
    found_at = models.DateTimeField(_("found"), default=timezone.now)

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["-found_at", "-id"], name="broken_link_newest")]

    def __str__(self):
        return self.address[:80]
