"""Drawing 18: a house laid open."""

from __future__ import annotations

import numpy as np

from archive.demo.drawings.block import (
    BLACK,
    COLOUR,
    CUT,
    PAPER,
    Block,
    Points,
    box,
    curve,
    ellipse,
    resample,
)  # fmt: skip
from archive.demo.drawings.city import (
    Wall,
    breach,
    scars,
)
from archive.demo.drawings.facades import facade
from archive.demo.drawings.fields import (
    mottled,
    parallel,
    ramp,
)
from archive.demo.drawings.people import Person, stand


def torn_facade(block: Block) -> None:
    """18: a house laid open: wallpaper, a stove pipe, a curtain in the wind."""
    w, h = block.width, block.height
    block.hatch(
        box(0, 0, w, h),
        parallel(12, 13, 1.6, 220),
        mottled(ramp((0, 0), 0.45, (0, h * 0.5), 0.0), 0.5, 160),
        chatter=0.2,
    )
    wall = Wall((w * 0.12, h * 0.03, h * 0.93), (w + 60, -h * 0.2, h * 1.0))
    facade(block, wall, 5, 4, tone=ramp((w * 0.1, 0), 0.35, (w, 0), 0.75), lines=120)
    _rooms(block, w, h)
    scars(block, block.scatter((w * 0.5, h * 0.05, w * 0.98, h * 0.85), 60), 13)
    breach(
        block,
        np.array(block.at("0.72,0.55 0.84,0.53 0.9,0.61 0.83,0.68 0.71,0.66")),
        16,
    )
    _rubble(block, w, h)
    stand(
        block,
        Person(
            hat="scarf", coat="dress", turn=1, right=(35, 20), left=(20, 20), cuts=5, skin=PAPER
        ),
        w * 0.78,
        h * 0.965,
        250,
    )
    block.line(block.at("0.84,0.86 0.9,0.97"), 6, BLACK)
    block.shape(
        block.at("0.885,0.96 0.91,0.955 0.94,0.985 0.89,0.99"),
        BLACK,
        gap=2,
    )


def _rooms(block: Block, w: float, h: float) -> None:
    edge = block.at("0.1,0 0.36,0.02 0.42,0.1 0.5,0.2 0.45,0.3 0.54,0.42 0.48,0.55 0.58,0.64 "
    "0.52,0.76 0.6,0.9 0.06,0.92")  # fmt: skip
    block.shape(edge, PAPER, rough=7)
    inner = [(x - 16 if x > w * 0.2 else x, y) for x, y in edge]
    block.shape(inner, BLACK, rough=5)
    for k, (top, tint, angle) in enumerate(
        ((0.04, 1, 90), (0.25, 0, 55), (0.46, 1, 125), (0.67, 0, 90))
    ):
        right = (0.34, 0.43, 0.46, 0.5)[k]
        room = [
            (w * 0.13, h * top),
            (w * right, h * (top - 0.01)),
            (w * (right + 0.02), h * (top + 0.165)),
            (w * 0.12, h * (top + 0.18)),
        ]
        block.shape(room, (0, tint), rough=3)
        block.hatch(
            room, parallel(angle, 16 - 2 * k, 0.4), ramp((w * 0.13, 0), 0.75, (w * right, 0), 0.12)
        )
    _left_in_rooms(block, w, h)


def _left_in_rooms(block: Block, w: float, h: float) -> None:
    picture = block.at("0.24,0.08 0.31,0.075 0.315,0.145 0.245,0.15 0.24,0.08")
    block.shape(picture[:4], PAPER, gap=3)
    block.line(picture, 8, BLACK)
    block.stroke(block.at("0.25,0.14 0.3,0.09"), 10, BLACK)
    block.line(block.at("0.245,0.08 0.275,0.05 0.305,0.077"), 2.5, BLACK)
    block.shape(block.at("0.2,0.42 0.2,0.33 0.27,0.33 0.27,0.42"), BLACK, gap=4)
    block.line(block.at("0.235,0.33 0.235,0.27 0.36,0.262"), 15, BLACK)
    for k in range(3):
        row = 0.345 + 0.02 * k
        block.stroke(block.at(f"0.207,{row} 0.255,{row}"), 5, CUT)
    _hanging_bed(block)
    _curtain(block, block.at("0.45,0.69 0.52,0.7"), 270)
    clock = ellipse(w * 0.36, h * 0.51, 34, 34)
    block.shape(clock, PAPER, gap=5)
    block.line(np.vstack([clock, clock[:1]]), 6, BLACK)
    block.line(block.at("0.36,0.497 0.36,0.51 0.374,0.515"), 5, BLACK)


def _rubble(block: Block, w: float, h: float) -> None:
    heap = curve(
        [
            (-20, h * 0.83),
            (w * 0.16, h * 0.8),
            (w * 0.34, h * 0.85),
            (w * 0.5, h * 0.93),
            (w * 0.7, h * 0.97),
            (w + 20, h * 0.985),
        ]
    )
    block.shape([*[(float(x), float(y)) for x, y in heap], (w + 20, h), (-20, h)], BLACK, gap=4)
    rng = block.rng
    for _ in range(150):
        x = float(rng.uniform(0, w * 0.9))
        top = float(np.interp(x, heap[:, 0], heap[:, 1]))
        y = top + (h - top) * float(rng.random())
        r, turn = float(rng.uniform(8, 30)), np.sort(rng.uniform(0, 2 * np.pi, 5))
        lump = np.column_stack([x + r * np.cos(turn), y + r * 0.6 * np.sin(turn)])
        block.shape(lump, COLOUR if rng.random() < 0.35 else CUT, rough=1)
        block.shape(lump + np.array([r * 0.16, r * 0.26]), BLACK, rough=1)
    for x, y, x2, y2 in ((0.1, 0.92, 0.36, 0.74), (0.3, 0.97, 0.44, 0.8), (0.02, 0.82, 0.22, 0.93)):
        block.line([(w * x, h * y), (w * x2, h * y2)], 22, PAPER)
        block.line([(w * x, h * y), (w * x2, h * y2)], 16, BLACK)
        block.stroke([(w * x, h * y - 3), (w * x2, h * y2 - 3)], 4, CUT)


def _hanging_bed(block: Block) -> None:
    """An iron bed that has slid half out of its room, its striped mattress with it."""
    mattress = block.at("0.19,0.6 0.46,0.655 0.455,0.69 0.185,0.635")
    frame = (
        "0.175,0.565 0.165,0.665",
        "0.165,0.645 0.48,0.712",
        "0.475,0.645 0.465,0.735",
        "0.175,0.585 0.215,0.592 0.21,0.6",
    )
    for thick, ink in ((17, CUT), (10, BLACK)):
        for bar in frame:
            block.line(block.at(bar), thick, ink)
    block.shape(mattress, PAPER, gap=4)
    for k in range(13):
        share = (k + 0.6) / 13.6
        top = mattress[0] * (1 - share) + mattress[1] * share
        foot = mattress[3] * (1 - share) + mattress[2] * share
        block.line([top, foot], 5, BLACK)
    block.line(np.vstack([mattress, mattress[:1]]), 5, BLACK)


def _curtain(block: Block, top: Points, fall: float) -> None:
    """A curtain blown out of a window that is no longer there."""
    left = curve(
        [
            top[0],
            top[0] + np.array([-14, fall * 0.35]),
            top[0] + np.array([10, fall * 0.7]),
            top[0] + np.array([60, fall]),
        ]
    )
    right = curve(
        [
            top[1],
            top[1] + np.array([22, fall * 0.3]),
            top[1] + np.array([90, fall * 0.5]),
            top[1] + np.array([150, fall * 0.82]),
        ]
    )
    left, right = resample(left, 14), resample(right, 14)
    cloth = np.vstack([left, right[::-1]])
    block.shape(cloth, PAPER, gap=5, rough=0)
    block.line(np.vstack([cloth, cloth[:1]]), 4, BLACK)
    for k, u in enumerate(np.linspace(0.08, 0.92, 9)):
        fold = left * (1 - u) + right * u
        block.stroke(fold[: 14 - k % 3 * 3], 9 if k % 2 else 5, BLACK, taper=(0.02, 0.8))
