"""A fonds, series or file as a IIIF collection (Presentation API 3.0, section 5.1).

What stands in it is what everybody may see, whoever asks: the parts that hold public photographs,
and the photographs themselves. A unit of thousands is told in pages, each a collection of its own.
The invariant: a unit without public photographs is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from archive import rights, words
from archive.catalogue import projection
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image, RecordRow, Unit
from archive.interop import facts
from archive.interop.manifests import (
    CONTEXT,
    Addresses,
    Institution,
    Json,
    page_of,
    provider,
)

PAGE = 200


def of_unit(session: Session, ref: str, page: int, at: Addresses, institution: Institution) -> Json:
    """One unit, or with a page one part of its photographs. Raises catalogue.NotFound."""
    unit = catalogue.unit_by_ref(session, ref)
    parts = _with_photographs(session, unit.id)
    number = _count(session, unit.id)
    pages = ceil(number / PAGE)
    if (not parts and not number) or page < 0 or page > pages:
        raise catalogue.NotFound(ref)
    if page:
        items = _manifests(session, unit.id, page, at)
    elif pages > 1:
        items = [*_units(parts, at), *_pages(unit, number, at)]
    else:
        items = [*_units(parts, at), *_manifests(session, unit.id, 1, at)]
    return _collection(at.collection(ref, page), unit, items, at, institution)


def of_everything(session: Session, at: Addresses, institution: Institution) -> Json:
    """All fonds that hold public photographs. Raises catalogue.NotFound when none does."""
    parts = _with_photographs(session, None)
    if not parts:
        raise catalogue.NotFound("")
    return {
        "@context": CONTEXT,
        "id": at.collection(""),
        "type": "Collection",
        "label": facts.without_language(institution.name),
        "provider": [provider(institution)],
        "items": _units(parts, at),
    }


def _collection(
    here: str, unit: Unit, items: list[Json], at: Addresses, institution: Institution
) -> Json:
    told: Json = {
        "@context": CONTEXT,
        "id": here,
        "type": "Collection",
        "label": _title(unit),
        "summary": facts.language_map(unit.scope),
        "metadata": _metadata(unit),
        "provider": [provider(institution)],
        "homepage": [page_of(at.unit(unit.ref_code), _title(unit))],
        "partOf": _above(unit, here, at),
        "items": items,
    }
    return {key: value for key, value in told.items() if value}


def _above(unit: Unit, here: str, at: Addresses) -> list[Json]:
    """What it is a part of: a page of its unit, a unit of the one above it."""
    if here != at.collection(unit.ref_code):
        return _units([unit], at)
    return _units([unit.parent], at) if unit.parent else []


def _metadata(unit: Unit) -> list[Json]:
    level = facts.said(lambda: words.LEVELS[unit.level])
    return [{"label": level, "value": facts.without_language(unit.ref_code)}]


def _title(unit: Unit) -> facts.Texts:
    return facts.language_map(unit.title) or facts.without_language(unit.ref_code)


def _units(units: Sequence[Unit], at: Addresses) -> list[Json]:
    return [
        {"id": at.collection(unit.ref_code), "type": "Collection", "label": _title(unit)}
        for unit in units
    ]


def _pages(unit: Unit, number: int, at: Addresses) -> list[Json]:
    """Parts of a long unit: 1–200, 201–400 …"""
    return [
        {
            "id": at.collection(unit.ref_code, page),
            "type": "Collection",
            "label": facts.without_language(
                f"{unit.ref_code} {(page - 1) * PAGE + 1}–{min(page * PAGE, number)}"
            ),
        }
        for page in range(1, ceil(number / PAGE) + 1)
    ]


def _manifests(session: Session, unit_id: int, page: int, at: Addresses) -> list[Json]:
    rows = session.execute(
        select(Image.public_id, RecordRow.own)
        .join(RecordRow, RecordRow.image_id == Image.id)
        .join(rights.Access, rights.Access.image_id == Image.id)
        .where(Image.unit_id == unit_id, *_public())
        .order_by(Image.position, Image.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [
        {"id": at.manifest(public_id), "type": "Manifest", "label": facts.title_of(own)}
        for public_id, own in rows
    ]


def _count(session: Session, unit_id: int) -> int:
    question = (
        select(func.count())
        .select_from(Image)
        .join(rights.Access, rights.Access.image_id == Image.id)
        .where(Image.unit_id == unit_id, *_public())
    )
    return session.scalar(question) or 0


def _with_photographs(session: Session, parent_id: int | None) -> list[Unit]:
    """The units right below one, or the topmost ones, with public photographs somewhere in them."""
    below = (
        select(Unit.id.label("top"), Unit.id.label("id"))
        .where(Unit.parent_id == parent_id if parent_id else Unit.parent_id.is_(None))
        .cte("below", recursive=True)
    )
    lower = aliased(Unit)
    below = below.union_all(
        select(below.c.top, lower.id).join(lower, lower.parent_id == below.c.id)
    )
    photograph = (
        exists()
        .where(Image.unit_id == below.c.id, rights.Access.image_id == Image.id, *_public())
        .correlate(below)
    )
    holding = select(below.c.top).where(photograph)
    question = select(Unit).where(Unit.id.in_(holding)).order_by(Unit.position, Unit.ref_code)
    return list(session.scalars(question))


def _public() -> tuple[ColumnElement[bool], ...]:
    """What everybody may see today."""
    until = rights.Access.valid_until
    return rights.Access.public.is_(True), or_(until.is_(None), until >= projection.today())
