"""Moving units and photographs in the tree: what it would change is shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from archive import db, rights, words
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import codes, moving
from archive.catalogue.models import Image, Unit
from archive.catalogue.refusals import NotFound, Refused
from archive.languages import language
from archive.workbench.sentences import refused_in_words

blueprint = Blueprint("move", __name__, url_prefix="/workbench/units")
PATTERN = "{unit}{rest}"
OFFERED = 500
SHOWN = 10
# What is inherited, by its name in a plan.
FIELDS = {
    "rights.statement": _("Rights statement"),
    "rights.credit": _("Credit line"),
    "rights.holder": _("Rights holder"),
    "rights.note": _("Note on rights"),
    "provenance.source": _("Source"),
    "provenance.acquisition": _("Acquisition"),
    "provenance.custody": _("Custody history"),
    "provenance.publication": _("First publication"),
    "date": _("Date of the unit"),
    "creator": _("Creator of the unit"),
}
USES = {
    "view_public": _("Looking at it"),
    "download_full": _("Downloading it"),
    "licence_editorial": _("Publishing it"),
}


@dataclass(frozen=True)
class Asked:
    """What the form asks to be moved, and where to."""

    units: Sequence[Unit]
    images: Sequence[Image]
    to: str
    codes: str
    pattern: str

    @property
    def wanted(self) -> str:
        return self.pattern if self.codes == "new" else ""


@blueprint.route("/+move", methods=["GET", "POST"])
@roles_required("archivist")
def choose() -> Any:
    """What is moved, where to, what it would change; a POST with the plan's digest moves it."""
    asked = _asked()
    plan, trouble = None, ""
    try:
        if request.method == "POST" and request.form.get("act") == "move":
            return _move(asked)
        if asked.to:
            plan = moving.plan(
                db.session(), asked.units, asked.images, _target(asked.to), pattern=asked.wanted
            )
    except Refused as refused:
        trouble = refused_in_words(refused)
    except moving.Outdated as outdated:
        plan = outdated.plan
        trouble = gettext("The archive has changed in the meantime. Please look at this again.")
    page = render_template(
        "workbench/arranging/move.html",
        asked=asked,
        plan=plan,
        trouble=trouble,
        fields=FIELDS,
        uses=USES,
        said=_said,
        answer=lambda decision: rights.answer(decision, language()),
        offered=_offered(),
        shown=SHOWN,
    )
    return page, 422 if trouble else 200


def _move(asked: Asked) -> Any:
    target = _target(asked.to)
    made = moving.move(
        current_actor(),
        asked.units,
        asked.images,
        target,
        pattern=asked.wanted,
        expected=request.form.get("digest", ""),
        reason=request.form.get("reason", "").strip()[:500],
    )
    flash(gettext("Moved; it can be undone in the history."), "success")
    first = made.units[0] if made.units else target
    return redirect(url_for("arrange.tree", at=first.ref_code, _anchor="chosen"))


def _asked() -> Asked:
    session, given = db.session(), request.values
    refs, keys = given.getlist("which"), given.getlist("id")
    units = {
        unit.ref_code: unit for unit in session.scalars(select(Unit).where(Unit.ref_code.in_(refs)))
    }
    found = select(Image).where(Image.public_id.in_(keys)).order_by(Image.position, Image.id)
    images = session.scalars(found).all()
    if not units.keys() >= set(refs) or len(images) < len(set(keys)):
        abort(404)
    return Asked(
        [units[ref] for ref in dict.fromkeys(refs)],
        images,
        given.get("to", "").strip(),
        given.get("codes", "keep"),
        given.get("pattern", PATTERN).strip() or PATTERN,
    )


def _target(ref: str) -> Unit:
    """The unit with the code typed, or that had it. Raises Refused."""
    try:
        return codes.bearer(db.session(), ref)
    except NotFound as error:
        raise Refused("no_such_unit", ref_code=ref) from error


def _offered() -> Sequence[Unit]:
    """Units to choose from while typing; of a very large tree the first."""
    query = select(Unit).order_by(Unit.ref_code).limit(OFFERED)
    return db.session().scalars(query).all()


def _said(name: str, value: Any) -> str:
    """An inherited value as a reader sees it."""
    if name == "rights.statement" and value in rights.STATEMENTS:
        return rights.STATEMENTS[value].label[language()]
    if name == "provenance.publication" and isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    return words.pick(value, language()) if isinstance(value, dict) else str(value or "")
