"""Addresses of pictures: the renditions that pages show, and the image service of IIIF.

The image service answers `/iiif/3/…` and `/iiif/2/…` alike (Image API 3.0 and 2.1). A view reads
the address, asks the service, and answers; the invariant: what a reader may not know of answers
as what is not there, to the byte.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, redirect, request, send_file
from flask.typing import ResponseReturnValue

from archive import db, settings
from archive.accounts.web import current_actor
from archive.media import answering, iiif, kept, service, viewing
from archive.media.image_information import CONTEXTS, PROFILES, information

LD_JSON = "application/ld+json"
JSON_LD_CONTEXT = "http://www.w3.org/ns/json-ld#context"
SHORTLY = "public, max-age=300, must-revalidate"

blueprint = Blueprint("media", __name__)


@blueprint.get("/media/<asset_id>/<int:size>.jpg")
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
    response.headers["Cache-Control"] = answering.PRIVATE if actor.is_staff else SHORTLY
    return response


@blueprint.get("/iiif/<any('2', '3'):version>/<asset_id>")
@blueprint.get("/iiif/<any('2', '3'):version>/<asset_id>/")
def image_base(version: str, asset_id: str) -> ResponseReturnValue:
    """The address of the picture itself leads to what is known of it."""
    return redirect(f"{_address(version, asset_id)}/info.json", 303)


@blueprint.get("/iiif/<any('2', '3'):version>/<asset_id>/info.json")
def image_information(version: str, asset_id: str) -> Response:
    """Size, tiles and limits of a picture, as this reader may have it."""
    shown = viewing.showing(db.session(), asset_id, current_actor())
    told = information(
        version,
        shown.size,
        _address(version, asset_id),
        tile=shown.pyramid.tile,
        levels=len(shown.pyramid.levels),
        rights=shown.statement,
    )
    response = jsonify(told)
    response.headers["Link"] = f'<{PROFILES[version]}>;rel="profile"'
    name_type(response, CONTEXTS[version], plain=version == "2")
    response.headers["Cache-Control"] = SHORTLY if shown.public else answering.PRIVATE
    response.add_etag()
    response.vary.update(("Accept", "Cookie"))
    return response.make_conditional(request)  # type: ignore[return-value]


@blueprint.get(
    "/iiif/<any('2', '3'):version>/<asset_id>/<region>/<size>/<rotation>/<quality>.<format>"
)
def image(version: str, asset_id: str, **asked: str) -> Response:
    """A region of a picture in some size: a stored tile as it is, anything else made once."""
    shown = viewing.showing(db.session(), asset_id, current_actor())
    cut = iiif.asked(version, shown.size, **asked)
    headers = answering.headers(
        version, _address(version, asset_id), shown, cut, settings.current().iiif_cache_s
    )
    response = Response(status=200, headers=headers)
    if not request.if_none_match.contains_weak(headers["ETag"].strip('"')):
        response.data = viewing.cut(shown, cut)
    return response.make_conditional(request)  # type: ignore[return-value]


@blueprint.errorhandler(service.NoPicture)
def no_picture(_error: service.NoPicture) -> Response:
    return refusal("There is no such picture.", 404)


@blueprint.errorhandler(iiif.Malformed)
def malformed(error: iiif.Malformed) -> Response:
    return refusal(str(error), 400)


@blueprint.errorhandler(iiif.NotMade)
def not_made(error: iiif.NotMade) -> Response:
    return refusal(str(error), 501)


@blueprint.errorhandler(kept.Busy)
def busy(error: kept.Busy) -> Response:
    after = error.retry_after_s
    response = refusal(f"The picture is being made; please ask again in {after} seconds.", 503)
    response.headers["Retry-After"] = str(after)
    return response


@blueprint.after_request
def open_image_service(response: Response) -> Response:
    return open_to_viewers(response) if request.path.startswith("/iiif/") else response


def open_to_viewers(response: Response) -> Response:
    """Viewers on other sites may read what is told by IIIF; there is nothing here but GET."""
    response.headers.update(answering.OPEN_TO_VIEWERS)
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "*"
    return response


def site_root() -> str:
    """The beginning of every address that leaves this site, without a final slash."""
    return answering.site_root(settings.current().base_url, request.host_url)


def _address(version: str, asset_id: str) -> str:
    """The address of one picture in the image service."""
    return f"{site_root()}/iiif/{version}/{asset_id}"


def refusal(sentence: str, status: int) -> Response:
    """What cannot be answered, as a sentence in plain text."""
    response = Response(f"{sentence}\n", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


def name_type(response: Response, context: str, *, plain: bool) -> None:
    """JSON-LD for those who ask for it; for others too, unless `plain` or a browser asks.

    Image API 2.1 and 3.0 section 5.1, Presentation API 3.0 section 6.3.
    """
    listed = [value for value, quality in request.accept_mimetypes if quality]
    plain = plain or bool({"application/json", "text/html"} & set(listed))
    if plain and not any(value.startswith(LD_JSON) for value in listed):
        told = response.headers.get("Link", "")
        link = f'<{context}>;rel="{JSON_LD_CONTEXT}";type="{LD_JSON}"'
        response.headers["Link"] = f"{told}, {link}".removeprefix(", ")
    else:
        response.headers["Content-Type"] = f'{LD_JSON};profile="{context}"'
