"""Photographs as a spreadsheet: written out, edited anywhere, compared, taken over with one undo.

An archivist should never want a spreadsheet, and may always use one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext, ngettext
from sqlalchemy import select
from werkzeug.utils import secure_filename

from archive import db, jobs, settings
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import projection
from archive.catalogue.models import STATES, Image, Unit
from archive.ingest.atom import writing as atom
from archive.ingest.models import SheetImport
from archive.ingest.roundtrip import applying, columns, pending, writing
from archive.ingest.roundtrip.writing import Wishes
from archive.ingest.words import Unreadable
from archive.languages import language
from archive.workbench import listing
from archive.workbench.blueprint import renewed
from archive.workbench.changes import lines

blueprint = Blueprint("sheets", __name__, url_prefix="/workbench/sheets")
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
FORMS = {"xlsx": ("xlsx", ","), "csv": ("csv", ","), "semicolon": ("csv", ";")}


@blueprint.get("")
@roles_required("archivist")
def home() -> str:
    """Write a table out, or send one back; the tables that were sent."""
    session = db.session()
    chosen = {name: request.args.get(name, "") for name in ("state", "unit", "q")}
    return render_template(
        "workbench/sheets/index.html",
        chosen=chosen,
        total=len(_keys(chosen)),
        states=STATES,
        units=listing.units(session),
        sent=pending.recent(session),
    )


@blueprint.route("/export", methods=["GET", "POST"])
@roles_required("archivist")
def export() -> Any:
    """The photographs of a selection as XLSX or CSV; a POST names them one by one."""
    form, separator = FORMS.get(request.values.get("form", ""), FORMS["xlsx"])
    wishes = Wishes(
        "csv" if form == "csv" else "xlsx",
        language(),
        separator,
        byte_order_mark="plain" not in request.values,
    )
    keys = _named(request.form.getlist("id")) if request.method == "POST" else _keys(request.args)
    if not keys:
        flash(gettext("No photograph was chosen, so there is nothing to write out."), "warning")
        return redirect(url_for("sheets.home"))
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    writing.write(db.session(), keys, target, wishes)
    target.seek(0)
    name = f"{secure_filename(settings.current().site_name)}-{projection.today()}.{form}"
    return send_file(target, as_attachment=True, download_name=name)


@blueprint.get("/units.csv")
@roles_required("archivist")
def units() -> Any:
    """The units as AtoM reads them, all or those below one."""
    session, ref = db.session(), request.args.get("unit", "")
    chosen = session.scalars(select(Unit.id).where(Unit.ref_code == ref)).all()
    below = projection.subtree(session, chosen) if ref else None
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    atom.write(session, target, below)
    target.seek(0)
    return send_file(target, as_attachment=True, download_name="units.csv")


@blueprint.post("")
@roles_required("archivist")
def upload() -> Any:
    """Compare a table that came back with what is said now."""
    sent = request.files.get("sheet")
    name = secure_filename(sent.filename or "") if sent else ""
    if sent is None or not name.lower().endswith(ENDINGS):
        flash(gettext("Choose a spreadsheet: CSV, XLSX, XLS or ODS."), "error")
        return redirect(url_for("sheets.home"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        sent.save(path)
        try:
            kept = pending.receive(
                current_actor(),
                path,
                name=sent.filename or name,
                unit=request.form.get("unit", ""),
            )
        except Unreadable as error:
            flash(error.reason.sentence(language()), "error")
            return redirect(url_for("sheets.home"))
    return redirect(url_for("sheets.sheet", public_id=kept.public_id))


@blueprint.get("/<public_id>")
@roles_required("archivist")
def sheet(public_id: str) -> Any:
    """What a table would change, photograph by photograph, with what is accepted."""
    session, found = db.session(), _found(public_id)
    show, column = request.args.get("show", ""), request.args.get("column", "")
    page = render_template(
        "workbench/sheets/sheet.html",
        sheet=found,
        counts=pending.counts(session, found),
        columns=pending.columns_of(session, found),
        page=pending.page(
            session,
            found,
            show=show,
            column=column,
            number=request.args.get("page", 1, type=int),
        ),
        show=show,
        column=column,
        notes=pending.remarks(found.notes),
        trouble=pending.remarks([found.trouble]),
        job=session.get(jobs.Job, found.job_id) if found.job_id else None,
        remarks=pending.remarks,
        heading=lambda name: columns.heading(name, language()),
        pieces=lines.pieces,
    )
    return renewed(page, working=found.state == "applying")


@blueprint.post("/<public_id>")
@roles_required("archivist")
def decide(public_id: str) -> Any:
    """Keep the decisions of a page; then accept or leave a row, a column, all, or take over."""
    found = _found(public_id)
    act, _, about = request.form.get("act", "").partition(" ")
    if found.state == "open":
        _keep_page(found)
    if act == "discard":
        begun = found.change_set
        pending.discard(current_actor(), found)
        flash(_discarded(begun), "success")
        return redirect(url_for("sheets.home"))
    if act == "apply":
        return _apply(found)
    if act in ("accept", "leave") and found.state == "open":
        _decide(found, accepted=act == "accept", about=about)
    return redirect(_here(public_id))


def _discarded(change_set: str) -> str:
    """What is said of a table that was thrown away, perhaps after it was taken over in part."""
    if change_set:
        return gettext(
            "The sheet was thrown away. What was imported from it is kept; it can be undone in the"
            " history."
        )
    return gettext("The sheet was thrown away; nothing was changed.")


def _keep_page(found: SheetImport) -> None:
    """The checkboxes as they stand on the page."""
    shown = request.form.getlist("shown", type=int)
    pending.decide_cells(found, shown, request.form.getlist("cell", type=int))


def _decide(found: SheetImport, *, accepted: bool, about: str) -> None:
    """`about` is "row 12", "column title:hu", "new", "conflicts", "remarked", or "all"."""
    what, _, which = about.partition(" ")
    if what == "row" and which.isdecimal():
        pending.decide(found, accepted, row=int(which))
    elif what == "column":
        pending.decide(found, accepted, column=which)
    elif what == "new":
        pending.decide(found, accepted, kind="new")
    elif what in ("conflicts", "remarked"):
        pending.decide(found, accepted, show=what)
    elif what == "all":
        pending.decide(found, accepted)
    else:
        abort(400)


def _apply(found: SheetImport) -> Any:
    public_id = found.public_id
    try:
        applied = applying.apply_when_due(current_actor(), found)
    except Unreadable as error:
        flash(error.reason.sentence(language()), "error")
        return redirect(url_for("sheets.sheet", public_id=public_id))
    if applied.state == "applying":
        return redirect(url_for("sheets.sheet", public_id=public_id))
    if not applied.change_set:
        flash(gettext("Nothing was accepted, so nothing was changed."), "warning")
        return redirect(url_for("sheets.sheet", public_id=public_id))
    left = pending.counts(db.session(), applied).left
    flash(gettext("The sheet was imported. It can be undone here as a whole."), "success")
    if left:
        flash(
            ngettext(
                "%(num)s cell was left as it is.", "%(num)s cells were left as they are.", left
            ),
            "info",
        )
    return redirect(url_for("workbench.change_set", public_id=applied.change_set))


def _here(public_id: str) -> str:
    """The page that was decided on, with its narrowing."""
    kept: dict[str, Any] = {n: request.args.get(n) or None for n in ("show", "column", "page")}
    return url_for("sheets.sheet", public_id=public_id, **kept)


def _keys(chosen: Any) -> Sequence[int]:
    return listing.keys(
        db.session(),
        state=chosen.get("state", ""),
        unit=chosen.get("unit", ""),
        words=chosen.get("q", ""),
    )


def _named(public_ids: Sequence[str]) -> Sequence[int]:
    chosen = select(Image.id).where(Image.public_id.in_(public_ids))
    return db.session().scalars(chosen.order_by(Image.unit_id, Image.position, Image.id)).all()


def _found(public_id: str) -> SheetImport:
    found = pending.by_id(db.session(), public_id)
    if found is None:
        abort(404)
    return found
