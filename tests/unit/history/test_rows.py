"""Many rows written at once are recorded like those of the session, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from archive import db, history
from archive.catalogue.models import CaptionStatement, Image, ImageLink, RecordRow, Unit
from archive.history import Change, Edit, Recorded, Subject, UnrecordedChange, rows, undoing

pytestmark = pytest.mark.usefixtures("either_database")
ACTOR = history.Actor(7, "archivist", frozenset({"archivist"}))


def images(number: int = 2) -> list[Image]:
    with history.change(ACTOR, "accession"):
        session = db.session()
        unit = Unit(ref_code="HU-1", title={"hu": "Fond"})
        session.add(unit)
        session.flush()
        made = [Image(unit_id=unit.id) for _ in range(number)]
        session.add_all(made)
    return made


def new(entity: str, key: int, **values: object) -> Edit:
    row = rows.completed(entity, {"id": key, **values})
    return Edit(entity, key, rows.subject_of(entity, row), None, row)


def test_rows_are_written_recorded_and_shown() -> None:
    [image, other] = images()
    with history.change(ACTOR, "bulk") as made:
        session = db.session()
        old, successor = rows.next_keys(session, "caption_statement", 2)
        said = {"image_id": image.id, "type": "archivist_title", "lang": "hu", "preferred": True}
        history.write_rows(
            session,
            [
                new("caption_statement", old, **said, text="Régi", superseded_by_id=successor),
                new("caption_statement", successor, **said, text="Új"),
                Edit("image", other.id, Subject("image", other.id), {"notes": ""}, {"notes": "ő"}),
            ],
        )
    written = db.session().scalars(select(Change).where(Change.change_set_id == made.id)).all()
    assert [(row.entity, row.before is None) for row in written] == [
        ("caption_statement", True),
        ("caption_statement", True),
        ("image", False),
    ]
    assert db.session().get_one(CaptionStatement, old).superseded_by_id == successor
    assert db.session().get_one(RecordRow, image.id).own["title"] == {"hu": "Új"}
    assert db.session().get_one(RecordRow, other.id).own["notes"] == "ő"
    assert db.session().get_one(Image, other.id).version == 3
    assert history.verify(db.session()).broken_at is None


def test_what_was_written_at_once_is_undone_like_anything() -> None:
    [image, _] = images()
    with history.change(ACTOR, "bulk") as made:
        [key] = rows.next_keys(db.session(), "caption_statement", 1)
        edit = new("caption_statement", key, image_id=image.id, type="machine", text="x")
        history.write_rows(db.session(), [edit])
    undone = history.undo(ACTOR, made)
    assert db.session().scalars(select(CaptionStatement)).all() == []
    history.undo(ACTOR, undone)
    [back] = db.session().scalars(select(CaptionStatement))
    assert (back.id, back.text) == (key, "x")


def test_nothing_is_written_outside_a_change_set() -> None:
    [image, _] = images()
    edit = Edit("image", image.id, Subject("image", image.id), {"notes": ""}, {"notes": "x"})
    with pytest.raises(UnrecordedChange), db.transaction() as session:
        history.write_rows(session, [edit])
    db.session().expire_all()
    assert db.session().get_one(Image, image.id).notes == ""


def test_a_change_set_goes_on_in_a_later_transaction() -> None:
    made = images()
    with history.change(ACTOR, "bulk") as first:
        made[0].notes = "one"
    with history.change(ACTOR, "bulk", onto=first.id) as then:
        made[1].notes = "two"
    with history.change(ACTOR, "bulk", onto=first.id):
        made[1].notes = "three"
    assert then.id == first.id
    history.undo(ACTOR, first)
    assert db.session().scalars(select(Image.notes)).all() == ["", ""]


def test_what_was_undone_meanwhile_goes_on_in_a_change_set_of_its_own() -> None:
    """Else the rest would belong to what counts as undone, and nobody could undo it."""
    made = images()
    with history.change(ACTOR, "bulk") as first:
        made[0].notes = "one"
    undone = history.undo(ACTOR, first)
    with history.change(ACTOR, "bulk", onto=first.id) as rest:
        made[1].notes = "two"
    assert (rest.id, rest.action) not in ((first.id, "bulk"), (undone.id, "bulk"))
    history.undo(ACTOR, rest)
    history.undo(ACTOR, undone)
    with history.change(ACTOR, "bulk", onto=first.id) as again:
        made[1].notes = "two"
    assert again.id == first.id


def test_an_act_goes_on_only_with_what_there_was() -> None:
    images()
    with history.change(ACTOR, "bulk") as first:
        db.session().scalars(select(Image)).first().notes = "one"  # type: ignore[union-attr]
    with history.change(ACTOR, "bulk", onto=first.id):
        pass
    assert db.session().get(history.ChangeSet, first.id) is not None


def test_a_moved_row_concerns_both_photographs() -> None:
    """What it was taken from is shown without it, and has a new version."""
    [image, other] = images()
    with history.change(ACTOR, "describe"):
        db.session().add(CaptionStatement(image_id=image.id, type="machine", text="x"))
    version = db.session().get_one(Image, image.id).version
    with history.change(ACTOR, "merge"):
        db.session().scalars(select(CaptionStatement)).one().image_id = other.id
    assert db.session().get_one(RecordRow, image.id).own["captions"] == []
    assert len(db.session().get_one(RecordRow, other.id).own["captions"]) == 1
    assert db.session().get_one(Image, image.id).version == version + 1


def test_the_parts_of_an_undo_keep_joined_photographs_together() -> None:
    with history.change(ACTOR, "accession") as made:
        session = db.session()
        unit = Unit(ref_code="HU-1")
        session.add(unit)
        session.flush()
        photographs = [Image(unit_id=unit.id) for _ in range(5)]
        session.add_all(photographs)
        session.flush()
        first, last = photographs[0].id, photographs[-1].id
        session.add(ImageLink(image_id=first, other_id=last, kind="crop_of"))
    parts = undoing.portions(db.session(), made.id, 2)
    assert [{first, last} <= {key for _, key in part} for part in parts].count(True) == 1
    assert parts[-1] == [("unit", unit.id)]
    assert sorted(key for part in parts[:-1] for _, key in part) == sorted(
        image.id for image in photographs
    )


def test_no_recorded_table_gives_a_key_twice() -> None:
    """A migration that rebuilds a table on SQLite forgets this, and must end by setting it."""
    if not db.is_sqlite():
        pytest.skip("PostgreSQL draws its keys from sequences")
    kept = db.session().execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    tables = {row.name: row.sql for row in kept}
    recorded = [m.class_ for m in db.Base.registry.mappers if issubclass(m.class_, Recorded)]
    assert [
        c.__tablename__ for c in recorded if "AUTOINCREMENT" not in tables[c.__tablename__]
    ] == []
