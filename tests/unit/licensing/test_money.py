"""Money is whole minor units; what cannot be read is refused, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.licensing import money
from archive.licensing.usage import ends_on


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12 500", "HUF", 12_500),
        ("12.500", "HUF", 12_500),
        ("12\u202f500", "HUF", 12_500),
        ("12,500", "EUR", 1_250_000),
        ("12.500,50", "EUR", 1_250_050),
        ("1,234,567.89", "USD", 123_456_789),
        ("99,9", "EUR", 9_990),
        ("0", "EUR", 0),
        ("1.250", "KWD", 1_250),
    ],
)
def test_amounts_as_people_write_them(text: str, currency: str, minor: int) -> None:
    assert money.parse(text, currency) == minor


@pytest.mark.parametrize("text", ["", "12.5.4", "-3", "12 Ft", "1e3", "12,3456", "1.23.456", "NaN"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(money.BadAmount):
        money.parse(text, "EUR")


def test_a_forint_has_no_fraction() -> None:
    with pytest.raises(money.BadAmount):
        money.parse("12,50", "HUF")


@given(
    st.integers(0, 10**12), st.sampled_from(["HUF", "EUR", "KWD"]), st.sampled_from(["hu", "en"])
)
def test_what_is_shown_can_be_typed_again(minor: int, currency: str, lang: str) -> None:
    shown = money.show(minor, currency, lang).replace("Ft", "").replace(currency, "")
    assert money.parse(shown, currency) == minor


def test_vat_is_computed_on_the_sum() -> None:
    assert money.total([199_999] * 3, 27).vat == 161_999


@given(st.lists(st.integers(0, 10**9), min_size=1), st.integers(0, 50))
def test_gross_is_net_plus_vat(nets: list[int], percent: int) -> None:
    total = money.total(nets, percent)
    assert total.gross == total.net + total.vat
    assert total.net == sum(nets)
    assert abs(total.vat * 100 - total.net * percent) <= 50


def test_a_licence_of_leap_day_ends_on_a_day_that_exists() -> None:
    assert ends_on(date(2028, 2, 29), "P1Y") == date(2029, 2, 28)
    assert ends_on(date(2028, 2, 29), "perpetual") is None
