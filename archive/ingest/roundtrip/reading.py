"""A table that came back: which column is which, and which row is which photograph.

Nothing is written here. The invariants: a row is matched by its identifier alone, never by
likeness, and two rows with one identifier are refused both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import earlier, redrafting
from archive.catalogue.drafts import Draft
from archive.catalogue.models import Image, RecordRow, Unit
from archive.catalogue.record import known_by
from archive.ingest.headings import meaning
from archive.ingest.roundtrip import cells, columns, comparing, stamp, writing
from archive.ingest.roundtrip.columns import Column
from archive.ingest.roundtrip.comparing import Change
from archive.ingest.spreadsheet import Row, Sheet
from archive.ingest.words import Reason, Unreadable, reason

CHUNK = 500
PARENT = "parent"
UNITED = "unit"


@dataclass(frozen=True)
class Layout:
    """The columns of a sheet by machine name, each with its heading; what is not one of ours."""

    headings: dict[str, str]
    unknown: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    def cell(self, row: Row, name: str) -> str | None:
        """The text of a row in a column; None when the row or the sheet has no such cell."""
        return row.cells.get(self.headings[name]) if name in self.headings else None

    def key(self, row: Row) -> str:
        return cells.bare(self.cell(row, "id") or "").strip()

    @property
    def columns(self) -> list[Column]:
        return [columns.column(n) for n in self.headings if n not in {*columns.FIXED, *_ASIDE}]


_ASIDE = (stamp.HEADING, PARENT)


@dataclass
class Compared:
    """One row of a sheet: the photograph it means, and what it would change.

    `kind` is "known", "new" or "refused"; `title` is what a person knows the photograph by.
    """

    number: int
    kind: str
    image: str = ""
    version: int = 0
    title: str = ""
    unit: str = ""
    remarks: list[Reason] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


@dataclass
class Comparison:
    """A whole sheet beside the catalogue; `quiet` counts the rows that change nothing."""

    layout: Layout
    rows: list[Compared]
    notes: list[Reason]
    quiet: int


def layout(sheet: Sheet) -> Layout:
    """Which column of the sheet is which. Raises Unreadable when there is no identifier."""
    found: dict[str, str] = {}
    unknown, twice = [], []
    for heading in sheet.headings:
        name = _named(heading)
        if not name:
            unknown.append(heading)
        elif name in found:
            twice.append(heading)
        else:
            found[name] = heading
    if "id" not in found:
        raise Unreadable("no_identifier_column")
    made = Layout(found, unknown, twice)
    if not made.columns:
        raise Unreadable("no_known_column", found=sheet.headings)
    return made


def _named(heading: str) -> str:
    if heading.strip().casefold() == stamp.HEADING:
        return stamp.HEADING
    return columns.named(heading) or (PARENT if meaning(heading) == PARENT else "")


def compare(session: Session, sheet: Sheet, *, unit: str = "") -> Comparison:
    """What the sheet would change; new rows without a unit of their own go to `unit`."""
    found = layout(sheet)
    rows_of: dict[str, list[Row]] = {}
    for row in sheet.rows:
        rows_of.setdefault(found.key(row), []).append(row)
    fixed: dict[str, int] = {}
    made = [_new(session, found, row, unit) for row in rows_of.pop("", [])]
    made += [_twice(key, rows) for key, rows in rows_of.items() if len(rows) > 1]
    single = {key: rows[0] for key, rows in rows_of.items() if len(rows) == 1}
    made += _known(session, found, single, fixed)
    telling = [row for row in made if row.changes or row.remarks]
    telling.sort(key=lambda row: row.number)
    return Comparison(found, telling, _notes(sheet, found, fixed), len(made) - len(telling))


def _twice(key: str, rows: Sequence[Row]) -> Compared:
    numbers = [row.number for row in rows]
    return Compared(
        numbers[0], "refused", title=key, remarks=[reason("row_twice", id=key, rows=numbers)]
    )


def _known(
    session: Session, found: Layout, rows: dict[str, Row], fixed: dict[str, int]
) -> Iterable[Compared]:
    keys = list(rows)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        images = {image.public_id: (image, own) for image, own in _images(session, chunk)}
        for key in chunk:
            if key not in images:
                why = reason("row_unknown", id=key)
                yield Compared(rows[key].number, "refused", title=key, remarks=[why])
            else:
                yield _compared(session, found, rows[key], *images[key], fixed)


def _images(session: Session, keys: Sequence[str]) -> Iterable[Any]:
    return session.execute(
        select(Image, RecordRow.own)
        .join(RecordRow, RecordRow.image_id == Image.id)
        .where(Image.public_id.in_(keys))
    )


def _compared(
    session: Session,
    found: Layout,
    row: Row,
    image: Image,
    own: dict[str, Any],
    fixed: dict[str, int],
) -> Compared:
    draft = redrafting.draft_of(own)
    written = found.cell(row, stamp.HEADING)
    base = stamp.read(written, image.public_id) if written else None
    made = Compared(row.number, "known", image.public_id, image.version, known_by(own))
    made.changes = _changes(found, row, draft, base)
    if written and base is None:
        made.remarks.append(reason("row_foreign_base"))
        made.changes = [_unsure(change) for change in made.changes]
    if base and any(change.conflict for change in made.changes):
        made.changes = _with_bases(session, image, base.version, made.changes)
    if image.state == "withdrawn" and made.changes:
        made.remarks.append(reason("row_withdrawn"))
    _count_fixed(found, row, own, base, fixed)
    return made if made.changes else Compared(row.number, "known")


def _unsure(change: Change) -> Change:
    """A change that nobody can tell from a row that was mixed up."""
    return replace(change, remarks=(*change.remarks, reason("cell_foreign_base")))


def _with_bases(
    session: Session, image: Image, version: int, changes: list[Change]
) -> list[Change]:
    """Conflicts with what was said when the table was written, as the history has it."""
    own = earlier.own_at(session, image, version)
    if own is None:
        return changes
    then = redrafting.draft_of(own)
    return [
        replace(change, base=columns.column(change.column).text(then))
        if change.conflict
        else change
        for change in changes
    ]


def _changes(found: Layout, row: Row, draft: Draft, base: stamp.Stamp | None) -> list[Change]:
    made = []
    for column in found.columns:
        cell = found.cell(row, column.name)
        if cell is None or cell in writing.TOO_LONG.values():
            continue
        change = comparing.compare(column, cell, column.text(draft), base)
        if change is not None:
            made.append(change)
    return made


def _count_fixed(
    found: Layout,
    row: Row,
    own: dict[str, Any],
    base: stamp.Stamp | None,
    counts: dict[str, int],
) -> None:
    """Count the cells for orientation that somebody has written in."""
    for name, now in writing.for_orientation(own).items():
        cell = found.cell(row, name)
        if cell is None:
            continue
        text = cells.tidy(cells.bare(cell))
        if text != now and not (base and base.said(name, text)):
            counts[name] = counts.get(name, 0) + 1


def _new(session: Session, found: Layout, row: Row, unit: str) -> Compared:
    """A row without an identifier: a photograph that is to be described."""
    parent = cells.tidy(found.cell(row, PARENT) or "")
    ref = cells.tidy(cells.bare(found.cell(row, UNITED) or "")) or unit
    changes = _changes(found, row, Draft(), None)
    title = next((c.theirs for c in changes if c.column.startswith("title")), "")
    made = Compared(row.number, "refused", title=title, unit=ref)
    if parent:
        made.remarks = [reason("row_part", parent=parent)]
    elif not changes:
        made.remarks = [reason("row_new_empty")]
    elif not ref:
        made.remarks = [reason("row_new_no_unit")]
    elif session.scalar(select(Unit.id).where(Unit.ref_code == ref)) is None:
        made.remarks = [reason("row_new_unknown_unit", ref=ref)]
    elif (known := _bearer(session, changes)) is not None:
        made.remarks = [known]
    else:
        made.kind, made.changes, made.remarks = "new", changes, [reason("row_new")]
    return made


def _bearer(session: Session, changes: list[Change]) -> Reason | None:
    """A photograph that bears the reference code of a new row already."""
    code = next((change.theirs for change in changes if change.column == "ref_code"), "")
    known = session.scalar(select(Image.public_id).where(Image.ref_code == code)) if code else None
    return reason("row_new_known_code", ref=code, id=known) if known else None


def _notes(sheet: Sheet, found: Layout, fixed: dict[str, int]) -> list[Reason]:
    notes = list(sheet.notes[:20])
    if found.unknown:
        notes.append(reason("columns_unknown", columns=found.unknown))
    if found.twice:
        notes.append(reason("columns_twice", columns=found.twice))
    if stamp.HEADING not in found.headings:
        notes.append(reason("no_base_column"))
    notes += [
        reason("column_fixed", column=found.headings[name], number=number)
        for name, number in fixed.items()
    ]
    return notes
