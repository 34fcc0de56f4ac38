"""Manifests and collections as viewers of other sites read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from archive import db
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, Rights
from archive.interop.collections import PAGE
from tests.gallery import FREE, SECRET, TESTER, Gallery, gallery

__all__ = ["gallery"]
ROOT = "http://localhost"
PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
LANGUAGE = re.compile(r"none|hu|en")
# Properties that a resource must have (Presentation API 3.0, appendix A).
REQUIRED = {
    "Collection": {"id", "type", "label"},
    "Manifest": {"id", "type", "label"},
    "Canvas": {"id", "type", "label", "width", "height", "items"},
    "AnnotationPage": {"id", "type", "items"},
    "Annotation": {"id", "type", "motivation", "body", "target"},
    "Image": {"id", "type", "format"},
    "Agent": {"id", "type", "label", "homepage"},
    "Text": {"id", "type", "label", "format"},
    "Dataset": {"id", "type", "label", "format"},
    "ImageService3": {"id", "type", "profile"},
    "TextualBody": {"type", "value"},
}
LANGUAGE_MAPS = ("label", "summary")
LISTS = ("items", "metadata", "provider", "homepage", "seeAlso", "thumbnail", "partOf", "service",
         "annotations")  # fmt: skip


def told(client: FlaskClient, address: str) -> dict[str, Any]:
    response = client.get(address.removeprefix(ROOT))
    assert response.status_code == 200, response.get_data(as_text=True)
    found: dict[str, Any] = json.loads(response.data)
    faults = [*check(found), *twice(found)]
    assert faults == []
    assert found["@context"] == PRESENTATION
    return found


def manifest(client: FlaskClient, public_id: str) -> dict[str, Any]:
    return told(client, f"/iiif/manifest/{public_id}")


def check(node: Any, where: str = "") -> Iterator[str]:
    """What is wrong with a resource and everything in it by the rules of Presentation 3.0."""
    if isinstance(node, list):
        for number, entry in enumerate(node):
            yield from check(entry, f"{where}[{number}]")
    elif isinstance(node, dict):
        kind = node.get("type", "")
        if "type" in node and kind not in REQUIRED:
            yield f"{where}: there is no type {kind}"
        if kind not in ("Manifest", "Collection", "Canvas") or len(node) > 3:
            yield from (
                f"{where}: {name} is missing" for name in REQUIRED.get(kind, set()) - {*node}
            )
        yield from _values(node, where)
        for name, value in node.items():
            yield from check(value, f"{where}/{name}")


def _values(node: dict[str, Any], where: str) -> Iterator[str]:
    for name, value in node.items():
        if value in ("", [], {}, None):
            yield f"{where}/{name} is empty"
        if name in LISTS and not isinstance(value, list):
            yield f"{where}/{name} is no list"
        if name in LANGUAGE_MAPS or (name == "value" and node.get("type") != "TextualBody"):
            yield from _language_map(value, f"{where}/{name}")
        if name == "id" and not value.startswith(ROOT):
            yield f"{where}/id leads elsewhere: {value}"


def _language_map(value: Any, where: str) -> Iterator[str]:
    for language, texts in value.items():
        if not LANGUAGE.fullmatch(language) or not isinstance(texts, list) or not all(texts):
            yield f"{where} is no language map: {value}"


def twice(found: dict[str, Any]) -> list[str]:
    """Identifiers of canvases, pages and annotations that are given more than once."""
    kinds = r'"type": "(Canvas|AnnotationPage|Annotation)"'
    seen: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if re.fullmatch(kinds, f'"type": "{node.get("type")}"'):
                seen.append(node["id"])
            node = list(node.values())
        if isinstance(node, list):
            for entry in node:
                walk(entry)

    walk(found)
    return [name for name in set(seen) if seen.count(name) > 1]


# --- manifests ---


def test_a_photograph_with_its_back(gallery: Gallery) -> None:
    reader = gallery.reader()
    found = manifest(reader, gallery.free.id)
    assert found["id"] == f"{ROOT}/iiif/manifest/{gallery.free.id}"
    assert found["label"] == {"hu": ["Vonalak: free"], "en": ["Lines: free"]}
    assert found["summary"] == {"hu": ["Ami látszik: free"]}
    assert found["rights"] == FREE
    assert found["requiredStatement"]["value"] == {"none": ["Próba Archívum"]}
    assert found["navDate"] == "1956-10-23T00:00:00Z"
    assert found["homepage"][0]["id"] == f"{ROOT}/photographs/{gallery.free.id}"
    assert [canvas["label"] for canvas in found["items"]] == [
        {"hu": ["Előlap"], "en": ["Front"]},
        {"hu": ["Hátlap"], "en": ["Back"]},
    ]
    facts = {entry["label"]["en"][0]: entry["value"] for entry in found["metadata"]}
    assert facts["Date"] == {"hu": ["1956. október 23."], "en": ["23 October 1956"]}
    assert facts["Reference code"] == {"none": ["HU-G/free"]}


def test_every_address_in_a_manifest_answers(gallery: Gallery) -> None:
    reader = gallery.reader()
    for photograph in (gallery.free, gallery.protected, gallery.without):
        found = manifest(reader, photograph.id)
        addresses = [
            found["seeAlso"][0]["id"],
            found["homepage"][0]["id"],
            found["partOf"][0]["id"],
            *(canvas["items"][0]["items"][0]["body"]["id"] for canvas in found["items"]),
            *(f"{picture['service'][0]['id']}/info.json" for picture in found.get("thumbnail", [])),
            *(picture["id"] for picture in found.get("thumbnail", [])),
        ]
        for address in addresses:
            assert reader.get(address.removeprefix(ROOT), buffered=True).status_code == 200, address


def test_the_picture_is_as_large_as_it_may_be(gallery: Gallery) -> None:
    reader, staff = gallery.reader(), gallery.archivist()
    for client, size in ((reader, (1200, 831)), (staff, (2600, 1800))):
        canvas = manifest(client, gallery.protected.id)["items"][0]
        assert (canvas["width"], canvas["height"]) == (2600, 1800)
        body = canvas["items"][0]["items"][0]["body"]
        assert (body["width"], body["height"]) == size
        info = client.get(f"/iiif/3/{gallery.protected.asset}/info.json").get_json(force=True)
        assert (info["width"], info["height"]) == size


def test_who_is_seen_where_is_an_annotation(gallery: Gallery) -> None:
    found = manifest(gallery.reader(), gallery.free.id)
    front, back = found["items"]
    people = front["annotations"][0]["items"]
    assert [note["body"]["value"] for note in people] == ["Próba Pál"]
    assert people[0]["target"] == f"{front['id']}#xywh=260,360,780,720"
    assert "annotations" not in back


def test_a_photograph_without_picture_has_an_empty_frame(gallery: Gallery) -> None:
    found = manifest(gallery.reader(), gallery.without.id)
    (canvas,) = found["items"]
    assert canvas["label"]["en"] == ["No picture yet"]
    frame = canvas["items"][0]["items"][0]["body"]
    answer = gallery.reader().get(frame["id"].removeprefix(ROOT), buffered=True)
    assert answer.mimetype == frame["format"] == "image/svg+xml"
    assert "thumbnail" not in found


@pytest.mark.parametrize("accept", ["", "*/*", "application/ld+json", "application/json"])
def test_viewers_of_other_sites_may_read_it(gallery: Gallery, accept: str) -> None:
    for address in (f"/iiif/manifest/{gallery.free.id}", "/iiif/collection"):
        response = gallery.reader().get(address, headers={"Accept": accept} if accept else {})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        plain = accept == "application/json"
        type_ = "application/json" if plain else f'application/ld+json;profile="{PRESENTATION}"'
        assert response.content_type == type_
        again = gallery.reader().get(address, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304


# --- what may not be known ---


def test_private_words_are_in_no_manifest(gallery: Gallery) -> None:
    for client in (gallery.reader(), gallery.archivist()):
        text = client.get(f"/iiif/manifest/{gallery.free.id}").get_data(as_text=True)
        assert "Próba Pál" in json.dumps(json.loads(text), ensure_ascii=False)
        assert SECRET not in json.dumps(json.loads(text), ensure_ascii=False)


def test_hidden_photographs_leave_no_trace(gallery: Gallery) -> None:
    reader = gallery.reader()
    hidden = reader.get(f"/iiif/manifest/{gallery.draft.id}")
    nothing = reader.get("/iiif/manifest/zzzzzzzzzz")
    assert hidden.status_code == nothing.status_code == 404
    assert (hidden.data, dict(hidden.headers)) == (nothing.data, dict(nothing.headers))
    gone = reader.get(f"/iiif/manifest/{gallery.withdrawn.id}")
    assert gone.status_code == 410
    assert "withdrawn" not in gone.get_data(as_text=True).replace("was withdrawn", "")
    for address in ("/iiif/collection", "/iiif/collection/HU-G", "/iiif/collection/HU-G-1"):
        text = reader.get(address).get_data(as_text=True)
        assert gallery.draft.id not in text
        assert gallery.withdrawn.id not in text
        assert "HU-G-2" not in text


def test_staff_see_a_draft_and_nobody_keeps_it(gallery: Gallery) -> None:
    response = gallery.archivist().get(f"/iiif/manifest/{gallery.draft.id}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_unit_without_public_photographs_is_not_there(gallery: Gallery) -> None:
    for client in (gallery.reader(), gallery.archivist()):
        for ref in ("HU-G-2", "NOTHING", "HU-G/draft"):
            assert client.get(f"/iiif/collection/{ref}").status_code == 404


# --- collections ---


def test_collections_lead_from_the_archive_to_the_photograph(gallery: Gallery) -> None:
    reader = gallery.reader()
    everything = told(reader, "/iiif/collection")
    assert [entry["id"] for entry in everything["items"]] == [f"{ROOT}/iiif/collection/HU-G"]
    fonds = told(reader, everything["items"][0]["id"])
    assert fonds["label"] == {"hu": ["Képtár"], "en": ["Gallery"]}
    kinds = [(entry["type"], entry["id"].rpartition("/")[2]) for entry in fonds["items"]]
    assert kinds == [
        ("Collection", "HU-G-1"),
        ("Manifest", gallery.small.id),
        ("Manifest", gallery.without.id),
    ]
    series = told(reader, fonds["items"][0]["id"])
    assert series["partOf"][0]["id"] == fonds["id"]
    assert [entry["id"] for entry in series["items"]] == [
        f"{ROOT}/iiif/manifest/{photograph.id}" for photograph in (gallery.free, gallery.protected)
    ]
    assert series["items"][0]["label"]["en"] == ["Lines: free"]


def test_a_long_unit_is_told_in_pages(gallery: Gallery) -> None:
    number = 2 * PAGE + 3
    unit = catalogue.add_unit(TESTER, ref_code="HU-LONG", title={"hu": "Hosszú"})
    with db.transaction():
        for index in range(number):
            rights = Rights(rights_statement=FREE)
            draft = Draft(ref_code=f"HU-LONG/{index}", creator_unknown=True, rights=rights)
            draft.title("hu", f"Kép {index}")
            draft.dates.append(DateDraft("1956", "hu"))
            catalogue.publish(TESTER, catalogue.accession(TESTER, unit, draft))
    db.release()
    reader = gallery.reader()
    whole = told(reader, "/iiif/collection/HU-LONG")
    assert [entry["type"] for entry in whole["items"]] == ["Collection"] * 3
    pages = [told(reader, entry["id"]) for entry in whole["items"]]
    assert [len(page["items"]) for page in pages] == [PAGE, PAGE, 3]
    assert len({entry["id"] for page in pages for entry in page["items"]}) == number
    assert pages[0]["partOf"][0]["id"] == whole["id"]
    for page, status in (("4", 404), ("-1", 404), ("x", 400)):
        assert reader.get(f"/iiif/collection/HU-LONG?page={page}").status_code == status
