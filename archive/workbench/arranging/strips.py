"""The strip of a roll, the pages of an album: photographs in their order, numbered and dated."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import record, service, strips
from archive.catalogue.models import Unit
from archive.catalogue.refusals import Refused
from archive.languages import language
from archive.workbench.arranging.views import in_words, unit_or_404
from archive.workbench.sentences import refused_in_words

blueprint = Blueprint("strip", __name__, url_prefix="/workbench/units")
PER_PAGE = 120


@blueprint.get("/+strip/<path:ref>")
@roles_required("archivist")
def show(ref: str) -> str:
    """The photographs of a file in order, with what the order tells."""
    session, unit = db.session(), unit_or_404(ref)
    found = strips.strip(session, unit)
    pages = max(1, -(-len(found.images) // PER_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    shown = found.images[(number - 1) * PER_PAGE : number * PER_PAGE]
    keys = [image.id for image in shown]
    records = {one.image_id: one.record for one in service.records_of(session, keys)}
    return render_template(
        "workbench/arranging/strip.html",
        strip=found,
        unit=unit,
        above=record.path_of(session, unit.id)[:-1],
        shown=[(image, records[image.id]) for image in shown],
        number=number,
        pages=pages,
        in_words=in_words,
    )


@blueprint.post("/+strip/<path:ref>")
@roles_required("archivist")
def decide(ref: str) -> Any:
    """Number the frames as typed, or accept the chosen dates by sequence."""
    unit = unit_or_404(ref)
    try:
        if request.form.get("act") == "dates":
            _accept(unit)
        else:
            _number(unit)
    except Refused as refused:
        flash(refused_in_words(refused), "error")
    return redirect(url_for("strip.show", ref=ref, page=request.args.get("page")))


def _accept(unit: Unit) -> None:
    keys = {image.public_id: image.id for image in strips.strip(db.session(), unit).images}
    given = [value.partition("=") for value in request.form.getlist("date")]
    chosen = {keys.get(public_id, 0): edtf for public_id, _sign, edtf in given}
    if not chosen:
        flash(gettext("Choose at least one date."), "warning")
        return
    strips.accept_dates(current_actor(), unit, chosen, lang=language())
    flash(gettext("Dated; it can be undone in the history."), "success")


def _number(unit: Unit) -> None:
    images = strips.strip(db.session(), unit).images
    typed = {image.id: request.form.get(f"frame-{image.public_id}") for image in images}
    numbers = {key: frame for key, frame in typed.items() if frame is not None}
    strips.renumber(current_actor(), unit, numbers)
    flash(gettext("Saved."), "success")
