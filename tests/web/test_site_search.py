"""Home and results: what is found, how it is narrowed, and ways on when nothing is."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.collection import Collection, collection, exhibition, reader

__all__ = ["collection", "exhibition", "reader"]


def page_of(reader: FlaskClient, address: str) -> str:
    response = reader.get(address)
    assert response.status_code == 200, response.status
    return response.get_data(as_text=True)


def links(page: str, words: str) -> list[str]:
    """The addresses of links whose text has these words."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [unescape(address) for address, text in found if words in text]


def test_home_counts_only_what_is_public(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/?lang=en")
    assert re.search(r"<dt>photographs</dt><dd>2</dd>", page)
    assert "Kiadatlan" not in page
    assert "Titkos" not in page


def test_the_examples_on_the_home_page_find_something(
    reader: FlaskClient, collection: Collection
) -> None:
    page = page_of(reader, "/?lang=en")
    tries = re.search(r'<p class="tries">(.*?)</p>', page, re.DOTALL)
    assert tries
    examples = [unescape(address) for address in re.findall(r'href="([^"]+)"', tries[1])]
    assert examples
    for address in examples:
        assert '<h1 id="found">0 ' not in page_of(reader, address)


def test_a_facet_narrows_and_its_chip_takes_it_away(
    reader: FlaskClient, collection: Collection
) -> None:
    everything = page_of(reader, "/search?lang=en&facets=all")
    (narrow,) = links(everything, "approximate")
    narrowed = page_of(reader, narrow)
    assert "1 photograph" in narrowed
    assert "Tér este" in narrowed
    assert "Wreck of the bridge" not in narrowed
    chip = re.search(r'class="chip" href="([^"]+)"', narrowed)
    assert chip
    assert "2 photographs" in page_of(reader, unescape(chip[1]))


def test_links_keep_language_and_appearance(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/search?lang=en&theme=darkroom&facets=all")
    inside = [unescape(a) for a in re.findall(r'<a [^>]*href="(/[^"]*)"', page)]
    chosen = [a for a in inside if "lang=hu" not in a and "theme=paper" not in a]
    strays = [a for a in chosen if "lang=en" not in a or "theme=darkroom" not in a]
    assert strays == ["/search?lang=en&facets=all"]  # the link back to the system's appearance
    assert '<html lang="en" data-theme="darkroom">' in page


def test_why_a_photograph_was_found(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/search?q=hooligans&lang=en&view=list")
    assert "caption: <mark>Hooligans</mark> on the ruins." in page


def test_nothing_found_offers_wider_searches(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/search?q=xyzzy&year=1956&lang=en")
    assert "No photograph matches this" in page
    (at_any_time,) = links(page, "At any time")
    assert "year=" not in at_any_time
    assert "2 photographs" in page_of(reader, links(page, "All photographs")[0])


def test_misspelt_words_are_answered_with_a_suggestion(
    reader: FlaskClient, collection: Collection
) -> None:
    page = page_of(reader, "/search?q=hoolihans&lang=en")
    assert links(page, "hooligans")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("q=(h%C3%ADd", "bracket was not closed"),
        ("date=tegnap+este", "not understood as a date"),
        ("sort=colour", "no order called"),
        ("page=100000", "Pages end at"),
        ("page=x", "is not a page"),
    ],
)
def test_mistakes_are_told_and_never_refused(
    reader: FlaskClient, collection: Collection, query: str, told: str
) -> None:
    assert told in page_of(reader, f"/search?{query}&lang=en")


@pytest.mark.parametrize("view", ["grid", "list", "contact", "nonsense"])
def test_every_view_shows_the_same_photographs(
    reader: FlaskClient, collection: Collection, view: str
) -> None:
    page = page_of(reader, f"/search?view={view}")
    shown = set(re.findall(r'class="sheet-link" href="/photographs/([a-z0-9]+)', page))
    assert shown == {collection.free, collection.protected}


def test_results_as_data(reader: FlaskClient, collection: Collection) -> None:
    found = reader.get("/search.json?q=roncsai").get_json()
    assert found["total"] == 1
    assert found["hits"][0]["id"] == collection.free
    assert found["hits"][0]["address"].endswith(f"/photographs/{collection.free}")
    assert "state" not in found["facets"]


def test_pages_of_results(reader: FlaskClient, collection: Collection) -> None:
    first = page_of(reader, "/search?sort=id&limit=1&lang=en")
    (second,) = links(first, "Next")
    page = page_of(reader, second)
    assert "Tér este" in page
    assert 'aria-current="page">2<' in page
