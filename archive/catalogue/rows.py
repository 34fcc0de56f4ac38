"""The rows of photographs as plain values: read together, changed one by one, written together.

Whoever changes thousands of photographs, or all that is said of one, works on these values; the
session would look at every row by itself. The invariant: reading gives the rows as they are in the
database, and nothing is written but what differs from them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive import db, history
from archive.catalogue.models import Image
from archive.history import Edit
from archive.history.rows import (
    Values,
    chunks,
    columns_of,
    completed,
    next_keys,
    references,
    subject_of,
    within,
)

_new_keys = count(-1, -1)


@dataclass
class Photograph:
    """The rows of one photograph by table and key, and what is to become of them.

    A new row has a key below zero until it is written. `lacks` tells what the photograph needs to
    be published, where somebody asks for it.
    """

    image: Values
    version: int
    rows: Mapping[str, Mapping[int, Values]]
    lacks: Callable[[], list[str]] = list
    _now: dict[tuple[str, int], Values | None] = field(default_factory=dict)

    @property
    def id(self) -> int:
        key: int = self.image["id"]
        return key

    def value(self, name: str) -> Any:
        return self._row("image", self.id)[name]

    def set(self, **values: Any) -> None:
        self.change("image", self.id, **values)

    def all(self, entity: str) -> list[Values]:
        """The rows of a table as they would be, in their order."""
        keys = {*self.rows.get(entity, ()), *(key for name, key in self._now if name == entity)}
        found = [self._now.get((entity, key), self.rows.get(entity, {}).get(key)) for key in keys]
        there = [row for row in found if row is not None]
        return sorted(there, key=lambda row: (row.get("position", 0), row["id"] < 0, row["id"]))

    def add(self, entity: str, **values: Any) -> int:
        """Add a row behind the others; its key is a placeholder."""
        last = max((row["position"] for row in self.all(entity)), default=-1)
        key = next(_new_keys)
        given = {"image_id": self.id, "position": last + 1, **values, "id": key}
        self._now[entity, key] = completed(entity, given)
        return key

    def change(self, entity: str, key: int, **values: Any) -> None:
        self._now[entity, key] = {**self._row(entity, key), **values}

    def remove(self, entity: str, key: int) -> None:
        self._now[entity, key] = None

    def edits(self) -> list[Edit]:
        """What is to be written; nothing where all is as it was."""
        found = (self._edit(entity, key, now) for (entity, key), now in self._now.items())
        return [edit for edit in found if edit is not None]

    def _row(self, entity: str, key: int) -> Values:
        before = self.image if entity == "image" else self.rows.get(entity, {}).get(key)
        row = self._now.get((entity, key), before)
        assert row is not None, "a row that is gone cannot be changed"
        return row

    def _edit(self, entity: str, key: int, now: Values | None) -> Edit | None:
        before = self.image if entity == "image" else self.rows.get(entity, {}).get(key)
        if before is None or now is None:
            whole = now or before
            if whole is None:
                return None
            return Edit(entity, key, subject_of(entity, whole), before, now)
        turned = {name: value for name, value in now.items() if before[name] != value}
        if not turned:
            return None
        old = {name: before[name] for name in turned}
        return Edit(entity, key, subject_of(entity, now), old, turned)


def of_images(
    session: Session, keys: Collection[int], entities: Collection[str]
) -> dict[int, Photograph]:
    """These photographs by key, with their rows in these tables; one that is gone is absent."""
    said = {entity: _rows_of(session, entity, keys) for entity in entities}
    images, names = Image.__table__, columns_of("image")
    chosen = select(images.c.version, *(images.c[name] for name in names))
    found = {}
    for version, *values in session.execute(chosen.where(images.c.id.in_(keys))):
        image = dict(zip(names, values, strict=True))
        rows = {entity: held.get(image["id"], {}) for entity, held in said.items()}
        found[image["id"]] = Photograph(image, version, rows)
    return found


def _rows_of(session: Session, entity: str, keys: Collection[int]) -> dict[int, dict[int, Values]]:
    """By photograph, the rows of a table that name it in any column."""
    columns = [c for c, target in references() if target == "image" and c.table.name == entity]
    table, names = columns[0].table, columns_of(entity)
    chosen = select(*(table.c[name] for name in names))
    wanted, found = set(keys), dict[int, dict[int, Values]]()
    for row in session.execute(chosen.where(or_(*(column.in_(keys) for column in columns)))):
        values = dict(zip(names, row, strict=True))
        for column in columns:
            if values[column.name] in wanted:
                found.setdefault(values[column.name], {})[values["id"]] = values
    return found


def anew(row: Any) -> Any:
    """A new row that says the same, in the place of rows that several have written: none of them is
    taken back by undoing what one of them did."""
    names = (attribute.key for attribute in row.__mapper__.column_attrs)
    return type(row)(**{n: getattr(row, n) for n in names if n not in ("id", "public_id")})


def lock(session: Session, keys: Collection[int]) -> None:
    """PostgreSQL: nobody else changes these photographs until the transaction ends."""
    if not db.is_sqlite():
        for chunk in chunks(keys):
            locked = select(Image.id).where(Image.id.in_(chunk)).order_by(Image.id)
            session.execute(locked.with_for_update())


def write(session: Session, edits: Sequence[Edit]) -> bool:
    """Write these edits in the open change set; whether there were any.

    A code that a photograph gives up is kept, as it is by the session (`codes`).
    """
    if edits:
        whole = [*edits, *_codes_given_up(edits)]
        history.write_rows(session, with_keys(session, whole))
    return bool(edits)


def _codes_given_up(edits: Sequence[Edit]) -> Iterator[Edit]:
    for edit in edits:
        if edit.entity == "image" and edit.after and edit.before and edit.before.get("ref_code"):
            key, code = next(_new_keys), edit.before["ref_code"]
            row = completed("former_code", {"id": key, "code": code, "image_id": edit.id})
            yield Edit("former_code", key, subject_of("former_code", row), None, row)


def with_keys(session: Session, edits: Sequence[Edit]) -> list[Edit]:
    """The edits with real keys in the place of stand-ins, in the open transaction."""
    real: dict[tuple[str, int], int] = {}
    entities = {edit.entity for edit in edits if edit.id < 0}
    for entity in sorted(entities):
        standing = [edit.id for edit in edits if edit.entity == entity and edit.id < 0]
        drawn = next_keys(session, entity, len(standing))
        real |= {(entity, old): new for old, new in zip(standing, drawn, strict=True)}
    return [_with_keys(edit, real) if edit.entity in entities else edit for edit in edits]


def _with_keys(edit: Edit, real: dict[tuple[str, int], int]) -> Edit:
    names = {"id", *within(edit.entity)}
    after = {
        name: real.get((edit.entity, value), value) if name in names else value
        for name, value in (edit.after or {}).items()
    }
    key = real.get((edit.entity, edit.id), edit.id)
    subject = subject_of(edit.entity, after) if edit.before is None else edit.subject
    return Edit(edit.entity, key, subject, edit.before, after if edit.after else None)
