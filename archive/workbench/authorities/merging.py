"""Authorities that may be one: proposals to judge; two side by side, what would move, merging.

A blueprint of its own beside `authorities`, with the same address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from archive import db, jobs, words
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import upkeep
from archive.catalogue.authorities import KINDS, duplicates, keeping, merging
from archive.catalogue.refusals import NotFound, Refused, Stale
from archive.languages import language
from archive.workbench.authorities import lists, looking_up
from archive.workbench.authorities.sentences import refused_in_words
from archive.workbench.authorities.views import KIND

blueprint = Blueprint("authority_merge", __name__, url_prefix="/workbench/authorities")
FIELDS = {
    "name": _("Preferred name"),
    "kind": _("What it is"),
    "dates": _("Life dates"),
    "date": _("Date"),
    "point": _("Point"),
    "place": _("Where it happened"),
    "above": _("Part of"),
    "notation": _("Notation"),
    "uri": _("Address (URI)"),
    "note": _("Note"),
}
REASONS = {
    "same_number": _("the same number in another authority file"),
    "same_name": _("the same name, but for order or accents"),
    "other_name": _("the name of one is another name of the other"),
    "initials": _("the same name with initials"),
    "spelling": _("names that differ by a letter or two"),
}
PAIRS = 30  # on a page


@dataclass(frozen=True)
class Choice:
    """One field of both; `differ` where both speak and say something else."""

    field: str
    label: Any
    kept: str
    gone: str
    differ: bool


@dataclass(frozen=True)
class Pair:
    """Two that may be one, and the reason in words."""

    kept: lists.Line
    gone: lists.Line
    reason: Any


@blueprint.get("/duplicates")
@roles_required("archivist")
def proposals() -> str:
    """Pairs of a kind that may be one, the surest first."""
    session, lang = db.session(), language()
    kind = request.args.get("kind", "agent")
    if kind not in KINDS:
        abort(404)
    query = duplicates.waiting(kind)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    number = min(max(request.args.get("page", 1, type=int), 1), max(1, -(-total // PAIRS)))
    found = session.execute(query.limit(PAIRS).offset((number - 1) * PAIRS)).all()
    return render_template(
        "workbench/authorities/duplicates.html",
        kind=kind,
        pairs=[_pair(kind, one, other, reason, lang) for one, other, reason in found],
        total=total,
        number=number,
        pages=max(1, -(-total // PAIRS)),
        waiting={name: _waiting(name) for name in KINDS},
    )


@blueprint.post("/duplicates")
@roles_required("archivist")
def judge() -> Any:
    """Remember that two are not the same, or look at all of them again."""
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        abort(400)
    if "look" in request.form:
        jobs.submit(upkeep.find_duplicates.__name__, by=current_actor())
        flash(gettext("The archive is comparing all names; the list will be renewed."), "info")
    else:
        one, other = (_row(kind, request.form.get(name, "")) for name in ("one", "other"))
        duplicates.tell_apart(current_actor(), kind, one.id, other.id)
        flash(gettext("Remembered: they are not the same."), "success")
    return redirect(url_for("authority_merge.proposals", kind=kind))


@blueprint.route(f"/{KIND}/<public_id>/merge", methods=["GET", "POST"])
@roles_required("archivist")
def merge(kind: str, public_id: str) -> Any:
    """Choose the other one, look at both, and merge it into this one."""
    kept = _row(kind, public_id)
    if not request.args.get("with"):
        return _choose(kind, kept)
    gone, problem = _row(kind, request.args["with"]), ""
    if gone is kept:
        return _choose(kind, kept, refused_in_words(Refused("not_two_of_a_kind"))), 422
    if request.method == "POST":
        problem = _merge(kept, gone)
        if not problem:
            return redirect(url_for("authorities.edit", kind=kind, public_id=public_id))
        kept, gone = _row(kind, public_id), _row(kind, request.args["with"])
    session, lang = db.session(), language()
    page = render_template(
        "workbench/authorities/merge.html",
        kind=kind,
        problem=problem,
        kept=lists.line(session, kept, lang),
        gone=lists.line(session, gone, lang),
        choices=_choices(kept, gone, lang),
        chosen=request.form,
        preview=merging.preview(session, kept, gone),
    )
    return page, 409 if problem else 200


def _waiting(kind: str) -> int:
    query = select(func.count()).select_from(duplicates.waiting(kind).subquery())
    return db.session().scalar(query) or 0


def _pair(kind: str, one: int, other: int, reason: str, lang: str) -> Pair:
    """The two, the one that is used more first, for it will mostly stay."""
    session, model = db.session(), KINDS[kind].model
    lines = [lists.line(session, session.get_one(model, key), lang) for key in (one, other)]
    lines.sort(key=lambda line: -line.uses)
    return Pair(lines[0], lines[1], REASONS[reason])


def _choose(kind: str, kept: Any, problem: str = "") -> str:
    session, lang = db.session(), language()
    found = [
        entry
        for entry in looking_up.suggestions(
            session,
            kind,
            request.args.get("q", ""),
            lang,
            scheme=kept.scheme if kind == "concept" else "",
        )
        if entry.id != kept.public_id
    ]
    line = lists.line(session, kept, lang)
    return render_template(
        "workbench/authorities/merge.html", kind=kind, kept=line, found=found, problem=problem
    )


def _merge(kept: Any, gone: Any) -> str:
    """Merge as the form says; returns the sentence of what stood in the way."""
    asked = request.form
    taking = [field for field in FIELDS if asked.get(field) == "gone"]
    versions = (asked.get("kept_version", 0, type=int), asked.get("gone_version", 0, type=int))
    moved = merging.preview(db.session(), kept, gone).photographs
    try:
        merging.merge(
            current_actor(),
            kept,
            gone,
            taking=taking,
            based_on=versions,
            reason=asked.get("reason", "").strip(),
        )
    except Stale:
        return gettext(
            "One of the two was changed while you were looking. Please look again; your choices "
            "are kept."
        )
    except Refused as error:
        return refused_in_words(error)
    flash(
        ngettext(
            "Merged; %(n)s photograph moved.",
            "Merged; %(n)s photographs moved.",
            moved,
            n=words.number(moved),
        ),
        "success",
    )
    return ""


def _row(kind: str, public_id: str) -> Any:
    try:
        return keeping.read(db.session(), kind, public_id)
    except NotFound:
        abort(404)


def _choices(kept: Any, gone: Any, lang: str) -> list[Choice]:
    choices = []
    for field, columns in merging.FIELDS[kept.__tablename__].items():
        ours, theirs = (_said(row, field, columns, lang) for row in (kept, gone))
        if ours or theirs:
            differ = bool(ours and theirs and ours != theirs)
            choices.append(Choice(field, FIELDS[field], ours, theirs, differ))
    return choices


def _said(row: Any, field: str, columns: tuple[str, ...], lang: str) -> str:
    """A field of one in the reader's words."""
    value = getattr(row, columns[0])
    if field in ("above", "place") and value is not None:
        model: Any = lists.referred(type(row), field)
        return looking_up.name_of(db.session().get_one(model, value), lang)
    if field in ("dates", "date"):
        return words.life_in_words(value, lang)
    if field == "kind":
        return str(words.AGENT_KINDS[value])
    if field == "point" and value is not None:
        return f"{row.lat:.5f}, {row.lon:.5f}"
    if isinstance(value, dict):
        return " / ".join(text for text in value.values() if text)
    return str(value or "")
