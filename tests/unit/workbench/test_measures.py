"""Sizes, points and numbers as cataloguers write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.workbench.describing import measures

MM = st.none() | st.integers(1, 999_999).map(lambda part: part / 100)
DEGREES = st.integers(-89_999_999, 89_999_999).map(lambda part: part / 1_000_000)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("180 × 240", (180, 240)),
        ("180x240", (180, 240)),
        ("18 x 24 cm", (180, 240)),
        ("18 cm × 240 mm", (180, 240)),
        ("8,5 * 11.4", (8.5, 11.4)),
        (" 180 × ? ", (180, None)),
        ("? × 240 mm", (None, 240)),
    ],
)
def test_a_size_is_read_in_millimetres(text: str, size: measures.Size) -> None:
    assert measures.read_size(text) == size


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (measures.read_size, "180"),
        (measures.read_size, "? × ?"),
        (measures.read_size, "0 × 24"),
        (measures.read_size, "-1 × 24"),
        (measures.read_size, "nagy"),
        (measures.read_point, "47.4979"),
        (measures.read_point, "91, 19"),
        (measures.read_point, "47, 181"),
        (measures.read_metres, "sok"),
        (measures.read_metres, "-5"),
        (measures.read_heading, "360"),
        (measures.read_per_cent, "100.5"),
        (measures.read_per_cent, "nan"),
        (measures.read_day, "tegnap"),
        (measures.read_day, "2026 ősze"),
        (measures.read_day, "kb. 2026. november 22."),
        (measures.read_day, "2026-02-31"),
        (measures.read_day, "03/04/2026"),
    ],
)
def test_what_cannot_be_read_is_refused(read: Callable[[str], Any], text: str) -> None:
    with pytest.raises(ValueError):
        read(text)


@pytest.mark.parametrize(
    "text", ["47.4979, 19.0402", "47.4979 19.0402", "47,4979; 19,0402", "47,4979 19,0402"]
)
def test_a_point_is_read_however_it_was_copied(text: str) -> None:
    assert measures.read_point(text) == (47.4979, 19.0402)


def test_numbers_with_their_units_are_read() -> None:
    assert measures.read_metres("± 50 m") == 50
    assert measures.read_heading("270°") == 270
    assert measures.read_per_cent("33,333") == 33.33


@pytest.mark.parametrize("text", [" 2026-11-22 ", "2026. november 22.", "22 November 2026"])
def test_a_day_is_read_in_either_language(text: str) -> None:
    assert measures.read_day(text) == date(2026, 11, 22)


@given(MM, MM)
def test_what_is_written_is_read_as_the_same(height: float | None, width: float | None) -> None:
    written = measures.written_size(height, width)
    assert (measures.read_size(written) if written else (None, None)) == (height, width)


@given(DEGREES, DEGREES)
def test_a_point_is_written_as_it_is_read(lat: float, lon: float) -> None:
    assert measures.read_point(measures.written_point(lat, lon)) == (lat, lon)
