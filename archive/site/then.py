"""What a place was called when a photograph was taken, and what it is called now.

The invariant: a name of another time is never shown as the name of then; where the time of the
photograph or of the names is unknown, nothing is said.
"""

from __future__ import annotations

from typing import Any

from archive import dates, words
from archive.catalogue.authorities.validity import THEN, names_at

Then = list[tuple[str, str, str]]


def names_then(record: dict[str, Any], lang: str) -> dict[str, Then]:
    """By place: (name, its language, the time it held), of those that are not today's name."""
    created = [date for date in record["dates"] if date["role"] == "created" and date["edtf"]]
    if not created:
        return {}
    best = min(created, key=lambda date: not date["preferred"])
    when = dates.parse_edtf(best["edtf"])
    return {where["id"]: _then(where, when, lang) for where in record["places"]}


def _then(where: dict[str, Any], when: dates.Edtf, lang: str) -> Then:
    today = set(where["name"].values())
    forms = where.get("forms") or []
    held = [
        (form["text"], form["lang"], words.edtf_in_words(form["valid"], lang))
        for form in names_at(forms, when)
        if form["text"] not in today
    ]
    if held or any(form["valid"] for form in forms) or not dates.overlap(when, THEN):
        return held
    return [(text, code, "") for code, text in where["then"].items() if text not in today][:1]
