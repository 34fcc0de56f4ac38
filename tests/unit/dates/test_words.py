"""Dates in words: how they are said, and that what is said is understood again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import DateError, Edtf, Language, parse_edtf, read, undated, words
from tests.unit.dates import values as v

# EDTF: Hungarian, English
SAID = {
    "1956": ("1956", "1956"),
    "1956-10": ("1956. október", "October 1956"),
    "1956-10-23": ("1956. október 23.", "23 October 1956"),
    "1956-10-25T11:00": ("1956. október 25., 11 óra", "25 October 1956, 11:00"),
    "1956-10-25T11:30": ("1956. október 25., 11 óra 30 perc", "25 October 1956, 11:30"),
    "1956-10-23T21:00/1956-10-24T06:00": (
        "1956. október 23., 21 óra – október 24., 6 óra",
        "23 October, 21:00 – 24 October 1956, 06:00",
    ),
    "1956-12-31T21:00/1957-01-01T06:30": (
        "1956. december 31., 21 óra – 1957. január 1., 6 óra 30 perc",
        "31 December 1956, 21:00 – 1 January 1957, 06:30",
    ),
    "1956-23": ("1956 ősze", "autumn 1956"),
    "1956-24": ("1956/57 tele", "winter 1956/57"),
    "1999-24": ("1999/2000 tele", "winter 1999/2000"),
    "1956-32": ("1956 tele (déli félteke)", "winter 1956 (southern hemisphere)"),
    "1956-33": ("1956 I. negyedéve", "first quarter of 1956"),
    "1956-35": ("1956 III. negyedéve", "third quarter of 1956"),
    "1956-37": ("1956 eleje", "early 1956"),
    "1956-38": ("1956 közepe", "mid-1956"),
    "1956-40": ("1956 első fele", "first half of 1956"),
    "195X": ("1950-es évek", "1950s"),
    "196X": ("1960-as évek", "1960s"),
    "190X": ("1900-as évek (évtized)", "1900s (decade)"),
    "200X": ("2000-es évek (évtized)", "2000s (decade)"),
    "19XX": ("20. század", "20th century"),
    "20XX": ("21. század", "21st century"),
    "1956-XX": ("1956, a hónap ismeretlen", "1956, month unknown"),
    "1956-10-XX": ("1956. október, a nap ismeretlen", "October 1956, day unknown"),
    "XXXX-10-23": ("október 23., az év ismeretlen", "23 October, year unknown"),
    "1956~": ("1956 körül", "about 1956"),
    "1956?": ("talán 1956", "possibly 1956"),
    "1956%": ("talán 1956 körül", "possibly about 1956"),
    "195X~": ("az 1950-es évek körül", "about the 1950s"),
    "18XX?": ("talán a 19. század", "possibly the 19th century"),
    "2004?-06-11": ("2004. június 11. (az év bizonytalan)", "11 June 2004 (year uncertain)"),
    "1945/1950": ("1945–1950", "1945–1950"),
    "1945~/1950~": ("1945–1950 körül", "about 1945–1950"),
    "1945~/1950": (
        "1945–1950 (kezdete: hozzávetőleges)",
        "1945–1950 (start: approximate)",
    ),
    "[1956,1957-10]": ("1956; 1957. október", "1956 or October 1957"),
    "[1956-10,1957]": ("1956. október vagy 1957", "October 1956; 1957"),
    "1956-10/1956-11": ("1956. október–november", "October–November 1956"),
    "1956-10-23/1956-10-30": ("1956. október 23–30.", "23–30 October 1956"),
    "1956-10-23/1956-11-04": (
        "1956. október 23. – november 4.",
        "23 October – 4 November 1956",
    ),
    "1956-12-31/1957-01-02": (
        "1956. december 31. – 1957. január 2.",
        "31 December 1956 – 2 January 1957",
    ),
    "1956-10-~01/1956-10-~10": ("1956. október eleje", "early October 1956"),
    "1956-10-~21/1956-10-~31": ("1956. október vége", "late October 1956"),
    "1945/..": ("1945-től", "from 1945"),
    "1956/..": ("1956-tól", "from 1956"),
    "1956-10/..": ("1956. októbertől", "from October 1956"),
    "1956-04/..": ("1956. áprilistól", "from April 1956"),
    "1956-10-23/..": ("1956. október 23-tól", "from 23 October 1956"),
    "1956-11-04/..": ("1956. november 4-től", "from 4 November 1956"),
    "1956-23/..": ("1956 őszétől", "from autumn 1956"),
    "195X/..": ("az 1950-es évektől", "from the 1950s"),
    "../1948": ("1948-ig", "until 1948"),
    "../1956-10-23": ("1956. október 23-ig", "until 23 October 1956"),
    "../1956-23": ("1956 őszéig", "until autumn 1956"),
    "1945/": ("1945–?", "1945–?"),
    "[1945..1948]": ("1945 és 1948 között", "between 1945 and 1948"),
    "[1956-10-23..1956-10-30]": (
        "1956. október 23. és 30. között",
        "between 23 and 30 October 1956",
    ),
    "[1956-10-23..1956-11-04]": (
        "1956. október 23. és november 4. között",
        "between 23 October and 4 November 1956",
    ),
    "[..1944]": ("1945 előtt", "before 1945"),
    "[1946..]": ("1945 után", "after 1945"),
    "[1956-11-05..]": ("1956. november 4. után", "after 4 November 1956"),
    "[..1944~]": ("kb. 1945 előtt", "before about 1945"),
    "[..195X]": ("az 1950-es évek vagy korábban", "the 1950s or earlier"),
    "[1956-23..]": ("1956 ősze vagy később", "autumn 1956 or later"),
    "[1928,1931]": ("1928 vagy 1931", "1928 or 1931"),
    "[1910,1928,1938]": ("1910, 1928 vagy 1938", "1910, 1928 or 1938"),
    "{1956-10-23,1956-10-24}": ("1956. október 23. és 24.", "23 and 24 October 1956"),
    "[1945-03-04,1945-04-03]": (
        "1945. március 4. vagy április 3.",
        "4 March or 3 April 1945",
    ),
    "{1960..1962}": ("1960–1962 mindegyike", "all of 1960–1962"),
    "1XX6-1X": ("1XX6-1X", "1XX6-1X"),
}


@pytest.mark.parametrize(("edtf", "said"), SAID.items())
def test_said_in_both_languages_and_understood_again(edtf: str, said: tuple[str, str]) -> None:
    assert (words(edtf, "hu"), words(edtf, "en")) == said
    assert [read(text).edtf for text in said] == [edtf, edtf]


languages = st.sampled_from(["hu", "en"])


@given(v.values, languages)
def test_whatever_is_said_is_understood_again(value: Edtf, lang: Language) -> None:
    assert read(words(value, lang)).edtf == str(value)


usual_points = st.one_of(v.year_points, v.month_points, v.days())
usual_marks = st.sampled_from(v.MARKS)


@given(usual_points, usual_marks, languages)
def test_days_months_and_years_have_words(point: v.Point, mark: v.Mark, lang: Language) -> None:
    said = words(Edtf("date", (point.marked(mark),)), lang)
    assert said == point.year or (said != str(point.marked(mark)) and "~" not in said)


@given(usual_points, usual_points, languages)
def test_intervals_of_days_months_and_years_have_words(
    one: v.Point, other: v.Point, lang: Language
) -> None:
    start, end = sorted((one, other), key=lambda point: point.parts)
    try:
        value = v.make("interval", [v.Span(start, end)])
    except DateError:
        return
    nested = start.parts != end.parts and start.parts == end.parts[: len(start.parts)]
    assert ("–" in words(value, lang)) != nested, "of 1956/1956-10 no words are clear"


@given(v.timed_points, v.timed_points, languages)
def test_hours_of_two_days_name_their_year_once(
    one: v.Point, other: v.Point, lang: Language
) -> None:
    start, end = sorted((one, replace(other, year=one.year)), key=str)
    try:
        value = v.make("interval", [v.Span(start, end)])
    except DateError:
        return
    said = words(value, lang)
    assert said.count(start.year) == 1 or start.year < "1000"
    assert "T" not in said, "they have words"
    assert read(said).edtf == str(value)


def test_undated_and_refused_readings() -> None:
    assert words(undated(), "hu") == "keltezetlen"
    assert words(read("n.d."), "en") == "undated"
    assert words(read("1956 foo"), "hu") == "1956 foo"


def test_reading_is_said_from_its_meaning_not_from_its_text() -> None:
    assert words(read("Oct. 23rd, 1956"), "hu") == "1956. október 23."


def test_words_of_what_is_no_edtf() -> None:
    with pytest.raises(DateError):
        words("23 October 1956", "en")


YEARS_WITH_ENDINGS = {
    "1900": "1900-tól",
    "1901": "1901-től",
    "1903": "1903-tól",
    "1906": "1906-tól",
    "1910": "1910-től",
    "1920": "1920-tól",
    "1930": "1930-tól",
    "1940": "1940-től",
    "1968": "1968-tól",
    "1980": "1980-tól",
    "1990": "1990-től",
    "2000": "2000-től",
}


@pytest.mark.parametrize(("year", "said"), YEARS_WITH_ENDINGS.items())
def test_hungarian_endings_follow_the_spoken_number(year: str, said: str) -> None:
    assert words(parse_edtf(f"{year}/.."), "hu") == said
