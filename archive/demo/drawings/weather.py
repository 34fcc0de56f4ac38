"""Skies, smoke, rain, snow, water and reeds."""

from __future__ import annotations

import numpy as np
from PIL import Image

from archive.demo.drawings.block import BLACK, CUT, PAPER, Block, Ink, Path, Points, curve
from archive.demo.drawings.fields import Field, mottled, parallel, ramp, rings, swirl


def banded_sky(
    block: Block,
    area: Path | Image.Image | None,
    top: float,
    low: float,
    *,
    spacing: float = 11,
    angle: float = 0,
) -> None:
    """A sky of level cuts, `top` and `low` being its tones above and at the horizon."""
    tone = mottled(ramp((0, 0), top, (0, block.height * 0.62), low), 0.5, 150)
    block.hatch(area, parallel(angle, spacing, 1.6, 260), tone, chatter=0.22)


def stormy_sky(
    block: Block,
    area: Path | Image.Image | None,
    tone: Field | float,
    *,
    lines: float = 34,
    cell: float = 330,
) -> None:
    """A sky whose cuts roll like clouds."""
    block.hatch(area, swirl(lines, cell, 2.0), tone, tear=0.35, chatter=0.2)


def smoke(
    block: Block,
    path: Path,
    widths: tuple[float, float],
    *,
    tone: Field | float = 0.7,
    ink: Ink = CUT,
) -> None:
    """A rising column: billows along the path, each modelled by rings of cuts."""
    line = curve(path, steps=7)
    sizes = np.linspace(widths[0], widths[1], len(line))
    rng = block.rng
    for (x, y), size in zip(line, sizes, strict=True):
        at_x, at_y = x + rng.normal(0, size * 0.25), y + rng.normal(0, size * 0.15)
        outline = billow(block, at_x, at_y, size)
        block.shape(outline, BLACK, gap=1.6, rough=0)
        block.hatch(
            block.mask(outline, rough=0),
            rings(at_x + size * 0.45, at_y + size * 0.8, max(size / 8, 5.5), 2.6),
            mottled(tone if callable(tone) else _even(tone), 0.7, 90),
            tear=0.4,
        )
        if ink == PAPER:
            block.shape(outline, (None, 0), rough=0)


def _even(value: float) -> Field:
    return ramp((0, 0), value, (1, 0), value)


def billow(block: Block, x: float, y: float, size: float) -> Points:
    """The outline of a puff of smoke."""
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    knobs = 4 + block.rng.integers(0, 3)
    bump = 1 + 0.16 * np.abs(np.sin(turn * knobs / 2 + block.rng.uniform(0, 6)))
    reach = size * bump
    return np.column_stack([x + reach * np.cos(turn), y + reach * 0.86 * np.sin(turn)])


def rain(
    block: Block, area: tuple[float, float, float, float], count: int, angle: float = 104
) -> None:
    """Rain: long thin slanting cuts."""
    at = block.scatter(area, count)
    block.gouges(at, angle, block.rng.uniform(40, 110, count), 3.4, PAPER)


def snow(
    block: Block, area: tuple[float, float, float, float], count: int, size: float = 5
) -> None:
    """Falling snow: small round nicks of the gouge."""
    rng = block.rng
    for x, y in block.scatter(area, count):
        r = size * rng.uniform(0.35, 1.0)
        turn = np.linspace(0, 2 * np.pi, 7, endpoint=False) + rng.random()
        block.shape(np.column_stack([x + r * np.cos(turn), y + r * np.sin(turn)]), PAPER, rough=0)


def water(
    block: Block, area: Path | Image.Image | None, tone: Field | float, *, spacing: float = 9
) -> None:
    """Water: level lines that swell and break."""
    block.hatch(area, parallel(0, spacing, 2.4, 90), mottled(_field(tone), 0.9, 60), tear=0.5)


def _field(tone: Field | float) -> Field:
    return tone if callable(tone) else _even(tone)


def reeds(
    block: Block,
    area: tuple[float, float, float, float],
    count: int,
    height: float,
    ink: Ink = BLACK,
    *,
    lean: float = 8,
) -> None:
    """Reeds with their plumes, rooted in the area."""
    rng = block.rng
    roots = block.scatter(area, count)
    for x, y in roots[np.argsort(roots[:, 1])]:
        h = height * rng.uniform(0.6, 1.1)
        tip = x + h * np.tan(np.radians(lean + rng.normal(0, 5)))
        stem = curve([(x, y), ((x + tip) / 2 - 4, y - h * 0.55), (tip, y - h)])
        block.stroke(stem, rng.uniform(2.5, 5.5), ink, taper=(0.02, 0.7))
        if rng.random() < 0.55:
            plume = curve(
                [(tip - 2, y - h * 0.86), (tip + 2, y - h), (tip + h * 0.07, y - h * 1.06)]
            )
            block.stroke(plume, h * 0.055, ink, taper=(0.4, 0.6))
        leaf = curve([(x, y - h * 0.3), (x + h * 0.09, y - h * 0.55), (x + h * 0.24, y - h * 0.6)])
        block.stroke(leaf, 5, ink, taper=(0.3, 0.8))


def bare_tree(
    block: Block, x: float, base: float, height: float, ink: Ink = BLACK, *, lean: float = 0
) -> None:
    """A leafless tree."""
    _branch(block, np.array([x, base]), 90 - lean, height * 0.36, height * 0.055, 5, ink)


def _branch(
    block: Block, start: Points, angle: float, length: float, width: float, left: int, ink: Ink
) -> None:
    rng = block.rng
    turn = np.radians(angle)
    end = start + length * np.array([np.cos(turn), -np.sin(turn)])
    middle = (start + end) / 2 + rng.normal(0, length * 0.05, 2)
    block.stroke(
        curve([start, middle, end]), max(width, 1.6), ink, taper=(0, 0.25 if left else 0.9)
    )
    if not left:
        return
    for spread in (rng.uniform(14, 34), -rng.uniform(14, 34), rng.uniform(-8, 8))[
        : 3 if left > 3 else 2
    ]:
        _branch(
            block,
            end - (end - start) * 0.06,
            angle + spread,
            length * rng.uniform(0.62, 0.82),
            width * 0.6,
            left - 1,
            ink,
        )
