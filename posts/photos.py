"""What happens to a photo between its upload and the storage.

Pixels are turned upright, put into sRGB and pasted onto a fresh canvas (`posts.decoding`): Pillow
keeps a JPEG's comment when it saves an opened file, so only a new image is free of what the
camera, the agency or a phone wrote into it. No served byte holds EXIF, GPS, XMP, IPTC, a comment
or a thumbnail. Its copies are made by `posts.renditions`.
"""

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image

from posts import decoding, storing

MAX_BYTES = 100 * 1024 * 1024
# Pictures with more pixels are decoded in a process of their own: 48 MB when decoded. So are all
# of which pixels alone do not tell the cost (`_decoded`).
PIXELS_HERE = 12_000_000
# Above what the design shows sharply, below what costs a reader; the copies are made out of it.
QUALITY = 86


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


def clean(file):
    """The uploaded file as a clean Picture.

    Raises ValidationError with a sentence for the editor when it is too large or not a photo.
    """
    if getattr(file, "size", 0) > MAX_BYTES:
        _refuse(
            _("This file has %(size)s MB; at most %(limit)s MB can be taken."),
            size=file.size // (1024 * 1024),
            limit=MAX_BYTES // (1024 * 1024),
        )
    try:
        canvas, graphic = _decoded(file)
    except decoding.TooLarge as problem:
        limit = decoding.most_pixels(problem.kind) // 1_000_000
        if problem.kind:
            _refuse(
                _(
                    "This picture has %(pixels)s million pixels; the limit for %(kind)s is "
                    "%(limit)s million. Save it as JPEG and try again."
                ),
                pixels=problem.pixels,
                kind={"WEBP": "WebP"}.get(problem.kind, problem.kind),
                limit=limit,
            )
        if problem.pixels is None:
            _refuse(
                _("This picture is larger than the limit of %(limit)s million pixels."), limit=limit
            )
        _refuse(
            _("This picture has %(pixels)s million pixels; the limit is %(limit)s million."),
            pixels=problem.pixels,
            limit=limit,
        )
    except decoding.TooSlow:
        _refuse(
            _(
                "This picture takes too long to be read. Save it with fewer pixels, or as a JPEG "
                "that is not progressive, and try again."
            )
        )
    except (decoding.TooProgressive, MemoryError):
        _refuse(
            _(
                "This picture needs too much memory to be read. Save it with fewer pixels, or as "
                "a JPEG that is not progressive, and try again."
            )
        )
    except decoding.NotAPhoto:
        _refuse(
            _("This file can't be read as a photo. Save it as JPEG, PNG or WebP and try again.")
        )
    ending = "png" if graphic else "jpg"
    return Picture(encoded(canvas, ending, QUALITY), *canvas.size, ending)


def _decoded(file):
    if decoding.has_heavy_decoder(file):
        return _decoded_apart(file)
    image = decoding.open_picture(file)
    # Each scan of a progressive JPEG goes over all pixels again.
    if image.width * image.height > PIXELS_HERE or image.info.get("progressive"):
        return _decoded_apart(file)
    return decoding.upright(image)


def _decoded_apart(file):
    """What `decoding.upright` gives, decoded in a process with bounds on memory and time."""
    with tempfile.TemporaryFile() as copy:
        file.seek(0)
        while part := file.read(1024 * 1024):
            copy.write(part)
        copy.seek(0)
        try:
            answer = subprocess.run(  # noqa: S603  nothing of the file is in the command
                [sys.executable, "-m", decoding.__name__],
                stdin=copy,
                capture_output=True,
                timeout=2 * decoding.SECONDS,
                cwd=Path(__file__).resolve().parent.parent,
                # One arena: each more of them counts as memory that is in use.
                env={"PATH": os.defpath, "MALLOC_ARENA_MAX": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired as problem:
            raise decoding.TooSlow from problem
    if answer.returncode == -signal.SIGXCPU:
        raise decoding.TooSlow
    line, _end, pixels = answer.stdout.partition(b"\n")
    if not line:
        raise decoding.NotAPhoto
    said = json.loads(line)
    if problem := said.get("problem"):
        if problem == decoding.TooLarge.__name__:
            raise decoding.TooLarge(said["pixels"], said["kind"])
        known = (MemoryError, decoding.TooProgressive, decoding.TooSlow)
        raise {each.__name__: each for each in known}.get(problem, decoding.NotAPhoto)
    size = said["width"], said["height"]
    return Image.frombytes("RGB", size, pixels), said["graphic"]


def encoded(canvas, ending, quality):
    """The bytes of a clean canvas as `jpg`, `png`, `webp` or `avif`.

    Of a graphic's canvas PNG keeps 256 colours; the others take `quality` from 0 to 100.
    """
    out = io.BytesIO()
    if ending == "png":
        canvas.quantize(256).save(out, "PNG", optimize=True)
    elif ending == "jpg":
        canvas.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
    elif ending == "webp":
        canvas.save(out, "WEBP", quality=quality, method=4)
    else:
        # Speed 8: a quarter of the time of 6, and a few per cent more bytes.
        canvas.save(out, "AVIF", quality=quality, speed=8)
    return out.getvalue()


def store(picture):
    """Write a clean picture to the storage; gives its name.

    The name belongs to these bytes alone, so what stands there already is the same file, unless
    it was cut off.
    """
    name, size = picture.name, len(picture.content)
    if not default_storage.exists(name) or default_storage.size(name) != size:
        storing.put(name, picture.content)
    return name
