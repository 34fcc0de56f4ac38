"""Taking over what was accepted: one change set that the archivist can undo.

A cell that was changed in the archive after it was compared is not overwritten: it is left, and
becomes a conflict. The invariant: what applies is exactly what was accepted and still stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history, jobs
from archive.catalogue import redrafting
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft
from archive.catalogue.models import RecordRow
from archive.history import Actor
from archive.ingest import drafting
from archive.ingest.drafting import Drafted
from archive.ingest.models import SheetCell, SheetImport, SheetRow
from archive.ingest.roundtrip import columns
from archive.ingest.words import Reason, Unreadable, reason

ACTION = "import_sheet"
AT_ONCE = 200  # rows that a person may wait for; more are a job
CHUNK = 500


def apply(actor: Actor, found: SheetImport) -> SheetImport:
    """Take over the accepted cells as one change set. Raises Unreadable when that was done."""
    with history.change(actor, ACTION, reason=found.name) as change_set:
        session = db.session()
        current = session.get_one(SheetImport, found.id, with_for_update=True)
        if current.state == "applied":
            raise Unreadable("sheet_applied", name=current.name)
        written = 0
        for row, cells in _accepted(session, current):
            written += _take(session, actor, row, cells)
        current.state, current.applied_at, current.trouble = "applied", db.now(), {}
        current.change_set = change_set.public_id if written else ""
        return current


def apply_when_due(actor: Actor, found: SheetImport) -> SheetImport:
    """Apply at once where that is quick, else have the worker do it."""
    rows = select(SheetCell.row_id).where(SheetCell.import_id == found.id, SheetCell.accepted)
    if len(db.session().scalars(rows.distinct().limit(AT_ONCE + 1)).all()) <= AT_ONCE:
        return apply(actor, found)
    with db.transaction() as session:
        current = session.get_one(SheetImport, found.id, with_for_update=True)
        if current.state != "open":
            raise Unreadable("sheet_applied", name=current.name)
        current.state, current.person_id = "applying", actor.person_id
        current.actor_label = actor.label
        current.job_id = jobs.submit("sheet", by=actor, import_id=current.id).id
        return current


@jobs.job("sheet")
def work(_run: jobs.Run, import_id: int) -> None:
    """The job of a large table."""
    found = db.session().get(SheetImport, import_id)
    if found is None:
        return
    try:
        apply(Actor(found.person_id, found.actor_label), found)
    except Exception as error:
        _reopen(import_id, reason("sheet_failed", error=str(error)[:300]))
        raise jobs.GiveUp(str(error)) from error


def _reopen(import_id: int, why: Reason) -> None:
    with db.transaction() as session:
        current = session.get_one(SheetImport, import_id)
        current.state, current.trouble = "open", why.as_json()


def _accepted(
    session: Session, found: SheetImport
) -> Iterator[tuple[SheetRow, Sequence[SheetCell]]]:
    """The rows with accepted cells, some at a time."""
    mine = select(SheetCell.row_id).where(SheetCell.import_id == found.id, SheetCell.accepted)
    keys = sorted(set(session.scalars(mine)))
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        rows = {
            row.id: row for row in session.scalars(select(SheetRow).where(SheetRow.id.in_(chunk)))
        }
        cells = session.scalars(
            select(SheetCell)
            .where(SheetCell.row_id.in_(chunk), SheetCell.accepted)
            .order_by(SheetCell.row_id, SheetCell.position)
        ).all()
        for key, held in groupby(cells, key=lambda cell: cell.row_id):
            yield rows[key], list(held)


def _take(session: Session, actor: Actor, row: SheetRow, cells: Sequence[SheetCell]) -> bool:
    """Write one row down; whether there was anything to write."""
    return (
        _add(session, actor, row, cells)
        if row.kind == "new"
        else _change(session, actor, row, cells)
    )


def _add(session: Session, actor: Actor, row: SheetRow, cells: Sequence[SheetCell]) -> bool:
    draft = columns.fill(Draft(), {cell.column: cell.theirs for cell in cells})
    made = drafting.compose_title(Drafted(draft)).draft
    image = catalogue.accession(actor, catalogue.unit_by_ref(session, row.unit), made)
    row.image = image.public_id
    return True


def _change(session: Session, actor: Actor, row: SheetRow, cells: Sequence[SheetCell]) -> bool:
    image = catalogue.image_by_id(session, row.image)
    own = session.get_one(RecordRow, image.id).own
    draft, standing = redrafting.draft_of(own), {}
    for cell in cells:
        now = columns.column(cell.column).text(draft)
        if now == cell.ours:
            standing[cell.column] = cell.theirs
        elif now != cell.theirs:
            _leave(cell, now)
    if standing:
        draft = columns.fill(draft, standing)
        catalogue.describe(actor, image, draft, based_on=image.version)
    return bool(standing)


def _leave(cell: SheetCell, now: str) -> None:
    """A cell that somebody else has changed since the comparison."""
    cell.base, cell.ours, cell.conflict, cell.accepted = cell.ours, now, True, False
    cell.remarks = [*cell.remarks, reason("cell_changed_since").as_json()]
    cell.remarked = True
