"""The list of photographs as those see it who work on them: narrowed, ordered, chosen from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from archive import db, history
from archive.accounts.models import Person
from archive.catalogue import gaps, projection
from archive.catalogue import service as catalogue
from archive.catalogue.models import (
    STATES,
    Asset,
    CaptionStatement,
    DateStatement,
    FormerCode,
    Image,
    Unit,
)
from archive.history import Actor, Change, ChangeSet
from archive.ingest.models import Batch, BatchFile

PER_PAGE = 50
MOST_BATCHES = 30
SHOWN_GAPS = ("no_title", "no_date", "no_creator", "no_place", "no_rights")
_EARLIEST = (
    select(func.min(DateStatement.earliest))
    .where(DateStatement.image_id == Image.id, DateStatement.role == "created")
    .correlate(Image)
    .scalar_subquery()
)
ORDERS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "": (_("last changed first"), (Image.updated_at.desc(), Image.id.desc())),
    "new": (_("last taken in first"), (Image.created_at.desc(), Image.id.desc())),
    "unit": (_("as they stand in their units"), (Image.unit_id, Image.position, Image.id)),
    "code": (_("by reference code"), (Image.ref_code, Image.id)),
    "date": (_("by date"), (_EARLIEST.is_(None), _EARLIEST, Image.id)),
}
VERBS: dict[str, Callable[[Actor, Image], Any]] = {
    "publish": catalogue.publish,
    "unpublish": catalogue.unpublish,
    "review": catalogue.submit_for_review,
}


@dataclass(frozen=True)
class Asked:
    """What somebody asks the list for; empty parts ask for nothing.

    `by` is who changed a photograph, `batch` the delivery it came with and `change` a change set,
    each by its public identifier; `gap` is a code of `catalogue.gaps`.
    """

    state: str = ""
    unit: str = ""
    words: str = ""
    gap: str = ""
    by: str = ""
    batch: str = ""
    change: str = ""
    order: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Asked:
        """From the arguments of an address or the fields of a form."""
        named = {field.name: args.get(field.name, "").strip() for field in fields(cls)}
        return cls(**{**named, "words": args.get("q", "").strip()})

    def as_args(self) -> dict[str, str]:
        """The arguments of the address that asks the same."""
        found = {("q" if name == "words" else name): v for name, v in asdict(self).items()}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class ListPage:
    """One page of the list, with what was asked for; `gaps` are codes by key of the image."""

    readings: Sequence[catalogue.Reading]
    total: int
    number: int
    pages: int
    asked: Asked
    gaps: Mapping[int, Sequence[str]]


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


def page(session: Session, asked: Asked, number: int) -> ListPage:
    """Photographs that fit, in the order asked for; the last changed first when silent."""
    query = fitting(session, select(Image.id), asked)
    total = count(session, asked)
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    ordered = query.order_by(*ORDERS.get(asked.order, ORDERS[""])[1])
    window = session.scalars(ordered.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    found = {reading.image_id: reading for reading in catalogue.records_of(session, window)}
    readings = [found[key] for key in window]
    return ListPage(readings, total, number, pages, asked, _lacking(session, window))


def count(session: Session, asked: Asked) -> int:
    """How many photographs fit."""
    chosen = fitting(session, select(Image.id), asked)
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def fitting_keys(session: Session, asked: Asked) -> Sequence[int]:
    """The keys of all photographs that fit, by unit and place."""
    query = fitting(session, select(Image.id), asked).join(Unit)
    return session.scalars(query.order_by(Unit.ref_code, Image.position, Image.id)).all()


def keys(session: Session, *, state: str, unit: str, words: str) -> Sequence[int]:
    """The keys of all photographs in a state, a unit, with some words."""
    return fitting_keys(session, Asked(state=state, unit=unit, words=words))


def fitting(session: Session, query: Select[Any], asked: Asked) -> Select[Any]:
    """The query narrowed to photographs that fit; it selects from `Image`."""
    if asked.state in STATES:
        query = query.where(Image.state == asked.state)
    if asked.unit:
        chosen = session.scalars(select(Unit.id).where(Unit.ref_code == asked.unit)).all()
        query = query.where(Image.unit_id.in_(projection.subtree(session, chosen)))
    if asked.gap in gaps.GAPS:
        query = query.where(gaps.fitting(asked.gap))
    if asked.by:
        query = query.where(Image.id.in_(_touched().where(Person.public_id == asked.by)))
    if asked.change:
        query = query.where(Image.id.in_(_touched().where(ChangeSet.public_id == asked.change)))
    if asked.batch:
        of_batch = select(BatchFile.image).join(Batch).where(Batch.public_id == asked.batch)
        query = query.where(Image.public_id.in_(of_batch))
    return _with_words(query, asked.words) if asked.words else query


def _touched() -> Select[Any]:
    """Photographs by the change sets that touched them and who acted."""
    of_images = select(Change.subject_id).where(Change.subject_kind == "image")
    return of_images.join(ChangeSet).outerjoin(Person, Person.id == ChangeSet.actor_id)


def _with_words(query: Select[Any], words: str) -> Select[Any]:
    said = select(CaptionStatement.image_id).where(db.has(CaptionStatement.text, words))
    former = select(FormerCode.image_id).where(
        db.has(FormerCode.code, words), FormerCode.image_id.is_not(None)
    )
    file = select(Asset.image_id).where(db.has(Asset.filename, words))
    return query.where(
        Image.id.in_(said)
        | Image.id.in_(former)
        | Image.id.in_(file)
        | db.has(Image.ref_code, words)
        | (Image.public_id == words)
    )


def _lacking(session: Session, window: Sequence[int]) -> dict[int, list[str]]:
    """Which of the gaps that the list shows each photograph has."""
    found: dict[int, list[str]] = {}
    for code in SHOWN_GAPS:
        lacking = select(Image.id).where(Image.id.in_(window), gaps.fitting(code))
        for key in session.scalars(lacking):
            found.setdefault(key, []).append(code)
    return found


def people(session: Session) -> Sequence[Person]:
    """Those who have changed photographs, for the choice of whose."""
    acted = select(ChangeSet.actor_id).where(ChangeSet.actor_id.is_not(None)).distinct()
    return session.scalars(select(Person).where(Person.id.in_(acted)).order_by(Person.name)).all()


def batches(session: Session) -> Sequence[Batch]:
    """The last deliveries that were taken in."""
    taken = select(Batch).where(Batch.dry_run.is_(False)).order_by(Batch.id.desc())
    return session.scalars(taken.limit(MOST_BATCHES)).all()


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
            missing = _missing(image, actor) if act == "publish" else []
            if missing:
                refused.append((image.ref_code or public_id, missing))
            else:
                do(actor, image)
                done += 1
    return done, refused


def _missing(image: Image, actor: Actor) -> list[str]:
    return catalogue.missing_for_publication(db.session(), image, actor)
