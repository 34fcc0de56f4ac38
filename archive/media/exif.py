"""EXIF tags of one TIFF structure as {standard tag name: value} (Exif 3.0, TIFF 6.0).

Does not find the structure (containers.py does) and does not judge the values (fields.py does).
Invariant: one unreadable tag is left out with a warning; all others are still read.
"""

from collections.abc import Mapping

from PIL.ExifTags import GPSTAGS, TAGS

from archive.media.charset import Warn, decode, tidy
from archive.media.tiff import ASCII, TYPES, UNDEFINED, UTF8, Directories, Entry, Ifd

Value = str | int | float | list["Value"] | dict[str, "Value"]

EXIF_IFD, GPS_IFD, INTEROP_IFD = 0x8769, 0x8825, 0xA005
# The names of the current standard where Pillow's table keeps other ones.
RENAMED = {
    0x8827: "PhotographicSensitivity",
    0xA002: "PixelXDimension",
    0xA003: "PixelYDimension",
    0x9214: "SubjectArea",
    0xA005: "InteroperabilityIFD",
}
# Tags of TIFF 6.0, TIFF/EP, GeoTIFF, GDAL and DNG that Pillow's table lacks.
MORE = {
    0x011E: "XPosition", 0x011F: "YPosition", 0x012C: "ColorResponseUnit",
    0x830E: "ModelPixelScale", 0x8480: "IntergraphMatrix", 0x8482: "ModelTiePoint",
    0x8546: "SEMInfo", 0x85D8: "ModelTransformation", 0x87B1: "GeoAsciiParams",
    0x920D: "Noise", 0x920E: "FocalPlaneXResolution", 0x920F: "FocalPlaneYResolution",
    0x9210: "FocalPlaneResolutionUnit", 0x9217: "SensingMethod", 0xA480: "GDALMetadata",
    0xA481: "GDALNoData", 0xC573: "OriginalFileName", 0xC763: "TimeCodes", 0xC764: "FrameRate",
    0xC772: "TStop", 0xC789: "ReelName", 0xC7A1: "CameraLabel", 0xFDE8: "OwnerName",
    0xFDE9: "SerialNumber", 0xFDEA: "Lens", 0xFE4C: "RawFile", 0xFE4D: "Converter",
}  # fmt: skip
INTEROP_NAMES = {
    1: "InteroperabilityIndex",
    2: "InteroperabilityVersion",
    0x1000: "RelatedImageFileFormat",
    0x1001: "RelatedImageWidth",
    0x1002: "RelatedImageLength",
}
EXIF_NAMES = {**MORE, **TAGS, **RENAMED}
# Where things lie in the file, and blocks that are read elsewhere: no description of a picture.
STRUCTURAL = {
    0x0111, 0x0117, 0x0120, 0x0121, 0x0140, 0x0144, 0x0145, 0x014A, 0x015B, 0x0201, 0x0202,
    0x02BC, 0x501B, 0x83BB, 0x8649, 0x8769, 0x8773, 0x8825, 0x927C, 0x935C, 0xA005, 0xC4A5,
    0xC634, 0xEA1C, 0xEA1D,
}  # fmt: skip
VERSIONS = {0x9000, 0xA000, 0x0002}
CODED_TEXT = {"UserComment", "GPSProcessingMethod", "GPSAreaInformation"}
WINDOWS_TEXT = range(0x9C9B, 0x9CA0)  # XPTitle … XPSubject, UTF-16LE
COPYRIGHT = 0x8298
LONGEST_LIST = 64


def read(dirs: Directories, ifd0: Ifd, warn: Warn, *, charset: str) -> dict[str, Value]:
    """The tags of a first directory and of the EXIF, GPS and interoperability ones it points to."""
    tags: dict[str, Value] = {}
    exif = _pointed(dirs, ifd0, EXIF_IFD)
    for ifd, names in (
        (ifd0, EXIF_NAMES),
        (exif, EXIF_NAMES),
        (_pointed(dirs, ifd0, GPS_IFD), GPSTAGS),
        (_pointed(dirs, exif, INTEROP_IFD), INTEROP_NAMES),
    ):
        for entry in ifd.values():
            name = names.get(entry.tag)
            if name and name not in tags and entry.tag not in STRUCTURAL:
                _add(tags, dirs, entry, name, warn, charset)
    return tags


def position(tags: Mapping[str, Value]) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, or None when they are missing or impossible."""
    latitude = _degrees(tags.get("GPSLatitude"), tags.get("GPSLatitudeRef"), "S")
    longitude = _degrees(tags.get("GPSLongitude"), tags.get("GPSLongitudeRef"), "W")
    if latitude is None or longitude is None:
        return None
    if abs(latitude) > 90 or abs(longitude) > 180 or latitude == longitude == 0:
        return None
    return round(latitude, 7), round(longitude, 7)


def _pointed(dirs: Directories, ifd: Ifd, tag: int) -> Ifd:
    offset = dirs.number(ifd, tag)
    return (dirs.directory(offset)[0] or {}) if offset else {}


def _add(
    tags: dict[str, Value], dirs: Directories, entry: Entry, name: str, warn: Warn, charset: str
) -> None:
    if entry.size > len(dirs.bytes_of(entry)):
        warn(f"EXIF {name}: points beyond the end of its block")
    if entry.kind in (ASCII, UTF8):
        value: Value = _text(dirs.bytes_of(entry), entry.tag, name, warn, charset)
    elif name in CODED_TEXT:
        value = _coded_text(dirs.bytes_of(entry), dirs.order, name, warn, charset)
    elif entry.tag in WINDOWS_TEXT:
        value = tidy(dirs.bytes_of(entry).decode("utf-16-le", "ignore"), f"EXIF {name}", warn)
    elif entry.tag in VERSIONS and entry.kind == UNDEFINED:
        value = dirs.bytes_of(entry).decode("ascii", "ignore").strip("\x00 ")
    else:
        value = _numbers(dirs, entry)
    if name == "GPSTimeStamp" and isinstance(value, list):
        value = ":".join(f"{part:0{2 if isinstance(part, int) else 5}}" for part in value)
    if value not in ("", []):
        tags[name] = value


def _numbers(dirs: Directories, entry: Entry) -> Value:
    if entry.count > LONGEST_LIST:
        return []
    if TYPES[entry.kind][0] == "s":
        values: list[Value] = list(dirs.bytes_of(entry))
    else:
        values = list(dirs.values(entry))
    return values[0] if len(values) == 1 else values


def _text(raw: bytes, tag: int, name: str, warn: Warn, charset: str) -> str:
    """ASCII ends at the first NUL; only Copyright has two parts (photographer NUL editor)."""
    parts = raw.split(b"\x00")
    kept = parts if tag == COPYRIGHT else parts[:1]
    texts = [decode(part, f"EXIF {name}", warn, charset=charset) for part in kept]
    return "; ".join(text for text in texts if text)


def _coded_text(raw: bytes, order: str, name: str, warn: Warn, charset: str) -> str:
    """A value that begins with an eight-byte character code (Exif 3.0, UserComment)."""
    code, body = raw[:8].rstrip(b"\x00 ").upper(), raw[8:]
    if code == b"UNICODE":
        return tidy(body.decode(_utf16(body, order), "ignore"), f"EXIF {name}", warn)
    if code == b"JIS":
        return tidy(body.decode("euc_jp", "ignore"), f"EXIF {name}", warn)
    if code not in (b"ASCII", b""):
        body = raw
    return decode(body.split(b"\x00")[0], f"EXIF {name}", warn, charset=charset)


def _utf16(body: bytes, order: str) -> str:
    """Writers ignore the byte order of the block: believe where the zero bytes are."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    high, low = body[::2].count(0), body[1::2].count(0)
    if high != low:
        return "utf-16-be" if high > low else "utf-16-le"
    return "utf-16-le" if order == "<" else "utf-16-be"


def _degrees(parts: Value | None, ref: Value | None, negative: str) -> float | None:
    if not isinstance(parts, list) or not 1 <= len(parts) <= 3:
        return None
    numbers = [part for part in parts if isinstance(part, int | float)]
    total = sum((part / 60.0**power for power, part in enumerate(numbers)), 0.0)
    return -total if str(ref).upper().startswith(negative) else total
