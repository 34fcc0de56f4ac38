"""Writes rights and description into a copy of a picture, without touching its pixels.

JPEG gets XMP, IPTC-IIM and EXIF, TIFF the same as tags, PNG an iTXt chunk with XMP. Whatever the
copy said of itself before is replaced, so that no place of taking (GPS) travels along; only the
orientation and the colour profile stay. Invariant: the source file is never written.
"""

import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from archive.media import iim
from archive.media.appearing import Appearing
from archive.media.blocks import read_at
from archive.media.containers import identify, scan
from archive.media.exif import EXIF_IFD, GPS_IFD
from archive.media.jpeg import (
    APP1,
    APP2,
    APP13,
    COMMENT,
    ICC_HEAD,
    PHOTOSHOP_HEAD,
    SCAN,
    XMP_HEAD,
    picture_end,
    segments,
)
from archive.media.limits import Limits
from archive.media.packet import Embedded, packet
from archive.media.refusal import Refused
from archive.media.tiff import Directories, Entry, Ifd, NotTiff

APP0, APP14 = 0xE0, 0xEE
LONGEST_SEGMENT = 65533
BYTE, ASCII, SHORT, LONG, RATIO, UNDEFINED = 1, 2, 3, 4, 5, 7
DESCRIPTION, ORIENTATION, ARTIST, COPYRIGHT = 0x010E, 0x0112, 0x013B, 0x8298
XMP_TAG, IPTC_TAG, PHOTOSHOP_TAG = 0x02BC, 0x83BB, 0x8649
REPLACED = {DESCRIPTION, ARTIST, COPYRIGHT, XMP_TAG, IPTC_TAG, PHOTOSHOP_TAG, EXIF_IFD, GPS_IFD}
Tag = tuple[int, int, int, bytes | int]  # number, type, count, value or where the values are


class EmbedError(Exception):
    """The words could not be written; the text is a sentence for a person."""


def embed(path_in: Path, path_out: Path, values: Embedded) -> None:
    """Copies a JPEG, TIFF or PNG to `path_out` with `values` in it. Raises EmbedError, OSError."""
    if path_out.exists() and path_in.samefile(path_out):
        raise EmbedError("Rights are written into a copy, never into the file itself.")
    write = {"JPEG": _jpeg, "TIFF": _tiff, "PNG": _png}.get(identify(path_in))
    if write is None:
        raise EmbedError("Rights can be written into JPEG, TIFF and PNG files only.")
    try:
        with (
            Appearing(path_out) as path,
            path_in.open("rb") as source,
            Path(path).open("w+b") as out,
        ):
            write(source, out, values)
    except (Refused, NotTiff) as error:
        raise EmbedError(f"The file cannot be read as a picture. {error}".strip()) from error


def _first(texts: Mapping[str, str]) -> str:
    return next((text for text in texts.values() if text), "")


# --- JPEG ---


def _jpeg(source: BinaryIO, out: BinaryIO, values: Embedded) -> None:
    size = source.seek(0, 2)
    blocks = scan(source, size, Limits())
    found = list(segments(source, size, blocks))
    first_scan = found[-1][1]
    kept = [(marker, read_at(source, at, length)) for marker, at, length in found[:-1]]
    out.write(b"\xff\xd8")
    for marker, body in kept:
        if marker == APP0:
            out.write(_segment(marker, body))
    exif = _exif(values, blocks.width, blocks.height, _orientation(blocks.exif))
    out.write(_segment(APP1, b"Exif\x00\x00" + exif))
    out.write(_segment(APP1, XMP_HEAD + packet(values)))
    out.write(_segment(APP13, PHOTOSHOP_HEAD + _photoshop_resource(0x0404, _iim(values))))
    for marker, body in kept:
        if _is_picture(marker, body):
            out.write(_segment(marker, body))
    _copy(source, out, first_scan - 4, picture_end(source, first_scan))


def _is_picture(marker: int, body: bytes) -> bool:
    """Whether a segment is needed to show the picture; what else it said is replaced."""
    if marker == APP2:
        return body.startswith(ICC_HEAD)
    return marker == APP14 or not (APP0 <= marker <= 0xEF or marker in (COMMENT, SCAN))


def _segment(marker: int, body: bytes) -> bytes:
    if len(body) > LONGEST_SEGMENT:
        raise EmbedError(f"The texts are too long for a JPEG: {len(body)} bytes.")
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _photoshop_resource(number: int, body: bytes) -> bytes:
    size = len(body).to_bytes(4, "big")
    return b"8BIM" + number.to_bytes(2, "big") + b"\x00\x00" + size + body + bytes(len(body) % 2)


def _copy(source: BinaryIO, out: BinaryIO, start: int, end: int) -> None:
    source.seek(start)
    left = end - start
    while left > 0 and (part := source.read(min(left, 1 << 20))):
        out.write(part)
        left -= len(part)


def _orientation(exif_blocks: list[bytes]) -> int:
    for block in exif_blocks:
        try:
            dirs = Directories(BytesIO(block), lambda _: None)
        except NotTiff:
            continue
        return dirs.number(next(dirs.chain(), {}), ORIENTATION, 1)
    return 1


# --- IPTC-IIM and EXIF, which know no languages ---


def _iim(values: Embedded) -> bytes:
    """The same words for newsrooms that read IIM (IIM 4.2; lengths are in bytes)."""
    day = values.date_created[:10].replace("-", "").ljust(8, "0") if values.date_created else ""
    sets = [
        (5, _first(values.title), 64),
        (55, day, 8),
        *((80, name, 32) for name in values.creator),
        (110, values.credit, 32),
        (115, values.source, 32),
        (116, _first(values.rights), 128),
        (120, _first(values.description), 2000),
    ]
    texts = [(2, number, _cut(text, size)) for number, text, size in sets if text]
    return iim.written([(1, 90, b"\x1b%G"), (2, 0, b"\x00\x04"), *texts])


def _cut(text: str, size: int) -> bytes:
    """UTF-8 of at most `size` bytes, never cut within a letter."""
    return text.encode()[:size].decode("utf-8", "ignore").encode()


def _words(values: Embedded) -> Iterator[Tag]:
    words = {
        DESCRIPTION: _first(values.description),
        ARTIST: "; ".join(values.creator),
        COPYRIGHT: _first(values.rights),
    }
    for tag, text in words.items():
        if text:
            raw = text.replace("\x00", "").encode() + b"\x00"
            yield tag, ASCII, len(raw), raw


def _exif(values: Embedded, width: int, height: int, orientation: int) -> bytes:
    """A small EXIF block: the words, and what Exif 3.0 (4.6.8) demands of a JPEG."""
    camera = [
        (0x9000, UNDEFINED, 4, b"0232"),
        (0x9101, UNDEFINED, 4, b"\x01\x02\x03\x00"),
        (0xA000, UNDEFINED, 4, b"0100"),
        (0xA001, SHORT, 1, struct.pack("<H", 1)),
        (0xA002, LONG, 1, struct.pack("<I", width)),
        (0xA003, LONG, 1, struct.pack("<I", height)),
    ]
    inner = _directory(camera, 8, "<", big=False)
    picture: list[Tag] = [
        (ORIENTATION, SHORT, 1, struct.pack("<H", orientation)),
        (0x011A, RATIO, 1, struct.pack("<II", 72, 1)),
        (0x011B, RATIO, 1, struct.pack("<II", 72, 1)),
        (0x0128, SHORT, 1, struct.pack("<H", 2)),
        (0x0213, SHORT, 1, struct.pack("<H", 1)),
        (EXIF_IFD, LONG, 1, struct.pack("<I", 8)),
    ]
    start = 8 + len(inner)
    outer = _directory([*picture, *_words(values)], start, "<", big=False)
    return b"II*\x00" + struct.pack("<I", start) + inner + outer


def _directory(
    tags: Iterable[Tag], start: int, order: str, *, big: bool, following: int = 0
) -> bytes:
    """A TIFF directory to be put at offset `start`, with its values after it."""
    rows = sorted(tags)
    wide, room, head = ("Q", 8, 8) if big else ("I", 4, 2)
    at = start + head + len(rows) * (12 + 2 * (room - 4)) + room
    listed, data = b"", b""
    for tag, kind, count, value in rows:
        if isinstance(value, bytes) and len(value) <= room:
            field = value.ljust(room, b"\x00")
        elif isinstance(value, bytes):
            field = struct.pack(order + wide, at + len(data))
            data += value + bytes(len(value) % 2)
        else:
            field = struct.pack(order + wide, value)
        listed += struct.pack(f"{order}HH{wide}", tag, kind, count) + field
    count_format = order + ("Q" if big else "H")
    return (
        struct.pack(count_format, len(rows)) + listed + struct.pack(order + wide, following) + data
    )


# --- TIFF ---


def _tiff(source: BinaryIO, out: BinaryIO, values: Embedded) -> None:
    """Puts a new first directory at the end of the copy; strips and tiles stay where they are."""
    source.seek(0)
    shutil.copyfileobj(source, out)
    dirs = Directories(out, lambda _: None)
    first, following = dirs.directory(dirs.first)
    if first is None:
        raise EmbedError("The TIFF has no directory.")
    xmp, block = packet(values), _iim(values)
    block += bytes(-len(block) % 4)  # the tag is of 32-bit numbers, its bytes in reading order
    tags = [
        *(_kept(dirs, entry) for tag, entry in first.items() if tag not in REPLACED),
        *_words(values),
        (XMP_TAG, BYTE, len(xmp), xmp),
        (IPTC_TAG, LONG, len(block) // 4, block),
    ]
    _blank(out, dirs, [first[tag] for tag in REPLACED & first.keys()])
    start = out.seek(0, 2)
    start += out.write(bytes(start % 2))
    if not dirs.big and start > 0xFFF00000:
        raise EmbedError("The TIFF is too large to be given a directory; deliver it as BigTIFF.")
    out.write(_directory(tags, start, dirs.order, big=dirs.big, following=following))
    out.seek(8 if dirs.big else 4)
    out.write(struct.pack(dirs.order + ("Q" if dirs.big else "I"), start))


def _kept(dirs: Directories, entry: Entry) -> Tag:
    inline = entry.size <= (8 if dirs.big else 4)
    value = dirs.bytes_of(entry) if inline else entry.offset
    return entry.tag, entry.kind, entry.count, value


def _blank(out: BinaryIO, dirs: Directories, entries: Iterable[Entry]) -> None:
    """Overwrites what the old words and places were, so that they cannot be dug up."""
    end = out.seek(0, 2)
    for entry in entries:
        if entry.tag in (EXIF_IFD, GPS_IFD):
            child: Ifd = dirs.directory(dirs.number({entry.tag: entry}, entry.tag))[0] or {}
            _blank(out, dirs, child.values())
        if entry.offset + entry.size <= end:
            out.seek(entry.offset)
            out.write(bytes(entry.size))


# --- PNG ---

PNG_SAYING = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")


def _png(source: BinaryIO, out: BinaryIO, values: Embedded) -> None:
    source.seek(0)
    out.write(source.read(8))
    while len(head := source.read(8)) == 8:
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if kind in PNG_SAYING:
            source.seek(length + 4, 1)
            continue
        out.write(head)
        here = source.tell()
        _copy(source, out, here, here + length + 4)
        if kind == b"IHDR":
            out.write(_chunk(b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + packet(values)))
        if kind == b"IEND":
            return
    raise EmbedError("The PNG ends before its picture does.")


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + check
