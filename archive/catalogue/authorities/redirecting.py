"""What refers to one authority refers to another from now on, and the one leads there.

Links that say the same of the same photograph become one. The invariants: nothing refers to what
was merged but redirects, each of them leads to its survivor in one step, and what two have said is
not taken back by undoing what one of them did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.authorities.kinds import KINDS, kind_of
from archive.catalogue.authorities.references import referring
from archive.catalogue.models import CERTAINTIES, Concept
from archive.catalogue.rows import anew

# What makes two links of one photograph the same statement.
SAME = {"image_agent": ("role",), "image_place": ("role",), "image_event": (), "image_concept": ()}
UNMERGED = ("id", "public_id", "image_id", "position", "certainty", "public")


def redirect(session: Session, gone: Any, kept: Any) -> None:
    """Have all that refers to `gone` refer to `kept`, and `gone` lead there."""
    kind = kind_of(gone)
    theirs = {
        (link.image_id, *_sameness(link)): link
        for link in session.scalars(select(kind.link).where(kind.key == kept.id))
    }
    twins: dict[Any, list[Any]] = {}
    for row, column in list(referring(session, gone)):
        twin = theirs.get((row.image_id, *_sameness(row))) if isinstance(row, kind.link) else None
        if twin is not None:
            twins.setdefault(twin, []).append(row)
        elif row is kept:
            setattr(kept, column, getattr(gone, column))
        else:
            setattr(row, column, kept.id)
    _make_one(session, twins)
    gone.merged_into_id = kept.id
    if isinstance(gone, Concept):
        gone.state = "deprecated"
    session.flush()


def _make_one(session: Session, twins: Mapping[Any, Sequence[Any]]) -> None:
    """One link, of each of these and its twins, in a row of its own.

    In the row of one of them, undoing that one would silently take back what the other said.
    """
    made = [_together(link, others) for link, others in twins.items()]
    for link, others in twins.items():
        for row in (link, *others):
            session.delete(row)
    session.flush()
    session.add_all(made)


def _together(link: Any, others: Sequence[Any]) -> Any:
    made = anew(link)
    for other in others:
        _collapse(made, other)
    return made


def _sameness(link: Any) -> tuple[Any, ...]:
    return tuple(getattr(link, name) for name in SAME[link.__tablename__])


def _collapse(kept: Any, gone: Any) -> None:
    """One link instead of two: the surer one's certainty, and what either tells."""
    for name in _columns(kept):
        if getattr(kept, name) in (None, "") and getattr(gone, name) not in (None, ""):
            setattr(kept, name, getattr(gone, name))
    if hasattr(kept, "certainty"):
        kept.certainty = min(kept.certainty, gone.certainty, key=CERTAINTIES.index)
    if hasattr(kept, "public"):
        kept.public = kept.public and gone.public


def _columns(link: Any) -> Iterator[str]:
    keys = {kind.column for kind in KINDS.values()}
    names = (attribute.key for attribute in link.__mapper__.column_attrs)
    return (name for name in names if name not in UNMERGED and name not in keys)
