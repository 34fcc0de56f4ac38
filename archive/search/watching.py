"""What a saved search finds now, for whoever saved it: the newest photographs first, and how far.

The invariant: an answer that may lack something (no index, or more photographs than are looked at)
says so, and is never taken for the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs

from archive.history import Actor
from archive.search import service
from archive.search.engine import Hit
from archive.search.query import Query, parse

PAGE = 200
PAGES = 10  # 2,000 photographs: what a person can be told of and what a row can remember


@dataclass(frozen=True)
class Seen:
    """The photographs found; `whole` when the search finds no others."""

    hits: Sequence[Hit]
    total: int

    @property
    def ids(self) -> list[str]:
        return [hit.id for hit in self.hits]

    @property
    def whole(self) -> bool:
        return self.total <= len(self.hits)


def seen_by(query: str, actor: Actor) -> Seen | None:
    """What this actor finds by the query of an address; None while the index cannot answer."""
    hits: list[Hit] = []
    for number in range(1, PAGES + 1):
        found = service.find(_page(query, number), actor)
        if any(notice.code == "search_limited" for notice in found.notices):
            return None
        hits += found.hits
        if len(hits) >= found.total:
            break
    return Seen(hits, found.total)


def _page(query: str, number: int) -> Query:
    asked = parse_qs(query) | {"sort": ["newest"], "limit": [str(PAGE)], "page": [str(number)]}
    return replace(parse(asked, guards=replace(service.guards(), page=PAGES)), explained=False)
