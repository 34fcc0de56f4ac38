"""Every reason has its sentence in both languages, and every code that is used has one."""

import re
from pathlib import Path
from string import Formatter

import pytest

import archive.ingest
from archive.ingest.words import PICTURES, REHEARSED, SENTENCES, Reason, reason
from archive.media.refusal import SENTENCES as REFUSALS

ROOM = Path(archive.ingest.__file__).parent
USED = re.compile(r"(?:reason|Unreadable|BadZip|_refuse)\((?:found, )?\"(\w+)\"")


def parameters(sentence: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same_things(code: str) -> None:
    hungarian, english = SENTENCES[code]
    assert hungarian
    assert english
    assert parameters(hungarian) == parameters(english)


@pytest.mark.parametrize("code", REHEARSED)
def test_a_rehearsal_says_what_would_happen_of_the_same_things(code: str) -> None:
    for rehearsed, said in zip(REHEARSED[code], SENTENCES[code], strict=True):
        assert rehearsed != said
        assert parameters(rehearsed) == parameters(said)


def test_a_rehearsal_claims_nothing_came_in() -> None:
    taken = ("Bekerült", "Received", "Described")
    claiming = {code for code, pair in SENTENCES.items() if any(s.startswith(taken) for s in pair)}
    assert claiming <= set(REHEARSED)


def test_what_no_rehearsal_changes_is_said_as_ever() -> None:
    assert reason("empty").sentence("hu", rehearsed=True) == "A fájl üres."
    assert reason("received").sentence("hu", rehearsed=True) == "Bekerülne."
    assert reason("received").sentence("en", rehearsed=True) == "It would be received."


def test_codes_used_in_the_room_have_sentences() -> None:
    used = {code for path in ROOM.rglob("*.py") for code in USED.findall(path.read_text("utf-8"))}
    assert len(used) > 40
    assert used - set(SENTENCES) == set()


def test_every_refusal_of_a_picture_has_hungarian_words() -> None:
    assert set(PICTURES) == set(REFUSALS)
    said = Reason("picture", {"why": "empty", "said": REFUSALS["empty"]})
    assert said.sentence("hu") == "A fájl üres."
    assert said.sentence("en") == "The file is empty."


def test_codes_within_parameters_are_put_into_words() -> None:
    missing = reason("not_published", missing=["date", "rights"])
    assert missing.sentence("en").endswith("missing: a date, a rights statement.")
    assert missing.sentence("hu").endswith("hiányzik: dátum, jogi státusz.")
    assert "(hátlap)" in reason("side", first="1.jpg", side="verso").sentence("hu")
