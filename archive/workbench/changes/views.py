"""Change sets: the list of who did what and when, and one of them with its account and undo.

Undoing is itself a change set, so that undoing that is doing it again. The invariant: where
something has changed since, nothing is undone before somebody has chosen what becomes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from archive import db, settings
from archive.accounts.models import Person
from archive.accounts.web import current_actor, roles_required
from archive.catalogue import bulk
from archive.catalogue.refusals import Refused
from archive.history import Change, ChangeSet
from archive.workbench import listing
from archive.workbench.blueprint import blueprint
from archive.workbench.bulk import words
from archive.workbench.changes import past

PER_PAGE = 50


@dataclass(frozen=True)
class Asked:
    """Whose change sets, doing what, between which days (both inclusive)."""

    by: str = ""
    action: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, args: Any) -> Asked:
        return cls(*(args.get(name, "").strip() for name in ("by", "action", "since", "until")))


@dataclass(frozen=True)
class ChangesPage:
    lines: Sequence[past.Summary]
    total: int
    number: int
    pages: int
    asked: Asked


@blueprint.get("/changes")
@roles_required("archivist")
def changes() -> str:
    """Who changed what and when, the last first."""
    session, asked = db.session(), Asked.of(request.args)
    page = _page(session, asked, request.args.get("page", 1, type=int))
    return render_template(
        "workbench/changes/index.html",
        page=page,
        people=listing.people(session),
        actions=session.scalars(
            select(ChangeSet.action).where(_catalogue()).distinct().order_by(ChangeSet.action)
        ),
    )


@blueprint.route("/changes/<public_id>", methods=["GET", "POST"])
@roles_required("archivist")
def change_set(public_id: str) -> Any:
    """One change set with what it did; a POST undoes it, or shows what stands against that."""
    session = db.session()
    found = past.by_id(session, public_id)
    if found is None:
        abort(404)
    if request.method == "POST":
        return _undo(found)
    return render_template(
        "workbench/changes/change_set.html",
        shown=past.shown(session, found),
        writing=bulk.being_written(session, found.id),
        plan=_plan_of(session, found.id),
        undoes=session.get(ChangeSet, found.undo_of_id) if found.undo_of_id else None,
        instruction=words.instruction,
        outcome_in_words=words.outcome,
        left=bulk.left_out,
    )


def _undo(found: ChangeSet) -> Any:
    public_id = found.public_id
    try:
        plan = bulk.prepare_undo(current_actor(), found.id)
    except Refused as error:
        flash(words.refused(error), "warning")
        return redirect(url_for("workbench.change_set", public_id=public_id))
    if plan.state == "applied":
        flash(gettext("Undone."), "success")
    return redirect(url_for("bulk.plan", public_id=plan.public_id))


def _plan_of(session: Session, change_set_id: int) -> bulk.BulkPlan | None:
    mine = select(bulk.BulkPlan).where(bulk.BulkPlan.change_set_id == change_set_id)
    return session.scalars(mine).first()


def _page(session: Session, asked: Asked, number: int) -> ChangesPage:
    query = _fitting(select(ChangeSet), asked)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    window = query.order_by(ChangeSet.id.desc()).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    lines = past.summaries(session, session.scalars(window).all())
    return ChangesPage(lines, total, number, pages, asked)


def _catalogue() -> ColumnElement[bool]:
    """Of the catalogue: accounts and licences have their own pages."""
    touched = select(Change.change_set_id).where(Change.subject_kind.in_(past.OF_THE_CATALOGUE))
    return ChangeSet.id.in_(touched)


def _fitting(query: Select[Any], asked: Asked) -> Select[Any]:
    query = query.where(_catalogue())
    if asked.by:
        query = query.join(Person, Person.id == ChangeSet.actor_id)
        query = query.where(Person.public_id == asked.by)
    if asked.action:
        query = query.where(ChangeSet.action == asked.action)
    if since := _day(asked.since):
        query = query.where(ChangeSet.at >= since)
    if until := _day(asked.until):
        query = query.where(ChangeSet.at < until + timedelta(days=1))
    return query


def _day(text: str) -> datetime | None:
    """The beginning of a day at the institution; what is no day asks for nothing."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day, time(), ZoneInfo(settings.current().time_zone))
