"""Making a backup of a running archive into a folder.

The database first, then the masters which that moment knows, then the manifest that makes it
count. The invariant: a backup that is interrupted, or finds no room, leaves the one before whole;
and a good copy of a master is never replaced by a damaged one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from json import dumps
from pathlib import Path
from shutil import rmtree

from alembic.migration import MigrationContext
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from archive import __version__, history
from archive.preservation import manifest, snapshot
from archive.preservation.manifest import BackupError, Manifest, Master, Mode
from archive.settings import Settings
from archive.storage import Storage, StorageError, StoredFile

FOLDERS = ("moments", "masters", "incoming")
NOT_KEPT = (".db", ".db-wal", ".db-shm", ".new")
Tick = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """A finished backup. `known` masters, of which `copied` are new here and some are `elsewhere`
    because they are kept by reference; `missing` are those of which there is no good copy."""

    manifest: Manifest
    sha256: str
    known: int
    copied: int
    elsewhere: int
    missing: tuple[str, ...]


def back_up(
    settings: Settings,
    folder: Path,
    *,
    incremental: bool = False,
    masters: Mode = "copy",
    tick: Tick = lambda _done, _all: None,
) -> Made:
    """Back up into `folder`; a copy of a master that is there is read again unless `incremental`.

    Raises BackupError, and then the backup that was there before still counts.
    """
    _prepare(settings, folder)
    target = Storage(folder)
    target.sweep()
    moment = folder / "moments" / datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    moment.mkdir(mode=0o700)
    try:
        made, known = _take(settings, moment, masters)
        copying = _Copying(Storage(settings.media), target, incremental)
        if masters == "copy":
            copying.all(known, tick)
        made = replace(made, missing=tuple(copying.missing))
        digest = manifest.write(folder, made)
    except BaseException:
        rmtree(moment)
        raise
    _remove_others(moment)
    elsewhere = sum(1 for master in known if master.address)
    return Made(made, digest, len(known), copying.copied, elsewhere, made.missing)


def _take(settings: Settings, moment: Path, masters: Mode) -> tuple[Manifest, list[Master]]:
    """Write down everything of one moment but the masters themselves."""
    dialect = make_url(settings.database).get_backend_name()
    database, listed = moment / f"database.{dialect}", moment / "masters.jsonl"
    with snapshot.taken(settings.database, database) as session:
        said = _said_of(session)
        known = _list_masters(session, listed)
    for path in instance_files(settings):
        manifest.write_private(moment / f"{manifest.OWN}{path.name}", path.read_bytes())
    files = {f"moments/{moment.name}/{p.name}": manifest.describe(p) for p in moment.iterdir()}
    made = Manifest(
        made_at=moment.name,
        program=__version__,
        revision=said.revision,
        database=f"moments/{moment.name}/{database.name}",
        masters=f"moments/{moment.name}/{listed.name}",
        masters_mode=masters,
        audit_events=said.events,
        audit_head=said.head,
        files=files,
    )
    return made, known


@dataclass(frozen=True)
class _Said:
    """What is to be told of the moment of the snapshot."""

    revision: str
    events: int
    head: str


def _said_of(session: Session) -> _Said:
    """Raises BackupError when the audit chain is broken: such a backup would hide it."""
    chain = history.verify(session)
    if chain.broken_at is not None:
        raise BackupError(
            f"the audit chain is broken at event {chain.broken_at}; see `pillanat doctor`"
        )
    at = MigrationContext.configure(session.connection()).get_current_revision()
    return _Said(at or "", chain.events, chain.head)


def _prepare(settings: Settings, folder: Path) -> None:
    """Make the folder. Raises BackupError for one that is not meant for backups."""
    target, data = folder.resolve(), settings.data.resolve()
    own = [data / name for name in ("instance", "media", "search_index")]
    if target == data or any(target.is_relative_to(path) for path in own):
        raise BackupError(f"{folder} is the archive's own folder; a backup belongs elsewhere")
    strange = folder.is_dir() and not (folder / manifest.NAME).exists()
    if strange and {path.name for path in folder.iterdir()} - set(FOLDERS):
        raise BackupError(f"{folder} holds something else; name an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True)


def _list_masters(session: Session, target: Path) -> list[Master]:
    """Write down the masters that the snapshot knows."""
    rows = session.execute(
        select(StoredFile.sha256, StoredFile.bytes, StoredFile.address).order_by(StoredFile.sha256)
    )
    known = [Master(*row) for row in rows]
    lines = "".join(f"{dumps(master._asdict())}\n" for master in known)
    manifest.write_private(target, lines.encode())
    return known


def instance_files(settings: Settings) -> Iterator[Path]:
    """The files of an installation that are neither a database nor its queue."""
    for path in sorted(settings.instance.iterdir()):
        if path.is_file() and not path.name.endswith(NOT_KEPT):
            yield path


class _Copying:
    """Brings masters into a backup, each once."""

    def __init__(self, source: Storage, target: Storage, incremental: bool) -> None:
        self.source, self.target, self.incremental = source, target, incremental
        self.copied = 0
        self.missing: list[str] = []

    def all(self, known: list[Master], tick: Tick) -> None:
        for done, master in enumerate(known, start=1):
            if not master.address and not self._is_there(master):
                self._copy(master)
            tick(done, len(known))

    def _is_there(self, master: Master) -> bool:
        """Whether a copy is there already: of the right size, and read again when asked to."""
        path = self.target.path(master.sha256)
        if not path.is_file() or path.stat().st_size != master.bytes:
            return False
        return self.incremental or manifest.describe(path).sha256 == master.sha256

    def _copy(self, master: Master) -> None:
        try:
            brought = bring(master, self.source, self.target)
        except StorageError as error:
            raise BackupError(f"{error}; the backup before this one still counts") from error
        if brought:
            self.copied += 1
        else:
            self.missing.append(master.sha256)


def bring(master: Master, source: Storage, target: Storage) -> bool:
    """Copy one master; False when there is no whole one to copy. Raises StorageError.

    A damaged copy in `target` gives way only to a whole one.
    """
    there, here = source.path(master.sha256), target.path(master.sha256)
    if not there.is_file():
        return False
    if here.exists():
        if manifest.describe(there).sha256 != master.sha256:
            return False
        here.unlink()
    kept = target.put_file(there)
    if kept.sha256 != master.sha256 and kept.fresh:
        kept.path.unlink()
    return kept.sha256 == master.sha256


def _remove_others(moment: Path) -> None:
    """Remove the moments that no manifest names any more; masters stay."""
    for other in moment.parent.iterdir():
        if other != moment:
            rmtree(other)
