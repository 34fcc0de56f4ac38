"""What is read of accepted pictures: geometry, blocks in every container, charsets, fields."""

import hashlib
import json
import struct
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin

from archive.media.fields import iso_date
from archive.media.limits import Limits
from archive.media.probe import Probe, as_json, probe
from tests.unit.media import builders as b

CAPTION = b"Korondi f\xf5t\xe9r, 1956"  # cp1250 for "Korondi főtér"


@pytest.fixture
def read(tmp_path: Path):
    """Probes bytes as a file."""

    def reader(data: bytes, **options: object) -> Probe:
        path = tmp_path / "picture"
        path.write_bytes(data)
        return probe(path, **options)

    return reader


@pytest.mark.parametrize(
    ("format_", "name", "mime"),
    [
        ("JPEG", "JPEG", "image/jpeg"),
        ("PNG", "PNG", "image/png"),
        ("TIFF", "TIFF", "image/tiff"),
        ("WEBP", "WEBP", "image/webp"),
        ("GIF", "GIF", "image/gif"),
        ("AVIF", "AVIF", "image/avif"),
        ("JPEG2000", "JPEG2000", "image/jp2"),
    ],
)
def test_geometry_of_every_format(read, format_: str, name: str, mime: str) -> None:
    data = b.saved(b.drawing(90, 60), format_)
    found = read(data)
    assert (found.ok, found.format, found.mime) == (True, name, mime)
    assert (found.width, found.height, found.frames, found.bits) == (90, 60, 1, 8)
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert found.size == len(data)
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("mode", "format_", "expected"),
    [
        ("L", "JPEG", ("L", 8)),
        ("CMYK", "JPEG", ("CMYK", 8)),
        ("CMYK", "TIFF", ("CMYK", 8)),
        ("1", "TIFF", ("1", 1)),
        ("RGBA", "PNG", ("RGBA", 8)),
        ("RGBA", "TIFF", ("RGBA", 8)),
        ("P", "PNG", ("P", 8)),
        ("I;16", "PNG", ("L", 16)),
        ("I;16", "TIFF", ("L", 16)),
        ("RGBA", "WEBP", ("RGBA", 8)),
    ],
)
def test_mode_and_depth(read, mode: str, format_: str, expected: tuple[str, int]) -> None:
    picture = Image.new("I;16", (20, 10)) if mode == "I;16" else b.drawing(20, 10, mode)
    found = read(b.saved(picture, format_))
    assert (found.ok, found.mode, found.bits) == (True, *expected)


def test_heic(read, tmp_path: Path) -> None:
    path = tmp_path / "a.heic"
    pillow_heif.from_pillow(b.drawing(80, 40)).save(path, quality=50)
    found = probe(path)
    assert (found.ok, found.format, found.width, found.height) == (True, "HEIF", 80, 40)


def test_big_tiff(read) -> None:
    found = read(b.saved(b.drawing(70, 50), "TIFF", big_tiff=True))
    assert (found.ok, found.format, found.width, found.height) == (True, "TIFF", 70, 50)


def test_several_pages_and_a_pyramid_level(read) -> None:
    pages = [b.drawing(40, 30), b.drawing(40, 30)]
    assert read(b.saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])).frames == 2


PACKET = b.packet(b.alternatives("dc:title", hu="Főtér", en="Main square"))
IIM = b.iim((2, 105, "Főtér".encode()))


def containers() -> dict[str, bytes]:
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", PACKET.decode(), zip=True)
    uuid = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    return {
        "jpeg": b.jpeg(b.xmp(PACKET)),
        "jpeg, header of another kind": b.jpeg(b.segment(0xE1, b"XMP\x00" + PACKET)),
        "png": b.saved(b.drawing(), "PNG", pnginfo=text),
        "png, raw profile": b.png(b.raw_profile(b"xmp", PACKET)),
        "webp": b.saved(b.drawing(), "WEBP", xmp=PACKET),
        "avif": b.saved(b.drawing(), "AVIF", xmp=PACKET),
        "gif": b.gif_with_xmp(PACKET),
        "tiff": b.saved(b.drawing(), "TIFF", tiffinfo={700: PACKET}),
        "psd": b.psd(b.resource(0x0424, PACKET)),
        "jp2": b.saved(b.drawing(), "JPEG2000") + b.box(b"uuid", uuid + PACKET),
    }


@pytest.mark.parametrize("kind", list(containers()))
def test_xmp_in_every_container(read, kind: str) -> None:
    found = read(containers()[kind])
    assert found.ok, found.reason
    assert found.xmp == {"dc:title": {"hu": "Főtér", "en": "Main square"}}
    assert found.fields.title == {"hu": "Főtér", "en": "Main square"}
    assert b"Main square" in found.raw["xmp"]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("jpeg", b.jpeg(b.iptc((2, 105, "Főtér".encode())))),
        ("png", b.png(b.raw_profile(b"iptc", b.resource(0x0404, IIM)))),
        ("psd", b.psd(b.resource(0x0404, IIM))),
        ("tiff", b.saved(b.drawing(), "TIFF", tiffinfo={33723: IIM})),
    ],
)
def test_iptc_in_every_container(read, kind: str, data: bytes) -> None:
    found = read(data)
    assert found.ok
    assert found.iptc == {"Headline": "Főtér"}
    assert found.raw["iptc"].rstrip(b"\x00") == IIM


def exif_containers() -> dict[str, bytes]:
    artist = b.ascii_tag(0x013B, "Escher Károly".encode())
    taken = {0x8769: [b.ascii_tag(0x9003, b"1956:10:25 11:30:00")]}
    block = b.tiff_block(artist, sub=taken)
    return {
        "jpeg": b.jpeg(b.exif(block)),
        "png": b.png(b.png_chunk(b"eXIf", block)),
        "png, raw profile": b.png(b.raw_profile(b"exif", b"Exif\x00\x00" + block)),
        "webp": b.saved(b.drawing(), "WEBP", exif=block),
        "avif": b.saved(b.drawing(), "AVIF", exif=block),
        "tiff": b.tiff(artist, sub=taken),
        "psd": b.psd(b.resource(0x0422, block)),
        "jp2": b.saved(b.drawing(), "JPEG2000") + b.box(b"uuid", b"JpgTiffExif->JP2" + block),
    }


@pytest.mark.parametrize("kind", list(exif_containers()))
def test_exif_in_every_container(read, kind: str) -> None:
    found = read(exif_containers()[kind])
    assert found.ok, found.reason
    assert found.exif["Artist"] == "Escher Károly"
    assert found.exif["DateTimeOriginal"] == "1956:10:25 11:30:00"
    assert found.fields.date_created == "1956-10-25T11:30:00"
    assert found.fields.creator == ("Escher Károly",)


def test_several_photoshop_segments_are_read_together(read) -> None:
    whole = b.resource(0x0404, b.iim((2, 120, b"x" * 300), (2, 90, b"Budapest")))
    found = read(b.jpeg(b.photoshop(whole[:100]), b.photoshop(whole[100:])))
    assert found.iptc["City"] == "Budapest"
    assert found.iptc["Caption-Abstract"] == "x" * 300


def test_extended_xmp(read) -> None:
    guid = "0123456789ABCDEF0123456789ABCDEF"
    rest = b.packet(b.alternatives("dc:description", x_default="A long one"))
    main = b.packet(f"<xmpNote:HasExtendedXMP>{guid}</xmpNote:HasExtendedXMP>")
    parts = [
        b.segment(
            0xE1,
            b.EXTENDED_HEAD
            + guid.encode()
            + struct.pack(">II", len(rest), at)
            + rest[at : at + 300],
        )
        for at in range(0, len(rest), 300)
    ]
    found = read(b.jpeg(b.xmp(main), *reversed(parts)))
    assert found.fields.caption == "A long one"
    lacking = read(b.jpeg(b.xmp(main), *parts[1:]))
    assert lacking.fields.caption is None
    assert any("piece of the extended packet is missing" in each for each in lacking.warnings)


# --- charsets ---


def test_undeclared_cp1250_is_read_and_flagged(read) -> None:
    found = read(b.jpeg(b.iptc((2, 120, CAPTION))))
    assert found.fields.caption == "Korondi főtér, 1956"
    assert found.warnings == ("IPTC Caption-Abstract: not UTF-8, read as cp1250 (charset assumed)",)


def test_the_collection_says_which_charset(read) -> None:
    found = read(b.jpeg(b.iptc((2, 120, CAPTION))), charset="iso8859-1")
    assert found.fields.caption == "Korondi fõtér, 1956"
    assert any("may stand for ő or ű" in each for each in found.warnings)


@pytest.mark.parametrize(
    ("declaration", "raw"),
    [
        (b"\x1b%G", "Korondi főtér, 1956".encode()),
        (b"\x1b-B", CAPTION),
        (b"", "Korondi főtér, 1956".encode()),
    ],
)
def test_declared_charsets_and_utf8_need_no_guess(read, declaration: bytes, raw: bytes) -> None:
    found = read(b.jpeg(b.iptc((1, 90, declaration), (2, 120, raw))))
    assert found.fields.caption == "Korondi főtér, 1956"
    assert found.warnings == ()


def test_text_that_claims_utf8_and_is_not(read) -> None:
    found = read(b.jpeg(b.iptc((1, 90, b"\x1b%G"), (2, 120, CAPTION))))
    assert found.fields.caption == "Korondi főtér, 1956"
    assert any("charset assumed" in each for each in found.warnings)


def test_exif_text_in_cp1250(read) -> None:
    found = read(b.jpeg(b.exif(b.tiff_block(b.ascii_tag(0x010E, CAPTION)))))
    assert found.exif["ImageDescription"] == "Korondi főtér, 1956"
    assert any("EXIF ImageDescription" in each for each in found.warnings)


def test_xmp_with_bytes_that_are_not_utf8(read) -> None:
    raw = b.packet(b.alternatives("dc:title", x_default="f?ter")).replace(b"f?ter", b"f\xf5t\xe9r")
    found = read(b.jpeg(b.xmp(raw)))
    assert found.fields.title == "főtér"
    assert any("charset assumed" in each for each in found.warnings)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_user_comment_in_unicode_of_either_order(read, order: str) -> None:
    value = b"UNICODE\x00" + "Tűzoltók a körúton".encode(order)
    block = b.tiff_block(sub={0x8769: [(0x9286, 7, len(value), value)]})
    assert read(b.jpeg(b.exif(block))).fields.caption == "Tűzoltók a körúton"


# --- fields ---


def test_xmp_before_iptc_before_exif_and_conflicts_are_told(read) -> None:
    found = read(
        b.jpeg(
            b.exif(b.tiff_block(b.ascii_tag(0x010E, b"An EXIF caption"))),
            b.xmp(b.packet(b.alternatives("dc:description", x_default="An XMP caption"))),
            b.iptc((2, 120, b"An IPTC caption"), (2, 80, b"Demeter Balla")),
        )
    )
    assert found.fields.caption == "An XMP caption"
    assert found.fields.creator == ("Demeter Balla",)
    assert set(found.warnings) == {
        "caption: dc:description and IPTC Caption-Abstract differ",
        "caption: dc:description and EXIF ImageDescription differ",
    }


def test_a_value_cut_by_iptc_or_in_another_language_is_no_conflict(read) -> None:
    long = "Magyar Fotóriporterek Szövetsége Budapest, Ötödik kerület"
    described = b.alternatives("dc:description", en="Main square", hu="Főtér")
    credited = f"<photoshop:Credit>{long}</photoshop:Credit>"
    found = read(
        b.jpeg(
            b.xmp(b.packet(described + credited)),
            b.iptc((2, 110, long.encode()[:32]), (2, 120, "Főtér".encode())),
        )
    )
    assert found.fields.credit == long
    assert found.warnings == ()


def test_keywords_of_all_standards_are_kept(read) -> None:
    found = read(
        b.jpeg(
            b.xmp(b.packet(b.bag("dc:subject", "tömeg", "Budapest"))),
            b.iptc((2, 25, b"budapest"), (2, 25, b"tank")),
        )
    )
    assert found.fields.keywords == ("tömeg", "Budapest", "tank")
    assert found.iptc["Keywords"] == ["budapest", "tank"]


@pytest.mark.parametrize(
    "text",
    [
        "OLYMPUS DIGITAL CAMERA         ",
        "SANYO DIGITAL CAMERA",
        "KODAK Digital Still Camera",
        "SONY DSC",
        "Exif_JPEG_PICTURE",
        "<Digimax i50 MP3, Samsung #1 MP3>",
        "LEAD Technologies Inc. V1.01",
        "File written by Adobe Photoshop? 4.0",
        "Handmade Software, Inc. Image Alchemy v1.11",
        "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90",
        "Created with The GIMP",
        "Adobe Photoshop CS2",
        "DCIM\\100MEDIA\\DJI_0001.JPG",
    ],
)
def test_what_a_device_wrote_by_itself_is_no_caption(read, text: str) -> None:
    block = b.tiff_block(b.ascii_tag(0x010E, text.encode()))
    found = read(b.jpeg(b.exif(block)))
    assert found.fields.caption is None
    assert found.exif["ImageDescription"].strip() == text.strip()
    named = read(b.jpeg(b.iptc((2, 5, text.encode()))))
    assert named.fields.title is None


@pytest.mark.parametrize(
    "text",
    [
        "Olympus digital camera in a shop window",
        "Technology museum, 1956",
        "Created by photographer Kovács",
        "Picture of a demonstration",
        "Leading the march",
        "Samsung works",
    ],
)
def test_a_persons_words_about_devices_stay(read, text: str) -> None:
    block = b.tiff_block(b.ascii_tag(0x010E, text.encode()))
    assert read(b.jpeg(b.exif(block))).fields.caption == text


def date_block(make: bytes, model: bytes, taken: bytes, software: bytes = b"") -> bytes:
    return b.tiff_block(
        b.ascii_tag(0x010F, make),
        b.ascii_tag(0x0110, model),
        b.ascii_tag(0x0131, software),
        sub={0x8769: [b.ascii_tag(0x9003, taken)]},
    )


@pytest.mark.parametrize(
    ("make", "model", "software"),
    [
        (b"EPSON", b"Perfection V850", b""),
        (b"SEIKO EPSON CORP.", b"ES-10000G", b""),
        (b"Nikon", b"Nikon SUPER COOLSCAN 5000 ED", b""),
        (b"Canon", b"CanoScan 9000F", b""),
        (b"Hasselblad", b"Flextight X5", b""),
        (b"", b"", b"VueScan 9 x64"),
        (b"", b"", b"SilverFast 8.8"),
    ],
)
def test_a_scanners_date_is_the_date_digitised(read, make, model, software) -> None:
    found = read(b.jpeg(b.exif(date_block(make, model, b"2014:03:02 10:11:12", software))))
    assert found.fields.date_created is None
    assert found.fields.date_digitised == "2014-03-02T10:11:12"
    assert any("a scanner's date" in each for each in found.warnings)


def test_a_date_typed_into_a_scan_is_the_photographs(read) -> None:
    found = read(b.jpeg(b.exif(date_block(b"EPSON", b"Perfection", b"1956:11:04 00:00:00"))))
    assert (found.fields.date_created, found.fields.date_digitised) == ("1956-11-04", None)


def test_a_source_type_of_print_makes_it_a_scan(read) -> None:
    kind = "http://cv.iptc.org/newscodes/digitalsourcetype/print"
    properties = (
        f"<Iptc4xmpExt:DigitalSourceType>{kind}</Iptc4xmpExt:DigitalSourceType>"
        "<photoshop:DateCreated>2011-05-06</photoshop:DateCreated>"
    )
    found = read(b.jpeg(b.xmp(b.packet(properties))))
    assert (found.fields.date_created, found.fields.date_digitised) == (None, "2011-05-06")


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        (b"Canon", b"Canon EOS 5D", "Canon EOS 5D"),
        (b"SEIKO EPSON CORP.", b"PhotoPC 850Z", "SEIKO EPSON CORP. PhotoPC 850Z"),
    ],
)
def test_a_cameras_date_is_the_photographs(read, make, model, camera) -> None:
    found = read(b.jpeg(b.exif(date_block(make, model, b"2014:03:02 10:11:12"))))
    assert found.fields.date_created == "2014-03-02T10:11:12"
    assert found.fields.camera == camera


def test_the_zone_of_the_time_is_kept(read) -> None:
    taken = [b.ascii_tag(0x9003, b"2014:03:02 10:11:12"), b.ascii_tag(0x9011, b"+01:00")]
    found = read(b.jpeg(b.exif(b.tiff_block(sub={0x8769: taken}))))
    assert found.fields.date_created == "2014-03-02T10:11:12+01:00"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1956", "1956"),
        ("1956:00:00", "1956"),
        ("1956-10", "1956-10"),
        ("1956:10:00", "1956-10"),
        ("1956-10-23T00:00:00", "1956-10-23"),
        ("2011-10-23T00:00:00Z", "2011-10-23T00:00:00Z"),
        ("2011:10:23 25:61:00", "2011-10-23"),
        ("0000:00:00 00:00:00", None),
        ("2011:02:30", None),
        ("    :  :     :  :  ", None),
        ("nyár", None),
    ],
)
def test_dates_as_files_write_them(written: str, expected: str | None) -> None:
    assert iso_date(written) == expected


def test_place_and_orientation(read) -> None:
    third = struct.pack("<6I", 47, 1, 29, 1, 5386, 100)
    east = struct.pack("<6I", 19, 1, 2, 1, 2220, 100)
    block = b.tiff_block(
        b.short_tag(0x0112, 6),
        sub={0x8825: [
            (1, 2, 2, b"N\x00"), (2, 5, 3, third), (3, 2, 2, b"E\x00"), (4, 5, 3, east),
        ]},
    )  # fmt: skip
    found = read(b.jpeg(b.exif(block)))
    assert found.fields.gps == pytest.approx((47.498294, 19.0395), abs=1e-6)
    assert found.fields.orientation == 6


def test_the_name_of_the_colour_profile(read, tmp_path: Path) -> None:
    found = read(b.jpeg(b.segment(0xE2, b"ICC_PROFILE\x00\x01\x01" + b"rubbish")))
    assert found.icc is None
    assert any("colour profile" in each for each in found.warnings)


def test_bytes_after_the_picture_are_noted(read) -> None:
    found = read(b.jpeg() + b"<script>alert(1)</script>")
    assert found.ok
    assert found.warnings == ("25 bytes follow the end of the picture; they are kept",)


def test_scripts_in_text_stay_text(read) -> None:
    words = "<script>alert('ő')</script>\u0007"
    found = read(b.jpeg(b.iptc((2, 120, words.encode()))))
    assert found.fields.caption == "<script>alert('ő')</script>"


# --- the contract ---


def test_the_json_of_the_contract(read) -> None:
    found = read(
        b.jpeg(
            b.exif(date_block(b"Canon", b"EOS", b"2014:03:02 10:11:12")),
            b.xmp(b.packet(b.alternatives("dc:title", hu="Főtér", en="Main square"))),
            b.iptc((2, 80, b"A"), (2, 80, b"B"), (2, 55, b"20140302"), (2, 25, b"tank")),
        )
    )
    line = as_json(found, "képek/a.jpg")
    assert json.loads(json.dumps(line)) == line
    assert line["path"] == "képek/a.jpg"
    assert line["ok"] is True
    assert "reason" not in line
    assert "icc" not in line
    assert line["iptc"]["By-line"] == ["A", "B"]
    assert line["iptc"]["DateCreated"] == "2014:03:02"
    assert line["xmp"] == {"dc:title": {"hu": "Főtér", "en": "Main square"}}
    assert line["fields"] == {
        "title": {"hu": "Főtér", "en": "Main square"},
        "creator": "A; B",
        "keywords": ["tank"],
        "date_created": "2014-03-02",
        "camera": "Canon EOS",
    }
    assert line["warnings"] == []


def test_a_path_that_is_not_utf8_can_be_printed(read) -> None:
    line = as_json(read(b.jpeg()), b"k\xe9p.jpg".decode("utf-8", "surrogateescape"))
    assert line["path"] == "k�p.jpg"


def test_a_known_digest_is_not_computed_again(read) -> None:
    assert read(b.jpeg(), sha256="0" * 64).sha256 == "0" * 64


def test_all_real_pictures(shared_data: Path) -> None:
    refused = {}
    for path in sorted((shared_data / "images").rglob("*")):
        if path.is_file() and path.suffix not in ("", ".csv"):
            found = probe(path)
            json.dumps(as_json(found, path), allow_nan=False)
            if not found.ok:
                refused[path.name] = found.code
    assert refused == {"jpg__beach.jpg": "no_pixels", "truncated_image.png": "truncated"}


def test_real_captions_in_three_standards(shared_data: Path) -> None:
    found = probe(shared_data / "images" / "exiv2-iptc-xmp" / "Reagan.jpg")
    assert found.fields.caption == found.iptc["Caption-Abstract"] == found.exif["ImageDescription"]
    assert found.fields.keywords
    assert found.fields.date_created


def test_limits_are_the_callers(read) -> None:
    found = read(b.jpeg(), limits=Limits(pixels=1000))
    assert (found.ok, found.code) == (False, "too_many_pixels")
    assert found.reason == "The picture has 64 × 48 pixels; at most 1000 are accepted."


def test_tags_that_few_programs_name(read) -> None:
    place = struct.pack("<II", 7, 2)
    found = read(b.tiff((0x011E, 5, 1, place), b.ascii_tag(0xA481, b"-9999")))
    assert (found.exif["XPosition"], found.exif["GDALNoData"]) == (3.5, "-9999")
    area = [(0x9214, 3, 3, struct.pack("<HHH", 10, 20, 5))]
    seen = read(b.jpeg(b.exif(b.tiff_block(b.ascii_tag(0x013B, b"E"), sub={0x8769: area}))))
    assert seen.exif["SubjectArea"] == [10, 20, 5]
    sets = ((2, 188, b"MTI"), (2, 200, b"\x00\x0b"), (2, 154, b"end"), (2, 255, b"a"))
    listed = read(b.jpeg(b.iptc(*sets, (2, 255, b"b")))).iptc
    assert listed == {
        "OwnerID": "MTI", "ObjectPreviewFileFormat": 11, "AudioOutcue": "end",
        "CatalogSets": ["a", "b"],
    }  # fmt: skip
