"""A search is saved from its page, listed, renamed, removed; its letters are stopped by a link."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from archive import db, settings
from archive.accounts import service as accounts
from archive.history import system
from archive.search import alerts, follow
from archive.search.models import SavedSearch

PASSWORD = "four words in a row"


def post(client: FlaskClient, page: str, address: str = "", **data: str) -> TestResponse:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(page).text)
    assert found is not None
    return client.post(address or page, data={"csrf_token": found[1], **data})


@pytest.fixture
def publisher(app: Flask, client: FlaskClient) -> FlaskClient:
    """The browser of somebody who publishes photographs, in an archive whose index answers."""
    follow.reindex()
    accounts.add_person(
        system("test"), email="p@archive.example", roles=["publisher"], password=PASSWORD
    )
    db.release()
    post(client, "/account/login", email="p@archive.example", password=PASSWORD)
    return client


def kept() -> list[SavedSearch]:
    db.release()
    return list(db.session().scalars(select(SavedSearch)))


def test_a_search_is_saved_from_its_page_under_a_composed_name(publisher: FlaskClient) -> None:
    page = publisher.get("/search?q=lyukas+z%C3%A1szl%C3%B3&date=1956&sort=date&page=2&lang=en")
    link = re.search(r'<a href="([^"]+)"[^>]*>Save this search</a>', page.text)
    assert link is not None
    form = publisher.get(unescape(link[1])).text
    assert 'value="lyukas zászló, 1956"' in form
    answer = post(publisher, unescape(link[1]), name="Lyukas zászlók", alert="weekly")
    assert answer.location.startswith("/account/searches")
    (search,) = kept()
    assert (search.name, search.alert) == ("Lyukas zászlók", "weekly")
    assert search.query == "q=lyukas+z%C3%A1szl%C3%B3&date=1956&sort=date"
    listed = publisher.get("/account/searches").text
    assert "Lyukas zászlók" in listed
    opened, feed = (
        unescape(a) for a in re.findall(r'href="([^"]*(?:search\?|search\.atom)[^"]*)', listed)
    )
    assert publisher.get(opened).status_code == 200
    assert publisher.get(feed).content_type.startswith("application/atom+xml")


def test_it_is_renamed_and_removed(publisher: FlaskClient) -> None:
    post(publisher, "/account/searches/new?q=tank", name="Tank", alert="never")
    (search,) = kept()
    page = f"/account/searches/{search.public_id}"
    assert post(publisher, page, name="", alert="never").status_code == 422
    post(publisher, page, name="Páncélos", alert="daily")
    assert [(one.name, one.alert) for one in kept()] == [("Páncélos", "daily")]
    post(publisher, page, f"{page}/remove")
    assert kept() == []


def test_who_is_not_signed_in_signs_in_and_comes_back(publisher: FlaskClient, app: Flask) -> None:
    answer = app.test_client().get("/account/searches/new?q=tank")
    assert answer.status_code == 302
    assert "next=" in answer.location
    assert "q%3Dtank" in answer.location


def test_nobody_sees_the_search_of_another(publisher: FlaskClient, app: Flask) -> None:
    post(publisher, "/account/searches/new?q=tank", name="Titkos keresés", alert="daily")
    (search,) = kept()
    page = f"/account/searches/{search.public_id}"
    accounts.add_person(
        system("test"), email="a@archive.example", roles=["administrator"], password=PASSWORD
    )
    db.release()
    other = app.test_client()
    post(other, "/account/login", email="a@archive.example", password=PASSWORD)
    assert "Titkos keresés" not in other.get("/account/searches").text
    assert other.get(page).status_code == 404
    assert post(other, "/account/searches/new?q=x", f"{page}/remove").status_code == 404
    assert len(kept()) == 1


def test_the_link_of_a_letter_asks_when_opened_and_stops_when_posted(
    publisher: FlaskClient, app: Flask
) -> None:
    post(publisher, "/account/searches/new?q=tank", name="Tank", alert="daily")
    (search,) = kept()
    stranger = app.test_client()
    link = f"/account/searches/stop/{alerts.stop_token(search.public_id)}"
    opened = stranger.get(link)
    assert "Set-Cookie" not in opened.headers
    assert "p@archive" not in opened.text
    assert kept()[0].alert == "daily"
    stopped = stranger.post(link, data={"List-Unsubscribe": "One-Click"})
    assert stopped.status_code == 200
    assert "Set-Cookie" not in stopped.headers
    assert kept()[0].alert == "never"
    assert stranger.post(link).status_code == 200
    forged = f"/account/searches/stop/{search.public_id}.abc"
    assert (stranger.get(forged).status_code, stranger.post(forged).status_code) == (400, 400)


def test_a_full_list_says_so_and_keeps_what_was_typed(publisher: FlaskClient, app: Flask) -> None:

    settings.use(settings.current().model_copy(update={"saved_searches_most": 1}))
    post(publisher, "/account/searches/new?q=tank", name="Tank", alert="never")
    answer = post(publisher, "/account/searches/new?q=ló", name="Lovak neve", alert="never")
    assert answer.status_code == 422
    assert 'value="Lovak neve"' in answer.text
    assert len(kept()) == 1
