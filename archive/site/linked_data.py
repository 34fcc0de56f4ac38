"""What search engines and aggregators are told of a page, in schema.org's words (JSON-LD).

Google's "Licensable" badge needs `license` and likes `acquireLicensePage`, `creditText` and
`copyrightNotice` (rights.md 2.5). The invariant: nothing is told here that the page does not show.
"""

from __future__ import annotations

from typing import Any

from archive import words
from archive.catalogue.record import Record

CONTEXT = "https://schema.org"


def image_object(
    record: Record, *, title: str, lang: str, page: str, picture: str, summary: str, licence: str
) -> dict[str, Any]:
    """The photograph as an ImageObject; empty values are left out."""
    dates = [date["edtf"] for date in record["dates"] if date["role"] == "created"]
    creators = [agent for agent in record["agents"] if agent["role"] == "creator"]
    depicted = [agent["name"] for agent in record["agents"] if agent["role"] == "depicted"]
    shown = [words.pick(place["name"], lang) for place in record["places"]]
    told = {
        "@context": CONTEXT,
        "@type": "ImageObject",
        "@id": page,
        "url": page,
        "name": title,
        "description": summary,
        "contentUrl": picture,
        "identifier": record["ref_code"],
        "dateCreated": next(iter(dates), ""),
        "creator": [{"@type": _type(agent), "name": agent["name"]} for agent in creators],
        "contentLocation": [{"@type": "Place", "name": name} for name in shown],
        "about": [{"@type": "Person", "name": name} for name in depicted],
        "license": record["rights"]["statement"],
        "acquireLicensePage": licence,
        "creditText": record["rights"]["credit"],
        "copyrightNotice": record["rights"]["holder"],
    }
    return {key: value for key, value in told.items() if value}


def _type(agent: dict[str, Any]) -> str:
    return "Person" if agent["kind"] == "person" else "Organization"


def named(kind: str, name: str, names: list[str], page: str) -> dict[str, Any]:
    """A person, organisation, place, event or collection."""
    told = {"@context": CONTEXT, "@type": kind, "@id": page, "name": name, "alternateName": names}
    return {key: value for key, value in told.items() if value}
