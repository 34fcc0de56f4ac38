"""The catalogue written out: what holds now, without history, caches or running numbers.

Two archives that say the same write the same, byte for byte; so a backup, a migration or
a catalogue made again from its masters can be compared with what was there. The invariant: every
list has an order that follows from what is in it, and nothing depends on when it was written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive import rights
from archive.catalogue import record
from archive.catalogue.models import (
    Agent,
    Concept,
    ConceptScheme,
    Event,
    Image,
    ImageAgent,
    ImageConcept,
    ImageEvent,
    ImagePlace,
    Place,
    RecordRow,
    Unit,
)

CHUNK = 500
Chosen = TypeVar("Chosen", bound="Select[*tuple[Any, ...]]")
NAMED: dict[str, tuple[Any, Any, Any]] = {
    "people": (Agent, ImageAgent, ImageAgent.agent_id),
    "places": (Place, ImagePlace, ImagePlace.place_id),
    "events": (Event, ImageEvent, ImageEvent.event_id),
    "terms": (Concept, ImageConcept, ImageConcept.concept_id),
}
ACCESS = ("public", "max_px", "download_px", "licensable", "statement", "valid_until")
INSIDE = {"id", "key", "version"}  # counts and search keys that mean nothing outside
REFERENCES = ("parent_id", "place_id", "broader_id", "merged_into_id")
_schemes = select(ConceptScheme).order_by(ConceptScheme.code)


def parts(session: Session, below: Collection[int] | None = None) -> dict[str, Iterator[Any]]:
    """Everything by name: units, people, places, events, vocabularies, terms, photographs.

    `below` limits it to some units and what belongs to the photographs in them.
    """
    named = {name: _named(session, name, below) for name in NAMED}
    schemes = (_columns(row) for row in session.scalars(_schemes))
    return {
        "units": _units(session, below),
        **named,
        "vocabularies": schemes,
        "photographs": photographs(session, below),
    }


def photographs(session: Session, below: Collection[int] | None = None) -> Iterator[dict[str, Any]]:
    """The photographs in order of their identifiers, each with what it inherits and its access."""
    chosen = _within(select(Image.public_id, Image.id), below)
    keys = [key for _, key in sorted((name, key) for name, key in session.execute(chosen))]
    _held = session.scalars(select(Unit)).all()  # kept while we work, so that none is read twice
    for start in range(0, len(keys), CHUNK):
        rows = session.execute(
            select(Image, RecordRow.own, rights.Access)
            .join(RecordRow, RecordRow.image_id == Image.id)
            .join(rights.Access, rights.Access.image_id == Image.id)
            .where(Image.id.in_(keys[start : start + CHUNK]))
        )
        for image, own, access in sorted(rows, key=lambda row: row[0].public_id):
            yield _photograph(session, image, own, access)


def line(value: dict[str, Any]) -> str:
    """One object as one line, its keys in order."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def _photograph(
    session: Session, image: Image, own: record.Record, access: rights.Access
) -> dict[str, Any]:
    units = record.path_of(session, image.unit_id)
    return {
        **own,
        "path": [unit.ref_code for unit in units],
        "position": image.position,
        "rights": record.inherit("rights", own["rights"], units),
        "provenance": record.inherit("provenance", own["provenance"], units),
        "access": {name: getattr(access, name) for name in ACCESS},
    }


def _units(session: Session, below: Collection[int] | None) -> Iterator[dict[str, Any]]:
    """Units by reference code; above those asked for stand the ones they inherit from."""
    units = {unit.id: unit for unit in session.scalars(select(Unit))}
    if below is None:
        kept = set(units)
    else:
        kept = {above.id for key in below for above in record.path_of(session, key)}
    for unit in sorted((units[key] for key in kept), key=lambda unit: unit.ref_code):
        parent = units[unit.parent_id].ref_code if unit.parent_id else ""
        yield {**_columns(unit), "parent": parent}


def _named(session: Session, name: str, below: Collection[int] | None) -> Iterator[dict[str, Any]]:
    model, link, key = NAMED[name]
    chosen = select(model)
    if below is not None:
        linked = _within(select(key).join(Image, Image.id == link.image_id), below)
        chosen = chosen.where(model.id.in_(linked))
    for row in sorted(session.scalars(chosen), key=lambda row: row.public_id):
        others = {name: _other(session, model, row, name) for name in REFERENCES}
        yield {**_columns(row), **{name[:-3]: other for name, other in others.items() if other}}


def _other(session: Session, model: Any, row: Any, column: str) -> str:
    """The identifier of what an authority refers to, or nothing."""
    key = getattr(row, column, None)
    if key is None:
        return ""
    other: Any = session.get_one(Place if column == "place_id" else model, key)
    return str(other.public_id)


def _within(chosen: Chosen, below: Collection[int] | None) -> Chosen:
    return chosen if below is None else chosen.where(Image.unit_id.in_(below))


def _columns(row: Any) -> dict[str, Any]:
    """What a row says itself; its identifier is the public one."""
    columns = [c.key for c in row.__table__.columns if c.key not in INSIDE and not c.foreign_keys]
    said = {name: getattr(row, name) for name in columns}
    said["id"] = said.pop("public_id")
    return said
