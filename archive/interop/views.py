"""The addresses of IIIF Presentation: manifests of photographs, collections of units.

A view asks the catalogue, builds, and answers so that viewers on other sites may read it. The
invariant: what a reader may not know of answers as what is not there.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from archive import db, settings
from archive.accounts.web import current_actor
from archive.catalogue import service as catalogue
from archive.catalogue.record import public
from archive.interop import collections, manifests
from archive.interop.manifests import CONTEXT, Addresses, Institution
from archive.media.answering import PRIVATE
from archive.media.views import SHORTLY, name_type, open_to_viewers, refusal, site_root

blueprint = Blueprint("interop", __name__)
blueprint.after_request(open_to_viewers)


@blueprint.get("/iiif/manifest/<public_id>")
def manifest(public_id: str) -> Response:
    """A photograph for viewers: its pictures, what is known of it, who is seen where.

    Staff see drafts, but not what is kept private: a manifest is made to be passed on.
    """
    actor = current_actor()
    reading = catalogue.read(public_id, actor)
    told = manifests.build(
        public(reading.record), reading.access, _addresses(), _institution(), staff=actor.is_staff
    )
    return _answer(told, PRIVATE if actor.is_staff else SHORTLY)


@blueprint.get("/iiif/collection")
def everything() -> Response:
    """All fonds with photographs that everybody may see."""
    told = collections.of_everything(db.session(), _addresses(), _institution())
    return _answer(told, SHORTLY)


@blueprint.get("/iiif/collection/<path:ref>")
def collection(ref: str) -> Response:
    """A fonds, series or file; with `?page=` one part of a long one."""
    try:
        page = int(request.args.get("page", "0"))
    except ValueError as error:
        raise BadRequest from error
    told = collections.of_unit(db.session(), ref, page, _addresses(), _institution())
    return _answer(told, SHORTLY)


@blueprint.errorhandler(catalogue.NotFound)
def not_found(_error: catalogue.NotFound) -> Response:
    return refusal("There is nothing of that name.", 404)


@blueprint.errorhandler(catalogue.Moved)
def moved(error: catalogue.Moved) -> ResponseReturnValue:
    """Two records were found to be one."""
    return redirect(url_for("interop.manifest", public_id=error.to), 302)


@blueprint.errorhandler(catalogue.Gone)
def gone(error: catalogue.Gone) -> Response:
    return refusal(f"This photograph was withdrawn (reason: {error.reason}).", 410)


@blueprint.errorhandler(BadRequest)
def bad_request(_error: BadRequest) -> Response:
    return refusal("The page is a number from 1 on.", 400)


def _answer(told: dict[str, Any], caching: str) -> Response:
    response = jsonify(told)
    name_type(response, CONTEXT, plain=False)
    response.headers["Cache-Control"] = caching
    response.add_etag()
    response.vary.update(("Accept", "Cookie"))
    return response.make_conditional(request)  # type: ignore[return-value]


def _addresses() -> Addresses:
    return Addresses(site_root())


def _institution() -> Institution:
    return Institution(settings.current().institution, f"{site_root()}/")
