"""The results on a map: places with their counts, near ones drawn as one, each a way to narrow.

Pure: places and an address go in, what the template draws comes out. The invariant: every place
with a known position is either drawn or said to lie outside; the list beside names the same ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.site import outlines
from archive.site.outlines import Frame, stretched, unstretched

WIDTH, HEIGHT = 640.0, 460.0
NEAREST = 34.0  # circles nearer than this become one
LEAST_SPAN, MOST_SPAN = 0.008, 340.0  # degrees of longitude
LISTED = 40  # places named beside the map
NAMED = 14  # places named on it
TOGETHER = 20  # so many places may be chosen at once; of more, one first comes closer
ROUGH_M = 5_000
FEW = 0.05  # of the photographs, when the places of the others decide what is shown first
MARGIN = 0.1
Box = tuple[float, float, float, float]
Room = tuple[float, float, float, float]  # left, top, right, bottom on the sheet


@dataclass(frozen=True)
class Spot:
    """A place of the results; `rough` when it is known to be only hereabouts."""

    id: str
    label: str
    lat: float
    lon: float
    count: int
    chosen: bool = False
    rough: bool = False


@dataclass(frozen=True)
class Circle:
    """One or more places on the sheet; `box` is the part of the world to come closer to."""

    x: float
    y: float
    radius: float
    count: int
    spots: tuple[Spot, ...]
    box: str = ""
    name: str = ""
    name_x: float = 0.0
    name_end: bool = False

    @property
    def rough(self) -> bool:
        return all(spot.rough for spot in self.spots)

    @property
    def chosen(self) -> bool:
        return any(spot.chosen for spot in self.spots)


@dataclass(frozen=True)
class Line:
    """A line of the graticule, and where its degrees are written."""

    path: str
    words: str
    x: float
    y: float


@dataclass(frozen=True)
class Map:
    """What the template draws. Boxes are written as an address writes them."""

    width: float
    height: float
    land: str
    river: str
    river_width: float
    graticule: list[Line]
    circles: list[Circle]
    listed: list[Spot]
    within: int
    outside: int
    unplaced: int
    whole: str
    closer: str
    further: str
    bar: float
    bar_m: int
    bounds: Box


def read_box(text: str) -> Box | None:
    """South, west, north and east of an address; None when it is not a part of the world."""
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        return None
    known = all(math.isfinite(side) for side in (south, west, north, east))
    return (south, west, north, east) if known and south <= north and west <= east else None


def draw(spots: Sequence[Spot], asked: Box | None, unplaced: int = 0) -> Map:
    """The map of some places: the part asked for, else all of them."""
    frame = framed(asked or around(_core(spots)))
    inside = [spot for spot in spots if _inside(spot, frame)]
    river, river_width = outlines.danube(frame)
    metres, bar = _bar(frame)
    return Map(
        width=frame.width,
        height=frame.height,
        land=outlines.land(frame),
        river=river,
        river_width=round(river_width, 1),
        graticule=_graticule(frame),
        circles=_named(_circles(inside, frame)),
        listed=sorted(inside, key=lambda spot: (not spot.chosen, -spot.count, spot.label))[:LISTED],
        within=len(inside),
        outside=len(spots) - len(inside),
        unplaced=unplaced,
        whole=written(around(spots)) if len(inside) < len(spots) else "",
        closer=written(_zoomed(frame, 0.5)),
        further=written(_zoomed(frame, 2.0)),
        bar=bar,
        bar_m=metres,
        bounds=_box(frame),
    )


def around(spots: Iterable[Spot]) -> Box:
    """The smallest box around some places; the Carpathian basin when there are none."""
    placed = list(spots)
    if not placed:
        return 45.6, 15.5, 48.8, 23.2
    lats, lons = [spot.lat for spot in placed], [spot.lon for spot in placed]
    return min(lats), min(lons), max(lats), max(lons)


def _core(spots: Sequence[Spot]) -> Sequence[Spot]:
    """Where nearly all photographs are, when the few others lie far away; else every place."""
    wide = _width(spots)
    least = sum(spot.count for spot in spots) * FEW
    lats, lons = (_between(spots, axis, least) for axis in ("lat", "lon"))
    core = [s for s in spots if lats[0] <= s.lat <= lats[1] and lons[0] <= s.lon <= lons[1]]
    return core if core and _width(core) * 3 < wide else spots


def _between(spots: Sequence[Spot], axis: str, least: float) -> tuple[float, float]:
    """Between which degrees all but `least` photographs on either side lie."""
    ends = []
    for reverse in (False, True):
        passed, end = 0, 0.0
        for spot in sorted(spots, key=lambda spot: float(getattr(spot, axis)), reverse=reverse):
            passed, end = passed + spot.count, getattr(spot, axis)
            if passed > least:
                break
        ends.append(end)
    return ends[0], ends[1]


def _width(spots: Sequence[Spot]) -> float:
    south, west, north, east = around(spots)
    return max(east - west, north - south)


def framed(box: Box) -> Frame:
    """A box on the sheet, with room around it, widened to the sheet's shape."""
    south, west, north, east = box
    high, low = stretched(north), stretched(south)
    span = max(east - west, (high - low) * WIDTH / HEIGHT) * (1 + 2 * MARGIN)
    span = max(LEAST_SPAN, min(MOST_SPAN, span))
    x, y = (west + east) / 2, (high + low) / 2
    half = span * HEIGHT / WIDTH / 2
    return Frame(
        round(unstretched(y - half), 5),
        round(x - span / 2, 5),
        round(unstretched(y + half), 5),
        round(x + span / 2, 5),
        WIDTH,
        HEIGHT,
    )


def written(box: Box) -> str:
    """A box in an address, so that `framed` gives the same sheet again."""
    return ",".join(f"{side:.5f}".rstrip("0").rstrip(".") for side in box)


def _box(frame: Frame) -> Box:
    """The box whose sheet is this frame: the frame without the room around it."""
    return _shrunk(frame, 1 / (1 + 2 * MARGIN))


def _zoomed(frame: Frame, factor: float) -> Box:
    return _shrunk(frame, factor / (1 + 2 * MARGIN))


def _shrunk(frame: Frame, factor: float) -> Box:
    x, y = (frame.west + frame.east) / 2, (stretched(frame.north) + stretched(frame.south)) / 2
    half = (frame.east - frame.west) / 2 * factor
    tall = half * frame.height / frame.width
    return unstretched(y - tall), x - half, unstretched(y + tall), x + half


def _inside(spot: Spot, frame: Frame) -> bool:
    return frame.south <= spot.lat <= frame.north and frame.west <= spot.lon <= frame.east


def _circles(spots: Iterable[Spot], frame: Frame) -> list[Circle]:
    """Places that would lie upon each other, as one; the most frequent gather the others."""
    groups: list[list[Spot]] = []
    cells: dict[tuple[int, int], list[tuple[float, float, int]]] = {}
    for spot in sorted(spots, key=lambda s: (-s.count, s.id)):
        x, y = frame.x(spot.lon), frame.y(spot.lat)
        at = int(x // NEAREST), int(y // NEAREST)
        around_it = (cells.get((at[0] + i, at[1] + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        near = (each for cell in around_it for each in cell)
        best = min(near, key=lambda each: math.dist(each[:2], (x, y)), default=None)
        if best and math.dist(best[:2], (x, y)) < NEAREST:
            groups[best[2]].append(spot)
        else:
            cells.setdefault(at, []).append((x, y, len(groups)))
            groups.append([spot])
    most = max((sum(s.count for s in group) for group in groups), default=1)
    return [_circle(tuple(group), frame, most) for group in groups]


def _circle(spots: tuple[Spot, ...], frame: Frame, most: int) -> Circle:
    count = sum(spot.count for spot in spots)
    box = around(spots)
    apart = max(box[3] - box[1], box[2] - box[0]) > LEAST_SPAN / 2
    return Circle(
        x=round(frame.x(spots[0].lon), 1),
        y=round(frame.y(spots[0].lat), 1),
        radius=round(12 + 12 * math.sqrt(count / most), 1),
        count=count,
        spots=spots,
        box=written(box) if len(spots) > 1 and apart else "",
    )


def _named(circles: list[Circle]) -> list[Circle]:
    """Names beside the largest single places, where they cover neither a name nor a circle."""
    taken = [(c.x - c.radius, c.y - c.radius, c.x + c.radius, c.y + c.radius) for c in circles]
    most = len(taken) + NAMED
    named: list[Circle] = []
    for circle in circles:
        single = len(circle.spots) == 1 and len(taken) < most
        room = _beside(circle, circle.spots[0].label, taken) if single else None
        named.append(_with_name(circle, room) if room else circle)
        taken += [room] if room else []
    return named


def _with_name(circle: Circle, room: Room) -> Circle:
    left = room[0] < circle.x
    at = circle.x + (-1 if left else 1) * (circle.radius + 5)
    return replace(circle, name=circle.spots[0].label, name_x=round(at, 1), name_end=left)


def _beside(circle: Circle, label: str, taken: Sequence[Room]) -> Room | None:
    """Room for a name, on the right of its circle or on the left."""
    wide, gap = 6.2 * len(label) + 4, circle.radius + 3
    for left in (circle.x + gap, circle.x - gap - wide):
        room = (left, circle.y - 8, left + wide, circle.y + 8)
        free = left >= 0 and left + wide <= WIDTH
        if free and not any(_cover(room, other) for other in taken):
            return room
    return None


def _cover(one: Room, other: Room) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _graticule(frame: Frame) -> list[Line]:
    """Meridians and parallels at round degrees, four or so each way."""
    step = _round((frame.east - frame.west) / 4)
    digits = max(0, -math.floor(math.log10(step)))
    lines = []
    for lon in _rounds(frame.west, frame.east, step):
        x = round(frame.x(lon), 1)
        words = f"{abs(lon):.{digits}f}° {'E' if lon >= 0 else 'W'}"
        lines.append(Line(f"M{x} 0V{frame.height:g}", words, x + 4, frame.height - 6))
    for lat in _rounds(frame.south, frame.north, step):
        y = round(frame.y(lat), 1)
        words = f"{abs(lat):.{digits}f}° {'N' if lat >= 0 else 'S'}"
        lines.append(Line(f"M0 {y}H{frame.width:g}", words, 6, y - 4))
    return lines


def _rounds(first: float, last: float, step: float) -> list[float]:
    return [n * step for n in range(math.ceil(first / step), math.floor(last / step) + 1)]


def _round(value: float) -> float:
    """The next smaller of 1, 2, 5, 10, 20 …"""
    power = 10.0 ** math.floor(math.log10(value))
    return next(n * power for n in (5, 2, 1) if n * power <= value * 1.0001)


def _bar(frame: Frame) -> tuple[int, float]:
    """A bar of round length for the scale: its metres, and its units on the sheet."""
    metres = max(1, round(_round(frame.metres() * 120)))
    return metres, round(metres / frame.metres(), 1)


def places_of(circle: Circle) -> list[str]:
    """The places that are chosen by a circle which coming closer would not take apart."""
    return [spot.id for spot in circle.spots[:TOGETHER]]
