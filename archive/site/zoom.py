"""What the viewer of a photograph's page needs: tiles, who is seen where, what it says aloud.

The viewer itself is a script (`static/js/zoom.js`); without it the page has plain enlargements.
The invariant: only people whom the page names are marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from archive.catalogue.record import Record
from archive.site.photograph import Picture

ZOOMED_FROM_PX = 640  # smaller ones are shown whole as they are


@dataclass(frozen=True)
class Zoom:
    """One picture for the viewer; a region is [x, y, width, height] in per cent of it.

    `information` is the address of its IIIF description, `words` are what is said while one moves.
    """

    information: str
    people: list[dict[str, Any]]
    words: dict[str, Any]


def of_picture(record: Record, picture: Picture | None) -> Zoom | None:
    """The viewer's part of one picture; None where there is nothing to enlarge."""
    if picture is None or picture.largest <= ZOOMED_FROM_PX:
        return None
    people = _people(record) if picture.side == "recto" else []
    return Zoom(information(picture.asset), people, words())


def information(asset_id: str) -> str:
    """The address of the IIIF description of one picture."""
    return url_for("media.image_information", version="3", asset_id=asset_id)


def words() -> dict[str, Any]:
    """How far the picture is enlarged and which part of it is seen."""
    return {
        "whole": _("The whole photograph"),
        "enlarged": _("Enlarged {times} times: {where}"),
        "where": [
            _("upper left"), _("top"), _("upper right"),
            _("left"), _("middle"), _("right"),
            _("lower left"), _("bottom"), _("lower right"),
        ],
        "failed": _("The tiles of this photograph cannot be had just now; please try again later."),
    }  # fmt: skip


def _people(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "address": url_for("site.person", public_id=agent["id"]),
            "name": agent["name"],
            "region": agent["region"],
        }
        for agent in record["agents"]
        if agent["role"] == "depicted" and agent.get("region") and agent["certainty"] != "disproved"
    ]
