"""Broken and hostile files: each is refused with a sentence, or its good parts are still read."""

import io
import json
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from archive.media.limits import Limits
from archive.media.probe import Probe, as_json, probe
from tests.unit.media import builders as b

GOOD_IPTC = b.iptc((2, 105, b"Headline that survives"))


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Probe]:
    """Probes bytes as a file."""

    def reader(data: bytes, **options: object) -> Probe:
        path = tmp_path / "picture.jpg"
        path.write_bytes(data)
        return probe(path, **options)

    return reader


def huge_png(width: int, height: int) -> bytes:
    return b.png(width=width, height=height)


def huge_jpeg(width: int, height: int, progressive: bool = False) -> bytes:
    data = b.jpeg(progressive=progressive)
    at = data.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


REFUSED = {
    "empty": (b"", "empty"),
    "text": (b"Dear archive, the pictures are in the post.", "not_a_picture"),
    "svg": (b"<?xml version='1.0'?>\n<svg onload='alert(1)'/>", "svg"),
    "html named jpg": (b"\n<!DOCTYPE html><script>alert(1)</script>", "html"),
    "script": (b"GIF8<script>", "html"),
    "pdf": (b"%PDF-1.7 ...", "pdf"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0", "eps"),
    "eps with preview": (b"\xc5\xd0\xd3\xc6" + bytes(28), "eps"),
    "zip": (b"PK\x03\x04" + bytes(30), "archive"),
    "bmp": (b"BM" + bytes(60), "unsupported"),
    "film": (b.box(b"ftyp", b"isom\x00\x00\x02\x00isom"), "video"),
    "raw": (b"FUJIFILMCCD-RAW 0201", "needs_sidecar"),
    "jxl": (b"\xff\x0a" + bytes(30), "needs_sidecar"),
    "zeros": (bytes(4096), "not_a_picture"),
    "only the marker of a jpeg": (b"\xff\xd8\xff", "damaged"),
    "jpeg without a frame": (b.SOI + b.iptc((2, 5, b"x")) + b"\xff\xd9", "damaged"),
    "jpeg cut off": (b.jpeg(picture=b.drawing(640, 480))[:6000], "truncated"),
    "jpeg of no height": (huge_jpeg(64, 0), "no_pixels"),
    "png cut off": (b.png()[:-30], "truncated"),
    "png without header": (b"\x89PNG\r\n\x1a\n" + b.png_chunk(b"IDAT", b""), "damaged"),
    "png whose chunk is longer than the file": (
        b"\x89PNG\r\n\x1a\n" + b.png()[8:33] + b"\x7f\xff\xff\xffIDATxx",
        "truncated",
    ),
    "png of too many pixels": (huge_png(50_000, 50_000), "too_many_pixels"),
    "png too long": (huge_png(60_001, 1), "side_too_long"),
    "jpeg of too many pixels": (huge_jpeg(60_000, 5_000), "too_many_pixels"),
    "progressive jpeg of too many pixels": (
        huge_jpeg(20_000, 6_000, progressive=True),
        "too_many_pixels_progressive",
    ),
    "tiff without directory": (b"II*\x00" + struct.pack("<I", 8), "damaged"),
    "tiff whose directory is far away": (b"II*\x00\xff\xff\xff\x7f", "damaged"),
    "tiff whose strip is behind the end": (b.tiff(at=5000), "truncated"),
    "tiff with 100 pages": (
        b.saved(b.drawing(8, 8), "TIFF", save_all=True, append_images=[b.drawing(8, 8)] * 99),
        "too_many_frames",
    ),
    "gif with 100 frames": (
        b.saved(
            b.drawing(8, 8, "P"),
            "GIF",
            save_all=True,
            append_images=[Image.new("L", (8, 8), 2 * n) for n in range(1, 100)],
        ),
        "too_many_frames",
    ),
    "gif cut off": (b.saved(b.drawing(mode="P"), "GIF")[:-40], "truncated"),
    "webp cut off": (b.saved(b.drawing(), "WEBP")[:-40], "truncated"),
    "heif without meta": (b.box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic"), "damaged"),
    "avif cut off": (b.saved(b.drawing(), "AVIF")[:-40], "truncated"),
    "jp2 cut off": (b.saved(b.drawing(), "JPEG2000")[:-40], "truncated"),
    "jp2 without header": (b.saved(b.drawing(), "JPEG2000")[:20], "damaged"),
    "psd cut off": (b.psd()[:28], "truncated"),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_refusals_say_why(read, name: str) -> None:
    data, code = REFUSED[name]
    found = read(data)
    assert (found.ok, found.code) == (False, code)
    assert found.reason is not None
    assert found.reason.endswith(".")
    assert "{" not in found.reason
    line = as_json(found, "a.jpg")
    assert (line["ok"], line["code"], line["reason"]) == (False, code, found.reason)


def test_what_is_no_file_or_cannot_be_read(tmp_path: Path) -> None:
    assert probe(tmp_path / "none.jpg").code == "unreadable"
    assert probe(tmp_path).code == "not_a_file"


def test_a_file_above_the_size_limit_is_not_scanned(read) -> None:
    found = read(b.jpeg(), limits=Limits(file_bytes=100))
    assert found.code == "file_too_large"
    assert found.sha256 is not None


def test_a_refused_picture_still_tells_what_it_says(read) -> None:
    found = read(b.jpeg(GOOD_IPTC, picture=b.drawing(640, 480))[:6000])
    assert found.code == "truncated"
    assert found.fields.headline == "Headline that survives"


def test_the_end_of_an_embedded_preview_is_not_the_end_of_the_picture(read) -> None:
    preview = b.exif(b.tiff_block(b.ascii_tag(0x013B, b"E")) + b.jpeg(picture=b.drawing(8, 8)))
    assert read(b.jpeg(preview, picture=b.drawing(640, 480))[:6000]).code == "truncated"


# --- one broken block never spoils the others ---

DEEP = "<dc:x>" * 200 + "</dc:x>" * 200
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
MANY_TAGS = b"II*\x00" + struct.pack("<IH", 8, 65535) + bytes(12 * 5000)
WILD_POINTERS = b.tiff_block(
    (0x010E, 2, 0xFFFFFFFF, b""),
    (0x9003, 99, 1, b""),
    (0x8298, 5, 0x40000000, b""),
    sub={0x8769: [(0x9003, 2, 20, struct.pack("<I", 0xFFFFFF00))]},
)

BROKEN = {
    "exif is rubbish": (b.exif(b"rubbish"), "EXIF: the block has no TIFF header"),
    "exif with 65,535 tags": (b.exif(MANY_TAGS), "65535 tags was left out"),
    "exif that points to itself": (
        b.exif(b.tiff_block((0x8769, 4, 1, struct.pack("<I", 8)))),
        "the loop was left out",
    ),
    "exif that points beyond its end": (b.exif(WILD_POINTERS), "beyond the end"),
    "xmp is not well-formed": (b.xmp(b"<x:xmpmeta><rdf:RDF>"), "XMP: is not well-formed"),
    "xmp is empty": (b.xmp(b""), None),
    "billion laughs": (b.xmp(LAUGHS + b.packet("<dc:format>&c;</dc:format>")), "XMP:"),
    "external entity": (
        b.xmp(b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>'),
        "document type",
    ),
    "document type without entities": (
        b.xmp(b"<!DOCTYPE x>" + b.packet("<dc:format>x</dc:format>").partition(b"?>")[2]),
        None,
    ),
    "xmp that is only a document type": (b.xmp(b"<!DOCTYPE r><r/>"), "document type"),
    "xmp too deep": (b.xmp(b.packet(DEEP)), "nested deeper than 32"),
    "photoshop resource cut off": (
        b.photoshop(b.resource(0x0404, b"")[:-2] + b"\xff\xff\x1c\x02"),
        "cut off",
    ),
    "profile is rubbish": (
        b.segment(0xE2, b"ICC_PROFILE\x00\x01\x01" + b"acsp" * 40),
        "colour profile",
    ),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_block_costs_only_itself(read, name: str) -> None:
    segment, warning = BROKEN[name]
    found = read(b.jpeg(GOOD_IPTC, segment))
    assert found.ok, found.reason
    assert found.fields.headline == "Headline that survives"
    assert warning is None or any(warning in each for each in found.warnings), found.warnings
    assert "root:" not in json.dumps(as_json(found, "x"))


def test_iptc_before_a_broken_value_is_kept(read) -> None:
    cut = b.iim((2, 90, b"Budapest"), (2, 105, b"A headline"))[:-4]
    found = read(b.jpeg(b.photoshop(b.resource(0x0404, cut))))
    assert found.iptc == {"City": "Budapest"}
    assert any("ends within a value" in each for each in found.warnings)


def test_one_wrong_tag_costs_only_itself(read) -> None:
    block = b.tiff_block(b.ascii_tag(0x013B, b"Escher"), (0x010E, 77, 9, b""), (0x011A, 5, 1, b""))
    assert read(b.jpeg(b.exif(block))).exif["Artist"] == "Escher"


def test_a_tiff_whose_directories_go_in_a_circle(read) -> None:
    data = bytearray(b.tiff())
    after = 10 + 12 * data[8]
    data[after : after + 4] = struct.pack("<I", 8)
    found = read(bytes(data))
    assert (found.ok, found.frames) == (True, 1)
    assert any("the loop was left out" in each for each in found.warnings)


def test_xmp_and_iptc_above_their_limits_are_left_out(read) -> None:
    small = Limits(xmp_bytes=200, iim_bytes=10)
    packet = b.packet(b.alternatives("dc:title", x_default="t" * 300))
    found = read(b.jpeg(b.xmp(packet), GOOD_IPTC), limits=small)
    assert (found.ok, found.xmp, found.iptc) == (True, {}, {})
    assert len(found.warnings) == 2
    assert found.raw["xmp"] == packet


def test_a_compressed_text_that_grows_without_end_is_cut(read) -> None:
    bomb = zlib.compress(b"0" * 50_000_000)
    found = read(b.png(b.png_chunk(b"zTXt", b"Comment\x00\x00" + bomb)))
    assert found.ok
    assert len(found.text["Comment"]) <= Limits().xmp_bytes


def test_no_text_of_a_picture_keeps_a_control_character(read) -> None:
    body = b"one\x07\x1b[31m two\x85\r\nthree"
    chunk = read(b.png(b.png_chunk(b"tEXt", b"Des\x9fcription\x00" + body)))
    said = read(b.jpeg(b.segment(0xFE, body)), charset="iso8859-2")
    listed = read(b.jpeg(b.iptc((2, 120, body))), charset="iso8859-2")
    assert chunk.text == {"Description": "one[31m two\nthree"}
    assert said.text["Comment"].startswith("one[31m two")
    assert listed.fields.caption == "one[31m two\nthree"


def test_a_comment_above_the_limit_is_shortened(read) -> None:
    found = read(b.jpeg(b.segment(0xFE, b"x" * 500)), limits=Limits(text_bytes=100))
    assert found.text == {"Comment": "x" * 100}


def test_a_window_hides_no_pixels_that_are_decoded(read) -> None:
    out = io.BytesIO()
    pillow_heif.from_pillow(b.drawing()).save(out)
    data = bytearray(out.getvalue())
    at = data.index(b"ispe") + 8
    data[at : at + 8] = struct.pack(">II", 50_000, 50_000)
    assert b"clap" in data
    assert read(bytes(data)).code == "too_many_pixels"


def test_a_text_above_the_limit_is_shortened_and_said_so(read) -> None:
    found = read(b.jpeg(b.iptc((2, 120, b"x" * 500))), limits=Limits(text_bytes=100))
    assert len(found.iptc["Caption-Abstract"]) == 100
    assert any("500 characters" in each for each in found.warnings)


def test_headers_larger_than_the_limit_are_not_kept_in_memory(read) -> None:
    filler = b.segment(0xE1, bytes(60_000)) * 4
    found = read(b.jpeg(filler, GOOD_IPTC), limits=Limits(header_bytes=200_000))
    assert found.ok
    assert found.fields.headline is None
    assert any("larger than the limit" in each for each in found.warnings)


# --- whatever bytes there are ---

RICH = [
    b.jpeg(
        b.exif(
            b.tiff_block(b.ascii_tag(0x013B, b"E"), sub={0x8769: [b.ascii_tag(0x9003, b"1956")]})
        ),
        b.xmp(b.packet(b.alternatives("dc:title", hu="F", en="M") + b.bag("dc:subject", "a", "b"))),
        GOOD_IPTC,
        picture=b.drawing(16, 16),
    ),
    b.png(b.raw_profile(b"xmp", b.packet(b.bag("dc:subject", "a")))),
    b.saved(b.drawing(16, 16), "TIFF", tiffinfo={700: b.packet("<dc:format>x</dc:format>")}),
    b.saved(b.drawing(16, 16), "WEBP", xmp=b.packet("<dc:format>x</dc:format>")),
    b.saved(b.drawing(16, 16), "AVIF", xmp=b.packet("<dc:format>x</dc:format>")),
    b.saved(b.drawing(16, 16), "JPEG2000"),
    b.gif_with_xmp(b.packet("<dc:format>x</dc:format>")),
    b.psd(b.resource(0x0404, b.iim((2, 5, b"x")))),
]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(RICH) - 1), st.integers(0, 2**32), st.integers(1, 12))
def test_no_damage_raises(tmp_path_factory, which: int, seed: int, times: int) -> None:
    draw = random.Random(seed)
    data = bytearray(RICH[which])
    for _ in range(times):
        data[draw.randrange(len(data))] = draw.choice((0, 1, 127, 128, 255, draw.randrange(256)))
    if draw.random() < 0.2:
        del data[draw.randrange(len(data)) :]
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(data)
    found = probe(path)
    json.dumps(as_json(found, path), allow_nan=False)
    assert found.ok or found.reason
