"""People, places, events and terms: found by any of their names, made when nobody has them yet.

A name is compared by its key: folded case, no accents; the words of a person's name in any order,
so that "Nagy Imre", "Imre Nagy" and "Nagy, Imre" are one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.drafts import LinkDraft
from archive.catalogue.models import Agent, Concept, Event, Place

Named = TypeVar("Named", Place, Event)
Authority = TypeVar("Authority", Agent, Place, Event, Concept)
_LIFE_DATES = re.compile(r",?\s*\(?\b\d{4}\s*[-–]\s*(\d{4})?\)?\.?$")


class UnknownAuthority(Exception):
    """A link names an identifier that nothing has."""

    def __init__(self, kind: str, public_id: str) -> None:
        super().__init__(f"there is no {kind} with the identifier {public_id}")
        self.kind, self.public_id = kind, public_id


def fold(text: str) -> str:
    """Lower case without accents, words separated by one space: how names are compared."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare))


def agent_key(name: str) -> str:
    return " ".join(sorted(fold(_LIFE_DATES.sub("", name)).split()))


def agent(session: Session, link: LinkDraft) -> Agent:
    """The agent a link means, found by identifier or name, else made."""
    if link.target:
        return _by_id(session, Agent, "agent", link.target)
    key = agent_key(link.name) or link.name
    found = session.scalars(select(Agent).where(Agent.key == key).limit(1)).first()
    if found is None:
        found = Agent(name=link.name, key=key, kind=link.kind or "person")
        _keep(session, found)
    return found


def place(session: Session, link: LinkDraft) -> Place:
    if link.target:
        return _by_id(session, Place, "place", link.target)
    return _named(session, Place, link, lat=link.lat, lon=link.lon)


def event(session: Session, link: LinkDraft) -> Event:
    if link.target:
        return _by_id(session, Event, "event", link.target)
    return _named(session, Event, link)


def concept(session: Session, link: LinkDraft) -> Concept:
    """A term of the scheme named by `link.kind` ("subject" when silent)."""
    if link.target:
        return _by_id(session, Concept, "concept", link.target)
    scheme = link.kind or "subject"
    found = session.scalars(
        select(Concept).where(Concept.key == fold(link.name), Concept.scheme == scheme).limit(1)
    ).first()
    if found is None:
        found = Concept(scheme=scheme, label={"und": link.name}, key=fold(link.name))
        _keep(session, found)
    return found


def _by_id(session: Session, model: type[Authority], kind: str, public_id: str) -> Authority:
    found = session.scalars(select(model).where(model.public_id == public_id)).first()
    if found is None:
        raise UnknownAuthority(kind, public_id)
    return found


def _named(session: Session, model: type[Named], link: LinkDraft, **values: Any) -> Named:
    key = fold(link.name) or link.name
    found = session.scalars(select(model).where(model.key == key).limit(1)).first()
    if found is None:
        found = model(name={"und": link.name}, key=key, **values)
        _keep(session, found)
    return found


def _keep(session: Session, made: Any) -> None:
    session.add(made)
    session.flush()
