"""A photograph as a IIIF manifest (Presentation API 3.0): its pictures, and what is known of it.

Plain dictionaries, built from the record as one reader may see it. Each file is a canvas: recto,
verso, versions, in the order of the photograph's page; people who are marked in the picture are
annotations. The invariant: nothing is told here that the page of the photograph does not show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from archive import rights, words
from archive.catalogue.record import Record
from archive.interop import facts
from archive.media.image_information import rights_address

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
THUMBNAIL_PX = 320
EMPTY_CANVAS = {"width": 1200, "height": 900}

Json = dict[str, Any]


@dataclass(frozen=True)
class Addresses:
    """The addresses of the site that stand in manifests; `root` has no final slash."""

    root: str

    def manifest(self, public_id: str) -> str:
        return f"{self.root}/iiif/manifest/{public_id}"

    def collection(self, ref: str, page: int = 0) -> str:
        address = f"{self.root}/iiif/collection/{ref}" if ref else f"{self.root}/iiif/collection"
        return f"{address}?page={page}" if page else address

    def photograph(self, public_id: str) -> str:
        return f"{self.root}/photographs/{public_id}"

    def unit(self, ref: str) -> str:
        return f"{self.root}/collections/{ref}"

    def rendition(self, asset_id: str, size: int) -> str:
        return f"{self.root}/media/{asset_id}/{size}.jpg"

    def service(self, asset_id: str) -> str:
        return f"{self.root}/iiif/3/{asset_id}"


@dataclass(frozen=True)
class Institution:
    """Who shows the photographs: name and page."""

    name: str
    page: str


def build(
    record: Record, access: rights.Access, at: Addresses, institution: Institution, *, staff: bool
) -> Json:
    """The manifest of a photograph; `access` limits the size of its pictures."""
    here = at.manifest(record["id"])
    assets = _shown(record)
    limit = None if staff else access.max_px
    manifest: Json = {
        "@context": CONTEXT,
        "id": here,
        "type": "Manifest",
        "label": facts.title_of(record),
        "summary": facts.summary_of(record),
        "metadata": facts.metadata_of(record),
        "rights": rights_address(record["rights"]["statement"]),
        "requiredStatement": _credit(record["rights"]["credit"]),
        "provider": [provider(institution)],
        "homepage": [page_of(at.photograph(record["id"]), facts.title_of(record))],
        "seeAlso": [_twin(at.photograph(record["id"]))],
        "thumbnail": [thumbnail(asset, at) for asset in assets[:1]],
        "navDate": _day(record),
        "partOf": [_unit(unit, at) for unit in record["path"][-1:]],
        "items": [_canvas(record, asset, at, limit) for asset in assets] or [_empty(here, at)],
    }
    return {key: value for key, value in manifest.items() if value}


def provider(institution: Institution) -> Json:
    name = facts.without_language(institution.name)
    return {
        "id": institution.page,
        "type": "Agent",
        "label": name,
        "homepage": [page_of(institution.page, name)],
    }


def page_of(address: str, label: facts.Texts) -> Json:
    """A page for people, which speaks both languages."""
    languages = list(facts.LANGUAGES)
    return {
        "id": address, "type": "Text", "label": label, "format": "text/html", "language": languages,
    }  # fmt: skip


def thumbnail(asset: Json, at: Addresses) -> Json:
    """The small rendition, with the service that can make others."""
    width, height = _fitted(asset["width"], asset["height"], THUMBNAIL_PX)
    return {
        "id": at.rendition(asset["id"], THUMBNAIL_PX),
        "type": "Image",
        "format": "image/jpeg",
        "width": width,
        "height": height,
        "service": [_service(asset["id"], at)],
    }


def _shown(record: Record) -> list[Json]:
    """The files that have pictures, the representative one first."""
    ready = [asset for asset in record["assets"] if asset["sizes"]]
    return sorted(ready, key=lambda asset: not asset["representative"])


def _canvas(record: Record, asset: Json, at: Addresses, limit: int | None) -> Json:
    """One file: the picture in its own size, painted with as much of it as the reader may have."""
    here = f"{at.manifest(record['id'])}/canvas/{asset['id']}"
    people = _people(record, asset, here) if asset["side"] == "recto" else []
    canvas: Json = {
        "id": here,
        "type": "Canvas",
        "label": facts.said(lambda: words.SIDES[asset["side"]]),
        "width": asset["width"],
        "height": asset["height"],
        "thumbnail": [thumbnail(asset, at)],
        "items": [_page(f"{here}/page", [_painting(here, _picture(asset, at, limit))])],
        "annotations": [_page(f"{here}/people", people)] if people else [],
    }
    return {key: value for key, value in canvas.items() if value}


def _picture(asset: Json, at: Addresses, limit: int | None) -> Json:
    width, height = _fitted(asset["width"], asset["height"], limit)
    return {
        "id": f"{at.service(asset['id'])}/full/max/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "width": width,
        "height": height,
        "service": [_service(asset["id"], at)],
    }


def _service(asset_id: str, at: Addresses) -> Json:
    return {"id": at.service(asset_id), "type": "ImageService3", "profile": "level2"}


def _empty(here: str, at: Addresses) -> Json:
    """The canvas of a photograph of which there is no picture yet."""
    canvas = f"{here}/canvas/none"
    frame = {
        "id": f"{at.root}/static/no-picture.svg",
        "type": "Image",
        "format": "image/svg+xml",
        **EMPTY_CANVAS,
    }
    return {
        "id": canvas,
        "type": "Canvas",
        "label": facts.said(lambda: _("No picture yet")),
        **EMPTY_CANVAS,
        "items": [_page(f"{canvas}/page", [_painting(canvas, frame)])],
    }


def _page(address: str, items: list[Json]) -> Json:
    return {"id": address, "type": "AnnotationPage", "items": items}


def _painting(canvas: str, body: Json) -> Json:
    return {
        "id": f"{canvas}/painting",
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": canvas,
    }


def _people(record: Record, asset: Json, canvas: str) -> list[Json]:
    """Who is seen where: regions in per cent of the recto become pixels of its canvas."""
    marked = [
        agent
        for agent in record["agents"]
        if agent["role"] == "depicted" and agent.get("region") and agent["certainty"] != "disproved"
    ]
    return [
        {
            "id": f"{canvas}/people/{number}",
            "type": "Annotation",
            "motivation": "tagging",
            "body": {"type": "TextualBody", "value": agent["name"], "format": "text/plain"},
            "target": f"{canvas}#xywh={_pixels(agent['region'], asset)}",
        }
        for number, agent in enumerate(marked, 1)
    ]


def _pixels(region: list[float], asset: Json) -> str:
    sides = (asset["width"], asset["height"]) * 2
    return ",".join(str(round(part * side / 100)) for part, side in zip(region, sides, strict=True))


def _fitted(width: int, height: int, longest: int | None) -> tuple[int, int]:
    """Width and height when the longest side is at most so many pixels."""
    if longest is None or max(width, height) <= longest:
        return width, height
    scale = longest / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _credit(credit: str) -> Json:
    if not credit:
        return {}
    return {
        "label": facts.said(lambda: _("Credit line")),
        "value": facts.without_language(credit),
    }


def _twin(address: str) -> Json:
    label = facts.said(lambda: _("What is known of it, for programs"))
    return {
        "id": f"{address}.json",
        "type": "Dataset",
        "label": label,
        "format": "application/json",
    }


def _day(record: Record) -> str:
    """When it was taken, if that is one day; a viewer's calendar knows nothing wider."""
    dates = [date for date in record["dates"] if date["role"] == "created" and date["preferred"]]
    exact = [date["earliest"] for date in dates if date["earliest"] == date["latest"] is not None]
    return f"{exact[0]}T00:00:00Z" if exact and exact[0] else ""


def _unit(unit: Json, at: Addresses) -> Json:
    label = facts.language_map(unit["title"]) or facts.without_language(unit["ref"])
    return {"id": at.collection(unit["ref"]), "type": "Collection", "label": label}
