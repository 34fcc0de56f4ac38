"""From a record to the describe form: the values its fields start with."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archive.catalogue.drafts import Draft, LinkDraft, Rights


def starting_values(draft: Draft, version: int) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    return {
        "based_on": str(version),
        "ref_code": draft.ref_code,
        "identifiers": [asdict(entry) for entry in draft.identifiers],
        "captions": [_caption(asdict(entry)) for entry in draft.captions],
        "dates": [_date(asdict(entry)) for entry in draft.dates],
        "agents": [_link(entry) for entry in draft.agents],
        "places": [_link(entry) for entry in draft.places],
        "events": [_link(entry) for entry in draft.events],
        "subjects": [_link(entry) for entry in draft.subjects],
        "carriers": [asdict(entry) for entry in draft.carriers],
        "undated": draft.undated,
        "creator_unknown": draft.creator_unknown,
        "alt_hu": draft.alt.get("hu", ""),
        "alt_en": draft.alt.get("en", ""),
        "notes": draft.notes,
        **rights_values(draft.rights),
    }


def rights_values(rights: Rights) -> dict[str, Any]:
    """Rights and provenance as form fields."""
    values = asdict(rights)
    for name, field in (("rights_note", "rights_note"), ("custody", "custody")):
        texts = values.pop(name)
        values |= {f"{field}_{lang}": texts.get(lang, "") for lang in ("hu", "en")}
    retrieved = values["publication_retrieved_on"]
    values["publication_retrieved_on"] = retrieved.isoformat() if retrieved else ""
    return values


def _caption(values: dict[str, Any]) -> dict[str, Any]:
    note = values.pop("stance_note")
    return {**values, "note_hu": note.get("hu", ""), "note_en": note.get("en", "")}


def _date(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "known": values["edtf"], "known_for": values["display"]}


def _link(link: LinkDraft) -> dict[str, Any]:
    return {**asdict(link), "named": link.name, "public": "1" if link.public else ""}
