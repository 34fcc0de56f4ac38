"""The verbs of the authority file: add, edit and take out one person, place, event or term.

Values are columns of the table. What follows from them (key, all names, the name of 1956) is
worked out here, so that no two columns can disagree. The invariants: a preferred name, no circle
of broader ones, dates in EDTF, identifiers in the shape of their file.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import dates, db, history
from archive.catalogue.authorities.finding import survivor
from archive.catalogue.authorities.identifiers import FILES, NotAnIdentifier
from archive.catalogue.authorities.kinds import KINDS, Kind
from archive.catalogue.authorities.names import Row, key_of, preferred_names
from archive.catalogue.authorities.redirecting import redirect
from archive.catalogue.authorities.references import is_used
from archive.catalogue.authorities.validity import then
from archive.catalogue.models import Concept, Place
from archive.catalogue.refusals import NotFound, Refused, Stale
from archive.history import Actor

ABOVE = {"place": "parent_id", "event": "parent_id", "concept": "broader_id"}
DATES = {"agent": "dates", "event": "edtf"}


def add(actor: Actor, kind: Kind, values: dict[str, Any], *, reason: str = "") -> Any:
    """Add an authority. Raises Refused for values that cannot hold."""
    with history.change(actor, "add_authority", reason=reason):
        row = kind.model()
        write(db.session(), row, values)
        db.session().add(row)
        db.session().flush()
        return row


def edit(actor: Actor, row: Row, values: dict[str, Any], *, based_on: int, reason: str = "") -> Any:
    """Change columns of an authority. Raises Stale for an outdated version, Refused.

    Photographs of a term that gets a replacement have the replacement from now on.
    """
    with history.change(actor, "edit_authority", reason=reason):
        session = db.session()
        current: Any = session.get_one(type(row), row.id, with_for_update=True)
        if current.version != based_on:
            raise Stale(based_on, current.version)
        replaced_by = current.merged_into_id
        write(session, current, values)
        session.flush()
        if current.merged_into_id not in (None, replaced_by):
            redirect(session, current, session.get_one(type(row), current.merged_into_id))
        return current


def remove(actor: Actor, row: Row, *, reason: str = "") -> None:
    """Take out an authority that nothing refers to. Raises Refused."""
    with history.change(actor, "remove_authority", reason=reason):
        session = db.session()
        current: Any = session.get_one(type(row), row.id, with_for_update=True)
        if is_used(session, current):
            raise Refused("authority_in_use")
        session.delete(current)
        session.flush()


def read(session: Session, kind: str, public_id: str) -> Any:
    """An authority by its public identifier, merged or not. Raises NotFound."""
    model = KINDS[kind].model
    found = session.scalars(select(model).where(model.public_id == public_id)).first()
    if found is None:
        raise NotFound(public_id)
    return found


def namesakes(session: Session, kind: Kind, row: Row) -> list[Any]:
    """Others whose preferred name has the same key, in the same scheme."""
    model = kind.model
    query = select(model).where(model.key == key_of(row), model.merged_into_id.is_(None))
    if isinstance(row, Concept):
        query = query.where(Concept.scheme == row.scheme)
    return [found for found in session.scalars(query.order_by(model.id)) if found is not row]


def write(session: Session, row: Any, values: dict[str, Any]) -> None:
    """Set the values, then what follows from them, then see whether all this can hold."""
    for name, value in values.items():
        setattr(row, name, value)
    row.names, row.forms = list(row.names or []), list(row.forms or [])
    if not next(preferred_names(row), ""):
        raise Refused("name_missing")
    _check_dates(row)
    _check_identifiers(row)
    _check_above(session, row)
    if isinstance(row, Place):
        _check_point(row)
        row.then = then(row.forms, row.name) or row.then or {}
    if isinstance(row, Concept):
        _check_replacement(session, row)
    row.names = list(dict.fromkeys([*row.names, *(form["text"] for form in row.forms)]))
    row.key = key_of(row)


def _check_dates(row: Any) -> None:
    claimed = [(form["valid"], form["text"]) for form in row.forms]
    column = DATES.get(row.__tablename__, "")
    claimed.append((getattr(row, column, None) or "", ""))
    for text, name in claimed:
        if text and not dates.read_edtf(text).ok:
            raise Refused("date_unread", text=text, name=name)


def _check_identifiers(row: Any) -> None:
    for code, text in (row.identifiers or {}).items():
        if code not in FILES:
            continue
        try:
            bare = FILES[code].clean(text)
        except NotAnIdentifier as error:
            raise Refused("identifier_unread", file=error.file.label, text=text) from error
        if bare != text:
            raise Refused("identifier_unread", file=FILES[code].label, text=text)


def _check_above(session: Session, row: Any) -> None:
    """Walk up: whoever meets themselves goes in a circle."""
    column = ABOVE.get(row.__tablename__)
    above = getattr(row, column) if column else None
    seen = {row.id} if row.id else set()
    while above is not None:
        if above in seen:
            raise Refused("goes_in_a_circle")
        seen.add(above)
        found = session.get_one(type(row), above)
        if isinstance(row, Concept) and found.scheme != row.scheme:
            raise Refused("another_scheme", scheme=found.scheme)
        above = getattr(found, str(column))


def _check_point(row: Place) -> None:
    if (row.lat is None) != (row.lon is None):
        raise Refused("half_a_point")
    if row.lat is not None and not (-90 <= row.lat <= 90 and -180 <= (row.lon or 0) <= 180):
        raise Refused("point_out_of_range", lat=row.lat, lon=row.lon)
    if row.uncertainty_m is not None and row.uncertainty_m < 0:
        raise Refused("point_out_of_range", lat=row.lat, lon=row.lon)


def _check_replacement(session: Session, row: Concept) -> None:
    if row.state != "deprecated" and row.merged_into_id is not None:
        raise Refused("replaced_but_not_deprecated")
    if row.merged_into_id is not None:
        replaced_by = survivor(session, session.get_one(Concept, row.merged_into_id))
        if replaced_by.id == row.id or replaced_by.state == "deprecated":
            raise Refused("replacement_is_deprecated")
