"""A reading as the JSON object of `pillanat dates --json`.

The one invariant: the keys are those of the contract and never change; further ones may be added.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from archive.dates.display import words
from archive.dates.edtf import parse_edtf
from archive.dates.model import bounds
from archive.dates.reader import Reading
from archive.dates.reasons import note, refusal


def as_json(reading: Reading) -> dict[str, Any]:
    """The contract's keys, then `kind`, `time`, the reason's `code`, and `notes` (code: sentence).

    Dates are `YYYY-MM-DD`, with `THH:MM` where the time is known, or null; `reason` is an English
    sentence or null, `display` holds the Hungarian and English words, empty when refused.
    """
    refused = reading.reason
    return {
        "text": reading.text,
        "ok": reading.ok,
        "edtf": reading.edtf,
        "earliest": _moment(reading, reading.earliest, last=False),
        "latest": _moment(reading, reading.latest, last=True),
        "uncertain": reading.uncertain,
        "approximate": reading.approximate,
        "display": {
            "hu": words(reading, "hu") if reading.ok else "",
            "en": words(reading, "en") if reading.ok else "",
        },
        "reason": refusal(refused, "en", reading.detail) if refused else None,
        "kind": reading.kind,
        "time": reading.time,
        "code": refused,
        "notes": {code: note(code, "en") for code in reading.notes},
    }


def _moment(reading: Reading, day: date | None, *, last: bool) -> str | None:
    """A first or last day, with the time when every point that reaches it has one."""
    if day is None or reading.edtf is None:
        return None
    points = [
        point for point in parse_edtf(reading.edtf).points if bounds(point)[1 if last else 0] == day
    ]
    clocks = sorted(point.clock[:5] for point in points)
    if not clocks or not all(clocks):
        return day.isoformat()
    return f"{day.isoformat()}T{clocks[-1 if last else 0]}"
