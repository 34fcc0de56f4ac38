"""The authority file as a browser without scripts sees it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import db, history
from archive.accounts import service as accounts
from archive.catalogue import authorities
from archive.catalogue.models import Agent, Place

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
