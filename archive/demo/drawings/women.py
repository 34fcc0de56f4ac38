"""Drawings 26 and 30: the women of Budapest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from archive.demo.drawings.block import (
    BLACK,
    COLOUR,
    CUT,
    PAPER,
    Block,
    Path,
    Points,
    box,
    curve,
    ellipse,
    trace,
)  # fmt: skip  # fmt: skip
from archive.demo.drawings.city import Wall, flag, scars, wires
from archive.demo.drawings.crowds import bust
from archive.demo.drawings.everyday import basket
from archive.demo.drawings.facades import facade
from archive.demo.drawings.fields import (
    mottled,
    parallel,
    ramp,
    swirl,
)
from archive.demo.drawings.landmarks import column, statue
from archive.demo.drawings.people import Person, stand
from archive.demo.drawings.weather import banded_sky

_CARRIERS = (
    (0.88, 1.06, 700, "shawl", 0.03, -9),
    (0.54, 1.04, 780, "dress", 0.1, -4),
    (0.22, 1.2, 1000, "long", 0.08, -4),
)


def women_with_baskets(block: Block) -> None:
    """26: the women of Budapest bring food through the ruins."""
    w, h = block.width, block.height
    banded_sky(block, None, 0.55, 0.0, spacing=12, angle=2)
    facade(
        block,
        Wall((-60, -h * 0.1, h * 0.82), (w * 0.34, h * 0.24, h * 0.66)),
        4,
        6,
        tone=ramp((0, 0), 0.8, (w * 0.34, 0), 0.35),
        lines=80,
    )
    ruin: Path = [
        (w * 0.6, h * 0.68),
        (w * 0.6, h * 0.3),
        (w * 0.66, h * 0.32),
        (w * 0.69, h * 0.2),
        (w * 0.76, h * 0.24),
        (w * 0.8, h * 0.08),
        (w * 0.88, h * 0.12),
        (w * 0.92, -10),
        (w + 20, -10),
        (w + 20, h * 0.8),
    ]
    block.shape(ruin, BLACK, gap=4, rough=6)
    block.hatch(block.mask(ruin), parallel(4, 11, 0.9), ramp((w * 0.6, 0), 0.25, (w, 0), 0.9))
    for x, y in ((0.67, 0.42), (0.79, 0.3), (0.9, 0.18), (0.8, 0.5), (0.92, 0.44)):
        block.shape(box(w * x - 26, h * y - 58, w * x + 26, h * y + 58), PAPER, gap=3)
        block.shape(box(w * x - 20, h * y - 52, w * x + 20, h * y + 52), (0, 1))
    scars(block, block.scatter((w * 0.62, h * 0.3, w, h * 0.64), 44), 9)
    block.shape(
        block.at("0,0.8 0.34,0.655 0.6,0.66 1,0.8 1,1 0,1"),
        PAPER,
    )
    block.hatch(
        box(0, h * 0.65, w, h),
        swirl(22, 240, 3.0),
        mottled(ramp((0, h * 0.65), 0.15, (0, h), 0.6), 0.4, 90),
        tear=0.5,
    )
    wires(
        block,
        [
            ((0, h * 0.05), (w * 0.55, h * 0.3), 50),
            ((w * 0.55, h * 0.3), (w * 0.62, h * 0.85), -90),
            ((w, h * 0.24), (w * 0.55, h * 0.33), 44),
        ],
        4,
    )
    for x, y, size, who in (
        (0.46, 0.74, 230, Person(hat="scarf", coat="shawl", turn=-1)), (0.52, 0.72, 210,
        Person(hat="scarf", coat="dress", turn=-1)),
    ):  # fmt: skip
        stand(block, replace(who, cuts=4, skin=PAPER), w * x, h * y, size)
    like = Person(hat="scarf", turn=-1, cuts=10, gap=5, skin=PAPER, lit=-1)
    for x, y, size, coat, stride, lean in _CARRIERS:
        who = replace(like, coat=coat, stride=stride, lean=lean, left=(12, 14))
        hands = stand(block, who, w * x, h * y, size)
        basket(block, hands["left"][0], hands["left"][1] + 8, size * 0.22)
    child = replace(like, hat="cap", coat="short", stride=0.06, left=(20, 20), cuts=7)
    stand(block, child, w * 0.715, h * 1.0, 430)


def women_at_heroes_square(block: Block) -> None:
    """30: the women in black, 4 December."""
    w, h = block.width, block.height
    top = (w * 0.5, h * 0.08)
    block.hatch(
        None,
        parallel(0, 10, 2.0, 300),
        mottled(ramp((0, 0), 0.85, (0, h * 0.5), 0.04), 0.45, 200),
        chatter=0.2,
    )
    for side in (-1, 1):
        _colonnade(block, w, h, side)
    column(block, top[0], h * 0.6, h * 0.44, 44, cuts=5)
    block.shape(box(w * 0.5 - 82, h * 0.5, w * 0.5 + 82, h * 0.64), BLACK, gap=3)
    for k in range(5):
        x = w * 0.5 - 90 + k * 45
        statue(block, x, h * 0.56, h * (0.1 if k % 2 else 0.13), side=-1 if k < 2 else 1)
    statue(block, top[0], h * 0.165, h * 0.12)
    for side in (-1, 1):
        wing = [
            (top[0] + side * 6, h * 0.11),
            (top[0] + side * 46, h * 0.03),
            (top[0] + side * 52, h * 0.06),
            (top[0] + side * 34, h * 0.13),
        ]
        block.shape(curve(wing, closed=True), BLACK, gap=2)
    _rows_of_women(block, w, h)


def _colonnade(block: Block, w: float, h: float, side: int) -> None:
    near, far = 0.56, 0.13
    base, lift = h * 0.6, h * 0.26
    for k in range(8):
        u = k / 7
        x = w * 0.5 + side * w * (far + (near - far) * u)
        rise = lift * (0.8 + 0.34 * u * u)
        column(block, x, base + h * 0.02 * u * u, rise, 17 + 11 * u, lit=-1, cuts=3)
        if k < 7:
            statue(
                block, x + side * w * 0.03, base - rise * 0.12, rise * (0.46 + 0.05 * u), side=-side
            )
    path = [
        (
            w * 0.5 + side * w * (far - 0.03 + (near - far + 0.06) * u),
            base - lift * (0.8 + 0.34 * u * u),
        )
        for u in np.linspace(0, 1, 9)
    ]
    band = [*path, *[(x, y - 34) for x, y in path[::-1]]]
    block.shape(band, BLACK, gap=3)
    block.stroke([(x, y - 24) for x, y in path], 4, CUT, taper=(0.05, 0.05))
    foot = [
        (w * 0.5 + side * w * 0.09, base),
        (w * 0.5 + side * w * 0.58, base + h * 0.03),
        (w * 0.5 + side * w * 0.58, base + h * 0.08),
        (w * 0.5 + side * w * 0.09, base + h * 0.04),
    ]
    block.shape(foot, BLACK, gap=2)


def _rows_of_women(block: Block, w: float, h: float) -> None:
    rng = block.rng
    for row, (y, size) in enumerate(
        ((0.585, 90), (0.6, 130), (0.62, 190), (0.655, 280), (0.71, 400))
    ):
        step = size * 0.29
        for x in np.arange(-step + rng.uniform(0, step), w + step, step):
            hat = "scarf" if rng.random() < 0.8 else str(rng.choice(["bare", "beret"]))
            who = Person(
                hat=hat,
                cuts=0 if size < 100 else 3 if size < 250 else 6,
                gap=1 + size / 150,
                turn=float(rng.choice([0, 0, 0, 1, -1])),
                skin=PAPER,
                bulk=float(rng.uniform(0.9, 1.02)),
            )
            bust(block, who, float(x), h * y + float(rng.normal(0, size * 0.03)), size)
        for x in ((0.2, 0.74), (0.36, 0.62), (0.09, 0.87), (), ())[row]:
            length = size * 1.1
            flag(
                block,
                ((w * x, h * y + size * 0.5), (w * x - 6, h * y - size * 1.05)),
                (length, length * 0.56),
                hole=0.24 if row > 1 else 0,
                thick=3 + size / 60,
            )
    for x, size, turn in ((0.16, 720, 1), (0.9, 740, -1), (0.5, 640, 0)):
        bust(
            block,
            Person(hat="scarf", turn=turn, cuts=10, gap=5, skin=PAPER, lit=-1),
            w * x,
            h * 0.77,
            size,
        )
    _bouquet(block, w * 0.33, h * 0.9, 66, 1)
    _bouquet(block, w * 0.7, h * 0.87, 74, -1)


def _bouquet(block: Block, x: float, y: float, size: float, side: int) -> None:
    """Flowers carried upright in a gloved hand: leaves, stems and loose heads."""
    s, rng = size, block.rng
    for k in range(15):
        lean = (k - 7) * 0.085
        tip = np.array([x + s * (lean * 3.2 + side * 0.2), y - s * rng.uniform(1.0, 2.3)])
        path = curve([(x, y + s * 1.2), (x + s * lean * 0.7, y), tip])
        block.line(path, s * 0.1, CUT)
        block.line(path, s * 0.055, BLACK)
        if k % 3 == 0:
            leaf = curve(
                [
                    tip + np.array([0, s * 0.7]),
                    tip + np.array([side * s * 0.34, s * 0.34]),
                    tip + np.array([side * s * 0.5, s * 0.02]),
                ]
            )
            block.stroke(leaf, s * 0.2, BLACK, taper=(0.3, 0.6))
        _bloom(block, tip, s * rng.uniform(0.2, 0.3))
    fist = trace("-0.34,0.5 -0.3,0.16 0.24,0.12 0.36,0.4 0.3,0.72 -0.2,0.76") * s + np.array([x, y])
    block.shape(curve(fist, closed=True), BLACK, gap=4, rough=0)
    for k in range(3):
        block.stroke(
            [(x - s * 0.2 + k * s * 0.17, y + s * 0.2), (x - s * 0.17 + k * s * 0.17, y + s * 0.5)],
            s * 0.06,
            CUT,
        )
    sleeve = trace("-0.3,0.66 -0.4,2.6 0.5,2.6 0.34,0.62") * s + np.array([x, y])
    block.shape(sleeve, BLACK, gap=4)
    for k in range(4):
        block.stroke(
            [(x - s * 0.22 + k * s * 0.1, y + s * 0.8), (x - s * 0.28 + k * s * 0.12, y + s * 2.2)],
            s * 0.07,
            CUT,
        )


def _bloom(block: Block, at: Points, r: float) -> None:
    block.shape(ellipse(at[0], at[1], r * 1.12, r * 1.02, 16), BLACK, gap=2, rough=0)
    block.shape(ellipse(at[0], at[1], r * 0.94, r * 0.86, 14), COLOUR, rough=1.5)
    for k in range(3):
        turn = np.linspace(k * 2.1, k * 2.1 + 2.6, 7)
        reach = r * (0.62 - 0.18 * k)
        block.stroke(
            np.column_stack([at[0] + reach * np.cos(turn), at[1] + reach * np.sin(turn)]),
            r * 0.2,
            BLACK,
        )
