"""The shapes of the starter authority file: plain frozen data, with keys instead of links.

Text is {"hu": ..., "en": ...}. Nothing here knows the database; `loading` writes it down.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Text = dict[str, str]


@dataclass(frozen=True)
class Held:
    """A name that held for a time (EDTF), official unless another kind is given."""

    text: str
    valid: str = ""
    kind: str = "former"
    lang: str = "hu"


@dataclass(frozen=True)
class Place:
    """A place as it is called today, what it was called in 1956, and every other name."""

    key: str
    name: Text
    then: Text
    names: tuple[str, ...]
    lat: float
    lon: float
    uncertainty_m: int
    parent: str = "budapest"
    held: tuple[Held, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Event:
    """Something that happened, with its EDTF date and the names it goes by."""

    key: str
    name: Text
    edtf: str
    note: Text
    names: tuple[str, ...] = ()
    place: str = ""
    parent: str = ""
    source: str = ""


@dataclass(frozen=True)
class Concept:
    """A term: its scheme (subject, technique, genre), preferred labels and other words for it."""

    key: str
    label: Text
    labels: tuple[str, ...] = ()
    scheme: str = "subject"
    broader: str = ""
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Agent:
    """A person or a body, with life dates in EDTF."""

    key: str
    name: str
    names: tuple[str, ...]
    kind: str
    note: Text
    dates: str = ""
    source: str = ""
