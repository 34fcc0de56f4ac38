"""What the date of a photograph is: points, spans and sets, with their earliest and latest day.

The value types of EDTF (ISO 8601-2:2019, annex A) live here, and how they are written. Reading
strings lives in `edtf`, reading free text in `reader`, words in `display`.
The one invariant: a value that exists is possible; `earliest <= latest` wherever both are known.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

Mark = Literal["", "?", "~", "%"]
Marks = tuple[Mark, Mark, Mark]
Kind = Literal["date", "interval", "one_of", "all_of"]
OpenEdge = Literal["", ".."]

PLAIN: Marks = ("", "", "")
SPRING, SUMMER, AUTUMN, WINTER = "21", "22", "23", "24"

# First and last month of each sub-year grouping (ISO 8601-2:2019, 4.8.1); months above 12 belong
# to the next year. 21-24 say nothing of the hemisphere and are read as northern.
GROUPINGS = {
    **dict.fromkeys(("21", "25", "31"), (3, 5)),
    **dict.fromkeys(("22", "26", "32"), (6, 8)),
    **dict.fromkeys(("23", "27", "29"), (9, 11)),
    **dict.fromkeys(("24", "28", "30"), (12, 14)),
    **{str(33 + n): (3 * n + 1, 3 * n + 3) for n in range(4)},
    **{str(37 + n): (4 * n + 1, 4 * n + 4) for n in range(3)},
    **{str(40 + n): (6 * n + 1, 6 * n + 6) for n in range(2)},
}


class DateError(ValueError):
    """A text that cannot be read as a date: why (`code`, see `reasons`) and which part of it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Point:
    """A year, month, day or time; `X` stands for an unspecified digit.

    `year` has four characters, `month` two ("10", "1X", or a grouping such as "23" for autumn),
    `day` two, `clock` is `THH:MM` without the T and may carry seconds and a zone.
    `marks` qualify year, month and day: `?` uncertain, `~` approximate, `%` both.
    """

    year: str
    month: str = ""
    day: str = ""
    clock: str = ""
    marks: Marks = PLAIN

    @property
    def parts(self) -> tuple[str, ...]:
        """The components that are there, year first."""
        return tuple(part for part in (self.year, self.month, self.day) if part)

    @property
    def exact(self) -> bool:
        """Whether this is an unmarked year, month or day with all its digits."""
        digits = "".join(self.parts)
        return digits.isdigit() and self.month not in GROUPINGS and self.marks == PLAIN

    def marked(self, mark: Mark) -> Point:
        """The same point with every component marked too."""
        size = len(self.parts)
        added = [join_marks(old, mark) if n < size else old for n, old in enumerate(self.marks)]
        return replace(self, marks=(added[0], added[1], added[2]))

    def __str__(self) -> str:
        """EDTF: marks in the shortest form, group from the left, then one by one."""
        parts = self.parts
        group = len(parts) if self.marks[0] else 0
        while group and len(set(self.marks[:group])) > 1:
            group -= 1
        written = [
            part if n < group else f"{mark}{part}"
            for n, (part, mark) in enumerate(zip(parts, self.marks, strict=False))
        ]
        if group:
            written[group - 1] += self.marks[0]
        return "-".join(written) + (f"T{self.clock}" if self.clock else "")


@dataclass(frozen=True, slots=True)
class Span:
    """From one point to another; an edge may be open (`..`) or unknown (empty)."""

    start: Point | OpenEdge
    end: Point | OpenEdge

    @property
    def points(self) -> tuple[Point, ...]:
        """The edges that are points."""
        return tuple(edge for edge in (self.start, self.end) if isinstance(edge, Point))


Part = Point | Span


@dataclass(frozen=True, slots=True)
class Edtf:
    """One date statement: a date, an interval, or a set of them. `str()` gives canonical EDTF."""

    kind: Kind
    parts: tuple[Part, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """Every point in it, in the order written."""
        found: list[Point] = []
        for part in self.parts:
            found.extend(part.points if isinstance(part, Span) else (part,))
        return tuple(found)

    @property
    def earliest(self) -> date | None:
        """The first day that it may mean; None when open, unknown or wholly unspecified."""
        firsts = [bounds(part)[0] for part in self.parts]
        known = [first for first in firsts if first]
        return min(known) if len(known) == len(firsts) else None

    @property
    def latest(self) -> date | None:
        """The last day that it may mean; None when open, unknown or wholly unspecified."""
        lasts = [bounds(part)[1] for part in self.parts]
        known = [last for last in lasts if last]
        return max(known) if len(known) == len(lasts) else None

    @property
    def uncertain(self) -> bool:
        """Whether any component is marked `?` or `%`."""
        return any(mark in ("?", "%") for point in self.points for mark in point.marks)

    @property
    def approximate(self) -> bool:
        """Whether any component is marked `~` or `%`."""
        return any(mark in ("~", "%") for point in self.points for mark in point.marks)

    @property
    def time(self) -> str | None:
        """The first time of day, as `HH:MM`."""
        return next((point.clock[:5] for point in self.points if point.clock), None)

    def __str__(self) -> str:
        between = "/" if self.kind == "interval" else ".."
        written = [write_part(part, between) for part in self.parts]
        if self.kind == "one_of":
            return f"[{','.join(written)}]"
        return f"{{{','.join(written)}}}" if self.kind == "all_of" else written[0]


def write_part(part: Part, between: str) -> str:
    """A point or span in EDTF; in a set an open edge is simply left out."""
    if isinstance(part, Point):
        return str(part)
    edges = (part.start, part.end)
    blank = between == ".."
    return between.join("" if blank and edge == ".." else str(edge) for edge in edges)


def join_marks(one: Mark, other: Mark) -> Mark:
    """Both marks in one: uncertain and approximate make `%`."""
    if not one or not other or one == other:
        return one or other
    return "%"


def make(kind: Kind, parts: Iterable[Part]) -> Edtf:
    """A checked `Edtf`; raises DateError for an impossible date or a reversed interval."""
    value = Edtf(kind, tuple(parts))
    for part in value.parts:
        bounds(part)
    if kind in ("one_of", "all_of") and len(value.parts) == 1 and isinstance(value.parts[0], Point):
        return Edtf("date", value.parts)
    return value


@lru_cache(maxsize=8192)
def bounds(part: Part) -> tuple[date | None, date | None]:
    """The first and last day of a point or span; raises DateError when there is none."""
    return _span_bounds(part) if isinstance(part, Span) else _point_bounds(part)


def _span_bounds(span: Span) -> tuple[date | None, date | None]:
    first = bounds(span.start)[0] if isinstance(span.start, Point) else None
    last = bounds(span.end)[1] if isinstance(span.end, Point) else None
    if not span.points:
        raise DateError("no_edge")
    if first and last and first > last:
        raise DateError("reversed", f"{span.start}/{span.end}")
    if isinstance(span.start, Point) and isinstance(span.end, Point) and first == last:
        starts, ends = span.start.clock, span.end.clock
        if starts and ends and starts > ends:
            raise DateError("reversed", f"{span.start}/{span.end}")
    return first, last


def _point_bounds(point: Point) -> tuple[date | None, date | None]:
    if point.year == "0000":
        raise DateError("year_zero", point.year)
    if point.month in GROUPINGS:
        days = _grouping_days(point)
    else:
        days = _first(point, forwards=True), _first(point, forwards=False)
    return (None, None) if point.year == "XXXX" else days


def _grouping_days(point: Point) -> tuple[date, date]:
    begin, end = GROUPINGS[point.month]
    low, high = max(1, int(point.year.replace("X", "0"))), int(point.year.replace("X", "9"))
    if end > 12:
        high, end = high + 1, end - 12
    if high > 9999:
        raise DateError("long_year", str(high))
    return date(low, begin, 1), date(high, end, calendar.monthrange(high, end)[1])


def _first(point: Point, *, forwards: bool) -> date:
    """The first possible day counted from either end."""
    for year in _numbers(point.year, 1, 9999, forwards):
        for month in _numbers(point.month or "XX", 1, 12, forwards):
            length = calendar.monthrange(year, month)[1]
            for day in _numbers(point.day or "XX", 1, length, forwards):
                return date(year, month, day)
    raise DateError("impossible_day", str(replace(point, marks=PLAIN, clock="")))


def _numbers(pattern: str, low: int, high: int, forwards: bool) -> Iterator[int]:
    """The numbers within low..high that have the pattern's digits, ascending or descending."""
    if pattern.isdigit():
        number = int(pattern)
        return iter((number,) if low <= number <= high else ())
    least, most = int(pattern.replace("X", "0")), int(pattern.replace("X", "9"))
    candidates = range(max(low, least), min(high, most) + 1)
    ordered = candidates if forwards else reversed(candidates)
    width = len(pattern)
    return (
        number
        for number in ordered
        if all(p in ("X", d) for p, d in zip(pattern, f"{number:0{width}}", strict=True))
    )
