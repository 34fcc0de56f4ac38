"""Reference codes: which are free, which were borne before, and whose they are now.

A code that a unit or a photograph gives up is kept as a `FormerCode` by whatever verb changes it,
in the same change set: the session sees to it, and `rows.write` for what passes the session by. The
invariant: a code once borne by a unit is never given to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session, attributes

from archive.catalogue.models import FormerCode, Image, Unit
from archive.catalogue.refusals import NotFound, Refused

LONGEST = 120
# What an address could not carry: control characters, empty and dotted steps, the marks of
# addresses beside it.
UNFIT = re.compile(r"[\x00-\x1f\x7f\\]|^[+/]|/$|//|(^|/)\.{1,2}(/|$)|\.json$|^\s|\s$")
FIELDS = re.compile(r"\{(\w*)\}")
PLACES = ("unit", "rest", "n")


def check(session: Session, code: str, unit: Unit | None = None) -> None:
    """Whether a unit may bear this code. Raises Refused: unfit, taken, or borne by another once."""
    check_fit(code)
    own = unit.id if unit is not None else 0
    if session.scalar(select(Unit.id).where(Unit.ref_code == code, Unit.id != own)):
        raise Refused("reference_code_taken", ref_code=code)
    bearer = successor(session, code)
    if bearer is not None and bearer.id != own:
        raise Refused("reference_code_was_used", ref_code=code, now=bearer.ref_code)


def check_fit(code: str) -> None:
    """Whether an address can carry a code. Raises Refused."""
    if not code or len(code) > LONGEST or UNFIT.search(code):
        raise Refused("reference_code_unfit", ref_code=code)


def bearer(session: Session, code: str) -> Unit:
    """The unit that bears this code, else the one that bore it before. Raises NotFound."""
    now = session.scalars(select(Unit).where(Unit.ref_code == code)).first()
    found = now or successor(session, code)
    if found is None:
        raise NotFound(code)
    return found


def successor(session: Session, code: str) -> Unit | None:
    """The unit that bore this code before."""
    return session.scalars(
        select(Unit).join(FormerCode, FormerCode.unit_id == Unit.id).where(FormerCode.code == code)
    ).first()


def former_of(session: Session, thing: Unit | Image) -> Sequence[FormerCode]:
    """The codes that a unit or a photograph bore before, the last first."""
    column = FormerCode.unit_id if isinstance(thing, Unit) else FormerCode.image_id
    return session.scalars(
        select(FormerCode).where(column == thing.id).order_by(FormerCode.id.desc())
    ).all()


def recoded(pattern: str, old: str, *, left: str, entered: str, number: int) -> str:
    """The code that a pattern makes of an old one. Raises Refused where it cannot.

    `{unit}` is the code of the unit entered, `{rest}` what the old code says beyond that of the
    unit left, `{n}` the running number among what is moved.
    """
    if any(name not in PLACES for name in FIELDS.findall(pattern)) or "{" in FIELDS.sub(
        "", pattern
    ):
        raise Refused("pattern_unread", pattern=pattern)
    if "{rest}" in pattern and not (left and old.startswith(left) and old != left):
        raise Refused("code_without_rest", ref_code=old, unit=left)
    values = {"unit": entered, "rest": old[len(left) :], "n": str(number)}
    return FIELDS.sub(lambda found: values[found[1]], pattern).strip()


@event.listens_for(Session, "before_flush")
def _keep_former(session: Session, _context: Any, _instances: Any) -> None:
    session.add_all(list(_given_up(session)))


def _given_up(session: Session) -> Iterator[FormerCode]:
    """Codes that change in this flush; an undo passes the session by and takes back its rows."""
    for thing in session.dirty:
        if isinstance(thing, Unit | Image):
            before = attributes.get_history(thing, "ref_code").deleted
            if before and before[0] and before[0] != thing.ref_code:
                key = "unit_id" if isinstance(thing, Unit) else "image_id"
                yield FormerCode(code=before[0], **{key: thing.id})
