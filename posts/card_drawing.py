"""The picture that stands for a post without a photo where its link is shared, and the emblem.

A card is drawn from words alone: ground and ornament first, at twice the size so that edges come
out smooth, then the words. In right-to-left languages everything is the other way round.
"""

import io
import math
import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache
from threading import BoundedSemaphore

from PIL import Image, ImageDraw, ImageOps

from posts import languages, typefaces

# What Open Graph's readers show whole: 1.91 to 1.
SIZE = WIDTH, HEIGHT = 1200, 630
# Raise it with any change below: shared cards are kept under their addresses.
RECIPE = 1
PAPER, GOLD, BLUE = "#fbf9f4", "#d9a441", "#1f4e8c"
# Grounds on which paper and gold stand out at 4.5:1 or more.
GROUNDS = (BLUE, "#6b2737", "#1f5b4e", "#4a3a76", "#73401f", "#24506b")
MARGIN = 72
COLUMN = 800
SIZES = (76, 66, 58, 50, 44, 37)
MOST_LINES = {76: 3, 66: 3, 58: 4, 50: 4, 44: 5, 37: 6}
# How far one line stands from the next, in sizes of the letters; Nastaliq slopes.
LEADING = {"en": 1.22, "ps": 1.55, "fa-AF": 1.55, "ur": 1.8}
TALL = "ur"
CUT = "…"
# What is drawn in a process at one time: each picture takes some 20 MB while it is drawn.
_AT_ONCE = BoundedSemaphore(2)


@dataclass(frozen=True)
class Card:
    """What a card says: the blog's title above, a word in gold, the headline in a language."""

    title: str
    headline: str
    kicker: str = ""
    language: str = languages.DEFAULT


@lru_cache(maxsize=32)
def png(card):
    """The card as the bytes of a PNG, some 20 to 50 KB."""
    with _AT_ONCE:
        return _bytes(draw(card))


def _bytes(image):
    out = io.BytesIO()
    image.quantize(96, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def draw(card):
    """The card as an RGB image of SIZE. A text with letters that no font has is left out."""
    ground = GROUNDS[zlib.crc32(card.kicker.encode("utf-8", "replace")) % len(GROUNDS)]
    image = _ground(ground if card.kicker else BLUE)
    is_rtl = languages.language_of(card.language).direction == "rtl"
    if is_rtl:
        image = ImageOps.mirror(image)
    sign = emblem(64)
    image.paste(sign, (WIDTH - MARGIN - sign.width if is_rtl else MARGIN, MARGIN), sign)
    pen = _Pen(image, card.language, is_rtl)
    # Beside the emblem.
    pen.write(card.title, 34, PAPER, MARGIN + 32, indent=MARGIN + 84)
    tall = 30 if card.language == TALL else 0
    pen.write(card.kicker, 30, GOLD, MARGIN + 122)
    pen.write_block(card.headline, MARGIN + 152 + tall, HEIGHT - 108)
    return image


# The words


class _Pen:
    """Writes lines on an image, from its margin of the side where lines begin."""

    def __init__(self, image, language, is_rtl):
        self.draw = ImageDraw.Draw(image)
        self.language, self.direction = language, "rtl" if is_rtl else "ltr"

    def write(self, text, size, colour, middle, *, indent=MARGIN):
        """One line, cut where it would leave the column; `middle` is its height's."""
        words = self._words(text)
        if words and (lines := self._lines(words, size, COLUMN - indent + MARGIN, 1)):
            self._line(lines[0], size, colour, middle, indent)

    def write_block(self, text, top, bottom):
        """A headline in the largest letters in which it fits between two heights."""
        words = self._words(text)
        if not words:
            return
        for size in SIZES:
            step = size * LEADING.get(self.language, LEADING["en"])
            fitting = min(MOST_LINES[size], int((bottom - top) // step))
            is_last = size == SIZES[-1]
            lines = self._lines(words, size, COLUMN, fitting if is_last else fitting + 1)
            if len(lines) <= fitting and (is_last or self._is_whole(lines, words)):
                break
        for number, line in enumerate(lines):
            self._line(line, size, PAPER, top + step * (number + 0.6))

    def _words(self, text):
        """[[(font's path, piece), …] a word], or nothing where a letter can't be drawn."""
        plain = "".join(
            " " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text
        )
        words = [typefaces.runs(word, self.language) for word in plain.split()]
        return [] if None in words else [word for word in words if word]

    def _lines(self, words, size, most, most_lines):
        space = size * 0.26
        lines, width = [[]], 0
        for word in words:
            wide = self._width(word, size)
            if lines[-1] and width + space + wide > most:
                if len(lines) == most_lines:
                    self._cut(lines[-1], size, most)
                    return lines
                lines.append([])
                width = 0
            fitted = word if wide <= most else self._shortened(word, size, most)
            lines[-1].append(fitted)
            width += min(wide, most) + (space if width else 0)
        return lines

    def _is_whole(self, lines, words):
        return [word for line in lines for word in line] == words

    def _cut(self, line, size, most):
        """End a line with a sign that more follows."""
        space = size * 0.26
        end = typefaces.runs(CUT, self.language) or []
        while line and sum(self._width(each, size) + space for each in [*line, end]) > most:
            line.pop()
        if line:
            line[-1] = [*line[-1], *end]

    def _shortened(self, word, size, most):
        path, piece = word[0]
        while len(piece) > 1 and self._width([(path, piece + CUT)], size) > most:
            piece = piece[: len(piece) * 9 // 10]
        return [(path, piece), *(typefaces.runs(CUT, self.language) or [])]

    def _width(self, word, size):
        return sum(typefaces.length(path, size, piece, self.direction) for path, piece in word)

    def _line(self, words, size, colour, middle, indent=MARGIN):
        space, x = size * 0.26, indent
        for word, direction in _in_places(words, self.direction):
            # Whatever its font, each piece stands on the line's own foot.
            for path, piece in word:
                font, way = typefaces.font(path, size), typefaces.way(path, direction)
                wide = typefaces.length(path, size, piece, direction)
                left = x if self.direction == "ltr" else WIDTH - x - wide
                self.draw.text((left, middle + size * 0.34), piece, colour, font, "ls", **way)
                x += wide
            x += space


def _in_places(words, direction):
    """[(word, its direction)] in the order of a line: words of the other direction run backwards.

    A short form of UAX #9: a headline nests no deeper. Numbers go along with the line.
    """
    ordered, foreign = [], []
    for word in [*words, None]:
        if word is not None and _is_foreign(word, direction):
            foreign.append(word)
            continue
        # In a word alone, points after its letters belong to the line.
        if len(foreign) == 1:
            ordered.append((foreign[0], direction))
        else:
            ordered += [(each[::-1], _OTHER[direction]) for each in reversed(foreign)]
        ordered += [(word, direction)] if word is not None else []
        foreign = []
    return ordered


_OTHER = {"ltr": "rtl", "rtl": "ltr"}


def _is_foreign(word, direction):
    kinds = [unicodedata.bidirectional(letter) for _path, piece in word for letter in piece]
    strong = [kind for kind in kinds if kind in ("L", "R", "AL")]
    return bool(strong) and (strong[0] == "L") != (direction == "ltr")


# The ground


def _ground(colour):
    twice = Image.new("RGB", (WIDTH * 2, HEIGHT * 2), colour)
    pen = ImageDraw.Draw(twice)
    light = _mixed(colour, PAPER, 0.16)
    _lattice(pen, light, left=1900, cell=166)
    _hills(pen, colour)
    return twice.resize(SIZE, Image.Resampling.BOX)


def _lattice(pen, colour, left, cell):
    """Rows of eight-pointed stars, as on tiles and woodwork from Herat to Lahore."""
    for row in range(-1, HEIGHT * 2 // cell + 2):
        for column in range((WIDTH * 2 - left) // cell + 2):
            middle = left + column * cell, row * cell
            for turn in (0, math.pi / 4):
                corners = _square(middle, cell * 0.5, turn)
                pen.line([*corners, corners[0], corners[1]], colour, 5, joint="curve")
            pen.circle(middle, cell * 0.1, colour)


def _square(middle, radius, turn):
    return [
        (
            middle[0] + radius * math.cos(turn + math.pi / 2 * corner),
            middle[1] + radius * math.sin(turn + math.pi / 2 * corner),
        )
        for corner in range(4)
    ]


def _hills(pen, colour):
    """The emblem's mountains along the foot of the card, the sun behind them."""
    foot = HEIGHT * 2
    pen.circle((2010, foot - 200), 92, GOLD)
    far, near = _mixed(colour, "#000000", 0.22), _mixed(colour, "#000000", 0.4)
    pen.polygon(
        [(0, foot), (0, foot - 90), (420, foot - 170), (760, foot - 80), (1240, foot - 210),
         (1540, foot - 110), (1820, foot - 240), (2160, foot - 120), (2400, foot - 200),
         (2400, foot)], far,
    )  # fmt: skip
    pen.polygon(
        [(0, foot), (300, foot - 60), (620, foot - 30), (980, foot - 104), (1360, foot - 36),
         (1700, foot - 124), (2060, foot - 48), (2400, foot - 110), (2400, foot)], near,
    )  # fmt: skip


def _mixed(colour, other, share):
    """A colour with so much of another one in it."""
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    return tuple(round(one + (two - one) * share) for one, two in pairs)


def _rgb(colour):
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


@lru_cache(maxsize=16)
def emblem(size, corners=10, inset=0):
    """The blog's emblem (static/icon.svg) as an RGBA image of so many pixels.

    `corners` is the radius of its corners and `inset` the room around the mountains, both in parts
    of 64: a maskable icon has square corners and much room, for whoever shows it cuts it round.
    """
    times = 4
    unit = size * times / 64

    def point(x, y):
        shrunk = (64 - 2 * inset) / 64
        return (inset + x * shrunk) * unit, (inset + y * shrunk) * unit

    image = Image.new("RGBA", (size * times, size * times))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, size * times - 1, size * times - 1), corners * unit, BLUE)
    ridge = [(6, 52), (24, 22), (33, 36), (39, 27), (58, 52)]
    pen.polygon([point(*each) for each in ridge], PAPER)
    pen.circle(point(47, 17), 6 * unit * (64 - 2 * inset) / 64, GOLD)
    return image.resize((size, size), Image.Resampling.BOX)
