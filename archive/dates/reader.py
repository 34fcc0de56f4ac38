"""Dates as people write them, Hungarian and English, into what can be sorted and searched.

`read` never raises for a text, whatever it is: it reads it or refuses it with a reason.
The one invariant: a text is understood to its last word or refused; a doubtful reading is wide
enough to hold every sense of the text, or carries a note that says what was assumed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from archive.dates.edtf import parse_edtf
from archive.dates.forms import Order
from archive.dates.lexicon import NOT_RECORDED, UNDATED, fold
from archive.dates.model import DateError, Edtf, Kind, Point, make
from archive.dates.terms import read_terms
from archive.dates.tokens import Scan, scan

LONGEST = 200  # characters; the longest real form has 40, and what is longer is a caption

LATEST_YEAR = 2100  # a later number of four digits is something else than a photograph's year

_NOT_EDTF_ERRORS = ("not_edtf", "empty")
_EDTF_LETTERS = re.compile(r"[0-9XYTZES?~%./:,\-+\[\]{} ]+")
_WEB_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\s.,()\[\]/]+")
_YEAR_AND_TWO = re.compile(r"([0-9]{4})-([0-9]{2})[?~%]?")
_STAMP = re.compile(
    r"([0-9]{4})[-:]([0-9]{2})[-:]([0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:\.[0-9]+)?"
    r"(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_COMPACT = re.compile(r"((?:1[89]|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])")  # ISO 8601, IPTC
_PLACEHOLDERS = re.compile(r"([0-9]{4})-([0-9]{2}|00|\?\?|[xX]{2})-(00|\?\?|[xX]{2})")
_LOCAL_ORDERS: dict[str, Order] = {"hu": "dmy"}
_WEEKDAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of a date, or why it was refused.

    When `ok`, `edtf` is canonical EDTF (None when undated), `earliest` and `latest` are the days
    it may reach (None: open), `time` is a naive local `HH:MM`. When not, `reason` is a code of
    `reasons` and `detail` the piece of text it speaks of. `notes` are codes of what was assumed.
    """

    text: str
    ok: bool
    kind: Kind | Literal["undated"] | None = None
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    uncertain: bool = False
    approximate: bool = False
    time: str | None = None
    reason: str | None = None
    detail: str = ""
    notes: tuple[str, ...] = ()


def read(
    text: str,
    *,
    lang: str | None = None,
    context_year: int | None = None,
    order: Order | None = None,
) -> Reading:
    """Read a date in Hungarian or English words, in figures, or in EDTF.

    Both languages are always understood. `lang` is the language of the catalogue: in Hungarian
    4/3/1945 begins with the day. `order` settles that outright (see `order_of`); without either
    such a date is read as one of two days. `context_year` serves texts that leave out the year
    or its century.
    """
    settled = order or _LOCAL_ORDERS.get(lang or "")
    return _read(text, context_year, settled)


@lru_cache(maxsize=16384)
def _read(text: str, context_year: int | None, order: Order | None) -> Reading:
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    try:
        if _is_undated(plain):
            return undated(text)
        value, notes = _value(plain, context_year, order)
        _check_years(value)
        return as_reading(value, text=text, notes=notes)
    except DateError as error:
        return Reading(text, ok=False, reason=error.code, detail=error.detail)


def undated(text: str = "") -> Reading:
    """The reading of a photograph that is known to bear no date."""
    return Reading(text, ok=True, kind="undated")


def as_reading(value: Edtf, *, text: str | None = None, notes: Iterable[str] = ()) -> Reading:
    """A reading of a value that is already EDTF; its text is the EDTF unless one is given."""
    return Reading(
        text=str(value) if text is None else text,
        ok=True,
        kind=value.kind,
        edtf=str(value),
        earliest=value.earliest,
        latest=value.latest,
        uncertain=value.uncertain,
        approximate=value.approximate,
        time=value.time,
        notes=tuple(notes),
    )


def read_edtf(text: str) -> Reading:
    """Read a stored value, which is EDTF and nothing else: 1921-24 is a winter, not four years."""
    try:
        return as_reading(parse_edtf(text))
    except DateError as error:
        return Reading(text, ok=False, reason=error.code, detail=error.detail)


def order_of(texts: Iterable[str]) -> Order | None:
    """What a column's own dates prove of their order: one with a 13th month settles them all.

    None when nothing proves it, or when the column contradicts itself.
    """
    orders = {found for text in texts if (found := _proven_order(text))}
    return orders.pop() if len(orders) == 1 else None


def _proven_order(text: str) -> Order | None:
    match = re.fullmatch(r"\s*([0-9]{1,2})[-/.]([0-9]{1,2})[-/.](?:[0-9]{2}|[0-9]{4})\s*", text)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else None


def _is_undated(text: str) -> bool:
    """Whether it says "no date"; raises DateError when it says nothing at all."""
    if not text:
        raise DateError("empty")
    if len(text) > LONGEST:
        raise DateError("too_long")
    words = _PUNCTUATION.sub(" ", fold(text)).strip()
    if words in NOT_RECORDED or text in NOT_RECORDED or not words:
        raise DateError("not_recorded", text)
    if _WEB_ADDRESS.match(text):
        raise DateError("web_address")
    return words in UNDATED


def _value(
    text: str, context_year: int | None, order: Order | None
) -> tuple[Edtf, tuple[str, ...]]:
    if stamp := _STAMP.fullmatch(text):
        return _from_stamp(stamp)
    if blank := _PLACEHOLDERS.fullmatch(text):
        return _from_placeholders(*blank.groups())
    if compact := _COMPACT.fullmatch(text):
        return make("date", [Point(compact[1], compact[2], compact[3])]), ()
    first_error: DateError | None = None
    if _EDTF_LETTERS.fullmatch(text) and not _meant_as_years(text):
        try:
            return parse_edtf(text), _edtf_notes(text)
        except DateError as error:
            first_error = error
    try:
        return _from_words(text, order, context_year)
    except DateError as error:
        if first_error and first_error.code not in _NOT_EDTF_ERRORS:
            raise first_error from error
        raise


def _check_years(value: Edtf) -> None:
    for point in value.points:
        if int(point.year.replace("X", "0")) > LATEST_YEAR:
            raise DateError("future_year", point.year)


def _from_words(
    text: str, order: Order | None, context_year: int | None
) -> tuple[Edtf, tuple[str, ...]]:
    found = scan(text)
    if not found.tokens:
        raise DateError("not_understood")
    value, notes = read_terms(found, order, context_year)
    _check_weekday(found, value)
    return value, (*found.notes, *notes)


def _check_weekday(found: Scan, value: Edtf) -> None:
    if not found.weekdays:
        return
    day = value.earliest
    if len(found.weekdays) > 1 or day is None or day != value.latest:
        raise DateError("ambiguous")
    if day.weekday() != found.weekdays[0]:
        raise DateError("weekday", day.isoformat())


def _meant_as_years(text: str) -> bool:
    """Whether 1938-39 stands for two years though EDTF has a grouping 39.

    People write a range so; after 2000 its end would lie in the future, and EDTF is meant.
    """
    match = _YEAR_AND_TWO.fullmatch(text)
    if not match:
        return False
    year, second = int(match[1]), int(match[2])
    return second > 12 and second > year % 100 and year < 2000


def _edtf_notes(text: str) -> tuple[str, ...]:
    match = _YEAR_AND_TWO.fullmatch(text)
    if not match or int(match[2]) <= int(match[1]) % 100:
        return ()
    return ("month_or_range",) if int(match[2]) <= 12 else ("season_or_range",)


def _from_stamp(stamp: re.Match[str]) -> tuple[Edtf, tuple[str, ...]]:
    """A database's timestamp: 1915-01-01T00:00:00Z is how machines write "1915".

    Measured on two catalogues: midnight of 1 January meant the year, of another first day the
    month; hours with a zone were midnight elsewhere.
    """
    year, month, day, clock, seconds, zone = stamp.groups()
    whole = Point(year, month, day)
    make("date", [whole])
    midnight = clock == "00:00" and bool(seconds or zone)
    if not midnight and not zone:
        return parse_edtf(f"{whole}T{clock}"), ()
    notes = ("midnight",) if midnight else ("machine_time",)
    if day != "01":
        return make("date", [whole]), notes
    padded = Point(year) if month == "01" else Point(year, month)
    return make("date", [padded]), (*notes, "padded")


def _from_placeholders(year: str, month: str, day: str) -> tuple[Edtf, tuple[str, ...]]:
    """1956-10-00 of a database is the month, 1956-10-?? a day that nobody knows."""
    if year == "0000":
        raise DateError("not_recorded", f"{year}-{month}-{day}")
    if day == "00":
        return make("date", [Point(year, "" if month == "00" else month)]), ("padded",)
    return parse_edtf(f"{year}-{month if month.isdigit() else 'XX'}-XX"), ()
