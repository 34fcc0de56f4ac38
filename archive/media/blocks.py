"""What a scan of a container finds: the picture's geometry and its metadata blocks, unread.

Filled by containers.py and boxes.py, read by probe.py. Invariant: the blocks are verbatim.
"""

import zlib
from dataclasses import dataclass, field
from typing import BinaryIO

MOST_WARNINGS = 100
MOST_RESOURCES = 4096
RESOURCE_MARKS = (b"8BIM", b"PHUT", b"AgHg", b"DCSR", b"MeSa")


@dataclass(slots=True)
class Blocks:
    """Geometry (pixels before orientation) and blocks of one picture file."""

    format: str = ""
    mime: str = ""
    width: int = 0
    height: int = 0
    bits: int = 8
    mode: str = "RGB"
    frames: int = 1
    progressive: bool = False
    truncated: bool = False
    end_missing: bool = False
    trailing: int = 0
    inflated: int = 0  # bytes of compressed texts and profiles
    is_tiff: bool = False
    exif: list[bytes] = field(default_factory=list)
    iptc: bytes = b""
    xmp: bytes = b""
    xmp_extended: bytes = b""
    icc: bytes = b""
    text: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def warn(self, sentence: str) -> None:
        """Keeps a sentence for the person who looks at the file; each only once."""
        if len(self.warnings) < MOST_WARNINGS and sentence not in self.warnings:
            self.warnings.append(sentence)


def read_at(f: BinaryIO, offset: int, size: int) -> bytes:
    """`size` bytes at `offset`; fewer where the file ends."""
    f.seek(offset)
    return f.read(size)


def inflated(data: bytes, limit: int) -> bytes:
    """At most `limit` bytes of a zlib stream; damaged streams give what could be read."""
    try:
        return zlib.decompressobj().decompress(data, limit)
    except zlib.error:
        return b""


def photoshop_resources(irb: bytes, blocks: Blocks) -> None:
    """Takes IPTC, EXIF, XMP and ICC from Photoshop image resources (8BIM records)."""
    at = 0
    for _ in range(MOST_RESOURCES):
        if at + 12 > len(irb) or irb[at : at + 4] not in RESOURCE_MARKS:
            return
        number = int.from_bytes(irb[at + 4 : at + 6], "big")
        at += 6 + (irb[at + 6] + 2 & ~1)
        size = int.from_bytes(irb[at : at + 4], "big")
        body = irb[at + 4 : at + 4 + size]
        if len(body) < size:
            blocks.warn("Photoshop resources: the last one is cut off")
        keep_resource(number, body, blocks)
        at += 4 + size + (size & 1)


def keep_resource(number: int, body: bytes, blocks: Blocks) -> None:
    """Keeps one Photoshop resource when it is a metadata block (Adobe, image resource ids)."""
    if number == 0x0404:
        blocks.iptc += body
    elif number in (0x0422, 0x0423) and body:
        blocks.exif.append(body)
    elif number == 0x0424:
        blocks.xmp = blocks.xmp or body
    elif number == 0x040F:
        blocks.icc = blocks.icc or body
