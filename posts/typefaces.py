"""Fonts for drawn pictures: which of them this machine has, and which has which letter.

None is brought along but Pillow's own, which has Latin letters only. Arabic script needs a font of
the machine (Debian: fonts-noto-core) and the shaping that Pillow has where libfribidi is there.
"""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont, features

# Where Debian, Fedora, Arch, Alpine and people who install by hand put them.
FOLDERS = (
    "/usr/share/fonts/truetype/noto", "/usr/share/fonts/google-noto", "/usr/share/fonts/noto",
    "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/dejavu-serif-fonts", "/usr/share/fonts/dejavu",
    "/usr/share/fonts/truetype/liberation", "/usr/share/fonts/liberation-serif",
    "/usr/share/fonts/TTF", "/usr/local/share/fonts",
)  # fmt: skip
LATIN = ("NotoSerif-Bold.ttf", "DejaVuSerif-Bold.ttf", "LiberationSerif-Bold.ttf")
NASKH = ("NotoNaskhArabic-Bold.ttf", "NotoSansArabic-Bold.ttf", "DejaVuSans-Bold.ttf")
NASTALIQ = ("NotoNastaliqUrdu-Bold.ttf",)
EMBEDDED = ""
# In the order in which they are asked for a letter.
FACES = {
    "en": (*LATIN, *NASKH, EMBEDDED),
    "ps": (*NASKH[:-1], *LATIN, NASKH[-1], EMBEDDED),
    "fa-AF": (*NASKH[:-1], *LATIN, NASKH[-1], EMBEDDED),
    "ur": (*NASTALIQ, *NASKH[:-1], *LATIN, NASKH[-1], EMBEDDED),
}
# A letter that no font has: what is drawn in its place is a font's sign for “missing”.
_NOWHERE = "\U0010ffff"
_SIZE_TO_COMPARE = 32


@cache
def faces(language):
    """The fonts of this machine for a language, as paths; `EMBEDDED` is Pillow's own."""
    found = [_path(name) for name in FACES.get(language, FACES["en"])]
    return tuple(path for path in found if path is not None)


def _path(name):
    if name == EMBEDDED:
        return EMBEDDED
    paths = (Path(folder, name) for folder in FOLDERS)
    return next((str(path) for path in paths if path.is_file()), None)


@lru_cache(maxsize=64)
def font(path, size):
    return ImageFont.truetype(path, size) if path else ImageFont.load_default(size)


def way(path, direction):
    """What Pillow takes to put the letters of a piece in their order; its own font can't."""
    return {"direction": direction} if path and can_shape() else {}


def length(path, size, piece, direction):
    """How wide a piece is, in pixels."""
    return font(path, size).getlength(piece, **way(path, direction))


def can_shape():
    """Whether letters are joined and put in their order, without which Arabic script is none."""
    return features.check("raqm")


def runs(text, language):
    """The text in pieces [(font's path, piece)]; each font has every letter of its piece.

    Signs that no font has (emoji) are left out. None where a letter of it can't be drawn: then it
    is better not shown at all than as empty boxes.
    """
    found = []
    for letter in text:
        kind = unicodedata.category(letter)
        # Points, digits and what is invisible stay with the letters before them.
        path = found[-1][0] if found and kind[0] != "L" else None
        if path is None or not (kind == "Cf" or _has(path, letter)):
            path = _first_with(letter, language)
        if path is None:
            if kind[0] in "SC":
                continue
            return None
        if found and found[-1][0] == path:
            found[-1] = (path, found[-1][1] + letter)
        else:
            found.append((path, letter))
    return found


def _first_with(letter, language):
    if unicodedata.bidirectional(letter) in ("R", "AL") and not can_shape():
        return None
    return next((path for path in faces(language) if _has(path, letter)), None)


@lru_cache(maxsize=4096)
def _has(path, letter):
    return letter.isspace() or _shape(path, letter) != _shape(path, _NOWHERE)


def _shape(path, letter):
    mask = font(path, _SIZE_TO_COMPARE).getmask(letter)
    return mask.size, bytes(mask)
