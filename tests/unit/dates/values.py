"""Strategies for every kind of EDTF value that the dates room can hold."""

from __future__ import annotations

import calendar

from hypothesis import strategies as st

from archive.dates import DateError, Edtf, Point, Span
from archive.dates.model import GROUPINGS, PLAIN, Mark, Part, make

MARKS: list[Mark] = ["", "?", "~", "%"]
years = st.one_of(st.integers(1800, 2030), st.integers(1, 2098)).map(lambda year: f"{year:04}")
months = st.integers(1, 12).map(lambda month: f"{month:02}")
clocks = st.times().map(lambda time: f"{time.hour:02}:{time.minute:02}")


@st.composite
def days(draw: st.DrawFn) -> Point:
    """A day of the calendar."""
    year, month = draw(years), draw(months)
    length = calendar.monthrange(int(year), int(month))[1]
    return Point(year, month, f"{draw(st.integers(1, length)):02}")


@st.composite
def marked(draw: st.DrawFn, points: st.SearchStrategy[Point]) -> Point:
    """A point with no doubts, one for all of it, or any for its components."""
    point = draw(points)
    if draw(st.booleans()):
        return point.marked(draw(st.sampled_from(MARKS)))
    size = len(point.parts)
    marks = [draw(st.sampled_from(MARKS)) for _ in range(size)] + [""] * (3 - size)
    return Point(point.year, point.month, point.day, "", (marks[0], marks[1], marks[2]))


year_points = years.map(Point)
month_points = st.builds(Point, years, months)
season_points = st.builds(Point, years, st.sampled_from(sorted(GROUPINGS)))
blurred_points = st.one_of(
    years.map(lambda year: Point(year[:3] + "X")),
    years.map(lambda year: Point(year[:2] + "XX")),
    years.map(lambda year: Point(year, "XX")),
    years.map(lambda year: Point(year, "XX", "XX")),
    month_points.map(lambda point: Point(point.year, point.month, "XX")),
    month_points.map(lambda point: Point("XXXX", point.month)),
    days().map(lambda day: Point("XXXX", day.month, day.day)),
    years.map(lambda year: Point(year, "1X")),
    years.map(lambda year: Point(year[:2] + "X" + year[3])),
    days().map(lambda day: Point(day.year[:3] + "X", day.month, "0X")),
)
timed_points = st.builds(
    lambda day, clock: Point(day.year, day.month, day.day, clock), days(), clocks
)
plain_points = st.one_of(year_points, month_points, days(), season_points, blurred_points)
points = st.one_of(marked(plain_points), timed_points)


def _possible(part: Part) -> bool:
    try:
        make("interval" if isinstance(part, Span) else "date", [part])
    except DateError:
        return False
    return True


possible_points = points.filter(_possible)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Two points in order, often of one year or month; or an open or unknown end."""
    one = draw(possible_points)
    edge = draw(st.sampled_from(["near", "far", "open", "unknown"]))
    if edge in ("open", "unknown"):
        blank = ".." if edge == "open" else ""
        return Span(one, blank) if draw(st.booleans()) else Span(blank, one)
    other = draw(possible_points)
    if edge == "near":
        other = draw(_near(one))
    span = Span(one, other)
    return span if _possible(span) else Span(other, one)


@st.composite
def _near(draw: st.DrawFn, point: Point) -> Point:
    """A point of the same shape, year and doubts, sometimes of the same month."""
    if not point.exact or point.clock:
        return point
    month = draw(st.sampled_from([point.month, "12"])) if point.month else ""
    day = "28" if point.day else ""
    return Point(point.year, month, day, "", point.marks if month == point.month else PLAIN)


possible_spans = spans().filter(_possible)
dates = possible_points.map(lambda point: make("date", [point]))
intervals = possible_spans.map(lambda span: make("interval", [span]))
set_spans = possible_spans.filter(lambda span: span.start != "" and span.end != "")


@st.composite
def sets(draw: st.DrawFn) -> Edtf:
    """One of some or all of some."""
    kind = draw(st.sampled_from(["one_of", "all_of"]))
    members = st.lists(st.one_of(possible_points, set_spans), min_size=1, max_size=4)
    return make(kind, draw(members))


values = st.one_of(dates, intervals, sets())
