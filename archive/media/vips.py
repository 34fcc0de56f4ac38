"""The picture library, set up once: one thread, no operation cache, no untrusted loaders.

`load()` opens an accepted master as a lazy image; pixels are decoded when something is written.
Invariant: the loader is chosen by our own look at the file, and dimensions are checked before.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pyvips
from PIL import Image, UnidentifiedImageError
from pyvips import Image as Picture
from pyvips.voperation import concurrency_set

from archive.media.containers import identify
from archive.media.limits import Limits
from archive.media.refusal import Refused

concurrency_set(1)
pyvips.cache_set_max(0)
pyvips.block_untrusted_set(True)
pillow_heif.options.THUMBNAILS = False
Image.MAX_IMAGE_PIXELS = None  # check() has the archive's own limit

Error = pyvips.Error
LOADERS: dict[str, Callable[..., Picture]] = {
    "JPEG": Picture.jpegload,
    "TIFF": Picture.tiffload,
    "DNG": Picture.tiffload,
    "PNG": Picture.pngload,
    "WEBP": Picture.webpload,
    "GIF": Picture.gifload,
    "AVIF": Picture.heifload,
}
OPENED_BY_PILLOW = {"HEIF", "JPEG2000", "PSD", "TIFF"}
BITS_PER_SAMPLE = 258
INTERPRETATIONS = {"L": "b-w", "CMYK": "cmyk"}


class Unloadable(Exception):
    """No decoder makes a picture of the file; the text says why."""


@dataclass(frozen=True, slots=True)
class Master:
    """A master opened for reading: the lazy picture, and its full size in pixels when upright."""

    picture: Picture
    width: int
    height: int


def load(path: Path, limits: Limits, *, longest: int | None = None) -> Master:
    """The first picture of a master, not yet decoded; raises Unloadable or Error.

    `longest` is the longest side that will be needed: a JPEG is then read at half, a quarter or an
    eighth when that is enough.
    """
    kind = identify(path)
    loader = LOADERS.get(kind)
    if loader is None:
        picture = _by_pillow(path, kind, limits)
        return Master(picture, picture.width, picture.height)
    options: dict[str, Any] = {"access": "sequential", "fail_on": "error"}
    try:
        picture = loader(str(path), **options)
    except Error:
        if kind != "TIFF":
            raise
        picture = _by_pillow(path, kind, limits)  # depths such as 12 bits
        return Master(picture, picture.width, picture.height)
    check(picture.width, picture.height, limits)
    width, height = upright(picture)
    factor = _shrink(picture, longest) if kind == "JPEG" and longest else 1
    if factor > 1:
        options["shrink"] = factor
    return Master(loader(str(path), **options), width, height)


def check(width: int, height: int, limits: Limits) -> None:
    """Raises Unloadable for a picture too large to decode."""
    if width * height > limits.pixels or max(width, height) > limits.side:
        text = Refused("too_many_pixels", width=width, height=height, limit=limits.pixels).sentence
        raise Unloadable(text)


def upright(picture: Picture) -> tuple[int, int]:
    """Width and height after the orientation tag is obeyed."""
    turned = picture.get_typeof("orientation") != 0 and picture.get("orientation") in (5, 6, 7, 8)
    return (picture.height, picture.width) if turned else (picture.width, picture.height)


def _shrink(picture: Picture, longest: int) -> int:
    """As much as libjpeg may shrink so that a clean reduction by two or more is left to do."""
    factor = max(picture.width, picture.height) / longest
    return next((step for step in (8, 4, 2) if factor >= 2 * step), 1)


def _by_pillow(path: Path, kind: str, limits: Limits) -> Picture:
    """HEIC, JP2, PSD and odd TIFFs, for which the library has no decoder of its own."""
    if kind not in OPENED_BY_PILLOW:
        raise Unloadable(f"There is no decoder for {kind or 'this file'}.")
    try:
        with warnings.catch_warnings(action="ignore"), _opened(path, kind) as picture:
            check(picture.width, picture.height, limits)
            return _from_pillow(picture)
    except UnidentifiedImageError as error:
        raise Unloadable(f"There is no decoder for this kind of {kind}.") from error
    except (Unloadable, OSError):
        raise
    except MemoryError as error:
        raise Unloadable(Refused("too_much_memory").sentence) from error
    except Exception as error:  # what damaged files raise here is of every kind
        raise Unloadable(f"The picture is damaged: {error}.") from error


def _opened(path: Path, kind: str) -> Image.Image:
    if kind == "HEIF":
        return pillow_heif.open_heif(path, convert_hdr_to_8bit=True).to_pillow()
    return Image.open(path, formats=[kind])


def _from_pillow(picture: Image.Image) -> Picture:
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I;16"):
        return _from_deep_grey(picture)
    if picture.mode not in ("L", "RGB", "RGBA", "CMYK"):
        picture = picture.convert("RGBA" if picture.mode in ("LA", "PA") else "RGB")
    size = (picture.width, picture.height, len(picture.getbands()))
    found = Picture.new_from_memory(picture.tobytes(), *size, "uchar")
    found = found.copy(interpretation=INTERPRETATIONS.get(picture.mode, "srgb"))
    if profile:
        found.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return found


def _from_deep_grey(picture: Image.Image) -> Picture:
    """Grey of 9 to 16 bits, spread over the whole range of 16."""
    values = np.asarray(picture).astype(np.float64)
    depth = getattr(picture, "tag_v2", {}).get(BITS_PER_SAMPLE, (16,))[0]
    spread = np.minimum(values * (65535 / (2**depth - 1)), 65535).astype(np.uint16)
    return Picture.new_from_array(spread).copy(interpretation="grey16")
