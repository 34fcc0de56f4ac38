"""The blueprint of the workbench: its pages are in several files, their addresses in one place."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, request

from archive import db
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image

blueprint = Blueprint("workbench", __name__, url_prefix="/workbench")
REFRESH_S = 3  # until a page that shows work going on asks again


def image_of(public_id: str) -> Image:
    """The photograph of an address, or the page that there is none."""
    try:
        return catalogue.image_by_id(db.session(), public_id)
    except catalogue.NotFound:
        abort(404)


def renewed(page: str, *, working: bool) -> Response:
    """A page that comes anew by itself while something is at work, unless its reader holds it
    still with the link of the macro `hold_still` (WCAG 2.2, 2.2.2)."""
    response = make_response(page)
    if working and not request.args.get("still"):
        response.headers["Refresh"] = str(REFRESH_S)
    return response
