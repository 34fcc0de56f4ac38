"""Pictures made to do harm, each written with the name it would come under.

`corpus()` gives {file name: (bytes, why it must be refused)}; where there is no reason the file is
a picture all the same, whose good parts are taken. The invariant: no two files have the same bytes.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from functools import cache
from io import BytesIO

import pillow_heif
from PIL import Image

from tests.unit.media import builders as b

Corpus = dict[str, tuple[bytes, str | None]]

SCRIPT = "<script>alert(1)</script>"
MARKUP = f"\"'><img src=x onerror=alert(2)>{SCRIPT}</title></textarea><!--"
CONTROL = "bell\x07 escape\x1b[31m null\x00 delete\x7f next\x85 apc\x9f"
BIDI = "\u202egpj.exe\u202c\u200b\u2066isolated"
EVIL = MARKUP + CONTROL + BIDI
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "haha">'
    + b"".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'.encode()
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + b"]>"
)


@cache
def corpus() -> Corpus:
    """All of them; about two megabytes each at most."""
    groups = (
        bombs(), cut_off(), disguises(), lies(), blocks(), floods(), crowds(), decoders(), words(),
        names(),
    )  # fmt: skip
    together: Corpus = {}
    for group in groups:
        assert not together.keys() & group.keys()
        together |= group
    return together


def _patched(data: bytes, after: bytes, new: bytes, skip: int = 0) -> bytes:
    """`data` with `new` written over what stands `skip` bytes behind the mark `after`."""
    at = data.index(after) + len(after) + skip
    return data[:at] + new + data[at + len(new) :]


def _heic(picture: Image.Image | None = None) -> bytes:
    out = BytesIO()
    pillow_heif.from_pillow(picture or b.drawing()).save(out, quality=50)
    return out.getvalue()


def _sized(data: bytes, mark: bytes, width: int, height: int, skip: int = 0) -> bytes:
    return _patched(data, mark, struct.pack(">II", width, height), skip)


def _jpeg_of(width: int, height: int, *, progressive: bool = False) -> bytes:
    mark = b"\xff\xc2\x00\x11\x08" if progressive else b"\xff\xc0\x00\x11\x08"
    plain = b.jpeg(progressive=progressive)
    return _patched(plain, mark, struct.pack(">HH", height, width))


def flat_png(side: int) -> bytes:
    """A real picture of `side` × `side` white pixels, which is only a few kilobytes long."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\x00" + b"\xff" * ((side + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(b.png_chunk(*chunk) for chunk in chunks)


def _tiff_saying(*changes: tuple[int, int]) -> bytes:
    """A grey TIFF of 8 × 8 pixels, of which some tags say something else (32 bits wide)."""
    data = b.tiff()
    for tag, value in changes:
        at = data.index(struct.pack("<HH", tag, 3 if tag != 273 else 4))
        data = data[: at + 2] + struct.pack("<HII", 4, 1, value) + data[at + 12 :]
    return data


def bombs() -> Corpus:
    """Few bytes that say, or hold, very many pixels."""
    pixels, side = "too_many_pixels", "side_too_long"
    webp = b.saved(b.drawing(mode="RGBA"), "WEBP", lossless=False)
    gif = b.saved(b.drawing(mode="P"), "GIF")
    return {
        "bomb of nothing but a header.png": (b.png(width=50_000, height=50_000), pixels),
        "bomb of real pixels.png": (flat_png(16_000), pixels),
        "bomb.jpg": (_jpeg_of(60_000, 60_000), pixels),
        "bomb in steps.jpg": (
            _jpeg_of(20_000, 6_000, progressive=True),
            "too_many_pixels_progressive",
        ),
        "bomb.gif": (gif[:6] + b"\xff\xff\xff\xff" + gif[10:], side),
        "bomb.webp": (_patched(webp, b"VP8X", b"\xff" * 6, skip=8), side),
        "bomb.tif": (_tiff_saying((256, 50_000), (257, 50_000)), pixels),
        "bomb four billion wide.tif": (_tiff_saying((256, 0xFFFFFFFF)), side),
        "bomb.jp2": (_sized(b.saved(b.drawing(), "JPEG2000"), b"ihdr", 2**31, 2**31), side),
        "bomb.avif": (_sized(b.saved(b.drawing(), "AVIF"), b"ispe", 40_000, 40_000, 4), pixels),
        "bomb.heic": (_sized(_heic(), b"ispe", 40_000, 40_000, 4), pixels),
        "bomb.psd": (_sized(b.psd(), b"8BPS", 30_000, 30_000, 10), pixels),
        "bomb.dng": (
            b.tiff_block(
                b.short_tag(254, 0),
                (256, 4, 1, struct.pack("<I", 50_000)),
                (257, 4, 1, struct.pack("<I", 50_000)),
                b.short_tag(258, 8),
                b.short_tag(262, 2),
                (0xC612, 1, 4, b"\x01\x04\x00\x00"),
            ),
            pixels,
        ),
    }


def cut_off() -> Corpus:
    """Pictures of every format that end too early."""
    large = b.drawing(320, 240)
    whole = {
        "jpg": b.jpeg(picture=large),
        "png": b.saved(large, "PNG"),
        "gif": b.saved(b.drawing(320, 240, "P"), "GIF"),
        "webp": b.saved(large, "WEBP"),
        "tif": b.saved(large, "TIFF"),
        "jp2": b.saved(large, "JPEG2000"),
        "avif": b.saved(large, "AVIF"),
        "heic": _heic(large),
        "psd": b.psd(),
    }
    found: Corpus = {
        f"cut in the middle.{end}": (data[: len(data) * 2 // 3], "truncated")
        for end, data in whole.items()
        if end != "psd"
    }
    found["cut in the header.psd"] = (whole["psd"][:24], "truncated")
    found["cut in the resources.psd"] = (
        b.psd(b.resource(0x0404, b"\x1c\x02" * 400))[:300],
        "truncated",
    )
    found["cut after the mark.png"] = (whole["png"][:8], "damaged")
    found["cut after the mark.jpg"] = (whole["jpg"][:3], "damaged")
    found["cut after the mark.tif"] = (whole["tif"][:8], "damaged")
    found["cut after the mark.heic"] = (whole["heic"][:24], "damaged")
    return found


def disguises() -> Corpus:
    """What is something else, or also something else."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr("../../evil.sh", "rm -rf /")
    pixels = "too_many_pixels"  # what the script says when it is read as a header
    page = f"<html><body>{SCRIPT}</body></html>".encode()
    return {
        "empty.jpg": (b"", "empty"),
        "zeros.jpg": (bytes(100_000), "not_a_picture"),
        "noise.tif": (b"\xf3\x91" * 5000, "not_a_picture"),
        "drawing.jpg": (f"<svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>".encode(), "svg"),
        "laughing drawing.png": (LAUGHS + b"<svg>&i;</svg>", "svg"),
        "page.jpg": (b"\n\t" + page, "html"),
        "document.jpg": (b"%PDF-1.7\n1 0 obj", "pdf"),
        "printing program.tif": (b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file", "eps"),
        "packed.jpg": (packed.getvalue(), "archive"),
        "program.jpg": (b"MZ" + bytes(500), "not_a_picture"),
        "film.heic": (b.box(b"ftyp", b"isom\x00\x00\x02\x00isommp42") + bytes(99), "video"),
        "next format.jpg": (b"\x00\x00\x00\x0cJXL \r\n\x87\n" + bytes(99), "needs_sidecar"),
        "picture of windows.png": (b"BM" + bytes(99), "unsupported"),
        "raw of a camera.tif": (b"FUJIFILMCCD-RAW 0201" + bytes(99), "needs_sidecar"),
        "script that says it is a picture.gif": (b"GIF89a/*" + page, pixels),
        "png with the wrong ending.jpg": (b.saved(b.drawing(31, 17), "PNG"), None),
        "picture and archive.jpg": (b.jpeg() + packed.getvalue(), None),
        "picture and page.gif": (b.saved(b.drawing(mode="P"), "GIF") + page, None),
        "picture and document.png": (b.png() + b"%PDF-1.7 " + bytes(5000), None),
        "picture and a megabyte.jpg": (b.jpeg(picture=b.drawing(50, 40)) + b"x" * 1_000_000, None),
    }


def lies() -> Corpus:
    """Headers that say what is not so, in places where decoders have stumbled."""
    jp2, webp = b.saved(b.drawing(), "JPEG2000"), b.saved(b.drawing(mode="RGBA"), "WEBP")
    gif = b.saved(b.drawing(mode="P"), "GIF")
    frame = gif.index(b",", 13 + 3 * 2 ** ((gif[10] & 7) + 1))
    return {
        "no height.jpg": (_jpeg_of(64, 0), "no_pixels"),
        "no width.tif": (_tiff_saying((256, 0)), "no_pixels"),
        "three bits.png": (_patched(b.png(), b"IHDR", b"\x03", skip=8), "damaged"),
        "fewer pixels than said.png": (b.png(width=640, height=480), None),
        "larger than its stream.jp2": (_sized(jp2, b"ihdr", 640, 480), None),
        "smaller than its stream.heic": (_sized(_heic(), b"ispe", 8, 8, 4), None),
        "another canvas.webp": (_patched(webp, b"VP8X", b"\x07\x00\x00\x07\x00\x00", 8), "damaged"),
        "frame outside its canvas.gif": (
            gif[: frame + 1] + struct.pack("<HHHH", 60_000, 60_000, 64, 48) + gif[frame + 9 :],
            None,
        ),
        "strip far away.tif": (_tiff_saying((273, 0xFFFFFF00)), "truncated"),
        "strip longer than the file.tif": (_tiff_saying((279, 0x7FFFFFFF)), "truncated"),
        "unknown compression.tif": (_tiff_saying((259, 60_000)), None),
        "no bits.tif": (_tiff_saying((258, 0)), None),
        "sixty thousand channels.tif": (_tiff_saying((277, 60_000)), None),
        "sixty thousand channels.psd": (_patched(b.psd(), b"8BPS", b"\xff\xff", skip=8), None),
        "chunk of two gigabytes.png": (
            b.png()[:33] + b"\x7f\xff\xff\xffIDAT" + bytes(100),
            "truncated",
        ),
        "box of nothing.heic": (_patched(_heic(), b"mif1", bytes(4)) + bytes(8), None),
        "camera raw without a decoder.dng": (
            b.tiff(b.short_tag(0xFE, 0), (0xC612, 1, 4, b"\x01\x04\x00\x00")),
            None,
        ),
    }


def blocks() -> Corpus:
    """Pictures that are good but for a block of metadata."""
    loop = bytearray(b.tiff())
    at = 10 + 12 * loop[8]
    loop[at : at + 4] = struct.pack("<I", 8)
    many = b"II*\x00" + struct.pack("<IH", 8, 65535) + bytes(12 * 5000)
    wild = b.tiff_block(
        (0x010E, 2, 0xFFFFFFFF, b""),
        (0x8298, 5, 0x40000000, b""),
        sub={0x8769: [(0x9003, 2, 20, struct.pack("<I", 0xFFFFFF00))]},
    )
    external = b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>'
    profile = b"\x00\x00\x01\x00" + bytes(32) + b"acsp" + bytes(88) + b"\xff" * 500
    bomb = zlib.compress(b"0" * 60_000_000)
    jpegs = {
        "65,535 tags": b.exif(many),
        "tags that point anywhere": b.exif(wild),
        "tags that point to themselves": b.exif(b.tiff_block((0x8769, 4, 1, struct.pack("<I", 8)))),
        "tags of rubbish": b.exif(b"rubbish"),
        "billion laughs": b.xmp(LAUGHS + b.packet("<dc:format>&i;</dc:format>")),
        "file of the server": b.xmp(external),
        "deep xmp": b.xmp(b.packet("<dc:x>" * 3000 + "</dc:x>" * 3000)),
        "broken xmp": b.xmp(b"<x:xmpmeta><rdf:RDF>" + b"\xff\xfe" * 50),
        "xmp of another length": b.segment(0xE1, b.EXTENDED_HEAD + b"A" * 32 + b"\xff" * 8),
        "iptc cut off": b.photoshop(b.resource(0x0404, b"")[:-2] + b"\xff\xff\x1c\x02"),
        "iptc of great length": b.photoshop(
            b.resource(0x0404, b"\x1c\x02\x78\x80\x08" + b"\xff" * 8)
        ),
        "profile of rubbish": b.segment(0xE2, b"ICC_PROFILE\x00\x01\x01" + profile),
        "huge profile": b"".join(
            b.segment(0xE2, b"ICC_PROFILE\x00" + bytes((n, 40)) + profile + bytes(60_000))
            for n in range(1, 41)
        ),
    }
    return {
        **{f"{name}.jpg": (b.jpeg(block), None) for name, block in jpegs.items()},
        "giant xmp.tif": (
            b.tiff((700, 1, 5 << 20, b.packet("<dc:format>x</dc:format>").ljust(5 << 20))),
            None,
        ),
        "directory in a circle.tif": (bytes(loop), None),
        "65,535 tags.tif": (many, "damaged"),
        "inflating text.png": (b.png(b.png_chunk(b"zTXt", b"Comment\x00\x00" + bomb)), None),
        "inflating profile.png": (b.png(b.png_chunk(b"iCCP", b"name\x00\x00" + bomb)), None),
        "inflating translation.png": (
            b.png(b.png_chunk(b"iTXt", b"Title\x00\x01\x00\x00\x00" + bomb)),
            None,
        ),
        "four colours and no profile.jpg": (b.saved(b.drawing(mode="CMYK"), "JPEG"), None),
    }


def floods() -> Corpus:
    """Files of very many pictures."""
    more = [Image.new("L", (8, 8), 2 * n) for n in range(1, 100)]
    one = b.drawing(8, 8, "L")
    animated = b.png_chunk(b"acTL", struct.pack(">II", 0xFFFFFFF0, 0))
    return {
        "flood.gif": (b.saved(one, "GIF", save_all=True, append_images=more), "too_many_frames"),
        "flood.tif": (b.saved(one, "TIFF", save_all=True, append_images=more), "too_many_frames"),
        "flood.webp": (
            b.saved(one, "WEBP", save_all=True, append_images=more, lossless=True),
            "too_many_frames",
        ),
        "flood.png": (b.png(animated), "too_many_frames"),
    }


def crowds() -> Corpus:
    """Very many of something small, where a reader that looks at each again is lost."""
    keywords = [b.iim(*((2, 25, b"%d" % n) for n in range(first, first + 5_000)))
                for first in range(0, 50_000, 5_000)]  # fmt: skip
    properties = "".join(f"<dc:a{n}>x</dc:a{n}>" for n in range(60_000))
    bomb = b"a\x00\x00" + zlib.compress(bytes(4_000_000))
    packed = b"".join(b.png_chunk(b"zTXt", b"%d" % n + bomb) for n in range(300))
    small = b"".join(b.resource(0x0404, b"x") for _ in range(4_000))
    return {
        "fifty thousand keywords.jpg": (
            b.jpeg(*(b.photoshop(b.resource(0x0404, each)) for each in keywords)),
            None,
        ),
        "sixty thousand properties.webp": (
            b.saved(b.drawing(), "WEBP", xmp=b.packet(properties)),
            None,
        ),
        "sixty thousand subjects.webp": (
            b.saved(b.drawing(), "WEBP", xmp=b.packet(b.bag("dc:subject", *["a"] * 60_000))),
            None,
        ),
        "three hundred thousand segments.jpg": (
            b.SOI + b.segment(0xEB, b"") * 300_000 + b.jpeg()[2:],
            "damaged",
        ),
        "nothing but filling.jpg": (b.SOI + b"\xff" * 2_000_000 + b.jpeg()[2:], None),
        "many inflating texts.png": (b.png(packed), None),
        "thousands of resources.jpg": (b.jpeg(*[b.photoshop(small)] * 4), None),
        "a hundred thousand texts.png": (
            b.png(b"".join(b.png_chunk(b"tEXt", b"%d\x00" % n + b"v") for n in range(100_000))),
            None,
        ),
    }


def decoders() -> Corpus:
    """Pictures as the standards allow them, of which decoders know nothing or too much."""
    plain, at = b.jpeg(), b.jpeg().index(b"\xff\xc0")
    palette = struct.pack(">IIBBBBB", 64, 48, 8, 3, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\x05" * 64) * 48)
    steps = struct.pack(">IIBBBBB", 15_000, 15_000, 16, 6, 0, 0, 1)
    zeros = zlib.compress(bytes(4_000_000))  # of what should be two gigabytes
    deep = bytes(6) + struct.pack(">HIIHH", 3, 48, 64, 16, 3) + bytes(14)
    mark = b"\x89PNG\r\n\x1a\n"
    return {
        "lossless.jpg": (plain[:at] + b"\xff\xc3" + plain[at + 2 :], None),
        "hierarchical.jpg": (plain[:at] + b"\xff\xc5" + plain[at + 2 :], None),
        "twelve bits.jpg": (plain[: at + 4] + b"\x0c" + plain[at + 5 :], "damaged"),
        "palette without colours.png": (
            mark + b.png_chunk(b"IHDR", palette) + b.png_chunk(b"IDAT", rows)
            + b.png_chunk(b"IEND", b""),
            None,
        ),
        "two gigabytes in steps.png": (
            mark + b.png_chunk(b"IHDR", steps) + b.png_chunk(b"IDAT", zeros)
            + b.png_chunk(b"IEND", b""),
            None,
        ),
        "five channels.tif": (b.strip_tiff(5, 8, bytes(range(240)) * 64), None),
        "complex numbers.tif": (b.strip_tiff(1, 64, b"\x01" * 24_576, kind=5), None),
        "no numbers.tif": (b.strip_tiff(1, 32, b"\x00\x00\xc0\x7f" * 3_072, kind=3), None),
        "sixteen bits.psd": (b"8BPS\x00\x01" + deep + b"\x40\x00" * 9_216, "unsupported"),
    }  # fmt: skip


def words() -> Corpus:
    """Scripts, control characters and turned writing in every field there is."""
    evil = EVIL.encode()
    xml = EVIL.replace("\x07", "").replace("\x1b", "").replace("\x00", "")
    properties = "".join(
        b.alternatives(name, x_default=xml, hu=f"{xml} hu")
        for name in ("dc:title", "dc:description", "dc:rights", "xmpRights:UsageTerms")
    ) + "".join(b.bag(name, xml, kind=kind) for name, kind in (("dc:subject", "Bag"),
                ("dc:creator", "Seq")))  # fmt: skip
    plain = "".join(
        f"<{name}>{b.escape(xml)}</{name}>"
        for name in ("photoshop:City", "photoshop:Country", "photoshop:Credit",
                     "photoshop:Source", "photoshop:Headline", "xmpRights:WebStatement")
    )  # fmt: skip
    value = b.escape(xml, {'"': "&quot;"})
    hidden = f'<dc:title rdf:parseType="Resource"><rdf:value>{b.escape(xml)}</rdf:value></dc:title>'
    noted = f'<dc:description><rdf:Description rdf:value="{value}" xmpNote:x="y"/></dc:description>'
    tags = [b.ascii_tag(tag, evil.replace(b"\x00", b"")) for tag in (0x010E, 0x013B, 0x8298)]
    wide = [(tag, 1, 2 * len(EVIL), EVIL.encode("utf-16-le")) for tag in range(0x9C9B, 0x9C9F)]
    sets = [(2, number, evil) for number in
            (5, 25, 40, 80, 90, 92, 95, 101, 103, 105, 110, 115, 116, 120, 122)]  # fmt: skip
    chunks = [
        b.png_chunk(b"tEXt", key + b"\x00" + EVIL.encode("latin-1", "ignore"))
        for key in (b"Title", b"Author", b"Description", b"Copyright", b"Source")
    ]
    gif = b.saved(b.drawing(mode="P"), "GIF")
    return {
        "words in xmp.jpg": (b.jpeg(b.xmp(b.packet(properties + plain))), None),
        "words hidden in xmp.jpg": (b.jpeg(b.xmp(b.packet(hidden + noted))), None),
        "words in exif.jpg": (b.jpeg(b.exif(b.tiff_block(*tags, *wide))), None),
        "words in iptc.jpg": (b.jpeg(b.iptc(*sets)), None),
        "words in a comment.jpg": (b.jpeg(b.segment(0xFE, evil)), None),
        "words in chunks.png": (b.png(*chunks), None),
        "words in a key.png": (b.png(b.png_chunk(b"tEXt", evil[:70] + b"\x00value")), None),
        "words in a comment.gif": (
            gif[:-1] + b"!\xfe" + bytes((len(evil),)) + evil + b"\x00;",
            None,
        ),
        "words in tags.tif": (b.tiff(*tags), None),
        "a very long word.jpg": (b.jpeg(*[b.iptc((2, 120, b"x" * 30_000))] * 40), None),
    }


def names() -> Corpus:
    """Good pictures under names made to mislead whoever reads, or to break out of where they go."""
    listed = (
        "\u202egpj.exe.jpg",
        "zero\u200bwidth\u2060.jpg",
        "line\nbreak.jpg",
        "<img src=x onerror=alert(1)>.jpg",
        "\"quoted\" & 'so on'.jpg",
        "=cmd|' _C calc'!A0.jpg",
        "-rf --help.jpg",
        "%2e%2e%2f%00.jpg",
        "CON.jpg",
        "a..jpg",
        "a" * 250 + ".jpg",
        "{reason} {0} %s %(x)s.jpg",
        "\x1b[31mred\x07.jpg",
        "rundll.jpg.exe",
    )
    return {name: (b.jpeg(b.segment(0xFE, b"%d" % n)), None) for n, name in enumerate(listed)}
