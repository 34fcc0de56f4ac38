"""Searches that found nothing: words are counted, people are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import db, jobs, settings
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, Rights
from archive.history import system
from archive.search import misses
from archive.search.models import Miss, Wish
from archive.settings import Settings

STAFF = system("test")
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"


@pytest.fixture(autouse=True)
def _archive(
    either_database: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    settings.use(Settings(data=tmp_path))
    monkeypatch.setattr(misses, "_allowance", misses.Allowance())
    yield
    settings.use(Settings.load())


def waiting() -> list[tuple[str, int]]:
    return [(miss.words, miss.count) for miss in misses.unsettled(db.session(), limit=20)]


def only() -> Miss:
    return db.session().scalars(select(Miss)).one()


def age(days: int) -> None:
    """Let what was counted be so many days old."""
    with db.transaction() as session:
        for miss in session.scalars(select(Miss)):
            miss.last_at = db.now() - timedelta(days=days)


def test_the_same_words_written_otherwise_are_one_search() -> None:
    for words in ("Budapesti nők", "budapesti  NŐK", " budapesti nok "):
        assert misses.note(words)
    assert waiting() == [("Budapesti nők", 3)]


def test_the_most_frequent_come_first() -> None:
    for words in ("villamos", "barikád", "barikád"):
        misses.note(words)
    assert waiting() == [("barikád", 2), ("villamos", 1)]


@pytest.mark.parametrize(
    "words",
    ["", "ab", "  !? ", "valaki@pelda.hu", "hívjon: +36 30 123 4567", "06-30/123-45-67"],
)
def test_what_is_no_search_or_leads_to_a_person_is_not_kept(words: str) -> None:
    assert not misses.note(words)
    assert waiting() == []


@pytest.mark.parametrize("words", ["1956-10-23", "1956. október 23.", "6/1956 tank"])
def test_a_date_is_no_telephone_number(words: str) -> None:
    assert misses.note(words)


def test_long_words_are_cut() -> None:
    misses.note("tank " * 200)
    assert len(only().words) <= misses.KEY_CHARS
    assert len(only().key) <= misses.KEY_CHARS


def test_nobody_can_flood_it() -> None:
    settings.use(Settings(data=settings.current().data, misses_per_minute=3))
    kept = [misses.note(f"szó {number}") for number in range(10)]
    assert kept == [True] * 3 + [False] * 7


def test_a_full_list_takes_no_new_words_and_counts_the_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    misses.note("villamos")
    monkeypatch.setattr(misses, "MOST_KEPT", 1)
    assert not misses.note("barikád")
    assert misses.note("villamos")
    assert waiting() == [("villamos", 2)]


@pytest.mark.parametrize(
    ("agent", "person"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", True),
        ("Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0", True),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", False),
        ("Mozilla/5.0 (compatible; SemrushBot; +http://www.semrush.com/bot.html)", False),
        ("python-requests/2.32", False),
        ("curl/8.5.0", False),
        ("", False),
    ],
)
def test_programs_say_what_they_are(agent: str, person: bool) -> None:
    assert misses.by_a_person(agent) is person


def test_what_is_settled_waits_no_more_and_may_wait_again() -> None:
    misses.note("villamos")
    misses.settle(only().public_id)
    assert waiting() == []
    assert misses.number(db.session(), settled=True) == 1
    misses.note("villamos")
    assert waiting() == []
    misses.reopen(only().public_id)
    assert waiting() == [("villamos", 2)]
    with pytest.raises(LookupError):
        misses.settle("nothing")


def test_searching_again_finds_what_was_published_since() -> None:
    misses.note("villamos")
    assert misses.found_now(only()) == 0
    unit = catalogue.add_unit(STAFF, ref_code="HU-T", title={"hu": "Próba"})
    draft = Draft(creator_unknown=True, rights=Rights(PDM), dates=[DateDraft("1956", "hu")])
    draft.title("hu", "Felborult villamos")
    catalogue.publish(STAFF, catalogue.accession(STAFF, unit, draft))
    assert misses.found_now(only()) == 1


def test_what_nobody_repeats_is_forgotten() -> None:
    misses.note("villamos")
    age(179)
    jobs.submit(misses.forget_searches.__name__)
    jobs.run_due()
    assert waiting() == [("villamos", 1)]
    age(181)
    jobs.submit(misses.forget_searches.__name__)
    jobs.run_due()
    assert waiting() == []


def test_a_wish_keeps_the_words_and_forgets_who_told_it() -> None:
    misses.tell(" nagyapám a Corvin közben ", "1956 novembere", "nagy@pelda.hu")
    wish = misses.wishes(db.session(), limit=5)[0]
    assert (wish.words, wish.told) == ("nagyapám a Corvin közben", "1956 novembere")
    assert wish.contact == "nagy@pelda.hu"
    misses.settle_wish(wish.public_id)
    assert misses.wishes(db.session(), limit=5) == []
    assert misses.number_of_wishes(db.session()) == 0
    db.release()
    assert db.session().scalars(select(Wish)).one().contact == ""
