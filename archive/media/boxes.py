"""Finds geometry and metadata blocks in ISO box files: HEIF and AVIF (ISO 14496-12, 23008-12), JP2.

Nothing here decodes a pixel. Invariant: no box is read beyond its parent, and boxes do not nest
deeper than the formats define, because each level is asked for by name.
"""

from collections.abc import Iterator
from typing import BinaryIO

from archive.media.blocks import Blocks, read_at
from archive.media.limits import Limits
from archive.media.refusal import Refused

Box = tuple[bytes, int, int]  # kind, offset of the content, its length
MOST_BOXES = 4096
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
IPTC_UUID = bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38")
EXIF_UUID = b"JpgTiffExif->JP2"


def children(f: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two offsets; stops where a length makes no sense."""
    for _ in range(MOST_BOXES):
        head = read_at(f, start, 16) if start + 8 <= end else b""
        if len(head) < 8:
            return
        length, kind, skip = int.from_bytes(head[:4], "big"), head[4:8], 8
        if length == 1:
            length, skip = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = end - start
        if length < skip:
            return
        yield kind, start + skip, min(length - skip, end - start - skip)
        start += length


def _find(f: BinaryIO, parent: Box, kind: bytes, skip: int = 0) -> Box | None:
    boxes = children(f, parent[1] + skip, parent[1] + parent[2])
    return next((box for box in boxes if box[0] == kind), None)


class _Bytes:
    """Reads big-endian numbers one after another; zeros after the end."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def number(self, size: int) -> int:
        self.at += size
        return int.from_bytes(self.data[self.at - size : self.at], "big")


# --- HEIF and AVIF ---


def heif(f: BinaryIO, size: int, blocks: Blocks, limits: Limits) -> None:
    """Primary item's geometry, Exif and XMP items of a HEIF or AVIF file."""
    tops = {kind: (kind, at, length) for kind, at, length in children(f, 0, size)}
    meta = tops.get(b"meta")
    if meta is None:
        raise Refused("damaged", detail="the file has no description of its pictures")
    last = max(at + length for _, at, length in tops.values())
    blocks.trailing = size - last
    kinds = _item_kinds(f, meta)
    places = _item_places(f, meta, limits)
    _heif_geometry(f, meta, blocks, limits)
    blocks.truncated = any(
        start + length > size for extents in places.values() for start, length in extents
    )
    for item, kind in kinds.items():
        if kind in (b"Exif", b"mime") and item in places:
            _heif_item(kind, _item_bytes(f, places[item], limits), blocks)


def _content(f: BinaryIO, box: Box | None, limits: Limits) -> bytes:
    return read_at(f, box[1], min(box[2], limits.header_bytes)) if box else b""


def _heif_item(kind: bytes, body: bytes, blocks: Blocks) -> None:
    if kind == b"Exif":
        start = 4 + int.from_bytes(body[:4], "big")
        blocks.exif.append(body[start:].removeprefix(b"Exif\x00\x00"))
    elif b"xmpmeta" in body or b"rdf:RDF" in body:
        blocks.xmp = blocks.xmp or body


def _item_bytes(f: BinaryIO, extents: list[tuple[int, int]], limits: Limits) -> bytes:
    room = limits.xmp_bytes * 4
    return b"".join(read_at(f, start, min(length, room)) for start, length in extents)[:room]


def _item_kinds(f: BinaryIO, meta: Box) -> dict[int, bytes]:
    """{item id: type} of the item information box."""
    iinf = _find(f, meta, b"iinf", 4)
    if iinf is None:
        return {}
    head = _Bytes(read_at(f, iinf[1], 8))
    skip = 6 if head.number(1) == 0 else 8
    kinds = {}
    for kind, at, length in children(f, iinf[1] + skip, iinf[1] + iinf[2]):
        entry = _Bytes(read_at(f, at, min(length, 16)))
        version = entry.number(4) >> 24
        if kind == b"infe" and version >= 2:
            item = entry.number(2 if version == 2 else 4)
            entry.number(2)
            kinds[item] = entry.number(4).to_bytes(4, "big")
    return kinds


def _item_places(f: BinaryIO, meta: Box, limits: Limits) -> dict[int, list[tuple[int, int]]]:
    """{item id: [(offset in the file, length)]} of the item location box."""
    data = _Bytes(_content(f, _find(f, meta, b"iloc", 4), limits))
    idat = _find(f, meta, b"idat", 4)
    version = data.number(4) >> 24
    sizes = data.number(2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    places: dict[int, list[tuple[int, int]]] = {}
    for _ in range(min(data.number(2 if version < 2 else 4), MOST_BOXES)):
        item = data.number(2 if version < 2 else 4)
        method = data.number(2) & 15 if version else 0
        data.number(2)
        base = data.number(base_size) + (idat[1] if method == 1 and idat else 0)
        extents = []
        for _ in range(min(data.number(2), MOST_BOXES)):
            data.number(index_size)
            extents.append((base + data.number(offset_size), data.number(length_size)))
            if data.at > len(data.data):
                return places
        if method < 2:
            places[item] = extents
    return places


def _heif_geometry(f: BinaryIO, meta: Box, blocks: Blocks, limits: Limits) -> None:
    iprp = _find(f, meta, b"iprp", 4)
    ipco = _find(f, iprp, b"ipco") if iprp else None
    if iprp is None or ipco is None:
        raise Refused("damaged", detail="the file does not say how large its picture is")
    primary = _Bytes(_content(f, _find(f, meta, b"pitm", 4), limits))
    item = primary.number(2 if primary.number(4) >> 24 == 0 else 4)
    used = _associations(_Bytes(_content(f, _find(f, iprp, b"ipma"), limits))).get(item, [])
    properties = list(children(f, ipco[1], ipco[1] + ipco[2]))
    for number in used:
        if 0 < number <= len(properties):
            kind, at, length = properties[number - 1]
            body = read_at(f, at, min(length, limits.icc_bytes))
            _heif_property(kind, body, blocks, limits)


def _associations(data: _Bytes) -> dict[int, list[int]]:
    """{item id: property numbers, from 1} of the item property association box."""
    head = data.number(4)
    version, wide = head >> 24, head & 1
    found = {}
    for _ in range(min(data.number(4), MOST_BOXES)):
        item = data.number(2 if version < 1 else 4)
        mask = 0x7FFF if wide else 0x7F
        found[item] = [data.number(2 if wide else 1) & mask for _ in range(data.number(1))]
        if data.at > len(data.data):
            break
    return found


def _heif_property(kind: bytes, body: bytes, blocks: Blocks, limits: Limits) -> None:
    if kind == b"ispe":
        blocks.width, blocks.height = (int.from_bytes(body[at : at + 4], "big") for at in (4, 8))
        if (
            blocks.width * blocks.height > limits.pixels
        ):  # a window (clap) hides them, yet all are decoded
            size = {"width": blocks.width, "height": blocks.height}
            raise Refused("too_many_pixels", **size, limit=limits.pixels)
    elif kind == b"clap" and len(body) >= 16:
        numbers = [int.from_bytes(body[at : at + 4], "big") or 1 for at in range(0, 16, 4)]
        blocks.width, blocks.height = numbers[0] // numbers[1], numbers[2] // numbers[3]
    elif kind == b"pixi" and len(body) > 5:
        blocks.bits, blocks.mode = body[5], "L" if body[4] == 1 else "RGB"
    elif kind == b"colr" and body[:4] in (b"prof", b"rICC"):
        blocks.icc = body[4:]


# --- JP2 (ISO 15444-1, annex I) ---


def jp2(f: BinaryIO, size: int, blocks: Blocks, limits: Limits) -> None:
    """Geometry, profile and UUID boxes of a JP2 file."""
    end = size
    for kind, at, length in children(f, 0, size):
        if kind == b"jp2h":
            for inner, inner_at, inner_length in children(f, at, at + length):
                body = read_at(f, inner_at, min(inner_length, limits.icc_bytes))
                _jp2_header(inner, body, blocks)
        elif kind == b"uuid":
            _jp2_uuid(read_at(f, at, min(length, limits.xmp_bytes * 4)), blocks)
        elif kind == b"jp2c":
            blocks.truncated = read_at(f, at + length - 2, 2) != b"\xff\xd9"
        end = at + length
    blocks.trailing = size - end
    if not blocks.width:
        raise Refused("damaged", detail="the JP2 has no image header")


def _jp2_header(kind: bytes, body: bytes, blocks: Blocks) -> None:
    if kind == b"ihdr" and len(body) >= 11:
        blocks.height, blocks.width = (int.from_bytes(body[at : at + 4], "big") for at in (0, 4))
        channels = int.from_bytes(body[8:10], "big")
        blocks.mode = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}.get(channels, f"{channels} channels")
        blocks.bits = (body[10] & 0x7F) + 1 if body[10] != 255 else 8
    elif kind == b"colr" and body[:1] in (b"\x02", b"\x03"):
        blocks.icc = body[3:]


def _jp2_uuid(body: bytes, blocks: Blocks) -> None:
    if body.startswith(XMP_UUID):
        blocks.xmp = blocks.xmp or body[16:]
    elif body.startswith(IPTC_UUID):
        blocks.iptc += body[16:]
    elif body.startswith(EXIF_UUID):
        blocks.exif.append(body[16:].removeprefix(b"Exif\x00\x00"))
