"""Drawings 6 and 7: the morning and the square of 25 October."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from archive.demo.drawings.block import (
    BLACK,
    COLOUR,
    CUT,
    PAPER,
    Block,
    Ink,
    Points,
    box,
    curve,
    ellipse,
    trace,
)  # fmt: skip
from archive.demo.drawings.city import Wall, flag
from archive.demo.drawings.crowds import bust, crowd
from archive.demo.drawings.facades import facade
from archive.demo.drawings.fields import mottled, parallel, ramp
from archive.demo.drawings.landmarks import parliament
from archive.demo.drawings.people import Person, stand
from archive.demo.drawings.tanks import tank_side
from archive.demo.drawings.weather import banded_sky

LOOKING = Person(gap=2.4)
PAPER_UNDER_BLACK: Ink = (1, 0)
_RIDERS = (
    (-0.4, 0.33, Person(hat="cap", coat="jacket", turn=1, left=(20, 20), right=(150, 5)), 330),
    (-0.28, 0.35, Person(hat="scarf", coat="dress", face=True, lit=1), 320),
    (
        -0.07,
        0.555,
        Person(hat="bare", coat="jacket", left=(30, 90), right=(172, 0), face=True),
        290,
    ),
    (0.1, 0.54, Person(hat="beret", coat="short", turn=1, right=(125, 10)), 290),
    (0.27, 0.33, Person(hat="fedora", coat="short", turn=1, right=(20, 60)), 330),
    (0.4, 0.28, Person(hat="scarf", coat="short", turn=1, right=(140, 10)), 310),
)


def tank_with_flags(block: Block) -> None:
    """6: people of Budapest on a tank on the way to Parliament, 25 October."""
    w, h = block.width, block.height
    banded_sky(block, None, 0.42, 0.0)
    facade(
        block,
        Wall((-30, -h * 0.16, h * 0.86), (w * 0.4, h * 0.3, h * 0.7)),
        4,
        8,
        tone=ramp((0, 0), 0.6, (w * 0.4, 0), 0.2),
        lines=80,
    )
    facade(
        block,
        Wall((w * 0.58, h * 0.3, h * 0.7), (w + 30, -h * 0.2, h * 0.88)),
        4,
        8,
        tone=ramp((w * 0.58, 0), 0.15, (w, 0), 0.35),
        lines=80,
    )
    block.shape(box(0, h * 0.72, w, h), PAPER)
    crowd(
        block,
        (w * 0.3, w * 1.0),
        4,
        (h * 0.7, 190),
        (h * 0.665, 60),
        faces=0.4,
        like=replace(LOOKING, skin=PAPER),
    )
    tank = tank_side(block, w * 0.45, h * 1.1, w * 0.76, gun=10, tilt=3, gap=6)
    for x, y, who, size in _RIDERS:
        spot = tank.spot(x, y)
        hands = stand(block, replace(who, cuts=6, gap=3.4, skin=PAPER), spot[0], spot[1], size)
        if who.hat == "bare":
            top = hands["right"]
            flag(
                block,
                ((top[0] - 8, top[1] + 130), (top[0] + 18, h * 0.02)),
                (410, 200),
                hole=0.24,
                wave=0.1,
                thick=9,
            )
    bust(
        block,
        Person(hat="fedora", turn=-1, cuts=9, gap=5, skin=PAPER, lit=-1),
        w * 0.93,
        h * 0.6,
        700,
    )
    bust(
        block,
        Person(hat="scarf", turn=1, cuts=9, gap=5, skin=PAPER, lit=1),
        w * 0.05,
        h * 0.66,
        640,
    )


def the_empty_square(block: Block) -> None:
    """7: Kossuth tér seen from the arcade, after the shots of 25 October."""
    w, h = block.width, block.height
    banded_sky(block, box(0, 0, w, h * 0.55), 0.35, 0.0, spacing=13)
    parliament(block, w * 0.64, h * 0.52, w * 0.94, tone=0.75, lines=7)
    ground = mottled(ramp((0, h * 0.5), 0.3, (0, h), 0.05), 0.5, 120)
    block.hatch(box(0, h * 0.515, w, h), parallel(1.5, 15, 2.0, 200), ground, tear=0.5, chatter=0.3)
    for x, y, s in (
        (0.33, 0.66, 30),
        (0.46, 0.74, 46),
        (0.72, 0.63, 24),
        (0.56, 0.86, 74),
        (0.83, 0.76, 42),
        (0.4, 0.9, 66),
        (0.52, 0.61, 20),
    ):
        _fallen_hat(block, w * x, h * y, s)
    _fallen_flag(block, w * 0.66, h * 0.79, w * 0.25)
    shade = [(w * 0.625, h * 0.722), (w * 0.645, h * 0.722), (w * 0.76, h * 0.745)]
    block.shape(shade, BLACK)
    stand(
        block,
        Person(hat="scarf", coat="shawl", turn=-1, lean=-3, cuts=6, left=(14, 30)),
        w * 0.63,
        h * 0.725,
        230,
    )
    _arcade(block, w, h)


def _fallen_hat(block: Block, x: float, y: float, s: float) -> None:
    block.stroke(
        [(x - s * 0.4, y + s * 0.25), (x + s * 2.4, y + s * 0.42)], s * 0.3, BLACK, taper=(0.1, 0.9)
    )
    block.shape(ellipse(x, y + s * 0.12, s * 1.05, s * 0.34), BLACK, gap=2, rough=0.4)
    crown = [
        (x - s * 0.6, y + s * 0.1),
        (x - s * 0.55, y - s * 0.5),
        (x - s * 0.1, y - s * 0.42),
        (x + s * 0.45, y - s * 0.52),
        (x + s * 0.6, y + s * 0.1),
    ]
    block.shape(curve(crown), BLACK, rough=0.3)
    block.stroke(
        [(x - s * 0.52, y - s * 0.06), (x + s * 0.4, y - s * 0.02)],
        s * 0.12,
        CUT,
        taper=(0.05, 0.5),
    )
    block.stroke([(x - s * 0.95, y + s * 0.1), (x - s * 0.3, y + s * 0.33)], s * 0.09, CUT)


def _arcade(block: Block, w: float, h: float) -> None:
    turn = np.linspace(np.pi, 2 * np.pi, 26)
    mask = block.mask(box(0, 0, w, h), rough=0)
    for x, half, spring in ((w * 0.66, w * 0.29, h * 0.36), (w * 0.1, w * 0.19, h * 0.34)):
        arch = [(x + half * np.cos(t), spring + half * 1.02 * np.sin(t)) for t in turn]
        mask.paste(0, (0, 0), block.mask([(x - half, h * 1.02), *arch, (x + half, h * 1.02)]))
    block.fill(mask, PAPER_UNDER_BLACK)
    for x, half, spring in ((w * 0.66, w * 0.29, h * 0.36), (w * 0.1, w * 0.19, h * 0.34)):
        for t in turn[1:-1]:
            way = np.array([np.cos(t), np.sin(t)])
            spot = np.array([x, spring]) + way * half * 1.03
            block.stroke(
                [spot + way * 14, spot + way * block.rng.uniform(50, 108)],
                10,
                CUT,
                taper=(0.1, 0.8),
            )
    _pillar(block, w, h)


def _fallen_flag(block: Block, x: float, y: float, size: float) -> None:
    """The flag on the ground: three crumpled stripes, the hole, the broken staff."""

    def lie(dots: str) -> Points:
        spots: Points = trace(dots) * size + np.array([x, y])
        return spots

    block.line(lie("-0.34,0.02 0.06,0.09"), 15, BLACK)
    block.line(lie("-0.32,0.02 0.05,0.085"), 5, CUT)
    edges = [
        lie("0,0 0.2,0.05 0.36,0.0 0.56,0.06 0.76,0.03 0.92,0.1"),
        lie("0.03,0.13 0.2,0.17 0.38,0.13 0.58,0.19 0.78,0.16 0.97,0.22"),
        lie("0.02,0.26 0.2,0.28 0.4,0.26 0.6,0.32 0.8,0.28 1.02,0.34"),
        lie("0.08,0.4 0.22,0.37 0.42,0.41 0.62,0.43 0.84,0.41 1.0,0.48"),
    ]
    edges = [curve(edge) for edge in edges]
    for row, ink in enumerate((COLOUR, PAPER, PAPER)):
        block.shape(np.vstack([edges[row], edges[row + 1][::-1]]), ink, gap=4, rough=0)
    block.hatch(np.vstack([edges[2], edges[3][::-1]]), parallel(5, 11, 0.8), 0.6)
    rim = np.vstack([edges[0], edges[3][::-1], edges[0][:1]])
    block.line(rim, 5, BLACK)
    for k in range(7):
        at = 2 + k * 4
        fold = np.array([edges[0][at], edges[1][at - 1], edges[3][at]])
        block.stroke(curve(fold), 9 - k % 3 * 2, BLACK, taper=(0.2, 0.6))
    hole = ellipse(x + size * 0.47, y + size * 0.215, size * 0.1, size * 0.062, 18)
    block.shape(hole, BLACK, gap=2)
    block.shape(hole + np.array([5, 6]), PAPER, rough=2)


def _pillar(block: Block, w: float, h: float) -> None:
    light = ramp((w * 0.29, 0), 1.0, (w * 0.365, 0), 0.2)
    block.hatch(box(w * 0.293, h * 0.4, w * 0.367, h * 0.94), parallel(0, 13, 1.0, 90), light)
    for row in (0.37, 0.39):
        block.line([(w * 0.285, h * row), (w * 0.375, h * row)], 6, CUT)
    for row in np.linspace(0.46, 0.9, 6):
        block.line([(w * 0.29, h * row), (w * 0.37, h * row)], 5, BLACK)
    block.shape(box(w * 0.27, h * 0.94, w * 0.388, h), BLACK, gap=3)
    block.stroke([(w * 0.275, h * 0.95), (w * 0.385, h * 0.95)], 6, CUT, taper=(0.6, 0.05))
