"""Photographs laid along time: each once, and under no time more exact than its date."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from archive import dates
from archive.search.engine import Hit
from archive.site.along import Era, lay


@pytest.fixture(autouse=True, scope="module")
def english() -> Iterator[None]:
    app = Flask("along")
    Babel(app, default_locale="en")
    with app.test_request_context():
        yield


def hit(name: str, edtf: str) -> Hit:
    words = {"en": dates.words(edtf, "en")} if edtf else {}
    return Hit(name, 0.0, "", (), {"edtf": edtf, "date": words})


def laid(*edtf: str) -> list[Era]:
    return lay([hit(f"x{n}", text) for n, text in enumerate(edtf)], 1, "en")


def told(eras: list[Era]) -> list[tuple[str, str, str, list[str]]]:
    return [
        (era.label, each.label, each.kind, [found.id for _at, found in each.hits])
        for era in eras
        for each in era.stretches
    ]


def test_days_stand_apart_from_what_may_be_of_several() -> None:
    eras = laid("1956-10-23", "1956-10-23T17:00", "1956-10-24/1956-10-30", "1956-10-25~", "")
    assert told(eras) == [
        ("1956", "23 October 1956", "certain", ["x0", "x1"]),
        ("1956", "24–30 October 1956", "possible", ["x2"]),
        ("1956", "25 October 1956", "possible", ["x3"]),
        ("Undated", "", "undated", ["x4"]),
    ]
    assert [each.weekday for each in eras[0].stretches] == ["Tuesday", "", "Thursday"]


def test_one_day_is_told_by_the_hour() -> None:
    eras = laid("1956-10-23T17:00", "1956-10-23T20:00/1956-10-23T21:00", "1956-10-23")
    assert told(eras) == [
        ("23 October 1956", "17:00", "certain", ["x0"]),
        ("23 October 1956", "20:00–21:00", "possible", ["x1"]),
        ("23 October 1956", "23 October 1956", "possible", ["x2"]),
    ]


def test_years_have_their_decade_above() -> None:
    assert told(laid("1944", "1945-05", "1951", "1944/1946")) == [
        ("1940s", "1944", "certain", ["x0"]),
        ("1940s", "1945", "certain", ["x1"]),
        ("1950s", "1951", "certain", ["x2"]),
        ("1940s", "1944–1946", "possible", ["x3"]),
    ]


def test_open_dates_are_told_in_their_own_words() -> None:
    eras = laid("../1945", "1944", "1946")
    assert told(eras)[0] == ("Before", dates.words("../1945", "en"), "possible", ["x0"])


def test_where_a_time_lies_on_the_page() -> None:
    (era,) = laid("1956-10-01", "1956-10-06/1956-10-10", "1956-10-10")
    extents = [(each.start, each.width) for each in era.stretches]
    assert extents == [(0.0, 10.0), (50.0, 50.0), (90.0, 10.0)]


EDTF = st.sampled_from(
    ["", "1944", "195X", "1956~", "1956-10", "1956-10-23", "1956-10-23T17:00", "1955/1957",
     "1956-10-23/1956-11-04?", "../1945", "1945/..", "1956-10-23T20:00/1956-10-24T02:00",
     "[1956-10-23,1956-10-25]", "nonsense"]
)  # fmt: skip


@given(st.lists(EDTF, max_size=12))
def test_every_photograph_stands_once_with_its_place(texts: list[str]) -> None:
    hits = [
        Hit(f"x{n}", 0.0, "", (), {"edtf": text, "date": {"en": text}})
        for n, text in enumerate(texts)
    ]
    eras = lay(hits, 49, "en")
    placed = [found for era in eras for each in era.stretches for found in each.hits]
    assert sorted((at, found.id) for at, found in placed) == [
        (49 + n, f"x{n}") for n in range(len(texts))
    ]
    for era in eras:
        for each in era.stretches:
            assert 0 <= each.start <= each.start + each.width <= 100.2
