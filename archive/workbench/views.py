"""The workbench: what waits, the list of photographs, their history."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import gaps, likenesses
from archive.catalogue import service as catalogue
from archive.catalogue.models import STATES
from archive.workbench import checks, listing
from archive.workbench.blueprint import blueprint, image_of
from archive.workbench.changes import past
from archive.workbench.changes import views as changes
from archive.workbench.describing import views as describe
from archive.workbench.describing import working_drafts
from archive.workbench.describing.filling import templates
from archive.workbench.reviewing import queues, steps
from archive.workbench.reviewing import views as review
from archive.workbench.sentences import missing_in_words

# Pages of the workbench that have a file of their own; importing them makes them known.
OTHERS = (changes, checks, describe, review)


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
        noted=steps.waiting(session),
        alike=likenesses.count(session),
        queues=queues.lines(session, actor),
        orders=queues.ORDERS,
        gaps=gaps.GAPS.values(),
        templates=templates(session, actor),
    )


@blueprint.get("/photographs")
@roles_required("archivist")
def photographs() -> str:
    """The grid: photographs that fit, and beside them the facts of the one that is looked at."""
    session = db.session()
    page = listing.page(
        session, listing.Asked.of(request.args), request.args.get("page", 1, type=int)
    )
    at = request.args.get("at", "")
    return render_template(
        "workbench/photographs.html",
        page=page,
        states=STATES,
        gaps=gaps.GAPS,
        orders=listing.ORDERS,
        people=listing.people(session),
        batches=listing.batches(session),
        looked_at=next((one for one in page.readings if one.record["id"] == at), None),
    )


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
    kept: dict[str, Any] = listing.Asked.of(request.form).as_args()
    page = request.form.get("page") or None
    return redirect(url_for("workbench.photographs", page=page, **kept))


@blueprint.get("/photographs/<public_id>/history")
@roles_required("archivist")
def history_of(public_id: str) -> str:
    """Every change of one photograph, field by field, newest first."""
    image = image_of(public_id)
    reading = catalogue.read(public_id, current_actor())
    entries = past.of_image(db.session(), image)
    return render_template(
        "workbench/changes/of_photograph.html", record=reading.record, entries=entries
    )
