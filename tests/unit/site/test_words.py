"""Every value of the catalogue's vocabularies has words."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from archive import words
from archive.catalogue import models
from archive.search.query import SORTS, STAFF_FACETS


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


def test_thousands_are_set_apart_by_a_thin_space() -> None:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        for locale in ("hu", "en"):
            with force_locale(locale):
                assert words.number(12345) == "12\u202f345"


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
