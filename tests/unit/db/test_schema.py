"""Migrations make exactly the tables that the models describe, on both databases."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import pytest
from alembic import command
from sqlalchemy import inspect, text

import archive
from archive import db, schema
from archive.db import Base
from archive.history import triggers
from archive.models import metadata
from archive.settings import Settings


def test_migrations_and_models_agree(database_url: str) -> None:
    """Raises, naming the difference, when a model was changed without a revision."""
    command.check(schema.configuration(Settings(database_url=database_url).database))


def test_every_table_is_known_to_migrations() -> None:
    known = set(metadata.tables)
    for module in walk_packages(archive.__path__, "archive."):
        if module.name.endswith(".models"):
            import_module(module.name)
    assert set(Base.metadata.tables) == known


def test_an_empty_database_is_brought_to_the_newest_revision(settings: Settings) -> None:
    settings.instance.mkdir()
    engine = db.connect(settings.database)
    assert schema.present(engine) is None
    schema.upgrade(settings.database)
    assert schema.present(engine) == schema.newest()
    with engine.connect() as connection:
        assert triggers.missing(connection) == []
    db.disconnect()


def test_upgrading_again_changes_nothing(sqlite_url: str) -> None:
    before = db.connect(sqlite_url)
    with before.connect() as connection:
        statements = connection.scalars(text("SELECT sql FROM sqlite_master ORDER BY name")).all()
    schema.upgrade(sqlite_url)
    with before.connect() as connection:
        again = connection.scalars(text("SELECT sql FROM sqlite_master ORDER BY name")).all()
    assert again == statements
    db.disconnect()


def test_an_upgrade_puts_back_triggers_that_a_rebuilt_table_lost(sqlite_url: str) -> None:
    engine = db.connect(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_event_no_update"))
    schema.upgrade(sqlite_url)
    with engine.connect() as connection:
        assert triggers.missing(connection) == []
    db.disconnect()


def test_a_revision_can_be_taken_back(database_url: str) -> None:
    address = Settings(database_url=database_url).database
    command.downgrade(schema.configuration(address), "base")
    engine = db.connect(address)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    schema.upgrade(address)
    assert schema.present(engine) == schema.newest()
    db.disconnect()


def test_an_unknown_revision_is_refused_and_nothing_touched(sqlite_url: str) -> None:
    engine = db.connect(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'unknown'"))
    with pytest.raises(Exception, match="unknown"):
        schema.upgrade(sqlite_url)
    assert "change" in inspect(engine).get_table_names()
    db.disconnect()
