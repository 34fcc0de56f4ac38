"""Moving units and photographs to another place of the tree, and what that would change.

`plan` says it before anything is done: how much goes along, which inherited values become others,
what the codes become, and which published photographs open or close. `move` does exactly that, as
one change set. The invariant: nothing is moved below itself, and nothing but the place, the order
and the codes asked for is written; what is inherited follows.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import db, history, rights
from archive.catalogue import arrangement, projection, recoding, record
from archive.catalogue.models import Image, RecordRow, Unit
from archive.catalogue.recoding import Recoding
from archive.catalogue.refusals import Refused
from archive.history import Actor

CHUNK = 500
NAMED = 5
USES = ("view_public", "download_full", "licence_editorial")
SILENT: dict[str, Any] = {
    "dates": [], "agents": [], "undated": False, "creator_unknown": False,
    "rights": record.stated("rights", Unit()), "provenance": record.stated("provenance", Unit()),
}  # fmt: skip

EVERYTHING = Unit(ref_code="-", dates="-", creator="-")  # a unit that nobody is silent below


class Outdated(Exception):
    """What a move would do is no longer what was shown; `plan` is what it would do now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("the archive has changed since this move was looked at")
        self.plan = plan


@dataclass(frozen=True)
class Difference:
    """An inherited value that becomes another, with the units that say so and how many feel it."""

    name: str
    before: Any
    after: Any
    before_from: str
    after_from: str
    photographs: int


@dataclass
class Effect:
    """A use of published photographs that opens or closes, with some of them by name."""

    use: str
    before: rights.Decision
    after: rights.Decision
    photographs: int = 0
    named: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """What a move would do; `digest` tells whether it is still the same."""

    target: Unit | None
    units: list[Unit]
    images: list[Image]
    moved_units: int
    moved_photographs: int
    differences: list[Difference]
    effects: list[Effect]
    recodings: list[Recoding]
    kept_codes: int
    digest: str


@dataclass(frozen=True)
class _Moved:
    """A photograph that changes its place: its own words, the units above it, before and after."""

    image: Image
    own: record.Record
    before: Sequence[Unit]
    after: Sequence[Unit]

    def alike(self) -> str:
        """The same for photographs that inherit the same: thousands of a fonds say nothing."""
        silent = record.from_above(self.own, [EVERYTHING])
        said = [self.own[part] for part in ("rights", "provenance")]
        return repr((self.image.unit_id, said, [name for name, it in silent.items() if it]))


def plan(
    session: Session,
    units: Sequence[Unit],
    images: Sequence[Image],
    target: Unit | None,
    *,
    pattern: str = "",
) -> Plan:
    """What moving these below `target` (None: to the top) would change.

    `pattern` makes their new codes, see `codes.recoded`; without it they keep them. Raises
    Refused where the rules of the tree or of the codes forbid it.
    """
    units, below = _topmost(session, units)
    images = [image for image in images if image.unit_id not in below]
    _check(session, units, images, target, below)
    differences: Counter[tuple[str, str, str, str, str]] = Counter()
    effects, known = _Effects(), {}
    for moved in _changing(session, units, images, target, below):
        if (alike := moved.alike()) not in known:
            known[alike] = list(_differences(moved))
        differences.update(known[alike])
        effects.note(session, moved)
    recodings, kept = recoding.recodings(session, units, images, target, pattern)
    shown = [_difference(*key, number) for key, number in sorted(differences.items())]
    inside = session.scalar(select(func.count()).where(Image.unit_id.in_(below))) or 0
    digest = _digest(target, units, images, sorted(below), inside, shown, effects.found, recodings)
    return Plan(
        target,
        units,
        images,
        len(below),
        inside + len(images),
        shown,
        list(effects.found.values()),
        recodings,
        kept,
        digest,
    )


def move(
    actor: Actor,
    units: Sequence[Unit],
    images: Sequence[Image],
    target: Unit | None,
    *,
    pattern: str = "",
    expected: str = "",
    reason: str = "",
) -> Plan:
    """Move units and photographs below `target`, behind what is there, as one change set.

    `expected` is the digest of the plan that was looked at. Raises Outdated when it would do
    something else by now, and Refused as `plan` does.
    """
    with history.change(actor, "move", reason=reason):
        session = db.session()
        made = plan(session, units, images, target, pattern=pattern)
        if expected and made.digest != expected:
            raise Outdated(made)
        _put(session, made)
        recoding.apply(session, made.recodings)
        return made


def _digest(target: Unit | None, units: Sequence[Unit], images: Sequence[Image], *told: Any) -> str:
    """A plan as a few signs; the values of dataclasses are what they say."""
    places = (target.id if target else 0, [one.id for one in units], [one.id for one in images])
    return hashlib.sha256(repr((places, told)).encode()).hexdigest()[:16]


def _topmost(session: Session, units: Sequence[Unit]) -> tuple[list[Unit], set[int]]:
    """The units that are below none of the others, and the keys of all that goes along."""
    chosen = {unit.id for unit in units}
    top = [
        unit
        for unit in units
        if not chosen & {above.id for above in record.path_of(session, unit.id)[:-1]}
    ]
    return top, projection.subtree(session, [unit.id for unit in top]) if top else set()


def _check(
    session: Session,
    units: Sequence[Unit],
    images: Sequence[Image],
    target: Unit | None,
    below: set[int],
) -> None:
    if not units and not images:
        raise Refused("nothing_to_move")
    if images and target is None:
        raise Refused("photograph_without_unit")
    if target is not None and target.id in below:
        above = {one.id for one in record.path_of(session, target.id)}
        unit = next(one for one in units if one.id in above)
        raise Refused("below_itself", ref_code=unit.ref_code, target=target.ref_code)
    for unit in units:
        arrangement.check_level(unit.level, target.level if target else None)
    here = target.id if target else None
    if all(unit.parent_id == here for unit in units) and all(i.unit_id == here for i in images):
        raise Refused("already_there", target=target.ref_code if target else "")


# --- what is inherited ---


def _changing(
    session: Session,
    units: Sequence[Unit],
    images: Sequence[Image],
    target: Unit | None,
    below: set[int],
) -> Iterator[_Moved]:
    """The photographs above whom anything changes that they could inherit."""
    beyond = record.path_of(session, target.id) if target else []
    top = {unit.id for unit in units}
    paths: dict[int, tuple[list[Unit], list[Unit]]] = {}
    for key in below:
        before = record.path_of(session, key)
        start = next(place for place, unit in enumerate(before) if unit.id in top)
        paths[key] = (before, [*beyond, *before[start:]])
    for key in {image.unit_id for image in images}:
        paths[key] = (record.path_of(session, key), list(beyond))
    telling = {
        key: path
        for key, path in paths.items()
        if _above(SILENT, path[0]) != _above(SILENT, path[1])
    }
    inside = select(Image.id).where(Image.unit_id.in_(below & telling.keys()))
    keys = [*session.scalars(inside), *(i.id for i in images if i.unit_id in telling)]
    for image, own in _with_own(session, keys):
        yield _Moved(image, own, *telling[image.unit_id])


def _with_own(session: Session, keys: Sequence[int]) -> Iterator[tuple[Image, record.Record]]:
    for start in range(0, len(keys), CHUNK):
        rows = (
            select(Image, RecordRow.own)
            .join(RecordRow, RecordRow.image_id == Image.id)
            .where(Image.id.in_(keys[start : start + CHUNK]))
            .order_by(Image.id)
        )
        yield from session.execute(rows)


def _above(own: record.Record, units: Sequence[Unit]) -> dict[str, tuple[Any, str]]:
    """Every value that may be inherited, with the code of the unit it comes from ("" if own)."""
    values: dict[str, tuple[Any, str]] = {}
    for part in ("rights", "provenance"):
        joined = record.inherit(part, own[part], units)
        origins = joined.pop("inherited")
        values |= {f"{part}.{name}": (v, origins.get(name, "")) for name, v in joined.items()}
    for name, found in record.from_above(own, units).items():
        value = (found.get("display") or found.get("name")) if found else ""
        values[name] = (value, found["unit"] if found else "")
    return values


def _differences(moved: _Moved) -> Iterator[tuple[str, str, str, str, str]]:
    before, after = _above(moved.own, moved.before), _above(moved.own, moved.after)
    for name in before:
        (old, old_from), (new, new_from) = before[name], after[name]
        if old != new:
            yield name, json.dumps(old), json.dumps(new), old_from, new_from


def _difference(
    name: str, before: str, after: str, before_from: str, after_from: str, photographs: int
) -> Difference:
    return Difference(
        name, json.loads(before), json.loads(after), before_from, after_from, photographs
    )


class _Effects:
    """What readers may do with published photographs, where that changes."""

    def __init__(self) -> None:
        self.context = projection.context()
        self.found: dict[tuple[Any, ...], Effect] = {}
        self._known: dict[str, list[tuple[str, rights.Decision, rights.Decision]]] = {}

    def note(self, session: Session, moved: _Moved) -> None:
        if moved.image.state != "published":
            return
        before, after = (
            projection.facts(session, moved.image, moved.own, units=units)
            for units in (moved.before, moved.after)
        )
        for use, old, new in self._changed(before, after):
            key = (use, old.effect, old.max_px, new.effect, new.max_px)
            effect = self.found.setdefault(key, Effect(use, old, new))
            effect.photographs += 1
            if len(effect.named) < NAMED:
                title = moved.own["title"] or {"und": moved.image.ref_code}
                effect.named.append((moved.image.public_id, title))

    def _changed(
        self, before: rights.Facts, after: rights.Facts
    ) -> list[tuple[str, rights.Decision, rights.Decision]]:
        alike = repr((before, after))
        if alike not in self._known:
            self._known[alike] = []
            for use in USES:
                old, new = (rights.decide(facts, use, self.context) for facts in (before, after))
                if (old.effect, old.max_px) != (new.effect, new.max_px):
                    self._known[alike].append((use, old, new))
        return self._known[alike]


# --- doing it ---


def _put(session: Session, made: Plan) -> None:
    """At the end of what is there; siblings that were never put in order stay in that of codes."""
    here = made.target.id if made.target else None
    last = select(func.max(Unit.position)).where(Unit.parent_id == here)
    place = session.scalar(last) or 0
    for number, unit in enumerate(made.units, start=1):
        unit.parent_id, unit.position = here, place + number if place else 0
    ends = select(func.max(Image.position)).where(Image.unit_id == here)
    end = session.scalar(ends) or 0
    for number, image in enumerate(made.images, start=1):
        assert here is not None
        image.unit_id, image.position = here, end + number
    session.flush()
