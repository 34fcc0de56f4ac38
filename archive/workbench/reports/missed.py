"""One search that found nothing, as a task: another name, a photograph that answers it, or neither.

The invariant: readers see nothing of it but what they find afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import authorities
from archive.catalogue.authorities import KINDS
from archive.catalogue.refusals import Refused, Stale
from archive.languages import language
from archive.search import misses
from archive.search import service as searching
from archive.search.engine import Results
from archive.search.models import Miss
from archive.search.query import parse
from archive.workbench.authorities import looking_up

NEAR = 6  # authorities of a kind that are offered
HITS = 12
OUTCOMES: dict[str, Any] = {
    "done": _("settled"),
    "named": _("found by another name now"),
    "answered": _("answered by a photograph"),
    "impossible": _("cannot be answered"),
}
KIND_NAMES: dict[str, Any] = {
    "agent": _("person or body"),
    "place": _("place"),
    "event": _("event"),
    "concept": _("term"),
}
blueprint = Blueprint("missed", __name__, url_prefix="/workbench/reports/searches")


@dataclass(frozen=True)
class Candidate:
    """An authority that the words may be another name of."""

    kind: str
    id: str
    name: str
    detail: str


@blueprint.get("/<public_id>")
@roles_required("archivist")
def one(public_id: str) -> str:
    """The words, what is found by them now, and what can be done."""
    miss = _miss(public_id)
    typed = request.args.get("meant", miss.words)[: misses.KEY_CHARS]
    return render_template(
        "workbench/reports/missed.html",
        miss=miss,
        typed=typed,
        candidates=_candidates(typed),
        kinds=KIND_NAMES,
        outcomes=OUTCOMES,
        found_by_readers=misses.found_now(miss),
        found=_found_by_staff(typed),
    )


@blueprint.post("/<public_id>/name")
@roles_required("archivist")
def name(public_id: str) -> ResponseReturnValue:
    """Make the words another name of an authority."""
    kind, _dot, authority = request.form.get("authority", "").partition(".")
    if kind not in KINDS:
        abort(400)
    try:
        misses.name_too(current_actor(), public_id, kind=kind, authority=authority)
    except LookupError:
        abort(404)
    except (Refused, Stale):
        flash(gettext("Somebody else is changing this name; please try again."), "error")
        return redirect(url_for("missed.one", public_id=public_id))
    flash(gettext("Readers will find it by these words too."), "success")
    return redirect(url_for("reports.searches"))


@blueprint.post("/<public_id>/answer")
@roles_required("archivist")
def answer(public_id: str) -> ResponseReturnValue:
    """Say which photograph was looked for."""
    _miss(public_id)
    try:
        misses.answer(public_id, request.form.get("photograph", ""))
    except LookupError:
        flash(gettext("There is no photograph of this code, identifier or address."), "error")
        return redirect(url_for("missed.one", public_id=public_id))
    flash(gettext("Settled."), "success")
    return redirect(url_for("reports.searches"))


def _miss(public_id: str) -> Miss:
    try:
        return misses.of_id(db.session(), public_id)
    except LookupError:
        abort(404)


def _candidates(typed: str) -> list[Candidate]:
    session, lang = db.session(), language()
    return [
        Candidate(
            kind,
            row.public_id,
            looking_up.name_of(row, lang),
            looking_up.distinction(session, row, lang),
        )
        for kind in KINDS
        for row in authorities.lookup(session, kind, typed, limit=NEAR)
    ]


def _found_by_staff(typed: str) -> Results:
    asked = parse({"q": typed, "limit": str(HITS)}, guards=searching.guards())
    return searching.find(asked, current_actor())
