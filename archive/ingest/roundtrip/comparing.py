"""What a person changed in a cell: the state when it was written out, the sheet, and the present.

Pure. A cell that says what it said, or what is said now, is quiet; one that was changed on both
sides is a conflict. The invariant: what a spreadsheet program may have done by itself is flagged,
and a flagged cell is never taken unasked.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from archive import dates
from archive.ingest.roundtrip import cells
from archive.ingest.roundtrip.columns import Column
from archive.ingest.roundtrip.stamp import Stamp
from archive.ingest.spreadsheet import NOTHING
from archive.ingest.words import Reason, reason

MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|febr|már|márc|ápr|máj|jún|júl|szept|szep|okt"
)
EATEN = re.compile(
    rf"\d{{1,2}}[-. ]\s?({MONTHS})\.?([-. ]\d{{2}}|[-. ]\d{{4}})?"  # 23-okt, 7-Oct-33
    rf"|({MONTHS})\.?[-. ]\s?\d{{1,2}}\.?"  # okt.23, Oct-56
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2}"  # 10/23/56
    r"|\d{2}\. ?\d{1,2}\. ?\d{1,2}\.?",  # 56.10.23.
    re.IGNORECASE,
)
MIDNIGHT = re.compile(r"\d{4}-\d\d-\d\d[ T]00:00(:00)?(\.0+)?")
SERIAL = re.compile(r"\d{5}(\.\d+)?")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
POWER = re.compile(r"\d([.,]\d+)?E[+-]?\d+", re.IGNORECASE)


WRONG_DATES = frozenset({"impossible_day", "impossible_month", "reversed"})


@dataclass(frozen=True)
class Change:
    """A cell that somebody changed; `stops` is why it cannot be taken as it stands.

    `base` is what it said when it was written out, where that is asked for and known.
    """

    column: str
    theirs: str
    ours: str
    conflict: bool
    remarks: tuple[Reason, ...] = ()
    stops: Reason | None = None
    base: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it may be taken without a person looking at it."""
        return not (self.conflict or self.remarks or self.stops)


def compare(column: Column, cell: str, ours: str, stamp: Stamp | None) -> Change | None:
    """What a cell of the sheet proposes for a photograph that says `ours` now; None for nothing.

    `ours` is in the column's own shape; `stamp` tells what the cell was when it was written out.
    """
    written = cells.bare(cell)
    if written == ours:
        return None
    readings = dict.fromkeys((column.shape(written), column.shape(html.unescape(written))))
    if any(_is_quiet(column, text, ours, stamp) for text in readings):
        return None
    theirs, remarks = _read(column, written, ours)
    if _is_quiet(column, theirs, ours, stamp):
        return None
    conflict = stamp is not None and not stamp.said(column.name, ours)
    damage = _damage(column, theirs, ours)
    stops = column.wrong(theirs) if theirs else None
    return Change(column.name, theirs, ours, conflict, (*remarks, *damage), stops)


def _is_quiet(column: Column, theirs: str, ours: str, stamp: Stamp | None) -> bool:
    """Whether the sheet says what is said now, or what it said when it was written out."""
    return theirs == ours or (stamp is not None and stamp.said(column.name, theirs))


def _read(column: Column, written: str, ours: str) -> tuple[str, list[Reason]]:
    """A cell in the column's shape; words for "nothing" and entities are read, and told."""
    if written.strip().casefold() in NOTHING:
        return "", [reason("cell_said_nothing", value=written.strip())]
    unescaped = html.unescape(written)
    if unescaped != written and html.unescape(ours) == ours:
        return column.shape(unescaped), [reason("cell_entities")]
    return column.shape(written), []


def _damage(column: Column, theirs: str, ours: str) -> list[Reason]:
    """What a spreadsheet program may have done to a value."""
    if not theirs:
        return [reason("cell_emptied")]
    if "\ufffd" in theirs and "\ufffd" not in ours:
        return [reason("cell_lost_letters")]
    if column.is_date:
        return _date_damage(theirs, ours)
    return _number_damage(theirs, ours)


def _date_damage(theirs: str, ours: str) -> list[Reason]:
    known = set(cells.parts(ours))
    for entry in cells.parts(theirs):
        if entry in known:
            continue
        if EATEN.fullmatch(entry):
            return [reason("cell_eaten_date", value=entry)]
        if SERIAL.fullmatch(entry):
            return [reason("cell_day_count", value=entry)]
        if MIDNIGHT.fullmatch(entry) or (ISO_DAY.fullmatch(entry) and _means(entry, known)):
            return [reason("cell_machine_date", value=entry)]
        reading = dates.read(entry)
        if reading.reason in WRONG_DATES:
            return [reason("cell_wrong_date", unread=[reading.reason, reading.detail])]
        if not reading.ok:
            return [reason("cell_unread_date", value=entry)]
    return []


def _means(iso: str, known: set[str]) -> bool:
    """Whether a day in figures only says what words said before."""
    return any(dates.read(words).edtf == iso for words in known)


def _number_damage(theirs: str, ours: str) -> list[Reason]:
    if EATEN.fullmatch(theirs) or MIDNIGHT.fullmatch(theirs):
        return [reason("cell_eaten_date", value=theirs)]
    if POWER.fullmatch(theirs):
        return [reason("cell_power", value=theirs)]
    if ours.isdecimal() and theirs.isdecimal() and ours.lstrip("0") == theirs:
        return [reason("cell_lost_zeros", value=theirs, before=ours)]
    return []
