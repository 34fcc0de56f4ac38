"""The lino block: two plates (key and tint) and the tools that ink and cut them.

Coordinates are units, 1600 to the longer side of the sheet, whatever size is printed.
Every random choice comes from the block's own generator, so a seed always gives the same cut.
What the shapes mean (people, houses) is not known here; ink on paper is `printing`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from archive.demo.drawings.fields import Array, Field, View, flat

Points = NDArray[np.float64]
Path = Points | Sequence[tuple[float, float] | Points]
Ink = tuple[int | None, int | None]

BLACK: Ink = (1, None)
DEEP: Ink = (1, 1)
COLOUR: Ink = (0, 1)
PAPER: Ink = (0, 0)
CUT: Ink = (0, None)
WASH: Ink = (None, 1)
LIFT: Ink = (None, 0)


def points(path: Path) -> Points:
    """The path as an n×2 array of units."""
    return np.asarray(path, np.float64)


def trace(dots: str) -> Points:
    """A path written as "x,y x,y …", the way one notes points on a sketch."""
    return np.array([[float(number) for number in dot.split(",")] for dot in dots.split()])


def resample(path: Path, count: int) -> Points:
    """`count` points evenly spread along the path."""
    line = points(path)
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.linspace(0.0, along[-1], count)
    return np.column_stack([np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])])


def curve(path: Path, *, closed: bool = False, steps: int = 6) -> Points:
    """A Catmull-Rom curve through the points of the path."""
    line = points(path)
    if closed:
        line = np.vstack([line[-1], line, line[0], line[1]])
    else:
        line = np.vstack([2 * line[0] - line[1], line, 2 * line[-1] - line[-2]])
    a, b, c, d = line[:-3, None], line[1:-2, None], line[2:-1, None], line[3:, None]
    t = np.linspace(0.0, 1.0, steps, endpoint=False)[None, :, None]
    bent = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    flat_points: Points = bent.reshape(-1, 2)
    return flat_points if closed else np.vstack([flat_points, line[-2]])


def ellipse(cx: float, cy: float, rx: float, ry: float, count: int = 28) -> Points:
    """An ellipse as a polygon."""
    turn = np.linspace(0.0, 2 * np.pi, count, endpoint=False)
    return np.column_stack([cx + rx * np.cos(turn), cy + ry * np.sin(turn)])


def box(left: float, top: float, right: float, bottom: float) -> Points:
    """A rectangle as a polygon."""
    return points([(left, top), (right, top), (right, bottom), (left, bottom)])


def tapered(path: Path, width: float, taper: tuple[float, float]) -> Points:
    """The outline of a stroke that grows and thins over the given shares of its length."""
    line = points(path)
    if len(line) < 6:
        line = resample(line, 8)
    way = np.gradient(line, axis=0)
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    t = np.linspace(0.0, 1.0, len(line))
    begin = np.clip(t / max(taper[0], 1e-6), 0, 1) ** 0.7
    finish = np.clip((1 - t) / max(taper[1], 1e-6), 0, 1) ** 0.7
    side = np.column_stack([-way[:, 1], way[:, 0]]) * (width / 2 * begin * finish)[:, None]
    return np.vstack([line + side, (line - side)[::-1]])


class Block:
    """Two plates of `width` × `height` units; ink is 255, cleared lino is 0."""

    def __init__(self, width: float, height: float, scale: float, seed: int) -> None:
        self.width, self.height, self.scale = width, height, scale
        self.fine = scale * (2 if scale <= 1.5 else 1)
        self.rng = np.random.default_rng(seed)
        self.seed = seed
        self.size = (round(width * self.fine), round(height * self.fine))
        self.key = Image.new("L", self.size, 0)
        self.tint = Image.new("L", self.size, 0)
        self._pens = (ImageDraw.Draw(self.key), ImageDraw.Draw(self.tint))
        self._noise: dict[tuple[float, float, int], Array] = {}

    def at(self, dots: str) -> Points:
        """A path noted in shares of the block's width and height, in units."""
        spots: Points = trace(dots) * np.array([self.width, self.height])
        return spots

    def rough(self, path: Path, amount: float = 1.2, step: float = 18.0) -> Points:
        """The closed path as a knife would follow it: slightly out of true along long edges."""
        line = points(path)
        ends = np.roll(line, -1, axis=0)
        lengths = np.hypot(*(ends - line).T)
        counts = np.clip(np.ceil(lengths / step), 1, 60).astype(int)
        parts = [
            a + (b - a) * (np.arange(n) / n)[:, None]
            for a, b, n in zip(line, ends, counts, strict=True)
        ]
        cut = np.vstack(parts)
        return cut + self.rng.normal(0, amount / 2, cut.shape)

    def shape(self, path: Path, ink: Ink = BLACK, *, gap: float = 0.0, rough: float = 0.9) -> None:
        """Fill a closed path; `gap` first clears that many units round it on the key plate."""
        line = self.rough(path, rough) if rough else points(path)
        dots = [(float(x), float(y)) for x, y in line * self.fine]
        if gap:
            ring = [*dots, dots[0], dots[1]]
            self._pens[0].line(ring, fill=0, width=max(1, round(2 * gap * self.fine)))
        for pen, value in zip(self._pens, ink, strict=True):
            if value is not None:
                pen.polygon(dots, fill=255 * value)

    def stroke(
        self,
        path: Path,
        width: float,
        ink: Ink = BLACK,
        *,
        taper: tuple[float, float] = (0.25, 0.45),
    ) -> None:
        """One tool mark along an open path."""
        self.shape(tapered(path, width, taper), ink, rough=0)

    def line(self, path: Path, width: float, ink: Ink = BLACK) -> None:
        """A line of even width along an open path, its corners kept."""
        dots = [(float(x), float(y)) for x, y in points(path) * self.fine]
        thick = max(1, round(width * self.fine))
        for pen, value in zip(self._pens, ink, strict=True):
            if value is not None:
                pen.line(dots, fill=255 * value, width=thick, joint="curve")

    def ribbon(
        self,
        left: Path,
        right: Path,
        ink: Ink = BLACK,
        *,
        gap: float = 0.0,
        cuts: int = 0,
        lit: float = -1.0,
        reach: float = 0.7,
        cut: Ink = CUT,
        weight: float = 0.55,
    ) -> None:
        """A form between two contours, with `cuts` gouge marks along it from the lit side.

        `lit` is -1 for light from the left contour, 1 for the right.  The marks grow thinner
        over `reach` (0..1) of the form's breadth, which turns it from light to shadow.
        """
        one, two = resample(curve(left), 12), resample(curve(right), 12)
        self.shape(np.vstack([one, two[::-1]]), ink, gap=gap, rough=0.5)
        if not cuts:
            return
        near, far = (one, two) if lit < 0 else (two, one)
        breadth = float(np.mean(np.hypot(*(far - near).T)))
        for i in range(cuts):
            u = 0.07 + reach * (i + 0.35 * self.rng.random()) / cuts
            first = int(self.rng.integers(0, 4))
            last = 12 - int(self.rng.integers(0, 3 + 4 * i // cuts))
            path = (near * (1 - u) + far * u)[first:last]
            size = breadth * reach / cuts * weight * (1.15 - 0.9 * i / cuts)
            self.stroke(path, max(size, 1.3), cut)

    def gouges(
        self,
        at: Points,
        angle: NDArray[np.float64] | float,
        length: NDArray[np.float64] | float,
        width: float,
        ink: Ink = CUT,
    ) -> None:
        """Many short tapering marks centred on the given points (`angle` in degrees)."""
        turn = np.radians(np.broadcast_to(angle, len(at)))
        half = np.broadcast_to(length, len(at)) * self.rng.uniform(0.35, 0.65, len(at))
        way = np.column_stack([np.cos(turn), np.sin(turn)])
        side = np.column_stack([-way[:, 1], way[:, 0]])
        thick = (width * self.rng.uniform(0.3, 0.6, len(at)))[:, None]
        start, end = at - way * half[:, None], at + way * half[:, None]
        belly = start + way * (half * 0.5)[:, None]
        dart = np.stack([start, belly + side * thick, end, belly - side * thick], axis=1)
        for mark in dart:
            self.shape(mark, ink, rough=0)

    def scatter(self, area: tuple[float, float, float, float], count: int) -> Points:
        """`count` random points in left, top, right, bottom."""
        left, top, right, bottom = area
        xs = self.rng.uniform(left, right, count)
        return np.column_stack([xs, self.rng.uniform(top, bottom, count)])

    def mask(self, *paths: Path, rough: float = 0.9) -> Image.Image:
        """The union of closed paths as a mask for `hatch` and `fill`."""
        made = Image.new("L", self.size, 0)
        pen = ImageDraw.Draw(made)
        for path in paths:
            line = (self.rough(path, rough) if rough else points(path)) * self.fine
            pen.polygon([(float(x), float(y)) for x, y in line], fill=255)
        return made

    def fill(self, mask: Image.Image, ink: Ink) -> None:
        """Ink or clear everything under the mask."""
        for plate, value in zip((self.key, self.tint), ink, strict=True):
            if value is not None:
                plate.paste(255 * value, (0, 0), mask)

    def light(self, mask: Image.Image, dx: float, dy: float, ink: Ink = CUT) -> None:
        """Cut the side of a masked form that faces away from (dx, dy): its lit edge."""
        moved = Image.new("L", self.size, 0)
        moved.paste(mask, (round(dx * self.fine), round(dy * self.fine)))
        self.fill(ImageChops.subtract(mask, moved), ink)

    def hatch(
        self,
        area: Path | Image.Image | None,
        phase: Field,
        tone: Field | float,
        *,
        plate: str = "key",
        tear: float = 0.22,
        chatter: float = 0.0,
    ) -> None:
        """Engrave an area (None: all of it) with lines of the given system and tone.

        `tear` makes line ends and widths uneven; `chatter` leaves ridges where all is cleared.
        """
        mask = self._area(area)
        bounds = mask.getbbox()
        if bounds is None:
            return
        view = self._view(bounds)
        ink = self._engrave(view, phase, tone if callable(tone) else flat(tone), tear, chatter)
        size = (bounds[2] - bounds[0], bounds[3] - bounds[1])
        lines = Image.fromarray(ink).resize(size, Image.Resampling.BILINEAR)
        target = self.key if plate == "key" else self.tint
        target.paste(lines, bounds[:2], mask.crop(bounds))

    def noise(self, cell: float, aspect: float = 1.0, layer: int = 0) -> Array:
        """Smooth noise 0..1 over the whole block at one sample a printed pixel."""
        name = (cell, aspect, layer)
        if name not in self._noise:
            wide, high = round(self.width * self.scale), round(self.height * self.scale)
            across = int(self.width / (cell * aspect)) + 3
            down = int(self.height / cell) + 3
            mix = np.random.default_rng([self.seed, int(cell), int(aspect * 100), layer])
            lattice = Image.fromarray(mix.random((down, across), np.float32))
            reach = (0, 0, self.width / (cell * aspect) + 1, self.height / cell + 1)
            grown = lattice.resize((wide, high), Image.Resampling.BICUBIC, box=reach)
            self._noise[name] = np.asarray(grown)
        return self._noise[name]

    def _area(self, area: Path | Image.Image | None) -> Image.Image:
        if area is None:
            return Image.new("L", self.size, 255)
        return area if isinstance(area, Image.Image) else self.mask(area)

    def _view(self, bounds: tuple[int, int, int, int]) -> View:
        share = self.scale / self.fine
        left, top, right, bottom = (round(edge * share) for edge in bounds)
        wide, high = round(self.width * self.scale), round(self.height * self.scale)
        left, top = min(left, wide - 1), min(top, high - 1)
        right, bottom = max(left + 1, min(right, wide)), max(top + 1, min(bottom, high))
        x = (np.arange(left, right, dtype=np.float32)[None, :]) / np.float32(self.scale)
        y = (np.arange(top, bottom, dtype=np.float32)[:, None]) / np.float32(self.scale)

        def sample(cell: float, aspect: float, layer: int) -> Array:
            return self.noise(cell, aspect, layer)[top:bottom, left:right]

        return View(x, y, sample)

    @staticmethod
    def _engrave(
        view: View, phase: Field, tone: Field, tear: float, chatter: float
    ) -> NDArray[np.uint8]:
        count = phase(view)
        ridge = np.abs((count - np.floor(count)) * 2 - 1)
        amount = tone(view) + np.float32(tear) * (view.noise(22, 1.0, 7) - np.float32(0.5))
        if chatter:
            rest = (view.noise(15, 1.5, 8) - np.float32(1 - chatter)) * np.float32(2.2)
            amount = np.maximum(amount, np.minimum(rest, np.float32(0.3)))
        soft = np.clip((amount - ridge) * np.float32(3.5) + np.float32(0.5), 0, 1)
        inked: NDArray[np.uint8] = (soft * 255).astype(np.uint8)
        return inked
