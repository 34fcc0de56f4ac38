"""The steps from draft to public, the notes of review, and the queues to work through."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext

from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image
from archive.workbench.blueprint import blueprint, image_of
from archive.workbench.reviewing import queues, steps
from archive.workbench.sentences import missing_in_words


@blueprint.post("/photographs/<public_id>/state")
@roles_required("archivist")
def change_state(public_id: str) -> Any:
    """Publish, hand to review, send back with a note, take back into work, or withdraw."""
    take_step(image_of(public_id), request.form.get("act", ""))
    return _back(public_id)


@blueprint.post("/photographs/<public_id>/notes")
@roles_required("archivist")
def add_note(public_id: str) -> Any:
    """Write a note to colleagues, or settle one."""
    image, settled = image_of(public_id), request.form.get("settle")
    try:
        if settled:
            steps.settle(image, settled)
        else:
            steps.say(current_actor(), image, request.form.get("note", ""))
    except steps.NothingSaid:
        flash(gettext("The note has no words."), "error")
    except LookupError:
        abort(404)
    return _back(public_id)


@blueprint.post("/queues")
@roles_required("archivist")
def add_queue() -> Any:
    """Save what is asked for as a queue."""
    try:
        shared = "shared" in request.form
        made = queues.keep(
            current_actor(), request.form.get("name", ""), request.form, shared=shared
        )
        flash(gettext("Kept as the queue “%(name)s”.", name=made.name), "success")
    except queues.NoName:
        flash(gettext("Please give the queue a name."), "error")
    return redirect(url_for("workbench.home"))


@blueprint.get("/queues/<queue_id>")
@roles_required("archivist")
def start_queue(queue_id: str) -> Any:
    """To the first photograph of a queue."""
    chosen = queues.find(db.session(), current_actor(), queue_id)
    if chosen is None:
        abort(404)
    first = queues.first(db.session(), chosen.query)
    if not first:
        flash(gettext("Nothing is left in “%(name)s”.", name=chosen.name), "success")
        return redirect(url_for("workbench.home"))
    return redirect(url_for("workbench.describe", public_id=first, queue=queue_id))


@blueprint.post("/queues/<queue_id>/delete")
@roles_required("archivist")
def drop_queue(queue_id: str) -> Any:
    """Forget a queue; the photographs stay where they are."""
    try:
        name = queues.drop(current_actor(), queue_id)
        flash(gettext("The queue “%(name)s” is gone.", name=name), "success")
    except LookupError:
        abort(404)
    return redirect(url_for("workbench.home"))


def take_step(image: Image, step: str) -> None:
    """Take a step and say what came of it."""
    note, why = request.form.get("note", ""), request.form.get("reason_class", "")
    try:
        steps.act(current_actor(), image, step, note=note, reason_class=why)
    except catalogue.NotReady as error:
        flash(missing_in_words(error.missing), "error")
    except steps.NothingSaid:
        flash(gettext("Please write why it goes back."), "error")
    except steps.NotNow as error:
        if error.act not in STEPS:
            abort(400)
        flash(gettext("Somebody was quicker: it is in another state by now."), "warning")
    except catalogue.Refused:
        abort(400)
    else:
        flash(gettext("Done."), "success")


def _back(public_id: str) -> Any:
    queue = request.args.get("queue") or None
    return redirect(url_for("workbench.describe", public_id=public_id, queue=queue))


STEPS = frozenset(step for steps in steps.ACTS.values() for step in steps)
