"""Who finds nothing: the search is counted behind the page, and the reader may tell us more."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from archive import db
from archive.accounts import service as accounts
from archive.history import system
from archive.search import follow, misses
from archive.search.models import Miss, Wish

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"


@pytest.fixture(autouse=True)
def _index(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that answers for the empty archive, and a minute in which nothing was counted."""
    follow.reindex()
    monkeypatch.setattr(misses, "_allowance", misses.Allowance())


def look(client: FlaskClient, query: str, **headers: str) -> TestResponse:
    """Open a page of results and read it to its end, as a browser does."""
    sent = {"User-Agent": FIREFOX, **{k.replace("_", "-"): v for k, v in headers.items()}}
    return client.get(f"/search{query}", headers=sent, buffered=True)


def counted() -> list[tuple[str, int]]:
    db.release()
    return [(miss.words, miss.count) for miss in db.session().scalars(select(Miss))]


def test_words_that_find_nothing_are_counted(client: FlaskClient) -> None:
    look(client, "?q=Lyukas+zászló")
    look(client, "?q=lyukas+zaszlo&sort=date&lang=en")
    assert counted() == [("Lyukas zászló", 2)]


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("", {}),
        ("?q=zászló&year=1956", {}),
        ("?q=zászló&date=1956", {}),
        ("?q=zászló&page=2", {}),
        ("?q=zászló", {"User_Agent": "Googlebot/2.1"}),
        ("?q=zászló", {"Sec_Fetch_Dest": "empty"}),
        ("?q=zászló", {"Sec_Purpose": "prefetch"}),
    ],
)
def test_what_no_person_looked_for_in_words_alone_is_not(
    client: FlaskClient, query: str, headers: dict[str, str]
) -> None:
    assert look(client, query, **headers).status_code == 200
    assert counted() == []


def test_the_staff_looking_around_is_not_counted(app: Flask, client: FlaskClient) -> None:
    accounts.add_person(
        system("test"),
        email="anna@archive.example",
        password="four words in a row",
        roles=["archivist"],
    )
    token = _token(client.get("/account/login").text)
    form = {"email": "anna@archive.example", "password": "four words in a row"}
    client.post("/account/login", data={**form, "csrf_token": token})
    look(client, "?q=zászló")
    assert counted() == []


def test_a_count_that_fails_costs_the_reader_nothing(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with db.engine().begin() as connection:
        connection.exec_driver_sql("ALTER TABLE search_miss RENAME TO elsewhere")
    assert look(client, "?q=zászló").status_code == 200
    assert "was not counted" in caplog.text


def test_an_empty_page_of_results_sets_no_cookie_and_offers_the_form(client: FlaskClient) -> None:
    page = look(client, "?q=lyukas+zászló")
    assert "Set-Cookie" not in page.headers
    link = re.search(r'href="(/tell-us\?q=[^"]+)"', page.text)
    assert link is not None
    assert "lyukas zászló" in client.get(link[1]).text


def test_a_reader_tells_what_they_looked_for(client: FlaskClient) -> None:
    token = _token(client.get("/tell-us").text)
    wish = {"words": "Lyukas zászló", "told": "Corvin köz", "contact": "a@b.example"}
    answer = client.post("/tell-us", data={**wish, "csrf_token": token}, follow_redirects=True)
    assert answer.status_code == 200
    kept = db.session().scalars(select(Wish)).one()
    assert (kept.words, kept.told, kept.contact) == ("Lyukas zászló", "Corvin köz", "a@b.example")


def test_a_wish_needs_words_and_keeps_the_rest(client: FlaskClient) -> None:
    token = _token(client.get("/tell-us").text)
    answer = client.post("/tell-us", data={"told": "Corvin köz", "csrf_token": token})
    assert answer.status_code == 422
    assert "Corvin köz" in answer.text
    assert db.session().scalars(select(Wish)).all() == []


def test_a_forged_wish_is_refused(client: FlaskClient) -> None:
    assert client.post("/tell-us", data={"words": "zászló"}).status_code == 400
    assert db.session().scalars(select(Wish)).all() == []


def test_wishes_are_limited(client: FlaskClient) -> None:
    token = _token(client.get("/tell-us").text)
    form = {"words": "zászló", "csrf_token": token}
    codes = [client.post("/tell-us", data=form).status_code for _ in range(31)]
    assert codes[-1] == 429


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert found is not None
    return found[1]
