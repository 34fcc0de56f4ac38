"""The verbs of the catalogue: accession, describe, publish, withdraw, and reading a photograph.

Each verb is one transaction and one change set. Reading obeys the access row: what a reader may
not know of does not exist for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import bindparam, func, inspect, select
from sqlalchemy.orm import Session

from archive import db, history, rights, settings, storage
from archive.catalogue import (
    arrangement,
    authorities,
    joining,
    projection,
    record,
    restating,
    rows,
    statements,
)
from archive.catalogue.drafts import Draft, FileDraft
from archive.catalogue.models import Asset, Image, RawMetadata, RecordRow, Unit
from archive.catalogue.refusals import Gone, Moved, NotFound, NotReady, Refused, Stale
from archive.catalogue.restating import Wish
from archive.history import Actor, Change, ChangeSet
from archive.media.models import Picture

__all__ = ["Gone", "Moved", "NotFound", "NotReady", "Refused", "Stale"]

# Changes that say nothing of the photograph itself.
OF_STATE = ("publish", "unpublish", "withdraw", "submit_for_review", "send_back")
# Made once: to put a statement together takes as long as to answer it.
_RECORDS = (
    select(Image, RecordRow.own, rights.Access)
    .join(RecordRow, RecordRow.image_id == Image.id)
    .join(rights.Access, rights.Access.image_id == Image.id)
)
_READ = _RECORDS.where(Image.public_id == bindparam("public_id"))
WITHDRAWAL_REASONS = ("rights", "privacy", "donor", "error", "other")


@dataclass(frozen=True)
class Reading:
    """A photograph as one reader sees it."""

    record: record.Record
    access: rights.Access
    image_id: int


def accession(
    actor: Actor, unit: Unit, draft: Draft, files: Sequence[FileDraft] = (), *, reason: str = ""
) -> Image:
    """Take a photograph into a unit, with what is known of it and its files.

    Joins an open change set, so that a batch is one. Raises Refused for a file that is already
    the master of a photograph.
    """
    with history.change(actor, "accession", reason=reason):
        session = db.session()
        last = session.scalar(select(func.max(Image.position)).where(Image.unit_id == unit.id))
        image = Image(unit_id=unit.id, position=(last or 0) + 1, **statements.image_values(draft))
        session.add(image)
        session.flush()
        statements.write(session, image, draft)
        add_files(session, image, files)
        return image


def add_files(session: Session, image: Image, files: Sequence[FileDraft]) -> list[Asset]:
    """Give an image its files, in the open change set; the first recto represents it."""
    known = session.scalar(
        select(func.count()).select_from(Asset).where(Asset.image_id == image.id)
    )
    made = []
    for number, file in enumerate(files):
        made.append(_add_file(session, image, file, (known or 0) + number))
    if made and not known:
        first = next((asset for asset in made if asset.side == "recto"), made[0])
        first.representative = True
        session.flush()
    return made


def _add_file(session: Session, image: Image, file: FileDraft, position: int) -> Asset:
    kept = file.kept
    if session.scalar(select(Asset.id).where(Asset.sha256 == kept.sha256)):
        raise Refused("file_already_known", filename=file.filename)
    storage.record(session, kept)
    asset = Asset(
        image_id=image.id,
        position=position,
        sha256=kept.sha256,
        bytes=kept.bytes,
        side=file.side,
        role=file.role,
        filename=file.filename,
        mime=file.mime,
        width=file.width,
        height=file.height,
        digital_source_type=file.digital_source_type,
        digitised=file.digitised,
    )
    session.add(asset)
    session.flush()
    session.add(Picture(asset_id=asset.public_id, image_id=image.id, sha256=kept.sha256))
    if file.probe and session.get(RawMetadata, kept.sha256) is None:
        session.add(RawMetadata(sha256=kept.sha256, probe=file.probe, blocks=file.blocks))
    return asset


def describe(
    actor: Actor,
    image: Image,
    draft: Draft,
    *,
    based_on: int,
    reason: str = "",
    known: Draft | None = None,
) -> Image:
    """Replace what is said of a photograph by the draft.

    `known` is a draft of that version: what is the same in both is not compared again. Raises
    Stale for an outdated version, NotFound for a photograph that is there no more.
    """
    key = inspect(image).identity  # the row itself may be gone
    with history.change(actor, "describe", reason=reason):
        session = db.session()
        current = session.get(Image, key, with_for_update=True)
        if current is None:
            raise NotFound(str(key))
        if current.version != based_on:
            raise Stale(based_on, current.version)
        rows.write(session, restating.edits(session, {current.id: Wish(draft, known)}))
        return current


def supplement(actor: Actor, image: Image, draft: Draft, *, reason: str = "") -> Image:
    """Add what a draft says to what is said already; its rights replace where they speak."""
    with history.change(actor, "supplement", reason=reason):
        session = db.session()
        current = session.get_one(Image, image.id, with_for_update=True)
        for name, value in asdict(draft.rights).items():
            if value:
                setattr(current, name, value)
        statements.write(session, current, draft)
        return current


def submit_for_review(actor: Actor, image: Image) -> Image:
    """Hand a draft to a second pair of eyes."""
    return _enter(actor, image, "in_review", "submit_for_review")


def publish(actor: Actor, image: Image) -> Image:
    """Make a photograph public. Raises NotReady with what the rules miss (describe.md 1.7)."""
    with history.change(actor, "publish"):
        missing = missing_for_publication(db.session(), image, actor)
        if missing:
            raise NotReady(missing)
        current = _enter(actor, image, "published", "publish")
        current.published_at = current.published_at or db.now()
        current.withdrawn_reason = ""
        return current


def unpublish(actor: Actor, image: Image) -> Image:
    """Take a photograph back into work; for readers it never was."""
    return _enter(actor, image, "draft", "unpublish")


def withdraw(actor: Actor, image: Image, *, reason_class: str, reason: str = "") -> Image:
    """Withdraw a published photograph for good: its address answers 410 with the reason class."""
    if reason_class not in WITHDRAWAL_REASONS:
        raise Refused("unknown_reason", reason=reason_class)
    with history.change(actor, "withdraw", reason=reason):
        current = _enter(actor, image, "withdrawn", "withdraw")
        current.withdrawn_reason = reason_class
        return current


def _enter(actor: Actor, image: Image, state: str, verb: str) -> Image:
    with history.change(actor, verb):
        current = db.session().get_one(Image, image.id, with_for_update=True)
        current.state = state
        return current


def missing_for_publication(
    session: Session, image: Image, actor: Actor | None = None
) -> list[str]:
    """What a photograph still needs: a title, a date, a creator, rights; codes for a sentence.

    With an actor also "four_eyes", where the archive wants somebody else than who described it.
    """
    session.flush()
    own = record.own(session, [image.id])[image.id]
    lacking = lacks(own, record.path_of(session, image.unit_id))
    seen = actor is None or seen_by_another(session, image.id, actor)
    return [*lacking, *([] if seen else ["four_eyes"])]


def lacks(own: record.Record, units: Sequence[Unit]) -> list[str]:
    """What a record below these units still needs before it may be public, as codes."""
    title = own["title"] or record.composed_title(own["frame"], units[-1])
    above = record.inherit("rights", own["rights"], units)
    return needs({**own, "title": title, "rights": above})


def needs(whole: record.Record) -> list[str]:
    """What a record, inheritance joined, still needs before it may be public; the same codes."""
    creators = [agent for agent in whole["agents"] if agent["role"] in record.CREATORS]
    dated = [entry for entry in whole["dates"] if entry["role"] == "created"]
    rules = {
        "title": bool(whole["title"]),
        "date": bool(dated) or whole["undated"],
        "creator": bool(creators) or whole["creator_unknown"],
        "rights": bool(whole["rights"]["statement"]),
    }
    return [name for name, kept in rules.items() if not kept]


def seen_by_another(session: Session, image_id: int, actor: Actor) -> bool:
    """Whether this person may publish what somebody described: anybody, unless `four_eyes` holds.

    The archive itself (a job, a command) is nobody's second pair of eyes and is not asked.
    """
    if actor.person_id is None or not settings.current().four_eyes:
        return True
    last = (
        select(ChangeSet.actor_id)
        .join(Change, Change.change_set_id == ChangeSet.id)
        .where(Change.subject_kind == "image", Change.subject_id == image_id)
        .where(ChangeSet.action.not_in(OF_STATE))
        .order_by(Change.seq.desc())
    )
    return session.scalars(last.limit(1)).first() != actor.person_id


def image_by_id(session: Session, public_id: str) -> Image:
    """The image behind a public identifier, for those who work on it. Raises NotFound."""
    image = session.scalars(select(Image).where(Image.public_id == public_id)).first()
    if image is None:
        raise NotFound(public_id)
    return image


def read(public_id: str, actor: Actor) -> Reading:
    """A photograph as this reader may see it. Raises NotFound, Gone or Moved."""
    session = db.session()
    found = session.execute(_READ, {"public_id": public_id}).first()
    if found is None:
        raise NotFound(public_id)
    image, own, access = found
    if actor.is_staff:
        return Reading(record.complete(session, image, own), access, image.id)
    if image.state == "withdrawn" and image.published_at is not None:
        raise _gone(session, image)
    if not _is_shown(access):
        raise NotFound(public_id)
    return Reading(record.public(record.complete(session, image, own)), access, image.id)


def _gone(session: Session, image: Image) -> Gone:
    """Where a photograph went; one that is hidden now is not led to."""
    if image.merged_into_id is None:
        return Gone(image.withdrawn_reason)
    stays = joining.survivor(session, image)
    access = rights.of_image(session, stays.id)
    shown = access is not None and _is_shown(access)
    return Moved(stays.public_id) if shown else Gone(image.withdrawn_reason)


def _is_shown(access: rights.Access) -> bool:
    return bool(access.public) and not rights.expired(access, projection.today())


def records_of(session: Session, image_ids: Sequence[int]) -> Iterable[Reading]:
    """The staff records of many images, for the index and for exports."""
    rows = session.execute(_RECORDS.where(Image.id.in_(image_ids)).order_by(Image.id))
    for image, own, access in rows:
        yield Reading(record.complete(session, image, own), access, image.id)


def keys_of(session: Session, public_ids: Sequence[str]) -> dict[str, int]:
    """The keys behind public identifiers. Raises NotFound for one that nothing has."""
    chosen = select(Image.public_id, Image.id).where(Image.public_id.in_(public_ids))
    found = {row.public_id: row.id for row in session.execute(chosen)}
    for public_id in public_ids:
        if public_id not in found:
            raise NotFound(public_id)
    return found


def own_records(session: Session, image_ids: Collection[int]) -> dict[int, record.Record]:
    """What these photographs themselves state, by key."""
    chosen = select(RecordRow.image_id, RecordRow.own).where(RecordRow.image_id.in_(image_ids))
    return {row.image_id: row.own for row in session.execute(chosen)}


def own_record(session: Session, image: Image) -> record.Record:
    """What a photograph itself states, before anything is inherited."""
    return session.get_one(RecordRow, image.id).own


def decide(session: Session, image: Image, use: str, *, staff: bool = False) -> rights.Decision:
    """Ask the one policy about one photograph, here and today."""
    row = session.get_one(RecordRow, image.id)
    context = projection.context(staff=staff)
    return rights.decide(projection.facts(session, image, row.own), use, context)


def authority_page(session: Session, model: Any, public_id: str) -> Any:
    """A person, place, event or term by its public identifier. Raises NotFound."""
    found = session.scalars(select(model).where(model.public_id == public_id)).first()
    if found is None:
        raise NotFound(public_id)
    return found


fold = authorities.fold
add_unit, edit_unit = arrangement.add_unit, arrangement.edit_unit
unit_by_ref = arrangement.unit_by_ref
