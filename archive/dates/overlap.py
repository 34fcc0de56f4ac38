"""Whether a date certainly or possibly falls within another.

The one invariant: what is certain is also possible.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from archive.dates.edtf import parse_edtf
from archive.dates.model import Edtf, bounds
from archive.dates.reader import Reading

Overlap = Literal["certain", "possible"]


def overlap(of: Reading | Edtf, within: Reading | Edtf) -> Overlap | None:
    """How far one date falls within another, such as a photograph's within a searched period.

    `certain` when all that it may mean lies inside and nothing of it is in doubt; `possible` when
    some of it does; None when it cannot, or either is undated. Of alternatives (`one_of`) all
    must lie inside to be certain, of dates that all hold (`all_of`) one is enough.
    """
    value, period = _edtf(of), _edtf(within)
    if value is None or period is None:
        return None
    ranges = [bounds(part) for part in value.parts]
    periods = [bounds(part) for part in period.parts]
    if not any(_meet(one, other) for one in ranges for other in periods):
        return None
    inside = [any(_inside(one, other) for other in periods) for one in ranges]
    enough = any(inside) if value.kind == "all_of" else all(inside)
    return "certain" if enough and not (value.uncertain or value.approximate) else "possible"


def _edtf(value: Reading | Edtf) -> Edtf | None:
    if isinstance(value, Edtf):
        return value
    return parse_edtf(value.edtf) if value.edtf else None


Range = tuple[date | None, date | None]


def _meet(one: Range, other: Range) -> bool:
    return (one[0] or date.min) <= (other[1] or date.max) and (other[0] or date.min) <= (
        one[1] or date.max
    )


def _inside(one: Range, other: Range) -> bool:
    starts = other[0] is None or (one[0] is not None and one[0] >= other[0])
    ends = other[1] is None or (one[1] is not None and one[1] <= other[1])
    return starts and ends
