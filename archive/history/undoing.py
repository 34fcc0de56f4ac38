"""Undo: a change set is played backwards, as a change set of its own; redo is the undo of that.

Where a value has been changed again since, nothing is overwritten silently: the undo stops and
names every such place, leaves those things as they are, or goes over them, as it is told. Where
something made later hangs on a row that would go, that row stays: the database would take the
other away as well. The invariant: a thing is undone whole or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.db import Base
from archive.history.actor import Actor
from archive.history.models import Change, ChangeSet
from archive.history.recording import Subject, change, model_of, plain
from archive.history.rows import (
    Edit,
    Values,
    chunks,
    completed,
    current,
    references,
    subject_of,
    typed,
    within,
    write,
)

Later = Literal["stop", "leave", "overwrite"]
THING = "image"  # what a large change set is undone by, some at a time
# Where a row stands in a list says nothing of the row: it is no reason to keep it.
PLACE = frozenset({"position"})


@dataclass(frozen=True)
class Conflict:
    """A value that is no longer what the change set made it, or a later row that hangs on one.

    `made` and `found` are values of the column; without a column they say whether the row is
    there. A later row has `made` None and its reference as `found`. `subject` is what would have
    to be left as it is.
    """

    entity: str
    entity_id: int
    column: str
    made: Any
    found: Any
    subject: Subject


class UndoConflict(Exception):
    """The change set cannot be undone as it stands; `conflicts` says where and why."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(f"{len(conflicts)} values have changed since")
        self.conflicts = conflicts


class Made(NamedTuple):
    """What a change set made of one row: the columns of `Change` that undoing asks for."""

    seq: int
    subject_kind: str
    subject_id: int
    entity: str
    entity_id: int
    before: Values | None
    after: Values | None


@dataclass
class Backwards:
    """What undoing some of a change set would do, and what stands against it."""

    edits: list[Edit] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left: set[Subject] = field(default_factory=set)


def undo(
    actor: Actor, change_set: ChangeSet, *, reason: str = "", later: Later = "stop"
) -> ChangeSet:
    """Undo a change set in one transaction.

    Raises UndoConflict where something has changed since and `later` is "stop", and where nothing
    else is left to be undone.
    """
    with change(actor, "undo", reason=reason, undo_of=change_set) as undoing:
        session = Session.object_session(undoing)
        assert session is not None
        found = backwards(session, change_set.id, later=later)
        if found.conflicts and (later == "stop" or not found.edits):
            raise UndoConflict(found.conflicts)
        write(session, found.edits)
        return undoing


def backwards(
    session: Session,
    change_set_id: int,
    subjects: Collection[Subject] | None = None,
    *,
    later: Later = "stop",
) -> Backwards:
    """The edits that undo a change set, or what it did to `subjects`, with what stands against it.

    With "stop" everything is played back and every conflict told; with "leave" and "overwrite" the
    things that cannot or shall not be undone are `left`.
    """
    changes = _collapsed(_changes(session, change_set_id, subjects))
    found = Backwards()
    edits, against, moved = _inverted(session, changes)
    if later != "overwrite":
        found.conflicts += against
    kin = _kin(changes, moved)
    while True:
        if later != "stop":
            found.left = _with_kin({conflict.subject for conflict in found.conflicts}, kin)
        found.edits = [edit for edit in edits if edit.subject not in found.left]
        held = [*hanging(session, found.edits), *parting(session, found.edits)]
        found.conflicts += held
        if later == "stop" or not held:
            return found


def portions(session: Session, change_set_id: int, size: int) -> list[list[Subject]]:
    """The things of a change set, about `size` photographs at a time, in the order of undoing.

    Photographs that the change set linked to each other stay together. What is not a photograph
    is undone before them or after them, as references ask.
    """
    things = _things(session, change_set_id)
    first, last = _others(session, change_set_id)
    if len(things) <= size:
        return [[*first, *things, *last]]
    parts: list[list[Subject]] = [first, []]
    for family in _families(things, _linked(session, change_set_id)):
        if len(parts[-1]) + len(family) > size and parts[-1]:
            parts.append([])
        parts[-1] += family
    return [part for part in (*parts, last) if part]


def _changes(
    session: Session, change_set_id: int, subjects: Collection[Subject] | None
) -> list[Made]:
    chosen = _made(change_set_id)
    if subjects is None:
        return [Made(*row) for row in session.execute(chosen.order_by(Change.seq))]
    found: list[Made] = []
    for kind in sorted({subject.kind for subject in subjects}):
        for keys in chunks([subject.id for subject in subjects if subject.kind == kind]):
            mine = chosen.where(Change.subject_kind == kind, Change.subject_id.in_(keys))
            found += (Made(*row) for row in session.execute(mine))
    return sorted(found, key=lambda row: row.seq)


def _made(change_set_id: int) -> Select[Any]:
    columns = (Change.__table__.c[name] for name in Made._fields)
    return select(*columns).where(Change.change_set_id == change_set_id)


def _collapsed(changes: Sequence[Made]) -> list[Made]:
    """One change for each row: a row touched in several transactions of one change set is one."""
    rows: dict[tuple[str, int], Made] = {}
    for row in changes:
        earlier = rows.get((row.entity, row.entity_id))
        rows[row.entity, row.entity_id] = row if earlier is None else _joined(earlier, row)
    return [row for row in rows.values() if (row.before, row.after) != (None, None)]


def _joined(one: Made, then: Made) -> Made:
    before = None if one.before is None else {**(then.before or {}), **one.before}
    after = None if then.after is None else {**(one.after or {}), **then.after}
    return then._replace(before=before, after=after)


def _inverted(
    session: Session, changes: Sequence[Made]
) -> tuple[list[Edit], list[Conflict], list[tuple[Subject, Subject]]]:
    """The edits, what stands against them, and the things whose rows belong to others by now."""
    edits, conflicts, moved = [], [], []
    by_entity: dict[str, list[Made]] = {}
    for row in changes:
        by_entity.setdefault(row.entity, []).append(row)
    for entity, rows in by_entity.items():
        now = _standing(session, entity, rows)
        for row in rows:
            edit = _inverse(row, now.get(row.entity_id))
            then = Subject(row.subject_kind, row.subject_id)
            subject = edit.subject if edit else then
            moved += [(then, subject)] if then != subject else []
            conflicts += _conflicts(row, now.get(row.entity_id), subject)
            if edit is not None and edit.before != edit.after:
                edits.append(edit)
    return edits, conflicts, moved


def _standing(session: Session, entity: str, rows: Sequence[Made]) -> dict[int, Values]:
    """The rows as they are now; of those that were edited only what the change set touched."""
    edited = {row.entity_id: row.before for row in rows if row.before and row.after}
    names = {model_of(entity).__subject__[1], *(name for side in edited.values() for name in side)}
    others = [row.entity_id for row in rows if row.entity_id not in edited]
    return current(session, entity, edited, names) | current(session, entity, others)


def _inverse(row: Made, now: Values | None) -> Edit | None:
    """The edit that puts a row back; None where the row to be put back is not there."""
    if row.after is None:
        if now is not None:
            return None
        back = completed(row.entity, typed(row.entity, row.before or {}))
        return Edit(row.entity, row.entity_id, subject_of(row.entity, back), None, back)
    if now is None:
        return None
    if row.before is None:
        return Edit(row.entity, row.entity_id, subject_of(row.entity, now), now, None)
    wanted = typed(row.entity, row.before)
    turned = {name: value for name, value in wanted.items() if now[name] != value}
    subject = subject_of(row.entity, {**now, **turned})
    return Edit(row.entity, row.entity_id, subject, {n: now[n] for n in turned}, turned)


def _conflicts(row: Made, now: Values | None, subject: Subject) -> list[Conflict]:
    key = (row.entity, row.entity_id)
    if row.after is None:
        return [Conflict(*key, "", None, "present", subject)] if now is not None else []
    if now is None:
        return [Conflict(*key, "", "present", None, subject)]
    passed_over = PLACE if row.before is None else frozenset()
    return [
        Conflict(*key, name, made, plain(now[name]), subject)
        for name, made in row.after.items()
        if name in now and name not in passed_over and plain(now[name]) != made
    ]


def hanging(session: Session, edits: Sequence[Edit]) -> Iterator[Conflict]:
    """Rows that refer to rows which would go, and neither go nor turn away themselves."""
    going = {(edit.entity, edit.id): edit.subject for edit in edits if edit.after is None}
    turning = {(edit.entity, edit.id): edit.after for edit in edits if edit.after and edit.before}
    for column, target in references():
        entity = column.table.name
        ids = [row_id for name, row_id in going if name == target]
        for row_id, found in _referring(session, column, ids):
            key = (entity, row_id)
            if key not in going and column.name not in turning.get(key, {}):
                yield Conflict(entity, row_id, column.name, None, found, going[target, found])


def parting(session: Session, edits: Sequence[Edit]) -> Iterator[Conflict]:
    """Rows that would go back to another thing than a row of their table that they belong with.

    Of a caption that was corrected after two records were joined, the correction would stay with
    the one and what it corrects would be hidden with the other.
    """
    moving = {(edit.entity, edit.id): edit.subject for edit in edits if _goes_elsewhere(edit)}
    for entity in {entity for entity, _key in moving}:
        ids = [key for name, key in moving if name == entity]
        for name in within(entity):
            column = Base.metadata.tables[entity].c[name]
            for key, found in {*_referring(session, column, ids), *_referred(session, column, ids)}:
                one, other = moving.get((entity, key)), moving.get((entity, found))
                subject = one or other
                if one != other and subject is not None:
                    yield Conflict(entity, key, name, None, found, subject)


def _goes_elsewhere(edit: Edit) -> bool:
    _kind, column = model_of(edit.entity).__subject__
    return column != "id" and bool(edit.before) and column in (edit.after or {})


def _referred(session: Session, column: Any, ids: list[int]) -> Iterator[tuple[Any, int]]:
    """(row, the row it refers to) of these rows, where they refer to any."""
    key = next(iter(column.table.primary_key))
    for chunk in chunks(ids):
        mine = (key.in_(chunk), column.is_not(None))
        yield from (tuple(row) for row in session.execute(select(key, column).where(*mine)))


def _referring(session: Session, column: Any, ids: list[int]) -> Iterator[tuple[Any, int]]:
    for chunk in chunks(ids):
        key = next(iter(column.table.primary_key))
        yield from (
            tuple(row) for row in session.execute(select(key, column).where(column.in_(chunk)))
        )


def _things(session: Session, change_set_id: int) -> list[Subject]:
    mine = (Change.change_set_id == change_set_id, Change.subject_kind == THING)
    keys = session.scalars(select(Change.subject_id).where(*mine).distinct())
    return [Subject(THING, key) for key in sorted(keys)]


def _others(session: Session, change_set_id: int) -> tuple[list[Subject], list[Subject]]:
    """What is no photograph: what must be undone before photographs, and what after them.

    What they refer to comes back before them and goes after them; what refers to them goes before
    them and comes back after them.
    """
    order = [table.name for table in Base.metadata.sorted_tables]
    mine = (Change.change_set_id == change_set_id, Change.subject_kind != THING)
    before: dict[Subject, bool] = {}
    for row in session.scalars(select(Change).where(*mine).order_by(Change.seq)):
        subject = Subject(row.subject_kind, row.subject_id)
        below = order.index(row.entity) > order.index(THING)
        comes_or_goes = row.after is None or row.before is None
        early = comes_or_goes and (row.after is None) != below
        before[subject] = before.get(subject, False) or early
    first = [subject for subject, early in before.items() if early]
    return first, [subject for subject in before if subject not in first]


def _linked(session: Session, change_set_id: int) -> Iterator[tuple[Subject, Subject]]:
    mine = _made(change_set_id).where(Change.entity.in_(_linking()))
    return _pairs(Made(*row) for row in session.execute(mine))


def _pairs(changes: Iterable[Made]) -> Iterator[tuple[Subject, Subject]]:
    """Two photographs each: a row that names one belongs to the other, now or before."""
    for row in changes:
        mine = Subject(row.subject_kind, row.subject_id)
        for name in _linking().get(row.entity, ()):
            for side in (row.before or {}, row.after or {}):
                if side.get(name) is not None and (THING, side[name]) != mine:
                    yield mine, Subject(THING, side[name])


@lru_cache(maxsize=1)
def _linking() -> dict[str, frozenset[str]]:
    """Tables by the columns that name a photograph."""
    found: dict[str, frozenset[str]] = {}
    for column, target in references():
        if target == THING:
            name = column.table.name
            found[name] = found.get(name, frozenset()) | {column.name}
    return found


def _families(
    things: Iterable[Subject], pairs: Iterable[tuple[Subject, Subject]]
) -> list[list[Subject]]:
    """The things, with those together that a pair joins."""
    above = {thing: thing for thing in things}

    def top(thing: Subject) -> Subject:
        while above[thing] != thing:
            above[thing] = thing = above[above[thing]]
        return thing

    for one, other in pairs:
        if one in above and other in above:
            above[top(one)] = top(other)
    families: dict[Subject, list[Subject]] = {}
    for thing in above:
        families.setdefault(top(thing), []).append(thing)
    return list(families.values())


def _kin(
    changes: Sequence[Made], moved: Sequence[tuple[Subject, Subject]]
) -> dict[Subject, list[Subject]]:
    """By each thing, all that the change set joined to it, and whatever has its rows by now: they
    are undone together or not."""
    pairs = [*_pairs(changes), *moved]
    things = {Subject(row.subject_kind, row.subject_id) for row in changes} if pairs else set()
    things |= {thing for pair in moved for thing in pair}
    return {one: family for family in _families(things, pairs) for one in family}


def _with_kin(things: set[Subject], kin: dict[Subject, list[Subject]]) -> set[Subject]:
    return {one for thing in things for one in kin.get(thing, [thing])}
