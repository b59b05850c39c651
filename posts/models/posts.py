"""Posts: what the public may see of them, and in which state they are."""

from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from posts import body, folding, languages, lite, slugs
from posts.models.authors import Author, Byline
from posts.models.changes import Shown, ShownQuerySet
from posts.models.naming import slug_field
from posts.models.photos import Photo, PhotoUse
from posts.models.sections import Section, Tag

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
YEARS = range(1900, 2200)
# A database that chooses slugs for two posts at once gives one of them another chance.
TRIES = 3


def validate_moment(value):
    """Refuses years at the ends of the calendar, which some time zones can't express."""
    if value.year not in YEARS:
        raise ValidationError(
            _("The year %(year)s is not one that posts have. Choose one from 1900 to 2199."),
            params={"year": value.year},
        )


class PostQuerySet(ShownQuerySet):
    def published(self, at=None):
        """What the public may see at a moment (now, if none is given)."""
        at = at or timezone.now()
        return self.filter(
            models.Q(unpublish_at=None) | models.Q(unpublish_at__gt=at),
            status=Post.Status.PUBLISHED,
            published_at__lte=at,
        )

    def taken_down(self):
        """What was public and is so no more: withdrawn, or its time is over. Answers 410."""
        return self.filter(
            models.Q(status=Post.Status.WITHDRAWN)
            | models.Q(status=Post.Status.PUBLISHED, unpublish_at__lte=timezone.now())
        )

    def scheduled(self):
        return self.filter(status=Post.Status.PUBLISHED, published_at__gt=timezone.now())

    def next_turn(self):
        """When the next of these posts comes out or is taken down by itself, or None."""
        now = timezone.now()
        out = self.filter(status=Post.Status.PUBLISHED, published_at__gt=now)
        over = self.filter(unpublish_at__gt=now)
        moments = (
            out.aggregate(at=models.Min("published_at"))["at"],
            over.aggregate(at=models.Min("unpublish_at"))["at"],
        )
        return min(filter(None, moments), default=None)

    def in_edition(self):
        """Posts in the language that is spoken."""
        return self.filter(language=languages.spoken().code)

    def newest_of_each(self, tongues):
        """The newest post in each of these Languages, in one query: what leads to an edition."""
        newest = self.newest_first().values("pk")
        wanted = models.Q()
        for tongue in tongues:
            wanted |= models.Q(pk=models.Subquery(newest.filter(language=tongue.code)[:1]))
        return self.filter(wanted).newest_first() if tongues else self.none()

    def in_section(self, *sections):
        """Posts whose own section is one of these, or that are also listed in one."""
        return self.filter(
            models.Q(section__in=sections)
            | models.Exists(
                Post.also_in.through.objects.filter(
                    post=models.OuterRef("pk"), section__in=sections
                )
            )
        )

    def by(self, author):
        """Posts whose byline names this author, each once, whatever roles they had."""
        return self.filter(
            models.Exists(Byline.objects.filter(post=models.OuterRef("pk"), author=author))
        )

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def for_lists(self):
        """With what a list shows of each post, bodies left out."""
        return self.defer("body").select_related("section", "lead_photo").with_bylines()

    def with_bylines(self):
        return self.prefetch_related(
            models.Prefetch("bylines", Byline.objects.select_related("author"))
        )


class Post(Shown):
    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("post", "Draft")
        IN_REVIEW = "in_review", pgettext_lazy("post", "In review")
        PUBLISHED = "published", pgettext_lazy("post", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("post", "Withdrawn")

    # Those in which readers know of it, if its time has come.
    SEEN = (Status.PUBLISHED, Status.WITHDRAWN)

    headline = models.CharField(_("headline"), max_length=250)
    slug = slug_field()
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("One or two sentences for lists. Left empty, lists show how the body begins."),
    )
    body = body.BodyField(_("body"), blank=True)
    opening = models.TextField(editable=False, blank=True)
    language = models.CharField(
        _("language"), max_length=8, choices=languages.CHOICES, default=languages.DEFAULT
    )
    section = models.ForeignKey(
        Section,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("section"),
    )
    also_in = models.ManyToManyField(
        Section, blank=True, related_name="+", verbose_name=_("also in"),
        help_text=_("Further sections whose pages list this post."),
    )  # fmt: skip
    tags = models.ManyToManyField(Tag, blank=True, related_name="posts", verbose_name=_("tags"))
    lead_photo = models.ForeignKey(
        Photo,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead photo"),
    )
    authors = models.ManyToManyField(Author, through="Byline", related_name="posts")
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.DRAFT, db_index=True
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        validators=[validate_moment],
        help_text=_(
            "A time to come schedules the post. Left empty, it is the moment of publishing."
        ),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, validators=[validate_moment],
        help_text=_("Nothing of it can be published before this time, whoever tries."),
    )  # fmt: skip
    unpublish_at = models.DateTimeField(
        _("take down at"), null=True, blank=True, validators=[validate_moment],
        help_text=_("From this time on the post is gone for readers, as if withdrawn."),
    )  # fmt: skip
    withdrawal_note = models.TextField(
        _("public note about the withdrawal"), blank=True,
        help_text=_("Stands at the post's address instead of the post. Don't repeat what it said."),
    )  # fmt: skip
    second_line = models.CharField(
        _("second line of the byline"), max_length=120, blank=True,
        help_text=_("Such as the service that the authors work for."),
    )  # fmt: skip
    related = models.ManyToManyField(
        "self", through="RelatedPost", symmetrical=False, blank=True, related_name="+"
    )
    # What posts share that are translations of each other (`posts.translations`).
    story = models.UUIDField(null=True, blank=True, editable=False)
    # Moved by a correction or an update that readers are told of; never by mending a typo.
    updated_at = models.DateTimeField(_("updated"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    # Grows with each save: a form says which one it began with (`posts.revisions`).
    version = models.PositiveIntegerField(default=0, editable=False)
    # When `posts.links` last looked at its links; each save asks for another look.
    links_checked_at = models.DateTimeField(default=NEVER, editable=False)

    objects = PostQuerySet.as_manager()

    UNSEEN = frozenset({"links_checked_at", "saved_at", "version"})
    # Whether its last save found that readers could know it.
    _was_seen = False

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-published_at", "-pk"]
        indexes = [
            # With what `published()` and search ask besides: their walk needs no row.
            models.Index(
                fields=["status", "-published_at", "-id", "unpublish_at", "language", "section"],
                name="post_public_walk",
            ),
            models.Index(
                fields=["section", "status", "-published_at", "-id"], name="post_section_order"
            ),
            # With all that counting the public ones of an edition, and of a section there, asks.
            models.Index(
                fields=["language", "status", "-published_at", "-id", "unpublish_at"],
                name="post_language_walk",
            ),
            models.Index(
                fields=["section", "language", "status", "-published_at", "-id", "unpublish_at"],
                name="post_section_walk",
            ),
            models.Index(fields=["-saved_at", "-id"], name="post_last_saved"),
            # The newsroom's desk: the unfinished, and what is to be taken down.
            models.Index(fields=["status", "-saved_at"], name="post_last_saved_of_state"),
            models.Index(
                fields=["unpublish_at"],
                condition=models.Q(unpublish_at__isnull=False),
                name="post_taken_down",
            ),
            models.Index(fields=["links_checked_at", "id"], name="post_links_checked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
                name="published_post_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="published")
                | models.Q(embargo_until=None)
                | models.Q(published_at__gte=models.F("embargo_until")),
                name="no_post_is_published_before_its_embargo",
            ),
            # Posts without a story are each alone: NULL equals nothing.
            models.UniqueConstraint(
                fields=["story", "language"], name="one_post_of_a_story_in_a_language"
            ),
        ]
        permissions = [
            ("publish_post", "Can publish and schedule posts"),
            ("withdraw_post", "Can withdraw published posts"),
        ]

    def __str__(self):
        return self.headline

    def save(self, **kwargs):
        # Kept beside the body so that lists need not load bodies (up to megabytes a page).
        self.opening = body.plain(body.clean(self.body), words=40)
        self.links_checked_at = NEVER
        if self.slug:
            self._save(**kwargs)
            return
        for tries_left in reversed(range(TRIES)):
            others = OldSlug.objects.exclude(post=self.pk)
            self.slug = slugs.free_slug(Post, self.headline, "post", self, kept=others)
            try:
                self._save(**kwargs)
                return
            except IntegrityError:
                if not tries_left:
                    raise

    def get_absolute_url(self):
        return lite.keep(reverse("posts:article", args=[self.slug]))

    def _save(self, **kwargs):
        with transaction.atomic():
            self._note_old_slug()
            super().save(**kwargs)
            self._note_photos()
            PostWords.remember(self)

    def _note_old_slug(self):
        """Remember the address that readers may have, if this save changes it."""
        if not self.pk:
            return
        was = Post.objects.filter(pk=self.pk).values("slug", "status", "published_at").first()
        self._was_seen = bool(was) and was["status"] in self.SEEN
        had_readers = (
            was
            and was["status"] in self.SEEN
            and was["published_at"]
            and was["published_at"] <= timezone.now()
        )
        if had_readers and was["slug"] != self.slug:
            OldSlug.objects.get_or_create(slug=was["slug"], defaults={"post": self})
            OldSlug.objects.filter(slug=self.slug, post=self).delete()

    def _note_photos(self):
        """Write down which photos it shows, for the library."""
        shown = {self.lead_photo_id, *body.photo_numbers(self.body)} - {None}
        noted = set(self.photo_uses.values_list("photo", flat=True))
        if gone := noted - shown:
            self.photo_uses.filter(photo__in=gone).delete()
        if new := shown - noted:
            there = Photo.objects.filter(pk__in=new).values_list("pk", flat=True)
            PhotoUse.objects.bulk_create(PhotoUse(post=self, photo_id=pk) for pk in there)

    def clean(self):
        if self.status == self.Status.PUBLISHED and not self.published_at:
            # Forms give times to the second; what they did not change must stay equal.
            self.published_at = timezone.now().replace(microsecond=0)
        if not self.headline.strip():
            raise ValidationError({"headline": _("A post needs a headline.")})
        if self.slug and OldSlug.objects.filter(slug=self.slug).exclude(post=self.pk).exists():
            raise ValidationError(
                {
                    "slug": _("“%(slug)s” was the address of another post, and leads to it.")
                    % {"slug": self.slug}
                }
            )
        self._check_times()

    def _check_times(self):
        if self.status != self.Status.PUBLISHED:
            return
        if self.embargo_until and self.published_at < self.embargo_until:
            when = date_format(timezone.localtime(self.embargo_until), "DATETIME_FORMAT")
            raise ValidationError(
                {
                    "published_at": _(
                        "There is an embargo until %(time)s. Publish it at that time or later."
                    )
                    % {"time": when}
                }
            )
        if self.unpublish_at and self.unpublish_at <= self.published_at:
            raise ValidationError(
                {"unpublish_at": _("It would be taken down before it is published.")}
            )

    @property
    def is_seen(self):
        """Whether readers' pages may tell of it, or told of it before it was saved."""
        return self.status in self.SEEN or self._was_seen

    @property
    def is_public(self):
        """The same rule as `published()`, for one post at hand."""
        now = timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= now
            and (self.unpublish_at is None or self.unpublish_at > now)
        )

    @property
    def is_scheduled(self):
        return self.status == self.Status.PUBLISHED and self.published_at > timezone.now()

    @property
    def is_over(self):
        """Whether the time at which it is taken down has come."""
        over = self.unpublish_at is not None and self.unpublish_at <= timezone.now()
        return self.status == self.Status.PUBLISHED and over

    @property
    def is_taken_down(self):
        """The same rule as `taken_down()`, for one post at hand."""
        return self.status == self.Status.WITHDRAWN or self.is_over

    @property
    def state_in_words(self):
        """The status as people say it: a published post whose time has not come is scheduled."""
        if self.is_over:
            return _("Taken down")
        if self.status == self.Status.PUBLISHED and not self.is_public:
            return _("Scheduled")
        return self.get_status_display()

    @property
    def byline(self):
        """Who is named in its byline, in order; who has two roles once."""
        return list(dict.fromkeys(line.author for line in self.bylines.all()))

    @property
    def byline_parts(self):
        """[(what stands before the name, author)] in order: “A, B and C, translated by D”.

        Its words are those of the post's language, whatever the page around it speaks.
        """
        with translation.override(self.tongue.django_code):
            return list(self._byline_parts())

    def _byline_parts(self):
        lines = list(self.bylines.all())
        for number, line in enumerate(lines):
            before = lines[number - 1] if number else None
            after = lines[number + 1] if number + 1 < len(lines) else None
            if before is not None and before.role == line.role:
                ends = after is None or after.role != line.role
                words = f" {_('and')} " if ends else ", "
            else:
                words = ", " if before is not None else ""
                words += f"{line.get_role_display()} " if line.role else ""
            yield words, line.author

    @property
    def teaser(self):
        return self.summary or self.opening

    @property
    def changed_at(self):
        """When readers were last given something new: a mended typo is nothing new."""
        return self.updated_at or self.published_at

    @cached_property
    def told_corrections(self):
        """What readers are told of changes, newest first; asks only where there is something."""
        return list(self.corrections.all()) if self.updated_at else []

    @cached_property
    def versions(self):
        """Itself and its public translations, if there are any (`posts.translations`)."""
        from posts import translations

        return translations.public_versions(self)

    @property
    def other_versions(self):
        return [each for each in self.versions if each.pk != self.pk]

    @property
    def tongue(self):
        """The post's Language: code, names, direction."""
        return languages.language_of(self.language)

    def inline_photos(self):
        """Photos of the body by primary key; asks the database only if there are any."""
        numbers = body.photo_numbers(self.body)
        return Photo.objects.in_bulk(numbers) if numbers else {}


class PostWords(models.Model):
    """A post's words, folded; `posts.search` asks the database's own index of them."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True)
    folded = models.TextField()
    # Those of the headline once more: a post is likelier about them.
    headline = models.TextField(default="")

    def __str__(self):
        return f"#{self.post_id}"

    @classmethod
    def remember(cls, *posts):
        """Store or renew the words of these posts."""
        cls.objects.bulk_create(
            (
                cls(
                    post_id=post.pk,
                    folded=_folded_words(post),
                    headline=folding.searchable(post.headline),
                )
                for post in posts
            ),
            update_conflicts=True,
            update_fields=["folded", "headline"],
            unique_fields=["post"],
        )


# PostgreSQL's vectors end at 1 MB (its documentation, 12.11); no news post comes near.
MOST_FOLDED = 200_000


def _folded_words(post):
    said = (post.headline, post.summary, post.second_line, post.slug, body.plain(post.body))
    return folding.searchable(" ".join(said))[:MOST_FOLDED]


class OldSlug(models.Model):
    """A slug that a post once had. Its address leads to the post for ever."""

    slug = models.CharField(_("slug"), max_length=slugs.MAX_LENGTH, unique=True)
    post = models.ForeignKey(Post, models.CASCADE, related_name="old_slugs")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self):
        return self.slug
