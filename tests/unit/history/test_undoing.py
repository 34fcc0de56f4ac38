"""Undo plays a change set backwards, and never over what came later."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from archive import db, history
from archive.catalogue.models import (
    Agent,
    DateStatement,
    Event,
    Image,
    ImageAgent,
    ImageEvent,
    ImageLink,
    Unit,
)
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
    history.undo(ACTOR, edit, later="overwrite")
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


def noted(number: int, words: str) -> Image:
    """The photograph at this place, its note written anew."""
    images = db.session().scalars(select(Image).order_by(Image.id)).all()
    with history.change(ACTOR, "describe"):
        images[number].notes = words
    return images[number]


def three_noted() -> ChangeSet:
    """Three photographs that one change set gave a note."""
    described()
    with history.change(ACTOR, "accession"):
        unit = db.session().scalars(select(Unit)).one()
        db.session().add_all([Image(unit_id=unit.id), Image(unit_id=unit.id)])
    with history.change(ACTOR, "bulk") as edit:
        for image in db.session().scalars(select(Image)):
            image.notes = "all"
    return edit


def notes() -> list[str]:
    db.session().expire_all()
    return list(db.session().scalars(select(Image.notes).order_by(Image.id)))


def test_what_changed_since_may_be_left_as_it_is() -> None:
    edit = three_noted()
    later = noted(1, "mine")
    with pytest.raises(UndoConflict) as stopped:
        history.undo(ACTOR, edit)
    assert {conflict.subject for conflict in stopped.value.conflicts} == {("image", later.id)}
    history.undo(ACTOR, edit, later="leave")
    assert notes() == ["", "mine", ""]


def test_an_undo_that_would_change_nothing_is_told_and_not_recorded() -> None:
    edit = three_noted()
    for number in range(3):
        noted(number, "mine")
    with pytest.raises(UndoConflict):
        history.undo(ACTOR, edit, later="leave")
    assert len(rows(ChangeSet)) == 6


def test_a_thing_is_left_whole_never_in_part() -> None:
    """Two values of one photograph were changed, one of them again: neither is put back."""
    image, _ = described()
    other = ImageAgent(image_id=image.id, agent_id=1, role="donor")
    with history.change(ACTOR, "describe") as edit:
        image.notes = "all"
        db.session().add(other)
    noted(0, "mine")
    with pytest.raises(UndoConflict):
        history.undo(ACTOR, edit, later="leave")
    assert len(rows(ImageAgent)) == 2


def test_photographs_joined_by_a_change_set_are_left_together() -> None:
    edit = three_noted()
    first, second, _third = rows(Image)
    with history.change(ACTOR, "link") as link:
        for image in db.session().scalars(select(Image)):
            image.ref_code = f"HU-1/{image.id}"
        db.session().add(ImageLink(image_id=first.id, other_id=second.id, kind="crop_of"))
    with history.change(ACTOR, "describe"):
        db.session().get_one(Image, second.id).ref_code = "HU-2"
    history.undo(ACTOR, link, later="leave")
    codes = db.session().scalars(select(Image.ref_code).order_by(Image.id)).all()
    assert codes == [f"HU-1/{first.id}", "HU-2", ""]
    assert edit.id != link.id


def test_a_key_is_never_given_again() -> None:
    """Else an old change would speak of another row, and undoing it would change that one."""
    image, _ = described()
    with history.change(ACTOR, "describe"):
        [statement] = db.session().scalars(select(DateStatement))
        gone = statement.id
        db.session().delete(statement)
    with history.change(ACTOR, "describe"):
        db.session().add(DateStatement(image_id=image.id))
    [other] = rows(DateStatement)
    assert other.id > gone  # type: ignore[attr-defined]


def test_what_comes_back_has_a_version_it_never_had() -> None:
    image, made = described()
    for words in ("one", "two"):
        with history.change(ACTOR, "describe"):
            image.notes = words
    before = db.session().scalars(select(Image.version)).one()
    undone = history.undo(ACTOR, made, later="overwrite")
    history.undo(ACTOR, undone)
    db.session().expire_all()
    assert db.session().scalars(select(Image.version)).one() > before


def test_like_takes_the_place_of_like() -> None:
    """A link was removed and the same one made: undoing meets no unique constraint half-way."""
    image, _ = described()
    with history.change(ACTOR, "describe"):
        event = Event(name={"hu": "Tüntetés"}, key="tuntetes")
        db.session().add(event)
        db.session().flush()
        db.session().add(ImageEvent(image_id=image.id, event_id=event.id))
    with history.change(ACTOR, "describe") as again:
        [link] = db.session().scalars(select(ImageEvent))
        kept = link.public_id
        db.session().delete(link)
        db.session().flush()
        db.session().add(ImageEvent(image_id=image.id, event_id=event.id, certainty="possible"))
    history.undo(ACTOR, again)
    [back] = rows(ImageEvent)
    assert back.public_id == kept  # type: ignore[attr-defined]
