"""Bringing an archive back from a backup into an empty place.

Everything is compared with its digest before and while it is brought. The database comes last, so
that a restore which was interrupted is begun again by the same command. The invariant: nothing
that is there already is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from archive import schema
from archive.preservation import manifest, snapshot
from archive.preservation.backup import Tick, bring
from archive.preservation.manifest import BackupError, Manifest, Master
from archive.settings import Settings
from archive.storage import Storage, StorageError

Again = Callable[[], Settings]


@dataclass(frozen=True)
class Restored:
    """What came back; `missing` masters are neither here nor whole in the backup."""

    manifest: Manifest
    masters: int
    elsewhere: int
    missing: tuple[str, ...]


def restore(folder: Path, again: Again, *, tick: Tick = lambda _done, _all: None) -> Restored:
    """Restore the backup in `folder`; `again` reads the settings, which may come with it.

    Raises BackupError, and then there still is no database. The database is at the revision of
    the backup afterwards.
    """
    found = manifest.read(folder)
    manifest.check(folder, found)
    if not schema.knows(found.revision):
        raise BackupError(f"the backup was made by a newer program ({found.program})")
    _refuse_other(folder, found, again())
    _bring_instance(folder, found, again().instance)
    settings = again()  # the settings of the backup hold from here
    _refuse_other(folder, found, settings)
    masters = list(manifest.masters_in(folder, found))
    missing = _bring_masters(folder, masters, Storage(settings.media), tick)
    snapshot.bring_back(folder / found.database, settings.database)
    elsewhere = sum(1 for master in masters if master.address)
    return Restored(found, len(masters), elsewhere, missing)


def _refuse_other(folder: Path, found: Manifest, settings: Settings) -> None:
    """Raises BackupError where an archive lives, or where another kind of database is meant."""
    if not snapshot.is_empty(settings.database):
        raise BackupError(
            "there is an archive here already; PILLANAT_DATA may name an empty folder"
            " and PILLANAT_DATABASE_URL an empty database"
        )
    dialect = make_url(settings.database).get_backend_name()
    if dialect != found.dialect:
        raise BackupError(
            f"the backup holds a database of {found.dialect}, PILLANAT_DATABASE_URL means {dialect}"
        )
    for name, path in found.instance.items():
        here = settings.instance / name
        if here.exists() and here.read_bytes() != (folder / path).read_bytes():
            raise BackupError(f"{here} is there already and differs from the backup; move it away")


def _bring_instance(folder: Path, found: Manifest, instance: Path) -> None:
    instance.mkdir(parents=True, exist_ok=True)
    for name, path in found.instance.items():
        manifest.write_private(instance / name, (folder / path).read_bytes())


def _bring_masters(
    folder: Path, masters: list[Master], target: Storage, tick: Tick
) -> tuple[str, ...]:
    """Copy masters that are not here yet; gives those of which there is no whole copy."""
    target.prepare()
    missing = []
    source = Storage(folder)
    for done, master in enumerate(masters, start=1):
        if not master.address and not _bring(master, source, target):
            missing.append(master.sha256)
        tick(done, len(masters))
    return tuple(missing)


def _bring(master: Master, source: Storage, target: Storage) -> bool:
    """Whether a whole copy of a master is here now; what lies here already is never replaced."""
    here = target.path(master.sha256)
    if here.exists():
        return manifest.describe(here).sha256 == master.sha256
    try:
        return bring(master, source, target)
    except StorageError as error:
        raise BackupError(f"{error}; run the same command again when there is room") from error
