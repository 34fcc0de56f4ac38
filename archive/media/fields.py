"""From tags to the fields an archivist knows: title, caption, creator, dates, place.

XMP comes before IPTC, IPTC before EXIF, EXIF before a container's own comments; where they
disagree a warning says so. Does not read files. Invariant: the date on which a scanner worked is
never the date of the photograph.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from archive.media import exif as exif_reader
from archive.media.charset import Warn
from archive.media.default_texts import by_device
from archive.media.exif import Value
from archive.media.scanners import is_scanner

Text = str | dict[str, str]
Tags = Mapping[str, Value]

FIRST_DIGITAL_YEAR = 1990  # an earlier date in a file was typed by a person, not set by a device


@dataclass(frozen=True, slots=True)
class Fields:
    """What a file says of its photograph; texts in several languages are {language: text}.

    Dates are ISO 8601, as exact as the file says: 1956, 1956-10 or 1956-10-23T14:05:00+01:00.
    """

    title: Text | None = None
    headline: Text | None = None
    caption: Text | None = None
    creator: tuple[str, ...] = ()
    credit: Text | None = None
    source: Text | None = None
    copyright: Text | None = None
    usage_terms: Text | None = None
    web_statement: Text | None = None
    alt_text: Text | None = None
    keywords: tuple[str, ...] = ()
    date_created: str | None = None
    date_digitised: str | None = None
    city: Text | None = None
    country: Text | None = None
    gps: tuple[float, float] | None = None
    orientation: int | None = None
    camera: str | None = None


TEXTS: dict[str, tuple[str, ...]] = {
    "title": ("xmp dc:title", "iptc ObjectName", "exif XPTitle", "text Title"),
    "headline": ("xmp photoshop:Headline", "iptc Headline"),
    "caption": (
        "xmp dc:description", "iptc Caption-Abstract", "exif ImageDescription",
        "exif UserComment", "exif XPComment", "text Description", "text Comment",
    ),
    "credit": ("xmp photoshop:Credit", "iptc Credit"),
    "source": ("xmp photoshop:Source", "iptc Source", "text Source"),
    "copyright": ("xmp dc:rights", "iptc CopyrightNotice", "exif Copyright", "text Copyright"),
    "usage_terms": ("xmp xmpRights:UsageTerms",),
    "web_statement": ("xmp xmpRights:WebStatement",),
    "alt_text": ("xmp Iptc4xmpCore:AltTextAccessibility",),
    "city": ("xmp photoshop:City", "iptc City"),
    "country": ("xmp photoshop:Country", "iptc Country-PrimaryLocationName"),
}  # fmt: skip
CREATOR = ("xmp dc:creator", "iptc By-line", "exif Artist", "exif XPAuthor", "text Author")
KEYWORDS = ("xmp dc:subject", "iptc Keywords", "exif XPKeywords")
CREATED = ("xmp photoshop:DateCreated", "iptc DateCreated", "exif DateTimeOriginal")
DIGITISED = ("exif DateTimeDigitized", "xmp xmp:CreateDate", "iptc DigitalCreationDate")
ZONES = {
    "exif DateTimeOriginal": "exif OffsetTimeOriginal",
    "exif DateTimeDigitized": "exif OffsetTimeDigitized",
}
SAME_AS_CAPTION = {"exif UserComment", "exif XPComment", "text Comment"}  # notes, not rivals
SCANNED_SOURCES = ("negativefilm", "positivefilm", "print", "digitisation")
DATE = re.compile(
    r"(\d{4})(?:[-:/.](\d\d)(?:[-:/.](\d\d))?)?"
    r"(?:[ T]+(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?"
)
CUT_OFF = 28  # IIM cuts values at 32 bytes and more; a common start that long is no conflict


def describe(exif: Tags, iptc: Tags, xmp: Tags, text: Tags, warn: Warn) -> Fields:
    """The fields of one file from its tags; disagreements go to `warn`."""
    reader = _Reader({"exif": exif, "iptc": iptc, "xmp": xmp, "text": text}, warn)
    created, digitised = reader.dates()
    return Fields(
        **{name: reader.text(name, sources) for name, sources in TEXTS.items()},
        creator=reader.creator(),
        keywords=reader.keywords(),
        date_created=created,
        date_digitised=digitised,
        gps=exif_reader.position(exif) or _xmp_position(xmp),
        orientation=_orientation(exif, xmp),
        camera=_camera(exif, xmp),
    )


class _Reader:
    """Looks values up by "standard key" and compares what the standards say."""

    def __init__(self, tags: Mapping[str, Tags], warn: Warn) -> None:
        self.tags, self.warn = tags, warn

    def get(self, source: str) -> Value | None:
        standard, _, key = source.partition(" ")
        return self.tags[standard].get(key)

    def text(self, field: str, sources: Iterable[str]) -> Text | None:
        """The first text there is; the others are compared with it."""
        found = [(source, _plain(self.get(source))) for source in sources]
        texts = [(source, value) for source, value in found if value and not _by_device(value)]
        for source, value in texts[1:]:
            if source not in SAME_AS_CAPTION and not _agree(texts[0][1], value):
                self.warn(f"{field}: {_label(texts[0][0])} and {_label(source)} differ")
        return texts[0][1] if texts else None

    def creator(self) -> tuple[str, ...]:
        found = [(source, _names(self.get(source))) for source in CREATOR]
        lists = [(source, names) for source, names in found if names]
        for source, names in lists[1:]:
            if not _agree("; ".join(lists[0][1]), "; ".join(names)):
                self.warn(f"creator: {_label(lists[0][0])} and {_label(source)} differ")
        return lists[0][1] if lists else ()

    def keywords(self) -> tuple[str, ...]:
        """Of all standards together: a keyword is never lost because another one lacks it."""
        merged: dict[str, str] = {}
        for source in KEYWORDS:
            for word in _names(self.get(source)):
                merged.setdefault(word.casefold(), word)
        return tuple(merged.values())

    def dates(self) -> tuple[str | None, str | None]:
        """Date of the photograph, date of digitising."""
        created = self._dates(CREATED)
        digitised = self._dates(DIGITISED)
        if self.scanned():
            by_device = [found for found in created if int(found[1][:4]) >= FIRST_DIGITAL_YEAR]
            created = [found for found in created if found not in by_device]
            digitised += by_device
            if by_device:
                self.warn(f"{_label(by_device[0][0])}: a scanner's date, kept as date digitised")
        for source, value in created[1:]:
            if not _same_day(created[0][1], value):
                self.warn(f"date created: {_label(created[0][0])} and {_label(source)} differ")
        return (created[0][1] if created else None), (digitised[0][1] if digitised else None)

    def _dates(self, sources: Iterable[str]) -> list[tuple[str, str]]:
        found = []
        for source in sources:
            zone = self.get(ZONES[source]) if source in ZONES else None
            value = iso_date(str(self.get(source) or ""), str(zone or ""))
            if value:
                found.append((source, value))
        return found

    def scanned(self) -> bool:
        """Whether a scanner made the file, by what EXIF, XMP and IPTC say of its source."""
        kind = str(self.get("xmp Iptc4xmpExt:DigitalSourceType") or "").rsplit("/", 1)[-1]
        software = (self.get("exif Software"), self.get("xmp xmp:CreatorTool"))
        return (
            self.get("exif FileSource") in (1, 2)
            or kind.lower() in SCANNED_SOURCES
            or is_scanner(
                str(self.get("exif Make") or self.get("xmp tiff:Make") or ""),
                str(self.get("exif Model") or self.get("xmp tiff:Model") or ""),
                " ".join(str(name or "") for name in software),
            )
        )


def iso_date(text: str, zone: str = "") -> str | None:
    """EXIF, IPTC and XMP dates as ISO 8601; unknown parts (00) are left out, nonsense is None."""
    match = DATE.fullmatch(text.strip())
    if match is None or match[1] == "0000":
        return None
    year, month, day = match[1], match[2] or "00", match[3] or "00"
    if month == "00":
        return year
    try:
        date(int(year), int(month), int(day) or 1)
    except ValueError:
        return None
    if day == "00":
        return f"{year}-{month}"
    return f"{year}-{month}-{day}{_clock(match, int(year), zone)}"


def _clock(match: re.Match[str], year: int, zone: str) -> str:
    hour, minute, second = match[4], match[5], match[6] or "00"
    if hour is None or int(hour) > 23 or int(minute) > 59 or int(second) > 59:
        return ""
    if year < FIRST_DIGITAL_YEAR and (hour, minute, second) == ("00", "00", "00"):
        return ""  # midnight filled in by a program, because EXIF demands a time
    offset = match[7] or (zone if re.fullmatch(r"Z|[+-]\d\d:\d\d", zone) else "")
    return f"T{hour}:{minute}:{second}{offset}"


def _same_day(one: str, other: str) -> bool:
    length = min(len(one), len(other), 10)
    return one[:length] == other[:length]


def _plain(value: Value | None) -> Text | None:
    """A text, or {language: text} when the file gives more than the default language."""
    if isinstance(value, dict):
        texts = {lang: text for lang, text in value.items() if isinstance(text, str) and text}
        return texts.get("x-default") if set(texts) == {"x-default"} else texts or None
    if isinstance(value, list):
        return "; ".join(str(part) for part in value if isinstance(part, str)) or None
    return str(value) if value is not None else None


def _by_device(text: Text) -> bool:
    return isinstance(text, str) and by_device(text)


def _names(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return tuple(part for part in value if isinstance(part, str))
    return tuple(filter(None, (part.strip() for part in str(value or "").split(";"))))


def _agree(one: Text, other: Text) -> bool:
    """Whether any alternative of one equals, or is cut off from, any of the other."""
    return any(_alike(left, right) for left in _folded(one) for right in _folded(other))


def _alike(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return left == right or (len(short.encode()) >= CUT_OFF and long.startswith(short))


def _folded(text: Text) -> list[str]:
    texts = text.values() if isinstance(text, dict) else (text,)
    return [" ".join(each.casefold().split()) for each in texts]


def _label(source: str) -> str:
    standard, _, key = source.partition(" ")
    return key if standard == "xmp" else f"{standard.upper()} {key}"


def _orientation(exif: Tags, xmp: Tags) -> int | None:
    value = exif.get("Orientation", xmp.get("tiff:Orientation"))
    return int(value) if str(value) in tuple("12345678") and isinstance(value, str | int) else None


def _camera(exif: Tags, xmp: Tags) -> str | None:
    make = str(exif.get("Make") or xmp.get("tiff:Make") or "").strip()
    model = str(exif.get("Model") or xmp.get("tiff:Model") or "").strip()
    if make and model.casefold().startswith(make.split()[0].casefold()):
        return model
    return f"{make} {model}".strip() or None


def _xmp_position(xmp: Tags) -> tuple[float, float] | None:
    """exif:GPSLatitude and exif:GPSLongitude in XMP's form, "47,29.88N" or "47,29,53N"."""
    found = []
    for key in ("exif:GPSLatitude", "exif:GPSLongitude"):
        match = re.fullmatch(r"([\d.]+),([\d.]+)(?:,([\d.]+))?([NSEW])", str(xmp.get(key, "")))
        if match is None:
            return None
        try:
            parts = [float(part or 0) for part in match.groups()[:3]]
        except ValueError:
            return None
        value = parts[0] + parts[1] / 60 + parts[2] / 3600
        found.append(round(-value if match[4] in "SW" else value, 7))
    return (found[0], found[1]) if abs(found[0]) <= 90 and abs(found[1]) <= 180 else None
