"""The tree of fonds, series and files, and the page of a unit: its words, its place, its past.

Addresses beside those of units begin with "+", which no reference code does. Moving is in
`moving`, the strip of a roll in `strips`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from archive import dates as dating
from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import arrangement, codes, record, redrafting, tree
from archive.catalogue.arrangement import ISAD_ELEMENTS
from archive.catalogue.models import Unit
from archive.catalogue.record import RIGHTS_FIELDS
from archive.catalogue.refusals import NotFound, Refused, Stale
from archive.languages import language
from archive.workbench.arranging.unit_forms import AREAS, UnitForm
from archive.workbench.changes import past
from archive.workbench.describing import starting
from archive.workbench.sentences import refused_in_words

blueprint = Blueprint("arrange", __name__, url_prefix="/workbench/units")
OPENED = 40


@blueprint.get("", endpoint="tree")
@roles_required("archivist")
def show() -> str:
    """The tree with some branches open, one unit chosen, or what was found in it."""
    session = db.session()
    chosen = unit_or_404(request.args["at"]) if request.args.get("at") else None
    path = record.path_of(session, chosen.id) if chosen else []
    opened = _opened() if "open" in request.args or chosen else _only_one()
    return render_template(
        "workbench/arranging/index.html",
        branch=tree.branch(
            session,
            None,
            _keys(opened),
            path=[unit.id for unit in path],
            first=max(request.args.get("first", 0, type=int), 0),
        ),
        chosen=chosen,
        path=path,
        opened=opened,
        siblings=arrangement.children(session, chosen.parent_id) if chosen else [],
        in_words=in_words,
        found=tree.find(session, request.args["q"]) if request.args.get("q") else None,
    )


@blueprint.get("/+below/<path:ref>")
@roles_required("archivist")
def below(ref: str) -> str:
    """The units right below one, for a branch that is opened on the page."""
    unit = unit_or_404(ref)
    first = max(request.args.get("first", 0, type=int), 0)
    found = tree.branch(db.session(), unit.id, first=first)
    return render_template(
        "workbench/arranging/below.html", branch=found, parent=unit, opened=[], path=[], chosen=None
    )


@blueprint.post("/+order/<path:ref>")
@roles_required("archivist")
def order(ref: str) -> Any:
    """Put a unit before the one above it, after the one below it, first or last."""
    unit = unit_or_404(ref)
    siblings = [one.id for one in arrangement.children(db.session(), unit.parent_id)]
    here = siblings.index(unit.id)
    places = {"up": here - 1, "down": here + 1, "first": 0, "last": len(siblings)}
    if request.form.get("to") not in places:
        abort(400)
    arrangement.reorder(current_actor(), unit, places[request.form["to"]])
    kept = request.form.getlist("open")
    return redirect(url_for("arrange.tree", at=unit.ref_code, open=kept, _anchor="chosen"))


@blueprint.route("/+new", methods=["GET", "POST"])
@roles_required("archivist")
def new() -> Any:
    """A new unit, below the one named by `parent` or at the top."""
    parent = unit_or_404(request.args["parent"]) if request.args.get("parent") else None
    form = UnitForm(data=None if request.method == "POST" else _first_values(parent)).offer()
    if form.validate_on_submit():
        try:
            made = arrangement.add_unit(
                current_actor(),
                parent=parent,
                rights_and_provenance=form.rights(),
                **form.values(),
            )
            return redirect(url_for("arrange.edit", ref=made.ref_code))
        except Refused as refused:
            _tell(form, refused)
    return _page(form, None, parent), 422 if form.errors else 200


@blueprint.route("/<path:ref>", methods=["GET", "POST"])
@roles_required("archivist")
def edit(ref: str) -> Any:
    """Edit a unit; whoever saves on an outdated version sees what the other said."""
    try:
        unit = codes.bearer(db.session(), ref)
    except NotFound:
        abort(404)
    if unit.ref_code != ref:
        return redirect(url_for("arrange.edit", ref=unit.ref_code))
    form = UnitForm(data=None if request.method == "POST" else _values(unit)).offer()
    theirs: list[tuple[Any, str]] = []
    if form.validate_on_submit():
        try:
            saved = {**form.values(), **asdict(form.rights())}
            saved["dates"] = _same_dates(saved["dates"], unit.dates)
            based_on = int(form.based_on.data or 0)
            arrangement.edit_unit(current_actor(), unit, based_on=based_on, **saved)
            flash(gettext("Saved."), "success")
            return redirect(url_for("arrange.edit", ref=saved["ref_code"]))
        except Refused as refused:
            _tell(form, refused)
        except Stale as stale:
            theirs = _outdated(form, unit, stale)
    status = 409 if theirs or form.form_errors else 422 if form.errors else 200
    return _page(form, unit, unit.parent, theirs), status


@blueprint.get("/+history/<path:ref>")
@roles_required("archivist")
def history_of(ref: str) -> str:
    """Every change of the unit itself, newest first, and the codes it bore."""
    unit = unit_or_404(ref)
    return render_template(
        "workbench/arranging/unit_history.html",
        unit=unit,
        entries=past.of_unit(db.session(), unit),
        former=codes.former_of(db.session(), unit),
    )


def unit_or_404(ref: str) -> Unit:
    try:
        return arrangement.unit_by_ref(db.session(), ref)
    except NotFound:
        abort(404)


def _opened() -> list[str]:
    return [ref for ref in request.args.getlist("open") if ref][:OPENED]


def _only_one() -> list[str]:
    """An archive of one fonds begins with that open."""
    fonds = arrangement.children(db.session(), None)
    return [fonds[0].ref_code] if len(fonds) == 1 else []


def _keys(refs: list[str]) -> set[int]:
    return set(tree.keys_of(db.session(), refs)) if refs else set()


def _page(
    form: UnitForm, unit: Unit | None, parent: Unit | None, theirs: Sequence[tuple[Any, str]] = ()
) -> str:
    session = db.session()
    above = record.path_of(session, parent.id) if parent else []
    return render_template(
        "workbench/arranging/unit.html",
        form=form,
        unit=unit,
        above=above,
        areas=AREAS,
        theirs=theirs,
        counts=tree.counts(session, [unit.id])[unit.id] if unit else None,
        former=codes.former_of(session, unit) if unit else [],
        rights=record.inherited_by(unit, above, "rights"),
        provenance=record.inherited_by(unit, above, "provenance"),
        in_words=in_words,
    )


def _tell(form: UnitForm, refused: Refused) -> None:
    """Put a refusal at the field that it is about."""
    at = {"level": form.level, "form": form.form}.get(_concern(refused.code), form.ref_code)
    at.errors = (refused_in_words(refused),)


def _concern(code: str) -> str:
    return next((name for name in ("level", "form") if name in code.split("_")), "ref_code")


def _outdated(form: UnitForm, unit: Unit, stale: Stale) -> list[tuple[Any, str]]:
    """What the other said where it differs from what was typed; saving again puts it over."""
    db.session().refresh(unit)
    form.based_on.data = str(stale.found)
    form.form_errors.append(
        gettext(
            "Somebody else saved this unit while you were writing. What you typed is below; "
            "where theirs differs it is shown here. Save again to put yours over it."
        )
    )
    typed, now = form.data, _values(unit)
    return [
        (form[name].label.text, _said(now[name]))
        for name in now
        if name != "based_on" and _said(now[name]) != _said(typed.get(name))
    ]


def _said(value: Any) -> str:
    """A value of the form as text; two that say the same are equal."""
    if isinstance(value, dict):
        return " · ".join(text for lang in ("hu", "en") if (text := _said(value.get(lang))))
    return (str(value) if value else "").strip().replace("\r\n", "\n")


def in_words(text: str) -> str:
    """The dates of a unit in the reader's language; what cannot be read stays as it is."""
    lang: dating.Language = "hu" if language() == "hu" else "en"
    reading = dating.read(text, lang=lang)
    return dating.words(reading, lang) if reading.ok else text


def _as_written(text: str) -> str:
    """The dates of a unit for its form: in words, where the words are read as the same again."""
    said = in_words(text)
    return said if _same_dates(said, text) == text else text


def _same_dates(typed: str, known: str) -> str:
    """What is known where another wording says no other dates, else what was typed."""
    lang: dating.Language = "hu" if language() == "hu" else "en"
    one, other = dating.read(typed, lang=lang), dating.read(known, lang=lang)
    same = one.ok and other.ok and one.edtf == other.edtf
    return known if typed and same else typed


def _first_values(parent: Unit | None) -> dict[str, Any]:
    """A new unit begins with the code and the level that follow from the one above."""
    if parent is None:
        return {"level": "fonds"}
    below = {"fonds": "series", "subfonds": "series"}.get(parent.level, "file")
    return {"ref_code": f"{parent.ref_code}-", "level": below}


def _values(unit: Unit) -> dict[str, Any]:
    stated = {key: getattr(unit, column) for key, column in RIGHTS_FIELDS.items()}
    return {
        "based_on": str(unit.version),
        **{name: getattr(unit, name) for name in ("ref_code", "level", "form", "creator")},
        "dates": _as_written(unit.dates),
        **{name: getattr(unit, name) for name in ("extent", "scope", "notes")},
        **{name: unit.isad.get(name, {}) for name in ISAD_ELEMENTS},
        "title_hu": unit.title.get("hu") or unit.title.get("und", ""),
        "title_en": unit.title.get("en", ""),
        **starting.rights_values(redrafting.rights_of(stated, record.provenance(unit))),
    }
