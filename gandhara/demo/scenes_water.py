"""Pictures of rivers, lakes and a dam."""

# ruff: noqa: PLR0915

import math

from .brush import HIGH, WIDE, Canvas, curve, jag, keys, mix, ring
from .props import birds, house, person, poplar, tree


def river_bridge(c: Canvas) -> None:
    c.sky((0, "#9fb9cf"), (0.3, "#dfe0d8"), (0.52, "#f9e2b9"), (1, "#eebf95"))
    c.glow(820, 400, 560, "#fff3d0", 0.95, 360)
    c.mountain(
        keys(c, 9, 215, 390, 0.3),
        "#b9b9c9",
        "#e9d6c4",
        "#9aa2bd",
        ("#fdf5ea", "#d3d5e2", 60),
        foot=560,
        lit_left=False,
    )
    c.veil("#fbe7c6", 330, 520, 0, 0.6)
    c.mountain(
        [(-100, 240), (120, 300), (330, 400), (560, 480), (840, 590), (900, 640)],
        "#7d8aa3",
        "#cdbfb2",
        "#69799a",
        foot=620,
    )
    c.mountain(
        [(740, 640), (800, 590), (1080, 440), (1290, 350), (1480, 250), (1720, 190)],
        "#8791a6",
        "#cfbfae",
        "#6c7a97",
        foot=620,
        lit_left=False,
    )
    c.veil("#fbe4c0", 420, 610, 0, 0.7)
    c.mountain(
        [(-100, 430), (160, 470), (420, 560), (690, 650), (800, 690)],
        "#4f6a72",
        "#8d947f",
        "#3f5867",
        foot=760,
    )
    c.mountain(
        [(780, 690), (930, 650), (1200, 560), (1440, 470), (1720, 410)],
        "#5a6f70",
        "#96967c",
        "#465c68",
        foot=760,
        lit_left=False,
    )
    # River.
    c.fill([(0, 640), (WIDE, 640), (WIDE, HIGH), (0, HIGH)], "#f4dcb4", "#5d8a95", 5)
    c.glow(820, 640, 300, "#fff3cf", 0.9, 260)
    c.ground(
        [(-20, 650), (210, 668), (420, 700), (470, 760), (330, 860), (120, 960), (-20, 1010)],
        "#7d8a5c",
        "#4a5f45",
    )
    c.poly(curve([(-20, 780), (330, 850), (180, 930), (-20, 1010)]), "#4a5f45")
    c.fill(
        [
            *curve(
                [
                    (1640, 640),
                    (1380, 662),
                    (1180, 690),
                    (1130, 750),
                    (1270, 850),
                    (1500, 950),
                    (1640, 1010),
                ]
            ),
            (1640, 640),
        ],
        "#8b8f60",
        "#55653f",
        6,
    )
    for n in range(150):
        y = 668 + (n / 150) ** 1.5 * 330
        x = c.rng.gauss(800, 120 + (y - 640) * 0.9)
        half = c.rng.uniform(8, 46) * (0.3 + (y - 640) / 300)
        near = abs(x - 820) < 170
        tint = "#fff2d2" if near else c.rng.choice(["#86aeb2", "#d9d6bb", "#4c7986"])
        c.poly(
            [(x - half, y), (x, y - 1 - half * 0.04), (x + half, y), (x, y + 1 + half * 0.04)], tint
        )
    # Trees and houses behind the bridge ends.
    for _ in range(13):
        x = c.rng.uniform(20, 400)
        poplar(c, x, 690 + c.rng.uniform(-20, 16), c.rng.uniform(90, 190), "#39533f", "#a5a765")
    for x, y, w, h in (
        (60, 700, 90, 52),
        (190, 712, 74, 44),
        (1300, 700, 100, 56),
        (1440, 712, 80, 50),
    ):
        house(c, x, y, w, h, "#d8b88f", "#967866")
    for _ in range(11):
        x = c.rng.uniform(1230, 1600)
        poplar(c, x, 700 + c.rng.uniform(-8, 20), c.rng.uniform(80, 180), "#3f5a3f", "#b3ad67")
    # The bridge.
    deck = curve([(270, 716), (540, 668), (800, 650), (1060, 668), (1330, 716)])
    spans = [(360, 500), (540, 740), (790, 1000), (1045, 1190)]
    c.fill([*deck, (1330, 770), (1250, 800), (350, 800), (270, 770)], "#8d7a70", "#544c57", 8)
    for x0, x1 in spans:
        mid, half = (x0 + x1) / 2, (x1 - x0) / 2
        top = 700 + abs(mid - 800) * 0.075
        hole = (
            [(x0, 806)]
            + [
                (
                    mid - half * math.cos(math.pi * t / 16),
                    800 - (800 - top) * math.sin(math.pi * t / 16) ** 0.8,
                )
                for t in range(17)
            ]
            + [(x1, 806)]
        )
        c.fill([(x - 7, y - 6) for x, y in hole], "#a7927f", "#6b5f62")
        c.fill(hole, "#f1d9b0", "#87a3a3", 3)
        c.fill([(x0, 806), *hole[1:6], (x0 + half * 0.5, 806)], "#6d6265", "#4d5a68", 0, 0.75)
    for x0, x1 in ((500, 540), (740, 790), (1000, 1045)):
        c.fill(
            [(x0 - 10, 812), (x0 - 4, 748), (x1 - 8, 748), (x1 + 8, 812)], "#9a8776", "#544c57", 5
        )
        c.soft(
            [[(x0 - 10, 812), (x1 + 8, 812), (x1 - 12, 900), (x0 - 36, 900)]], "#44606d", 0.5, 12
        )
    c.soft([[(320, 806), (1250, 806), (1200, 850), (380, 850)]], "#3f5b68", 0.5, 14)
    c.line([(x, y - 9) for x, y in deck], "#d8c3a2", 7)
    c.line([(x, y + 6) for x, y in deck], "#6d5f60", 3)
    for n in range(6, len(deck) - 6, 4):
        x, y = deck[n]
        c.box(x - 4, y - 19, x + 4, y - 6, "#c4ad8e")
    c.box(757, 716, 768, 812, "#f5efe0")
    for n in range(9):
        c.box(757, 722 + n * 10, 763, 725 + n * 10, "#3b3f4c")
    person(c, 700, 655, 44, "#e7d9bf", wear="turban", head="#c9513b", shadow=(-0.5, 0.1))
    for y, a in ((640, 0.5), (700, 0.35)):
        c.soft(
            [ring(c.rng.uniform(200, 1400), y, c.rng.uniform(160, 330), 13) for _ in range(6)],
            "#fff3dc",
            a,
            18,
        )
    for _ in range(26):
        x, h = c.rng.uniform(0, 330), c.rng.uniform(30, 90)
        c.line(
            [(x, 1000), (x + c.rng.uniform(-14, 14), 1000 - h)],
            c.rng.choice(["#2f4636", "#6d7a48", "#3d5640"]),
            3,
        )
    birds(c, 1010, 250, 7, 12, "#5d6578")


def reservoir_dam(c: Canvas) -> None:
    c.sky((0, "#6fa7c7"), (0.35, "#bcd7da"), (0.55, "#f2ead2"), (1, "#eedcb8"))
    c.cloud(420, 120, 620, 90, "#fdf8ec", 0.7)
    c.cloud(1240, 170, 460, 70, "#fdf8ec", 0.6)
    c.mountain(keys(c, 11, 215, 320, 0.3), "#93acc0", "#d8d8cb", "#7b98b3", foot=460)
    c.veil("#eee7d2", 280, 420, 0, 0.6)
    c.mountain(keys(c, 9, 270, 370, 0.3), "#8c9784", "#c9bd96", "#6f8079", foot=480)
    c.veil("#efe3c4", 330, 450, 0, 0.5)
    # Lake.
    c.fill([(0, 420), (WIDE, 420), (WIDE, HIGH), (0, HIGH)], "#a9d3cf", "#1f7f8d", 5)
    for n in range(120):
        y = 428 + (n / 120) ** 1.6 * 300
        x = c.rng.uniform(200, 1400)
        half = c.rng.uniform(20, 90) * (0.25 + (y - 420) / 260)
        c.poly(
            [(x - half, y), (x, y - 1), (x + half, y), (x, y + 1.4 + half * 0.012)],
            c.rng.choice(["#d9efe6", "#6fb7b8", "#3c96a0"]),
        )
    # Left and right hills with the pale band of the drained shore.
    left = [(-20, 300), (150, 330), (330, 392), (470, 452), (540, 520), (505, 610), (420, 720)]
    right = [
        (1640, 250),
        (1450, 310),
        (1260, 372),
        (1120, 428),
        (1085, 470),
        (1150, 540),
        (1290, 640),
    ]
    for line, side in ((left, -1), (right, 1)):
        shore = curve(line)
        wide = [(x - side * (28 + (y - 300) * 0.1), y + 16 + (y - 280) * 0.09) for x, y in shore]
        edge = -20 if side < 0 else 1640
        c.fill([*wide, (edge, 1010), (edge, line[0][1])], "#f0dfbb", "#d9bd8d", 8)
        for k in range(4):
            c.line(
                [
                    (
                        x - side * (5 + k * 6 + (y - 300) * 0.02 * k),
                        y + 5 + k * (3 + (y - 300) * 0.018),
                    )
                    for x, y in shore
                ],
                "#c7a878",
                1.4,
            )
        c.fill([*shore, (edge, 1010), (edge, line[0][1])], "#a08f62", "#5f5b3e", 10)
        for _ in range(90):
            x, y = shore[c.rng.randrange(len(shore))]
            x += side * c.rng.uniform(10, 330)
            y += c.rng.uniform(-10, 130)
            if not -20 < x < 1620 or y < 300 + abs(800 - x) * -0.02:
                continue
            r = 5 + (y - 300) * 0.03
            if (side < 0 and y > 330 + x * 0.36) or (side > 0 and y > 300 + (1640 - x) * 0.36):
                c.soft([ring(x + r, y + r * 0.8, r * 1.8, r * 0.5)], "#3a3826", 0.5, 3)
                for _ in range(6):
                    dx, dy = c.rng.uniform(-1, 1) * r, c.rng.uniform(-0.7, 0.5) * r
                    tone = mix("#46563a", "#98a060", max(0, 0.45 - (dx + dy) / (2.6 * r)))
                    c.oval(x + dx, y + dy, r * 0.7, r * 0.55, tone)
    # Drowned walls.
    for x, y, w in ((640, 560, 60), (720, 575, 44), (585, 600, 70), (690, 612, 54)):
        c.soft([ring(x + w / 2, y + 6, w * 0.8, 7)], "#d9c193", 0.8, 5)
        c.fill(
            [
                (x, y),
                (x, y - w * 0.3),
                (x + w * 0.3, y - w * 0.36),
                (x + w * 0.34, y - w * 0.14),
                (x + w * 0.8, y - w * 0.2),
                (x + w, y - w * 0.32),
                (x + w, y),
            ],
            "#cfae7d",
            "#8e7250",
            5,
        )
        c.box(x + w * 0.42, y - w * 0.12, x + w * 0.6, y, "#5e5040")
    for n in range(7):
        x = 560 + n * 34
        c.line([(x, 545), (x + c.rng.uniform(-3, 3), 545 - c.rng.uniform(12, 30))], "#6a5a48", 3)
    # The dam: a broad curved wall in the foreground, falling to the right.
    crest = curve(
        [(330, 1010), (470, 820), (680, 735), (940, 708), (1200, 690), (1420, 662), (1660, 600)], 20
    )
    inner = [(x + 8, y - 26 - (y - 640) * 0.05) for x, y in crest]
    c.fill([*crest, (1660, 1010)], "#d8cdb9", "#8c8580", 8)
    for n in range(8, len(crest) - 2, 7):
        x, y = crest[n]
        c.line([(x, y + 4), (x + 62 + (x - 800) * 0.05, 1010)], "#b3a999", 3)
    c.soft(
        [[(x, y + 4) for x, y in crest] + [(x + 16, y + 44) for x, y in crest[::-1]]],
        "#5c5862",
        0.5,
        10,
    )
    c.fill([*inner, *crest[::-1]], "#f3ecdd", "#d5cbb9", 3)
    c.line(inner, "#9c9388", 3)
    c.line(crest, "#fbf6ea", 4)
    for n in range(6, len(inner), 5):
        x, y = inner[n]
        h = 14 + (y - 600) * 0.06
        c.line([(x, y), (x, y - h)], "#6b655f", 2)
        c.oval(x, y - h, 3, 3, "#fff4d0")
    for n in range(4):
        x = 1120 + n * 62
        y = 712 - n * 10
        c.fill([(x, y + 60), (x, y), (x + 34, y - 4), (x + 34, y + 56)], "#6b6a70", "#3f444e")
        c.fill(
            [(x + 3, y + 50), (x + 31, y + 46), (x + 62 + n * 4, 1010), (x - 2 + n * 4, 1010)],
            "#f4fafa",
            "#a9cdd2",
            6,
        )
    c.soft([ring(1240 + n * 55, 985, 80, 36) for n in range(5)], "#ffffff", 0.9, 20)
    person(c, 742, 715, 56, "#7c3f4c", wear="shawl", shadow=(0.5, 0.08))
    person(c, 776, 713, 60, "#e4d8c0", wear="turban", shadow=(0.5, 0.08))
    birds(c, 860, 340, 6, 12, "#52616a")


def glacier_lake(c: Canvas) -> None:
    c.sky((0, "#2f6f9f"), (0.3, "#7fb0cb"), (0.5, "#d8e4e2"), (1, "#e9e6d8"))
    c.cloud(1180, 130, 460, 70, "#ffffff", 0.7)
    c.mountain(
        [
            (-100, 300),
            (90, 170),
            (230, 240),
            (420, 40),
            (560, 210),
            (690, 130),
            (830, 280),
            (1010, 90),
            (1150, 230),
            (1330, 60),
            (1500, 250),
            (1700, 150),
        ],
        "#5f7d9a",
        "#a9b9c2",
        "#3f5f85",
        ("#ffffff", "#a9c3dc", 170),
        foot=620,
        ribs=6,
    )
    c.veil("#dfe9ea", 330, 560, 0, 0.55)
    # The glacier tongue.
    left = [(566, 216), (640, 300), (560, 380), (640, 450), (540, 530), (466, 600)]
    right = [(640, 170), (740, 290), (700, 370), (830, 440), (900, 520), (1066, 600)]
    c.fill([*curve(left), *curve(right)[::-1]], "#f7fbfb", "#bcd8e2", 8)
    for _ in range(44):
        t = c.rng.random()
        y = 330 + 250 * t
        x0 = 650 - 60 * t + c.rng.uniform(0.15, 0.75) * (60 + 330 * t)
        r = 7 + 24 * t
        c.line(
            jag(
                [(x0 - r, y + c.rng.uniform(-4, 6)), (x0 + r, y + c.rng.uniform(-6, 4))],
                c.rng,
                0.2,
                3,
            ),
            c.rng.choice(["#8fb9cf", "#dff0f2", "#6f9fbd"]),
            1 + 2.6 * t,
        )
    c.fill(
        [
            *jag([(468, 560), (640, 552), (820, 560), (1066, 556)], c.rng, 0.08),
            (1070, 620),
            (462, 620),
        ],
        "#e6f4f5",
        "#6fb0c6",
        10,
    )
    for n in range(30):
        x = 470 + n * 20
        c.line(
            [(x, 560), (x + c.rng.uniform(-6, 6), 618)],
            c.rng.choice(["#5b9db9", "#f4fbfb", "#8cc3d4"]),
            3,
        )
    c.mountain(
        [(-100, 400), (160, 440), (330, 540), (500, 640)], "#6b6a68", "#8d8676", "#4d525a", foot=720
    )
    c.mountain(
        [(1000, 640), (1180, 540), (1400, 450), (1720, 370)],
        "#77736c",
        "#958c79",
        "#535860",
        foot=720,
        lit_left=False,
    )
    # Lake.
    c.fill([(0, 615), (WIDE, 615), (WIDE, HIGH), (0, HIGH)], "#8fd4d0", "#157f93", 6)
    c.soft([[(470, 615), (1060, 615), (980, 730), (560, 730)]], "#e9fbf8", 0.7, 26)
    c.soft(
        [
            [(0, 615), (440, 615), (300, 700), (0, 760)],
            [(1100, 615), (1600, 615), (1600, 760), (1260, 690)],
        ],
        "#2b5f6f",
        0.5,
        24,
    )
    for n in range(150):
        y = 624 + (n / 150) ** 1.5 * 250
        x = c.rng.uniform(40, 1560)
        half = c.rng.uniform(14, 70) * (0.3 + (y - 615) / 240)
        c.poly(
            [(x - half, y), (x, y - 1), (x + half, y), (x, y + 1 + half * 0.015)],
            c.rng.choice(["#c8efe8", "#5bb5bd", "#2f93a3"]),
        )
    for x, y, r in (
        (520, 668, 30),
        (760, 690, 46),
        (960, 660, 24),
        (640, 730, 30),
        (1120, 716, 36),
    ):
        top = jag(
            [(x - r, y), (x - r * 0.4, y - r * 0.8), (x + r * 0.3, y - r * 0.6), (x + r, y)],
            c.rng,
            0.15,
            3,
        )
        c.soft([ring(x, y + 10, r * 1.1, 9)], "#e6fbf8", 0.6, 6)
        c.fill(top, "#ffffff", "#a4d3de")
        c.poly(
            [(x + r * 0.1, y - r * 0.6), (x + r * 0.3, y - r * 0.6), (x + r, y), (x + r * 0.2, y)],
            "#8cc0d2",
        )
    # Moraine and the warning mast.
    c.ground(
        [(-20, 800), (260, 850), (620, 900), (1000, 880), (1320, 800), (1640, 740)],
        "#a09683",
        "#575049",
        14,
    )
    for _ in range(240):
        x = c.rng.uniform(0, 1600)
        y = (
            c.rng.uniform(0, 1) ** 0.7 * 150
            + 850
            + 50 * math.sin(x / 420)
            - max(0, x - 1000) * 0.16
        )
        r = 4 + (y - 780) * 0.09 * c.rng.uniform(0.4, 1.2)
        tint = c.rng.choice(["#8a8377", "#6d6962", "#b3a995", "#4f4c4b"])
        c.poly(
            jag(
                [
                    (x - r, y),
                    (x - r * 0.6, y - r * 0.7),
                    (x + r * 0.4, y - r * 0.8),
                    (x + r, y),
                    (x - r, y),
                ],
                c.rng,
                0.08,
                2,
            ),
            tint,
        )
        c.poly(
            [
                (x - r * 0.6, y - r * 0.65),
                (x + r * 0.3, y - r * 0.75),
                (x, y - r * 0.35),
                (x - r * 0.7, y - r * 0.25),
            ],
            mix(tint, "#fff2dc", 0.4),
        )
    for x in (1290, 1350):
        c.line([(x, 880), (1320, 560)], "#6f7580", 6)
    for n in range(7):
        y = 860 - n * 42
        w = 27 * (1 - n / 8)
        c.line([(1320 - w, y), (1320 + w, y - 26)], "#6f7580", 3)
    c.line([(1320, 580), (1320, 500)], "#6f7580", 5)
    c.poly([(1335, 640), (1420, 610), (1436, 668), (1352, 700)], "#22406b")
    c.line([(1344, 668), (1428, 640)], "#7fa0c8", 2)
    c.line([(1378, 626), (1394, 684)], "#7fa0c8", 2)
    for side in (-1, 1):
        c.poly(
            [(1320, 548), (1320 + side * 40, 530), (1320 + side * 40, 572), (1320, 556)], "#f0a02c"
        )
    c.oval(1320, 498, 8, 8, "#e2402e")
    person(c, 1200, 905, 108, "#b5432f", wear="shawl", shadow=(0.5, 0.06))


def river_valley_terraces(c: Canvas) -> None:
    c.sky((0, "#8cbad0"), (0.4, "#d5e2d8"), (0.6, "#f5e9c8"), (1, "#f5e9c8"))
    c.glow(360, 170, 420, "#fffbe8", 0.8)
    c.mountain(
        keys(c, 9, 150, 330, 0.3),
        "#8aa6bf",
        "#cfd8d0",
        "#6d8cab",
        ("#fbf8ef", "#c2d1dd", 80),
        foot=480,
    )
    c.veil("#e9ead8", 250, 440, 0, 0.6)
    c.mountain(
        [(-100, 300), (140, 250), (420, 390), (600, 350), (880, 480)],
        "#8f9a80",
        "#c6bd8e",
        "#6f8274",
        foot=560,
    )
    c.mountain(
        [(700, 470), (1000, 350), (1180, 400), (1420, 250), (1720, 330)],
        "#a08f76",
        "#cdb98a",
        "#7e786d",
        foot=560,
        lit_left=True,
    )
    c.veil("#efe6c2", 400, 530, 0, 0.55)
    c.ground([(-20, 500), (400, 490), (900, 505), (1640, 480)], "#b5b872", "#8a9a4e")
    greens = ("#7fa04c", "#a9ba5c", "#5f8a48", "#c9c468", "#8fae58", "#4f7d48", "#dccb70")
    for n in range(11):
        y = 512 + n * 22 + n * n * 2.3
        lift = 16 + n * 5
        edge = [
            (x, y + lift * 0.5 * math.sin(x / (170 + n * 12) + n * 1.3))
            for x in range(-20, 1661, 40)
        ]
        tone = greens[n % 7]
        c.fill(
            [*edge, (1660, 1010), (-20, 1010)],
            mix(tone, "#fff0b0", 0.18),
            mix(tone, "#2d4a30", 0.15),
            9,
        )
        c.line(edge, mix(tone, "#3a4a2a", 0.5), 2 + n * 0.5)
        c.line([(x, py - 2 - n * 0.3) for x, py in edge], mix(tone, "#fff6c8", 0.45), 1 + n * 0.2)
        for _k in range(6):
            x = c.rng.uniform(0, 1600)
            c.line([(x, y + 10), (x - 40 - n * 9, y + 40 + n * 6)], mix(tone, "#3a4a2a", 0.3), 1.2)
        if n in (1, 3, 5):
            for _ in range(13):
                x = c.rng.uniform(0, 1600)
                if abs(x - 850) > 130:
                    poplar(
                        c,
                        x,
                        y + lift * 0.5 * math.sin(x / (170 + n * 12) + n * 1.3) + 3,
                        c.rng.uniform(52, 84) * (1 + n * 0.16),
                        "#35573b",
                        "#a8b45c",
                    )
    for x, y, w in (
        (980, 560, 80),
        (1070, 575, 64),
        (1130, 560, 96),
        (1010, 596, 70),
        (260, 640, 110),
        (390, 654, 84),
    ):
        house(c, x, y, w, w * 0.5, "#dcba88", "#94725a")
    # The channel.
    stream = [
        (850, 500, 4),
        (830, 540, 7),
        (880, 590, 11),
        (820, 650, 17),
        (760, 730, 26),
        (860, 830, 42),
        (800, 1010, 78),
    ]
    a = curve([(x - r, y) for x, y, r in stream])
    b = curve([(x + r, y) for x, y, r in stream])
    c.fill([(x - 8, y) for x, y in a] + [(x + 8, y) for x, y in b[::-1]], "#c8ae78", "#7a6240", 6)
    c.fill([*a, *b[::-1]], "#eaf2e4", "#3f8fa0", 6)
    for n in range(20, len(a), 3):
        (x0, y), (x1, _) = a[n], b[n]
        m = x0 + (x1 - x0) * c.rng.uniform(0.25, 0.75)
        r = (x1 - x0) * 0.13
        c.line([(m - r, y), (m + r, y + 1)], "#f4fbf2", 1.5)
    # Spoil rings of the tunnel wells, up the slope.
    for n in range(6):
        t = n / 8
        x, y, r = 640 - t * 330, 880 - 345 * t**0.75, 34 * (1 - t) ** 1.3 + 5
        c.oval(x, y, r * 1.35, r * 0.55, "#8a6a46")
        c.oval(x - r * 0.08, y - r * 0.12, r * 1.2, r * 0.45, "#d3b07a")
        c.oval(x, y - r * 0.12, r * 0.6, r * 0.22, "#2e2622")
    person(c, 574, 886, 120, "#e6dac2", wear="turban", head="#5c7f92", shadow=(0.5, 0.08))
    person(c, 700, 900, 112, "#5d6f54", wear="cap", shadow=(0.5, 0.08))
    for x in (612, 668):
        c.line([(x, 878), (640, 786)], "#4e3826", 7)
    c.line([(640, 790), (640, 872)], "#e8dcc0", 2)
    c.oval(640, 790, 9, 9, "#3f2d20")
    tree(c, 1420, 930, 380, "#2f5236", "#a4b551", "#5a402c")
    tree(c, 90, 960, 330, "#33573a", "#b0ba58", "#5a402c")
