"""The JSON object of `pillanat dates --json`: its keys are a promise."""

import json

from archive.dates import as_json, as_reading, parse_edtf, read, read_edtf, undated


def test_contract() -> None:
    assert as_json(read("about 23 October 1956")) == {
        "text": "about 23 October 1956",
        "ok": True,
        "edtf": "1956-10-23~",
        "earliest": "1956-10-23",
        "latest": "1956-10-23",
        "uncertain": False,
        "approximate": True,
        "display": {"hu": "1956. október 23. körül", "en": "about 23 October 1956"},
        "reason": None,
        "kind": "date",
        "time": None,
        "code": None,
        "notes": {},
    }


def test_open_and_timed() -> None:
    assert as_json(read("before 1945"))["earliest"] is None
    timed = as_json(read("1956. október 25., 11 óra"))
    assert (timed["edtf"], timed["time"]) == ("1956-10-25T11:00", "11:00")
    assert (timed["earliest"], timed["latest"]) == ("1956-10-25T11:00", "1956-10-25T11:00")


def test_times_of_an_interval_stand_at_its_ends() -> None:
    spoken = as_json(read("25 October 1956, 11:00–13:00"))
    assert (spoken["earliest"], spoken["latest"]) == ("1956-10-25T11:00", "1956-10-25T13:00")
    half = as_json(read("1956-10-25T11:00/1956-10-26"))
    assert (half["earliest"], half["latest"]) == ("1956-10-25T11:00", "1956-10-26")


def test_refusal_gives_a_sentence_and_its_code() -> None:
    refused = as_json(read("1956 foo"))
    assert (refused["ok"], refused["edtf"], refused["code"]) == (False, None, "unknown_word")
    assert refused["reason"] == "The word “foo” is not understood in a date."
    assert refused["display"] == {"hu": "", "en": ""}


def test_undated() -> None:
    value = as_json(undated("é. n."))
    assert (value["ok"], value["kind"], value["edtf"], value["reason"]) == (
        True,
        "undated",
        None,
        None,
    )
    assert value["display"] == {"hu": "keltezetlen", "en": "undated"}


def test_notes_are_said() -> None:
    assert as_json(read("7-Oct-33"))["notes"] == {
        "two_digit_year": "The year has two digits; the 20th century was assumed."
    }


def test_it_is_json() -> None:
    assert json.loads(json.dumps(as_json(read("1956/57 telén"))))["edtf"] == "1956-24"


def test_reading_of_a_stored_value() -> None:
    reading = as_reading(parse_edtf("1956-10?"))
    assert (reading.text, reading.ok, reading.uncertain) == ("1956-10?", True, True)


def test_stored_value_is_edtf_and_nothing_else() -> None:
    assert read_edtf("1921-24").kind == "date"
    assert read("1921-24").edtf == "1921/1924"
    assert read_edtf("1956 ősze").reason == "not_edtf"
