"""Certain and possible: how a photograph's date falls within a searched period."""

import pytest
from hypothesis import given

from archive.dates import Edtf, overlap, read
from tests.unit.dates.values import values

CASES = [
    ("1956. október 23.", "1956 ősze", "certain"),
    ("1956. október", "1956 ősze", "certain"),
    ("1956", "1956 ősze", "possible"),
    ("1956. június", "1956 ősze", None),
    ("1956~", "1956", "possible"),
    ("1956?", "1956", "possible"),
    ("between 23 and 30 October 1956", "1956-10-23..1956-11-04", "certain"),
    ("30 October - 6 November 1956", "1956-10-23..1956-11-04", "possible"),
    ("1943", "before 1945", "certain"),
    ("1945", "before 1945", None),
    ("1940-1950", "before 1945", "possible"),
    ("before 1940", "before 1945", "certain"),
    ("before 1940", "1930", "possible"),
    ("before 1940", "1940", None),
    ("1928; 1931", "1929-1930", None),
    ("1928; 1931", "1928", "possible"),
    ("1928; 1931", "1928-1931", "certain"),
    ("1928 and 1931", "1928", "certain"),
    ("1956", "1950 or 1956", "certain"),
    ("é. n.", "1956", None),
    ("1956", "foo", None),
]


@pytest.mark.parametrize(("of", "within", "expected"), CASES)
def test_overlap(of: str, within: str, expected: str | None) -> None:
    assert overlap(read(of), read(within)) == expected


@given(values, values)
def test_meeting_is_mutual(one: Edtf, other: Edtf) -> None:
    assert (overlap(one, other) is None) == (overlap(other, one) is None)


@given(values)
def test_every_date_meets_itself(value: Edtf) -> None:
    assert overlap(value, value) is not None
