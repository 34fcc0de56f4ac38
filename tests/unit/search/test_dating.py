"""Certain and possible dates told apart: in hits, as a facet, in the counts of times."""

from collections.abc import Callable
from typing import Any

import pytest

from archive import dates
from archive.search.documents import SearchDocument, hours, span_of
from archive.search.engine import Results, SearchEngine
from archive.search.query import PUBLIC_FACETS, parse

Made = Callable[..., SearchDocument]
NewEngine = Callable[[list[SearchDocument]], SearchEngine]
DATED = {
    "noon": "1956-10-25T12:00",
    "evening": "1956-10-25T20:00/1956-10-25T21:00",
    "day": "1956-10-25",
    "week": "1956-10-24/1956-10-30",
    "year": "1956",
    "years": "1955/1957",
}


@pytest.fixture
def engine(new_engine: NewEngine, made: Made, parts: Any) -> SearchEngine:
    return new_engine([made(name, dates=[parts.date(text)]) for name, text in DATED.items()])


def ask(engine: SearchEngine, **asked: Any) -> Results:
    return engine.find(parse({"sort": "id", **asked}, facets=PUBLIC_FACETS), "public")


def counted(results: Results, name: str) -> dict[str, tuple[int, int]]:
    return {count.value: (count.count, count.certain) for count in results.facets[name]}


@pytest.mark.parametrize(
    ("asked", "certain", "possible"),
    [
        ({"date": "1956-10-25"}, {"noon", "evening", "day"}, {"week", "year", "years"}),
        ({"day": "1956-10-25"}, {"noon", "evening", "day"}, {"week"}),
        ({"year": "1956"}, {"noon", "evening", "day", "week", "year"}, {"years"}),
        ({"hour": "1956-10-25T20"}, set(), {"evening"}),
        ({"date": "1956-10-25T19:00..1956-10-25T22:00"}, {"evening"},
         {"day", "week", "year", "years"}),
        ({"year": "1956", "date": "1956-10-25"}, {"noon", "evening", "day"},
         {"week", "year", "years"}),
    ],
)  # fmt: skip
def test_hits_and_the_facet_say_the_same(
    engine: SearchEngine, asked: dict[str, str], certain: set[str], possible: set[str]
) -> None:
    results = ask(engine, **asked)
    assert {hit.id for hit in results.hits if hit.when == "certain"} == certain
    assert {hit.id for hit in results.hits if hit.when == "possible"} == possible
    told = {count.value: count.count for count in results.facets["when"]}
    expected = {"certain": len(certain), "possible": len(possible)}
    assert told == {name: number for name, number in expected.items() if number}


def test_results_are_narrowed_to_what_is_certain(engine: SearchEngine) -> None:
    narrowed = ask(engine, date="1956-10-25", when="certain")
    assert {hit.id for hit in narrowed.hits} == {"noon", "evening", "day"}
    assert {c.value: (c.count, c.chosen) for c in narrowed.facets["when"]} == {
        "certain": (3, True),
        "possible": (3, False),
    }
    assert ask(engine, when="certain").total == len(DATED)  # no time was asked for
    assert ask(engine, when="certain").facets["when"] == ()


def test_times_count_those_that_fall_nowhere_else(engine: SearchEngine) -> None:
    results = ask(engine)
    assert counted(results, "year") == {"1956": (6, 5), "1955": (1, 0), "1957": (1, 0)}
    assert counted(results, "day")["1956-10-25"] == (4, 3)
    assert counted(results, "day")["1956-10-24"] == (1, 0)
    assert counted(results, "hour") == {
        "1956-10-25T12": (1, 1),
        "1956-10-25T20": (1, 0),
        "1956-10-25T21": (1, 0),
    }


def test_every_year_of_a_timeline_is_counted(new_engine: NewEngine, made: Made, parts: Any) -> None:
    days = [f"1956-0{month}-{day:02}" for month in (1, 2) for day in range(1, 29)]
    engine = new_engine(
        [made(day, dates=[parts.date(day)], agents=[parts.agent(f"Minta {day}")]) for day in days]
    )
    results = ask(engine)
    assert len(results.facets["day"]) == len(days) == 56
    assert len(results.facets["person"]) == 50
    assert results.distinct["person"] == 56


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1956-10-23T17:00", 17, 17),
        ("1956-10-23T20:00/1956-10-23T21:00", 20, 21),
        ("1956-10-23T21:00/1956-10-24T06:00", 21, 30),
        ("1956-10-23/1956-10-24T06:00", 0, 30),
    ],
)
def test_a_date_is_as_exact_as_its_clock(text: str, first: int, last: int) -> None:
    edtf = dates.parse_edtf(text)
    found = hours(text, edtf.earliest, edtf.latest)
    assert found
    begin, _ = span_of("day", "1956-10-23") or (0, 0)
    assert (found[0] - begin, found[1] - begin) == (first, last)


@pytest.mark.parametrize(
    ("name", "value"),
    [("year", "soon"), ("year", "99999"), ("day", "1956-13-01"), ("hour", ""), ("decade", "0")],
)
def test_what_is_no_time_has_no_span(name: str, value: str) -> None:
    assert span_of(name, value) is None
