"""The copies of a photo in which readers get it: several widths in AVIF, WebP and JPEG.

A copy's name is made of its photo's name (a hash of the photo's bytes), its width and the number
of the recipe below, so that an address never stands for other bytes. The background worker makes
all copies after an upload; a reader who is faster has the one that is asked for made at once.
"""

import re
import threading
from dataclasses import dataclass

from django.core.cache import cache
from django.core.files.storage import default_storage
from PIL import Image

from posts import photos, storing

WIDTHS = (320, 480, 640, 960, 1280, 1600)
# Raise it with any change below: old addresses keep their old bytes.
RECIPE = 2
# Most 640 px news photos stay under 40 KB, some seconds on a slow line, without visible blocks;
# wider copies are seen on dense screens, where a little more compression does not show.
QUALITY = {"jpg": 75, "webp": 72, "avif": 55, "png": 0}
# What a screen of 640 px may cost, and at which quality it is let be heavier all the same.
NARROW, MOST_BYTES, COARSEST = 640, 40 * 1024, 36
# Graphics have sharp edges and letters, in which the losses show.
QUALITY_OF_GRAPHICS = {"webp": 88, "avif": 75, "png": 0}
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
# Copies that are made on demand at one time in one process: each holds up to 40 MB.
_AT_ONCE = threading.BoundedSemaphore(2)
_NAME = re.compile(
    r"(photos/[0-9a-f]{20})\.(jpg|png)-([0-9]{1,4})-([0-9]{1,3})\.(avif|webp|jpg|png)"
)


@dataclass(frozen=True)
class Rendition:
    """One copy: of which photo (the name of its file), how wide, in which format."""

    photo: str
    width: int
    ending: str

    @property
    def name(self):
        return f"{self.photo}-{self.width}-{RECIPE}.{self.ending}"

    @property
    def address(self):
        return default_storage.url(self.name)


def weight(wanted):
    """The bytes of a copy; None where it has not been made yet, for weighing makes none."""
    # An address never stands for other bytes, so what was weighed once is known.
    key = f"weight-{wanted.name}"
    if (found := cache.get(key)) is None:
        try:
            found = default_storage.size(wanted.name)
        except (FileNotFoundError, NotImplementedError):
            return None
        cache.set(key, found, None)
    return found


def widths(width):
    """Widths of the copies of a photo that is so wide: none is wider than the photo itself."""
    smaller = [each for each in WIDTHS if each < width]
    return smaller if len(smaller) == len(WIDTHS) else [*smaller, width]


def endings(photo):
    """The formats of a photo's copies, the smallest first; the last one every browser takes."""
    return ("avif", "webp", photo.rpartition(".")[2])


def every(photo, width):
    """All Renditions of the photo with this file name and width."""
    return [Rendition(photo, each, ending) for ending in endings(photo) for each in widths(width)]


def make(photo, width):
    """Make the copies of a photo that are not there yet; gives how many were made."""
    missing = [each for each in every(photo, width) if not default_storage.exists(each.name)]
    if not missing:
        return 0
    with default_storage.open(photo) as file:
        image = Image.open(file).convert("RGB")
    for wanted in sorted(missing, key=lambda each: -each.width):
        _write(image, wanted)
    return len(missing)


def make_named(name):
    """Make the copy of this name if it is one of a stored photo's; gives whether it is there."""
    found = _NAME.fullmatch(name)
    if not found or int(found.group(4)) != RECIPE:
        return False
    photo = f"{found.group(1)}.{found.group(2)}"
    wanted = Rendition(photo, int(found.group(3)), found.group(5))
    # Every other spelling of the same numbers would be made anew for each who asks.
    if wanted.name != name or wanted.ending not in endings(photo):
        return False
    if not default_storage.exists(photo):
        return False
    with _AT_ONCE, default_storage.open(photo) as file:
        if default_storage.exists(name):  # somebody else asked first
            return True
        image = Image.open(file)
        if wanted.width not in widths(image.width):
            return False
        _write(image.convert("RGB"), wanted)
    return True


def _write(image, wanted):
    # Before the work: the worker and a reader may have wanted the same copy.
    if default_storage.exists(wanted.name):
        return
    height = max(1, round(image.height * wanted.width / image.width))
    size = (wanted.width, height)
    small = image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)
    quality = QUALITY_OF_GRAPHICS if wanted.photo.endswith(".png") else QUALITY
    storing.put(wanted.name, _light(small, wanted.ending, quality[wanted.ending]))


def _light(image, ending, quality):
    """The encoded image; one for narrow screens is compressed until it is light enough."""
    found = photos.encoded(image, ending, quality)
    while (
        len(found) > MOST_BYTES and image.width <= NARROW and ending != "png" and quality > COARSEST
    ):
        quality -= 8
        found = photos.encoded(image, ending, quality)
    return found


def remove(photo, width):
    """Take a photo's file and all its copies out of the storage."""
    for name in (photo, *(each.name for each in every(photo, width))):
        default_storage.delete(name)
        for earlier in range(1, RECIPE):
            default_storage.delete(re.sub(rf"-{RECIPE}(?=\.\w+\Z)", f"-{earlier}", name))
