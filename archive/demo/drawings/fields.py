"""Line systems and tones: functions of the picture plane that the engraver fills areas with.

A *phase* field counts lines (every whole number is the middle of a cut), a *tone* field says
how much of each line is ink (0 none, 1 all).  A tone that changes along a line makes the long
tapering wedges of a gouge.  Nothing here draws; `block.Block.hatch` does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True)
class View:
    """A window on the block: unit coordinates (`x` is 1×w, `y` is h×1) and its noise."""

    x: Array
    y: Array
    sample: Callable[[float, float, int], Array]

    def noise(self, cell: float, aspect: float = 1.0, layer: int = 0) -> Array:
        """Smooth noise 0..1 with features of `cell` units, `aspect` times as wide as high."""
        return self.sample(cell, aspect, layer)


Field = Callable[[View], Array]


def parallel(angle: float, spacing: float, warp: float = 0.6, cell: float = 160.0) -> Field:
    """Straight cuts at `angle` degrees, `spacing` units apart, wavering by `warp` lines."""
    turn = np.radians(angle)
    across, down = np.float32(-np.sin(turn) / spacing), np.float32(np.cos(turn) / spacing)
    return lambda v: v.x * across + v.y * down + np.float32(warp) * v.noise(cell)


def radial(cx: float, cy: float, count: int, warp: float = 0.5) -> Field:
    """`count` rays from a point."""
    turns = np.float32(count / (2 * np.pi))
    return lambda v: np.arctan2(v.y - cy, v.x - cx) * turns + np.float32(warp) * v.noise(120)


def rings(cx: float, cy: float, spacing: float, warp: float = 0.8, squash: float = 1.0) -> Field:
    """Rings round a point, `squash` times as high as wide."""

    def phase(v: View) -> Array:
        reach = np.hypot(v.x - cx, (v.y - cy) / np.float32(squash))
        count: Array = reach / np.float32(spacing) + np.float32(warp) * v.noise(140)
        return count

    return phase


def swirl(lines: float, cell: float = 260.0, aspect: float = 1.0, layer: int = 3) -> Field:
    """Contour lines of a noise landscape, as in smoke or the grain of wood."""

    def phase(v: View) -> Array:
        hills = v.noise(cell, aspect, layer) + np.float32(0.3) * v.noise(cell / 3, aspect, layer)
        return hills * np.float32(lines)

    return phase


def flat(value: float) -> Field:
    """The same tone everywhere."""
    return lambda v: np.full((v.y.shape[0], v.x.shape[1]), value, np.float32)


def ramp(start: tuple[float, float], first: float, end: tuple[float, float], last: float) -> Field:
    """A tone going evenly from `first` at `start` to `last` at `end`."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy

    def tone(v: View) -> Array:
        along = (v.x - start[0]) * np.float32(dx / length) + (v.y - start[1]) * np.float32(
            dy / length
        )
        amount: Array = np.float32(first) + np.clip(along, 0, 1) * np.float32(last - first)
        return amount

    return tone


def glow(
    centre: tuple[float, float], inner: float, first: float, outer: float, last: float
) -> Field:
    """A tone round a light: `first` within `inner` units, `last` beyond `outer`."""

    def tone(v: View) -> Array:
        reach = np.hypot(v.x - centre[0], v.y - centre[1])
        along = np.clip((reach - inner) / np.float32(outer - inner), 0, 1)
        amount: Array = np.float32(first) + along * np.float32(last - first)
        return amount

    return tone


def mottled(tone: Field, amount: float, cell: float = 120.0, layer: int = 5) -> Field:
    """A tone made uneven by clouds of noise."""
    return lambda v: tone(v) + np.float32(amount) * (v.noise(cell, 1.6, layer) - np.float32(0.5))


def darkest(*tones: Field) -> Field:
    """The darkest of several tones."""

    def tone(v: View) -> Array:
        result = tones[0](v)
        for other in tones[1:]:
            result = np.maximum(result, other(v))
        return result

    return tone


def lightest(*tones: Field) -> Field:
    """The lightest of several tones."""

    def tone(v: View) -> Array:
        result = tones[0](v)
        for other in tones[1:]:
            result = np.minimum(result, other(v))
        return result

    return tone
