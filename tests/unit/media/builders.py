"""Small picture files made for tests: blocks of metadata, odd containers, hostile ones.

Everything is drawn here; nothing comes from other people's pictures.
"""

import io
import struct
import zlib
from xml.sax.saxutils import escape

from PIL import Image

SOI = b"\xff\xd8"
XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\x00"
EXTENDED_HEAD = b"http://ns.adobe.com/xmp/extension/\x00"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}


def drawing(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """A picture with a gradient, so that turned or cut copies can be told apart."""
    grey = Image.linear_gradient("L").resize((width, height))
    picture = grey.rotate(20, fillcolor=40).convert(mode)
    if mode == "RGBA":
        picture.putalpha(120)
    return picture


def saved(picture: Image.Image, format_: str, **options: object) -> bytes:
    """The bytes of a picture in one of Pillow's formats."""
    out = io.BytesIO()
    picture.save(out, format_, **options)
    return out.getvalue()


def jpeg(*segments: bytes, picture: Image.Image | None = None, **options: object) -> bytes:
    """A JPEG with segments put in right after its first marker."""
    body = saved(picture or drawing(), "JPEG", **options)
    return SOI + b"".join(segments) + body[2:]


def segment(marker: int, payload: bytes) -> bytes:
    """One JPEG segment."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def exif(block: bytes) -> bytes:
    """An APP1 segment with an EXIF block."""
    return segment(0xE1, b"Exif\x00\x00" + block)


def xmp(packet: bytes) -> bytes:
    """An APP1 segment with an XMP packet."""
    return segment(0xE1, XMP_HEAD + packet)


def photoshop(*resources: bytes) -> bytes:
    """An APP13 segment with Photoshop image resources."""
    return segment(0xED, b"Photoshop 3.0\x00" + b"".join(resources))


def resource(number: int, body: bytes) -> bytes:
    """One Photoshop image resource."""
    head = b"8BIM" + struct.pack(">H", number) + b"\x00\x00" + struct.pack(">I", len(body))
    return head + body + b"\x00" * (len(body) % 2)


def iim(*sets: tuple[int, int, bytes]) -> bytes:
    """An IIM block of (record, number, value)."""
    return b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(value)) + value
        for record, number, value in sets
    )


def iptc(*sets: tuple[int, int, bytes]) -> bytes:
    """An APP13 segment with an IIM block."""
    return photoshop(resource(0x0404, iim(*sets)))


def packet(properties: str, attributes: str = "") -> bytes:
    """An XMP packet around property elements."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
        f'<rdf:Description rdf:about="" {spaces} {attributes}>{properties}</rdf:Description>'
        f'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def alternatives(name: str, **texts: str) -> str:
    """A language alternative; x_default stands for x-default."""
    items = "".join(
        f'<rdf:li xml:lang="{lang.replace("_", "-")}">{escape(text)}</rdf:li>'
        for lang, text in texts.items()
    )
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def bag(name: str, *texts: str, kind: str = "Bag") -> str:
    """An unordered (Bag) or ordered (Seq) list."""
    items = "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


def ascii_tag(tag: int, text: bytes) -> tuple[int, int, int, bytes]:
    """An EXIF entry of type ASCII."""
    return tag, 2, len(text) + 1, text + b"\x00"


def short_tag(tag: int, value: int) -> tuple[int, int, int, bytes]:
    """An EXIF entry of type SHORT."""
    return tag, 3, 1, struct.pack("<H", value)


def tiff_block(
    *entries: tuple[int, int, int, bytes],
    sub: dict[int, list[tuple[int, int, int, bytes]]] | None = None,
    following: int = 0,
) -> bytes:
    """A little-endian TIFF structure: entries of the first directory, and pointed ones in `sub`."""
    listed = [*entries, *((tag, 4, 1, b"") for tag in sub or {})]
    data_at = 8 + 2 + 12 * len(listed) + 4
    data, rows = b"", b""
    for tag, kind, count, value in listed:
        if sub and tag in sub:
            where = data_at + len(data)
            data += _directory(sub[tag], where)
            value = struct.pack("<I", where)
        elif len(value) > 4:
            data += b"\x00" * (len(data) % 2)
            value, data = struct.pack("<I", data_at + len(data)), data + value
        rows += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\x00")
    head = b"II*\x00" + struct.pack("<IH", 8, len(listed))
    return head + rows + struct.pack("<I", following) + data


def _directory(entries: list[tuple[int, int, int, bytes]], start: int) -> bytes:
    data_at = start + 2 + 12 * len(entries) + 4
    rows, data = b"", b""
    for tag, kind, count, value in entries:
        if len(value) > 4:
            value, data = struct.pack("<I", data_at + len(data)), data + value
        rows += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\x00")
    return struct.pack("<H", len(entries)) + rows + bytes(4) + data


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """One PNG chunk with its check sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes, width: int = 64, height: int = 48) -> bytes:
    """A PNG with chunks put in after its header; `width` and `height` may lie."""
    real = saved(drawing(), "PNG")
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return real[:8] + png_chunk(b"IHDR", header) + b"".join(chunks) + real[33:]


def raw_profile(kind: bytes, body: bytes) -> bytes:
    """A profile in hexadecimal, as ImageMagick writes it into a zTXt chunk."""
    text = b"\n" + kind + b"\n%8d\n" % len(body) + body.hex().encode() + b"\n"
    return png_chunk(b"zTXt", b"Raw profile type " + kind + b"\x00\x00" + zlib.compress(text))


def gif_with_xmp(packet_: bytes) -> bytes:
    """A GIF whose application extension holds XMP in the way of XMP part 3."""
    plain = saved(drawing(mode="P"), "GIF")
    at = plain.index(b",", 13 + 3 * 2 ** ((plain[10] & 7) + 1))
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
    return plain[:at] + b"!\xff\x0bXMP DataXMP" + packet_ + trailer + plain[at:]


def psd(*resources: bytes, width: int = 64, height: int = 48) -> bytes:
    """A Photoshop file of one flat grey picture."""
    head = b"8BPS\x00\x01" + bytes(6) + struct.pack(">HIIHH", 1, height, width, 8, 1)
    body = b"".join(resources)
    pixels = struct.pack(">H", 0) + drawing(width, height, "L").tobytes()
    return head + bytes(4) + struct.pack(">I", len(body)) + body + bytes(4) + pixels


def box(kind: bytes, body: bytes) -> bytes:
    """One ISO box."""
    return struct.pack(">I", len(body) + 8) + kind + body


def tiff(*entries: tuple[int, int, int, bytes], sub: dict | None = None, at: int = 0) -> bytes:
    """A grey TIFF of 8 × 8 pixels with further entries; its strip lies at the end or `at`."""
    shape = [short_tag(tag, value) for tag, value in ((256, 8), (257, 8), (258, 8), (259, 1))]
    layout = [short_tag(262, 1), short_tag(277, 1), short_tag(278, 8), short_tag(279, 64)]

    def built(strip: int) -> bytes:
        place = (273, 4, 1, struct.pack("<I", strip))
        return tiff_block(*shape, place, *layout, *entries, sub=sub)

    return built(at or len(built(0))) + bytes(range(64))


def strip_tiff(channels: int, bits: int, pixels: bytes, *, kind: int = 1) -> bytes:
    """A little-endian TIFF of 64 × 48 pixels in one strip; `kind` as SampleFormat (339) has it."""

    def short(tag: int, value: int, times: int = 1) -> tuple[int, int, int, bytes]:
        return tag, 3, times, struct.pack("<H", value) * times

    entries = [
        short(256, 64), short(257, 48), short(258, bits, channels), short(259, 1),
        short(262, 2 if channels > 2 else 1), (273, 4, 1, bytes(4)), short(277, channels),
        short(278, 48), (279, 4, 1, struct.pack("<I", len(pixels))), short(339, kind, channels),
    ]  # fmt: skip
    entries[5] = 273, 4, 1, struct.pack("<I", len(tiff_block(*entries)))
    return tiff_block(*entries) + pixels
