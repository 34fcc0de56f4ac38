"""`pillanat report [NAME]`: what is missing, what contradicts itself, what people look for.

The same reports as on the workbench. What belongs to one person is left out: a command has no
person.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable

import click

from archive import db
from archive.commands.opening import OPERATOR, open_archive, refusing, say_json
from archive.workbench.reports import tables


@click.command()
@click.argument("name", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="A spreadsheet on standard output, UTF-8.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option(
    "--lang", type=click.Choice(["en", "hu"]), default="en", show_default=True,
    help="Language of names, dates and sentences that the catalogue holds in both.",
)  # fmt: skip
def report(name: str | None, as_csv: bool, as_json: bool, lang: str) -> None:
    """List the reports with their numbers, or print the one called NAME."""
    open_archive()
    if name is None:
        _overview(lang, as_json=as_json)
        return
    with refusing(tables.UnknownReport):
        rows = tables.table(db.session(), name, OPERATOR, lang)
        columns = next(rows)
    if as_csv:
        _write([columns])
        _write(rows)
    else:
        for cells in rows:
            _say(dict(zip(columns, cells, strict=True)), as_json=as_json)


def _overview(lang: str, *, as_json: bool) -> None:
    for found in tables.REPORTS.values():
        number = found.count(db.session())
        if as_json:
            say_json({"report": found.name, "number": number, "title": found.title(lang)})
        else:
            click.echo(f"{number:>9} {found.name:<24} {found.title(lang)}")


def _write(rows: Iterable[list[str]]) -> None:
    for cells in rows:
        line = io.StringIO()
        csv.writer(line).writerow(cells)
        sys.stdout.buffer.write(line.getvalue().encode())
    sys.stdout.buffer.flush()


def _say(line: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        say_json(line)
    else:
        click.echo("  ".join(cell for cell in line.values() if cell))
