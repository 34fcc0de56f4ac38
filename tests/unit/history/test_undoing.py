"""Undo plays a change set backwards, and never over what came later."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from archive import db, history
from archive.catalogue.models import Agent, DateStatement, Image, ImageAgent, Unit
from archive.history import Change, ChangeSet, UndoConflict

pytestmark = pytest.mark.usefixtures("either_database")
ACTOR = history.Actor(7, "archivist", frozenset({"archivist"}))


def described() -> tuple[Image, ChangeSet]:
    """An image with a date, a person and a fonds, all made in one change set."""
    with history.change(ACTOR, "accession") as made:
        session = db.session()
        unit = Unit(ref_code="HU-1", title={"hu": "Fond"})
        session.add(unit)
        session.flush()
        image = Image(unit_id=unit.id, published_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
        agent = Agent(name="Nagy Imre", key="nagy imre", names=["Imre Nagy"])
        session.add_all([image, agent])
        session.flush()
        day = date(1956, 10, 23)
        session.add(DateStatement(image_id=image.id, edtf="1956-10-23", earliest=day, latest=day))
        session.add(ImageAgent(image_id=image.id, agent_id=agent.id, role="depicted"))
    return image, made


def rows(model: type[db.Base]) -> list[db.Base]:
    db.session().expire_all()
    return list(db.session().scalars(select(model)))


def remove_everything() -> ChangeSet:
    with history.change(ACTOR, "remove") as removal:
        session = db.session()
        for model in (ImageAgent, DateStatement, Image, Agent, Unit):
            for row in session.scalars(select(model)):
                session.delete(row)
            session.flush()
    return removal


def test_an_edit_is_undone_and_the_undo_is_history_too() -> None:
    image, _ = described()
    with history.change(ACTOR, "describe") as edit:
        image.alt = {"hu": "Tüntetők"}
        image.notes = "sure"
    undone = history.undo(ACTOR, edit, reason="a slip")
    assert (image.alt, image.notes) == ({}, "")
    assert (undone.action, undone.undo_of_id, undone.reason) == ("undo", edit.id, "a slip")
    last = db.session().scalars(select(Change).order_by(Change.seq.desc())).first()
    assert last is not None
    assert last.after == {"alt": {}, "notes": ""}
    history.undo(ACTOR, undone)
    assert (image.alt, image.notes) == ({"hu": "Tüntetők"}, "sure")


def test_what_was_made_is_removed_children_first() -> None:
    _, made = described()
    history.undo(ACTOR, made)
    assert [rows(model) for model in (Unit, Image, Agent, DateStatement, ImageAgent)] == [[]] * 5


def test_what_was_removed_comes_back_as_it_was_parents_first() -> None:
    image, _ = described()
    public_id, published_at = image.public_id, image.published_at
    removal = remove_everything()
    history.undo(ACTOR, removal)
    [back] = db.session().scalars(select(Image))
    assert (back.public_id, back.published_at) == (public_id, published_at)
    [statement] = db.session().scalars(select(DateStatement))
    assert (statement.earliest, statement.image_id) == (date(1956, 10, 23), back.id)
    [link] = db.session().scalars(select(ImageAgent))
    assert link.agent.names == ["Imre Nagy"]


def test_a_tree_comes_back_from_its_root() -> None:
    with history.change(ACTOR, "arrange"):
        session = db.session()
        leaf, root = Unit(ref_code="leaf"), Unit(ref_code="root")
        session.add(leaf)
        session.flush()
        session.add(root)
        session.flush()
        leaf.parent_id = root.id
    with history.change(ACTOR, "remove") as removal:
        session.delete(leaf)
        session.flush()
        session.delete(root)
    history.undo(ACTOR, removal)
    found = {unit.ref_code: unit for unit in db.session().scalars(select(Unit))}
    assert found["leaf"].parent_id == found["root"].id


def test_a_later_edit_stops_the_undo_and_is_named() -> None:
    image, _ = described()
    with history.change(ACTOR, "describe") as edit:
        image.notes, image.ref_code = "mine", "HU-1/1"
    with history.change(ACTOR, "describe"):
        image.notes = "somebody else's"
    with pytest.raises(UndoConflict) as stopped:
        history.undo(ACTOR, edit)
    [conflict] = stopped.value.conflicts
    assert (conflict.entity, conflict.column) == ("image", "notes")
    assert (conflict.made, conflict.found) == ("mine", "somebody else's")
    [kept] = rows(Image)
    assert (kept.notes, kept.ref_code) == ("somebody else's", "HU-1/1")  # type: ignore[attr-defined]


def test_force_goes_over_a_later_edit_and_records_it() -> None:
    image, _ = described()
    with history.change(ACTOR, "describe") as edit:
        image.notes = "mine"
    with history.change(ACTOR, "describe"):
        image.notes = "somebody else's"
    history.undo(ACTOR, edit, force=True)
    [kept] = db.session().scalars(select(Image))
    assert kept.notes == ""
    last = db.session().scalars(select(Change).order_by(Change.seq.desc())).first()
    assert last is not None
    assert (last.before, last.after) == ({"notes": "somebody else's"}, {"notes": ""})


def test_a_row_that_is_gone_since_is_a_conflict() -> None:
    _, made = described()
    with history.change(ACTOR, "describe"):
        db.session().delete(db.session().scalars(select(DateStatement)).one())
    with pytest.raises(UndoConflict) as stopped:
        history.undo(ACTOR, made)
    assert [(c.entity, c.made, c.found) for c in stopped.value.conflicts] == [
        ("date_statement", "present", None)
    ]


def test_a_row_that_something_later_hangs_on_is_a_conflict_not_an_accident() -> None:
    """The person was made by the change set, and another photograph names them since."""
    image, made = described()
    agent = db.session().scalars(select(Agent)).one()
    with history.change(ACTOR, "accession"):
        other = Image(unit_id=image.unit_id)
        db.session().add(other)
        db.session().flush()
        db.session().add(ImageAgent(image_id=other.id, agent_id=agent.id, role="creator"))
    with pytest.raises(UndoConflict):
        history.undo(ACTOR, made)
    assert len(rows(Image)) == 2
    assert len(rows(ImageAgent)) == 2
