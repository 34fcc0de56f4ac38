"""The collection over time: which step is drawn, and that distances tell the truth."""

from __future__ import annotations

from itertools import pairwise

from archive.search.documents import span_of
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


def test_hours_are_drawn_when_most_photographs_are_certain_to_the_hour() -> None:
    hours = (Count("1956-10-23T17", {}, 3, certain=3), Count("1956-10-23T20", {}, 2, certain=1))
    days = (Count("1956-10-23", {}, 6, certain=6),)
    line = draw({"hour": hours, "day": days})
    assert line
    assert line.step == "hour"
    assert [bar.first[11:] for bar in line.bars] == ["17:00", "18:00", "19:00", "20:00"]
    few = draw({"hour": hours, "day": (*days, Count("1956-10-24", {}, 9, certain=9))})
    assert few
    assert few.step == "day"


def test_hours_are_drawn_of_the_day_that_is_chosen() -> None:
    hours = (Count("1956-10-23T17", {}, 3, certain=3), Count("1956-10-23T20", {}, 2, certain=1))
    days = (Count("1956-10-23", {}, 6, True, certain=6), Count("1956-10-24", {}, 9, certain=9))
    line = draw({"hour": hours, "day": days})
    assert line
    assert line.step == "hour"


def test_a_year_of_hours_becomes_days() -> None:
    hours = (Count("1956-10-23T17", {}, 3, certain=3), Count("1956-11-04T06", {}, 3, certain=3))
    days = (Count("1956-10-23", {}, 3, certain=3), Count("1956-11-04", {}, 3, certain=3))
    line = draw({"hour": hours, "day": days})
    assert line
    assert (line.step, len(line.bars)) == ("day", 13)


def test_no_step_is_so_fine_that_a_photograph_lies_beyond_its_bars() -> None:
    days = (Count("1956-10-23", {}, 9, certain=9), Count("1956-11-04", {}, 9, certain=9))
    of_1956 = Count("1956", {}, 18, certain=18)
    near = (Count("1949", {}, 1, certain=1), of_1956)
    years = draw({"day": days, "year": near})
    assert years
    assert (years.step, years.bars[0].first, years.bars[-1].first) == ("year", "1949", "1956")
    far = (Count("1900", {}, 1, certain=1), of_1956, Count("1975", {}, 1, certain=1))
    decades = (Count("1900", {}, 1, certain=1), Count("1950", {}, 18, certain=18),
               Count("1970", {}, 1, certain=1))  # fmt: skip
    whole = draw({"day": days, "year": far, "decade": decades})
    assert whole
    assert (whole.step, whole.bars[0].first, whole.bars[-1].first) == ("decade", "1900", "1970")


def test_days_are_drawn_of_the_year_that_is_chosen_and_though_some_may_be_of_other_years() -> None:
    days = (Count("1956-10-23", {}, 9, certain=9), Count("1956-11-04", {}, 9, certain=9))
    chosen = (Count("1900", {}, 1, certain=1), Count("1956", {}, 18, True, certain=18))
    possible = (Count("1955", {}, 1), Count("1956", {}, 19, certain=18))
    for years in (chosen, possible):
        line = draw({"day": days, "year": years})
        assert line
        assert line.step == "day"


def test_what_is_certain_stands_at_the_foot_of_a_bar() -> None:
    line = draw({"year": (Count("1955", {}, 2), Count("1956", {}, 4, certain=3))})
    assert line
    assert [(bar.height, bar.sure) for bar in line.bars] == [(50.0, 0), (100.0, 75.0)]
    assert line.possible


def test_bars_within_the_time_asked_for_are_marked() -> None:
    first, last = span_of("year", "1956") or (0, 0)
    line = draw({"year": counts(_1955=2, _1956=4, _1957=1)}, asked=[(first, last)])
    assert line
    assert [bar.chosen for bar in line.bars] == [False, True, False]
