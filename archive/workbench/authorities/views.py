"""The authority file: people, places, events and terms, each listed, described, kept in order."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext

from archive import dates, db, words
from archive.accounts.web import current_actor, roles_required
from archive.catalogue.authorities import KINDS, Row, keeping
from archive.catalogue.authorities.life import read_life
from archive.catalogue.refusals import NotFound, Refused, Stale
from archive.languages import language
from archive.workbench.authorities import lists, looking_up
from archive.workbench.authorities.forms import FORMS
from archive.workbench.authorities.sentences import refused_in_words
from archive.workbench.authorities.values import starting_values
from archive.workbench.changes import past

blueprint = Blueprint("authorities", __name__, url_prefix="/workbench/authorities")
KIND = "<any(agent, place, event, concept):kind>"


@blueprint.get("")
@roles_required("archivist")
def home() -> Any:
    return redirect(url_for("authorities.listed", kind="agent"))


@blueprint.get(f"/{KIND}")
@roles_required("archivist")
def listed(kind: str) -> str:
    """Those of a kind in the order of their names, with how many photographs refer to them."""
    asked = request.args
    page = lists.page(
        db.session(),
        kind,
        language(),
        typed=asked.get("q", ""),
        scheme=asked.get("scheme", ""),
        show=asked.get("show", ""),
        number=asked.get("page", 1, type=int),
    )
    return render_template(
        "workbench/authorities/index.html",
        page=page,
        totals=lists.totals(db.session()),
        schemes=lists.schemes(db.session(), language()),
    )


@blueprint.route(f"/{KIND}/new", methods=["GET", "POST"])
@roles_required("archivist")
def new(kind: str) -> Any:
    """Add one; who has the same name already is shown before another is made."""
    form = FORMS[kind]()
    form.prepare()
    namesakes: list[Any] = []
    if request.method == "POST" and "add" not in request.form and form.validate():
        namesakes = [] if "anyway" in request.form else _namesakes(kind, form)
        made = None if namesakes else _add(kind, form)
        if made is not None:
            flash(gettext("Added."), "success")
            return redirect(url_for("authorities.edit", kind=kind, public_id=made.public_id))
    form.with_room()
    page = render_template(
        "workbench/authorities/authority.html", form=form, kind=kind, row=None, namesakes=namesakes
    )
    return page, 422 if form.errors or namesakes else 200


@blueprint.route(f"/{KIND}/<public_id>", methods=["GET", "POST"])
@roles_required("archivist")
def edit(kind: str, public_id: str) -> Any:
    """All that is said of one. Whoever saves on an outdated version sees it and loses nothing."""
    row = _row(kind, public_id)
    if request.method == "GET" and row.merged_into_id is not None and kind != "concept":
        return _merged(kind, row)
    if request.method == "GET":
        form = FORMS[kind](data=starting_values(db.session(), row, language()))
    else:
        form = FORMS[kind]()
    form.prepare()
    if request.method == "POST" and "add" not in request.form:
        if form.validate() and _save(row, form):
            return redirect(url_for("authorities.edit", kind=kind, public_id=public_id))
        row = _row(kind, public_id)
    form.with_room()
    status = 409 if form.form_errors else 422 if form.errors else 200
    page = render_template(
        "workbench/authorities/authority.html",
        form=form,
        kind=kind,
        row=row,
        namesakes=[],
        about=lists.about(db.session(), row, language()),
    )
    return page, status


def _merged(kind: str, row: Row) -> str:
    """What was merged into another is not described any more; a term that was replaced may be."""
    entries = past.of_authority(db.session(), row)
    merges = (entry for entry in entries if entry.change_set.action == "merge_authorities")
    return render_template(
        "workbench/authorities/merged.html",
        kind=kind,
        row=row,
        about=lists.about(db.session(), row, language()),
        merge=next(merges, None),
    )


@blueprint.get(f"/{KIND}/<public_id>/history")
@roles_required("archivist")
def history_of(kind: str, public_id: str) -> str:
    """Every change of one authority, newest first."""
    row = _row(kind, public_id)
    return render_template(
        "workbench/authorities/history.html",
        kind=kind,
        row=row,
        name=looking_up.name_of(row, language()),
        entries=past.of_authority(db.session(), row),
    )


@blueprint.post(f"/{KIND}/<public_id>/remove")
@roles_required("archivist")
def remove(kind: str, public_id: str) -> Any:
    """Take out what nothing refers to."""
    row = _row(kind, public_id)
    try:
        keeping.remove(current_actor(), row)
    except Refused as error:
        flash(refused_in_words(error), "error")
        return redirect(url_for("authorities.edit", kind=kind, public_id=public_id))
    flash(gettext("Taken out."), "success")
    return redirect(url_for("authorities.listed", kind=kind))


@blueprint.get("/life")
@roles_required("archivist")
def life() -> str:
    """What the archive reads in life dates as typed."""
    text = request.args.get("text", "")
    lang: dates.Language = "hu" if language() == "hu" else "en"
    reading = read_life(text, lang) if text.strip() else None
    said = ""
    if reading:
        said = (
            words.life_in_words(reading.edtf or "", lang)
            if reading.ok
            else dates.refusal(reading.reason or "", lang, reading.detail)
        )
    return render_template("workbench/describing/_date.html", reading=reading, said=said)


@blueprint.get("/lookup")
@roles_required("archivist")
def lookup() -> Response:
    """Names that fit what is typed, as JSON: `[{"id", "name", "detail"}]`, most used first."""
    return jsonify([asdict(entry) for entry in _suggestions()])


@blueprint.get("/lookup/options")
@roles_required("archivist")
def lookup_options() -> str:
    """The same as the options of a listbox."""
    return render_template("workbench/authorities/options.html", suggestions=_suggestions())


def _suggestions() -> list[looking_up.Suggestion]:
    asked = request.args
    try:
        return looking_up.suggestions(
            db.session(),
            asked.get("kind", ""),
            asked.get("q", ""),
            language(),
            scheme=asked.get("scheme", ""),
        )
    except KeyError:
        abort(400)


def _row(kind: str, public_id: str) -> Any:
    try:
        return keeping.read(db.session(), kind, public_id)
    except NotFound:
        abort(404)


def _namesakes(kind: str, form: Any) -> list[lists.Line]:
    model = KINDS[kind].model
    candidate = model(**{**form.values(None), "names": [], "forms": []})
    found = keeping.namesakes(db.session(), KINDS[kind], candidate)
    return [lists.line(db.session(), row, language()) for row in found]


def _add(kind: str, form: Any) -> Row | None:
    reason = form.reason.data or ""
    try:
        row: Row = keeping.add(current_actor(), KINDS[kind], form.values(None), reason=reason)
    except Refused as error:
        form.form_errors.append(refused_in_words(error))
        return None
    return row


def _save(row: Any, form: Any) -> bool:
    values, based_on = form.values(row), int(form.based_on.data or 0)
    try:
        keeping.edit(current_actor(), row, values, based_on=based_on, reason=form.reason.data or "")
    except Stale as stale:
        form.based_on.data = str(stale.found)
        form.form_errors.append(
            gettext(
                "Somebody else saved this record while you were writing. What you typed is below; "
                "look at the history first, then save again to put yours over it."
            )
        )
        return False
    except Refused as error:
        form.form_errors.append(refused_in_words(error))
        return False
    flash(gettext("Saved."), "success")
    return True
