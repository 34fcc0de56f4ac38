"""What follows from recorded rows, written in the same transaction: records, access rows, and what
a record says against itself.

It is called by `history.change()` with the subjects of a change set. Everything it writes can be
made anew with `renew()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history, rights, settings
from archive.catalogue import contradictions
from archive.catalogue import record as records
from archive.catalogue.models import (
    Image,
    ImageAgent,
    ImageConcept,
    ImageEvent,
    ImagePlace,
    RecordRow,
    Unit,
)
from archive.db import now
from archive.history import Subject

BATCH = 500
_LINKS: dict[str, tuple[Any, Any]] = {
    "agent": (ImageAgent.image_id, ImageAgent.agent_id),
    "place": (ImagePlace.image_id, ImagePlace.place_id),
    "event": (ImageEvent.image_id, ImageEvent.event_id),
    "concept": (ImageConcept.image_id, ImageConcept.concept_id),
}


def today() -> date:
    """The day at the institution, which decides what is protected."""
    return datetime.now(ZoneInfo(settings.current().time_zone)).date()


def images_of(session: Session, subjects: Iterable[Subject]) -> list[int]:
    """The images that a change to these subjects touches, in order of their keys."""
    found: set[int] = set()
    for kind, keys in _by_kind(subjects).items():
        if kind == "image":
            found.update(session.scalars(select(Image.id).where(Image.id.in_(keys))))
        elif kind == "unit":
            below = subtree(session, keys)
            found.update(session.scalars(select(Image.id).where(Image.unit_id.in_(below))))
        elif kind in _LINKS:
            image_id, key = _LINKS[kind]
            found.update(session.scalars(select(image_id).where(key.in_(keys))))
    return sorted(found)


def subtree(session: Session, unit_ids: Iterable[int]) -> set[int]:
    """These units and all below them."""
    below = set(unit_ids)
    frontier = below
    while frontier:
        children = set(session.scalars(select(Unit.id).where(Unit.parent_id.in_(frontier))))
        frontier = children - below
        below = below | frontier
    return below


@history.project
def project(session: Session, subjects: list[Subject]) -> None:
    """Bring records and access rows up to date with a change set."""
    touched = _by_kind(subjects).get("image", set())
    for chunk in _chunks(sorted(touched)):
        for image in session.scalars(select(Image).where(Image.id.in_(chunk))):
            image.version, image.updated_at = image.version + 1, now()
    for unit in session.scalars(
        select(Unit).where(Unit.id.in_(_by_kind(subjects).get("unit", ())))
    ):
        unit.version += 1
    renew(session, images_of(session, subjects))


def renew_everything() -> int:
    """Renew all records, some at a time; gives how many. For a program that says more of them."""
    keys = db.session().scalars(select(Image.id).order_by(Image.id)).all()
    for chunk in _chunks(keys):
        with db.transaction() as session:
            renew(session, chunk)
    return len(keys)


def renew(session: Session, image_ids: Sequence[int]) -> None:
    """Write what follows from the statements of these images anew."""
    for chunk in _chunks(image_ids):
        own = records.own(session, chunk)
        kept = {
            row.image_id: row
            for row in session.scalars(select(RecordRow).where(RecordRow.image_id.in_(chunk)))
        }
        images = session.scalars(select(Image).where(Image.id.in_(chunk))).all()
        for image in images:
            _keep(session, image, own[image.id], kept.get(image.id))
        contradictions.keep(
            session, {image.id: _joined(session, image, own[image.id]) for image in images}
        )
        session.flush()


def compare(session: Session, image_ids: Sequence[int]) -> None:
    """Compare the records of these images with themselves as they are stored."""
    rows = session.execute(
        select(Image, RecordRow.own)
        .join(RecordRow, RecordRow.image_id == Image.id)
        .where(Image.id.in_(image_ids))
    )
    contradictions.keep(session, {image.id: _joined(session, image, own) for image, own in rows})


def facts(
    session: Session, image: Image, own: records.Record, *, units: Sequence[Unit] | None = None
) -> rights.Facts:
    """What the rights decision needs to know of one image, inheritance joined.

    With `units`, as if it stood below these, from the top down.
    """
    path = records.path_of(session, image.unit_id) if units is None else units
    joined = records.inherit("rights", own["rights"], path)
    return rights.Facts(image.state, joined["statement"], joined["holder"])


def _joined(session: Session, image: Image, own: records.Record) -> records.Record:
    return {**own, "rights": _joined_rights(session, image, own)}


def _joined_rights(session: Session, image: Image, own: records.Record) -> dict[str, Any]:
    return records.inherit("rights", own["rights"], records.path_of(session, image.unit_id))


def context(*, staff: bool = False) -> rights.Context:
    """The context of a decision made here and now."""
    chosen = settings.current()
    policy = rights.Policy(chosen.public_max_px, chosen.protected_max_px)
    return rights.Context(today(), chosen.institution_country, staff, policy)


def _keep(session: Session, image: Image, own: records.Record, row: RecordRow | None) -> None:
    if row is None:
        session.add(RecordRow(image_id=image.id, own=own))
    else:
        row.own = own
    rights.keep(session, image.id, facts(session, image, own), context())


def _by_kind(subjects: Iterable[Subject]) -> dict[str, set[int]]:
    kinds: dict[str, set[int]] = {}
    for subject in subjects:
        kinds.setdefault(subject.kind, set()).add(subject.id)
    return kinds


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
