"""Tables that came back and wait for a decision: kept, counted, decided cell by cell, forgotten.

Nothing here changes a photograph; see `applying`. The invariant: a cell that cannot be taken is
never accepted, and only what a person need not look at is accepted at the start.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from archive import db, settings
from archive.history import Actor
from archive.history.audit import append as audit
from archive.ingest import spreadsheet
from archive.ingest.models import SheetCell, SheetImport, SheetRow
from archive.ingest.roundtrip import columns, reading
from archive.ingest.roundtrip.comparing import Change
from archive.ingest.roundtrip.reading import Compared, Comparison
from archive.ingest.words import Reason

CHUNK = 2000
PER_PAGE = 25
Show = Literal["", "conflicts", "remarked", "accepted", "left", "new", "refused"]
SHOWS: tuple[Show, ...] = ("", "conflicts", "remarked", "accepted", "left", "new", "refused")


@dataclass(frozen=True)
class Counts:
    """What a table would change: photographs, new ones, refused rows, and cells of each kind."""

    known: int = 0
    new: int = 0
    refused: int = 0
    cells: int = 0
    accepted: int = 0
    conflicts: int = 0
    remarked: int = 0
    unusable: int = 0

    @property
    def left(self) -> int:
        return self.cells - self.accepted


@dataclass(frozen=True)
class ColumnCounts:
    """A column that something was changed in."""

    name: str
    cells: int
    accepted: int
    conflicts: int
    remarked: int


@dataclass(frozen=True)
class Page:
    """Some of the rows with their cells."""

    rows: Sequence[tuple[SheetRow, Sequence[SheetCell]]]
    number: int
    pages: int
    total: int


# --- keeping ---


def compare_file(path: Path, *, unit: str = "") -> tuple[int, Comparison]:
    """How many rows a file has, and what it would change. Raises Unreadable."""
    sheet = spreadsheet.read(path, settings.current(), as_written=True)
    return len(sheet.rows), reading.compare(db.session(), sheet, unit=unit)


def receive(actor: Actor, path: Path, *, name: str = "", unit: str = "") -> SheetImport:
    """Keep what a file would change until somebody decides. Raises Unreadable."""
    number, found = compare_file(path, unit=unit)
    with db.transaction() as session:
        kept = SheetImport(
            name=name or path.name,
            actor_id=actor.person_id,
            actor_label=actor.label,
            rows=number,
            notes=[note.as_json() for note in found.notes],
        )
        session.add(kept)
        session.flush()
        _keep(session, kept.id, found.rows)
        audit(actor, "receive_sheet", "sheet_import", kept.public_id)
        return kept


def _keep(session: Session, import_id: int, rows: Sequence[Compared]) -> None:
    """Write rows and cells, many at a time; rows get their keys in order."""
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        made = [_row(import_id, row) for row in chunk]
        keys = session.scalars(
            insert(SheetRow).returning(SheetRow.id, sort_by_parameter_order=True), made
        ).all()
        cells = [
            _cell(import_id, key, position, change, row.kind)
            for key, row in zip(keys, chunk, strict=True)
            for position, change in enumerate(row.changes)
        ]
        if cells:
            session.execute(insert(SheetCell), cells)


def _row(import_id: int, row: Compared) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "number": row.number,
        "kind": row.kind,
        "image": row.image,
        "version": row.version,
        "title": row.title,
        "unit": row.unit,
        "remarks": [remark.as_json() for remark in row.remarks],
    }


def _cell(import_id: int, row_id: int, position: int, change: Change, kind: str) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "row_id": row_id,
        "position": position,
        "column": change.column,
        "base": change.base,
        "theirs": change.theirs,
        "ours": change.ours,
        "conflict": change.conflict,
        "remarked": bool(change.remarks or change.stops),
        "usable": change.stops is None,
        "accepted": change.is_plain and kind == "known",
        "remarks": [remark.as_json() for remark in change.remarks],
        "stops": change.stops.as_json() if change.stops else {},
    }


def forget() -> int:
    """Remove tables that nobody has looked after for long; gives how many."""
    kept_for = timedelta(days=settings.current().sheet_keep_days)
    with db.transaction() as session:
        old = select(SheetImport.id).where(
            SheetImport.sent_at < db.now() - kept_for, SheetImport.state != "applying"
        )
        keys = session.scalars(old).all()
        for key in keys:
            _remove(session, key)
        return len(keys)


def discard(actor: Actor, found: SheetImport) -> None:
    """Throw a table away; no photograph changes."""
    with db.transaction() as session:
        _remove(session, found.id)
        audit(actor, "discard_sheet", "sheet_import", found.public_id)


def _remove(session: Session, import_id: int) -> None:
    for model in (SheetCell, SheetRow):
        session.execute(delete(model).where(model.import_id == import_id))
    session.execute(delete(SheetImport).where(SheetImport.id == import_id))


# --- looking ---


def by_id(session: Session, public_id: str) -> SheetImport | None:
    return session.scalars(select(SheetImport).where(SheetImport.public_id == public_id)).first()


def recent(session: Session, *, limit: int = 20) -> Sequence[SheetImport]:
    """The tables that are kept, the newest first."""
    return session.scalars(select(SheetImport).order_by(SheetImport.id.desc()).limit(limit)).all()


def counts(session: Session, found: SheetImport) -> Counts:
    kinds = select(SheetRow.kind, func.count()).where(SheetRow.import_id == found.id)
    rows = dict(session.execute(kinds.group_by(SheetRow.kind)).all())
    told = session.execute(
        select(
            func.count(),
            _number(SheetCell.accepted),
            _number(SheetCell.conflict),
            _number(SheetCell.remarked),
            _number(SheetCell.usable.is_(False)),
        ).where(SheetCell.import_id == found.id)
    ).one()
    return Counts(rows.get("known", 0), rows.get("new", 0), rows.get("refused", 0), *told)


def columns_of(session: Session, found: SheetImport) -> list[ColumnCounts]:
    """The columns with changes, in the order of a table."""
    told = session.execute(
        select(
            SheetCell.column,
            func.count(),
            _number(SheetCell.accepted),
            _number(SheetCell.conflict),
            _number(SheetCell.remarked),
        )
        .where(SheetCell.import_id == found.id)
        .group_by(SheetCell.column)
    )
    by_name = {name: ColumnCounts(name, *rest) for name, *rest in told}
    return [by_name[name] for name in columns.ordered(by_name)]


def _number(condition: ColumnElement[bool] | Any) -> ColumnElement[int]:
    return func.count().filter(condition)


def page(
    session: Session, found: SheetImport, *, show: str = "", column: str = "", number: int = 1
) -> Page:
    """Rows with what they would change; `show` narrows to some of the cells, `column` to one."""
    chosen = _shown(found, show, column)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    window = chosen.order_by(SheetRow.number, SheetRow.id)
    rows = session.scalars(window.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    cells = list(_cells(session, [row.id for row in rows], show, column))
    shown = [(row, [cell for cell in cells if cell.row_id == row.id]) for row in rows]
    return Page(shown, number, pages, total)


def everything(
    session: Session, found: SheetImport
) -> Iterator[tuple[SheetRow, Sequence[SheetCell]]]:
    """All rows that are kept, each with its cells."""
    mine = select(SheetRow).where(SheetRow.import_id == found.id)
    rows = session.scalars(mine.order_by(SheetRow.number, SheetRow.id)).all()
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        cells: dict[int, list[SheetCell]] = {}
        for cell in _cells(session, [row.id for row in chunk], "", ""):
            cells.setdefault(cell.row_id, []).append(cell)
        yield from ((row, cells.get(row.id, [])) for row in chunk)


def _shown(found: SheetImport, show: str, column: str) -> Select[SheetRow]:
    chosen = select(SheetRow).where(SheetRow.import_id == found.id)
    if show in ("new", "refused"):
        chosen = chosen.where(SheetRow.kind == show)
    if condition := _narrowed(show, column):
        mine = select(SheetCell.row_id).where(SheetCell.import_id == found.id, *condition)
        chosen = chosen.where(SheetRow.id.in_(mine))
    return chosen


def _narrowed(show: str, column: str) -> list[ColumnElement[bool]]:
    conditions: dict[str, ColumnElement[bool]] = {
        "conflicts": SheetCell.conflict.is_(True),
        "remarked": SheetCell.remarked.is_(True),
        "accepted": SheetCell.accepted.is_(True),
        "left": SheetCell.accepted.is_(False),
    }
    found = [conditions[show]] if show in conditions else []
    return [*found, SheetCell.column == column] if column else found


def _cells(session: Session, rows: Sequence[int], show: str, column: str) -> Iterator[SheetCell]:
    chosen = select(SheetCell).where(SheetCell.row_id.in_(rows), *_narrowed(show, column))
    yield from session.scalars(chosen.order_by(SheetCell.row_id, SheetCell.position))


def remarks(stored: Sequence[dict[str, Any]]) -> list[Reason]:
    """Remarks as they were kept."""
    return [Reason(entry["code"], entry["params"]) for entry in stored if entry]


# --- deciding ---


def decide(
    found: SheetImport,
    accepted: bool,
    *,
    row: int | None = None,
    column: str = "",
    show: str = "",
    kind: str = "",
) -> int:
    """Accept or leave out the cells of a row, of a column, of what is shown, or all; how many.

    Without `row`, the cells of new photographs are meant only where `kind` is "new".
    """
    chosen = [SheetCell.import_id == found.id, SheetCell.usable, *_narrowed(show, column)]
    if row is not None:
        chosen.append(SheetCell.row_id == row)
    else:
        kinds = select(SheetRow.id).where(
            SheetRow.import_id == found.id, SheetRow.kind == (kind or "known")
        )
        chosen.append(SheetCell.row_id.in_(kinds))
    return _set(chosen, accepted)


def decide_cells(found: SheetImport, shown: Collection[int], accepted: Collection[int]) -> int:
    """Of the cells that were shown, accept these and leave out the others."""
    mine = [SheetCell.import_id == found.id, SheetCell.usable]
    taken = set(accepted) & set(shown)
    told = _set([*mine, SheetCell.id.in_(taken)], True)
    return told + _set([*mine, SheetCell.id.in_(set(shown) - taken)], False)


def _set(chosen: Sequence[ColumnElement[bool] | Any], accepted: bool) -> int:
    with db.transaction() as session:
        changed: Any = session.execute(
            update(SheetCell)
            .where(*chosen, SheetCell.accepted.is_not(accepted))
            .values(accepted=accepted)
            .execution_options(synchronize_session=False)
        )
        return int(changed.rowcount)
