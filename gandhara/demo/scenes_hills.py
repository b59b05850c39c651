"""Pictures of mountains, roads and ruins."""

# ruff: noqa: PLR0912, PLR0915, PLR0917

import math
from itertools import pairwise

from .brush import HIGH, WIDE, Canvas, arch, curve, jag, keys, mix, ring
from .props import birds, house, person, tree, truck_side


def mountain_ridges(c: Canvas) -> None:
    c.sky((0, "#7fa6c4"), (0.25, "#c9cfd0"), (0.45, "#f6d9b8"), (0.6, "#f3b892"), (1, "#d98f7c"))
    c.glow(1130, 395, 620, "#fff0cf", 0.9, 420)
    c.oval(1130, 372, 46, 46, "#fff8e4")
    for x, y in ((330, 150), (760, 100), (1330, 190)):
        c.cloud(x, y, 420, 60, "#fbe6d2", 0.45)
    tones = (
        ("#e3b3a4", "#f3cdb4", "#cf9c98"),
        ("#c592a0", "#e6b5a8", "#aa7c92"),
        ("#967497", "#c998a0", "#7c6089"),
        ("#665a86", "#9c7d98", "#524a78"),
        ("#3f426c", "#6a5f88", "#31355c"),
        ("#262c4c", "#3d4063", "#1c213c"),
    )
    for n, (top, foot, shade) in enumerate(tones):
        y = 395 + n * 88
        c.mountain(
            keys(c, 13 - n, y - 95 - n * 6, y + 45),
            top,
            foot,
            shade,
            foot=min(HIGH, y + 330),
            lit_left=False,
            rough=0.15,
            grain=4,
        )
        if n < 5:
            c.veil(mix("#fbd9bd", "#8a7aa0", n / 6), y + 20, y + 200, 0.0, 0.55 - n * 0.06)
    edge = c.mountain(
        [(-50, 830), (260, 868), (520, 940), (900, 985), (1650, 960)],
        "#171b30",
        "#11142a",
        None,
        rough=0.08,
    )
    for x, y in edge[::3]:
        if x < 620 and c.rng.random() < 0.45:
            h = c.rng.uniform(22, 52)
            c.poly([(x - h * 0.2, y + 6), (x, y - h), (x + h * 0.2, y + 6)], "#12162a")
    birds(c, 640, 270, 9, 13, "#5b4a66")


def snowy_pass(c: Canvas) -> None:
    c.sky((0, "#8ea6bd"), (0.35, "#c9d4da"), (0.6, "#eee3d6"), (1, "#f2e3d2"))
    c.glow(1240, 250, 460, "#fff6e2", 0.85)
    white, blue = "#fbf8f2", "#a9bdd4"
    c.mountain(
        keys(c, 8, 170, 400, 0.25),
        "#aab9ca",
        "#dfe3e4",
        "#8da2bd",
        ("#fdfaf4", "#bccada", 130),
        foot=640,
        lit_left=False,
    )
    c.veil("#eef0ee", 330, 560, 0, 0.75)
    c.mountain(
        [(-100, 120), (60, 60), (250, 260), (380, 215), (640, 520), (900, 640)],
        "#cfd9e2",
        "#eef0ef",
        "#8199b6",
        (white, blue, 200),
        foot=800,
        lit_left=False,
        ribs=7,
    )
    c.mountain(
        [(760, 640), (1010, 470), (1130, 380), (1280, 420), (1450, 200), (1720, 60)],
        "#dfe4e8",
        "#f2f0ec",
        "#8fa5c0",
        (white, blue, 200),
        foot=850,
        lit_left=False,
        ribs=7,
    )
    for _ in range(60):
        x = c.rng.choice([c.rng.uniform(0, 520), c.rng.uniform(1150, 1600)])
        y = c.rng.uniform(430, 640)
        r = c.rng.uniform(6, 24)
        c.poly(
            jag(
                [(x - r, y), (x - r * 0.2, y - r * 1.1), (x + r, y + 2), (x - r, y)], c.rng, 0.2, 2
            ),
            c.rng.choice(["#5d6678", "#7a8494", "#494f62"]),
        )
        c.poly(
            [
                (x - r * 0.7, y - r * 0.5),
                (x - r * 0.2, y - r * 1.2),
                (x + r * 0.4, y - r * 0.6),
                (x, y - r * 0.4),
            ],
            white,
        )
    c.veil("#f4f1ea", 520, 720, 0, 0.7)
    # Slopes with the road folded across them.
    c.ground(
        [(-20, 640), (320, 668), (700, 640), (1100, 652), (1640, 560)], "#f4f2ee", "#cdd8e2", 6
    )
    road = [
        (1640, 640, 8),
        (1300, 668, 11),
        (1010, 684, 14),
        (860, 702, 17),
        (930, 730, 22),
        (1240, 752, 28),
        (1400, 782, 36),
        (1330, 826, 46),
        (1000, 868, 60),
        (600, 900, 74),
        (200, 950, 96),
        (-160, 1010, 120),
    ]
    up = curve([(x, y - r * 0.55) for x, y, r in road])
    low = curve([(x, y + r * 0.55) for x, y, r in road])
    c.soft([[(x, y - 3) for x, y in up] + [(x, y + 22) for x, y in low[::-1]]], "#7f97b4", 0.55, 8)
    c.fill([*up, *low[::-1]], "#b8b9c0", "#8b8a94", 8)
    mid = [
        ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, b[1] - a[1]) for a, b in zip(up, low, strict=True)
    ]
    for lane in (-0.22, 0.2):
        for a, b in pairwise(mid[60:]):
            c.line(
                [(a[0], a[1] + a[2] * lane), (b[0], b[1] + b[2] * lane)],
                "#6d6c78",
                max(1, a[2] * 0.09),
            )
    c.line([(x, y) for x, y in low], "#fdfbf6", 7)
    c.line([(x, y - 2) for x, y in up], "#fdfbf6", 4)
    for n in range(70, len(low), 6):
        x, y = low[n]
        h = 10 + (y - 700) * 0.09
        c.box(x - h * 0.14, y - h, x + h * 0.14, y, "#d8453a" if n % 12 < 6 else "#f5f0e4")
    for x, y, s, base in ((1150, 746, 0.2, "#2a6f8f"), (1010, 692, 0.13, "#c5872c")):
        truck_side(c, x, y, s, True, base, 0.15, "#9fb0c6", fine=False)
    truck_side(c, 770, 915, 1.12, True, "#c5362c", 0.06, "#6d83a3")
    c.fill(
        curve([(586, 730), (660, 716), (760, 734), (866, 724), (936, 738), (930, 746), (600, 744)]),
        white,
        "#c5d2e0",
    )
    c.soft([ring(560, 905, 36, 12), ring(950, 918, 26, 9)], "#fff6df", 0.8, 10)
    c.glow(575, 862, 130, "#fff1c8", 0.7, 60)
    c.fill(
        curve(
            [
                (-20, 1010),
                (-20, 990),
                (340, 968),
                (760, 958),
                (1150, 930),
                (1640, 870),
                (1640, 1010),
            ]
        ),
        "#ffffff",
        "#bccbdc",
        6,
    )
    for _ in range(16):
        x = c.rng.uniform(1200, 1590)
        h = c.rng.uniform(60, 150)
        y = 940 - (x - 1200) * 0.12 + c.rng.uniform(0, 40)
        c.line([(x, y), (x, y - h * 0.2)], "#4a4038", 5)
        for layer in range(5):
            t = layer / 5
            w = h * 0.26 * (1 - t * 0.85)
            top = y - h * (0.16 + t * 0.84)
            c.poly([(x - w, top), (x, top - h * 0.3), (x + w, top)], mix("#2f4a50", "#46656a", t))
            c.poly(
                [
                    (x - w * 0.75, top - h * 0.05),
                    (x, top - h * 0.3),
                    (x + w * 0.2, top - h * 0.08),
                    (x - w * 0.2, top - h * 0.12),
                ],
                white,
            )
    for _ in range(420):
        x, y, r = c.rng.uniform(0, 1600), c.rng.uniform(0, 1000), c.rng.uniform(1, 3.4)
        c.oval(x, y, r, r, "#ffffff")


def winding_road(c: Canvas) -> None:
    c.sky((0, "#d9a066"), (0.25, "#efc48a"), (0.5, "#f8e2b6"), (1, "#f8e2b6"))
    c.glow(420, 230, 460, "#fff6d8", 0.9)
    c.mountain(keys(c, 9, 180, 330, 0.3), "#c49a85", "#ecc9a0", "#a98379", foot=500, lit_left=True)
    c.veil("#f6dcae", 260, 440, 0, 0.6)
    c.mountain(
        [(330, 640), (560, 450), (760, 330), (900, 380), (1150, 190), (1380, 260), (1720, 60)],
        "#a9775f",
        "#d9a877",
        "#85594f",
        foot=760,
        ribs=6,
    )
    c.veil("#f2cf98", 380, 620, 0, 0.45)
    c.mountain(
        [(-100, 250), (60, 220), (300, 400), (520, 560), (800, 700)],
        "#8f6458",
        "#c29068",
        "#6c4a4a",
        foot=760,
        lit_left=True,
        ribs=6,
    )
    c.veil("#edc48a", 500, 680, 0, 0.5)
    c.mountain(
        [(430, 760), (820, 560), (1080, 500), (1300, 420), (1720, 330)],
        "#9c6a4c",
        "#c08a58",
        "#7a4f40",
        foot=HIGH,
        ribs=6,
    )
    # River and orchards at the left foot.
    c.ground(
        [(-20, 720), (300, 700), (560, 740), (800, 860), (980, 1010)], "#a8a45a", "#5f7a45", 10
    )
    stream = [(360, 700, 6), (280, 740, 12), (360, 800, 22), (260, 880, 38), (330, 1010, 70)]
    c.fill(
        [
            *curve([(x - r, y) for x, y, r in stream]),
            *curve([(x + r, y) for x, y, r in stream])[::-1],
        ],
        "#f6e6bd",
        "#5d9aa0",
        6,
    )
    for _ in range(44):
        x, y = c.rng.uniform(0, 660), c.rng.uniform(715, 900)
        if abs(x - 310) > 60 and y > 700 + max(0, x - 420) * 0.5:
            tree(c, x, y, 30 + (y - 700) * 0.35, "#46663a", "#c4b552", "#4d3826")
    for x, y, w in ((60, 760, 70), (140, 778, 60), (450, 796, 84)):
        house(c, x, y, w, w * 0.5, "#e0b880", "#8f684f")
    # Hairpins.
    road = [
        (1640, 392, 6),
        (1420, 470, 8),
        (1180, 520, 9),
        (1060, 548, 11),
        (1190, 580, 13),
        (1440, 606, 16),
        (1510, 642, 19),
        (1360, 676, 22),
        (1040, 706, 26),
        (840, 742, 31),
        (900, 790, 37),
        (1240, 822, 44),
        (1420, 868, 54),
        (1300, 930, 66),
        (1000, 1030, 90),
    ]
    up = curve([(x, y - r * 0.5) for x, y, r in road])
    low = curve([(x, y + r * 0.5) for x, y, r in road])
    c.soft(
        [[(x, y + 4) for x, y in low] + [(x - 10, y + 30) for x, y in low[::-1]]], "#4a2c28", 0.6, 9
    )
    c.soft([[(x, y - 26) for x, y in up] + [(x, y) for x, y in up[::-1]]], "#5f3a30", 0.45, 8)
    c.fill([*up, *low[::-1]], "#f6dfb2", "#dcb584", 8)
    c.line(low, "#fff0cc", 3)
    for n in range(70, len(low), 3):
        x, y = low[n]
        s = 3 + (y - 600) * 0.02
        c.box(x - s * 0.7, y - s * 1.7, x + s * 0.7, y, "#f7ead2")
    truck_side(c, 1080, 826, 0.52, False, "#2a6f8f", 0.05, "#7a4f40")
    truck_side(c, 1170, 700, 0.26, True, "#c5362c", 0.1, "#7a4f40", fine=False)
    for x, y, h, robe in (
        (930, 792, 46, "#e8dcc4"),
        (958, 796, 48, "#4d6a7a"),
        (905, 786, 45, "#8a3f34"),
    ):
        person(c, x, y, h, robe, wear="turban", shadow=(0.6, 0.1))
        c.line([(x + 8, y - 10), (x + 15, y - 44)], "#4b3323", 2.4)
    for _ in range(70):
        x, y = c.rng.uniform(700, 1600), c.rng.uniform(560, 990)
        r = c.rng.uniform(3, 13) * (y / 900)
        c.poly(jag([(x - r, y), (x, y - r), (x + r, y), (x - r, y)], c.rng, 0.12, 2), "#7a4f3a")
        c.poly([(x - r * 0.8, y - r * 0.2), (x, y - r), (x + r * 0.1, y - r * 0.3)], "#dcae7c")


def ruined_stupa(c: Canvas) -> None:
    c.sky((0, "#6f8fb4"), (0.25, "#b9b6bb"), (0.45, "#f1cfa0"), (0.6, "#fbdfa6"), (1, "#fbdfa6"))
    c.glow(330, 420, 620, "#fff2c4", 0.95, 400)
    for x, y, w in ((900, 150, 640), (1350, 230, 420), (420, 210, 420)):
        c.cloud(x, y, w, 62, "#fbdcb4", 0.6)
    c.mountain(
        keys(c, 11, 330, 440, 0.3),
        "#9a98b0",
        "#e9c9a4",
        "#857f9f",
        ("#fbeeda", "#c8bfcc", 36),
        foot=600,
        lit_left=True,
    )
    c.veil("#f9dca8", 400, 560, 0, 0.65)
    c.mountain(keys(c, 9, 450, 530, 0.3), "#7f8a86", "#d3bb8a", "#687779", foot=680)
    c.veil("#f6d79c", 500, 640, 0, 0.6)
    # The valley floor.
    c.fill([(0, 580), (WIDE, 580), (WIDE, HIGH), (0, HIGH)], "#d8c07c", "#7a8a4c", 8)
    c.fill(
        curve(
            [
                (560, 600),
                (420, 620),
                (520, 650),
                (330, 690),
                (420, 740),
                (180, 800),
                (240, 840),
                (420, 760),
                (540, 700),
                (480, 672),
                (640, 640),
                (520, 618),
                (590, 602),
            ]
        ),
        "#fff0c4",
        "#a9bfb4",
    )
    for _ in range(90):
        x, y = c.rng.uniform(0, 900), c.rng.uniform(606, 700)
        c.oval(
            x,
            y,
            5 + (y - 600) * 0.09,
            3 + (y - 600) * 0.06,
            c.rng.choice(["#6a7f4a", "#8a9450", "#55703f", "#b9b060"]),
        )
    for _ in range(10):
        house(c, c.rng.uniform(20, 640), c.rng.uniform(630, 670), 26, 14, "#e6c592", "#9a7a5c")
    c.veil("#f8dfa8", 590, 700, 0.35, 0)
    # The hill.
    c.ground(
        [(-20, 900), (300, 830), (620, 740), (860, 700), (1240, 690), (1640, 720)],
        "#b5a252",
        "#5a5f34",
        14,
    )
    c.fill(
        [*curve([(980, 700), (1240, 690), (1640, 720)]), (1640, 1010), (1120, 1010), (1300, 860)],
        "#8a8348",
        "#474d30",
        12,
        0.8,
    )

    # Platform and drum.
    def course(x0: float, x1: float, y0: float, y1: float, light: str, dark: str) -> None:
        """A masonry block in the round, lit from the left."""
        c.fill([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], light, dark, 8, across=True)
        rows = max(2, int((y1 - y0) / 13))
        for r in range(rows):
            y = y0 + (y1 - y0) * (r + 0.5) / rows
            x = x0 + c.rng.uniform(2, 12)
            while x < x1 - 14:
                w = c.rng.uniform(10, 34)
                t = (x - x0) / (x1 - x0)
                tone = mix(
                    mix(light, dark, t),
                    c.rng.choice(["#fff0c8", "#3f3028"]),
                    c.rng.uniform(0.04, 0.2),
                )
                c.box(x, y - 4.6, min(x + w, x1), y + 4.6, tone)
                x += w + c.rng.uniform(2, 5)

    c.soft([[(760, 770), (1400, 760), (1600, 850), (1000, 880)]], "#33331f", 0.6, 18)
    course(730, 1330, 690, 790, "#e6c690", "#7a5f4c")
    c.fill([(730, 690), (780, 668), (1290, 668), (1330, 690)], "#f3dcae", "#d8b882", 3)
    for n in range(10):
        x = 750 + n * 58
        t = n / 10
        c.fill(
            [(x, 786), (x, 702), (x + 9, 702), (x + 9, 786)],
            mix("#fbe8bd", "#8f7258", t),
            mix("#d8b484", "#6a5244", t),
        )
        c.box(x - 4, 698, x + 13, 706, mix("#fbe8bd", "#8f7258", t))
        if n < 9:
            c.poly(arch(x + 20, x + 48, 786, 742, 20), mix("#7a5a44", "#3f322e", t))
            if n in (1, 2, 4, 6):
                c.oval(x + 34, 752, 6, 7, mix("#e9cfa0", "#7f6754", t))
                c.poly(
                    [(x + 24, 786), (x + 28, 762), (x + 40, 762), (x + 44, 786)],
                    mix("#e0c090", "#75604f", t),
                )
    course(800, 1260, 590, 672, "#eccb94", "#7a5e4c")
    c.box(792, 584, 1268, 594, "#f3dcae")
    c.fill([(1030, 584), (1268, 584), (1268, 594), (1030, 594)], "#b59470", "#8a6c56")
    dome = [(826, 590)]
    for a in range(0, 33):
        ang = math.pi * (1 - a / 32)
        r = 206 if not 19 < a < 27 else 206 - c.rng.uniform(16, 60)
        dome.append((1030 + r * math.cos(ang), 588 - r * 1.06 * math.sin(ang)))
    dome.append((1236, 590))
    c.fill(dome, "#f1d19a", "#6d5346", 9, across=True)
    for r in range(15):
        y = 580 - r * 13.6
        half = 200 * math.sqrt(max(0, 1 - ((588 - y) / 218) ** 2))
        x = 1030 - half + 6
        while x < 1030 + half * 0.82 - 12:
            w = c.rng.uniform(10, 30)
            t = (x - 830) / 400
            if c.rng.random() < 0.72:
                c.box(
                    x,
                    y - 4.4,
                    x + w,
                    y + 4.4,
                    mix(
                        mix("#f1d19a", "#6d5346", t),
                        c.rng.choice(["#fff0c8", "#4a362c", "#a56a44"]),
                        c.rng.uniform(0.05, 0.28),
                    ),
                )
            x += w + c.rng.uniform(2, 5)
    hole = jag(
        [(1082, 430), (1120, 440), (1164, 500), (1150, 540), (1106, 498), (1082, 430)],
        c.rng,
        0.12,
        3,
    )
    c.fill(hole, "#5a4238", "#3a2c2a", 6)
    course(985, 1075, 348, 380, "#ecca92", "#7f644f")
    c.fill([(1022, 350), (1026, 282), (1036, 282), (1040, 350)], "#caa67a", "#7a604e")
    for n in range(2):
        c.oval(1031, 318 - n * 24, 30 - n * 9, 7 - n, "#d9b684")
        c.fill(ring(1042 - n * 2, 319 - n * 24, 18 - n * 6, 5), "#8a6c56", "#7a604e")
    for _ in range(70):
        x = c.rng.uniform(780, 1400)
        y = 770 + 120 * c.rng.random()
        r = c.rng.uniform(4, 17)
        c.poly(
            jag(
                [
                    (x - r, y),
                    (x - r * 0.5, y - r * 0.8),
                    (x + r * 0.5, y - r * 0.8),
                    (x + r, y),
                    (x - r, y),
                ],
                c.rng,
                0.1,
                2,
            ),
            "#8a6c50",
        )
        c.poly(
            [
                (x - r * 0.7, y - r * 0.4),
                (x - r * 0.4, y - r * 0.8),
                (x + r * 0.4, y - r * 0.75),
                (x, y - r * 0.35),
            ],
            "#f0d49c",
        )
    for x, y, r in (
        (900, 588, 16),
        (960, 420, 12),
        (1230, 668, 18),
        (1000, 392, 9),
        (1180, 590, 14),
    ):
        for _k in range(8):
            c.line(
                [(x, y), (x + c.rng.uniform(-r, r), y - c.rng.uniform(0.4, 1.2) * r)],
                c.rng.choice(["#5d6b3a", "#98984c"]),
                2,
            )
    # Diggers, a goat and dry grass.
    person(c, 640, 856, 120, "#e6dac0", wear="cap", shadow=(0.8, 0.14))
    person(c, 700, 846, 118, "#4f6d80", wear="shawl", shadow=(0.8, 0.14))
    person(c, 1180, 820, 96, "#a8543a", wear="turban", shadow=(0.8, 0.14))
    c.line([(1198, 822), (1222, 740)], "#5a4030", 4)
    gx, gy = 480, 880
    c.soft([ring(gx + 60, gy + 8, 80, 8)], "#33331f", 0.6, 4)
    for dx in (-28, -18, 22, 32):
        c.line([(gx + dx, gy - 26), (gx + dx, gy + 6)], "#2f2622", 6)
    c.poly(
        curve(
            [
                (gx - 44, gy - 30),
                (gx - 40, gy - 58),
                (gx, gy - 62),
                (gx + 36, gy - 60),
                (gx + 46, gy - 34),
                (gx, gy - 20),
                (gx - 44, gy - 30),
            ],
            6,
        ),
        "#3f322c",
    )
    c.poly(
        [
            (gx - 36, gy - 50),
            (gx - 62, gy - 88),
            (gx - 84, gy - 74),
            (gx - 70, gy - 64),
            (gx - 46, gy - 34),
        ],
        "#3f322c",
    )
    c.line(curve([(gx - 64, gy - 86), (gx - 52, gy - 108), (gx - 36, gy - 108)], 5), "#8a765a", 5)
    c.line([(gx - 38, gy - 58), (gx + 34, gy - 61)], "#d8b070", 3)
    for _ in range(420):
        x = c.rng.uniform(0, 1600)
        y = 880 + c.rng.uniform(0, 130) + max(0, 300 - x) * 0.06
        h = c.rng.uniform(14, 46)
        c.line(
            [(x, y), (x + c.rng.uniform(2, 16), y - h)],
            c.rng.choice(["#d9c26a", "#8a8844", "#f0dc90", "#5a6236"]),
            1.8,
        )
