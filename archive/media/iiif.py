"""The geometry of the IIIF Image API, versions 3.0 and 2.1: from an address to pixels and back.

Pure: no file is opened, no reader known. What a reader may see is decided before and arrives as a
`Shown`, whose width and height are already those that this reader may have; nothing here can reach
beyond them. Sections in the docstrings are those of the Image API 3.0. The invariant: an answer is
never larger than `Shown.max_px` on either side, whatever is asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil

QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
FORMATS_NOT_MADE = ("tif", "gif", "jp2", "pdf")
NUMBER = re.compile(r"\d{1,9}")
DECIMAL = re.compile(r"\d{1,9}(\.\d{0,12})?|\.\d{1,12}")
ROTATION = re.compile(rf"(!?)({DECIMAL.pattern})")

Box = tuple[int, int, int, int]
Size = tuple[int, int]


class Malformed(Exception):
    """The address asks for nothing that there is; the text is a sentence that says why (400)."""


class NotMade(Exception):
    """The standard knows it, this archive does not make it; the text says what is made (501)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as one reader may have it, in pixels; `max_px` is the longest side of an answer."""

    width: int
    height: int
    max_px: int


@dataclass(frozen=True, slots=True)
class Cut:
    """What is asked of a picture: a region, the size it gets, how it is turned and written.

    Mirrored first, then turned clockwise by `turned` degrees: 0, 90, 180 or 270.
    """

    box: Box
    size: Size
    mirrored: bool
    turned: int
    quality: str
    format: str

    @property
    def enlarged(self) -> bool:
        return self.size[0] > self.box[2] or self.size[1] > self.box[3]


@lru_cache(8192)
def asked(
    version: str, shown: Shown, region: str, size: str, rotation: str, quality: str, format: str
) -> Cut:
    """What an address asks for (section 4). Raises Malformed or NotMade."""
    box = _region(region, shown)
    sized = _size(version, size, box, shown)
    mirrored, turned = _rotation(rotation)
    if quality not in QUALITIES:
        raise Malformed(f"There is no quality {quality!r}; there are {', '.join(QUALITIES)}.")
    if format in FORMATS_NOT_MADE:
        raise NotMade(f"Pictures are not made as {format}; they are made as {', '.join(FORMATS)}.")
    if format not in FORMATS:
        raise Malformed(f"There is no format {format!r}; there are {', '.join(FORMATS)}.")
    return Cut(box, sized, mirrored, turned, quality, format)


@lru_cache(8192)
def canonical(version: str, shown: Shown, cut: Cut) -> str:
    """The one address of a cut, without its beginning (section 4.7)."""
    box, whole = cut.box, (0, 0, shown.width, shown.height)
    region = "full" if box == whole else ",".join(map(str, box))
    rotation = f"{'!' if cut.mirrored else ''}{cut.turned}"
    quality = "default" if cut.quality == "color" else cut.quality
    size = _canonical_size_2(cut) if version == "2" else _canonical_size_3(shown, cut)
    return f"{region}/{size}/{rotation}/{quality}.{cut.format}"


@lru_cache(8192)
def tile(shown: Shown, side: int, levels: int, cut: Cut) -> tuple[int, int, int] | None:
    """Level, column and row of the stored tile that a cut is, or None when it is none."""
    if cut.mirrored or cut.turned or cut.format != "jpg":
        return None
    if cut.quality not in ("default", "color"):
        return None
    left, top, width, height = cut.box
    for level in range(levels):
        scale = 2**level
        step = side * scale
        if (
            cut.size == (ceil(width / scale), ceil(height / scale))
            and left % step == top % step == 0
            and width == min(step, shown.width - left)
            and height == min(step, shown.height - top)
        ):
            return level, left // step, top // step
    return None


def sizes(shown: Shown, levels: int) -> list[Size]:
    """The sizes that are stored, rising, as far as an answer may be that large."""
    scales = [2**level for level in reversed(range(levels))]
    made = [(ceil(shown.width / scale), ceil(shown.height / scale)) for scale in scales]
    return [size for size in made if max(size) <= shown.max_px]


def _region(text: str, shown: Shown) -> Box:
    """Section 4.1."""
    if text == "full":
        return 0, 0, shown.width, shown.height
    if text == "square":
        side = min(shown.width, shown.height)
        return (shown.width - side) // 2, (shown.height - side) // 2, side, side
    if text.startswith("pct:"):
        parts = _decimals(text[4:], 4, "region")
        across, down = Fraction(shown.width, 100), Fraction(shown.height, 100)
        left, width = _rounded(parts[0] * across), _rounded(parts[2] * across)
        top, height = _rounded(parts[1] * down), _rounded(parts[3] * down)
        width, height = max(width, int(parts[2] > 0)), max(height, int(parts[3] > 0))
    else:
        left, top, width, height = _numbers(text, 4, "region")
    if not width or not height:
        raise Malformed("The region is empty: its width and its height must be more than 0.")
    if left >= shown.width or top >= shown.height:
        raise Malformed(
            f"The region lies outside the picture of {shown.width} × {shown.height} pixels."
        )
    return left, top, min(width, shown.width - left), min(height, shown.height - top)


def _size(version: str, text: str, box: Box, shown: Shown) -> Size:
    """Section 4.2; `^`, which allows enlarging, is new in version 3."""
    enlarge = version != "2" and text.startswith("^")
    if text == "full" and version == "2":
        size: Size = box[2:]
    else:
        # The validator of the IIIF consortium wants a frame that is too large refused in version
        # 3; in version 2 the picture simply stays as large as it is.
        grows = version != "2"
        size = _plain_size(text[1:] if enlarge else text, box, shown.max_px, enlarge, grows)
    if not min(size):
        raise Malformed("The size is less than one pixel.")
    if not enlarge and (size[0] > box[2] or size[1] > box[3]):
        raise Malformed(
            f"The region has {box[2]} × {box[3]} pixels and is not enlarged to {size[0]} × "
            f"{size[1]}{'; put ^ before the size for that' if version != '2' else ''}."
        )
    if max(size) > shown.max_px:
        raise Malformed(f"No side of an answer is longer than {shown.max_px} pixels.")
    return size


def _plain_size(text: str, box: Box, max_px: int, enlarge: bool, grows: bool) -> Size:
    width, height = box[2:]
    if text == "max":
        return _fitted(width, height, max_px, max_px, enlarge)
    if text.startswith("pct:"):
        (part,) = _decimals(text[4:], 1, "size")
        return _rounded(width * part / 100), _rounded(height * part / 100)
    if text.startswith("!"):
        across, down = (min(side, max_px) for side in _numbers(text[1:], 2, "size"))
        return _fitted(width, height, across, down, grows)
    if text.endswith(","):
        (wide,) = _numbers(text[:-1], 1, "size")
        return wide, max(1, _rounded(Fraction(height * wide, width)))
    if text.startswith(","):
        (high,) = _numbers(text[1:], 1, "size")
        return max(1, _rounded(Fraction(width * high, height))), high
    wide, high = _numbers(text, 2, "size")
    return wide, high


def _fitted(width: int, height: int, across: int, down: int, enlarge: bool) -> Size:
    """The largest size of this shape within a frame; only `enlarge` lets it grow."""
    scale = min(Fraction(across, width), Fraction(down, height))
    if scale > 1 and not enlarge:
        return width, height
    if not scale:
        return 0, 0
    return max(1, _rounded(width * scale)), max(1, _rounded(height * scale))


def _rotation(text: str) -> tuple[bool, int]:
    """Section 4.3; turns by a quarter, mirrored before when `!` says so."""
    found = ROTATION.fullmatch(text)
    if found is None or (degrees := Fraction(found[2].rstrip("."))) > 360:
        raise Malformed("The rotation is a number of degrees from 0 to 360, with ! for mirrored.")
    if degrees % 90:
        raise NotMade("Pictures are turned by 0, 90, 180 and 270 degrees only.")
    return bool(found[1]), int(degrees) % 360


def _canonical_size_3(shown: Shown, cut: Cut) -> str:
    whole = _fitted(*cut.box[2:], shown.max_px, shown.max_px, cut.enlarged)
    size = "max" if cut.size == whole else f"{cut.size[0]},{cut.size[1]}"
    return f"^{size}" if cut.enlarged else size


def _canonical_size_2(cut: Cut) -> str:
    if cut.size == cut.box[2:]:
        return "full"
    width, height = cut.size
    kept = max(1, _rounded(Fraction(cut.box[3] * width, cut.box[2])))
    return f"{width}," if kept == height else f"{width},{height}"


def _numbers(text: str, count: int, what: str) -> list[int]:
    return [int(part) for part in _parts(text, count, what, NUMBER.fullmatch)]


def _decimals(text: str, count: int, what: str) -> list[Fraction]:
    return [Fraction(part.rstrip(".")) for part in _parts(text, count, what, DECIMAL.fullmatch)]


def _parts(text: str, count: int, what: str, reads: Callable[[str], object]) -> list[str]:
    parts = text.split(",")
    if len(parts) != count or not all(reads(part) for part in parts):
        raise Malformed(f"The {what} {text[:60]!r} is not written as the IIIF Image API has it.")
    return parts


def _rounded(value: Fraction | int) -> int:
    """To the nearest whole number, a half upwards."""
    return int(value + Fraction(1, 2))
