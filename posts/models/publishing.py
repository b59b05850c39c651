"""What happens to a post as a whole: its states, secret previews, and corrections."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from posts.models.changes import Shown, ShownQuerySet
from posts.models.posts import Post


class StateChange(models.Model):
    """Who moved a post from which status to which, and when. Append-only; see `posts.states`."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="state_changes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    before = models.CharField(
        pgettext_lazy("status", "from"), max_length=12, choices=Post.Status, blank=True
    )
    after = models.CharField(pgettext_lazy("status", "to"), max_length=12, choices=Post.Status)
    # The time of publishing that was set with it, which may lie ahead.
    published_at = models.DateTimeField(_("published at"), null=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["after", "-at"], name="statechange_newest")]

    def __str__(self):
        return f"#{self.post_id} {self.before} → {self.after}"


class PreviewLink(models.Model):
    """A secret address at which people without a login can read a post before it is public.

    Only a hash of the secret is stored: who reads the database can't open the page.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="preview_links")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"#{self.post_id} {self.made_at:%Y-%m-%d}"


class CorrectionQuerySet(ShownQuerySet):
    def public(self):
        """Corrections of posts that the public may see."""
        return self.filter(post__in=Post.objects.published())


class Correction(Shown):
    """What a newsroom tells its readers about a change to a published post."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        NOTE = "note", _("Editor's note")

    post = models.ForeignKey(
        Post, models.CASCADE, related_name="corrections", verbose_name=_("post")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.CORRECTION)
    text = models.TextField(
        _("text"),
        help_text=_("What was wrong or is new, as readers will see it. Plain text."),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        editable=False, verbose_name=_("by"),
    )  # fmt: skip

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="correction_newest")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:60]}"

    @property
    def is_seen(self):
        return self.post.is_seen

    def save(self, **kwargs):
        """A correction is what moves the post's “Updated”."""
        super().save(**kwargs)
        told = Post.objects.filter(pk=self.post_id, published_at__lte=self.at)
        told.exclude(updated_at__gte=self.at).update(updated_at=self.at)
