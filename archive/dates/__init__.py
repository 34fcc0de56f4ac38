"""Dates of photographs: as people write them, as EDTF, and as the earliest and latest day.

This is the face of the room: `read` for what people type, `read_edtf` for what is stored, `words`
to say it again, `overlap` to search, `as_json` for machines. Pure: no database, no settings, no
dependency. The one invariant: a date is read right or refused with a reason.
"""

from archive.dates.display import Language, words
from archive.dates.edtf import parse_edtf
from archive.dates.exchange import as_json
from archive.dates.forms import Order
from archive.dates.model import DateError, Edtf, Kind, Point, Span
from archive.dates.overlap import Overlap, overlap
from archive.dates.reader import LONGEST, Reading, as_reading, order_of, read, read_edtf, undated
from archive.dates.reasons import NOTE_CODES, REFUSAL_CODES, note, refusal

__all__ = [
    "LONGEST",
    "NOTE_CODES",
    "REFUSAL_CODES",
    "DateError",
    "Edtf",
    "Kind",
    "Language",
    "Order",
    "Overlap",
    "Point",
    "Reading",
    "Span",
    "as_json",
    "as_reading",
    "note",
    "order_of",
    "overlap",
    "parse_edtf",
    "read",
    "read_edtf",
    "refusal",
    "undated",
    "words",
]
