"""`pillanat export FORMAT [--unit REF] DIR`: the catalogue written out for others.

It holds what the staff sees, drafts and notes included. The invariant: a file that was there stays
until the new one is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click
from sqlalchemy import select

from archive import db
from archive.catalogue import dump, projection, service
from archive.catalogue.models import STATES, Image, Unit
from archive.commands.import_authorities import export_skos
from archive.commands.opening import open_archive
from archive.ingest.atom import writing as atom
from archive.ingest.roundtrip import writing
from archive.ingest.roundtrip.writing import Wishes

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def export() -> None:
    """Write the catalogue out."""
    open_archive()


export.add_command(export_skos)


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
            counts[name] = sum(1 for row in rows if target.write(dump.line(row).encode()))
    said = ", ".join(f"{number} {name}" for name, number in counts.items())
    click.echo(f"Written to {folder}: {said}.")


def as_table(command: F) -> F:
    """The options of tables: which photographs, and the language of the headings."""
    lang = click.option(
        "--lang",
        type=click.Choice(["hu", "en", "names"]),
        default="en",
        help="Language of the headings, or machine names.",
    )
    state = click.option("--state", type=click.Choice(STATES), help="Only those in this state.")
    chosen = click.option("--id", "ids", multiple=True, metavar="ID", help="Only these, by name.")
    return lang(state(chosen(command)))


@export.command("csv")
@destination
@as_table
@click.option("--separator", type=click.Choice([",", ";", "tab"]), default=",")
@click.option("--no-mark", is_flag=True, help="Without a byte order mark.")
def export_csv(
    folder: Path,
    unit: str | None,
    lang: str,
    state: str | None,
    ids: Sequence[str],
    separator: str,
    no_mark: bool,
) -> None:
    """Write photographs.csv: one row a photograph, UTF-8, to be edited and taken back.

    A cell that a spreadsheet would take for a formula begins with an apostrophe. `import sheet`
    takes the table back.
    """
    cut = "\t" if separator == "tab" else separator
    wishes = Wishes("csv", _language(lang), cut, byte_order_mark=not no_mark)
    _write_table(folder, _keys(unit, state, ids), wishes)


@export.command("xlsx")
@destination
@as_table
def export_xlsx(
    folder: Path, unit: str | None, lang: str, state: str | None, ids: Sequence[str]
) -> None:
    """Write photographs.xlsx: the same table as a workbook, every cell as text."""
    _write_table(folder, _keys(unit, state, ids), Wishes("xlsx", _language(lang)))


@export.command("atom")
@destination
def export_atom(unit: str | None, folder: Path) -> None:
    """Write units.csv: the fonds, series and files as AtoM reads them (ISAD(G) CSV)."""
    below = _below(unit)
    with _written(folder, "units.csv") as target:
        number = atom.write(db.session(), target, below)
    click.echo(f"Written to {folder / 'units.csv'}: {number} units.")


def _language(chosen: str) -> str:
    return "" if chosen == "names" else chosen


def _write_table(folder: Path, keys: Sequence[int], wishes: Wishes) -> None:
    name = f"photographs.{wishes.form}"
    with _written(folder, name) as target:
        number = writing.write(db.session(), keys, target, wishes)
    click.echo(f"Written to {folder / name}: {number} photographs.")


def _keys(unit: str | None, state: str | None, ids: Sequence[str]) -> Sequence[int]:
    """The photographs that are meant, by unit and place."""
    query = select(Image.id).join(Unit)
    below = _below(unit)
    if below is not None:
        query = query.where(Image.unit_id.in_(below))
    if state:
        query = query.where(Image.state == state)
    if ids:
        query = query.where(Image.public_id.in_(ids))
    return db.session().scalars(query.order_by(Unit.ref_code, Image.position, Image.id)).all()


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
def _written(folder: Path, name: str) -> Iterator[BinaryIO]:
    """A file of the folder, which takes its name once it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{name}.new"
    try:
        with beside.open("wb") as target:
            yield target
        beside.replace(folder / name)
    finally:
        beside.unlink(missing_ok=True)
