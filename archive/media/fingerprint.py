"""Fingerprints by which look-alikes are found: 64-bit dHash and pHash, compared bit by bit.

Made from the smallest rendition, so that no master is decoded for it. Which photographs are then
called alike is decided elsewhere. Invariant: fingerprints depend only on pixels, and equal pictures
in two sizes or compressions are a few bits apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.float64]
SIDE = 32  # pHash: cosine transform of 32 × 32, of which the lowest 8 × 8 are kept


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Two unsigned 64-bit numbers of one picture as it stands."""

    dhash: int
    phash: int


def fingerprint(rendition: Path) -> Fingerprint:
    """The fingerprints of a JPEG rendition. Raises OSError when it cannot be read."""
    return _of(_grey(rendition))


def turned(rendition: Path) -> list[Fingerprint]:
    """The fingerprints of a picture in all eight orientations, the upright one first."""
    grey = _grey(rendition)
    sides = (grey, grey[:, ::-1])
    return [_of(np.rot90(side, turns)) for side in sides for turns in range(4)]


def distances(one: int, others: Sequence[int] | NDArray[np.uint64]) -> NDArray[np.uint8]:
    """How many of 64 bits differ between one fingerprint and each of the others."""
    table = np.asarray(others, dtype=np.uint64)
    bits: NDArray[np.uint8] = np.bitwise_count(table ^ np.uint64(one))
    return bits


def _grey(rendition: Path) -> Grey:
    """The picture reduced to a square that holds a multiple of what both hashes need."""
    with Image.open(rendition, formats=["JPEG"]) as picture:
        picture.draft("L", (SIDE * 4, SIDE * 4))
        square = picture.convert("L").resize((SIDE * 4, SIDE * 4), Image.Resampling.BOX)
    return np.asarray(square, dtype=np.float64)


def _of(grey: Grey) -> Fingerprint:
    return Fingerprint(_dhash(grey), _phash(grey))


def _dhash(grey: Grey) -> int:
    """Whether each of 8 × 9 areas is brighter than its neighbour on the left."""
    rows = _areas(grey, 8, 9)
    return _number(rows[:, 1:] > rows[:, :-1])


def _phash(grey: Grey) -> int:
    """Whether each low frequency is above their median; the mean brightness is left out."""
    waves = np.cos(np.pi / SIDE * np.outer(np.arange(8), np.arange(SIDE) + 0.5))
    low = (waves @ _areas(grey, SIDE, SIDE) @ waves.T).ravel()
    return _number(low > np.median(low[1:]))


def _areas(grey: Grey, rows: int, columns: int) -> Grey:
    """Means of a grid of areas as equal as whole pixels allow."""
    down = np.linspace(0, grey.shape[0], rows + 1).astype(int)[:-1]
    across = np.linspace(0, grey.shape[1], columns + 1).astype(int)[:-1]
    sums = np.add.reduceat(np.add.reduceat(grey, down, axis=0), across, axis=1)
    ones = np.ones_like(grey)
    return sums / np.add.reduceat(np.add.reduceat(ones, down, axis=0), across, axis=1)


def _number(bits: NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(bits.ravel()).tobytes(), "big")
