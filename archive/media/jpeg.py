"""Geometry and metadata blocks of JPEG files (ITU T.81, Exif 3.0 4.7, XMP part 3 section 1.1.3).

Nothing here decodes a pixel or reads a tag's meaning. Invariant: what stands between the segments
or behind the picture is noted, never an error.
"""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from archive.media.blocks import Blocks, photoshop_resources, read_at
from archive.media.limits import Limits
from archive.media.refusal import Refused

XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\x00"
EXTENDED_HEAD = b"http://ns.adobe.com/xmp/extension/\x00"
PHOTOSHOP_HEAD = b"Photoshop 3.0\x00"
ICC_HEAD = b"ICC_PROFILE\x00"
APP1, APP2, APP13, COMMENT, SCAN, END = 0xE1, 0xE2, 0xED, 0xFE, 0xDA, 0xD9
FRAME_MARKERS = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
PROGRESSIVE_MARKERS = {0xC2, 0xC6, 0xCA, 0xCE}
BARE_MARKERS = {0x01, *range(0xD0, 0xD9)}
END_OF_IMAGE = b"\xff\xd9"
MODES = {1: "L", 3: "RGB", 4: "CMYK"}
NEXT_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
WINDOW = 1 << 16


@dataclass(slots=True)
class _Parts:
    """Blocks that a JPEG spreads over several segments."""

    photoshop: bytearray = field(default_factory=bytearray)
    profile: dict[int, bytes] = field(default_factory=dict)
    extended: dict[bytes, dict[int, bytes]] = field(default_factory=dict)
    scan: int = 0


def jpeg(f: BinaryIO, size: int, blocks: Blocks, limits: Limits) -> None:
    """Fills `blocks` from a JPEG; raises Refused when it has no frame or no scan."""
    parts = _Parts()
    budget = limits.header_bytes
    for marker, at, length in segments(f, size, blocks, most=limits.segments):
        if marker in FRAME_MARKERS and not blocks.width:
            _frame(marker, read_at(f, at, min(length, 6)), blocks)
        elif marker == SCAN:
            parts.scan = at
        elif marker in (APP1, APP2, APP13, COMMENT):
            budget -= length
            if budget >= 0:
                _segment(marker, read_at(f, at, length), blocks, parts)
    if budget < 0:
        blocks.warn("JPEG: the metadata is larger than the limit; the rest was left out")
    if not blocks.width or not parts.scan:
        raise Refused("damaged", detail="the JPEG has no frame or no scan")
    photoshop_resources(bytes(parts.photoshop), blocks)
    profile = b"".join(parts.profile[number] for number in sorted(parts.profile))
    blocks.icc = blocks.icc or profile
    blocks.xmp_extended = _joined(parts.extended, blocks)
    _end(f, size, parts.scan, blocks)


def segments(
    f: BinaryIO, size: int, blocks: Blocks, *, most: int = 16_384
) -> Iterator[tuple[int, int, int]]:
    """(marker, offset of the payload, its length) up to the first scan. Raises Refused."""
    at, met = 2, 0
    while at + 4 <= size:
        met += 1
        if met > most:
            raise Refused("damaged", detail=f"the JPEG has more than {most} segments")
        head = read_at(f, at, 4)
        length = int.from_bytes(head[2:], "big")
        if head[0] != 0xFF:
            blocks.warn("JPEG: bytes between the segments were skipped")
            at = _resync(f, at)
        elif head[1] == 0xFF:
            at = _after_fill(f, at)
        elif head[1] in BARE_MARKERS:
            at += 2
        elif head[1] == END:
            return
        else:
            yield head[1], at + 4, max(length - 2, 0)
            at = size if head[1] == SCAN else at + 2 + max(length, 2)


def _after_fill(f: BinaryIO, at: int) -> int:
    """The offset of the last of the bytes FF that may stand before a marker, however many."""
    while len(window := read_at(f, at, WINDOW)) > 1:
        if rest := window.lstrip(b"\xff"):
            return at + len(window) - len(rest) - 1
        at += len(window) - 1
    return at


def picture_end(f: BinaryIO, scan: int) -> int:
    """The offset after the end marker of the picture whose first scan's payload is at `scan`."""
    with mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = scan
        while match := NEXT_MARKER.search(data, at):
            at = match.start()
            if data[at + 1] == END:
                return at + 2
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        return len(data)


def _segment(marker: int, body: bytes, blocks: Blocks, parts: _Parts) -> None:
    if marker == APP1:
        _app1(body, blocks, parts)
    elif marker == APP2 and body.startswith(ICC_HEAD) and len(body) > 14:
        parts.profile.setdefault(body[12], body[14:])
    elif marker == APP13 and body.startswith(PHOTOSHOP_HEAD):
        parts.photoshop += body[len(PHOTOSHOP_HEAD) :]
    elif marker == COMMENT:
        blocks.text.setdefault("Comment", body.decode("utf-8", "replace").strip("\x00 \r\n"))


def _resync(f: BinaryIO, at: int) -> int:
    """The next marker within 64 KiB, else an offset behind any file."""
    match = NEXT_MARKER.search(read_at(f, at, WINDOW))
    return at + match.start() if match else 1 << 62


def _frame(marker: int, body: bytes, blocks: Blocks) -> None:
    if len(body) < 6:
        raise Refused("damaged", detail="the JPEG frame header is cut off")
    blocks.bits = body[0]
    blocks.height = int.from_bytes(body[1:3], "big")
    blocks.width = int.from_bytes(body[3:5], "big")
    blocks.mode = MODES.get(body[5], f"{body[5]} channels")
    blocks.progressive = marker in PROGRESSIVE_MARKERS


def _app1(body: bytes, blocks: Blocks, parts: _Parts) -> None:
    if body.startswith(b"Exif\x00"):
        blocks.exif.append(body[6:])
    elif body.startswith(XMP_HEAD):
        blocks.xmp = blocks.xmp or body[len(XMP_HEAD) :]
    elif body.startswith(EXTENDED_HEAD) and len(body) >= len(EXTENDED_HEAD) + 40:
        rest = body[len(EXTENDED_HEAD) :]
        pieces = parts.extended.setdefault(rest[:32], {})
        pieces.setdefault(int.from_bytes(rest[36:40], "big"), rest[40:])
    elif not blocks.xmp and b"<?xpacket begin" in body[:256]:
        blocks.warn("XMP: its segment has a damaged header; read all the same")
        blocks.xmp = body[body.index(b"<?xpacket begin") :]


def _joined(extended: dict[bytes, dict[int, bytes]], blocks: Blocks) -> bytes:
    """The extended packet the main one names, if all of its parts are there."""
    for guid, parts in extended.items():
        if guid not in blocks.xmp:
            blocks.warn("XMP: an extended part that belongs to another packet was left out")
            continue
        packet = b""
        for offset in sorted(parts):
            if offset != len(packet):
                blocks.warn("XMP: a piece of the extended packet is missing; it was left out")
                return b""
            packet += parts[offset]
        return packet
    return b""


def _end(f: BinaryIO, size: int, scan: int, blocks: Blocks) -> None:
    """Notes a missing end marker, or bytes that follow it."""
    tail = read_at(f, max(size - WINDOW, scan), WINDOW)
    end = tail.rfind(END_OF_IMAGE)
    if end >= 0:
        rest = tail[end + 2 :]
        blocks.trailing = len(rest) if rest.strip(b"\x00") else 0
        return
    with mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        end = whole.rfind(END_OF_IMAGE, scan)
    blocks.end_missing = end < 0
    blocks.trailing = size - end - 2 if end >= 0 else 0
