"""Tenement fronts of Pest in perspective: cornices, gables over windows, balconies, shops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from archive.demo.drawings.block import BLACK, CUT, Block, Ink
from archive.demo.drawings.city import Wall
from archive.demo.drawings.fields import Field

STYLES = ("plain", "gable", "arch")
GROUND = 0.2


@dataclass(frozen=True)
class Opening:
    """A window of a wall: its middle, half its breadth, top and bottom, in shares of the wall."""

    u: float
    half: float
    top: float
    foot: float


def facade(
    block: Block,
    wall: Wall,
    floors: int,
    bays: int,
    *,
    tone: Field | float = 0.6,
    lines: int = 90,
    glass: Ink = BLACK,
    style: str = "",
) -> None:
    """An engraved house front with a roof, `floors` above a ground floor, `bays` windows wide."""
    style = style or str(block.rng.choice(STYLES))
    _roof(block, wall)
    block.shape(wall.patch(0, 0, 1, 1), BLACK, gap=1.5)
    block.hatch(wall.patch(0, 0, 1, 1), wall.courses(lines), tone)
    high = (1 - GROUND) / floors
    for floor in range(floors):
        top = floor * high
        for bay in range(bays):
            window = Opening((bay + 0.5) / bays, 0.2 / bays, top + high * 0.28, top + high * 0.84)
            _window(block, wall, window, glass, style if floor else "plain")
            if floor == floors - 1 and bay % 3 == 1:
                _balcony(block, wall, window)
        _course(block, wall, top + high * 0.97)
    _ground_floor(block, wall, bays)
    _eaves(block, wall, bays)


def _roof(block: Block, wall: Wall) -> None:
    rng = block.rng
    for u in rng.uniform(0.05, 0.95, 4):
        block.shape(wall.patch(u, -0.13 - 0.05 * rng.random(), u + 0.025, 0), BLACK, gap=1)
        block.shape(wall.patch(u - 0.006, -0.135, u + 0.031, -0.12), BLACK)
    block.shape(wall.patch(-0.01, -0.05, 1.01, 0.0), BLACK, gap=1.2)


def _eaves(block: Block, wall: Wall, bays: int) -> None:
    block.shape(wall.patch(-0.02, -0.012, 1.02, 0.022), BLACK, gap=1)
    block.shape(wall.patch(-0.02, -0.004, 1.02, 0.006), CUT, rough=0.4)
    for u in np.linspace(0.01, 0.99, bays * 4):
        block.line([wall.at(float(u), 0.012), wall.at(float(u), 0.034)], 2.0, CUT)


def _course(block: Block, wall: Wall, v: float) -> None:
    block.shape(wall.patch(-0.005, v, 1.005, v + 0.009), CUT, rough=0.5)
    block.shape(wall.patch(-0.005, v + 0.009, 1.005, v + 0.02), BLACK, rough=0.4)


def _window(block: Block, wall: Wall, window: Opening, glass: Ink, style: str) -> None:
    u, half, top, foot = window.u, window.half, window.top, window.foot
    tall = foot - top
    block.shape(
        wall.patch(u - half * 1.45, top - tall * 0.1, u + half * 1.45, foot + tall * 0.05),
        BLACK,
        rough=0.4,
    )
    block.shape(wall.patch(u - half * 1.3, top - tall * 0.06, u + half * 1.3, foot), CUT, rough=0.6)
    block.shape(wall.patch(u - half, top, u + half, foot), glass, rough=0.6)
    if style == "gable":
        peak = [
            wall.at(u - half * 1.6, top - tall * 0.1),
            wall.at(u, top - tall * 0.34),
            wall.at(u + half * 1.6, top - tall * 0.1),
        ]
        block.shape(peak, BLACK, gap=1.4, rough=0.3)
    elif style == "arch":
        bow = [
            wall.at(u + half * 1.5 * np.cos(t), top - tall * 0.06 - tall * 0.2 * np.sin(t))
            for t in np.linspace(0, np.pi, 9)
        ]
        block.shape(bow, CUT, rough=0.3)
        block.shape(
            [
                ((x + bow[4][0] * 0.24) / 1.24, (y + wall.at(u, top)[1] * 0.24) / 1.24)
                for x, y in bow
            ],
            glass,
            rough=0.3,
        )
    else:
        block.shape(
            wall.patch(u - half * 1.6, top - tall * 0.15, u + half * 1.6, top - tall * 0.07),
            CUT,
            rough=0.4,
        )
    block.shape(
        wall.patch(u - half * 1.7, foot, u + half * 1.7, foot + tall * 0.05), CUT, rough=0.4
    )
    if glass == BLACK:
        _panes(block, wall, window)


def _panes(block: Block, wall: Wall, window: Opening) -> None:
    u, half, top, foot = window.u, window.half, window.top, window.foot
    rng = block.rng
    bar = top + (foot - top) * 0.3
    block.line([wall.at(u, top), wall.at(u, foot)], 1.5, CUT)
    block.line([wall.at(u - half, bar), wall.at(u + half, bar)], 1.4, CUT)
    if rng.random() < 0.4:
        side = float(rng.choice([-0.9, 0.1]))
        low = bar + (foot - bar) * rng.uniform(0.3, 0.7)
        glare = [
            wall.at(u + half * side, low),
            wall.at(u + half * (side + 0.8), bar),
            wall.at(u + half * (side + 0.8), bar + (low - bar) * 0.3),
            wall.at(u + half * side, low + (low - bar) * 0.3),
        ]
        block.shape(glare, CUT, rough=0.4)


def _balcony(block: Block, wall: Wall, window: Opening) -> None:
    u, half, foot = window.u, window.half * 2.6, window.foot
    rise = (foot - window.top) * 0.42
    block.shape(wall.patch(u - half, foot - rise, u + half, foot + 0.02), BLACK, gap=1.3, rough=0.4)
    for at in np.linspace(-0.9, 0.9, 9):
        block.line(
            [
                wall.at(u + half * float(at), foot - rise * 0.86),
                wall.at(u + half * float(at), foot - rise * 0.08),
            ],
            1.5,
            CUT,
        )
    block.line([wall.at(u - half, foot + 0.004), wall.at(u + half, foot + 0.004)], 2.2, CUT)


def _ground_floor(block: Block, wall: Wall, bays: int) -> None:
    top = 1 - GROUND
    for k in range(5):
        v = top + 0.02 + k * GROUND * 0.19
        block.shape(wall.patch(0, v, 1, v + 0.007), BLACK, rough=0.5)
    for bay in range(bays):
        u, half = (bay + 0.5) / bays, 0.36 / bays
        sign = top + GROUND * 0.16
        block.shape(
            wall.patch(u - half, sign, u + half, sign + GROUND * 0.17), BLACK, gap=1.3, rough=0.5
        )
        block.shape(
            wall.patch(u - half * 0.9, sign + GROUND * 0.22, u + half * 0.9, 1),
            BLACK,
            gap=1.3,
            rough=0.5,
        )
        if block.rng.random() < 0.6:
            block.line(
                [
                    wall.at(u - half * 0.8, sign + GROUND * 0.085),
                    wall.at(u + half * 0.4, sign + GROUND * 0.085),
                ],
                2.4,
                CUT,
            )
        for k in range(3):
            v = sign + GROUND * (0.32 + 0.15 * k)
            block.line([wall.at(u - half * 0.8, v), wall.at(u + half * 0.8, v)], 1.5, CUT)
