"""A photograph as it was at an earlier version, played back from the history.

People, places, events and terms have their names of today; those that are no more are left out.
Where records were joined or parted, statements went from one photograph to another: those that it
had then are its own, wherever they are now. The invariant: nothing is written, and what the history
does not know is not invented.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, attributes

from archive import history
from archive.catalogue import record
from archive.catalogue.models import (
    OF_IMAGE,
    Image,
    ImageAgent,
    ImageConcept,
    ImageEvent,
    ImagePlace,
)
from archive.history import Change, ChangeSet, Subject

MOST = 10_000  # changes of one photograph that are looked through
PASSING = ("merge", "undo")  # acts by which statements go from one photograph to another
MODELS: tuple[type[Any], ...] = (Image, *OF_IMAGE)
Rows = dict[int, dict[str, Any]]
NAMED: dict[type[Any], str] = {
    ImageAgent: "agent", ImagePlace: "place", ImageEvent: "event", ImageConcept: "concept",
}  # fmt: skip


def own_at(session: Session, image: Image, version: int) -> record.Record | None:
    """The own values of an image at a version; None when the history does not reach so far."""
    changes, family = _of_family(session, image.id)
    mine = [row for row in changes if image.id in _images_of(row)]
    sets = list(dict.fromkeys(row.change_set_id for row in mine))
    later = image.version - version
    if later < 0 or later >= len(sets):
        return None
    since = frozenset(sets[:later])
    first = min((row.seq for row in mine if row.change_set_id in since), default=None)
    rows = {model.__tablename__: _present(session, model, family) for model in MODELS}
    for row in changes:
        if first is not None and row.seq >= first:
            _take_back(rows.setdefault(row.entity, {}), row)
    then = _made(Image, rows[Image.__tablename__][image.id])
    said = {model: _rows(session, model, rows[model.__tablename__], image) for model in OF_IMAGE}
    return record.told(then, said)


def _of_family(session: Session, image_id: int) -> tuple[list[Change], set[int]]:
    """The changes of a photograph and of all that its statements went on to, newest first."""
    found: dict[int, Change] = {}
    family: set[int] = set()
    waiting = {image_id}
    while waiting:
        key = waiting.pop()
        family.add(key)
        gone = _given_away(session, key)
        for row in (*history.of_subject(session, Subject("image", key), limit=MOST), *gone):
            found[row.seq] = row
        waiting |= {row.subject_id for row in gone} - family
    return [found[seq] for seq in sorted(found, reverse=True)], family


def _given_away(session: Session, image_id: int) -> Sequence[Change]:
    """Changes by which a statement of this photograph became one of another."""
    passing = select(ChangeSet.id).where(ChangeSet.action.in_(PASSING))
    return session.scalars(
        select(Change)
        .where(Change.change_set_id.in_(passing), Change.subject_kind == "image")
        .where(Change.entity.in_([model.__tablename__ for model in OF_IMAGE]))
        .where(Change.subject_id != image_id, Change.before["image_id"].as_integer() == image_id)
    ).all()


def _images_of(change: Change) -> set[int]:
    """The photograph that a change belongs to, and the one it took something from."""
    return {change.subject_id, (change.before or {}).get("image_id", change.subject_id)}


def _present(session: Session, model: type[Any], family: Collection[int]) -> Rows:
    column = model.id if model is Image else model.image_id
    found = session.scalars(select(model).where(column.in_(family)))
    return {row.id: {name: getattr(row, name) for name in _columns(model)} for row in found}


def _take_back(rows: Rows, change: Change) -> None:
    if change.before is None:
        rows.pop(change.entity_id, None)
    elif change.after is None:
        rows[change.entity_id] = dict(change.before)
    else:
        rows.setdefault(change.entity_id, {}).update(change.before)


def _rows(session: Session, model: type[Any], rows: Rows, image: Image) -> Iterable[Any]:
    """The rows of one kind that were the image's, in their order, each with what it names."""
    made = [_made(model, row) for row in rows.values() if row["image_id"] == image.id]
    name = NAMED.get(model)
    if name:
        related = model.__mapper__.relationships[name].mapper.class_
        for row in made:
            named = session.get(related, getattr(row, f"{name}_id"))
            attributes.set_committed_value(row, name, named)
        made = [row for row in made if getattr(row, name) is not None]
    return sorted(made, key=lambda row: (row.position, row.id))


def _made(model: type[Any], values: dict[str, Any]) -> Any:
    """A row that belongs to no session."""
    columns = model.__mapper__.columns
    known = {name: value for name, value in values.items() if name in columns}
    return model(**{name: _typed(columns[name], value) for name, value in known.items()})


def _typed(column: Any, value: Any) -> Any:
    kind = column.type.python_type
    if isinstance(value, str) and kind in (datetime, date):
        return kind.fromisoformat(value)
    return value


def _columns(model: type[Any]) -> list[str]:
    return [attr.key for attr in model.__mapper__.column_attrs]
