"""The lists of the authority file: people, places, events and terms with how often each is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import false, func, literal, select
from sqlalchemy.orm import Session

from archive import words
from archive.catalogue import authorities
from archive.catalogue.authorities import KINDS, Row, kind_of, references
from archive.catalogue.authorities import schemes as vocabularies
from archive.catalogue.authorities.lookup import uses as uses_of
from archive.catalogue.models import Concept, Place
from archive.workbench.authorities import looking_up

PER_PAGE = 50
_ALWAYS = {"subject": _("Subjects"), "technique": _("Techniques"), "genre": _("Genres")}


@dataclass(frozen=True)
class Line:
    """One authority; `uses` counts photographs, `into` and `survivor` name what took its place."""

    row: Row
    name: str
    detail: str
    uses: int
    into: str = ""
    survivor: str = ""


@dataclass(frozen=True)
class About:
    """What stands around an authority: who refers to it, what is below, what was merged here."""

    line: Line
    removable: bool
    below: Sequence[Line]
    merged: Sequence[Line]
    public: str


@dataclass(frozen=True)
class ListPage:
    """One page, with what was asked for."""

    kind: str
    lines: Sequence[Line]
    total: int
    number: int
    pages: int
    typed: str
    scheme: str
    show: str


def page(
    session: Session, kind: str, lang: str, *, typed: str, scheme: str, show: str, number: int
) -> ListPage:
    """`show` is "" for all that hold, "unused", or "past" for what was merged or deprecated."""
    past = show == "past"
    query = (
        _past(kind, scheme)
        if past
        else authorities.listed(kind, typed, scheme=scheme, unused=show == "unused")
    )
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    window = query.limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    found = session.execute(window).all()
    model = KINDS[kind].model
    lines = [_line(session, session.get_one(model, key), uses, lang) for key, uses in found]
    return ListPage(kind, lines, total, number, pages, "" if past else typed, scheme, show)


def totals(session: Session) -> dict[str, int]:
    """How many of each kind hold."""
    return {
        kind: session.scalar(select(func.count()).select_from(authorities.listed(kind).subquery()))
        or 0
        for kind in KINDS
    }


def schemes(session: Session, lang: str) -> list[tuple[str, str]]:
    """Every vocabulary: its code and its title in the reader's language."""
    kept = {code: vocabularies.by_code(session, code) for code in vocabularies.codes(session)}
    return [
        (code, words.pick(row.title, lang) if row and row.title else str(_ALWAYS.get(code, code)))
        for code, row in kept.items()
    ]


def line(session: Session, row: Row, lang: str) -> Line:
    """One authority with how many photographs refer to it."""
    return _line(session, row, uses_of(session, kind_of(row), [row.id]).get(row.id, 0), lang)


def about(session: Session, row: Row, lang: str) -> About:
    """What the page of one authority tells beside its fields."""
    model: Any = type(row)
    merged = model.merged_into_id == row.id
    below = _above(model) == row.id if _above(model) is not None else false()
    endpoints = {"agent": "site.person", "place": "site.place", "event": "site.event"}
    return About(
        line(session, row, lang),
        not references.is_used(session, row),
        _lines(session, select(model).where(below, model.merged_into_id.is_(None)), lang),
        _lines(session, select(model).where(merged), lang),
        endpoints.get(row.__tablename__, ""),
    )


def referred(model: Any, field: str) -> Any:
    """The model that a field of an authority refers to: its own kind, but for where it happened."""
    return Place if field == "place" else model


def _above(model: Any) -> Any:
    """The column that says what one is part of; people are part of nothing."""
    return model.broader_id if model is Concept else getattr(model, "parent_id", None)


def _lines(session: Session, query: Any, lang: str) -> list[Line]:
    found = session.scalars(query.order_by("key", "id"))
    return [line(session, row, lang) for row in found]


def _line(session: Session, row: Any, uses: int, lang: str) -> Line:
    name = looking_up.name_of(row, lang)
    into = authorities.survivor(session, row) if row.merged_into_id is not None else None
    named = (looking_up.name_of(into, lang), into.public_id) if into else ("", "")
    return Line(row, name, looking_up.distinction(session, row, lang), uses, *named)


def _past(kind: str, scheme: str) -> Any:
    """What was merged into another or is deprecated, with no uses of its own."""
    model = KINDS[kind].model
    gone = model.merged_into_id.is_not(None)
    if model is Concept:
        gone = gone | (Concept.state == "deprecated")
        gone = gone & (Concept.scheme == scheme) if scheme else gone
    return select(model.id, literal(0)).where(gone).order_by(model.key, model.id)
