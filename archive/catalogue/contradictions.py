"""What a record says against itself: two dates that cannot both hold, a portrait after a death.

`find()` is pure: one record, inheritance of rights joined, gives what contradicts what, with both
values. `keep()` stores the answers beside the records, so that a list can ask for them; the
projection calls it in the transaction of every change. Nothing here says which side is right. The
invariant: what is merely vague (a wide date, a year "about") is no contradiction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from archive import dates, rights
from archive.db import Base

Record = dict[str, Any]
Values = dict[str, Any]
FAR_M = 50_000
EARTH_M = 6_371_000
WIDEST_DOUBT = timedelta(days=3653)
DATES = frozenset({"date", "other", "life", "event_date"})


class ContradictionRow(Base):
    """One contradiction found in one photograph's record; follows from it and can be made anew."""

    __tablename__ = "contradiction"
    __table_args__ = ({"info": {"derived": True}},)

    id: Mapped[int] = mapped_column(primary_key=True)
    image_id: Mapped[int] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"), index=True)
    rule: Mapped[str] = mapped_column(String(40), index=True)
    values: Mapped[dict[str, Any]]


@dataclass(frozen=True)
class Contradiction:
    """A rule that a record breaks, and the values that cannot both be true."""

    rule: str
    values: Values

    def sentence(self, lang: str) -> str:
        """Both sides in one sentence, in Hungarian or English."""
        pattern = RULES[self.rule].sentence["hu" if lang == "hu" else "en"]
        return pattern.format(**{k: _shown(k, v, lang) for k, v in self.values.items()})


@dataclass(frozen=True)
class Rule:
    """One way in which a record can contradict itself; `check` gives the values of each case."""

    code: str
    check: Callable[[Record], Iterator[Values]]
    name: dict[str, str]
    sentence: dict[str, str]


@dataclass(frozen=True)
class Span:
    """The days a date may mean, from both ends wider where it is said to be approximate."""

    edtf: str
    first: date
    last: date

    def meets(self, other: Span) -> bool:
        return self.first <= other.last and other.first <= self.last


def find(record: Record) -> list[Contradiction]:
    """What this record says against itself, in the order of the rules."""
    return [
        Contradiction(rule.code, values) for rule in RULES.values() for values in rule.check(record)
    ]


def keep(session: Session, records: Mapping[int, Record]) -> None:
    """Store what these records (by key of the image) say against themselves today."""
    query = select(ContradictionRow).where(ContradictionRow.image_id.in_(records))
    known: dict[int, list[ContradictionRow]] = {}
    for row in session.scalars(query.order_by(ContradictionRow.id)):
        known.setdefault(row.image_id, []).append(row)
    for image_id, record in records.items():
        found, rows = find(record), known.get(image_id, [])
        if [(c.rule, c.values) for c in found] == [(row.rule, row.values) for row in rows]:
            continue
        for row in rows:
            session.delete(row)
        session.add_all(
            ContradictionRow(image_id=image_id, rule=c.rule, values=c.values) for c in found
        )


def of_images(session: Session, image_ids: Iterable[int]) -> dict[int, list[Contradiction]]:
    """What is kept about these images, by key."""
    query = select(ContradictionRow).where(ContradictionRow.image_id.in_(list(image_ids)))
    found: dict[int, list[Contradiction]] = {}
    for row in session.scalars(query.order_by(ContradictionRow.id)):
        found.setdefault(row.image_id, []).append(Contradiction(row.rule, row.values))
    return found


def _shown(name: str, value: Any, lang: str) -> str:
    if name in DATES:
        return dates.words(str(value), "hu" if lang == "hu" else "en")
    if isinstance(value, dict):
        return str(value.get(lang) or next(iter(value.values()), ""))
    return str(value)


def _span(edtf: str, first: date | None, last: date | None, *, approximate: bool) -> Span:
    first, last = first or date.min, last or date.max
    doubt = min(5 * (last - first + timedelta(days=1)), WIDEST_DOUBT) if approximate else None
    if doubt is not None:
        first = first - doubt if first - date.min > doubt else date.min
        last = last + doubt if date.max - last > doubt else date.max
    return Span(edtf, first, last)


@lru_cache(maxsize=4096)
def _read(text: str) -> Span | None:
    """The span of a date as somebody wrote it; None when it says nothing."""
    reading = dates.read(text) if text else None
    if reading is None or not reading.ok or not reading.edtf:
        return None
    first, last = reading.earliest, reading.latest
    return _span(reading.edtf, first, last, approximate=reading.approximate)


def _life(agent: Record) -> Span | None:
    """From birth to death, in EDTF an interval; a year alone says neither."""
    span = _read(agent.get("dates", "")) if agent["kind"] == "person" else None
    return span if span and "/" in span.edtf else None


def _statements(record: Record, role: str) -> list[tuple[Span, Record]]:
    """The dates of a role that could be read."""
    return [
        (_said(entry), entry)
        for entry in record["dates"]
        if entry["role"] == role and entry["edtf"]
    ]


def _said(entry: Record) -> Span:
    return _stated(entry["edtf"], entry["earliest"], entry["latest"], entry["approximate"])


@lru_cache(maxsize=4096)
def _stated(edtf: str, earliest: str | None, latest: str | None, approximate: bool) -> Span:
    first, last = (date.fromisoformat(day) if day else None for day in (earliest, latest))
    return _span(edtf, first, last, approximate=approximate)


def _taken(record: Record) -> Span | None:
    """When the photograph was taken, as the archive holds: the preferred date, else the first."""
    created = _statements(record, "created")
    preferred = [span for span, entry in created if entry["preferred"]]
    return next(iter([*preferred, *(span for span, _ in created)]), None)


def _believed(entries: list[Record], *roles: str) -> list[Record]:
    return [
        entry
        for entry in entries
        if entry["certainty"] != "disproved" and (not roles or entry["role"] in roles)
    ]


def _rival_dates(record: Record) -> Iterator[Values]:
    for (one, _), (other, _) in combinations(_statements(record, "created"), 2):
        if not one.meets(other):
            yield {"date": one.edtf, "other": other.edtf}


def _outside_life(role: str, side: Callable[[Span, Span], bool]) -> Any:
    def check(record: Record) -> Iterator[Values]:
        taken = _taken(record)
        for agent in _believed(record["agents"], role) if taken else ():
            life = _life(agent)
            if taken and life and side(taken, life):
                yield {"date": taken.edtf, "name": agent["name"], "life": life.edtf}

    return check


def _event_date(record: Record) -> Iterator[Values]:
    taken = _taken(record)
    for event in _believed(record["events"]) if taken else ():
        happened = _read(event["edtf"])
        if taken and happened and not taken.meets(happened):
            yield {"date": taken.edtf, "event": event["name"], "event_date": happened.edtf}


def _camera_far(record: Record) -> Iterator[Values]:
    shown, camera = (_points(record, role) for role in ("shown", "camera"))
    apart = [(_apart(here, there), here, there) for here in camera for there in shown]
    if apart:
        metres, here, there = min(apart, key=lambda case: case[0])
        if metres > FAR_M:
            km = round(metres / 1000)
            yield {"camera": here["name"], "shown": there["name"], "km": km}


def _points(record: Record, role: str) -> list[Record]:
    places = _believed(record["places"], role)
    points = [{**place, **(place.get("point") or {})} for place in places]
    return [place for place in points if place["lat"] is not None and place["lon"] is not None]


def _apart(one: Record, other: Record) -> float:
    """Metres between two places on the sphere (haversine), less how unsure both are."""
    lat, lon = radians(one["lat"]), radians(one["lon"])
    there, beyond = radians(other["lat"]), radians(other["lon"])
    half = sin((there - lat) / 2) ** 2 + cos(lat) * cos(there) * sin((beyond - lon) / 2) ** 2
    unsure = (one["uncertainty_m"] or 0) + (other["uncertainty_m"] or 0)
    return max(0.0, 2 * EARTH_M * asin(min(1.0, sqrt(half))) - unsure)


def _published_early(record: Record) -> Iterator[Values]:
    taken = _taken(record)
    printed = _read(record["provenance"]["publication"]["date"])
    issued = [span for span, _ in _statements(record, "published")]
    for span in [*issued, *([printed] if printed else [])] if taken else ():
        if taken and span.last < taken.first:
            yield {"date": taken.edtf, "other": span.edtf}


def _free_but_held(record: Record) -> Iterator[Values]:
    """What is free in one country only may well have a holder in another."""
    stated = rights.statement(record["rights"]["statement"])
    named = [agent["name"] for agent in _believed(record["agents"], "rights_holder")]
    holder = record["rights"]["holder"] or next(iter(named), "")
    if stated and holder and stated.group in ("free", "limited"):
        yield {"statement": stated.label, "holder": holder}


def _known_unknown(record: Record) -> Iterator[Values]:
    if record["creator_unknown"]:
        for agent in _believed(record["agents"], "creator"):
            yield {"name": agent["name"]}


def _same_titles(record: Record) -> Iterator[Values]:
    """One word may be a name, which is the same in every language."""
    for (one, text), (other, same) in combinations(record["title"].items(), 2):
        if text.casefold() == same.casefold() and " " in text.strip():
            yield {"text": text, "languages": f"{one}, {other}"}


def _unexplained(record: Record) -> Iterator[Values]:
    for caption in record["captions"]:
        explained = any(caption["stance_note"].values())
        if caption["stance"] in ("contested", "disproved") and not explained:
            yield {"text": _short(caption["text"])}


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


def _rule(code: str, check: Any, names: tuple[str, str], hu: str, en: str) -> Rule:
    name = dict(zip(("hu", "en"), names, strict=True))
    return Rule(code, check, name, {"hu": hu, "en": en})


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        _rule(
            "rival_dates",
            _rival_dates,
            ("Eltérő keltezések", "Rival dates"),
            "Két keltezése, {date} és {other} kizárja egymást.",
            "Two of its dates exclude each other: {date} and {other}.",
        ),
        _rule(
            "photographer_life",
            _outside_life("creator", lambda taken, life: not taken.meets(life)),
            ("A fényképész életén kívül", "Outside the photographer’s life"),
            "Kelte {date}, de készítője, {name} ({life}) akkor nem élt.",
            "It is dated {date}, but its photographer, {name} ({life}), was not alive then.",
        ),
        _rule(
            "before_birth",
            _outside_life("depicted", lambda taken, life: taken.last < life.first),
            ("Az ábrázolt születése előtt", "Before the birth of who is shown"),
            "Kelte {date}, de a rajta látható {name} csak később született ({life}).",
            "It is dated {date}, but {name}, who is shown, was born later ({life}).",
        ),
        _rule(
            "after_death",
            _outside_life("depicted", lambda taken, life: life.last < taken.first),
            ("Az ábrázolt halála után", "After the death of who is shown"),
            "Kelte {date}, de a rajta látható {name} akkor már nem élt ({life}).",
            "It is dated {date}, but {name}, who is shown, had died ({life}).",
        ),
        _rule(
            "event_date",
            _event_date,
            ("Nem az esemény ideje", "Not the time of its event"),
            "Kelte {date}, de az eseménye ({event}, {event_date}) máskor volt.",
            "It is dated {date}, but its event, {event} ({event_date}), was at another time.",
        ),
        _rule(
            "camera_far",
            _camera_far,
            ("Távoli felvételi hely", "Camera far from what is shown"),
            "A felvétel helye ({camera}) {km} km-re van attól, amit mutat ({shown}).",
            "The camera ({camera}) stood {km} km from what is shown ({shown}).",
        ),
        _rule(
            "published_early",
            _published_early,
            ("Korábban jelent meg, mint készült", "Published before it was taken"),
            "Kelte {date}, de egy megjelenése ({other}) korábbi.",
            "It is dated {date}, but was published before that: {other}.",
        ),
        _rule(
            "free_but_held",
            _free_but_held,
            ("Szabad, mégis van jogosultja", "Free, yet somebody holds rights"),
            "Jogi státusza „{statement}”, mégis jogosultat nevez meg: {holder}.",
            "Its rights statement is “{statement}”, yet it names a rights holder: {holder}.",
        ),
        _rule(
            "known_unknown",
            _known_unknown,
            ("Ismert és ismeretlen készítő", "Photographer known and unknown"),
            "Készítője ismeretlennek van jelölve, mégis meg van nevezve: {name}.",
            "Its photographer is marked as unknown, yet is named: {name}.",
        ),
        _rule(
            "same_titles",
            _same_titles,
            ("Azonos cím két nyelven", "One title in two languages"),
            "Címe két nyelven ({languages}) betűre ugyanaz: „{text}”.",
            "Its title is the same in two languages ({languages}): “{text}”.",
        ),
        _rule(
            "unexplained",
            _unexplained,
            ("Magyarázat nélkül vitatott", "Contested without a note"),
            "Egy közlése vitatott, de nincs megírva, miért: „{text}”.",
            "A statement is contested, but no note says why: “{text}”.",
        ),
    )
}
