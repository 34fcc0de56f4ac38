"""The order of frames, gaps in it, and the dates that follow from it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from archive import dates
from archive.catalogue import frames
from archive.catalogue.frames import Spot

DAYS = {name: date(1956, 10, day) for name, day in (("a", 23), ("b", 25), ("c", 30))}


def test_frames_lie_in_the_order_of_the_film() -> None:
    film = ["00", "0", "1", "2", "11", "12", "12A", "13", "36/A", "x", ""]
    assert sorted(set(film), key=frames.order) == film


@pytest.mark.parametrize(
    ("film", "gaps"),
    [
        (["1", "2", "4"], [(3, 3)]),
        (["4", "8", "12A", "13"], [(5, 7), (9, 11)]),
        (["1", "2", "2A", "3"], []),
        (["x", "", "7"], []),
        (["01", "03", "12/3"], [(2, 2)]),
    ],
)
def test_gaps_in_the_numbering_are_named(film: list[str], gaps: list[tuple[int, int]]) -> None:
    assert frames.missing(film) == gaps


def test_a_number_given_twice_is_named_once() -> None:
    assert frames.twice(["3", "1", "12a", "12A", "3", "12", "", ""]) == ["3", "12A"]


def test_frames_between_dated_ones_get_their_bounds() -> None:
    film = [Spot(n, str(n)) for n in range(10, 21)]
    film[1] = Spot(11, "11", DAYS["a"], DAYS["b"])
    film[9] = Spot(19, "19", DAYS["b"], DAYS["c"])
    proposed, against = frames.by_sequence(film)
    assert [bounds.key for bounds in proposed] == list(range(12, 19))
    assert {bounds.edtf for bounds in proposed} == {"1956-10-23/1956-10-30"}
    assert {(bounds.after, bounds.before) for bounds in proposed} == {("11", "19")}
    assert against == []


def test_a_frame_numbered_as_its_neighbour_gets_no_bounds_of_it() -> None:
    film = [
        Spot(1, "1", DAYS["a"], DAYS["a"]), Spot(2, "3"), Spot(3, "3", DAYS["c"], DAYS["c"]),
    ]  # fmt: skip
    assert frames.by_sequence(film) == ([], [])


def test_one_day_stays_one_day() -> None:
    film = [Spot(1, "1", DAYS["a"], DAYS["a"]), Spot(2, "2"), Spot(3, "3", DAYS["a"], DAYS["a"])]
    assert frames.by_sequence(film)[0][0].edtf == "1956-10-23"


def test_dates_that_run_the_wrong_way_are_told_and_propose_nothing() -> None:
    film = [Spot(1, "1", DAYS["c"], DAYS["c"]), Spot(2, "2"), Spot(3, "3", DAYS["a"], DAYS["a"])]
    assert frames.by_sequence(film) == ([], [("1", "3")])


@given(
    some.dictionaries(
        some.integers(0, 40), some.tuples(some.integers(0, 30), some.integers(0, 9)), max_size=15
    ),
    some.sets(some.integers(0, 40)),
)
def test_a_span_says_no_more_than_its_neighbours(
    dated: dict[int, tuple[int, int]], silent: set[int]
) -> None:
    day = date(1956, 10, 1).toordinal()
    film = [
        Spot(n, str(n), date.fromordinal(day + start), date.fromordinal(day + start + length))
        for n, (start, length) in dated.items()
    ] + [Spot(n, str(n)) for n in silent - dated.keys()]
    by_frame = {spot.frame: spot for spot in film}
    for bounds in frames.by_sequence(film)[0]:
        reading = dates.read_edtf(bounds.edtf)
        assert reading.earliest == by_frame[bounds.after].earliest
        assert reading.latest == by_frame[bounds.before].latest
        assert int(bounds.after) < int(bounds.frame) < int(bounds.before)
        assert int(bounds.frame) not in dated
