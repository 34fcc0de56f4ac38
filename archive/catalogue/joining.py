"""Joining two records of one photograph: what is said of the one moves to the other.

The record that goes keeps its identifier and leads to the one that stays. Where both speak, the one
that stays is believed and the words of the other stand beside it. The invariant: nothing that was
said is lost but what the other said already, and undoing the change set parts the two again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive import db, history
from archive.catalogue.drafts import Rights
from archive.catalogue.models import (
    OF_IMAGE,
    Asset,
    CaptionStatement,
    Carrier,
    DateStatement,
    FormerCode,
    Image,
    ImageLink,
)
from archive.catalogue.refusals import Refused, Stale
from archive.catalogue.rows import anew
from archive.history import Actor

MERGED = "merged"
_ITSELF = frozenset({"id", "public_id", "image_id", "position", "preferred", "created_at"})


def merge(
    actor: Actor,
    stays: Image,
    goes: Image,
    *,
    based_on: tuple[int, int] | None = None,
    reason: str = "",
) -> Image:
    """Join two records into the first. `based_on` are the versions that were looked at.

    Raises Refused for a record that is withdrawn, for one and the same, and where a public record
    would disappear behind one that is not; Stale when one of them has changed since.
    """
    with history.change(actor, "merge", reason=reason):
        session = db.session()
        stays, goes = _locked(session, stays.id, goes.id)
        _check(stays, goes)
        if based_on is not None and (stays.version, goes.version) != based_on:
            raise Stale(based_on[0], stays.version)
        for model in OF_IMAGE:
            _move_rows(session, model, stays, goes)
        _move_links(session, stays, goes)
        for former in session.scalars(select(FormerCode).where(FormerCode.image_id == goes.id)):
            former.image_id = stays.id
        _fill(stays, goes)
        goes.state, goes.withdrawn_reason = "withdrawn", MERGED
        goes.merged_into_id, goes.ref_code = stays.id, ""
        session.flush()
        return stays


def survivor(session: Session, image: Image) -> Image:
    """The record that a merged one leads to in the end, else itself."""
    seen = {image.id}
    while image.merged_into_id is not None and image.merged_into_id not in seen:
        image = session.get_one(Image, image.merged_into_id)
        seen.add(image.id)
    return image


def _locked(session: Session, *keys: int) -> list[Image]:
    """In the order of their keys, so that two who merge do not wait for each other."""
    found = {key: session.get_one(Image, key, with_for_update=True) for key in sorted(keys)}
    return [found[key] for key in keys]


def _check(stays: Image, goes: Image) -> None:
    if stays.id == goes.id:
        raise Refused("one_photograph")
    if "withdrawn" in (stays.state, goes.state):
        raise Refused("withdrawn_photograph")
    if goes.state == "published" and stays.state != "published":
        raise Refused("public_must_stay")


def _move_rows(session: Session, model: Any, stays: Image, goes: Image) -> None:
    """Rows go behind those that are there; what is said already is not said twice."""
    of = select(model).order_by(model.position, model.id)
    there = list(session.scalars(of.where(model.image_id == stays.id)))
    last = max((row.position for row in there), default=-1)
    for row in session.scalars(of.where(model.image_id == goes.id)):
        twin = None if isinstance(row, CaptionStatement) else _twin(row, there)
        if twin is not None:
            there[there.index(twin)] = _make_one(session, twin, row)
            continue
        last += 1
        row.image_id, row.position = stays.id, last
        _step_back(row, there)
    session.flush()


def _make_one(session: Session, twin: Any, row: Any) -> Any:
    """What both have said, in a row of its own: undoing one of them leaves what the other said."""
    made = anew(twin)
    for one in (twin, row):
        session.delete(one)
    session.flush()
    session.add(made)
    session.flush()
    return made


def _twin(row: Any, there: Sequence[Any]) -> Any:
    """The like that is there, or None; things one can take into one's hand are never that."""
    if isinstance(row, Asset | Carrier):
        return None
    names = [column.key for column in row.__mapper__.column_attrs if column.key not in _ITSELF]
    alike = _unique(row) or names
    same = (old for old in there if all(getattr(row, n) == getattr(old, n) for n in alike))
    return next(same, None)


def _unique(row: Any) -> list[str]:
    """What a photograph can say only once, whatever else it says of it."""
    names = {"image_event": ["event_id"], "image_concept": ["concept_id"]}
    return names.get(row.__tablename__, [])


def _step_back(row: Any, there: Sequence[Any]) -> None:
    """One title is preferred in a language, one file represents, one date is sorted by.

    Words that were said of both are kept once in sight and once as said before.
    """
    if isinstance(row, CaptionStatement):
        row.retired = row.retired or _twin(row, there) is not None
        rival = any(o.preferred and (o.type, o.lang) == (row.type, row.lang) for o in there)
        row.preferred = row.preferred and not rival and not row.retired
    if isinstance(row, DateStatement) and row.preferred:
        row.preferred = not any(old.preferred and old.role == row.role for old in there)
    if isinstance(row, Asset) and row.representative:
        row.representative = not any(old.representative for old in there)


def _move_links(session: Session, stays: Image, goes: Image) -> None:
    named = or_(ImageLink.image_id == goes.id, ImageLink.other_id == goes.id)
    there = or_(ImageLink.image_id == stays.id, ImageLink.other_id == stays.id)
    own = session.scalars(select(ImageLink).where(there))
    known = {(one.image_id, one.other_id, one.kind) for one in own}
    for link in session.scalars(select(ImageLink).where(named)):
        ends = [stays.id if end == goes.id else end for end in (link.image_id, link.other_id)]
        if ends[0] == ends[1] or (*ends, link.kind) in known:
            session.delete(link)
        else:
            link.image_id, link.other_id = ends
            known.add((ends[0], ends[1], link.kind))
    session.flush()


def _fill(stays: Image, goes: Image) -> None:
    """What the record that stays is silent about; notes stand below each other."""
    for name in (*Rights.__dataclass_fields__, "ref_code", "frame"):
        if not getattr(stays, name) and getattr(goes, name):
            setattr(stays, name, getattr(goes, name))
    if goes.notes and goes.notes not in stays.notes:
        stays.notes = "\n".join(note for note in (stays.notes, goes.notes) if note)
    stays.alt = {**goes.alt, **stays.alt}
    stays.undated = stays.undated and goes.undated
    stays.creator_unknown = stays.creator_unknown and goes.creator_unknown
