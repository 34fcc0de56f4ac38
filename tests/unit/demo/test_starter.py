"""The starter authority file for 1956: whole, sourced, loadable beside what is there already."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from archive import dates, db, history
from archive.catalogue import authorities
from archive.catalogue.authorities import KINDS, keeping
from archive.catalogue.authorities.validity import names_at
from archive.catalogue.models import Agent, Concept, Event, Place
from archive.demo.starter import loading
from archive.demo.starter.events import EVENTS
from archive.demo.starter.people import PEOPLE
from archive.demo.starter.places import PLACES
from archive.demo.starter.terms import CONCEPTS

ACTOR = history.system("test")
# What a plan of the domain asks for: days that have to be there, by the start of their date.
DAYS = {
    "1956-10-06", "1956-10-22", "1956-10-23", "1956-10-25", "1956-10-26", "1956-10-28",
    "1956-10-30", "1956-11-01", "1956-11-04", "1956-12-04", "1956-12-08", "1989-06-16",
}  # fmt: skip


def named(model: Any, name: str) -> Any:
    return next(row for row in db.session().scalars(select(model)) if row.name.get("hu") == name)


def test_every_entry_can_be_looked_up_and_every_key_resolves() -> None:
    places, events, terms = ({one.key for one in every} for every in (PLACES, EVENTS, CONCEPTS))
    for event in EVENTS:
        assert event.source, event.key
        assert dates.read_edtf(event.edtf).ok, event.key
        assert {event.place, event.parent} - {""} <= places | events, event.key
        assert set(event.note) == {"hu", "en"}, event.key
    for person in PEOPLE:
        assert person.source, person.key
        assert not person.dates or dates.read_edtf(person.dates).ok, person.key
    for place in PLACES:
        assert place.parent in places | {""}
        assert bool(place.held) <= bool(place.source), place.key
        assert all(not held.valid or dates.read_edtf(held.valid).ok for held in place.held)
        assert -90 < place.lat < 90
        assert place.uncertainty_m > 0
    assert {concept.broader for concept in CONCEPTS} - {""} <= terms


def test_the_days_of_1956_and_of_its_aftermath_are_there() -> None:
    starts = {event.edtf[:10] for event in EVENTS}
    assert starts >= DAYS
    assert any("1961" in event.edtf for event in EVENTS)


def test_names_of_one_place_follow_each_other() -> None:
    """Years meet where one name took the place of another; a longer overlap is a slip."""
    for place in PLACES:
        spans = [dates.parse_edtf(held.valid) for held in place.held if held.valid]
        ends = [(span.earliest or date.min, span.latest or date.max) for span in spans]
        for (_begun, ended), (begun, _ended) in pairwise(sorted(ends)):
            assert (ended - begun).days <= 366, place.key


@pytest.mark.usefixtures("database")
def test_it_loads_alone_and_a_second_run_changes_nothing() -> None:
    first = loading.load(ACTOR)
    assert (first.filled, first.unchanged) == (0, 0)
    assert first.new == len(PLACES) + len(EVENTS) + len(PEOPLE) + len(CONCEPTS)
    again = loading.load(ACTOR)
    assert (again.new, again.filled, again.unchanged) == (0, 0, first.new)
    assert again.keys == first.keys
    changes = db.session().scalars(select(history.ChangeSet)).all()
    assert [one.action for one in changes] == ["load_starter"]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("name", "then", "when", "at_the_time"),
    [
        ("Andrássy út", "Sztálin út", "1956-11-15", ["Magyar Ifjúság útja"]),
        ("II. János Pál pápa tér", "Köztársaság tér", "1930", ["Tisza Kálmán tér"]),
        ("Széll Kálmán tér", "Moszkva tér", "1940", ["Széll Kálmán tér"]),
        ("Vámház körút", "Tolbuhin körút", "1956", ["Tolbuhin körút"]),
        ("Nyugati tér", "Marx tér", "1920", ["Berlini tér"]),
        ("Király utca", "Majakovszkij utca", "1980", ["Majakovszkij utca"]),
        ("Ötvenhatosok tere", "Sztálin tér", "1980", ["Felvonulási tér"]),
        ("Erzsébet körút és Teréz körút", "Lenin körút", "1960", ["Lenin körút"]),
        ("Dunaújváros", "Sztálinváros", "1970", ["Dunaújváros"]),
    ],
)
def test_streets_have_their_names_of_each_time(
    name: str, then: str, when: str, at_the_time: list[str]
) -> None:
    loading.load(ACTOR)
    place = named(Place, name)
    assert place.then["hu"] == then
    assert [form["text"] for form in names_at(place.forms, dates.parse_edtf(when))] == at_the_time
    assert place.sources
    assert all(form["source"] for form in place.forms)


@pytest.mark.usefixtures("database")
def test_events_stand_in_a_tree_at_their_places() -> None:
    loading.load(ACTOR)
    whole, volley = named(Event, "1956-os forradalom és szabadságharc"), named(
        Event, "A Kossuth téri sortűz"
    )  # fmt: skip
    assert (volley.parent_id, volley.edtf) == (whole.id, "1956-10-25T11:15")
    assert volley.place_id == named(Place, "Kossuth Lajos tér").id
    assert named(Place, "Kossuth Lajos tér").parent_id == named(Place, "Budapest").id


@pytest.mark.usefixtures("database")
def test_people_and_contested_words_are_found_by_any_name() -> None:
    loading.load(ACTOR)
    session = db.session()
    for typed, name in (("imre nag", "Nagy Imre"), ("суслов", "Mihail Szuszlov"), ("avo", "")):
        found = authorities.lookup(session, "agent", typed)
        assert [row.name for row in found] == [name or "Államvédelmi Hatóság"]
    for typed in ("pesti srac", "ellenforr", "nemzetor"):
        assert authorities.lookup(session, "concept", typed, scheme="subject")
    assert authorities.lookup(session, "event", "nepfelk")


@pytest.mark.usefixtures("database")
def test_what_an_archive_wrote_itself_is_filled_and_not_overwritten() -> None:
    values = {"name": "Imre Nagy", "dates": "1896/1958", "note": {"hu": "A mi szavunk."}}
    keeping.add(ACTOR, KINDS["agent"], values)
    keeping.add(ACTOR, KINDS["concept"], {"label": {"hu": "Nők"}, "scheme": "subject"})
    done = loading.load(ACTOR)
    assert done.filled == 2
    agent = db.session().scalars(select(Agent).where(Agent.name == "Imre Nagy")).one()
    assert (agent.dates, agent.note["hu"]) == ("1896/1958", "A mi szavunk.")
    assert agent.note["en"].startswith("Prime minister")
    women = [row for row in db.session().scalars(select(Concept)) if row.label.get("en") == "women"]
    assert [row.label["hu"] for row in women] == ["Nők"]
