"""The text of one cell: lists, line ends, and what a spreadsheet must not take for a formula.

Pure. The invariants: `parts(joined(entries)) == entries` for entries without outer blanks, and
`bare(guarded(text)) == text` for every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

JOINT = " | "
SINGLE_BAR = re.compile(r"(?<!\|)\|(?!\|)")
FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # also those of word processors
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
ODD = re.compile(f"{LINE_ENDS.pattern}|{UNSEEN.pattern}")


def tidy(text: str) -> str:
    """A text as all spreadsheets keep it: line ends alike, nothing unseen, no outer blanks."""
    if ODD.search(text):
        text = UNSEEN.sub("", LINE_ENDS.sub("\n", text))
    return text.strip()


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (CWE-1236); `bare` gives the text back."""
    return f"'{text}" if FORMULA.match(text) else text


def bare(cell: str) -> str:
    """The text of a cell that `guarded` wrote, or that somebody typed."""
    return cell[1:] if GUARDED.match(cell) else cell


def joined(entries: Iterable[str], *, semicolons: bool = False) -> str:
    """Entries in one cell; a bar within an entry is doubled.

    Where `semicolons` cut lists too, a single entry that holds one is closed by a bar.
    """
    told = [entry.replace("|", "||") for entry in entries]
    text = JOINT.join(told)
    return f"{text} |" if semicolons and len(told) == 1 and ";" in text else text


def parts(cell: str, *, semicolons: bool = False) -> list[str]:
    """The entries of a cell in order, cut at bars, else at semicolons where these cut too."""
    found = SINGLE_BAR.split(cell)
    if semicolons and len(found) == 1:
        found = cell.split(";")
    entries = (tidy(entry.replace("||", "|")) for entry in found)
    return [entry for entry in entries if entry]


def aligned(entries: Iterable[str]) -> str:
    """Entries that keep their places: the second stands behind one bar even if it is alone."""
    told = [entry.replace("|", "||") for entry in entries]
    if not any(told):
        return ""
    while told and not told[-1]:
        told.pop()
    return JOINT.join(told).strip()


def places(cell: str) -> list[str]:
    """The entries of a cell that `aligned` wrote, empty ones included."""
    return [tidy(entry.replace("||", "|")) for entry in SINGLE_BAR.split(cell)] if cell else []
