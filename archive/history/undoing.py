"""Undo: a change set is played backwards, as a change set of its own; redo is the undo of that.

Where a value has been changed again since, nothing is overwritten silently: the undo stops and
names every such place, leaves those things as they are, or goes over them, as it is told. What
the archive could not bear it leaves in any case (`hindrances`). The invariant: a thing is undone
whole or not at all, and nothing turns to whom another is merged into without that other.
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
from archive.history.hindrances import Conflict, hindrances, turning_away
from archive.history.models import Change, ChangeSet
from archive.history.recording import Subject, change, model_of, plain
from archive.history.rows import (
    Edit,
    Values,
    chunks,
    completed,
    current,
    redirect_of,
    references,
    stands_alone,
    subject_of,
    typed,
    write,
)

Later = Literal["stop", "leave", "overwrite"]
THING = "image"  # what a large change set is undone by, some at a time
# Where a row stands in a list says nothing of the row: it is no reason to keep it.
PLACE = frozenset({"position"})


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
    kin, turning = _kin(changes, moved), turning_away(edits)
    while True:
        if later != "stop":
            against_whom = {conflict.subject for conflict in found.conflicts}
            found.left = _left_with(against_whom, kin, turning)
        found.edits = [edit for edit in edits if edit.subject not in found.left]
        held = hindrances(session, found.edits)
        found.conflicts += held
        if later == "stop" or not held:
            return found


def portions(session: Session, change_set_id: int, size: int) -> list[list[Subject]]:
    """The things of a change set, about `size` photographs at a time, in the order of undoing.

    Photographs that the change set linked to each other stay together. What is not a photograph
    is undone before them or after them, as references ask. Who is merged again is so at once, as
    at first: else photographs would have turned away when somebody stands against it.
    """
    things = _things(session, change_set_id)
    first, last = _others(session, change_set_id)
    if len(things) <= size or _merges_again(session, change_set_id):
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


def _things(session: Session, change_set_id: int) -> list[Subject]:
    mine = (Change.change_set_id == change_set_id, Change.subject_kind == THING)
    keys = session.scalars(select(Change.subject_id).where(*mine).distinct())
    return [Subject(THING, key) for key in sorted(keys)]


def _others(session: Session, change_set_id: int) -> tuple[list[Subject], list[Subject]]:
    """What is no photograph: what must be undone before photographs, and what after them.

    What they refer to comes back before them and goes after them; what refers to them goes before
    them and comes back after them. Who was merged stands alone again before they name them, and is
    merged again when they name the other. What belongs together is undone together.
    """
    mine = (Change.change_set_id == change_set_id, Change.subject_kind != THING)
    changes = session.scalars(select(Change).where(*mine).order_by(Change.seq)).all()
    order: dict[Subject, set[int]] = {}
    for row in changes:
        order.setdefault(Subject(row.subject_kind, row.subject_id), set()).add(
            _before_or_after(row)
        )
    first: list[Subject] = []
    last: list[Subject] = []
    made = (Made(*(getattr(row, name) for name in Made._fields)) for row in changes)
    for family in _families(order, _pairs(made)):
        wanted = set().union(*(order[thing] for thing in family))
        (first if -1 in wanted and 1 not in wanted else last).extend(family)
    return first, last


def _before_or_after(row: Change) -> int:
    """-1 where undoing a row must go before photographs, 1 after them, 0 where it is all one."""
    if row.after is None or row.before is None:
        return -1 if (row.after is None) != _is_below(row.entity) else 1
    return -1 if _parts_again(row) else 0


@lru_cache(maxsize=256)
def _is_below(entity: str) -> bool:
    """Whether rows of a table can refer to photographs, and not photographs to them."""
    order = [table.name for table in Base.metadata.sorted_tables]
    return order.index(entity) > order.index(THING)


def _parts_again(row: Change) -> bool:
    """Whether undoing has a row that was merged into another stand alone."""
    name, before, after = redirect_of(row.entity), row.before or {}, row.after or {}
    return name in before and before[name] is None and after.get(name) is not None


def _merges_again(session: Session, change_set_id: int) -> bool:
    """Whether undoing merges anything into another."""
    redirecting = [name for name in Base.metadata.tables if redirect_of(name)]
    mine = _made(change_set_id).where(Change.entity.in_(redirecting))
    return any(
        (row.before or {}).get(redirect_of(row.entity)) is not None and row.after is not None
        for row in session.execute(mine)
    )


def _linked(session: Session, change_set_id: int) -> Iterator[tuple[Subject, Subject]]:
    mine = _made(change_set_id).where(Change.entity.in_(_linking()))
    return _pairs(Made(*row) for row in session.execute(mine))


def _pairs(changes: Iterable[Made]) -> Iterator[tuple[Subject, Subject]]:
    """Two things each: a row that names one belongs to the other, now or before."""
    for row in changes:
        mine = Subject(row.subject_kind, row.subject_id)
        for name, kind in _linking().get(row.entity, {}).items():
            for side in (row.before or {}, row.after or {}):
                if side.get(name) is not None and (kind, side[name]) != mine:
                    yield mine, Subject(kind, side[name])


@lru_cache(maxsize=1)
def _linking() -> dict[str, dict[str, str]]:
    """Tables by the columns that name a photograph, a thing that a row goes with, or the one that
    somebody was merged into; and what each names."""
    found: dict[str, dict[str, str]] = {}
    for column, target in references():
        entity = column.table.name
        goes_with = any(key.ondelete == "CASCADE" for key in column.foreign_keys)
        leads = column.name == redirect_of(entity)
        if stands_alone(target) and (target == THING or goes_with or leads):
            found.setdefault(entity, {})[column.name] = target
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


def _left_with(
    things: set[Subject],
    kin: dict[Subject, list[Subject]],
    turning: dict[Subject, set[Subject]],
) -> set[Subject]:
    """What is left with these: their kin, and whatever would turn away from any that is left."""
    left: set[Subject] = set()
    while not things <= left:
        left |= _with_kin(things, kin)
        things = {one for merged in left for one in turning.get(merged, ())}
    return left


def _with_kin(things: set[Subject], kin: dict[Subject, list[Subject]]) -> set[Subject]:
    return {one for thing in things for one in kin.get(thing, [thing])}
