"""From a stranger's picture file to upright sRGB pixels on a fresh canvas, in bounded memory.

Nothing of Django is imported: `posts.photos` runs this file as a process of its own for large
pictures, so that neither a decoder's memory nor its endless loop is the application's.
"""

import io
import json
import re
import resource
import sys
import warnings

from PIL import AvifImagePlugin, Image, ImageCms

# 50 million pixels: above every press camera's frame. Pillow keeps four bytes for each.
MAX_PIXELS = 50_000_000
# Pillow holds a WebP's or an AVIF's pixels four times over while it decodes them.
_MOST_PIXELS_OF = {"WEBP": 13_000_000, "AVIF": 20_000_000}
# The longest side that is kept: twice the widest column of the design.
MAX_SIDE = 2560
# MPO, the JPEG of phones with several pictures in it, comes in by the name of JPEG.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")
# What the process may use: 200 MB of pixels, and room for a reduced copy (with the interpreter
# itself it stays under 300 MB).
MEMORY, SECONDS = 270 * 1024 * 1024, 30
# A progressive JPEG is decoded out of all its coefficients, two bytes each.
MAX_COEFFICIENTS = 180 * 1024 * 1024
# Passes over all pixels that a JPEG may want: cameras write 1, programs about 10, the most zealous
# optimiser 64. And the pieces that it may consist of.
MOST_SCANS, MOST_SEGMENTS = 100, 10_000
# A TIFF's tile is decoded whole, however little of it is picture: 1024 pixels a side are common.
_TILE_WIDTH, _TILE_LENGTH, _COMMON_TILE = 322, 323, 1024 * 1024
# A marker within a JPEG: no escaped 255, no filling and no restart.
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_WITHOUT_LENGTH, _END, _SCAN = (b"\x01", b"\xd8"), b"\xd9", b"\xda"
_PART = 64 * 1024

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
    """More pixels than are taken; `pixels` in millions, or None where the file only hints it.

    `kind` is the format whose own limit it is (`most_pixels`), None where it is everyone's.
    """

    def __init__(self, pixels=None, kind=None):
        super().__init__(pixels, kind)
        self.pixels, self.kind = pixels, kind


class TooProgressive(Exception):
    """A progressive JPEG that can only be decoded with too much memory."""


class TooSlow(TooProgressive):
    """A picture that can only be decoded in too much time."""


class NotAPhoto(Exception):
    """No decoder takes it."""


def most_pixels(kind):
    """How many pixels a picture of this format may have; `kind` None is any other format."""
    return min(MAX_PIXELS, _MOST_PIXELS_OF.get(kind, MAX_PIXELS))


def has_heavy_decoder(file):
    """Whether it is a TIFF, WebP or AVIF: only what is in the file tells what decoding costs.

    WebP and AVIF are read whole when they are opened, and a TIFF of few pixels may have tiles
    of any size. Nothing is opened here.
    """
    file.seek(0)
    head = file.read(12)
    return head[:2] in (b"II", b"MM") or head[:4] == b"RIFF" or head[4:8] == b"ftyp"


def open_picture(file):
    """The picture's header, its size and its make checked; no pixel is decoded yet.

    Raises TooLarge, TooProgressive, TooSlow or NotAPhoto.
    """
    _check_webp(file)
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
    _check_size(image.width, image.height, image.format)
    if image.format == "TIFF":
        _check_tiles(image)
    elif image.format in ("JPEG", "MPO"):
        _check_scans(image, file)
    return image


def _check_size(width, height, kind):
    pixels = width * height
    if pixels > most_pixels(kind):
        # What is too large for every format is not to be saved in another one.
        own = kind if pixels <= MAX_PIXELS else None
        raise TooLarge(-(-pixels // 1_000_000), own)


def _check_webp(file):
    """Refuse a WebP of too many pixels before Pillow makes room for all of them."""
    file.seek(0)
    head = file.read(30).ljust(30, b"\0")
    if head[:4] != b"RIFF":
        return
    kind, number = head[12:16], lambda start, end: int.from_bytes(head[start:end], "little")
    if kind == b"VP8X":
        width, height = number(24, 27) + 1, number(27, 30) + 1
    elif kind == b"VP8L":
        width, height = (number(21, 25) & 0x3FFF) + 1, (number(21, 25) >> 14 & 0x3FFF) + 1
    else:
        width, height = number(26, 28) & 0x3FFF, number(28, 30) & 0x3FFF
    _check_size(width, height, "WEBP")


def _check_tiles(image):
    """Refuse tiles much larger than the picture. (Strips are never: libtiff cuts them to it.)"""
    sides = [image.tag_v2.get(tag, 1) for tag in (_TILE_WIDTH, _TILE_LENGTH)]
    if not all(isinstance(side, int) for side in sides):
        raise NotAPhoto
    if sides[0] * sides[1] > max(2 * image.width * image.height, _COMMON_TILE):
        raise NotAPhoto


def _check_scans(image, file):
    scans = _scans(file)
    if scans > MOST_SCANS:
        raise TooSlow
    several = scans > 1 or image.info.get("progressive")
    if several and _coefficients(image) > MAX_COEFFICIENTS:
        raise TooProgressive


def _scans(file):
    """How many scans a JPEG has, counted no further than is allowed.

    Walks from marker to marker as libjpeg does, so that neither a thumbnail nor what stands
    behind the picture counts.
    """
    scans = segments = 0
    at = 2
    while scans <= MOST_SCANS:
        file.seek(at)
        part = file.read(_PART)
        found = _MARKER.search(part)
        if not found:
            if len(part) < 2:
                break
            at += len(part) - 1  # a marker may stand across the border
            continue
        if found[1] == _END:
            break
        segments += 1
        if segments > MOST_SEGMENTS:
            raise TooSlow
        scans += found[1] == _SCAN
        at += found.end()
        if found[1] not in _WITHOUT_LENGTH:
            file.seek(at)
            at += max(2, int.from_bytes(file.read(2), "big"))
    return scans


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
    image._decoder = None  # WebP's and AVIF's keep the pixels once more
    small = _shrunk(image)
    if small is not image:
        image.fp = image._fp = None  # the file is the caller's, and stays open
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
    # At the first limit a signal tells `posts.photos` the reason; no core is left on the disk.
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Each thread takes memory, and a machine may have many cores.
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    out = sys.stdout.buffer
    try:
        canvas, graphic = upright(open_picture(sys.stdin.buffer))
    except (TooLarge, TooProgressive, NotAPhoto, MemoryError) as problem:
        more = {key: getattr(problem, key, None) for key in ("pixels", "kind")}
        said = {"problem": type(problem).__name__} | more
        out.write(json.dumps(said).encode() + b"\n")
        return
    said = {"width": canvas.width, "height": canvas.height, "graphic": graphic}
    out.write(json.dumps(said).encode() + b"\n")
    out.write(canvas.tobytes())


if __name__ == "__main__":
    main()
