"""Duplicates, vocabularies, and files taken over: as a browser without scripts sees them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from archive import db, history, jobs
from archive.accounts import service as accounts
from archive.catalogue.authorities import KINDS, keeping
from archive.catalogue.models import Agent, Concept, ConceptScheme
from archive.catalogue.skos import exchange
from archive.ingest import service
from tests.forms import Form

OPERATOR = history.system("test")
PASSWORD = "four words in a row"
HOME = "/workbench/authorities"
SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://x/a> a skos:Concept ; skos:prefLabel "jármű"@hu .
<http://x/b> a skos:Concept ; skos:prefLabel "harckocsi"@hu ; skos:broader <http://x/a> .
"""


def add(kind: str, **values: Any) -> str:
    public_id = str(keeping.add(OPERATOR, KINDS[kind], values).public_id)
    db.release()
    return public_id


@pytest.fixture
def archivist(app: Flask, client: FlaskClient) -> FlaskClient:
    email = "archivist@demo.example"
    accounts.add_person(OPERATOR, email=email, name="A", roles=["archivist"], password=PASSWORD)
    db.release()
    token = Form(client.get("/account/login").text).values["csrf_token"]
    client.post("/account/login", data={"csrf_token": token, "email": email, "password": PASSWORD})
    return client


def send(client: FlaskClient, at: str, **values: Any) -> TestResponse:
    token = Form(client.get(at).text).values["csrf_token"]
    return client.post(at, data={"csrf_token": token, **values}, follow_redirects=True)


def file(text: str, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), name


def confirming(page: TestResponse) -> MultiDict[str, str]:
    """The form that takes over what was looked through."""
    return Form(page.text.split("Nothing is written yet.")[1].split("</form>")[0]).values


def compared(client: FlaskClient) -> None:
    """Press the button that has all names compared, and let the worker do it."""
    answer = send(client, f"{HOME}/duplicates", kind="agent", look="1")
    assert answer.status_code == 200
    jobs.run_due()
    db.release()


def test_a_pair_is_proposed_judged_and_not_proposed_again(archivist: FlaskClient) -> None:
    one, other = add("agent", name="Nagy Imre"), add("agent", name="Imre Nagy")
    assert "No two names" in archivist.get(f"{HOME}/duplicates?lang=en").text
    compared(archivist)
    page = archivist.get(f"{HOME}/duplicates?lang=en").text
    assert "the same name, but for order or accents" in page
    assert f"{one}/merge?with={other}" in page or f"{other}/merge?with={one}" in page
    send(archivist, f"{HOME}/duplicates", kind="agent", one=one, other=other)
    compared(archivist)
    assert "No two names" in archivist.get(f"{HOME}/duplicates?lang=en").text


def test_duplicates_of_an_unknown_kind_are_not_found(archivist: FlaskClient) -> None:
    assert archivist.get(f"{HOME}/duplicates?kind=ghost").status_code == 404
    assert send(archivist, f"{HOME}/duplicates", kind="ghost").status_code == 400


def test_a_vocabulary_is_walked_level_by_level_and_written_out(archivist: FlaskClient) -> None:
    exchange.take_over(OPERATOR, SKOS.encode(), scheme="war")
    db.release()
    assert "war" in archivist.get(f"{HOME}/vocabularies").text
    top = archivist.get(f"{HOME}/vocabularies/war").text
    assert "jármű" in top
    assert "harckocsi" not in top
    above = db.session().scalars(select(Concept.public_id).where(Concept.uri == "http://x/a")).one()
    db.release()
    assert "harckocsi" in archivist.get(f"{HOME}/vocabularies/war?below={above}").text
    answer = archivist.get(f"{HOME}/vocabularies/war.ttl")
    assert answer.mimetype == "text/turtle"
    assert len(exchange.read(answer.data)) > 8
    for missing in ("/vocabularies/none", "/vocabularies/war?below=x", "/vocabularies/none.rdf"):
        assert archivist.get(HOME + missing).status_code == 404


def test_a_new_vocabulary_gets_its_names(archivist: FlaskClient) -> None:
    values = {"code": "war", "title_hu": "Hadi szavak", "uri": "http://x/"}
    token = Form(archivist.get(f"{HOME}/vocabularies").text).values["csrf_token"]
    answer = archivist.post(
        f"{HOME}/vocabularies/new", data={"csrf_token": token, **values}, follow_redirects=True
    )
    assert "Hadi szavak" in answer.text
    wrong = archivist.post(
        f"{HOME}/vocabularies/new",
        data={"csrf_token": token, "code": "Not a code"},
        follow_redirects=True,
    )
    assert "nem lehet egy szótár kódja" in wrong.text
    kept = db.session().scalars(select(ConceptScheme)).one()
    assert (kept.code, kept.uri) == ("war", "http://x/")


def test_a_list_is_looked_through_then_taken_over(archivist: FlaskClient) -> None:
    at = f"{HOME}/take-over?lang=en"
    looked = send(archivist, at, file=file("Név,VIAF\nÉva Kő,abc\nAnna Jó,\n", "n.csv"), source="S")
    assert "Nothing is written yet." in looked.text
    assert "is no identifier of VIAF" in looked.text
    assert "Jó Anna" in looked.text
    assert db.session().query(Agent).count() == 0
    db.release()
    values = confirming(looked)
    done = archivist.post(at, data={**values.to_dict(), "take": "1"})
    assert "See the change, or undo it" in done.text
    agent = db.session().scalars(select(Agent)).one()
    assert (agent.name, agent.sources) == ("Jó Anna", "S")
    assert not service.upload_folder(values["token"]).exists()


def test_a_vocabulary_is_taken_over_into_a_new_scheme(archivist: FlaskClient) -> None:
    at = f"{HOME}/take-over?lang=en"
    looked = send(archivist, at, file=file(SKOS, "war.ttl"), scheme="subject", scheme_code="war")
    values = confirming(looked)
    archivist.post(at, data={**values.to_dict(), "take": "1"})
    assert set(db.session().scalars(select(Concept.scheme))) == {"war"}


@pytest.mark.parametrize(
    ("sent", "name", "sentence"),
    [
        ("a,b\n1,2\n", "a.csv", "looks like a name"),
        ("not a vocabulary", "a.ttl", "neither RDF/XML nor Turtle"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "a.rdf", "refused for safety"),
        ("", "", "Please choose a file"),
    ],
)
def test_a_wrong_file_is_said_to_be_one(
    archivist: FlaskClient, sent: str, name: str, sentence: str
) -> None:
    answer = send(archivist, f"{HOME}/take-over?lang=en", file=file(sent, name), scheme="subject")
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("path", ["/duplicates", "/vocabularies", "/take-over"])
def test_only_archivists_see_this(client: FlaskClient, path: str) -> None:
    assert client.get(HOME + path).status_code in (302, 401, 403)
