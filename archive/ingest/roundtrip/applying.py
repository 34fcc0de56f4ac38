"""Taking over what was accepted: one change set that the archivist can undo.

It is written in portions, each a short transaction that goes on with the same change set, so that
others can write between them and a process that dies loses nothing. The invariant: what is written
is exactly what was accepted and still stands; a cell that was changed in the archive after the
comparison is left, and becomes a conflict.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Sequence
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import db, history, jobs
from archive.catalogue import redrafting, restating, rows
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft
from archive.catalogue.restating import Wish
from archive.history import Actor, Change, ChangeSet
from archive.ingest import drafting
from archive.ingest.drafting import Drafted
from archive.ingest.models import SheetCell, SheetImport, SheetRow
from archive.ingest.roundtrip import columns
from archive.ingest.words import Unreadable, reason

ACTION = "import_sheet"
AT_ONCE = 100  # rows of one transaction, well under a second; what has more of them is a job
PAUSE_S = 0.03  # between portions, so that whoever waits to write gets a turn
Tell = Callable[[int, int], None]
Held = tuple[SheetRow, Sequence[SheetCell]]


def _unwatched(_done: int, _total: int) -> None:
    """Nobody watches."""


def apply(actor: Actor, found: SheetImport, *, tell: Tell = _unwatched) -> SheetImport:
    """Take over the accepted cells as one change set. Raises Unreadable when that was done."""
    import_id = found.id
    _begin(actor, import_id)
    return work_off(import_id, tell=tell)


def apply_when_due(actor: Actor, found: SheetImport) -> SheetImport:
    """Apply in one transaction what fits into it, else have the worker do it.

    Nobody would go on with what a process that serves pages has begun and not ended.
    """
    if _rows_left(db.session(), found) <= AT_ONCE:
        return _apply_whole(actor, found.id)
    with db.transaction() as session:
        current = _begin(actor, found.id)
        current.job_id = jobs.submit("sheet", by=actor, import_id=current.id).id
        session.flush()
        return current


def _apply_whole(actor: Actor, import_id: int) -> SheetImport:
    try:
        with db.transaction():
            current = _begin(actor, import_id)
            while current.state == "applying":
                current, _number = _portion(import_id)
            return current
    except Unreadable:
        raise
    except Exception as error:
        _reopen(import_id, error)
        raise


def _begin(actor: Actor, import_id: int) -> SheetImport:
    with db.transaction() as session:
        current = _locked(session, import_id)
        if current.state != "open":
            raise Unreadable("sheet_applied", name=current.name)
        current.state, current.position, current.trouble = "applying", 0, {}
        current.actor_id, current.actor_label = actor.person_id, actor.label
        return current


@jobs.job("sheet")
def work(run: jobs.Run, import_id: int) -> None:
    """The job of a large table."""
    if db.session().get(SheetImport, import_id) is not None:
        work_off(import_id, tell=run.progress)


def work_off(import_id: int, *, tell: Tell = _unwatched) -> SheetImport:
    """Take over a table from where it stands; safe to be called again."""
    done, total = 0, _rows_left(db.session(), db.session().get_one(SheetImport, import_id))
    while True:
        try:
            current, number = _portion(import_id)
        except Exception as error:
            _reopen(import_id, error)
            raise
        done += number
        tell(done, total)
        if current.state != "applying":
            return current
        time.sleep(PAUSE_S)


def _portion(import_id: int) -> tuple[SheetImport, int]:
    """Take over some rows in one transaction; how many there were."""
    with db.transaction() as session:
        current = _locked(session, import_id)
        actor = Actor(current.actor_id, current.actor_label)
        held = _next_rows(session, current) if current.state == "applying" else []
        with history.change(
            actor, ACTION, reason=current.name, onto=_change_set(session, current)
        ) as change_set:
            if _take(session, actor, held):
                current.change_set = change_set.public_id
        if held:
            current.position = held[-1][0].id
        elif current.state == "applying":
            current.state, current.applied_at = "applied", db.now()
        return current, len(held)


def _change_set(session: Session, found: SheetImport) -> int | None:
    """The change set that was begun."""
    return session.scalar(select(ChangeSet.id).where(ChangeSet.public_id == found.change_set))


def _reopen(import_id: int, error: Exception) -> None:
    """Say what broke off and what is kept of it; somebody may go on, or undo that."""
    said = db.said_of(error)[:300]
    with db.transaction() as session:
        current = session.get_one(SheetImport, import_id)
        kept = _written(session, current)
        why = reason("sheet_broken_off", error=said, kept=kept) if kept else None
        why = why or reason("sheet_failed", error=said)
        current.state, current.trouble = "open", why.as_json()


def _written(session: Session, found: SheetImport) -> int:
    """How many photographs an earlier portion has changed, unless that was undone."""
    begun = _change_set(session, found)
    if begun is None or history.undone_by(session, begun):
        return 0
    mine = (Change.change_set_id == begun, Change.subject_kind == "image")
    return session.scalar(select(func.count(Change.subject_id.distinct())).where(*mine)) or 0


def _locked(session: Session, import_id: int) -> SheetImport:
    session.flush()
    return session.get_one(SheetImport, import_id, with_for_update=True, populate_existing=True)


def _rows_left(session: Session, found: SheetImport) -> int:
    mine = (SheetCell.import_id == found.id, SheetCell.accepted, SheetCell.row_id > found.position)
    return session.scalar(select(func.count(SheetCell.row_id.distinct())).where(*mine)) or 0


def _next_rows(session: Session, found: SheetImport) -> list[Held]:
    """The next rows with accepted cells."""
    accepted = select(SheetCell).where(SheetCell.row_id == SheetRow.id, SheetCell.accepted)
    chosen = select(SheetRow).where(
        SheetRow.import_id == found.id, SheetRow.id > found.position, accepted.exists()
    )
    rows = {row.id: row for row in session.scalars(chosen.order_by(SheetRow.id).limit(AT_ONCE))}
    cells = session.scalars(
        select(SheetCell)
        .where(SheetCell.row_id.in_(rows), SheetCell.accepted)
        .order_by(SheetCell.row_id, SheetCell.position)
    )
    return [(rows[key], list(held)) for key, held in groupby(cells, key=lambda cell: cell.row_id)]


def _take(session: Session, actor: Actor, held: Sequence[Held]) -> bool:
    """Write these rows down; whether there was anything to write."""
    added = [_add(session, actor, row, cells) for row, cells in held if row.kind == "new"]
    return _change(session, [one for one in held if one[0].kind != "new"]) or any(added)


def _add(session: Session, actor: Actor, row: SheetRow, cells: Sequence[SheetCell]) -> bool:
    if row.image:
        return False
    draft = columns.fill(Draft(), {cell.column: cell.theirs for cell in cells})
    made = drafting.compose_title(Drafted(draft)).draft
    image = catalogue.accession(actor, catalogue.unit_by_ref(session, row.unit), made)
    row.image = image.public_id
    return True


def _change(session: Session, held: Sequence[Held]) -> bool:
    """Make photographs say what still stands of their cells, all of them together."""
    keys = catalogue.keys_of(session, [row.image for row, _cells in held])
    rows.lock(session, keys.values())
    own = catalogue.own_records(session, keys.values())
    wishes = {}
    for row, cells in held:
        key = keys[row.image]
        known = redrafting.draft_of(own[key])
        if standing := _standing(cells, known):
            wishes[key] = Wish(columns.fill(copy.copy(known), standing), known)
    return rows.write(session, restating.edits(session, wishes))


def _standing(cells: Sequence[SheetCell], known: Draft) -> dict[str, str]:
    """What is to be said by column; a cell that somebody has changed meanwhile is left."""
    standing = {}
    for cell in cells:
        now = columns.column(cell.column).text(known)
        if now == cell.ours:
            standing[cell.column] = cell.theirs
        elif now != cell.theirs:
            _leave(cell, now)
    return standing


def _leave(cell: SheetCell, now: str) -> None:
    """A cell that somebody else has changed since the comparison."""
    cell.base, cell.ours, cell.conflict, cell.accepted = cell.ours, now, True, False
    cell.remarks = [*cell.remarks, reason("cell_changed_since").as_json()]
    cell.remarked = True
