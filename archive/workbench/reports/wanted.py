"""Most wanted: what people ask for among the photographs they cannot find yet.

Nobody is followed to know it. Two things are known anyway: the words of searches that found
nothing, which may stand in a photograph that is not published or not described, and requests for
licences. The invariant: only photographs with work left to do are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from archive import history
from archive.catalogue import gaps
from archive.catalogue.models import Image
from archive.licensing.models import RequestLine
from archive.search import misses
from archive.search import service as searching
from archive.search.query import parse

SEARCHES = 40
HITS = 20
LOOKING = history.system("reports")


@dataclass
class Wanted:
    """A photograph with the searches that would have found it, and the requests that name it."""

    image_id: int
    searches: list[tuple[str, int]] = field(default_factory=list)
    requests: int = 0

    @property
    def times(self) -> int:
        return self.requests + sum(count for _, count in self.searches)


def most_wanted(session: Session, *, limit: int) -> Sequence[Wanted]:
    """Photographs to describe or publish first, the most asked for before the others."""
    found: dict[int, Wanted] = {}
    for miss in misses.unsettled(session, limit=SEARCHES):
        for image_id in _meant(session, miss.words):
            wanted = found.setdefault(image_id, Wanted(image_id))
            wanted.searches.append((miss.words, miss.count))
    for image_id, number in session.execute(_requested()):
        found.setdefault(image_id, Wanted(image_id)).requests = number
    return sorted(found.values(), key=lambda wanted: (-wanted.times, wanted.image_id))[:limit]


def _waiting() -> Any:
    """Photographs that readers cannot see, or that say nothing."""
    return or_(Image.state.in_(("draft", "in_review")), gaps.fitting("undescribed"))


def _meant(session: Session, words: str) -> Iterable[int]:
    """What staff finds by words that found readers nothing."""
    asked = parse({"q": words, "limit": str(HITS)}, guards=searching.guards())
    names = [hit.id for hit in searching.find(asked, LOOKING).hits]
    return session.scalars(select(Image.id).where(Image.public_id.in_(names), _waiting())).all()


def _requested() -> Any:
    return (
        select(RequestLine.image_id, func.count(RequestLine.request_id.distinct()))
        .join(Image, Image.id == RequestLine.image_id)
        .where(_waiting())
        .group_by(RequestLine.image_id)
    )
