"""What cataloguers write in one field and the catalogue keeps as numbers: sizes, points, days.

Reading raises ValueError with no sentence: the form says what is wrong. Sizes are height × width
in millimetres, points latitude and longitude in degrees (WGS 84). The invariant: what `written`
writes is read as the same numbers.
"""

from __future__ import annotations

import re
from datetime import date

from archive import dates

Size = tuple[float | None, float | None]
Point = tuple[float, float]
_NUMBER = r"\d+(?:[.,]\d+)?"
_SIDE = rf"(?:{_NUMBER}|\?)"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SIZE = re.compile(rf"({_SIDE})\s*(mm|cm)?\s*[×xX*]\s*({_SIDE})\s*(mm|cm)?")
_POINT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)")
_POINT_WITH_COMMAS = re.compile(r"([+-]?\d+,\d+)\s*(?:;|\s)\s*([+-]?\d+,\d+)")


def read_size(text: str) -> Size:
    """ "180 × 240", "18x24 cm", "8,5 × ?": height and width in millimetres."""
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    unit = found[4] or found[2] or "mm"
    size = (_side(found[1], found[2] or unit), _side(found[3], unit))
    if size == (None, None) or 0 in size:
        raise ValueError(text)
    return size


def written_size(height: float | None, width: float | None) -> str:
    """Both sides in millimetres; nothing when neither is known."""
    if height is None and width is None:
        return ""
    return f"{_plain(height)} × {_plain(width)}"


def read_point(text: str) -> Point:
    """ "47.4979, 19.0402", also with decimal commas when a semicolon or a space parts them."""
    found = _POINT_WITH_COMMAS.fullmatch(text.strip()) or _POINT.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    lat, lon = (float(part.replace(",", ".")) for part in found.groups())
    if abs(lat) > 90 or abs(lon) > 180:
        raise ValueError(text)
    return lat, lon


def written_point(lat: float | None, lon: float | None) -> str:
    return "" if lat is None or lon is None else f"{_plain(lat)}, {_plain(lon)}"


def read_metres(text: str) -> int:
    """A whole number of metres, "± 50 m" too."""
    found = re.fullmatch(r"±?\s*(\d{1,7})\s*m?", text.strip())
    if not found:
        raise ValueError(text)
    return int(found[1])


def read_heading(text: str) -> int:
    """Degrees from north over east, 0 to 359."""
    found = re.fullmatch(r"(\d{1,3})\s*°?", text.strip())
    if not found or int(found[1]) > 359:
        raise ValueError(text)
    return int(found[1])


def read_per_cent(text: str) -> float:
    """A share of the picture's width or height, 0 to 100, kept to a hundredth."""
    value = round(float(text.strip().replace(",", ".")), 2)
    if not 0 <= value <= 100:
        raise ValueError(text)
    return value


def read_day(text: str) -> date:
    """One whole and certain day, as people write it in Hungarian or English, or "2026-11-22"."""
    readings = [dates.read(text.strip(), lang=lang) for lang in ("hu", "en")]
    read = {reading.edtf or "" for reading in readings if reading.ok}
    if len(read) != 1 or not all(map(_DAY.fullmatch, read)):
        raise ValueError(text)
    return date.fromisoformat(read.pop())


def plain(value: float | None) -> str:
    """A number as it is typed: no exponent, no needless zeros; nothing for None."""
    return "" if value is None else _plain(value)


def _plain(value: float | None) -> str:
    if value is None:
        return "?"
    return f"{value:.10f}".rstrip("0").rstrip(".")


def _side(text: str, unit: str) -> float | None:
    if text == "?":
        return None
    return round(float(text.replace(",", ".")) * (10 if unit == "cm" else 1), 2)
