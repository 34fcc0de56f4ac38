"""Work queues: saved selections of photographs, walked one after the other.

A queue keeps what was asked for, never the photographs: what is done falls out of it, what is new
comes in. The place in a queue is that of a photograph in its order, so somebody who has just
finished one goes on behind it although it is in the queue no more. The invariant: walking a queue
forwards meets every photograph that is in it, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from archive import db
from archive.catalogue.models import Image
from archive.history import Actor
from archive.licensing.models import RequestLine
from archive.workbench import listing
from archive.workbench.listing import Neighbours
from archive.workbench.models import Queue, ReviewNote

ORDERS: dict[str, Any] = {
    "unit": _("as they stand in their units"),
    "wanted": _("most wanted first"),
    "oldest": _("longest untouched first"),
}
# Queues that everybody has; what each asks for.
PRESETS: dict[str, tuple[Any, dict[str, str]]] = {
    "undescribed": (_("Undescribed, most wanted first"), {"gap": "undescribed", "order": "wanted"}),
    "in-review": (_("In review"), {"state": "in_review", "order": "oldest"}),
    "no-rights": (_("Without a rights statement"), {"gap": "no_rights", "order": "unit"}),
    "noted": (_("With open notes"), {"noted": "1", "order": "oldest"}),
}
ASKED = ("state", "unit", "q", "gap")
MOST = 200


class NoName(ValueError):
    """A queue needs a name."""


@dataclass(frozen=True)
class Line:
    """A queue with how many photographs are in it now and the first of them (or nothing)."""

    id: str
    name: str
    query: dict[str, str]
    number: int
    first: str
    mine: bool


@dataclass(frozen=True)
class Chosen:
    """The queue somebody walks."""

    id: str
    name: str
    query: dict[str, str]


def find(session: Session, actor: Actor, queue_id: str) -> Chosen | None:
    """A queue by its identifier, when it is this person's, everybody's or a preset."""
    if queue_id in PRESETS:
        name, query = PRESETS[queue_id]
        return Chosen(queue_id, str(name), query)
    row = session.scalars(_mine(actor).where(Queue.public_id == queue_id)).first()
    return Chosen(row.public_id, row.name, row.query) if row else None


def lines(session: Session, actor: Actor) -> Sequence[Line]:
    """Every queue this person may walk: presets first, then the saved ones by name."""
    rows = session.scalars(_mine(actor).order_by(Queue.name).limit(MOST)).all()
    chosen = [Chosen(key, str(name), query) for key, (name, query) in PRESETS.items()]
    chosen += [Chosen(row.public_id, row.name, row.query) for row in rows]
    own = {row.public_id for row in rows if row.person_id == actor.person_id}
    return [_line(session, queue, queue.id in own) for queue in chosen]


def keep(actor: Actor, name: str, query: dict[str, str], *, shared: bool = False) -> Queue:
    """Save what is asked for under a name. Raises NoName."""
    name = name.strip()[:120]
    if not name:
        raise NoName
    kept = {key: value for key in (*ASKED, "order") if (value := query.get(key, "").strip())}
    with db.transaction() as session:
        queue = Queue(name=name, person_id=None if shared else actor.person_id, query=kept)
        session.add(queue)
        return queue


def drop(actor: Actor, queue_id: str) -> str:
    """Forget a queue and tell its name; the photographs stay. Raises LookupError."""
    with db.transaction() as session:
        row = session.scalars(_mine(actor).where(Queue.public_id == queue_id)).first()
        if row is None:
            raise LookupError(queue_id)
        session.delete(row)
        return row.name


def count(session: Session, query: dict[str, str]) -> int:
    chosen = _fitting(session, select(Image.id), query)
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def first(session: Session, query: dict[str, str]) -> str:
    """The first photograph of a queue, or nothing."""
    order = _order(query)
    chosen = _fitting(session, select(Image.public_id), query).order_by(*order)
    return session.scalars(chosen.limit(1)).first() or ""


def neighbours(session: Session, queue: Chosen, image: Image) -> Neighbours:
    """The photographs of the queue before and after this one, whether it is in it or not."""
    order = _order(queue.query)
    here = session.execute(select(*order).where(Image.id == image.id)).one()
    fitting = _fitting(session, select(Image.public_id), queue.query)
    before = fitting.where(_beyond(order, here, backwards=True))
    after = fitting.where(_beyond(order, here, backwards=False))
    falling = before.order_by(*(column.desc() for column in order))
    following = session.scalars(after.order_by(*order).limit(1)).first() or ""
    if not following and queue.query.get("order") == "oldest":
        # What was just saved has gone behind all others: those are still to be met.
        others = fitting.where(Image.id != image.id).order_by(*order)
        following = session.scalars(others.limit(1)).first() or ""
    return Neighbours(session.scalars(falling.limit(1)).first() or "", following)


def _beyond(
    order: Sequence[ColumnElement[Any]], here: Sequence[Any], *, backwards: bool
) -> ColumnElement[bool]:
    """After a place in the order, or before it, one column after the other."""
    steps = []
    for number, column in enumerate(order):
        same = [other == value for other, value in zip(order[:number], here, strict=False)]
        further = column < here[number] if backwards else column > here[number]
        steps.append(and_(*same, further))
    return or_(*steps)


def _order(query: dict[str, str]) -> tuple[ColumnElement[Any], ...]:
    """What photographs are ordered by; the key of the row makes it one order."""
    if query.get("order") == "wanted":
        asked = select(func.count()).where(RequestLine.image_id == Image.id)
        return (-asked.correlate(Image).scalar_subquery(), Image.id.expression)
    if query.get("order") == "oldest":
        return (Image.updated_at.expression, Image.id.expression)
    return (Image.unit_id.expression, Image.position.expression, Image.id.expression)


def _fitting(session: Session, query: Select[Any], asked: dict[str, str]) -> Select[Any]:
    """What the list would show that asks the same; and those with open notes, where asked for."""
    query = listing.fitting(session, query, listing.Asked.of(asked))
    if asked.get("noted"):
        waiting = select(ReviewNote.image_id).where(ReviewNote.settled_at.is_(None))
        query = query.where(Image.id.in_(waiting))
    return query


def _line(session: Session, queue: Chosen, mine: bool) -> Line:
    number = count(session, queue.query)
    beginning = first(session, queue.query) if number else ""
    return Line(queue.id, queue.name, queue.query, number, beginning, mine)


def _mine(actor: Actor) -> Select[Queue]:
    return select(Queue).where(or_(Queue.person_id == actor.person_id, Queue.person_id.is_(None)))
