"""The grid and the desk that changes many photographs, as a browser without scripts."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from archive import db, history, jobs
from archive.accounts import service as accounts
from archive.accounts.models import Person
from archive.catalogue import bulk
from archive.catalogue import service as catalogue
from archive.catalogue.authorities import KINDS, keeping, merging
from archive.catalogue.drafts import DateDraft, Draft, LinkDraft, Rights
from archive.catalogue.models import Image, ImageEvent, RecordRow
from archive.history import ChangeSet
from archive.settings import current, use
from archive.workbench.listing import Asked

OPERATOR = history.system("test")
PASSWORD = "four words in a row"
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
LIST, BULK, CHANGES = "/workbench/photographs", "/workbench/bulk", "/workbench/changes"


def press(client: FlaskClient, to: str, **values: str | list[str]) -> TestResponse:
    """Send a form with the token of this browser and follow where it leads."""
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get("/account/login").text)
    token = token or re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(LIST).text)
    assert token is not None
    return client.post(to, data={"csrf_token": token[1], **values}, follow_redirects=True)


@pytest.fixture
def archivist(app: Flask) -> FlaskClient:
    accounts.add_person(
        OPERATOR, email="a@demo.example", name="Anna", roles=["archivist"], password=PASSWORD
    )
    photographs()
    client = app.test_client()
    press(client, "/account/login", email="a@demo.example", password=PASSWORD)
    return client


def photographs() -> None:
    unit = catalogue.add_unit(OPERATOR, ref_code="HU-1", title={"hu": "Fond"})
    for place, title in enumerate(("Tüntetők", "Kenyérsor", "Barikád", "Romok")):
        draft = Draft(ref_code=f"HU-1/{place}", rights=Rights(rights_statement=PDM))
        draft.title("hu", title)
        if place:
            draft.dates = [DateDraft(f"195{9 - place}", lang="hu")]
        draft.agents = [LinkDraft("Kő Ágnes", role="creator")]
        catalogue.accession(OPERATOR, unit, draft)
    db.release()


def ids() -> list[str]:
    found = list(db.session().scalars(select(Image.public_id).order_by(Image.id)))
    db.release()
    return found


def records() -> list[dict[str, object]]:
    found = list(db.session().scalars(select(RecordRow.own).order_by(RecordRow.image_id)))
    db.release()
    return found


def credits() -> list[str]:
    return [record["rights"]["credit"] for record in records()]  # type: ignore[index]


SET = {"how-credit_line": "set", "value-credit_line": "Fortepan"}


def test_the_grid_narrows_and_orders(archivist: FlaskClient) -> None:
    first, second, third, fourth = ids()
    page = archivist.get(f"{LIST}?gap=no_date").text
    assert f'data-id="{first}"' in page
    assert f'data-id="{second}"' not in page
    order = re.findall(r'data-id="(\w+)"', archivist.get(f"{LIST}?order=date").text)
    assert order == [fourth, third, second, first]
    assert archivist.get(f"{LIST}?gap=nonsense&order=nonsense").status_code == 200
    person = db.session().scalars(select(accounts.Person.public_id)).one()
    db.release()
    assert "data-id" not in archivist.get(f"{LIST}?by={person}").text
    press(archivist, f"{LIST}/state", act="publish", id=[second])
    found = re.findall(r'data-id="(\w+)"', archivist.get(f"{LIST}?by={person}").text)
    assert found == [second]


def test_the_facts_of_one_are_beside_the_list(archivist: FlaskClient) -> None:
    page = archivist.get(f"{LIST}?at={ids()[1]}&lang=en").text
    inspector = page.split('id="inspector"')[1]
    assert "Kenyérsor" in inspector
    assert "Kő Ágnes" in inspector


def test_what_is_chosen_is_previewed_changed_and_undone(archivist: FlaskClient) -> None:
    chosen = ids()[:3]
    form = press(archivist, f"{BULK}/new?lang=en", id=chosen)
    assert "Change 3 photographs" in form.text
    assert form.text.count('name="id"') == 3
    preview = press(archivist, f"{BULK}?lang=en", id=chosen, reason="as agreed", **SET)
    assert credits() == [""] * 4
    assert preview.text.count("<ins>Fortepan</ins>") == 3
    done = press(archivist, preview.request.path, act="carry_out")
    assert done.request.path.startswith(CHANGES)
    assert "as agreed" in done.text
    assert credits() == ["Fortepan"] * 3 + [""]
    undone = press(archivist, done.request.path)
    assert undone.request.path.startswith(CHANGES)
    assert credits() == [""] * 4
    again = press(archivist, undone.request.path)
    assert again.status_code == 200
    assert credits() == ["Fortepan"] * 3 + [""]


def test_all_that_fit_are_changed_not_only_those_of_the_page(archivist: FlaskClient) -> None:
    form = press(archivist, f"{BULK}/new", all="1", gap="no_date")
    assert 'name="gap" value="no_date"' in form.text
    preview = press(archivist, BULK, all="1", gap="no_date", **SET)
    press(archivist, preview.request.path, act="carry_out")
    assert credits() == ["Fortepan", "", "", ""]


def test_words_are_replaced_in_all_that_fit(archivist: FlaskClient) -> None:
    preview = press(archivist, BULK, all="1", find="Barikád", instead="Torlasz", where="titles")
    press(archivist, preview.request.path, act="carry_out")
    assert [record["title"] for record in records()][2] == {"hu": "Torlasz"}


def test_no_field_of_the_form_asks_the_list_or_bears_the_name_of_another(
    archivist: FlaskClient,
) -> None:
    page = press(archivist, f"{BULK}/new", all="1").text
    form = page[page.index(f'action="{BULK}"') :]
    typed = set(re.findall(r'name="(\w+)"', form))
    assert typed & {field.name for field in fields(Asked)} == set()
    named = re.findall(r' id="([^"]+)"', page)
    assert len(named) == len(set(named))


def test_choosing_nothing_leads_back_to_the_list(archivist: FlaskClient) -> None:
    page = press(archivist, f"{BULK}/new?lang=en", state="draft")
    assert page.request.path == LIST
    assert "Choose photographs in the list first." in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Fill in what shall become different."),
        ({"name-1-do": "remove", "name-1-name": "Senki"}, "called “Senki” here"),
        ({"date": "valamikor régen"}, "“régen” is not understood in a date"),
        ({"date": "1956. február 31."}, "“31 February 1956” is no day of the calendar"),
        ({"act": "move", "unit_to": "HU-99"}, "HU-99"),
        ({"find": "x"}, "Say where the words"),
    ],
)
def test_what_is_not_understood_is_told_and_nothing_typed_is_lost(
    archivist: FlaskClient, typed: dict[str, str], sentence: str
) -> None:
    page = press(archivist, f"{BULK}?lang=en", id=ids()[:1], reason="kept words", **typed)
    assert page.status_code == 422
    assert sentence in page.text
    assert 'value="kept words"' in page.text


def test_every_part_of_the_form_is_an_instruction(archivist: FlaskClient) -> None:
    typed = {
        "name-1-do": "add", "name-1-kind": "agent", "name-1-name": "Nagy Imre",
        "name-1-role": "agent:depicted", "name-1-certainty": "possible",
        "name-2-do": "add", "name-2-kind": "place", "name-2-name": "Kossuth tér",
        "name-3-do": "replace", "name-3-kind": "agent", "name-3-name": "Kő Ágnes",
        "name-3-by": "Vas Béla", "date": "1956", "date_how": "replace", "lang": "hu",
        "find": "Tüntetők", "instead": "Felvonulók", "where": "titles",
        "how-custody:hu": "set", "value-custody:hu": "A család.",
    }  # fmt: skip
    preview = press(archivist, f"{BULK}?lang=en", id=ids()[:1], **typed)
    assert "Add person or body (Depicted): Nagy Imre" in preview.text
    press(archivist, preview.request.path, act="carry_out")
    record = records()[0]
    people = [(a["name"], a["role"], a["certainty"]) for a in record["agents"]]  # type: ignore[attr-defined]
    assert people == [("Vas Béla", "creator", "certain"), ("Nagy Imre", "depicted", "possible")]
    assert record["title"] == {"hu": "Felvonulók"}
    assert [d["display"] for d in record["dates"]] == ["1956"]  # type: ignore[attr-defined]
    assert record["provenance"]["custody"] == {"hu": "A család."}  # type: ignore[index]


def test_states_tell_which_photographs_are_not_ready(archivist: FlaskClient) -> None:
    preview = press(archivist, f"{BULK}?lang=en", id=ids()[:2], act="publish")
    assert "Change this 1 photograph" in preview.text
    refused = archivist.get(f"{preview.request.path}?show=not_ready:date&lang=en")
    assert "Still needed: a date" in refused.text
    press(archivist, preview.request.path, act="carry_out")
    with db.transaction() as session:
        assert list(session.scalars(select(Image.state).order_by(Image.id)))[:2] == [
            "draft",
            "published",
        ]


def test_four_eyes_say_of_each_photograph_why_it_stays(archivist: FlaskClient) -> None:
    before, [anna] = current(), db.session().scalars(select(Person.id)).all()
    with history.change(history.Actor(anna, "archivist"), "describe"):
        for image in db.session().scalars(select(Image).where(Image.id > 1)):
            image.notes = "Anna"
    db.release()
    use(before.model_copy(update={"four_eyes": True}))
    try:
        preview = press(archivist, f"{BULK}?lang=en", id=ids()[1:], act="publish")
        listed = press(archivist, f"{LIST}/state?lang=en", id=ids()[1:], act="publish")
    finally:
        use(before)
    why = "Not public yet. Still needed: somebody else to publish it than who described it last."
    assert preview.text.count(f'<p class="quiet">{why}</p>') == 3
    for code in ("HU-1/1", "HU-1/2", "HU-1/3"):
        assert f"{code}: {why}" in listed.text
    assert {record["state"] for record in records()} == {"draft"}


def test_many_are_counted_and_changed_by_a_worker_with_its_progress(
    archivist: FlaskClient,
) -> None:
    use(current().model_copy(update={"bulk_commit_photographs": 2}))
    preview = press(archivist, f"{BULK}?lang=en", all="1", **SET)
    assert preview.headers["Refresh"]
    assert "Looking at what would change" in preview.text
    jobs.run_due()
    assert "Change these 4 photographs" in archivist.get(f"{preview.request.path}?lang=en").text
    press(archivist, preview.request.path, act="carry_out")
    jobs.run_due()
    done = archivist.get(preview.request.path, follow_redirects=True)
    assert done.request.path.startswith(CHANGES)
    assert credits() == ["Fortepan"] * 4


def test_what_was_changed_since_is_shown_and_one_chooses(archivist: FlaskClient) -> None:
    preview = press(archivist, BULK, all="1", **SET)
    done = press(archivist, preview.request.path, act="carry_out")
    with history.change(OPERATOR, "describe"):
        db.session().scalars(select(Image)).first().credit_line = "Mine"  # type: ignore[union-attr]
    db.release()
    asked = press(archivist, f"{done.request.path}?lang=en")
    assert "Nothing is undone yet" in asked.text
    assert "HU-1/0" in asked.text
    assert credits() == ["Mine"] + ["Fortepan"] * 3
    left = press(archivist, f"{asked.request.path}?lang=en", act="carry_out", later="leave")
    assert "1 photograph was left as it is" in left.text
    assert credits() == ["Mine", "", "", ""]


def test_what_is_said_again_by_now_is_named_and_left_whatever_one_chooses(
    archivist: FlaskClient,
) -> None:
    """The database would refuse the event twice: the page says so, and the rest is undone."""
    event = {"do": "add", "kind": "event", "name": "Forradalom", "role": ""}
    for do in ("add", "remove"):
        [key, *_others] = db.session().scalars(select(Image.id).order_by(Image.id)).all()
        keys = db.session().scalars(select(Image.id)).all()
        plan = bulk.prepare(OPERATOR, keys, [{**event, "do": do}])
        removed = bulk.carry_out(OPERATOR, plan).change_set_id
    bulk.carry_out(OPERATOR, bulk.prepare(OPERATOR, [key], [event]))
    change_set = db.session().get_one(ChangeSet, removed)
    asked = press(archivist, f"{CHANGES}/{change_set.public_id}?lang=en")
    assert "Forradalom" in asked.text
    assert "is said again by now; remove that first" in asked.text
    left = press(archivist, f"{asked.request.path}?lang=en", act="carry_out", later="overwrite")
    assert left.status_code == 200
    assert "1 photograph was left as it is" in left.text
    assert "is said again by now; remove that first" in left.text
    assert len(db.session().scalars(select(ImageEvent)).all()) == 4


def test_people_who_cannot_be_merged_again_are_named(archivist: FlaskClient) -> None:
    names = ("Kő Pál", "Kő P.")
    kept, gone = (keeping.add(OPERATOR, KINDS["agent"], {"name": name}) for name in names)
    parted = history.undo(OPERATOR, merging.merge(OPERATOR, kept, gone))
    key = db.session().scalars(select(Image.id)).first()
    link = {"do": "add", "kind": "agent", "target": gone.public_id, "role": "depicted"}
    bulk.carry_out(OPERATOR, bulk.prepare(OPERATOR, [key or 0], [link]))
    asked = press(archivist, f"{CHANGES}/{parted.public_id}?lang=en")
    assert "refers to it" in asked.text
    left = press(archivist, f"{asked.request.path}?lang=en", act="carry_out", later="overwrite")
    assert "2 other things were left as they are" in left.text
    assert "Kő P." in left.text


def test_the_words_of_the_list_are_not_those_of_the_site(archivist: FlaskClient) -> None:
    page = archivist.get(f"{LIST}?q=Barikád").text
    assert re.findall(r'name="q" value="([^"]*)"', page)[:2] == ["", "Barikád"]
    assert 'name="q" value="Barikád"' in archivist.get("/search?q=Barikád").text


def test_what_is_gone_is_called_by_its_last_name(archivist: FlaskClient) -> None:
    unit = catalogue.unit_by_ref(db.session(), "HU-1")
    draft = Draft()
    draft.title("und", "Carnegie")
    with history.change(OPERATOR, "ingest") as made:
        catalogue.accession(OPERATOR, unit, draft)
    history.undo(OPERATOR, made)
    page = archivist.get(f"{CHANGES}/{made.public_id}?lang=en").text
    assert "Photograph: Carnegie" in page
    assert "und:" not in page


def test_those_left_out_can_be_looked_at_again(archivist: FlaskClient) -> None:
    preview = press(archivist, BULK, all="1", **SET)
    with history.change(OPERATOR, "describe"):
        db.session().scalars(select(Image)).first().notes = "x"  # type: ignore[union-attr]
    db.release()
    done = press(archivist, f"{preview.request.path}?lang=en", act="carry_out")
    assert credits() == ["", "Fortepan", "Fortepan", "Fortepan"]
    again = press(archivist, f"{done.request.path}", act="again")
    press(archivist, again.request.path, act="carry_out")
    assert credits() == ["Fortepan"] * 4


def test_changes_are_listed_by_who_what_and_when(archivist: FlaskClient) -> None:
    press(archivist, press(archivist, BULK, all="1", **SET).request.path, act="carry_out")
    sets = {row.action: row.public_id for row in db.session().scalars(select(ChangeSet))}
    person = db.session().scalars(select(accounts.Person.public_id)).one()
    db.release()
    page = archivist.get(f"{CHANGES}?by={person}").text
    assert f"{CHANGES}/{sets['bulk']}" in page
    assert f"{CHANGES}/{sets['accession']}" not in page
    assert 'value="accession"' in page
    assert 'value="add_person"' not in page
    assert sets["bulk"] not in archivist.get(f"{CHANGES}?action=accession").text
    assert sets["bulk"] not in archivist.get(f"{CHANGES}?until=2001-01-01").text
    assert sets["bulk"] in archivist.get(f"{CHANGES}?since=2001-01-01&until=").text
    assert archivist.get(f"{CHANGES}?since=nonsense").status_code == 200
    listed = archivist.get(f"{LIST}?change={sets['bulk']}").text
    assert listed.count("data-id") == 4


def test_the_desk_is_for_archivists(app: Flask, client: FlaskClient) -> None:
    for path in (CHANGES, f"{BULK}/nonsense", f"{CHANGES}/nonsense"):
        assert "/account/login" in client.get(path).location


def test_there_is_no_such_plan(archivist: FlaskClient) -> None:
    assert archivist.get(f"{BULK}/nonsense").status_code == 404
    assert press(archivist, f"{BULK}/nonsense", act="carry_out").status_code == 404


def test_two_records_of_one_photograph_are_merged_and_parted(archivist: FlaskClient) -> None:
    stays, goes = ids()[:2]
    page = press(archivist, f"{BULK}/merge?lang=en", id=[stays, goes])
    assert "Two records of one photograph" in page.text
    versions = dict(re.findall(r'name="(version-\w+)" value="(\d+)"', page.text))
    done = press(archivist, f"{BULK}/merge", id=[stays, goes], stays=stays, **versions)
    assert done.request.path.startswith(CHANGES)
    assert len(records()[0]["captions"]) == 2  # type: ignore[arg-type]
    press(archivist, done.request.path)
    assert len(records()[0]["captions"]) == 1  # type: ignore[arg-type]


def test_merging_what_was_changed_since_or_is_not_two_is_refused(archivist: FlaskClient) -> None:
    stays, goes = ids()[:2]
    page = press(archivist, f"{BULK}/merge?lang=en", id=[stays, goes], stays=stays)
    assert "in the meantime" in page.text
    alone = press(archivist, f"{BULK}/merge?lang=en", id=[stays])
    assert "Choose two photographs that are one." in alone.text


def test_a_reader_is_led_from_the_merged_record_to_the_one_that_stays(
    archivist: FlaskClient, client: FlaskClient
) -> None:
    stays, goes = ids()[1:3]
    press(archivist, f"{LIST}/state", act="publish", id=[stays, goes])
    page = press(archivist, f"{BULK}/merge", id=[stays, goes]).text
    versions = dict(re.findall(r'name="(version-\w+)" value="(\d+)"', page))
    press(archivist, f"{BULK}/merge", id=[stays, goes], stays=stays, **versions)
    for address in ("/photographs", "/iiif/manifest"):
        answer = client.get(f"{address}/{goes}")
        assert (answer.status_code, answer.location) == (302, f"{address}/{stays}")
