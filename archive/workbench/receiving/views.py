"""Receiving photographs: upload, map the columns, rehearse, follow the batch, decide proposals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import likenesses
from archive.ingest import proposals, service
from archive.ingest.headings import TARGETS
from archive.ingest.mapping import NAMES
from archive.ingest.models import OUTCOMES, Batch, Proposal
from archive.ingest.words import Unreadable, outcome_in_words
from archive.languages import language
from archive.workbench import listing
from archive.workbench.blueprint import renewed
from archive.workbench.changes import lines
from archive.workbench.receiving import pages

blueprint = Blueprint("receive", __name__, url_prefix="/workbench/receive")


@blueprint.get("")
@roles_required("archivist")
def home() -> str:
    """Upload files, and the batches so far."""
    session = db.session()
    return render_template(
        "workbench/receiving/index.html",
        batches=pages.batches(session),
        proposals=len(pages.open_proposals(session)),
        alike=likenesses.count(session),
        outcome_in_words=outcome_in_words,
    )


@blueprint.post("")
@roles_required("archivist")
def upload() -> Any:
    """Keep what was sent, and go on to sorting it."""
    token = pages.keep_uploads(_sent())
    if not token:
        flash(gettext("No file was sent. Choose files, a folder, a ZIP or a spreadsheet."), "error")
        return redirect(url_for("receive.home"))
    return redirect(url_for("receive.sort", token=token))


@blueprint.post("/sort/<token>/files")
@roles_required("archivist")
def add(token: str) -> Any:
    """More files for the same delivery."""
    _folder_or_404(token)
    pages.keep_uploads(_sent(), token)
    return redirect(url_for("receive.sort", token=token))


@blueprint.get("/sort/<token>")
@roles_required("archivist")
def sort(token: str) -> Any:
    """The columns and a preview of ten rows, before anything is taken in."""
    _folder_or_404(token)
    return _sorting(token)


@blueprint.post("/sort/<token>")
@roles_required("archivist")
def decide(token: str) -> Any:
    """Look again with another mapping, save it, rehearse, or take the delivery in."""
    _folder_or_404(token)
    act = request.form.get("act", "look")
    if act == "save":
        _save_mapping()
    if act not in ("rehearse", "take"):
        return _sorting(token)
    wanted = _request(token)
    try:
        prepared = service.prepare(wanted)
        batch = service.open_batch(
            current_actor(),
            wanted,
            prepared,
            dry_run=act == "rehearse",
            queued=True,
            uploaded=act == "take",
        )
    except Unreadable as error:
        flash(error.reason.sentence(language()), "error")
        return _sorting(token)
    return redirect(url_for("receive.batch", public_id=batch.public_id))


@blueprint.get("/<public_id>")
@roles_required("archivist")
def batch(public_id: str) -> Any:
    """How far a batch is, and its outcomes; the page comes anew by itself while it runs."""
    shown = pages.report(
        db.session(),
        _batch(public_id),
        request.args.get("outcome", ""),
        request.args.get("page", 1, type=int),
    )
    page = render_template(
        "workbench/receiving/batch.html",
        shown=shown,
        outcome_in_words=outcome_in_words,
        names=OUTCOMES,
        reason_of=pages.reason_of,
        warnings_of=pages.warnings_of,
    )
    return renewed(page, working=not shown.is_over)


@blueprint.post("/<public_id>/resume")
@roles_required("archivist")
def resume(public_id: str) -> Any:
    """Go on with a batch that stopped or was interrupted."""
    try:
        service.resume(current_actor(), _batch(public_id))
    except Unreadable as error:
        flash(error.reason.sentence(language()), "error")
    return redirect(url_for("receive.batch", public_id=public_id))


@blueprint.post("/<public_id>/take")
@roles_required("archivist")
def take(public_id: str) -> Any:
    """Take in for good what was rehearsed, with the same wishes."""
    try:
        made = service.take_rehearsed(current_actor(), _batch(public_id))
    except Unreadable as error:
        flash(error.reason.sentence(language()), "error")
        return redirect(url_for("receive.batch", public_id=public_id))
    return redirect(url_for("receive.batch", public_id=made.public_id))


@blueprint.get("/proposals")
@roles_required("archivist")
def waiting() -> str:
    """New words for known photographs, to be accepted or rejected."""
    found = pages.open_proposals(db.session())
    records = lines.own_records(db.session(), {image.id for _proposal, image in found})
    shown = [
        (proposal, records[image.id], pages.proposed_lines(proposal)) for proposal, image in found
    ]
    return render_template("workbench/receiving/proposals.html", proposals=shown)


@blueprint.post("/proposals/<public_id>")
@roles_required("archivist")
def settle(public_id: str) -> Any:
    """Accept or reject one proposal."""
    found = db.session().scalars(select(Proposal).where(Proposal.public_id == public_id)).first()
    if found is None:
        abort(404)
    if found.state != "open":
        flash(gettext("Somebody has decided this already."), "warning")
    elif request.form.get("act") == "accept":
        proposals.accept(current_actor(), found)
        flash(gettext("Accepted; it can be undone in the history."), "success")
    else:
        proposals.reject(current_actor(), found)
        flash(gettext("Rejected; the photograph stays as it is."), "success")
    return redirect(url_for("receive.waiting"))


def _sent() -> list[FileStorage]:
    """All files of the request, whichever field they came in."""
    return [file for name in request.files for file in request.files.getlist(name)]


def _sorting(token: str) -> Any:
    """The sorting page; a delivery that cannot be read says why, and more files may be added."""
    session = db.session()
    wanted, trouble, shown = _request(token), None, None
    try:
        shown = pages.sorting(token, service.prepare(wanted))
    except Unreadable as error:
        trouble = error.reason
    page = render_template(
        "workbench/receiving/sort.html",
        token=token,
        shown=shown,
        trouble=trouble,
        wanted=wanted,
        units=listing.units(session),
        saved=pages.saved_mappings(session),
        targets=TARGETS,
        names=NAMES,
        opened=request.form.get("act") in ("look", "load", "save"),
    )
    return page, 422 if trouble else 200


def _request(token: str) -> service.Request:
    """The delivery as the form wants it: with the mapping typed, or a saved one."""
    wanted = pages.request_of(token, request.form)
    if request.form.get("act") == "load" and request.form.get("saved"):
        return replace(wanted, mapping=service.mapping_named(request.form["saved"]))
    return replace(wanted, mapping=pages.mapping_of(request.form))


def _save_mapping() -> None:
    mapping, name = pages.mapping_of(request.form), request.form.get("name", "").strip()
    if mapping is None or not name:
        flash(gettext("Give the mapping a name to save it."), "error")
        return
    service.save_mapping(name[:120], mapping)
    flash(gettext("The mapping “%(name)s” is saved.", name=name), "success")


def _batch(public_id: str) -> Batch:
    found = db.session().scalars(select(Batch).where(Batch.public_id == public_id)).first()
    if found is None:
        abort(404)
    return found


def _folder_or_404(token: str) -> None:
    try:
        folder = service.upload_folder(token)
    except Unreadable:
        abort(404)
    if not folder.is_dir():
        abort(404)
