"""New words for a photograph that the archive has already: what is new in them, and deciding.

A second delivery never overwrites: what it says beyond the first becomes a `Proposal`. Words that
were once said and then corrected are not new, so a corrected caption is not proposed again. The
invariant: accepting a proposal adds what it showed, as one change set that can be undone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import (
    CaptionDraft,
    CarrierDraft,
    DateDraft,
    Draft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)
from archive.catalogue.models import (
    Agent,
    CaptionStatement,
    Carrier,
    Concept,
    DateStatement,
    Image,
    ImageAgent,
    ImageConcept,
    ImageIdentifier,
    ImagePlace,
    Place,
)
from archive.history import Actor
from archive.ingest.models import Proposal

Entry = TypeVar("Entry")
fold = catalogue.fold


def digest(draft: Draft) -> str:
    """The same words have the same digest."""
    text = json.dumps(as_json(draft), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def as_json(draft: Draft) -> dict[str, Any]:
    """A draft without what it is silent about."""
    return {name: value for name, value in asdict(draft).items() if value}


def from_json(stored: dict[str, Any]) -> Draft:
    """The draft that `as_json` wrote."""
    kinds: dict[str, Callable[..., Any]] = {
        "captions": CaptionDraft, "dates": DateDraft, "agents": LinkDraft, "places": LinkDraft,
        "events": LinkDraft, "subjects": LinkDraft, "identifiers": IdentifierDraft,
        "carriers": CarrierDraft,
    }  # fmt: skip
    values: dict[str, Any] = {}
    for name, value in stored.items():
        if name in kinds:
            values[name] = [kinds[name](**entry) for entry in value]
        else:
            values[name] = Rights(**value) if name == "rights" else value
    return Draft(**values)


def news(session: Session, image: Image, draft: Draft) -> Draft | None:
    """What the draft says that was never said of the image; None when there is nothing."""
    new = Draft(
        captions=_new(draft.captions, _captions(session, image), lambda c: fold(c.text)),
        dates=_new(draft.dates, _dates(session, image), lambda d: f"{d.role} {fold(d.display)}"),
        agents=_new(draft.agents, _agents(session, image), _agent_key),
        places=_new(draft.places, _places(session, image), lambda p: fold(p.name) or p.name),
        subjects=_new(draft.subjects, _subjects(session, image), lambda s: fold(s.name)),
        identifiers=_new(draft.identifiers, _identifiers(session, image), lambda i: i.value),
        carriers=[] if not draft.carriers else _new_carriers(session, image, draft.carriers),
        rights=_new_rights(image, draft.rights),
    )
    for caption in new.captions:
        caption.preferred = False
    for entry in new.dates:
        entry.preferred = False
    return new if as_json(new) != as_json(Draft()) else None


def accept(actor: Actor, proposal: Proposal) -> Image:
    """Add what was proposed to the photograph."""
    with history.change(actor, "accept_proposal", reason=proposal.path):
        session = db.session()
        image = session.get_one(Image, proposal.image_id)
        catalogue.supplement(actor, image, from_json(proposal.draft))
        _decide(session, actor, proposal, "accepted")
        return image


def reject(actor: Actor, proposal: Proposal) -> None:
    """Leave the photograph as it is; the same words will not be proposed again."""
    with db.transaction() as session:
        _decide(session, actor, proposal, "rejected")


def _decide(session: Session, actor: Actor, proposal: Proposal, state: str) -> None:
    current = session.get_one(Proposal, proposal.id)
    current.state, current.decided_at, current.decided_by = state, db.now(), actor.person_id


def _new(wanted: Iterable[Entry], said: set[str], key: Callable[[Entry], str]) -> list[Entry]:
    return [entry for entry in wanted if key(entry) not in said]


def _captions(session: Session, image: Image) -> set[str]:
    """All words ever said, those taken back or corrected included."""
    texts = select(CaptionStatement.text).where(CaptionStatement.image_id == image.id)
    return {fold(text) for text in session.scalars(texts)}


def _dates(session: Session, image: Image) -> set[str]:
    rows = session.scalars(select(DateStatement).where(DateStatement.image_id == image.id))
    return {f"{row.role} {fold(row.display)}" for row in rows}


def _agent_key(link: LinkDraft) -> str:
    return f"{link.role or 'creator'} {_name_key(link.name)}"


def _name_key(name: str) -> str:
    return " ".join(sorted(fold(name).split()))


def _agents(session: Session, image: Image) -> set[str]:
    linked = session.execute(
        select(ImageAgent.role, Agent.name, Agent.names)
        .join(Agent, Agent.id == ImageAgent.agent_id)
        .where(ImageAgent.image_id == image.id)
    )
    return {f"{role} {_name_key(form)}" for role, name, names in linked for form in (name, *names)}


def _places(session: Session, image: Image) -> set[str]:
    linked = select(Place).join(ImagePlace).where(ImagePlace.image_id == image.id)
    return {
        fold(form) or form
        for place in session.scalars(linked)
        for form in (*place.name.values(), *place.then.values(), *place.names)
    }


def _subjects(session: Session, image: Image) -> set[str]:
    linked = select(Concept).join(ImageConcept).where(ImageConcept.image_id == image.id)
    return {
        fold(form)
        for concept in session.scalars(linked)
        for form in (*concept.label.values(), *concept.names)
    }


def _identifiers(session: Session, image: Image) -> set[str]:
    found = select(ImageIdentifier.value).where(ImageIdentifier.image_id == image.id)
    return set(session.scalars(found))


def _new_carriers(session: Session, image: Image, wanted: list[CarrierDraft]) -> list[CarrierDraft]:
    rows = session.scalars(select(Carrier).where(Carrier.image_id == image.id))
    said = {(row.technique, row.format, row.location) for row in rows}
    return [
        entry for entry in wanted if (entry.technique, entry.format, entry.location) not in said
    ]


def _new_rights(image: Image, wanted: Rights) -> Rights:
    """The values that differ from the photograph's own."""
    new = Rights()
    for column in fields(Rights):
        value = getattr(wanted, column.name)
        if value and value != getattr(image, column.name):
            setattr(new, column.name, value)
    return new
