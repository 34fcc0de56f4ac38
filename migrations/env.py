"""Runs migrations: on the database given by the program, else on the one the settings name."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event, pool

from archive.db import UtcDateTime
from archive.history import triggers
from archive.models import metadata
from archive.settings import Settings


def run() -> None:
    address = context.config.attributes.get("address") or Settings.load().database
    engine = create_engine(address, poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin)
    with engine.connect() as connection, connection.begin():
        _migrate(connection)
    engine.dispose()


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_render,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.has_table(connection, "audit_event"):
        triggers.restore(connection)


def _leave_transactions_to_us(connection: Any, _record: Any) -> None:
    """Python's own driver would commit before every change of the schema."""
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    return "UtcDateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


run()
