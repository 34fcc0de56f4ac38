"""What is written on the back of a print, read by tesseract where it is installed: a draft.

Nothing here says that the draft is right, and nothing is written to the catalogue. The invariant:
a file is read within the limits of the settings, or not at all.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from archive import settings
from archive.media import vips
from archive.media.limits import Limits

LONGEST_SIDE = 4000  # typewriting of a print of 24 cm stays about 30 pixels high
LEAST_CONFIDENCE = 40.0  # of a word; below it is a stain, a stamp or handwriting
LEAST_LETTERS = 4  # of the whole
WORD_LEVEL = "5"  # of tesseract's table


class CannotTranscribe(Exception):
    """The program is not there, the picture cannot be opened, or it took too long."""


@dataclass(frozen=True)
class Draft:
    """Lines as they stand on the back, "" where nothing was read; confidence from 0 to 100."""

    text: str
    confidence: float
    program: str


@lru_cache(maxsize=1)
def program() -> str:
    """Name and version of the program that reads, "" when it is not installed."""
    if shutil.which("tesseract") is None:
        return ""
    with suppress(CannotTranscribe):
        return _run(["tesseract", "--version"], seconds=10).partition("\n")[0].strip()
    return ""


@lru_cache(maxsize=4)
def languages(wanted: str) -> str:
    """Of these languages ("hun+eng") those that are installed, in the same form."""
    said = _run(["tesseract", "--list-langs"], seconds=10).splitlines()
    return "+".join(code for code in wanted.split("+") if code in said)


def transcribe(master: Path) -> Draft:
    """Read one file. Raises CannotTranscribe."""
    chosen = settings.current()
    lang = languages(chosen.transcription_languages) if program() else ""
    if not lang:
        raise CannotTranscribe("tesseract or its languages are not installed")
    with tempfile.TemporaryDirectory(prefix="pillanat-") as folder:
        page = Path(folder) / "page.png"
        _draw(master, page)
        table = _run(
            ["tesseract", str(page), "-", "-l", lang, "--psm", "3", "tsv"],
            seconds=chosen.transcription_s,
            memory=chosen.probe_memory_mib << 20,
        )
    return _read(table)


def _draw(master: Path, page: Path) -> None:
    try:
        picture = vips.load(master, Limits(), longest=LONGEST_SIDE).picture.autorot()
        scale = min(1.0, LONGEST_SIDE / max(picture.width, picture.height))
        picture.resize(scale).colourspace("b-w").cast("uchar").pngsave(str(page), compression=1)
    except (vips.Unloadable, vips.Error, OSError) as error:
        raise CannotTranscribe(str(error)) from error


def _read(table: str) -> Draft:
    """The words of tesseract's table that it is sure enough of, line by line."""
    words = list(_words(table))
    lines = (
        " ".join(word for _place, word, _sure in line)
        for _place, line in groupby(words, key=lambda found: found[0])
    )
    text = "\n".join(lines)
    if sum(map(str.isalnum, text)) < LEAST_LETTERS:
        return Draft("", 0.0, program())
    sure = sum(sure for _place, _word, sure in words) / len(words)
    return Draft(text, round(sure, 1), program())


def _words(table: str) -> Iterator[tuple[tuple[str, ...], str, float]]:
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        word, sure = (row["text"] or "").strip(), float(row["conf"] or -1)
        if row["level"] == WORD_LEVEL and word and sure >= LEAST_CONFIDENCE:
            yield (row["block_num"], row["par_num"], row["line_num"]), word, sure


def _run(command: list[str], *, seconds: int, memory: int = resource.RLIM_INFINITY) -> str:
    """What a program prints; it may use one core, so much time and so much memory."""
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        with subprocess.Popen(command, env=alone, **pipes) as child:  # noqa: S603 - no shell
            _limit(child.pid, seconds, memory)
            said = _said(child, wait=seconds * 2)
    except OSError as error:
        raise CannotTranscribe(str(error)) from error
    if child.returncode:
        raise CannotTranscribe(f"{command[0]} ended with {child.returncode}")
    return said.decode("utf-8", "replace")


def _limit(process: int, seconds: int, memory: int) -> None:
    with suppress(ProcessLookupError):  # it was quicker
        resource.prlimit(process, resource.RLIMIT_CPU, (seconds, seconds))
        resource.prlimit(process, resource.RLIMIT_AS, (memory, memory))


def _said(child: subprocess.Popen[bytes], *, wait: int) -> bytes:
    try:
        return child.communicate(timeout=wait)[0]
    except subprocess.TimeoutExpired:
        child.kill()
        return b""
