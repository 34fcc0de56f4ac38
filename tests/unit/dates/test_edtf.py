"""EDTF strings: what is valid, what each may mean, and what is refused (LoC EDTF 2019)."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import DateError, as_reading, parse_edtf
from tests.unit.dates.values import values

# string: kind, earliest, latest, uncertain, approximate
VALID = {
    # level 0
    "1985-04-12": ("date", "1985-04-12", "1985-04-12", False, False),
    "1985-04": ("date", "1985-04-01", "1985-04-30", False, False),
    "1985": ("date", "1985-01-01", "1985-12-31", False, False),
    "1985-04-12T23:20:30": ("date", "1985-04-12", "1985-04-12", False, False),
    "1985-04-12T23:20:30Z": ("date", "1985-04-12", "1985-04-12", False, False),
    "1985-04-12T23:20:30-04": ("date", "1985-04-12", "1985-04-12", False, False),
    "1985-04-12T23:20:30+04:30": ("date", "1985-04-12", "1985-04-12", False, False),
    "1956-10-25T11:00": ("date", "1956-10-25", "1956-10-25", False, False),
    "1964/2008": ("interval", "1964-01-01", "2008-12-31", False, False),
    "2004-06/2006-08": ("interval", "2004-06-01", "2006-08-31", False, False),
    "2004-02-01/2005-02-08": ("interval", "2004-02-01", "2005-02-08", False, False),
    "2004-02-01/2005": ("interval", "2004-02-01", "2005-12-31", False, False),
    # level 1
    "2001-21": ("date", "2001-03-01", "2001-05-31", False, False),
    "2001-24": ("date", "2001-12-01", "2002-02-28", False, False),
    "1984?": ("date", "1984-01-01", "1984-12-31", True, False),
    "2004-06~": ("date", "2004-06-01", "2004-06-30", False, True),
    "2004-06-11%": ("date", "2004-06-11", "2004-06-11", True, True),
    "201X": ("date", "2010-01-01", "2019-12-31", False, False),
    "20XX": ("date", "2000-01-01", "2099-12-31", False, False),
    "2004-XX": ("date", "2004-01-01", "2004-12-31", False, False),
    "1985-04-XX": ("date", "1985-04-01", "1985-04-30", False, False),
    "1985-XX-XX": ("date", "1985-01-01", "1985-12-31", False, False),
    "1985-04-12/..": ("interval", "1985-04-12", None, False, False),
    "1985/": ("interval", "1985-01-01", None, False, False),
    "../1985-04-12": ("interval", None, "1985-04-12", False, False),
    "/1985": ("interval", None, "1985-12-31", False, False),
    "1984~/2004-06": ("interval", "1984-01-01", "2004-06-30", False, True),
    "1984/2004-06~": ("interval", "1984-01-01", "2004-06-30", False, True),
    "1984?/2004%": ("interval", "1984-01-01", "2004-12-31", True, True),
    "2001-21/2003": ("interval", "2001-03-01", "2003-12-31", False, False),
    # level 2
    "2001-25": ("date", "2001-03-01", "2001-05-31", False, False),
    "2001-28": ("date", "2001-12-01", "2002-02-28", False, False),
    "2001-29": ("date", "2001-09-01", "2001-11-30", False, False),
    "2001-30": ("date", "2001-12-01", "2002-02-28", False, False),
    "2001-32": ("date", "2001-06-01", "2001-08-31", False, False),
    "2001-34": ("date", "2001-04-01", "2001-06-30", False, False),
    "2001-37": ("date", "2001-01-01", "2001-04-30", False, False),
    "2001-39": ("date", "2001-09-01", "2001-12-31", False, False),
    "2001-41": ("date", "2001-07-01", "2001-12-31", False, False),
    "[1667,1668,1670..1672]": ("one_of", "1667-01-01", "1672-12-31", False, False),
    "[..1760-12-03]": ("one_of", None, "1760-12-03", False, False),
    "[1760-12..]": ("one_of", "1760-12-01", None, False, False),
    "[1760-01,1760-02,1760-12..]": ("one_of", "1760-01-01", None, False, False),
    "[1667,1760-12]": ("one_of", "1667-01-01", "1760-12-31", False, False),
    "{1667,1668,1670..1672}": ("all_of", "1667-01-01", "1672-12-31", False, False),
    "{1960,1961-12}": ("all_of", "1960-01-01", "1961-12-31", False, False),
    "{..1984}": ("all_of", None, "1984-12-31", False, False),
    "2004-06-11?": ("date", "2004-06-11", "2004-06-11", True, False),
    "2004-06~-11": ("date", "2004-06-11", "2004-06-11", False, True),
    "2004?-06-11": ("date", "2004-06-11", "2004-06-11", True, False),
    "2004-?06-11": ("date", "2004-06-11", "2004-06-11", True, False),
    "2004-06-~11": ("date", "2004-06-11", "2004-06-11", False, True),
    "2004-%06-11": ("date", "2004-06-11", "2004-06-11", True, True),
    "2004?-06-~11": ("date", "2004-06-11", "2004-06-11", True, True),
    "156X-12-25": ("date", "1560-12-25", "1569-12-25", False, False),
    "15XX-12-25": ("date", "1500-12-25", "1599-12-25", False, False),
    "15XX-12-XX": ("date", "1500-12-01", "1599-12-31", False, False),
    "1XXX-12": ("date", "1000-12-01", "1999-12-31", False, False),
    "1984-1X": ("date", "1984-10-01", "1984-12-31", False, False),
    "1984-XX-31": ("date", "1984-01-31", "1984-12-31", False, False),
    "195X-02-29": ("date", "1952-02-29", "1956-02-29", False, False),
    "XXXX-12-XX": ("date", None, None, False, False),
    "2004-06-~01/2004-06-~20": ("interval", "2004-06-01", "2004-06-20", False, True),
    "2004-06-XX/2004-07-03": ("interval", "2004-06-01", "2004-07-03", False, False),
}


@pytest.mark.parametrize(("text", "expected"), VALID.items())
def test_valid(text: str, expected: tuple[str, str | None, str | None, bool, bool]) -> None:
    value = parse_edtf(text)
    days = [day and day.isoformat() for day in (value.earliest, value.latest)]
    assert (value.kind, *days, value.uncertain, value.approximate) == expected
    assert str(value) == text


CANONICAL = {
    "?1984": "1984?",
    "?2004-?06-?11": "2004-06-11?",
    "2004~-06?": "2004%-?06",
    "[1956]": "1956",
    "{1956-10}": "1956-10",
    "[1667, 1668]": "[1667,1668]",
}


@pytest.mark.parametrize(("text", "canonical"), CANONICAL.items())
def test_other_spellings_are_brought_to_one(text: str, canonical: str) -> None:
    assert str(parse_edtf(text)) == canonical
    assert parse_edtf(canonical) == parse_edtf(text)


INVALID = {
    "": "empty",
    "1985-4-12": "not_edtf",
    "1985-13": "impossible_month",
    "1985-00": "impossible_month",
    "1985-20": "impossible_month",
    "1985-42": "impossible_month",
    "1985-04-31": "impossible_day",
    "1985-02-29": "impossible_day",
    "1985-04-00": "impossible_day",
    "1985-21-03": "impossible_day",
    "1985-XX-32": "impossible_day",
    "193X-02-30": "impossible_day",
    "1985-04-12T24:00": "impossible_time",
    "1985-04-12T11:60": "impossible_time",
    "1985-04T11:00": "not_edtf",
    "1985-04-12?T11:00": "not_edtf",
    "2005/2004": "reversed",
    "1985-04-12/1985-04-11": "reversed",
    "1985-04-12T11:00/1985-04-12T10:00": "reversed",
    "[2005..2004]": "reversed",
    "/": "no_edge",
    "../..": "no_edge",
    "[..]": "no_edge",
    "1985/1986/1987": "not_edtf",
    "[1985": "not_edtf",
    "1985]": "not_edtf",
    "[1985,[1986]]": "not_edtf",
    "[]": "not_edtf",
    "-1985": "negative_year",
    "Y-17000": "negative_year",
    "Y170000002": "long_year",
    "17000": "long_year",
    "Y17E8": "long_year",
    "1950S2": "significant_digits",
    "0000": "year_zero",
    "9999-24": "long_year",
    "19x5": "not_edtf",
    "1956 ": "not_edtf",
    "1956-10-23~~": "not_edtf",
    "١٩٥٦": "not_edtf",
    "1" * 2000: "too_long",
}


@pytest.mark.parametrize(("text", "code"), INVALID.items())
def test_invalid(text: str, code: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_edtf(text)
    assert refused.value.code == code


@given(values)
def test_what_is_written_is_read_again(value: object) -> None:
    assert parse_edtf(str(value)) == value


@given(st.text(alphabet="0123456789X?~%-/.,[]{}T:ZYES+ ", max_size=30))
def test_any_string_is_a_value_or_a_date_error(text: str) -> None:
    try:
        value = parse_edtf(text)
    except DateError:
        return
    assert parse_edtf(str(value)) == value
    reading = as_reading(value)
    if reading.earliest and reading.latest:
        assert reading.earliest <= reading.latest


def digits_of(width: int) -> st.SearchStrategy[str]:
    return st.text(alphabet="0123456789X", min_size=width, max_size=width)


@given(st.sampled_from(["18", "19", "20"]), digits_of(2), digits_of(2), digits_of(2))
def test_bounds_of_unspecified_digits_are_those_of_a_search_through_all_days(
    century: str, years: str, month: str, day: str
) -> None:
    text = f"{century}{years}-{month}-{day}"
    found = sorted(matching_days(f"{century}{years}", month, day))
    try:
        value = parse_edtf(text)
    except DateError:
        assert not found or month.isdigit()
        return
    assert (value.earliest, value.latest) == (found[0], found[-1])


def matching_days(year: str, month: str, day: str) -> list[date]:
    """Every day of the calendar that has these digits, found one by one."""
    months = [m for m in range(1, 13) if fits(month, f"{m:02}")]
    days = [d for d in range(1, 32) if fits(day, f"{d:02}")]
    return [
        date(y, m, d)
        for y in range(1800, 2100)
        if fits(year, str(y))
        for m in months
        for d in days
        if d <= calendar.monthrange(y, m)[1]
    ]


def fits(pattern: str, digits: str) -> bool:
    return all(p in ("X", d) for p, d in zip(pattern, digits, strict=True))
