"""What one piece of a text says of a date before its neighbours are heard: "23", "október 23.".

A piece may lack its year, month or century ("23–30 October 1956", "1950-60-as évek"); `complete`
takes them from the pieces beside it or from the context, `resolve` makes points and spans.
The one invariant: nothing is guessed without a note; what stays open is refused.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from archive.dates.model import (
    GROUPINGS,
    PLAIN,
    DateError,
    Mark,
    Marks,
    Part,
    Point,
    Span,
    bounds,
    join_marks,
)

_UNKNOWN_CENTURY = "__"
# Years of a decade or century that its halves, thirds and quarters cover (first, last).
_SHARES = {
    ("X", 2): ((0, 4), (5, 9)),
    ("X", 3): ((0, 3), (4, 6), (7, 9)),
    ("XX", 2): ((0, 49), (50, 99)),
    ("XX", 3): ((0, 33), (34, 66), (67, 99)),
    ("XX", 4): ((0, 24), (25, 49), (50, 74), (75, 99)),
}
_FIRST_GROUPING = {2: 40, 3: 37, 4: 33}
_LAST_DAYS = {2: (0, 15, 31), 3: (0, 10, 20, 31)}


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a period: the `which`-th of `of`; loosely meant ("early") or exactly ("first")."""

    which: int
    of: int
    loose: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One date or fragment of a date as written.

    `year` may begin with `__` when its century is not said; `number` is a bare number that only
    a neighbour explains; `swapped` says that day and month may be the other way round.
    """

    year: str = ""
    month: str = ""
    day: str = ""
    clock: str = ""
    number: str = ""
    share: Share | None = None
    marks: Marks = PLAIN
    swapped: bool = False
    inherited: bool = False
    notes: tuple[str, ...] = ()

    def marked(self, mark: Mark) -> Piece:
        """The same piece with all of it marked."""
        year, month, day = (join_marks(old, mark) for old in self.marks)
        return replace(self, marks=(year, month, day))

    def remarked(self, marks: Marks) -> Piece:
        """The same piece with further marks, component by component."""
        year, month, day = (join_marks(a, b) for a, b in zip(self.marks, marks, strict=True))
        return replace(self, marks=(year, month, day))

    def noted(self, note: str) -> Piece:
        """The same piece with a note added."""
        return replace(self, notes=(*self.notes, note))


def complete(terms: list[list[Piece]], context_year: int | None) -> list[list[Piece]]:
    """The pieces of each term with what they lack, from each other, their neighbours, the context.

    Raises DateError when a year, month or century stays unknown.
    """
    terms = [_share_out(pieces) for pieces in terms]
    flat = [piece for pieces in terms for piece in pieces]
    filled = iter(_share_out(flat))
    for before, piece, after in zip(flat, flat[1:], flat[2:], strict=False):
        if not piece.year and before.year and after.year and before.year != after.year:
            raise DateError("ambiguous")
    return [[_settle(next(filled), context_year) for _ in pieces] for pieces in terms]


def _share_out(pieces: list[Piece]) -> list[Piece]:
    """What is said once is passed on, first to the right (Hungarian), then left (English)."""
    filled = list(pieces)
    for n in range(1, len(filled)):
        filled[n] = _inherit(_short_year(filled[n], filled[n - 1]), filled[n - 1])
    for n in range(len(filled) - 2, -1, -1):
        filled[n] = _inherit(filled[n], filled[n + 1])
    return filled


def _inherit(piece: Piece, other: Piece) -> Piece:
    """The piece with what its neighbour explains."""
    if piece.number and other.day:
        piece = replace(piece, number="", day=piece.number.zfill(2))
    if piece.clock and not piece.day:
        piece = replace(piece, day=other.day)
    if piece.day and not piece.month:
        if piece.year and other.year:
            raise DateError("ambiguous")
        piece = replace(piece, month=other.month)
    if not piece.year and not piece.number and other.year:
        piece = replace(piece, year=other.year, inherited=True)
    if piece.year.startswith(_UNKNOWN_CENTURY) and other.year[:2].isdigit():
        piece = replace(piece, year=other.year[:2] + piece.year[2:])
    return piece


def _short_year(piece: Piece, before: Piece) -> Piece:
    """The 12 of "1910 or 12" as the later year that it must be; any other number stays open."""
    alone = before.year.isdigit() and not (before.month or before.share)
    later = len(piece.number) == 2 and piece.number > before.year[2:]
    if not (alone and later):
        return piece
    return replace(piece, number="", year=before.year[:2] + piece.number)


def _settle(piece: Piece, context_year: int | None) -> Piece:
    """The piece with year and century from the context; what is still open is an error."""
    if piece.number or (piece.day and not piece.month) or (piece.clock and not piece.day):
        raise DateError("no_month", piece.number or piece.day)
    if not piece.year:
        if context_year is None:
            raise DateError("no_year")
        piece = replace(piece, year=f"{context_year:04}").noted("context_year")
    if piece.year.startswith(_UNKNOWN_CENTURY):
        piece = _century(piece, context_year)
    return piece


def _century(piece: Piece, context_year: int | None) -> Piece:
    short = piece.year[2:]
    if context_year is not None:
        return replace(piece, year=_nearest(short, context_year)).noted("context_year")
    if short == "XX":
        raise DateError("no_century", short)
    year, month, day = piece.marks
    marks: Marks = (join_marks(year, "?"), month, day)
    return replace(piece, year=f"19{short}", marks=marks).noted("two_digit_year")


def _nearest(short: str, context_year: int) -> str:
    if short == "XX":
        return f"{context_year // 100:02}XX"
    about = int(short.replace("X", "5"))
    century = round((context_year - about) / 100)
    return f"{century:02}{short}"


def resolve(piece: Piece) -> Part:
    """The point that a complete piece means, or the span when it is a share of a period."""
    if piece.share is None:
        return _point(piece)
    if piece.day:
        raise DateError("no_share")
    if piece.month in GROUPINGS:
        if not piece.share.loose:
            raise DateError("no_share")
        return _point(piece).marked("~")
    return _month_share(piece, piece.share) if piece.month else _year_share(piece, piece.share)


def _point(piece: Piece) -> Point:
    marks = _limited(piece.marks, piece.year, piece.month, piece.day)
    clock = "" if any(marks) else piece.clock
    return Point(piece.year, piece.month, piece.day, clock, marks)


def _limited(marks: Marks, year: str, month: str, day: str) -> Marks:
    """Only the marks of components that are there."""
    return marks[0] if year else "", marks[1] if month else "", marks[2] if day else ""


def _month_share(piece: Piece, share: Share) -> Span:
    if share.of not in _LAST_DAYS or not piece.year.isdigit():
        raise DateError("no_share")
    ends = _LAST_DAYS[share.of]
    length = calendar.monthrange(int(piece.year), int(piece.month))[1]
    days = ends[share.which - 1] + 1, min(ends[share.which], length)
    first, last = (_point(replace(piece, day=f"{day:02}")) for day in days)
    if share.loose:
        first, last = _loose_day(first), _loose_day(last)
    return Span(first, last)


def _loose_day(point: Point) -> Point:
    year, month, day = point.marks
    return replace(point, marks=(year, month, join_marks(day, "~")))


def _year_share(piece: Piece, share: Share) -> Part:
    blank = piece.year.lstrip("0123456789")
    if not blank:
        grouping = str(_FIRST_GROUPING[share.of] + share.which - 1)
        return _point(replace(piece, month=grouping))
    if (blank, share.of) not in _SHARES:
        raise DateError("no_share")
    known = piece.year[: 4 - len(blank)]
    years = _SHARES[blank, share.of][share.which - 1]
    first, last = (_point(replace(piece, year=f"{known}{n:0{len(blank)}}")) for n in years)
    return Span(first.marked("~"), last.marked("~")) if share.loose else Span(first, last)


def start_of(part: Part) -> Point:
    """The point where a part begins."""
    return part if isinstance(part, Point) else part.points[0]


def end_of(part: Part) -> Point:
    """The point where a part ends."""
    return part if isinstance(part, Point) else part.points[-1]


def neighbour(point: Point, step: int) -> Point:
    """The point just before (-1) or after (+1), as exact as it was, its doubts kept.

    Of a season, decade or the like the neighbour is a day or a year. Raises DateError beyond
    the years 1 to 9999.
    """
    plain = replace(point, marks=PLAIN, clock="")
    try:
        near = _exact_neighbour(plain, step) if plain.exact else _day_or_year_beside(plain, step)
    except (OverflowError, ValueError) as error:
        raise DateError("long_year", point.year) from error
    doubt = point.marks[0] if len(set(point.marks[: len(point.parts)])) == 1 else ""
    return near.marked(doubt) if doubt else near


def _exact_neighbour(point: Point, step: int) -> Point:
    if point.day:
        day = date(int(point.year), int(point.month), int(point.day)) + timedelta(days=step)
        return Point(f"{day.year:04}", f"{day.month:02}", f"{day.day:02}")
    if point.month:
        months = int(point.year) * 12 + int(point.month) - 1 + step
        return _checked(Point(f"{months // 12:04}", f"{months % 12 + 1:02}"))
    return _checked(Point(f"{int(point.year) + step:04}"))


def _checked(point: Point) -> Point:
    bounds(point)
    return point


def _day_or_year_beside(point: Point, step: int) -> Point:
    edge = bounds(point)[0 if step < 0 else 1]
    if edge is None:
        raise DateError("no_year")
    if not point.month:
        return _checked(Point(f"{edge.year + step:04}"))
    return _exact_neighbour(Point(f"{edge.year:04}", f"{edge.month:02}", f"{edge.day:02}"), step)
