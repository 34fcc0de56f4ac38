"""What the tree of units looks like: branches with their counts, and finding a unit in it.

Reading only; the verbs are in `arrangement`. The invariant: what one page asks for is bounded by
what it shows, however many units there are (`PER_BRANCH` at a time below each opened one).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from archive.catalogue import record
from archive.catalogue.authorities import fold
from archive.catalogue.models import FormerCode, Image, Unit

Counted = Select[int, int]
PER_BRANCH = 100
FOUND = 50


@dataclass(frozen=True)
class Counts:
    """What is below a unit, however deep: units, and photographs with those right in it."""

    children: int = 0
    units: int = 0
    photographs: int = 0


@dataclass(frozen=True)
class Branch:
    """Some of the units right below one, or at the top; `first` is the place of the first."""

    nodes: list[Node]
    first: int
    total: int


@dataclass(frozen=True)
class Node:
    """A unit of the tree; `branch` is what is shown below it when it is open."""

    unit: Unit
    counts: Counts
    branch: Branch | None


def branch(
    session: Session,
    parent_id: int | None,
    opened: Collection[int] = (),
    *,
    path: Sequence[int] = (),
    first: int = 0,
) -> Branch:
    """The units below one with those below the opened ones; `path` is always within sight.

    `path` are the keys of a unit and those above it, from the top; `first` applies to the units
    below the last of it.
    """
    here = path[0] if path else None
    offset = _window(session, here) if here else first
    units = session.scalars(
        select(Unit)
        .where(Unit.parent_id == parent_id)
        .order_by(Unit.position, Unit.ref_code)
        .limit(PER_BRANCH)
        .offset(offset)
    ).all()
    counted = counts(session, [unit.id for unit in units])
    nodes = []
    for unit in units:
        below = None
        if counted[unit.id].children and unit.id == here:
            below = branch(session, unit.id, opened, path=path[1:], first=first)
        elif counted[unit.id].children and unit.id in opened:
            below = branch(session, unit.id, opened)
        nodes.append(Node(unit, counted[unit.id], below))
    total = session.scalar(select(func.count()).where(Unit.parent_id == parent_id)) or 0
    return Branch(nodes, offset, total)


def counts(session: Session, unit_ids: Collection[int]) -> dict[int, Counts]:
    """What is below each of these units."""
    top = select(Unit.id.label("top"), Unit.id.label("id")).where(Unit.id.in_(unit_ids))
    below = top.cte(recursive=True)
    below = below.union_all(select(below.c.top, Unit.id).join(below, Unit.parent_id == below.c.id))
    units: Counted = select(below.c.top, func.count()).group_by(below.c.top)
    images = units.join(Image, Image.unit_id == below.c.id)
    right_below = select(Unit.parent_id, func.count()).where(Unit.parent_id.in_(unit_ids))
    children = dict(session.execute(right_below.group_by(Unit.parent_id)).all())
    deep = dict(session.execute(units).all())
    photographs = dict(session.execute(images).all())
    return {
        key: Counts(children.get(key, 0), deep.get(key, 1) - 1, photographs.get(key, 0))
        for key in unit_ids
    }


def keys_of(session: Session, refs: Collection[str]) -> Sequence[int]:
    """The keys of units by their codes; codes of none are passed over."""
    return session.scalars(select(Unit.id).where(Unit.ref_code.in_(refs))).all()


def find(session: Session, words: str) -> list[tuple[Unit, list[Unit]]]:
    """Units whose code, former code or title holds the words, each with the units above it."""
    wanted = fold(words)
    if not wanted:
        return []
    names: dict[int, list[str]] = {}
    for key, code, title in session.execute(select(Unit.id, Unit.ref_code, Unit.title)):
        names[key] = [code, *title.values()]
    for former in session.scalars(select(FormerCode).where(FormerCode.unit_id.is_not(None))):
        names[former.unit_id or 0].append(former.code)
    plain = words.strip().casefold()
    keys = [
        key
        for key, said in names.items()
        if any(wanted in fold(name) or plain in name.casefold() for name in said)
    ]
    found = session.scalars(
        select(Unit).where(Unit.id.in_(keys[:FOUND])).order_by(Unit.ref_code)
    ).all()
    return [(unit, record.path_of(session, unit.id)[:-1]) for unit in found]


def _window(session: Session, unit_id: int) -> int:
    """Where the window of siblings begins that holds this unit."""
    unit = session.get_one(Unit, unit_id)
    before = tuple_(Unit.position, Unit.ref_code) < (unit.position, unit.ref_code)
    place = select(func.count()).where(Unit.parent_id == unit.parent_id, before)
    return (session.scalar(place) or 0) // PER_BRANCH * PER_BRANCH
