"""What is refused, and why: a wrong but plausible reading is worse than none."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import archive.dates
from archive.dates import NOTE_CODES, REFUSAL_CODES, note, read, refusal
from archive.dates.lexicon import WORDS

REFUSED = {
    # nothing there
    "": "empty",
    "   ": "empty",
    "NA": "not_recorded",
    "n/a": "not_recorded",
    "NULL": "not_recorded",
    "-": "not_recorded",
    "0000-00-00": "not_recorded",
    "http://www.wikidata.org/.well-known/genid/0b9c": "web_address",
    "https://fortepan.hu/1956": "web_address",
    # words and signs that are not understood
    "foo": "unknown_word",
    "1956 foo": "unknown_word",
    "ca. 1889, some photographs later": "unknown_word",
    "1956 (reprint)": "unknown_word",
    "1932 [i.e. 1933]": "unknown_word",
    "IMG_1956": "unknown_word",
    "1956a": "unknown_word",
    "1956-b": "unknown_word",
    "1956-c": "not_understood",
    "1956 - a": "not_understood",
    "1956. november első napjaiban": "unknown_word",
    "két világháború között": "unknown_word",
    "1956年": "unread",
    "1956 = 1957": "unread",
    "{1956, 1957": "unread",
    # words that make no date together
    "1956 1957": "not_understood",
    "before": "not_understood",
    "between 1956": "not_understood",
    "1956 vége felé": "not_understood",
    "körül": "not_understood",
    # numbers that are no dates
    "123": "long_number",
    "20751": "long_year",
    "20101956": "long_year",
    "19560230": "impossible_day",
    "fonds 12345": "unknown_word",
    "1956s": "odd_decade",
    "1956-os évek": "odd_decade",
    # what has more than one meaning
    "1945-8": "month_or_range",
    "1990-9": "month_or_range",
    "1898–02": "month_or_range",
    "1956-10-2?": "ambiguous",
    "1928 or 1929 and 1931": "ambiguous",
    "1956. október 23–30 1957": "ambiguous",
    "October 2?, 1956": "ambiguous",
    "4/3/1945-5/6/1945": "day_or_month",
    "October 1956 or 1957": "ambiguous",
    "23 October 1956 or 1957": "ambiguous",
    "early 1956 or 1957": "ambiguous",
    "probably autumn 1956 or 1957": "ambiguous",
    "1956 vagy 1957 ősze": "ambiguous",
    "1956. vagy 1957. október": "ambiguous",
    "1956 és 1957 októberében": "ambiguous",
    "1956 vagy 1957. II. fele": "ambiguous",
    "October, 23rd 1956": "ambiguous",
    "1956. – október": "ambiguous",
    "1956., okt.": "ambiguous",
    "November 10 until 1950": "ambiguous",
    "probably – October 1956": "not_understood",
    "1956 – talán": "not_understood",
    "before 1956 or 1957": "ambiguous",
    "after 1956 or 1957": "ambiguous",
    "1956 és 1957 után": "ambiguous",
    "1956 mid-October": "not_understood",
    "1956 mid-summer": "not_understood",
    "(c) 1956": "unread",
    "Oct-25": "no_year",
    "23": "no_month",
    "1928 or 7": "no_month",
    "1928 or 27": "no_month",
    "10 or 1928": "no_month",
    "1950 all": "not_understood",
    "23 October": "no_year",
    "10.23.": "not_understood",
    "1955. október, november, december 1956": "ambiguous",
    # what cannot be
    "31 February 1956": "impossible_day",
    "1956. február 30.": "impossible_day",
    "29 February 1957": "impossible_day",
    "1956-02-31": "impossible_day",
    "32 May 1956": "not_understood",
    "1956-13": "impossible_month",
    "30th century": "impossible_century",
    "13/13/1956": "impossible_month",
    "1956. 23.": "impossible_month",
    "1950-1945": "reversed",
    "30–23 October 1956": "reversed",
    "between 1950 and 1945": "reversed",
    "autumn 1956/57": "ambiguous",
    "autumn 1956-57": "season_pair",
    "1956/57 ősze": "ambiguous",
    "winter 1956/58": "season_pair",
    "fifth quarter of 1956": "unknown_word",
    "3rd half of 1956": "no_share",
    "Wednesday, 23 October 1956": "weekday",
    "1956. október 23., szerda": "weekday",
    "-0044": "negative_year",
    "Y170000002": "long_year",
    "0000": "year_zero",
    "5678": "future_year",
    "before 3056": "future_year",
    "1950S2": "significant_digits",
    "after 9999": "long_year",
    "1956 " + "körül " * 60: "too_long",
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_refused_with_its_reason(text: str, reason: str) -> None:
    reading = read(text)
    assert (reading.ok, reading.reason) == (False, reason)
    assert (reading.edtf, reading.earliest, reading.latest, reading.kind) == (None,) * 4


def test_month_and_a_number_stay_open_even_with_a_context() -> None:
    assert read("Oct-25", context_year=1925).reason == "no_month"


def test_refusal_names_the_word_as_it_was_written() -> None:
    assert read("1956 Főpróba").detail == "Főpróba"
    assert "„1956. február 31.”" in refusal("impossible_day", "hu", "1956-02-31")
    assert "4 November 1956 – 3 May 1956" in refusal("reversed", "en", "1956-11-04/1956-05-03")
    assert refusal("unknown_word", "en", "Főpróba") == (
        "The word “Főpróba” is not understood in a date."
    )


NUMBERS = ["0", "1", "4", "10", "23", "31", "45", "56", "99", "1956", "1950", "2001", "19561023"]
fragments = st.sampled_from(
    [
        *WORDS,
        *["0", "1", "4", "10", "23", "31", "45", "56", "99", "1956", "1950", "2001", "19561023"],
        *"-–/.,;?~%+[](){}'&:TXx",
    ]
)
noise = st.one_of(
    st.text(max_size=60),
    st.lists(fragments, max_size=12).map(" ".join),
    st.lists(fragments, max_size=12).map("".join),
)


@given(noise, st.one_of(st.none(), st.integers(1, 9999)), st.sampled_from([None, "dmy", "mdy"]))
def test_any_text_is_read_or_refused(
    text: str, context_year: int | None, order: str | None
) -> None:
    reading = read(text, context_year=context_year, order=order)
    assert reading.text == text
    if not reading.ok:
        assert reading.reason in REFUSAL_CODES
        assert refusal(reading.reason, "hu", reading.detail)
    if reading.earliest and reading.latest:
        assert reading.earliest <= reading.latest


@given(noise)
def test_a_word_more_never_goes_unnoticed(text: str) -> None:
    assert not read(f"{text} xylophone").ok


def codes_in_the_source(call: str) -> set[str]:
    """The codes that the room's own modules hand to such a call."""
    folder = Path(archive.dates.__file__).parent
    return set(
        re.findall(rf'{call}\("([a-z_]+)"', "".join(map(Path.read_text, folder.glob("*.py"))))
    )


def test_every_reason_has_its_sentences_and_every_sentence_its_reason() -> None:
    raised = codes_in_the_source("DateError") | {"not_edtf", "negative_year", "long_year"}
    assert raised | {"significant_digits"} == REFUSAL_CODES


@pytest.mark.parametrize("lang", ["hu", "en"])
def test_sentences_are_whole(lang: str) -> None:
    sentences = [refusal(code, lang, "1956") for code in REFUSAL_CODES]
    sentences += [note(code, lang) for code in NOTE_CODES]
    for sentence in sentences:
        assert re.fullmatch(r"[A-ZÉÁÍÓŐÚ0-9“„].*\.", sentence), sentence
        assert "{" not in sentence
