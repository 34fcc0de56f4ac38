"""`pillanat import …`: what other programs wrote, compared with the catalogue and taken over.

The invariant: nothing is taken unasked that a person has to look at, and whatever is taken is one
change set.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from archive import db
from archive.commands import import_authorities as authorities
from archive.commands.opening import OPERATOR, open_archive, refusing, say_json
from archive.ingest.atom import planning, taking
from archive.ingest.models import SheetCell, SheetImport, SheetRow
from archive.ingest.roundtrip import applying, columns, pending
from archive.ingest.words import Unreadable

SHOWN = 40
existing = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("import")
def import_() -> None:
    """Import what other programs wrote."""
    open_archive()


@import_.command("sheet")
@click.argument("file", type=existing)
@click.option("--unit", default="", metavar="REF", help="Where rows without an identifier go.")
@click.option("--conflicts", is_flag=True, help="Also what was changed on both sides.")
@click.option("--remarked", is_flag=True, help="Also cells that look damaged or were emptied.")
@click.option("--new", is_flag=True, help="Also rows without an identifier, as new photographs.")
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a changed cell.")
def import_sheet(
    file: Path,
    unit: str,
    conflicts: bool,
    remarked: bool,
    new: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import the cells that were changed in an exported table, as one change set.

    Cells that conflict with later changes, or look damaged, are told and left.
    """
    with refusing(Unreadable):
        kept = pending.receive(OPERATOR, file, unit=unit)
    if conflicts:
        pending.decide(kept, True, show="conflicts")
    if remarked:
        pending.decide(kept, True, show="remarked")
    if new:
        pending.decide(kept, True, kind="new")
    _tell(kept, as_json=as_json)
    if dry_run:
        pending.discard(OPERATOR, kept)
        return
    with refusing(Unreadable):
        applied = applying.apply(OPERATOR, kept)
    if not as_json:
        said = f"Change set {applied.change_set}." if applied.change_set else "Nothing changed."
        click.echo(said)


@import_.command("atom")
@click.argument("file", type=existing)
@click.option("--unit", default="", metavar="REF", help="Where rows without a parent go.")
@click.option("--dry-run", is_flag=True, help="Say what would be added; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a description.")
def import_atom(file: Path, unit: str, dry_run: bool, as_json: bool) -> None:
    """Import descriptions from AtoM (ISAD(G) CSV): units, and items as photographs.

    What is here already, by its reference code, stays as it is; so a second run changes nothing.
    """
    with refusing(Unreadable):
        plan = planning.read(file, below=unit)
    for row in plan.rows:
        _tell_planned(row, as_json=as_json)
    made = None if dry_run else taking.take(OPERATOR, plan)
    counts = {name: plan.count(name) for name in (planning.ADD, planning.KNOWN, planning.REFUSED)}
    if as_json:
        say_json({"summary": {**counts, "change_set": made.public_id if made else ""}})
        return
    done = "would be added" if dry_run else "added"
    photographs = plan.count(planning.ADD, photographs=True)
    click.echo(
        f"{counts['add']} {done} ({photographs} of them photographs), {counts['known']} here"
        f" already, {counts['refused']} refused."
    )
    if made:
        click.echo(f"Change set {made.public_id}.")


def _tell_planned(row: planning.Planned, *, as_json: bool) -> None:
    told = [remark.sentence("en") for remark in row.remarks]
    if as_json:
        say_json(
            {
                "rows": row.of.numbers,
                "outcome": row.outcome,
                "level": row.level,
                "ref_code": row.ref,
                "parent": row.parent,
                "title": row.of.title,
                "remarks": told,
            }
        )
    elif told or row.outcome == planning.REFUSED:
        click.echo(f"  {row.outcome}  row {row.of.numbers[0]} {row.ref}: {' '.join(told)}")


def _tell(kept: SheetImport, *, as_json: bool) -> None:
    """What the table says, cell by cell, then in numbers."""
    counts = pending.counts(db.session(), kept)
    lines = _lines(kept)
    if as_json:
        for row, cell in lines:
            say_json(_as_json(row, cell))
        say_json({"summary": {"rows": kept.rows, **vars(counts)}})
        return
    for note in pending.remarks(kept.notes):
        click.echo(note.sentence("en"))
    for row, cell in lines[:SHOWN]:
        click.echo(_sentence(row, cell))
    if len(lines) > SHOWN:
        click.echo(f"  … and {len(lines) - SHOWN} more; --json lists them all")
    click.echo(
        f"{kept.rows} rows: {counts.known} photographs changed, {counts.new} new,"
        f" {counts.refused} rows refused; {counts.cells} cells, {counts.accepted} taken,"
        f" {counts.left} left ({counts.conflicts} conflicts, {counts.remarked} with remarks)."
    )


def _lines(kept: SheetImport) -> Sequence[tuple[SheetRow, SheetCell | None]]:
    """Every changed cell; a row without any stands for itself."""
    found: list[tuple[SheetRow, SheetCell | None]] = []
    for row, cells in pending.everything(db.session(), kept):
        found += [(row, cell) for cell in cells] or [(row, None)]
    return found


def _as_json(row: SheetRow, cell: SheetCell | None) -> dict[str, object]:
    told = pending.remarks([*row.remarks, *(cell.remarks if cell else ())])
    stops = pending.remarks([cell.stops]) if cell else []
    return {
        "row": row.number,
        "kind": row.kind,
        "id": row.image,
        "column": cell.column if cell else None,
        "now": cell.ours if cell else None,
        "sheet": cell.theirs if cell else None,
        "conflict": bool(cell and cell.conflict),
        "taken": bool(cell and cell.accepted),
        "remarks": [reason.sentence("en") for reason in [*told, *stops]],
    }


def _sentence(row: SheetRow, cell: SheetCell | None) -> str:
    if cell is None:
        why = " ".join(reason.sentence("en") for reason in pending.remarks(row.remarks))
        return f"  row {row.number}: {why}"
    told = pending.remarks([*cell.remarks, cell.stops])
    why = "".join(f" ({reason.sentence('en')})" for reason in told)
    mark = "+" if cell.accepted else "conflict" if cell.conflict else "left"
    name = columns.heading(cell.column, "en")
    return f"  {mark} row {row.number}, {name}: {_short(cell.ours)} -> {_short(cell.theirs)}{why}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 40 else line[:39] + '…'}”"


for _command in (authorities.import_agents, authorities.import_skos, authorities.import_starter):
    import_.add_command(_command)
