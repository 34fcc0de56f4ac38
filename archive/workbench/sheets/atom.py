"""Descriptions from AtoM: sent, looked through, taken over as units and photographs."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.utils import secure_filename

from archive import words
from archive.accounts.web import current_actor, roles_required
from archive.ingest import service
from archive.ingest.atom import planning, taking
from archive.ingest.atom.planning import Plan, Planned
from archive.ingest.words import Unreadable
from archive.languages import language

blueprint = Blueprint("atom", __name__, url_prefix="/workbench/sheets/atom")
PER_PAGE = 100


@blueprint.post("")
@roles_required("archivist")
def upload() -> Any:
    """Keep the file, and go on to what would become of it."""
    sent = request.files.get("file")
    name = secure_filename(sent.filename or "") if sent else ""
    if sent is None or not name.lower().endswith(".csv"):
        flash(gettext("Choose the CSV that AtoM has written."), "error")
        return redirect(url_for("sheets.home"))
    token = secrets.token_hex(8)
    folder = service.upload_folder(token)
    folder.mkdir(parents=True)
    sent.save(folder / name)
    return redirect(url_for("atom.report", token=token, unit=request.form.get("unit") or None))


@blueprint.get("/<token>")
@roles_required("archivist")
def report(token: str) -> Any:
    """What would be added, what is here already, and what is refused and why."""
    try:
        plan = planning.read(_file(token), below=request.args.get("unit", ""))
    except Unreadable as error:
        flash(error.reason.sentence(language()), "error")
        return redirect(url_for("sheets.home"))
    show = request.args.get("show", "")
    rows = [row for row in plan.rows if show in ("", row.outcome) or _is_remarked(row, show)]
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "workbench/sheets/atom.html",
        plan=plan,
        rows=rows[(number - 1) * PER_PAGE : number * PER_PAGE],
        remarked=sum(_is_remarked(row, "remarked") for row in plan.rows),
        number=number,
        pages=pages,
        show=show,
        token=token,
        unit=request.args.get("unit", ""),
        words=words,
    )


@blueprint.post("/<token>")
@roles_required("archivist")
def take(token: str) -> Any:
    """Take over what the report says; a long list by the worker."""
    unit = request.form.get("unit", "")
    path = _file(token)
    try:
        plan = planning.read(path, below=unit)
    except Unreadable as error:
        flash(error.reason.sentence(language()), "error")
        return redirect(url_for("sheets.home"))
    if plan.count(planning.ADD) > taking.AT_ONCE:
        taking.take_later(current_actor(), token, path.name, unit)
        flash(gettext("The worker imports it; this page tells how far it is."), "info")
        return redirect(url_for("atom.report", token=token, unit=unit or None))
    return _taken(plan, token, unit)


def _taken(plan: Plan, token: str, unit: str) -> Any:
    made = taking.take(current_actor(), plan)
    if made is None:
        flash(gettext("Everything is here already; nothing was added."), "warning")
        return redirect(url_for("atom.report", token=token, unit=unit or None))
    flash(gettext("Imported. It can be undone here as a whole."), "success")
    return redirect(url_for("workbench.change_set", public_id=made.public_id))


def _is_remarked(row: Planned, show: str) -> bool:
    return show == "remarked" and bool(row.remarks) and row.outcome != planning.REFUSED


def _file(token: str) -> Path:
    """The one file that was sent under this token, or the page that there is none."""
    try:
        return next(service.upload_folder(token).iterdir())
    except (Unreadable, FileNotFoundError, StopIteration):
        abort(404)
