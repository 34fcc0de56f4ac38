"""From an authority to its form: the values the fields start with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from archive import words
from archive.catalogue.authorities import Row
from archive.catalogue.authorities.validity import known_forms
from archive.catalogue.models import Agent, Concept, Event, Place
from archive.workbench.authorities import looking_up


def starting_values(session: Session, row: Row, lang: str) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    shared: dict[str, Any] = {
        "based_on": str(row.version),
        "forms": [_form(form, lang) for form in known_forms(row)],
        "sources": row.sources,
        **{f"note_{code}": row.note.get(code, "") for code in ("hu", "en")},
        **{f"id_{code}": number for code, number in row.identifiers.items()},
    }
    own: dict[str, Any] = _OWN[type(row)](session, row, lang)
    return shared | own


def _form(form: dict[str, str], lang: str) -> dict[str, Any]:
    return {**form, "valid": _dated(form["valid"], lang)}


def _dated(edtf: str, lang: str, *, life: bool = False) -> dict[str, str]:
    said = words.life_in_words(edtf, lang) if life else words.edtf_in_words(edtf, lang)
    return {"known": edtf, "known_for": said, "display": said}


def _agent(_session: Session, row: Agent, lang: str) -> dict[str, Any]:
    return {"name": row.name, "kind": row.kind, "dates": _dated(row.dates, lang, life=True)}


def _place(session: Session, row: Place, lang: str) -> dict[str, Any]:
    return {
        **_names(row.name),
        "parent": _other(session, Place, row.parent_id, lang),
        "lat": "" if row.lat is None else f"{row.lat:.5f}",
        "lon": "" if row.lon is None else f"{row.lon:.5f}",
        "uncertainty_m": "" if row.uncertainty_m is None else str(row.uncertainty_m),
    }


def _event(session: Session, row: Event, lang: str) -> dict[str, Any]:
    return {
        **_names(row.name),
        "date": _dated(row.edtf, lang),
        "place": _other(session, Place, row.place_id, lang),
        "parent": _other(session, Event, row.parent_id, lang),
    }


def _concept(session: Session, row: Concept, lang: str) -> dict[str, Any]:
    return {
        **_names(row.label),
        "scheme": row.scheme,
        "notation": row.notation,
        "uri": row.uri,
        "state": row.state,
        "broader": _other(session, Concept, row.broader_id, lang),
        "replaced_by": _other(session, Concept, row.merged_into_id, lang),
    }


def _names(texts: dict[str, str]) -> dict[str, str]:
    """A name in no language known stands in the Hungarian field, so that it is seen."""
    return {
        "name_hu": texts.get("hu") or ("" if texts.get("en") else texts.get("und", "")),
        "name_en": texts.get("en", ""),
    }


def _other(session: Session, model: Any, key: int | None, lang: str) -> dict[str, str]:
    if key is None:
        return {}
    row = session.get_one(model, key)
    name = looking_up.name_of(row, lang)
    return {"target": row.public_id, "named": name, "name": name}


_OWN: dict[type[Any], Any] = {Agent: _agent, Place: _place, Event: _event, Concept: _concept}
