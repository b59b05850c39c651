"""Posts and what they are made of: authors, photos, sections, tags; and the blog itself."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from posts import body, languages, photos, slugs


def slug_field(**options):
    return slugs.SlugField(
        _("slug"),
        max_length=slugs.MAX_LENGTH,
        unique=True,
        blank=True,
        validators=[slugs.validate_slug],
        help_text=_("The last part of the address. Left empty, it is made from the name."),
        **options,
    )


class Blog(models.Model):
    """The blog's own record; there is at most one."""

    title = models.CharField(_("title"), max_length=120)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    about = models.TextField(
        _("About"), blank=True, help_text=_("Plain text; an empty line starts a new paragraph.")
    )
    contact = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_("Shown in a form that people can read and address collectors can't."),
    )
    language = models.CharField(
        _("language"), max_length=8, choices=languages.CHOICES, default=languages.DEFAULT
    )

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blog")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_blog"),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)

    @classmethod
    def current(cls):
        """The stored record, or an unsaved one with a bare title."""
        return cls.objects.first() or cls(title="Gandhara")

    @property
    def contact_parts(self):
        """The contact address as local part and the names of its host: never with an @."""
        local, _at, host = self.contact.rpartition("@")
        return {"local": local, "host": host.split(".")} if local else None


class Named(models.Model):
    """What has a name, and an address made from it."""

    name = models.CharField(_("name"), max_length=120)
    slug = slug_field()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        if not self.slug:
            self.slug = slugs.free_slug(type(self), self.name, type(self).__name__.lower(), self)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse(f"posts:{type(self).__name__.lower()}", args=[self.slug])


class SectionQuerySet(models.QuerySet):
    def in_use(self):
        """Sections that hold a post which was ever published, or a section."""
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


class Author(Named):
    """Whoever is named in a byline: staff, guest or pseudonym. A login is never shown."""

    about = models.TextField(_("about"), blank=True)
    login = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("login"),
        help_text=_("Only for authors who write here themselves. Readers never see it."),
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]


class Photo(models.Model):
    """A photo of the library. Without a file it still carries its caption (imported archives)."""

    file = models.ImageField(
        _("file"), upload_to="photos", blank=True, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("As the page must print it.")
    )
    alt_text = models.TextField(
        _("alt text"),
        blank=True,
        help_text=_("What the photo shows, for those who can't see it. Not the caption again."),
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return (self.caption or self.alt_text or self.file.name or _("Photo"))[:80]

    def take(self, file):
        """Make `file` this photo's picture: cleaned, in all widths, under its content's name.

        Raises ValidationError when the file can't be taken. The record is not saved.
        """
        self.use(photos.clean(file))

    def use(self, picture):
        """Make a clean `photos.Picture` this photo's; the record is not saved."""
        self.file = photos.store(picture)
        self.width, self.height = picture.width, picture.height

    @property
    def alt(self):
        """Alt text for the page: empty when the caption beside it says the same (WCAG 1.1.1)."""
        same = self.alt_text.strip().casefold() == self.caption.strip().casefold()
        return "" if same else self.alt_text

    @cached_property
    def sources(self):
        """(address, width) of each copy, narrowest first, the whole picture last."""
        storage, name = self.file.storage, self.file.name
        copies = [
            (storage.url(photos.rendition_name(name, width)), width)
            for width in photos.widths_for(self.width or 0)
        ]
        return [*copies, (self.file.url, self.width)]

    @property
    def srcset(self):
        return ", ".join(f"{address} {width}w" for address, width in self.sources)

    @property
    def src(self):
        """The copy for browsers that know no srcset: 640 px or the nearest narrower one."""
        fitting = [address for address, width in self.sources if (width or 0) <= 640]
        return fitting[-1] if fitting else self.file.url


class PostQuerySet(models.QuerySet):
    def published(self, at=None):
        """What the public may see at a moment (now, if none is given)."""
        return self.filter(status=Post.Status.PUBLISHED, published_at__lte=at or timezone.now())

    def scheduled(self):
        return self.filter(status=Post.Status.PUBLISHED, published_at__gt=timezone.now())

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

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def for_lists(self):
        """With what a list shows of each post, bodies left out."""
        return self.defer("body").select_related("section", "lead_photo").with_bylines()

    def with_bylines(self):
        return self.prefetch_related(
            models.Prefetch("bylines", Byline.objects.select_related("author"))
        )


class Post(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("post", "Draft")
        IN_REVIEW = "in_review", pgettext_lazy("post", "In review")
        PUBLISHED = "published", pgettext_lazy("post", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("post", "Withdrawn")

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
        help_text=_(
            "A time to come schedules the post. Left empty, it is the moment of publishing."
        ),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"], name="post_public_order"),
            models.Index(
                fields=["section", "status", "-published_at", "-id"], name="post_section_order"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
                name="published_post_has_a_time",
            ),
        ]
        permissions = [
            ("publish_post", "Can publish and schedule posts"),
            ("withdraw_post", "Can withdraw published posts"),
        ]

    def __str__(self):
        return self.headline

    def save(self, **kwargs):
        if not self.slug:
            self.slug = slugs.free_slug(Post, self.headline, "post", self)
        # Kept beside the body so that lists need not load bodies (up to megabytes a page).
        self.opening = body.plain(body.clean(self.body), words=40)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("posts:article", args=[self.slug])

    def clean(self):
        if self.status == self.Status.PUBLISHED and not self.published_at:
            self.published_at = timezone.now()
        if not self.headline.strip():
            raise ValidationError({"headline": _("A post needs a headline.")})

    @property
    def is_public(self):
        """The same rule as `published()`, for one post at hand."""
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= timezone.now()
        )

    @property
    def state_in_words(self):
        """The status as people say it: a published post whose time has not come is scheduled."""
        if self.status == self.Status.PUBLISHED and not self.is_public:
            return _("Scheduled")
        return self.get_status_display()

    @property
    def byline(self):
        """Who wrote it, in order."""
        return [line.author for line in self.bylines.all()]

    @property
    def teaser(self):
        return self.summary or self.opening

    @property
    def tongue(self):
        """The post's Language: code, names, direction."""
        return languages.language_of(self.language)

    def inline_photos(self):
        """Photos of the body by primary key; asks the database only if there are any."""
        numbers = body.photo_numbers(self.body)
        return Photo.objects.in_bulk(numbers) if numbers else {}


class Byline(models.Model):
    """One author of one post, in the order of `position`."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Author, models.PROTECT, related_name="bylines", verbose_name=_("author")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("byline")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "author"], name="author_once_in_a_byline"),
        ]

    def __str__(self):
        return str(self.author)
