"""Addresses of pictures: the renditions that pages show."""

from __future__ import annotations

from flask import Blueprint, Response, abort, send_file

from archive import db
from archive.accounts.web import current_actor
from archive.media import service

blueprint = Blueprint("media", __name__, url_prefix="/media")


@blueprint.get("/<asset_id>/<int:size>.jpg")
def rendition(asset_id: str, size: int) -> Response:
    """One size of a picture; 404 where the reader may not know of it, 403 where it is too large."""
    actor = current_actor()
    try:
        found = service.rendition(db.session(), asset_id, size, actor)
        response = send_file(found, mimetype="image/jpeg", conditional=True, etag=True)
    except (service.NoPicture, FileNotFoundError):
        abort(404)
    except service.TooLarge:
        abort(403)
    response.headers["Cache-Control"] = (
        "private, no-store" if actor.is_staff else "public, max-age=300, must-revalidate"
    )
    return response
