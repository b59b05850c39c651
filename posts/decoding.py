"""From a stranger's picture file to upright sRGB pixels on a fresh canvas, in bounded memory.

Nothing of Django is imported: `posts.photos` runs this file as a process of its own for large
pictures, so that neither a decoder's memory nor its endless loop is the application's.
"""

import io
import json
import resource
import sys
import warnings

from PIL import Image, ImageCms

# 50 million pixels: above every press camera's frame. Pillow keeps four bytes for each.
MAX_PIXELS = 50_000_000
# The longest side that is kept: twice the widest column of the design.
MAX_SIDE = 2560
# MPO, the JPEG of phones with several pictures in it, comes in by the name of JPEG.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")
# What the process may use: 200 MB of pixels, and room for a reduced copy (with the interpreter
# itself it stays under 300 MB).
MEMORY, SECONDS = 270 * 1024 * 1024, 30
# A progressive JPEG is decoded out of all its coefficients, two bytes each.
MAX_COEFFICIENTS = 180 * 1024 * 1024

_TURNS = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
_ORIENTATION = 0x0112
_SIXTEEN_BITS = ("I", "I;16", "I;16B", "I;16L", "I;16N", "F")
_STRIP = 64


class TooLarge(Exception):
    """More pixels than are taken; `pixels` in millions, or None where the file only hints it."""

    def __init__(self, pixels=None):
        super().__init__(pixels)
        self.pixels = pixels


class TooProgressive(Exception):
    """A progressive JPEG that can only be decoded with too much memory."""


class NotAPhoto(Exception):
    """No decoder takes it."""


def open_picture(file):
    """The picture's header, its size checked; no pixel is decoded yet.

    Raises TooLarge, TooProgressive or NotAPhoto.
    """
    with warnings.catch_warnings():
        # Pillow only warns between one and two times its own limit.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            file.seek(0)
            image = Image.open(file, formats=FORMATS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
            raise TooLarge from problem
        except Exception as problem:  # a decoder may fail in any way on a hostile file
            raise NotAPhoto from problem
    if image.width * image.height > MAX_PIXELS:
        raise TooLarge(image.width * image.height // 1_000_000)
    if image.info.get("progressive") and _coefficients(image) > MAX_COEFFICIENTS:
        raise TooProgressive
    return image


def _coefficients(image):
    """Bytes that libjpeg needs for the coefficients of all components."""
    parts = [(part[1], part[2]) for part in getattr(image, "layer", [])] or [(1, 1)]
    widest, tallest = (max(side) or 1 for side in zip(*parts, strict=True))
    pixels = image.width * image.height
    return sum(pixels * across * down // (widest * tallest) * 2 for across, down in parts)


def upright(image):
    """(the first frame as a new RGB image, whether it is a graphic and no photograph).

    The longest side is at most MAX_SIDE. Raises NotAPhoto.
    """
    try:
        return _upright(image)
    except MemoryError:
        raise
    except Exception as problem:  # as above
        raise NotAPhoto from problem


def _upright(image):
    image.seek(0)
    graphic = image.format in ("PNG", "GIF") and image.mode in ("P", "1", "L", "LA", "PA")
    turns = _TURNS.get(_orientation(image), ())
    profile = image.info.get("icc_profile")
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    image.load()
    small = _shrunk(image)
    if small is not image:
        image.close()  # gives its pixels' memory back
    for turn in turns:
        small = small.transpose(turn)
    small = _in_srgb(small, profile).convert("RGB")
    canvas = Image.new("RGB", small.size, "white")
    canvas.paste(small)
    return canvas, graphic


def _orientation(image):
    try:
        return image.getexif().get(_ORIENTATION)
    except Exception:  # broken EXIF says nothing; the pixels may still be good
        return None


def _shrunk(image):
    """At most MAX_SIDE a side, in a mode without palette, transparency or sixteen bits."""
    # A second copy of all pixels has no room: whole pixels are merged first, and what must be
    # converted before that is converted strip by strip.
    factor = max(1, max(image.size) // MAX_SIDE)
    if image.mode in ("RGB", "L", "CMYK", "YCbCr", "LAB") and not image.has_transparency_data:
        small = image.reduce(factor) if factor > 1 else image
        small.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        return small
    mode = "L" if image.mode in _SIXTEEN_BITS else "RGB"
    small = Image.new(mode, (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, _STRIP * factor):
        bottom = min(image.height, top + _STRIP * factor)
        strip = _opaque(image.crop((0, top, image.width, bottom)), image)
        small.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    small.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    return small


def _opaque(strip, image):
    if image.mode in _SIXTEEN_BITS:
        # The upper eight bits.
        return strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return strip.convert("RGB")
    if "transparency" in image.info:
        strip.info["transparency"] = image.info["transparency"]
    strip = strip.convert("RGBA")
    white = Image.new("RGB", strip.size, "white")
    white.paste(strip, mask=strip)
    return white


def _in_srgb(image, profile):
    if image.mode == "LAB":
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    if profile and image.mode in ("RGB", "CMYK", "L", "LAB"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken or foreign profile says nothing about the colours
    return image


def main():
    """Decode standard input (a regular file); a line of JSON and then raw RGB come out."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    out = sys.stdout.buffer
    try:
        canvas, graphic = upright(open_picture(sys.stdin.buffer))
    except (TooLarge, TooProgressive, NotAPhoto, MemoryError) as problem:
        said = {"problem": type(problem).__name__, "pixels": getattr(problem, "pixels", None)}
        out.write(json.dumps(said).encode() + b"\n")
        return
    said = {"width": canvas.width, "height": canvas.height, "graphic": graphic}
    out.write(json.dumps(said).encode() + b"\n")
    out.write(canvas.tobytes())


if __name__ == "__main__":
    main()
