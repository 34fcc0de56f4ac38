"""Narrowing by time step by step, and wider times where nothing was found."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask_babel import Babel

from archive.search.engine import Count, Results
from archive.site import drilling, widening
from archive.site.drilling import Drill


@pytest.fixture(autouse=True, scope="module")
def english() -> Iterator[None]:
    app = Flask("drilling")
    Babel(app, default_locale="en")
    with app.test_request_context():
        yield


def link(args: dict[str, list[str]]) -> str:
    return urlencode(args, doseq=True)


def build(args: dict[str, list[str]], **facets: tuple[Count, ...]) -> Drill:
    return drilling.build(Results(1, (), facets), args, link)


def counts(*values: str) -> tuple[Count, ...]:
    return tuple(Count(value, {}, 1) for value in values)


def test_a_step_with_one_value_is_passed_over() -> None:
    way = build({}, decade=counts("1950"), year=counts("1956"), day=counts("1956-10-23",
                "1956-10-24"))  # fmt: skip
    assert [(step.label, step.href) for step in way.within] == [
        ("Oct 23", "day=1956-10-23"), ("Oct 24", "day=1956-10-24"),
    ]  # fmt: skip
    assert (way.trail, way.common) == ([], "1956")


def test_the_trail_leads_back_and_only_what_lies_within_is_offered() -> None:
    way = build(
        {"q": ["tank"], "year": ["1956"], "when": ["certain"]},
        decade=counts("1940", "1950"), year=counts("1955", "1956"),
        day=counts("1955-12-31", "1956-10-24", "1956-10-23"),
    )  # fmt: skip
    assert [(step.label, step.href) for step in way.trail] == [
        ("All times", "q=tank"), ("1950s", "q=tank&decade=1950"), ("1956", ""),
    ]  # fmt: skip
    assert [step.href for step in way.within] == [
        "q=tank&day=1956-10-23", "q=tank&day=1956-10-24",
    ]  # fmt: skip


def test_decades_hold_their_years_only() -> None:
    years = counts("1949", "1951", "1956", "1960")
    way = build({"decade": ["1950"]}, decade=counts("1940", "1950"), year=years)
    assert [step.label for step in way.within] == ["1951", "1956"]


def test_a_day_is_divided_into_its_hours() -> None:
    hours = counts("1956-10-23T17", "1956-10-24T06")
    way = build({"day": ["1956-10-23"]}, day=counts("1956-10-23"), hour=hours)
    assert [(step.label, step.href) for step in way.within] == [("17:00", "hour=1956-10-23T17")]


def test_several_times_at_once_are_left_to_the_chips() -> None:
    way = build({"year": ["1955", "1956"]}, decade=counts("1940", "1950"))
    assert way.trail == []
    assert [step.label for step in way.within] == ["1940s", "1950s"]


def ways(args: dict[str, list[str]], found: dict[str, int]) -> list[tuple[str, str, int]]:
    return widening.ways_on(args, link, lambda asked: found.get(link(asked), 0), "en")


def test_wider_times_that_find_something_are_offered_with_their_number() -> None:
    found = {"q=tank&date=1956-10": 0, "q=tank&date=1956": 3, "q=tank": 9, "": 50}
    assert ways({"q": ["tank"], "date": ["1956-10-22"]}, found) == [
        ("1956", "q=tank&date=1956", 3),
        ("At any time", "q=tank", 9),
        ("All photographs", "", 50),
    ]


def test_a_way_that_finds_no_more_is_not_offered_twice() -> None:
    found = {"q=tank&date=1956": 3, "q=tank&date=1950..1959": 3, "q=tank": 3, "": 3}
    asked = {"q": ["tank"], "day": ["1956-10-22"], "when": ["certain"]}
    assert ways(asked, found) == [("1956", "q=tank&date=1956", 3)]


def test_an_open_time_is_not_widened_by_months() -> None:
    found = {"q=tank": 2, "": 2}
    assert ways({"q": ["tank"], "date": ["..1900"]}, found) == [("At any time", "q=tank", 2)]
    assert ways({"q": ["tank"], "date": ["soon"]}, found) == [("At any time", "q=tank", 2)]
