"""Adding, editing and taking out an authority: what is refused, what follows, what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from archive import db, history
from archive.catalogue import authorities, service
from archive.catalogue.authorities import KINDS, keeping
from archive.catalogue.authorities.identifiers import FILES, NotAnIdentifier, links
from archive.catalogue.authorities.life import read_life
from archive.catalogue.authorities.validity import names_at, then
from archive.catalogue.drafts import Draft, LinkDraft
from archive.catalogue.refusals import Refused, Stale
from archive.dates import parse_edtf

pytestmark = pytest.mark.usefixtures("database")
ACTOR = history.system("test")


def form(text: str, valid: str = "", kind: str = "former", lang: str = "hu") -> dict[str, str]:
    return {"text": text, "lang": lang, "kind": kind, "valid": valid, "source": "Térkép"}


AVENUE = [
    form("Andrássy út", "1990/..", "official"),
    form("Népköztársaság útja", "1957/1990"),
    form("Sztálin út", "1950/1956-10"),
    form("Magyar Ifjúság útja", "1956-11/1957"),
    form("Andrássy út", "1885/1950"),
    form("Sugárút", "", "colloquial"),
]


def add(kind: str, **values: Any) -> Any:
    return keeping.add(ACTOR, KINDS[kind], values)


def test_what_follows_from_the_forms_of_a_place() -> None:
    place = add("place", name={"hu": "Andrássy út"}, forms=AVENUE)
    assert place.then == {"hu": "Sztálin út"}
    assert place.key == "andrassy ut"
    assert "Népköztársaság útja" in place.names
    assert authorities.lookup(db.session(), "place", "sztal") == [place]


@pytest.mark.parametrize(
    ("when", "names"),
    [
        ("1956-10-23", ["Sztálin út"]),
        ("1956", ["Sztálin út", "Magyar Ifjúság útja"]),
        ("1900/1940", ["Andrássy út"]),
        ("1951~", ["Sztálin út"]),
        ("2020", ["Andrássy út"]),
        ("1880", []),
    ],
)
def test_names_that_held_when_a_photograph_was_taken(when: str, names: list[str]) -> None:
    assert [held["text"] for held in names_at(AVENUE, parse_edtf(when))] == names


def test_a_name_that_holds_today_is_no_name_of_then() -> None:
    assert then([form("Bem tér", "1900/..", "official")], {"hu": "Bem tér"}) == {}


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("agent", {"name": ""}, "name_missing"),
        ("place", {"name": {"hu": ""}}, "name_missing"),
        ("agent", {"name": "A", "dates": "valamikor"}, "date_unread"),
        ("event", {"name": {"hu": "E"}, "edtf": "1956-13"}, "date_unread"),
        ("place", {"name": {"hu": "P"}, "forms": [form("Q", "rég")]}, "date_unread"),
        ("agent", {"name": "A", "identifiers": {"wikidata": "171393"}}, "identifier_unread"),
        ("place", {"name": {"hu": "P"}, "lat": 47.5}, "half_a_point"),
        ("place", {"name": {"hu": "P"}, "lat": 147.5, "lon": 19.0}, "point_out_of_range"),
    ],
)
def test_values_that_cannot_hold_are_refused(kind: str, values: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        add(kind, **values)
    assert refused.value.code == code
    assert db.session().query(KINDS[kind].model).count() == 0


def test_no_circle_of_places_or_terms() -> None:
    city = add("place", name={"hu": "Budapest"})
    square = add("place", name={"hu": "Bem tér"}, parent_id=city.id)
    with pytest.raises(Refused) as refused:
        keeping.edit(ACTOR, city, {"parent_id": square.id}, based_on=city.version)
    assert refused.value.code == "goes_in_a_circle"
    term = add("concept", label={"hu": "jármű"}, scheme="subject")
    with pytest.raises(Refused) as refused:
        add("concept", label={"hu": "tank"}, scheme="technique", broader_id=term.id)
    assert refused.value.code == "another_scheme"


def test_a_replacement_stands_beside_a_deprecated_term_only() -> None:
    tank = add("concept", label={"hu": "harckocsi"}, scheme="subject")
    with pytest.raises(Refused) as refused:
        add("concept", label={"hu": "tank"}, scheme="subject", merged_into_id=tank.id)
    assert refused.value.code == "replaced_but_not_deprecated"
    old = add(
        "concept", label={"hu": "tank"}, scheme="subject", state="deprecated",
        merged_into_id=tank.id,
    )  # fmt: skip
    keeping.edit(ACTOR, tank, {"state": "deprecated"}, based_on=tank.version)
    with pytest.raises(Refused) as refused:
        keeping.edit(ACTOR, old, {"note": {"hu": "x"}}, based_on=old.version)
    assert refused.value.code == "replacement_is_deprecated"


def test_whoever_edits_an_outdated_version_is_told_and_overwrites_nothing() -> None:
    agent = add("agent", name="Nagy Imre")
    first, public_id = agent.version, agent.public_id
    keeping.edit(ACTOR, agent, {"dates": "1896/1958"}, based_on=first)
    with pytest.raises(Stale):
        keeping.edit(ACTOR, agent, {"dates": "1900/1958"}, based_on=first)
    db.release()
    assert keeping.read(db.session(), "agent", public_id).dates == "1896/1958"


def test_only_what_nothing_refers_to_can_be_taken_out() -> None:
    unit = service.add_unit(ACTOR, ref_code="HU-1", title={"hu": "Fond"})
    used = add("agent", name="Nagy Imre")
    service.accession(ACTOR, unit, Draft(agents=[LinkDraft(target=used.public_id)]))
    with pytest.raises(Refused):
        keeping.remove(ACTOR, used)
    city = add("place", name={"hu": "Budapest"})
    square = add("place", name={"hu": "Bem tér"}, parent_id=city.id)
    with pytest.raises(Refused):
        keeping.remove(ACTOR, city)
    keeping.remove(ACTOR, square)
    keeping.remove(ACTOR, city)
    assert authorities.lookup(db.session(), "place", "b") == []


def test_removing_can_be_undone() -> None:
    city = add("place", name={"hu": "Budapest"})
    with history.change(ACTOR, "tidy") as tidied:
        keeping.remove(ACTOR, city)
    history.undo(ACTOR, tidied)
    assert [row.name for row in authorities.lookup(db.session(), "place", "bud")] == [
        {"hu": "Budapest"}
    ]


@pytest.mark.parametrize(
    ("file", "typed", "kept"),
    [
        ("wikidata", "Q171393", "Q171393"),
        ("wikidata", " https://www.wikidata.org/wiki/Q171393 ", "Q171393"),
        ("wikidata", "http://wikidata.org/entity/Q171393", "Q171393"),
        ("viaf", "https://viaf.org/viaf/46768804/", "46768804"),
        ("ulan", "http://vocab.getty.edu/page/ulan/500115393", "500115393"),
        ("aat", "300046300", "300046300"),
        ("isni", "0000000121443963", "0000000121443963"),
    ],
)
def test_an_identifier_may_be_typed_as_its_address(file: str, typed: str, kept: str) -> None:
    assert FILES[file].clean(typed) == kept


@pytest.mark.parametrize(
    ("file", "typed"),
    [
        ("wikidata", "171393"),
        ("wikidata", "https://viaf.org/viaf/46768804"),
        ("wikidata", "Q1\nQ2"),
        ("viaf", "forty"),
        ("ulan", "300115393"),
        ("aat", "javascript:alert(1)"),
    ],
)
def test_what_is_no_identifier_of_a_file_is_refused(file: str, typed: str) -> None:
    with pytest.raises(NotAnIdentifier):
        FILES[file].clean(typed)


def test_every_identifier_leads_somewhere() -> None:
    for file in FILES.values():
        assert file.clean(file.example) == file.example
        assert file.clean(file.link(file.example)) == file.example
    assert links({"viaf": "46768804", "unknown": "1"}) == [
        ("VIAF", "46768804", "https://viaf.org/viaf/46768804")
    ]


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("1896–1958", "1896/1958"),
        ("szül. 1930", "1930/.."),
        ("*1930", "1930/.."),
        ("born about 1930", "1930~/.."),
        ("† 1956. november 4.", "../1956-11-04"),
        ("–1956", "../1956"),
        ("1896-06-07/1958-06-16", "1896-06-07/1958-06-16"),
    ],
)
def test_life_dates_as_people_write_them(typed: str, edtf: str) -> None:
    assert read_life(typed, "hu").edtf == edtf


def test_life_dates_that_cannot_be_read_say_why() -> None:
    assert not read_life("szül. egyszer").ok
