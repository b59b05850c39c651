"""Things that recur in the pictures: trees, houses, people, painted trucks."""

# ruff: noqa: PLR0915, PLR0917

from .brush import Canvas, Paint, curve, mix, placed, ring

FOLK = ("#a8442f", "#2f5d73", "#d9a441", "#e9dcc3", "#3f6b4f", "#6d4a6b", "#ded3c4", "#54616b")
GAUDY = ("#d2372c", "#f0b323", "#1f7a5c", "#2456a6", "#e8702a", "#f4e9cf", "#7a2f6b", "#2aa3a8")


def poplar(c: Canvas, x: float, y: float, high: float, dark: Paint, light: Paint) -> None:
    rng = c.rng
    wide = high * 0.11
    c.line([(x, y), (x, y - high * 0.3)], mix(dark, "#2a1d14", 0.4), max(1.2, high * 0.018))
    right, left = [], []
    for n in range(13):
        t = n / 12
        girth = wide * (1 - t) ** 0.55 * min(1, 0.35 + t * 4)
        right.append((x + girth * rng.uniform(0.75, 1.15), y - high * (0.1 + 0.9 * t)))
        left.append((x - girth * rng.uniform(0.75, 1.15), y - high * (0.1 + 0.9 * t)))
    c.poly([*left, *right[::-1]], dark)
    c.poly([*left, *[(x - wide * 0.05, py) for _, py in right[::-1]]], mix(dark, light, 0.65))
    for _ in range(int(high / 9)):
        t = rng.random()
        girth = wide * (1 - t) ** 0.55
        c.oval(
            x + rng.uniform(-0.9, 0.5) * girth,
            y - high * (0.12 + 0.85 * t),
            wide * 0.2,
            wide * 0.38,
            mix(dark, light, rng.uniform(0.2, 1)),
        )


def tree(
    c: Canvas, x: float, y: float, high: float, dark: Paint, light: Paint, trunk: Paint
) -> None:
    """A broad tree, lit from the upper left."""
    rng = c.rng
    w = high * 0.035
    c.poly(
        [
            (x - w * 1.6, y),
            (x - w * 0.7, y - high * 0.5),
            (x + w * 0.7, y - high * 0.5),
            (x + w * 1.5, y),
        ],
        trunk,
    )
    for side in (-1, 1):
        c.line([(x, y - high * 0.3), (x + side * high * 0.2, y - high * 0.62)], trunk, high * 0.025)
    blobs = []
    for _ in range(26):
        bx, by = rng.uniform(-1, 1), rng.uniform(-1, 1)
        if bx * bx + by * by < 1:
            blobs.append((x + bx * high * 0.4, y - high * 0.68 + by * high * 0.26))
    blobs += [
        (x, y - high * 0.7),
        (x - high * 0.2, y - high * 0.62),
        (x + high * 0.2, y - high * 0.6),
    ]
    for shift, share, size in ((0.05, 0.0, 0.15), (-0.01, 0.4, 0.115), (-0.05, 0.75, 0.075)):
        for bx, by in blobs:
            for _ in range(3):
                r = high * size * rng.uniform(0.5, 1)
                c.oval(
                    bx + high * (shift + rng.uniform(-0.07, 0.07)),
                    by + high * (shift + rng.uniform(-0.06, 0.06)),
                    r,
                    r * 0.8,
                    mix(dark, light, min(1, share + rng.uniform(-0.08, 0.12))),
                )
    for bx, by in blobs:
        for _ in range(4):
            c.oval(
                bx + high * rng.uniform(-0.17, 0.1),
                by + high * rng.uniform(-0.15, 0.08),
                high * 0.014,
                high * 0.009,
                mix(light, "#ffffff", rng.uniform(0, 0.25)),
            )


def house(
    c: Canvas,
    x: float,
    y: float,
    wide: float,
    high: float,
    wall: Paint,
    shade: Paint,
    door: Paint = "#3a2b22",
) -> None:
    """A mud-brick house standing on (x, y), its right side in shadow."""
    side = wide * 0.32
    c.fill(
        [(x, y), (x, y - high), (x + wide, y - high), (x + wide, y)], wall, mix(wall, shade, 0.3), 4
    )
    c.fill(
        [
            (x + wide, y),
            (x + wide, y - high),
            (x + wide + side, y - high * 0.92),
            (x + wide + side, y - high * 0.1),
        ],
        shade,
        mix(shade, "#1d1a22", 0.2),
    )
    c.box(x - wide * 0.02, y - high * 1.06, x + wide * 1.02, y - high, mix(wall, "#fff4dc", 0.3))
    for n in range(max(3, int(wide / 12))):
        bx = x + wide * (n + 0.5) / max(3, int(wide / 12))
        c.box(bx - 1, y - high * 0.97, bx + 1, y - high * 0.9, mix(shade, "#1d1a22", 0.3))
    for share in (0.2, 0.68):
        wx = x + wide * share
        c.box(wx, y - high * 0.68, wx + wide * 0.13, y - high * 0.42, door)
    c.box(x + wide * 0.43, y - high * 0.5, x + wide * 0.57, y, door)


def person(
    c: Canvas,
    x: float,
    y: float,
    high: float,
    robe: Paint,
    *,
    skin: Paint = "#9c6b4a",
    wear: str = "cap",
    head: Paint = "#e8ddc8",
    shadow: tuple[float, float] | None = None,
    stride: float = 0.0,
    ink: Paint = "#2b2430",
) -> None:
    """A small standing figure; `wear` is cap, turban, shawl or bare."""
    p = placed(x, y, high)
    if shadow:
        sx, sy = shadow
        c.soft(
            [p([(-0.1, 0), (0.1, 0.02), (0.12 + sx, 0.02 + sy), (-0.06 + sx, sy)])],
            ink,
            0.5,
            high * 0.03,
        )
    if wear == "shawl":
        body = curve(
            p(
                [
                    (-0.05, -1),
                    (-0.13, -0.9),
                    (-0.17, -0.66),
                    (-0.21, -0.3),
                    (-0.23, 0),
                    (0.22, 0),
                    (0.21, -0.3),
                    (0.17, -0.66),
                    (0.12, -0.9),
                    (0.05, -1),
                ]
            ),
            5,
        )
        c.poly(body, robe)
        c.poly(
            curve(
                p([(0.03, -1), (0.12, -0.9), (0.17, -0.66), (0.22, 0), (0.04, 0), (0.08, -0.6)]), 5
            ),
            mix(robe, ink, 0.35),
        )
        c.poly(ring(*p([(-0.035, -0.88)])[0], high * 0.05, high * 0.065), skin)
        c.line(p([(-0.08, -0.6), (-0.1, -0.1)]), mix(robe, "#ffffff", 0.25), high * 0.02)
        return
    for foot in (-0.09 - stride, 0.07 + stride):
        c.poly(
            p([(-0.06, -0.35), (0.06, -0.35), (foot + 0.05, 0), (foot - 0.04, 0)]),
            mix(robe, ink, 0.25),
        )
    c.poly(
        p(
            [
                (-0.1, -0.82),
                (0.1, -0.82),
                (0.16, -0.62),
                (0.17, -0.2),
                (-0.17, -0.2),
                (-0.16, -0.62),
            ]
        ),
        robe,
    )
    c.poly(
        p([(0.02, -0.82), (0.1, -0.82), (0.16, -0.62), (0.17, -0.2), (0.05, -0.2)]),
        mix(robe, ink, 0.3),
    )
    c.poly(p([(-0.15, -0.78), (-0.1, -0.8), (-0.14, -0.4), (-0.2, -0.38)]), mix(robe, ink, 0.15))
    c.oval(*p([(0, -0.905)])[0], high * 0.065, high * 0.08, skin)
    if wear == "turban":
        c.oval(*p([(0, -0.965)])[0], high * 0.1, high * 0.055, head)
        c.poly(p([(0.06, -0.95), (0.11, -0.93), (0.12, -0.72), (0.08, -0.74)]), mix(head, ink, 0.2))
    elif wear == "cap":
        c.poly(p([(-0.07, -0.93), (-0.06, -0.995), (0.06, -0.995), (0.07, -0.93)]), head)
    else:
        c.poly(
            p(
                [
                    (-0.068, -0.9),
                    (-0.06, -0.98),
                    (0, -1),
                    (0.062, -0.98),
                    (0.07, -0.88),
                    (0.03, -0.95),
                ]
            ),
            ink,
        )


def flower(c: Canvas, x: float, y: float, r: float, petal: Paint, heart: Paint) -> None:
    for px, py in ring(x, y, r * 0.62, r * 0.62, 7):
        c.oval(px, py, r * 0.4, r * 0.4, petal)
    c.oval(x, y, r * 0.34, r * 0.34, heart)


def truck_side(
    c: Canvas,
    x: float,
    y: float,
    s: float,
    flip: bool = False,
    base: Paint = "#c5362c",
    dusk: float = 0.0,
    night: Paint = "#20243a",
    fine: bool = True,
) -> None:
    """A painted lorry seen from the side; its wheels stand on y, its middle is x."""
    p = placed(x, y, s, flip)

    def tone(paint: Paint) -> Paint:
        return mix(paint, night, dusk)

    def panel(x0: float, y0: float, x1: float, y1: float, paint: Paint) -> None:
        c.poly(p([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]), tone(paint))

    def dot(px: float, py: float, r: float, paint: Paint) -> None:
        ((cx, cy),) = p([(px, py)])
        c.oval(cx, cy, r * s, r * s, tone(paint))

    c.soft(
        [p([(-170, -6), (172, -6), (190, 10), (-180, 12)])], mix(night, "#000000", 0.3), 0.55, 7 * s
    )
    panel(-158, -34, 150, -18, "#2a2626")
    # The body, with its belts of panels.
    c.fill(
        p([(-160, -160), (62, -160), (62, -30), (-160, -30)]),
        tone(base),
        tone(mix(base, "#1a1020", 0.35)),
        3,
    )
    panel(-160, -166, 62, -157, "#f0b323")
    for n in range(6):
        x0 = -156 + n * 36
        paint = ("#2aa3a8", "#e8702a", "#d2372c", "#1f7a5c", "#2456a6", "#7a2f6b")[n]
        panel(x0, -152, x0 + 32, -108, "#f4e9cf")
        panel(x0 + 2, -150, x0 + 30, -110, paint)
        if n % 3 == 1:
            c.poly(
                p(
                    [
                        (x0 + 2, -110),
                        (x0 + 12, -134),
                        (x0 + 19, -122),
                        (x0 + 24, -138),
                        (x0 + 30, -110),
                    ]
                ),
                tone("#f4e9cf"),
            )
            dot(x0 + 23, -143, 3, "#f0b323")
        elif fine:
            flower(c, *p([(x0 + 16, -130)])[0], 12 * s, tone("#f4e9cf"), tone("#d2372c"))
        panel(x0, -98, x0 + 32, -44, "#f0b323")
        c.poly(
            p([(x0 + 16, -97), (x0 + 31, -71), (x0 + 16, -45), (x0 + 1, -71)]),
            tone(GAUDY[(n * 5 + 3) % 8]),
        )
        c.poly(p([(x0 + 16, -88), (x0 + 25, -71), (x0 + 16, -54), (x0 + 7, -71)]), tone("#f4e9cf"))
        dot(x0 + 16, -71, 5, "#d2372c")
    panel(-160, -106, 62, -100, "#1f7a5c")
    for n in range(28):
        dot(-156 + n * 8, -103, 2.2, "#f4e9cf")
        dot(-156 + n * 8, -38, 2.4, GAUDY[n % 8])
    # The crown over the cab.
    crown = curve(
        [
            (52, -158),
            (60, -196),
            (92, -214),
            (132, -218),
            (168, -206),
            (160, -176),
            (150, -140),
            (62, -138),
        ],
        6,
    )
    c.fill(p(crown), tone("#e8702a"), tone("#a4262a"), 3)
    c.line(p(crown[: len(crown) * 5 // 8]), tone("#f0b323"), 5 * s)
    for n in range(6):
        dot(74 + n * 16, -196 - (4 if 0 < n < 5 else 0), 5.5, GAUDY[(n * 3 + 1) % 8])
        dot(74 + n * 16, -196 - (4 if 0 < n < 5 else 0), 2.3, "#f4e9cf")
    for n in range(5):
        x0 = 66 + n * 17
        c.poly(p([(x0, -148), (x0 + 8, -180), (x0 + 16, -148)]), tone(GAUDY[(n * 3 + 4) % 8]))
        dot(x0 + 8, -156, 3, "#f4e9cf")
    # The cab.
    c.fill(
        p([(62, -140), (148, -138), (156, -84), (160, -28), (62, -28)]),
        tone("#2a8f83"),
        tone("#12403f"),
        2,
    )
    c.fill(p([(94, -130), (140, -129), (148, -88), (94, -88)]), tone("#cfe3e6"), tone("#6f8f9c"))
    c.poly(p([(104, -130), (116, -130), (102, -88), (94, -88), (94, -104)]), tone("#eef6f4"))
    ((hx, hy),) = p([(118, -100)])
    c.oval(hx, hy, 8 * s, 10 * s, tone("#4a3428"))
    c.oval(hx, hy - 8 * s, 11 * s, 5 * s, tone("#e8ddc8"))
    panel(90, -84, 150, -80, "#f0b323")
    if fine:
        flower(c, *p([(112, -60)])[0], 13 * s, tone("#f0b323"), tone("#d2372c"))
    dot(78, -112, 7, "#f4e9cf")
    panel(66, -134, 90, -128, "#f0b323")
    panel(150, -42, 168, -24, "#d9d4c6")
    dot(158, -52, 6, "#fff0b8")
    # Fringe of chains, and wheels.
    for n in range(36):
        fx = -156 + n * 8.8
        c.line(p([(fx, -28), (fx, -14 - (n % 2) * 3)]), tone("#b9b2a2"), max(0.6, 1.3 * s))
        dot(fx, -13 - (n % 2) * 3, 2, "#f0b323")
    for wx in (-118, -72, 108):
        dot(wx, -22, 23, "#1b191c")
        dot(wx, -22, 13, "#d2372c")
        dot(wx, -22, 9, "#f0b323")
        dot(wx, -22, 4.5, "#2456a6")


def truck_front(
    c: Canvas,
    x: float,
    y: float,
    s: float,
    base: Paint = "#c5362c",
    dusk: float = 0.0,
    night: Paint = "#c9a37c",
    side: float = 1.0,
) -> None:
    """A painted lorry seen from in front, its flank turned to the right (or left, side=-1)."""
    p = placed(x, y, s, side < 0)

    def tone(paint: Paint) -> Paint:
        return mix(paint, night, dusk)

    def dot(px: float, py: float, r: float, paint: Paint) -> None:
        ((cx, cy),) = p([(px, py)])
        c.oval(cx, cy, r * s, r * s, tone(paint))

    def quad(x0: float, y0: float, x1: float, y1: float, paint: Paint) -> None:
        c.poly(p([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]), tone(paint))

    c.soft(
        [p([(-56, -6), (150, -14), (160, 2), (-60, 12)])], mix(night, "#100c18", 0.75), 0.6, 7 * s
    )
    # Flank.
    c.fill(
        p([(50, -176), (148, -150), (148, -36), (50, -26)]),
        tone(mix(base, "#1a1020", 0.25)),
        tone(mix(base, "#1a1020", 0.6)),
        3,
    )
    for n in range(4):
        x0, x1 = 54 + n * 24, 74 + n * 24
        lift = n * 6
        c.poly(
            p(
                [
                    (x0, -166 + lift),
                    (x1, -161 + lift),
                    (x1, -112 + lift * 0.3),
                    (x0, -114 + lift * 0.3),
                ]
            ),
            tone(mix(GAUDY[(n * 3 + 2) % 8], "#1a1020", 0.2)),
        )
        c.poly(
            p([(x0, -102), (x1, -100), (x1, -54), (x0, -52)]),
            tone(mix(GAUDY[(n * 5 + 1) % 8], "#1a1020", 0.25)),
        )
        dot((x0 + x1) / 2, -138 + lift * 0.7, 6, "#f4e9cf")
        dot((x0 + x1) / 2, -77, 6, "#f0d9a0")
    c.line(p([(50, -176), (148, -150)]), tone("#f0b323"), 4 * s)
    for wx in (118, 66):
        ((cx, cy),) = p([(wx, -20)])
        c.oval(cx, cy, 13 * s, 20 * s, tone("#1b191c"))
    # Face.
    quad(-50, -30, -24, 2, "#1b191c")
    quad(26, -30, 52, 2, "#1b191c")
    c.fill(p([(-54, -130), (54, -130), (56, -24), (-56, -24)]), tone("#23837a"), tone("#123f40"), 2)
    crown = curve(
        [(-60, -128), (-66, -178), (-46, -204), (0, -216), (46, -204), (66, -178), (60, -128)], 7
    )
    c.fill(p(crown), tone(mix(base, "#f0a030", 0.25)), tone(base), 3)
    c.line(p(crown), tone("#f0b323"), 5 * s)
    for n in range(7):
        dot(-45 + n * 15, -186 + abs(n - 3) * 4, 5.5, GAUDY[(n * 3 + 1) % 8])
        dot(-45 + n * 15, -186 + abs(n - 3) * 4, 2.2, "#f4e9cf")
    for n in range(6):
        x0 = -54 + n * 18
        c.poly(p([(x0, -134), (x0 + 9, -166), (x0 + 18, -134)]), tone(GAUDY[(n * 3 + 5) % 8]))
        dot(x0 + 9, -143, 3, "#f4e9cf")
    c.fill(p([(-46, -124), (-2, -124), (-2, -86), (-48, -86)]), tone("#dbe9ea"), tone("#5f7c88"))
    c.fill(p([(2, -124), (46, -124), (48, -86), (2, -86)]), tone("#c9dcdf"), tone("#506c78"))
    for n in range(13):
        dot(-48 + n * 8, -122 + (n % 2) * 3, 3, GAUDY[(n + 1) % 8])
    quad(-52, -82, 52, -77, "#f0b323")
    quad(-26, -72, 26, -40, "#2a2626")
    for n in range(5):
        quad(-24, -70 + n * 6, 24, -67.5 + n * 6, "#c9c2b2")
    for wx in (-40, 40):
        dot(wx, -56, 10, "#f4e9cf")
        dot(wx, -56, 7, "#fff3c0")
    quad(-60, -36, 60, -24, "#d9d4c6")
    for n in range(8):
        quad(-58 + n * 15, -35, -51 + n * 15, -25, GAUDY[n])
    for n in range(17):
        c.line(p([(-56 + n * 7, -24), (-56 + n * 7, -14)]), tone("#b9b2a2"), max(0.5, 1.2 * s))


def birds(c: Canvas, x: float, y: float, count: int, size: float, ink: Paint) -> None:
    for _ in range(count):
        bx, by = x + c.rng.uniform(-130, 130), y + c.rng.uniform(-50, 50)
        r = size * c.rng.uniform(0.6, 1.2)
        lift = c.rng.uniform(0.25, 0.6) * r
        c.line(
            curve(
                [
                    (bx - r, by - lift),
                    (bx - r * 0.4, by - lift * 1.1),
                    (bx, by),
                    (bx + r * 0.4, by - lift * 1.1),
                    (bx + r, by - lift),
                ],
                4,
            ),
            ink,
            1.6,
        )
