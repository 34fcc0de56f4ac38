"""The list of photographs as those see it who work on them: by state, unit and words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from archive import db, history
from archive.catalogue import projection
from archive.catalogue import service as catalogue
from archive.catalogue.models import STATES, CaptionStatement, FormerCode, Image, Unit
from archive.history import Actor

PER_PAGE = 50
VERBS: dict[str, Callable[[Actor, Image], Any]] = {
    "publish": catalogue.publish,
    "unpublish": catalogue.unpublish,
    "review": catalogue.submit_for_review,
}


@dataclass(frozen=True)
class ListPage:
    """One page of the list, with what was asked for."""

    readings: Sequence[catalogue.Reading]
    total: int
    number: int
    pages: int
    state: str
    unit: str
    words: str


@dataclass(frozen=True)
class UnitLine:
    """A unit of the tree with its depth and the photographs directly in it."""

    unit: Unit
    depth: int
    images: int


@dataclass(frozen=True)
class Neighbours:
    previous: str
    next: str


def verb(act: str) -> Callable[[Actor, Image], Any]:
    """The verb behind a button. Raises LookupError."""
    return VERBS[act]


def counts(session: Session) -> dict[str, int]:
    """How many photographs are in each state."""
    query = select(Image.state, func.count()).group_by(Image.state)
    found = dict(session.execute(query).all())
    return {state: found.get(state, 0) for state in STATES}


def units(session: Session) -> list[UnitLine]:
    """The tree of units in reading order."""
    numbers = dict(
        session.execute(select(Image.unit_id, func.count()).group_by(Image.unit_id)).all()
    )
    children: dict[int | None, list[Unit]] = {}
    for unit in session.scalars(select(Unit).order_by(Unit.position, Unit.ref_code)):
        children.setdefault(unit.parent_id, []).append(unit)
    lines: list[UnitLine] = []

    def walk(parent: int | None, depth: int) -> None:
        for unit in children.get(parent, []):
            lines.append(UnitLine(unit, depth, numbers.get(unit.id, 0)))
            walk(unit.id, depth + 1)

    walk(None, 0)
    return lines


def page(session: Session, *, state: str, unit: str, words: str, number: int) -> ListPage:
    """Photographs that fit, the last changed first."""
    query = _fitting(session, select(Image.id), state, unit, words)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    newest = query.order_by(Image.updated_at.desc(), Image.id.desc())
    window = newest.limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    keys = session.scalars(window).all()
    found = {reading.image_id: reading for reading in catalogue.records_of(session, keys)}
    readings = [found[key] for key in keys]
    return ListPage(readings, total, number, pages, state, unit, words)


def keys(session: Session, *, state: str, unit: str, words: str) -> Sequence[int]:
    """The keys of all photographs that fit, by unit and place."""
    query = _fitting(session, select(Image.id), state, unit, words).join(Unit)
    return session.scalars(query.order_by(Unit.ref_code, Image.position, Image.id)).all()


def _fitting(
    session: Session, query: Select[int], state: str, unit: str, words: str
) -> Select[int]:
    if state in STATES:
        query = query.where(Image.state == state)
    if unit:
        chosen = session.scalars(select(Unit.id).where(Unit.ref_code == unit)).all()
        query = query.where(Image.unit_id.in_(projection.subtree(session, chosen)))
    if words.strip():
        pattern = f"%{words.strip()}%"
        said = select(CaptionStatement.image_id).where(CaptionStatement.text.ilike(pattern))
        former = select(FormerCode.image_id).where(FormerCode.code.ilike(pattern))
        query = query.where(
            Image.id.in_(said)
            | Image.ref_code.ilike(pattern)
            | Image.id.in_(former.where(FormerCode.image_id.is_not(None)))
            | (Image.public_id == words.strip())
        )
    return query


def neighbours(session: Session, image: Image) -> Neighbours:
    """The photographs before and after in the same unit."""
    place = (Image.position, Image.id)
    here = (image.position, image.id)
    same = select(Image.public_id).where(Image.unit_id == image.unit_id)
    before = same.where(tuple_(*place) < here).order_by(Image.position.desc(), Image.id.desc())
    after = same.where(tuple_(*place) > here).order_by(Image.position, Image.id)
    return Neighbours(
        session.scalars(before.limit(1)).first() or "",
        session.scalars(after.limit(1)).first() or "",
    )


def change_many(
    actor: Actor, public_ids: Sequence[str], act: str
) -> tuple[int, list[tuple[str, list[str]]]]:
    """Do one verb to many photographs as one change set; what is not ready is told, not done.

    Raises LookupError for a verb or a photograph that does not exist.
    """
    do = verb(act)
    done, refused = 0, []
    with history.change(actor, act):
        for public_id in public_ids:
            image = catalogue.image_by_id(db.session(), public_id)
            missing = (
                catalogue.missing_for_publication(db.session(), image) if act == "publish" else []
            )
            if missing:
                refused.append((image.ref_code or public_id, missing))
            else:
                do(actor, image)
                done += 1
    return done, refused
