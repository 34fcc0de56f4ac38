"""What a picture file is and what it says of itself: probe(path) -> Probe.

Reads only: no database, no derivative, no write. Invariant: bad content never raises; it gives a
Probe with ok=False and a sentence, and whatever could be read is still in it.
"""

import hashlib
import os
import stat
import warnings
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from archive.media import exif as exif_reader
from archive.media import iim, xmp
from archive.media.blocks import Blocks
from archive.media.charset import UNPRINTABLE, tidy
from archive.media.containers import scan
from archive.media.exif import Value
from archive.media.fields import Fields, describe
from archive.media.icc import description
from archive.media.limits import Limits
from archive.media.refusal import Refused
from archive.media.tiff import Directories, NotTiff

# Dimensions are checked by our own scanner before Pillow opens anything, so that Pillow's lower
# limit must not refuse what ours accepts.
Image.MAX_IMAGE_PIXELS = None

# TIFF, DNG and HEIF are left to the decoder that makes derivatives: Pillow lacks kinds of them;
# and it would refuse a PNG for the size of a comment.
MOST_EXIF_BLOCKS = 16  # a picture has one, rarely two
CHECKED_BY_PILLOW = {"JPEG", "GIF", "WEBP", "PSD", "JPEG2000", "AVIF"}


@dataclass(frozen=True, slots=True)
class Probe:
    """One file: geometry in pixels before orientation, tags, fields, and the raw blocks.

    `code` and `reason` are None when the file is accepted. `raw` has the keys exif, iptc, xmp,
    xmp_extended and icc, each a block as found in the file (a TIFF has no EXIF block: it is one).
    """

    ok: bool
    code: str | None = None
    reason: str | None = None
    format: str | None = None
    mime: str | None = None
    width: int | None = None
    height: int | None = None
    frames: int | None = None
    bits: int | None = None
    mode: str | None = None
    icc: str | None = None
    sha256: str | None = None
    size: int | None = None
    exif: Mapping[str, Value] = field(default_factory=dict)
    iptc: Mapping[str, Value] = field(default_factory=dict)
    xmp: Mapping[str, Value] = field(default_factory=dict)
    text: Mapping[str, Value] = field(default_factory=dict)
    fields: Fields = field(default_factory=Fields)
    warnings: tuple[str, ...] = ()
    raw: Mapping[str, bytes] = field(default_factory=dict)


def probe(
    path: str | os.PathLike[str],
    *,
    charset: str = "cp1250",
    limits: Limits | None = None,
    sha256: str | None = None,
) -> Probe:
    """Reads one file; `charset` is for old texts without a declared one, `sha256` if known."""
    limits = limits or Limits()
    try:
        with _opened(path) as f:
            size = os.fstat(f.fileno()).st_size
            digest = sha256 or hashlib.file_digest(f, "sha256").hexdigest()
            return replace(_examined(f, size, charset, limits), size=size, sha256=digest)
    except OSError as error:
        return refused("unreadable", error=error.strerror or type(error).__name__)
    except Refused as refusal:
        return refused(refusal.code, **refusal.params)


def refused(code: str, **params: str | int) -> Probe:
    """A Probe that says why the file is no acceptable picture."""
    return Probe(ok=False, code=code, reason=Refused(code, **params).sentence)


def as_json(probe: Probe, path: str | os.PathLike[str]) -> dict[str, Any]:
    """The line of `pillanat probe --json`; absent values are absent keys."""
    line = {"path": os.fsencode(path).decode("utf-8", "replace"), **_present(probe)}
    line["fields"] = {
        name: value for name, value in asdict(probe.fields).items() if value not in (None, ())
    }
    for name in ("creator", "keywords", "gps"):
        if name in line["fields"]:
            line["fields"][name] = list(line["fields"][name])
    if probe.fields.creator:
        line["fields"]["creator"] = "; ".join(probe.fields.creator)
    return {**line, "warnings": list(probe.warnings)}


def _present(probe: Probe) -> dict[str, Any]:
    names = (
        "ok", "code", "reason", "format", "mime", "width", "height", "frames", "bits", "mode",
        "icc", "sha256", "size", "exif", "iptc", "xmp",
    )  # fmt: skip
    values = {name: getattr(probe, name) for name in names}
    kept = {name: value for name, value in values.items() if value is not None}
    return {**kept, "text": dict(probe.text)} if probe.text else kept


def _opened(path: str | os.PathLike[str]) -> BufferedReader:
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise Refused("not_a_file")
    return Path(path).open("rb")


def _examined(f: BinaryIO, size: int, charset: str, limits: Limits) -> Probe:
    """Everything but digest and size; a refusal keeps what was read before it."""
    try:
        if size > limits.file_bytes:
            raise Refused("file_too_large", size=size, limit=limits.file_bytes)
        blocks = scan(f, size, limits)
    except Refused as refusal:
        return refused(refusal.code, **refusal.params)
    except MemoryError:
        return refused("too_much_memory")
    found = _read(f, blocks, charset, limits)
    try:
        _check_geometry(blocks, limits)
        _check_picture(f, blocks)
    except Refused as refusal:
        return replace(found, ok=False, code=refusal.code, reason=refusal.sentence)
    return found


def _read(f: BinaryIO, blocks: Blocks, charset: str, limits: Limits) -> Probe:
    warn = blocks.warn
    exif = _exif(f, blocks, charset, limits)
    iptc = _guarded("IPTC", blocks, partial(_iptc, blocks, charset, limits))
    tags = _guarded("XMP", blocks, partial(_xmp, blocks, charset, limits))
    text = _texts(blocks)
    exif, iptc, tags, text = (_shortened(each, blocks, limits) for each in (exif, iptc, tags, text))
    fields = describe(exif, iptc, tags, text, warn)
    if blocks.icc and description(blocks.icc) is None:
        warn("ICC: the colour profile has no name or is damaged")
    if blocks.trailing > 0:
        warn(f"{blocks.trailing} bytes follow the end of the picture; they are kept")
    return Probe(
        ok=True,
        format=blocks.format,
        mime=blocks.mime,
        width=blocks.width,
        height=blocks.height,
        frames=blocks.frames,
        bits=blocks.bits,
        mode=blocks.mode,
        icc=description(blocks.icc),
        exif=exif,
        iptc=iptc,
        xmp=tags,
        text=text,
        fields=fields,
        warnings=tuple(blocks.warnings),
        raw=_raw(blocks),
    )


def _raw(blocks: Blocks) -> dict[str, bytes]:
    found = {
        "exif": blocks.exif[0] if blocks.exif else b"",
        "iptc": blocks.iptc,
        "xmp": blocks.xmp,
        "xmp_extended": blocks.xmp_extended,
        "icc": blocks.icc,
    }
    return {name: block for name, block in found.items() if block}


def _guarded(name: str, blocks: Blocks, read: Callable[[], dict[str, Value]]) -> dict[str, Value]:
    """A block that breaks its reader costs only itself."""
    try:
        return read()
    except Exception as error:
        blocks.warn(f"{name}: cannot be read ({type(error).__name__})")
        return {}


def _texts(blocks: Blocks) -> dict[str, Value]:
    """The container's own comments by their keys, of which neither is to be trusted."""
    told = ((UNPRINTABLE.sub("", key), value) for key, value in blocks.text.items())
    texts = ((key, tidy(value, f"Text {key}", blocks.warn)) for key, value in told)
    return {key: text for key, text in texts if key and text}


def _exif(f: BinaryIO, blocks: Blocks, charset: str, limits: Limits) -> dict[str, Value]:
    """The tags of all EXIF blocks (of a TIFF: of the file itself); the first block wins."""
    sources: list[BinaryIO] = [BytesIO(block) for block in blocks.exif[:MOST_EXIF_BLOCKS]]
    found: dict[str, Value] = {}
    for source in [f, *sources] if blocks.is_tiff else sources:
        tags = _guarded("EXIF", blocks, partial(_tags, source, blocks, charset, limits))
        found = {**tags, **found}
    return found


def _tags(source: BinaryIO, blocks: Blocks, charset: str, limits: Limits) -> dict[str, Value]:
    try:
        dirs = Directories(source, blocks.warn, tags=limits.tags_per_ifd)
    except NotTiff:
        blocks.warn("EXIF: the block has no TIFF header; not read")
        return {}
    ifd = next(dirs.chain(), None)
    return exif_reader.read(dirs, ifd, blocks.warn, charset=charset) if ifd else {}


def _iptc(blocks: Blocks, charset: str, limits: Limits) -> dict[str, Value]:
    if len(blocks.iptc) > limits.iim_bytes:
        blocks.warn(f"IPTC: more than {limits.iim_bytes} bytes; not read")
        return {}
    return _iim(blocks, charset, limits) if blocks.iptc else {}


def _iim(blocks: Blocks, charset: str, limits: Limits) -> dict[str, Value]:
    return iim.read(blocks.iptc, blocks.warn, charset=charset, most=limits.values)


def _xmp(blocks: Blocks, charset: str, limits: Limits) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for packet in filter(None, (blocks.xmp, blocks.xmp_extended)):
        found = {**xmp.read(packet, blocks.warn, charset=charset, limits=limits), **found}
    return found


def _shortened(tags: dict[str, Value], blocks: Blocks, limits: Limits) -> dict[str, Value]:
    """Texts above the limit are cut, with a warning; the block keeps them whole."""
    for name, value in tags.items():
        if isinstance(value, str) and len(value) > limits.text_bytes:
            blocks.warn(f"{name}: {len(value)} characters, shown up to {limits.text_bytes}")
            tags[name] = value[: limits.text_bytes]
    return tags


def _check_geometry(blocks: Blocks, limits: Limits) -> None:
    width, height = blocks.width, blocks.height
    if width < 1 or height < 1:
        raise Refused("no_pixels")
    if max(width, height) > limits.side:
        raise Refused("side_too_long", width=width, height=height, limit=limits.side)
    kind = "too_many_pixels_progressive" if blocks.progressive else "too_many_pixels"
    most = limits.progressive_pixels if blocks.progressive else limits.pixels
    if width * height > most:
        raise Refused(kind, width=width, height=height, limit=most)
    if blocks.frames > limits.frames:
        raise Refused("too_many_frames", frames=blocks.frames, limit=limits.frames)


def _check_picture(f: BinaryIO, blocks: Blocks) -> None:
    """Whether a decoder knows the picture, and whether the file holds all of it."""
    if blocks.truncated:
        raise Refused("truncated")
    if blocks.format not in CHECKED_BY_PILLOW:
        return
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(f, formats=[blocks.format]) as im:
            if blocks.end_missing:
                im.draft(None, (im.width // 8, im.height // 8))
                im.load()
    except MemoryError:
        raise Refused("too_much_memory") from None
    except Exception as error:
        if blocks.end_missing:
            raise Refused("truncated") from error
        raise Refused("damaged", detail="no decoder accepts it") from error
