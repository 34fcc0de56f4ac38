"""Tables of the catalogue: units, images, carriers, assets, and the statements made about them.

An *image* is what one sees; a *carrier* is a thing that bears it (a negative, a print); an *asset*
is a file. What is known of an image is a statement with its author, date and certainty, never a
bare field. Everything here is `Recorded`: it changes only inside `history.change()`. Rows that
follow from others (`RecordRow`, `rights.Access`) are not recorded and can be made anew.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.db import Base, Identified, now
from archive.history import Recorded

LEVELS = ("fonds", "subfonds", "series", "subseries", "file")
STATES = ("draft", "in_review", "published", "withdrawn")
CAPTION_TYPES = (
    "archivist_title",
    "archivist_description",
    "original_inscription",
    "agency_caption",
    "publication_caption",
    "donor_account",
    "witness_account",
    "public_contribution",
    "machine",
)
STANCES = ("neutral", "contested", "disproved", "propaganda", "offensive_language")
CERTAINTIES = ("certain", "probable", "possible", "disproved")
AGENT_ROLES = (
    "creator",
    "contributor",
    "agency",
    "studio",
    "publisher",
    "depicted",
    "donor",
    "owner",
    "rights_holder",
    "licensor",
    "subject",
)
SIDES = ("recto", "verso", "mount", "detail", "frame")
IDENTIFIER_KINDS = ("original_no", "former_no", "inventory_no", "accession_no", "source_id")
BASES = (
    "inscription",
    "caption",
    "agency_log",
    "inference",
    "donor",
    "identified_event",
    "sequence",
    "cataloguer",
    "file",
)


class RightsAndProvenance:
    """Columns that an image states or inherits from its unit; empty means silent."""

    rights_statement: Mapped[str] = mapped_column(String(120), default="")
    credit_line: Mapped[str] = mapped_column(Text, default="")
    rights_holder: Mapped[str] = mapped_column(Text, default="")
    rights_note: Mapped[dict[str, str]] = mapped_column(default=dict)
    source: Mapped[str] = mapped_column(Text, default="")
    acquisition: Mapped[str] = mapped_column(Text, default="")
    custody: Mapped[dict[str, str]] = mapped_column(default=dict)
    publication_publisher: Mapped[str] = mapped_column(Text, default="")
    publication_title: Mapped[str] = mapped_column(Text, default="")
    publication_address: Mapped[str] = mapped_column(Text, default="")
    publication_date: Mapped[str] = mapped_column(String(80), default="")
    publication_retrieved_on: Mapped[date | None] = mapped_column(Date)


class Unit(Identified, RightsAndProvenance, Recorded, Base):
    """A fonds, series or file: a node of the arrangement (ISAD(G) 3.1)."""

    __tablename__ = "unit"
    __subject__ = ("unit", "id")
    __table_args__ = (CheckConstraint("parent_id <> id", name="not_its_own_parent"),)

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    level: Mapped[str] = mapped_column(String(20), default="fonds")
    ref_code: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[dict[str, str]] = mapped_column(default=dict)
    scope: Mapped[dict[str, str]] = mapped_column(default=dict)
    dates: Mapped[str] = mapped_column(String(120), default="")
    extent: Mapped[dict[str, str]] = mapped_column(default=dict)
    creator: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    notes: Mapped[str] = mapped_column(Text, default="")

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id", viewonly=True)


class Image(Identified, RightsAndProvenance, Recorded, Base):
    """One visible picture: the thing that is searched, cited and licensed."""

    __tablename__ = "image"
    __subject__ = ("image", "id")
    __unrecorded__ = frozenset({"version", "updated_at"})
    __table_args__ = (Index("ix_image_unit_position", "unit_id", "position", "id"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str] = mapped_column(String(20), default="draft", index=True)
    ref_code: Mapped[str] = mapped_column(String(120), default="", index=True)
    position: Mapped[int] = mapped_column(default=0)
    undated: Mapped[bool] = mapped_column(default=False)
    creator_unknown: Mapped[bool] = mapped_column(default=False)
    specimen: Mapped[bool] = mapped_column(default=False)
    alt: Mapped[dict[str, str]] = mapped_column(default=dict)
    notes: Mapped[str] = mapped_column(Text, default="")
    withdrawn_reason: Mapped[str] = mapped_column(String(40), default="")
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    updated_at: Mapped[datetime] = mapped_column(default=now, index=True)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(viewonly=True)


class _OfImage(Identified):
    """Mixin: a row that says something about one image."""

    image_id: Mapped[int] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)


class CaptionStatement(_OfImage, Recorded, Base):
    """Words said about an image by somebody at some time.

    A correction is a new row that supersedes this one; a statement taken back is `retired`.
    """

    __tablename__ = "caption_statement"
    __subject__ = ("image", "image_id")

    type: Mapped[str] = mapped_column(String(30))
    lang: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text)
    attributed: Mapped[str] = mapped_column(Text, default="")
    dated: Mapped[str] = mapped_column(String(80), default="")
    side: Mapped[str] = mapped_column(String(10), default="")
    stance: Mapped[str] = mapped_column(String(20), default="neutral")
    stance_note: Mapped[dict[str, str]] = mapped_column(default=dict)
    preferred: Mapped[bool] = mapped_column(default=False)
    public: Mapped[bool] = mapped_column(default=True)
    retired: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    translation_of_id: Mapped[int | None] = mapped_column(ForeignKey("caption_statement.id"))
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("caption_statement.id"))


class DateStatement(_OfImage, Recorded, Base):
    """A date claimed for an image: the words as found and what they mean (EDTF, ISO 8601-2)."""

    __tablename__ = "date_statement"
    __subject__ = ("image", "image_id")
    __table_args__ = (
        CheckConstraint("earliest IS NULL OR latest IS NULL OR earliest <= latest", name="order"),
        Index("ix_date_statement_span", "earliest", "latest"),
    )

    role: Mapped[str] = mapped_column(String(20), default="created")
    edtf: Mapped[str] = mapped_column(String(120), default="")
    display: Mapped[str] = mapped_column(Text, default="")
    lang: Mapped[str] = mapped_column(String(20), default="")
    earliest: Mapped[date | None] = mapped_column(Date)
    latest: Mapped[date | None] = mapped_column(Date)
    uncertain: Mapped[bool] = mapped_column(default=False)
    approximate: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(String(20), default="date")
    basis: Mapped[str] = mapped_column(String(30), default="cataloguer")
    attributed: Mapped[str] = mapped_column(Text, default="")
    preferred: Mapped[bool] = mapped_column(default=True)


class Agent(Identified, Recorded, Base):
    """A person, a corporate body or a family; `names` are all forms it is known by."""

    __tablename__ = "agent"
    __subject__ = ("agent", "id")

    kind: Mapped[str] = mapped_column(String(20), default="person")
    name: Mapped[str] = mapped_column(Text)
    names: Mapped[list[str]] = mapped_column(default=list)
    key: Mapped[str] = mapped_column(Text, index=True)
    dates: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[dict[str, str]] = mapped_column(default=dict)
    identifiers: Mapped[dict[str, str]] = mapped_column(default=dict)


class ImageAgent(_OfImage, Recorded, Base):
    """What somebody has to do with an image, and how sure we are."""

    __tablename__ = "image_agent"
    __subject__ = ("image", "image_id")

    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    certainty: Mapped[str] = mapped_column(String(20), default="certain")
    note: Mapped[str] = mapped_column(Text, default="")
    public: Mapped[bool] = mapped_column(default=True)

    agent: Mapped[Agent] = relationship(viewonly=True)


class Place(Identified, Recorded, Base):
    """A place with its present name; `then` holds names of 1956, `names` all other forms."""

    __tablename__ = "place"
    __subject__ = ("place", "id")

    name: Mapped[dict[str, str]] = mapped_column(default=dict)
    then: Mapped[dict[str, str]] = mapped_column(default=dict)
    names: Mapped[list[str]] = mapped_column(default=list)
    key: Mapped[str] = mapped_column(Text, index=True)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    uncertainty_m: Mapped[int | None]
    note: Mapped[dict[str, str]] = mapped_column(default=dict)


class ImagePlace(_OfImage, Recorded, Base):
    """The place shown, or the place of the camera."""

    __tablename__ = "image_place"
    __subject__ = ("image", "image_id")

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    role: Mapped[str] = mapped_column(String(20), default="shown")
    certainty: Mapped[str] = mapped_column(String(20), default="certain")
    note: Mapped[str] = mapped_column(Text, default="")

    place: Mapped[Place] = relationship(viewonly=True)


class Event(Identified, Recorded, Base):
    """Something that happened, with its date in EDTF."""

    __tablename__ = "event"
    __subject__ = ("event", "id")

    name: Mapped[dict[str, str]] = mapped_column(default=dict)
    names: Mapped[list[str]] = mapped_column(default=list)
    key: Mapped[str] = mapped_column(Text, index=True)
    edtf: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[dict[str, str]] = mapped_column(default=dict)


class ImageEvent(_OfImage, Recorded, Base):
    __tablename__ = "image_event"
    __subject__ = ("image", "image_id")
    __table_args__ = (UniqueConstraint("image_id", "event_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)

    event: Mapped[Event] = relationship(viewonly=True)


class Concept(Identified, Recorded, Base):
    """A term of a vocabulary: a subject, a technique, a genre (SKOS concept)."""

    __tablename__ = "concept"
    __subject__ = ("concept", "id")

    scheme: Mapped[str] = mapped_column(String(20), default="subject")
    label: Mapped[dict[str, str]] = mapped_column(default=dict)
    labels: Mapped[list[str]] = mapped_column(default=list)
    key: Mapped[str] = mapped_column(Text, index=True)
    broader_id: Mapped[int | None] = mapped_column(ForeignKey("concept.id"))


class ImageConcept(_OfImage, Recorded, Base):
    __tablename__ = "image_concept"
    __subject__ = ("image", "image_id")
    __table_args__ = (UniqueConstraint("image_id", "concept_id"),)

    concept_id: Mapped[int] = mapped_column(ForeignKey("concept.id"), index=True)

    concept: Mapped[Concept] = relationship(viewonly=True)


class ImageIdentifier(_OfImage, Recorded, Base):
    """A number somebody else gave the photograph, with who gave it."""

    __tablename__ = "image_identifier"
    __subject__ = ("image", "image_id")

    kind: Mapped[str] = mapped_column(String(20), default="source_id")
    value: Mapped[str] = mapped_column(Text, index=True)
    authority: Mapped[str] = mapped_column(Text, default="")


class Carrier(_OfImage, Recorded, Base):
    """A physical thing that bears the image: negative, print, contact sheet."""

    __tablename__ = "carrier"
    __subject__ = ("image", "image_id")

    technique: Mapped[str] = mapped_column(Text, default="")
    format: Mapped[str] = mapped_column(Text, default="")
    location: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")


class Asset(_OfImage, Recorded, Base):
    """A file of an image, with the side of the carrier it shows; the bytes never change."""

    __tablename__ = "asset"
    __subject__ = ("image", "image_id")
    __table_args__ = (UniqueConstraint("sha256", name="uq_asset_sha256"),)

    carrier_id: Mapped[int | None] = mapped_column(ForeignKey("carrier.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    side: Mapped[str] = mapped_column(String(10), default="recto")
    role: Mapped[str] = mapped_column(String(20), default="original")
    filename: Mapped[str] = mapped_column(Text, default="")
    bytes: Mapped[int] = mapped_column(default=0)
    mime: Mapped[str] = mapped_column(String(60), default="")
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    representative: Mapped[bool] = mapped_column(default=False)
    digital_source_type: Mapped[str] = mapped_column(String(60), default="")
    digitised: Mapped[str] = mapped_column(String(40), default="")


class RawMetadata(Base):
    """The metadata blocks of a master as they were found; never edited."""

    __tablename__ = "raw_metadata"

    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), primary_key=True)
    probe: Mapped[dict[str, Any]]
    blocks: Mapped[dict[str, Any]] = mapped_column(default=dict)


class RecordRow(Base):
    """The canonical record of one image: its own values; inheritance is joined when it is read."""

    __tablename__ = "record"

    image_id: Mapped[int] = mapped_column(
        ForeignKey("image.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    own: Mapped[dict[str, Any]]


OF_IMAGE: tuple[type[Any], ...] = (
    CaptionStatement,
    DateStatement,
    ImageAgent,
    ImagePlace,
    ImageEvent,
    ImageConcept,
    ImageIdentifier,
    Carrier,
    Asset,
)
