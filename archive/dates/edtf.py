"""Extended Date/Time Format strings into values (ISO 8601-2:2019; Library of Congress, EDTF 2019).

Level 0, Level 1 and of Level 2 the sets, qualification of single components, all groupings of
months and unspecified digits anywhere. Declined on purpose: negative years, years of more than
four digits, significant digits; a photograph has none of them.
The one invariant: what is read is written again as an equal value.
"""

from __future__ import annotations

import re
from functools import lru_cache

from archive.dates.model import (
    GROUPINGS,
    DateError,
    Edtf,
    Kind,
    Mark,
    OpenEdge,
    Part,
    Point,
    Span,
    join_marks,
    make,
)

_POINT = re.compile(
    r"([?~%]?)([0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
    r"(?:T([0-9:]+(?:Z|[+-][0-9:]+)?))?"
)
_CLOCK = re.compile(
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
    r"(?:Z|[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?"
)
_SETS: dict[str, tuple[Kind, str]] = {"[": ("one_of", "]"), "{": ("all_of", "}")}
_LONGEST = 1000


@lru_cache(maxsize=8192)
def parse_edtf(text: str) -> Edtf:
    """The value of an EDTF string; raises `DateError` (code and the part that is wrong)."""
    if not text:
        raise DateError("empty")
    if len(text) > _LONGEST:
        raise DateError("too_long", f"{text[:20]}…")
    if text[0] in _SETS:
        return _set(text)
    if "/" in text:
        return make("interval", [_span(text, "/")])
    return make("date", [_point(text)])


def _set(text: str) -> Edtf:
    kind, close = _SETS[text[0]]
    if not text.endswith(close):
        raise DateError("not_edtf", text)
    return make(kind, [_member(member.strip()) for member in text[1:-1].split(",")])


def _member(text: str) -> Part:
    return _span(text, "..") if ".." in text else _point(text)


def _span(text: str, between: str) -> Span:
    edges = text.split(between)
    if len(edges) != 2:
        raise DateError("not_edtf", text)
    start, end = (_edge(edge, between) for edge in edges)
    return Span(start, end)


def _edge(text: str, between: str) -> Point | OpenEdge:
    if text == ".." or (not text and between == ".."):
        return ".."
    return _point(text) if text else ""


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise DateError(_why_not(text), text)
    year, month, day, clock = match.group(2, 5, 8, 10)
    before, after = match.group(1, 4, 7), match.group(3, 6, 9)
    _check(text, month or "", day or "", clock or "")
    marks = _marks([mark or "" for mark in before], [mark or "" for mark in after])
    if clock and any(marks):
        raise DateError("not_edtf", text)
    return Point(year, month or "", day or "", clock or "", marks)


def _check(text: str, month: str, day: str, clock: str) -> None:
    grouping = month in GROUPINGS
    if month.isdigit() and not grouping and not 1 <= int(month) <= 12:
        raise DateError("impossible_month", text)
    if day and grouping:
        raise DateError("impossible_day", text)
    if clock and not _CLOCK.fullmatch(clock):
        raise DateError("impossible_time", text)
    if clock and not (day and (month + day).isdigit()):
        raise DateError("not_edtf", text)


def _marks(before: list[str], after: list[str]) -> tuple[Mark, Mark, Mark]:
    """A mark before a component is its own; one after it also covers all to its left."""
    marks: list[Mark] = ["", "", ""]
    for n in range(3):
        marks[n] = join_marks(marks[n], _mark(before[n]))
        for left in range(n + 1):
            marks[left] = join_marks(marks[left], _mark(after[n]))
    return marks[0], marks[1], marks[2]


def _mark(text: str) -> Mark:
    marks: dict[str, Mark] = {"?": "?", "~": "~", "%": "%"}
    return marks.get(text, "")


def _why_not(text: str) -> str:
    if re.match(r"-[0-9X]|Y-", text):
        return "negative_year"
    if re.fullmatch(r"Y?[0-9]{5,}.*|Y[0-9E]+.*", text):
        return "long_year"
    return "significant_digits" if re.fullmatch(r"Y?[0-9]+S[0-9]+", text) else "not_edtf"
