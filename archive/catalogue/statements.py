"""Drafts become statements; a describe form is compared with what is said already.

Unchanged statements keep their rows, and so does a statement of which a part was changed. A
corrected caption is a new row that supersedes the old one: words once said are never overwritten.
Dates are read from the words as written.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
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
# What a row is about: a changed row that is about the same is the same row.
ABOUT: dict[type[Any], tuple[str, ...]] = {
    DateStatement: ("public_id",),
    Carrier: ("public_id",),
    ImageAgent: ("agent_id", "role"),
    ImagePlace: ("place_id", "role"),
    ImageEvent: ("event_id",),
    ImageConcept: ("concept_id",),
    ImageIdentifier: ("kind", "value"),
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
_OF_ITSELF = frozenset({"id", "public_id", "image_id", "position"})


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


def write(session: Session, image: Image, draft: Draft) -> None:
    """Write the statements of a new image."""
    for position, caption in enumerate(draft.captions):
        session.add(_caption(image, caption, position))
    for position, entry in enumerate(draft.dates):
        session.add(DateStatement(image_id=image.id, position=position, **date_values(entry)))
    for made in _links(session, image, draft):
        session.add(made)
    session.add_all(_new(made) for made in _parts(image, draft))
    session.flush()


def replace(session: Session, image: Image, draft: Draft, known: Draft | None = None) -> None:
    """Make the statements of an image say what the draft says.

    `known` is a draft of what they say now: the parts that are the same are not looked at.
    """
    changed = [m for m, part in PARTS.items() if _differ(draft, known, part)]
    if CaptionStatement in changed:
        _replace_captions(session, image, draft.captions)
    silent: dict[str, Any] = {part: [] for m, part in PARTS.items() if m not in changed}
    told = dataclasses.replace(draft, **silent)
    dated = [_date(image, entry) for entry in told.dates]
    rows = [*dated, *_links(session, image, told), *_parts(image, told)]
    for model in ABOUT:
        if model in changed:
            _replace_rows(session, model, image, [row for row in rows if type(row) is model])
    session.flush()


def _differ(draft: Draft, known: Draft | None, part: str) -> bool:
    return known is None or getattr(draft, part) != getattr(known, part)


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


def _date(image: Image, draft: DateDraft) -> DateStatement:
    known = {"public_id": draft.id} if draft.id else {}
    return DateStatement(image_id=image.id, **known, **date_values(draft))


def _caption(image: Image, draft: CaptionDraft, position: int) -> CaptionStatement:
    return CaptionStatement(image_id=image.id, position=position, **caption_values(draft))


def caption_values(draft: CaptionDraft) -> dict[str, Any]:
    """The columns of a caption; what a machine wrote is not public."""
    values = {name: getattr(draft, name) for name in CAPTION_COLUMNS}
    return {**values, "public": draft.public and draft.type != "machine"}


def _links(session: Session, image: Image, draft: Draft) -> list[Any]:
    made: list[Any] = [_agent(session, link) for link in draft.agents]
    made += [_place(session, link) for link in draft.places]
    made += _once([_event(session, link) for link in draft.events], "event_id")
    made += _once([_subject(session, link) for link in draft.subjects], "concept_id")
    return _placed(image, made)


def _agent(session: Session, link: LinkDraft) -> ImageAgent:
    return ImageAgent(
        agent_id=authorities.agent(session, link).id,
        role=link.role or "creator",
        certainty=link.certainty,
        note=link.note,
        source=link.source,
        region=region_inside(link.region),
        public=link.public,
    )


def _place(session: Session, link: LinkDraft) -> ImagePlace:
    return ImagePlace(
        place_id=authorities.place(session, link).id,
        role=link.role or "shown",
        certainty=link.certainty,
        note=link.note,
        source=link.source,
        lat=link.lat,
        lon=link.lon,
        uncertainty_m=link.uncertainty_m,
        heading_deg=link.heading_deg,
    )


def _event(session: Session, link: LinkDraft) -> ImageEvent:
    key = authorities.event(session, link).id
    return ImageEvent(event_id=key, certainty=link.certainty, source=link.source)


def _subject(session: Session, link: LinkDraft) -> ImageConcept:
    return ImageConcept(concept_id=authorities.concept(session, link).id)


def _parts(image: Image, draft: Draft) -> list[Any]:
    made: list[Any] = [ImageIdentifier(**asdict(entry)) for entry in draft.identifiers]
    made += [_carrier(entry) for entry in draft.carriers]
    return _placed(image, made)


def _carrier(draft: CarrierDraft) -> Carrier:
    values = asdict(draft)
    known = values.pop("id")
    return Carrier(**values, **({"public_id": known} if known else {}))


def _placed(image: Image, rows: list[Any]) -> list[Any]:
    """Number the rows of each kind in their order."""
    numbers: Counter[type[Any]] = Counter()
    for row in rows:
        row.image_id, row.position = image.id, numbers[type(row)]
        numbers[type(row)] += 1
    return rows


def _once(rows: list[Any], key: str) -> list[Any]:
    """The first row of each key, in order."""
    return list({getattr(row, key): row for row in reversed(rows)}.values())[::-1]


def _replace_captions(session: Session, image: Image, drafts: list[CaptionDraft]) -> None:
    current = {
        row.public_id: row
        for row in session.scalars(
            select(CaptionStatement).where(
                CaptionStatement.image_id == image.id,
                CaptionStatement.superseded_by_id.is_(None),
                CaptionStatement.retired.is_(False),
            )
        )
    }
    said = [_say(session, image, draft, current.pop(draft.id, None)) for draft in drafts]
    _in_order(said)
    for row in current.values():
        row.retired, row.preferred = True, False


def _say(
    session: Session, image: Image, draft: CaptionDraft, row: CaptionStatement | None
) -> CaptionStatement:
    """The row that says the draft: the one there is, or a new one in its place."""
    if row is not None and _same_words(row, draft):
        for name, value in caption_values(draft).items():
            setattr(row, name, value)
        return row
    made = _caption(image, draft, row.position if row is not None else 0)
    session.add(made)
    session.flush()
    if row is not None:
        row.superseded_by_id, row.preferred = made.id, False
    return made


def _same_words(row: CaptionStatement, draft: CaptionDraft) -> bool:
    return (row.type, row.lang, row.text) == (draft.type, draft.lang, draft.text)


def _replace_rows(session: Session, model: Any, image: Image, wanted: list[Any]) -> None:
    """Keep the rows that say the same, change those about the same, add and remove the others."""
    unmatched = list(
        session.scalars(
            select(model).where(model.image_id == image.id).order_by(model.position, model.id)
        )
    )
    same = [_take(unmatched, row, _says) for row in wanted]
    rows = [
        kept if kept is not None else _change(session, row, _take(unmatched, row, _about))
        for kept, row in zip(same, wanted, strict=True)
    ]
    for row in unmatched:
        session.delete(row)
    session.flush()
    _in_order(rows)


def _take(rows: list[Any], wanted: Any, key: Any) -> Any:
    """Take out of the rows the first that is the same by its key."""
    for row in rows:
        if key(row) == key(wanted):
            rows.remove(row)
            return row
    return None


def _change(session: Session, wanted: Any, row: Any) -> Any:
    """The row made to say what is wanted; where there is none, a new one."""
    if row is None:
        session.add(_new(wanted))
        session.flush()
        return wanted
    for name in _columns(row):
        setattr(row, name, getattr(wanted, name))
    return row


def _new(row: Any) -> Any:
    """An identifier that came with a draft belongs to a row of another time or photograph."""
    row.public_id = None
    return row


def _in_order(rows: Sequence[Any]) -> None:
    """Number rows so that they are read in this order; those in order already stay as they are."""
    last = (-1, 0)
    for row in rows:
        if (row.position, row.id) <= last:
            row.position = last[0] + 1
        last = (row.position, row.id)


def _says(row: Any) -> list[Any]:
    return [getattr(row, name) for name in _columns(row)]


def _about(row: Any) -> list[Any]:
    return [getattr(row, name) for name in ABOUT[type(row)]]


def _columns(row: Any) -> list[str]:
    return [c.key for c in row.__mapper__.column_attrs if c.key not in _OF_ITSELF]
