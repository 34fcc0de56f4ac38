"""The collection over time: counts of decades, years, days or hours made into bars. Pure.

The invariant: the finest step is chosen that needs at most `MOST_BARS` bars and leaves no time out
from which there certainly is a photograph; a step without photographs is drawn as an empty place,
so that distances tell the truth. What certainly falls into a step stands at the foot of its bar,
what only may fall there above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.search.documents import span_of
from archive.search.engine import Count

MOST_BARS = 60
SLENDER = 24
LEAST_HEIGHT = 2.0
STEPS = ("hour", "day", "year", "decade")
SIGNS = {"day": 10, "year": 4, "decade": 3}  # of a time, which tell in which step it lies
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Bar:
    """One step: heights are 0 to 100, `sure` the part of it that is certain; `first` and `last`
    are what a query would say."""

    label: str
    first: str
    last: str
    count: int
    certain: int
    height: float
    sure: float
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

    @property
    def possible(self) -> bool:
        """Whether some photographs may fall into several steps."""
        return any(bar.certain < bar.count for bar in self.bars)


def draw(
    facets: Mapping[str, Sequence[Count]], label: str = "", asked: Spans = ()
) -> Timeline | None:
    """The timeline of some results; None when there is nothing to compare.

    `asked` are the hours that were asked for; the bars within them are marked."""
    finest: Timeline | None = None
    for step in STEPS:
        line = _timeline(step, facets, label, asked)
        if line and not _coarser_says_more(step, facets) and not _leaves_out(line, facets):
            return line
        finest = finest or line
    return finest


def _timeline(
    step: str, facets: Mapping[str, Sequence[Count]], label: str, asked: Spans
) -> Timeline | None:
    counts = facets.get(step, ())
    values = _all_steps(step, counts)
    if not 2 <= len(values) <= MOST_BARS:
        return None
    bars = _bars(step, values, counts, asked)
    return Timeline(step, bars, _marks(bars), label)


def _coarser_says_more(step: str, facets: Mapping[str, Sequence[Count]]) -> bool:
    """Days count only photographs dated to the day; when most are not, years tell more. Hours are
    for results of which most are certain to the hour; on a day that is chosen, of that day's."""
    coarser = {"hour": "day", "day": "year", "year": "decade"}.get(step, "")
    fine, coarse = facets.get(step, ()), facets.get(coarser, ())
    if step == "hour":
        coarse = _meant(coarse)
        return sum(c.certain for c in fine) * 2 < sum(c.certain for c in coarse)
    return sum(c.count for c in fine) * 2 < sum(c.count for c in coarse)


def _leaves_out(line: Timeline, facets: Mapping[str, Sequence[Count]]) -> bool:
    """Whether something is certainly older or younger than all bars: of a photograph that is dated
    to its year alone, days know nothing."""
    first, last = line.bars[0].first, line.bars[-1].first
    return any(
        count.certain and not first[:signs] <= count.value[:signs] <= last[:signs]
        for step, signs in SIGNS.items()
        if STEPS.index(step) > STEPS.index(line.step)
        for count in _meant(facets.get(step, ()))
    )


def _meant(counts: Sequence[Count]) -> Sequence[Count]:
    """The times that are chosen; all where none is."""
    return [count for count in counts if count.chosen] or counts


def _bars(step: str, values: Iterable[str], counts: Sequence[Count], asked: Spans) -> list[Bar]:
    found = {count.value: count for count in counts}
    most = max(count.count for count in counts)
    return [_bar(step, value, found.get(value) or Count(value, {}, 0), most, asked)
            for value in values]  # fmt: skip


def _all_steps(step: str, counts: Sequence[Count]) -> list[str]:
    """Every step from the first counted one to the last; no days and hours if they are too many."""
    if not counts:
        return []
    first = min(count.value for count in counts)
    last = max(count.value for count in counts)
    if step in ("day", "hour"):
        start, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
        one = timedelta(days=1) if step == "day" else timedelta(hours=1)
        steps = (end - start) // one + 1
        moments = (start + one * n for n in range(steps if steps <= MOST_BARS else 0))
        return [moment.isoformat("T", "hours")[: len(first)] for moment in moments]
    width = 10 if step == "decade" else 1
    return [f"{year:04}" for year in range(int(first), int(last) + 1, width)]


def _bar(step: str, value: str, count: Count, most: int, asked: Spans) -> Bar:
    first = f"{value}:00" if step == "hour" else value
    last = f"{int(value) + 9:04}" if step == "decade" else first
    height = max(LEAST_HEIGHT, round(100 * count.count / most, 1)) if count.count else 0
    return Bar(
        label=f"{value}–{last}" if step == "decade" else first,
        first=first,
        last=last,
        count=count.count,
        certain=count.certain,
        height=height,
        sure=round(height * count.certain / count.count, 1) if count.count else 0,
        chosen=count.chosen or (bool(asked) and _within(span_of(step, value), asked)),
    )


def _within(span: tuple[int, int] | None, asked: Spans) -> bool:
    return span is not None and any(a <= span[0] and span[1] <= b for a, b in asked)


def _marks(bars: Sequence[Bar]) -> list[str]:
    """Labels at equal distances that stand exactly below their bars."""
    gaps = len(bars) - 1
    parts = next((n for n in (4, 3, 2, 1) if gaps % n == 0), 1)
    return [bars[n * gaps // parts].first for n in range(parts + 1)]
