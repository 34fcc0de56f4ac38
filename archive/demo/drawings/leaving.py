"""Drawings 27 to 29: the station, the reeds and the frontier."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from archive.demo.drawings.block import (
    BLACK,
    COLOUR,
    CUT,
    PAPER,
    WASH,
    Block,
    box,
    curve,
    ellipse,
)  # fmt: skip
from archive.demo.drawings.crowds import line_up
from archive.demo.drawings.fields import glow, mottled, parallel, radial, ramp, rings
from archive.demo.drawings.machines import Part
from archive.demo.drawings.people import Person, stand
from archive.demo.drawings.weather import reeds, smoke, snow, water


def station(block: Block) -> None:
    """27: on the platform, with what one can carry."""
    w, h = block.width, block.height
    point = (w * 0.7, h * 0.42)
    block.shape(box(0, 0, w, h), BLACK, rough=0)
    block.hatch(
        None, rings(*point, 17, 0.8, 0.9), mottled(glow(point, 60, 0.0, w * 0.55, 1.0), 0.3, 120)
    )
    block.hatch(
        None, rings(*point, 34, 1.2, 0.9), glow(point, 160, -0.1, w * 0.5, 0.9), plate="tint"
    )
    _roof(block, point, w, h)
    block.shape(
        [
            (0, h * 0.8),
            (point[0] - 70, point[1] + 70),
            (point[0] + 60, point[1] + 70),
            (w, h * 0.72),
            (w, h),
            (0, h),
        ],
        (1, 1),
    )
    _engine(block, w, h)
    smoke(
        block,
        block.at("0.83,0.2 0.78,0.1 0.68,0.06 0.5,0.02"),
        (44, 120),
        tone=0.3,
    )
    block.shape(
        [
            (0, h),
            (0, h * 0.86),
            (point[0] - 60, point[1] + 76),
            (point[0] - 20, point[1] + 76),
            (w * 0.62, h),
        ],
        PAPER,
    )
    block.hatch(
        [
            (0, h),
            (0, h * 0.86),
            (point[0] - 60, point[1] + 76),
            (point[0] - 20, point[1] + 76),
            (w * 0.62, h),
        ],
        radial(point[0] - 40, point[1] + 40, 230, 0.4),
        0.28,
        tear=0.5,
    )
    _clock(block, w * 0.22, h * 0.2, 66)
    _travellers(block, w, h)


def _roof(block: Block, point: tuple[float, float], w: float, h: float) -> None:
    turn = np.linspace(np.pi, 2 * np.pi, 24)
    for depth in (0.28, 0.42, 0.64, 0.98):
        arc = [
            (
                point[0] + w * 0.6 * depth * np.cos(t),
                point[1] + h * 0.06 + h * 0.78 * depth * np.sin(t),
            )
            for t in turn
        ]
        block.line(arc, 30 * depth + 5, PAPER)
        block.line(arc, 30 * depth, BLACK)
    for t in turn[3:-3:3]:
        way = np.array([w * 0.6 * np.cos(t), h * 0.78 * np.sin(t)])
        centre = np.array([point[0], point[1] + h * 0.06])
        block.stroke([centre + way * 0.26, centre + way * 1.3], 9, BLACK, taper=(0.9, 0))


def _engine(block: Block, w: float, h: float) -> None:
    x, y, r = w * 0.84, h * 0.56, h * 0.2
    block.shape(
        [
            (x - r * 0.5, y - r),
            (x - w * 0.16, h * 0.42),
            (x - w * 0.16, h * 0.55),
            (x - r * 0.6, y + r),
        ],
        BLACK,
        gap=4,
    )
    block.shape(ellipse(x, y, r, r, 48), BLACK, gap=5)
    block.hatch(
        ellipse(x, y, r * 0.9, r * 0.9, 48),
        rings(x, y, r / 9, 0.3),
        ramp((x - r, y - r), 0.1, (x + r, y + r), 1.1),
    )
    block.shape(ellipse(x, y, r * 0.34, r * 0.34), BLACK, gap=4)
    block.shape(ellipse(x, y, r * 0.08, r * 0.08), CUT)
    block.shape(
        [
            (x - r * 0.26, y - r * 0.9),
            (x - r * 0.32, y - r * 1.6),
            (x + r * 0.32, y - r * 1.6),
            (x + r * 0.26, y - r * 0.9),
        ],
        BLACK,
        gap=4,
    )
    for k in range(4):
        block.stroke(
            [(x - r * (0.24 - 0.08 * k), y - r * 1.5), (x - r * (0.2 - 0.07 * k), y - r * 1.02)],
            7 - k,
            CUT,
        )
    beam = [
        (x - r * 1.3, y + r * 1.04),
        (x + r * 1.3, y + r * 1.04),
        (x + r * 1.3, y + r * 1.34),
        (x - r * 1.3, y + r * 1.34),
    ]
    block.shape(beam, COLOUR, gap=4)
    block.line([*beam, beam[0]], 5, BLACK)
    for side in (-1, 1):
        block.shape(ellipse(x + side * r * 0.8, y + r * 1.2, r * 0.2, r * 0.2), BLACK, gap=4)
        block.shape(ellipse(x + side * r * 0.8, y + r * 1.2, r * 0.09, r * 0.09), CUT)
        block.shape(ellipse(x + side * r * 0.85, y + r * 0.72, r * 0.17, r * 0.17), BLACK, gap=3)
        block.shape(ellipse(x + side * r * 0.85, y + r * 0.72, r * 0.12, r * 0.12), PAPER)
    block.shape(
        [
            (x - r * 1.2, y + r * 1.36),
            (x + r * 1.2, y + r * 1.36),
            (x + r, y + r * 1.75),
            (x - r, y + r * 1.75),
        ],
        BLACK,
        gap=3,
    )


def _clock(block: Block, x: float, y: float, r: float) -> None:
    block.line([(x, 0), (x, y)], 10, PAPER)
    block.line([(x, 0), (x, y)], 6, BLACK)
    block.shape(ellipse(x, y, r * 1.16, r * 1.16, 40), BLACK, gap=4)
    block.shape(ellipse(x, y, r, r, 40), PAPER)
    for k in range(12):
        way = np.array([np.cos(k * np.pi / 6), np.sin(k * np.pi / 6)])
        block.stroke(
            [np.array([x, y]) + way * r * 0.75, np.array([x, y]) + way * r * 0.93],
            7 if k % 3 == 0 else 4,
            BLACK,
            taper=(0, 0),
        )
    block.line([(x, y - r * 0.72), (x, y), (x + r * 0.42, y + r * 0.3)], 7, BLACK)


def suitcase(block: Block, x: float, y: float, size: float) -> None:
    """A suitcase hanging by its handle from (x, y)."""
    s = size
    block.line(
        [
            (x - s * 0.16, y + s * 0.14),
            (x - s * 0.12, y),
            (x + s * 0.12, y),
            (x + s * 0.16, y + s * 0.14),
        ],
        s * 0.07,
        BLACK,
    )
    case = box(x - s * 0.55, y + s * 0.14, x + s * 0.55, y + s * 0.84)
    block.shape(case, BLACK, gap=4)
    block.shape(box(x - s * 0.5, y + s * 0.19, x + s * 0.5, y + s * 0.79), COLOUR)
    for at in (-0.32, 0.32):
        block.line([(x + s * at, y + s * 0.14), (x + s * at, y + s * 0.84)], s * 0.08, BLACK)
    block.hatch(
        box(x - s * 0.24, y + s * 0.24, x + s * 0.24, y + s * 0.74),
        parallel(0, s * 0.07, 1.0, 30),
        0.3,
    )


def _travellers(block: Block, w: float, h: float) -> None:
    group = (
        (0.55, 0.66, 190, Person(hat="fedora", turn=1)), (0.5, 0.7, 230, Person(hat="scarf",
        coat="dress", turn=1)), (0.43, 0.76, 290, Person(hat="cap", coat="short")),
        (0.58, 0.73, 260, Person(hat="bare", coat="jacket", turn=-1)),
    )  # fmt: skip
    for x, y, size, who in group:
        stand(block, replace(who, cuts=5, gap=3, lit=1, skin=PAPER), w * x, h * y, size)
    father = Person(
        hat="fedora", coat="long", right=(10, 4), left=(16, 4), cuts=10, gap=5, lit=1, skin=PAPER
    )
    hands = stand(block, father, w * 0.14, h * 1.16, 880)
    child = Person(hat="cap", coat="short", left=(60, 30), cuts=6, gap=4, lit=1, skin=PAPER)
    suitcase(block, hands["left"][0] + 10, hands["left"][1], 190)
    mother = Person(
        hat="scarf", coat="dress", right=(12, 6), left=(30, 110), cuts=9, gap=5, lit=1, skin=PAPER
    )
    stand(block, child, w * 0.245, h * 1.06, 470)
    grip = stand(block, mother, w * 0.37, h * 1.12, 800)
    suitcase(block, grip["right"][0], grip["right"][1], 170)


def footbridge(block: Block) -> None:
    """28: over a plank across the canal, one after the other."""
    w, h = block.width, block.height
    sun = (w * 0.3, h * 0.36)
    block.hatch(
        None,
        parallel(0, 11, 2.0, 320),
        mottled(glow(sun, 100, 0.0, w * 0.7, 0.75), 0.4, 200),
        chatter=0.2,
    )
    block.fill(block.mask(box(0, 0, w, h * 0.46)), WASH)
    block.shape(ellipse(*sun, 66, 66), PAPER)
    block.shape(
        curve(
            [
                (-20, h * 0.42),
                (w * 0.25, h * 0.405),
                (w * 0.6, h * 0.425),
                (w + 20, h * 0.4),
                (w + 20, h * 0.48),
                (-20, h * 0.48),
            ]
        ),
        BLACK,
    )
    reeds(block, (0, h * 0.43, w, h * 0.47), 150, 70, lean=4)
    pond = box(0, h * 0.46, w, h)
    block.shape(pond, PAPER)
    water(
        block, pond, mottled(glow((sun[0], h * 0.7), 60, 0.05, w * 0.7, 0.75), 0.4, 80), spacing=10
    )
    for k in range(14):
        y = h * (0.48 + 0.03 * k)
        half = 34 + 5 * k
        block.stroke([(sun[0] - half, y), (sun[0] + half, y + 2)], 7, COLOUR, taper=(0.5, 0.5))
    _planks(block, w, h)
    hats = ("cap", "scarf", "fedora", "scarf", "bare", "scarf")
    people = [
        Person(
            hat=hat,
            coat="dress" if hat == "scarf" else "short",
            turn=-1,
            stride=0.06,
            left=(12, 10) if k % 2 else None,
            right=(40, 20) if k % 3 == 0 else None,
            skin=PAPER,
            lit=-1,
        )
        for k, hat in enumerate(hats)
    ]
    line_up(block, people, (w * 0.3, h * 0.555, 150), (w * 0.83, h * 0.705, 380))
    reeds(block, (-20, h * 1.0, w * 0.36, h * 1.12), 46, 470, lean=7)
    reeds(block, (w * 0.62, h * 1.02, w + 20, h * 1.16), 60, 520, lean=-5)


def _planks(block: Block, w: float, h: float) -> None:
    far, near = (w * 0.16, h * 0.535), (w * 1.05, h * 0.765)
    for u in (0.1, 0.28, 0.48, 0.68, 0.88):
        x, y = far[0] + (near[0] - far[0]) * u, far[1] + (near[1] - far[1]) * u
        size = 30 + 90 * u
        for dx in (-0.1, 0.16):
            block.line(
                [(x + dx * size, y - size * 0.06), (x + dx * size + size * 0.04, y + size * 0.9)],
                6 + 7 * u,
                BLACK,
            )
        for k in range(5):
            yy = y + size * (0.92 + 0.1 * k)
            block.stroke([(x - size * 0.3, yy), (x + size * 0.36, yy)], 5, BLACK, taper=(0.4, 0.4))
    block.shape([far, near, (near[0], near[1] + 40), (far[0], far[1] + 8)], BLACK, gap=3)
    for k in range(42):
        u = (k / 42) ** 0.75
        x, y = far[0] + (near[0] - far[0]) * u, far[1] + (near[1] - far[1]) * u
        block.stroke([(x, y + 3), (x - 5, y + 6 + 24 * u)], 2.6 + 2 * u, CUT, taper=(0.1, 0.2))
    rail = block.at("0.17,0.48 0.6,0.535 1.05,0.57")
    block.line(curve(rail), 8, BLACK)
    for u in (0.05, 0.33, 0.62, 0.9):
        x = far[0] + (near[0] - far[0]) * u
        block.line([(x, h * (0.482 + 0.1 * u)), (x, far[1] + (near[1] - far[1]) * u)], 7, BLACK)


def frontier_meadow(block: Block) -> None:
    """29: footprints in the first snow, a watchtower, a long way to go."""
    w, h = block.width, block.height
    sun = (w * 0.8, h * 0.43)
    block.hatch(
        None,
        radial(sun[0], sun[1], 300, 0.7),
        mottled(glow(sun, 40, 0.02, w * 0.75, 0.95), 0.35, 190),
        chatter=0.15,
    )
    block.hatch(
        box(0, 0, w, h * 0.45),
        rings(*sun, 30, 1.6),
        glow(sun, 80, 1.2, w * 0.55, -0.1),
        plate="tint",
    )
    field = curve(
        [
            (-20, h * 0.47),
            (w * 0.3, h * 0.44),
            (w * 0.62, h * 0.455),
            (w + 20, h * 0.43),
            (w + 20, h + 10),
            (-20, h + 10),
        ]
    )
    block.shape(field, PAPER)
    block.hatch(
        block.mask(field),
        parallel(-4, 17, 2.6, 260),
        mottled(ramp((0, h * 0.44), 0.16, (0, h), 0.02), 0.55, 130),
        tear=0.5,
        chatter=0.25,
    )
    for k in range(60):
        x = w * k / 60
        block.stroke(
            [(x, h * 0.452), (x + 4, h * (0.452 - 0.012 * block.rng.random()))],
            5,
            BLACK,
            taper=(0, 0.7),
        )
    _watchtower(block, w * 0.14, h * 0.5, h * 0.42)
    _track(block, h)
    hats = ("fedora", "scarf", "cap", "scarf")
    people = [
        Person(hat=hat, coat="shawl" if hat == "scarf" else "long", lean=4, stride=0.02, cuts=5)
        for hat in hats
    ]
    for who, x, y, size in zip(
        people,
        (0.655, 0.625, 0.6, 0.56),
        (0.56, 0.575, 0.6, 0.635),
        (105, 118, 138, 165),
        strict=True,
    ):
        shade = [(w * x - 12, h * y), (w * x + 12, h * y), (w * x - size * 1.2, h * y + size * 0.7)]
        block.shape(shade, BLACK)
        stand(block, replace(who, cuts=3), w * x, h * y, size)
    _fence(block, w, h)
    snow(block, (0, 0, w, h), 130, 4.5)


def _watchtower(block: Block, x: float, y: float, size: float) -> None:
    part = Part(x, y, size)
    for a, b in (
        ((-0.16, 0), (-0.09, 0.66)),
        ((0.16, 0), (0.09, 0.66)),
        ((-0.15, 0.1), (0.13, 0.36)),
        ((0.15, 0.1), (-0.13, 0.36)),
        ((-0.12, 0.38), (0.1, 0.62)),
        ((0.12, 0.38), (-0.1, 0.62)),
    ):
        block.line(part.to([a, b]), 12, PAPER)
        block.line(part.to([a, b]), 8, BLACK)
    block.shape(part.to("-0.17,0.64 -0.17,0.8 0.17,0.8 0.17,0.64"), BLACK, gap=3)
    block.shape(part.to("-0.14,0.8 -0.14,0.92 0.14,0.92 0.14,0.8"), COLOUR, gap=3)
    for at in (-0.14, 0.0, 0.14):
        block.line(part.to([(at, 0.79), (at, 0.93)]), 7, BLACK)
    block.shape(part.to("-0.22,0.91 0,1.04 0.22,0.91"), BLACK, gap=3)
    for k in range(5):
        block.stroke(
            part.to([(-0.15 + 0.05 * k, 0.785), (-0.15 + 0.05 * k, 0.66)]), 5 - 0.6 * k, CUT
        )
    block.stroke(part.to("-0.19,0.915 -0.03,1.01"), 6, CUT)


def _track(block: Block, h: float) -> None:
    path = curve(
        block.at("0.2,1.02 0.36,0.86 0.44,0.74 0.54,0.65 0.56,0.63"),
        steps=16,
    )
    for k, (x, y) in enumerate(path):
        size = 5 + 26 * ((y - h * 0.6) / (h * 0.4)) ** 1.2 if y > h * 0.6 else 4
        for side in (-1, 1, -2.4, 2.2):
            jitter = block.rng.normal(0, 0.3, 2) * size
            spot = (x + side * size * 0.9 + jitter[0], y + (k % 2) * size * 0.5 * side + jitter[1])
            block.shape(ellipse(spot[0], spot[1], size * 0.5, size * 0.26, 12), BLACK, rough=0.4)


def _fence(block: Block, w: float, h: float) -> None:
    posts = [
        (w * (0.7 + 0.075 * k), h * (0.98 - 0.02 * k), h * (0.36 + 0.02 * k)) for k in range(5)
    ]
    for x, y, size in posts:
        tip = x - size * 0.08
        block.ribbon(
            [(x - 13, y), (tip - 11, y - size)],
            [(x + 13, y), (tip + 11, y - size)],
            BLACK,
            gap=4,
            cuts=3,
            lit=1,
        )
    for level in (0.3, 0.6, 0.9):
        line = [
            (w * 0.56, h * 1.0),
            *[(x - size * 0.08 * level, y - size * level) for x, y, size in posts],
        ]
        if level > 0.5:
            line[0] = (w * 0.5, h * (1.06 - 0.12 * level))
        path = curve(line, steps=8)
        block.line(path, 4, BLACK)
        for x, y in path[::3]:
            block.line([(x - 8, y - 8), (x + 8, y + 8)], 3, BLACK)
            block.line([(x - 8, y + 8), (x + 8, y - 8)], 3, BLACK)
