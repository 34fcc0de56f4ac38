"""The collection over time: counts of decades, years or days made into bars. Pure.

The invariant: the finest step is chosen that needs at most `MOST_BARS` bars, and a step without
photographs is drawn as an empty place, so that distances tell the truth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archive.search.engine import Count

MOST_BARS = 60
SLENDER = 24
LEAST_HEIGHT = 2.0


@dataclass(frozen=True)
class Bar:
    """One step: its height is 0 to 100; `first` and `last` are what a query would say."""

    label: str
    first: str
    last: str
    count: int
    height: float
    chosen: bool = False


@dataclass(frozen=True)
class Timeline:
    """Bars without gaps, and at most five labels for the scale below them."""

    step: str
    bars: list[Bar]
    marks: list[str]
    label: str = ""

    @property
    def thickness(self) -> int:
        """How much of its ten units a bar fills: few bars stay slender."""
        return 8 if len(self.bars) > SLENDER else 3


def draw(facets: Mapping[str, Sequence[Count]], label: str = "") -> Timeline | None:
    """The timeline of some results; None when there is nothing to compare."""
    for step in ("day", "year", "decade"):
        counts = facets.get(step, ())
        bars = _bars(step, counts)
        if 2 <= len(bars) <= MOST_BARS and not _coarser_says_more(step, facets):
            return Timeline(step, bars, _marks(bars), label)
    return None


def _coarser_says_more(step: str, facets: Mapping[str, Sequence[Count]]) -> bool:
    """Days count only photographs dated to the day; when most are not, years tell more."""
    coarser = {"day": "year", "year": "decade"}.get(step, "")
    fine = sum(count.count for count in facets.get(step, ()))
    return fine * 2 < sum(count.count for count in facets.get(coarser, ()))


def _bars(step: str, counts: Sequence[Count]) -> list[Bar]:
    found = {count.value: count for count in counts}
    if not found:
        return []
    steps = _all_steps(step, min(found), max(found))
    most = max(count.count for count in counts)
    return [_bar(step, value, found.get(value), most) for value in steps]


def _all_steps(step: str, first: str, last: str) -> list[str]:
    if step == "day":
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        days = min((end - start).days, MOST_BARS)
        return [(start + timedelta(days=n)).isoformat() for n in range(days + 1)]
    width = 10 if step == "decade" else 1
    return [f"{year:04}" for year in range(int(first), int(last) + 1, width)]


def _bar(step: str, value: str, count: Count | None, most: int) -> Bar:
    last = f"{int(value) + 9:04}" if step == "decade" else value
    number = count.count if count else 0
    height = max(LEAST_HEIGHT, round(100 * number / most, 1)) if number else 0
    label = f"{value}–{last}" if step == "decade" else value
    return Bar(label, value, last, number, height, bool(count and count.chosen))


def _marks(bars: Sequence[Bar]) -> list[str]:
    """Labels at equal distances that stand exactly below their bars."""
    gaps = len(bars) - 1
    parts = next(n for n in (4, 3, 2, 1) if gaps % n == 0)
    return [bars[n * gaps // parts].first for n in range(parts + 1)]
