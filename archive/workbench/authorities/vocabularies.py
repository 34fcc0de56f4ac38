"""Vocabularies, and taking over lists of people and vocabularies from files of others.

A file is looked through first, as a rehearsal; what is then taken over is one change set.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext

from archive import db
from archive.accounts.web import current_actor, roles_required
from archive.catalogue.authorities import schemes
from archive.catalogue.refusals import Refused
from archive.catalogue.skos import exchange
from archive.catalogue.skos.triples import NotRdf
from archive.ingest import people, service
from archive.ingest.words import Unreadable, reason
from archive.languages import language
from archive.workbench.authorities import lists, vocabulary_tree
from archive.workbench.receiving import pages

blueprint = Blueprint("vocabularies", __name__, url_prefix="/workbench/authorities")
MIMES = {"rdf": "application/rdf+xml", "ttl": "text/turtle"}
SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
SHOWN = 200


@dataclass(frozen=True)
class Line:
    """One person or term of a file, and what becomes of it; `where` is its row or address."""

    where: str
    name: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Looked:
    """A file that was looked through or taken over."""

    what: str
    name: str
    counts: dict[str, int]
    lines: list[Line]
    change_set: str
    columns: Mapping[str, str]


@blueprint.get("/vocabularies")
@roles_required("archivist")
def home() -> str:
    """Every vocabulary with the number of its terms."""
    known = lists.schemes(db.session(), language())
    numbers = vocabulary_tree.numbers(db.session())
    return render_template(
        "workbench/authorities/vocabularies.html", schemes=known, numbers=numbers
    )


@blueprint.route("/vocabularies/<code>", methods=["GET", "POST"])
@roles_required("archivist")
def vocabulary(code: str) -> Any:
    """The terms of a vocabulary, a level at a time; a POST names it."""
    if request.method == "POST":
        return _name(code)
    if code not in schemes.codes(db.session()):
        abort(404)
    shown = vocabulary_tree.level(db.session(), code, request.args.get("below", ""), language())
    if shown is None:
        abort(404)
    titles = dict(lists.schemes(db.session(), language()))
    row = schemes.by_code(db.session(), code)
    return render_template(
        "workbench/authorities/vocabulary.html",
        code=code,
        title=titles[code],
        scheme=row,
        shown=shown,
    )


@blueprint.get("/vocabularies/<code>.<any(rdf, ttl):format>")
@roles_required("archivist")
def export(code: str, format: str) -> Any:
    """A vocabulary as SKOS."""
    if code not in schemes.codes(db.session()):
        abort(404)
    try:
        text = "".join(exchange.write(db.session(), code, format))
    except NotRdf as error:
        flash(reason(error.why).sentence(language()), "error")
        return redirect(url_for("vocabularies.vocabulary", code=code))
    return Response(
        text,
        mimetype=MIMES[format],
        headers={"Content-Disposition": f'attachment; filename="{code}.{format}"'},
    )


@blueprint.route("/take-over", methods=["GET", "POST"])
@roles_required("archivist")
def take_over() -> Any:
    """Look a file through, then take it over."""
    known = lists.schemes(db.session(), language())
    if request.method == "GET":
        return render_template("workbench/authorities/take_over.html", schemes=known, looked=None)
    asked = request.form
    token, problem, looked = asked.get("token", ""), "", None
    try:
        token = token or pages.keep_uploads(request.files.getlist("file"))
        looked = _look(_file(token), rehearse="take" not in asked)
    except (Unreadable, NotRdf, Refused) as error:
        problem = _in_words(error)
    if looked is not None and looked.change_set:
        shutil.rmtree(service.upload_folder(token), ignore_errors=True)
        flash(gettext("Imported."), "success")
    page = render_template(
        "workbench/authorities/take_over.html",
        schemes=known,
        looked=looked,
        problem=problem,
        token=token,
        asked=asked,
        shown=SHOWN,
    )
    return page, 422 if problem else 200


def _file(token: str) -> Path:
    """The one file that was sent. Raises Unreadable."""
    sent = sorted(service.upload_folder(token).glob("*")) if token else []
    if not sent:
        raise Unreadable("nothing_sent")
    return sent[0]


def _look(path: Path, *, rehearse: bool) -> Looked:
    """Read a file as what its ending says. Raises Unreadable, NotRdf, Refused."""
    asked, actor, lang = request.form, current_actor(), language()
    if path.suffix.lower() in SHEETS:
        source = asked.get("source", "").strip()
        told = people.take_over(actor, path, source=source, dry_run=rehearse)
        lines = [
            Line(", ".join(map(str, one.rows)), one.name, one.outcome,
                 reason(one.reason, **one.params).sentence(lang) if one.reason else "")
            for one in told.outcomes
        ]  # fmt: skip
        return Looked("people", path.name, told.counts(), lines, told.change_set, told.columns)
    code = asked.get("scheme_code", "").strip() or asked.get("scheme", "")
    found = exchange.take_over(actor, path.read_bytes(), scheme=code, dry_run=rehearse)
    terms = [
        Line(
            one.uri, one.name, one.outcome, reason(one.reason).sentence(lang) if one.reason else ""
        )
        for one in found.outcomes
    ]
    return Looked("terms", path.name, found.counts(), terms, found.change_set, {})


def _in_words(error: Unreadable | NotRdf | Refused) -> str:
    lang = language()
    if isinstance(error, Unreadable):
        return error.reason.sentence(lang)
    if isinstance(error, NotRdf):
        return reason(error.why, line=error.line).sentence(lang)
    return reason(error.code, **error.params).sentence(lang)


def _name(code: str) -> Any:
    """Give a vocabulary its titles and address; a new one comes to be by it."""
    code = request.form.get("code", "").strip() or code
    titles = {lang: request.form.get(f"title_{lang}", "").strip() for lang in ("hu", "en")}
    uri = request.form.get("uri", "").strip()
    try:
        schemes.name(current_actor(), code, titles, uri)
    except Refused as error:
        flash(_in_words(error), "error")
        return redirect(url_for("vocabularies.home"))
    flash(gettext("Saved."), "success")
    return redirect(url_for("vocabularies.vocabulary", code=code))
