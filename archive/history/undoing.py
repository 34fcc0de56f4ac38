"""Undo: a change set is played backwards, as a change set of its own.

Where a value has been changed again since, nothing is overwritten silently: the undo stops and
names every such place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.db import Base
from archive.history.actor import Actor
from archive.history.models import Change, ChangeSet
from archive.history.recording import change, plain


@dataclass(frozen=True)
class Conflict:
    """A value that is no longer what the change set made it."""

    entity: str
    entity_id: int
    column: str
    made: Any
    found: Any


class UndoConflict(Exception):
    """The change set cannot be undone as it stands; `conflicts` says where and why."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(f"{len(conflicts)} values have changed since")
        self.conflicts = conflicts


def undo(
    actor: Actor, change_set: ChangeSet, *, reason: str = "", force: bool = False
) -> ChangeSet:
    """Undo a change set; with `force`, later values are overwritten too (and recorded)."""
    with change(actor, "undo", reason=reason, undo_of=change_set) as undoing:
        session = Session.object_session(undoing)
        assert session is not None
        changes = session.scalars(
            select(Change).where(Change.change_set_id == change_set.id).order_by(Change.seq.desc())
        ).all()
        conflicts = [found for row in changes for found in _conflicts(session, row)]
        if conflicts and not force:
            raise UndoConflict(conflicts)
        for row in sorted(changes, key=_undo_order):
            _reverse(session, row)
            session.flush()
        return undoing


def _undo_order(row: Change) -> tuple[int, int]:
    """Removed rows come back first, oldest table row first; made rows go last, newest first."""
    if row.after is None:
        return (0, -row.seq)
    return (1, -row.seq) if row.before is not None else (2, -row.seq)


def _model(entity: str) -> Any:
    for mapper in Base.registry.mappers:
        if mapper.class_.__tablename__ == entity:
            return mapper.class_
    raise LookupError(entity)


def _conflicts(session: Session, row: Change) -> list[Conflict]:
    instance = session.get(_model(row.entity), row.entity_id)
    if row.after is None:
        found = "present" if instance is not None else None
        return [Conflict(row.entity, row.entity_id, "", None, found)] if instance else []
    if instance is None:
        return [Conflict(row.entity, row.entity_id, "", "present", None)]
    return [
        Conflict(row.entity, row.entity_id, column, made, plain(getattr(instance, column)))
        for column, made in row.after.items()
        if plain(getattr(instance, column)) != made
    ]


def _reverse(session: Session, row: Change) -> None:
    model = _model(row.entity)
    instance = session.get(model, row.entity_id)
    if row.before is None:
        if instance is not None:
            session.delete(instance)
    elif row.after is None:
        session.add(model(**_values(model, row.before)))
    elif instance is not None:
        for column, value in _values(model, row.before).items():
            setattr(instance, column, value)


def _values(model: Any, stored: dict[str, Any]) -> dict[str, Any]:
    return {name: _typed(model, name, value) for name, value in stored.items()}


def _typed(model: Any, name: str, value: Any) -> Any:
    kind = model.__mapper__.columns[name].type.python_type
    if isinstance(value, str) and kind in (datetime, date):
        return kind.fromisoformat(value)
    return value
