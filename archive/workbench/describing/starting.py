"""From a record to the describe form: the values its fields start with.

A field of one line shows one line. The invariant: every part of a draft has its field, or is
carried in a hidden one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from archive.catalogue.drafts import CarrierDraft, DateDraft, Draft, LinkDraft, Rights
from archive.workbench.describing import measures

OF_SEVERAL_LINES = frozenset({"text", "notes", "custody"})
REGION = ("region_x", "region_y", "region_w", "region_h")


def starting_values(draft: Draft) -> dict[str, Any]:
    """What the form shows of a draft before anything is typed."""
    return {
        "ref_code": draft.ref_code,
        "frame": draft.frame,
        "identifiers": [_lines(asdict(entry)) for entry in draft.identifiers],
        "captions": [_caption(asdict(entry)) for entry in draft.captions],
        "dates": [_date(entry) for entry in draft.dates],
        "preferred_date": _preferred(draft.dates),
        "agents": [_agent(entry) for entry in draft.agents],
        "places": [_place(entry) for entry in draft.places],
        "events": [_link(entry) for entry in draft.events],
        "subjects": [_link(entry) for entry in draft.subjects],
        "carriers": [_carrier(entry) for entry in draft.carriers],
        "undated": draft.undated,
        "creator_unknown": draft.creator_unknown,
        **_in_both("alt", draft.alt),
        "notes": draft.notes,
        **rights_values(draft.rights),
    }


def inputs(draft: Draft, version: int) -> Iterator[tuple[str, Any]]:
    """Every input of the form as it is opened, by its name. Of a row there is more than is shown;
    no form is made for this, for that would bind its two hundred fields."""
    values = {**starting_values(draft), "based_on": str(version), "reason": ""}
    for name, value in values.items():
        if not isinstance(value, list):
            yield name, value
            continue
        for number, row in enumerate(value):
            yield from ((f"{name}-{number}-{part}", said or "") for part, said in row.items())


def data_of(values: dict[str, Any]) -> dict[str, Any]:
    """What a form starts with to have these values; see `DescribeForm.values`."""
    rows = enumerate(values["dates"])
    preferred = (n for n, row in rows if row["role"] == "created" and row["preferred"])
    number = next(preferred, None)
    return {**values, "preferred_date": "" if number is None else f"dates-{number}"}


def rights_values(rights: Rights) -> dict[str, Any]:
    """Rights and provenance as form fields."""
    values = asdict(rights)
    note, custody = values.pop("rights_note"), values.pop("custody")
    retrieved = values.pop("publication_retrieved_on")
    return {
        **_lines(values),
        **_in_both("rights_note", note),
        **_in_both("custody", custody),
        "publication_retrieved_on": retrieved.isoformat() if retrieved else "",
    }


def _caption(values: dict[str, Any]) -> dict[str, Any]:
    return {**_lines(values), **_in_both("note", values.pop("stance_note"))}


def _date(date: DateDraft) -> dict[str, Any]:
    """Words that nobody wrote down are those of the date as it was read."""
    values = _lines(asdict(date))
    display = values["display"].strip() or date.edtf
    known = {"known": date.edtf, "known_for": display, "preferred": "1" if date.preferred else ""}
    return {**values, "display": display, **known}


def _preferred(dates: list[DateDraft]) -> str:
    """The row of the date that is preferred among those of taking."""
    rows = (n for n, date in enumerate(dates) if date.role == "created" and date.preferred)
    number = next(rows, None)
    return "" if number is None else f"dates-{number}"


def _link(link: LinkDraft) -> dict[str, Any]:
    values = _lines(asdict(link))
    return {**values, "named": values["name"].strip()}


def _agent(link: LinkDraft) -> dict[str, Any]:
    region = map(measures.plain, link.region or (None,) * len(REGION))
    return {**_link(link), **dict(zip(REGION, region, strict=True))}


def _place(link: LinkDraft) -> dict[str, Any]:
    return {
        **_link(link),
        "point": measures.written_point(link.lat, link.lon),
        "uncertainty_m": measures.plain(link.uncertainty_m),
        "heading_deg": measures.plain(link.heading_deg),
    }


def _carrier(carrier: CarrierDraft) -> dict[str, Any]:
    seen = carrier.condition_on
    return {
        **_lines(asdict(carrier)),
        "size": measures.written_size(carrier.height_mm, carrier.width_mm),
        "sheet": measures.written_size(carrier.sheet_height_mm, carrier.sheet_width_mm),
        "condition": "" if carrier.condition is None else str(carrier.condition),
        "condition_on": seen.isoformat() if seen else "",
    }


def _in_both(name: str, texts: dict[str, str]) -> dict[str, Any]:
    return _lines({f"{name}_{lang}": texts.get(lang, "") for lang in ("hu", "en")})


def _lines(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _line(name, value) for name, value in values.items()}


def _line(name: str, value: Any) -> Any:
    """Browsers take the ends of lines out of a field of one line, so it never shows any."""
    several = name.removesuffix("_hu").removesuffix("_en") in OF_SEVERAL_LINES
    if not isinstance(value, str) or several:
        return value
    return " ".join(value.splitlines())
