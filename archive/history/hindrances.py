"""What the archive as it is now has against rows that would go, come back or turn.

Others may refer to what would go, belong with what would move, stand where something would come
back; or what a row would refer to was removed or leads elsewhere by now. The database would refuse
some of this half-way, take more away than was asked, or let it pass. Nothing is written. The
invariant: edits that nothing stands against here leave every constraint and every redirect whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Column, null, select
from sqlalchemy.orm import Session

from archive.db import Base
from archive.history.recording import Subject, model_of
from archive.history.rows import (
    Edit,
    Values,
    chunks,
    current,
    only_once,
    redirect_of,
    references,
    referred,
    within,
)

Why = Literal["", "refers", "gone", "elsewhere", "taken"]
Place = tuple[Any, ...]  # the values that only one row of a table can have


@dataclass(frozen=True)
class Conflict:
    """A value that is no longer what the change set made it, or a hindrance.

    `made` and `found` are values of the column; without a column they say whether the row is
    there. With a `why`, `made` is None and `found` a reference: another row refers to this one,
    what this one would refer to is gone or was merged, or another stands in its place. `subject` is
    what would have to be left as it is.
    """

    entity: str
    entity_id: int
    column: str
    made: Any
    found: Any
    subject: Subject
    why: Why = ""


def hindrances(session: Session, edits: Sequence[Edit]) -> list[Conflict]:
    """What stands against these edits, whatever their rows have become."""
    looked_for = (hanging, parting, leading_elsewhere, still_referring, taken)
    return [conflict for look in looked_for for conflict in look(session, edits)]


def hanging(session: Session, edits: Sequence[Edit]) -> Iterator[Conflict]:
    """Rows that refer to rows which would go, and neither go nor turn away themselves."""
    going = {(edit.entity, edit.id): edit.subject for edit in edits if edit.after is None}
    yield from _not_turning(session, edits, going)


def _not_turning(
    session: Session, edits: Sequence[Edit], left: dict[tuple[str, int], Subject]
) -> Iterator[Conflict]:
    """Rows that would refer to what is `left` behind."""
    going = {(edit.entity, edit.id) for edit in edits if edit.after is None}
    turning = {(edit.entity, edit.id): edit.after for edit in edits if edit.after and edit.before}
    for column, target in references():
        entity = column.table.name
        ids = [row_id for name, row_id in left if name == target]
        for row_id, found in _referring(session, column, ids):
            key = (entity, row_id)
            if key not in going and column.name not in turning.get(key, {}):
                yield Conflict(
                    entity, row_id, column.name, None, found, left[target, found], "refers"
                )


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
            pairs = {*_referring(session, column, ids), *_referred_to(session, column, ids)}
            for key, found in pairs:
                one, other = moving.get((entity, key)), moving.get((entity, found))
                subject = one or other
                if one != other and subject is not None:
                    yield Conflict(entity, key, name, None, found, subject, "refers")


def leading_elsewhere(session: Session, edits: Sequence[Edit]) -> Iterator[Conflict]:
    """Rows that would refer to what is gone by now, or was merged into another."""
    coming = {(edit.entity, edit.id) for edit in edits if edit.before is None}
    for (name, target), pointing in _pointing(edits).items():
        there = _leads(session, target, {key for key, _edit in pointing}, edits)
        for key, edit in pointing:
            if key not in there and (target.table.name, key) not in coming:
                yield Conflict(edit.entity, edit.id, name, None, key, edit.subject, "gone")
            elif there.get(key) is not None:
                yield Conflict(edit.entity, edit.id, name, None, key, edit.subject, "elsewhere")


def _pointing(edits: Sequence[Edit]) -> dict[tuple[str, Column[Any]], list[tuple[Any, Edit]]]:
    """By column and what it refers to, the keys that edits would have their rows refer to."""
    found: dict[tuple[str, Column[Any]], list[tuple[Any, Edit]]] = {}
    for edit in edits:
        for name, target in _foreign(edit.entity):
            key = (edit.after or {}).get(name)
            if key is not None:
                found.setdefault((name, target), []).append((key, edit))
    return found


def _leads(
    session: Session, target: Column[Any], keys: set[Any], edits: Sequence[Edit]
) -> dict[Any, Any]:
    """Where each of these rows would lead, None for nowhere else; one that is gone is absent."""
    entity, name = target.table.name, redirect_of(target.table.name)
    leading = target.table.c[name] if name else null()
    found: dict[Any, Any] = {}
    for chunk in chunks(keys):
        found |= dict(session.execute(select(target, leading).where(target.in_(chunk))).all())
    turned = {edit.id: edit.after or {} for edit in edits if edit.entity == entity}
    return {key: turned.get(key, {}).get(name, leads) for key, leads in found.items()}


def still_referring(session: Session, edits: Sequence[Edit]) -> Iterator[Conflict]:
    """Rows that refer to what would be merged into another, and do not turn to that one."""
    yield from _not_turning(session, edits, _merging(edits))


def turning_away(edits: Sequence[Edit]) -> dict[Subject, set[Subject]]:
    """By each that would be merged into another, the things that would refer to it no more."""
    merging, found = _merging(edits), dict[Subject, set[Subject]]()
    for edit in edits if merging else ():
        for name, target in _foreign(edit.entity):
            merged = merging.get((target.table.name, (edit.before or {}).get(name)))
            if merged is not None:
                found.setdefault(merged, set()).add(edit.subject)
    return found


def _merging(edits: Sequence[Edit]) -> dict[tuple[str, Any], Subject]:
    """The rows that would be merged into another."""
    return {
        (edit.entity, edit.id): edit.subject
        for edit in edits
        if (edit.after or {}).get(redirect_of(edit.entity)) is not None
    }


def taken(session: Session, edits: Sequence[Edit]) -> Iterator[Conflict]:
    """Rows that would stand where another stands that is the only one of its like."""
    by_table: dict[str, list[Edit]] = {}
    for edit in edits:
        by_table.setdefault(edit.entity, []).append(edit)
    for entity, mine in by_table.items():
        for columns in only_once(entity):
            yield from _taken(session, entity, columns, mine)


def _taken(
    session: Session, entity: str, columns: Sequence[str], edits: Sequence[Edit]
) -> Iterator[Conflict]:
    coming = {edit.id: edit for edit in edits if _is_placed(edit, columns)}
    now = current(session, entity, coming, columns)
    places = {
        key: _place({**now.get(key, {}), **(edit.after or {})}, columns)
        for key, edit in coming.items()
    }
    # Rows that nothing can refer to make room before others come (`rows.write`).
    leaving = coming.keys() | {edit.id for edit in edits if edit.after is None}
    staying = _standing(
        session, entity, columns, places.values(), set() if referred(entity) else leaving
    )
    wanted = Counter(places.values())
    for key, place in places.items():
        if None not in place and (wanted[place] > 1 or staying.get(place, key) != key):
            where = (entity, key, columns[-1], None, place[-1], coming[key].subject)
            yield Conflict(*where, "taken")


def _is_placed(edit: Edit, columns: Sequence[str]) -> bool:
    return edit.after is not None and any(name in edit.after for name in columns)


def _place(row: Values, columns: Sequence[str]) -> Place:
    return tuple(row.get(name) for name in columns)


def _standing(
    session: Session,
    entity: str,
    columns: Sequence[str],
    places: Iterable[Place],
    leaving: Collection[int],
) -> dict[Place, int]:
    """By place, the row that stands there and is not leaving."""
    table, found = Base.metadata.tables[entity], dict[Place, int]()
    chosen = select(table.c.id, *(table.c[name] for name in columns))
    for chunk in chunks({place[0] for place in places if None not in place}):
        for key, *place in session.execute(chosen.where(table.c[columns[0]].in_(chunk))):
            if key not in leaving:
                found[tuple(place)] = key
    return found


@lru_cache(maxsize=256)
def _foreign(entity: str) -> list[tuple[str, Column[Any]]]:
    """The columns of a table that hold keys of others, with the column of those keys."""
    columns = Base.metadata.tables[entity].c
    return [(column.name, key.column) for column in columns for key in column.foreign_keys]


def _goes_elsewhere(edit: Edit) -> bool:
    _kind, column = model_of(edit.entity).__subject__
    return column != "id" and bool(edit.before) and column in (edit.after or {})


def _referred_to(session: Session, column: Any, ids: list[int]) -> Iterator[tuple[Any, int]]:
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
