"""A request as its two pages show it: one reading for the requester and for the officer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import rights
from archive.catalogue import projection
from archive.catalogue import service as photographs
from archive.licensing import money
from archive.licensing.models import Licence, LicenceRequest, Quote, Step
from archive.licensing.usage import Usage, in_words


@dataclass(frozen=True)
class ShownLine:
    """One photograph of a request, with what the policy says of this use."""

    id: int
    record: dict[str, Any]
    effect: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ShownQuote:
    quote: Quote
    content: dict[str, Any]
    net: str
    vat: str
    gross: str
    is_over: bool


@dataclass(frozen=True)
class ShownRequest:
    """Everything a page needs; `licence` is None until a quote is accepted."""

    request: LicenceRequest
    usage: list[tuple[str, str]]
    lines: list[ShownLine]
    steps: Sequence[Step]
    quotes: list[ShownQuote]
    licence: Licence | None

    @property
    def open_quote(self) -> ShownQuote | None:
        return next((shown for shown in self.quotes if shown.quote.state == "sent"), None)


def as_shown(session: Session, found: LicenceRequest, lang: str) -> ShownRequest:
    """Gather what the pages of one request show, in the reader's language."""
    session.refresh(found)
    licence = session.scalars(select(Licence).where(Licence.request_id == found.id)).first()
    return ShownRequest(
        request=found,
        usage=in_words(Usage.from_json(found.usage), lang),
        lines=_lines(session, found, lang),
        steps=found.steps,
        quotes=[_quote(quote, lang) for quote in reversed(found.quotes)],
        licence=licence,
    )


def _lines(session: Session, found: LicenceRequest, lang: str) -> list[ShownLine]:
    readings = {
        reading.image_id: reading.record
        for reading in photographs.records_of(session, [line.image_id for line in found.lines])
    }
    shown = []
    for line in found.lines:
        decides = Usage.from_json(found.usage).decides
        decision = photographs.decide(session, line.image, decides)
        reasons = tuple(rights.sentence(reason, lang) for reason in decision.reasons)
        shown.append(ShownLine(line.id, readings[line.image_id], decision.effect, reasons))
    return shown


def _quote(quote: Quote, lang: str) -> ShownQuote:
    amounts = (quote.net_minor, quote.vat_minor, quote.gross_minor)
    net, vat, gross = (money.show(amount, quote.currency, lang) for amount in amounts)
    is_over = quote.valid_until < projection.today()
    return ShownQuote(quote, json.loads(quote.frozen), net, vat, gross, is_over)
