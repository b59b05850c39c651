"""Pictures of trucks, a bicycle and a border."""

# ruff: noqa: PLR0915

import math

from .brush import HIGH, WIDE, Canvas, arch, curve, keys, mix, ring
from .props import birds, house, person, poplar, tree, truck_front, truck_side


def border_gate(c: Canvas) -> None:
    c.sky((0, "#c7a77f"), (0.3, "#e6c99b"), (0.55, "#f7e4bd"), (1, "#f0d3a0"))
    c.glow(1180, 190, 520, "#fff7de", 0.85)
    c.mountain(keys(c, 9, 150, 300, 0.3), "#b39a8c", "#e0c39c", "#95807c", foot=520, lit_left=False)
    c.veil("#f3dcb0", 230, 420, 0, 0.6)
    c.mountain(
        [(-100, 200), (90, 130), (260, 290), (430, 260), (640, 430), (860, 520)],
        "#93755f",
        "#cfa577",
        "#6f564e",
        foot=700,
        lit_left=False,
        ribs=7,
    )
    c.mountain(
        [(720, 520), (900, 430), (1080, 380), (1260, 270), (1400, 300), (1720, 90)],
        "#a98464",
        "#d6ad7c",
        "#7d6252",
        foot=700,
        lit_left=False,
        ribs=7,
    )
    c.veil("#efd2a0", 400, 600, 0, 0.55)
    c.fill([(0, 560), (WIDE, 560), (WIDE, HIGH), (0, HIGH)], "#e2bd8a", "#a9794e", 12)
    # Fort and gate at the head of the road.
    for x, y, w in ((220, 560, 120), (350, 572, 90), (1200, 560, 130)):
        house(c, x, y, w, w * 0.5, "#d8b07d", "#8f6b50")
    for x in (560, 930):
        c.fill([(x, 580), (x + 6, 420), (x + 84, 420), (x + 90, 580)], "#d9b27f", "#94704f", 6)
        c.fill(
            [(x + 60, 580), (x + 56, 420), (x + 84, 420), (x + 90, 580)], "#8d694f", "#6b4e40", 4
        )
        for n in range(4):
            c.box(x + 6 + n * 21, 404, x + 20 + n * 21, 422, "#e4c08d")
        c.poly(arch(x + 30, x + 56, 520, 480, 12), "#4a382f")
    c.fill([(640, 470), (640, 424), (940, 424), (940, 470)], "#c59d6e", "#9c7753", 4)
    c.fill([(640, 500), (640, 468), (940, 468), (940, 500)], "#2c6b4c", "#1f4d3b")
    for n in range(9):
        c.box(662 + n * 29, 478, 680 + n * 29, 490, "#e9e0c6")
    for x, paint in ((604, "#1f7a4c"), (974, "#8f2b2b")):
        c.line([(x, 404), (x, 330)], "#5d4a3d", 3)
        c.poly(
            curve(
                [(x, 332), (x + 24, 328), (x + 46, 338), (x + 46, 362), (x + 22, 354), (x, 358)], 6
            ),
            paint,
        )
    c.fill([(650, 500), (930, 500), (930, 580), (650, 580)], "#f6e2b8", "#d8b686", 3)
    c.fill([(700, 560), (880, 560), (1500, 1010), (150, 1010)], "#c7a27a", "#86654d", 10)
    for n in range(34):
        t = n / 34
        y = 570 + 430 * t**1.6
        x = 790 + c.rng.uniform(-1, 1) * (80 + 500 * t)
        c.line(
            [(x - 10 - 40 * t, y), (x + 10 + 40 * t, y + 2)],
            c.rng.choice(["#dcbb8f", "#6f523f"]),
            1 + 2 * t,
        )
    for n in range(10):
        a, b = 660 + n * 26, 686 + n * 26
        c.poly(
            [(a, 546 - n), (b, 545 - n), (b, 553 - n), (a, 554 - n)],
            "#d23a2c" if n % 2 else "#f6efdf",
        )
    # The queue, far to near.
    bases = ("#c5362c", "#2a6f8f", "#c5872c", "#4c7a3f", "#8d3a6b", "#d9622c")
    for n in range(9):
        t = (n + 1) / 9
        s = 0.18 + 1.2 * t**1.9
        truck_front(
            c, 690 - 380 * t**1.7, 578 + 330 * t**1.55, s, bases[n % 6], 0.5 * (1 - t), "#e6c694"
        )
    for n in range(4):
        t = (n + 1) / 4
        s = 0.2 + 0.6 * t**1.8
        truck_front(
            c,
            960 + 330 * t**1.3,
            585 + 210 * t**1.4,
            s,
            bases[(n + 3) % 6],
            0.5 * (1 - t),
            "#e6c694",
            side=-1,
        )
    for x, y, h, robe, wear in (
        (800, 640, 54, "#e8dcc4", "cap"),
        (836, 650, 56, "#5a6f7c", "turban"),
        (770, 740, 92, "#6b5a45", "turban"),
        (990, 800, 124, "#e4d7ba", "turban"),
        (1050, 812, 120, "#7c3f36", "cap"),
        (860, 880, 150, "#3f6272", "turban"),
        (940, 660, 60, "#a8442f", "shawl"),
    ):
        person(c, x, y, h, robe, wear=wear, shadow=(-0.7, 0.16))
    c.oval(1022, 828, 30, 10, "#5d4636")
    c.line([(1018, 806), (1018, 824)], "#c9c2b2", 12)
    c.veil("#f2d5a2", 540, 680, 0.25, 0)
    birds(c, 420, 220, 6, 13, "#6d5a50")


def painted_truck(c: Canvas) -> None:
    c.sky((0, "#8fbcc9"), (0.35, "#dbe3cf"), (0.6, "#f3deae"), (1, "#e2bd84"))
    c.glow(260, 130, 420, "#fffbe0", 0.8)
    # The yard wall, workshop roofs and a tree.
    tree(c, 1430, 560, 460, "#3a6040", "#a8b558", "#5d432f")
    c.fill([(0, 640), (0, 380), (420, 380), (420, 640)], "#c9a270", "#a67b54", 4)
    c.fill([(-10, 392), (60, 330), (470, 330), (432, 392)], "#8fa0a0", "#667a80", 6)
    for n in range(14):
        c.line([(70 + n * 28, 332), (2 + n * 31, 390)], "#5f7278", 2)
    c.fill([(30, 640), (30, 430), (390, 430), (390, 640)], "#4a3830", "#5f4636", 6)
    for n in range(5):
        x = 56 + n * 66
        c.box(x, 470, x + 50, 476, "#7a5a40")
        for k in range(4):
            c.box(
                x + k * 12,
                450,
                x + k * 12 + 9,
                470,
                c.rng.choice(["#d2372c", "#f0b323", "#1f7a5c", "#2456a6", "#e8702a", "#f4e9cf"]),
            )
    c.glow(210, 480, 160, "#ffca78", 0.6)
    c.oval(210, 452, 8, 10, "#fff2c4")
    c.fill([(420, 640), (420, 470), (1600, 450), (1600, 640)], "#dcb685", "#b98c5e", 4)
    c.fill([(420, 476), (420, 462), (1600, 440), (1600, 456)], "#eccb98", "#cfa874")
    for _ in range(12):
        x, y = c.rng.uniform(440, 1580), c.rng.uniform(490, 620)
        c.box(
            x,
            y,
            x + c.rng.uniform(20, 60),
            y + 9,
            mix("#dcb685", "#8f6444", c.rng.uniform(0.2, 0.5)),
        )
    c.fill([(0, 630), (WIDE, 630), (WIDE, HIGH), (0, HIGH)], "#dfba86", "#9a6d46", 7)
    c.soft([[(0, 636), (430, 636), (520, 690), (0, 700)]], "#5a3a2c", 0.45, 12)
    c.specks(20, (0, 660, WIDE, 990), ["#8f6442", "#f2d6a4"], (2, 8))
    truck_side(c, 850, 856, 2.7, False, "#c5362c")
    c.soft([[(420, 436), (1010, 436), (1010, 470), (420, 480)]], "#fff6d0", 0.28, 16)
    # The painter on a box, with pots, ladder and a boy.
    c.soft([ring(340, 884, 120, 16)], "#4a2e24", 0.6, 8)
    c.fill([(288, 884), (288, 806), (372, 806), (372, 884)], "#9a6a40", "#63412a", 4)
    person(c, 330, 812, 270, "#e9dfc8", wear="cap", head="#f7f2e4", shadow=None, stride=0.02)
    c.line([(352, 610), (402, 590), (428, 574)], "#d8cbb0", 21)
    c.oval(432, 572, 12, 11, "#9c6b4a")
    c.line([(430, 576), (462, 556)], "#5a3a24", 5)
    c.oval(464, 554, 6, 4, "#f0b323")
    for x, y, paint in (
        (190, 900, "#d2372c"),
        (236, 918, "#f0b323"),
        (150, 926, "#1f7a5c"),
        (206, 944, "#2456a6"),
        (262, 950, "#f4e9cf"),
    ):
        c.soft([ring(x + 14, y + 4, 34, 8)], "#4a2e24", 0.55, 4)
        c.fill([(x - 19, y), (x - 19, y - 36), (x + 19, y - 36), (x + 19, y)], "#d9d4c8", "#8f8a84")
        c.oval(x, y - 36, 19, 6, paint)
        c.poly([(x + 4, y - 34), (x + 12, y - 34), (x + 10, y - 14), (x + 6, y - 16)], paint)
    person(c, 1440, 910, 200, "#4f7590", wear="bare", shadow=(0.5, 0.06), stride=0.05)
    c.fill([(1462, 810), (1462, 776), (1502, 776), (1502, 810)], "#e2ddd0", "#8f8a84")
    c.oval(1482, 776, 20, 6, "#e8702a")
    for x in (1520, 1572):
        c.line([(x, 900), (x - 30, 480)], "#8a5f38", 9)
    for n in range(9):
        c.line([(1516 - n * 3, 860 - n * 44), (1568 - n * 3, 860 - n * 44)], "#a8764a", 7)
    for x, y, r, paint in (
        (560, 940, 22, "#d2372c"),
        (610, 958, 14, "#2456a6"),
        (1180, 950, 18, "#f0b323"),
        (1060, 970, 12, "#1f7a5c"),
        (480, 966, 11, "#e8702a"),
    ):
        c.poly(
            curve(
                [
                    (
                        x + r * math.cos(a) * c.rng.uniform(0.7, 1.3),
                        y + r * 0.35 * math.sin(a) * c.rng.uniform(0.7, 1.3),
                    )
                    for a in (0, 0.9, 1.8, 2.7, 3.6, 4.5, 5.4, 6.28)
                ],
                5,
            ),
            paint,
        )


def bicycle_books(c: Canvas) -> None:
    c.sky((0, "#8ab4c8"), (0.3, "#d3dccb"), (0.5, "#f9e4b0"), (1, "#f9e4b0"))
    c.glow(1260, 330, 560, "#fff6d0", 0.95, 380)
    c.cloud(480, 140, 560, 70, "#fdf6e2", 0.7)
    c.mountain(
        keys(c, 11, 270, 380, 0.3), "#93a8b8", "#e2d2ac", "#7d94aa", foot=520, lit_left=False
    )
    c.veil("#f6e2b0", 330, 480, 0, 0.6)
    c.mountain(keys(c, 9, 380, 460, 0.3), "#8f9678", "#d3c08a", "#748168", foot=580, lit_left=False)
    c.veil("#f3dca2", 430, 560, 0, 0.5)
    c.ground([(-20, 540), (500, 528), (1000, 544), (1640, 524)], "#c9bd68", "#8a964c", 8)
    for n in range(5):
        y = 560 + n * 20
        c.line(
            [(x, y + 6 * math.sin(x / 150 + n)) for x in range(-20, 1660, 40)],
            c.rng.choice(["#7a8a44", "#e2d07c"]),
            3,
        )
    for _ in range(15):
        poplar(
            c,
            c.rng.uniform(0, 1600),
            566 + c.rng.uniform(-8, 16),
            c.rng.uniform(90, 200),
            "#46683f",
            "#c4b85c",
        )
    # The village wall along the road.
    c.fill([(-20, 700), (-20, 470), (420, 506), (640, 530), (640, 650)], "#c9986a", "#94694a", 8)
    c.fill([(-20, 476), (-20, 458), (420, 496), (640, 522), (640, 534)], "#f0d2a0", "#d8b07a")
    c.poly(arch(120, 230, 690, 580, 36), "#6a4a3a")
    c.fill([(136, 686), (136, 590), (174, 576), (174, 684)], "#2f7f86", "#1f5a64")
    house(c, 300, 520, 190, 96, "#e6c08e", "#a5805e")
    house(c, 40, 480, 150, 90, "#e0b884", "#9a7658")
    tree(c, 560, 650, 300, "#3a6240", "#b5ba58", "#5d432f")
    c.fill(
        [(640, 640), (1640, 590), (1640, HIGH), (-20, HIGH), (-20, 690)], "#ecc98e", "#b07f50", 12
    )
    for n in range(5):
        y = 700 + n * n * 14
        c.line(
            [(-20, y + 30), (700, y + 6), (1640, y - 24)],
            c.rng.choice(["#d8ac70", "#f6deaa", "#a8764a"]),
            2 + n * 0.4,
        )
    c.specks(120, (0, 720, WIDE, 992), ["#9a6d44", "#f6dfae", "#8a8a4c"], (2, 9))
    # Bicycle: wheels at a and b.
    ax, bx, y, r = 640, 1000, 800, 112
    c.soft(
        [[(ax - 130, 908), (bx + 110, 900), (bx - 60, 960), (ax - 420, 968)]], "#5a3a2a", 0.6, 10
    )
    for x in (ax, bx):
        for wide, paint in ((15, "#2b2628"), (5, "#b9b4aa")):
            c.line(
                [
                    *ring(x, y, r, r, 60),
                    (x + r, y),
                    (x + r * math.cos(0.12), y + r * math.sin(0.12)),
                ],
                paint,
                wide,
            )
        for k in range(18):
            a = math.tau * k / 18
            c.line(
                [
                    (x + 8 * math.cos(a), y + 8 * math.sin(a)),
                    (x + (r - 6) * math.cos(a), y + (r - 6) * math.sin(a)),
                ],
                "#8f8a82",
                1.5,
            )
        c.oval(x, y, 11, 11, "#4a4648")
        c.line(
            [
                (x + (r + 15) * math.cos(a / 10), y + (r + 15) * math.sin(a / 10))
                for a in range(-30, -6)
            ],
            "#1f5a64",
            7,
        )
    crank, seat, head = (800, 812), (760, 640), (940, 630)
    for a, b in (
        ((ax, y), crank),
        ((ax, y), (768, 666)),
        (crank, seat),
        (crank, (944, 668)),
        ((766, 662), head),
        (head, (bx, y)),
    ):
        c.line([a, b], "#1f5a64", 11)
        c.line([(a[0] - 2, a[1] - 2), (b[0] - 2, b[1] - 2)], "#5fa0a4", 3)
    c.line([(940, 640), (930, 590), (890, 580)], "#6f6a66", 8)
    c.oval(888, 580, 9, 8, "#2b2628")
    c.oval(936, 584, 13, 12, "#e0bc62")
    c.poly(
        curve([(716, 636), (740, 622), (800, 630), (806, 642), (760, 650), (716, 636)], 6),
        "#4a3026",
    )
    c.oval(*crank, 26, 26, "#3a3638")
    c.oval(*crank, 14, 14, "#8f8a82")
    c.line([(ax, y - 10), (crank[0], crank[1] - 24)], "#3a3638", 3)
    c.line([(ax, y + 10), (crank[0], crank[1] + 24)], "#3a3638", 3)
    # Boxes of books over the rear wheel.
    c.line([(560, 680), (750, 680)], "#4a4648", 9)
    for x0, x1, top, low in ((530, 650, 590, 700), (560, 700, 480, 588)):
        tilt = c.rng.uniform(-4, 4)
        c.fill(
            [(x0, low), (x0, top + 26), (x1, top + 26 + tilt), (x1, low + tilt)],
            "#c08a52",
            "#8a5a34",
            6,
        )
        x = x0 + 6.0
        while x < x1 - 14:
            w = c.rng.uniform(10, 19)
            h = c.rng.uniform(28, 58)
            tint = c.rng.choice(
                ["#a83a2f", "#2f5f7a", "#d9a441", "#3f6b4f", "#f0e6cc", "#6d3f5f", "#c4703c"]
            )
            c.box(x, top + 30 - h, x + w - 1.5, top + 34, tint)
            c.box(x, top + 30 - h, x + 3, top + 34, mix(tint, "#fff0c8", 0.4))
            x += w
        c.fill(
            [
                (x0 - 4, top + 62),
                (x0 - 4, top + 30),
                (x1 + 4, top + 30 + tilt),
                (x1 + 4, top + 62 + tilt),
            ],
            "#d8a468",
            "#a5744a",
            4,
        )
        c.line([(x0, top + 84), (x1, top + 84 + tilt)], "#6a4428", 3)
    # The rider.
    c.line([(770, 640), (840, 700), (826, 836)], "#cbb98e", 40)
    c.poly([(796, 838), (850, 838), (862, 856), (800, 858)], "#4a3026")
    c.line([(770, 636), (856, 660), (790, 790)], "#efe3c4", 42)
    c.poly([(764, 786), (812, 786), (836, 806), (768, 810)], "#5a3a2c")
    c.fill(
        curve(
            [
                (716, 650),
                (708, 580),
                (736, 490),
                (780, 446),
                (826, 452),
                (846, 500),
                (820, 580),
                (816, 652),
                (760, 668),
                (716, 650),
            ],
            8,
        ),
        "#f6ecd2",
        "#cdb88a",
        4,
    )
    c.fill(
        curve(
            [
                (740, 500),
                (780, 452),
                (826, 456),
                (842, 500),
                (818, 560),
                (806, 640),
                (770, 640),
                (776, 560),
            ],
            8,
        ),
        "#5f6b54",
        "#3a4638",
        4,
    )
    c.line([(812, 490), (864, 540), (892, 576)], "#e6d8b4", 25)
    c.oval(893, 577, 13, 12, "#9c6b4a")
    c.poly([(790, 450), (786, 420), (816, 420), (816, 456)], "#8a5c40")
    c.oval(806, 392, 33, 39, "#a5714e")
    c.poly(
        curve([(790, 420), (812, 430), (836, 414), (834, 398), (820, 416), (800, 414)], 5),
        "#3a2c28",
    )
    c.poly(
        curve(
            [
                (768, 392),
                (764, 362),
                (790, 340),
                (830, 344),
                (846, 366),
                (838, 380),
                (800, 372),
                (782, 394),
            ],
            6,
        ),
        "#f6f0de",
    )
    c.line(curve([(768, 378), (800, 352), (842, 366)], 6), "#cfc2a2", 4)
    c.poly(
        curve([(770, 384), (756, 410), (752, 460), (770, 470), (778, 430), (782, 394)], 5),
        "#e6dcc2",
    )
    c.oval(836, 394, 4, 5, "#8a5c40")
    # Children running out.
    for x, yy, h, robe in (
        (1230, 800, 170, "#b5432f"),
        (1330, 850, 188, "#3f7a92"),
        (1440, 810, 172, "#d9a441"),
        (200, 800, 150, "#6d4a6b"),
    ):
        person(
            c,
            x,
            yy,
            h,
            robe,
            wear="bare" if robe != "#d9a441" else "shawl",
            shadow=(-0.8, 0.16),
            stride=0.13,
        )
        if robe != "#d9a441":
            c.line([(x - h * 0.12, yy - h * 0.74), (x - h * 0.28, yy - h * 1.02)], robe, h * 0.07)
            c.oval(x - h * 0.29, yy - h * 1.05, h * 0.04, h * 0.045, "#a5714e")
    c.veil("#f9e0a4", 560, 680, 0.3, 0)
