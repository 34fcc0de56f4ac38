"""What was handed over: files of folders, single files and ZIPs, each named and in order.

Nothing is unpacked to the disk: a file of a ZIP is read from within it. Whatever cannot be taken
is still listed, with its reason. The invariant: every file that is there is found exactly once.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from archive.ingest import zips
from archive.ingest.words import Reason, Unreadable, reason
from archive.settings import Settings

SPREADSHEETS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
JUNK = re.compile(r"\.|~\$|(thumbs|ehthumbs\w*)\.db$|desktop\.ini$|icon\r$", re.IGNORECASE)
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
JUNK_FOLDERS = {"__MACOSX", "@eaDir", "$RECYCLE.BIN", "System Volume Information"}


class Source(Protocol):
    """Where the bytes of a found file are; `path` is None within a ZIP."""

    @property
    def path(self) -> Path | None: ...

    def open(self) -> BinaryIO: ...


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file that lies on a disk; a plain string, for there may be a hundred thousand."""

    address: str

    @property
    def path(self) -> Path:
        return Path(self.address)

    def open(self) -> BinaryIO:
        return self.path.open("rb")


@dataclass(frozen=True, slots=True)
class Found:
    """One file: `path` as it is shown, `folder` and `name` as they are paired and matched.

    `problem` says why it cannot be taken; its bytes are then not read.
    """

    path: str
    folder: str
    name: str
    size: int
    source: Source
    problem: Reason | None = None


@dataclass
class Delivery:
    """All files in order, and the spreadsheets that lie among them."""

    files: list[Found] = field(default_factory=list)
    spreadsheets: list[Found] = field(default_factory=list)

    def add(self, found: Found) -> None:
        is_sheet = found.name.lower().endswith(SPREADSHEETS) and found.problem is None
        (self.spreadsheets if is_sheet else self.files).append(found)


def gather(paths: Iterable[Path], settings: Settings) -> Delivery:
    """List what lies in folders, ZIPs and files. Raises Unreadable for a path that is not there."""
    delivery = Delivery()
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if not path.exists():
            raise Unreadable("no_such_path", path=shown(path))
        for found in _in_path(path, settings):
            if found.source.path is None or _first_time(found.source.path, seen):
                delivery.add(found)
    return delivery


def shown(path: Path | str) -> str:
    """A path as text; a name that is not UTF-8 is read as an old code page."""
    raw = os.fsencode(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return zips.decoded(raw)


def legible(path: Path | str) -> str:
    """A path as text in which nothing hides: "‹U+202E›" for a sign that is not seen as one."""
    return UNSEEN.sub(lambda sign: f"‹U+{ord(sign[0]):04X}›", shown(path))


def natural(name: str) -> list[tuple[int, int, str]]:
    """Sorts IMG_2 before IMG_10."""
    parts = re.split(r"(\d{1,18})", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def _first_time(path: Path, seen: set[tuple[int, int]]) -> bool:
    """Whether this path was not handed over before in the same delivery (a folder and its file)."""
    try:
        status = path.lstat()
    except OSError:
        return True
    key = (hash(os.path.abspath(path)), status.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True


def _in_path(path: Path, settings: Settings) -> Iterator[Found]:
    if path.is_dir():
        yield from _in_folder(path, settings)
    elif path.suffix.lower() == ".zip":
        yield from _in_zip(path, settings)
    else:
        yield _on_disk(path, settings)


def _in_folder(folder: Path, settings: Settings) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: natural(shown(entry.name)))
    except OSError as error:
        why = reason("unreadable", error=error.strerror or type(error).__name__)
        yield Found(
            shown(folder), shown(folder.parent), shown(folder.name), 0, OnDisk(str(folder)), why
        )
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _in_folder(path, settings)
        elif path.suffix.lower() == ".zip" and entry.is_file():
            yield from _in_zip(path, settings)
        else:
            yield _on_disk(path, settings)


def _on_disk(path: Path, settings: Settings) -> Found:
    size, problem = 0, None
    try:
        status = path.stat()
        size = status.st_size
        problem = _problem(path, status, settings)
    except OSError as error:
        problem = reason("unreadable", error=error.strerror or type(error).__name__)
    return Found(
        legible(path), legible(path.parent), legible(path.name), size, OnDisk(str(path)), problem
    )


def _problem(path: Path, status: os.stat_result, settings: Settings) -> Reason | None:
    if is_junk(shown(path.name)) or JUNK_FOLDERS & set(path.parts[-3:-1]):
        return reason("system_file")
    if not stat.S_ISREG(status.st_mode):
        return reason("not_a_file")
    return size_problem(status.st_size, settings)


def is_junk(name: str) -> bool:
    return bool(JUNK.match(name))


def size_problem(size: int, settings: Settings) -> Reason | None:
    limit = settings.max_file_mib * 1024 * 1024
    if size == 0:
        return reason("empty")
    return reason("file_too_large", size=size, limit=limit) if size > limit else None


def _in_zip(path: Path, settings: Settings) -> Iterator[Found]:
    name = shown(path)
    try:
        entries = zips.entries(path, settings)
    except zips.BadZip as bad:
        yield Found(name, shown(path.parent), shown(path.name), 0, OnDisk(str(path)), bad.reason)
        return
    for entry in sorted(entries, key=lambda entry: natural(entry.name)):
        entry_name = legible(entry.name)
        folder, _, file_name = entry_name.rpartition("/")
        problem = entry.problem
        if problem is None and (is_junk(file_name) or JUNK_FOLDERS & set(folder.split("/"))):
            problem = reason("system_file")
        problem = problem or size_problem(entry.size, settings)
        yield Found(
            f"{name}/{entry_name}", f"{name}/{folder}", file_name, entry.size, entry, problem
        )
