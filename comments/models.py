"""Forums, comments and the decisions on them."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments import text as texts
from posts import languages
from posts.models import Post


class ForumQuerySet(models.QuerySet):
    def for_post(self, post):
        """The stored forum of a post, or an unsaved one with the defaults: reading never writes."""
        return self.filter(post=post).first() or Forum(post=post)

    def with_counts(self):
        """Each forum with `shown`, its approved comments, and `threads`, those that have one."""
        approved = Comment.objects.approved()
        return self.annotate(
            shown=models.Subquery(
                approved.filter(forum=OuterRef("pk"))
                .order_by()
                .values("forum")
                .annotate(number=Count("pk"))
                .values("number")
            ),
            threads=models.Subquery(
                approved.filter(forum=OuterRef("pk"))
                .order_by()
                .values("forum")
                .annotate(number=Count("thread", distinct=True))
                .values("number")
            ),
        )


class Forum(models.Model):
    """The discussion of one post: its state, and when that changes by itself."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("forum", "Open")
        PREMODERATED = "premoderated", pgettext_lazy("forum", "Pre-moderated")
        CLOSED = "closed", pgettext_lazy("forum", "Closed")

    post = models.OneToOneField(Post, models.CASCADE, related_name="forum", verbose_name=_("post"))
    state = models.CharField(
        _("forum"),
        max_length=12,
        choices=State,
        default=State.PREMODERATED,
        help_text=_(
            "Open: comments appear at once. Pre-moderated: a moderator reads them first. "
            "Closed: no more comments."
        ),
    )
    holds_at = models.DateTimeField(
        _("holds everything from"), null=True, blank=True,
        help_text=_("From this time on an open forum is pre-moderated."),
    )  # fmt: skip
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")

    def __str__(self):
        return f"{self.post}: {self.get_state_display()}"

    @property
    def state_now(self):
        """The state with both clocks taken into account."""
        now = timezone.now()
        if self.state == self.State.CLOSED or (self.closes_at and self.closes_at <= now):
            return self.State.CLOSED
        if self.state == self.State.PREMODERATED or (self.holds_at and self.holds_at <= now):
            return self.State.PREMODERATED
        return self.State.OPEN

    @property
    def accepts_comments(self):
        return self.state_now != self.State.CLOSED

    @property
    def holds_comments(self):
        """Whether a comment waits for a moderator before it appears."""
        return self.state_now != self.State.OPEN


class CommentQuerySet(models.QuerySet):
    def approved(self):
        return self.filter(status=Comment.Status.APPROVED)

    def pending(self):
        return self.filter(status=Comment.Status.PENDING)

    def oldest_first(self):
        return self.order_by("submitted_at", "pk")

    def with_shown_replies(self):
        """Thread starts of which the public sees something: themselves or a reply."""
        shown = Comment.objects.approved().filter(thread=OuterRef("pk"))
        return self.filter(Q(parent=None) & Exists(shown))

    def for_thread(self):
        """What a thread is put together from: shown comments, and hidden ones that have replies.

        `threads.reading_order` then drops hidden ones without a shown reply below them.
        """
        has_replies = Exists(Comment.objects.filter(parent=OuterRef("pk")))
        return self.filter(Q(status=Comment.Status.APPROVED) | has_replies)

    @transaction.atomic
    def moderate(self, decision, by=None, reason=""):
        """Change the state of these comments and record who decided; gives how many changed.

        Comments that already have this state, and those that their authors withdrew, stay as they
        are and get no record. `by` is None for decisions of rules and of the comment's author.
        """
        decision = Comment.Status(decision)
        rows = list(
            self.exclude(status__in=(decision, Comment.Status.WITHDRAWN))
            .select_for_update()
            .values_list("pk", "status")
        )
        now = timezone.now()
        Comment.objects.filter(pk__in=[pk for pk, _before in rows]).update(
            status=decision, decided_at=now
        )
        Decision.objects.bulk_create(
            Decision(comment_id=pk, by=by, before=before, after=decision, reason=reason, at=now)
            for pk, before in rows
        )
        return len(rows)


class Comment(models.Model):
    class Status(models.TextChoices):
        PENDING = "pending", pgettext_lazy("comment", "Pending")
        APPROVED = "approved", pgettext_lazy("comment", "Approved")
        REJECTED = "rejected", pgettext_lazy("comment", "Rejected")
        SPAM = "spam", pgettext_lazy("comment", "Spam")
        WITHDRAWN = "withdrawn", pgettext_lazy("comment", "Withdrawn by its author")

    NAME_LENGTH = 60
    PLACE_LENGTH = 60
    TEXT_LENGTH = 5_000

    forum = models.ForeignKey(
        Forum, models.CASCADE, related_name="comments", verbose_name=_("forum")
    )
    # All fixed at birth. `thread` is the comment that the thread begins with, also for itself.
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("answers"),
    )
    thread = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("thread")
    )
    depth = models.PositiveIntegerField(_("depth"), default=0)

    name = models.CharField(_("name"), max_length=120)
    place = models.CharField(_("place"), max_length=120, blank=True)
    text = models.TextField(_("text"))
    language = models.CharField(
        _("language"), max_length=8, choices=languages.CHOICES, default=languages.DEFAULT
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PENDING)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["submitted_at", "pk"]
        indexes = [
            models.Index(
                fields=["forum", "submitted_at", "id"],
                condition=Q(parent=None),
                name="comment_threads_of_forum",
            ),
            models.Index(fields=["thread", "status", "id"], name="comment_of_thread"),
            models.Index(fields=["forum", "status", "submitted_at"], name="comment_of_forum"),
            models.Index(fields=["status", "submitted_at", "id"], name="comment_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None, depth=0) | Q(parent__isnull=False, depth__gt=0),
                name="reply_is_deeper_than_zero",
            ),
        ]
        permissions = [("moderate_comment", "Can approve and reject comments")]

    def __str__(self):
        return f"{self.name}: {self.text[:60]}"

    def save(self, **kwargs):
        with transaction.atomic():
            if self.parent_id and self._state.adding:
                if self.forum_id != self.parent.forum_id:
                    raise ValueError("A reply stands in the forum of the comment that it answers.")
                self.thread_id = self.parent.thread_id
                self.depth = self.parent.depth + 1
            super().save(**kwargs)
            if self.thread_id is None:
                self.thread = self
                super().save(update_fields=["thread"])

    def get_absolute_url(self):
        return reverse("comments:comment", args=[self.forum.post.slug, self.pk])

    @property
    def is_shown(self):
        return self.status == self.Status.APPROVED

    @cached_property
    def html(self):
        return texts.as_html(self.text)

    @property
    def direction(self):
        return languages.language_of(self.language).direction

    @property
    def anchor(self):
        return f"comment-{self.pk}"

    def moderate(self, decision, by=None, reason=""):
        """One comment's `CommentQuerySet.moderate`; true if it changed."""
        changed = Comment.objects.filter(pk=self.pk).moderate(decision, by, reason)
        self.refresh_from_db(fields=["status", "decided_at"])
        return bool(changed)


class Decision(models.Model):
    """Who changed a comment's state, when, from what to what, and why. Only ever added to."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="decisions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    before = models.CharField(_("from"), max_length=12, choices=Comment.Status, blank=True)
    after = models.CharField(_("to"), max_length=12, choices=Comment.Status)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_before_display()} → {self.get_after_display()}"
