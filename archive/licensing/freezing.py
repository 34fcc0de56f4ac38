"""Freezing: what is sent is written down once, numbered without gaps, hashed, and kept as a PDF.

A frozen document is JSON in canonical form; its SHA-256 and the PDF made of it never change. A
correction is a new document.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import settings
from archive.accounts.models import Person
from archive.catalogue import projection, record
from archive.catalogue.models import Asset, Image, RecordRow
from archive.licensing import documents, money
from archive.licensing.models import (
    Acceptance,
    Delivery,
    Document,
    DocumentCounter,
    Licence,
    LicenceLine,
    LicenceRequest,
    Quote,
)
from archive.licensing.usage import Usage, ends_on


@dataclass(frozen=True)
class Offer:
    """The money of a quote."""

    currency: str
    scheme: money.VatScheme
    total: money.Total
    note: str


def draw_number(session: Session, series: str) -> str:
    """The next number of a series this year, for example Q-2026-0001; gapless."""
    year = projection.today().year
    counter = session.get(DocumentCounter, (series, year), with_for_update=True)
    if counter is None:
        counter = DocumentCounter(series=series, year=year, next=1)
        session.add(counter)
    number = counter.next
    counter.next += 1
    session.flush()
    return f"{series}-{year}-{number:04d}"


def freeze_quote(
    session: Session,
    request: LicenceRequest,
    *,
    nets: dict[Image, int],
    offer: Offer,
    valid_until: date,
) -> Quote:
    """Write a quote and its PDF."""
    total = offer.total
    content = {
        "kind": "quote",
        "number": draw_number(session, "Q"),
        "request": request.number,
        "date": projection.today().isoformat(),
        "valid_until": valid_until.isoformat(),
        "lang": request.lang,
        "institution": _institution(),
        "customer": _customer(session, request),
        "usage": request.usage,
        "currency": offer.currency,
        "vat_scheme": offer.scheme.code,
        "vat_percent": total.percent,
        "net": total.net,
        "vat": total.vat,
        "gross": total.gross,
        "note": offer.note,
        "lines": [_line(session, image, net) for image, net in nets.items()],
    }
    revision = session.scalar(
        select(func.count()).select_from(Quote).where(Quote.request_id == request.id)
    )
    made = Quote(
        number=content["number"],
        request_id=request.id,
        revision=(revision or 0) + 1,
        currency=offer.currency,
        net_minor=total.net,
        vat_minor=total.vat,
        gross_minor=total.gross,
        valid_until=valid_until,
        **_frozen(session, content),
    )
    session.add(made)
    session.flush()
    return made


def freeze_licence(
    session: Session, request: LicenceRequest, acceptance: Acceptance, quote: dict[str, Any]
) -> Licence:
    """Write a licence from the quote that was accepted, its register and its deliveries."""
    starts = projection.today()
    ends = ends_on(starts, Usage.from_json(request.usage).duration)
    content = {
        **quote,
        "kind": "licence",
        "quote": quote["number"],
        "number": draw_number(session, "L"),
        "date": starts.isoformat(),
        "starts_on": starts.isoformat(),
        "ends_on": ends.isoformat() if ends else None,
    }
    licence = Licence(
        number=content["number"],
        request_id=request.id,
        acceptance_id=acceptance.id,
        person_id=request.person_id,
        starts_on=starts,
        ends_on=ends,
        **_frozen(session, content),
    )
    session.add(licence)
    session.flush()
    for line in content["lines"]:
        _register(session, licence, request, line)
    session.flush()
    return licence


def _register(
    session: Session, licence: Licence, request: LicenceRequest, line: dict[str, Any]
) -> None:
    image = session.scalars(select(Image).where(Image.public_id == line["id"])).one()
    session.add(
        LicenceLine(
            licence_id=licence.id,
            image_id=image.id,
            usage=request.usage,
            credit_line=line["credit"],
            net_minor=line["net"],
            starts_on=licence.starts_on,
            ends_on=licence.ends_on,
        )
    )
    # A record without a picture is licensed all the same: its scan can be ordered later.
    asset = session.scalars(
        select(Asset)
        .where(Asset.image_id == image.id, Asset.side == "recto")
        .order_by(Asset.representative.desc(), Asset.position)
    ).first()
    if asset is not None:
        sessions = settings.current().delivery_sessions
        session.add(
            Delivery(
                licence_id=licence.id,
                image_id=image.id,
                asset_id=asset.id,
                max_sessions=sessions,
            )
        )


def _frozen(session: Session, content: dict[str, Any]) -> dict[str, str]:
    """The columns of a frozen document; its PDF is stored beside."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    pdf = documents.pdf(content)
    digest = hashlib.sha256(pdf).hexdigest()
    if session.get(Document, digest) is None:
        session.add(Document(sha256=digest, kind=content["kind"], content=pdf))
        session.flush()
    return {
        "frozen": text,
        "frozen_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "pdf_sha256": digest,
    }


def _institution() -> dict[str, str]:
    chosen = settings.current()
    return {
        "name": chosen.institution,
        "address": chosen.institution_address,
        "email": chosen.institution_email,
        "site": chosen.base_url,
    }


def _customer(session: Session, request: LicenceRequest) -> dict[str, str]:
    person = session.get_one(Person, request.person_id)
    return {
        "name": person.name,
        "organisation": request.organisation,
        "address": request.billing_address,
        "country": request.country,
        "vat_id": request.vat_id,
    }


def _line(session: Session, image: Image, net: int) -> dict[str, Any]:
    own = session.get_one(RecordRow, image.id).own
    joined = record.complete(session, image, own)
    return {
        "id": image.public_id,
        "ref": joined["ref_code"] or image.public_id,
        "title": joined["title"],
        "credit": joined["rights"]["credit"],
        "net": net,
    }
