"""The blueprint of the workbench: its pages are in several files, their addresses in one place."""

from __future__ import annotations

from flask import Blueprint, abort

from archive import db
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image

blueprint = Blueprint("workbench", __name__, url_prefix="/workbench")


def image_of(public_id: str) -> Image:
    """The photograph of an address, or the page that there is none."""
    try:
        return catalogue.image_by_id(db.session(), public_id)
    except catalogue.NotFound:
        abort(404)
