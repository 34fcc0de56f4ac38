"""Tiled pyramids: one TIFF that holds a picture at every size, ready for a viewer to ask for.

A level is half the one before it, rounded up as IIIF does, down to a single tile; tiles are JPEG
(TIFF 6.0 section 22 with Technical Note 2). TIFF pads the tiles of the right and lower border,
which IIIF wants cut: those are made here, once, and appended behind the TIFF, where other readers
do not look. `tiles.py` reads both. Invariant: the pyramid appears complete, borders included, or
not at all.
"""

import struct
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import NoReturn

from pyvips import Image as Picture
from pyvips.enums import ForeignKeep as Keep

from archive.media.appearing import Appearing
from archive.media.tiff import TYPES, Directories

TILE = 512
SMALL, SMALL_TILE = 128, 256  # the library refuses to read a tile much larger than its picture
BLOCK = 16  # pixels that JPEG codes together, colour being kept at half the resolution
QUALITY = 85  # below 90 the library keeps colour so, as JPEG readers expect
WIDTH, HEIGHT = 256, 257
BORDER = struct.Struct("<HIIQI")  # level, column, row, offset, length
FOOTER = struct.Struct("<8sIQ")  # mark, number of border tiles, where their list begins
MARK = b"PILLTILE"

Border = tuple[int, int, int, bytes]  # level, column, row, JPEG


def write(picture: Picture, out: Path) -> None:
    """Writes the pyramid of an upright eight-bit picture in sRGB or grey.

    The picture is read once, from top to bottom. Raises pyvips.Error and OSError.
    """
    width, height = picture.width, picture.height
    tile = TILE if max(width, height) > SMALL else SMALL_TILE
    with Appearing(out) as path:
        _padded(picture, tile).tiffsave(
            path,
            tile=True,
            tile_width=tile,
            tile_height=tile,
            pyramid=True,
            compression="jpeg",
            Q=QUALITY,
            keep=Keep.NONE,
        )
        _trim(Path(path), width, height)
        _append(Path(path), list(_borders(path, tile)))


def level_for(path: Path, size: int) -> Picture:
    """The smallest level that is twice as large as `size`, else the whole picture; read once."""
    picture = Picture.tiffload(str(path))
    longest, level = max(picture.width, picture.height), 0
    while longest >> (level + 1) >= 2 * size:
        level += 1
    return Picture.tiffload(str(path), page=level, access="sequential")


def _padded(picture: Picture, tile: int) -> Picture:
    """The picture with its border drawn on, so that every level ends between blocks.

    Where a block is half picture and half nothing, JPEG mixes the two.
    """
    levels = max(0, (max(picture.width, picture.height) - 1) // tile).bit_length()
    step = min(BLOCK << levels, tile)
    width, height = (ceil(side / step) * step for side in (picture.width, picture.height))
    return picture.embed(0, 0, width, height, extend="copy")


def _trim(path: Path, width: int, height: int) -> None:
    """Writes the true size of each level into its directory; what was drawn on is now padding.

    It never fills a tile of its own: the step of `_padded` divides the tile of every level.
    """
    with path.open("r+b") as file:
        reader = Directories(file, _refuse)
        for level, ifd in enumerate(list(reader.chain())):
            for tag, side in ((WIDTH, width), (HEIGHT, height)):
                file.seek(ifd[tag].offset)
                letter = reader.order + TYPES[ifd[tag].kind][0]
                file.write(struct.pack(letter, ceil(side / 2**level)))


def _append(path: Path, borders: list[Border]) -> None:
    """Puts border tiles behind the TIFF: their bytes, the list of them, and where it begins."""
    at = path.stat().st_size
    with path.open("ab") as target:
        entries = []
        for level, column, row, data in borders:
            entries.append(BORDER.pack(level, column, row, at, len(data)))
            at += target.write(data)
        target.write(b"".join(entries))
        target.write(FOOTER.pack(MARK, len(entries), at))


def _borders(path: str, tile: int) -> Iterator[Border]:
    """Every tile that is not a whole one."""
    for level in range(int(str(Picture.tiffload(path).get("n-pages")))):
        picture = Picture.tiffload(path, page=level)
        whole = picture.width // tile, picture.height // tile
        for row in range(ceil(picture.height / tile)):
            for column in range(whole[0] if row < whole[1] else 0, ceil(picture.width / tile)):
                left, top = column * tile, row * tile
                size = min(tile, picture.width - left), min(tile, picture.height - top)
                data = picture.crop(left, top, *size).jpegsave_buffer(Q=QUALITY, keep=Keep.NONE)
                yield level, column, row, bytes(data)


def _refuse(problem: str) -> NoReturn:
    raise OSError(f"the pyramid was not written as it should be: {problem}")
