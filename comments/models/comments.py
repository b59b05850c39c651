"""Comments, and the one way in which their state changes."""

import hashlib

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments import counters
from comments import text as texts
from comments.models.forums import Forum, readers_saw
from posts import folding, languages, lite


def _nobody_reads():
    return Q(claimed_until=None) | Q(claimed_until__lte=timezone.now())


class CommentQuerySet(models.QuerySet):
    def approved(self):
        return self.filter(status=Comment.Status.APPROVED)

    def pending(self):
        return self.filter(status=Comment.Status.PENDING)

    def flagged(self):
        """What readers' reports put into the queue."""
        return self.filter(flagged_at__isnull=False)

    def unclaimed(self):
        """What no moderator is reading now."""
        return self.filter(_nobody_reads())

    def free_for(self, by):
        """What nobody but this moderator is reading now."""
        return self.filter(_nobody_reads() | Q(claimed_by=by))

    def oldest_first(self):
        return self.order_by("submitted_at", "pk")

    def for_change(self):
        """These comments in the order of their keys, locked until the transaction ends.

        Their forums are locked first, as whoever submits a comment does: else two writers could
        wait for each other.
        """
        Forum.objects.lock(self.order_by().values_list("forum", flat=True).distinct())
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)

    @transaction.atomic
    def moderate(
        self, decision, by=None, reason="", *, code="", expects=None, undoes=None, batch=None
    ):
        """Change the state of these comments and record who decided; gives how many changed.

        Comments that already have this state, and those that their authors withdrew, stay as they
        are and get no record; so does a comment whose state is not `expects`, if that is given:
        somebody else was first. Approving a comment that readers reported closes the reports, and
        is recorded. `by` is None for decisions of rules and of the comment's author; `code` is one
        of `Decision.Code`, `reason` a remark; neither may quote the comment. `undoes` maps the keys
        of comments to those of the decisions that this one takes back.
        """
        from comments.models.decisions import Decision, Flag

        decision = Comment.Status(decision)
        changeable = Q(~Q(status=decision))
        if decision == Comment.Status.APPROVED:
            changeable |= Q(flags__gt=0)
        rows = self.filter(changeable).exclude(status=Comment.Status.WITHDRAWN)
        if expects is not None:
            rows = rows.filter(status=expects)
        found = list(
            rows.for_change().values_list("pk", "status", "forum", "thread", "forum__post")
        )
        rows = [(pk, before) for pk, before, _forum, _thread, _post in found]
        keys = [pk for pk, _before in rows]
        now = timezone.now()
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            Comment.objects.filter(pk__in=some).update(
                status=decision,
                decided_at=now,
                flags=0,
                flagged_at=None,
                claimed_by=None,
                claimed_until=None,
            )
            Flag.objects.filter(comment__in=some, closed_at=None).update(closed_at=now)
        shown = Comment.Status.APPROVED
        counters.note(
            (forum, thread, 1 if decision == shown else -1)
            for _pk, before, forum, thread, _post in found
            if (before == shown) != (decision == shown)
        )
        Decision.objects.bulk_create(
            (
                Decision(
                    comment_id=pk, by=by, before=before, after=decision, reason=reason, at=now,
                    code=code, undoes_id=(undoes or {}).get(pk), batch=batch,
                )
                for pk, before in rows
            ),
            batch_size=500,
        )  # fmt: skip
        readers_saw(post for _pk, before, *_in, post in found if shown in (before, decision))
        if decision == shown:
            self.was_published([pk for pk, before in rows if before != decision])
        return len(rows)

    def was_published(self, keys):
        """What follows when comments appear: whoever waits for a reply will hear of it."""
        from comments import letters

        letters.tell_of_replies(keys)

    @transaction.atomic
    def erase(self):
        """Destroy the words of these comments and all that was worked out from them.

        What stays is that there was a comment, when, where in the thread, and what was decided.
        """
        from comments.models.decisions import Flag, Reason
        from comments.models.letters import Subscription

        keys = list(self.values_list("pk", flat=True))
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            for model in (Words, Reason, Flag, Subscription):
                model.objects.filter(comment__in=some).delete()
            shown = Comment.objects.approved().filter(pk__in=some)
            readers_saw(shown.values_list("forum__post", flat=True))
            Comment.objects.filter(pk__in=some).update(
                name="", place="", text="", name_key="", fingerprint="", mark="", flags=0,
                flagged_at=None, held_by_rule=None,
            )  # fmt: skip
        return len(keys)


class Comment(models.Model):
    class Status(models.TextChoices):
        PENDING = "pending", pgettext_lazy("comment", "Pending")
        APPROVED = "approved", pgettext_lazy("comment", "Approved")
        REJECTED = "rejected", pgettext_lazy("comment", "Rejected")
        SPAM = "spam", pgettext_lazy("comment", "Spam")
        WITHDRAWN = "withdrawn", pgettext_lazy("comment", "Withdrawn by its author")

    class Phase(models.TextChoices):
        """What held a comment: a phase of comments.moderation, or an appeal."""

        LIMITS = "limits", _("Limits")
        HONEYPOT = "honeypot", _("Honeypot and time")
        REPEATED = "repeated", _("Repeated text")
        PERSONAL = "personal", _("Private details")
        RULES = "rules", _("Rules")
        LINKS = "links", _("Links")
        SCORE = "score", _("Spam score")
        KNOWN = "known", _("Unknown name")
        FORUM = "forum", _("The forum's state")
        APPEAL = "appeal", _("Its author asked for another look")

    class Distinction(models.TextChoices):
        NONE = "", pgettext_lazy("comment", "None")
        PICKED = "picked", pgettext_lazy("comment", "Picked by the newsroom")
        STAFF = "staff", pgettext_lazy("comment", "From the newsroom")

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
        "self", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("thread"),
        db_index=False,
    )  # fmt: skip
    depth = models.PositiveIntegerField(_("depth"), default=0)
    # On the first comment of a thread of which something is shown; else null (comments.counters).
    shown_replies = models.PositiveIntegerField(null=True, editable=False)

    name = models.CharField(_("name"), max_length=120)
    place = models.CharField(_("place"), max_length=120, blank=True)
    text = models.TextField(_("text"))
    language = models.CharField(
        _("language"), max_length=8, choices=languages.CHOICES, default=languages.DEFAULT
    )
    # Shown beside the name; made from a secret phrase by comments.marks.
    mark = models.CharField(_("mark"), max_length=16, blank=True)
    distinction = models.CharField(
        _("distinction"), max_length=8, choices=Distinction, blank=True, default=Distinction.NONE
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PENDING)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    corrected_at = models.DateTimeField(_("corrected by its author"), null=True, blank=True)
    appealed_at = models.DateTimeField(_("another look asked for"), null=True, blank=True)

    # The phase that held it, and the rule if one did; they stay after the decision.
    held_by = models.CharField(_("held by"), max_length=10, choices=Phase, blank=True)
    held_by_rule = models.ForeignKey(
        "comments.Rule",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="held",
        verbose_name=_("held by the rule"),
    )
    # Open reports, and since when there are enough of them for the queue.
    flags = models.PositiveIntegerField(_("reports"), default=0)
    flagged_at = models.DateTimeField(_("reported"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)

    # Worked out from the words by `derive`: what else this name wrote, what else says the same.
    name_key = models.CharField(max_length=120, blank=True, editable=False)
    fingerprint = models.CharField(max_length=32, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["submitted_at", "pk"]
        indexes = [
            # Two sortings of a forum's threads, of which a page takes some in order.
            models.Index(
                fields=["forum", "submitted_at", "id"],
                condition=Q(shown_replies__isnull=False),
                name="comment_threads_by_time",
            ),
            models.Index(
                fields=["forum", "-shown_replies", "submitted_at", "id"],
                condition=Q(shown_replies__isnull=False),
                name="comment_threads_by_answers",
            ),
            models.Index(fields=["thread", "id"], name="comment_oldest_of_thread"),
            # All that the reading order of a thread depends on: long threads need no rows.
            models.Index(
                fields=["thread", "submitted_at", "id", "parent", "status"],
                name="comment_order_of_thread",
            ),
            models.Index(fields=["forum", "status", "submitted_at"], name="comment_of_forum"),
            models.Index(fields=["forum", "status", "decided_at"], name="comment_new_in_forum"),
            models.Index(fields=["status", "submitted_at", "id"], name="comment_queue"),
            models.Index(
                fields=["status", "language", "submitted_at", "id"], name="comment_queue_language"
            ),
            models.Index(
                fields=["status", "held_by", "submitted_at", "id"], name="comment_queue_held_by"
            ),
            models.Index(fields=["status", "-decided_at", "-id"], name="comment_decided"),
            models.Index(
                fields=["held_by_rule", "status", "submitted_at"],
                condition=Q(held_by_rule__isnull=False),
                name="comment_held_by_rule",
            ),
            models.Index(
                fields=["flagged_at", "id"],
                condition=Q(flagged_at__isnull=False),
                name="comment_flagged",
            ),
            models.Index(fields=["name_key", "-id"], name="comment_of_name"),
            models.Index(fields=["mark", "status"], name="comment_of_mark"),
            models.Index(fields=["fingerprint", "submitted_at"], name="comment_repeated"),
            models.Index(fields=["submitted_at"], name="comment_received"),
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
            fields = kwargs.get("update_fields")
            has_words = fields is None or bool({"name", "text"} & set(fields))
            if has_words:
                self.derive()
                if fields is not None:
                    kwargs["update_fields"] = {*fields, "name_key", "fingerprint"}
            if self.parent_id and self._state.adding:
                if self.forum_id != self.parent.forum_id:
                    raise ValueError("A reply stands in the forum of the comment that it answers.")
                self.thread_id = self.parent.thread_id
                self.depth = self.parent.depth + 1
            if self._state.adding and self.status != self.Status.PENDING:
                # It never waited: an open forum let it out as it came.
                self.decided_at = self.decided_at or self.submitted_at
            was_shown = self._was_shown(fields)
            super().save(**kwargs)
            if self.thread_id is None:
                self.thread = self
                super().save(update_fields=["thread"])
            if was_shown is not None and was_shown != self.is_shown:
                counters.note([(self.forum_id, self.thread_id, 1 if self.is_shown else -1)])
            if has_words:
                Words.remember([self])
            if self.is_shown:
                readers_saw([self.forum.post_id])

    def get_absolute_url(self):
        return lite.keep(reverse("comments:comment", args=[self.forum.post.slug, self.pk]))

    def _was_shown(self, fields):
        """Whether it is shown up to this save; None for a save that leaves its state alone."""
        if self._state.adding:
            return False
        if fields is not None and "status" not in fields:
            return None
        return Comment.objects.approved().filter(pk=self.pk).exists()

    def derive(self):
        """Work out what is kept beside the words for comparing; whoever stores in bulk calls it."""
        self.name_key = key_of_name(self.name)
        self.fingerprint = fingerprint_of(self.text)

    @property
    def is_shown(self):
        return self.status == self.Status.APPROVED

    @property
    def is_erased(self):
        return not self.text

    @cached_property
    def html(self):
        return texts.as_html(self.text)

    @property
    def direction(self):
        return languages.language_of(self.language).direction

    @property
    def anchor(self):
        return f"comment-{self.pk}"

    def moderate(self, decision, by=None, reason="", **more):
        """One comment's `CommentQuerySet.moderate`; true if it changed."""
        changed = Comment.objects.filter(pk=self.pk).moderate(decision, by, reason, **more)
        self.refresh_from_db(fields=["status", "decided_at", "flags", "flagged_at"])
        return bool(changed)


def key_of_name(name):
    """What two spellings of one name share; it tells nothing about the person."""
    return " ".join(folding.words(name))[:120]


def fingerprint_of(text):
    """What two comments that say the same in other letters, marks and signs share: 128 bits."""
    words = " ".join(folding.words(text))
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest() if words else ""


class Words(models.Model):
    """A comment's words, folded; `comments.search` asks the database's own index of them."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True)
    folded = models.TextField()

    def __str__(self):
        return f"#{self.comment_id}"

    @classmethod
    def remember(cls, comments):
        """Store or renew the words of these comments."""
        cls.objects.bulk_create(
            (
                cls(
                    comment=comment,
                    folded=folding.searchable(f"{comment.name} {comment.place} {comment.text}"),
                )
                for comment in comments
            ),
            update_conflicts=True,
            unique_fields=["comment"],
            update_fields=["folded"],
            batch_size=400,
        )
