"""The photo library."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from posts import folding, photos


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
    creator = models.CharField(
        _("creator"), max_length=200, blank=True, help_text=_("Who took it; not always the credit.")
    )
    copyright = models.CharField(_("copyright notice"), max_length=200, blank=True)
    rights = models.TextField(
        _("rights note"),
        blank=True,
        help_text=_("Who may use it again, and until when. Only the newsroom sees this."),
    )
    # What matters most in it, in per cent from the left and from the top: crops keep it.
    focal_x = models.PositiveSmallIntegerField(
        _("focal point from the left, in %"), default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point from the top, in %"), default=50, validators=[MaxValueValidator(100)]
    )
    # Caption, credit, creator and alt text, folded: what the library's search looks in.
    folded = models.TextField(editable=False, blank=True)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="photo_newest")]

    def __str__(self):
        return (self.caption or self.alt_text or self.file.name or _("Photo"))[:80]

    def save(self, **kwargs):
        said = f"{self.caption} {self.credit} {self.creator} {self.alt_text}"
        self.folded = " ".join(folding.words(said))
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "folded"}
        super().save(**kwargs)

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


class PhotoUse(models.Model):
    """That a post shows a photo, as its lead or in its body; `Post.save` keeps these true."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="uses")
    post = models.ForeignKey("posts.Post", models.CASCADE, related_name="photo_uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "photo"], name="photo_once_a_post")]

    def __str__(self):
        return f"{self.photo_id} in {self.post_id}"
