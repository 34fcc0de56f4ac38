"""Names that held for a time: what a place was called when a photograph was taken, and today.

A name form is {"text", "lang", "kind", "valid", "source"}; `valid` is EDTF, empty when nobody
knows. Pure. The invariant: a form without a time is never said to have held at one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from archive import dates

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


def _key(form: Form) -> tuple[date, date]:
    return _start(dates.parse_edtf(form["valid"])) if form["valid"] else (date.max, date.max)


def _start(span: Any) -> tuple[date, date]:
    return span.earliest or date.min, span.latest or date.max
