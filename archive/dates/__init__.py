"""Dates of photographs: as people write them, as EDTF, and as the earliest and latest day.

This is the face of the room: `read` for what people type, `parse_edtf` for EDTF. Pure: no
database, no settings, no dependency. The one invariant: a date is read right or refused.
"""

from archive.dates.edtf import parse_edtf
from archive.dates.model import DateError, Edtf, Point, Span
from archive.dates.reader import Reading, as_reading, order_of, read

__all__ = [
    "DateError",
    "Edtf",
    "Point",
    "Reading",
    "Span",
    "as_reading",
    "order_of",
    "parse_edtf",
    "read",
]
