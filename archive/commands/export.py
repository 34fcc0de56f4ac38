"""`pillanat export FORMAT [--unit REF] DIR`: the catalogue written out for others.

It holds what the staff sees, drafts and notes included. The invariant: a file that was there stays
until the new one is whole.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from archive import db
from archive.catalogue import dump, projection, service, table
from archive.commands.opening import open_archive

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def export() -> None:
    """Write the catalogue out."""
    open_archive()


def destination(command: F) -> F:
    """The argument and option that every format has."""
    unit = click.option("--unit", metavar="REF", help="Only what belongs to this fonds or series.")
    folder = click.argument(
        "folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False)
    )
    return unit(folder(command))


@export.command("json")
@destination
def export_json(unit: str | None, folder: Path) -> None:
    """Write the canonical dump: JSON Lines, one object a photograph, unit, person, place …

    It holds what is said now, in a fixed order and without history: two archives that say the
    same write the same files.
    """
    counts = {}
    for name, rows in dump.parts(db.session(), _below(unit)).items():
        with _written(folder, f"{name}.jsonl") as target:
            counts[name] = sum(1 for row in rows if target.write(dump.line(row)))
    said = ", ".join(f"{number} {name}" for name, number in counts.items())
    click.echo(f"Written to {folder}: {said}.")


@export.command("csv")
@destination
def export_csv(unit: str | None, folder: Path) -> None:
    """Write photographs.csv: one row a photograph, UTF-8, for spreadsheets.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    below = _below(unit)
    with _written(folder, "photographs.csv", encoding="utf-8-sig") as target:
        writer = csv.writer(target)
        writer.writerow(table.COLUMNS)
        number = 0
        for photograph in dump.photographs(db.session(), below):
            writer.writerow(table.cells(photograph))
            number += 1
    click.echo(f"Written to {folder / 'photographs.csv'}: {number} photographs.")


def _below(ref: str | None) -> set[int] | None:
    """The units that are meant; None for all."""
    if ref is None:
        return None
    try:
        unit = service.unit_by_ref(db.session(), ref)
    except service.NotFound as error:
        raise click.ClickException(f"There is no fonds or series {ref}.") from error
    return projection.subtree(db.session(), [unit.id])


@contextmanager
def _written(folder: Path, name: str, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A file of the folder, which takes its name once it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{name}.new"
    try:
        with beside.open("w", encoding=encoding, newline="") as target:
            yield target
        beside.replace(folder / name)
    finally:
        beside.unlink(missing_ok=True)
