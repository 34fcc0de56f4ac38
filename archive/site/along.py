"""Photographs laid along time: those of one page of results, by decade, year, day or hour. Pure.

A photograph whose date is certain to the step stands under that step; one that may be of several
stands by itself, under the whole time it may be of. The invariant: nothing stands under a time
more exact than its date says, and every photograph of the page stands once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Literal

from flask_babel import gettext as _

from archive import dates, words
from archive.search.documents import FIRST_HOUR, LAST_HOUR, hours
from archive.search.engine import Hit

DAY = 24
YEAR = 366 * DAY
WHOLE_DAY = ("00:00", "23:00")
Kind = Literal["certain", "possible", "undated"]
Placed = tuple[int, Hit]


@dataclass(frozen=True)
class Stretch:
    """Some photographs of one time. `start` and `width` say where it lies on the page, of 100."""

    label: str
    weekday: str
    kind: Kind
    start: float
    width: float
    hits: list[Placed] = field(default_factory=list)


@dataclass(frozen=True)
class Era:
    """The years or decades that give the stretches below them a common heading."""

    label: str
    stretches: list[Stretch]


@dataclass(frozen=True)
class _Dated:
    """A hit with its first and last hour; `exact` when nothing of its date is in doubt."""

    placed: Placed
    first: int
    last: int
    exact: bool

    @property
    def open(self) -> bool:
        return self.first == FIRST_HOUR or self.last == LAST_HOUR


def lay(hits: Sequence[Hit], first: int, lang: str) -> list[Era]:
    """The photographs of a page in eras and stretches; `first` is the place of the first hit."""
    placed = list(enumerate(hits, start=first))
    dated = [found for each in placed if (found := _dated(each)) is not None]
    known = {id(each.placed[1]) for each in dated}
    eras = _eras(dated, lang)
    if undated := [each for each in placed if id(each[1]) not in known]:
        eras.append(Era(_("Undated"), [Stretch("", "", "undated", 0, 0, undated)]))
    return eras


def _dated(placed: Placed) -> _Dated | None:
    edtf = placed[1].show["edtf"]
    try:
        found = dates.parse_edtf(edtf) if edtf else None
    except dates.DateError:
        return None
    span = hours(edtf, found.earliest, found.latest) if found else None
    return _Dated(placed, *span, exact=not {"~", "?", "%"} & set(edtf)) if span else None


def _eras(dated: list[_Dated], lang: str) -> list[Era]:
    if not dated:
        return []
    step = _step(dated)
    closed = [each for each in dated if not each.open] or dated
    whole = min(each.first for each in closed), max(each.last for each in closed)
    return [
        Era(label, [_stretch(step, alike, whole, lang) for alike in _together(inner, step)])
        for label, inner in groupby(dated, key=lambda each: _era(each, step))
    ]


def _together(dated: Iterable[_Dated], step: str) -> list[list[_Dated]]:
    """Those of one time together, times in the order in which they begin on the page."""
    groups: dict[tuple[str, str, bool], list[_Dated]] = {}
    for each in dated:
        groups.setdefault(_key(each, step), []).append(each)
    return list(groups.values())


def _step(dated: Sequence[_Dated]) -> str:
    """The finest step to which at least half of the page is dated."""
    lengths = sorted(each.last - each.first + 1 for each in dated)
    middle = lengths[(len(lengths) - 1) // 2]
    one_day = len({each.first // DAY for each in dated}) == 1
    if middle <= 2 and one_day:
        return "hour"
    return "day" if middle <= DAY else "year" if middle <= YEAR else "decade"


def _bucket(hour: int, step: str) -> str:
    if hour in (FIRST_HOUR, LAST_HOUR):
        return ".."
    day = date.fromordinal(max(1, hour // DAY))
    if step == "decade":
        return f"{day.year // 10 * 10:04}"
    if step == "year":
        return f"{day.year:04}"
    return day.isoformat() + (f"T{hour % DAY:02}:00" if step == "hour" else "")


def _key(each: _Dated, step: str) -> tuple[str, str, bool]:
    ends = _bucket(each.first, step), _bucket(each.last, step)
    return (*ends, each.exact and ends[0] == ends[1])


def _era(each: _Dated, step: str) -> str:
    """The heading above: the day of hours, the year of days, the decade of years."""
    if each.first == FIRST_HOUR:
        return _("Before")
    coarser = {"hour": "day", "day": "year", "year": "decade"}.get(step)
    value = _bucket(each.first, coarser) if coarser else ""
    return _("%(year)ss", year=value) if coarser == "decade" else words.day(value)


def _stretch(step: str, dated: list[_Dated], whole: tuple[int, int], lang: str) -> Stretch:
    first, last, certain = _key(dated[0], step)
    start, width = _extent(dated[0], whole)
    return Stretch(
        label=_label(dated[0], first, last, step, lang),
        weekday=words.weekday(first) if step == "day" and first == last else "",
        kind="certain" if certain else "possible",
        start=start,
        width=width,
        hits=[each.placed for each in dated],
    )


def _label(each: _Dated, first: str, last: str, step: str, lang: str) -> str:
    if each.open:
        return words.pick(dict(each.placed[1].show["date"]), lang)
    if step == "decade":
        decades = dict.fromkeys((_("%(year)ss", year=first), _("%(year)ss", year=last)))
        return " – ".join(decades)
    if step == "hour" and first[:10] == last[:10] and (first[11:], last[11:]) != WHOLE_DAY:
        return "–".join(dict.fromkeys((words.clock(first), words.clock(last))))
    if step == "hour" and first != last:
        first, last = first[:10], last[:10]
    return words.edtf_in_words(first if first == last else f"{first}/{last}", lang)


def _extent(each: _Dated, whole: tuple[int, int]) -> tuple[float, float]:
    """Where a time lies within the page's whole time: its beginning and width, of 100."""
    span = max(1, whole[1] - whole[0] + 1)
    first, last = max(each.first, whole[0]), min(each.last, whole[1])
    width = max(1.5, 100 * (last - first + 1) / span)
    return round(min(100 * (first - whole[0]) / span, 100 - width), 1), round(width, 1)
