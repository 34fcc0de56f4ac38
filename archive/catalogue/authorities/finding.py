"""People, places, events and terms: found by any of their names, made when nobody has them yet.

A preferred name counts before another one; another name counts when only one authority has it.
What was merged into another, or replaced, leads to what holds now.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.authorities.kinds import KINDS, Kind
from archive.catalogue.authorities.lookup import having
from archive.catalogue.authorities.names import agent_key, all_names, fold
from archive.catalogue.drafts import LinkDraft
from archive.catalogue.models import Agent, Concept, Event, Place
from archive.history.rows import chunks


class UnknownAuthority(Exception):
    """A link names an identifier that nothing has."""

    def __init__(self, kind: str, public_id: str) -> None:
        super().__init__(f"there is no {kind} with the identifier {public_id}")
        self.kind, self.public_id = kind, public_id


def agent(session: Session, link: LinkDraft) -> Agent:
    """The agent a link means, found by identifier or name, else made."""
    found: Agent | None = _meant(session, KINDS["agent"], link, agent_key)
    if found is None:
        key = agent_key(link.name) or link.name
        found = _keep(session, Agent(name=link.name, key=key, kind=link.kind or "person"))
    return found


def place(session: Session, link: LinkDraft) -> Place:
    found: Place | None = _meant(session, KINDS["place"], link)
    if found is None:
        key = fold(link.name) or link.name
        found = _keep(session, Place(name={"und": link.name}, key=key, lat=link.lat, lon=link.lon))
    return found


def event(session: Session, link: LinkDraft) -> Event:
    found: Event | None = _meant(session, KINDS["event"], link)
    if found is None:
        key = fold(link.name) or link.name
        found = _keep(session, Event(name={"und": link.name}, key=key))
    return found


def concept(session: Session, link: LinkDraft) -> Concept:
    """A term of the scheme named by `link.kind` ("subject" when silent)."""
    scheme = link.kind or "subject"
    found: Concept | None = _meant(session, KINDS["concept"], link, scheme=scheme)
    if found is None:
        label, key = {"und": link.name}, fold(link.name) or link.name
        found = _keep(session, Concept(scheme=scheme, label=label, key=key))
    return found


def by_id(session: Session, kind: Kind, public_id: str) -> Any:
    """The authority with a public identifier, or None; a merged one is its survivor."""
    found = session.scalars(select(kind.model).where(kind.model.public_id == public_id)).first()
    return survivor(session, found) if found else None


def keys_of(session: Session, kind: Kind, public_ids: Collection[str]) -> dict[str, int]:
    """The keys of authorities by public identifier, survivors for merged ones; unknown absent."""
    model, found = kind.model, {}
    for chunk in chunks(public_ids):
        for row in session.scalars(select(model).where(model.public_id.in_(chunk))):
            found[row.public_id] = int(survivor(session, row).id)
    return found


def by_name(
    session: Session,
    kind: Kind,
    name: str,
    fold_name: Callable[[str], str] = fold,
    scheme: str = "",
) -> Any:
    """The authority that a name means, or None."""
    model, key = kind.model, fold_name(name) or name
    query = select(model).where(model.key == key).order_by(model.id).limit(1)
    if scheme:
        query = query.where(Concept.scheme == scheme)
    found = session.scalars(query).first()
    if found is not None:
        return survivor(session, found)
    others = [
        row
        for row in having(session, kind, name, scheme)
        if key in {fold_name(known) for known in all_names(row)}
    ]
    return others[0] if len(others) == 1 else None


def survivor(session: Session, row: Any) -> Any:
    """What an authority was merged into or replaced by in the end, else itself."""
    seen = {row.id}
    while row.merged_into_id is not None and row.merged_into_id not in seen:
        row = session.get_one(type(row), row.merged_into_id)
        seen.add(row.id)
    return row


def _meant(
    session: Session,
    kind: Kind,
    link: LinkDraft,
    fold_name: Callable[[str], str] = fold,
    scheme: str = "",
) -> Any:
    if not link.target:
        return by_name(session, kind, link.name, fold_name, scheme)
    found = by_id(session, kind, link.target)
    if found is None:
        raise UnknownAuthority(kind.name, link.target)
    return found


def _keep(session: Session, made: Any) -> Any:
    session.add(made)
    session.flush()
    return made
