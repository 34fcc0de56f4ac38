"""Names that held for a time: what a place was called when a photograph was taken, and today.

A name form is {"text", "lang", "kind", "valid", "source"}; `valid` is EDTF, empty when nobody
knows. Pure. The invariant: a form without a time is never said to have held at one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from archive import dates
from archive.catalogue.authorities.names import Row, preferred_names
from archive.catalogue.models import Place

Form = dict[str, str]
THEN = dates.parse_edtf("1956-10-23")  # the day whose names `Place.then` holds
IN_USE = ("official", "former")


def names_at(forms: Iterable[Form], when: dates.Edtf) -> list[Form]:
    """The official names that held at a date or during some of it, the earlier first."""
    held = [form for form in forms if form["kind"] in IN_USE and form["valid"]]
    known = [(dates.parse_edtf(form["valid"]), form) for form in held]
    meeting = [(span, form) for span, form in known if dates.overlap(when, span)]
    return [form for _span, form in sorted(meeting, key=lambda pair: _start(pair[0]))]


def then(forms: Iterable[Form], name: dict[str, str]) -> dict[str, str]:
    """Per language the name that held in the autumn of 1956, where it is not today's."""
    found: dict[str, str] = {}
    for form in names_at(forms, THEN):
        if form["text"] not in name.values():
            found.setdefault(form["lang"] or "und", form["text"])
    return found


def by_time(forms: Iterable[Form]) -> list[Form]:
    """Forms in the order in which they held; those without a time stand last."""
    return sorted(forms, key=lambda form: (not form["valid"], _key(form), form["text"]))


def known_forms(row: Row) -> list[Form]:
    """All names but the preferred ones as forms; the name of 1956 and bare names become such."""
    forms = by_time(row.forms)
    told = {form["text"] for form in forms} | set(preferred_names(row))
    if isinstance(row, Place):
        then = [bare(text, lang, "former", "1956") for lang, text in row.then.items()]
        forms += [form for form in then if form["text"] not in told]
        told |= {form["text"] for form in then}
    return forms + [bare(name) for name in row.names if name not in told]


def bare(text: str, lang: str = "", kind: str = "variant", valid: str = "") -> Form:
    """A form of which nobody has said where it is known from."""
    return {"text": text, "lang": lang, "kind": kind, "valid": valid, "source": ""}


def _key(form: Form) -> tuple[date, date]:
    return _start(dates.parse_edtf(form["valid"])) if form["valid"] else (date.max, date.max)


def _start(span: Any) -> tuple[date, date]:
    return span.earliest or date.min, span.latest or date.max
