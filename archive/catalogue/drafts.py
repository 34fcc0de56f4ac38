"""What somebody wants to say about a photograph, before it is written down.

A `Draft` is filled by a form, by a row of a spreadsheet or by the metadata of a file; `accession`
and `describe` turn it into statements. Identifiers refer to statements that exist already.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from archive.storage import Kept


@dataclass
class CaptionDraft:
    type: str
    lang: str
    text: str
    attributed: str = ""
    dated: str = ""
    source: str = ""
    side: str = ""
    stance: str = "neutral"
    stance_note: dict[str, str] = field(default_factory=dict)
    preferred: bool = False
    public: bool = True
    id: str = ""


@dataclass
class DateDraft:
    """A date as somebody wrote it; `edtf` only where it is known better than the words."""

    display: str
    lang: str = ""
    role: str = "created"
    edtf: str = ""
    basis: str = "cataloguer"
    attributed: str = ""
    source: str = ""
    preferred: bool = True
    id: str = ""


@dataclass
class LinkDraft:
    """A person, place, event or subject, by identifier or by the name as found.

    `lat`, `lon` (WGS 84), `uncertainty_m` and `heading_deg` belong to a place as this photograph
    shows it; `region` is where a person is seen, [x, y, width, height] in per cent.
    """

    name: str = ""
    role: str = ""
    certainty: str = "certain"
    note: str = ""
    source: str = ""
    public: bool = True
    kind: str = ""
    target: str = ""
    region: list[float] | None = None
    lat: float | None = None
    lon: float | None = None
    uncertainty_m: int | None = None
    heading_deg: int | None = None


@dataclass
class IdentifierDraft:
    kind: str
    value: str
    authority: str = ""


@dataclass
class CarrierDraft:
    """A thing that bears the photograph; sizes are in millimetres, `condition` is 0 to 4."""

    technique: str = ""
    format: str = ""
    kind: str = ""
    inventory_no: str = ""
    polarity: str = ""
    colour: str = ""
    height_mm: float | None = None
    width_mm: float | None = None
    sheet_height_mm: float | None = None
    sheet_width_mm: float | None = None
    condition: int | None = None
    condition_note: str = ""
    condition_on: date | None = None
    location: str = ""
    note: str = ""
    id: str = ""


@dataclass
class FileDraft:
    """A kept file with what its probe told; `blocks` are the raw metadata blocks in base64."""

    kept: Kept
    filename: str
    side: str = "recto"
    role: str = "original"
    mime: str = ""
    width: int = 0
    height: int = 0
    digital_source_type: str = ""
    digitised: str = ""
    probe: dict[str, Any] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)


@dataclass
class Rights:
    """Rights and provenance as an image or a unit states them; empty means silent."""

    rights_statement: str = ""
    credit_line: str = ""
    rights_holder: str = ""
    rights_note: dict[str, str] = field(default_factory=dict)
    source: str = ""
    acquisition: str = ""
    custody: dict[str, str] = field(default_factory=dict)
    publication_publisher: str = ""
    publication_title: str = ""
    publication_address: str = ""
    publication_date: str = ""
    publication_retrieved_on: date | None = None


@dataclass
class Draft:
    """Everything one form or one row may say about one photograph."""

    ref_code: str = ""
    frame: str = ""
    captions: list[CaptionDraft] = field(default_factory=list)
    dates: list[DateDraft] = field(default_factory=list)
    agents: list[LinkDraft] = field(default_factory=list)
    places: list[LinkDraft] = field(default_factory=list)
    events: list[LinkDraft] = field(default_factory=list)
    subjects: list[LinkDraft] = field(default_factory=list)
    identifiers: list[IdentifierDraft] = field(default_factory=list)
    carriers: list[CarrierDraft] = field(default_factory=list)
    rights: Rights = field(default_factory=Rights)
    alt: dict[str, str] = field(default_factory=dict)
    notes: str = ""
    undated: bool = False
    creator_unknown: bool = False
    specimen: bool = False

    def title(self, lang: str, text: str, **more: Any) -> None:
        """Add an archivist's title; an empty one is passed over."""
        if text.strip():
            self.captions.append(
                CaptionDraft("archivist_title", lang, text.strip(), preferred=True, **more)
            )

    def caption(self, type: str, lang: str, text: str, **more: Any) -> None:
        if text.strip():
            self.captions.append(CaptionDraft(type, lang, text.strip(), **more))
