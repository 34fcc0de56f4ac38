"""What a cell may not say: codes, days, numbers and lengths, each refused with a reason.

Pure. `…_shape` brings a value into the form that is compared and never fails; `is_…` gives the
reason why it cannot be taken. The invariant: what passes here can be written down as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from archive import rights
from archive.catalogue.models import (
    CARRIER_KINDS,
    COLOURS,
    CONDITIONS,
    POLARITIES,
    Carrier,
    Image,
)
from archive.ingest.roundtrip import cells
from archive.ingest.words import Reason, reason

YES = "x"
SAID_YES = {"x", "yes", "y", "true", "1", "igen", "i", "✓"}
SAID_NO = {"", "no", "n", "false", "0", "nem"}
CODES: dict[str, tuple[str, ...]] = {
    "kind": CARRIER_KINDS, "polarity": POLARITIES, "colour": COLOURS,
}  # fmt: skip


def nothing(_text: str) -> Reason | None:
    """Any words may stand here."""
    return None


def _within(model: Any, name: str) -> Callable[[str], Reason | None]:
    """Words that are not longer than their place in the catalogue."""
    most = model.__table__.c[name].type.length

    def check(text: str) -> Reason | None:
        return reason("cell_too_long", most=most) if len(text) > most else None

    return check


short = _within(Image, "ref_code")
frame = _within(Image, "frame")
date_words = _within(Image, "publication_date")


def yes_or_no(text: str) -> str:
    told = cells.tidy(text).casefold()
    return YES if told in SAID_YES else "" if told in SAID_NO else cells.tidy(text)


def is_yes_or_no(text: str) -> Reason | None:
    return None if text in (YES, "") else reason("cell_not_yes_or_no", value=text)


def statement_shape(text: str) -> str:
    """The address of a known rights statement; other words as they are."""
    found = rights.statement(text)
    return found.uri if found else cells.tidy(text)


def is_statement(text: str) -> Reason | None:
    known = not text or rights.statement(text) is not None
    return None if known else reason("cell_not_a_statement", value=text)


def is_address(text: str) -> Reason | None:
    fine = not text or text.startswith(("https://", "http://"))
    return None if fine else reason("cell_not_an_address", value=text)


def day_shape(text: str) -> str:
    """A day in ISO 8601; a moment at midnight, as spreadsheets write it, is its day."""
    return cells.tidy(text).removesuffix(" 00:00:00").removesuffix("T00:00:00")


def is_day(text: str) -> Reason | None:
    try:
        date.fromisoformat(text or "1956-10-23")
    except ValueError:
        return reason("cell_not_a_day", value=text)
    return None


def _is_code(field: str) -> Callable[[str], Reason | None]:
    def check(text: str) -> Reason | None:
        codes = CODES[field]
        return None if text in codes else reason("cell_not_a_code", value=text, codes=codes[1:])

    return check


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value < 100_000 else None


def _is_length(text: str) -> Reason | None:
    return None if _number(text) is not None else reason("cell_not_a_number", value=text)


def _is_grade(text: str) -> Reason | None:
    known = text in {str(grade) for grade in CONDITIONS}
    return None if known else reason("cell_not_a_grade", value=text)


def _length(value: float) -> str:
    return f"{value:.10g}"


_LENGTHS = ("height_mm", "width_mm", "sheet_height_mm", "sheet_width_mm")
CARRIER: dict[str, Callable[[str], Reason | None]] = {
    **{field: _is_code(field) for field in CODES},
    **dict.fromkeys(_LENGTHS, _is_length),
    "inventory_no": _within(Carrier, "inventory_no"),
    "condition": _is_grade,
    "condition_on": is_day,
}
# How a value that is no text is written into a cell, and read from it.
CARRIER_FORMS: dict[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    **dict.fromkeys(_LENGTHS, (_length, _number)),
    "condition": (str, int),
    "condition_on": (date.isoformat, date.fromisoformat),
}


def same(field: str, text: str) -> str:
    """A value of a carrier in the form that is compared: "90,0" is "90", a moment is its day."""
    if field in _LENGTHS and (value := _number(text)) is not None:
        return _length(value)
    return day_shape(text) if field == "condition_on" else text
