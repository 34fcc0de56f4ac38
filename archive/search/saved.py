"""Saved searches: what somebody keeps to come back to, and to be told of what is new in it.

They belong to an account and go with it; history does not know them. Here they are kept, named and
removed; `alerts` writes the letters. The invariants: nobody reaches a search of somebody else; an
alert that begins knows what was there before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import db
from archive.history import Actor
from archive.search import watching
from archive.search.models import SavedSearch
from archive.settings import current

ALERTS = ("never", "daily", "weekly")
NAME_CHARS = 200
QUERY_CHARS = 4000


class NotKept(Exception):
    """A search is not saved; `code` says why: full (`most` are kept already), long."""

    def __init__(self, code: str, most: int = 0) -> None:
        super().__init__(code)
        self.code, self.most = code, most


def save(actor: Actor, query: str, *, name: str, alert: str = "never") -> SavedSearch:
    """Keep a search; one that is kept already gets the name and the alert. Raises NotKept."""
    if len(query) > QUERY_CHARS:
        raise NotKept("long", QUERY_CHARS)
    digest = hashlib.sha256(query.encode()).hexdigest()
    seen = watching.seen_by(query, actor) if alert != "never" else None
    with db.transaction() as session:
        same = SavedSearch.person_id == actor.person_id, SavedSearch.digest == digest
        found = session.scalars(select(SavedSearch).where(*same)).first()
        if found is None:
            _check_room(session, actor)
            found = SavedSearch(
                person_id=actor.person_id, query=query, digest=digest, alert="never"
            )
            session.add(found)
        _say(found, name, alert, seen)
        session.flush()
        return found


def settle(actor: Actor, public_id: str, *, name: str, alert: str) -> SavedSearch:
    """Rename a search and say how often to tell of it. Raises LookupError."""
    query = of_id(db.session(), actor, public_id).query
    seen = watching.seen_by(query, actor) if alert != "never" else None
    with db.transaction() as session:
        found = of_id(session, actor, public_id)
        _say(found, name, alert, seen)
        return found


def remove(actor: Actor, public_id: str) -> None:
    """Raises LookupError."""
    with db.transaction() as session:
        session.delete(of_id(session, actor, public_id))


def stop(public_id: str) -> SavedSearch:
    """No more letters about a search, whoever asks: its link is the proof. Raises LookupError."""
    with db.transaction() as session:
        found = any_of_id(session, public_id)
        found.alert, found.told = "never", []
        return found


def of_person(session: Session, actor: Actor) -> Sequence[SavedSearch]:
    """The searches of somebody, by their names."""
    mine = select(SavedSearch).where(SavedSearch.person_id == actor.person_id)
    return session.scalars(mine.order_by(func.lower(SavedSearch.name), SavedSearch.id)).all()


def of_id(session: Session, actor: Actor, public_id: str) -> SavedSearch:
    """Raises LookupError, also for one that belongs to somebody else."""
    found = any_of_id(session, public_id)
    if actor.person_id is None or found.person_id != actor.person_id:
        raise LookupError(public_id)
    return found


def any_of_id(session: Session, public_id: str) -> SavedSearch:
    """Raises LookupError."""
    wanted = select(SavedSearch).where(SavedSearch.public_id == public_id)
    found = session.scalars(wanted).first()
    if found is None:
        raise LookupError(public_id)
    return found


def _check_room(session: Session, actor: Actor) -> None:
    most = current().saved_searches_most
    mine = select(func.count()).where(SavedSearch.person_id == actor.person_id)
    if (session.scalar(mine) or 0) >= most:
        raise NotKept("full", most)


def _say(found: SavedSearch, name: str, alert: str, seen: watching.Seen | None) -> None:
    """Name and alert; an alert that begins now tells of what comes from now on."""
    found.name = " ".join(name.split())[:NAME_CHARS]
    if alert != "never" and found.alert == "never":
        found.watched_at = db.now()
        found.told, found.whole = (list(seen.ids), seen.whole) if seen else ([], False)
    found.alert = alert
