"""The tree of fonds, series and files: adding a unit and editing one, with what it passes down."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import redrafting
from archive.catalogue import service as catalogue
from archive.catalogue.models import Unit
from archive.catalogue.record import RIGHTS_FIELDS, provenance
from archive.workbench import describing, listing
from archive.workbench.forms import UnitForm

blueprint = Blueprint("arrange", __name__, url_prefix="/workbench/units")


@blueprint.get("")
@roles_required("archivist")
def tree() -> str:
    return render_template("workbench/units.html", units=listing.units(db.session()))


@blueprint.route("/new", methods=["GET", "POST"])
@roles_required("archivist")
def new() -> Any:
    """A new unit, below the one named by `parent` or at the top."""
    form = UnitForm()
    form.offer_statements()
    parent = _unit(request.args["parent"]) if request.args.get("parent") else None
    if form.validate_on_submit():
        values = form.values()
        try:
            made = catalogue.add_unit(
                current_actor(),
                parent=parent,
                rights_and_provenance=form.rights(),
                **values,
            )
            return redirect(url_for("arrange.edit", ref=made.ref_code))
        except catalogue.Refused:
            form.ref_code.errors = (gettext("Another unit has this reference code."),)
    page = render_template("workbench/unit.html", form=form, unit=None, parent=parent)
    return page, 422 if form.errors else 200


@blueprint.route("/<path:ref>", methods=["GET", "POST"])
@roles_required("archivist")
def edit(ref: str) -> Any:
    """Edit a unit; the photographs below inherit what it says at once."""
    unit = _unit(ref)
    form = UnitForm() if request.method == "POST" else UnitForm(data=_values(unit))
    form.offer_statements()
    if form.validate_on_submit():
        values = {**form.values(), **asdict(form.rights())}
        try:
            catalogue.edit_unit(current_actor(), unit, **values)
            flash(gettext("Saved."), "success")
            return redirect(url_for("arrange.edit", ref=values["ref_code"]))
        except catalogue.Refused:
            form.ref_code.errors = (gettext("Another unit has this reference code."),)
    page = render_template("workbench/unit.html", form=form, unit=unit, parent=unit.parent)
    return page, 422 if form.errors else 200


def _unit(ref: str) -> Unit:
    try:
        return catalogue.unit_by_ref(db.session(), ref)
    except catalogue.NotFound:
        abort(404)


def _values(unit: Unit) -> dict[str, Any]:
    stated = {key: getattr(unit, column) for key, column in RIGHTS_FIELDS.items()}
    return {
        "ref_code": unit.ref_code,
        "level": unit.level,
        "dates": unit.dates,
        "creator": unit.creator,
        **{f"title_{lang}": unit.title.get(lang, "") for lang in ("hu", "en")},
        **{f"scope_{lang}": unit.scope.get(lang, "") for lang in ("hu", "en")},
        **describing.rights_values(redrafting.rights_of(stated, provenance(unit))),
    }
