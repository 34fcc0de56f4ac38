"""Drafts become statements: the columns of every row that a draft tells, and those of a new image.

Dates are read from the words as written, and links find whom they mean. What becomes of statements
that are there already says `restating`. The invariant: the same draft gives the same columns,
whether it is written for the first time or compared with what is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from archive import dates
from archive.catalogue import authorities
from archive.catalogue.drafts import CaptionDraft, CarrierDraft, DateDraft, Draft, LinkDraft
from archive.catalogue.models import (
    CaptionStatement,
    Carrier,
    DateStatement,
    Image,
    ImageAgent,
    ImageConcept,
    ImageEvent,
    ImageIdentifier,
    ImagePlace,
)

CAPTION_COLUMNS = (
    "type", "lang", "text", "attributed", "dated", "source", "side", "stance", "stance_note",
    "preferred", "public",
)  # fmt: skip
Row = dict[str, Any]


class OutsideThePicture(ValueError):
    """A region reaches over the edge of the picture; `region` is what was given."""

    def __init__(self, region: list[float]) -> None:
        super().__init__(f"a region lies within 0 and 100 per cent: {region}")
        self.region = region


def image_values(draft: Draft) -> dict[str, Any]:
    """The columns of the image itself."""
    return {
        "ref_code": draft.ref_code,
        "frame": draft.frame,
        "alt": draft.alt,
        "notes": draft.notes,
        "undated": draft.undated,
        "creator_unknown": draft.creator_unknown,
        "specimen": draft.specimen,
        **asdict(draft.rights),
    }


class Meant:
    """Whom links mean, as keys; each is looked up once, for in a transaction it stays the same."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, ...], int] = {}

    def expect(self, kind: str, links: Iterable[LinkDraft]) -> None:
        """Look up together those that are named by identifier."""
        targets = {link.target for link in links if link.target}
        found = authorities.keys_of(self._session, authorities.KINDS[kind], targets)
        self._known |= {(kind, public_id): key for public_id, key in found.items()}

    def key(self, kind: str, link: LinkDraft) -> int:
        """The key of the agent, place, event or concept; one that nobody has yet is made."""
        asked = (kind, link.target) if link.target else (kind, "", link.name, link.kind)
        if asked not in self._known:
            self._known[asked] = _FIND[kind](self._session, link).id
        return self._known[asked]


def write(session: Session, image: Image, draft: Draft) -> None:
    """Write the statements of a new image."""
    meant = Meant(session)
    for model in PARTS:
        for position, values in enumerate(told(model, draft, meant)):
            # An identifier that came with a draft belongs to a row of another photograph.
            row = {"position": position, **values, "public_id": None}
            session.add(model(image_id=image.id, **row))
    session.flush()


def told(model: type[Any], draft: Draft, meant: Meant) -> list[Row]:
    """The rows of one table that a draft tells, in their order; `public_id` where it names one."""
    entries = getattr(draft, PARTS[model])
    rows = [_VALUES[model](entry, meant) for entry in entries]
    if model in _ONCE:
        return list({row[_ONCE[model]]: row for row in reversed(rows)}.values())[::-1]
    return _said_once(entries, rows) if model in LINKED else rows


def _said_once(links: Sequence[LinkDraft], rows: Sequence[Row]) -> list[Row]:
    """The rows without those that say the same of somebody by another of their names."""
    found: list[tuple[LinkDraft, Row]] = []
    for link, row in zip(links, rows, strict=True):
        called = (link.target, link.name)
        if not any(row == said and called != (one.target, one.name) for one, said in found):
            found.append((link, row))
    return [row for _link, row in found]


def date_values(draft: DateDraft) -> dict[str, Any]:
    """The columns of a date statement; words that cannot be read are kept as they are."""
    if draft.edtf:
        reading = dates.read_edtf(draft.edtf)
    else:
        reading = dates.read(draft.display, lang=draft.lang or None)
    return {
        "role": draft.role,
        "display": draft.display,
        "lang": draft.lang,
        "basis": draft.basis,
        "attributed": draft.attributed,
        "source": draft.source,
        "preferred": draft.preferred,
        "edtf": (reading.edtf or "") if reading.ok else "",
        "earliest": reading.earliest if reading.ok else None,
        "latest": reading.latest if reading.ok else None,
        "uncertain": reading.uncertain,
        "approximate": reading.approximate,
        "kind": reading.kind if reading.ok else "unread",
    }


def region_inside(region: list[float] | None) -> list[float] | None:
    """The region itself, [x, y, width, height] in per cent. Raises OutsideThePicture."""
    if region is None:
        return None
    x, y, width, height = region
    if min(x, y) < 0 or min(width, height) <= 0 or max(x + width, y + height) > 100:
        raise OutsideThePicture(region)
    return region


def caption_values(draft: CaptionDraft) -> dict[str, Any]:
    """The columns of a caption; what a machine wrote is not public."""
    values = {name: getattr(draft, name) for name in CAPTION_COLUMNS}
    return {**values, "public": draft.public and draft.type != "machine"}


def _agent(link: LinkDraft, meant: Meant) -> Row:
    return {
        "agent_id": meant.key("agent", link),
        "role": link.role or "creator",
        "certainty": link.certainty,
        "note": link.note,
        "source": link.source,
        "region": region_inside(link.region),
        "public": link.public,
    }


def _place(link: LinkDraft, meant: Meant) -> Row:
    return {
        "place_id": meant.key("place", link),
        "role": link.role or "shown",
        "certainty": link.certainty,
        "note": link.note,
        "source": link.source,
        "lat": link.lat,
        "lon": link.lon,
        "uncertainty_m": link.uncertainty_m,
        "heading_deg": link.heading_deg,
    }


def _event(link: LinkDraft, meant: Meant) -> Row:
    key = meant.key("event", link)
    return {"event_id": key, "certainty": link.certainty, "source": link.source}


def _named(draft: DateDraft | CarrierDraft | CaptionDraft, values: Row) -> Row:
    return {**values, **({"public_id": draft.id} if draft.id else {})}


def _carrier(draft: CarrierDraft) -> Row:
    return {name: value for name, value in asdict(draft).items() if name != "id"}


_FIND: dict[str, Callable[[Session, LinkDraft], Any]] = {
    "agent": authorities.agent,
    "place": authorities.place,
    "event": authorities.event,
    "concept": authorities.concept,
}
# The part of a draft that speaks of the rows of a table.
PARTS: dict[type[Any], str] = {
    CaptionStatement: "captions",
    DateStatement: "dates",
    ImageAgent: "agents",
    ImagePlace: "places",
    ImageEvent: "events",
    ImageConcept: "subjects",
    ImageIdentifier: "identifiers",
    Carrier: "carriers",
}
LINKED: dict[type[Any], str] = {
    ImageAgent: "agent", ImagePlace: "place", ImageEvent: "event", ImageConcept: "concept",
}  # fmt: skip
_VALUES: dict[type[Any], Callable[[Any, Meant], Row]] = {
    CaptionStatement: lambda draft, _meant: _named(draft, caption_values(draft)),
    DateStatement: lambda draft, _meant: _named(draft, date_values(draft)),
    ImageAgent: _agent,
    ImagePlace: _place,
    ImageEvent: _event,
    ImageConcept: lambda link, meant: {"concept_id": meant.key("concept", link)},
    ImageIdentifier: lambda draft, _meant: asdict(draft),
    Carrier: lambda draft, _meant: _named(draft, _carrier(draft)),
}
# What is said of a photograph once; who says it again means the same.
_ONCE: dict[type[Any], str] = {ImageEvent: "event_id", ImageConcept: "concept_id"}
