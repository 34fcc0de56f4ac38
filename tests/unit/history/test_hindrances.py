"""What an undo must never break, whatever it is told to go over: told, and left as it is."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from sqlalchemy import select

from archive import db, history
from archive.catalogue import service
from archive.catalogue.authorities import KINDS, keeping, merging
from archive.catalogue.drafts import Draft, LinkDraft
from archive.catalogue.models import (
    Agent,
    Event,
    Image,
    ImageAgent,
    ImageEvent,
    ImageLink,
    Unit,
)
from archive.history import ChangeSet, Edit, UndoConflict
from archive.history.rows import columns_of, subject_of

pytestmark = pytest.mark.usefixtures("either_database")
ACTOR = history.system("test")


def photograph(**said: Any) -> Image:
    unit = db.session().scalars(select(Unit)).first()
    unit = unit or service.add_unit(ACTOR, ref_code="HU-1", title={"hu": "Fond"})
    return service.accession(ACTOR, unit, Draft(**said))


def add(kind: str, name: Any) -> Any:
    return keeping.add(ACTOR, KINDS[kind], {"name": name})


def says(image: Image, **said: Any) -> ChangeSet:
    """Have a photograph say this; the change set."""
    image = db.session().get_one(Image, image.id)
    service.describe(ACTOR, image, Draft(**said), based_on=image.version)
    return last()


def last() -> ChangeSet:
    return db.session().scalars(select(ChangeSet).order_by(ChangeSet.id.desc()).limit(1)).one()


def rows(model: Any) -> list[Any]:
    db.session().expire_all()
    return list(db.session().scalars(select(model).order_by(model.id)))


def written() -> int:
    return history.latest_seq(db.session())


def cannot_be_undone(change_set: ChangeSet) -> set[tuple[str, str, str]]:
    """What stands against it in any case: table, column and why; nothing is written."""
    before, told = written(), set()
    for later in get_args(history.Later):
        with pytest.raises(UndoConflict) as stopped:
            history.undo(ACTOR, change_set, later=later)
        told = {(one.entity, one.column, one.why) for one in stopped.value.conflicts}
    assert written() == before
    return told


def test_what_is_said_again_by_now_does_not_come_back_beside_itself() -> None:
    uprising = LinkDraft(target=add("event", {"hu": "Forradalom"}).public_id)
    image = photograph(events=[uprising])
    gone = says(image)
    again = says(image, events=[uprising])
    assert cannot_be_undone(gone) == {("image_event", "event_id", "taken")}
    history.undo(ACTOR, again)
    history.undo(ACTOR, gone)
    assert len(rows(ImageEvent)) == 1


def test_a_code_that_another_bears_by_now_is_not_given_back() -> None:
    unit = service.add_unit(ACTOR, ref_code="HU-2", title={"hu": "Fond"})
    with history.change(ACTOR, "rename") as renamed:
        db.session().get_one(Unit, unit.id).ref_code = "HU-3"
    with history.change(ACTOR, "add"):
        db.session().add(Unit(ref_code="HU-2"))
    assert ("unit", "ref_code", "taken") in cannot_be_undone(renamed)
    assert [one.ref_code for one in rows(Unit)] == ["HU-3", "HU-2"]


def test_nothing_comes_back_to_what_was_removed_since() -> None:
    somebody = add("agent", "Kő Pál")
    image = photograph(agents=[LinkDraft(target=somebody.public_id, role="depicted")])
    gone = says(image)
    keeping.remove(ACTOR, db.session().get_one(Agent, somebody.id))
    removed = last()
    assert cannot_be_undone(gone) == {("image_agent", "agent_id", "gone")}
    history.undo(ACTOR, removed)
    history.undo(ACTOR, gone)
    assert [link.agent_id for link in rows(ImageAgent)] == [somebody.id]


def test_nothing_is_said_again_of_whom_was_merged_since() -> None:
    kept, gone = add("agent", "Kő Pál"), add("agent", "Kő P.")
    image = photograph(agents=[LinkDraft(target=gone.public_id, role="depicted")])
    unsaid = says(image)
    merged = merging.merge(ACTOR, kept, gone)
    assert cannot_be_undone(unsaid) == {("image_agent", "agent_id", "elsewhere")}
    history.undo(ACTOR, merged)
    history.undo(ACTOR, unsaid)
    assert [link.agent_id for link in rows(ImageAgent)] == [gone.id]


def test_nobody_is_merged_again_whom_a_photograph_names_by_now() -> None:
    kept, gone = add("agent", "Kő Pál"), add("agent", "Kő P.")
    image = photograph(agents=[LinkDraft(target=gone.public_id, role="depicted")])
    parted = history.undo(ACTOR, merging.merge(ACTOR, kept, gone))
    named = says(photograph(), agents=[LinkDraft(target=gone.public_id, role="depicted")])
    assert ("image_agent", "agent_id", "refers") in cannot_be_undone(parted)
    history.undo(ACTOR, named)
    history.undo(ACTOR, parted)
    assert [one.merged_into_id for one in rows(Agent)] == [None, kept.id]
    assert [(link.image_id, link.agent_id) for link in rows(ImageAgent)] == [(image.id, kept.id)]


def test_a_photograph_that_says_it_no_more_does_not_hinder_that_two_are_merged_again() -> None:
    kept, gone = add("agent", "Kő Pál"), add("agent", "Kő P.")
    named = [LinkDraft(target=gone.public_id, role="depicted")]
    corrected, image = photograph(agents=named), photograph(agents=named)
    parted = history.undo(ACTOR, merging.merge(ACTOR, kept, gone))
    says(corrected)
    history.undo(ACTOR, parted, later="leave")
    assert [one.merged_into_id for one in rows(Agent)] == [None, kept.id]
    assert [(link.image_id, link.agent_id) for link in rows(ImageAgent)] == [(image.id, kept.id)]


def test_two_of_whom_one_was_merged_are_undone_together_or_not() -> None:
    kept, gone = add("agent", "Kő Pál"), add("agent", "Kő P.")
    merged = merging.merge(ACTOR, kept, gone)
    kept = db.session().get_one(Agent, kept.id)
    keeping.edit(ACTOR, kept, {"forms": []}, based_on=kept.version)
    with pytest.raises(UndoConflict):
        history.undo(ACTOR, merged, later="leave")
    assert [one.merged_into_id for one in rows(Agent)] == [None, kept.id]


def test_who_was_merged_stands_alone_again_before_photographs_name_them() -> None:
    """A large undo is written in portions: each must leave the archive whole."""
    kept, gone = add("agent", "Kő Pál"), add("agent", "Kő P.")
    for _ in range(3):
        photograph(agents=[LinkDraft(target=gone.public_id, role="depicted")])
    merged = merging.merge(ACTOR, kept, gone)
    parted = played_back(merged)
    assert {link.agent_id for link in rows(ImageAgent)} == {gone.id}
    played_back(parted)
    assert {link.agent_id for link in rows(ImageAgent)} == {kept.id}


def test_a_large_merge_is_not_made_again_by_half() -> None:
    """Whoever is named by another photograph since stays as they are, with all their own."""
    kept, gone = add("agent", "Kő Pál"), add("agent", "Kő P.")
    named = [LinkDraft(target=gone.public_id, role="depicted")]
    for _ in range(3):
        photograph(agents=named)
    parted = history.undo(ACTOR, merging.merge(ACTOR, kept, gone))
    photograph(agents=named)
    for part in history.portions(db.session(), parted.id, 1):
        found = history.backwards(db.session(), parted.id, part, later="leave")
        assert found.edits == []
        assert {one.why for one in found.conflicts} == {"refers"}


def played_back(change_set: ChangeSet) -> ChangeSet:
    """Undo a change set a photograph at a time, nothing standing against any part."""
    undoing = None
    for part in history.portions(db.session(), change_set.id, 1):
        key = undoing.id if undoing else None
        with history.change(ACTOR, "undo", undo_of=change_set, onto=key) as undoing:
            found = history.backwards(db.session(), change_set.id, part, later="leave")
            assert found.conflicts == []
            history.write_rows(db.session(), found.edits)
    assert undoing is not None
    return undoing


def test_two_that_change_their_places_do_not_meet_half_way() -> None:
    """A photograph is told to belong to two events, then to the other each."""
    one, other = add("event", {"hu": "Egy"}), add("event", {"hu": "Más"})
    links = [LinkDraft(target=row.public_id) for row in (one, other)]
    photograph(events=links)
    first, second = rows(ImageEvent)
    with history.change(ACTOR, "swap") as swapped:
        turned = [turn(first, event_id=other.id), turn(second, event_id=one.id)]
        history.write_rows(db.session(), turned)
    assert [row.event_id for row in rows(ImageEvent)] == [other.id, one.id]
    history.undo(ACTOR, swapped)
    assert [row.event_id for row in rows(ImageEvent)] == [one.id, other.id]
    assert [row.public_id for row in rows(ImageEvent)] == [first.public_id, second.public_id]


def turn(row: Any, **values: Any) -> Edit:
    entity = row.__tablename__
    now = {name: getattr(row, name) for name in columns_of(entity)}
    return Edit(entity, row.id, subject_of(entity, now), {n: now[n] for n in values}, values)


def test_a_link_may_take_the_place_that_another_leaves_in_the_same_act() -> None:
    """And two rows are not put back into one place, though none is there now."""
    image, others = photograph(), [photograph(), photograph()]
    with history.change(ACTOR, "link"):
        for other in others:
            db.session().add(ImageLink(image_id=image.id, other_id=other.id, kind="crop_of"))
    first, second = rows(ImageLink)
    with history.change(ACTOR, "turn") as turned:
        gone = {name: getattr(first, name) for name in columns_of("image_link")}
        taking_out = Edit("image_link", first.id, subject_of("image_link", gone), gone, None)
        history.write_rows(db.session(), [turn(second, other_id=others[0].id), taking_out])
    assert [link.other_id for link in rows(ImageLink)] == [others[0].id]
    history.undo(ACTOR, turned)
    assert [link.other_id for link in rows(ImageLink)] == [other.id for other in others]
    assert rows(Event) == []
