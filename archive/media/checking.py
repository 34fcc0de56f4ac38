"""The technical check of a scan: resolution, depth, profile, clipping, sharpness, several prints.

What the file says is read by the prober; what is seen is measured on pictures that the archive
made, never on the master. Nothing here judges a photograph: the figures are for whoever scans.
Invariant: a picture that is not there gives a check without the figures that need it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyvips import Image as Picture

from archive.media.derivatives import PYRAMID
from archive.media.probe import Probe
from archive.media.vips import Error

VERSION = 1  # raised when something is measured in another way: checks are kept (`checked`)
WHOLE = "640.jpg"
MIDDLE = 1024  # pixels of the middle that sharpness is measured in
WINDOW = 9  # pixels that the comparison is blurred over
SHARP, SOFT = 0.6, 0.42
DARKEST, LIGHTEST = 2, 253
GRID = 160  # squares of the longer side in which prints are looked for
APART = 24  # levels by which a print differs from the lid of the scanner
EVEN = 14.0  # how much the lid itself may vary
ROW = 15  # per cent of the height
LEAST_SHARE, LEAST_FILLED = 0.02, 0.55
COVERED = 15.0  # per cent: who scans several prints at once lets them fill the glass
CM = 2.54

Grey = NDArray[np.float32]
Box = tuple[float, float, float, float]  # left, top, width, height in per cent


@dataclass(frozen=True)
class Check:
    """One file. `ppi` as the file says, `clipped` the shares of pixels that are black and white.

    `sharpness` goes from 0 to 1; `prints` are the boxes of several prints on one scan, else empty.
    """

    format: str
    width: int
    height: int
    bits: int
    mode: str
    icc: str
    ppi: float | None
    clipped: tuple[float, float] | None
    sharpness: float | None
    prints: tuple[Box, ...]

    @property
    def centimetres(self) -> tuple[float, float] | None:
        """How large the scanned thing is, if the file's resolution is true."""
        return (self.width / self.ppi * CM, self.height / self.ppi * CM) if self.ppi else None

    @property
    def seems(self) -> str:
        """`sharp`, `soft` or `blurred`; "" where nothing was measured."""
        if self.sharpness is None:
            return ""
        return next((word for word, least in (("sharp", SHARP), ("soft", SOFT))
                     if self.sharpness >= least), "blurred")  # fmt: skip


def check(found: Probe, made: Path) -> Check:
    """The check of a master that was probed and whose pictures are in the folder `made`."""
    whole, middle = _loaded(made / WHOLE), _middle(made)
    return Check(
        format=found.format or "",
        width=found.width or 0,
        height=found.height or 0,
        bits=found.bits or 0,
        mode=found.mode or "",
        icc=found.icc or "",
        ppi=_ppi(found),
        clipped=None if whole is None else clipped(whole),
        sharpness=None if middle is None else sharpness(middle),
        prints=() if whole is None else prints(whole),
    )


def clipped(grey: Grey) -> tuple[float, float]:
    """The shares of pixels without any drawing in the shadows and in the lights."""
    return float((grey <= DARKEST).mean()), float((grey >= LIGHTEST).mean())


def sharpness(grey: Grey) -> float:
    """How much of the differences between neighbours a blur takes away (Crete et al. 2007)."""
    return min(_kept(grey), _kept(grey.T))


def prints(grey: Grey) -> tuple[Box, ...]:
    """Boxes of prints that lie apart on an even ground, from the top left; one print is none."""
    step = max(1, max(grey.shape) // GRID)
    height, width = (side // step * step for side in grey.shape)
    small = grey[:height, :width].reshape(height // step, step, width // step, step).mean((1, 3))
    edge = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    ground = float(np.median(edge))
    if float(np.abs(edge - ground).mean()) > EVEN:
        return ()
    boxes = [box for box in _islands(np.abs(small - ground) > APART) if _is_print(box, small)]
    found = sorted(map(_in_per_cent(small.shape), boxes), key=_by_rows)
    covered = sum(width * height / 100 for _left, _top, width, height in found)
    return tuple(found) if len(found) > 1 and covered >= COVERED else ()


Island = tuple[int, int, int, int, int]  # left, top, right, bottom (beyond), squares


def _by_rows(box: Box) -> tuple[int, float]:
    """Prints whose middles are about as high make a row, which is read from the left."""
    return int((box[1] + box[3] / 2) / ROW), box[0]


def _is_print(island: Island, small: Grey) -> bool:
    left, top, right, bottom, squares = island
    area = (right - left) * (bottom - top)
    return area >= LEAST_SHARE * small.size and squares >= LEAST_FILLED * area


def _in_per_cent(shape: tuple[int, ...]) -> Any:
    high, wide = shape[0] / 100, shape[1] / 100

    def box(island: Island) -> Box:
        left, top = max(island[0] - 1, 0), max(island[1] - 1, 0)  # light borders of the paper
        right, bottom = min(island[2] + 1, shape[1]), min(island[3] + 1, shape[0])
        sides = left / wide, top / high, (right - left) / wide, (bottom - top) / high
        return tuple(round(side, 1) for side in sides)  # type: ignore[return-value]

    return box


def _islands(mask: NDArray[np.bool_]) -> Iterator[Island]:
    """What hangs together, squares that touch at a corner included."""
    left = {(int(row), int(column)) for row, column in np.argwhere(mask)}
    while left:
        todo, island = [left.pop()], []
        while todo:
            row, column = todo.pop()
            island.append((row, column))
            near = {(row + down, column + along) for down in (-1, 0, 1) for along in (-1, 0, 1)}
            todo += near & left
            left -= near
        rows, columns = zip(*island, strict=True)
        yield min(columns), min(rows), max(columns) + 1, max(rows) + 1, len(island)


def _kept(grey: Grey) -> float:
    """The share of differences along the first axis that is gone after a blur along it."""
    if len(grey) <= 2 * WINDOW:
        return 0.0
    sums = np.cumsum(grey, axis=0, dtype=np.float64)
    blurred = (sums[WINDOW:] - sums[:-WINDOW]) / WINDOW
    inner = grey[WINDOW // 2 + 1 : WINDOW // 2 + 1 + len(blurred)]
    before, after = np.abs(np.diff(inner, axis=0)), np.abs(np.diff(blurred, axis=0))
    total = float(before.sum())
    return float(np.maximum(before - after, 0).sum()) / total if total else 0.0


def _middle(made: Path) -> Grey | None:
    """The middle of the largest picture there is."""
    pictures = sorted(made.glob("*.jpg"), key=lambda path: path.stat().st_size)
    largest = [path for path in (*pictures, made / PYRAMID) if path.exists()][-1:]
    return _loaded(largest[0], MIDDLE) if largest else None


def _loaded(path: Path, middle: int = 0) -> Grey | None:
    """Levels of grey of a picture of ours, or of its middle; None when it is not there."""
    try:
        picture = Picture.new_from_file(str(path))
        if middle:
            width, height = min(middle, picture.width), min(middle, picture.height)
            across, down = (picture.width - width) // 2, (picture.height - height) // 2
            picture = picture.crop(across, down, width, height)
        levels: Any = picture.colourspace("b-w").extract_band(0).numpy()
    except Error:
        return None
    return np.asarray(levels, dtype=np.float32)


def _ppi(found: Probe) -> float | None:
    """Pixels an inch as EXIF or TIFF say; 72 is what programs write that know nothing."""
    across, unit = found.exif.get("XResolution"), found.exif.get("ResolutionUnit", 2)
    if not isinstance(across, int | float) or not 1 < across < 100_000 or unit not in (2, 3):
        return None
    ppi = across * CM if unit == 3 else float(across)
    return None if round(ppi) == 72 else ppi  # 28.35 a centimetre is what vips says then
