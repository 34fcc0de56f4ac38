"""The audit chain: every event fits the one before, and the database itself keeps it so."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from archive import db, history
from archive.catalogue.models import Agent
from archive.history import triggers

pytestmark = pytest.mark.usefixtures("either_database")
ACTOR = history.Actor(7, "archivist", frozenset({"archivist"}))
FORGED = (
    "INSERT INTO audit_event (seq, at, actor, action, subject_kind, subject_id, payload,"
    " prev_hash, hash) VALUES (:seq, '2026', 'nobody', 'forge', 'x', '1', '{}', :prev, 'f')"
)


def three_events() -> None:
    for number in range(3):
        with db.transaction():
            history.audit(ACTOR, "look", "image", number, {"why": "ő"})


def run(statement: str, **values: object) -> None:
    with db.transaction() as session:
        session.execute(text(statement), values)


def drop(trigger: str, table: str) -> None:
    on = "" if db.is_sqlite() else f' ON "{table}"'
    run(f"DROP TRIGGER {trigger}{on}")


def test_a_chain_holds() -> None:
    three_events()
    found = history.verify(db.session())
    assert (found.events, found.broken_at) == (3, None)
    head = db.session().scalar(text("SELECT hash FROM audit_event WHERE seq = 3"))
    assert found.head == head


def test_an_empty_chain_holds() -> None:
    assert history.verify(db.session()).events == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET action = 'nothing' WHERE seq = 2",
        "DELETE FROM audit_event WHERE seq = 3",
        "DELETE FROM audit_event",
        "UPDATE change SET entity = 'nothing'",
        "DELETE FROM change",
    ],
)
def test_the_database_refuses_to_rewrite_history(statement: str) -> None:
    three_events()
    with history.change(ACTOR, "add_agent"):
        db.session().add(Agent(name="Nagy Imre", key="nagy imre"))
    with pytest.raises(DBAPIError, match="history may only grow"):
        run(statement)
    assert history.verify(db.session()).events == 4
    assert history.latest_seq(db.session()) == 1


@pytest.mark.parametrize(("seq", "fits"), [(2, True), (5, True), (4, False)])
def test_the_database_refuses_an_event_out_of_order(seq: int, fits: bool) -> None:
    three_events()
    head = history.verify(db.session()).head
    with pytest.raises(DBAPIError):
        run(FORGED, seq=seq, prev=head if fits else "0" * 64)
    assert history.verify(db.session()).events == 3


def test_a_forged_event_is_found() -> None:
    three_events()
    drop("audit_event_no_update", "audit_event")
    run("UPDATE audit_event SET payload = '{}' WHERE seq = 2")
    assert history.verify(db.session()).broken_at == 2


def test_a_lost_event_is_found() -> None:
    three_events()
    drop("audit_event_no_delete" if db.is_sqlite() else "audit_event_no_update", "audit_event")
    run("DELETE FROM audit_event WHERE seq = 2")
    assert history.verify(db.session()).broken_at == 2


def test_a_missing_trigger_is_named_and_restored() -> None:
    drop("change_no_update", "change")
    with db.engine().begin() as connection:
        assert triggers.missing(connection) == ["change_no_update"]
        triggers.restore(connection)
        assert triggers.missing(connection) == []
    with history.change(ACTOR, "add_agent"):
        db.session().add(Agent(name="Nagy Imre", key="nagy imre"))
    with pytest.raises(DBAPIError, match="history may only grow"):
        run("UPDATE change SET entity = 'nothing'")


def test_a_replaced_change_is_refused() -> None:
    if not db.is_sqlite():
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    with history.change(ACTOR, "add_agent"):
        db.session().add(Agent(name="Nagy Imre", key="nagy imre"))
    with pytest.raises(DBAPIError, match="history may only grow"):
        run('INSERT OR REPLACE INTO "change" SELECT * FROM "change"')


def test_the_log_names_no_person() -> None:
    with history.change(ACTOR, "add_agent"):
        db.session().add(Agent(name="Nagy Imre", key="nagy imre"))
    payload = db.session().scalar(text("SELECT payload FROM audit_event"))
    assert payload == '{"fields": ["agent"], "subjects": {"agent": 1, "ids": ["agent:1"]}}'
