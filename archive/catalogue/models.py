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
UNIT_FORMS = ("", "roll", "contact_sheet", "album", "box")
CARRIER_KINDS = ("", "negative", "slide", "print", "contact_sheet", "album_page", "postcard")
POLARITIES = ("", "negative", "positive")
COLOURS = ("", "black_and_white", "toned", "hand_coloured", "colour")
CONDITIONS = (0, 1, 2, 3, 4)
AGENT_KINDS = ("person", "corporate", "family")
NAME_KINDS = ("official", "colloquial", "former", "variant", "pseudonym", "maiden_name", "hidden")
TERM_STATES = ("proposed", "approved", "deprecated")
IMAGE_LINKS = (
    "same_negative",
    "variant_frame",
    "sequence",
    "crop_of",
    "retouched_version_of",
    "same_event",
    "duplicate_of",
)
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
    """A fonds, series or file: a node of the arrangement (ISAD(G) 3.1).

    `form` says what the file is as a thing (a roll of film, an album); `isad` holds the elements
    of ISAD(G) that have no column of their own, {element: {"hu": …, "en": …}}, by their names in
    `arrangement.ISAD_ELEMENTS`.
    """

    __tablename__ = "unit"
    __subject__ = ("unit", "id")
    __unrecorded__ = frozenset({"version"})
    __table_args__ = (CheckConstraint("parent_id <> id", name="not_its_own_parent"),)

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    level: Mapped[str] = mapped_column(String(20), default="fonds")
    ref_code: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[dict[str, str]] = mapped_column(default=dict)
    scope: Mapped[dict[str, str]] = mapped_column(default=dict)
    dates: Mapped[str] = mapped_column(String(120), default="")
    extent: Mapped[dict[str, str]] = mapped_column(default=dict)
    creator: Mapped[str] = mapped_column(Text, default="")
    form: Mapped[str] = mapped_column(String(20), default="")
    isad: Mapped[dict[str, Any]] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)
    notes: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id", viewonly=True)


class FormerCode(Identified, Recorded, Base):
    """A reference code that a unit or a photograph bore before; it still leads there."""

    __tablename__ = "former_code"
    __subject__ = ("former_code", "id")
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (image_id IS NULL)", name="of_one_thing"),
    )

    code: Mapped[str] = mapped_column(String(120), index=True)
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="CASCADE"), index=True
    )
    image_id: Mapped[int | None] = mapped_column(
        ForeignKey("image.id", ondelete="CASCADE"), index=True
    )
    until: Mapped[datetime] = mapped_column(default=now)


class Image(Identified, RightsAndProvenance, Recorded, Base):
    """One visible picture: the thing that is searched, cited and licensed."""

    __tablename__ = "image"
    __subject__ = ("image", "id")
    __unrecorded__ = frozenset({"version", "updated_at"})
    __table_args__ = (Index("ix_image_unit_position", "unit_id", "position", "id"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str] = mapped_column(String(20), default="draft", index=True)
    ref_code: Mapped[str] = mapped_column(String(120), default="", index=True)
    frame: Mapped[str] = mapped_column(String(20), default="")
    position: Mapped[int] = mapped_column(default=0)
    undated: Mapped[bool] = mapped_column(default=False)
    creator_unknown: Mapped[bool] = mapped_column(default=False)
    specimen: Mapped[bool] = mapped_column(default=False)
    alt: Mapped[dict[str, str]] = mapped_column(default=dict)
    notes: Mapped[str] = mapped_column(Text, default="")
    withdrawn_reason: Mapped[str] = mapped_column(String(40), default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("image.id"), index=True)
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    updated_at: Mapped[datetime] = mapped_column(default=now, index=True)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(viewonly=True)


class ImageLink(Identified, Recorded, Base):
    """What one photograph is to another: its crop, its duplicate, the next frame (describe 1.2)."""

    __tablename__ = "image_link"
    __subject__ = ("image", "image_id")
    __table_args__ = (
        UniqueConstraint("image_id", "other_id", "kind"),
        CheckConstraint("image_id <> other_id", name="not_to_itself"),
    )

    image_id: Mapped[int] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(Text, default="")


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
    source: Mapped[str] = mapped_column(Text, default="")
    side: Mapped[str] = mapped_column(String(10), default="")
    stance: Mapped[str] = mapped_column(String(20), default="neutral")
    stance_note: Mapped[dict[str, str]] = mapped_column(default=dict)
    preferred: Mapped[bool] = mapped_column(default=False)
    public: Mapped[bool] = mapped_column(default=True)
    retired: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    translation_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("caption_statement.id"), index=True
    )
    superseded_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("caption_statement.id"), index=True
    )


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
    source: Mapped[str] = mapped_column(Text, default="")
    preferred: Mapped[bool] = mapped_column(default=True)


class Authority(Identified):
    """Mixin of people, places, events and terms.

    `names` are all forms it is known by; `forms` tell more of those that have a language, a kind
    or a time of their own, as {"text", "lang", "kind", "valid" (EDTF), "source"}. What was merged
    into another, or replaced by it, leads there by `merged_into_id`.
    """

    names: Mapped[list[str]] = mapped_column(default=list)
    forms: Mapped[list[Any]] = mapped_column(default=list)
    key: Mapped[str] = mapped_column(Text, index=True)
    note: Mapped[dict[str, str]] = mapped_column(default=dict)
    identifiers: Mapped[dict[str, str]] = mapped_column(default=dict)
    sources: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)


class Agent(Authority, Recorded, Base):
    """A person, a corporate body or a family."""

    __tablename__ = "agent"
    __subject__ = ("agent", "id")
    __unrecorded__ = frozenset({"version"})
    __redirect__ = "merged_into_id"

    kind: Mapped[str] = mapped_column(String(20), default="person")
    name: Mapped[str] = mapped_column(Text)
    dates: Mapped[str] = mapped_column(String(80), default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"), index=True)


class ImageAgent(_OfImage, Recorded, Base):
    """What somebody has to do with an image, and how sure we are.

    `region` is where a person is seen: [x, y, width, height] in per cent of the recto.
    """

    __tablename__ = "image_agent"
    __subject__ = ("image", "image_id")

    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    certainty: Mapped[str] = mapped_column(String(20), default="certain")
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")
    region: Mapped[list[Any] | None]
    public: Mapped[bool] = mapped_column(default=True)

    agent: Mapped[Agent] = relationship(viewonly=True)


class Place(Authority, Recorded, Base):
    """A place with its present name; `then` holds names of 1956."""

    __tablename__ = "place"
    __subject__ = ("place", "id")
    __unrecorded__ = frozenset({"version"})
    __redirect__ = "merged_into_id"

    name: Mapped[dict[str, str]] = mapped_column(default=dict)
    then: Mapped[dict[str, str]] = mapped_column(default=dict)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    uncertainty_m: Mapped[int | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)


class ImagePlace(_OfImage, Recorded, Base):
    """The place shown, or the place of the camera; a point here is closer than the place's own.

    `heading_deg` is where the camera looked, in degrees from north over east.
    """

    __tablename__ = "image_place"
    __subject__ = ("image", "image_id")

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    role: Mapped[str] = mapped_column(String(20), default="shown")
    certainty: Mapped[str] = mapped_column(String(20), default="certain")
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    uncertainty_m: Mapped[int | None]
    heading_deg: Mapped[int | None]

    place: Mapped[Place] = relationship(viewonly=True)


class Event(Authority, Recorded, Base):
    """Something that happened, with its date in EDTF."""

    __tablename__ = "event"
    __subject__ = ("event", "id")
    __unrecorded__ = frozenset({"version"})
    __redirect__ = "merged_into_id"

    name: Mapped[dict[str, str]] = mapped_column(default=dict)
    edtf: Mapped[str] = mapped_column(String(120), default="")
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)


class ImageEvent(_OfImage, Recorded, Base):
    __tablename__ = "image_event"
    __subject__ = ("image", "image_id")
    __table_args__ = (UniqueConstraint("image_id", "event_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    certainty: Mapped[str] = mapped_column(String(20), default="certain")
    source: Mapped[str] = mapped_column(Text, default="")

    event: Mapped[Event] = relationship(viewonly=True)


class ConceptScheme(Identified, Recorded, Base):
    """A vocabulary (SKOS concept scheme); `code` is what its concepts name it by.

    `further` is what a file said that has no column of its own (`catalogue.skos.mapping`).
    """

    __tablename__ = "concept_scheme"
    __subject__ = ("concept_scheme", "id")

    code: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[dict[str, str]] = mapped_column(default=dict)
    uri: Mapped[str] = mapped_column(Text, default="")
    further: Mapped[list[Any]] = mapped_column(default=list)


class Concept(Authority, Recorded, Base):
    """A term of a vocabulary: a subject, a technique, a genre (SKOS concept).

    `identifiers` hold the exact matches in other vocabularies; `merged_into_id` is the term that
    replaces a deprecated one, `further` what a file said that has no column of its own.
    """

    __tablename__ = "concept"
    __subject__ = ("concept", "id")
    __unrecorded__ = frozenset({"version"})
    __redirect__ = "merged_into_id"

    scheme: Mapped[str] = mapped_column(String(20), default="subject")
    label: Mapped[dict[str, str]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(20), default="approved")
    notation: Mapped[str] = mapped_column(String(80), default="")
    uri: Mapped[str] = mapped_column(Text, default="")
    further: Mapped[list[Any]] = mapped_column(default=list)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("concept.id"), index=True)
    broader_id: Mapped[int | None] = mapped_column(ForeignKey("concept.id"), index=True)


class AuthorityWord(Base):
    """One folded word of an authority's names, with the number of photographs that refer to it.

    It follows from the authorities and the links (`authorities.lookup`); words are compared by
    their code points, so that the beginning of a word is a range of the index.
    """

    __tablename__ = "authority_word"
    __table_args__ = (
        Index("ix_authority_word_lookup", "kind", "word", "scheme", "uses", "authority_id"),
        {"info": {"derived": True}},
    )

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    authority_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(
        String(80).with_variant(String(80, collation="C"), "postgresql"), primary_key=True
    )
    scheme: Mapped[str] = mapped_column(String(20), default="")
    uses: Mapped[int] = mapped_column(default=0)


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
    """A physical thing that bears the image: negative, print, contact sheet.

    Sizes are height × width in millimetres, of the image and of the whole sheet; `condition` is
    a grade from 0 (sound) to 4 (being lost).
    """

    __tablename__ = "carrier"
    __subject__ = ("image", "image_id")

    kind: Mapped[str] = mapped_column(String(20), default="")
    inventory_no: Mapped[str] = mapped_column(String(80), default="", index=True)
    technique: Mapped[str] = mapped_column(Text, default="")
    polarity: Mapped[str] = mapped_column(String(20), default="")
    colour: Mapped[str] = mapped_column(String(20), default="")
    format: Mapped[str] = mapped_column(Text, default="")
    height_mm: Mapped[float | None]
    width_mm: Mapped[float | None]
    sheet_height_mm: Mapped[float | None]
    sheet_width_mm: Mapped[float | None]
    condition: Mapped[int | None]
    condition_note: Mapped[str] = mapped_column(Text, default="")
    condition_on: Mapped[date | None] = mapped_column(Date)
    location: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")


class Asset(_OfImage, Recorded, Base):
    """A file of an image, with the side of the carrier it shows; the bytes never change."""

    __tablename__ = "asset"
    __subject__ = ("image", "image_id")
    __table_args__ = (UniqueConstraint("sha256", name="uq_asset_sha256"),)

    carrier_id: Mapped[int | None] = mapped_column(ForeignKey("carrier.id"), index=True)
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
    __table_args__ = ({"info": {"derived": True}},)

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
