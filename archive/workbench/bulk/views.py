"""Many photographs at once: the form, the preview as a diff, carrying it out, and its end.

The invariant: nothing is changed before somebody has seen what would become of each photograph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from sqlalchemy.orm import Session

from archive import db, history, jobs, rights
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import bulk, instructions, joining
from archive.catalogue import service as catalogue
from archive.catalogue.bulk import BulkPlan
from archive.catalogue.models import Image, RecordRow
from archive.catalogue.refusals import NotFound, Refused, Stale
from archive.catalogue.service import WITHDRAWAL_REASONS
from archive.history import ChangeSet
from archive.workbench import listing
from archive.workbench.blueprint import renewed
from archive.workbench.bulk import form, words
from archive.workbench.changes import ahead, lines

blueprint = Blueprint("bulk", __name__, url_prefix="/workbench/bulk")
PER_PAGE = 20


@dataclass(frozen=True)
class Line:
    """One photograph of a plan: what it is called, what becomes of it, value by value."""

    public_id: str
    record: dict[str, Any]
    ref_code: str
    outcome: str
    values: Sequence[lines.Value]


@dataclass(frozen=True)
class PlanPage:
    """A plan as its page shows it; `outcome` chooses among its photographs."""

    plan: BulkPlan
    job: jobs.Job | None
    lines: Sequence[Line]
    outcome: str
    number: int
    pages: int
    change_set: ChangeSet | None
    undone: ChangeSet | None
    conflicts: Sequence[ahead.Standing]

    @property
    def is_working(self) -> bool:
        waits = self.job is not None and not self.job.is_over
        return self.plan.state in ("counting", "applying") and waits


@blueprint.post("/new")
@roles_required("archivist")
def new() -> Any:
    """The form for the chosen photographs, or for all that fit."""
    asked = listing.Asked.of(request.form)
    chosen = request.form.getlist("id")
    if not chosen and "all" not in request.form:
        flash(gettext("Choose photographs in the list first."), "warning")
        args: dict[str, Any] = asked.as_args()
        return redirect(url_for("workbench.photographs", **args))
    return _form(asked, chosen)


@blueprint.post("")
@roles_required("archivist")
def prepare() -> Any:
    """Keep what the form asks for and count what it comes to; nothing is changed yet."""
    asked, chosen = listing.Asked.of(request.form), request.form.getlist("id")
    wanted = form.instructions(request.form)
    try:
        plan = bulk.prepare(
            current_actor(),
            _keys(db.session(), asked, chosen),
            wanted,
            reason=request.form.get("reason", "").strip(),
        )
    except Refused as error:
        return _form(asked, chosen, words.refused(error)), 422
    except NotFound as error:
        no_unit = Refused("no_such_unit", ref_code=str(error))
        return _form(asked, chosen, words.refused(no_unit)), 422
    return redirect(url_for("bulk.plan", public_id=plan.public_id))


@blueprint.route("/merge", methods=["GET", "POST"])
@roles_required("archivist")
def merge() -> Any:
    """Two records of one photograph side by side; a POST with the one that stays joins them."""
    chosen = request.values.getlist("id")
    images = {image.public_id: image for image in _images(db.session(), chosen)}
    if len(images) != 2:
        flash(gettext("Choose two photographs that are one."), "warning")
        return redirect(url_for("workbench.photographs"))
    stays = request.form.get("stays", "")
    if stays in images:
        goes = next(image for key, image in images.items() if key != stays)
        return _merged(images[stays], goes)
    readings = [catalogue.read(key, current_actor()) for key in images]
    return render_template("workbench/bulk/merge.html", readings=readings)


def _images(session: Session, public_ids: Sequence[str]) -> Sequence[Image]:
    return session.scalars(select(Image).where(Image.public_id.in_(public_ids))).all()


def _merged(stays: Image, goes: Image) -> Any:
    seen = {
        key: request.form.get(f"version-{key}", 0, type=int) for key in request.form.getlist("id")
    }
    public_ids = [stays.public_id, goes.public_id]
    try:
        with history.change(
            current_actor(), "merge", reason=request.form.get("reason", "")
        ) as made:
            based_on = (seen[stays.public_id], seen[goes.public_id])
            joining.merge(current_actor(), stays, goes, based_on=based_on)
    except (Refused, Stale) as error:
        said = words.refused(error) if isinstance(error, Refused) else words.CHANGED
        flash(str(said), "warning")
        return redirect(url_for("bulk.merge", id=public_ids))
    flash(gettext("The two are one record now; the address of the other leads to it."), "success")
    return redirect(url_for("workbench.change_set", public_id=made.public_id))


@blueprint.get("/<public_id>")
@roles_required("archivist")
def plan(public_id: str) -> Any:
    """What a plan would do or did, photograph by photograph."""
    found = _plan(public_id)
    page = _page(db.session(), found)
    if found.state == "applied" and page.change_set and not found.left:
        return redirect(url_for("workbench.change_set", public_id=page.change_set.public_id))
    shown = render_template(
        "workbench/bulk/plan.html",
        page=page,
        instruction=words.instruction,
        outcome_in_words=words.outcome,
    )
    return renewed(shown, working=page.is_working)


@blueprint.post("/<public_id>")
@roles_required("archivist")
def act(public_id: str) -> Any:
    """Carry a plan out, go on with it, or look again at those that were left."""
    found, doing = _plan(public_id), request.form.get("act", "")
    try:
        if doing == "carry_out":
            bulk.carry_out(current_actor(), found, later=_later())
        elif doing == "go_on":
            bulk.take_up(found)
        elif doing == "again":
            public_id = _again(found).public_id
        else:
            abort(400)
    except Refused as error:
        flash(words.refused(error), "warning")
    return redirect(url_for("bulk.plan", public_id=public_id))


def _later() -> history.Later | None:
    asked = request.form.get("later")
    return "leave" if asked == "leave" else "overwrite" if asked == "overwrite" else None


def _again(found: BulkPlan) -> BulkPlan:
    """The same for those that somebody changed meanwhile, seen anew."""
    keys = bulk.left_out(found).get(bulk.MOVED, [])
    return bulk.prepare(current_actor(), keys, found.instructions, reason=found.reason)


def _form(asked: listing.Asked, chosen: Sequence[str], wrong: str = "") -> str:
    number = len(chosen) or listing.count(db.session(), asked)
    return render_template(
        "workbench/bulk/new.html",
        asked=asked,
        chosen=chosen,
        number=number,
        wrong=wrong,
        typed=request.form,
        choices=form.CHOICES,
        statements=rights.STATEMENTS.values(),
        reasons=WITHDRAWAL_REASONS,
    )


def _keys(session: Session, asked: listing.Asked, chosen: Sequence[str]) -> Sequence[int]:
    if not chosen:
        return listing.fitting_keys(session, asked)
    found = select(Image.public_id, Image.id).where(Image.public_id.in_(chosen))
    keys = {row.public_id: row.id for row in session.execute(found)}
    return [keys[public_id] for public_id in dict.fromkeys(chosen) if public_id in keys]


def _plan(public_id: str) -> BulkPlan:
    chosen = select(BulkPlan).where(BulkPlan.public_id == public_id)
    found = db.session().scalars(chosen).first()
    if found is None:
        abort(404)
    return found


def _page(session: Session, found: BulkPlan) -> PlanPage:
    outcome = request.args.get("show", "") or next(iter(found.counts), "")
    entries = [] if found.undo_of_id else found.photographs
    keys = [key for key, _version, code in entries if code == outcome]
    if found.state == "applied":
        outcome, keys = "", [key for key, _why in found.left]
    pages = max(1, -(-len(keys) // PER_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    window = keys[(number - 1) * PER_PAGE : number * PER_PAGE]
    return PlanPage(
        found,
        session.get(jobs.Job, found.job_id) if found.job_id else None,
        _lines(session, found, window),
        outcome,
        number,
        pages,
        session.get(ChangeSet, found.change_set_id) if found.change_set_id else None,
        session.get(ChangeSet, found.undo_of_id) if found.undo_of_id else None,
        ahead.standing(session, found.conflicts),
    )


def _lines(session: Session, found: BulkPlan, keys: Sequence[int]) -> list[Line]:
    """The photographs of one page; the diff is computed anew, from what holds now."""
    rows = {
        row.id: row
        for row in session.execute(
            select(Image.id, Image.public_id, Image.ref_code, RecordRow.own)
            .join(RecordRow, RecordRow.image_id == Image.id)
            .where(Image.id.in_(keys))
        )
    }
    left: dict[int, str] = dict(found.left)
    considered = {}
    names: dict[int, str] = {}
    if found.state == "open" and found.instructions:
        considered = {one.id: one for one in bulk.consider(session, found, keys)}
        resolved = instructions.resolve(session, found.instructions)
        names = {key: name for key, (_kind, name) in resolved.new.items()}
    lines = []
    for key in keys:
        if row := rows.get(key):
            one = considered.get(key)
            values = ahead.of_edits(session, one.edits, names) if one else []
            outcome = left.get(key) or (one.outcome if one else "")
            lines.append(Line(row.public_id, row.own, row.ref_code, outcome, values))
    return lines
