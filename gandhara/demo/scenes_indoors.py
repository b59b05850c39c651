"""Pictures of rooms."""

# ruff: noqa: PLR0912, PLR0915

import math

from .brush import HIGH, WIDE, Canvas, curve, jag, mix, ring
from .props import birds, flower, poplar


def conference_table(c: Canvas) -> None:
    c.sky((0, "#352b27"), (1, "#2b2422"))
    # Panelled wall and tall window light.
    for n in range(9):
        x = -40 + n * 190
        c.fill([(x, 0), (x + 178, 0), (x + 178, 640), (x, 640)], "#54463b", "#3b3430", 6)
        c.fill(
            [(x + 18, 60), (x + 160, 60), (x + 160, 560), (x + 18, 560)], "#634f3f", "#453a33", 6
        )
        c.line([(x + 18, 560), (x + 18, 60), (x + 160, 60)], "#7d6550", 3)
    c.fill([(540, 0), (1060, 0), (1060, 560), (540, 560)], "#e9ddc0", "#f6e7c2", 3)
    c.fill([(560, 0), (1040, 0), (1040, 540), (560, 540)], "#a9c6cf", "#f3e6c8")
    c.mountain(
        [(560, 400), (640, 330), (720, 390), (800, 300), (890, 370), (960, 330), (1040, 410)],
        "#8fa6b2",
        "#cfd2c2",
        "#7891a3",
        foot=540,
        lit_left=False,
    )
    c.fill([(560, 470), (1040, 462), (1040, 540), (560, 540)], "#7f9468", "#a6ab7c", 6)
    for n in range(8):
        poplar(
            c,
            590 + n * 60 + c.rng.uniform(-14, 14),
            520,
            c.rng.uniform(60, 110),
            "#40593f",
            "#9aa564",
        )
    for x in (560, 720, 880, 1040):
        c.box(x - 6, 0, x + 6, 545, "#f1e7d0")
    for y in (170, 360):
        c.box(560, y - 4, 1040, y + 4, "#f1e7d0")
    c.box(530, 540, 1070, 562, "#d9c8a6")
    for side in (-1, 1):
        x = 800 + side * 300
        folds = [
            (x - 74, 0),
            (x + 74, 0),
            (x + 60, 300),
            (x + 84, 640),
            (x - 84, 640),
            (x - 60, 300),
        ]
        c.fill(folds, "#8a2f33", "#5a1f2a", 5)
        for k in range(-3, 4):
            c.fill(
                [
                    (x + k * 22 - 5, 0),
                    (x + k * 22 + 5, 0),
                    (x + k * 24 + 7, 640),
                    (x + k * 24 - 7, 640),
                ],
                "#b1494a" if k % 2 else "#4c1722",
                "#7a2a31",
                0,
                0.7,
            )
    c.soft([[(560, 0), (1040, 0), (1500, 1000), (300, 1000)]], "#fff0cc", 0.13, 40)
    # Floor.
    c.fill([(0, 640), (WIDE, 640), (WIDE, HIGH), (0, HIGH)], "#6a3b34", "#3c2026", 8)
    c.soft([[(600, 650), (1000, 650), (1220, 760), (380, 760)]], "#e8b98a", 0.35, 30)

    def flag(x: float, stripes: list[str], kind: str, lean: int) -> None:
        c.line([(x, 700), (x, 120)], "#c79a4a", 9)
        c.line([(x - 2, 700), (x - 2, 120)], "#f0d290", 3)
        c.oval(x, 110, 13, 16, "#e6bc62")
        c.fill([(x - 44, 712), (x - 30, 694), (x + 30, 694), (x + 44, 712)], "#c79a4a", "#7a5a2c")
        width = 168
        for s, paint in enumerate(stripes):
            for k in range(16):
                a, b = k / 16, (k + 1) / 16
                u0, u1 = s / len(stripes), (s + 1) / len(stripes)

                def spot(across: float, down: float) -> tuple[float, float]:
                    spread = width * (0.42 + 0.58 * (1 - down) ** 0.7)
                    wave = 8 * math.sin(down * 7 + across * 5)
                    return (
                        x + lean * (across * spread * 0.9 + 6) + wave * across,
                        142
                        + across * 70 * (1 - down)
                        + down * 400
                        + 26 * across * math.sin(down * 3),
                    )

                if kind == "across":
                    quad = [spot(u0, a), spot(u1, a), spot(u1, b), spot(u0, b)]
                    fold = (u0 + u1) / 2
                else:
                    quad = [spot(a, u0), spot(b, u0), spot(b, u1), spot(a, u1)]
                    fold = (a + b) / 2
                light = 0.5 + 0.5 * math.sin(fold * 17 + (a if kind == "across" else u0) * 2.6)
                c.poly(quad, mix(paint, "#1a1528", 0.42 * light))

    flag(330, ["#f4efe2"] * 3 + ["#15603f"] * 9, "across", 1)
    flag(1270, ["#f4efe2"] * 3 + ["#2b57a5"] * 3 + ["#c4302e"] * 3, "across", -1)
    c.oval(428, 378, 27, 34, "#f2ede0")
    c.oval(437, 369, 24, 30, "#13503a")
    flower(c, 444, 362, 7, "#f2ede0", "#f2ede0")

    def chair(x: float, lean: int) -> None:
        c.soft([ring(x, 850, 130, 26)], "#1c1016", 0.6, 14)
        c.fill(
            curve(
                [
                    (x - 86, 810),
                    (x - 96, 560),
                    (x - 70, 470),
                    (x, 444),
                    (x + 70, 470),
                    (x + 96, 560),
                    (x + 86, 810),
                ],
                8,
            ),
            "#8a5a34",
            "#4a2d22",
            5,
        )
        c.fill(
            curve(
                [
                    (x - 64, 800),
                    (x - 72, 570),
                    (x - 52, 500),
                    (x, 478),
                    (x + 52, 500),
                    (x + 72, 570),
                    (x + 64, 800),
                ],
                8,
            ),
            "#2f6a5c" if lean > 0 else "#7a3038",
            "#173a36" if lean > 0 else "#431a24",
            5,
        )
        for row in range(4):
            for col in range(-1, 2):
                c.oval(x + col * 34 + (row % 2) * 17 - 8, 540 + row * 46, 4, 4, "#d8a95a")
        c.fill(
            curve(
                [
                    (x - lean * 60, 500),
                    (x - lean * 40, 488),
                    (x - lean * 50, 640),
                    (x - lean * 66, 780),
                    (x - lean * 76, 640),
                ],
                6,
            ),
            "#fff0cc",
            "#c08a5a",
            0,
            0.25,
        )
        for side in (-1, 1):
            c.fill(
                [
                    (x + side * 86, 700),
                    (x + side * 128, 690),
                    (x + side * 130, 716),
                    (x + side * 92, 730),
                ],
                "#b57c48",
                "#6a4228",
            )
            c.fill(
                [
                    (x + side * 116, 710),
                    (x + side * 128, 710),
                    (x + side * 122, 840),
                    (x + side * 110, 840),
                ],
                "#8a5a34",
                "#4a2d22",
            )

    chair(520, 1)
    chair(1080, -1)
    # Table.
    c.fill([(150, 770), (1450, 770), (1700, HIGH), (-100, HIGH)], "#a4683c", "#57301f", 9)
    c.fill([(150, 770), (1450, 770), (1458, 784), (142, 784)], "#e0ab70", "#c08a52")
    c.soft([[(620, 775), (980, 775), (1120, 1000), (480, 1000)]], "#ffe6b4", 0.42, 30)
    c.fill([(700, 775), (900, 775), (960, HIGH), (640, HIGH)], "#2d5a52", "#1b3a3a", 5)
    for x in (704, 896):
        c.line([(x, 776), (x + (x - 800) * 0.62, HIGH)], "#d8b060", 4)
    for x, lean in (
        (420, 1),
        (500, 1),
        (575, 1),
        (640, 0.6),
        (960, -0.6),
        (1025, -1),
        (1100, -1),
        (1180, -1),
    ):
        c.soft([ring(x - lean * 24, 866, 40, 9)], "#2a1414", 0.6, 6)
        c.oval(x, 860, 25, 9, "#26262c")
        c.oval(x, 857, 22, 7, "#4d4f58")
        neck = curve([(x, 857), (x + lean * 6, 800), (x - lean * 6, 758), (x - lean * 30, 730)], 8)
        c.line(neck, "#1d1d23", 6)
        c.line([(px - 1, py) for px, py in neck], "#6d707c", 2)
        head = [
            (x - lean * 24 - 9, 744),
            (x - lean * 30 - 12, 706),
            (x - lean * 32, 698),
            (x - lean * 30 + 14, 708),
            (x - lean * 20 + 10, 742),
        ]
        c.fill(curve([*head, head[0]], 5), "#5a5d68", "#1d1d23")
        c.oval(x - lean * 22, 745, 11, 4, "#c4302e")
    for x in (330, 700, 905, 1270):
        c.fill(
            [(x - 16, 906), (x - 20, 846), (x + 20, 846), (x + 16, 906)],
            "#e6f2f2",
            "#9fbfc4",
            0,
            0.8,
        )
        c.oval(x, 846, 20, 6, "#f7fcfb")
    for x, lean in ((455, 1), (1145, -1)):
        c.fill(
            [(x - 96, 940), (x - 76, 892), (x + 84, 892), (x + 100, 940)], "#fbf6e8", "#e0d6c0", 2
        )
        for n in range(4):
            c.line([(x - 66 - n * 3, 902 + n * 9), (x + 66 + n * 2, 902 + n * 9)], "#b9b2a6", 2)
        c.line([(x + lean * 20, 946), (x + lean * 92, 906)], "#1f2a44", 5)
    c.fill([(760, 880), (772, 830), (828, 830), (840, 880)], "#f0ead8", "#b9b0a0")
    for _ in range(34):
        fx, fy = c.rng.gauss(800, 58), c.rng.gauss(800, 24)
        flower(
            c,
            fx,
            fy,
            c.rng.uniform(9, 17),
            c.rng.choice(["#f6f1e4", "#f0c8b0", "#e0876f", "#f4dc9a"]),
            "#c98a3a",
        )
        c.line([(fx + 8, fy + 8), (fx + 18, fy + 16)], "#4f7a50", 4)


def bookbinder_table(c: Canvas) -> None:
    c.sky((0, "#4a3f3a"), (1, "#6a5444"))
    c.fill([(0, 0), (WIDE, 0), (WIDE, 680), (0, 680)], "#5d4d44", "#7a604c", 6)
    # The window and the rooftops beyond.
    c.fill([(180, 40), (720, 40), (720, 600), (180, 600)], "#8a6a4c", "#6a4c36", 4)
    c.fill([(210, 70), (690, 70), (690, 570), (210, 570)], "#bfd9de", "#fbe9c0")
    c.glow(520, 250, 320, "#fffbe4", 0.9)
    for x, y, w in (
        (210, 470, 110),
        (310, 500, 90),
        (560, 480, 130),
        (470, 520, 100),
    ):
        c.fill([(x, 570), (x, y), (x + w, y), (x + w, 570)], "#d8b58c", "#b58f6a", 4)
        c.box(x + 14, y + 20, x + 30, y + 44, "#7a5f52")
        c.box(x + 50, y + 20, x + 66, y + 44, "#7a5f52")
    c.poly(
        curve(
            [(380, 490), (372, 450), (400, 410), (430, 380), (460, 410), (488, 450), (480, 490)], 7
        ),
        "#c9a888",
    )
    c.line([(430, 384), (430, 356)], "#b8926c", 4)
    for x in (348, 512):
        c.fill([(x - 8, 520), (x - 6, 330), (x + 6, 330), (x + 8, 520)], "#d3b08c", "#b8926c")
        c.poly([(x - 10, 332), (x, 306), (x + 10, 332)], "#c09a74")
    for x in (330, 450, 570):
        c.box(x - 6, 70, x + 6, 570, "#7a5a3e")
    c.box(210, 250, 690, 262, "#7a5a3e")
    c.box(160, 590, 740, 622, "#a57c54")
    birds(c, 610, 160, 4, 13, "#7a8a92")
    # Shelves on the right.
    spines = (
        "#a83a2f",
        "#2f5f7a",
        "#d9a441",
        "#3f6b4f",
        "#e6d8b4",
        "#6d3f5f",
        "#c4703c",
        "#24405c",
    )
    for s in range(3):
        y = 200 + s * 180
        c.soft([[(880, y + 16), (1560, y + 16), (1560, y + 44), (880, y + 44)]], "#2a1d1a", 0.5, 8)
        x = 890.0
        while x < 1530:
            w, h = c.rng.uniform(18, 46), c.rng.uniform(92, 146)
            if c.rng.random() < 0.86:
                tint = mix(c.rng.choice(spines), "#3a2a24", 0.25)
                c.fill(
                    [(x, y), (x, y - h), (x + w, y - h), (x + w, y)],
                    mix(tint, "#ffe2ac", 0.12),
                    tint,
                    3,
                )
                c.box(x, y - h, x + 4, y, mix(tint, "#ffe6b4", 0.4))
                for t in (0.2, 0.8):
                    c.box(x, y - h * t - 2, x + w, y - h * t + 2, mix(tint, "#f0cc80", 0.6))
            x += w + 2
        c.fill([(870, y + 16), (870, y), (1570, y), (1570, y + 16)], "#b58456", "#7f5836")
    c.soft([[(210, 70), (690, 70), (1500, 960), (500, 960)]], "#fff0c4", 0.2, 34)
    # Table.
    c.fill([(0, 700), (WIDE, 660), (WIDE, HIGH), (0, HIGH)], "#c08a58", "#6a4028", 12)
    c.fill([(0, 712), (0, 698), (WIDE, 658), (WIDE, 672)], "#ecc08a", "#d8a468")
    for n in range(15):
        y = 720 + n * n * 1.4
        c.line(
            jag([(-20, y + 14), (500, y + 6), (1000, y - 4), (1640, y - 20)], c.rng, 0.006, 3),
            c.rng.choice(["#a06c42", "#d8a670"]),
            2,
        )
    c.soft([[(240, 740), (760, 720), (1160, 1000), (420, 1000)]], "#ffe8b8", 0.4, 30)
    # The press.
    c.soft([[(820, 850), (1260, 830), (1420, 890), (940, 910)]], "#33201a", 0.65, 12)
    c.fill([(820, 860), (820, 810), (1220, 800), (1220, 850)], "#8f6038", "#5a3a24", 6)
    for x in (850, 1180):
        c.fill(
            [(x - 20, 826), (x - 20, 470), (x + 20, 470), (x + 20, 826)], "#b07a48", "#6a4428", 5
        )
        c.box(x - 20, 470, x - 10, 826, "#d8a468")
    c.fill([(812, 506), (812, 452), (1220, 452), (1220, 506)], "#b98350", "#7a5030", 5)
    c.fill([(1000, 640), (1000, 380), (1032, 380), (1032, 640)], "#c9c4b8", "#7f7c78", 2)
    for n in range(17):
        c.line([(1000, 392 + n * 15), (1032, 386 + n * 15)], "#6f6c6a", 4)
    c.line([(900, 372), (1132, 360)], "#5f5c5c", 17)
    c.line([(900, 368), (1132, 356)], "#b9b6b0", 5)
    for x, y in ((900, 372), (1132, 360)):
        c.oval(x, y, 18, 18, "#8f3a2c")
        c.oval(x - 4, y - 5, 8, 7, "#c8644a")
    c.fill([(874, 676), (874, 640), (1158, 636), (1158, 672)], "#9a6a40", "#6a4428", 4)
    for n, paint in enumerate(("#7a2f34", "#24405c", "#3f6b4f", "#a5672c")):
        y = 812 - n * 34
        c.fill(
            [(890, y), (890, y - 32), (1140, y - 35), (1140, y - 3)],
            paint,
            mix(paint, "#1d1418", 0.3),
            2,
        )
        c.fill([(902, y - 5), (902, y - 26), (1140, y - 29), (1140, y - 9)], "#f4e8c8", "#d8c49a")
        for k in range(4):
            c.line([(902, y - 9 - k * 4), (1140, y - 12 - k * 4)], "#c4ae84", 1)
    # An open book being sewn, thread, needle, pot and stacks.
    c.soft([ring(560, 880, 240, 34)], "#3a241a", 0.55, 12)
    for side in (-1, 1):
        for k in range(5, -1, -1):
            lift = k * 5
            page = curve(
                [
                    (560, 880 - lift),
                    (560 + side * 70, 846 - lift),
                    (560 + side * 150, 842 - lift),
                    (560 + side * 232, 862 - lift),
                    (560 + side * 222, 786 - lift),
                    (560 + side * 140, 766 - lift),
                    (560 + side * 64, 772 - lift),
                    (560, 802 - lift),
                ],
                6,
            )
            c.fill(
                page, "#fffaea" if k == 5 else "#eadbb4", "#e6d4a8" if side > 0 else "#f6ead0", 0
            )
        for r in range(7):
            y = 782 + r * 8
            c.line(
                curve(
                    [
                        (560 + side * 24, y + 4),
                        (560 + side * 90, y - 22),
                        (560 + side * 190, y - 8),
                    ],
                    5,
                ),
                "#9a8a70",
                1.8,
            )
    c.line([(560, 776), (560, 856)], "#b59a6c", 3)
    c.line(
        curve([(560, 800), (600, 700), (690, 690), (740, 780), (700, 860), (640, 900)]),
        "#c8362c",
        3,
    )
    c.line([(640, 900), (600, 930)], "#e8e6e0", 4)
    c.soft([ring(770, 930, 44, 12)], "#3a241a", 0.6, 6)
    c.fill([(744, 930), (744, 872), (796, 872), (796, 930)], "#d8453a", "#8f2420")
    c.oval(770, 872, 30, 9, "#c9a070")
    c.oval(770, 930, 30, 9, "#a57c50")
    c.soft([ring(280, 880, 120, 20)], "#3a241a", 0.6, 10)
    c.fill(
        curve(
            [(190, 800), (180, 840), (200, 880), (270, 896), (340, 880), (360, 840), (350, 800)], 7
        ),
        "#8a8f94",
        "#3f4248",
        4,
    )
    c.oval(270, 800, 81, 20, "#b9bcbe")
    c.oval(270, 802, 70, 15, "#efe3c4")
    c.line([(300, 806), (372, 690)], "#a5744a", 12)
    c.line([(296, 806), (368, 690)], "#d8a670", 4)
    for x, y, n, s in ((100, 780, 5, 1.0), (1380, 850, 8, 1.25), (1540, 830, 5, 1.1)):
        c.soft([ring(x + 14, y + 4, 110 * s, 18)], "#33201a", 0.6, 8)
        for k in range(n):
            w = c.rng.uniform(72, 96) * s
            top = y - (k + 1) * 27 * s
            off = c.rng.uniform(-10, 10)
            tint = c.rng.choice(spines)
            c.fill(
                [
                    (x - w + off, top),
                    (x + w + off, top),
                    (x + w + off, top + 25 * s),
                    (x - w + off, top + 25 * s),
                ],
                mix(tint, "#ffe2ac", 0.12),
                mix(tint, "#2a1c1a", 0.25),
                2,
            )
            c.box(x - w + off + 10, top + 5 * s, x + w + off, top + 19 * s, "#ead9b0")
            for r in range(3):
                c.line(
                    [
                        (x - w + off + 10, top + (8 + r * 4) * s),
                        (x + w + off, top + (8 + r * 4) * s),
                    ],
                    "#c4ae84",
                    1,
                )
    c.fill([(1190, 960), (1180, 946), (1440, 906), (1446, 920)], "#c9c4b8", "#7f7c78")
    c.line([(1130, 968), (1186, 955)], "#5a3a26", 18)
