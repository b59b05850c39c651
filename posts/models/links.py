"""Links in posts that lead nowhere."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posts.models.posts import Post


class BrokenLinkQuerySet(models.QuerySet):
    def sure(self):
        """Those that editors are told of: a site that was silent once may only have been tired."""
        return self.filter(failures__gte=BrokenLink.SURE_FROM)


class BrokenLink(models.Model):
    """A link of a post's body that `posts.links` found to lead nowhere."""

    SURE_FROM = 2

    class Why(models.TextChoices):
        NO_PAGE = "no_page", _("there is no such page here")
        NOT_PUBLIC = "not_public", _("that post is not public")
        WITHDRAWN = "withdrawn", _("that post was withdrawn")
        GONE = "gone", _("the site says that there is no such page")
        NO_SITE = "no_site", _("there is no such site")
        PRIVATE = "private", _("the address leads into a private network")
        SILENT = "silent", _("the site does not answer")
        FAILS = "fails", _("the site answers with an error")

    post = models.ForeignKey(Post, models.CASCADE, related_name="broken_links")
    address = models.TextField(_("address"))
    why = models.CharField(_("why"), max_length=12, choices=Why)
    # How often in a row it was found so; what is certain counts as often enough at once.
    failures = models.PositiveSmallIntegerField(default=SURE_FROM)
    found_at = models.DateTimeField(_("found"), default=timezone.now)

    objects = BrokenLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["-found_at", "-id"], name="broken_link_newest")]

    def __str__(self):
        return self.address[:80]
