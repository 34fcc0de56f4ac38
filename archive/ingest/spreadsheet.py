"""Spreadsheets as archives really have them: rows of {heading: text}, with what is odd in them.

CSV in any of the usual encodings and separators is read here; XLSX, XLS and ODS are read by
`workbook` in a limited child process. The invariant: a value is never changed in meaning; what
looks damaged is kept as it is and flagged.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.ingest import workbook
from archive.ingest.words import Reason, Unreadable, reason
from archive.settings import Settings

MIB = 1024 * 1024
NOTHING = {"na", "n/a", "null", "none", "nan", "#n/a", "nil", "-", "--", "\\n"}
SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 4 * MIB
SAMPLE = 64 * 1024
# Š, š, Ž, ž, ľ and ť of Latin-2 inside words; in Windows-1250 they are ©, ą, ®, ľ, µ and ».
_LATIN_2 = re.compile(rb"[\xa9\xae\xb9\xbe][a-z]|[a-z][\xb5\xab\xbb][a-z]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is the one a spreadsheet program shows (the headings are row 1)."""

    number: int
    cells: dict[str, str]


@dataclass
class Sheet:
    """The rows of a spreadsheet, its headings in order, and notes on how it was read."""

    name: str
    headings: list[str]
    rows: list[Row]
    notes: list[Reason] = field(default_factory=list)


def read(path: Path, settings: Settings, *, as_written: bool = False) -> Sheet:
    """Read a spreadsheet by its name's ending. Raises Unreadable with the reason.

    Cells are cleaned and empty ones left out, unless they are wanted `as_written`; a cell that a
    row does not have is left out in either case.
    """
    size = path.stat().st_size
    limit = settings.max_spreadsheet_mib
    if size > limit * MIB:
        raise Unreadable("spreadsheet_too_large", name=path.name, size=size // MIB, limit=limit)
    notes: list[Reason] = []
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        records = _csv_records(path, notes)
    else:
        records = _workbook_records(path, settings)
    return _sheet(path.name, records, notes, settings, _as_written if as_written else _cells)


def _sheet(
    name: str,
    records: Iterable[list[str]],
    notes: list[Reason],
    settings: Settings,
    cells_of: Callable[[list[str], list[str]], dict[str, str]],
) -> Sheet:
    numbered = enumerate(records, start=1)
    first = next((cells for _, cells in numbered if any(cells)), None)
    if first is None:
        raise Unreadable("spreadsheet_empty", name=name)
    headings = _headings(first)
    rows: list[Row] = []
    for number, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= settings.max_spreadsheet_rows:
            raise Unreadable("spreadsheet_too_long", name=name, limit=settings.max_spreadsheet_rows)
        if any(cells[len(headings) :]):
            notes.append(reason("row_too_long", row=number))
        rows.append(Row(number, cells_of(headings, cells)))
    if not rows:
        raise Unreadable("spreadsheet_empty", name=name)
    return Sheet(name, [heading for heading in headings if heading], rows, notes)


def _headings(cells: list[str]) -> list[str]:
    """Headings made unique; a column without one is left out."""
    used: dict[str, int] = {}
    named = []
    for cell in cells:
        heading = " ".join(cell.split()).lstrip("\ufeff")
        used[heading] = used.get(heading, 0) + 1
        again = heading and used[heading] > 1
        named.append(f"{heading} ({used[heading]})" if again else heading)
    return named


def _cells(headings: list[str], cells: list[str]) -> dict[str, str]:
    pairs = zip(headings, cells, strict=False)
    cleaned = {heading: clean(cell) for heading, cell in pairs if heading}
    return {heading: cell for heading, cell in cleaned.items() if cell}


def _as_written(headings: list[str], cells: list[str]) -> dict[str, str]:
    return {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading}


def clean(cell: str) -> str:
    """A cell's text: entities read, line ends alike, outer blanks and words for "nothing" gone."""
    text = html.unescape(cell) if "&" in cell else cell
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip(" \t\n\u00a0")
    return "" if text.casefold() in NOTHING else text


def _csv_records(path: Path, notes: list[Reason]) -> Iterator[list[str]]:
    text, encoding = decode(path.read_bytes())
    if encoding != "utf-8":
        notes.append(reason("encoding", encoding=encoding))
    if declared := re.match(r"sep=(.)\r?\n", text):
        text, separator = text[declared.end() :], declared[1]
    else:
        separator = sniff(text)
    csv.field_size_limit(LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Unreadable("spreadsheet_broken", name=path.name, error=str(error)) from error


def decode(raw: bytes) -> tuple[str, str]:
    """The text of a CSV file and the encoding it was read as.

    Order: byte order mark, UTF-16 by its zero bytes, UTF-8 (with a few broken letters if most are
    right), and else the code page of Central Europe: Windows-1250, which agrees with Latin-2 on
    every Hungarian letter, unless a letter that only Latin-2 has stands in a word.
    """
    for mark, codec in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(codec, "replace").lstrip("\ufeff"), codec
    head = raw[:SAMPLE]
    if head.count(0) > len(head) // 4:
        codec = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        return raw.decode(codec, "replace"), codec
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _not_quite_utf8(raw)


def _not_quite_utf8(raw: bytes) -> tuple[str, str]:
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * 10 < sum(not sign.isascii() for sign in text):
        return text, "utf-8"
    if _LATIN_2.search(raw) and not re.search(rb"[\x80-\x9f]", raw):
        return raw.decode("iso-8859-2", "replace"), "iso-8859-2"
    return raw.decode("cp1250", "replace"), "windows-1250"


def sniff(text: str) -> str:
    """The separator that cuts the first rows into the same number of fields, and the most."""
    sample = text[:SAMPLE]
    return max(SEPARATORS, key=lambda separator: _fit(sample, separator))


def _fit(sample: str, separator: str) -> tuple[float, int]:
    """How evenly a separator cuts, then how many columns it makes."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=separator))
    except csv.Error:
        return (0.0, 0)
    full = [row for row in rows[: max(1, len(rows) - 1)] if row]
    if not full or len(full[0]) < 2:
        return (0.0, 0)
    even = sum(len(row) == len(full[0]) for row in full) / len(full)
    return (round(even, 1), len(full[0]))


def _workbook_records(path: Path, settings: Settings) -> Iterator[list[str]]:
    try:
        yield from workbook.records(
            path, memory_mib=settings.probe_memory_mib, cpu_s=settings.probe_cpu_s
        )
    except workbook.TooHeavy as error:
        raise Unreadable("spreadsheet_too_heavy", name=path.name) from error
    except workbook.Broken as error:
        raise Unreadable("spreadsheet_broken", name=path.name, error=str(error)) from error
