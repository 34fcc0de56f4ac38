"""Home and results: what is found, how it is narrowed, and ways on when nothing is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from archive import db
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
    pages = [a for a in chosen if not a.startswith("/search.atom")]  # a feed is read elsewhere
    strays = [a for a in pages if "lang=en" not in a or "theme=darkroom" not in a]
    assert strays == ["/search?lang=en&facets=all"]  # the link back to the system's appearance
    assert '<html lang="en" data-theme="darkroom">' in page


def test_why_a_photograph_was_found(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/search?q=hooligans&lang=en&view=list")
    assert "caption: <mark>Hooligans</mark> on the ruins." in page


def test_nothing_found_offers_wider_searches(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/search?q=hooligans&year=1949&lang=en")
    assert "No photograph matches this" in page
    (at_any_time,) = links(page, "At any time")
    assert "year=" not in at_any_time
    assert "1 photograph:" in page_of(reader, at_any_time)
    assert "2 photographs" in page_of(reader, links(page, "All photographs")[0])


def test_nothing_is_offered_that_finds_nothing(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/search?q=xyzzy&year=1956&lang=en")
    assert not links(page, "At any time")
    assert not links(page, "without filters")
    assert links(page, "All photographs")


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


@pytest.mark.parametrize("view", ["grid", "list", "contact", "timeline", "map", "nonsense"])
def test_every_view_shows_the_same_photographs(
    reader: FlaskClient, collection: Collection, view: str
) -> None:
    page = page_of(reader, f"/search?view={view}")
    shown = set(re.findall(r'class="sheet-link" href="/photographs/([a-z0-9]+)', page))
    assert shown == {collection.free, collection.protected}


def test_words_as_they_were_found_are_named(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/search?q=romok&lang=en")
    found = re.search(r"Found as: (.*?)</p>", page)
    assert found
    assert "romjai" in found[1]
    assert "<mark>roncsai</mark>" in page_of(reader, "/search?q=roncsok&lang=hu")


def test_certain_and_possible_are_told_apart(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/search?date=1949-06&lang=en")
    assert "(possibly then)" in page
    certainly = links(page, "certainly")
    possibly = links(page, "possibly")
    assert [bool(certainly), bool(possibly)] == [False, True]
    assert "Tér este" in page_of(reader, possibly[0])


def test_time_is_narrowed_step_by_step(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/search?lang=en&year=1956")
    (day,) = links(page, "<span>Oct 23</span>") or links(page, "<span>23 Oct</span>")
    narrowed = page_of(reader, day)
    assert "1 photograph" in narrowed
    (back,) = links(narrowed, "All times")
    assert "2 photographs" in page_of(reader, back)


def test_the_timeline_view_is_in_order_of_time(reader: FlaskClient, collection: Collection) -> None:
    page = page_of(reader, "/search?view=timeline&lang=en&sort=newest")
    shown = re.findall(r'class="sheet-link" href="/photographs/([a-z0-9]+)([^"]*)', page)
    assert [public_id for public_id, _ in shown] == [collection.protected, collection.free]
    assert all("sort=date" in unescape(trail) for _, trail in shown)
    beside = page_of(reader, f"/photographs/{shown[0][0]}{unescape(shown[0][1])}")
    assert links(beside, "Next")[0].startswith(f"/photographs/{collection.free}?")


def test_the_map_leads_to_the_photographs_of_a_place(
    reader: FlaskClient, collection: Collection
) -> None:
    page = page_of(reader, "/search?view=map&lang=en")
    (spot,) = re.findall(r'<a href="([^"]+)"[^>]*class="spot', page)
    narrowed = page_of(reader, unescape(spot))
    assert "1 photograph" in narrowed
    assert "Titkos utca" not in page
    elsewhere = page_of(reader, "/search?view=map&lang=en&box=10,10,20,20")
    assert 'class="spot' not in elsewhere
    assert "1 place lies outside" in elsewhere
    assert 'class="spot' in page_of(reader, links(elsewhere, "All places")[0])


@pytest.mark.parametrize("box", ["x", "1,2,3", "-91,0,91,900", "nan,nan,nan,nan", "0,0,0,0"])
def test_any_part_of_the_map_may_be_asked_for(
    reader: FlaskClient, collection: Collection, box: str
) -> None:
    assert "photographs" in page_of(reader, f"/search?view=map&lang=en&box={box}")


@pytest.mark.parametrize("view", ["grid", "list", "contact", "timeline", "map"])
def test_the_twin_as_data_says_the_same(
    reader: FlaskClient, collection: Collection, view: str
) -> None:
    page = page_of(reader, f"/search?view={view}&lang=en&year=1956&year=1949&limit=1&page=2")
    (twin,) = re.findall(r'type="application/json" href="([^"]+)"', page)
    data = reader.get(unescape(twin) + "&limit=1").get_json()
    shown = re.findall(r'class="sheet-link" href="/photographs/([a-z0-9]+)', page)
    assert [hit["id"] for hit in data["hits"]] == shown
    assert data["total"] == 2
    assert {count["value"] for count in data["facets"]["year"] if count.get("chosen")} == {
        "1949",
        "1956",
    }
    places = [(place["label"], place["count"]) for place in data.get("places", [])]
    assert places == ([("Próba híd", 1)] if view == "map" else [])


# What a page of results may read: what was changed last, who may see what, how large the pictures
# are, and for the map where its places are. Never records, captions, names or dates: those are in
# the index.
READ = {"image", "access", "picture", "change"}


@pytest.mark.parametrize("view", ["grid", "list", "contact", "timeline", "map"])
def test_a_page_reads_no_catalogue_row_it_does_not_show(
    reader: FlaskClient, collection: Collection, view: str
) -> None:
    address = f"/search?q=híd&view={view}&facets=all&lang=en"
    page_of(reader, address)  # what was hidden since the index was written is looked up once
    with statements() as said:
        page_of(reader, address)
    tables = {table for text in said for table in re.findall(r"(?:FROM|JOIN) (\w+)", text)}
    assert tables <= READ | ({"place"} if view == "map" else set())
    assert len(said) <= 6


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    said: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    yield said
    event.remove(db.engine(), "before_cursor_execute", note)


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
