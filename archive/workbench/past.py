"""History as the workbench shows it: change sets, and the values before and after."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import history
from archive.accounts.models import Person
from archive.catalogue.models import Image
from archive.history import Change, ChangeSet, Subject

# Columns that say nothing to a reader of the history.
SILENT = frozenset(
    {"id", "public_id", "image_id", "position", "created_at", "carrier_id", "sha256"}
)
MOST = 200


@dataclass(frozen=True)
class Value:
    """One field before and after, the differing pieces of text marked."""

    field: str
    before: str
    after: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entry:
    """One change set as far as it concerns one photograph."""

    change_set: ChangeSet
    who: str
    values: list[Value]


@dataclass(frozen=True)
class Summary:
    change_set: ChangeSet
    who: str
    photographs: int


@dataclass(frozen=True)
class Shown:
    """A whole change set: what it touched and the first of its changes."""

    change_set: ChangeSet
    who: str
    photographs: list[Image]
    values: list[Value]
    total: int
    undone_by: ChangeSet | None


def recent(session: Session, *, limit: int = 20) -> list[Summary]:
    """The last change sets with the number of photographs each touched."""
    found = session.scalars(select(ChangeSet).order_by(ChangeSet.id.desc()).limit(limit)).all()
    names = _names(session, found)
    counted = select(Change.change_set_id, func.count(func.distinct(Change.subject_id))).where(
        Change.change_set_id.in_([entry.id for entry in found]), Change.subject_kind == "image"
    )
    numbers = dict(session.execute(counted.group_by(Change.change_set_id)).tuples().all())
    return [Summary(entry, names(entry), numbers.get(entry.id, 0)) for entry in found]


def of_image(session: Session, image: Image) -> list[Entry]:
    """The history of one photograph, newest first."""
    rows = history.of_subject(session, Subject("image", image.id))
    names = _names(session, [row.change_set for row in rows])
    entries: dict[int, Entry] = {}
    for row in rows:
        entry = entries.setdefault(
            row.change_set_id, Entry(row.change_set, names(row.change_set), [])
        )
        entry.values.extend(_values(row))
    return list(entries.values())


def by_id(session: Session, public_id: str) -> ChangeSet | None:
    return session.scalars(select(ChangeSet).where(ChangeSet.public_id == public_id)).first()


def shown(session: Session, found: ChangeSet) -> Shown:
    """A change set for its page."""
    mine = Change.change_set_id == found.id
    rows = session.scalars(select(Change).where(mine).order_by(Change.seq).limit(MOST)).all()
    total = session.scalar(select(func.count()).select_from(Change).where(mine)) or 0
    keys = {row.subject_id for row in rows if row.subject_kind == "image"}
    images = session.scalars(select(Image).where(Image.id.in_(keys)).order_by(Image.id)).all()
    undone = session.scalars(select(ChangeSet).where(ChangeSet.undo_of_id == found.id)).first()
    values = [value for row in rows for value in _values(row)]
    return Shown(found, _names(session, [found])(found), list(images), values, total, undone)


def _names(session: Session, found: Sequence[ChangeSet]) -> Any:
    """Who acted, by name where the account still has one."""
    keys = {entry.actor_id for entry in found if entry.actor_id}
    people = session.scalars(select(Person).where(Person.id.in_(keys))).all() if keys else []
    names = {person.id: person.name or person.email for person in people}
    return lambda entry: names.get(entry.actor_id, entry.actor_label)


def _values(row: Change) -> list[Value]:
    before, after = row.before or {}, row.after or {}
    fields = [name for name in {**before, **after} if name not in SILENT]
    values = [_value(f"{row.entity}.{name}", before.get(name), after.get(name)) for name in fields]
    return [value for value in values if value.before != value.after]


def _value(field: str, before: Any, after: Any) -> Value:
    old, new = _text(before), _text(after)
    return Value(field, old, new, tuple(_pieces(old, new)))


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, text in value.items() if text)
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value in (None, [], {}) else str(value)


def _pieces(old: str, new: str) -> list[tuple[str, str]]:
    """("same" | "gone" | "come", text) word by word; nothing to compare gives no pieces."""
    if not old or not new or len(old) + len(new) > 20_000:
        return []
    a, b = old.split(" "), new.split(" ")
    pieces = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", " ".join(a[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(("gone", " ".join(a[i1:i2])))
        if j1 < j2:
            pieces.append(("come", " ".join(b[j1:j2])))
    return pieces
