"""What a map of ours is drawn on: the outlines of countries, and the Danube.

The countries are Natural Earth's (public domain), put in place at set-up by `scripts/outlines.py`;
without that file a map has places only. The Danube is our own sketch, drawn from bridge to bridge.
The invariant: a drawing has no more points than can be told apart in it, whatever it shows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent.parent / "static" / "vendor" / "outlines.npz"
UNIT = 10_000  # units in a degree
NORTHMOST = 84.0  # beyond, Mercator's projection has no end
MARGIN = 12.0  # a line is drawn so much beyond the edge, where nobody sees it end
FAR = 60.0  # so far beyond the edge a line need not be true
EARTH_M = 40_075_017.0
DANUBE_M = 380.0
# Latitude and longitude in the middle of the stream: towns, and in Budapest the bridges. Above
# Esztergom it is the border, which is drawn already.
DANUBE = (
    (47.796, 18.730), (47.815, 18.860), (47.790, 18.970), (47.815, 19.020), (47.780, 19.115),
    (47.700, 19.120), (47.6095, 19.0935), (47.5630, 19.0620), (47.5378, 19.0510),
    (47.5147, 19.0434), (47.5065, 19.0405), (47.4989, 19.0436), (47.4908, 19.0490),
    (47.4857, 19.0549), (47.4786, 19.0640), (47.4712, 19.0690), (47.4640, 19.0640),
    (47.4540, 19.0550), (47.4250, 19.0440), (47.3900, 19.0050), (47.3200, 18.9250),
    (47.1200, 18.8800), (46.9650, 18.9520), (46.6200, 18.8750), (46.3700, 18.9200),
    (46.1800, 18.9250), (45.9900, 18.7100),
)  # fmt: skip
Points = NDArray[np.float64]


@dataclass(frozen=True)
class Frame:
    """A part of the world on a sheet of `width` × `height`; Mercator's projection."""

    south: float
    west: float
    north: float
    east: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Units of the sheet in a degree of longitude."""
        return self.width / (self.east - self.west)

    def x(self, lon: float) -> float:
        return (lon - self.west) * self.scale

    def y(self, lat: float) -> float:
        return (stretched(self.north) - stretched(lat)) * self.scale

    def metres(self) -> float:
        """Metres in a unit of the sheet, at its middle."""
        middle = math.radians((self.south + self.north) / 2)
        return EARTH_M * math.cos(middle) / 360 / self.scale


def stretched(lat: float) -> float:
    """Latitude in Mercator's projection, in degrees of longitude."""
    bounded = max(-NORTHMOST, min(NORTHMOST, lat))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2)))


def unstretched(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp(math.radians(y))) - math.pi / 2)


@lru_cache(maxsize=64)
def land(frame: Frame) -> str:
    """The countries as one SVG path."""
    return "".join(_closed(ring) for ring in _within(frame))


def danube(frame: Frame) -> tuple[str, float]:
    """The Danube as an SVG path, and how wide it is."""
    points = np.array([[frame.x(lon), frame.y(lat)] for lat, lon in DANUBE])
    near = (np.abs(points) < 50 * frame.width).all(axis=1)
    return _steps(points[near]), max(1.6, DANUBE_M / frame.metres())


@lru_cache(maxsize=1)
def _world() -> tuple[Points, NDArray[np.int64], Points]:
    """Points in projection, where each ring ends, and the box around each ring."""
    if not FILE.is_file():
        return np.zeros((0, 2)), np.zeros(0, dtype=np.int64), np.zeros((0, 4))
    with np.load(FILE, allow_pickle=False) as stored:
        points = stored["points"] / UNIT
        ends = stored["ends"]
    lat = np.radians(np.clip(points[:, 1], -NORTHMOST, NORTHMOST))
    points[:, 1] = np.degrees(np.log(np.tan(np.pi / 4 + lat / 2)))
    starts = np.concatenate([[0], ends[:-1]])
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    return points, ends, np.hstack([low, high])


def _within(frame: Frame) -> Iterator[list[tuple[float, float]]]:
    """The rings that meet the frame, cut at its edge, in units of the sheet."""
    points, ends, boxes = _world()
    if not len(ends):
        return
    west, south, east, north = boxes.T
    low, high = stretched(frame.south), stretched(frame.north)
    meets = (west <= frame.east) & (east >= frame.west) & (south <= high) & (north >= low)
    grid = _grid(frame)
    large = ((east - west) * frame.scale > 3 * grid) | ((north - south) * frame.scale > 3 * grid)
    for ring in np.flatnonzero(meets & large):
        part = points[ends[ring - 1] if ring else 0 : ends[ring]]
        drawn = np.column_stack([part[:, 0] - frame.west, high - part[:, 1]]) * frame.scale
        cut = _cut(_thinned(drawn, grid, frame), frame.width, frame.height)
        if len(cut) > 2:
            yield cut


def _grid(frame: Frame) -> float:
    """How near points may lie to each other: the more of the world is seen, the plainer it is."""
    return max(1.5, min(5.0, (frame.east - frame.west) / 8))


def _thinned(points: Points, grid: float, frame: Frame) -> Points:
    """Without the points that fall into the same square as the one before them; where nobody sees
    them the squares are large, and there is an end to how far they lie."""
    room = np.array([frame.width, frame.height])
    points = np.clip(points, -4 * room, 5 * room)
    unseen = ((points < -FAR) | (points > room + FAR)).any(axis=1)
    rounded = np.round(points / np.where(unseen, 20 * grid, grid)[:, None])
    moved = np.ones(len(points), dtype=np.bool_)
    moved[1:] = (rounded[1:] != rounded[:-1]).any(axis=1)
    return points[moved]


def _cut(points: Points, width: float, height: float) -> list[tuple[float, float]]:
    """A ring cut at the four edges of the sheet (Sutherland and Hodgman 1974)."""
    ring = [(float(x), float(y)) for x, y in points]
    for axis, limit, below in ((0, -MARGIN, False), (0, width + MARGIN, True),
                               (1, -MARGIN, False), (1, height + MARGIN, True)):  # fmt: skip
        ring = _cut_at(ring, axis, limit, below)
    return ring


def _cut_at(
    ring: list[tuple[float, float]], axis: int, limit: float, below: bool
) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for at, point in enumerate(ring):
        before = ring[at - 1]
        inside, was_inside = ((p[axis] < limit) == below for p in (point, before))
        if inside != was_inside:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append(
                (
                    before[0] + share * (point[0] - before[0]),
                    before[1] + share * (point[1] - before[1]),
                )
            )
        if inside:
            kept.append(point)
    return kept


def _closed(ring: list[tuple[float, float]]) -> str:
    return _steps(np.array(ring)) + "z"


def _steps(points: Points) -> str:
    """A path through points, in whole units, each a step from the last."""
    if len(points) < 2:
        return ""
    whole = np.round(points).astype(int)
    steps = np.diff(whole, axis=0)
    moved = steps[(steps != 0).any(axis=1)]
    first = f"M{whole[0, 0]} {whole[0, 1]}"
    return first + "".join(f"l{x} {y}" for x, y in moved)
