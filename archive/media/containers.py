"""Which format a file has; geometry and metadata blocks of PNG, WebP, PSD, GIF and TIFF.

JPEG is in jpeg.py, ISO boxes (HEIF, AVIF, JP2) in boxes.py. Nothing here decodes a pixel or
reads a tag's meaning. Invariant: a broken metadata block becomes a warning; only a broken
picture refuses.
"""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from archive.media import boxes, jpeg
from archive.media.blocks import Blocks, inflated, photoshop_resources, read_at
from archive.media.jpeg import PHOTOSHOP_HEAD, XMP_HEAD
from archive.media.limits import Limits
from archive.media.refusal import Refused
from archive.media.tiff import Directories, Ifd


def scan(f: BinaryIO, size: int, limits: Limits) -> Blocks:
    """Geometry and blocks of a picture file of `size` bytes; raises Refused for anything else."""
    head = read_at(f, 0, 1024)
    if not head:
        raise Refused("empty")
    for matches, format_, mime, scanner in FORMATS:
        if matches(head):
            blocks = Blocks(format=format_, mime=mime)
            scanner(f, size, blocks, limits)
            return blocks
    raise _none_of_them(head)


def identify(path: Path) -> str:
    """The name of the format by which a file would be scanned; empty when there is none."""
    with path.open("rb") as f:
        head = f.read(1024)
    return next((name for matches, name, _, _ in FORMATS if matches(head)), "")


def _none_of_them(head: bytes) -> Refused:
    """The refusal for a file that is none of the accepted pictures."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, code, name in NOT_PICTURES:
        if start.startswith(magic):
            return Refused(code, format=name)
    if head[4:8] == b"ftyp":
        return Refused("video")
    if b"<svg" in start:
        return Refused("svg")
    if b"<html" in start or b"<script" in start:
        return Refused("html")
    return Refused("not_a_picture")


# --- PNG (third edition, 11.3) ---

PNG_MODES = {0: "L", 2: "RGB", 3: "P", 4: "LA", 6: "RGBA"}
PNG_TEXT = (b"tEXt", b"zTXt", b"iTXt")
PNG_KEPT = (*PNG_TEXT, b"eXIf", b"iCCP", b"acTL")


def _png(f: BinaryIO, size: int, blocks: Blocks, limits: Limits) -> None:
    head = read_at(f, 8, 21)
    if head[4:8] != b"IHDR" or len(head) < 21:
        raise Refused("damaged", detail="the PNG does not begin with its header")
    blocks.width, blocks.height = (
        int.from_bytes(head[8:12], "big"),
        int.from_bytes(head[12:16], "big"),
    )
    blocks.bits, blocks.mode = head[16], PNG_MODES.get(head[17], "")
    if not blocks.mode or blocks.bits not in (1, 2, 4, 8, 16):
        raise Refused("damaged", detail="the PNG header makes no sense")
    at, budget, left = 33, limits.header_bytes, limits.values
    while True:
        chunk = read_at(f, at, 8)
        length, kind = int.from_bytes(chunk[:4], "big"), chunk[4:]
        if len(chunk) < 8 or at + 12 + length > size:
            blocks.truncated = True
            return
        if kind == b"IEND":
            blocks.trailing = size - at - 12
            return
        if kind in PNG_KEPT and length <= budget - blocks.inflated and left:
            budget, left = budget - length, left - 1
            _png_chunk(kind, read_at(f, at + 8, length), blocks, limits)
        elif kind in PNG_KEPT:
            blocks.warn("PNG: the metadata is larger than the limit; the rest was left out")
        at += 12 + length


def _png_chunk(kind: bytes, body: bytes, blocks: Blocks, limits: Limits) -> None:
    if kind == b"eXIf":
        blocks.exif.append(body.removeprefix(b"Exif\x00\x00"))
    elif kind == b"iCCP":
        blocks.icc = _unpacked(body.partition(b"\x00")[2][1:], limits.icc_bytes, blocks)
    elif kind == b"acTL":
        blocks.frames = max(int.from_bytes(body[:4], "big"), 1)
    else:
        _png_text(kind, body, blocks, limits)


def _unpacked(body: bytes, most: int, blocks: Blocks) -> bytes:
    """What a compressed chunk holds, which counts as if it had been written out."""
    data = inflated(body, most)
    blocks.inflated += len(data)
    return data


def _png_text(kind: bytes, body: bytes, blocks: Blocks, limits: Limits) -> None:
    key, _, rest = body.partition(b"\x00")
    keyword = key.decode("latin-1")
    encoding = "latin-1"
    if kind == b"zTXt":
        rest = _unpacked(rest[1:], limits.xmp_bytes, blocks)
    elif kind == b"iTXt":
        text = rest[2:].split(b"\x00", 2)[-1]  # after the language and the translated keyword
        packed = rest[:1] == b"\x01"
        rest = _unpacked(text, limits.xmp_bytes, blocks) if packed else text
        encoding = "utf-8"
    if keyword == "XML:com.adobe.xmp":
        blocks.xmp = blocks.xmp or rest
    elif keyword.startswith("Raw profile type "):
        _raw_profile(keyword[17:].strip().lower(), rest, blocks)
    elif rest:
        blocks.text.setdefault(keyword, rest.decode(encoding, "replace").strip("\x00 \r\n"))


def _raw_profile(kind: str, text: bytes, blocks: Blocks) -> None:
    """A profile in hexadecimal, as ImageMagick writes it: a name, a length, the digits."""
    try:
        body = bytes.fromhex(b"".join(text.strip().split(b"\n")[2:]).decode("ascii"))
    except ValueError:
        blocks.warn(f"PNG: the raw profile {kind!r} cannot be read")
        return
    if kind in ("exif", "app1") and body.startswith(b"Exif\x00"):
        blocks.exif.append(body[6:])
    elif kind in ("xmp", "app1"):
        blocks.xmp = blocks.xmp or body.removeprefix(XMP_HEAD)
    elif kind in ("iptc", "8bim"):
        irb = body.removeprefix(PHOTOSHOP_HEAD)
        if irb.startswith(b"\x1c"):
            blocks.iptc += irb
        photoshop_resources(irb, blocks)
    elif kind in ("icc", "icm"):
        blocks.icc = blocks.icc or body


# --- WebP (RFC 9649) ---


def _webp(f: BinaryIO, size: int, blocks: Blocks, limits: Limits) -> None:
    end = int.from_bytes(read_at(f, 4, 4), "little") + 8
    blocks.truncated, blocks.trailing = end > size, max(size - end - (end & 1), 0)
    at, budget, animated = 12, limits.header_bytes, 0
    while at + 8 <= min(end, size):
        head = read_at(f, at, 8)
        kind, length = head[:4], int.from_bytes(head[4:], "little")
        animated += kind == b"ANMF"
        if kind in WEBP_GEOMETRY and not blocks.width:
            WEBP_GEOMETRY[kind](read_at(f, at + 8, 16), blocks)
        elif kind in (b"EXIF", b"XMP ", b"ICCP") and length <= budget:
            budget -= length
            _webp_block(kind, read_at(f, at + 8, length), blocks)
        at += 8 + length + (length & 1)
    blocks.frames = max(animated, 1)


def _webp_block(kind: bytes, body: bytes, blocks: Blocks) -> None:
    if kind == b"EXIF":
        blocks.exif.append(body.removeprefix(b"Exif\x00\x00"))
    elif kind == b"XMP ":
        blocks.xmp = body
    else:
        blocks.icc = body


def _webp_extended(body: bytes, blocks: Blocks) -> None:
    blocks.width = int.from_bytes(body[4:7], "little") + 1
    blocks.height = int.from_bytes(body[7:10], "little") + 1
    blocks.mode = "RGBA" if body[:1] and body[0] & 0x10 else "RGB"


def _webp_lossy(body: bytes, blocks: Blocks) -> None:
    blocks.width = int.from_bytes(body[6:8], "little") & 0x3FFF
    blocks.height = int.from_bytes(body[8:10], "little") & 0x3FFF


def _webp_lossless(body: bytes, blocks: Blocks) -> None:
    packed = int.from_bytes(body[1:5], "little")
    blocks.width, blocks.height = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    blocks.mode = "RGBA" if packed >> 28 & 1 else "RGB"


WEBP_GEOMETRY: dict[bytes, Callable[[bytes, Blocks], None]] = {
    b"VP8X": _webp_extended,
    b"VP8 ": _webp_lossy,
    b"VP8L": _webp_lossless,
}


# --- PSD (Adobe Photoshop File Formats) ---

PSD_MODES = {0: "1", 1: "L", 2: "P", 3: "RGB", 4: "CMYK", 8: "L", 9: "Lab"}


def _psd(f: BinaryIO, size: int, blocks: Blocks, limits: Limits) -> None:
    head = read_at(f, 0, 26)
    if len(head) < 26:
        raise Refused("truncated")
    blocks.height, blocks.width = (
        int.from_bytes(head[14:18], "big"),
        int.from_bytes(head[18:22], "big"),
    )
    blocks.bits = int.from_bytes(head[22:24], "big")
    blocks.mode = PSD_MODES.get(int.from_bytes(head[24:26], "big"), "unknown")
    if blocks.bits in (16, 32):
        raise Refused("unsupported", format=f"Photoshop ({blocks.bits} bits)")
    palette = int.from_bytes(read_at(f, 26, 4), "big")
    length = int.from_bytes(read_at(f, 30 + palette, 4), "big")
    blocks.truncated = 34 + palette + length > size
    if length <= limits.header_bytes:
        photoshop_resources(read_at(f, 34 + palette, length), blocks)


# --- GIF (89a; XMP part 3 section 1.1.2) ---


def _gif(f: BinaryIO, size: int, blocks: Blocks, limits: Limits) -> None:
    head = read_at(f, 0, 13)
    if len(head) < 13:
        raise Refused("truncated")
    blocks.width, blocks.height = (
        int.from_bytes(head[6:8], "little"),
        int.from_bytes(head[8:10], "little"),
    )
    blocks.mode, blocks.frames = "P", 0
    f.seek(13 + _palette_bytes(head[10]))
    while (introducer := f.read(1)) != b";":
        if introducer == b",":
            blocks.frames += 1
            flags = f.read(9)[-1:] or b"\x00"
            f.seek(_palette_bytes(flags[0]) + 1, 1)
            complete = _skip_subblocks(f)
        elif introducer == b"!":
            complete = _gif_extension(f, blocks, limits)
        else:
            complete = False
        if not complete or blocks.frames > limits.frames:
            blocks.truncated = not complete
            return
    blocks.trailing = size - f.tell()


def _palette_bytes(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _skip_subblocks(f: BinaryIO) -> bool:
    while length := f.read(1):
        if length == b"\x00":
            return True
        f.seek(length[0], 1)
    return False


def _gif_extension(f: BinaryIO, blocks: Blocks, limits: Limits) -> bool:
    label = f.read(1)
    body = bytearray()
    raw = bytearray()  # with the length bytes: XMP is stored as if they were text
    while length := f.read(1):
        if length == b"\x00":
            _gif_block(label, bytes(body), bytes(raw), blocks)
            return True
        part = f.read(length[0])
        if len(body) <= limits.icc_bytes:
            body += part
            raw += length + part
    return False


def _gif_block(label: bytes, body: bytes, raw: bytes, blocks: Blocks) -> None:
    if label == b"\xfe":
        blocks.text.setdefault("Comment", body.decode("utf-8", "replace").strip("\x00 \r\n"))
    elif label == b"\xff" and body.startswith(b"XMP DataXMP"):
        blocks.xmp = raw[12:].partition(b"\x01\xff\xfe")[0]
    elif label == b"\xff" and body.startswith(b"ICCRGBG1012"):
        blocks.icc = body[11:]


# --- TIFF, BigTIFF, DNG ---

TIFF_MODES = {
    0: "L",
    1: "L",
    2: "RGB",
    3: "P",
    5: "CMYK",
    6: "RGB",
    8: "Lab",
    32803: "CFA",
    34892: "RGB",
}
REDUCED = 1
DNG_VERSION, CFA = 0xC612, 32803


def _tiff(f: BinaryIO, size: int, blocks: Blocks, limits: Limits) -> None:
    blocks.is_tiff = True
    dirs = Directories(f, blocks.warn, tags=limits.tags_per_ifd)
    pages: list[Ifd] = []
    for ifd in dirs.chain():
        if not dirs.number(ifd, 0x00FE) & REDUCED or not pages:
            pages.append(ifd)
        if len(pages) > limits.frames:
            raise Refused("too_many_frames", frames=len(pages), limit=limits.frames)
    if not pages:
        raise Refused("damaged", detail="the TIFF has no directory")
    children = [_child(dirs, offset) for offset in dirs.numbers(pages[0], 0x014A)[:32]]
    main = max((pages[0], *children), key=lambda ifd: _area(dirs, ifd))
    _tiff_geometry(dirs, main, blocks)
    blocks.frames = len(pages)
    _tiff_blocks(dirs, pages[0], blocks)
    _tiff_kind(dirs, pages[0], main, blocks)
    blocks.truncated = any(_points_beyond(dirs, ifd, size) for ifd in (main, *pages))


def _child(dirs: Directories, offset: int) -> Ifd:
    return dirs.directory(offset)[0] or {}


def _area(dirs: Directories, ifd: Ifd) -> int:
    return dirs.number(ifd, 0x0100) * dirs.number(ifd, 0x0101)


def _tiff_geometry(dirs: Directories, ifd: Ifd, blocks: Blocks) -> None:
    blocks.width, blocks.height = dirs.number(ifd, 0x0100), dirs.number(ifd, 0x0101)
    blocks.bits = dirs.number(ifd, 0x0102, 1)
    mode = TIFF_MODES.get(dirs.number(ifd, 0x0106), "unknown")
    extra = mode in ("L", "RGB") and bool(dirs.numbers(ifd, 0x0152))
    blocks.mode = "1" if mode == "L" and blocks.bits == 1 else mode + "A" * extra


def _tiff_blocks(dirs: Directories, ifd: Ifd, blocks: Blocks) -> None:
    if 0x8649 in ifd:
        photoshop_resources(dirs.bytes_of(ifd[0x8649]), blocks)
    if 0x83BB in ifd:
        blocks.iptc = _iim_in_tiff(dirs.bytes_of(ifd[0x83BB])) or blocks.iptc
    if 0x02BC in ifd:
        blocks.xmp = dirs.bytes_of(ifd[0x02BC])
    if 0x8773 in ifd:
        blocks.icc = dirs.bytes_of(ifd[0x8773])


def _iim_in_tiff(raw: bytes) -> bytes:
    """Some writers stored the block as swapped 32-bit numbers; IIM always begins with 1C."""
    if raw[:1] != b"\x1c" and raw[3:4] == b"\x1c":
        return b"".join(raw[at : at + 4][::-1] for at in range(0, len(raw), 4))
    return raw


def _tiff_kind(dirs: Directories, ifd: Ifd, main: Ifd, blocks: Blocks) -> None:
    if DNG_VERSION in ifd:
        blocks.format, blocks.mime = "DNG", "image/x-adobe-dng"
    elif dirs.number(main, 0x0106) == CFA or read_at(dirs.file, 8, 2) == b"CR":
        raise Refused("needs_sidecar", format="RAW")


def _points_beyond(dirs: Directories, ifd: Ifd, size: int) -> bool:
    """Whether a strip or tile lies behind the end of the file."""
    starts = dirs.numbers(ifd, 0x0111) or dirs.numbers(ifd, 0x0144)
    lengths = dirs.numbers(ifd, 0x0117) or dirs.numbers(ifd, 0x0145)
    return any(start + length > size for start, length in zip(starts, lengths, strict=False))


# --- which scanner, and what is none of them ---

Scanner = Callable[[BinaryIO, int, Blocks, Limits], None]


def _starts(*magics: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magics)


def _box_brand(*brands: bytes) -> Callable[[bytes], bool]:
    """An ISO file whose brand (major or compatible) is one of `brands`."""

    def matches(head: bytes) -> bool:
        listed = head[8 : min(int.from_bytes(head[:4], "big"), len(head))]
        names = {listed[at : at + 4] for at in range(0, len(listed), 4) if at != 4}
        return head[4:8] == b"ftyp" and not names.isdisjoint(brands)

    return matches


def _is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


FORMATS: tuple[tuple[Callable[[bytes], bool], str, str, Scanner], ...] = (
    (_starts(b"\xff\xd8\xff"), "JPEG", "image/jpeg", jpeg.jpeg),
    (_starts(b"\x89PNG\r\n\x1a\n"), "PNG", "image/png", _png),
    (_starts(b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"), "TIFF", "image/tiff", _tiff),
    (_starts(b"GIF87a", b"GIF89a"), "GIF", "image/gif", _gif),
    (_is_webp, "WEBP", "image/webp", _webp),
    (_starts(b"8BPS\x00\x01"), "PSD", "image/vnd.adobe.photoshop", _psd),
    (_starts(b"\x00\x00\x00\x0cjP  \r\n\x87\n"), "JPEG2000", "image/jp2", boxes.jp2),
    (_box_brand(b"avif", b"avis"), "AVIF", "image/avif", boxes.heif),
    (_box_brand(b"heic", b"heix", b"hevc", b"heim", b"mif1"), "HEIF", "image/heic", boxes.heif),
)

NOT_PICTURES = (
    (b"%pdf", "pdf", ""),
    (b"%!ps", "eps", ""),
    (b"\xc5\xd0\xd3\xc6", "eps", ""),
    (b"<!doctype html", "html", ""),
    (b"<html", "html", ""),
    (b"pk\x03\x04", "archive", ""),
    (b"rar!", "archive", ""),
    (b"7z\xbc\xaf", "archive", ""),
    (b"\x1f\x8b", "archive", ""),
    (b"bm", "unsupported", "BMP"),
    (b"8bps\x00\x02", "unsupported", "Large PSB"),
    (b"\xffo\xffq", "unsupported", "Bare JPEG 2000 code stream"),
    (b"\xff\n", "needs_sidecar", "JPEG XL"),
    (b"\x00\x00\x00\x0cjxl ", "needs_sidecar", "JPEG XL"),
    (b"iiu\x00", "needs_sidecar", "RAW"),
    (b"iiro", "needs_sidecar", "RAW"),
    (b"fujifilmccd-raw", "needs_sidecar", "RAW"),
    (b"\x00\x00\x00\x18ftypcrx ", "needs_sidecar", "RAW"),
    (b"riff", "video", ""),
    (b"id3", "video", ""),
    (b"oggs", "video", ""),
)
