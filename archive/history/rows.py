"""Many rows at once: edits that are known beforehand, one statement for each table and kind.

The session notes what changes one object at a time, which is right for a form and slow for
thousands. `write()` takes edits as rows before and after, writes them with `executemany` and notes
them in the open change set, where `change()` records them like any others. The invariant: an edit
holds only columns that are recorded, and the rows of a removed thing go before the thing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, TypeVar

from sqlalchemy import Column, Table, UniqueConstraint, bindparam, func, inspect, select, text
from sqlalchemy.orm import Session

from archive.db import Base, is_sqlite
from archive.history.models import Change
from archive.history.recording import Subject, model_of, note

CHUNK = 500
Values = dict[str, Any]
K = TypeVar("K", int, str)


@dataclass(frozen=True)
class Edit:
    """One row before and after, in the types of its columns.

    `before` is None for a new row and `after` for one that goes; for an edited row both hold only
    the columns that differ.
    """

    entity: str
    id: int
    subject: Subject
    before: Values | None
    after: Values | None


@lru_cache(maxsize=256)
def columns_of(entity: str) -> tuple[str, ...]:
    """The names of the columns that are history."""
    model = model_of(entity)
    return tuple(
        attr.key for attr in inspect(model).column_attrs if attr.key not in model.__unrecorded__
    )


def subject_of(entity: str, row: Mapping[str, Any]) -> Subject:
    kind, column = model_of(entity).__subject__
    return Subject(kind, row[column])


def current(
    session: Session, entity: str, ids: Collection[int], names: Collection[str] | None = None
) -> dict[int, Values]:
    """The rows of a table as they are now, by key, with the columns that are history.

    With `names` only these of them; names that no column has are left out.
    """
    table = _table(entity)
    wanted = [name for name in columns_of(entity) if names is None or name in names]
    chosen = select(table.c.id.label("key_"), *(table.c[name] for name in wanted))
    found = {}
    for chunk in chunks(ids):
        for key, *values in session.execute(chosen.where(table.c.id.in_(chunk))):
            found[key] = dict(zip(wanted, values, strict=True))
    return found


def completed(entity: str, values: Mapping[str, Any]) -> Values:
    """A whole row: what is not given has the default of its column; unknown names are left out."""
    return {
        name: values[name] if name in values else default()
        for name, default in _defaults(entity).items()
    }


def typed(entity: str, values: Mapping[str, Any]) -> Values:
    """Values of a `Change`, which are JSON, in the types of their columns."""
    days = _days(entity)
    return {
        name: days[name].fromisoformat(value) if name in days and value else value
        for name, value in values.items()
        if name in _table(entity).c
    }


def next_keys(session: Session, entity: str, number: int) -> Sequence[int]:
    """Keys that no row has or had, for so many new rows; belongs inside `transaction()`."""
    if not number:
        return ()
    if is_sqlite():
        kept = session.scalar(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": entity}
        )
        highest = session.scalar(select(func.max(_table(entity).c.id)))
        first = max(kept or 0, highest or 0) + 1
        return range(first, first + number)
    drawn = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :n)")
    return session.scalars(drawn, {"name": f'"{entity}"', "n": number}).all()


def write(session: Session, edits: Sequence[Edit]) -> None:
    """Write these edits in the open change set. Raises UnrecordedChange when none is open.

    Rows that nothing can refer to go first, so that their like may take their place, and those
    that turn to a place that only one can have are put in anew. Then rows come, parents before
    children, edits are made, and the others go, children before parents; references within one
    table are set when all its rows are there and let go before any goes.
    """
    session.flush()
    lifted = _lift(session, [edit for edit in edits if _takes_a_place(edit)])
    come = _by_table(edit for edit in edits if edit.before is None)
    go = _by_table(edit for edit in edits if edit.after is None)
    for entity in [entity for entity in go if not referred(entity)]:
        _remove(session, entity, go.pop(entity))
    for entity in _in_order({*come, *lifted}):
        if entity in come:
            _insert(session, entity, come[entity])
        if entity in lifted:
            session.connection().execute(_table(entity).insert(), lifted[entity])
    _update(session, [edit for edit in edits if not _takes_a_place(edit)])
    for entity in reversed(_in_order(go)):
        _remove(session, entity, go[entity])
    for edit in edits:
        note(session, edit.entity, edit.id, edit.subject, edit.before, edit.after)
    session.expire_all()


def references() -> Iterator[tuple[Column[Any], str]]:
    """Every column that refers to the key of another row, and the table of that row.

    What is made anew from recorded rows goes with them, and what is meant to forget a row when
    it goes forgets it: neither counts.
    """
    for table in Base.metadata.tables.values():
        if not table.info.get("derived"):
            for key in table.foreign_keys:
                if key.column.name == "id" and key.ondelete != "SET NULL":
                    yield key.parent, key.column.table.name


@lru_cache(maxsize=256)
def within(entity: str) -> frozenset[str]:
    """Columns that refer to another row of the same table."""
    return frozenset(
        column.name for column, target in references() if column.table.name == target == entity
    )


@lru_cache(maxsize=256)
def stands_alone(entity: str) -> bool:
    """Whether the rows of a table are things themselves, and not said of others."""
    try:
        return bool(model_of(entity).__subject__[1] == "id")
    except LookupError:
        return False


@lru_cache(maxsize=256)
def redirect_of(entity: str) -> str:
    """The column by which a row of this table leads to the one that holds in its place, or ""."""
    try:
        column: str = model_of(entity).__redirect__
    except LookupError:
        return ""
    return column


def chunks(keys: Collection[K], size: int = CHUNK) -> Iterator[list[K]]:
    ordered = sorted(keys)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))


def _table(entity: str) -> Table:
    return Base.metadata.tables[entity]


@lru_cache(maxsize=256)
def _defaults(entity: str) -> dict[str, Callable[[], Any]]:
    """By column that is history, what makes its value in a row that does not tell it."""
    return {name: _default(_table(entity).c[name]) for name in columns_of(entity)}


def _default(column: Column[Any]) -> Callable[[], Any]:
    default: Any = column.default
    if default is not None and default.is_callable:
        return partial(default.arg, None)
    constant = None if default is None else default.arg
    return lambda: constant


@lru_cache(maxsize=256)
def _days(entity: str) -> dict[str, type[date]]:
    """The columns that hold days and moments, which JSON has as words."""
    kinds = ((column.name, column.type.python_type) for column in _table(entity).c)
    return {name: kind for name, kind in kinds if kind in (datetime, date)}


def _by_table(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    tables: dict[str, list[Edit]] = {}
    for edit in edits:
        tables.setdefault(edit.entity, []).append(edit)
    return tables


def _in_order(entities: Collection[str]) -> list[str]:
    """Parents before children."""
    return [table.name for table in Base.metadata.sorted_tables if table.name in entities]


@lru_cache(maxsize=256)
def only_once(entity: str) -> list[tuple[str, ...]]:
    """What only one row of a table can have: sets of columns.

    Identifiers are left out: whose one is, it stays for good.
    """
    table = _table(entity)
    of_table = [rule.columns for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    of_index = [index.columns for index in table.indexes if index.unique]
    sets = [tuple(column.name for column in columns) for columns in (*of_table, *of_index)]
    return sorted(names for names in sets if "public_id" not in names)


@lru_cache(maxsize=256)
def referred(entity: str) -> bool:
    """Whether any table can refer to rows of this one."""
    return any(
        key.column.table.name == entity
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
    )


def _takes_a_place(edit: Edit) -> bool:
    """Whether an edited row turns to a place that only one can have, in a table that can wait."""
    if edit.before is None or edit.after is None or referred(edit.entity):
        return False
    return any(name in edit.after for names in only_once(edit.entity) for name in names)


def _lift(session: Session, edits: Sequence[Edit]) -> dict[str, list[Values]]:
    """Take rows out to put them in anew as they are to be, whole: two that change their places
    would else meet half-way."""
    lifted: dict[str, list[Values]] = {}
    for entity, mine in _by_table(edits).items():
        table, turned = _table(entity), {edit.id: edit.after or {} for edit in mine}
        for keys in chunks(turned):
            chosen = select(table).where(table.c.id.in_(keys))
            for row in session.execute(chosen).mappings():
                lifted.setdefault(entity, []).append({**row, **turned[row["id"]]})
            session.connection().execute(table.delete().where(table.c.id.in_(keys)))
    return lifted


def _insert(session: Session, entity: str, edits: Sequence[Edit]) -> None:
    """Rows with what is history, and the beginning of what is not."""
    table, open_ended = _table(entity), dict.fromkeys(within(entity))
    follows = {name: _default(table.c[name])() for name in model_of(entity).__unrecorded__}
    rows = [{**follows, **(edit.after or {}), **open_ended} for edit in edits]
    if "version" in follows:
        lives = _lives(session, [edit.subject for edit in edits])
        for row, edit in zip(rows, edits, strict=True):
            row["version"] = 1 + lives.get(edit.subject, 0)
    session.connection().execute(table.insert(), rows)


def _lives(session: Session, subjects: Sequence[Subject]) -> dict[Subject, int]:
    """How often each was changed: what comes back has a version that it never had before."""
    number = func.count(func.distinct(Change.change_set_id))
    found: dict[Subject, int] = {}
    for kind in {subject.kind for subject in subjects}:
        for keys in chunks([subject.id for subject in subjects if subject.kind == kind]):
            mine = (Change.subject_kind == kind, Change.subject_id.in_(keys))
            counted = select(Change.subject_id, number).where(*mine).group_by(Change.subject_id)
            found |= {Subject(kind, key): n for key, n in session.execute(counted)}
    return found


def _update(session: Session, edits: Sequence[Edit]) -> None:
    """Edited rows, and the references of new rows within their table, alike ones together."""
    alike: dict[tuple[str, tuple[str, ...]], list[Values]] = {}
    for edit in edits:
        values = _to_set(edit)
        if values:
            names = tuple(sorted(values))
            alike.setdefault((edit.entity, names), []).append({"row": edit.id, "new": values})
    for (entity, names), rows in alike.items():
        _set(session, entity, names, rows)


def _to_set(edit: Edit) -> Values:
    if edit.after is None:
        return {}
    if edit.before is not None:
        return edit.after
    return {name: edit.after[name] for name in within(edit.entity) if edit.after[name] is not None}


def _set(session: Session, entity: str, names: Sequence[str], rows: Sequence[Values]) -> None:
    table = _table(entity)
    statement = table.update().where(table.c.id == bindparam("row_"))
    statement = statement.values({name: bindparam(f"to_{name}") for name in names})
    session.connection().execute(
        statement,
        [{"row_": row["row"], **{f"to_{n}": row["new"][n] for n in names}} for row in rows],
    )


def _remove(session: Session, entity: str, edits: Sequence[Edit]) -> None:
    table, loose = _table(entity), dict.fromkeys(within(entity))
    for chunk in chunks([edit.id for edit in edits]):
        if loose:
            session.connection().execute(
                table.update().where(table.c.id.in_(chunk)).values(**loose)
            )
    for chunk in chunks([edit.id for edit in edits]):
        session.connection().execute(table.delete().where(table.c.id.in_(chunk)))
