"""A reading as the JSON object of `pillanat dates --json`.

The one invariant: the keys are those of the contract and never change; further ones may be added.
"""

from __future__ import annotations

from typing import Any

from archive.dates.display import words
from archive.dates.reader import Reading
from archive.dates.reasons import note, refusal


def as_json(reading: Reading) -> dict[str, Any]:
    """The contract's keys, then `kind`, `time`, the reason's `code`, and `notes` (code: sentence).

    Dates are `YYYY-MM-DD` or null, `reason` is an English sentence or null, `display` holds the
    Hungarian and English words, empty when the text was refused.
    """
    refused = reading.reason
    return {
        "text": reading.text,
        "ok": reading.ok,
        "edtf": reading.edtf,
        "earliest": reading.earliest and reading.earliest.isoformat(),
        "latest": reading.latest and reading.latest.isoformat(),
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
