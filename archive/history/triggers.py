"""Triggers that let the audit chain and the changes only grow, on SQLite and PostgreSQL.

Rebuilding a table on SQLite drops its triggers, so every migration ends with `restore`, and
`missing` lets the doctor look.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from archive.history.audit import START

GROW = "history may only grow"
ORDER = "the audit chain must go on where it ends"

_SQLITE = {
    "audit_event_no_update": (
        "BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, '{GROW}'); END"
    ),
    "audit_event_no_delete": (
        "BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, '{GROW}'); END"
    ),
    "audit_event_in_order": (
        "BEFORE INSERT ON audit_event WHEN"
        " NEW.seq <> coalesce((SELECT max(seq) FROM audit_event), 0) + 1 OR NEW.prev_hash <>"
        " coalesce((SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), '{START}')"
        " BEGIN SELECT RAISE(ABORT, '{ORDER}'); END"
    ),
    "change_no_update": "BEFORE UPDATE ON \"change\" BEGIN SELECT RAISE(ABORT, '{GROW}'); END",
    "change_no_delete": "BEFORE DELETE ON \"change\" BEGIN SELECT RAISE(ABORT, '{GROW}'); END",
    # INSERT OR REPLACE removes a row without telling the trigger on DELETE.
    "change_no_replace": (
        'BEFORE INSERT ON "change" WHEN NEW.seq IN (SELECT seq FROM "change")'
        " BEGIN SELECT RAISE(ABORT, '{GROW}'); END"
    ),
}
_POSTGRESQL = {
    "audit_event_no_update": (
        "BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event"
        " FOR EACH STATEMENT EXECUTE FUNCTION pillanat_only_grow()"
    ),
    "audit_event_in_order": (
        "BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION pillanat_in_order()"
    ),
    "change_no_update": (
        "BEFORE UPDATE OR DELETE OR TRUNCATE ON change"
        " FOR EACH STATEMENT EXECUTE FUNCTION pillanat_only_grow()"
    ),
}
_FUNCTIONS = (
    "CREATE OR REPLACE FUNCTION pillanat_only_grow() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '{GROW}'; END $$",
    "CREATE OR REPLACE FUNCTION pillanat_in_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF NEW.seq <> coalesce((SELECT max(seq) FROM audit_event), 0) + 1 OR NEW.prev_hash <>"
    " coalesce((SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), '{START}')"
    " THEN RAISE EXCEPTION '{ORDER}'; END IF; RETURN NEW; END $$",
)
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def missing(connection: Connection) -> list[str]:
    """Names of triggers that ought to be in this database and are not."""
    present = set(connection.scalars(text(_PRESENT[connection.dialect.name])))
    return sorted(set(_wanted(connection)) - present)


def restore(connection: Connection) -> None:
    """Create whatever trigger is missing, in the transaction of `connection`."""
    if connection.dialect.name == "postgresql":
        for function in _FUNCTIONS:
            connection.exec_driver_sql(_filled(function))
    wanted = _wanted(connection)
    for name in missing(connection):
        connection.exec_driver_sql(_filled(f"CREATE TRIGGER {name} {wanted[name]}"))


def _wanted(connection: Connection) -> dict[str, str]:
    return _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL


def _filled(statement: str) -> str:
    return statement.format(GROW=GROW, ORDER=ORDER, START=START)
