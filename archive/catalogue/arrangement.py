"""Arrangement: the verbs of fonds, series and files, and the rules of their tree.

Moving is in `moving`, what the tree looks like in `tree`. Rules (ISAD(G) 2.1–2.2, 3.1.4): a fonds
stands at the top, a unit below one of a higher level; sub-fonds, sub-series and files may hold
their own kind. The invariant: the tree has no cycle, and what is below inherits at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, history
from archive.catalogue import codes
from archive.catalogue.drafts import Rights
from archive.catalogue.models import LEVELS, UNIT_FORMS, Unit
from archive.catalogue.refusals import NotFound, Refused, Stale
from archive.history import Actor

NESTING = ("subfonds", "subseries", "file")
ISAD_ELEMENTS = (
    "administrative_history",
    "appraisal",
    "accruals",
    "arrangement",
    "access_conditions",
    "reproduction_conditions",
    "language",
    "physical_characteristics",
    "finding_aids",
    "originals",
    "copies",
    "related_units",
    "publication_note",
    "archivist_note",
    "rules",
    "description_dates",
)


def unit_by_ref(session: Session, ref_code: str) -> Unit:
    """Raises NotFound."""
    unit = session.scalars(select(Unit).where(Unit.ref_code == ref_code)).first()
    if unit is None:
        raise NotFound(ref_code)
    return unit


def children(session: Session, parent_id: int | None) -> Sequence[Unit]:
    """The units right below one, or at the top, in their order."""
    return session.scalars(
        select(Unit).where(Unit.parent_id == parent_id).order_by(Unit.position, Unit.ref_code)
    ).all()


def add_unit(
    actor: Actor,
    *,
    ref_code: str,
    title: dict[str, str],
    level: str = "fonds",
    parent: Unit | None = None,
    rights_and_provenance: Rights | None = None,
    **more: Any,
) -> Unit:
    """Add a fonds, series or file. Raises Refused for its code, its level or its form."""
    with history.change(actor, "arrange"):
        session = db.session()
        codes.check(session, ref_code)
        check_level(level, parent.level if parent else None)
        _check_form(level, more.get("form", ""))
        more.setdefault("position", _last(session, parent.id if parent else None))
        unit = Unit(
            ref_code=ref_code,
            title=title,
            level=level,
            parent_id=parent.id if parent else None,
            **asdict(rights_and_provenance or Rights()),
            **more,
        )
        session.add(unit)
        session.flush()
        return unit


def edit_unit(actor: Actor, unit: Unit, *, based_on: int | None = None, **values: Any) -> Unit:
    """Change columns of a unit; what is below inherits at once.

    Raises Stale when somebody has saved since `based_on`, Refused as `add_unit` does.
    """
    with history.change(actor, "arrange"):
        session = db.session()
        current = session.get_one(Unit, unit.id, with_for_update=True)
        if based_on is not None and current.version != based_on:
            raise Stale(based_on, current.version)
        if values.get("ref_code", current.ref_code) != current.ref_code:
            codes.check(session, values["ref_code"], current)
        _check_place(session, current, values.get("level", current.level))
        _check_form(values.get("level", current.level), values.get("form", current.form))
        for name, value in values.items():
            setattr(current, name, value)
        return current


def reorder(actor: Actor, unit: Unit, place: int) -> Unit:
    """Put a unit at a place among its siblings, from 0; a place beyond the end is the end."""
    with history.change(actor, "arrange"):
        session = db.session()
        current = session.get_one(Unit, unit.id, with_for_update=True)
        others = [one for one in children(session, current.parent_id) if one.id != current.id]
        others.insert(min(max(place, 0), len(others)), current)
        number(others)
        return current


def number(siblings: Sequence[Unit]) -> None:
    """Have siblings keep the order they are given in."""
    for position, unit in enumerate(siblings, start=1):
        unit.position = position


def check_level(level: str, above: str | None) -> None:
    """Whether a unit of this level may stand below that one, or at the top. Raises Refused."""
    if level not in LEVELS:
        raise Refused("unknown_level", level=level)
    if above is None:
        if level != "fonds":
            raise Refused("level_at_the_top", level=level)
    elif LEVELS.index(level) <= LEVELS.index(above) and not (level == above and level in NESTING):
        raise Refused("level_does_not_fit", level=level, above=above)


def _check_place(session: Session, unit: Unit, level: str) -> None:
    """Whether a unit may have this level where it stands, above those that are below it."""
    if level == unit.level:
        return
    above = session.get_one(Unit, unit.parent_id).level if unit.parent_id else None
    check_level(level, above)
    below = select(Unit.level).where(Unit.parent_id == unit.id).distinct()
    for lower in session.scalars(below):
        check_level(lower, level)


def _check_form(level: str, form: str) -> None:
    if form not in UNIT_FORMS:
        raise Refused("unknown_form", form=form)
    if form and level != "file":
        raise Refused("form_of_a_file", form=form, level=level)


def _last(session: Session, parent_id: int | None) -> int:
    """The place after the last sibling; 0 as long as nobody has ordered them by hand."""
    last = select(Unit.position).where(Unit.parent_id == parent_id)
    found = session.scalars(last.order_by(Unit.position.desc()).limit(1)).first()
    return found + 1 if found else 0
