"""What happens to a photo between its upload and a reader.

Pixels are turned upright, put into sRGB and pasted onto a fresh canvas: Pillow keeps a JPEG's
comment when it saves an opened file, so only a new image is free of what the camera, the agency
or a phone wrote into it. No served byte holds EXIF, GPS, XMP, IPTC, a comment or a thumbnail.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

# 50 million pixels: above every press camera's frame, and 200 MB when decoded.
MAX_PIXELS = 50_000_000
MAX_BYTES = 30 * 1024 * 1024
# The longest side that is kept: twice the widest column of the design.
MAX_SIDE = 2560
WIDTHS = (320, 640, 960, 1280)
# At 76 a 640 px news photo stays near 40 KB (DESIGN.md, section 7) without visible blocks.
QUALITY = {320: 72, 640: 74, 960: 76, 1280: 78}
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", "MPO")


@dataclass(frozen=True)
class Picture:
    """A clean picture: its bytes, size in pixels and file ending (`jpg` or `png`)."""

    content: bytes
    width: int
    height: int
    ending: str

    @property
    def name(self):
        """A name that only these bytes have."""
        return f"photos/{hashlib.sha256(self.content).hexdigest()[:20]}.{self.ending}"


def _refuse(message, **params):
    raise ValidationError(message, code="photo", params=params)


def _open(file):
    if getattr(file, "size", 0) > MAX_BYTES:
        _refuse(
            _("This file has %(size)s MB; at most %(limit)s MB can be taken."),
            size=file.size // (1024 * 1024),
            limit=MAX_BYTES // (1024 * 1024),
        )
    file.seek(0)
    with warnings.catch_warnings():
        # Pillow only warns between one and two times its own limit.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(file, formats=FORMATS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            _refuse(
                _("This picture is larger than the limit of %(limit)s million pixels."),
                limit=MAX_PIXELS // 1_000_000,
            )
    if image.width * image.height > MAX_PIXELS:
        _refuse(
            _("This picture has %(pixels)s million pixels; the limit is %(limit)s million."),
            pixels=image.width * image.height // 1_000_000,
            limit=MAX_PIXELS // 1_000_000,
        )
    return image


def _in_srgb(image):
    profile = image.info.get("icc_profile")
    if image.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        # 16-bit grey: keep the upper eight bits.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile says nothing about the colours
    return image


def _upright(file):
    """The first frame of the file as an RGB image on a canvas of its own."""
    try:
        image = _open(file)
        image.seek(0)
        graphic = image.format in ("PNG", "GIF") and image.mode in ("P", "1", "L", "LA", "PA")
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))
        image.load()
        image = _in_srgb(ImageOps.exif_transpose(image))
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        image = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
        canvas = Image.new("RGB", image.size, "white")
        canvas.paste(image, mask=image if image.mode == "RGBA" else None)
    except ValidationError:
        raise
    except Exception as problem:  # a decoder may fail in any way on a hostile file
        raise ValidationError(
            _("This file can't be read as a photo. Save it as JPEG, PNG or WebP and try again."),
            code="photo",
        ) from problem
    return canvas, graphic


def _encode(canvas, ending, quality=86):
    out = io.BytesIO()
    if ending == "png":
        canvas.quantize(256).save(out, "PNG", optimize=True)
    else:
        canvas.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
    return Picture(out.getvalue(), canvas.width, canvas.height, ending)


def clean(file):
    """The uploaded file as a clean Picture.

    Raises ValidationError with a sentence for the editor when it is too large or not a photo.
    """
    canvas, graphic = _upright(file)
    return _encode(canvas, "png" if graphic else "jpg")


def rendition_name(name, width):
    """Where the copy of the photo `name` that is `width` pixels wide stands."""
    stem, _dot, ending = name.rpartition(".")
    return f"{stem}-{width}.{ending}"


def widths_for(width):
    """Widths of the copies that a photo of this width gets."""
    return [smaller for smaller in WIDTHS if smaller < width]


def store(picture):
    """Write a clean picture and its smaller copies to the storage; gives its name.

    The name belongs to these bytes alone, so what stands there already is the same file.
    """
    if not default_storage.exists(picture.name):
        default_storage.save(picture.name, ContentFile(picture.content))
    image = Image.open(io.BytesIO(picture.content))
    for width in widths_for(picture.width):
        name = rendition_name(picture.name, width)
        if default_storage.exists(name):
            continue
        height = max(1, round(picture.height * width / picture.width))
        smaller = image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
        copy = _encode(smaller, picture.ending, QUALITY[width])
        default_storage.save(name, ContentFile(copy.content))
    return picture.name
