"""How far our reader agrees with ExifTool on real pictures: EXIF, IPTC and XMP values.

    python tests/bench/probe_agreement.py [FOLDER] [--json]

ExifTool's values are taken as the truth; each miss is listed with both values. Goal: EXIF 99 %,
IPTC 98 %, XMP 97 %. ExifRead is measured beside it on the same EXIF values. The same is done with
pictures of five formats into which ExifTool wrote, by chance, of everything that it can write.
"""

# ruff: noqa: T201 - a table on standard output is what it is for
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import exifread
from PIL import Image

from archive.media.probe import Probe, probe

SHARED = Path(os.environ.get("PILLANAT_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
EXIF_GROUPS = {"IFD0", "ExifIFD", "GPS", "InteropIFD"}
# ExifTool's own names for tags that the Exif standard calls otherwise.
EXIF_NAMES = {
    "ModifyDate": "DateTime", "CreateDate": "DateTimeDigitized", "ISO": "PhotographicSensitivity",
    "ExifImageWidth": "PixelXDimension", "ExifImageHeight": "PixelYDimension",
    "ImageHeight": "ImageLength", "ExposureCompensation": "ExposureBiasValue",
    "FocalLengthIn35mmFormat": "FocalLengthIn35mmFilm", "InteropIndex": "InteroperabilityIndex",
    "InteropVersion": "InteroperabilityVersion", "SubfileType": "NewSubfileType",
    "SubSecTime": "SubsecTime", "SubSecTimeOriginal": "SubsecTimeOriginal",
    "SubSecTimeDigitized": "SubsecTimeDigitized", "FlashpixVersion": "FlashPixVersion",
    "RelatedImageHeight": "RelatedImageLength", "OwnerName": "CameraOwnerName",
    "SerialNumber": "BodySerialNumber", "LensInfo": "LensSpecification",
    "DNGLensInfo": "LensInfo", "OldSubfileType": "SubfileType", "CFAPattern2": "CFAPattern",
    "TIFF-EPStandardID": "TIFF/EPStandardID", "Opto-ElectricConvFactor": "OECF",
    "PixelScale": "ModelPixelScale", "ModelTransform": "ModelTransformation",
    "CameraCalibrationSig": "CameraCalibrationSignature",
    "ProfileCalibrationSig": "ProfileCalibrationSignature",
}  # fmt: skip
EXIFREAD_NAMES = {
    "PhotographicSensitivity": "ISOSpeedRatings", "PixelXDimension": "ExifImageWidth",
    "PixelYDimension": "ExifImageLength", "GPSDateStamp": "GPSDate",
    "SubsecTime": "SubSecTime", "SubsecTimeOriginal": "SubSecTimeOriginal",
    "SubsecTimeDigitized": "SubSecTimeDigitized",
}  # fmt: skip
# Offsets, paddings and previews: where things are in the file, not what the picture shows.
STRUCTURAL = {
    "StripOffsets", "StripByteCounts", "TileOffsets", "TileByteCounts", "ThumbnailOffset",
    "ThumbnailLength", "Padding", "OffsetSchema", "PreviewImageStart", "PreviewImageLength",
    "ColorMap", "XMPToolkit", "About", "JPEGTables", "ThumbnailImage",
}  # fmt: skip
CODED = {"utf-8": "\x1b%G"}
GENERATED = 60
TABLES = {
    "Exif::Main": "EXIF", "GPS::Main": "GPS", "IPTC::ApplicationRecord": "IPTC",
    **{f"XMP::{name}": f"XMP-{name}" for name in (
        "dc", "photoshop", "iptcCore", "iptcExt", "xmp", "xmpRights", "xmpMM", "tiff", "exif",
        "exifEX", "aux", "cc", "Lightroom", "creatorAtom", "dex", "ics", "expressionmedia")},
    "PLUS::XMP": "XMP-plus",
}  # fmt: skip
FORMATS = {"jpg": "JPEG", "tif": "TIFF", "png": "PNG", "webp": "WEBP", "jp2": "JPEG2000"}
NOT_WRITTEN = {"Permanent", "Protected", "Unsafe", "Binary", "Avoid", "Unknown"}
NO_TEXT = {"undef", "?", "struct"}  # bytes that mean something to few
WORDS = ("Budapest", "őszi", "Árvíztűrő", "tükörfúrógép", "Žižka", "híd", "1956", "Ω", "“idézet”",
         "a & b", "<i>", "x=y", "Nyugati tér", "c. 1930", "Ł")  # fmt: skip
XMP_GROUPS = {
    "XMP-iptcCore": "Iptc4xmpCore", "XMP-iptcExt": "Iptc4xmpExt", "XMP-microsoft": "MicrosoftPhoto",
}  # fmt: skip
PLUS = "http://ns.useplus.org/ldf/vocab/"  # which ExifTool leaves out before a word of theirs


def files(folder: Path) -> list[Path]:
    """The picture files below a folder, in a fixed order."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in ("", ".csv"))


@cache
def known() -> ElementTree.Element:
    """The tags that ExifTool knows, with the names that the standards give them."""
    told = subprocess.run(["exiftool", "-listx", "-f"], capture_output=True, check=True).stdout
    return ElementTree.fromstring(told)


@cache
def xmp_names() -> dict[str, str]:
    """ExifTool's group and name -> prefix and name of the standard."""
    return {
        f"{tag.get('g1') or table.get('g1')}:{tag.get('name')}": tag.get("id", "")
        for table in known().iter("table")
        if (table.get("g0") or "") == "XMP"
        for tag in table.iter("tag")
    }


def writable() -> list[tuple[str, str, int]]:
    """(group and name, type, count) of what ExifTool can write about a picture."""
    return [
        (f"{TABLES[table.get('name', '')]}:{tag.get('name')}", tag.get("type", ""),
         int(tag.get("count", "1")))
        for table in known().iter("table")
        if table.get("name") in TABLES
        for tag in table.iter("tag")
        if tag.get("writable") == "true" and tag.get("name") not in STRUCTURAL
        and tag.get("type") not in NO_TEXT
        and not NOT_WRITTEN & set((tag.get("flags") or "").split(","))
    ]  # fmt: skip


def value(kind: str, count: int, name: str, draw: random.Random) -> str:
    """Something that may stand in a tag, in ExifTool's own numbers (-n)."""
    if "Date" in name or kind == "date":
        year, month, day = draw.randint(1839, 2024), draw.randint(1, 12), draw.randint(1, 28)
        return f"{year}:{month:02}:{day:02} 12:{draw.randint(10, 59)}:56"
    if name.endswith(("Latitude", "Longitude")):
        return str(draw.randint(0, 8900) / 100)
    if name.endswith("TimeStamp"):
        return f"{draw.randint(0, 23):02}:{draw.randint(10, 59)}:56"
    if kind in ("string", "lang-alt", "Unicode"):
        return " ".join(draw.sample(WORDS, draw.randint(1, 4)))
    if kind == "boolean":
        return draw.choice(("True", "False"))
    if "rational" in kind or kind in ("real", "float", "double"):
        return " ".join(str(draw.randint(1, 9000) / 100) for _ in range(max(count, 1)))
    return " ".join(str(draw.randint(1, 5)) for _ in range(max(count, 1)))


def generated(folder: Path) -> list[Path]:
    """Pictures of several formats into which ExifTool has written of everything it can write."""
    draw, tags, orders, made = random.Random(1956), writable(), [], []
    for number in range(GENERATED):
        ending, kind = draw.choice(list(FORMATS.items()))
        path = folder / f"generated-{number}.{ending}"
        Image.new("RGB", (64, 48), (number, 90, 20)).save(path, kind)
        coded = ["-IPTC:CodedCharacterSet=UTF8"] if draw.random() < 0.6 else []
        told = [
            f"-{tag}={value(form, count, tag, draw)}" for tag, form, count in draw.sample(tags, 120)
        ]
        orders += [
            "-n",
            "-m",
            "-q",
            "-q",
            "-overwrite_original",
            *coded,
            *told,
            str(path),
            "-execute",
        ]
        made.append(path)
    orders_file = folder / "orders.args"
    orders_file.write_text("\n".join(orders), encoding="utf-8")
    charset = ["-common_args", "-charset", "iptc=Latin2"]
    subprocess.run(["exiftool", "-@", orders_file, *charset], capture_output=True, check=False)
    return made


def exiftool(paths: list[Path]) -> list[dict[str, Any]]:
    """What ExifTool says of each file."""
    command = [
        "exiftool",
        "-j",
        "-G1",
        "-n",
        "-struct",
        "-q",
        "-charset",
        "iptc=Latin2",
        *map(str, paths),
    ]
    found = subprocess.run(command, capture_output=True, check=False).stdout
    return list(json.loads(found))


def truth(line: dict[str, Any]) -> Iterator[tuple[str, str, str, Any]]:
    """(standard, our key, ExifTool's key, value) of every value that describes the picture."""
    for name, value in line.items():
        group, _, tag = name.partition(":")
        if (
            tag in STRUCTURAL
            or not str(value).strip()
            or value == "undef"
            or str(value).startswith("(Binary data")
        ):
            continue
        if group in EXIF_GROUPS:
            yield "EXIF", EXIF_NAMES.get(tag, tag), name, value
        elif group == "IPTC":
            yield "IPTC", tag, name, value
        elif group.startswith("XMP-") and group not in ("XMP-x", "XMP-rdf"):
            prefix = XMP_GROUPS.get(group, group.removeprefix("XMP-"))
            yield "XMP", f"{prefix}:{xmp_names().get(name, tag)}", name, value


def lookup(standard: str, key: str, found: Probe) -> Any:
    """Our value for a key; XMP names are compared without regard to case."""
    if standard == "EXIF":
        return {k.lower(): v for k, v in found.exif.items()}.get(key.lower())
    if standard == "IPTC":
        return found.iptc.get(key)
    return {k.lower(): v for k, v in found.xmp.items()}.get(key.lower())


def in_their_units(key: str, ours: Any) -> Any:
    """Our value as ExifTool converts it: APEX to seconds and f-numbers, degrees to decimals."""
    numbers = [number(leaf) for leaf in flat(ours)] if ours is not None else []
    if None in numbers or not numbers:
        return CODED.get(ours, ours) if isinstance(ours, str) else ours
    name = key.rpartition(":")[2]
    if name == "ShutterSpeedValue":
        return 2 ** -numbers[0]
    if name in ("ApertureValue", "MaxApertureValue"):
        return 2 ** (numbers[0] / 2)
    if name in ("GPSLatitude", "GPSLongitude", "GPSDestLatitude", "GPSDestLongitude"):
        return sum(part / 60**power for power, part in enumerate(numbers))
    return ours


def same(key: str, theirs: Any, ours: Any) -> bool:
    """Whether two values say the same, apart from how they are written."""
    ours = in_their_units(key, ours)
    if ours is None:
        return False
    one, other = flat(theirs), flat(ours)
    if len(one) == len(other) and all(map(alike, one, other)):
        return True
    return "".join(one) == "".join(other) or set(one) == set(other)


def degrees(text: str) -> str:
    """XMP's `47,30.5N` as ExifTool's decimal degrees; anything else as it is."""
    if found := re.fullmatch(r"(\d+),([\d.]+)([NSEW])", text):
        sign = -1 if found[3] in "SW" else 1
        return str(sign * (int(found[1]) + float(found[2]) / 60))
    return text


def flat(value: Any) -> list[str]:
    """All leaves of a value as texts."""
    if isinstance(value, dict):
        return [leaf for key in sorted(value, key=fold) for leaf in flat(value[key])]
    if isinstance(value, list):
        return [leaf for part in value for leaf in flat(part)]
    if isinstance(value, bool):
        return [str(value).lower()]
    text = degrees(" ".join(str(value).removeprefix(PLUS).split()))
    words = text.split()
    return words if len(words) > 1 and all(map(is_number, words)) else [text.lower()]


def fold(key: str) -> str:
    """A structure's key without prefix and case."""
    return key.rpartition(":")[2].lower()


def is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?", text.lower()) is not None


def number(text: str) -> float | None:
    """The value of a number or a fraction."""
    if match := re.fullmatch(r"(-?\d+)/(\d+)", text):
        return int(match[1]) / int(match[2]) if int(match[2]) else None
    return float(text) if is_number(text) else None


def alike(one: str, other: str) -> bool:
    """Whether two leaves are equal as numbers, as dates or as words."""
    left, right = number(one), number(other)
    if left is not None and right is not None:
        return abs(left - right) <= 1e-4 * max(abs(left), abs(right), 1e-9)
    if re.match(r"\d{4}[-:]\d\d", one):
        return re.sub(r"[-:tz ]", "", one) == re.sub(r"[-:tz ]", "", other)
    return one == other


def exifread_value(tags: dict[str, Any], key: str) -> Any:
    """ExifRead's value under any of its directory names."""
    for group in ("Image", "EXIF", "GPS", "Interoperability"):
        for name in (key, EXIFREAD_NAMES.get(key, key)):
            tag = tags.get(f"{group} {name}")
            if tag is not None:
                values = tag.values if isinstance(tag.values, list) else [tag.values]
                return [float(v) if hasattr(v, "decimal") and v.den else str(v) for v in values]
    return None


def exifread_tags(found: Probe, path: Path) -> dict[str, Any]:
    """ExifRead on the block that our scanner found."""
    try:
        with path.open("rb") as f:
            return dict(exifread.process_file(f, details=False, extract_thumbnail=False))
    except Exception:
        return {}


def measure(paths: list[Path]) -> dict[str, Any]:
    """Counts by standard, the misses, and CPU milliseconds a file."""
    began = time.process_time()
    probes = {path: probe(path) for path in paths}
    cpu = (time.process_time() - began) * 1000 / max(len(paths), 1)
    counts = {name: [0, 0] for name in ("EXIF", "IPTC", "XMP", "ExifRead")}
    misses = []
    for line in exiftool(paths):
        path = Path(line["SourceFile"])
        peer = exifread_tags(probes[path], path)
        for standard, key, name, value in truth(line):
            ours = lookup(standard, key, probes[path])
            counts[standard][0] += same(key, value, ours)
            counts[standard][1] += 1
            if standard == "EXIF":
                counts["ExifRead"][0] += same(key, value, exifread_value(peer, key))
                counts["ExifRead"][1] += 1
            if not same(key, value, ours):
                misses.append((path.name, name, value, ours))
    return {"files": len(paths), "cpu_ms": cpu, "counts": counts, "misses": misses}


def main() -> None:
    """Prints the table and every miss."""
    if shutil.which("exiftool") is None:
        sys.exit(
            "ExifTool is missing (Debian: libimage-exiftool-perl); there is nothing to compare."
        )
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    real = files(Path(folders[0]) if folders else SHARED / "images")
    with TemporaryDirectory() as name:
        for title, paths in (("real files", real), ("generated", generated(Path(name)))):
            if not paths:
                print(f"There are no {title}; PILLANAT_SHARED_DATA names their folder.")
            elif "--json" in sys.argv:
                print(json.dumps(measure(paths), ensure_ascii=False, default=str))
            else:
                tell(title, measure(paths))


def tell(title: str, result: dict[str, Any]) -> None:
    print(f"{result['files']} {title}, {result['cpu_ms']:.2f} ms CPU a file")
    for name, (agree, total) in result["counts"].items():
        print(f"{name:9} {agree:5} of {total:5}  {100 * agree / max(total, 1):6.2f} %")
    for path, name, theirs, ours in result["misses"]:
        print(f"  {path}: {name}: ExifTool {str(theirs)[:70]!r}, ours {str(ours)[:70]!r}")


if __name__ == "__main__":
    main()
