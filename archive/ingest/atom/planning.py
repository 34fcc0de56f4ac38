"""What would become of the descriptions of an AtoM CSV, before anything is written.

The invariants: a description stands below its parent or is refused, and one whose reference code
is here already is left as it is, told with what differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import db, settings
from archive.catalogue import arrangement, codes
from archive.catalogue.models import LEVELS, FormerCode, Image, Unit
from archive.catalogue.refusals import Refused
from archive.catalogue.service import fold
from archive.ingest import spreadsheet
from archive.ingest.atom import elements
from archive.ingest.atom.elements import ITEM, Description
from archive.ingest.words import Reason, Unreadable, reason

ADD, KNOWN, REFUSED = "add", "known", "refused"
SEPARATOR = "-"
CHUNK = 500


@dataclass
class Planned:
    """One description and what becomes of it: "add", "known" or "refused"."""

    of: Description
    outcome: str = ADD
    level: str = ""
    ref: str = ""
    parent: str = ""
    remarks: list[Reason] = field(default_factory=list)

    @property
    def is_photograph(self) -> bool:
        return self.level == ITEM

    @property
    def title(self) -> str:
        titles = self.of.title
        return titles.get("hu") or next(iter(titles.values()), "")

    def refuse(self, code: str, **params: Any) -> Planned:
        self.outcome, self.remarks = REFUSED, [*self.remarks, reason(code, **params)]
        return self


@dataclass
class Plan:
    """A whole file: parents before what is below them."""

    name: str
    rows: list[Planned]
    notes: list[Reason]

    def count(self, outcome: str, *, photographs: bool | None = None) -> int:
        return sum(
            row.outcome == outcome and photographs in (None, row.is_photograph) for row in self.rows
        )


def read(path: Path, *, name: str = "", below: str = "") -> Plan:
    """Read and plan a file; rows without a parent go below the unit `below`. Raises Unreadable."""
    sheet = spreadsheet.read(path, settings.current())
    found = elements.descriptions(sheet)
    session = db.session()
    above = _unit(session, below) if below else None
    if below and above is None:
        raise Unreadable("unknown_unit", ref=below)
    planner = _Planner(session, found, above)
    return Plan(name or path.name, planner.plan(), list(sheet.notes[:20]))


class _Planner:
    """Goes through the descriptions from the top; each is planned after its parent."""

    def __init__(self, session: Session, found: Sequence[Description], above: Unit | None) -> None:
        self.session = session
        self.found = list(found)
        self.above = above
        self.by_legacy = {d.first("legacyid"): d for d in found if d.first("legacyid")}
        self.planned: dict[int, Planned] = {}
        self.taken: dict[str, Planned] = {}

    def plan(self) -> list[Planned]:
        for description in self.found:
            self._reach(description)
        made = list(self.planned.values())
        _compare(self.session, [row for row in made if row.outcome == ADD])
        return made

    def _reach(self, description: Description) -> Planned:
        """Plan a description after all that is above it, without recursion."""
        path: list[Description] = []
        current: Description | None = description
        while current is not None and id(current) not in self.planned:
            if any(current is one for one in path):
                self.planned[id(current)] = Planned(current).refuse("atom_circle")
                break
            path.append(current)
            current = self.by_legacy.get(current.first("parentid"))
        for one in reversed(path):
            if id(one) not in self.planned:
                self.planned[id(one)] = self._one(one)
        return self.planned[id(description)]

    def _one(self, of: Description) -> Planned:
        made = Planned(of)
        try:
            level_above = self._stand(made)
            self._give_level(made, level_above)
            self._give_code(made)
        except _Refusal as refusal:
            return made.refuse(refusal.code, **refusal.params)
        return made

    def _stand(self, made: Planned) -> str | None:
        """Find the parent; gives its level, None at the top. Raises _Refusal."""
        legacy, slug = made.of.first("parentid"), made.of.first("qubitparentslug")
        if legacy:
            known = self.by_legacy.get(legacy)
            above = self.planned.get(id(known)) if known is not None else None
            if above is None:
                raise _Refusal("atom_no_parent", parent=legacy)
            if above.outcome == REFUSED:
                raise _Refusal("atom_parent_refused", parent=legacy)
            if above.is_photograph:
                made.remarks.append(reason("atom_below_item", parent=above.ref))
                made.parent = above.parent
                return LEVELS[-1]
            made.parent = above.ref
            return above.level
        unit = _by_slug(self.session, slug) if slug else self.above
        if slug and unit is None:
            raise _Refusal("atom_no_slug", slug=slug)
        made.parent = unit.ref_code if unit else ""
        return unit.level if unit else None

    def _give_level(self, made: Planned, above: str | None) -> None:
        said = made.of.first("levelofdescription")
        made.level = made.of.level or self._likely(above)
        if not made.of.level:
            made.remarks.append(reason("atom_level_unknown", level=said, taken=made.level))
        if made.is_photograph:
            if above is None:
                raise _Refusal("atom_item_at_the_top")
            return
        try:
            arrangement.check_level(made.level, above)
        except Refused:
            code = "atom_not_at_the_top" if above is None else "atom_level_does_not_fit"
            raise _Refusal(code, level=said or made.level, above=above or "") from None

    def _likely(self, above: str | None) -> str:
        """A level that fits below this one."""
        if above is None:
            return LEVELS[0]
        return "series" if LEVELS.index(above) < LEVELS.index("series") else LEVELS[-1]

    def _give_code(self, made: Planned) -> None:
        """The reference code, which is that of the parent and the description's own."""
        whole, own = made.of.first("referencecode"), made.of.first("identifier")
        own = own or made.of.first("legacyid") or str(made.of.numbers[0])
        if not whole:
            whole = own
            if made.parent and not own.startswith(made.parent):
                whole = f"{made.parent}{SEPARATOR}{own}"
        made.ref = re.sub(r"\s+", " ", whole).strip()
        if made.ref in self.taken:
            raise _Refusal("atom_code_twice", ref=made.ref, row=self.taken[made.ref].of.numbers[0])
        self.taken[made.ref] = made


class _Refusal(Exception):
    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def _unit(session: Session, ref: str) -> Unit | None:
    return session.scalars(select(Unit).where(Unit.ref_code == ref)).first()


def _by_slug(session: Session, slug: str) -> Unit | None:
    """The unit that a slug of AtoM means: made of its title or its reference code."""
    wanted = slug.replace("-", " ")
    for unit in session.scalars(select(Unit).order_by(Unit.id)):
        if wanted in {fold(unit.ref_code), *(fold(title) for title in unit.title.values())}:
            return unit
    return None


def _compare(session: Session, rows: Sequence[Planned]) -> None:
    """Tell which are here already, with what differs, and refuse codes that cannot be given."""
    units = _units(session, [row.ref for row in rows if not row.is_photograph])
    images = _images(session, [row.ref for row in rows if row.is_photograph])
    for row in rows:
        if row.is_photograph:
            if row.ref in images:
                row.outcome = KNOWN
            elif len(row.ref) > codes.LONGEST:
                row.refuse("atom_code_unfit", ref=row.ref)
        elif row.ref in units:
            row.outcome = KNOWN
            if differing := _differing(units[row.ref], elements.unit_values(row.of)):
                row.remarks.append(reason("atom_differs", elements=differing))
        else:
            _check_code(session, row)


def _check_code(session: Session, row: Planned) -> None:
    try:
        codes.check(session, row.ref)
    except Refused:
        row.refuse("atom_code_unfit", ref=row.ref)


def _units(session: Session, refs: Sequence[str]) -> dict[str, Unit]:
    """Units by the codes they bear or bore."""
    found: dict[str, Unit] = {}
    for chunk in _chunks(refs):
        former = (
            select(FormerCode.code, Unit)
            .join(Unit, Unit.id == FormerCode.unit_id)
            .where(FormerCode.code.in_(chunk))
        )
        found |= dict(session.execute(former).all())
        now = session.scalars(select(Unit).where(Unit.ref_code.in_(chunk)))
        found |= {unit.ref_code: unit for unit in now}
    return found


def _images(session: Session, refs: Sequence[str]) -> set[str]:
    """Codes that photographs bear or bore."""
    found: set[str] = set()
    for chunk in _chunks(refs):
        found.update(session.scalars(select(Image.ref_code).where(Image.ref_code.in_(chunk))))
        bore = (FormerCode.code.in_(chunk), FormerCode.image_id.is_not(None))
        found.update(session.scalars(select(FormerCode.code).where(*bore)))
    return found


def _chunks(refs: Sequence[str]) -> Iterable[Sequence[str]]:
    return (refs[start : start + CHUNK] for start in range(0, len(refs), CHUNK))


def _differing(unit: Unit, wanted: Mapping[str, Any]) -> list[str]:
    """The elements that say something else than the unit does now."""
    return [
        name
        for name, value in wanted.items()
        if value and _words(value) != _words(getattr(unit, name))
    ]


def _words(value: Any) -> Any:
    """What a value says; line ends, bars and signs do not count."""
    if isinstance(value, dict):
        return {name: _words(text) for name, text in value.items()}
    return fold(str(value))
