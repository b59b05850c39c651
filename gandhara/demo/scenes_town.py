"""Pictures of streets and of the city."""

# ruff: noqa: PLR0912, PLR0915

import math

from .brush import HIGH, WIDE, Canvas, arch, curve, keys, mix, ring
from .props import FOLK, birds, person, poplar


def city_dusk(c: Canvas) -> None:
    c.sky(
        (0, "#1f2a55"),
        (0.25, "#4b4a80"),
        (0.42, "#a8667f"),
        (0.55, "#ec9a72"),
        (0.64, "#f9cf8e"),
        (1, "#f9cf8e"),
    )
    c.glow(980, 600, 700, "#ffe2a6", 0.85, 330)
    for x, y, w in ((330, 250, 640), (1130, 200, 560), (760, 370, 520), (1400, 400, 420)):
        c.cloud(x, y, w, 50, "#e8907c" if y > 220 else "#8a6690", 0.55)
    for _ in range(70):
        x, y = c.rng.uniform(0, 1600), c.rng.uniform(0, 260)
        c.oval(x, y, 1.3, 1.3, "#f4e6d2")
    c.mountain(keys(c, 11, 500, 560, 0.4), "#a8707f", "#dd9f83", None, foot=700)

    def dome(x: float, y: float, r: float, paint: str) -> None:
        bulb = curve(
            [
                (x - r, y),
                (x - r * 1.08, y - r * 0.45),
                (x - r * 0.72, y - r * 0.98),
                (x - r * 0.2, y - r * 1.28),
                (x, y - r * 1.6),
                (x + r * 0.2, y - r * 1.28),
                (x + r * 0.72, y - r * 0.98),
                (x + r * 1.08, y - r * 0.45),
                (x + r, y),
            ],
            8,
        )
        c.poly(bulb, paint)
        c.line([(x, y - r * 1.55), (x, y - r * 1.95)], paint, max(2, r * 0.05))
        lit = [(x + (px - x) * 0.3 + r * 0.55, py + r * 0.06) for px, py in bulb]
        c.poly([(px, min(py, y)) for px, py in lit], mix(paint, "#ffc98c", 0.28))

    def minaret(x: float, y: float, high: float, paint: str) -> None:
        w = high * 0.045
        c.poly(
            [
                (x - w, y),
                (x - w * 0.75, y - high * 0.8),
                (x + w * 0.75, y - high * 0.8),
                (x + w, y),
            ],
            paint,
        )
        c.poly(
            [
                (x + w * 0.2, y),
                (x + w * 0.2, y - high * 0.8),
                (x + w * 0.75, y - high * 0.8),
                (x + w, y),
            ],
            mix(paint, "#ffc98c", 0.3),
        )
        for t in (0.5, 0.78):
            c.box(
                x - w * 1.6,
                y - high * t - w * 0.5,
                x + w * 1.6,
                y - high * t,
                mix(paint, "#ffc98c", 0.15),
            )
        c.box(x - w * 0.6, y - high * 0.87, x + w * 0.6, y - high * 0.79, paint)
        dome(x, y - high * 0.86, w * 0.85, paint)
        c.glow(x, y - high * 0.8, high * 0.06, "#ffe9a8", 0.9)

    bands = (
        (660, 80, 0.35, "#b06c7c", "#d08a7c", 46),
        (720, 120, 0.5, "#7a4f74", "#98607a", 58),
        (800, 150, 0.55, "#4c3a66", "#6a4a70", 78),
        (890, 150, 0.65, "#2e294f", "#42365e", 104),
        (990, 130, 0.7, "#1c1b3a", "#2a274a", 140),
    )
    for layer, (y, tall, lights, paint, light, wide) in enumerate(bands):
        if layer == 1:
            dome(400, 640, 50, "#8a5878")
            for x in (320, 480):
                minaret(x, 700, 240, "#8a5878")
        if layer == 2:
            c.box(890, 640, 1150, 760, "#54406a")
            for x, r, top in ((1020, 82, 640), (925, 38, 650), (1115, 38, 650)):
                dome(x, top, r, "#54406a")
            for x in (860, 1180):
                minaret(x, 800, 430, "#4f3c68")
            for n in range(5):
                c.poly(arch(915 + n * 45, 945 + n * 45, 740, 690, 18), "#f6c078")
        x = -20.0
        dark = c.rng.uniform(200, 1200)
        while x < WIDE + 20:
            w = wide * c.rng.uniform(0.6, 1.35)
            h = tall * c.rng.uniform(0.35, 1.0)
            top = y - h
            c.fill(
                [(x, HIGH), (x, top), (x + w, top), (x + w, HIGH)],
                mix(paint, light, c.rng.uniform(0, 0.6)),
                paint,
                3,
            )
            c.fill(
                [(x + w * 0.8, HIGH), (x + w * 0.8, top), (x + w, top), (x + w, HIGH)],
                mix(light, "#ffb47c", 0.28),
                paint,
            )
            c.box(x - 2, top - 3, x + w + 2, top + 2, mix(paint, light, 0.8))
            if layer > 1:
                kind = c.rng.random()
                if kind < 0.35:
                    c.box(x + w * 0.15, top - w * 0.16, x + w * 0.4, top, mix(paint, light, 0.5))
                elif kind < 0.6:
                    c.line([(x + w * 0.6, top), (x + w * 0.6, top - w * 0.5)], paint, 2.5)
                    for k in range(3):
                        c.line(
                            [
                                (x + w * 0.45, top - w * (0.5 - k * 0.1)),
                                (x + w * 0.75, top - w * (0.5 - k * 0.1)),
                            ],
                            paint,
                            2,
                        )
                elif kind < 0.85:
                    c.poly(
                        [
                            (x + w * 0.1, top),
                            (x + w * 0.2, top - w * 0.16),
                            (x + w * 0.62, top - w * 0.22),
                            (x + w * 0.52, top),
                        ],
                        mix("#33508a", light, 0.2),
                    )
            out = dark < x < dark + 330
            size = 4 + layer * 2.4
            gap = size * 2.4
            rows = int((h + 40) / gap)
            for row in range(rows):
                for col in range(max(1, int((w * 0.78 - size) / gap))):
                    wx, wy = x + size + col * gap, top + size * 1.2 + row * gap
                    lit = c.rng.random() < lights * (0.04 if out else 0.62)
                    tint = (
                        c.rng.choice(["#ffd784", "#ffe7b4", "#f8b765", "#ffdf9c"])
                        if lit
                        else mix(paint, "#0d1030", 0.4)
                    )
                    c.box(wx, wy, wx + size, wy + size * 1.25, tint)
            x += w + c.rng.uniform(-2, 4)
        c.veil(
            ("#f2a880", "#d88a80", "#8f6488", "#4b4474", "#2a2850")[layer],
            y - 70,
            min(HIGH, y + 90),
            0,
            (0.5, 0.4, 0.3, 0.15, 0.1)[layer],
        )
    for x, y in ((250, 826), (1290, 840), (760, 870), (470, 900)):
        c.glow(x, y, 90, "#ffcf80", 0.5)
    birds(c, 640, 330, 9, 12, "#3a2c52")
    for a, b in (((-20, 830), (620, 850)), ((620, 850), (1640, 800))):
        c.line(
            [
                (
                    a[0] + (b[0] - a[0]) * n / 20,
                    a[1] + (b[1] - a[1]) * n / 20 + 46 * math.sin(math.pi * n / 20),
                )
                for n in range(21)
            ],
            "#15142e",
            2.4,
        )
    c.line([(620, 1000), (620, 826)], "#15142e", 9)
    c.line([(586, 850), (654, 850)], "#15142e", 6)


def bazaar_street(c: Canvas) -> None:
    c.sky((0, "#f6dfae"), (0.3, "#fbeecb"), (0.6, "#f0cf98"), (1, "#c99862"))
    c.glow(800, 430, 420, "#fffbe6", 1.0)
    # The end of the lane: a gate and a minaret in the light.
    c.fill([(690, 560), (690, 350), (910, 350), (910, 560)], "#f0d6a8", "#e4bf8a", 3)
    c.poly(arch(750, 850, 560, 450, 50), "#d9ae7c")
    c.fill([(870, 560), (874, 180), (906, 180), (910, 560)], "#eacb9a", "#dcb482", 3)
    c.box(864, 250, 916, 262, "#d8b080")
    c.oval(890, 176, 20, 24, "#d9c08a")
    # House fronts on either side, in receding bays.
    bays = (0.0, 0.3, 0.52, 0.68, 0.8, 0.89, 1.0)

    def along(side: int, t: float, level: float) -> tuple[float, float]:
        """A point on a lane wall: t runs from here to the far end, level from floor to eaves."""
        x = 800 + side * (900 - 790 * t)
        floor, eaves = 1080 - 520 * t, -160 + 540 * t
        return x, floor + (eaves - floor) * level

    walls = ("#b5804f", "#c99a64", "#a8744c", "#d3a870", "#c2925e", "#deb985")
    for side in (-1, 1):
        for n in range(5, -1, -1):
            a, b = bays[n], bays[n + 1]
            wall = mix(walls[(n + (side > 0) * 2) % 6], "#f6e0b0", b * 0.5)
            shade = mix(wall, "#4a2c2c", 0.42 - 0.3 * b + (0.12 if side > 0 else 0))
            c.fill(
                [along(side, a, 0), along(side, b, 0), along(side, b, 1), along(side, a, 1)],
                mix(wall, shade, 0.3),
                shade,
                7,
            )
            for level in (0.52, 0.74):
                for u in (0.2, 0.6):
                    lo, hi = a + (b - a) * u, a + (b - a) * (u + 0.26)
                    c.poly(
                        [
                            along(side, lo, level),
                            along(side, hi, level),
                            along(side, hi, level + 0.13),
                            along(side, lo, level + 0.13),
                        ],
                        mix("#3f2c2c", wall, 0.15 + 0.4 * b),
                    )
                    c.line(
                        [along(side, lo, level), along(side, hi, level)],
                        mix("#7f5a3c", wall, b * 0.5),
                        7 * (1 - b) + 1,
                    )
                    mid = (lo + hi) / 2
                    c.line(
                        [along(side, mid, level), along(side, mid, level + 0.13)],
                        mix("#7f5a3c", wall, b * 0.5),
                        4 * (1 - b) + 1,
                    )
            stall = mix("#33202a", wall, 0.1 + 0.4 * b)
            lo, hi = a + (b - a) * 0.06, a + (b - a) * 0.94
            c.poly(
                [
                    along(side, lo, 0.08),
                    along(side, hi, 0.08),
                    along(side, hi, 0.36),
                    along(side, lo, 0.36),
                ],
                stall,
            )
            for level in (0.22, 0.28):
                for k in range(9):
                    px, py = along(side, lo + (hi - lo) * (k + 0.5) / 9, level)
                    r = 17 * (1 - b) + 2
                    c.box(
                        px - r * 0.5,
                        py - r * 1.3,
                        px + r * 0.5,
                        py,
                        mix(c.rng.choice(FOLK), stall, 0.35),
                    )
            px, py = along(side, (lo + hi) / 2, 0.31)
            c.glow(px, py, 150 * (1 - b) + 20, "#ffcf7a", 0.75)
            c.oval(px, py, 8 * (1 - b) + 2, 10 * (1 - b) + 2, "#fff3c8")
    c.fill(
        [along(-1, 0, 0), along(-1, 1, 0), along(1, 1, 0), along(1, 0, 0)], "#f4d8a2", "#8f6244", 10
    )
    for n in range(24):
        t = n / 24
        y = 1080 - 520 * t
        c.line(
            [(800 - (900 - 790 * t), y), (800 + (900 - 790 * t), y)],
            mix("#7a5038", "#e8c68e", t),
            2 * (1 - t) + 0.5,
        )
    # Spice heaps in front of the stalls.
    spices = (
        "#c8361f",
        "#e9a61f",
        "#7a4a24",
        "#d9701f",
        "#5f7a3a",
        "#eac35a",
        "#8f2f24",
        "#efe2c0",
    )
    for side in (-1, 1):
        for n in range(15, -1, -1):
            t = (n / 16) ** 0.75 * 0.93
            x, y = along(side, t, 0.06)
            x -= side * 88 * (1 - t)
            r = 66 * (1 - t) ** 1.15 + 5
            tint = mix(spices[(n * 3 + (side > 0) * 4) % 8], "#f6dcaa", t * 0.4)
            c.soft([ring(x - side * r * 0.1, y + r * 0.7, r * 1.15, r * 0.22)], "#3f2420", 0.5, 6)
            c.fill(
                [
                    (x - r, y),
                    (x + r, y),
                    (x + r * 0.84, y + r * 0.75),
                    (x - r * 0.84, y + r * 0.75),
                ],
                mix("#c9a878", "#f6dcaa", t * 0.5),
                mix("#7a5638", "#f6dcaa", t * 0.4),
                3,
            )
            c.oval(x, y, r, r * 0.3, mix("#e6cfa4", "#f6dcaa", t * 0.4))
            c.poly(
                curve(
                    [
                        (x - r * 0.85, y + 1),
                        (x - r * 0.45, y - r * 0.42),
                        (x, y - r * 0.85),
                        (x + r * 0.45, y - r * 0.42),
                        (x + r * 0.85, y + 1),
                        (x, y + r * 0.2),
                    ],
                    5,
                ),
                tint,
            )
            c.poly(
                curve(
                    [
                        (x + side * r * 0.85, y + 1),
                        (x + side * r * 0.45, y - r * 0.42),
                        (x, y - r * 0.85),
                        (x + side * r * 0.15, y - r * 0.2),
                        (x + side * r * 0.3, y + r * 0.16),
                    ],
                    5,
                ),
                mix(tint, "#3a1c1c", 0.35),
            )
    # Awnings across the lane, with light let through between them.
    cloths = (
        ("#e07a2c", "#b5521f"),
        ("#2f6f9c", "#1f4a72"),
        ("#b9322c", "#7f1f26"),
        ("#e3b04a", "#b07c2c"),
        ("#3f8a78", "#245a54"),
    )
    for n, t in enumerate((0.93, 0.83, 0.68, 0.48, 0.2)):
        light, deep = cloths[n]
        level = (0.74, 0.78, 0.83, 0.9, 1.02)[n]
        x0, y0 = along(-1, t, level)
        x1, y1 = along(1, t - 0.02, level - 0.03)
        drop = 16 + 104 * (1 - t)
        sag = 12 + 66 * (1 - t)
        top = curve([(x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2 + sag), (x1, y1)], 10)
        low = curve(
            [(x0, y0 + drop), ((x0 + x1) / 2, (y0 + y1) / 2 + sag + drop * 1.1), (x1, y1 + drop)],
            10,
        )
        c.fill(
            [*top, *low[::-1]],
            mix(light, "#fff0c8", 0.25 + t * 0.25),
            mix(deep, "#f6dcaa", t * 0.3),
            6,
            0.94,
        )
        for k in range(0, len(top) - 2, 4):
            c.poly([top[k], top[k + 1], low[k + 1], low[k]], mix(light, "#fff4d4", 0.4 + t * 0.2))
        c.line(low, mix(deep, "#f6dcaa", t * 0.4), 2)
    for x0, x1, x2, x3 in ((720, 790, 640, 470), (860, 900, 980, 860), (640, 670, 420, 330)):
        c.soft([[(x0, 200), (x1, 200), (x2 + 40, 900), (x3, 900)]], "#fff4cc", 0.3, 14)
    # Shoppers, far to near.
    crowd = []
    for n in range(30):
        t = 0.34 + 0.62 * (n / 29) ** 0.6
        lane = (-0.62, 0.5, -0.15, 0.78, -0.85, 0.2)[n % 6] + c.rng.uniform(-0.12, 0.12)
        crowd.append((t, 800 + lane * (560 - 500 * t)))
    for n, (t, x) in enumerate(sorted(crowd, reverse=True)):
        y = 1080 - 520 * t - 20 * (1 - t)
        h = 330 * (1 - t) + 46
        robe = mix(FOLK[n * 3 % 8], "#f6dcaa", max(0, t - 0.4) * 0.7)
        person(
            c,
            x,
            y,
            h,
            robe,
            wear=("shawl", "turban", "cap", "shawl", "cap")[n % 5],
            head=mix(c.rng.choice(["#f3ead8", "#c9b48e", "#5d4a42"]), "#f6dcaa", t * 0.4),
            shadow=(0.1, 0.1),
            stride=0.03,
            ink=mix("#3f2424", "#c99862", t * 0.5),
        )
    c.glow(800, 520, 260, "#fff6d8", 0.5)


def bookshop_lane(c: Canvas) -> None:
    c.sky((0, "#3f3440"), (0.5, "#6a4f48"), (1, "#4a3634"))
    c.glow(800, 420, 500, "#ffe0a0", 0.9)
    c.fill([(680, 600), (680, 200), (920, 200), (920, 600)], "#ffe9b8", "#f0c88a", 3)
    c.poly(arch(730, 870, 600, 430, 70), "#ffd894")
    c.poly(arch(752, 848, 600, 440, 60), "#fff4d4")

    def wall(side: int, t: float, level: float) -> tuple[float, float]:
        x = 800 + side * (860 - 740 * t)
        floor, top = 1060 - 460 * t, -120 + 340 * t
        return x, floor + (top - floor) * level

    spines = (
        "#a83a2f",
        "#2f5f7a",
        "#d9a441",
        "#3f6b4f",
        "#e6d8b4",
        "#6d3f5f",
        "#c4703c",
        "#24405c",
        "#8a8f5a",
        "#efe6d0",
    )
    for side in (-1, 1):
        c.fill(
            [wall(side, 0, 0), wall(side, 1, 0), wall(side, 1, 1), wall(side, 0, 1)],
            "#4a3428",
            "#33241f",
            6,
        )
        cuts = (0.02, 0.34, 0.37, 0.59, 0.61, 0.77, 0.785, 0.9, 0.91, 0.99)
        for a, b in zip(cuts[::2], cuts[1::2], strict=True):
            glow = 0.15 + 0.5 * b
            c.poly(
                [wall(side, a, 0.1), wall(side, b, 0.1), wall(side, b, 0.78), wall(side, a, 0.78)],
                mix("#241a1c", "#7a5434", glow),
            )
            shelves = 5
            for s in range(shelves):
                low, high = 0.11 + s * 0.132, 0.11 + (s + 1) * 0.132
                t = a
                while t < b - 0.004:
                    w = c.rng.uniform(0.03, 0.055) * (1.1 - t * 0.3)
                    e = min(b, t + w)
                    h = low + (high - low) * c.rng.uniform(0.7, 0.86)
                    tint = mix(c.rng.choice(spines), "#5a3828", 0.6 + 0.16 * t)
                    if t < 0.6 or c.rng.random() < 0.9:
                        c.poly(
                            [
                                wall(side, t, low),
                                wall(side, e, low),
                                wall(side, e, h),
                                wall(side, t, h),
                            ],
                            tint,
                        )
                        c.line(
                            [wall(side, t, low), wall(side, t, h)], mix(tint, "#ffe0a0", 0.2), 1.4
                        )
                        if w > 0.04 and t < 0.4:
                            c.line(
                                [
                                    wall(side, t, low + (h - low) * 0.7),
                                    wall(side, e, low + (h - low) * 0.7),
                                ],
                                mix(tint, "#f6d68a", 0.6),
                                2,
                            )
                    t = e
                c.line(
                    [wall(side, a, low), wall(side, b, low)],
                    mix("#8a5f3a", "#f0c070", 0.1 + 0.4 * b),
                    9 * (1 - b) + 1.5,
                )
            c.fill(
                [
                    wall(side, a, 0.78),
                    wall(side, b, 0.78),
                    wall(side, b, 0.88),
                    wall(side, a, 0.88),
                ],
                mix("#2f6a62" if side < 0 else "#7a3a30", "#f0c070", 0.25 * b),
                "#3a2a26",
            )
            for k in range(7):
                u0, u1 = a + (b - a) * (k + 0.25) / 7, a + (b - a) * (k + 0.7) / 7
                c.line(
                    [wall(side, u0, 0.83), wall(side, (u0 + u1) / 2, 0.845), wall(side, u1, 0.825)],
                    mix("#f0d39a", "#7a5434", 0.1),
                    8 * (1 - b) + 1,
                )
            x, y = wall(side, (a + b) / 2, 0.72)
            x -= side * 46 * (1 - b)
            c.glow(x, y, 240 * (1 - b) + 40, "#ffc870", 0.65)
            c.glow(x, y, 60 * (1 - b) + 14, "#fff0c4", 0.9)
            c.oval(x, y, 13 * (1 - b) + 3, 16 * (1 - b) + 3, "#fffbe4")
    c.fill([wall(-1, 0, 0), wall(-1, 1, 0), wall(1, 1, 0), wall(1, 0, 0)], "#f0c98c", "#4f382e", 10)
    for n in range(12):
        t = (n / 12) ** 0.8
        c.line([wall(-1, t, 0), wall(1, t, 0)], mix("#3a2822", "#d8a870", t), 2.4 * (1 - t) + 0.5)
    for k in range(-5, 6):
        c.line([(800 + k * 168, 1060), (800 + k * 23, 600)], "#5f4436", 1.4)
    c.soft([[(740, 600), (860, 600), (1050, 1000), (550, 1000)]], "#ffe2a4", 0.4, 34)
    # Stacks on the floor.
    for side, t, n in (
        (-1, 0.14, 9),
        (-1, 0.24, 6),
        (1, 0.2, 10),
        (1, 0.3, 7),
        (1, 0.5, 8),
    ):
        x, y = wall(side, t, 0.0)
        x -= side * 120 * (1 - t)
        s = 1.15 * (1 - t)
        c.soft([ring(x, y - 4, 74 * s, 14 * s)], "#1d1214", 0.6, 6)
        for k in range(n):
            w = c.rng.uniform(44, 62) * s
            off = c.rng.uniform(-8, 8) * s
            top = y - (k + 1) * 17 * s
            tint = mix(c.rng.choice(spines), "#1d1418", 0.25 - 0.2 * t)
            c.box(x - w + off, top, x + w + off, top + 15 * s, tint)
            c.box(
                x - w + off + 6 * s,
                top + 4 * s,
                x + w + off,
                top + 11 * s,
                mix("#f2e6c8", tint, 0.2),
            )
    # People.
    person(c, 800, 640, 100, "#5a5f6a", wear="shawl", shadow=(0, 0.25))
    person(c, 850, 670, 124, "#d9cba8", wear="cap", shadow=(0, 0.25))
    person(c, 690, 730, 176, "#6d4a3a", wear="turban", head="#efe4cc", shadow=(-0.1, 0.25))
    person(c, 985, 800, 226, "#2f6278", wear="shawl", shadow=(0.1, 0.22))
    x, y = 520, 930
    c.soft([ring(x, y, 120, 22)], "#1d1214", 0.7, 10)
    c.fill([(x - 62, y), (x - 54, y - 84), (x + 54, y - 84), (x + 62, y)], "#7a5030", "#4a2f20", 4)
    person(c, x, y - 30, 296, "#e6dcc0", wear="cap", head="#f7f2e2")
    c.fill(
        [
            (x - 6, y - 168),
            (x + 48, y - 186),
            (x + 98, y - 168),
            (x + 94, y - 118),
            (x + 46, y - 134),
            (x - 2, y - 116),
        ],
        "#fffaea",
        "#d8c8a0",
    )
    c.line([(x + 47, y - 184), (x + 46, y - 134)], "#a88f6a", 3)
    c.line([(x + 40, y - 226), (x + 74, y - 150)], "#cfc2a2", 18)
    c.oval(x + 78, y - 142, 11, 10, "#9c6b4a")
    c.oval(x + 6, y - 298, 6, 5, "#3a2c28")


def radio_mast_night(c: Canvas) -> None:
    c.sky((0, "#0b1230"), (0.35, "#152450"), (0.58, "#2c4674"), (0.72, "#5d7392"), (1, "#5d7392"))
    c.soft(
        [
            curve(
                [
                    (200, -40),
                    (520, 180),
                    (900, 300),
                    (1400, 620),
                    (1300, 660),
                    (800, 400),
                    (430, 270),
                    (60, 0),
                ]
            )
        ],
        "#7d8fc4",
        0.3,
        60,
    )
    for _ in range(620):
        x, y = c.rng.uniform(0, 1600), 700 * c.rng.random() ** 1.3
        r = c.rng.choice([0.7, 0.9, 1.1, 1.4, 2.1])
        c.oval(
            x,
            y,
            r,
            r,
            mix(
                "#0b1230",
                c.rng.choice(["#ffffff", "#ffe9c8", "#cfe0ff"]),
                c.rng.uniform(0.35, 1) * (1 - y / 900),
            ),
        )
    c.glow(1380, 190, 200, "#cfdcff", 0.5)
    c.oval(1380, 190, 38, 38, "#f4f1dc")
    c.oval(1364, 182, 34, 34, "#1c2c58")
    c.mountain(
        keys(c, 11, 540, 640, 0.35),
        "#33496f",
        "#4d668a",
        "#283c61",
        ("#8fa5c4", "#5d769c", 40),
        foot=800,
        lit_left=False,
    )
    c.veil("#7288a4", 600, 720, 0, 0.5)
    c.mountain(keys(c, 9, 640, 700, 0.4), "#223557", "#34496a", "#1a2a4a", foot=860, lit_left=False)
    for _ in range(110):
        x = c.rng.uniform(0, 1600)
        y = 745 + c.rng.uniform(-8, 40)
        c.glow(x, y, c.rng.uniform(4, 9), "#ffd487", 1)
        c.oval(x, y, 1.6, 1.6, "#fff0c4")
    c.ground([(-20, 800), (500, 772), (1000, 790), (1640, 760)], "#16233f", "#0c1428", 6)
    # Mast.
    foot, top, x = 850, 70, 560
    for side, reach in ((-1, 430), (-1, 230), (1, 250), (1, 520)):
        for t in (0.45, 0.8):
            c.line([(x, foot + (top - foot) * t), (x + side * reach, foot - 10)], "#46587c", 1.4)
    bars = 26
    for n in range(bars):
        y0, y1 = foot + (top - foot) * n / bars, foot + (top - foot) * (n + 1) / bars
        w0, w1 = 34 - 27 * n / bars, 34 - 27 * (n + 1) / bars
        paint = "#b8483e" if n // 3 % 2 == 0 else "#c9cbd0"
        dim = mix(paint, "#141f3c", 0.45)
        c.line([(x - w0, y0), (x + w1, y1)], dim, 2.2)
        c.line([(x + w0, y0), (x - w1, y1)], dim, 2.2)
        c.line([(x - w1, y1), (x + w1, y1)], dim, 2)
        c.line([(x - w0, y0), (x - w1, y1)], dim, 4)
        c.line([(x + w0, y0), (x + w1, y1)], mix(paint, "#e8ecff", 0.15), 4)
    c.line([(x, top), (x, top - 50)], "#c9cbd0", 4)
    for y in (24, 300, 570):
        c.glow(x, y, 70, "#ff4a36", 0.9)
        c.oval(x, y, 6, 6, "#ffd0c0")
    for n in range(1, 6):
        for side in (-1, 1):
            r = 62 * n + 20
            arc = [
                (x + side * r * math.cos(a / 10), 40 + r * 0.9 * math.sin(a / 10))
                for a in range(-5, 6)
            ]
            c.line(arc, mix("#16264f", "#9fb4e4", 0.55 - n * 0.08), 3)
    # Studio.
    c.soft([ring(1030, 862, 420, 26)], "#050914", 0.7, 12)
    c.fill([(700, 860), (700, 660), (1180, 660), (1180, 860)], "#3b4a63", "#2a3650", 6)
    c.fill([(1180, 860), (1180, 660), (1330, 684), (1330, 850)], "#222e48", "#182238", 4)
    c.fill(
        [(684, 664), (684, 640), (1192, 640), (1340, 668), (1340, 688), (1188, 664)],
        "#55658a",
        "#3a496a",
    )
    c.soft([[(860, 800), (1060, 800), (1200, 960), (720, 960)]], "#ffcf7c", 0.5, 24)
    c.glow(960, 750, 250, "#ffc870", 0.6)
    c.fill([(856, 814), (856, 696), (1064, 696), (1064, 814)], "#ffe3a0", "#ffb95a")
    c.fill([(862, 760), (862, 700), (1058, 700), (1058, 808), (862, 808)], "#ffedbc", "#ffc868")
    for n in range(6):
        for k in range(3):
            if (n + k) % 2:
                c.box(866 + n * 32, 704 + k * 20, 896 + n * 32, 722 + k * 20, "#f6cf88")
    c.poly(curve([(900, 808), (904, 772), (928, 760), (952, 772), (960, 808)], 6), "#5d2f3a")
    c.oval(928, 744, 17, 20, "#8a5a40")
    c.poly(
        curve(
            [
                (908, 752),
                (906, 728),
                (928, 718),
                (950, 730),
                (952, 762),
                (944, 750),
                (940, 734),
                (922, 732),
                (914, 744),
            ],
            5,
        ),
        "#7a3540",
    )
    c.line([(1030, 704), (990, 726), (968, 742)], "#3a2c28", 4)
    c.oval(964, 745, 11, 9, "#2a2226")
    c.box(976, 790, 1052, 808, "#6a4430")
    for n in range(5):
        c.oval(986 + n * 14, 797, 3.4, 3.4, "#ffe7a8")
    c.line([(960, 696), (960, 814)], "#3a2f2c", 4)
    c.box(850, 812, 1072, 824, "#6b7896")
    c.fill([(740, 860), (740, 740), (806, 740), (806, 860)], "#1d2438", "#141a2c")
    c.glow(773, 716, 44, "#ff5a44", 0.8)
    c.box(746, 706, 800, 726, "#e8402e")
    for n in range(2):
        c.fill(
            [
                (1216 + n * 56, 800 - n * 2),
                (1216 + n * 56, 730 + n * 4),
                (1250 + n * 56, 734 + n * 4),
                (1250 + n * 56, 800 - n * 2),
            ],
            "#141c32",
            "#1f2c4a",
        )
    c.line([(1120, 640), (1120, 560)], "#55658a", 4)
    c.poly(
        curve([(1090, 560), (1100, 590), (1140, 596), (1158, 566), (1124, 580), (1090, 560)], 6),
        "#8fa0c0",
    )
    for x_, h in ((80, 250), (170, 330), (250, 220), (1420, 320), (1500, 400), (1570, 280)):
        poplar(c, x_, 900, h, "#0d1a30", "#2a4262")
    c.ground([(-20, 880), (400, 862), (1000, 880), (1640, 860)], "#131d36", "#080e1e", 6)
    c.soft([[(850, 866), (1070, 866), (1240, 1000), (680, 1000)]], "#ffc870", 0.26, 24)
    person(
        c, 640, 940, 130, "#3a4a68", wear="turban", head="#9aa6c0", ink="#080e1e", skin="#6b4a3c"
    )
