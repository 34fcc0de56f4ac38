"""Everything of a picture that is not a stored tile: other regions, sizes, turns and formats.

It is cut from the level of the pyramid that is just large enough; the master is never touched.
What is asked comes from `iiif.py`, and what a reader may have is settled before. Invariant: only
the given pyramid is read, so that an enlarged region shows no more than the pyramid has.
"""

from pathlib import Path

from pyvips import Image as Picture
from pyvips.enums import ForeignKeep as Keep

from archive.media import pyramid
from archive.media.appearing import Appearing
from archive.media.iiif import Cut
from archive.media.tiles import Pyramid

QUALITY = 85
MIDDLE_GREY = 128


def write(source: Pyramid, cut: Cut, out: Path) -> None:
    """Writes a cut of a pyramid in the format it names. Raises pyvips.Error and OSError."""
    picture = _region(source, cut)
    picture = _sized(picture, *cut.size)
    if cut.mirrored:
        picture = picture.fliphor()
    if cut.turned:
        picture = picture.copy_memory().rot(f"d{cut.turned}")
    picture = _coloured(picture, cut.quality)
    with Appearing(out) as path:
        if cut.format == "jpg":
            picture.jpegsave(path, Q=QUALITY, keep=Keep.NONE)
        elif cut.format == "png":
            bits = 1 if cut.quality == "bitonal" else 8
            picture.pngsave(path, compression=3, bitdepth=bits, keep=Keep.NONE)
        else:
            picture.webpsave(path, Q=QUALITY, effort=2, keep=Keep.NONE)


def reduce(origin: Path, longest: int, out: Path) -> None:
    """Writes the pyramid of a smaller picture, from a pyramid or a rendition at least as large."""
    if origin.suffix == ".tif":
        picture = pyramid.level_for(origin, longest)
    else:
        picture = Picture.jpegload(str(origin), access="sequential")
    pyramid.write(picture.thumbnail_image(longest, height=longest, size="down"), out)


def _region(source: Pyramid, cut: Cut) -> Picture:
    """The region as the fitting level has it, to the pixel of that level."""
    left, top, width, height = cut.box
    level = _fitting(source, cut)
    scale, stored = 2**level, source.levels[level]
    left, top = min(left // scale, stored.width - 1), min(top // scale, stored.height - 1)
    right = min(-(-(cut.box[0] + width) // scale), stored.width)
    bottom = min(-(-(cut.box[1] + height) // scale), stored.height)
    picture = Picture.tiffload(str(source.path), page=level)
    return picture.crop(left, top, max(1, right - left), max(1, bottom - top))


def _fitting(source: Pyramid, cut: Cut) -> int:
    """The coarsest level that has all pixels wanted.

    A region that begins between the pixels of that level is taken from the next finer one, which
    halves the error of its place.
    """
    smaller = min(cut.box[2] / cut.size[0], cut.box[3] / cut.size[1])
    level = 0
    while level + 1 < len(source.levels) and 2 ** (level + 1) <= smaller:
        level += 1
    between = any(side % 2**level for side in cut.box)
    return max(0, level - 1) if between else level


def _sized(picture: Picture, width: int, height: int) -> Picture:
    """First what grows, then what shrinks: stretched the other way round, it ends up misplaced."""
    across, down = width / picture.width, height / picture.height
    for grows in (True, False):
        if across != 1 and (across > 1) == grows:
            picture = picture.resize(across, vscale=1)
        if down != 1 and (down > 1) == grows:
            picture = picture.resize(1, vscale=down)
    return picture


def _coloured(picture: Picture, quality: str) -> Picture:
    if quality in ("default", "color"):
        return picture
    grey = picture.colourspace("b-w")
    return grey if quality == "gray" else (grey >= MIDDLE_GREY).copy(interpretation="b-w")
