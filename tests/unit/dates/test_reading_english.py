"""English dates and the figures of catalogues, written down from usage: what each means."""

from datetime import date

import pytest

from archive.dates import order_of, read

READ = {
    # year, month, day
    "1956": "1956",
    "in 1956": "1956",
    "October 1956": "1956-10",
    "October, 1956": "1956-10",
    "Oct. 1956": "1956-10",
    "Sept 1956": "1956-09",
    "1956 October": "1956-10",
    "October of 1956": "1956-10",
    "10/1956": "1956-10",
    "1956-10": "1956-10",
    "1956/11": "1956-11",
    "23 October 1956": "1956-10-23",
    "23 Oct. 1956": "1956-10-23",
    "23rd of October, 1956": "1956-10-23",
    "the 23rd October 1956": "1956-10-23",
    "October 23, 1956": "1956-10-23",
    "1956, 23 October": "1956-10-23",
    "19561023": "1956-10-23",
    "about 3 pm, 23 October 1956": "1956-10-23",
    "c. 23 October 1956": "1956-10-23~",
    "October 23 1956": "1956-10-23",
    "Oct. 23rd, 1956": "1956-10-23",
    "1956 October 23": "1956-10-23",
    "1956, October 23": "1956-10-23",
    "Tuesday, 23 October 1956": "1956-10-23",
    "Tue 23 Oct 1956": "1956-10-23",
    "1956-10-23": "1956-10-23",
    "1953-6-9": "1953-06-09",
    "1956/10/23": "1956-10-23",
    "12/29/1943": "1943-12-29",
    "29/12/1943": "1943-12-29",
    "23-Oct-1956": "1956-10-23",
    # times of day
    "25 October 1956, 11:00": "1956-10-25T11:00",
    "25 October 1956 at 11 a.m.": "1956-10-25T11:00",
    "October 25, 1956, 3:30 pm": "1956-10-25T15:30",
    "25 October 1956, 12:05 am": "1956-10-25T00:05",
    "25 October 1956 12 p.m.": "1956-10-25T12:00",
    "25 October 1956, 8 o'clock in the evening": "1956-10-25T20:00",
    "25 October 1956, 11:00–13:00": "1956-10-25T11:00/1956-10-25T13:00",
    "14 June 1911 (00:00:00)": "1911-06-14",
    "11 July 2011 (09:35:38)": "2011-07-11T09:35",
    "2011-10-05 11:22": "2011-10-05T11:22",
    # seasons and parts
    "spring 1956": "1956-21",
    "Summer of 1956": "1956-22",
    "fall 1956": "1956-23",
    "Autumn, 1956": "1956-23",
    "winter 1956/57": "1956-24",
    "Winter 1956-1957": "1956-24",
    "winter of 1956–57": "1956-24",
    "Spring-Summer 1956": "1956-21/1956-22",
    "Fall 1955-Spring 1956": "1955-23/1956-21",
    "early 1956": "1956-37",
    "mid-1956": "1956-38",
    "late 1956": "1956-39",
    "the beginning of 1956": "1956-37",
    "end of 1956": "1956-39",
    "first half of 1956": "1956-40",
    "third quarter of 1956": "1956-35",
    "early October 1956": "1956-10-~01/1956-10-~10",
    "mid-October 1956": "1956-10-~11/1956-10-~20",
    "late October 1956": "1956-10-~21/1956-10-~31",
    # decades and centuries
    "1950s": "195X",
    "the 1950's": "195X",
    "1950s-60s": "195X/196X",
    "1950s and 1960s": "{195X,196X}",
    "early 1950s": "1950~/1953~",
    "mid-1950s": "1954~/1956~",
    "late 1950s": "1957~/1959~",
    "second half of the 1950s": "1955/1959",
    "19th century": "18XX",
    "nineteenth century": "18XX",
    "late 19th century": "1867~/1899~",
    "mid-20th century": "1934~/1966~",
    "first half of the 20th century": "1900/1949",
    "third quarter of the 19th century": "1850/1874",
    "late 19th c.": "1867~/1899~",
    "C19": "18XX",
    "c19th century": "18XX~",
    "19th-20th century": "18XX/19XX",
    "195-": "195X",
    "[195-?]": "195X?",
    "195?": "195X",
    "19--": "19XX",
    "[19--?]": "19XX?",
    "1900s": "19XX",
    # ranges
    "c.1887-c.1918": "1887~/1918~",
    "11:00, 25 October 1956": "1956-10-25T11:00",
    "2009 September-2010 February": "2009-09/2010-02",
    "1956 Oct. 23-Nov. 4": "1956-10-23/1956-11-04",
    "1945-1950": "1945/1950",
    "1945 - 1950": "1945/1950",
    "1945–50": "1945/1950",
    "1938-39": "1938/1939",
    "1921-24": "1921/1924",
    "1890/1900": "1890/1900",
    "1943/1945": "1943/1945",
    "1945 to 1950": "1945/1950",
    "from 1945 to 1950": "1945/1950",
    "from 1945": "1945/..",
    "since 1945": "1945/..",
    "1945 onwards": "1945/..",
    "until 1950": "../1950",
    "1945–?": "1945/",
    "?–1945": "/1945",
    "May - June 1962": "1962-05/1962-06",
    "Sept/Oct 1950": "1950-09/1950-10",
    "December 1949 - January 1950": "1949-12/1950-01",
    "June 10-12, 1954": "1954-06-10/1954-06-12",
    "10–12 June 1954": "1954-06-10/1954-06-12",
    "23 October - 4 November 1956": "1956-10-23/1956-11-04",
    "October 23 - November 4, 1956": "1956-10-23/1956-11-04",
    "December 31, 1949 - January 6, 1950": "1949-12-31/1950-01-06",
    "1956-10-23..1956-11-04": "1956-10-23/1956-11-04",
    "1956-10-23..": "1956-10-23/..",
    "..1956-11-04": "../1956-11-04",
    "1956-10-23/24": "1956-10-23/1956-10-24",
    # between, before, after
    "between 1934 and 2009": "[1934..2009]",
    "between 1940-1945": "[1940..1945]",
    "between 23 and 30 October 1956": "[1956-10-23..1956-10-30]",
    "between August 20 and September 19, 1934": "[1934-08-20..1934-09-19]",
    "between October and December 1956": "[1956-10..1956-12]",
    "before 1945": "[..1944]",
    "pre-1945": "[..1944]",
    "prior to 1945": "[..1944]",
    "after 1945": "[1946..]",
    "post-1945": "[1946..]",
    "after 4 November 1956": "[1956-11-05..]",
    "before November 1956": "[..1956-10]",
    "before autumn 1956": "[..1956-08-31]",
    "before the end of 1956": "[..1956-39]",
    "before early 1956": "[..1955-12-31]",
    "after early 1956": "[1956-37..]",
    "after late 1956": "[1957-01-01..]",
    "before the end of the 1950s": "[..1959~]",
    "1956 or October 1957": "[1956,1957-10]",
    "October 1956; 1957": "[1956-10,1957]",
    "not before 1945": "[1945..]",
    "not after 1945": "[..1945]",
    "no later than 1945": "[..1945]",
    "by 1945": "[..1945]",
    "1945 or later": "[1945..]",
    "1945 or earlier": "[..1945]",
    "1850+": "[1850..]",
    # doubt
    "c. 1950": "1950~",
    "c.1950": "1950~",
    "c1950": "1950~",
    "ca 1950": "1950~",
    "[ca. 1932]": "1932~",
    "circa 1940-1949": "1940~/1949~",
    "c. 1945-1950": "1945~/1950~",
    "c. 1945 - c. 1950": "1945~/1950~",
    "1945?-1950": "1945?/1950",
    "c. June 10-12, 1954": "1954-06-10~/1954-06-12~",
    "about 1880's ?": "188X%",
    "probably 1956": "1956?",
    "possibly about 1956": "1956%",
    "[1956?]": "1956?",
    "May 5?, 1956": "1956-05-?05",
    "11 June 2004 (year uncertain)": "2004?-06-11",
    "1945–1950 (start: approximate)": "1945~/1950",
    "1956, month unknown": "1956-XX",
    # alternatives and lists
    "1928; 1931": "[1928,1931]",
    "1910; 1928; 1938": "[1910,1928,1938]",
    "1935; 1935-06-23": "[1935,1935-06-23]",
    "1928 or 1931": "[1928,1931]",
    "1971 or 72": "[1971,1972]",
    "April 22 or 23, 1960": "[1960-04-22,1960-04-23]",
    "23 and 24 October 1956": "{1956-10-23,1956-10-24}",
    "June 3, 4 and 5, 1956": "{1956-06-03,1956-06-04,1956-06-05}",
    "1928, 1930-1932 or 1935": "[1928,1930..1932,1935]",
    # EDTF as it stands
    "1956-10-XX": "1956-10-XX",
    "195X": "195X",
    "1956-23": "1956-23",
    "[1667,1668,1670..1672]": "[1667,1668,1670..1672]",
    "2004-06~-11": "2004-06~-11",
    # databases
    "1956-10-00": "1956-10",
    "1956-00-00": "1956",
    "1956-10-??": "1956-10-XX",
    "1952-08-": "1952-08",
}


@pytest.mark.parametrize(("text", "edtf"), READ.items())
def test_english_date_is_read(text: str, edtf: str) -> None:
    assert read(text).edtf == edtf


BOUNDS = {
    "1956": ("1956-01-01", "1956-12-31"),
    "February 1956": ("1956-02-01", "1956-02-29"),
    "autumn 1956": ("1956-09-01", "1956-11-30"),
    "winter 1955/56": ("1955-12-01", "1956-02-29"),
    "c. 1945-1950": ("1945-01-01", "1950-12-31"),
    "1950s": ("1950-01-01", "1959-12-31"),
    "20th century": ("1900-01-01", "1999-12-31"),
    "before 1945": (None, "1944-12-31"),
    "1850+": ("1850-01-01", None),
    "from 1945": ("1945-01-01", None),
    "1928; 1931": ("1928-01-01", "1931-12-31"),
    "between 23 and 30 October 1956": ("1956-10-23", "1956-10-30"),
}


@pytest.mark.parametrize(("text", "bounds"), BOUNDS.items())
def test_bounds_are_the_first_and_last_possible_day(
    text: str, bounds: tuple[str | None, str | None]
) -> None:
    reading = read(text)
    days = tuple(day and day.isoformat() for day in (reading.earliest, reading.latest))
    assert days == bounds


TIMESTAMPS = {
    "1874-01-01T00:00:00.000Z": "1874",
    "1984-01-01T08:00:00.000Z": "1984",
    "1916-02-01T00:00:00.000Z": "1916-02",
    "1804-03-24T00:00:00Z": "1804-03-24",
    "1985-04-12T23:20:30-04": "1985-04-12",
    "1956:10:23 11:05:00": "1956-10-23T11:05",
    "1956-10-25T11:00": "1956-10-25T11:00",
}


@pytest.mark.parametrize(("text", "edtf"), TIMESTAMPS.items())
def test_padding_of_databases_is_not_taken_for_knowledge(text: str, edtf: str) -> None:
    assert read(text).edtf == edtf


@pytest.mark.parametrize("text", ["n.d.", "[n. d.]", "undated", "Unknown", "no date", "s.d."])
def test_undated(text: str) -> None:
    assert (read(text).ok, read(text).kind, read(text).edtf) == (True, "undated", None)


FLAGGED = {
    "7-Oct-33": ("1933?-10-07", "two_digit_year"),
    "5-Jan-33": ("1933?-01-05", "two_digit_year"),
    "1-Jun-03": ("1903?-06-01", "two_digit_year"),
    "Nov-67": ("1967?-11", "two_digit_year"),
    "the fifties": ("195X?", "two_digit_year"),
    "1902-05": ("1902-05", "month_or_range"),
    "2001-21": ("2001-21", "season_or_range"),
    "1900s": ("19XX", "century_or_decade"),
    "winter 1956": ("1956-24", "winter"),
    "December - January 1950": ("1949-12/1950-01", "year_rollover"),
    "4/3/1945": ("[1945-03-04,1945-04-03]", "day_or_month"),
    "the evening of 23 October 1956": ("1956-10-23", "time_of_day"),
}


@pytest.mark.parametrize(("text", "expected"), FLAGGED.items())
def test_what_was_assumed_is_said(text: str, expected: tuple[str, str]) -> None:
    reading = read(text)
    assert (reading.edtf, *reading.notes) == expected


def test_figures_of_unknown_order_are_kept_as_both_days() -> None:
    reading = read("4/3/1945")
    assert reading.kind == "one_of"
    assert (reading.earliest, reading.latest) == (date(1945, 3, 4), date(1945, 4, 3))


def test_order_settles_the_day_and_the_month() -> None:
    assert read("4/3/1945", order="mdy").edtf == "1945-04-03"
    assert read("4/3/1945", order="dmy").edtf == "1945-03-04"
    assert read("12/29/1943", order="mdy").edtf == "1943-12-29"


def test_equal_day_and_month_have_no_order() -> None:
    assert read("11/11/1945").edtf == "1945-11-11"


def test_column_proves_its_order() -> None:
    assert order_of(["4/3/1945", "2/15/1945", "", "1944"]) == "mdy"
    assert order_of(["4/3/1945", "15.2.1945"]) == "dmy"
    assert order_of(["4/3/1945", "5/6/1945"]) is None
    assert order_of(["15/2/1945", "2/15/1945"]) is None


def test_context_year_gives_the_nearest_century() -> None:
    assert read("7-Oct-33", context_year=1930).edtf == "1933-10-07"
    assert read("7-Oct-98", context_year=1905).edtf == "1898-10-07"
    assert read("the 90s", context_year=1905).edtf == "189X"
