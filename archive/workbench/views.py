"""The workbench: what waits, the list of photographs, their history, undoing."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from archive import db, history
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import gaps
from archive.catalogue import service as catalogue
from archive.catalogue.models import STATES
from archive.workbench import describe, listing, past, queues, review, reviewing, working_drafts
from archive.workbench.blueprint import blueprint, image_of
from archive.workbench.filling import templates
from archive.workbench.sentences import missing_in_words

# Pages of the workbench that have a file of their own; importing them makes them known.
OTHERS = (describe, review)


@blueprint.get("")
@roles_required("archivist")
def home() -> str:
    """What waits for this person, the queues, the states, and what was done last."""
    session, actor = db.session(), current_actor()
    return render_template(
        "workbench/home.html",
        counts=listing.counts(session),
        recent=past.recent(session),
        unsaved=working_drafts.unsaved(session, actor),
        noted=reviewing.waiting(session),
        queues=queues.lines(session, actor),
        orders=queues.ORDERS,
        gaps=gaps.GAPS.values(),
        templates=templates(session, actor),
    )


@blueprint.get("/photographs")
@roles_required("archivist")
def photographs() -> str:
    """Photographs by state and unit, the last changed first."""
    page = listing.page(
        db.session(),
        state=request.args.get("state", ""),
        unit=request.args.get("unit", ""),
        words=request.args.get("q", ""),
        number=request.args.get("page", 1, type=int),
    )
    return render_template("workbench/photographs.html", page=page, states=STATES)


@blueprint.post("/photographs/state")
@roles_required("archivist")
def change_many() -> Any:
    """Publish or take back the chosen photographs; each that cannot be says why."""
    act, chosen = request.form.get("act", ""), request.form.getlist("id")
    if not chosen:
        flash(gettext("Choose photographs in the list first."), "warning")
    try:
        done, refused = listing.change_many(current_actor(), chosen, act)
    except LookupError:
        abort(400)
    if done:
        flash(gettext("%(n)s photographs changed.", n=done), "success")
    for title, missing in refused:
        flash(f"{title}: {missing_in_words(missing)}", "error")
    kept = {name: request.form.get(name) or None for name in ("state", "unit", "q", "page")}
    return redirect(url_for("workbench.photographs", **kept))  # type: ignore[arg-type]


@blueprint.get("/photographs/<public_id>/history")
@roles_required("archivist")
def history_of(public_id: str) -> str:
    """Every change of one photograph, field by field, newest first."""
    image = image_of(public_id)
    reading = catalogue.read(public_id, current_actor())
    entries = past.of_image(db.session(), image)
    return render_template("workbench/history.html", record=reading.record, entries=entries)


@blueprint.route("/changes/<public_id>", methods=["GET", "POST"])
@roles_required("archivist")
def change_set(public_id: str) -> Any:
    """One change set with what it did; a POST undoes it."""
    found = past.by_id(db.session(), public_id)
    if found is None:
        abort(404)
    conflicts: list[history.Conflict] = []
    if request.method == "POST":
        try:
            history.undo(current_actor(), found, later=_later())
            flash(gettext("Undone."), "success")
            return redirect(url_for("workbench.home"))
        except history.UndoConflict as error:
            conflicts = error.conflicts
    shown = past.shown(db.session(), past.by_id(db.session(), public_id) or found)
    page = render_template("workbench/change_set.html", shown=shown, conflicts=conflicts)
    return page, 409 if conflicts else 200


def _later() -> history.Later:
    """What to do with values that were changed since, as the person chose."""
    asked = request.form.get("later")
    return "leave" if asked == "leave" else "overwrite" if asked == "overwrite" else "stop"
