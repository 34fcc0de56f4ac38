"""The collection over time: which step is drawn, and that distances tell the truth."""

from __future__ import annotations

from itertools import pairwise

from archive.search.engine import Count
from archive.site.timeline import MOST_BARS, draw


def counts(**found: int) -> tuple[Count, ...]:
    return tuple(Count(value.strip("_").replace("_", "-"), {}, n) for value, n in found.items())


def test_nothing_to_compare_is_not_drawn() -> None:
    assert draw({}) is None
    assert draw({"year": counts(_1956=9)}) is None


def test_empty_years_keep_their_place() -> None:
    line = draw({"year": counts(_1946=1, _1949=4), "decade": counts(_1940=5)})
    assert line
    assert [(bar.first, bar.count, bar.height) for bar in line.bars] == [
        ("1946", 1, 25.0), ("1947", 0, 0), ("1948", 0, 0), ("1949", 4, 100.0),
    ]  # fmt: skip
    assert line.marks == ["1946", "1947", "1948", "1949"]


def test_days_are_drawn_when_most_photographs_have_one() -> None:
    days = counts(_1956_10_23=5, _1956_10_25=3)
    line = draw({"day": days, "year": counts(_1956=9)})
    assert line
    assert line.step == "day"
    assert [bar.first for bar in line.bars] == ["1956-10-23", "1956-10-24", "1956-10-25"]
    sparse = draw({"day": days, "year": counts(_1956=30, _1957=9)})
    assert sparse
    assert sparse.step == "year"


def test_many_years_become_decades() -> None:
    years = {f"_{year}": 1 for year in range(1870, 1990, 7)}
    line = draw({"year": counts(**years), "decade": counts(_1870=9, _1980=9)})
    assert line
    assert line.step == "decade"
    assert len(line.bars) == 12 <= MOST_BARS
    assert (line.bars[0].first, line.bars[0].last) == ("1870", "1879")


def test_a_few_photographs_among_many_are_still_seen() -> None:
    line = draw({"year": counts(_1955=1, _1956=100_000), "decade": counts(_1950=2)})
    assert line
    assert line.bars[0].height == 2.0


def test_marks_stand_exactly_below_their_bars() -> None:
    line = draw({"year": counts(_1946=1, _1957=1), "decade": counts(_1940=1, _1950=1)})
    assert line
    places = [next(n for n, bar in enumerate(line.bars) if bar.first == m) for m in line.marks]
    assert len({b - a for a, b in pairwise(places)}) == 1
