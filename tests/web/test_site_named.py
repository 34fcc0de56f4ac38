"""Pages of names: their forms and sources, what is part of them, and where the merged ones lead."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import db, history
from archive.catalogue import service as catalogue
from archive.catalogue.authorities import KINDS, keeping, merging
from archive.catalogue.drafts import DateDraft, Draft, LinkDraft, Rights
from archive.search import follow

OPERATOR = history.system("test")
FREE = "http://creativecommons.org/publicdomain/mark/1.0/"
AVENUE = [
    {"text": "Andrássy út", "lang": "hu", "kind": "official", "valid": "1990/..", "source": ""},
    {"text": "Népköztársaság útja", "lang": "hu", "kind": "former", "valid": "1957/1990",
     "source": "Utcanévlexikon"},
    {"text": "Sztálin út", "lang": "hu", "kind": "former", "valid": "1950/1956-10", "source": ""},
]  # fmt: skip


class Made(NamedTuple):
    """An authority, by its key and its identifier."""

    kind: str
    id: int
    public_id: str


def add(kind: str, **values: Any) -> Made:
    row = keeping.add(OPERATOR, KINDS[kind], values)
    return Made(kind, row.id, row.public_id)


def merge(kept: Made, gone: Made) -> None:
    rows = [keeping.read(db.session(), made.kind, made.public_id) for made in (kept, gone)]
    merging.merge(OPERATOR, *rows)


def published(date: str = "1956. október 23.", **links: list[LinkDraft]) -> str:
    """A public photograph with these links."""
    try:
        unit = catalogue.unit_by_ref(db.session(), "HU-1")
    except catalogue.NotFound:
        unit = catalogue.add_unit(OPERATOR, ref_code="HU-1", title={"hu": "Fond"})
    draft = Draft(creator_unknown=True, rights=Rights(rights_statement=FREE), **links)
    draft.title("hu", "Felvétel")
    draft.dates = [DateDraft(date, lang="hu")]
    with history.change(OPERATOR, "accession"):
        image = catalogue.accession(OPERATOR, unit, draft)
        catalogue.publish(OPERATOR, image)
    return image.public_id


def to(row: Made, role: str = "") -> list[LinkDraft]:
    return [LinkDraft(target=row.public_id, role=role)]


@pytest.fixture
def reader(app: Flask, client: FlaskClient) -> FlaskClient:
    return client


def indexed() -> None:
    follow.reindex()
    db.release()


@pytest.mark.parametrize(
    ("date", "then"),
    [("1956. október 23.", "Sztálin út"), ("1970", "Népköztársaság útja"), ("2001", "")],
)
def test_a_photograph_names_the_place_as_it_was_called_then(
    reader: FlaskClient, date: str, then: str
) -> None:
    street = add("place", name={"hu": "Andrássy út"}, forms=AVENUE)
    photograph = published(date, places=to(street, "shown"))
    indexed()
    page = reader.get(f"/photographs/{photograph}?lang=hu").text
    others = {"Sztálin út", "Népköztársaság útja"} - {then}
    assert (f">{then}</span>" in page) is bool(then)
    assert not any(f">{other}</span>" in page for other in others)


def test_the_page_of_a_place_tells_its_names_and_whence(reader: FlaskClient) -> None:
    street = add(
        "place", name={"hu": "Andrássy út"}, forms=AVENUE, sources="Budapest utcanevei",
        identifiers={"wikidata": "Q507170"},
    )  # fmt: skip
    published(places=to(street))
    indexed()
    page = reader.get(f"/places/{street.public_id}?lang=hu").text
    assert "1957–1990" in page
    assert "Utcanévlexikon" in page
    assert "Budapest utcanevei" in page
    assert 'href="https://www.wikidata.org/wiki/Q507170"' in page
    twin: Any = reader.get(f"/places/{street.public_id}.json").json
    assert twin["identifiers"] == {"Wikidata": "Q507170"}
    assert twin["sources"] == ["Budapest utcanevei"]
    assert "Sztálin út" in [form["text"] for form in twin["forms"]]


def test_a_place_shows_what_is_in_it_and_only_what_readers_may_see(reader: FlaskClient) -> None:
    city = add("place", name={"hu": "Budapest"})
    square = add("place", name={"hu": "Bem tér"}, parent_id=city.id)
    hidden = add("place", name={"hu": "Titkos utca"}, parent_id=city.id)
    published(places=to(square))
    indexed()
    page = reader.get(f"/places/{city.public_id}?lang=hu").text
    assert f'href="/places/{square.public_id}?lang=hu"' in page
    assert "1 fénykép" in page
    assert "Titkos utca" not in page
    assert reader.get(f"/places/{hidden.public_id}").status_code == 404
    assert "Budapest" in reader.get(f"/places/{square.public_id}").text


def test_an_event_leads_to_its_place_and_to_what_it_is_part_of(reader: FlaskClient) -> None:
    square = add("place", name={"hu": "Kossuth tér"})
    whole = add("event", name={"hu": "Forradalom"}, edtf="1956-10-23/1956-11-11")
    part = add("event", name={"hu": "Sortűz"}, parent_id=whole.id, place_id=square.id)
    published(events=to(part), places=to(square))
    indexed()
    page = reader.get(f"/events/{part.public_id}").text
    assert f"/places/{square.public_id}" in page
    assert f"/events/{whole.public_id}" in page
    assert "Sortűz" in reader.get(f"/events/{whole.public_id}").text


@pytest.mark.parametrize(
    ("kind", "path", "values"),
    [
        ("agent", "people", ({"name": "Gerő Ernő"}, {"name": "Singer Ernő"})),
        ("place", "places", ({"name": {"hu": "Bem tér"}}, {"name": {"hu": "Pálffy tér"}})),
        ("event", "events", ({"name": {"hu": "Tüntetés"}}, {"name": {"hu": "Felvonulás"}})),
    ],
)
def test_the_address_of_the_merged_leads_to_the_survivor(
    reader: FlaskClient, kind: str, path: str, values: tuple[Any, Any]
) -> None:
    kept, gone = (add(kind, **one) for one in values)
    old, new = f"/{path}/{gone.public_id}", f"/{path}/{kept.public_id}"
    published(**{f"{kind}s": to(gone, "depicted" if kind == "agent" else "")})
    merge(kept, gone)
    indexed()
    for suffix in ("", ".json"):
        answer = reader.get(old + suffix)
        assert (answer.status_code, answer.location) == (301, new + suffix)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert reader.get(new + suffix).status_code == 200


def test_a_merged_name_without_a_public_photograph_leads_nowhere(reader: FlaskClient) -> None:
    kept, gone = add("agent", name="Gerő Ernő"), add("agent", name="Singer Ernő")
    merge(kept, gone)
    indexed()
    assert reader.get(f"/people/{gone.public_id}").status_code == 404


def test_a_search_for_a_replaced_term_leads_to_the_one_that_replaced_it(
    reader: FlaskClient,
) -> None:
    new = add("concept", label={"hu": "harckocsi"}, scheme="subject")
    old = add("concept", label={"hu": "tank"}, scheme="subject")
    published(subjects=to(old))
    merge(new, old)
    indexed()
    for path in ("/search", "/search.json"):
        answer = reader.get(f"{path}?subject={old.public_id}&sort=date")
        assert answer.status_code == 301
        assert answer.headers["Cache-Control"] == "no-cache"
        assert new.public_id in answer.location
        assert "sort=date" in answer.location
        assert reader.get(answer.location).status_code == 200


def test_a_term_has_a_page_with_what_is_broader_and_narrower(reader: FlaskClient) -> None:
    vehicle = add("concept", label={"hu": "jármű"}, scheme="subject")
    tank = add("concept", label={"hu": "harckocsi"}, scheme="subject", broader_id=vehicle.id)
    published(subjects=to(tank))
    indexed()
    page = reader.get(f"/terms/{vehicle.public_id}").text
    assert f"/terms/{tank.public_id}" in page
    assert "1 fénykép" in page
    twin: Any = reader.get(f"/terms/{tank.public_id}.json").json
    assert (twin["name"], twin["part_of"]) == ("harckocsi", [vehicle.public_id])


def test_names_that_are_there_only_to_be_found_by_are_not_shown(reader: FlaskClient) -> None:
    form = {"text": "Gerő Ernöl", "lang": "", "kind": "hidden", "valid": "", "source": ""}
    agent = add("agent", name="Gerő Ernő", forms=[form])
    published(agents=to(agent, "depicted"))
    indexed()
    assert "Ernöl" not in reader.get(f"/people/{agent.public_id}").text
    assert "Ernöl" not in reader.get(f"/people/{agent.public_id}.json").text
