"""The four kinds of authority, and the tables in which photographs refer to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.catalogue.models import (
    Agent,
    Concept,
    Event,
    ImageAgent,
    ImageConcept,
    ImageEvent,
    ImagePlace,
    Place,
)


@dataclass(frozen=True)
class Kind:
    """`link` is the table of what photographs say of it, `column` its reference there."""

    name: str
    model: Any
    link: Any
    column: str

    @property
    def key(self) -> Any:
        """The column of the link that refers to the authority."""
        return getattr(self.link, self.column)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("agent", Agent, ImageAgent, "agent_id"),
        Kind("place", Place, ImagePlace, "place_id"),
        Kind("event", Event, ImageEvent, "event_id"),
        Kind("concept", Concept, ImageConcept, "concept_id"),
    )
}


def kind_of(row: Any) -> Kind:
    return KINDS[row.__tablename__]
