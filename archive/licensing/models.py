"""Tables of the licence desk. Money is an integer number of minor units with its currency.

What was sent is frozen: a quote and a licence keep the JSON they were made of, its digest and the
PDF that was sent. Columns with personal values are not written to history, which cannot forget.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Date, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.accounts.models import Person
from archive.catalogue.models import Image
from archive.db import Base, Identified, now
from archive.history import Recorded


class LicenceRequest(Identified, Recorded, Base):
    """A publisher asks to use photographs; `usage` says for what, where and how long."""

    __tablename__ = "licence_request"
    __subject__ = ("licence_request", "id")
    __unrecorded__ = frozenset(
        {"version", "updated_at", "organisation", "billing_address", "vat_id", "message"}
    )

    number: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="submitted", index=True)
    lang: Mapped[str] = mapped_column(String(5), default="hu")
    organisation: Mapped[str] = mapped_column(Text, default="")
    billing_address: Mapped[str] = mapped_column(Text, default="")
    country: Mapped[str] = mapped_column(String(2), default="HU")
    vat_id: Mapped[str] = mapped_column(String(30), default="")
    usage: Mapped[dict[str, Any]] = mapped_column(default=dict)
    message: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship(viewonly=True)
    lines: Mapped[list[RequestLine]] = relationship(order_by="RequestLine.id", viewonly=True)
    steps: Mapped[list[Step]] = relationship(order_by="Step.id", viewonly=True)
    quotes: Mapped[list[Quote]] = relationship(order_by="Quote.revision", viewonly=True)


class RequestLine(Identified, Recorded, Base):
    """One photograph of a request, with the decision that held when it was asked for."""

    __tablename__ = "request_line"
    __subject__ = ("licence_request", "request_id")
    __table_args__ = (UniqueConstraint("request_id", "image_id"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("licence_request.id"), index=True)
    image_id: Mapped[int] = mapped_column(ForeignKey("image.id"), index=True)
    decision: Mapped[dict[str, Any]] = mapped_column(default=dict)

    image: Mapped[Image] = relationship(viewonly=True)


class Step(Base):
    """One step of a request as both sides see it; `text` is what one wrote to the other."""

    __tablename__ = "licence_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("licence_request.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    kind: Mapped[str] = mapped_column(String(30))
    by_staff: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text, default="")


class Quote(Identified, Recorded, Base):
    """A frozen offer. A better one is a new revision; the old one is superseded."""

    __tablename__ = "quote"
    __subject__ = ("licence_request", "request_id")
    __unrecorded__ = frozenset({"frozen"})
    __table_args__ = (UniqueConstraint("request_id", "revision"),)

    number: Mapped[str] = mapped_column(String(20), unique=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("licence_request.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20), default="sent", index=True)
    currency: Mapped[str] = mapped_column(String(3))
    net_minor: Mapped[int] = mapped_column(BigInteger)
    vat_minor: Mapped[int] = mapped_column(BigInteger)
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    valid_until: Mapped[date] = mapped_column(Date)
    sent_at: Mapped[datetime] = mapped_column(default=now)
    frozen: Mapped[str] = mapped_column(Text)
    frozen_sha256: Mapped[str] = mapped_column(String(64))
    pdf_sha256: Mapped[str] = mapped_column(ForeignKey("document.sha256"))

    request: Mapped[LicenceRequest] = relationship(viewonly=True)


class Acceptance(Recorded, Base):
    """A quote is accepted once; the key of the form makes a repeated click harmless."""

    __tablename__ = "acceptance"
    __subject__ = ("quote", "quote_id")

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id"), unique=True)
    accepted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    method: Mapped[str] = mapped_column(String(20), default="web")
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)


class Licence(Identified, Recorded, Base):
    """Permission to use photographs as agreed; anybody may verify its number."""

    __tablename__ = "licence"
    __subject__ = ("licence_request", "request_id")
    __unrecorded__ = frozenset({"frozen"})

    number: Mapped[str] = mapped_column(String(20), unique=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("licence_request.id"), index=True)
    acceptance_id: Mapped[int] = mapped_column(ForeignKey("acceptance.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="active", index=True)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    frozen: Mapped[str] = mapped_column(Text)
    frozen_sha256: Mapped[str] = mapped_column(String(64))
    pdf_sha256: Mapped[str] = mapped_column(ForeignKey("document.sha256"))
    granted_at: Mapped[datetime] = mapped_column(default=now)

    request: Mapped[LicenceRequest] = relationship(viewonly=True)
    lines: Mapped[list[LicenceLine]] = relationship(order_by="LicenceLine.id", viewonly=True)
    deliveries: Mapped[list[Delivery]] = relationship(order_by="Delivery.id", viewonly=True)


class LicenceLine(Recorded, Base):
    """The register: who may use which photograph, for what, where, until when."""

    __tablename__ = "licence_line"
    __subject__ = ("licence", "licence_id")

    id: Mapped[int] = mapped_column(primary_key=True)
    licence_id: Mapped[int] = mapped_column(ForeignKey("licence.id"), index=True)
    image_id: Mapped[int] = mapped_column(ForeignKey("image.id"), index=True)
    usage: Mapped[dict[str, Any]] = mapped_column(default=dict)
    credit_line: Mapped[str] = mapped_column(Text, default="")
    net_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)

    image: Mapped[Image] = relationship(viewonly=True)


class Delivery(Identified, Recorded, Base):
    """One file made for one licence; of its link only the digest is kept."""

    __tablename__ = "delivery"
    __subject__ = ("licence", "licence_id")

    licence_id: Mapped[int] = mapped_column(ForeignKey("licence.id"), index=True)
    image_id: Mapped[int] = mapped_column(ForeignKey("image.id"), index=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    state: Mapped[str] = mapped_column(String(12), default="preparing", index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    filename: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None]
    sessions: Mapped[int] = mapped_column(default=0)
    max_sessions: Mapped[int] = mapped_column(default=5)
    revoked_at: Mapped[datetime | None]

    image: Mapped[Image] = relationship(viewonly=True)
    licence: Mapped[Licence] = relationship(viewonly=True)


class Document(Base):
    """A PDF as it was sent, by the SHA-256 of its bytes."""

    __tablename__ = "document"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(default=now)


class DocumentCounter(Base):
    """The next number of a series in a year; drawn in the transaction that freezes the document."""

    __tablename__ = "document_counter"

    series: Mapped[str] = mapped_column(String(4), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    next: Mapped[int] = mapped_column(default=1)
