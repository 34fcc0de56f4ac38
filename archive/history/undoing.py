"""Undo: a change set is played backwards, as a change set of its own.

Where a value has been changed again since, nothing is overwritten silently: the undo stops and
names every such place. Where something made later hangs on a row that would go, it always stops,
for the database would take that away as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from archive.db import Base
from archive.history.actor import Actor
from archive.history.models import Change, ChangeSet
from archive.history.recording import Recorded, change, plain

CHUNK = 500


@dataclass(frozen=True)
class Conflict:
    """A value that is no longer what the change set made it, or a later row that hangs on one.

    `made` and `found` are values of the column; without a column they say whether the row is
    there. A later row has `made` None and its reference as `found`.
    """

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
        conflicts = _hanging(session, changes)
        if not force:
            conflicts += [found for row in changes for found in _conflicts(session, row)]
        if conflicts:
            raise UndoConflict(conflicts)
        _play_back(session, changes)
        return undoing


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


def _hanging(session: Session, changes: Sequence[Change]) -> list[Conflict]:
    """Recorded rows that refer to rows which would go, and neither go nor turn away themselves."""
    going = {(row.entity, row.entity_id) for row in changes if row.before is None}
    turning = {(row.entity, row.entity_id): row.before for row in changes if row.before}
    conflicts = []
    for column, target in _references():
        entity = str(column.table)
        ids = [row_id for name, row_id in going if name == target]
        for row_id, found in _referring(session, column, ids):
            key = (entity, row_id)
            if key not in going and column.name not in turning.get(key, {}):
                conflicts.append(Conflict(entity, row_id, column.name, None, found))
    return conflicts


def _references() -> Iterator[tuple[Column[Any], str]]:
    """Every column of a recorded table that refers to another row, and the table of that row."""
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Recorded):
            for key in mapper.local_table.foreign_keys:
                yield key.parent, str(key.column.table)


def _referring(session: Session, column: Column[Any], ids: list[int]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        yield from session.execute(select(column.table.c.id, column).where(column.in_(chunk)))


def _play_back(session: Session, changes: Sequence[Change]) -> None:
    """Removed rows come back parents first, edits are put back, made rows go children first.

    References within one table are set when all its rows are there, and let go before any goes.
    """
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    removed = [row for row in changes if row.after is None]
    made = [row for row in changes if row.before is None]
    for row in sorted(removed, key=lambda row: order[row.entity]):
        _bring_back(session, row)
    for row in removed:
        _set(session, row, _within(row.entity))
    for row in changes:
        if row.before is not None and row.after is not None:
            _set(session, row, set(row.before))
    for row in made:
        _let_go(session, row)
    for row in sorted(made, key=lambda row: -order[row.entity]):
        _remove(session, row)


def _bring_back(session: Session, row: Change) -> None:
    values = _values(row)
    for name in _within(row.entity):
        values[name] = None
    session.add(_model(row.entity)(**values))
    session.flush()


def _set(session: Session, row: Change, names: set[str]) -> None:
    instance = session.get(_model(row.entity), row.entity_id)
    for name, value in _values(row).items():
        if name in names and instance is not None:
            setattr(instance, name, value)
    session.flush()


def _let_go(session: Session, row: Change) -> None:
    instance = session.get(_model(row.entity), row.entity_id)
    for name in _within(row.entity):
        if instance is not None:
            setattr(instance, name, None)
    session.flush()


def _remove(session: Session, row: Change) -> None:
    instance = session.get(_model(row.entity), row.entity_id)
    if instance is not None:
        session.delete(instance)
        session.flush()


@lru_cache(maxsize=256)
def _within(entity: str) -> set[str]:
    """Columns that refer to another row of the same table."""
    return {
        column.name for column, target in _references() if column.table.name == target == entity
    }


@lru_cache(maxsize=256)
def _model(entity: str) -> Any:
    for mapper in Base.registry.mappers:
        if str(mapper.local_table) == entity:
            return mapper.class_
    raise LookupError(entity)


def _values(row: Change) -> dict[str, Any]:
    model = _model(row.entity)
    return {name: _typed(model, name, value) for name, value in (row.before or {}).items()}


def _typed(model: Any, name: str, value: Any) -> Any:
    kind = model.__mapper__.columns[name].type.python_type
    if isinstance(value, str) and kind in (datetime, date):
        return kind.fromisoformat(value)
    return value
