"""A copy of the database at one moment, made while people work, and bringing it back.

SQLite is copied by its own backup interface; PostgreSQL by `pg_dump`, reading the very moment that
the rest of the backup reads. The invariant: what `taken` yields reads exactly what the copy holds.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from archive.preservation.manifest import BackupError, sync


@contextmanager
def taken(address: str, target: Path) -> Iterator[Session]:
    """Copy the database at `address` into `target`; yields a session that reads that moment."""
    url = make_url(address)
    taking = _sqlite if url.drivername.startswith("sqlite") else _postgresql
    with taking(url, target) as session:
        yield session


def is_empty(address: str) -> bool:
    """Whether there is no archive at this address yet. Raises BackupError when it is away."""
    url = make_url(address)
    if url.drivername.startswith("sqlite"):
        return not Path(url.database or "").exists()
    engine = create_engine(url)
    try:
        return not inspect(engine).get_table_names()
    except OperationalError as error:
        raise BackupError(f"the database cannot be reached: {error.orig}") from error
    finally:
        engine.dispose()


def bring_back(source: Path, address: str) -> None:
    """Make the copy `source` the database at `address`, which is empty."""
    url = make_url(address)
    if not url.drivername.startswith("sqlite"):
        restoring = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        _run("pg_restore", url, *restoring, f"--dbname={_plain(url)}", str(source))
        return
    target = Path(url.database or "")
    beside = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(source, beside)
    beside.chmod(0o600)
    sync(beside)
    beside.replace(target)
    sync(target.parent)


@contextmanager
def _sqlite(url: URL, target: Path) -> Iterator[Session]:
    live = f"{Path(url.database or '').resolve().as_uri()}?mode=ro"
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(live, uri=True, timeout=60)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        if (said := copy.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise BackupError(f"the database is damaged: {said}; see `pillanat doctor`")
    sync(target)
    with _reading(create_engine(f"sqlite:///{target}")) as session:
        yield session


@contextmanager
def _postgresql(url: URL, target: Path) -> Iterator[Session]:
    with _reading(create_engine(url, isolation_level="REPEATABLE READ")) as session:
        moment = session.scalar(text("SELECT pg_export_snapshot()"))
        target.touch(mode=0o600)
        dumping = ("--format=custom", f"--snapshot={moment}", f"--file={target}")
        _run("pg_dump", url, *dumping, _plain(url))
        sync(target)
        yield session


@contextmanager
def _reading(engine: Engine) -> Iterator[Session]:
    try:
        with closing(Session(engine)) as session:
            yield session
    finally:
        engine.dispose()


def _plain(url: URL) -> str:
    """The address as PostgreSQL's programs take it; the password is not shown to other people."""
    return url.set(drivername="postgresql", password=None).render_as_string()


def _run(program: str, url: URL, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupError(
            f"the program {program} is missing; install PostgreSQL's client programs"
            " (Debian: apt install postgresql-client)"
        )
    environ = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    said = subprocess.run(  # noqa: S603 - our own words, no shell
        [found, *arguments], env=environ, capture_output=True, text=True, check=False
    )
    if said.returncode:
        raise BackupError(f"{program} has failed: {said.stderr.strip()}")
