"""What a backup consists of, with the SHA-256 of everything, in one file that is written last.

The folder of a backup::

    manifest.json                        names everything below; replaced in one step
    moments/<moment>/database.sqlite     or .postgresql, a snapshot of that moment
    moments/<moment>/masters.jsonl       one object a line: sha256, bytes, address
    moments/<moment>/instance.<name>     secret key and settings of the installation
    masters/ab/cd/<sha256>               the masters, each once

The invariant: while `manifest.json` is there, all that it names is whole.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

FORMAT = 1
NAME = "manifest.json"
OWN = "instance."
Mode = Literal["copy", "manifest"]


class BackupError(Exception):
    """A backup cannot be made or restored; the text says why and what was left as it is."""


class File(NamedTuple):
    """One file of a backup: its size in bytes and its SHA-256."""

    bytes: int
    sha256: str


class Master(NamedTuple):
    """One master; `address` is where one lies that was registered by reference."""

    sha256: str
    bytes: int
    address: str = ""


@dataclass(frozen=True)
class Manifest:
    """The contents of one backup. `files` and `masters` are paths below its folder.

    `audit_head` is the hash of the last of `audit_events`: kept somewhere else it proves that
    nothing before it was changed. `missing` are masters that could not be copied whole.
    """

    made_at: str
    program: str
    revision: str
    database: str
    masters: str
    masters_mode: Mode
    audit_events: int
    audit_head: str
    files: dict[str, File] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def dialect(self) -> str:
        return Path(self.database).suffix.lstrip(".")

    @property
    def instance(self) -> dict[str, str]:
        """The names of the installation's files, with their paths below the folder."""
        names = {path: Path(path).name for path in self.files}
        return {n.removeprefix(OWN): path for path, n in names.items() if n.startswith(OWN)}


def write(folder: Path, manifest: Manifest) -> str:
    """Make a backup the one that counts; gives the SHA-256 of its manifest."""
    said = {"format": FORMAT, **asdict(manifest)}
    said["files"] = {name: file._asdict() for name, file in sorted(manifest.files.items())}
    digest = _digest(said)
    write_private(folder / NAME, json.dumps({"sha256": digest, "backup": said}, indent=1).encode())
    return digest


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupError when there is none or it was changed."""
    try:
        read_from = json.loads((folder / NAME).read_bytes())
        said: dict[str, Any] = read_from["backup"]
        if read_from["sha256"] != _digest(said):
            raise BackupError(f"{folder / NAME} was changed after the backup")
        if said.pop("format") != FORMAT:
            raise BackupError(f"{folder / NAME} was written by a newer program")
        files = {name: File(**file) for name, file in said.pop("files").items()}
        missing = tuple(said.pop("missing"))
        return Manifest(**said, files=files, missing=missing)
    except FileNotFoundError as error:
        raise BackupError(f"{folder} holds no finished backup") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{folder / NAME} cannot be read") from error


def check(folder: Path, manifest: Manifest) -> None:
    """Compare every file but the masters with its digest. Raises BackupError at the first."""
    for name, file in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise BackupError(f"{path} is missing")
        if describe(path) != file:
            raise BackupError(f"{path} is damaged")


def masters_in(folder: Path, manifest: Manifest) -> Iterator[Master]:
    """The masters that the database of a backup knows, in order of their digests."""
    with (folder / manifest.masters).open(encoding="utf-8") as lines:
        for line in lines:
            yield Master(**json.loads(line))


def describe(path: Path) -> File:
    """Size and digest of a file."""
    with path.open("rb") as source:
        return File(path.stat().st_size, hashlib.file_digest(source, "sha256").hexdigest())


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    beside.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, last through a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
