"""What is being typed, completed: for our field and for browsers, in both languages."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.collection import Collection, collection, exhibition, reader

__all__ = ["collection", "exhibition", "reader"]
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def suggested(reader: FlaskClient, typed: str, lang: str = "en") -> list[tuple[str, str, str]]:
    response = reader.get("/search/suggest", query_string={"q": typed, "lang": lang})
    assert response.content_type == "application/x-suggestions+json"
    assert "Set-Cookie" not in response.headers
    told: Any = response.get_json(force=True)
    assert told[0] == typed
    return list(zip(*told[1:], strict=True))


@pytest.mark.parametrize(
    ("typed", "text", "about"),
    [
        ("proba p", "Próba Pál", "person · 1 photograph"),
        ("PÁL PRÓ", "Próba Pál", "person · 1 photograph"),
        ("híd", "Próba híd", "place · 1 photograph"),
        ("wreck", "wreck", "1 photograph"),
        ("ronc", "roncsai", "1 photograph"),
    ],
)
def test_names_and_words_are_completed_without_accents_in_any_order(
    reader: FlaskClient, collection: Collection, typed: str, text: str, about: str
) -> None:
    told = suggested(reader, typed)
    found = {text: (about.casefold(), address) for text, about, address in told}
    assert found[text][0] == about
    leads = urlsplit(found[text][1])
    assert '<h1 id="found">0 ' not in reader.get(f"{leads.path}?{leads.query}").text


def test_who_is_seen_and_who_took_is_offered_once(
    reader: FlaskClient, collection: Collection
) -> None:
    texts = [text for text, _, _ in suggested(reader, "próba p")]
    assert texts.count("Próba Pál") == 1


@pytest.mark.parametrize("typed", ["", "p", " p ", "xyzzy", "\x00", "*", '"', "titkos", "x" * 500])
def test_what_begins_nothing_is_completed_by_nothing(
    reader: FlaskClient, collection: Collection, typed: str
) -> None:
    response = reader.get("/search/suggest", query_string={"q": typed})
    assert response.get_json(force=True)[1:] == [[], [], []]


def test_browsers_learn_where_to_ask(reader: FlaskClient, collection: Collection) -> None:
    page = reader.get("/").text
    link = re.search(r'<link rel="search"[^>]* href="([^"]+)"', page)
    assert link is not None
    description = ElementTree.fromstring(reader.get(link[1]).data)
    urls = {
        url.get("type"): str(url.get("template")) for url in description.iter(f"{OPENSEARCH}Url")
    }
    template = urls["application/x-suggestions+json"]
    address = urlsplit(template.replace("{searchTerms}", "proba"))
    assert reader.get(f"{address.path}?{address.query}").get_json(force=True)[1]
    assert "application/atom+xml" in urls
