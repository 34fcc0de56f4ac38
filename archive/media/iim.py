"""IPTC-IIM 4.2 records as {data-set name: text or list of texts}.

Data sets of the envelope (record 1) and of the application record (2) only; also written.
Invariant: data sets before a broken one are kept.
"""

from collections.abc import Iterable

from archive.media.charset import Warn, declared, decode
from archive.media.exif import Value

ENVELOPE = {
    0: "EnvelopeRecordVersion", 5: "Destination", 20: "FileFormat", 22: "FileVersion",
    30: "ServiceIdentifier", 40: "EnvelopeNumber", 50: "ProductID", 60: "EnvelopePriority",
    70: "DateSent", 80: "TimeSent", 90: "CodedCharacterSet",
    100: "UniqueObjectName", 120: "ARMIdentifier", 122: "ARMVersion",
}  # fmt: skip
APPLICATION = {
    0: "ApplicationRecordVersion", 3: "ObjectTypeReference", 4: "ObjectAttributeReference",
    5: "ObjectName", 7: "EditStatus", 8: "EditorialUpdate", 10: "Urgency",
    12: "SubjectReference", 15: "Category", 20: "SupplementalCategories",
    22: "FixtureIdentifier", 25: "Keywords", 26: "ContentLocationCode",
    27: "ContentLocationName", 30: "ReleaseDate", 35: "ReleaseTime", 37: "ExpirationDate",
    38: "ExpirationTime", 40: "SpecialInstructions", 42: "ActionAdvised",
    45: "ReferenceService", 47: "ReferenceDate", 50: "ReferenceNumber", 55: "DateCreated",
    60: "TimeCreated", 62: "DigitalCreationDate", 63: "DigitalCreationTime",
    65: "OriginatingProgram", 70: "ProgramVersion", 75: "ObjectCycle", 80: "By-line",
    85: "By-lineTitle", 90: "City", 92: "Sub-location", 95: "Province-State",
    100: "Country-PrimaryLocationCode", 101: "Country-PrimaryLocationName",
    103: "OriginalTransmissionReference", 105: "Headline", 110: "Credit", 115: "Source",
    116: "CopyrightNotice", 118: "Contact", 120: "Caption-Abstract", 121: "LocalCaption",
    122: "Writer-Editor", 130: "ImageType", 131: "ImageOrientation", 135: "LanguageIdentifier",
    150: "AudioType", 151: "AudioSamplingRate", 152: "AudioSamplingResolution",
    153: "AudioDuration", 154: "AudioOutcue", 200: "ObjectPreviewFileFormat",
    201: "ObjectPreviewFileVersion",
    # Not of the standard, but written by programs of newspapers.
    184: "JobID", 185: "MasterDocumentID", 186: "ShortDocumentID", 187: "UniqueDocumentID",
    188: "OwnerID", 221: "Prefs", 225: "ClassifyState", 228: "SimilarityIndex",
    230: "DocumentNotes", 231: "DocumentHistory", 232: "ExifCameraInfo", 255: "CatalogSets",
}  # fmt: skip
NAMES = {1: ENVELOPE, 2: APPLICATION}
LISTS = {"Keywords"}
REPEATABLE = LISTS | {
    "Destination", "ProductID", "ObjectAttributeReference", "SubjectReference",
    "SupplementalCategories", "ContentLocationCode", "ContentLocationName",
    "ReferenceService", "ReferenceDate", "ReferenceNumber", "By-line", "By-lineTitle",
    "Contact", "Writer-Editor", "CatalogSets",
}  # fmt: skip
BINARY = {
    "EnvelopeRecordVersion", "ApplicationRecordVersion", "FileFormat", "FileVersion",
    "ARMIdentifier", "ARMVersion", "ObjectPreviewFileFormat", "ObjectPreviewFileVersion",
}  # fmt: skip
DATES = {"DateSent", "ReleaseDate", "ExpirationDate", "ReferenceDate", "DateCreated",
         "DigitalCreationDate"}  # fmt: skip
TIMES = {"TimeSent", "ReleaseTime", "ExpirationTime", "TimeCreated", "DigitalCreationTime"}
MARKER = 0x1C


def read(block: bytes, warn: Warn, *, charset: str, most: int = 4096) -> dict[str, Value]:
    """The first `most` named data sets of a block; dates as CCYY:MM:DD, as EXIF writes them."""
    sets = _data_sets(block, warn)
    if len(sets) > most:
        warn(f"IPTC: {len(sets)} values; only the first {most} were read")
        del sets[most:]
    says = next((declared(raw) for name, raw in sets if name == "CodedCharacterSet"), None)
    found: dict[str, list[Value]] = {}
    for name, raw in sets:
        value = _value(name, raw, warn, charset, says)
        if value != "" and value not in found.get(name, []):
            found.setdefault(name, []).append(value)
    return {name: _joined(name, values, warn) for name, values in found.items()}


def written(sets: Iterable[tuple[int, int, bytes]]) -> bytes:
    """An IIM block of (record, number, value); values are shorter than 32,768 bytes."""
    return b"".join(
        bytes((MARKER, record, number)) + len(value).to_bytes(2, "big") + value
        for record, number, value in sets
    )


def _joined(name: str, values: list[Value], warn: Warn) -> Value:
    if name in LISTS or (len(values) > 1 and name in REPEATABLE):
        return values
    if len(values) > 1:
        warn(f"IPTC {name}: given {len(values)} times with different values; the first is taken")
    return values[0]


def _data_sets(block: bytes, warn: Warn) -> list[tuple[str, bytes]]:
    """(name, bytes) of every named data set (IIM 4.2 section 1.5: standard and extended form)."""
    sets: list[tuple[str, bytes]] = []
    at = 0
    while at + 5 <= len(block) and block[at] == MARKER:
        record, number = block[at + 1], block[at + 2]
        size = int.from_bytes(block[at + 3 : at + 5], "big")
        at += 5
        if size & 0x8000:
            width = size & 0x7FFF
            size, at = int.from_bytes(block[at : at + min(width, 8)], "big"), at + width
        if at + size > len(block):
            warn("IPTC: the block ends within a value; what came before is kept")
            break
        name = NAMES.get(record, {}).get(number)
        if name:
            sets.append((name, block[at : at + size]))
        at += size
    if not sets:
        warn("IPTC: the block holds nothing that can be read")
    return sets


def _value(name: str, raw: bytes, warn: Warn, charset: str, says: str | None) -> Value:
    if name in BINARY:
        return int.from_bytes(raw[:2], "big")
    if name == "CodedCharacterSet":
        return declared(raw) or ""
    text = decode(raw, f"IPTC {name}", warn, charset=charset, says=says)
    digits = text.replace(" ", "")
    if name in DATES and digits[:8].isdigit() and len(digits) == 8:
        return f"{digits[:4]}:{digits[4:6]}:{digits[6:]}"
    if name in TIMES and digits[:6].isdigit():
        zone = f"{digits[6:9]}:{digits[9:11]}" if len(digits) == 11 else ""
        return f"{digits[:2]}:{digits[2:4]}:{digits[4:6]}{zone}"
    return text
