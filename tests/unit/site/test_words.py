"""Every value of the catalogue's vocabularies has words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import Babel, force_locale
from hypothesis import given
from hypothesis import strategies as st

from archive import words
from archive.catalogue import models
from archive.search.query import SORTS, STAFF_FACETS

Speaking = Callable[[str], AbstractContextManager[None]]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (models.CAPTION_TYPES, words.CAPTION_TYPES),
        (set(models.STANCES) - {"neutral"}, words.STANCES),
        (set(models.STANCES) - {"neutral"}, words.STANCE_NOTES),
        (models.SIDES, words.SIDES),
        (models.SIDES, words.ON_SIDES),
        (models.AGENT_ROLES, words.AGENT_ROLES),
        (models.CERTAINTIES, words.CERTAINTIES),
        (models.BASES, words.BASES),
        (models.IDENTIFIER_KINDS, words.IDENTIFIER_KINDS),
        (models.LEVELS, words.LEVELS),
        (models.STATES, words.FACET_VALUES["state"]),
        (STAFF_FACETS, words.FACETS),
        (SORTS, words.SORTS),
    ],
)
def test_no_value_is_without_words(values: list[str], said: words.Words) -> None:
    assert set(values) <= set(said)


@pytest.mark.parametrize("lang", ["hu", "en"])
def test_what_is_no_edtf_stays_as_it_was_written(lang: str) -> None:
    assert words.edtf_in_words("1956 ősze", lang) == "1956 ősze"
    assert words.edtf_in_words("", lang) == ""


@pytest.fixture(scope="module")
def speaking() -> Iterator[Speaking]:
    """`with speaking("hu")`: as a page in this language."""
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield force_locale


def test_thousands_are_set_apart_by_a_thin_space(speaking: Speaking) -> None:
    for locale in ("hu", "en"):
        with speaking(locale):
            assert words.number(12345) == "12\u202f345"


def test_a_decimal_sign_stays_what_it_is(speaking: Speaking) -> None:
    with speaking("hu"):
        assert words.number(12345.5) == "12\u202f345,5"
    with speaking("en"):
        assert words.number(12345.5) == "12\u202f345.5"


@given(
    value=st.integers(-(10**12), 10**12) | st.decimals(-(10**9), 10**9, places=3),
    locale=st.sampled_from(["hu", "en"]),
)
def test_a_number_is_babels_but_for_the_spaces(
    speaking: Speaking, value: Decimal, locale: str
) -> None:
    with speaking(locale):
        written = words.number(value)
    assert written.replace("\u202f", "") == format_decimal(
        value, locale=locale, group_separator=False
    )
    whole = written.lstrip("-").partition("," if locale == "hu" else ".")[0]
    assert re.fullmatch(r"\d{1,3}(\u202f\d{3})*|\d{4}", whole)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [({"hu": "híd", "en": "bridge"}, "híd"), ({"de": "Brücke"}, "Brücke"), ({}, "")],
)
def test_the_readers_language_comes_first(texts: dict[str, str], expected: str) -> None:
    assert words.pick(texts, "hu") == expected


def test_words_that_are_no_date_stay_as_found() -> None:
    found = {"edtf": "", "display": "a háború után"}
    assert words.date_in_words(found, "en") == "a háború után"
    assert words.date_in_words({"edtf": "1956~", "display": "1956 táján"}, "hu") == "1956 körül"


@pytest.mark.parametrize(
    ("locale", "day", "mark"),
    [("hu", "1956. október 23.", "okt. 23."), ("en", "23 October 1956", "Oct 23")],
)
def test_days_are_written_as_people_write_them(locale: str, day: str, mark: str) -> None:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context(), force_locale(locale):
        assert words.day("1956-10-23T11:00:00Z") == day
        assert words.day("late in 1956") == "late in 1956"
        assert words.mark("1956-10-23") == mark
        assert words.mark("1950") == "1950"
