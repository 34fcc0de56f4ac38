"""Writing the starter authority file down, into an empty archive or one that has names already.

The invariant: what is there under the same name is filled where it is empty and otherwise left as
it is, so that a second run changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history
from archive.catalogue.authorities import KINDS, Kind, keeping, survivor
from archive.catalogue.authorities.names import agent_key, fold
from archive.catalogue.models import Agent, Concept
from archive.demo.starter import model
from archive.demo.starter.events import EVENTS
from archive.demo.starter.people import PEOPLE
from archive.demo.starter.places import PLACES
from archive.demo.starter.terms import CONCEPTS
from archive.history import Actor

Keys = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """How many were made, filled, and left as they were; `keys` leads to each by kind and key."""

    new: int
    filled: int
    unchanged: int
    keys: dict[str, str]


def load(actor: Actor, agents: tuple[model.Agent, ...] = ()) -> Outcome:
    """Write the starter file down, and what agents are given beside it; one change set."""
    told: list[str] = []
    rows: Keys = {}
    with history.change(actor, "load_starter"):
        session = db.session()
        for kind, key, values in _entries(agents, rows):
            row, outcome = _write(session, KINDS[kind], values)
            rows[f"{kind}:{key}"] = row
            told.append(outcome)
    return Outcome(
        new=told.count("new"),
        filled=told.count("filled"),
        unchanged=told.count("unchanged"),
        keys={key: row.public_id for key, row in rows.items()},
    )


def _entries(
    agents: tuple[model.Agent, ...], rows: Keys
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(kind, key, columns), each after those it refers to."""
    for place in _parents_first(PLACES):
        yield "place", place.key, _place(place, rows)
    for event in _parents_first(EVENTS):
        yield "event", event.key, _event(event, rows)
    for agent in (*PEOPLE, *agents):
        yield "agent", agent.key, _agent(agent)
    for concept in CONCEPTS:
        yield "concept", concept.key, _concept(concept, rows)


def _parents_first(entries: tuple[Any, ...]) -> list[Any]:
    known = {entry.key: entry for entry in entries}

    def depth(entry: Any) -> int:
        return 1 + depth(known[entry.parent]) if entry.parent else 0

    return sorted(entries, key=depth)


def _place(place: model.Place, rows: Keys) -> dict[str, Any]:
    return {
        "name": place.name,
        "then": place.then,
        "names": list(place.names),
        "forms": [
            {"text": held.text, "lang": held.lang, "kind": held.kind, "valid": held.valid,
             "source": place.source}
            for held in place.held
        ],
        "lat": place.lat,
        "lon": place.lon,
        "uncertainty_m": place.uncertainty_m,
        "parent_id": _key(rows, "place", place.parent),
        "sources": place.source,
    }  # fmt: skip


def _event(event: model.Event, rows: Keys) -> dict[str, Any]:
    return {
        "name": event.name,
        "names": list(event.names),
        "edtf": event.edtf,
        "note": event.note,
        "place_id": _key(rows, "place", event.place),
        "parent_id": _key(rows, "event", event.parent),
        "sources": event.source,
    }


def _agent(agent: model.Agent) -> dict[str, Any]:
    return {
        "name": agent.name,
        "names": list(agent.names),
        "kind": agent.kind,
        "note": agent.note,
        "dates": agent.dates,
        "sources": agent.source,
    }


def _concept(concept: model.Concept, rows: Keys) -> dict[str, Any]:
    return {
        "scheme": concept.scheme,
        "label": concept.label,
        "names": list(concept.labels),
        "note": concept.note,
        "broader_id": _key(rows, "concept", concept.broader),
    }


def _key(rows: Keys, kind: str, key: str) -> int | None:
    return rows[f"{kind}:{key}"].id if key else None


def _write(session: Session, kind: Kind, values: dict[str, Any]) -> tuple[Any, str]:
    """Find the one with this preferred name and fill it, or make it."""
    row = _known(session, kind, values)
    if row is None:
        made = kind.model()
        keeping.write(session, made, values)
        session.add(made)
        session.flush()
        return made, "new"
    before = {name: getattr(row, name) for name in values}
    keeping.write(session, row, _filled(row, values))
    session.flush()
    same = before == {name: getattr(row, name) for name in values}
    return row, "unchanged" if same else "filled"


def _known(session: Session, kind: Kind, values: dict[str, Any]) -> Any:
    model_of = kind.model
    if model_of is Agent:
        key = agent_key(values["name"])
    else:
        key = fold((values.get("name") or values["label"])["hu"])
    query = select(model_of).where(model_of.key == key).order_by(model_of.id)
    if model_of is Concept:
        query = query.where(Concept.scheme == values["scheme"])
    found = session.scalars(query).first()
    return survivor(session, found) if found is not None else None


def _filled(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    """What is empty is filled; lists and languages are added to."""
    filled: dict[str, Any] = {}
    for name, value in values.items():
        current = getattr(row, name)
        if isinstance(value, dict):
            filled[name] = {**value, **(current or {})}
        elif name == "forms":
            told = {(form["text"], form["valid"]) for form in current}
            filled[name] = [
                *current, *(form for form in value if (form["text"], form["valid"]) not in told)
            ]  # fmt: skip
        elif isinstance(value, list):
            filled[name] = list(dict.fromkeys([*current, *value]))
        elif name == "sources":
            lines = [*current.splitlines(), *value.splitlines()]
            filled[name] = "\n".join(dict.fromkeys(line for line in lines if line))
        elif current in (None, ""):
            filled[name] = value
    return filled
