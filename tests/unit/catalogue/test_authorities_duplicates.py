"""Authorities that may be one: which are proposed and why, and what is never proposed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from archive import db, history, jobs
from archive.catalogue import upkeep
from archive.catalogue.authorities import KINDS, duplicates, keeping, merging
from archive.catalogue.models import Agent

pytestmark = pytest.mark.usefixtures("database")
ACTOR = history.system("test")


def add(kind: str, **values: Any) -> Any:
    return keeping.add(ACTOR, KINDS[kind], values)


def proposed(kind: str = "agent") -> list[tuple[set[str], str]]:
    """The pairs that stand, by their names, and the reason of each."""
    duplicates.find(kind)
    session, model = db.session(), KINDS[kind].model
    names = {
        row.id: row.name if kind == "agent" else _text(row)
        for row in session.scalars(select(model))
    }
    return [
        ({names[one], names[other]}, reason)
        for one, other, reason in session.execute(duplicates.waiting(kind))
    ]


def _text(row: Any) -> str:
    return str(next(iter((getattr(row, "name", None) or row.label).values())))


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Nagy Imre", "Imre NAGY", "same_name"),
        ("Szőts István", "Szots Istvan", "same_name"),
        ("Nagy I.", "Nagy Imre", "initials"),
        ("Nagy I.", "Imre Nagy", "initials"),
        ("Vadas E. Ernő", "Vadas Elemér Ernő", "initials"),
        ("Escher Károly", "Escher Karoly", "same_name"),
        ("Escher Károly", "Eschers Károly", "spelling"),
        ("Magyar Távirati Iroda", "Magyar Távirait Iroda", "spelling"),
        ("Rosenberger Anna", "Rosenbergher Anna", "spelling"),
        ("Rosenberger Anna", "Rosemberg Anna", ""),
        ("Kis Éva", "Kiss Éva", ""),  # too short to tell a slip from another name
        ("Nagy I.", "Nagy József", ""),
        ("Nagy Imre", "Nagy Irén", ""),
        ("Kovács János", "Kovács Béla", ""),
    ],
)
def test_who_may_be_one_and_why(one: str, other: str, reason: str) -> None:
    add("agent", name=one)
    add("agent", name=other)
    assert proposed() == ([({one, other}, reason)] if reason else [])


def test_years_that_differ_tell_namesakes_apart() -> None:
    add("agent", name="Nagy Imre", dates="1896/1958")
    add("agent", name="Nagy Imre", dates="1933/..")
    add("agent", name="Nagy Imre", dates="1896-06-07/1958-06-16")
    assert len(proposed()) == 1


def test_the_same_number_says_more_than_years() -> None:
    add("agent", name="Nagy Imre", dates="1896/1958", identifiers={"viaf": "46768804"})
    add("agent", name="N. I.", dates="1900/1958", identifiers={"viaf": "46768804"})
    assert proposed() == [({"Nagy Imre", "N. I."}, "same_number")]


def test_another_name_of_one_is_the_name_of_the_other() -> None:
    form = {"text": "Moszkva tér", "lang": "hu", "kind": "former", "valid": "", "source": ""}
    add("place", name={"hu": "Széll Kálmán tér"}, forms=[form])
    add("place", name={"hu": "Moszkva tér"})
    assert proposed("place") == [({"Széll Kálmán tér", "Moszkva tér"}, "other_name")]


def test_initials_that_may_mean_many_say_nothing() -> None:
    add("agent", name="Nagy I.")
    for given in ("Imre", "István", "Ilona", "Irén"):
        add("agent", name=f"Nagy {given}")
    assert proposed() == []


def test_numbered_streets_and_terms_of_two_vocabularies_differ() -> None:
    add("place", name={"hu": "VIII. kerület Józsefváros"})
    add("place", name={"hu": "VII. kerület Józsefváros"})
    add("concept", label={"hu": "fénykép"}, scheme="subject")
    add("concept", label={"hu": "fénykép"}, scheme="genre")
    assert proposed("place") == proposed("concept") == []


def test_whom_somebody_told_apart_are_proposed_no_more_until_that_is_undone() -> None:
    one, other = add("agent", name="Nagy Imre"), add("agent", name="Imre Nagy")
    assert len(proposed()) == 1
    with history.change(ACTOR, "judge") as judged:
        duplicates.tell_apart(ACTOR, "agent", other.id, one.id)
        duplicates.tell_apart(ACTOR, "agent", one.id, other.id)
    assert proposed() == []
    history.undo(ACTOR, judged)
    assert len(proposed()) == 1


def test_what_was_merged_since_waits_no_more() -> None:
    one, other = add("agent", name="Nagy Imre"), add("agent", name="Imre Nagy")
    assert len(proposed()) == 1
    merging.merge(ACTOR, one, other)
    assert db.session().execute(duplicates.waiting("agent")).all() == []


def test_the_daily_job_looks_at_every_kind() -> None:
    add("agent", name="Nagy Imre")
    add("agent", name="Imre Nagy")
    add("event", name={"hu": "Tűzszünet"})
    add("event", name={"hu": "tüzszünet"})
    jobs.submit(upkeep.find_duplicates.__name__)
    jobs.run_due()
    session = db.session()
    for kind in ("agent", "event"):
        assert len(session.execute(duplicates.waiting(kind)).all()) == 1
    assert session.query(Agent).count() == 2
