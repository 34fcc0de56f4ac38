"""A photograph as it was at an earlier version, played back from the history.

People, places, events and terms have their names of today; those that are no more are left out.
The invariant: nothing is written, and what the history does not know is not invented.
"""

from __future__ import annotations

from collections.abc import Iterable
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
from archive.history import Change, Subject

MOST = 10_000  # changes of one photograph that are looked through
MODELS: tuple[type[Any], ...] = (Image, *OF_IMAGE)
Rows = dict[int, dict[str, Any]]
NAMED: dict[type[Any], str] = {
    ImageAgent: "agent", ImagePlace: "place", ImageEvent: "event", ImageConcept: "concept",
}  # fmt: skip


def own_at(session: Session, image: Image, version: int) -> record.Record | None:
    """The own values of an image at a version; None when the history does not reach so far."""
    later = image.version - version
    changes = history.of_subject(session, Subject("image", image.id), limit=MOST)
    sets = list(dict.fromkeys(row.change_set_id for row in changes))
    if later < 0 or later >= len(sets):
        return None
    since = frozenset(sets[:later])
    rows = {model.__tablename__: _present(session, model, image) for model in MODELS}
    for row in changes:
        if row.change_set_id in since:
            _take_back(rows.setdefault(row.entity, {}), row)
    then = _made(Image, rows[Image.__tablename__][image.id])
    said = {model: _rows(session, model, rows[model.__tablename__]) for model in OF_IMAGE}
    return record.told(then, said)


def _present(session: Session, model: type[Any], image: Image) -> Rows:
    column = model.id if model is Image else model.image_id
    found = session.scalars(select(model).where(column == image.id))
    return {row.id: {name: getattr(row, name) for name in _columns(model)} for row in found}


def _take_back(rows: Rows, change: Change) -> None:
    if change.before is None:
        rows.pop(change.entity_id, None)
    elif change.after is None:
        rows[change.entity_id] = dict(change.before)
    else:
        rows.setdefault(change.entity_id, {}).update(change.before)


def _rows(session: Session, model: type[Any], rows: Rows) -> Iterable[Any]:
    """The rows of one kind in their order, each with the thing it names."""
    made = [_made(model, values) for values in rows.values()]
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
