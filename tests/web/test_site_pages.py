"""Names, standing pages, errors, and what machines read."""

from __future__ import annotations

import re
from xml.etree.ElementTree import fromstring

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from archive import db
from archive.catalogue.models import Place
from tests.collection import Collection, collection, exhibition, reader

__all__ = ["collection", "exhibition", "reader"]
STANDING = ("/about", "/privacy", "/accessibility", "/developers")


def record(reader: FlaskClient, public_id: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = reader.get(f"/photographs/{public_id}.json").get_json()
    return found


def test_a_person_with_what_they_took_and_where_they_are_seen(
    reader: FlaskClient, collection: Collection
) -> None:
    person = record(reader, collection.protected)["agents"][0]["id"]
    page = reader.get(f"/people/{person}?lang=en").get_data(as_text=True)
    assert "<h1>Próba Pál</h1>" in page
    assert page.index("Photographs taken") < page.index(collection.protected)
    assert page.index("Photographs that show them") < page.rindex(collection.free)
    twin = reader.get(f"/people/{person}.json").get_json()
    assert twin["photographs"] == 2


@pytest.mark.parametrize("kind", ["places", "events"])
def test_places_and_events_show_their_photographs(
    reader: FlaskClient, collection: Collection, kind: str
) -> None:
    key = record(reader, collection.free)[kind][0]["id"]
    page = reader.get(f"/{kind}/{key}").get_data(as_text=True)
    assert f"/photographs/{collection.free}" in page
    assert reader.get(f"/{kind}/{key}.json").get_json()["photographs"] == 1


def test_a_collection_shows_what_is_public_in_it(
    reader: FlaskClient, collection: Collection
) -> None:
    page = reader.get(f"/collections/{collection.unit}?lang=en").get_data(as_text=True)
    assert "<h1>Trial fonds</h1>" in page
    assert collection.draft not in page
    assert reader.get(f"/collections/{collection.unit}.json").get_json()["photographs"] == 2


def test_names_of_hidden_photographs_are_not_told(
    reader: FlaskClient, collection: Collection
) -> None:
    secret = _key_of("Titkos utca")
    assert reader.get(f"/places/{secret}").status_code == 404
    assert reader.get(f"/places/{secret}.json").status_code == 404


def _key_of(place: str) -> str:
    places = db.session().scalars(select(Place))
    return next(found.public_id for found in places if place in found.name.values())


@pytest.mark.parametrize("address", STANDING)
@pytest.mark.parametrize(("lang", "word"), [("hu", "Az archívumról"), ("en", "About the archive")])
def test_standing_pages_speak_both_languages(
    reader: FlaskClient, address: str, lang: str, word: str
) -> None:
    page = reader.get(f"{address}?lang={lang}").get_data(as_text=True)
    assert f'<html lang="{lang}">' in page
    assert word in page


def test_the_browser_is_asked_for_its_language(reader: FlaskClient) -> None:
    page = reader.get("/about", headers={"Accept-Language": "en-GB,en;q=0.8"})
    assert '<html lang="en">' in page.get_data(as_text=True)
    assert page.headers["Content-Language"] == "en"


def test_robots_and_sitemap_name_only_what_is_public(
    reader: FlaskClient, collection: Collection
) -> None:
    robots = reader.get("/robots.txt").get_data(as_text=True)
    assert "Disallow: /workbench/" in robots
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in robots
    index = fromstring(reader.get("/sitemap.xml").data)
    assert [loc.text for loc in index.findall(".//{*}loc")] == [
        "http://127.0.0.1:8000/sitemap.xml?page=1"
    ]
    entries = fromstring(reader.get("/sitemap.xml?page=1").data)
    named = {loc.text.rsplit("/", 1)[1] for loc in entries.findall(".//{*}loc") if loc.text}
    assert named == {collection.free, collection.protected}
    assert reader.get("/sitemap.xml?page=2").status_code == 404


def test_a_browser_may_search_here(reader: FlaskClient) -> None:
    described = fromstring(reader.get("/opensearch.xml").data)
    templates = {url.get("type"): url.get("template") for url in described.findall(".//{*}Url")}
    assert templates["text/html"] == "http://127.0.0.1:8000/search?q={searchTerms}"


@pytest.mark.parametrize("address", ["/nothing", "/photographs/nothing", "/people/x", "/places/x"])
def test_what_is_not_there_has_a_page_in_words(reader: FlaskClient, address: str) -> None:
    response = reader.get(f"{address}?lang=en")
    page = response.get_data(as_text=True)
    assert response.status_code == 404
    assert "There is nothing at this address" in page
    assert "Traceback" not in page


def test_an_anonymous_reader_gets_no_cookie(reader: FlaskClient, collection: Collection) -> None:
    visited = ("/", "/search?q=h%C3%ADd", f"/photographs/{collection.free}", *STANDING, "/nothing")
    assert [a for a in visited if "Set-Cookie" in reader.get(a).headers] == []


def test_pages_need_no_unsafe_inline(reader: FlaskClient, collection: Collection) -> None:
    for address in ("/", "/search", f"/photographs/{collection.free}", "/about", "/nothing"):
        response = reader.get(address)
        page = response.get_data(as_text=True)
        assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
        assert not re.search(r"\sstyle=|\son\w+=", page), address
        scripts = re.findall(r"<script([^>]*)>", page)
        assert all("src=" in s or "application/ld+json" in s for s in scripts), address


@pytest.mark.parametrize("lang", ["hu", "en"])
def test_developers_are_promised_no_more_than_is_served(reader: FlaskClient, lang: str) -> None:
    served = {rule.rule.split("/")[1] for rule in reader.application.url_map.iter_rules()}
    assert ("OAI-PMH" in reader.get(f"/developers?lang={lang}").text) == ("oai" in served)
