"""Streets: walls in perspective, windows, scars of bullets, cobbles, rails, wires and lamps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from archive.demo.drawings.block import (
    BLACK,
    COLOUR,
    CUT,
    PAPER,
    WASH,
    Block,
    Ink,
    Points,
    box,
    curve,
    points,
    resample,
)  # fmt: skip
from archive.demo.drawings.fields import Field, parallel, radial

Spot = tuple[float, float]


@dataclass(frozen=True)
class Wall:
    """A rectangle in perspective: its left and right edges as (x, top, bottom)."""

    left: tuple[float, float, float]
    right: tuple[float, float, float]

    def at(self, u: float, v: float) -> Spot:
        """The point `u` across (foreshortened) and `v` down the wall."""
        near, far = self.left[2] - self.left[1], self.right[2] - self.right[1]
        w = u * near / (far + u * (near - far)) if near != far else u
        x = self.left[0] + w * (self.right[0] - self.left[0])
        top = self.left[1] + w * (self.right[1] - self.left[1])
        bottom = self.left[2] + w * (self.right[2] - self.left[2])
        return x, top + v * (bottom - top)

    def patch(self, u0: float, v0: float, u1: float, v1: float) -> Points:
        """A rectangle of the wall as seen."""
        return points([self.at(u0, v0), self.at(u1, v0), self.at(u1, v1), self.at(u0, v1)])

    def courses(self, count: int) -> Field:
        """A phase of `count` lines running with the wall towards its vanishing point."""
        (x0, t0, b0), (x1, t1, b1) = self.left, self.right
        if abs((b0 - t0) - (b1 - t1)) < 1:
            return parallel(float(np.degrees(np.arctan2(t1 - t0, x1 - x0))), (b0 - t0) / count)
        share = (b0 - t0) / ((b0 - t0) - (b1 - t1))
        cx, cy = x0 + share * (x1 - x0), t0 + share * (t1 - t0)
        span = abs(np.arctan2(b0 - cy, x0 - cx) - np.arctan2(t0 - cy, x0 - cx))
        span = min(span, 2 * np.pi - span)
        return radial(cx, cy, int(count * 2 * np.pi / max(span, 0.01)))


def scars(block: Block, spots: Points, size: float, *, core: Ink = BLACK) -> None:
    """Bullet marks: chipped plaster round a dark pit."""
    rng = block.rng
    for x, y in spots:
        r = size * rng.uniform(0.5, 1.2)
        turn = np.sort(rng.uniform(0, 2 * np.pi, 8))
        reach = r * rng.uniform(0.6, 1.35, 8)
        rim = np.column_stack([x + reach * np.cos(turn), y + reach * np.sin(turn) * 0.9])
        block.shape(rim, PAPER, rough=0)
        pit = np.column_stack(
            [x + 1 + reach * 0.42 * np.cos(turn), y + reach * 0.42 * np.sin(turn)]
        )
        block.shape(pit, core, rough=0)


def breach(block: Block, rim: Points, depth: float = 10) -> None:
    """A hole blown in a wall: black inside, a lit broken edge, cracks going out."""
    rng = block.rng
    edge = resample(np.vstack([rim, rim[:1]]), 26)[:-1]
    middle = edge.mean(axis=0)
    edge = middle + (edge - middle) * rng.uniform(0.86, 1.1, (len(edge), 1))
    block.shape(edge, PAPER, gap=2, rough=0)
    inner = middle + (edge - middle) * rng.uniform(0.78, 0.97, (len(edge), 1))
    block.shape(inner + np.array([depth * 0.5, depth * 0.35]), BLACK, rough=0)
    for dot in edge[::5]:
        way = (dot - middle) / max(float(np.hypot(*(dot - middle))), 1.0)
        bend = dot + way * depth * 2 + rng.normal(0, depth * 0.8, 2)
        far = bend + way * depth * 2 + rng.normal(0, depth, 2)
        block.stroke([dot, bend, far], 4, BLACK, taper=(0, 0.9))


def cobbles(
    block: Block,
    area: tuple[float, float, float, float],
    vanish: float,
    *,
    rows: int = 22,
    lit: float = 0.35,
    near: float = 46.0,
) -> None:
    """Paving seen in perspective: courses of rounded cuts that shrink towards `vanish` (a y)."""
    left, top, right, bottom = area
    rng = block.rng
    y, size = bottom + near * 0.2, near
    for _ in range(rows * 4):
        depth = (y - vanish) / (bottom - vanish)
        size = near * depth
        if y < top or size < 2.4:
            break
        xs = np.arange(left + rng.uniform(-1, 0) * size, right, size)
        for x in xs:
            if rng.random() < lit:
                _sett(block, float(x), y, size * rng.uniform(0.7, 0.95), size * 0.3)
        y -= size * 0.42


def _sett(block: Block, x: float, y: float, wide: float, high: float) -> None:
    top = [(x, y), (x + wide * 0.16, y - high * 0.7), (x + wide * 0.6, y - high), (x + wide,
    y - high * 0.3),
           (x + wide * 0.62, y - high * 0.62), (x + wide * 0.2, y - high * 0.3)]  # fmt: skip
    block.shape(top, CUT, rough=0)


def rails(
    block: Block, foot: tuple[float, float, float], vanish: Spot, *, gauge: float, ink: Ink = PAPER
) -> None:
    """A pair of rails from (x, y, width of a rail) at the foot towards the vanishing point."""
    x, y, thick = foot
    for side in (-0.5, 0.5):
        start = x + side * gauge
        line = [(start - thick / 2, y), (start + thick / 2, y), vanish]
        block.shape([(start - thick * 1.2, y), (start + thick * 1.2, y), vanish], BLACK, rough=0.4)
        block.shape(line, ink, rough=0.4)


def wires(
    block: Block, lines: list[tuple[Spot, Spot, float]], width: float = 2.0, ink: Ink = BLACK
) -> None:
    """Tram wires: (from, to, sag) each."""
    for (x0, y0), (x1, y1), sag in lines:
        middle = ((x0 + x1) / 2, (y0 + y1) / 2 + sag)
        path = resample(curve([(x0, y0), middle, (x1, y1)]), 16)
        block.line(path, width, ink)


def lamp(block: Block, x: float, base: float, height: float, *, lit: bool = False) -> None:
    """A cast-iron street lamp."""
    h = height
    block.shape(
        [
            (x - h * 0.008, base),
            (x - h * 0.005, base - h * 0.85),
            (x + h * 0.005, base - h * 0.85),
            (x + h * 0.008, base),
        ],
        BLACK,
        gap=1.5,
    )
    block.shape(box(x - h * 0.02, base - h * 0.07, x + h * 0.02, base), BLACK, gap=1)
    glass = [
        (x - h * 0.022, base - h * 0.86),
        (x - h * 0.034, base - h * 0.96),
        (x + h * 0.034, base - h * 0.96),
        (x + h * 0.022, base - h * 0.86),
    ]
    block.shape(glass, PAPER if lit else COLOUR, gap=1.5)
    block.shape(
        [(x - h * 0.042, base - h * 0.955), (x, base - h), (x + h * 0.042, base - h * 0.955)],
        BLACK,
        gap=1,
    )
    block.line([(x, base - h * 0.86), (x, base - h * 0.96)], h * 0.005, BLACK)


def reflections(
    block: Block, spots: list[tuple[float, float]], top: float, bottom: float, width: float
) -> None:
    """Light on wet stones: broken level cuts under each (x, strength)."""
    rng = block.rng
    for x, strength in spots:
        y = top
        while y < bottom:
            share = (y - top) / (bottom - top)
            half = width * (0.4 + share) * rng.uniform(0.35, 1.0) * strength
            at = x + rng.normal(0, width * 0.12)
            block.stroke(
                [(at - half, y), (at + half, y + rng.uniform(-1, 1))],
                2.4 + 5 * share,
                PAPER,
                taper=(0.5, 0.5),
            )
            y += 6 + 12 * share * rng.uniform(0.6, 1.4)


def flag(
    block: Block, staff: tuple[Spot, Spot], cloth: tuple[float, float], *, wave: float = 0.12,
    hole: float = 0.3,
    side: float = 1.0, thick: float = 7.0, green_ink: bool = False,
) -> None:  # fmt: skip
    """The tricolour with the hole: one stripe in the second ink, the other in engraved lines.

    `staff` runs from hand to top, `cloth` is (length, height) in units, `side` the way it blows.
    The lines are those of heralds: upright for red, slanting for green.  The second ink stands
    for red unless `green_ink`.  Through the hole one sees whatever was cut before.
    """
    before = (block.key.copy(), block.tint.copy())
    length, height = cloth[0] * side, cloth[1]
    rows = [_drape(staff[1], length, height, wave, share) for share in np.linspace(0, 1, 7)]
    stripes = [np.vstack([rows[low], rows[low + 2][::-1]]) for low in (0, 2, 4)]
    inked, engraved, slant = (2, 0, 90.0) if green_ink else (0, 2, side * 32.0)
    for k, stripe in enumerate(stripes):
        block.shape(stripe, COLOUR if k == inked else PAPER, rough=0)
    lines = parallel(slant, max(height / 26, 4.2))
    block.hatch(block.mask(stripes[engraved], rough=0), lines, 0.55, tear=0.3)
    _shade_folds(block, np.array(rows), thick)
    outline = np.vstack([rows[0], rows[6][::-1]])
    block.line(np.vstack([outline, outline[:1]]), thick * 0.42, BLACK)
    if hole:
        _hole(block, (rows[3][9] + rows[3][10]) / 2, height * hole, thick, before)
    block.stroke([staff[0], (staff[1][0], staff[1][1] - height * 0.08)], thick, BLACK, taper=(0, 0))


def _drape(top: Spot, length: float, height: float, wave: float, share: float) -> Points:
    t = np.linspace(0, 1, 20)
    swing = np.sin(t * 8.2 + share * 0.9 - 0.4) * (0.25 + 0.75 * t)
    x = top[0] + length * (t * (1 - 0.05 * share) + 0.016 * np.sin(t * 8.2 + 1.2 + share * 2) * t)
    y = top[1] + height * (share * (1 - 0.1 * t) + wave * swing + 0.14 * t * t)
    return np.column_stack([x, y])


def _shade_folds(block: Block, rows: Points, thick: float) -> None:
    """Comb-like cuts of shadow where the cloth turns away, following its fall."""
    for start, count in ((3, 4), (10, 5), (17, 2)):
        for k in range(count * 2):
            at = min(start + k * 0.5, 18.5)
            low, share = int(at), at - int(at)
            path = rows[:, low] * (1 - share) + rows[:, min(low + 1, 19)] * share
            first = 0 if k % 2 else int(block.rng.integers(0, 2))
            size = thick * (0.85 - 0.7 * k / (count * 2))
            block.stroke(
                curve(path[first : 7 - int(block.rng.integers(0, 4))]),
                size,
                BLACK,
                taper=(0.15, 0.7),
            )


def _hole(
    block: Block,
    middle: Points,
    radius: float,
    thick: float,
    before: tuple[Image.Image, Image.Image],
) -> None:
    rng = block.rng
    turn = np.linspace(0, 2 * np.pi, 30)[:-1]
    reach = radius * rng.uniform(0.92, 1.06, 29)
    way = np.column_stack([np.cos(turn), np.sin(turn)])
    rim = middle + way * reach[:, None]
    mask = block.mask(rim, rough=0)
    block.key.paste(before[0], (0, 0), mask)
    block.tint.paste(before[1], (0, 0), mask)
    block.line(np.vstack([rim, rim[:1]]), thick * 0.34, BLACK)
    for k in range(0, 29, 3):
        block.stroke(
            [rim[k], rim[k] - way[k] * radius * rng.uniform(0.1, 0.24) + rng.normal(0, 2, 2)],
            thick * 0.4,
            BLACK,
        )


def windows_lit(
    block: Block, spots: list[tuple[float, float, float, float]], ink: Ink = WASH
) -> None:
    """Small lit windows, each left, top, right, bottom."""
    for left, top, right, bottom in spots:
        block.shape(box(left, top, right, bottom), CUT, rough=0.4)
        block.shape(box(left, top, right, bottom), ink, rough=0)
