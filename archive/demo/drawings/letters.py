"""Letters cut with a knife for the margin, and for the little lettering inside the pictures.

Only the letters that are needed; each is a set of straight-edged strokes on a 4 × 6 grid.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from archive.demo.drawings.block import Points, tapered

_STROKES: dict[str, str] = {
    "S": "4,5 3,6 1,6 0,5 0,4 1,3.2 3,2.8 4,2 4,1 3,0 1,0 0,1",
    "P": "0,0 0,6 3,6 4,5 4,4 3,3 0,3",
    "E": "4,6 0,6 0,0 4,0|0,3 3,3",
    "C": "4,5 3,6 1,6 0,5 0,1 1,0 3,0 4,1",
    "I": "2,0 2,6",
    "M": "0,0 0,6 2,2.6 4,6 4,0",
    "N": "0,0 0,6 4,0 4,6",
    "A": "0,0 2,6 4,0|0.7,2 3.3,2",
    "B": "0,0 0,6 3,6 3.8,5 3.8,4 3,3.1 0,3.1|3,3.1 4,2.2 4,1 3,0 0,0",
    "D": "0,0 0,6 2.6,6 4,4.6 4,1.4 2.6,0 0,0",
    "É": "4,6 0,6 0,0 4,0|0,3 3,3|1.6,7.2 2.8,8.4",
    "Á": "0,0 2,6 4,0|0.7,2 3.3,2|1.6,7.2 2.8,8.4",
    "J": "3.4,6 3.4,1 2.6,0 1,0 0,1",
    "F": "4,6 0,6 0,0|0,3 3,3",
    "G": "4,5 3,6 1,6 0,5 0,1 1,0 3,0 4,1 4,2.8 2.4,2.8",
    "H": "0,0 0,6|4,0 4,6|0,3 4,3",
    "K": "0,0 0,6|4,6 0,2.6|1.2,3.6 4,0",
    "L": "0,6 0,0 4,0",
    "O": "1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0",
    "R": "0,0 0,6 3,6 4,5 4,4 3,3 0,3|2,3 4,0",
    "T": "0,6 4,6|2,6 2,0",
    "U": "0,6 0,1 1,0 3,0 4,1 4,6",
    "V": "0,6 2,0 4,6",
    "Y": "0,6 2,3 4,6|2,3 2,0",
    "Z": "0,6 4,6 0,0 4,0",
    "0": "1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0",
    "1": "0.8,4.8 2.2,6 2.2,0",
    "2": "0,5 1,6 3,6 4,5 4,4 0,0 4,0",
    "3": "0,5.2 1,6 3,6 4,5 4,4 3,3.1 1.4,3.1|3,3.1 4,2.2 4,1 3,0 1,0 0,0.8",
    "4": "3,0 3,6 0,1.8 4,1.8",
    "5": "4,6 0.4,6 0.2,3.4 3,3.6 4,2.6 4,1 3,0 1,0 0,0.8",
    "6": "3.8,5.6 3,6 1.2,6 0,4.6 0,1 1,0 3,0 4,1 4,2.4 3,3.4 0.2,3.2",
    "7": "0,6 4,6 1.4,0",
    "8": "1,3.1 0,4 0,5 1,6 3,6 4,5 4,4 3,3.1 1,3.1 0,2.2 0,1 1,0 3,0 4,1 4,2.2 3,3.1",
    "9": "0.2,0.4 1,0 2.8,0 4,1.4 4,5 3,6 1,6 0,5 0,3.8 1,2.8 3.8,3",
}
_NARROW = {"I": 1.0}


def cut_text(
    rng: np.random.Generator, text: str, left: float, base: float, height: float
) -> list[Points]:
    """The outlines of a line of cut letters standing on `base`, slightly uneven by hand."""
    unit, outlines, x = height / 6, [], left
    for letter in text:
        strokes = _STROKES.get(letter, "")
        inset = 1.5 if letter in _NARROW else 0.0
        tilt, lift = rng.normal(0, 0.03), rng.normal(0, height * 0.012)
        for stroke in strokes.split("|") if strokes else []:
            outlines += _bars(stroke, x - inset * unit, base + lift, unit, tilt)
        x += unit * (6.6 if letter not in _NARROW else 3.6)
    return outlines


def text_width(text: str, height: float) -> float:
    """How wide `cut_text` will set the text, in units."""
    unit = height / 6
    return sum(unit * (6.6 if letter not in _NARROW else 3.6) for letter in text) - unit * 2.2


def _bars(stroke: str, x: float, base: float, unit: float, tilt: float) -> list[Points]:
    grid = np.array([[float(n) for n in pair.split(",")] for pair in stroke.split()])
    page = np.column_stack([x + unit * (grid[:, 0] + tilt * grid[:, 1]), base - unit * grid[:, 1]])
    bars = []
    for start, end in pairwise(page):
        way = (end - start) / max(np.hypot(*(end - start)), 1e-9)
        bars.append(
            tapered([start - way * unit * 0.62, end + way * unit * 0.62], unit * 1.62, (0, 0))
        )
    return bars
