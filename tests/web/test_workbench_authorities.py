"""The authority file as a browser without scripts sees it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from archive import db, history
from archive.accounts import service as accounts
from archive.catalogue import authorities
from archive.catalogue import service as catalogue
from archive.catalogue.authorities import keeping
from archive.catalogue.drafts import Draft, LinkDraft
from archive.catalogue.models import Agent, Concept, Event, Place
from tests.forms import Form

OPERATOR = history.system("test")
PASSWORD = "four words in a row"
HOME = "/workbench/authorities"


def keep(*rows: Any) -> None:
    with history.change(OPERATOR, "authority"):
        for row in rows:
            row.names, row.forms = row.names or [], row.forms or []
            row.key = authorities.key_of(row)
            db.session().add(row)
    db.release()


@pytest.fixture
def archivist(app: Flask, client: FlaskClient) -> FlaskClient:
    email = "archivist@demo.example"
    accounts.add_person(OPERATOR, email=email, name="A", roles=["archivist"], password=PASSWORD)
    db.release()
    page = client.get("/account/login").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    client.post("/account/login", data={"csrf_token": token, "email": email, "password": PASSWORD})
    return client


def looked_up(client: FlaskClient, **asked: str) -> Any:
    return client.get(f"{HOME}/lookup", query_string=asked).json


def test_lookup_tells_namesakes_apart(archivist: FlaskClient) -> None:
    keep(
        Agent(name="Nagy Imre", dates="1896-06-07/1958-06-16"),
        Agent(name="Nagy Imre", dates="1933/.."),
        Agent(name="Kiss Károly", names=["Nagy Károly"]),
    )
    answer = looked_up(archivist, kind="agent", q="nagy", lang="en")
    assert [(entry["name"], entry["detail"]) for entry in answer] == [
        ("Nagy Imre", "7 June 1896 – 16 June 1958"),
        ("Nagy Imre", "born 1933"),
        ("Kiss Károly", "Nagy Károly"),
    ]
    assert all(set(entry) == {"id", "name", "detail"} for entry in answer)


def test_lookup_names_the_form_of_a_place_that_was_meant(archivist: FlaskClient) -> None:
    keep(
        Place(name={"hu": "Széll Kálmán tér"}, then={"hu": "Moszkva tér"}, names=["Moscow Square"])
    )
    answer = looked_up(archivist, kind="place", q="mosc", lang="hu")
    assert [entry["detail"] for entry in answer] == ["Moscow Square · Moszkva tér"]


def test_lookup_as_options_of_a_listbox(archivist: FlaskClient) -> None:
    keep(Place(name={"hu": "<Bem> tér"}))
    page = archivist.get(f"{HOME}/lookup/options?kind=place&q=bem").text
    assert '<li role="option"' in page
    assert "&lt;Bem&gt; tér" in page


def test_lookup_of_an_unknown_kind_is_a_bad_request(archivist: FlaskClient) -> None:
    assert archivist.get(f"{HOME}/lookup?kind=ghost&q=a").status_code == 400


def test_only_archivists_look_up(client: FlaskClient) -> None:
    assert client.get(f"{HOME}/lookup?kind=agent&q=a").status_code in (302, 401, 403)


def kept_row(kind: str, public_id: str) -> Any:
    db.release()
    return keeping.read(db.session(), kind, public_id)


def address(row: Any) -> str:
    """Where an authority is edited."""
    return f"{HOME}/{row.__tablename__}/{row.public_id}"


def sent(client: FlaskClient, at: str, *, typed: dict[str, str] | None = None) -> TestResponse:
    """Open the form at an address and send it back with what is typed."""
    page = client.get(at)
    form = re.search(r'<form method="post" class="stack[^>]*>(.*?)</form>', page.text, re.DOTALL)
    assert form is not None, page.text
    return client.post(at, data={**Form(form[1]).values.to_dict(), **(typed or {})})


def photograph_of(name: str) -> None:
    unit = catalogue.add_unit(OPERATOR, ref_code="HU-1", title={"hu": "Fond"})
    catalogue.accession(OPERATOR, unit, Draft(agents=[LinkDraft(name, role="depicted")]))
    db.release()


def rows_of(page: str) -> list[tuple[str, str]]:
    """(name, uses) of the list, in its order."""
    found = re.findall(
        r"<tr><td><a [^>]*>(.*?)</a>.*?<td class=\"num\"[^>]*>(\d+)</td>", page, re.DOTALL
    )
    return [(unescape(name), number) for name, number in found]


def test_the_list_stands_in_order_with_its_uses(archivist: FlaskClient) -> None:
    keep(Agent(name="Nagy Imre"), Agent(name="Ábel Anna"), Agent(name="Zsolt Béla"))
    photograph_of("Nagy Imre")
    assert rows_of(archivist.get(f"{HOME}/agent").text) == [
        ("Ábel Anna", "0"), ("Nagy Imre", "1"), ("Zsolt Béla", "0"),
    ]  # fmt: skip
    assert rows_of(archivist.get(f"{HOME}/agent?q=im+nag").text) == [("Nagy Imre", "1")]
    unused = rows_of(archivist.get(f"{HOME}/agent?show=unused").text)
    assert [name for name, _uses in unused] == ["Ábel Anna", "Zsolt Béla"]


def test_a_long_list_has_pages(archivist: FlaskClient) -> None:
    keep(*(Agent(name=f"Kis {number:03d}") for number in range(60)))
    assert rows_of(archivist.get(f"{HOME}/agent?page=2").text)[0] == ("Kis 050", "0")


def test_what_was_merged_or_deprecated_is_listed_apart(archivist: FlaskClient) -> None:
    tank = Concept(label={"hu": "harckocsi"}, scheme="subject")
    keep(tank)
    keep(
        Concept(label={"hu": "tank"}, scheme="subject", state="deprecated", merged_into_id=tank.id)
    )
    assert ">tank</a>" not in archivist.get(f"{HOME}/concept").text
    page = archivist.get(f"{HOME}/concept?show=past").text
    assert ">tank</a>" in page
    assert ">harckocsi</td>" in page
    assert "1 name<" in archivist.get(f"{HOME}/concept?show=past&lang=en").text


def test_a_new_agent_with_dates_names_and_numbers(archivist: FlaskClient) -> None:
    typed = {
        "name": "Nagy Imre",
        "dates-display": "1896. június 7. – 1958. június 16.",
        "forms-0-text": "Imre Nagy",
        "forms-0-lang": "en",
        "forms-0-kind": "variant",
        "id_wikidata": "https://www.wikidata.org/wiki/Q171393",
        "note_hu": "Miniszterelnök",
        "sources": "Rainer M. János: Nagy Imre",
    }
    answer = sent(archivist, f"{HOME}/agent/new", typed=typed)
    row = kept_row("agent", answer.location.rsplit("/", 1)[1])
    assert (row.name, row.dates) == ("Nagy Imre", "1896-06-07/1958-06-16")
    assert row.identifiers == {"wikidata": "Q171393"}
    assert row.note == {"hu": "Miniszterelnök"}
    assert [form["text"] for form in row.forms] == row.names == ["Imre Nagy"]
    page = archivist.get(answer.location + "?lang=en").text
    assert 'value="7 June 1896 – 16 June 1958"' in page


def test_saving_what_was_opened_changes_nothing(archivist: FlaskClient) -> None:
    city = Place(name={"hu": "Budapest"})
    keep(city)
    square = Place(
        name={"hu": "Széll Kálmán tér", "de": "Platz"},
        then={"hu": "Moszkva tér"},
        names=["Moscow Square"],
        parent_id=city.id,
        lat=47.50712,
        lon=19.02491,
        identifiers={"unknown": "1", "tgn": "7006280"},
    )
    event = Event(name={"und": "Sortűz"}, edtf="1956-10-25T11:15", place_id=city.id)
    term = Concept(label={"hu": "nők", "en": "women"}, scheme="subject", notation="N1")
    keep(square, event, term)
    for row in (square, event, term):
        kind, public_id = row.__tablename__, row.public_id
        names = set(authorities.all_names(row))
        assert sent(archivist, address(row)).status_code == 302
        once = kept_row(kind, public_id)
        said = {c.key: getattr(once, c.key) for c in once.__table__.columns}
        assert set(authorities.all_names(once)) == names
        assert sent(archivist, address(row)).status_code == 302
        again = kept_row(kind, public_id)
        assert {c.key: getattr(again, c.key) for c in again.__table__.columns} == said
        if kind == "place":
            assert said["then"] == {"hu": "Moszkva tér"}
            assert said["name"] == {"hu": "Széll Kálmán tér", "de": "Platz"}
            assert said["identifiers"] == {"unknown": "1", "tgn": "7006280"}


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("agent", {"name": ""}, "Please give a preferred name"),
        ("agent", {"name": "A", "dates-display": "egyszer"}, "dates-display-error"),
        ("agent", {"name": "A", "id_viaf": "forty"}, "An identifier of VIAF looks like"),
        ("place", {"name_hu": "A", "lat": "47"}, "both latitude and longitude"),
        ("place", {"name_hu": "A", "lat": "north", "lon": "1"}, "degrees between"),
        ("place", {"name_hu": "A", "parent-name": "Nowhere"}, "Nothing has this name"),
        ("event", {"name_hu": "A", "date-display": "1956. október 32."}, "date-display-error"),
        ("concept", {"name_hu": "A", "uri": "javascript:1"}, "An address begins with"),
        ("place", {"name_hu": "A", "forms-0-text": "B", "forms-0-valid-display": "rég"},
         "forms-0-valid-display-error"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_said_and_what_was_typed_stays(
    archivist: FlaskClient, kind: str, typed: dict[str, str], sentence: str
) -> None:
    answer = sent(archivist, f"{HOME}/{kind}/new?lang=en", typed=typed | {"note_hu": "megmarad"})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "megmarad" in answer.text


def test_whoever_has_the_name_already_is_shown_before_another_is_made(
    archivist: FlaskClient,
) -> None:
    keep(Agent(name="Nagy Imre", dates="1896/1958"))
    answer = sent(archivist, f"{HOME}/agent/new?lang=en", typed={"name": "Imre Nagy"})
    assert answer.status_code == 422
    assert "1896–1958" in answer.text
    typed = {"name": "Imre Nagy", "anyway": "1"}
    assert sent(archivist, f"{HOME}/agent/new", typed=typed).status_code == 302


def test_an_outdated_form_keeps_what_was_typed(archivist: FlaskClient) -> None:
    row = Agent(name="Nagy Imre")
    keep(row)
    at = address(row)
    page = archivist.get(at)
    form = re.search(r'<form method="post" class="stack[^>]*>(.*?)</form>', page.text, re.DOTALL)
    assert form is not None
    assert sent(archivist, at, typed={"dates-display": "1896–1958"}).status_code == 302
    stale = {**Form(form[1]).values.to_dict(), "note_hu": "amit én írtam"}
    answer = archivist.post(at, data=stale)
    assert answer.status_code == 409
    assert "amit én írtam" in answer.text
    again = re.search(r'<form method="post" class="stack[^>]*>(.*?)</form>', answer.text, re.DOTALL)
    assert again is not None
    assert archivist.post(at, data=Form(again[1]).values).status_code == 302
    assert kept_row("agent", row.public_id).note == {"hu": "amit én írtam"}


def test_one_more_row_saves_nothing(archivist: FlaskClient) -> None:
    row = Agent(name="Nagy Imre")
    keep(row)
    typed = {"name": "Más", "forms-0-text": "I. N.", "add": "forms"}
    answer = sent(archivist, address(row), typed=typed)
    assert "forms-1-text" in answer.text
    assert kept_row("agent", row.public_id).name == "Nagy Imre"


def test_the_history_of_an_authority_names_what_changed(archivist: FlaskClient) -> None:
    city = Place(name={"hu": "Budapest"})
    square = Place(name={"hu": "Bem tér"})
    keep(city, square)
    sent(archivist, address(square), typed={"parent-name": "budapest", "reason": "része"})
    page = archivist.get(f"{address(square)}/history?lang=en").text
    assert "<ins>Budapest</ins>" in page
    assert "része" in page


def test_only_what_nothing_refers_to_is_taken_out(archivist: FlaskClient) -> None:
    used, free = Agent(name="Nagy Imre"), Agent(name="Senki")
    keep(used, free)
    photograph_of("Nagy Imre")
    assert "/remove" not in archivist.get(address(used)).text
    page = archivist.get(address(free)).text
    token = {"csrf_token": Form(page).values["csrf_token"]}
    answer = archivist.post(f"{address(used)}/remove?lang=en", data=token, follow_redirects=True)
    assert "Something still refers to it" in answer.text
    archivist.post(f"{address(free)}/remove", data=token)
    assert archivist.get(address(free)).status_code == 404


def test_two_side_by_side_are_merged_as_chosen(archivist: FlaskClient) -> None:
    kept = Agent(name="E. Gerő", note={"hu": "rövid"})
    gone = Agent(name="Gerő Ernő", dates="1898/1980", note={"hu": "Hosszú.", "en": "Long."})
    keep(kept, gone)
    photograph_of("Gerő Ernő")
    found = archivist.get(f"{address(kept)}/merge?q=gero").text
    assert f"with={gone.public_id}" in found
    at = f"{address(kept)}/merge?with={gone.public_id}"
    page = archivist.get(f"{at}&lang=en").text
    assert "1 photograph will refer to E. Gerő." in page
    assert "Hosszú. / Long." in page
    values = Form(page).values.to_dict() | {"name": "gone", "note": "kept"}
    answer = archivist.post(f"{at}&lang=en", data=values, follow_redirects=True)
    assert "Merged; 1 photograph moved." in answer.text
    row = kept_row("agent", kept.public_id)
    assert (row.name, row.dates, row.note) == (
        "Gerő Ernő",
        "1898/1980",
        {"hu": "rövid", "en": "Long."},
    )
    page = archivist.get(f"{address(gone)}?lang=en").text
    assert "This entry was merged into another." in page
    assert f'href="{address(kept)}?lang=en"' in page or f'href="{address(kept)}"' in page
    assert 'name="note_hu"' not in page
    undo = re.search(r'href="(/workbench/changes/[^"]+)"', page)
    assert undo is not None
    account = archivist.get(undo[1]).text
    assert "Undo this change" in account
    assert ".;" not in account


def test_nothing_is_merged_with_itself(archivist: FlaskClient) -> None:
    keep(Agent(name="Nagy Imre"))
    one = db.session().scalars(select(Agent.public_id)).one()
    db.release()
    page = archivist.get(f"{HOME}/agent/{one}/merge?with={one}")
    assert page.status_code == 422
    assert "Csak két különböző" in page.text
    assert 'name="q"' in page.text


def test_a_merge_of_what_changed_meanwhile_is_shown_again(archivist: FlaskClient) -> None:
    kept, gone = Agent(name="E. Gerő"), Agent(name="Gerő Ernő")
    keep(kept, gone)
    at = f"{address(kept)}/merge?with={gone.public_id}&lang=en"
    values = Form(archivist.get(at).text).values.to_dict() | {"name": "gone", "reason": "egy"}
    sent(archivist, address(gone), typed={"dates-display": "1898–1980"})
    answer = archivist.post(at, data=values)
    assert answer.status_code == 409
    assert "changed while you were looking" in answer.text
    assert 'value="egy"' in answer.text
    assert re.search(r'id="name-gone"[^>]* checked', answer.text)
    assert kept_row("agent", gone.public_id).merged_into_id is None


def test_life_dates_are_read_back(archivist: FlaskClient) -> None:
    assert "born 1930" in archivist.get(f"{HOME}/life?text=sz%C3%BCl.+1930&lang=en").text


@pytest.mark.parametrize("path", ["/agent", "/agent/new", "/place", "/concept/new", "/life"])
def test_only_archivists_see_the_authority_file(client: FlaskClient, path: str) -> None:
    assert client.get(HOME + path).status_code in (302, 401, 403)
