"""Reports: what is missing, what contradicts itself, what people look for, what was done.

Every list leads to the work: to the photograph, to the list of photographs narrowed by the gap, to
a spreadsheet. The tables are made in `reporting`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext

from archive import db, settings, words
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import contradictions, gaps
from archive.languages import language
from archive.search import misses
from archive.workbench.reports import doings, missed, tables, wanted

blueprint = Blueprint("reports", __name__, url_prefix="/workbench/reports")
PER_PAGE = 50
# What the overview shows together, in the order in which one would work it off.
LACKING = (
    "undescribed", "no_title", "no_date", "date_unread", "no_creator", "no_place", "no_subject",
    "no_rights", "no_alt", "no_picture",
)  # fmt: skip
PUBLISHED = tuple(code for code in gaps.GAPS if code.startswith("published_"))
STANDING = ("contradictory", "in_review", "machine_draft", "stale_draft", "withdrawn")


@blueprint.get("")
@roles_required("archivist")
def home() -> str:
    """Every report with its number and what to do about it."""
    session = db.session()
    return render_template(
        "workbench/reports/index.html",
        standing=gaps.standing(session),
        reports=tables.REPORTS,
        groups=(LACKING, PUBLISHED, STANDING),
        readers={found.name: found.count(session) for found in tables.READERS},
    )


@blueprint.get("/lacking/<code>")
@roles_required("archivist")
def lacking(code: str) -> str:
    """Photographs with one gap, in the order they came."""
    if code not in gaps.GAPS:
        abort(404)
    session, after = db.session(), request.args.get("after", 0, type=int)
    found = gaps.listed(session, code, limit=PER_PAGE + 1, after=after)
    shown = found[:PER_PAGE]
    return render_template(
        "workbench/reports/lacking.html",
        report=tables.report(code),
        number=gaps.count(session, code),
        lines=tables.lines_of(session, [image.id for image in shown]),
        further=shown[-1].id if len(found) > PER_PAGE else None,
    )


@blueprint.get("/contradictions")
@roles_required("archivist")
def contradictory() -> str:
    """Photographs that say two things which cannot both hold, with both."""
    rule = request.args.get("rule", "")
    if rule and rule not in contradictions.RULES:
        abort(404)
    session, after = db.session(), request.args.get("after", 0, type=int)
    found = tables.contradictory(session, rule=rule, limit=PER_PAGE + 1, after=after)
    return render_template(
        "workbench/reports/contradictory.html",
        report=tables.report("contradictory"),
        rules=contradictions.RULES,
        by_rule=tables.by_rule(session),
        chosen=rule,
        lines=found[:PER_PAGE],
        further=found[PER_PAGE - 1][0].image_id if len(found) > PER_PAGE else None,
    )


@blueprint.get("/searches")
@roles_required("archivist")
def searches() -> str:
    """What readers searched for in vain; asking again tells whether it is still in vain."""
    session, settled = db.session(), bool(request.args.get("settled"))
    page = max(request.args.get("page", 1, type=int), 1)
    read = misses.settled if settled else misses.unsettled
    total = misses.number(session, settled=settled)
    return render_template(
        "workbench/reports/searches.html",
        report=tables.report("searches"),
        settled=settled,
        shown=read(session, limit=PER_PAGE, offset=(page - 1) * PER_PAGE),
        number=page,
        pages=-(-total // PER_PAGE),
        total=total,
        again=_asked_again(request.args.get("again", "")),
        outcomes=missed.OUTCOMES,
        days=settings.current().misses_keep_days,
    )


def _asked_again(public_id: str) -> tuple[Any, int] | None:
    """A search and how many photographs a reader would find by it today."""
    if not public_id:
        return None
    try:
        miss = misses.of_id(db.session(), public_id)
    except LookupError:
        abort(404)
    return miss, misses.found_now(miss)


@blueprint.post("/searches/<public_id>")
@roles_required("archivist")
def settle_search(public_id: str) -> Any:
    """Mark a search as seen to, or as one that cannot be answered, or take that back."""
    act = request.form.get("act", "settle")
    try:
        if act == "reopen":
            misses.reopen(public_id)
        else:
            misses.settle(public_id, outcome="impossible" if act == "impossible" else "done")
    except LookupError:
        abort(404)
    flash(_("It waits again.") if act == "reopen" else _("Settled."), "success")
    return redirect(url_for("reports.searches", settled=1 if act == "reopen" else None))


@blueprint.get("/wishes")
@roles_required("archivist")
def wishes() -> str:
    """What readers told us they were looking for."""
    shown = misses.wishes(db.session(), limit=PER_PAGE)
    return render_template(
        "workbench/reports/wishes.html",
        report=tables.report("wishes"),
        shown=shown,
        total=misses.number_of_wishes(db.session()),
    )


@blueprint.post("/wishes/<public_id>")
@roles_required("archivist")
def settle_wish(public_id: str) -> Any:
    """Mark a wish as seen to; the address of who told it is erased."""
    try:
        misses.settle_wish(public_id)
    except LookupError:
        abort(404)
    flash(_("Settled; how to reach them is erased."), "success")
    return redirect(url_for("reports.wishes"))


@blueprint.get("/wanted")
@roles_required("archivist")
def most_wanted() -> str:
    """Photographs that people ask for and cannot find, the most wanted first."""
    session = db.session()
    ranked = wanted.most_wanted(session, limit=PER_PAGE)
    lines = tables.lines_of(session, [entry.image_id for entry in ranked])
    return render_template(
        "workbench/reports/wanted.html",
        report=tables.report("wanted"),
        lines=list(zip(ranked, lines, strict=True)),
        why=_why,
    )


def _why(entry: wanted.Wanted) -> str:
    """What a photograph is wanted for, in words."""
    said = [
        ngettext("“%(words)s” (%(num)s time)", "“%(words)s” (%(num)s times)", count, words=text)
        for text, count in entry.searches
    ]
    if entry.requests:
        said.append(
            ngettext("in %(num)s licence request", "in %(num)s licence requests", entry.requests)
        )
    return ", ".join(said)


@blueprint.get("/work")
@roles_required("archivist")
def work() -> str:
    """What was done month by month, by oneself and by all."""
    session = db.session()
    months = doings.months(session, current_actor())
    return render_template(
        "workbench/reports/work.html",
        report=tables.report("work"),
        months=doings.since_the_first(months),
        doings=doings.DOINGS,
        names=tables.names_of(session, doings.people_of(months)),
        shared=settings.current().work_by_person,
        sees_everybody=doings.sees_everybody(current_actor()),
        month_in_words=_month,
    )


def _month(month: doings.Month) -> str:
    return words.edtf_in_words(f"{month.first:%Y-%m}", language())


@blueprint.get("/<name>.csv")
@roles_required("archivist")
def table(name: str) -> Response:
    """A report as a spreadsheet: UTF-8 with its mark, which makes programs read ő and ű."""
    try:
        rows = tables.table(db.session(), name, current_actor(), language())
        first = tables.headings(next(rows), language())
    except tables.UnknownReport:
        abort(404)
    answer = Response(stream_with_context(_written(first, rows)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _written(first: list[str], rows: Iterator[list[str]]) -> Iterator[str]:
    yield "\ufeff" + _row(first)
    for cells in rows:
        yield _row(cells)


def _row(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
