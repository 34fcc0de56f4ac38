"""A record back into a draft: what the describe form starts from and a spreadsheet exports.

The invariant: describing a photograph with its own draft changes nothing.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from archive.catalogue.drafts import (
    CaptionDraft,
    CarrierDraft,
    DateDraft,
    Draft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)
from archive.catalogue.record import (
    PROVENANCE_FIELDS,
    PUBLICATION_FIELDS,
    RIGHTS_FIELDS,
    Record,
)


def draft_of(own: Record) -> Draft:
    """The draft that says what the own values of a record say."""
    return Draft(
        ref_code=own["ref_code"],
        frame=own["frame"],
        captions=[_filled(CaptionDraft, entry) for entry in own["captions"]],
        dates=[_filled(DateDraft, entry) for entry in own["dates"]],
        agents=[_link(entry, entry["name"]) for entry in own["agents"]],
        places=[_link(entry, any_name(entry["name"])) for entry in own["places"]],
        events=[_link(entry, any_name(entry["name"])) for entry in own["events"]],
        subjects=[_link(entry, any_name(entry["label"])) for entry in own["subjects"]],
        identifiers=[_filled(IdentifierDraft, entry) for entry in own["identifiers"]],
        carriers=[_carrier(entry) for entry in own["carriers"]],
        rights=rights_of(own["rights"], own["provenance"]),
        alt=own["alt"],
        notes=own["notes"],
        undated=own["undated"],
        creator_unknown=own["creator_unknown"],
        specimen=own["specimen"],
    )


def rights_of(rights: dict[str, Any], provenance: dict[str, Any]) -> Rights:
    """Rights and provenance as columns."""
    values = {column: rights[key] for key, column in RIGHTS_FIELDS.items()}
    values |= {column: provenance[key] for key, column in PROVENANCE_FIELDS.items()}
    values |= {c: provenance["publication"][key] for key, c in PUBLICATION_FIELDS.items()}
    retrieved = values["publication_retrieved_on"]
    values["publication_retrieved_on"] = date.fromisoformat(retrieved) if retrieved else None
    return Rights(**values)


def any_name(names: dict[str, str]) -> str:
    """One name of several, Hungarian first: it is what cataloguers here type."""
    return names.get("hu") or names.get("en") or next(iter(names.values()), "")


def _filled(kind: Any, entry: dict[str, Any]) -> Any:
    known = {field.name for field in fields(kind)}
    return kind(**{key: value for key, value in entry.items() if key in known})


def _carrier(entry: dict[str, Any]) -> CarrierDraft:
    seen = entry["condition_on"]
    day = date.fromisoformat(seen) if seen else None
    draft: CarrierDraft = _filled(CarrierDraft, {**entry, "condition_on": day})
    return draft


def _link(entry: dict[str, Any], name: str) -> LinkDraft:
    return LinkDraft(
        name=name,
        role=entry.get("role", ""),
        certainty=entry.get("certainty", "certain"),
        note=entry.get("note", ""),
        source=entry.get("source", ""),
        public=entry.get("public", True),
        kind=entry.get("scheme", ""),
        target=entry["id"],
        region=entry.get("region"),
        **(entry.get("point") or {}),
    )
