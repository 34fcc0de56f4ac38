"""Pictures made from masters: renditions for pages, a pyramid for viewers, files for delivery.

Which pictures are wanted and who may see them is decided elsewhere. Invariant: a master is only
read, and a file appears under its name complete or not at all. These are caches: they are not
fsynced, because a lost one is made anew.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import numpy as np
from pyvips import Image as Picture
from pyvips.enums import ForeignKeep as Keep

from archive.media import fingerprint, pyramid, sketch, vips
from archive.media.appearing import Appearing
from archive.media.icc import description
from archive.media.limits import Limits
from archive.media.refusal import Refused
from archive.media.thumbhash import thumbhash

SIZES = (320, 640, 1024, 2048)
QUALITY = {320: 76, 640: 78, 1024: 80}  # larger ones: BEST_QUALITY
BEST_QUALITY = 82
DELIVERY_QUALITY = 95
PYRAMID = "pyramid.tif"
IN_MEMORY_PIXELS = 16_000_000  # larger ones that must be turned are laid out on the disk
PROFILE = "icc-profile-data"
PATH = re.compile(r"[\"']?/[^ \"']{2,}[\"']?")  # no business of whoever reads the sentence
COLOURS = {"b-w": 1, "grey16": 1, "cmyk": 4}  # else three
PAPER = [255.0, 255.0, 255.0]


class DerivativeError(Exception):
    """A picture could not be made; the text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What render() made: the master's size in pixels, upright, and one JPEG for each of `sizes`.

    A size is the longest side in pixels and the file's name (`640.jpg`); the last one is the
    largest wanted, or the master's own longest side when that is smaller.
    """

    width: int
    height: int
    sizes: tuple[int, ...]
    thumbhash: str
    codes: fingerprint.Codes


def render(
    master: Path,
    out_dir: Path,
    sizes: Sequence[int] = SIZES,
    *,
    pyramid_above: int | None = None,
    limits: Limits | None = None,
) -> Rendered:
    """Writes all renditions from one decode of the master. Raises DerivativeError.

    A master whose longest side is more than `pyramid_above` pixels gets a pyramid too (PYRAMID),
    in the same reading: its renditions are made from the pyramid's levels.
    """
    limits = limits or Limits()
    try:
        source = vips.load(master, limits, longest=max(sizes) if pyramid_above is None else None)
        longest = max(source.width, source.height)
        out_dir.mkdir(parents=True, exist_ok=True)
        wanted = sorted({min(size, longest) for size in sizes})
        if pyramid_above is not None and longest > pyramid_above:
            with _whole(source) as whole:
                pyramid.write(whole, out_dir / PYRAMID)
            picture = pyramid.level_for(out_dir / PYRAMID, wanted[-1])
        else:
            picture = source.picture
        smallest = _renditions(picture, out_dir, wanted)
        return Rendered(
            source.width,
            source.height,
            tuple(wanted),
            _hash(smallest),
            fingerprint.codes(sketch.of(smallest)),
        )
    except (vips.Error, vips.Unloadable, OSError, ValueError) as error:
        raise sentence(error) from error


def _renditions(picture: Picture, out_dir: Path, wanted: list[int]) -> Picture:
    """Writes one JPEG a size, each from the one before; returns the smallest."""
    picture = _reduced(picture, wanted[-1]).copy_memory()
    for size in reversed(wanted):
        picture = _shrunk(picture, size)
        _save_jpeg(picture, out_dir / f"{size}.jpg", QUALITY.get(size, BEST_QUALITY))
    return picture


def deliver(
    master: Path,
    out: Path,
    *,
    long_edge: int | None = None,
    format: Literal["jpeg", "tiff"] = "jpeg",
    limits: Limits | None = None,
) -> tuple[int, int]:
    """Writes a copy for a licensee, upright and in sRGB; returns its width and height in pixels.

    `long_edge` only reduces. What the copy says of itself is written by embed.py afterwards.
    """
    try:
        picture = _full(master, limits or Limits(), long_edge).colourspace("srgb")
        with Appearing(out) as path:
            if format == "jpeg":
                picture.jpegsave(
                    path, Q=DELIVERY_QUALITY, subsample_mode="off", keep=Keep.ICC, profile="srgb"
                )
            else:
                picture.tiffsave(
                    path,
                    compression="deflate",
                    predictor="horizontal",
                    keep=Keep.ICC,
                    profile="srgb",
                )
        return picture.width, picture.height
    except (vips.Error, vips.Unloadable, OSError, ValueError) as error:
        raise sentence(error) from error


def _reduced(picture: Picture, size: int) -> Picture:
    """Upright, in sRGB or grey, eight bits, on white paper, longest side at most `size`."""
    options: dict[str, Any] = {}
    picture = _without_extras(picture)
    if _needs_conversion(picture):
        fallback = "cmyk" if picture.interpretation == "cmyk" else "srgb"
        options = {"input_profile": fallback, "output_profile": "srgb"}
    return _on_paper(picture.thumbnail_image(size, height=size, size="down", **options))


def _without_extras(picture: Picture) -> Picture:
    """Colours and transparency only: printers add channels for spot colours and masks."""
    colours = COLOURS.get(str(picture.interpretation), 3)
    return picture.extract_band(0, n=colours) if picture.bands > colours + 1 else picture


def _needs_conversion(picture: Picture) -> bool:
    """Whether colours go through profiles: it costs twenty times a decode, so never for nothing.

    Where a picture has no profile the library's own arithmetic is right, but for CMYK.
    """
    if picture.interpretation == "cmyk":
        return True
    if picture.get_typeof(PROFILE) == 0:
        return False
    profile: Any = picture.get(PROFILE)
    return not (description(bytes(profile)) or "").startswith("sRGB")


def _full(master: Path, limits: Limits, long_edge: int | None) -> Picture:
    source = vips.load(master, limits)
    longest = max(source.width, source.height)
    return _reduced(source.picture, min(long_edge or longest, longest))


@contextmanager
def _whole(source: vips.Master) -> Iterator[Picture]:
    """The master in full size. A large one that must be turned waits on the disk, not in memory."""
    picture, longest = source.picture, max(source.width, source.height)
    turned = vips.upright(picture) != (picture.width, picture.height)
    if not turned or source.width * source.height <= IN_MEMORY_PIXELS:
        yield _reduced(picture, longest)
        return
    with TemporaryDirectory(prefix="pillanat-") as folder:
        waiting = f"{folder}/waiting.tif"
        picture.tiffsave(waiting, tile=True, tile_width=256, tile_height=256, bigtiff=True)
        yield _reduced(Picture.tiffload(waiting).autorot(), longest)


def _on_paper(picture: Picture) -> Picture:
    if picture.hasalpha():
        picture = picture.flatten(background=PAPER)
    grey = picture.interpretation in ("b-w", "grey16")
    picture = picture.colourspace("b-w" if grey else "srgb")
    return picture if picture.format == "uchar" else picture.cast("uchar")


def _shrunk(picture: Picture, size: int) -> Picture:
    longest = max(picture.width, picture.height)
    return picture if longest <= size else picture.resize(size / longest).copy_memory()


def _save_jpeg(picture: Picture, out: Path, quality: int) -> None:
    with Appearing(out) as path:
        picture.jpegsave(path, Q=quality, optimize_coding=True, keep=Keep.NONE)


def _hash(picture: Picture) -> str:
    small = _shrunk(picture, 100).colourspace("srgb")
    return thumbhash(np.asarray(small.numpy(), dtype=np.uint8))


def sentence(error: Exception) -> DerivativeError:
    if isinstance(error, vips.Unloadable):
        return DerivativeError(str(error))
    if isinstance(error, OSError) and error.strerror:
        return DerivativeError(f"The picture could not be read or written: {error.strerror}.")
    detail = PATH.sub("the file", " ".join(str(error).split()))[:200].rstrip(".")
    if "out of memory" in detail:
        return DerivativeError(Refused("too_much_memory").sentence)
    return DerivativeError(f"No picture can be made from this file: {detail}.")
