"""Pictures of people together."""

# ruff: noqa: PLR0912, PLR0915

import math

from .brush import HIGH, WIDE, Canvas, arch, curve, keys, mix, ring
from .props import FOLK, house, person, poplar, tree


def clinic_tent(c: Canvas) -> None:
    c.sky((0, "#7fb0cd"), (0.35, "#c3dbdc"), (0.55, "#f3ebcf"), (1, "#f3ebcf"))
    c.glow(300, 200, 460, "#fffbe6", 0.8)
    c.mountain(
        keys(c, 9, 150, 310, 0.3),
        "#8ea8be",
        "#d2d9d0",
        "#7290ab",
        ("#fdfaf2", "#c5d3de", 60),
        foot=460,
        lit_left=True,
    )
    c.veil("#ece8d2", 240, 420, 0, 0.6)
    c.mountain(
        [(-100, 330), (200, 240), (480, 380), (760, 320), (1020, 430), (1330, 260), (1720, 380)],
        "#93966f",
        "#c9b988",
        "#71795f",
        foot=620,
        ribs=6,
    )
    c.veil("#efe0b6", 360, 540, 0, 0.5)
    for n in range(6):
        y = 452 + n * 22
        edge = [(x, y + 10 * math.sin(x / 160 + n)) for x in range(-20, 1661, 40)]
        tone = ("#a9b062", "#7f9650", "#c4bb6c", "#8da058", "#b3b463", "#98a45c")[n]
        c.fill([*edge, (1660, 700), (-20, 700)], tone, mix(tone, "#3a4a2a", 0.15), 6)
        c.line(edge, mix(tone, "#4a4a2a", 0.5), 2)
    for x, y, w in (
        (80, 520, 100),
        (200, 536, 80),
        (300, 516, 110),
        (1290, 530, 110),
        (1420, 520, 90),
    ):
        house(c, x, y, w, w * 0.5, "#dcb98a", "#91705a")
    for _ in range(16):
        x = c.rng.choice([c.rng.uniform(0, 460), c.rng.uniform(1200, 1600)])
        poplar(c, x, c.rng.uniform(545, 580), c.rng.uniform(100, 190), "#37593c", "#a5b35c")
    c.ground([(-20, 610), (400, 590), (1000, 598), (1640, 580)], "#e8cf9d", "#b78a58", 12)
    c.specks(150, (0, 660, WIDE, 995), ["#9a7348", "#f2ddae", "#c79c64"], (2, 8))
    # Tent.
    c.soft([[(560, 800), (1180, 790), (1330, 838), (640, 846)]], "#5d4330", 0.6, 12)
    c.fill([(560, 800), (548, 590), (760, 430), (790, 560), (800, 800)], "#fffdf4", "#e5dcc8", 4)
    c.fill(
        [(800, 800), (790, 560), (760, 430), (1060, 440), (1190, 590), (1180, 790)],
        "#f1ead9",
        "#c2b8a6",
        4,
    )
    c.fill([(760, 430), (548, 590), (536, 606), (800, 600), (812, 590)], "#ffffff", "#ece4d2", 3)
    c.fill([(760, 430), (1060, 440), (1204, 600), (806, 604)], "#fdf7e8", "#cfc5b2", 4)
    for n in range(1, 6):
        t = n / 6
        c.line([(760 + 300 * t, 430 + 10 * t), (806 + 398 * t, 603 - 3 * t)], "#c4baa7", 2)
    for n in range(12):
        t0, t1 = n / 12, (n + 1) / 12
        c.poly(
            [(806 + 398 * t0, 602), (806 + 398 * t1, 601), (806 + 398 * (t0 + t1) / 2, 620)],
            "#fbf5e6",
        )
    c.fill([(640, 800), (676, 616), (716, 616), (740, 800)], "#4f5a55", "#6f6752", 3)
    c.fill([(640, 800), (676, 616), (650, 690), (600, 800)], "#f7f1e0", "#d0c6b2")
    c.oval(700, 720, 16, 20, "#d8cdb4")
    c.box(680, 742, 726, 756, "#3f6f74")
    c.oval(1000, 700, 56, 56, "#f9f5ea")
    c.box(986, 660, 1014, 740, "#2f7f6a")
    c.box(960, 686, 1040, 714, "#2f7f6a")
    for x0, y0, x1, y1 in ((548, 606, 470, 800), (1204, 600, 1290, 790), (760, 430, 720, 400)):
        c.line([(x0, y0), (x1, y1)], "#8d7a5f", 2.4)
    c.line([(760, 440), (760, 372)], "#7a6548", 6)
    c.poly(
        curve([(762, 374), (800, 366), (830, 380), (830, 406), (800, 398), (762, 404)], 5),
        "#ffffff",
    )
    # Pick-up.
    c.soft([ring(1390, 800, 190, 22)], "#4f3a2c", 0.65, 10)
    c.fill(
        [
            (1210, 780),
            (1210, 705),
            (1330, 705),
            (1352, 650),
            (1450, 648),
            (1492, 705),
            (1560, 716),
            (1566, 780),
        ],
        "#f4f0e6",
        "#b9b4ac",
        3,
    )
    c.fill([(1210, 780), (1210, 748), (1566, 750), (1566, 780)], "#2f7f86", "#22565f")
    c.poly([(1344, 700), (1362, 660), (1400, 660), (1400, 700)], "#7ea4b3")
    c.poly([(1410, 700), (1410, 660), (1444, 660), (1474, 702)], "#6b93a4")
    c.line([(1404, 655), (1404, 775)], "#a9a49b", 2)
    c.box(1556, 722, 1568, 738, "#fff0c0")
    for x in (1275, 1500):
        c.oval(x, 780, 34, 34, "#232126")
        c.oval(x, 780, 16, 16, "#b8b4ac")
    for n in range(3):
        c.fill(
            [
                (1222 + n * 34, 706),
                (1222 + n * 34, 670 - n % 2 * 14),
                (1252 + n * 34, 670 - n % 2 * 14),
                (1252 + n * 34, 706),
            ],
            ("#4d7f9c", "#e6ddc8", "#c9803c")[n],
            "#6a5a48",
        )

    # The line of women, and the midwife.
    for n in range(13):
        t = n / 12
        x, y = 560 - 470 * t + c.rng.uniform(-10, 10), 842 + 66 * t + c.rng.uniform(-6, 8)
        h = 132 + 52 * t
        person(
            c,
            x,
            y,
            h,
            (
                "#3d6f8f",
                "#b5432f",
                "#d9a441",
                "#5b7f55",
                "#7c4a6b",
                "#e6dcc4",
                "#2f5468",
                "#c4703c",
            )[n * 3 % 8],
            wear="shawl",
            shadow=(0.7, 0.08),
        )
        if n in (3, 7, 10):
            person(
                c, x + h * 0.3, y + 16, h * 0.55, FOLK[(n + 2) % 8], wear="bare", shadow=(0.6, 0.08)
            )
    person(c, 668, 836, 142, "#f5f2ea", wear="shawl", shadow=(0.6, 0.08))
    person(c, 1250, 880, 160, "#5c6f58", wear="turban", head="#efe6d0", shadow=(0.6, 0.08))


def school_courtyard(c: Canvas) -> None:
    c.sky((0, "#7fb9d6"), (0.3, "#c9e1e0"), (0.45, "#f6edd0"), (1, "#f6edd0"))
    c.cloud(420, 110, 460, 70, "#fffdf2", 0.8)
    c.cloud(1250, 150, 380, 56, "#fffdf2", 0.7)
    c.mountain(keys(c, 11, 200, 300, 0.3), "#8fabc2", "#d3dbd2", "#7793b0", foot=430)
    c.veil("#f3e9cc", 260, 400, 0, 0.5)
    # School block with a veranda.
    c.fill([(0, 560), (0, 300), (1120, 300), (1120, 560)], "#f4e3bd", "#e0c496", 5)
    c.fill([(1120, 560), (1120, 300), (1600, 340), (1600, 580)], "#c9ab84", "#a98a6c", 5)
    c.fill(
        [(-10, 306), (-10, 276), (1130, 276), (1610, 320), (1610, 346), (1124, 306)],
        "#c4683f",
        "#a34f33",
        4,
    )
    c.fill([(0, 560), (0, 330), (1110, 330), (1110, 560)], "#8b7560", "#a58a6a", 4)
    for n in range(7):
        x = 20 + n * 158
        c.fill([(x + 34, 556), (x + 34, 400), (x + 124, 400), (x + 124, 556)], "#5f5348", "#78664f")
        if n % 2:
            c.fill(
                [(x + 44, 556), (x + 44, 410), (x + 114, 410), (x + 114, 556)], "#2f7f86", "#235a64"
            )
        else:
            c.fill(
                [(x + 42, 480), (x + 42, 410), (x + 116, 410), (x + 116, 480)], "#9fc3c6", "#d8d2b0"
            )
            c.line([(x + 79, 410), (x + 79, 480)], "#3f6f74", 4)
    for n in range(8):
        x = n * 158
        c.fill(
            [(x - 10, 566), (x - 10, 326), (x + 14, 326), (x + 14, 566)], "#fdf3d6", "#e2c89c", 3
        )
        c.box(x + 6, 326, x + 14, 566, "#cfae84")
        if n < 7:
            c.poly(
                [
                    (x + 14, 326),
                    *[
                        (x + 14 + 134 * k / 10, 374 - 44 * math.sin(math.pi * k / 10))
                        for k in range(11)
                    ],
                    (x + 148, 326),
                ],
                "#f4e3bd",
            )
    c.fill([(-10, 566), (1120, 566), (1140, 584), (-10, 584)], "#e9d3a6", "#cbae80")
    for n in range(3):
        c.fill(
            [
                (1170 + n * 140, 480 + n * 6),
                (1170 + n * 140, 404 + n * 7),
                (1250 + n * 140, 411 + n * 7),
                (1250 + n * 140, 486 + n * 6),
            ],
            "#5a5550",
            "#6f6254",
        )
    # Courtyard.
    c.fill([(0, 580), (1120, 580), (1600, 572), (1600, HIGH), (0, HIGH)], "#f3d9a4", "#c6955e", 12)
    c.soft([[(0, 584), (1130, 584), (1170, 606), (0, 612)]], "#6a4c3a", 0.35, 8)
    # Blackboard on an easel, teacher and class.
    c.soft([[(250, 800), (480, 796), (640, 836), (380, 846)]], "#5a3c2e", 0.55, 8)
    for x0, x1 in ((270, 246), (440, 466)):
        c.line([(x0, 610), (x1, 806)], "#7a5434", 10)
    c.fill([(238, 740), (244, 600), (470, 600), (476, 740)], "#7a5434", "#5a3c26")
    c.fill([(250, 728), (255, 612), (459, 612), (464, 728)], "#2f5347", "#234238", 6)
    goat = [
        (300, 700),
        (300, 676),
        (330, 668),
        (380, 668),
        (396, 644),
        (412, 650),
        (404, 672),
        (396, 684),
        (396, 704),
    ]
    c.line(goat, "#f4efe0", 4)
    c.line([(310, 674), (310, 706)], "#f4efe0", 4)
    c.line([(384, 684), (384, 706)], "#f4efe0", 4)
    c.line(curve([(398, 644), (404, 628), (416, 626)], 5), "#f4efe0", 3)
    c.line([(280, 636), (360, 632)], "#cfdccd", 3)
    person(c, 540, 820, 176, "#3f7f78", wear="shawl", shadow=(0.7, 0.12))
    c.line([(515, 720), (455, 690)], "#7a5434", 4)
    blues = ("#4a78a8", "#5b8cba", "#3f6a98", "#4f80ae")
    for row in range(4):
        for col in range(8):
            x = 640 + col * 78 - row * 34 + c.rng.uniform(-9, 9)
            y = 742 + row * 58 + c.rng.uniform(-5, 5)
            s = 0.74 + row * 0.17
            robe = c.rng.choice(blues)
            c.soft([ring(x + 26 * s, y + 5, 42 * s, 8 * s)], "#5a3c2e", 0.5, 4)
            c.poly(
                curve(
                    [
                        (x - 30 * s, y),
                        (x - 26 * s, y - 18 * s),
                        (x - 16 * s, y - 44 * s),
                        (x, y - 52 * s),
                        (x + 16 * s, y - 44 * s),
                        (x + 26 * s, y - 18 * s),
                        (x + 30 * s, y),
                        (x, y + 6 * s),
                    ],
                    4,
                ),
                robe,
            )
            c.poly(
                [
                    (x + 4 * s, y - 50 * s),
                    (x + 16 * s, y - 44 * s),
                    (x + 26 * s, y - 18 * s),
                    (x + 30 * s, y),
                    (x + 8 * s, y + 4 * s),
                ],
                mix(robe, "#1f2a4a", 0.35),
            )
            c.oval(x, y - 66 * s, 14 * s, 16 * s, c.rng.choice(["#a5714e", "#8f5f44", "#b98360"]))
            if (row + col) % 2:
                c.poly(
                    curve(
                        [
                            (x - 16 * s, y - 52 * s),
                            (x - 17 * s, y - 74 * s),
                            (x, y - 86 * s),
                            (x + 17 * s, y - 74 * s),
                            (x + 18 * s, y - 46 * s),
                            (x + 4 * s, y - 50 * s),
                        ],
                        4,
                    ),
                    "#f6f1e4",
                )
                c.oval(x - 6 * s, y - 66 * s, 8 * s, 11 * s, "#a5714e")
            else:
                c.poly(
                    curve(
                        [
                            (x - 15 * s, y - 66 * s),
                            (x - 12 * s, y - 82 * s),
                            (x, y - 86 * s),
                            (x + 13 * s, y - 80 * s),
                            (x + 15 * s, y - 58 * s),
                            (x + 2 * s, y - 76 * s),
                        ],
                        4,
                    ),
                    "#2b2226",
                )
            if c.rng.random() < 0.3:
                c.line([(x - 20 * s, y - 38 * s), (x - 32 * s, y - 84 * s)], robe, 9 * s)
                c.oval(x - 33 * s, y - 88 * s, 6 * s, 7 * s, "#a5714e")
            c.poly(
                [
                    (x - 16 * s, y - 2),
                    (x - 12 * s, y - 14 * s),
                    (x + 8 * s, y - 12 * s),
                    (x + 10 * s, y),
                ],
                "#fbf4e0",
            )
    # The tree and its dappled shade.
    shade = [
        ring(
            1260 + c.rng.gauss(0, 190),
            850 + c.rng.gauss(0, 44),
            c.rng.uniform(40, 110),
            c.rng.uniform(12, 30),
        )
        for _ in range(26)
    ]
    c.soft(shade, "#6a4630", 0.5, 10)
    tree(c, 1330, 850, 720, "#2f5c3a", "#a9bf58", "#6a4a34")
    for x, y, h, pose in (
        (1160, 900, 116, 0.05),
        (1240, 930, 122, 0.12),
        (1440, 930, 120, 0.1),
        (1510, 880, 108, 0.06),
        (150, 900, 116, 0.12),
        (90, 860, 106, 0.06),
    ):
        person(
            c,
            x,
            y,
            h,
            c.rng.choice(blues),
            wear=c.rng.choice(["bare", "cap"]),
            head="#f6f1e4",
            shadow=(0.6, 0.1),
            stride=pose,
        )
    c.oval(1350, 946, 15, 15, "#d8452f")
    c.oval(1346, 941, 6, 5, "#f08a6a")


def orange_garden(c: Canvas) -> None:
    c.sky((0, "#101a38"), (0.4, "#1f2f50"), (0.7, "#33445a"), (1, "#2c3a40"))
    for _ in range(130):
        x, y = c.rng.uniform(0, 1600), c.rng.uniform(0, 420)
        r = c.rng.choice([0.8, 1, 1.3, 1.9])
        c.oval(x, y, r, r, mix("#101a38", "#f6ecd6", c.rng.uniform(0.3, 0.95)))
    c.mountain(keys(c, 9, 330, 420, 0.3), "#26385c", "#3b5068", "#1f3050", foot=560)
    c.fill([(0, 520), (0, 400), (1600, 400), (1600, 540)], "#3a3d4a", "#4f4640", 8)
    for n in range(6):
        x = 60 + n * 270
        c.poly(arch(x, x + 120, 530, 470, 46), "#23283a")
    c.fill([(0, 520), (WIDE, 520), (WIDE, HIGH), (0, HIGH)], "#5a4a38", "#2a241f", 12)
    c.glow(800, 660, 760, "#f2b35c", 0.55, 320)
    for n in range(4):
        c.soft([ring(330 + n * 310, 700, 130, 26)], "#f6c272", 0.25, 24)
    spots = ((180, 640, 430), (470, 580, 330), (760, 560, 290), (1080, 570, 310), (1400, 630, 440))
    for x, y, h in spots:
        tree(c, x, y, h, "#16291f", "#5f7a3a", "#2f241d")
        for _ in range(26):
            ox, oy = x + c.rng.gauss(0, h * 0.19), y - h * 0.68 + c.rng.gauss(0, h * 0.13)
            c.oval(ox, oy, h * 0.019, h * 0.019, "#c9661f")
            c.oval(ox - h * 0.004, oy - h * 0.005, h * 0.012, h * 0.012, "#f4a13c")
    lamps = (
        (300, 400, 1.1),
        (600, 420, 0.9),
        (880, 390, 0.8),
        (1180, 420, 1.0),
        (1330, 380, 1.1),
        (60, 430, 1.1),
        (740, 460, 0.8),
    )
    for x, y, s in lamps:
        c.line([(x, y - 26 * s), (x, y - 130 * s)], "#1a1a20", 2)
        c.glow(x, y, 190 * s, "#ffbf5c", 0.75)
        c.glow(x, y, 60 * s, "#fff0c0", 0.9)
        c.fill(
            [
                (x - 13 * s, y + 24 * s),
                (x - 17 * s, y - 16 * s),
                (x + 17 * s, y - 16 * s),
                (x + 13 * s, y + 24 * s),
            ],
            "#fff4cc",
            "#ffc85c",
        )
        for k in (-1, 0, 1):
            c.line([(x + k * 16 * s, y - 16 * s), (x + k * 12 * s, y + 24 * s)], "#3a2a20", 2.4 * s)
        c.poly([(x - 20 * s, y - 16 * s), (x, y - 34 * s), (x + 20 * s, y - 16 * s)], "#3a2a20")
        c.box(x - 16 * s, y + 22 * s, x + 16 * s, y + 29 * s, "#3a2a20")
    # Carpets, the reader, the listeners.
    c.fill([(610, 640), (980, 640), (1040, 740), (550, 740)], "#a03430", "#7a2428", 6)
    for inset, paint in ((0.06, "#e0b060"), (0.1, "#2f4a5c"), (0.2, "#b8483c")):
        c.poly(
            [
                (610 + 370 * inset * 0.8, 640 + 100 * inset),
                (980 - 370 * inset * 0.8, 640 + 100 * inset),
                (1040 - 490 * inset * 0.8, 740 - 100 * inset),
                (550 + 490 * inset * 0.8, 740 - 100 * inset),
            ],
            paint,
        )
    for n in range(5):
        x = 668 + n * 64
        c.poly([(x, 690), (x + 18, 674), (x + 36, 690), (x + 18, 706)], "#f0d39a")
    person(
        c, 800, 706, 220, "#efe4ca", wear="turban", head="#f7f0dd", shadow=(0.1, 0.1), ink="#4a3024"
    )
    c.line([(778, 560), (750, 590), (772, 604)], "#d8c8a6", 15)
    c.line([(826, 560), (852, 592), (822, 606)], "#b8a482", 15)
    c.poly([(768, 616), (774, 584), (826, 584), (830, 616)], "#fffdf0")
    for row in range(4):
        count = 13 + row
        for n in range(count):
            x = -30 + (n + (row % 2) * 0.5) * (1680 / count) + c.rng.uniform(-16, 16)
            y = 760 + row * 66 + abs(x - 800) * -0.05 + c.rng.uniform(-7, 7)
            s = 0.82 + row * 0.27
            near = max(0.0, 1 - abs(x - 800) / 950)
            robe = mix(c.rng.choice(FOLK), "#16161f", 0.62 - 0.26 * near + row * 0.09)
            rim = mix(robe, "#ffc070", 0.6 * near + 0.1)
            back = curve(
                [
                    (x - 46 * s, y + 26 * s),
                    (x - 40 * s, y - 20 * s),
                    (x - 22 * s, y - 54 * s),
                    (x, y - 60 * s),
                    (x + 22 * s, y - 54 * s),
                    (x + 40 * s, y - 20 * s),
                    (x + 46 * s, y + 26 * s),
                ],
                5,
            )
            c.poly(back, robe)
            c.line(back[3:-3], rim, 2.6 * s)
            woman = x > 1080
            c.oval(
                x, y - 76 * s, 17 * s, 21 * s, robe if woman else mix("#6b4634", "#16161f", 0.35)
            )
            if woman:
                hood = curve(
                    [
                        (x - 26 * s, y - 44 * s),
                        (x - 22 * s, y - 82 * s),
                        (x, y - 102 * s),
                        (x + 22 * s, y - 82 * s),
                        (x + 26 * s, y - 44 * s),
                    ],
                    5,
                )
                c.poly(hood, robe)
                c.line(hood[2:14], rim, 2.4 * s)
            else:
                wrap = mix(
                    c.rng.choice(["#f0e6d0", "#a89a80", "#7a8a8f"]),
                    "#16161f",
                    0.35 + row * 0.08 - 0.2 * near,
                )
                c.oval(x, y - 91 * s, 23 * s, 12 * s, wrap)
                c.line(
                    curve(
                        [(x - 21 * s, y - 95 * s), (x, y - 103 * s), (x + 21 * s, y - 95 * s)], 4
                    ),
                    mix(wrap, "#ffd08a", 0.6 * near),
                    2.4 * s,
                )
    c.veil("#0c0d16", 860, 1000, 0, 0.45)
