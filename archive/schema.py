"""The schema of the database: brought to its newest form by migrations, and nothing else."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def configuration(address: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["address"] = address
    return config


def upgrade(address: str, revision: str = "head") -> None:
    """Bring a database to a revision; one that is there already is left as it is."""
    command.upgrade(configuration(address), revision)


def present(engine: Engine) -> str | None:
    """The revision a database is at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def pending(engine: Engine) -> list[tuple[str, str]]:
    """The revisions that a database lacks, the oldest first, each with what it brings."""
    at = present(engine)
    script = ScriptDirectory(str(MIGRATIONS))
    found = script.iterate_revisions("head", at or "base")
    return [(step.revision, step.doc) for step in found][::-1]


def newest() -> str | None:
    """The revision this program needs."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def knows(revision: str) -> bool:
    """Whether this program can bring a database from that revision to its own."""
    known = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    return any(script.revision == revision for script in known)
