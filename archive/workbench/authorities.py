"""The authority file: looking up while typing."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, abort, jsonify, render_template, request

from archive import db
from archive.accounts.web import roles_required
from archive.languages import language
from archive.workbench import looking_up

blueprint = Blueprint("authorities", __name__, url_prefix="/workbench/authorities")


@blueprint.get("/lookup")
@roles_required("archivist")
def lookup() -> Response:
    """Names that fit what is typed, as JSON: `[{"id", "name", "detail"}]`, most used first."""
    return jsonify([asdict(entry) for entry in _suggestions()])


@blueprint.get("/lookup/options")
@roles_required("archivist")
def lookup_options() -> str:
    """The same as the options of a listbox."""
    return render_template("workbench/authority_options.html", suggestions=_suggestions())


def _suggestions() -> list[looking_up.Suggestion]:
    asked = request.args
    try:
        return looking_up.suggestions(
            db.session(),
            asked.get("kind", ""),
            asked.get("q", ""),
            language(),
            scheme=asked.get("scheme", ""),
        )
    except KeyError:
        abort(400)
