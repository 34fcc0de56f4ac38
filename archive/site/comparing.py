"""Two photographs side by side: `/compare?a=…&b=…`.

The second one is named by its identifier, its address or its reference code, or chosen among those
of the same event, place or collection. The invariant: a photograph is shown here exactly as its own
page would show it to the same reader, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import Gone, NotFound

from archive import db, errors, settings
from archive.accounts.web import current_actor
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image
from archive.languages import language
from archive.search import service as searching
from archive.search.query import parse
from archive.site import photograph as photographs
from archive.site import zoom

CHOICES = "12"
blueprint = Blueprint("comparing", __name__)


@dataclass(frozen=True)
class Half:
    """One photograph of the two: its page, the picture shown, and what the viewer needs of it."""

    page: photographs.PhotographPage
    shown: photographs.Picture | None
    zoom: zoom.Zoom | None


@blueprint.get("/compare")
def compare() -> str:
    """Two photographs, or one and a choice of others."""
    first = _half(request.args.get("a", ""))
    asked = request.args.get("b", "").strip()
    second = _second(asked)
    halves = [half for half in (first, second) if half]
    return render_template(
        "site/compare.html",
        halves=halves,
        missed=asked if asked and second is None else "",
        choices=[] if second else _choices(first.page.record),
    )


@blueprint.errorhandler(catalogue.NotFound)
def not_found(_error: catalogue.NotFound) -> ResponseReturnValue:
    return errors.answer(NotFound())  # type: ignore[no-any-return]


@blueprint.errorhandler(catalogue.Gone)
def gone(error: catalogue.Gone) -> ResponseReturnValue:
    return errors.answer(Gone(description=error.reason))  # type: ignore[no-any-return]


def _half(public_id: str) -> Half:
    reading = catalogue.read(public_id, current_actor())
    page = photographs.build(reading, language(), settings.current(), "")
    shown = photographs.chosen(page.pictures, "")
    return Half(page, shown, zoom.of_picture(reading.record, shown))


def _second(asked: str) -> Half | None:
    """The photograph of an identifier, an address or a reference code; None when there is none."""
    if not asked:
        return None
    name = asked.partition("?")[0].rstrip("/").rpartition("/photographs/")[2]
    for public_id in (name, *_of_reference(asked)):
        try:
            return _half(public_id)
        except (catalogue.NotFound, catalogue.Gone):
            continue
    return None


def _of_reference(code: str) -> list[str]:
    question = select(Image.public_id).where(Image.ref_code == code).limit(5)
    return list(db.session().scalars(question))


def _choices(record: dict[str, Any]) -> list[Any]:
    """Photographs of the same event, place or collection, the nearest kin first."""
    links = [("event", entry["id"]) for entry in record["events"][:1]]
    links += [("place", entry["id"]) for entry in record["places"][:1]]
    links += [("collection", unit["ref"]) for unit in record["path"][-1:]]
    hits: dict[str, Any] = {}
    for facet, value in links:
        for hit in _find(**{facet: value}, limit=CHOICES, sort="date").hits:
            hits.setdefault(hit.id, hit)
    hits.pop(record["id"], None)
    return list(hits.values())[: int(CHOICES)]


def _find(**asked: Any) -> Any:
    return searching.find(parse(asked, facets=(), guards=searching.guards()), current_actor())
