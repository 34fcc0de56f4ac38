"""What follows from recorded rows, written in the same transaction: records, access rows, and what
a record says against itself.

It is called by `history.change()` with the subjects of a change set. Everything it writes can be
made anew with `renew()`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.orm import Session

from archive import db, history, rights, settings
from archive.catalogue import contradictions
from archive.catalogue import record as records
from archive.catalogue.authorities.lookup import renew as renew_words
from archive.catalogue.models import (
    Asset,
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
from archive.media import service as media
from archive.media.models import Picture

BATCH = 500
_KEEP = text(
    "INSERT INTO record (image_id, own) VALUES (:image_id, :own)"
    " ON CONFLICT (image_id) DO UPDATE SET own = excluded.own"
).bindparams(bindparam("own", type_=RecordRow.own.type))
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
    kinds = _by_kind(subjects)
    for model in (Image, Unit):
        for chunk in _chunks(sorted(kinds.get(model.__tablename__, ()))):
            _advance(session, model, chunk)
    own = [subject for subject in subjects if subject.kind != "unit"]
    renew(session, images_of(session, own), _touched(session, kinds))
    below = [subject for subject in subjects if subject.kind == "unit"]
    judge(session, images_of(session, below))


def _advance(session: Session, model: type[Image] | type[Unit], keys: Sequence[int]) -> None:
    values: dict[str, Any] = {"version": model.version + 1}
    if model is Image:
        values["updated_at"] = now()
    session.execute(update(model).where(model.id.in_(keys)).values(**values))


def renew_everything() -> int:
    """Renew all records, some at a time; gives how many. For a program that says more of them."""
    keys = db.session().scalars(select(Image.id).order_by(Image.id)).all()
    for chunk in _chunks(keys):
        with db.transaction() as session:
            renew(session, chunk)
    with db.transaction() as session:
        renew_words(session)
    return len(keys)


def _touched(session: Session, kinds: Mapping[str, set[int]]) -> set[str] | None:
    """The tables that the change set touches; None where an authority itself has changed, which
    is said by records that the change set does not touch."""
    rows = list(history.touched_rows(session))
    made = {(entity, after["id"]) for entity, (before, after) in rows if after and not before}
    authorities = {(kind, key) for kind in kinds.keys() & _LINKS.keys() for key in kinds[kind]}
    return None if authorities - made else {entity for entity, _sides in rows}


def renew(
    session: Session, image_ids: Sequence[int], touched: Collection[str] | None = None
) -> None:
    """Write what follows from the statements of these images anew.

    With the tables that were `touched`, what comes from others is taken from the kept records.
    """
    session.flush()
    for chunk in _chunks(image_ids):
        kept = _kept(session, chunk) if touched is not None else {}
        whole = len(kept) < len(chunk)
        own = records.own(session, chunk, None if whole else kept, touched or ())
        if own:
            rows = [{"image_id": key, "own": record} for key, record in own.items()]
            session.connection().execute(_KEEP, rows)
        _judge(session, own)
        _keep_pictures(session, chunk)
    for row in session.identity_map.values():
        if isinstance(row, RecordRow):
            session.expire(row)


def _keep_pictures(session: Session, image_ids: Sequence[int]) -> None:
    """Every file has its picture, with the photograph it belongs to now: a cache of its own."""
    asked = (
        select(Asset.public_id, Asset.image_id, Asset.sha256, Picture.image_id.label("known"))
        .outerjoin(Picture, Picture.asset_id == Asset.public_id)
        .where(Asset.image_id.in_(image_ids))
        .where(Picture.image_id.is_distinct_from(Asset.image_id))
    )
    rows = session.execute(asked).all()
    for row in rows:
        mine = Picture.asset_id == row.public_id
        session.execute(update(Picture).where(mine).values(image_id=row.image_id))
    back = [row for row in rows if row.known is None]
    for row in back:
        session.add(Picture(asset_id=row.public_id, image_id=row.image_id, sha256=row.sha256))
    session.flush()
    if back:
        media.render_waiting()


def judge(session: Session, image_ids: Sequence[int]) -> None:
    """Write anew what follows from the records of these images and from the units above them."""
    for chunk in _chunks(image_ids):
        _judge(session, _kept(session, chunk))


def _kept(session: Session, image_ids: Sequence[int]) -> dict[int, records.Record]:
    rows = select(RecordRow.image_id, RecordRow.own).where(RecordRow.image_id.in_(image_ids))
    return {row.image_id: row.own for row in session.execute(rows)}


def _judge(session: Session, own: Mapping[int, records.Record]) -> None:
    placed = select(Image.id, Image.unit_id).where(Image.id.in_(own))
    units = {row.id: row.unit_id for row in session.execute(placed)}
    above = {key: records.path_of(session, key) for key in set(units.values())}
    joined = {key: _joined(own[key], above[unit]) for key, unit in units.items()}
    found = {key: _facts(record["state"], record["rights"]) for key, record in joined.items()}
    rights.keep(session, found, context())
    contradictions.keep(session, joined)
    session.flush()


def compare(session: Session, image_ids: Sequence[int]) -> None:
    """Compare the records of these images with themselves as they are stored."""
    rows = session.execute(
        select(Image.id, Image.unit_id, RecordRow.own)
        .join(RecordRow, RecordRow.image_id == Image.id)
        .where(Image.id.in_(image_ids))
    ).all()
    above = {key: records.path_of(session, key) for key in {row.unit_id for row in rows}}
    joined = {row.id: _joined(row.own, above[row.unit_id]) for row in rows}
    contradictions.keep(session, joined)


def facts(
    session: Session, image: Image, own: records.Record, *, units: Sequence[Unit] | None = None
) -> rights.Facts:
    """What the rights decision needs to know of one image, inheritance joined.

    With `units`, as if it stood below these, from the top down.
    """
    path = records.path_of(session, image.unit_id) if units is None else units
    return _facts(image.state, records.inherit("rights", own["rights"], path))


def _facts(state: str, joined: records.Record) -> rights.Facts:
    return rights.Facts(state, joined["statement"], joined["holder"])


def _joined(own: records.Record, units: Sequence[Unit]) -> records.Record:
    return {**own, "rights": records.inherit("rights", own["rights"], units)}


def context(*, staff: bool = False) -> rights.Context:
    """The context of a decision made here and now."""
    chosen = settings.current()
    policy = rights.Policy(chosen.public_max_px, chosen.protected_max_px)
    return rights.Context(today(), chosen.institution_country, staff, policy)


def _by_kind(subjects: Iterable[Subject]) -> dict[str, set[int]]:
    kinds: dict[str, set[int]] = {}
    for subject in subjects:
        kinds.setdefault(subject.kind, set()).add(subject.id)
    return kinds


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
