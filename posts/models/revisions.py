"""What keeps editors from losing work: revisions, autosaved text, and who has a post open."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posts.models.posts import Post


class Revision(models.Model):
    """A post as one save left it. Append-only; `posts.revisions` writes, compares and restores."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    # The post's version that this save made.
    version = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("saved"), default=timezone.now)
    restored = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name=_("restored from")
    )
    # Which form was saved, as `posts.at_work.digest` says it: sent twice, it is saved once.
    sent = models.CharField(max_length=64, blank=True, default="", editable=False)
    # The field's name → what it held, as `posts.revisions.snapshot` lays it out.
    fields = models.JSONField()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["post", "version"], name="one_revision_a_version"),
        ]
        indexes = [
            models.Index(fields=["sent"], condition=~models.Q(sent=""), name="revision_of_a_form"),
        ]

    def __str__(self):
        return _("Version %(number)s") % {"number": self.version}


class Autosave(models.Model):
    """What an editor has typed since the last save, kept by itself; it changes no post.

    A post that was never saved has none yet: then `key`, which its form carries, tells which it is.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="autosaves")
    key = models.CharField(max_length=64, default=secrets.token_urlsafe)
    # The post's version that the typing began with.
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    # The form's fields as the browser sent them: name → list of values.
    fields = models.JSONField()

    class Meta:
        verbose_name = _("autosaved text")
        verbose_name_plural = _("autosaved texts")
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="one_autosave_a_form")]

    def __str__(self):
        return f"{self.by_id}: {self.post_id or self.key}"


class Presence(models.Model):
    """That somebody has a post open for writing; gone quiet for a while, it counts no more."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="presences")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    # Who took the post over from this editor, whose page then says so.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "by"], name="one_presence_a_post")]

    def __str__(self):
        return f"{self.by_id}: {self.post_id}"
