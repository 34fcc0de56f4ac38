"""Addresses of searches that name what was merged since: they lead to those of the survivor."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from archive import db
from archive.catalogue import authorities

MOST = 50  # values of one filter that a search takes
FACETS = {
    "person": "agent",
    "photographer": "agent",
    "place": "place",
    "event": "event",
    "subject": "concept",
    "technique": "concept",
}


def elsewhere(args: Mapping[str, list[str]]) -> dict[str, list[str]] | None:
    """The filters with survivors instead of what was merged; None where nothing was."""
    named = {facet: args[facet][:MOST] for facet in FACETS if args.get(facet)}
    into = {facet: _survivors(FACETS[facet], values) for facet, values in named.items()}
    if not any(into.values()):
        return None
    return {
        name: list(dict.fromkeys(into.get(name, {}).get(value, value) for value in values))
        for name, values in args.items()
    }


def _survivors(kind: str, public_ids: list[str]) -> dict[str, str]:
    session, model = db.session(), authorities.KINDS[kind].model
    merged = select(model).where(model.public_id.in_(public_ids), model.merged_into_id.is_not(None))
    return {
        row.public_id: authorities.survivor(session, row).public_id
        for row in session.scalars(merged)
    }
