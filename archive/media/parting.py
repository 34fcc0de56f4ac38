"""Prints cut out of a scan as files of their own, in a child process with limits; see child.py.

    (path,) = cut(master, [(0, 0, 900, 600)], folder, limits)  # folder/0.tif

What is cut is the decoded master, upright, in its own depth, colours and resolution. Invariants:
every pixel of a cut is one of the master, and the same box of the same master gives the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from math import ceil, floor
from pathlib import Path
from typing import Any

from pyvips import Image as Picture
from pyvips.enums import ForeignKeep as Keep

from archive.media import vips
from archive.media.child import Child, Ended, serve
from archive.media.derivatives import DerivativeError, sentence
from archive.media.limits import Limits
from archive.media.refusal import Refused

Box = tuple[int, int, int, int]  # left, top, width, height in pixels of the upright picture
WHOLE_NUMBERS = ("uchar", "ushort")


def pixels(shares: Sequence[float], width: int, height: int) -> Box:
    """A box in per cent as one in pixels, which has all that the other has any of."""
    left, top, across, down = shares
    ends = (left * width, top * height, (left + across) * width, (top + down) * height)
    first, upper, last, lower = (round(end / 100, 6) for end in ends)  # 10.1 % of 1000 is 101
    left, top = max(0, floor(first)), max(0, floor(upper))
    return left, top, min(ceil(last), width) - left, min(ceil(lower), height) - top


def cut(master: Path, boxes: Sequence[Box], folder: Path, limits: Limits) -> Iterator[Path]:
    """Writes one box after the other as a TIFF without loss; the limits are those of one box.

    Raises derivatives.DerivativeError.
    """
    child = Child(__name__, limits)
    try:
        for number, box in enumerate(boxes):
            out = folder / f"{number}.tif"
            answer = child.ask({"master": os.fspath(master), "box": box, "out": os.fspath(out)})
            if "error" in answer:
                raise DerivativeError(str(answer["error"]))
            yield out
    except Ended as ended:
        raise DerivativeError(Refused(ended.code).sentence) from None
    finally:
        child.stop()


def write(master: Path, box: Box, out: Path, limits: Limits) -> None:
    """Writes one box; the master is read from its top to the last row that is wanted."""
    picture = vips.load(master, limits).picture
    part = picture.crop(*as_stored(box, picture)).copy_memory().autorot()
    predictor = "horizontal" if part.format in WHOLE_NUMBERS else "none"
    part.tiffsave(str(out), compression="deflate", predictor=predictor, keep=Keep.ICC)


def as_stored(box: Box, picture: Picture) -> Box:
    """A box of the upright picture where it lies in the file, which may be turned (TIFF 6.0)."""
    turned: Any = picture.get("orientation") if picture.get_typeof("orientation") else 1
    width, height = vips.upright(picture)
    left, top, across, down = box
    right, low = width - left - across, height - top - down
    return {
        2: (right, top, across, down),
        3: (right, low, across, down),
        4: (left, low, across, down),
        5: (top, left, down, across),
        6: (top, right, down, across),
        7: (low, right, down, across),
        8: (low, left, down, across),
    }.get(turned, box)


def _answer(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    try:
        write(Path(request["master"]), tuple(request["box"]), Path(request["out"]), limits)
    except (vips.Error, vips.Unloadable, OSError, ValueError) as error:
        return {"error": str(sentence(error))}
    return {}


if __name__ == "__main__":
    serve(_answer)
