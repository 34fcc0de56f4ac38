"""Frames of a roll: their order, what is missing, what is there twice, and dates by sequence.

Pure. A film runs one way, so a frame was taken after those before it and before those after it
(describe.md 1.8). The invariant: a proposed span never says more than the dated frames around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

PIECES = re.compile(r"(\d+)")
NUMBERED = re.compile(r"(\d{1,6})\s*/?\s*[a-z]?", re.IGNORECASE)
Order = tuple[tuple[int, int, int, str], ...]


@dataclass(frozen=True)
class Spot:
    """A frame as far as its date is known; both days None: not dated."""

    key: int
    frame: str
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True)
class Bounds:
    """The span (EDTF) that a frame must fall into, between two dated frames."""

    key: int
    frame: str
    edtf: str
    after: str
    before: str


def order(frame: str) -> Order:
    """Sorts 1, 2, … 12, 12A, 13; a frame 00 comes before 0, one without a number last."""
    pieces = [piece.strip(" /.-_").casefold() for piece in PIECES.split(frame)]
    return tuple(
        (0, int(piece), -len(piece), "") if piece.isdecimal() else (1, 0, 0, piece)
        for piece in pieces
        if piece
    ) or ((2, 0, 0, ""),)


def missing(frames: Iterable[str]) -> list[tuple[int, int]]:
    """The gaps in the numbering, as (first, last) of what is not there: [(5, 7)]."""
    found = (NUMBERED.fullmatch(frame.strip()) for frame in frames)
    numbers = sorted({int(match[1]) for match in found if match})
    return [(before + 1, after - 1) for before, after in pairwise(numbers) if after - before > 1]


def twice(frames: Iterable[str]) -> list[str]:
    """Frames that more than one photograph is numbered as, in order."""
    given = [frame for frame in frames if frame.strip()]
    often = Counter(order(frame) for frame in given)
    repeated = {order(frame): frame.strip() for frame in given if often[order(frame)] > 1}
    return [repeated[key] for key in sorted(repeated)]


def by_sequence(spots: Sequence[Spot]) -> tuple[list[Bounds], list[tuple[str, str]]]:
    """Spans for the frames between dated ones, and dated neighbours that run the wrong way."""
    strip = sorted((spot for spot in spots if spot.frame.strip()), key=lambda s: order(s.frame))
    dated = [place for place, spot in enumerate(strip) if spot.earliest and spot.latest]
    proposed: list[Bounds] = []
    against: list[tuple[str, str]] = []
    for first, last in pairwise(dated):
        before, after = strip[first], strip[last]
        assert before.earliest is not None
        assert after.latest is not None
        if order(before.frame) == order(after.frame):
            continue
        if before.earliest > after.latest:
            against.append((before.frame, after.frame))
            continue
        edtf = _span(before.earliest, after.latest)
        proposed += [
            Bounds(spot.key, spot.frame, edtf, before.frame, after.frame)
            for spot in strip[first + 1 : last]
            if order(spot.frame) not in (order(before.frame), order(after.frame))
        ]
    return proposed, against


def _span(earliest: date, latest: date) -> str:
    """A day, or an interval of two (EDTF level 0)."""
    first, last = earliest.isoformat(), latest.isoformat()
    return first if first == last else f"{first}/{last}"
