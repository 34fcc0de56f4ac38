"""Photographs written out as a table: CSV or XLSX, one row each.

Every cell is text, so that no program reads a date or a number into it, and none begins a formula.
The columns are those that every table has and those that somebody has filled. The invariant: what
is written is read back as it was said, whatever the separator, encoding or language.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import redrafting
from archive.catalogue.models import Image, RecordRow, Unit
from archive.ingest.roundtrip import cells, columns, stamp

CHUNK = 500
CELL_CHARACTERS = 32_767  # what a cell of a workbook holds
AS_TEXT = 49  # the built-in number format "@" (ECMA-376, 18.8.30)
ORIENTATION = ("id", "unit", "state", "file")
TOO_LONG = {
    "hu": "(Ez a szöveg nem fér el egy cellában; CSV-ben igen.)",
    "en": "(This text does not fit into one cell; it does in CSV.)",
}
WIDTHS = {"id": 12, "ref_code": 18, "unit": 18, "state": 12, "file": 18, "undated": 10}
WIDE = 36
Row = dict[str, str]


@dataclass(frozen=True)
class Wishes:
    """How a table is written; `lang` "" gives machine names as headings."""

    form: Literal["csv", "xlsx"] = "xlsx"
    lang: str = "hu"
    separator: str = ","
    byte_order_mark: bool = True


def write(session: Session, keys: Sequence[int], target: IO[bytes], wishes: Wishes) -> int:
    """Write the photographs of these keys, in their order; returns how many there were."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        names: set[str] = set(columns.core())
        number = 0
        for row in rows(session, keys):
            names |= row.keys() - {*columns.FIXED, stamp.HEADING}
            spool.write(json.dumps(row) + "\n")
            number += 1
        spool.seek(0)
        order = _order(names)
        stored = (json.loads(line) for line in spool)
        (_write_csv if wishes.form == "csv" else _write_xlsx)(target, order, stored, wishes)
    return number


def rows(session: Session, keys: Sequence[int]) -> Iterator[Row]:
    """The filled cells of each photograph by machine name, with its stamp."""
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found = session.execute(
            select(Image.id, Image.public_id, Image.version, Unit.ref_code, RecordRow.own)
            .join(RecordRow, RecordRow.image_id == Image.id)
            .join(Unit, Unit.id == Image.unit_id)
            .where(Image.id.in_(chunk))
        )
        by_key = {key: rest for key, *rest in found}
        for key in chunk:
            if key in by_key:
                yield row_of(*by_key[key])


def row_of(public_id: str, version: int, unit: str, own: dict[str, Any]) -> Row:
    """The row of one photograph."""
    told = {
        "id": public_id,
        "unit": unit,
        **for_orientation(own),
        **columns.filled(redrafting.draft_of(own)),
    }
    return {**told, stamp.HEADING: stamp.write(public_id, version, told)}


def for_orientation(own: dict[str, Any]) -> Row:
    """What is shown of a photograph and cannot be changed in a table."""
    return {
        "state": own["state"],
        "file": cells.joined(asset["filename"] for asset in own["assets"] if asset["filename"]),
        "edtf": cells.joined(d["edtf"] for d in own["dates"] if d["role"] == "created"),
    }


def _order(names: set[str]) -> list[str]:
    """Who it is, where it is, what is said of it; the stamp at the end."""
    told = columns.ordered(names)
    told.insert(told.index("date") + 1, "edtf")
    told.remove("ref_code")
    return ["id", "ref_code", *ORIENTATION[1:], *told, stamp.HEADING]


def _headings(order: Sequence[str], lang: str) -> list[str]:
    return [stamp.HEADING if n == stamp.HEADING else columns.heading(n, lang) for n in order]


def _write_csv(target: IO[bytes], order: list[str], told: Iterator[Row], wishes: Wishes) -> None:
    encoding = "utf-8-sig" if wishes.byte_order_mark else "utf-8"
    text = io.TextIOWrapper(target, encoding=encoding, newline="", write_through=True)
    writer = csv.writer(text, delimiter=wishes.separator)
    writer.writerow(_headings(order, wishes.lang))
    for row in told:
        writer.writerow([cells.guarded(row.get(name, "")) for name in order])
    text.detach()


def _write_xlsx(target: IO[bytes], order: list[str], told: Iterator[Row], wishes: Wishes) -> None:
    options = {"constant_memory": True, "tmpdir": str(Path(tempfile.gettempdir()))}
    with closing(xlsxwriter.Workbook(target, options)) as book:
        sheet = book.add_worksheet("photographs")
        as_text = book.add_format({"num_format": AS_TEXT, "text_wrap": True, "valign": "top"})
        bold = book.add_format({"num_format": AS_TEXT, "bold": True, "valign": "top"})
        for place, name in enumerate(order):
            hidden = {"hidden": True} if name == stamp.HEADING else {}
            sheet.set_column(place, place, WIDTHS.get(name, WIDE), as_text, hidden)
        sheet.freeze_panes(1, 2)
        for place, heading in enumerate(_headings(order, wishes.lang)):
            sheet.write_string(0, place, heading, bold)
        for number, row in enumerate(told, start=1):
            for place, name in enumerate(order):
                if text := row.get(name, ""):
                    sheet.write_string(number, place, _fitting(text, wishes.lang), as_text)


def _fitting(text: str, lang: str) -> str:
    """A text that a cell of a workbook can hold."""
    cell = cells.guarded(text)
    return cell if len(cell) <= CELL_CHARACTERS else TOO_LONG["hu" if lang == "hu" else "en"]
