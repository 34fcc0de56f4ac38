"""The shapes of the demo records: plain frozen data, with keys instead of links.

Text is {"hu": ..., "en": ...}.  The one invariant: nothing here knows the database; loading is
the task of whoever begins a demo archive.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Text = dict[str, str]


@dataclass(frozen=True)
class Unit:
    """A fonds, series or file; `parent` is the reference of the unit above."""

    ref: str
    level: str
    parent: str
    title: Text
    scope: Text
    dates: str


@dataclass(frozen=True)
class AgentLink:
    """Who stands in which role to a photograph, and how sure that is."""

    agent: str
    role: str
    certainty: str = "certain"


@dataclass(frozen=True)
class PlaceLink:
    """Which place a photograph shows, and how sure that is."""

    place: str
    role: str = "shown"
    certainty: str = "certain"


@dataclass(frozen=True)
class Caption:
    """One statement about a photograph besides the archive's own title and description."""

    type: str
    lang: str
    text: str
    attributed: str
    dated: str = ""
    side: str = ""
    stance: str = "neutral"
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Date:
    """A date statement: EDTF, the words it was given in, and what it rests on."""

    edtf: str
    display: str
    basis: str
    lang: str = "hu"
    role: str = "created"
    attributed: str = ""
    preferred: bool = True


@dataclass(frozen=True)
class Rights:
    """A rights statement with its credit line, holder and the reason in words."""

    statement: str
    credit: str
    holder: str
    note: Text


@dataclass(frozen=True)
class Collection:
    """How a group of prints came to the archive."""

    source: str
    acquisition: str
    custody: Text


@dataclass(frozen=True)
class Publication:
    """Where a picture is said to have been published first; addresses lead nowhere."""

    publisher: str
    title: str
    address: str
    date: str
    retrieved_on: str


@dataclass(frozen=True)
class Photograph:
    """One specimen: everything the archive would say about a photograph."""

    number: int
    unit: str
    title: Text
    description: Text
    alt: Text
    dates: tuple[Date, ...]
    places: tuple[PlaceLink, ...]
    events: tuple[str, ...]
    subjects: tuple[str, ...]
    agents: tuple[AgentLink, ...]
    rights: Rights
    collection: str
    captions: tuple[Caption, ...] = ()
    publication: Publication | None = None
    technique: str = "zselatinos ezüst nagyítás (rajzolt minta)"
    format: str = "18 × 24 cm"
    state: str = "published"
    withdrawn_reason: str = ""
    undated: bool = False
    notes: str = ""

    @property
    def creator_unknown(self) -> bool:
        """Whether nobody is named as creator or agency."""
        return not any(link.role in ("creator", "agency", "studio") for link in self.agents)

    @property
    def ref_code(self) -> str:
        """The reference code: that of the file and the number."""
        return f"{self.unit}/{self.number}"
