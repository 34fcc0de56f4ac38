"""The bytes of a delivery: kept, registered or only read, probed, and let go of again.

What goes wrong with one file becomes a reason. The invariant: a master is removed only under the
lock that every group of descriptions takes before it is written, and only if no row names it; who
writes a row looks under the same lock whether its master is still there.
"""

from __future__ import annotations

import errno
import hashlib
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.exc import SQLAlchemyError

from archive import db
from archive.ingest.known import holders
from archive.ingest.receive import Found
from archive.ingest.words import Reason, reason
from archive.media.limits import MIB, Limits
from archive.media.probe import Probe
from archive.media.prober import Prober
from archive.settings import Settings
from archive.storage import Kept, Storage, StorageError, StoredFile

STOPS = {"disk_full", "read_only"}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
NO_WRITING = {errno.EROFS}
CHUNK = 1 << 20
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError)
FAILURES = (OSError, StorageError, *BROKEN_ZIP)


class Keeper:
    """Keeps and reads the files of one run; a rehearsal keeps nothing."""

    def __init__(
        self, settings: Settings, prober: Prober, *, by_reference: bool, rehearsal: bool
    ) -> None:
        self.masters = Storage(settings.media)
        self.prober = prober
        self.by_reference = by_reference
        self.rehearsal = rehearsal
        if not rehearsal:
            self.masters.prepare()

    def problem(self, found: Found) -> Reason | None:
        """Why a file is not even opened."""
        if found.problem is None and self.by_reference and found.source.path is None:
            return reason("zip_by_reference")
        return found.problem

    def keep(self, found: Found, *, came_before: bool) -> Kept:
        """The bytes, safe on the disk; a file that is likely known is only read, not copied.

        Raises one of FAILURES.
        """
        path = found.source.path
        if path is not None and self.by_reference:
            return self.masters.register(path)
        if self.rehearsal or came_before:
            kept = _digested(found)
            if self.rehearsal or holders([kept.sha256]):
                return kept
        with found.source.open() as source:
            return self.masters.put(source)

    def probe(self, found: Found, kept: Kept) -> Probe:
        """What is in a kept file; in a rehearsal a file of a ZIP is copied aside for it."""
        if not self.rehearsal or found.source.path is not None:
            return self.prober.probe(kept.path, sha256=kept.sha256)
        with tempfile.NamedTemporaryFile() as copy, found.source.open() as source:
            while block := source.read(CHUNK):
                copy.write(block)
            copy.flush()
            return self.prober.probe(copy.name, sha256=kept.sha256)

    def let_go(self, kept: Kept) -> None:
        """Remove a master that is no photograph, unless a row names it."""
        if kept.address or self.rehearsal:
            return
        with db.transaction() as session:
            if session.get(StoredFile, kept.sha256) is None:
                kept.path.unlink(missing_ok=True)


def limits_of(chosen: Settings) -> Limits:
    """What the settings allow of one file."""
    return Limits(
        file_bytes=chosen.max_file_mib * MIB,
        pixels=chosen.max_pixels_mp * 1_000_000,
        cpu_seconds=chosen.probe_cpu_s,
        memory_bytes=chosen.probe_memory_mib * MIB,
    )


def why_not(error: Exception) -> Reason:
    """Why a file could not be kept: one of FAILURES in words."""
    if isinstance(error, StorageError):
        return _storage_reason(error)
    if isinstance(error, BROKEN_ZIP):
        return reason("zip_damaged", error=str(error) or type(error).__name__)
    said = getattr(error, "strerror", "") or type(error).__name__
    return reason("unreadable", error=said)


def why_not_written(error: SQLAlchemyError) -> Reason:
    """Why the database could not take a group of descriptions."""
    said = str(getattr(error, "orig", error))
    if "full" in said or "No space" in said:
        return reason("disk_full")
    if "readonly" in said or "read-only" in said:
        return reason("read_only")
    return reason("database", error=said[:200])


def _storage_reason(error: StorageError) -> Reason:
    cause = error.__cause__
    number = cause.errno if isinstance(cause, OSError) else None
    if number in NO_ROOM:
        return reason("disk_full")
    if number in NO_WRITING:
        return reason("read_only")
    said = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(error)
    return reason("storage", error=said)


def _digested(found: Found) -> Kept:
    """The digest of a file without keeping it."""
    path = found.source.path or Path(found.path)
    with found.source.open() as source:
        return Kept(_sha256(source), found.size, path, fresh=False)


def _sha256(source: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := source.read(CHUNK):
        digest.update(block)
    return digest.hexdigest()
