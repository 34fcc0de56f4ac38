"""Drafts become statements; a describe form is compared with what is said already.

Unchanged statements keep their rows. A corrected caption is a new row that supersedes the old one:
words once said are never overwritten. Dates are read from the words as written.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import dates
from archive.catalogue import authorities
from archive.catalogue.drafts import CaptionDraft, DateDraft, Draft, LinkDraft
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
    for made in _parts(image, draft):
        session.add(made)
    session.flush()


def replace(session: Session, image: Image, draft: Draft) -> None:
    """Make the statements of an image say what the draft says."""
    _replace_captions(session, image, draft.captions)
    _replace_rows(session, DateStatement, image, [_date(image, d) for d in draft.dates])
    rows = [*_links(session, image, draft), *_parts(image, draft)]
    for model in (ImageAgent, ImagePlace, ImageEvent, ImageConcept, ImageIdentifier, Carrier):
        _replace_rows(session, model, image, [row for row in rows if type(row) is model])
    session.flush()


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


def _date(image: Image, draft: DateDraft) -> DateStatement:
    return DateStatement(image_id=image.id, **date_values(draft))


def _caption(image: Image, draft: CaptionDraft, position: int) -> CaptionStatement:
    values = {name: getattr(draft, name) for name in CAPTION_COLUMNS}
    return CaptionStatement(image_id=image.id, position=position, **values)


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
        region=link.region,
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
    made += [Carrier(**asdict(entry)) for entry in draft.carriers]
    return _placed(image, made)


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
    for position, draft in enumerate(drafts):
        row = current.pop(draft.id, None)
        if row is not None and _same_words(row, draft):
            _adjust(row, draft, position)
            continue
        made = _caption(image, draft, position)
        session.add(made)
        session.flush()
        if row is not None:
            row.superseded_by_id, row.preferred = made.id, False
    for row in current.values():
        row.retired, row.preferred = True, False


def _same_words(row: CaptionStatement, draft: CaptionDraft) -> bool:
    return (row.type, row.lang, row.text) == (draft.type, draft.lang, draft.text)


def _adjust(row: CaptionStatement, draft: CaptionDraft, position: int) -> None:
    for name in CAPTION_COLUMNS:
        setattr(row, name, getattr(draft, name))
    row.position = position


def _replace_rows(session: Session, model: Any, image: Image, wanted: list[Any]) -> None:
    """Keep the rows that say the same, add the new ones, remove the others."""
    current = session.scalars(select(model).where(model.image_id == image.id)).all()
    unmatched = {row.id: row for row in current}
    for position, row in enumerate(wanted):
        same = next((old for old in unmatched.values() if _says(old) == _says(row)), None)
        if same is not None:
            unmatched.pop(same.id).position = position
        else:
            row.position = position
            session.add(row)
    for row in unmatched.values():
        session.delete(row)
    session.flush()


def _says(row: Any) -> tuple[Any, ...]:
    skipped = {"id", "public_id", "image_id", "position"}
    columns = row.__mapper__.column_attrs
    return tuple(_plain(getattr(row, c.key)) for c in columns if c.key not in skipped)


def _plain(value: Any) -> Any:
    return str(sorted(value.items())) if isinstance(value, dict) else value
