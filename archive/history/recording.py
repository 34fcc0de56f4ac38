"""Recording: the session tells which rows were touched, and `change()` writes it down.

A model that mixes in `Recorded` cannot be changed outside `change()`: the flush raises. So no
verb can forget its history, and nobody needs to remember to call it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Table, event, func, inspect, select
from sqlalchemy.orm import ColumnProperty, Mapper, ORMExecuteState, Session, UOWTransaction

from archive.db import Base, transaction
from archive.history.actor import Actor
from archive.history.audit import append
from archive.history.models import Change, ChangeSet

OPEN = "open_change"
_LATEST = select(func.max(Change.seq))


class UnrecordedChange(RuntimeError):
    """A recorded row was changed outside `change()`: an error in the program."""


class Subject(NamedTuple):
    """What a row belongs to: ("image", 17), ("agent", 4) …"""

    kind: str
    id: int


class Recorded:
    """Mixin of models whose every change is kept.

    `__subject__` names the kind of thing a row belongs to and the column that holds its key.
    `__unrecorded__` lists columns that follow from others and are not history. `__redirect__` is
    the column by which a row leads to another that holds in its place: nothing else refers to it.
    """

    __subject__: ClassVar[tuple[str, str]]
    __unrecorded__: ClassVar[frozenset[str]] = frozenset()
    __redirect__: ClassVar[str] = ""


@event.listens_for(Recorded, "instrument_class", propagate=True)
def _never_give_a_key_again(mapper: Mapper[Any], _class: type[Any]) -> None:
    """SQLite would give the key of a removed last row to the next: history must tell them apart."""
    if isinstance(mapper.local_table, Table):
        mapper.local_table.dialect_options["sqlite"]["autoincrement"] = True


@lru_cache(maxsize=256)
def model_of(entity: str) -> Any:
    """The recorded model whose table this is. Raises LookupError."""
    for mapper in Base.registry.mappers:
        if str(mapper.local_table) == entity and issubclass(mapper.class_, Recorded):
            return mapper.class_
    raise LookupError(entity)


_Sides = tuple[dict[str, Any] | None, dict[str, Any] | None]


@dataclass
class _Touched:
    """One row during one change set; a later flush keeps the first `before`."""

    subject: Subject
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass
class _Open:
    change_set: ChangeSet
    is_new: bool = True
    rows: dict[tuple[str, int], _Touched] = field(default_factory=dict)


Projection = Callable[[Session, list[Subject]], None]
_projections: list[Projection] = []


def project(projection: Projection) -> Projection:
    """Have `projection` called with the subjects of a change set, in its transaction.

    What it writes must follow from recorded rows, so that it can always be made anew.
    """
    _projections.append(projection)
    return projection


@contextmanager
def change(
    actor: Actor,
    action: str,
    *,
    reason: str = "",
    undo_of: ChangeSet | None = None,
    onto: int | None = None,
) -> Iterator[ChangeSet]:
    """Open a change set, or join the one that is open; everything is written when it ends.

    `onto` goes on with an earlier change set, by its key: one act in several transactions. Where
    that was undone meanwhile, a new one is opened: what came after could not be undone else.
    """
    with transaction() as session:
        outer: _Open | None = session.info.get(OPEN)
        if outer is not None:
            yield outer.change_set
            return
        earlier = _goes_on(session, onto)
        opened = _Open(earlier or _new(session, actor, action, reason, undo_of), earlier is None)
        change_set = opened.change_set
        session.info[OPEN] = opened
        try:
            yield change_set
            session.flush()
            _close(session, actor, opened)
        finally:
            session.info.pop(OPEN, None)


def _new(
    session: Session, actor: Actor, action: str, reason: str, undo_of: ChangeSet | None
) -> ChangeSet:
    made = ChangeSet(
        actor_id=actor.person_id,
        actor_label=actor.label,
        action=action,
        reason=reason,
        undo_of_id=undo_of.id if undo_of else None,
    )
    session.add(made)
    return made


def open_change_set(session: Session) -> ChangeSet:
    """The change set that is being written, for a projection."""
    opened: _Open = session.info[OPEN]
    return opened.change_set


def touched_rows(session: Session) -> Iterator[tuple[str, _Sides]]:
    """The rows that this transaction touches, by table, before and after; for a projection."""
    opened: _Open = session.info[OPEN]
    return ((entity, (row.before, row.after)) for (entity, _key), row in opened.rows.items())


def latest_seq(session: Session) -> int:
    """The last sequence number that is committed (0 when nothing ever changed)."""
    return session.scalar(_LATEST) or 0


def undone_by(session: Session, change_set_id: int) -> ChangeSet | None:
    """The change set that has undone this one, unless that was undone in its turn."""
    undoing = select(ChangeSet).where(ChangeSet.undo_of_id == change_set_id)
    for found in session.scalars(undoing.order_by(ChangeSet.id.desc())):
        if undone_by(session, found.id) is None:
            return found
    return None


def _goes_on(session: Session, onto: int | None) -> ChangeSet | None:
    """The change set that is to go on: what was undone meanwhile goes on in a new one."""
    if not onto or undone_by(session, onto):
        return None
    return session.get_one(ChangeSet, onto)


def _close(session: Session, actor: Actor, opened: _Open) -> None:
    rows = {key: row for key, row in opened.rows.items() if row.before != row.after}
    if not rows:
        if opened.is_new:
            session.delete(opened.change_set)
            session.flush()
        return
    written = [_as_row(opened, key, row) for key, row in rows.items()]
    session.connection().execute(Base.metadata.tables["change"].insert(), written)
    subjects = sorted({subject for key, row in rows.items() for subject in _concerned(key, row)})
    for projection in _projections:
        projection(session, subjects)
    append(
        actor,
        opened.change_set.action,
        "change_set",
        opened.change_set.public_id,
        {"subjects": _count(subjects), "fields": _fields(rows)},
    )


def _as_row(opened: _Open, key: tuple[str, int], row: _Touched) -> dict[str, Any]:
    return {
        "change_set_id": opened.change_set.id,
        "subject_kind": row.subject.kind,
        "subject_id": row.subject.id,
        "entity": key[0],
        "entity_id": key[1],
        "before": row.before,
        "after": row.after,
    }


def _concerned(key: tuple[str, int], row: _Touched) -> Iterator[Subject]:
    """What a row belongs to, and what it was taken from or given to."""
    yield row.subject
    kind, column = model_of(key[0]).__subject__
    for side in (row.before or {}, row.after or {}):
        if column in side:
            yield Subject(kind, side[column])


def _count(subjects: list[Subject]) -> dict[str, Any]:
    """Few subjects are named, many are counted: the chain stays small."""
    counts: dict[str, Any] = {}
    for subject in subjects:
        counts[subject.kind] = counts.get(subject.kind, 0) + 1
    if len(subjects) <= 20:
        counts["ids"] = [f"{subject.kind}:{subject.id}" for subject in subjects]
    return counts


def _fields(rows: dict[tuple[str, int], _Touched]) -> list[str]:
    names = {
        f"{entity}.{column}" if row.before and row.after else entity
        for (entity, _), row in rows.items()
        for column in (row.after or row.before or {})
    }
    return sorted(names)


@event.listens_for(Recorded, "attribute_instrument", propagate=True)
def _know_the_value_before(_class: type[Any], _key: str, attribute: Any) -> None:
    """Have the value before loaded when a column is set: beginning to write expires what was read.

    Without this the session would not know that the value differs, and nothing would be kept.
    """
    if isinstance(attribute.property, ColumnProperty):
        event.listen(attribute, "set", lambda *_change: None, active_history=True)


@event.listens_for(Session, "do_orm_execute")
def _refuse_statement(execution: ORMExecuteState) -> None:
    """A statement that changes many rows at once passes the session by: not with recorded rows."""
    if not (execution.is_insert or execution.is_update or execution.is_delete):
        return
    model: Any = execution.bind_mapper.class_ if execution.bind_mapper else object
    if not issubclass(model, Recorded):
        return
    written = getattr(execution.statement, "_values", None) or {}
    names = {getattr(column, "key", column) for column in written}
    if not execution.is_update or not names <= model.__unrecorded__:
        raise UnrecordedChange(f"{model.__name__} changed by a statement; the session must see it")


@event.listens_for(Session, "before_flush")
def _load_what_goes(session: Session, _context: Any, _instances: Any) -> None:
    """A row that is removed cannot be read any more afterwards."""
    for instance in session.deleted:
        if isinstance(instance, Recorded):
            _state(instance)


@event.listens_for(Session, "after_flush")
def _note(session: Session, context: UOWTransaction) -> None:
    removed = {
        state.obj() for state, (gone, listed) in context.states.items() if gone and not listed
    }
    for instance in session.new:
        if isinstance(instance, Recorded):
            _touch(session, instance, None, _state(instance))
    for instance in set(session.dirty) - removed:
        if isinstance(instance, Recorded):
            before, after = _difference(instance)
            if after:
                _touch(session, instance, before, after)
    for instance in removed:
        if isinstance(instance, Recorded):
            _touch(session, instance, _state_before(instance), None)


def _touch(
    session: Session, instance: Any, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    opened: _Open | None = session.info.get(OPEN)
    if opened is None:
        raise UnrecordedChange(f"{instance.__tablename__} changed outside history.change()")
    kind, column = instance.__subject__
    subject = Subject(kind, getattr(instance, column))
    _remember(opened, (instance.__tablename__, instance.id), subject, before, after)


def note(
    session: Session,
    entity: str,
    row_id: int,
    subject: Subject,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    """Note a row that was written past the session; for `rows.write`."""
    opened: _Open | None = session.info.get(OPEN)
    if opened is None:
        raise UnrecordedChange(f"{entity} changed outside history.change()")
    _remember(opened, (entity, row_id), subject, _as_json(before), _as_json(after))


def _as_json(values: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {name: plain(value) for name, value in values.items()}


def _remember(
    opened: _Open,
    key: tuple[str, int],
    subject: Subject,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    earlier = opened.rows.get(key)
    if earlier is None:
        opened.rows[key] = _Touched(subject, before, after)
        return
    if after is None:
        # A removed row: its state before is the state at the last flush, put back to the first.
        earlier.before = None if earlier.before is None else {**(before or {}), **earlier.before}
        earlier.after = None
    elif earlier.before is None:
        earlier.after = {**(earlier.after or {}), **after}
    else:
        earlier.before = {**(before or {}), **earlier.before}
        earlier.after = {**(earlier.after or {}), **after}


def plain(value: Any) -> Any:
    """A column's value as JSON."""
    return value.isoformat() if isinstance(value, date) else value


def _columns(instance: Any) -> list[str]:
    skipped = instance.__unrecorded__
    return [attr.key for attr in inspect(instance).mapper.column_attrs if attr.key not in skipped]


def _state(instance: Any) -> dict[str, Any]:
    return {name: plain(getattr(instance, name)) for name in _columns(instance)}


def _state_before(instance: Any) -> dict[str, Any]:
    before, _ = _difference(instance)
    return {**_state(instance), **before}


def _difference(instance: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = {}, {}
    attributes = inspect(instance).attrs
    for name in _columns(instance):
        history = attributes[name].history
        # Nothing was known of a column that a new row left empty: it was empty.
        earlier = history.deleted[0] if history.deleted else None
        if history.has_changes() and earlier != getattr(instance, name):
            before[name] = plain(earlier)
            after[name] = plain(getattr(instance, name))
    return before, after
