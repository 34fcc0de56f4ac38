"""The page of a photograph: what it says, in what order, and what it keeps to itself."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.collection import CANARY, Collection, collection, exhibition, reader

__all__ = ["collection", "exhibition", "reader"]
HIDDEN = (CANARY, "Titkos Tamás", "B/12. polc")


def text_of(reader: FlaskClient, address: str) -> str:
    response = reader.get(address)
    assert response.status_code == 200, response.status
    return response.get_data(as_text=True)


def test_says_what_is_known_in_the_readers_language(
    reader: FlaskClient, collection: Collection
) -> None:
    hungarian = text_of(reader, f"/photographs/{collection.free}?lang=hu")
    english = text_of(reader, f"/photographs/{collection.free}?lang=en")
    assert '<h1 data-look="title">A híd roncsai</h1>' in hungarian
    assert "1956. október 23." in hungarian
    assert "az adományozó" not in hungarian
    assert "Mit tehetek ezzel a fényképpel?" in hungarian
    assert '<h1 data-look="title">Wreck of the bridge</h1>' in english
    assert "23 October 1956" in english
    assert '<p class="wording" lang="hu">Egy híd romjai a folyóban.</p>' in english


def test_a_title_in_the_other_language_is_marked(
    reader: FlaskClient, collection: Collection
) -> None:
    page = text_of(reader, f"/photographs/{collection.protected}?lang=en")
    assert '<h1 data-look="title" lang="hu">Tér este</h1>' in page


def test_the_note_stands_before_contested_wording(
    reader: FlaskClient, collection: Collection
) -> None:
    page = text_of(reader, f"/photographs/{collection.free}?lang=en")
    assert page.index("The agency’s own word.") < page.index("Hooligans on the ruins.")
    assert "Agency caption, on the back – Trial Agency, 1956" in page


def test_the_archive_says_it_once_more_in_the_other_language_at_the_end(
    reader: FlaskClient, collection: Collection
) -> None:
    page = text_of(reader, f"/photographs/{collection.free}?lang=en")
    assert page.index("Hooligans on the ruins.") < page.index("Egy híd romjai a folyóban.")


def test_the_back_is_a_link_that_works_without_scripts(
    reader: FlaskClient, collection: Collection
) -> None:
    page = text_of(reader, f"/photographs/{collection.free}")
    assert f"/photographs/{collection.free}?shown=verso" in page
    back = text_of(reader, f"/photographs/{collection.free}?shown=verso")
    front_picture, back_picture = (
        re.search(r'<img src="([^"]+)"', found)[1]
        for found in (page, back)  # type: ignore[index]
    )
    assert front_picture != back_picture
    assert reader.get(back_picture, buffered=True).mimetype == "image/jpeg"


@pytest.mark.parametrize("ending", ["", ".json"])
def test_private_words_stay_private(
    reader: FlaskClient, collection: Collection, ending: str
) -> None:
    page = text_of(reader, f"/photographs/{collection.free}{ending}")
    assert [secret for secret in HIDDEN if secret in page] == []


def test_free_photographs_are_downloaded_and_protected_ones_licensed(
    reader: FlaskClient, collection: Collection
) -> None:
    free = text_of(reader, f"/photographs/{collection.free}")
    protected = text_of(reader, f"/photographs/{collection.protected}")
    download = re.search(r'href="(/photographs/[^"]+/download[^"]*)"', free)
    assert download
    file = reader.get(unescape(download[1]), buffered=True)
    assert file.status_code == 200
    assert file.headers["Content-Disposition"] == "attachment; filename=HU-T-1-1.jpg"
    assert b"photoshop:Credit" in file.data
    assert "/download" not in protected
    assert f"/licensing/request/{collection.protected}" in protected


def test_no_picture_is_offered_beyond_what_rights_allow(
    reader: FlaskClient, collection: Collection
) -> None:
    page = text_of(reader, f"/photographs/{collection.protected}")
    pictures = set(re.findall(r"/media/[a-z0-9]+/\d+\.jpg", page))
    assert pictures
    assert {reader.get(address, buffered=True).status_code for address in pictures} == {200}


@pytest.mark.parametrize("ending", ["", ".json"])
def test_a_draft_is_not_there_and_a_withdrawn_one_is_gone(
    reader: FlaskClient, collection: Collection, ending: str
) -> None:
    assert reader.get(f"/photographs/{collection.draft}{ending}").status_code == 404
    gone = reader.get(f"/photographs/{collection.withdrawn}{ending}?lang=en")
    assert gone.status_code == 410
    assert "Visszavont felvétel" not in gone.get_data(as_text=True)


def test_a_withdrawn_photograph_tells_the_class_of_its_reason(
    reader: FlaskClient, collection: Collection
) -> None:
    page = reader.get(f"/photographs/{collection.withdrawn}?lang=en").get_data(as_text=True)
    assert "to protect somebody who can be seen in it" in page


def test_linked_data_is_the_licensable_image(reader: FlaskClient, collection: Collection) -> None:
    page = text_of(reader, f"/photographs/{collection.protected}?lang=en")
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page)
    assert found
    told = json.loads(found[1])
    assert told["@type"] == "ImageObject"
    assert told["license"] == "http://rightsstatements.org/vocab/InC/1.0/"
    assert told["creator"] == [{"@type": "Person", "name": "Próba Pál"}]
    assert told["acquireLicensePage"].endswith(f"/photographs/{collection.protected}")
    assert told["creditText"] == "Próba Archívum"


def test_one_canonical_address_without_the_readers_choices(
    reader: FlaskClient, collection: Collection
) -> None:
    page = text_of(reader, f"/photographs/{collection.free}?lang=en&theme=darkroom&shown=verso")
    address = f"http://127.0.0.1:8000/photographs/{collection.free}"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<link rel="alternate" hreflang="hu" href="{address}?lang=hu">' in page


def test_neighbours_in_the_results_one_came_from(
    reader: FlaskClient, collection: Collection
) -> None:
    results = text_of(reader, "/search?sort=id")
    assert f"/photographs/{collection.free}?sort=id&amp;at=1" in results
    first = text_of(reader, f"/photographs/{collection.free}?sort=id&at=1")
    assert re.search(rf'rel="next" href="/photographs/{collection.protected}\?[^"]*at=2', first)
    assert 'rel="prev"' not in first


def test_turning_a_photograph_over_narrows_no_results(
    reader: FlaskClient, collection: Collection
) -> None:
    asked = f"/photographs/{collection.free}?sort=id&at=1"
    front = text_of(reader, asked)
    other = re.findall(r'href="([^"]+)" rel="nofollow" data-side', front)[-1]
    back = text_of(reader, unescape(other))
    place = re.compile(r'href="/search[^"]*">([^<]+)<')
    assert place.findall(front)
    assert place.findall(front) == place.findall(back)


@pytest.mark.parametrize("at", ["0", "-1", "x", "2", "999999", "9" * 40])
def test_a_wrong_place_in_the_results_shows_no_neighbours(
    reader: FlaskClient, collection: Collection, at: str
) -> None:
    page = text_of(reader, f"/photographs/{collection.free}?sort=id&at={at}")
    assert 'class="neighbours"' not in page


def test_hostile_words_stay_words(reader: FlaskClient, collection: Collection) -> None:
    page = text_of(reader, f"/photographs/{collection.free}?shown=%22%3E%3Cscript%3Ealert(1)")
    assert "<script>alert" not in page
    page = text_of(reader, "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page
