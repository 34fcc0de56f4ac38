"""Dates in words that `read` understands again, in Hungarian and in English.

What is said when is decided here, the words are in `hungarian` and `english`. A value for which
there are no words (1XX6-1X), or none that could not be misunderstood, is shown as its EDTF.
The one invariant: for every value that `read` allows, `read(words(value, lang))` is that value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal, Protocol

from archive.dates import english, hungarian
from archive.dates.edtf import parse_edtf
from archive.dates.model import GROUPINGS, PLAIN, DateError, Edtf, Mark, Part, Point, Span
from archive.dates.pieces import neighbour
from archive.dates.reader import Reading, read
from archive.dates.remarks import write_remark, write_sides

Language = Literal["hu", "en"]


class Voice(Protocol):
    """The words of one language: the functions of `hungarian` and of `english`."""

    UNDATED: str

    def year(self, point: Point) -> str: ...
    def month(self, point: Point) -> str: ...
    def day(self, point: Point) -> str: ...
    def month_alone(self, point: Point) -> str: ...
    def day_alone(self, point: Point) -> str: ...
    def time(self, point: Point) -> str: ...
    def season(self, point: Point, index: int, hemisphere: int, following: str) -> str: ...
    def quarter(self, point: Point, index: int) -> str: ...
    def third(self, period: str, index: int) -> str: ...
    def half(self, point: Point, index: int) -> str: ...
    def unknown(self, period: str, components: str) -> str: ...
    def year_unknown(self, period: str) -> str: ...
    def doubted(self, text: str, mark: Mark) -> str: ...
    def doubted_inside(self, text: str, mark: Mark) -> str: ...
    def days(self, points: Sequence[Point]) -> list[str]: ...
    def days_of_year(self, points: Sequence[Point]) -> list[str]: ...
    def months(self, points: Sequence[Point]) -> list[str]: ...
    def between(self, start: str, end: str) -> str: ...
    def before(self, text: str) -> str: ...
    def after(self, text: str) -> str: ...
    def or_earlier(self, text: str) -> str: ...
    def or_later(self, text: str) -> str: ...
    def since(self, text: str, point: Point) -> str: ...
    def until(self, text: str, point: Point) -> str: ...
    def every(self, text: str) -> str: ...
    def joined(self, texts: Sequence[str], *, alternative: bool) -> str: ...


_VOICES: dict[str, Voice] = {"hu": hungarian, "en": english}
_MONTH_THIRDS = {("01", "10"): 0, ("11", "20"): 1}


class _NoWords(Exception):
    """The value can only be shown as EDTF."""


def words(value: Edtf | Reading | str, lang: Language) -> str:
    """The date in Hungarian (`hu`) or English (`en`) words; `value` may be an EDTF string.

    An undated reading says so; a refused one gives back its own text. Raises DateError for a
    string that is not EDTF.
    """
    if isinstance(value, Reading):
        if value.edtf is None:
            return _VOICES[lang].UNDATED if value.ok else value.text
        value = value.edtf
    return _words(parse_edtf(value) if isinstance(value, str) else value, lang)


@lru_cache(maxsize=8192)
def _words(value: Edtf, lang: Language) -> str:
    try:
        text = _Speaker(lang).value(value)
    except _NoWords:
        return str(value)
    return text if read(text).edtf == str(value) else str(value)


class _Speaker:
    """One language's way of saying a value, its parts and its points."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.voice = _VOICES[lang]

    def value(self, value: Edtf) -> str:
        """A date, an interval or a set."""
        first = value.parts[0]
        if isinstance(first, Point) and value.kind == "date":
            return self.point(first)
        if isinstance(first, Span) and value.kind == "interval":
            return self.interval(first)
        if len(value.parts) > 1:
            return self.members(value)
        return self.one_within(value) if isinstance(first, Span) else self.point(first)

    def one_within(self, value: Edtf) -> str:
        """A set of one span: some time within it, or every moment of it."""
        span = value.parts[0]
        if not isinstance(span, Span):
            raise _NoWords
        if value.kind == "one_of":
            return self.some_time(span)
        if len(span.points) < 2:
            raise _NoWords
        return self.voice.every(self.interval(span))

    def members(self, value: Edtf) -> str:
        """1928 or 1931; semicolons set off what is half open or could be heard as said of all."""
        half_open = any(isinstance(part, Span) and len(part.points) < 2 for part in value.parts)
        points = [part for part in value.parts if isinstance(part, Point)]
        related = self.related(points) if len(points) == len(value.parts) else None
        said = related or [self.member(part) for part in value.parts]
        text = self.voice.joined(said, alternative=value.kind == "one_of")
        if value.kind == "all_of" and half_open:
            raise _NoWords
        clear = value.kind == "all_of" or read(text).edtf == str(value)
        return text if clear and not half_open else "; ".join(said)

    def member(self, part: Part) -> str:
        """One alternative."""
        if isinstance(part, Point):
            return self.point(part)
        return self.interval(part) if len(part.points) == 2 else self.some_time(part)

    def point(self, point: Point, *, inside: bool = False) -> str:
        """A point with its doubts; `inside` a longer phrase they are said before it."""
        core = self.core(point)
        mark = _whole_mark(point)
        if mark is None:
            return f"{core} ({write_remark(point.marks, self.lang)})"
        return (self.voice.doubted_inside if inside else self.voice.doubted)(core, mark)

    def core(self, point: Point) -> str:
        """A point without its doubts."""
        if point.clock:
            return self.timed(point)
        if point.year == "XXXX":
            return self.yearless(point)
        if not point.month:
            return self.year(point)
        if not point.year.isdigit():
            raise _NoWords
        if point.month in GROUPINGS:
            return self.grouping(point)
        return self.unknown(point) if "X" in point.month + point.day else self.calendar(point)

    def timed(self, point: Point) -> str:
        """25 October 1956, 11:00"""
        if len(point.clock) != len("HH:MM"):
            raise _NoWords
        return f"{self.voice.day(point)}, {self.voice.time(point)}"

    def yearless(self, point: Point) -> str:
        """23 October, year unknown"""
        if not point.month.isdigit() or point.month in GROUPINGS or "X" in point.day:
            raise _NoWords
        alone = self.voice.day_alone if point.day else self.voice.month_alone
        return self.voice.year_unknown(alone(point))

    def year(self, point: Point) -> str:
        """1956, the 1950s, the 20th century"""
        if not point.year.rstrip("X").isdigit() or len(point.year.rstrip("X")) < 2:
            raise _NoWords
        return self.voice.year(point)

    def calendar(self, point: Point) -> str:
        """A year, month or day with all its digits."""
        if not point.month:
            return self.voice.year(point)
        return self.voice.day(point) if point.day else self.voice.month(point)

    def unknown(self, point: Point) -> str:
        """1956, month unknown"""
        if point.month == "XX" and point.day in ("", "XX"):
            components = "md" if point.day else "m"
            return self.voice.unknown(point.year, components)
        if point.month.isdigit() and point.day == "XX":
            return self.voice.unknown(self.voice.month(point), "d")
        raise _NoWords

    def grouping(self, point: Point) -> str:
        """A season, quarter, third or half of a year."""
        code = int(point.month)
        if code >= 40:
            return self.voice.half(point, code - 40)
        if code >= 37:
            return self.voice.third(point.year, code - 37)
        if code >= 33:
            return self.voice.quarter(point, code - 33)
        following = _following(point.year) if code in (24, 28) else ""
        hemisphere, index = divmod(code - 21, 4)
        return self.voice.season(point, index, hemisphere, following)

    def interval(self, span: Span) -> str:
        """23–30 October 1956, from 1945, 1945–?"""
        start, end = span.start, span.end
        if isinstance(start, Point) and isinstance(end, Point):
            return self.closed(start, end)
        if isinstance(start, Point):
            return self.unclosed(start, unknown=end == "", first=True)
        if isinstance(end, Point):
            return self.unclosed(end, unknown=start == "", first=False)
        raise _NoWords

    def unclosed(self, point: Point, *, unknown: bool, first: bool) -> str:
        """An interval of which one end is open or unknown."""
        text = self.point(point, inside=not unknown)
        if unknown:
            return _dashed(text, "?") if first else _dashed("?", text)
        if text.endswith(")") or "," in text:
            raise _NoWords
        return (self.voice.since if first else self.voice.until)(text, point)

    def closed(self, start: Point, end: Point) -> str:
        """An interval between two points, their common doubts said once."""
        third = _month_third(start, end)
        if third is not None:
            return self.voice.third(self.voice.month(start), third)
        marks = _whole_mark(start), _whole_mark(end)
        plain = self.dashed(replace(start, marks=PLAIN), replace(end, marks=PLAIN))
        if marks[0] is not None and marks[0] == marks[1]:
            return self.voice.doubted(plain, marks[0])
        if start.marks == end.marks:
            return f"{plain} ({write_remark(start.marks, self.lang)})"
        return f"{plain} ({write_sides(self.remark(start), self.remark(end), self.lang)})"

    def remark(self, point: Point) -> str:
        """What is in doubt of one end, or nothing."""
        size = len(point.parts)
        return write_remark(point.marks, self.lang, size) if any(point.marks) else ""

    def dashed(self, start: Point, end: Point) -> str:
        """Two points with what they share said once."""
        if start.clock and end.clock and replace(start, clock="") == replace(end, clock=""):
            return _dashed(self.core(start), self.voice.time(end), tight=self.lang == "en")
        pair = self.related((start, end)) or self.hours(start, end)
        left, right = pair or [self.core(start), self.core(end)]
        return _dashed(left, right, tight=pair is not None and not (" " in left and " " in right))

    def hours(self, start: Point, end: Point) -> list[str] | None:
        """Hours of two days of one year; None when they are no such hours."""
        if not (start.clock and end.clock and start.year == end.year):
            return None
        days = self.voice.days_of_year((start, end))
        times = map(self.voice.time, (start, end))
        return [f"{day}, {time}" for day, time in zip(days, times, strict=True)]

    def related(self, points: Sequence[Point]) -> list[str] | None:
        """Days of one month or year, months of one year; None when they are not of a kind."""
        kinds = {(point.exact, bool(point.clock), point.year, len(point.parts)) for point in points}
        exact, timed, _, size = next(iter(kinds))
        if len(kinds) > 1 or not exact or timed or size == 1:
            return None
        if size == 2:
            return self.voice.months(points)
        same_month = len({point.month for point in points}) == 1
        return (self.voice.days if same_month else self.voice.days_of_year)(points)

    def some_time(self, span: Span) -> str:
        """Between 1945 and 1948; before 1945; 1945 or later"""
        start, end = span.start, span.end
        if isinstance(start, Point) and isinstance(end, Point):
            apart = [self.point(point, inside=True) for point in (start, end)]
            first, last = self.related((start, end)) or apart
            return self.voice.between(first, last)
        if isinstance(start, Point):
            return self.beyond(start, -1)
        if isinstance(end, Point):
            return self.beyond(end, 1)
        raise _NoWords

    def beyond(self, point: Point, step: int) -> str:
        """Before (step 1) or after (step -1) the neighbour, or this point and what lies beyond."""
        beside = _beside(point, step)
        if beside is None:
            text = self.point(point, inside=True)
            return (self.voice.or_earlier if step > 0 else self.voice.or_later)(text)
        text = self.point(beside, inside=True)
        return (self.voice.before if step > 0 else self.voice.after)(text)


def _whole_mark(point: Point) -> Mark | None:
    """The mark that all components carry; None when they differ."""
    marks = set(point.marks[: len(point.parts)])
    return marks.pop() if len(marks) == 1 else None


def _dashed(left: str, right: str, *, tight: bool = False) -> str:
    """With an en dash, tight when asked or between single words, else spaced.

    In Hungarian a number loses its dot before a tight dash (AkH. 12, 296).
    """
    if tight or " " not in left + right:
        return f"{left.removesuffix('.')}–{right}"
    return f"{left} – {right}"


def _following(year: str) -> str:
    """The second year of a winter: 57 after 1956, 2000 after 1999."""
    following = f"{int(year) + 1:04}"
    return following if following.endswith("00") else following[-2:]


def _month_third(start: Point, end: Point) -> int | None:
    """Which third of a month two loosely meant days bound, if they do."""
    loose = ("", "", "~")
    if start.marks != loose or end.marks != loose or start.parts[:2] != end.parts[:2]:
        return None
    if (start.day, end.day) in _MONTH_THIRDS:
        return _MONTH_THIRDS[start.day, end.day]
    try:
        last = neighbour(replace(end, marks=PLAIN), 1).day == "01"
    except DateError:
        return None
    return 2 if start.day == "21" and last else None


def _beside(point: Point, step: int) -> Point | None:
    """The neighbour of an exact point, its doubts kept; None when there is none to name."""
    mark = _whole_mark(point)
    if mark is None or point.clock or not replace(point, marks=PLAIN).exact:
        return None
    try:
        return neighbour(point, step)
    except DateError:
        return None
