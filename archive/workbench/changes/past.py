"""History as the workbench shows it: change sets, whom they touched, and the past of one thing.

What a single change says is in `lines`, what an edit would do in `ahead`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import history
from archive.accounts.models import Person
from archive.catalogue.authorities import Row as AuthorityRow
from archive.catalogue.models import Image, RecordRow, Unit
from archive.catalogue.record import Record, known_by
from archive.catalogue.redrafting import any_name
from archive.history import Change, ChangeSet, Subject
from archive.workbench.changes import lines
from archive.workbench.changes.lines import Value
from archive.workbench.changes.naming import ENTITIES, OWN_KIND, PROGRAMS

MOST = 200
OF_THE_CATALOGUE = ("image", "unit", "agent", "place", "event", "concept", "concept_scheme")


@dataclass(frozen=True)
class Entry:
    """One change set as far as it concerns one thing."""

    change_set: ChangeSet
    who: str
    values: list[Value]


@dataclass(frozen=True)
class Summary:
    change_set: ChangeSet
    who: str
    photographs: int
    first: Record | None


@dataclass(frozen=True)
class Touched:
    """One thing that a change set touched, with what became of it; `key` is its public address.

    Of what has no page of its own, or is gone, the key is empty.
    """

    kind: str
    key: str
    name: str
    values: list[Value] = field(default_factory=list)


@dataclass(frozen=True)
class Shown:
    """A whole change set: what it touched and the first of its changes."""

    change_set: ChangeSet
    who: str
    touched: list[Touched]
    photographs: int
    total: int
    undone_by: ChangeSet | None
    most: int = MOST


def recent(session: Session, *, limit: int = 12) -> list[Summary]:
    """The last change sets that touched photographs or units."""
    touched = select(Change.change_set_id).where(Change.subject_kind.in_(("image", "unit")))
    newest = select(ChangeSet).where(ChangeSet.id.in_(touched)).order_by(ChangeSet.id.desc())
    return summaries(session, session.scalars(newest.limit(limit)).all())


def summaries(session: Session, found: Sequence[ChangeSet]) -> list[Summary]:
    """Change sets as lines of a list: who, how many photographs, the own record of the first."""
    names = _people(session, found)
    counted = select(
        Change.change_set_id,
        func.count(func.distinct(Change.subject_id)),
        func.min(Change.subject_id),
    ).where(Change.change_set_id.in_([entry.id for entry in found]), Change.subject_kind == "image")
    numbers = {key: rest for key, *rest in session.execute(counted.group_by(Change.change_set_id))}
    records = lines.own_records(session, {first for _number, first in numbers.values()})
    told = []
    for entry in found:
        number, first = numbers.get(entry.id, (0, 0))
        told.append(Summary(entry, names(entry), number, records.get(first)))
    return told


def of_image(session: Session, image: Image) -> list[Entry]:
    """The history of one photograph, newest first."""
    return _of(session, Subject("image", image.id))


def of_unit(session: Session, unit: Unit) -> list[Entry]:
    """The history of a unit itself, newest first."""
    return _of(session, Subject("unit", unit.id))


def of_authority(session: Session, row: AuthorityRow) -> list[Entry]:
    """The history of a person, place, event or term itself, newest first."""
    return _of(session, Subject(row.__tablename__, row.id))


def _of(session: Session, subject: Subject) -> list[Entry]:
    changes = history.of_subject(session, subject)
    sets = {change.change_set_id: change.change_set for change in changes}
    people = _people(session, list(sets.values()))
    entries = {key: Entry(found, people(found), []) for key, found in sets.items()}
    rows = lines.as_read(session, changes)
    names = lines.names_of(session, rows)
    for row in rows:
        entries[row.change_set_id].values.extend(lines.values(row, names))
    return [entry for entry in entries.values() if entry.values]


def by_id(session: Session, public_id: str) -> ChangeSet | None:
    return session.scalars(select(ChangeSet).where(ChangeSet.public_id == public_id)).first()


def shown(session: Session, found: ChangeSet) -> Shown:
    """A change set for its page, thing by thing in the order in which they were touched."""
    mine = Change.change_set_id == found.id
    changes = session.scalars(select(Change).where(mine).order_by(Change.seq).limit(MOST)).all()
    total = session.scalar(select(func.count()).select_from(Change).where(mine)) or 0
    images = select(func.count(func.distinct(Change.subject_id)))
    number = session.scalar(images.where(mine, Change.subject_kind == "image")) or 0
    undone = history.undone_by(session, found.id)
    who = _people(session, [found])(found)
    return Shown(found, who, _touched(session, changes), number, total, undone)


def named(session: Session, subjects: Iterable[Subject]) -> dict[Subject, Touched]:
    """Things by kind and key, called as people know them; what is gone has no address."""
    wanted: dict[str, set[int]] = {}
    for subject in subjects:
        wanted.setdefault(subject.kind, set()).add(subject.id)
    found = {}
    for kind, keys in wanted.items():
        known = _known(session, kind, keys)
        remembered = _remembered(session, kind, keys - known.keys())
        for key in keys:
            public, name = known.get(key, ("", ": ".join(_what(kind, remembered.get(key, "")))))
            found[Subject(kind, key)] = Touched(kind, public, name)
    return found


def _touched(session: Session, changes: Sequence[Change]) -> list[Touched]:
    rows = lines.as_read(session, changes)
    names = lines.names_of(session, rows)
    things = named(session, dict.fromkeys(row.subject for row in rows))
    for row in rows:
        things[row.subject].values.extend(lines.values(row, names))
    order = dict.fromkeys(row.subject for row in rows)
    return [things[subject] for subject in order if things[subject].values]


def _known(session: Session, kind: str, keys: set[int]) -> dict[int, tuple[str, str]]:
    """The address and the name of each thing that is still there."""
    if kind == "image":
        rows = session.execute(
            select(Image.id, Image.public_id, Image.ref_code, RecordRow.own)
            .join(RecordRow, RecordRow.image_id == Image.id)
            .where(Image.id.in_(keys))
        )
        return {key: (public, _title(own, code or public)) for key, public, code, own in rows}
    model = OWN_KIND.get(kind)
    if model is None:
        return {}
    things = session.scalars(select(model).where(model.id.in_(keys)))
    return {thing.id: (_address(thing), lines.called(thing)) for thing in things}


def _remembered(session: Session, kind: str, keys: set[int]) -> dict[int, str]:
    """What things that are gone were called at last, as the history tells."""
    entity = "caption_statement" if kind == "image" else kind
    mine = (Change.subject_kind == kind, Change.subject_id.in_(keys), Change.entity == entity)
    found: dict[int, str] = {}
    for row in session.scalars(select(Change).where(*mine).order_by(Change.seq)) if keys else ():
        side = row.after or row.before or {}
        if side.get("type", "archivist_title") == "archivist_title":
            names = (side.get(name) for name in ("name", "label", "title", "text"))
            told = next(filter(None, names), "")
            found[row.subject_id] = any_name(told) if isinstance(told, dict) else told
    return found


def _what(kind: str, name: str) -> list[str]:
    return [part for part in (str(ENTITIES.get(kind, "")), name) if part]


def _title(own: Any, code: str) -> str:
    """What a photograph is known by and its reference code, said once where they are the same."""
    name = known_by(own)
    return f"{name} · {code}" if name != code else code


def _address(thing: Any) -> str:
    return str(thing.ref_code if isinstance(thing, Unit) else thing.public_id)


def _people(session: Session, found: Sequence[ChangeSet]) -> Callable[[ChangeSet], str]:
    """Who acted: a person by name where the account still has one, or which program."""
    keys = {entry.actor_id for entry in found if entry.actor_id}
    people = session.scalars(select(Person).where(Person.id.in_(keys))).all() if keys else []
    names = {person.id: person.name or person.email for person in people}
    return lambda entry: (
        names.get(entry.actor_id or 0) or str(PROGRAMS.get(entry.actor_label, entry.actor_label))
    )
