"""The terms of a vocabulary as a tree, a level at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue.authorities import KINDS
from archive.catalogue.authorities.lookup import uses
from archive.catalogue.models import Concept
from archive.workbench.authorities import looking_up


@dataclass(frozen=True)
class TermLine:
    """A term of a level with what is narrower, and the photographs that have it."""

    public_id: str
    name: str
    notation: str
    state: str
    narrower: int
    uses: int


@dataclass(frozen=True)
class Level:
    """Terms below one term, or the top; `path` leads there, the broadest first."""

    path: Sequence[tuple[str, str]]
    lines: Sequence[TermLine]


def numbers(session: Session) -> dict[str, int]:
    """How many terms each vocabulary has."""
    query = select(Concept.scheme, func.count()).group_by(Concept.scheme)
    return dict(session.execute(query).all())


def level(session: Session, code: str, below: str, lang: str) -> Level | None:
    """The terms directly below one, "" for the top; None when it is not in this vocabulary."""
    above = None
    if below:
        query = select(Concept).where(Concept.public_id == below, Concept.scheme == code)
        above = session.scalars(query).first()
        if above is None:
            return None
    found = session.scalars(
        select(Concept)
        .where(Concept.scheme == code, Concept.broader_id == (above.id if above else None))
        .order_by(Concept.key, Concept.id)
    ).all()
    keys = [row.id for row in found]
    counted = (
        select(Concept.broader_id, func.count())
        .where(Concept.broader_id.in_(keys))
        .group_by(Concept.broader_id)
    )
    narrower = dict(session.execute(counted).all())
    used = uses(session, KINDS["concept"], keys)
    lines = [
        TermLine(
            row.public_id,
            looking_up.name_of(row, lang),
            row.notation,
            row.state,
            narrower.get(row.id, 0),
            used.get(row.id, 0),
        )
        for row in found
    ]
    return Level(_path(session, above, lang), lines)


def _path(session: Session, row: Concept | None, lang: str) -> list[tuple[str, str]]:
    path: list[tuple[str, str]] = []
    while row is not None:
        path.insert(0, (row.public_id, looking_up.name_of(row, lang)))
        row = session.get(Concept, row.broader_id) if row.broader_id else None
    return path
