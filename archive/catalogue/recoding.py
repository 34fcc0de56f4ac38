"""Giving what is moved new reference codes by a pattern; what is below a unit follows it.

Nothing is written but by `apply`. The invariant: no two units, and no two photographs that get
a new code, bear the same one afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import codes, projection, record
from archive.catalogue.models import Image, Unit
from archive.catalogue.refusals import Refused

CHUNK = 500


@dataclass(frozen=True)
class Recoding:
    """A code that becomes another; `kind` is "unit" or "image"."""

    kind: str
    id: int
    before: str
    after: str


def recodings(
    session: Session,
    units: Sequence[Unit],
    images: Sequence[Image],
    target: Unit | None,
    pattern: str,
) -> tuple[list[Recoding], int]:
    """The codes that become others, and how many of those below keep theirs nevertheless."""
    if not pattern.strip():
        return [], 0
    entered = target.ref_code if target else ""
    found: list[Recoding] = []
    kept = 0
    for number, unit in enumerate(units, start=_next(session, Unit.parent_id, target)):
        left = record.path_of(session, unit.id)[:-1]
        left_code = left[-1].ref_code if left else ""
        new = codes.recoded(pattern, unit.ref_code, left=left_code, entered=entered, number=number)
        found.append(Recoding("unit", unit.id, unit.ref_code, new))
        follow, stay = _following(session, unit, new)
        found += follow
        kept += stay
    for number, image in enumerate(images, start=_next(session, Image.unit_id, target)):
        left_code = session.get_one(Unit, image.unit_id).ref_code
        new = codes.recoded(pattern, image.ref_code, left=left_code, entered=entered, number=number)
        found.append(Recoding("image", image.id, image.ref_code, new))
    found = [one for one in found if one.before != one.after]
    _check_codes(session, found)
    return found, kept


def _next(session: Session, column: Any, target: Unit | None) -> int:
    """The number after those that are right below the target already."""
    return (
        (session.scalar(select(func.count()).where(column == target.id)) or 0) + 1 if target else 1
    )


def _following(session: Session, unit: Unit, new: str) -> tuple[list[Recoding], int]:
    """What is below a unit and whose code begins with that of the unit follows it."""
    below = projection.subtree(session, [unit.id])
    inner = select(Unit.id, Unit.ref_code).where(Unit.id.in_(below - {unit.id}))
    within = select(Image.id, Image.ref_code).where(Image.unit_id.in_(below), Image.ref_code != "")
    found, kept = [], 0
    for kind, query in (("unit", inner.order_by(Unit.id)), ("image", within.order_by(Image.id))):
        for key, code in session.execute(query):
            rest = code[len(unit.ref_code) :]
            if code.startswith(unit.ref_code) and not rest[:1].isalnum():
                found.append(Recoding(kind, key, code, new + rest))
            else:
                kept += 1
    return found, kept


def _check_codes(session: Session, recodings: Sequence[Recoding]) -> None:
    """Raises Refused for a code that cannot be given, or not twice."""
    given: dict[str, set[str]] = defaultdict(set)
    for one in recodings:
        if one.after in given[one.kind]:
            raise Refused("code_given_twice", ref_code=one.after)
        given[one.kind].add(one.after)
        codes.check_fit(one.after)
        if one.kind == "unit":
            codes.check(session, one.after, session.get_one(Unit, one.id))
    moving = {one.id for one in recodings if one.kind == "image"}
    wanted = sorted(given["image"])
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        bearing = select(Image.id, Image.ref_code).where(Image.ref_code.in_(chunk))
        for key, code in session.execute(bearing):
            if key not in moving:
                raise Refused("code_of_another_photograph", ref_code=code)


def apply(session: Session, recodings: Sequence[Recoding]) -> None:
    """Give the new codes; the old ones are kept by the session."""
    for start in range(0, len(recodings), CHUNK):
        for one in recodings[start : start + CHUNK]:
            is_unit = one.kind == "unit"
            thing = session.get_one(Unit, one.id) if is_unit else session.get_one(Image, one.id)
            thing.ref_code = one.after
        session.flush()
