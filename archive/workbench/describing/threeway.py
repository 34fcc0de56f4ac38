"""Two people on one record: what each changed since they opened it, put together.

Works on the values of the form: a dictionary of fields, where a section is a list of rows. A row is
known by its identifier or by what it is about, so that an added row moves no other. Pure. The
invariant: what only one of them changed is in the result, what both changed differently is a
conflict, and until somebody chooses, the result says what the one who saves has typed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from archive.catalogue.service import fold

Values = dict[str, Any]
Key = tuple[Any, ...]
# Columns that go with another: they say what it was read as, or are parts of one thing.
WITH: dict[str, tuple[str, ...]] = {
    "display": ("known", "known_for", "lang"),
    "name": ("named", "target", "kind"),
    "region_x": ("region_y", "region_w", "region_h"),
}


@dataclass(frozen=True)
class Conflict:
    """One thing that both changed: a field, a column of a row, or (`column` empty) a whole row.

    A row that one of them took out is None on their side.
    """

    section: str
    key: Key
    column: str
    base: Any
    mine: Any
    theirs: Any

    @property
    def path(self) -> str:
        """What the choice is called in the form."""
        return json.dumps([self.section, self.key, self.column])


@dataclass
class Merged:
    """The result; `theirs` names the fields and sections that only the other had changed."""

    values: Values
    conflicts: list[Conflict] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)


def merge(base: Values, mine: Values, theirs: Values) -> Merged:
    """What both say, from what both had opened."""
    merged = Merged({})
    for name, other in theirs.items():
        before, now = base.get(name), mine.get(name)
        if isinstance(other, list):
            merged.values[name] = _rows(merged, name, before or [], now or [], other)
        else:
            merged.values[name] = _value(merged, (name, (), name), before, now, other)
        if other not in (before, now):
            merged.theirs.append(name)
    return merged


def choose(values: Values, theirs: Values, paths: Iterable[str]) -> Values:
    """The values with those of the other where they were chosen."""
    for path in paths:
        section, key, column = json.loads(path)
        if not key:
            values = {**values, section: theirs[section]}
            continue
        rows, others = _keyed(section, values[section]), _keyed(section, theirs[section])
        values = {**values, section: _chosen(rows, others, tuple(key), column)}
    return values


def _chosen(rows: dict[Key, Values], others: dict[Key, Values], key: Key, column: str) -> Any:
    other = others.get(key)
    if other is None:
        rows.pop(key, None)
    elif not column or key not in rows:
        rows[key] = other
    else:
        rows[key] = {**rows[key], **_group(other, column)}
    return list(rows.values())


def _value(merged: Merged, where: tuple[str, Key, str], base: Any, mine: Any, theirs: Any) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs != base:
        merged.conflicts.append(Conflict(*where, base, mine, theirs))
    return mine


def _rows(
    merged: Merged, section: str, base: list[Values], mine: list[Values], theirs: list[Values]
) -> list[Values]:
    before, now, other = (_keyed(section, rows) for rows in (base, mine, theirs))
    found: list[Values] = []
    for key in [*other, *(key for key in now if key not in other)]:
        row = _row(merged, (section, key), before.get(key), now.get(key), other.get(key))
        if row is not None:
            found.append(row)
    return found


def _row(
    merged: Merged,
    where: tuple[str, Key],
    base: Values | None,
    mine: Values | None,
    theirs: Values | None,
) -> Values | None:
    if mine is None or theirs is None:
        whole: Values | None = _value(merged, (*where, ""), base, mine, theirs)
        return whole
    row: Values = {}
    following = {name for lead in theirs for name in WITH.get(lead, ())}
    for column in theirs:
        if column not in following:
            parts = (_group(side or {}, column) for side in (base, mine, theirs))
            row |= _value(merged, (*where, column), *parts)
    return row


def _group(row: Values, column: str) -> Values:
    """A column with those that go with it."""
    names = (column, *WITH.get(column, ()))
    return {name: row[name] for name in names if name in row}


def _keyed(section: str, rows: list[Values]) -> dict[Key, Values]:
    """Rows by what they are known by; the second of two that are alike is told apart by a count."""
    seen: Counter[Key] = Counter()
    keyed = {}
    for row in rows:
        key = KEYS[section](row)
        keyed[(*key, seen[key])] = row
        seen[key] += 1
    return keyed


def _by_id(*columns: str) -> Callable[[Values], Key]:
    return lambda row: (row["id"],) if row["id"] else tuple(row[name] for name in columns)


def _by_name(*columns: str) -> Callable[[Values], Key]:
    def key(row: Values) -> Key:
        chosen = row["target"] if row["target"] and row["name"] == row["named"] else ""
        return (chosen or fold(row["name"]), *(row[name] for name in columns))

    return key


KEYS: dict[str, Callable[[Values], Key]] = {
    "identifiers": lambda row: (row["kind"], row["value"]),
    "captions": _by_id("type", "lang", "text"),
    "dates": _by_id("role", "display"),
    "agents": _by_name("role"),
    "places": _by_name("role"),
    "events": _by_name(),
    "subjects": _by_name("kind"),
    "carriers": _by_id("technique", "format", "inventory_no"),
}
