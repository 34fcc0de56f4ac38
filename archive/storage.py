"""Masters: files addressed by their SHA-256, written once and never changed.

`put` copies while it hashes, then: temporary file → fsync → rename → fsync of the directory; only
then is the digest returned. `register` keeps a master where it is (a read-only mount) and notes
its address. The invariant: a name under ``masters/`` is the SHA-256 of the bytes beneath it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import BigInteger, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from archive.db import Base, now, transaction

CHUNK = 1 << 20


class StorageError(Exception):
    """A master could not be kept; the text says why and that nothing was taken."""


class StoredFile(Base):
    """One master; `address` is empty for a file kept here, else the path it was registered at."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    address: Mapped[str] = mapped_column(Text, default="")
    kept_at: Mapped[datetime] = mapped_column(default=now)
    checked_at: Mapped[datetime | None]
    intact: Mapped[bool | None]


@dataclass(frozen=True)
class Kept:
    """A file whose bytes are safe on the disk. `fresh`: it was not here before."""

    sha256: str
    bytes: int
    path: Path
    fresh: bool
    address: str = ""


class Storage:
    """The masters of one archive, in a folder of a local disk."""

    def __init__(self, folder: Path) -> None:
        self.masters = folder / "masters"
        self.incoming = folder / "incoming"

    def prepare(self) -> None:
        self.masters.mkdir(parents=True, exist_ok=True)
        self.incoming.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        return self.masters / sha256[:2] / sha256[2:4] / sha256

    def put(self, source: BinaryIO, *, progress: Callable[[int], None] | None = None) -> Kept:
        """Keep the bytes of `source`. Raises StorageError (disk full …) and leaves no trace."""
        temporary = self.incoming / f"{os.getpid()}-{secrets.token_hex(8)}"
        try:
            digest, size = self._copy(source, temporary, progress)
            final = self.path(digest)
            if final.exists() and final.stat().st_size == size:
                return Kept(digest, size, final, fresh=False)
            final.parent.mkdir(parents=True, exist_ok=True)
            os.replace(temporary, final)
            for folder in (final.parent, final.parent.parent, self.masters):
                _sync_folder(folder)
            return Kept(digest, size, final, fresh=True)
        except OSError as error:
            raise StorageError(_why(error)) from error
        finally:
            temporary.unlink(missing_ok=True)

    def put_file(self, path: Path) -> Kept:
        with path.open("rb") as source:
            return self.put(source)

    def register(self, path: Path) -> Kept:
        """Know a master that stays where it is; it is read once and never written."""
        try:
            with path.open("rb") as source:
                digest = hashlib.file_digest(source, "sha256").hexdigest()
            return Kept(digest, path.stat().st_size, path, fresh=True, address=str(path.resolve()))
        except OSError as error:
            raise StorageError(_why(error)) from error

    def locate(self, session: Session, sha256: str) -> Path:
        """Where the bytes of a master are. Raises StorageError when it is not known."""
        stored = session.get(StoredFile, sha256)
        if stored is None:
            raise StorageError("this master is not known to the archive")
        return Path(stored.address) if stored.address else self.path(sha256)

    def sweep(self) -> int:
        """Remove what killed processes left half-written. Returns the number of files removed."""
        removed = 0
        for leftover in self.incoming.glob("*-*"):
            if not _alive(leftover.name.split("-", 1)[0]):
                leftover.unlink(missing_ok=True)
                removed += 1
        return removed

    def orphans(self, session: Session) -> list[Path]:
        """Masters without a row: written by a process that died before its commit."""
        known = set(session.scalars(select(StoredFile.sha256)))
        return [path for path in self.masters.glob("??/??/*") if path.name not in known]

    def _copy(
        self, source: BinaryIO, temporary: Path, progress: Callable[[int], None] | None
    ) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with temporary.open("xb") as target:
            while block := source.read(CHUNK):
                digest.update(block)
                target.write(block)
                size += len(block)
                if progress:
                    progress(size)
            target.flush()
            os.fsync(target.fileno())
        temporary.chmod(0o444)
        return digest.hexdigest(), size


def record(session: Session, kept: Kept) -> None:
    """Write the row of a kept file in the caller's transaction; a known file gets no second row."""
    if session.get(StoredFile, kept.sha256) is None:
        session.add(StoredFile(sha256=kept.sha256, bytes=kept.bytes, address=kept.address))
        session.flush()


def check(storage: Storage, stored: StoredFile) -> bool:
    """Read a master and compare it with its digest; the result is written to its row."""
    path = Path(stored.address) if stored.address else storage.path(stored.sha256)
    try:
        with path.open("rb") as source:
            intact = hashlib.file_digest(source, "sha256").hexdigest() == stored.sha256
    except OSError:
        intact = False
    with transaction() as session:
        row = session.merge(stored)
        row.checked_at, row.intact = now(), intact
    return intact


def make_durable(path: Path) -> None:
    """Have a file that is written, and its name, outlast a power cut."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _why(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return f"the file could not be kept ({reason}); nothing of it was taken"
