"""Painting tools for the demonstration pictures, on Pillow alone.

A `Canvas` is drawn in design units, 1600 wide and 1000 high, at twice the wanted size.
"""

# ruff: noqa: PLR0917

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Colour = tuple[int, int, int]
Paint = str | Colour
Point = tuple[float, float]

WIDE, HIGH = 1600, 1000


def rgb(paint: Paint) -> Colour:
    if isinstance(paint, tuple):
        return paint
    return int(paint[1:3], 16), int(paint[3:5], 16), int(paint[5:7], 16)


def mix(one: Paint, two: Paint, share: float) -> Colour:
    a, b = rgb(one), rgb(two)
    return tuple(round(p + (q - p) * share) for p, q in zip(a, b, strict=True))


def strip(stops: Sequence[tuple[float, Paint]], steps: int = 256) -> Image.Image:
    """A one-pixel-wide vertical gradient through the given stops."""
    image = Image.new("RGB", (1, steps))
    for row in range(steps):
        at = row / (steps - 1)
        before, after = stops[0], stops[-1]
        for left, right in pairwise(stops):
            if left[0] <= at <= right[0]:
                before, after = left, right
                break
        span = after[0] - before[0]
        share = min(1.0, max(0.0, (at - before[0]) / span)) if span else 0.0
        image.putpixel((0, row), mix(before[1], after[1], share))
    return image


def jag(keys: Sequence[Point], rng: Random, rough: float = 0.16, depth: int = 5) -> list[Point]:
    """A broken line through `keys`, roughened by midpoint displacement."""
    line = list(keys)
    for _ in range(depth):
        finer = [line[0]]
        for (x0, y0), (x1, y1) in pairwise(line):
            length = math.hypot(x1 - x0, y1 - y0)
            off = rng.uniform(-1, 1) * length * rough
            finer += [((x0 + x1) / 2 + off * 0.25, (y0 + y1) / 2 + off), (x1, y1)]
        line = finer
    return line


def curve(keys: Sequence[Point], steps: int = 14) -> list[Point]:
    """A smooth Catmull-Rom line through `keys`."""
    pts = [keys[0], *keys, keys[-1]]
    line: list[Point] = []
    for a, b, c, d in zip(pts, pts[1:], pts[2:], pts[3:], strict=False):
        for step in range(steps):
            t = step / steps
            line.append(
                tuple(
                    0.5
                    * (
                        2 * b[i]
                        + (c[i] - a[i]) * t
                        + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t
                        + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
                    )
                    for i in (0, 1)
                )
            )
    return [*line, keys[-1]]


class Canvas:
    def __init__(self, seed: str, width: int, height: int) -> None:
        self.rng = Random(seed)
        self.target = (width, height)
        self.k = 2 * max(width / WIDE, height / HIGH)
        self.size = (math.ceil(WIDE * self.k), math.ceil(HIGH * self.k))
        self.image = Image.new("RGB", self.size)
        self.pen = ImageDraw.Draw(self.image)
        self.tooth = Image.frombytes("L", (256, 256), self.rng.randbytes(65536))

    def at(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.k, y * self.k) for x, y in points]

    # Flat shapes.

    def poly(self, points: Sequence[Point], paint: Paint) -> None:
        self.pen.polygon(self.at(points), fill=rgb(paint))

    def box(self, x0: float, y0: float, x1: float, y1: float, paint: Paint) -> None:
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], paint)

    def oval(self, x: float, y: float, rx: float, ry: float, paint: Paint) -> None:
        box = [(x - rx) * self.k, (y - ry) * self.k, (x + rx) * self.k, (y + ry) * self.k]
        self.pen.ellipse(box, fill=rgb(paint))

    def line(self, points: Sequence[Point], paint: Paint, wide: float = 1.0) -> None:
        self.pen.line(
            self.at(points), fill=rgb(paint), width=max(1, round(wide * self.k)), joint="curve"
        )

    # Shaded shapes.

    def sky(self, *stops: tuple[float, Paint]) -> None:
        self.image.paste(strip(stops).resize(self.size, Image.Resampling.BICUBIC))

    def fill(
        self,
        points: Sequence[Point],
        top: Paint,
        bottom: Paint,
        grain: int = 0,
        alpha: float = 1.0,
        fade: bool = False,
        across: bool = False,
    ) -> None:
        """A polygon in a gradient; `fade` lets it vanish towards its foot."""
        pts = self.at(points)
        x0 = max(0, math.floor(min(x for x, _ in pts)))
        y0 = max(0, math.floor(min(y for _, y in pts)))
        x1 = min(self.size[0], math.ceil(max(x for x, _ in pts)) + 1)
        y1 = min(self.size[1], math.ceil(max(y for _, y in pts)) + 1)
        if x1 <= x0 or y1 <= y0:
            return
        size = (x1 - x0, y1 - y0)
        mask = Image.new("L", size, 0)
        shape = [(x - x0, y - y0) for x, y in pts]
        ImageDraw.Draw(mask).polygon(shape, fill=round(255 * alpha))
        if fade:
            ramp = ImageOps.flip(Image.linear_gradient("L")).resize(size)
            mask = ImageChops.multiply(mask, ramp)
        column = strip([(0, top), (1, bottom)], 64)
        if across:
            column = column.transpose(Image.Transpose.ROTATE_90)
        paint = column.resize(size, Image.Resampling.BILINEAR)
        if grain:
            paint = ImageChops.add(paint, self.mottle(size, grain), 1, -128)
        self.image.paste(paint, (x0, y0), mask)

    def mottle(self, size: tuple[int, int], depth: int, cell: float = 26) -> Image.Image:
        """Uneven paint: slow noise about mid-grey, longer across than down."""
        wide = max(3, min(250, round(size[0] / (cell * 2.4 * self.k))))
        high = max(3, min(250, round(size[1] / (cell * 0.5 * self.k))))
        left, top = self.rng.randrange(257 - wide), self.rng.randrange(257 - high)
        patch = self.tooth.crop((left, top, left + wide, top + high))
        patch = patch.point(lambda v: round(128 + (v - 128) * depth / 128))
        patch = patch.resize(size, Image.Resampling.BICUBIC)
        return Image.merge("RGB", (patch, patch, patch))

    def veil(self, paint: Paint, y0: float, y1: float, a0: float, a1: float) -> None:
        """A band of haze whose strength runs from `a0` at `y0` to `a1` at `y1`."""
        top, bottom = round(y0 * self.k), round(y1 * self.k)
        size = (self.size[0], bottom - top)
        low, high = round(a0 * 255), round(a1 * 255)
        ramp = Image.linear_gradient("L").point(lambda v: round(low + (high - low) * v / 255))
        self.image.paste(rgb(paint), (0, top, size[0], bottom), ramp.resize(size))

    def glow(
        self, x: float, y: float, rx: float, paint: Paint, alpha: float, ry: float | None = None
    ) -> None:
        ry = rx if ry is None else ry
        ramp = Image.radial_gradient("L").point(
            lambda v: round(alpha * 255 * max(0.0, 1 - v / 181) ** 2)
        )
        size = (max(1, round(2 * rx * self.k)), max(1, round(2 * ry * self.k)))
        self._stamp(ramp.resize(size), x - rx, y - ry, paint)

    def _stamp(self, mask: Image.Image, x: float, y: float, paint: Paint) -> None:
        left, top = round(x * self.k), round(y * self.k)
        box = (left, top, left + mask.width, top + mask.height)
        self.image.paste(rgb(paint), box, mask)

    def soft(
        self,
        shapes: Sequence[Sequence[Point]],
        paint: Paint,
        alpha: float,
        blur: float,
    ) -> None:
        """Blurred polygons: shadows, mist, cloud, shafts of light."""
        share = self.k / 6
        size = (max(1, round(WIDE * share)), max(1, round(HIGH * share)))
        mask = Image.new("L", size, 0)
        pen = ImageDraw.Draw(mask)
        for shape in shapes:
            pen.polygon([(x * share, y * share) for x, y in shape], fill=round(alpha * 255))
        mask = mask.filter(ImageFilter.GaussianBlur(blur * share))
        box = mask.getbbox()
        if box is None:
            return
        wide, high = self.size[0] / size[0], self.size[1] / size[1]
        spot = [
            round(box[0] * wide),
            round(box[1] * high),
            round(box[2] * wide),
            round(box[3] * high),
        ]
        mask = mask.crop(box).resize(
            (spot[2] - spot[0], spot[3] - spot[1]), Image.Resampling.BILINEAR
        )
        self.image.paste(rgb(paint), tuple(spot), mask)

    def cloud(self, x: float, y: float, wide: float, high: float, paint: Paint, a: float) -> None:
        blobs = []
        for _ in range(9):
            cx = x + self.rng.uniform(-0.5, 0.5) * wide
            cy = y + self.rng.uniform(-0.3, 0.3) * high
            rx, ry = wide * self.rng.uniform(0.1, 0.26), high * self.rng.uniform(0.12, 0.3)
            blobs.append(ring(cx, cy, rx, ry))
        self.soft(blobs, paint, a, high * 0.12)

    # Land.

    def mountain(
        self,
        keys: Sequence[Point],
        top: Paint,
        bottom: Paint,
        shadow: Paint | None = None,
        snow: tuple[Paint, Paint, float] | None = None,
        foot: float = HIGH,
        rough: float = 0.16,
        lit_left: bool = True,
        ribs: int = 4,
        grain: int = 5,
    ) -> list[Point]:
        """A range through `keys` (peaks and saddles in turn), lit from one side."""
        rng = self.rng
        legs = [jag([a, b], rng, rough) for a, b in pairwise(keys)]
        edge = [keys[0]]
        for leg in legs:
            edge += leg[1:]
        self.fill([*edge, (keys[-1][0], foot), (keys[0][0], foot)], top, bottom, grain)
        if shadow is None:
            return edge
        for i, (px, py) in enumerate(keys):
            left = keys[i - 1] if i else None
            right = keys[i + 1] if i + 1 < len(keys) else None
            if (left and left[1] <= py) or (right and right[1] <= py):
                continue
            far = right if lit_left else left
            if far is None:
                continue
            leg = legs[i] if lit_left else legs[i - 1][::-1]
            drop = min(foot, max(far[1] + (far[1] - py) * 0.8, py + 60))
            lean = (far[0] - px) * rng.uniform(-0.12, 0.18)
            spine = jag([(px, py), (px + lean, drop)], rng, 0.2, 4)
            deep = mix(top, bottom, min(1, (drop - py) / max(1, foot - py)))
            self.fill([*leg, (far[0], drop), *spine[::-1]], shadow, deep, grain, 0.95, fade=True)
            for _ in range(ribs):
                start = leg[rng.randrange(3, len(leg) - 3)]
                length = max(0, drop - start[1]) * rng.uniform(0.4, 0.8)
                rib = jag(
                    [start, (start[0] - (far[0] - px) * 0.22, start[1] + length)], rng, 0.2, 3
                )
                back = (start[0] + (far[0] - px) * 0.06, start[1] + length * 0.9)
                self.fill([*rib, back], mix(shadow, top, 0.55), deep, 0, 0.6, fade=True)
            other = legs[i - 1][::-1] if lit_left else legs[i] if right else None
            if other and left:
                for _ in range(ribs):
                    start = other[rng.randrange(3, len(other) - 3)]
                    length = max(0, drop - start[1]) * rng.uniform(0.3, 0.7)
                    turn = (px - left[0]) * (0.12 if lit_left else -0.12)
                    rib = jag([start, (start[0], start[1] + length)], rng, 0.12, 3)
                    back = (start[0] + turn, start[1] + length)
                    self.fill([*rib, back], mix(shadow, top, 0.35), deep, 0, 0.5, fade=True)
            if snow:
                self._snow((px, py), legs[i - 1] if i else None, legs[i] if right else None, snow)
        return edge

    def _snow(
        self,
        peak: Point,
        left: list[Point] | None,
        right: list[Point] | None,
        snow: tuple[Paint, Paint, float],
    ) -> None:
        bright, dim, reach = snow
        px, py = peak
        for leg, paint in ((left[::-1] if left else None, bright), (right, dim)):
            if leg is None:
                continue
            run = [p for p in leg if p[1] - py < reach and abs(p[0] - px) < reach * 2.2]
            if len(run) < 3:
                continue
            hem = []
            for n, (x, y) in enumerate(run[::-1][:: max(1, len(run) // 9)]):
                sag = reach * (0.17 if n % 2 else 0.03) * self.rng.uniform(0.5, 1.3)
                hem.append((x * 0.85 + px * 0.15, y + sag))
            self.fill([*run, *hem, (px, py + reach * 0.2)], paint, mix(paint, dim, 0.4))

    def ground(self, keys: Sequence[Point], top: Paint, bottom: Paint, grain: int = 8) -> None:
        edge = curve(keys)
        self.fill([*edge, (keys[-1][0], HIGH), (keys[0][0], HIGH)], top, bottom, grain)

    def specks(
        self,
        count: int,
        box: tuple[float, float, float, float],
        paints: Sequence[Paint],
        wide: tuple[float, float] = (3, 9),
        flat: float = 0.35,
    ) -> None:
        """Scattered dabs, larger towards the foot of the box."""
        x0, y0, x1, y1 = box
        for _ in range(count):
            depth = self.rng.random()
            x, y = self.rng.uniform(x0, x1), y0 + (y1 - y0) * depth**1.4
            r = wide[0] + (wide[1] - wide[0]) * depth
            self.oval(x, y, r, r * flat, self.rng.choice(list(paints)))

    # Finishing.

    def finish(self, grain: int = 4, vignette: float = 0.16) -> Image.Image:
        image = ImageOps.fit(self.image, self.target, Image.Resampling.LANCZOS, bleed=0)
        size = image.size
        if vignette:
            ramp = Image.radial_gradient("L").point(
                lambda v: round(255 * vignette * max(0.0, (v - 110) / 145) ** 1.5)
            )
            shade = tuple(c // 5 for c in image.resize((1, 1)).getpixel((0, 0)))
            image.paste(shade, (0, 0, *size), ramp.resize(size))
        fine = self.tooth.resize((384, 384), Image.Resampling.BICUBIC)
        weave = Image.new("L", size)
        for x in range(0, size[0], 384):
            for y in range(0, size[1], 384):
                weave.paste(fine, (x, y))
        slow = self.tooth.crop((0, 0, 90, 120)).resize(size, Image.Resampling.BICUBIC)
        weave = Image.blend(weave, slow, 0.25)
        weave = weave.point(lambda v: round(128 + (v - 128) * grain / 128))
        return ImageChops.add(image, Image.merge("RGB", (weave,) * 3), 1, -128)


def ring(x: float, y: float, rx: float, ry: float, steps: int = 20) -> list[Point]:
    return [
        (x + rx * math.cos(math.tau * n / steps), y + ry * math.sin(math.tau * n / steps))
        for n in range(steps)
    ]


def arch(x0: float, x1: float, foot: float, spring: float, rise: float) -> list[Point]:
    """A doorway: straight jambs under a slightly pointed arch."""
    mid, half = (x0 + x1) / 2, (x1 - x0) / 2
    crown = []
    for n in range(13):
        t = n / 12
        x = mid - half + 2 * half * t
        y = spring - rise * (1 - abs(2 * t - 1) ** 1.7)
        crown.append((x, y))
    return [(x0, foot), *crown, (x1, foot)]


def placed(
    x: float, y: float, scale: float, flip: bool = False
) -> Callable[[Sequence[Point]], list[Point]]:
    """A function that sets points about the origin down at (x, y)."""
    sign = -1 if flip else 1
    return lambda pts: [(x + sign * px * scale, y + py * scale) for px, py in pts]


def keys(c: Canvas, count: int, peak: float, saddle: float, spread: float = 0.35) -> list[Point]:
    """Peaks and saddles in turn across the whole width."""
    step = (WIDE + 200) / (count - 1)
    line = []
    for n in range(count):
        x = -100 + n * step + (c.rng.uniform(-0.3, 0.3) * step if 0 < n < count - 1 else 0)
        y = peak if n % 2 else saddle
        line.append((x, y + c.rng.uniform(-1, 1) * spread * (saddle - peak)))
    return line
