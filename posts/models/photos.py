"""The photo library."""

from functools import partial

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from posts import folding, photos, renditions, tasks
from posts.models.changes import Shown


class Photo(Shown):
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
    _has_new_file = False

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="photo_newest")]

    def __str__(self):
        # Never the file's name, which says nothing to a person.
        return (self.caption or self.alt_text or f"{_('Photo')} {self.pk or ''}").strip()[:80]

    def save(self, **kwargs):
        said = f"{self.caption} {self.credit} {self.creator} {self.alt_text}"
        self.folded = " ".join(folding.words(said))
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "folded"}
        super().save(**kwargs)
        if self._has_new_file:
            self._has_new_file = False
            make = partial(tasks.make_renditions.enqueue, self.file.name, self.width)
            transaction.on_commit(make, robust=True)

    def take(self, file):
        """Make `file` this photo's picture: cleaned, under its content's name.

        Raises ValidationError when the file can't be taken. The record is not saved.
        """
        self.use(photos.clean(file))

    def use(self, picture):
        """Make a clean `photos.Picture` this photo's; the record is not saved."""
        self.file = photos.store(picture)
        self.width, self.height = picture.width, picture.height
        self._has_new_file = True

    @property
    def alt(self):
        """Alt text for the page: empty when the caption beside it says the same (WCAG 1.1.1)."""
        same = self.alt_text.strip().casefold() == self.caption.strip().casefold()
        return "" if same else self.alt_text

    @cached_property
    def renditions(self):
        """Its copies as {format: [Rendition, narrowest first]}, the best format first."""
        found = {}
        for each in renditions.every(self.file.name, self.width or 0):
            found.setdefault(each.ending, []).append(each)
        return found

    @property
    def plain_renditions(self):
        """The copies in the format that every browser takes, narrowest first."""
        return self.renditions[renditions.endings(self.file.name)[-1]]

    @property
    def src(self):
        """The copy for browsers that know no srcset: 640 px or the nearest narrower one."""
        return self.plain_rendition.address

    @property
    def plain_rendition(self):
        fitting = [each for each in self.plain_renditions if each.width <= 640]
        return (fitting or self.plain_renditions)[-1 if fitting else 0]

    @property
    def thumbnail(self):
        return self.plain_renditions[0].address

    @property
    def focus(self):
        """Classes that keep the focal point in a crop, in tenths; none where it is the middle."""
        across, down = round(self.focal_x / 10), round(self.focal_y / 10)
        return "" if across == down == 5 else f"focus-x{across} focus-y{down}"

    def delete(self, *args, **kwargs):
        gone = super().delete(*args, **kwargs)
        forget_files([(self.file.name, self.width)])
        return gone


def forget_files(files):
    """Take files [(name, width)] that no photo has any more, and their copies, from the storage.

    It happens when the transaction is committed: what is still to be rolled back keeps its file.
    """

    def remove():
        for name, width in files:
            if name and not Photo.objects.filter(file=name).exists():
                renditions.remove(name, width or 0)

    transaction.on_commit(remove, robust=True)


class PhotoUse(models.Model):
    """That a post shows a photo, as its lead or in its body; `Post.save` keeps these true."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="uses")
    post = models.ForeignKey("posts.Post", models.CASCADE, related_name="photo_uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "photo"], name="photo_once_a_post")]

    def __str__(self):
        return f"{self.photo_id} in {self.post_id}"
