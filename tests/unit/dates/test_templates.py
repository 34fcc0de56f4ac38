"""Days drawn at random and written in every usual way: each is read as that very day.

The ways are written by hand; the days are hypothesis's. This is the guard against silent
misreading: whatever way is used, nothing but the day itself comes out.
"""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import read

# month: Hungarian, its abbreviation, Roman
HUNGARIAN = [
    ("január", "jan.", "I"),
    ("február", "febr.", "II"),
    ("március", "márc.", "III"),
    ("április", "ápr.", "IV"),
    ("május", "máj.", "V"),
    ("június", "jún.", "VI"),
    ("július", "júl.", "VII"),
    ("augusztus", "aug.", "VIII"),
    ("szeptember", "szept.", "IX"),
    ("október", "okt.", "X"),
    ("november", "nov.", "XI"),
    ("december", "dec.", "XII"),
]

DAYS = [
    "{y}-{m:02}-{d:02}",
    "{y}-{m}-{d}",
    "{y}.{m:02}.{d:02}.",
    "{y}. {m}. {d}.",
    "{y}. {hu} {d}.",
    "{y} {hu} {d}",
    "{y}. {hu} {d}-án",
    "{y}. {hu} {d}-én",
    "{y}. {sh} {d}.",
    "{y}. {ro}. {d}.",
    "{y}.{ro}.{d}.",
    "{d} {en} {y}",
    "{d} {en}, {y}",
    "{en} {d}, {y}",
    "{en} {d} {y}",
    "{ab} {d}, {y}",
    "{ab}. {d}, {y}",
    "{d} {ab} {y}",
    "{d}-{ab}-{y}",
    "{d}th of {en} {y}",
    "{y} {en} {d}",
    "{y} {ab} {d}",
    "{d}. {ro}. {y}.",
    "[{d} {en} {y}]",
    "{wd}, {d} {en} {y}",
    "{d} {en} {y} (00:00:00)",
]
MONTHS = [
    "{y}-{m:02}",
    "{y}. {hu}",
    "{y} {hu}ban",
    "{y} {hu}ben",
    "{y}. {sh}",
    "{y}. {ro}.",
    "{en} {y}",
    "{en}, {y}",
    "{ab} {y}",
    "{ab}. {y}",
    "{y} {en}",
    "{ab}-{y}",
    "{m}/{y}",
]
SPANS = [
    "{a} - {b}",
    "{a} – {b}",
    "{a} to {b}",
    "from {a} to {b}",
    "between {a} and {b}",
    "{a} és {b} között",
]

days = st.dates(date(1950, 1, 1), date(2020, 12, 31))


def written(template: str, day: date) -> str:
    hungarian, short, roman = HUNGARIAN[day.month - 1]
    return template.format(
        y=day.year,
        m=day.month,
        d=day.day,
        hu=hungarian,
        sh=short,
        ro=roman,
        en=calendar.month_name[day.month],
        ab=calendar.month_abbr[day.month],
        wd=calendar.day_name[day.weekday()],
    )


@pytest.mark.parametrize("template", DAYS)
@given(day=days)
def test_day(template: str, day: date) -> None:
    reading = read(written(template, day))
    assert (reading.earliest, reading.latest) == (day, day)
    assert reading.edtf == day.isoformat()


@pytest.mark.parametrize("template", MONTHS)
@given(day=days)
def test_month(template: str, day: date) -> None:
    reading = read(written(template, day))
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    assert (reading.earliest, reading.latest) == (day.replace(day=1), last)


@pytest.mark.parametrize("template", SPANS)
@given(
    first=days,
    second=days,
    way=st.sampled_from(["{y}-{m:02}-{d:02}", "{y}. {hu} {d}.", "{d} {en} {y}", "{en} {d}, {y}"]),
)
def test_span(template: str, first: date, second: date, way: str) -> None:
    start, end = sorted((first, second))
    reading = read(template.format(a=written(way, start), b=written(way, end)))
    assert (reading.earliest, reading.latest) == (start, end)


@given(st.integers(1, 28), st.integers(1, 28), st.integers(0, 11), st.integers(1840, 2020))
def test_days_of_one_month(one: int, other: int, month: int, year: int) -> None:
    start, end = sorted((one, other))
    expected = (date(year, month + 1, start), date(year, month + 1, end))
    english, (hungarian, _, roman) = calendar.month_name[month + 1], HUNGARIAN[month]
    for text in (
        f"{start}-{end} {english} {year}",
        f"{english} {start}-{end}, {year}",
        f"{year}. {hungarian} {start}–{end}.",
        f"between {start} and {end} {english} {year}",
        f"{year}. {roman}. {start}–{end}.",
    ):
        reading = read(text)
        assert (reading.earliest, reading.latest) == expected, text


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1840, 2020))
def test_figures_hold_the_day_whatever_the_order(day: int, month: int, year: int) -> None:
    reading = read(f"{day}/{month}/{year}")
    meant = {date(year, month, day), date(year, day, month)}
    assert {reading.earliest, reading.latest} == meant
