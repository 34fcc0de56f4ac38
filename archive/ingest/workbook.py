"""Workbooks (XLSX, XLS, ODS) read in a child process that a hostile one cannot outlive.

`records(path)` gives the rows of the first sheet that has any; the child sends them as JSON lines,
a run of empty ones as its length. The invariant: whatever the file holds, the parent gets all of
its rows or a `Broken` with a reason.
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, load_workbook

from archive.media.limits import MIB, confine, renew_cpu


class Broken(Exception):
    """The workbook cannot be read; the text says why."""


class TooHeavy(Broken):
    """Reading it would take more memory or time than there is."""


def records(path: Path, *, memory_mib: int, cpu_s: int) -> Iterator[list[str]]:
    """The rows of the first sheet with content, as text. Raises Broken."""
    limits = [str(memory_mib), str(cpu_s)]
    child = subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-P", "-m", "archive.ingest.workbook", str(path.absolute()), *limits],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdout is not None
    try:
        for line in child.stdout:
            row = json.loads(line)
            if isinstance(row, dict):
                raise Broken(row["error"])
            yield from repeat([], row) if isinstance(row, int) else (row,)
        if child.wait() != 0:
            raise TooHeavy
    finally:
        child.kill()
        child.stdout.close()
        child.wait()


def text_of(cell: Any) -> str:
    """A cell as a person sees it: whole numbers without a point, days as ISO dates."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


# --- the child ---


def _serve(path: str) -> None:
    try:
        workbook = load_workbook(path)
        for name in workbook.sheet_names:
            if _send(workbook.get_sheet_by_name(name)):
                return
    except (CalamineError, OSError, ValueError) as error:
        print(json.dumps({"error": str(error)[:300]}))  # noqa: T201 - the answer


def _send(sheet: CalamineSheet) -> bool:
    """Send the rows of a sheet; whether there was anything in it."""
    sent, empty = False, 0
    for cells in sheet.iter_rows():
        row = [text_of(cell) for cell in cells]
        if any(row):
            print(json.dumps(empty))  # noqa: T201 - keeps the row numbers right
            print(json.dumps(row))  # noqa: T201
            sent, empty = True, 0
        else:
            empty += 1
    return sent


if __name__ == "__main__":
    confine(int(sys.argv[2]) * MIB)
    renew_cpu(int(sys.argv[3]))
    _serve(sys.argv[1])
