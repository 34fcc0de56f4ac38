"""The workbench: what waits, the list, describing a photograph, its history, undoing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from archive import dates as dating
from archive import db, history
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import redrafting
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft
from archive.catalogue.models import STATES, Image
from archive.languages import language
from archive.workbench import describing, listing, past
from archive.workbench.forms import DescribeForm
from archive.workbench.sentences import missing_in_words

blueprint = Blueprint("workbench", __name__, url_prefix="/workbench")


@blueprint.get("")
@roles_required("archivist")
def home() -> str:
    """How many photographs are in each state, and what was done last."""
    session = db.session()
    return render_template(
        "workbench/home.html",
        counts=listing.counts(session),
        recent=past.recent(session),
        units=listing.units(session),
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


@blueprint.route("/photographs/<public_id>", methods=["GET", "POST"])
@roles_required("archivist")
def describe(public_id: str) -> Any:
    """The describe form. Whoever saves on an outdated version sees it, and loses nothing."""
    image = _image(public_id)
    reading = catalogue.read(public_id, current_actor())
    form = _form(image) if request.method == "GET" else DescribeForm()
    if request.method == "POST" and "add" not in request.form:
        form.offer_statements()
        if form.validate() and _save(image, form):
            return redirect(_next(public_id))
    form.with_room()
    status = 409 if form.form_errors else 422 if form.errors else 200
    page = render_template(
        "workbench/describe.html",
        form=form,
        record=reading.record,
        image=image,
        missing=catalogue.missing_for_publication(db.session(), image),
        neighbours=listing.neighbours(db.session(), image),
    )
    return page, status


def _form(image: Image) -> DescribeForm:
    values = describing.starting_values(_kept(image))
    return DescribeForm(data={**values, "based_on": str(image.version)})


def _kept(image: Image) -> Draft:
    return redrafting.draft_of(catalogue.own_record(db.session(), image))


def _save(image: Image, form: DescribeForm) -> bool:
    draft = form.draft(_kept(image))
    public_id = image.public_id
    try:
        catalogue.describe(
            current_actor(),
            image,
            draft,
            based_on=int(form.based_on.data),
            reason=form.reason.data or "",
        )
    except catalogue.Stale as stale:
        form.based_on.data = str(stale.found)
        form.form_errors.append(
            gettext(
                "Somebody else saved this record while you were writing. What you typed is below; "
                "look at the history first, then save again to put yours over it."
            )
        )
        return False
    flash(gettext("Saved."), "success")
    if "publish" in request.form:
        _change_state(public_id, "publish")
    return True


def _next(public_id: str) -> str:
    following = request.form.get("next", "")
    return url_for("workbench.describe", public_id=following or public_id)


@blueprint.post("/photographs/<public_id>/state")
@roles_required("archivist")
def change_state(public_id: str) -> Any:
    """Publish, unpublish, hand to review, or withdraw with a reason class."""
    _change_state(public_id, request.form.get("act", ""))
    return redirect(url_for("workbench.describe", public_id=public_id))


def _change_state(public_id: str, act: str) -> None:
    image, actor = _image(public_id), current_actor()
    try:
        if act == "withdraw":
            catalogue.withdraw(actor, image, reason_class=request.form.get("reason_class", ""))
        else:
            listing.verb(act)(actor, image)
    except catalogue.NotReady as error:
        flash(missing_in_words(error.missing), "error")
    except (catalogue.Refused, LookupError):
        abort(400)
    else:
        flash(gettext("Done."), "success")


@blueprint.get("/photographs/<public_id>/history")
@roles_required("archivist")
def history_of(public_id: str) -> str:
    """Every change of one photograph, field by field, newest first."""
    image = _image(public_id)
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


@blueprint.get("/dates")
@roles_required("archivist")
def dates() -> str:
    """What the archive reads in a date as typed: words, or why it cannot be read."""
    text = request.args.get("text", "")
    lang: dating.Language = "hu" if language() == "hu" else "en"
    reading = dating.read(text, lang=lang) if text.strip() else None
    said = _said(reading, lang) if reading else ""
    return render_template("workbench/_date.html", reading=reading, said=said)


def _said(reading: dating.Reading, lang: dating.Language) -> str:
    return (
        dating.words(reading, lang)
        if reading.ok
        else dating.refusal(reading.reason or "", lang, reading.detail)
    )


def _image(public_id: str) -> Image:
    try:
        return catalogue.image_by_id(db.session(), public_id)
    except catalogue.NotFound:
        abort(404)
