"""Every change of a recorded row is kept, however it comes about."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, func, select, update

from archive import db, history
from archive.catalogue.models import Agent, Unit
from archive.history import AuditEvent, Change, ChangeSet, UnrecordedChange

pytestmark = pytest.mark.usefixtures("database")
ACTOR = history.Actor(7, "archivist", frozenset({"archivist"}))


def agent(name: str = "Nagy Imre") -> Agent:
    with history.change(ACTOR, "add_agent"):
        made = Agent(name=name, key=name.lower())
        db.session().add(made)
    return made


def changes() -> list[tuple[str, object, object]]:
    rows = db.session().scalars(select(Change).order_by(Change.seq))
    return [(row.entity, row.before, row.after) for row in rows]


def test_a_new_row_is_kept_whole() -> None:
    made = agent()
    [(entity, before, after)] = changes()
    assert (entity, before) == ("agent", None)
    assert isinstance(after, dict)
    assert after["name"] == "Nagy Imre"
    assert after["public_id"] == made.public_id


def test_only_what_differs_is_kept() -> None:
    made = agent()
    with history.change(ACTOR, "describe") as change_set:
        made.name = "Imre Nagy"
        made.kind = "person"
    assert changes()[1:] == [("agent", {"name": "Nagy Imre"}, {"name": "Imre Nagy"})]
    assert change_set.actor_id == 7
    assert change_set.action == "describe"


def test_a_row_that_was_loaded_before_the_transaction_is_recorded() -> None:
    """Beginning to write expires what was read; the value before must be found all the same."""
    agent()
    db.release()
    found = db.session().scalars(select(Agent)).one()
    with history.change(ACTOR, "describe"):
        found.name = "Imre Nagy"
    assert changes()[1:] == [("agent", {"name": "Nagy Imre"}, {"name": "Imre Nagy"})]


def test_a_row_that_was_loaded_before_the_transaction_can_be_removed() -> None:
    agent()
    db.release()
    found = db.session().scalars(select(Agent)).one()
    with history.change(ACTOR, "remove"):
        db.session().delete(found)
    entity, before, after = changes()[1]
    assert (entity, after) == ("agent", None)
    assert isinstance(before, dict)
    assert before["name"] == "Nagy Imre"


def test_none_is_a_value_like_any_other() -> None:
    with history.change(ACTOR, "arrange"):
        fonds = Unit(ref_code="HU-1")
        series = Unit(ref_code="HU-1-2")
        db.session().add_all([fonds, series])
    with history.change(ACTOR, "arrange"):
        series.parent_id = fonds.id
    with history.change(ACTOR, "arrange"):
        series.parent_id = None
    assert changes()[2:] == [
        ("unit", {"parent_id": None}, {"parent_id": fonds.id}),
        ("unit", {"parent_id": fonds.id}, {"parent_id": None}),
    ]


def test_several_flushes_make_one_change() -> None:
    made = agent()
    with history.change(ACTOR, "describe"):
        made.name = "first"
        db.session().flush()
        made.name, made.kind = "second", "corporate"
        db.session().flush()
    assert changes()[1:] == [
        (
            "agent",
            {"name": "Nagy Imre", "kind": "person"},
            {"name": "second", "kind": "corporate"},
        )
    ]


def test_a_column_left_empty_and_filled_after_the_row_was_written_is_kept() -> None:
    with history.change(ACTOR, "merge"):
        session = db.session()
        rows = [Agent(name=name, key=name) for name in ("a", "b")]
        session.add_all(rows)
        session.flush()
        rows[1].merged_into_id = rows[0].id
        session.flush()
    kept = db.session().scalars(select(Change).where(Change.entity_id == rows[1].id)).one()
    assert kept.after is not None
    assert kept.after["merged_into_id"] == rows[0].id


def test_what_is_put_back_was_not_changed() -> None:
    made = agent()
    with history.change(ACTOR, "describe"):
        made.name = "first"
        db.session().flush()
        made.name = "Nagy Imre"
    assert len(changes()) == 1


def test_a_row_made_and_removed_leaves_nothing_not_even_its_change_set() -> None:
    with history.change(ACTOR, "hesitate"):
        made = Agent(name="nobody", key="nobody")
        db.session().add(made)
        db.session().flush()
        db.session().delete(made)
    assert changes() == []
    assert db.session().scalar(select(func.count()).select_from(ChangeSet)) == 0
    assert db.session().scalar(select(func.count()).select_from(AuditEvent)) == 0


def test_removal_keeps_the_state_from_before_the_change_set() -> None:
    made = agent()
    with history.change(ACTOR, "remove"):
        made.name = "changed first"
        db.session().flush()
        db.session().delete(made)
    _, before, after = changes()[1]
    assert isinstance(before, dict)
    assert (before["name"], after) == ("Nagy Imre", None)


def test_nested_changes_are_one_change_set() -> None:
    with history.change(ACTOR, "outer") as outer:
        agent("one")
        agent("two")
    sets = db.session().scalars(select(Change.change_set_id)).all()
    assert set(sets) == {outer.id}
    assert outer.action == "outer"


def test_a_change_outside_raises_and_nothing_is_written() -> None:
    made = agent()
    with pytest.raises(UnrecordedChange), db.transaction():
        made.name = "quietly"
    assert db.session().scalars(select(Agent.name)).one() == "Nagy Imre"


@pytest.mark.parametrize(
    "statement", [update(Agent).values(name="quietly"), delete(Agent)], ids=["update", "delete"]
)
def test_a_change_of_many_rows_at_once_raises(statement: object) -> None:
    """The session never sees such rows, so they could not be recorded."""
    agent()
    with pytest.raises(UnrecordedChange), history.change(ACTOR, "describe"):
        db.session().execute(statement)  # type: ignore[call-overload]
    assert db.session().scalars(select(Agent.name)).one() == "Nagy Imre"


def fail_half_way() -> None:
    with history.change(ACTOR, "describe"):
        agent()
        db.session().flush()
        raise ZeroDivisionError


def test_an_error_leaves_neither_the_change_nor_its_history() -> None:
    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert changes() == []
    assert db.session().scalars(select(Agent)).all() == []
    assert agent().id == 1


def test_readers_follow_by_cursor() -> None:
    first = agent("one")
    seq = history.latest_seq(db.session())
    second = agent("two")
    assert [subject for _, subject in history.changes_after(db.session(), seq)] == [
        ("agent", second.id)
    ]
    assert [subject for _, subject in history.changes_after(db.session(), 0)] == [
        ("agent", first.id),
        ("agent", second.id),
    ]
    assert history.changes_after(db.session(), history.latest_seq(db.session())) == []


def test_history_of_one_thing_is_newest_first_with_its_sets() -> None:
    made = agent()
    with history.change(ACTOR, "describe", reason="a letter of 1989"):
        made.dates = "1896–1958"
    rows = history.of_subject(db.session(), history.Subject("agent", made.id))
    assert [row.change_set.action for row in rows] == ["describe", "add_agent"]
    assert rows[0].change_set.reason == "a letter of 1989"


def test_days_are_written_as_iso_8601() -> None:
    assert history.recording.plain(date(1956, 10, 23)) == "1956-10-23"
