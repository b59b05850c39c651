"""Pictures of open country: desert, wheat, orchard, playing field."""

# ruff: noqa: PLR0912, PLR0915

import math

from .brush import HIGH, WIDE, Canvas, arch, curve, keys, mix, ring
from .props import FOLK, birds, house, person, poplar, tree


def desert_pipeline(c: Canvas) -> None:
    c.sky((0, "#5f9fc0"), (0.3, "#a9cdd2"), (0.5, "#f0e3c8"), (1, "#e9c99a"))
    c.glow(280, 190, 520, "#fff6dc", 0.7)
    for x, y, w in ((900, 130, 500), (1300, 210, 420), (520, 240, 300)):
        c.cloud(x, y, w, 56, "#fbf4e4", 0.55)
    c.mountain(keys(c, 15, 420, 485, 0.4), "#a9b3bf", "#dccdb4", "#93a3b6", foot=570)
    c.veil("#efdfc2", 440, 545, 0, 0.5)
    c.mountain(keys(c, 11, 470, 530, 0.5), "#a98f7d", "#dcb98c", "#8d7a74", foot=620)
    c.veil("#ecd2a6", 500, 600, 0, 0.65)
    c.fill([(0, 560), (WIDE, 560), (WIDE, HIGH), (0, HIGH)], "#e8c795", "#b9804f", 10)
    for n in range(15):
        y = 590 + n * n * 1.7
        c.soft(
            [
                curve(
                    [
                        (-50, y),
                        (400, y + c.rng.uniform(-12, 12)),
                        (900, y + c.rng.uniform(-14, 16)),
                        (1650, y + 4),
                        (1650, y + 8 + n),
                        (800, y + 12 + n),
                        (-50, y + 6 + n),
                    ]
                )
            ],
            c.rng.choice(["#f4dcae", "#a06a45", "#cf9b66"]),
            0.35,
            5,
        )
    c.specks(160, (0, 650, WIDE, 990), ["#8d5f42", "#f0d3a0", "#7f7a4e"], (2, 9))
    # Pylons far off.
    for n in range(6):
        x, h = 120 + n * 165, 84 - n * 9
        y = 572 + (5 - n) * 2
        for dx in (-0.13, 0.13):
            c.line([(x + dx * h, y), (x, y - h)], "#8a8288", 1.6)
        for t in (0.66, 0.84):
            c.line([(x - h * 0.17, y - h * t), (x + h * 0.17, y - h * t)], "#8a8288", 1.6)
    # The pipe runs from the lower right to the horizon.
    run = []
    for n in range(61):
        t = n / 60
        depth = 1 / (1 + 13 * t)
        run.append(
            (360 + 1150 * depth**0.86 + 26 * math.sin(t * 5) * depth, 562 + 318 * depth, 74 * depth)
        )
    c.soft(
        [
            [(x - r * 2.3, y + r * 1.5) for x, y, r in run]
            + [(x - r * 0.2, y + r * 1.35) for x, y, r in run[::-1]]
        ],
        "#5d3b34",
        0.55,
        6,
    )
    for n in range(0, 60, 4):
        x, y, r = run[n]
        if r > 6:
            c.fill(
                [
                    (x - r * 0.75, y + r * 1.6),
                    (x - r * 0.55, y + r * 0.4),
                    (x + r * 0.55, y + r * 0.4),
                    (x + r * 0.75, y + r * 1.6),
                ],
                "#a48e7c",
                "#6d5348",
            )
    bands = (
        (-1, -0.7, "#f7ead0"),
        (-0.7, -0.25, "#e3cfae"),
        (-0.25, 0.3, "#b59a82"),
        (0.3, 0.75, "#83695f"),
        (0.75, 1, "#6a5048"),
    )
    run = [(1720, 985, 92), *run]
    for low, high, paint in bands:
        c.poly(
            [(x + r * low * 0.25, y + r * low) for x, y, r in run]
            + [(x + r * high * 0.25, y + r * high) for x, y, r in run[::-1]],
            paint,
        )
    for n in range(2, 60, 3):
        x, y, r = run[n]
        c.line(
            [(x - r * 0.25, y - r), (x + r * 0.1, y), (x + r * 0.25, y + r)],
            "#7c6358",
            max(1, r * 0.06),
        )
    # Pegs, a shepherd and the flock.
    for n in range(9):
        t = n / 9
        x, y, h = 690 - t * 330, 940 - 355 * t**0.72, 46 * (1 - t) ** 1.5 + 5
        c.line([(x, y), (x + h * 0.1, y - h)], "#e5641f", max(1.5, h * 0.14))
        c.soft(
            [[(x, y), (x + 3, y), (x + h * 1.1, y + h * 0.28), (x + h * 1.1, y + h * 0.2)]],
            "#5d3b34",
            0.5,
            2,
        )
    person(c, 250, 800, 120, "#4a5f78", wear="turban", head="#efe6d4", shadow=(0.95, 0.2))
    c.line([(282, 802), (274, 706)], "#4b372b", 4)
    for _ in range(23):
        x, y = c.rng.gauss(420, 110), c.rng.uniform(712, 800)
        s = 0.5 + (y - 700) / 150
        c.soft([ring(x + 15 * s, y + 9 * s, 22 * s, 4 * s)], "#5d3b34", 0.5, 3)
        tint = c.rng.choice(["#f1e6d0", "#e2d2b4", "#5b4438", "#d8c5a4"])
        for dx in (-8, -4, 5, 9):
            c.line([(x + dx * s, y), (x + dx * s, y + 9 * s)], "#4b3930", 2 * s)
        c.oval(x, y - 4 * s, 14 * s, 8.5 * s, mix(tint, "#7a5c48", 0.25))
        c.oval(x - 2 * s, y - 6 * s, 11.5 * s, 6 * s, tint)
        c.oval(x - 15 * s, y - 7 * s, 5 * s, 4 * s, mix(tint, "#3b2b25", 0.6))
    c.veil("#f4dfb4", 545, 650, 0.35, 0)


def wheat_fields(c: Canvas) -> None:
    c.sky((0, "#3f86b5"), (0.28, "#8fbfd0"), (0.5, "#e4e6d0"), (1, "#f3dfa8"))
    for x, y, w, h in ((300, 150, 520, 120), (880, 220, 440, 80), (1350, 120, 500, 120)):
        c.cloud(x, y + 24, w, h * 0.6, "#b9c9d0", 0.6)
        c.cloud(x, y, w, h, "#fdf8ea", 0.85)
    c.mountain(
        keys(c, 11, 330, 430, 0.3),
        "#7f9fbd",
        "#c3cdc6",
        "#6485a8",
        ("#f6f4ea", "#c0cfdb", 34),
        foot=540,
    )
    c.veil("#dfe3cf", 380, 520, 0, 0.5)
    c.mountain(keys(c, 9, 430, 500, 0.3), "#6f8b7e", "#b7b687", "#56756f", foot=580)
    c.veil("#ead9a0", 470, 560, 0, 0.5)
    bands = (
        (515, "#c9b563", "#b8a650"),
        (540, "#7f9a55", "#6a8a4c"),
        (566, "#e2c062", "#d2a94a"),
        (604, "#9fa659", "#8a984c"),
        (640, "#ecc767", "#d8a845"),
        (700, "#e5b950", "#c98f33"),
    )
    for n, (y, top, foot) in enumerate(bands):
        c.ground(
            [(-20, y + 16), (300, y - 6), (760, y + 12 + n * 2), (1180, y - 8), (1640, y + 10)],
            top,
            foot,
            9,
        )
        if n in (1, 3):
            for k in range(34 if n == 1 else 22):
                x = 30 + k * (46 if n == 1 else 74) + c.rng.uniform(-14, 14)
                if c.rng.random() < 0.82:
                    poplar(
                        c, x, y + 18, c.rng.uniform(46, 80) * (1 + n * 0.3), "#3c5b40", "#9caf5e"
                    )
    for x, w in ((980, 86), (1090, 64), (1170, 96)):
        house(c, x, 650, w, w * 0.5, "#d9b585", "#8f6d56")
    # Stalks in rows that converge on the far side.
    c.ground([(-20, 712), (400, 694), (900, 716), (1640, 690)], "#efc964", "#b9772b", 12)
    for _ in range(1150):
        t = c.rng.random() ** 0.8
        y = 716 + 290 * t
        x = c.rng.uniform(-20, 1620)
        if abs(x - (840 + (y - 700) * -0.6)) < 18 + (y - 700) * 0.34:
            continue
        h = 10 + 62 * t
        lean = h * 0.22 + c.rng.uniform(-3, 5)
        tint = mix(
            c.rng.choice(["#f7dc86", "#e3b348", "#c98d34", "#fbe8a6", "#a9702c"]),
            "#8a5622",
            t * 0.22,
        )
        c.line([(x, y), (x + lean * 0.5, y - h * 0.6), (x + lean, y - h)], tint, 0.9 + 1.5 * t)
        c.poly(
            [
                (x + lean - 2 - 2 * t, y - h + 4),
                (x + lean + 1, y - h - 8 - 13 * t),
                (x + lean + 4 + 3 * t, y - h + 3),
            ],
            mix(tint, "#fff0b8", 0.25),
        )
    # The ditch and the people who hold it.
    path = [(848, 700), (862, 700), (800, 1010), (520, 1010)]
    c.fill(path, "#a5794a", "#6a452c", 10)
    c.soft([[(852, 700), (862, 700), (800, 1010), (720, 1010)]], "#3d2519", 0.5, 8)
    for x, y, h, robe, wear in (
        (838, 748, 62, "#e8dcc4", "turban"),
        (800, 800, 84, "#3c6179", "cap"),
        (742, 876, 112, "#b5533a", "turban"),
        (868, 760, 60, "#6b7f5a", "cap"),
    ):
        person(c, x, y, h, robe, wear=wear, head="#f3ead8", shadow=(0.5, 0.1))
        c.line([(x + h * 0.16, y), (x + h * 0.26, y - h * 0.75)], "#5a3c26", max(2, h * 0.03))
    for _ in range(60):
        x, y = c.rng.gauss(1240, 230), c.rng.gauss(330, 70)
        c.oval(x, y, 2.2, 1.3, "#5f5a44")


def walnut_valley(c: Canvas) -> None:
    c.sky((0, "#86b3c8"), (0.4, "#d9e2d4"), (0.6, "#f6e6bf"), (1, "#f6e6bf"))
    c.mountain(
        keys(c, 9, 120, 300, 0.3),
        "#7f9db6",
        "#cbd4cd",
        "#6484a4",
        ("#fdfaf2", "#bccddb", 90),
        foot=470,
    )
    c.veil("#e9e6d0", 230, 430, 0, 0.6)
    c.mountain(
        [(-100, 320), (180, 260), (430, 390), (700, 330), (1000, 430), (1300, 300), (1720, 360)],
        "#6f8a72",
        "#b3ae78",
        "#55746b",
        foot=560,
    )
    c.veil("#eddfae", 380, 520, 0, 0.55)
    c.ground([(-20, 500), (500, 520), (1000, 500), (1640, 490)], "#b5a55a", "#8a8a48")
    stream = [
        (1180, 500, 6),
        (1120, 540, 12),
        (1190, 600, 24),
        (1100, 680, 44),
        (1240, 800, 84),
        (1150, 1010, 150),
    ]
    c.fill(
        [
            *curve([(x - r * 1.25, y) for x, y, r in stream]),
            *curve([(x + r * 1.25, y) for x, y, r in stream])[::-1],
        ],
        "#e6d6b0",
        "#b09c78",
        8,
    )
    c.fill(
        [
            *curve([(x - r, y) for x, y, r in stream]),
            *curve([(x + r, y) for x, y, r in stream])[::-1],
        ],
        "#f1f3e2",
        "#3f8b9c",
        8,
    )
    for n in range(70):
        y = 560 + n * 6.2
        x = 1160 + c.rng.uniform(-0.6, 0.6) * (y - 480) * 0.3
        c.line(
            [(x - 8 - n * 0.3, y), (x + 8 + n * 0.3, y + 1)],
            c.rng.choice(["#f7fbf2", "#7cb8c0"]),
            1.5 + n * 0.02,
        )
    c.ground(
        [(-20, 600), (300, 620), (700, 700), (930, 840), (1040, 1010)], "#c3a14c", "#7d6a34", 12
    )
    for x, y, h in (
        (420, 560, 110),
        (620, 570, 120),
        (240, 570, 120),
        (1400, 560, 130),
        (1530, 580, 150),
        (820, 560, 90),
    ):
        tree(c, x, y + 40, h, "#7a6a2e", "#e3b246", "#4f3a2a")
    tree(c, 640, 800, 330, "#8a5a22", "#f0b840", "#4f3a2a")
    tree(c, 1480, 860, 420, "#7d5222", "#e9a838", "#4f3a2a")
    tree(c, 200, 900, 620, "#7f4f1e", "#f3bb44", "#4a3526")
    for (x0, y0), (x1, y1), sag in (
        ((206, 700), (636, 690), 90),
        ((10, 720), (196, 700), 60),
        ((640, 690), (860, 740), 60),
    ):
        rows = []
        for r in range(7):
            v = r / 6
            rows.append(
                [
                    (
                        x0 + (x1 - x0) * n / 20,
                        y0
                        + (y1 - y0) * n / 20
                        + sag * math.sin(math.pi * n / 20) * (0.35 + 0.8 * v)
                        + v * 34
                        - 8,
                    )
                    for n in range(21)
                ]
            )
        c.soft(
            [[(x, y + 110) for x, y in rows[3]] + [(x, y + 160) for x, y in rows[-1][::-1]]],
            "#4a3a1c",
            0.4,
            16,
        )
        for row in rows:
            c.line(row, "#2f6d86", 1.6)
        for n in range(21):
            c.line([row[n] for row in rows], "#3f8299", 1.4)
        c.line(rows[0], "#e8dcc0", 3)
        for _ in range(16):
            row = c.rng.choice(rows[3:])
            x, y = row[c.rng.randrange(4, 17)]
            c.oval(x, y, 5, 5, "#7a5430")
    person(c, 470, 930, 150, "#9c3f3a", wear="shawl", shadow=(0.4, 0.05))
    person(c, 560, 950, 160, "#e6dac2", wear="cap", head="#c98a3a", shadow=(0.4, 0.05))
    c.oval(516, 948, 34, 20, "#8a6236")
    c.oval(516, 938, 32, 12, "#5c3f24")
    c.specks(260, (0, 700, 1000, 990), ["#e9b548", "#a8702c", "#f4d27a", "#8a7a3a"], (3, 9), 0.5)
    c.specks(90, (60, 420, 700, 760), ["#f3c95a", "#d99a34"], (3, 6), 0.7)


def cricket_evening(c: Canvas) -> None:
    c.sky((0, "#4f6a94"), (0.2, "#a58fa0"), (0.38, "#efae7f"), (0.52, "#fbd98f"), (1, "#fbd98f"))
    c.glow(1200, 440, 640, "#fff1b8", 0.95, 380)
    c.oval(1200, 420, 50, 50, "#fffbe0")
    for x, y, w in ((400, 170, 600), (900, 240, 460), (1380, 150, 420)):
        c.cloud(x, y, w, 46, "#f7b98e", 0.55)
    c.mountain(
        keys(c, 11, 380, 450, 0.35), "#b58a90", "#f0bc8c", "#9a7586", foot=560, lit_left=False
    )
    c.veil("#fbd596", 420, 540, 0, 0.6)
    c.mountain(
        [(-100, 440), (120, 400), (330, 470), (700, 520)],
        "#86667a",
        "#cf9a7c",
        "#6d5268",
        foot=600,
        lit_left=False,
    )
    # The fort.
    c.fill([(330, 530), (330, 400), (760, 400), (760, 530)], "#a5705e", "#c98f66", 6)
    for x in (310, 430, 560, 690, 770):
        c.fill(
            [(x - 34, 535), (x - 26, 378), (x + 26, 378), (x + 34, 535)], "#8f5f58", "#b87f5e", 5
        )
        c.fill([(x + 8, 535), (x + 6, 378), (x + 26, 378), (x + 34, 535)], "#e0a870", "#d89a68", 4)
        for n in range(4):
            c.box(x - 27 + n * 15, 366, x - 17 + n * 15, 380, "#9a685c")
    c.poly(arch(600, 650, 530, 480, 26), "#5d3f48")
    for n in range(26):
        c.box(334 + n * 16.5, 390, 343 + n * 16.5, 402, "#a5705e")
    for _ in range(17):
        x = c.rng.choice([c.rng.uniform(0, 270), c.rng.uniform(840, 1580)])
        poplar(c, x, 545, c.rng.uniform(50, 110), "#5a4a52", "#c99a62")
    c.fill([(0, 530), (WIDE, 530), (WIDE, HIGH), (0, HIGH)], "#f3cf92", "#b27a4e", 12)
    c.glow(1200, 560, 620, "#fff0c0", 0.6, 160)
    for n in range(14):
        y = 550 + n * n * 2.2
        c.soft(
            [
                curve(
                    [
                        (-40, y),
                        (500, y + c.rng.uniform(-8, 8)),
                        (1100, y + 4),
                        (1640, y),
                        (1640, y + 5 + n),
                        (600, y + 9 + n),
                        (-40, y + 5 + n),
                    ],
                    6,
                )
            ],
            c.rng.choice(["#fbe0a8", "#b98052"]),
            0.3,
            4,
        )
    # Crowd at the far boundary.
    for _ in range(150):
        x = c.rng.uniform(10, 1590)
        y = 560 + c.rng.uniform(-6, 14)
        h = c.rng.uniform(24, 34)
        person(
            c,
            x,
            y,
            h,
            mix(c.rng.choice(FOLK), "#d89a68", 0.35),
            wear=c.rng.choice(["turban", "cap", "turban"]),
            head=c.rng.choice(["#f3ead8", "#d9c7a8", "#7c5a4a"]),
        )
    # The strip.
    strip_ = [(700, 640), (850, 640), (1010, 960), (500, 960)]
    c.fill(strip_, "#d8a568", "#a06a40", 10)
    for n in range(26):
        t = (n / 26) ** 1.3
        c.line(
            [(700 - 200 * t, 640 + 320 * t), (850 + 160 * t, 640 + 320 * t)], "#c08a54", 1 + 1.6 * t
        )
    long = (-2.6, 0.72)

    def stumps(x: float, y: float, h: float) -> None:
        for k in (-1, 0, 1):
            px = x + k * h * 0.18
            c.soft(
                [
                    [
                        (px - 2, y),
                        (px + 2, y),
                        (px + long[0] * h * 0.8, y + long[1] * h * 0.8),
                        (px + long[0] * h * 0.8 - 4, y + long[1] * h * 0.8),
                    ]
                ],
                "#5a3040",
                0.6,
                1.5,
            )
            c.line([(px, y), (px, y - h)], "#f6e3b8", max(2, h * 0.07))
        c.line([(x - h * 0.2, y - h), (x + h * 0.2, y - h)], "#f6e3b8", max(2, h * 0.07))

    stumps(776, 652, 36)
    whites = "#f6ead0"
    cast = (
        (1030, 640, 74, whites, "cap"),
        (470, 650, 76, "#3f6b8a", "bare"),
        (1250, 700, 96, "#3f6b8a", "cap"),
        (300, 740, 108, "#3f6b8a", "cap"),
        (690, 690, 88, "#e8d9b8", "cap"),
        (1090, 830, 150, "#3f6b8a", "bare"),
    )
    for x, y, h, robe, wear in cast:
        person(
            c,
            x,
            y,
            h,
            robe,
            wear=wear,
            head="#c8442f" if robe == whites else "#e8ddc8",
            shadow=long,
            stride=0.08,
            ink="#5a3040",
        )
    # The bowler, leaping, with the arm up.
    x, y, h = 820, 640, 92
    c.soft(
        [
            [
                (x - 4, y),
                (x + 8, y + 2),
                (x + long[0] * h, y + long[1] * h + 8),
                (x + long[0] * h - 10, y + long[1] * h),
            ]
        ],
        "#5a3040",
        0.6,
        4,
    )
    person(c, x, y - 12, h, "#3f6b8a", wear="bare", stride=0.16, ink="#5a3040")
    c.line([(x + 8, y - 84), (x + 22, y - 128)], "#9c6b4a", 6)
    c.oval(x + 24, y - 134, 5, 5, "#b3261e")
    # The left-hander in the foreground.
    x, y, h = 700, 930, 240
    c.soft(
        [
            [
                (x - 30, y),
                (x + 40, y + 4),
                (x + long[0] * h * 0.95, y + 70),
                (x + long[0] * h * 0.95, y + 36),
            ]
        ],
        "#5a3040",
        0.6,
        9,
    )
    p = lambda pts: [(x + a * h, y + b * h) for a, b in pts]  # noqa: E731
    c.fill(p([(-0.16, 0), (-0.14, -0.44), (-0.01, -0.46), (-0.05, 0)]), "#fdf6e2", "#d8c4a0")
    c.fill(p([(0.08, 0), (0.0, -0.44), (0.13, -0.46), (0.19, 0)]), "#f4e6c6", "#b89a78")
    for k in range(4):
        c.line(p([(-0.155, -0.06 - k * 0.09), (-0.05, -0.06 - k * 0.09)]), "#b89a78", 2)
        c.line(p([(0.09, -0.06 - k * 0.09), (0.18, -0.06 - k * 0.09)]), "#9c7e62", 2)
    c.fill(
        curve(
            p(
                [
                    (-0.15, -0.42),
                    (-0.17, -0.62),
                    (-0.12, -0.8),
                    (0.02, -0.84),
                    (0.13, -0.78),
                    (0.16, -0.6),
                    (0.14, -0.42),
                    (-0.15, -0.42),
                ]
            ),
            6,
        ),
        "#fbf1da",
        "#cfa878",
        3,
    )
    c.fill(
        p([(0.05, -0.82), (0.13, -0.78), (0.16, -0.6), (0.14, -0.42), (0.06, -0.42)]),
        "#ffdf9a",
        "#f0bb78",
        0,
        0.8,
    )
    c.line(p([(-0.11, -0.76), (-0.2, -0.62), (-0.13, -0.5)]), "#efe0c0", 20)
    c.line(p([(0.11, -0.74), (0.1, -0.6), (-0.1, -0.49)]), "#e0c8a0", 20)
    c.oval(*p([(-0.12, -0.49)])[0], 14, 12, "#7a4f38")
    c.line(p([(-0.12, -0.54), (-0.19, -0.36)]), "#3b2a26", 8)
    c.line(p([(-0.19, -0.37), (-0.32, -0.03)]), "#d8a860", 23)
    c.line(p([(-0.175, -0.37), (-0.305, -0.03)]), "#f6d592", 8)
    c.oval(*p([(0.0, -0.905)])[0], 17, 21, "#8a5a40")
    c.poly(
        curve(
            p(
                [
                    (-0.08, -0.91),
                    (-0.07, -0.98),
                    (0.0, -1.01),
                    (0.075, -0.97),
                    (0.08, -0.91),
                    (-0.02, -0.93),
                    (-0.11, -0.9),
                ]
            ),
            5,
        ),
        "#24436b",
    )
    stumps(800, 952, 118)
    birds(c, 560, 300, 7, 12, "#6a5468")
    c.veil("#ffdb98", 520, 640, 0.3, 0)
