"""Directories of TIFF 6.0, BigTIFF and EXIF blocks: entries and values, nothing decoded as pixels.

Does not know what a tag means; see exif.py. Invariant: a broken entry is skipped with a warning
and never spoils its neighbours; no directory is visited twice.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import BinaryIO

from archive.media.charset import Warn

# TIFF type -> struct letter and size (TIFF 6.0 section 2; 13 IFD, 16-18 of BigTIFF).
TYPES = {
    1: ("B", 1),
    2: ("s", 1),
    3: ("H", 2),
    4: ("I", 4),
    5: ("II", 8),
    6: ("b", 1),
    7: ("s", 1),
    8: ("h", 2),
    9: ("i", 4),
    10: ("ii", 8),
    11: ("f", 4),
    12: ("d", 8),
    13: ("I", 4),
    16: ("Q", 8),
    17: ("q", 8),
    18: ("Q", 8),
    129: ("s", 1),  # Exif 3.0 UTF-8
}
ASCII, UNDEFINED, UTF8 = 2, 7, 129
MAX_VALUE_BYTES = 16 * 1024 * 1024
FARTHEST = 1 << 62  # beyond it a file object raises instead of reading nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """One directory entry: the tag, its TIFF type, how many values, where their bytes are."""

    tag: int
    kind: int
    count: int
    offset: int
    size: int


Ifd = dict[int, Entry]


class NotTiff(Exception):
    """The bytes do not begin with a TIFF header."""


class Directories:
    """Reads the directories of one TIFF structure that starts at `base` of a binary file."""

    def __init__(self, f: BinaryIO, warn: Warn, *, tags: int = 4096, base: int = 0) -> None:
        self.file, self.warn, self.tags, self.base = f, warn, tags, base
        self.seen: set[int] = set()
        head = self.at(0, 16)
        if head[:4] in (b"II*\x00", b"MM\x00*"):
            self.order, self.big = ("<" if head[:1] == b"I" else ">"), False
            self.first = self._number(head[4:8], "I")
        elif head[:4] in (b"II+\x00", b"MM\x00+"):
            self.order, self.big = ("<" if head[:1] == b"I" else ">"), True
            self.first = self._number(head[8:16], "Q")
        else:
            raise NotTiff

    def at(self, offset: int, size: int) -> bytes:
        """`size` bytes at `offset` of the structure; fewer where it ends."""
        if self.base + offset > FARTHEST:
            return b""
        self.file.seek(self.base + offset)
        return self.file.read(size)

    def chain(self) -> Iterator[Ifd]:
        """The directories in their order; stops at a loop or where the chain breaks."""
        offset = self.first
        while offset:
            ifd, offset = self.directory(offset)
            if ifd is None:
                return
            yield ifd

    def directory(self, offset: int) -> tuple[Ifd | None, int]:
        """The directory at `offset` and the offset of the next one (0 when there is none)."""
        if offset in self.seen:
            self.warn("TIFF: a directory refers to itself; the loop was left out")
            return None, 0
        self.seen.add(offset)
        step, head = (20, 8) if self.big else (12, 2)
        raw = self.at(offset, head)
        if len(raw) < head:
            self.warn("TIFF: a directory lies behind the end of its block")
            return None, 0
        count = self._number(raw, "Q" if self.big else "H")
        if count > self.tags:
            self.warn(f"TIFF: a directory with {count} tags was left out (limit {self.tags})")
            return None, 0
        body = self.at(offset + head, count * step + (8 if self.big else 4))
        ifd: Ifd = {}
        for start in range(0, min(count * step, len(body) - step + 1), step):
            entry = self._entry(body[start : start + step], offset + head + start)
            if entry and entry.tag not in ifd:
                ifd[entry.tag] = entry
        return ifd, self._number(body[count * step :], "Q" if self.big else "I")

    def bytes_of(self, entry: Entry) -> bytes:
        """The raw bytes of an entry's values; fewer when the structure ends before."""
        return self.at(entry.offset, min(entry.size, MAX_VALUE_BYTES))

    def values(self, entry: Entry, limit: int = 1 << 20) -> list[int | float]:
        """The numbers of an entry, ratios as floats; ratios n/0 are left out."""
        letter, size = TYPES[entry.kind]
        raw = self.bytes_of(entry)
        count = min(entry.count, len(raw) // size, limit)
        numbers = struct.unpack(
            f"{self.order}{count * len(letter)}{letter[0]}", raw[: count * size]
        )
        if len(letter) == 1:
            return [number for number in numbers if isfinite(number)]
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return [_ratio(top, bottom) for top, bottom in pairs if bottom]

    def number(self, ifd: Ifd, tag: int, default: int = 0) -> int:
        """The first value of a whole-number tag."""
        entry = ifd.get(tag)
        if entry is None or TYPES[entry.kind][0] == "s":
            return default
        values = self.values(entry, 1)
        return int(values[0]) if values and abs(values[0]) < 2**63 else default

    def numbers(self, ifd: Ifd, tag: int) -> list[int]:
        """All values of a whole-number tag."""
        entry = ifd.get(tag)
        if entry is None or TYPES[entry.kind][0] == "s":
            return []
        return [int(value) for value in self.values(entry) if abs(value) < 2**63]

    def _entry(self, raw: bytes, where: int) -> Entry | None:
        wide = "Q" if self.big else "I"
        tag, kind, count = struct.unpack(f"{self.order}HH{wide}", raw[: 12 if self.big else 8])
        if kind not in TYPES:
            return None
        inline = raw[12:] if self.big else raw[8:]
        size = count * TYPES[kind][1]
        start = 12 if self.big else 8
        offset = where + start if size <= len(inline) else self._number(inline, wide)
        return Entry(tag, kind, count, offset, size)

    def _number(self, raw: bytes, letter: str) -> int:
        if len(raw) < struct.calcsize(f"={letter}"):
            return 0
        return int(struct.unpack(f"{self.order}{letter}", raw[: struct.calcsize(f"={letter}")])[0])


def _ratio(top: int, bottom: int) -> int | float:
    return top // bottom if top % bottom == 0 else top / bottom
