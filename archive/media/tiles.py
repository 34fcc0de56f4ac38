"""Reading the tiles of a pyramid as they are stored: bytes are passed on, no pixel is decoded.

A tile in a TIFF is an abbreviated JPEG stream whose tables are kept once for its level (TIFF
Technical Note 2, ITU T.81 annex B.5); put together they are a JPEG that any reader takes. Knows
nothing of IIIF addresses or of who may see what. Invariant: a file that `pyramid.py` did not
write is refused when it is opened, not when a tile is asked for.
"""

import mmap
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archive.media.pyramid import BORDER, FOOTER, MARK
from archive.media.tiff import Directories, Ifd, NotTiff

WIDTH, HEIGHT, COMPRESSION, PHOTOMETRIC = 256, 257, 259, 262
TILE_WIDTH, TILE_OFFSETS, TILE_BYTES, TABLES = 322, 324, 325, 347
JPEG, GREY, YCBCR = 7, 1, 6
# Start of image and a JFIF header, by which readers know that colours are Y, Cb and Cr.
HEAD = bytes.fromhex("ffd8 ffe0 0010 4a46494600 0101 00 0001 0001 00 00")
START, END = b"\xff\xd8", b"\xff\xd9"
OPEN_FILES = 128


class NotPyramid(Exception):
    """The file is not a pyramid of ours, or it is damaged; the text says in what way."""


@dataclass(frozen=True, slots=True)
class Level:
    """One size of the picture as it is stored, in pixels, and where its tiles lie."""

    width: int
    height: int
    tile: int
    offsets: tuple[int, ...]
    lengths: tuple[int, ...]
    head: bytes

    def whole(self, column: int, row: int) -> bool:
        """Whether a tile lies wholly within the picture, so that none of it is padding."""
        return (column + 1) * self.tile <= self.width and (row + 1) * self.tile <= self.height

    def place(self, column: int, row: int) -> tuple[int, int]:
        """Offset and length of a stored tile."""
        index = row * -(-self.width // self.tile) + column
        return self.offsets[index], self.lengths[index]


class Pyramid:
    """An open pyramid: `width`, `height` and the side of a `tile` in pixels, and its `levels`.

    Level 0 is the whole picture; each further one has half as many pixels a side, rounded down.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            try:
                reader = Directories(file, _refuse)
                self.levels = tuple(_level(reader, ifd) for ifd in reader.chain())
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                self._borders = _borders(self._bytes)
                first = self.levels[0]
            except (NotTiff, KeyError, IndexError, ValueError, struct.error) as error:
                raise NotPyramid("it is not a whole tiled TIFF") from error
        self.width, self.height, self.tile = first.width, first.height, first.tile

    def jpeg(self, level: int, column: int, row: int) -> bytes:
        """One tile as a whole JPEG, cut where the picture ends. Raises KeyError."""
        stored = self.levels[level]
        if stored.whole(column, row):
            at, length = stored.place(column, row)
            return stored.head + self._bytes[at + len(START) : at + length]
        at, length = self._borders[level, column, row]
        return self._bytes[at : at + length]


def opened(path: Path) -> Pyramid:
    """The pyramid at `path`, kept open. Raises FileNotFoundError and NotPyramid."""
    found = path.stat()
    return _opened(path, found.st_ino, found.st_mtime_ns)


@lru_cache(OPEN_FILES)
def _opened(path: Path, _inode: int, _changed_ns: int) -> Pyramid:
    return Pyramid(path)


def _level(reader: Directories, ifd: Ifd) -> Level:
    colours = reader.number(ifd, PHOTOMETRIC)
    if reader.number(ifd, COMPRESSION) != JPEG or colours not in (GREY, YCBCR):
        raise NotPyramid("its tiles are not JPEG in grey or in Y, Cb and Cr")
    tables = reader.bytes_of(ifd[TABLES])
    return Level(
        reader.number(ifd, WIDTH),
        reader.number(ifd, HEIGHT),
        reader.number(ifd, TILE_WIDTH),
        tuple(reader.numbers(ifd, TILE_OFFSETS)),
        tuple(reader.numbers(ifd, TILE_BYTES)),
        HEAD + tables.removeprefix(START).removesuffix(END),
    )


def _borders(data: mmap.mmap) -> dict[tuple[int, int, int], tuple[int, int]]:
    """Where the tiles of the border are, by level, column and row."""
    mark, number, start = FOOTER.unpack(data[-FOOTER.size :])
    if mark != MARK:
        raise NotPyramid("the tiles of its border are missing")
    entries = BORDER.iter_unpack(data[start : start + number * BORDER.size])
    return {(level, column, row): (at, length) for level, column, row, at, length in entries}


def _refuse(problem: str) -> None:
    raise NotPyramid(problem)
