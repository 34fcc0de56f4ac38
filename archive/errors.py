"""What a reader sees when a page cannot be shown: what happened, and how to go on.

Data addresses (``.json``, ``/api/``) answer in JSON. No answer ever shows a stack trace.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from jinja2 import TemplateNotFound
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import ObjectDeletedError
from werkzeug.exceptions import Conflict, HTTPException, InternalServerError, NotFound

from archive.db import said_of

log = logging.getLogger(__name__)
PAGES = (400, 401, 403, 404, 405, 409, 410, 413, 429, 500, 503)
LAST_RESORT = "<!doctype html><title>{status}</title><h1>{status}</h1><p>{name}</p>"


def init_app(app: Flask) -> None:
    """Answer every error in the reader's language, or in JSON where data was asked for."""
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(ObjectDeletedError, _gone_meanwhile)
    app.register_error_handler(IntegrityError, _does_not_go_together)
    app.register_error_handler(Exception, _unexpected)


def answer(error: HTTPException) -> Any:
    """The page of one error; an error that carries its own response keeps it."""
    if error.response is not None or error.code is None:
        return error
    if wants_json():
        response: Response = jsonify(status=error.code, error=error.name, detail=error.description)
    else:
        response = make_response(_page(error, error.code))
    response.status_code = error.code
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    return response


def wants_json() -> bool:
    """Whether this address is one of data."""
    return request.path.endswith(".json") or request.path.startswith("/api/")


def _gone_meanwhile(_error: ObjectDeletedError) -> Any:
    """Somebody took out what this request was at work on."""
    return answer(NotFound())


def _does_not_go_together(error: IntegrityError) -> Any:
    """The database refused: what was asked contradicts what is there, and nothing was written."""
    log.error("%s %s was refused: %s", request.method, request.url_rule, said_of(error))
    return answer(Conflict())


def _unexpected(error: Exception) -> Any:
    # The rule, not the address: some addresses carry a secret, as the link to a new password does.
    log.exception("%s %s failed", request.method, request.url_rule)
    return answer(InternalServerError(original_exception=error))


def _page(error: HTTPException, status: int) -> str:
    known = status if status in PAGES else 500
    try:
        return render_template([f"errors/{known}.html", "errors/error.html"], error=error)
    except TemplateNotFound:
        raise
    except Exception:
        log.exception("the page of error %s failed", status)
        return LAST_RESORT.format(status=status, name=error.name)
