"""What is written into copies, judged by ExifTool and our own reader; pixels stay as they are."""

import json
import shutil
import struct
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image, ImageCms

from archive.media.derivatives import deliver
from archive.media.embed import EmbedError, embed
from archive.media.packet import Embedded, Licensor, packet
from archive.media.probe import probe
from tests.unit.media import builders as b

WORDS = Embedded(
    title={"hu": "Főtér, Kőszeg", "en": "Main square, Kőszeg"},
    description={"hu": "Tűzoltók <1956> & mások", "en": "Firemen & others"},
    alt_text={"hu": "Emberek a téren", "en": "People in a square"},
    rights={"hu": "© Escher örököse", "en": "© Heir of Escher"},
    usage_terms={"hu": "Egyszeri közlés", "en": "Single use"},
    creator=("Escher Károly", "Ismeretlen Őrző"),
    credit="Pillanat / Őrző Család",
    source="Pillanat archívum",
    date_created="1956-10-25",
    web_statement="https://example.org/r?a=1&b=2",
    marked=True,
    licensor=Licensor("Pillanat", "https://example.org", "rights@example.org"),
    licence_number="L-2026/0001",
    licence_start="2026-01-01",
    licence_end="2027-12-31",
    data_mining="DMI-PROHIBITED",
    digital_source_type="negativeFilm",
)
PLACE = b.tiff_block(
    b.ascii_tag(0x010E, b"An older caption"),
    b.short_tag(0x0112, 6),
    sub={0x8825: [(1, 2, 2, b"N\x00"), (2, 5, 3, struct.pack("<6I", 47, 1, 29, 1, 53, 1))]},
)


def sources() -> dict[str, bytes]:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = b.drawing(90, 60)
    return {
        "plain.jpg": b.saved(picture, "JPEG"),
        "progressive.jpg": b.saved(picture, "JPEG", progressive=True, icc_profile=profile),
        "cmyk.jpg": b.saved(b.drawing(90, 60, "CMYK"), "JPEG"),
        "described.jpg": b.jpeg(
            b.exif(PLACE), b.xmp(b.packet("<dc:format>old</dc:format>")), b.iptc((2, 90, b"Bp"))
        ),
        "restarts.jpg": b.saved(picture, "JPEG", restart_marker_blocks=2),
        "plain.tif": b.saved(picture, "TIFF", dpi=(300, 300), icc_profile=profile),
        "deep.tif": b.saved(Image.new("I;16", (40, 30), 40_000), "TIFF", dpi=(300, 300)),
        "big.btf": b.saved(picture, "TIFF", big_tiff=True, dpi=(300, 300)),
        "plain.png": b.saved(picture, "PNG", icc_profile=profile),
        "described.png": b.png(b.png_chunk(b"eXIf", PLACE), b.png_chunk(b"tEXt", b"Author\x00X")),
    }


@pytest.fixture(params=list(sources()))
def copies(request, tmp_path: Path) -> tuple[Path, Path]:
    """A source of each kind and its copy with the words in it."""
    source, copy = tmp_path / request.param, tmp_path / f"copy-{request.param}"
    source.write_bytes(sources()[request.param])
    embed(source, copy, WORDS)
    return source, copy


@pytest.fixture
def exiftool(needs: Callable[..., None]) -> Callable[..., dict]:
    """What ExifTool says of a file."""
    needs(shutil.which("exiftool"), "ExifTool (Debian: libimage-exiftool-perl)")

    def read(path: Path, *options: str) -> dict:
        command = [
            "exiftool",
            "-j",
            "-a",
            "-G1",
            "-struct",
            "-charset",
            "utf8",
            *options,
            str(path),
        ]
        return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)[0]

    return read


def test_pixels_and_profile_stay(copies: tuple[Path, Path]) -> None:
    source, copy = copies
    with Image.open(source) as before, Image.open(copy) as after:
        assert before.mode == after.mode
        assert np.array_equal(np.asarray(before), np.asarray(after))
        assert before.info.get("icc_profile") == after.info.get("icc_profile")


def test_exiftool_finds_no_fault(copies: tuple[Path, Path], exiftool) -> None:
    found = exiftool(copies[1], "-validate", "-warning", "-error")
    assert found["ExifTool:Validate"] == "0 0 0" or found["ExifTool:Validate"] == "OK", found


def test_exiftool_reads_both_languages(copies: tuple[Path, Path], exiftool) -> None:
    found = exiftool(copies[1])
    expected = {
        "XMP-dc:Title": "Főtér, Kőszeg",
        "XMP-dc:Title-hu": "Főtér, Kőszeg",
        "XMP-dc:Title-en": "Main square, Kőszeg",
        "XMP-dc:Description-hu": "Tűzoltók <1956> & mások",
        "XMP-dc:Description-en": "Firemen & others",
        "XMP-dc:Rights-hu": "© Escher örököse",
        "XMP-dc:Rights-en": "© Heir of Escher",
        "XMP-dc:Creator": ["Escher Károly", "Ismeretlen Őrző"],
        "XMP-photoshop:Credit": "Pillanat / Őrző Család",
        "XMP-photoshop:Source": "Pillanat archívum",
        "XMP-photoshop:DateCreated": "1956:10:25",
        "XMP-xmpRights:Marked": True,
        "XMP-xmpRights:WebStatement": "https://example.org/r?a=1&b=2",
        "XMP-xmpRights:UsageTerms-hu": "Egyszeri közlés",
        "XMP-xmpRights:UsageTerms-en": "Single use",
        "XMP-iptcCore:AltTextAccessibility-hu": "Emberek a téren",
        "XMP-iptcCore:AltTextAccessibility-en": "People in a square",
        "XMP-iptcExt:DigitalSourceType": (
            "http://cv.iptc.org/newscodes/digitalsourcetype/negativeFilm"
        ),
        "XMP-plus:Licensor": [
            {
                "LicensorName": "Pillanat",
                "LicensorURL": "https://example.org",
                "LicensorEmail": "rights@example.org",
            }
        ],
        "XMP-plus:LicenseID": "L-2026/0001",
        "XMP-plus:LicensorTransactionID": ["L-2026/0001"],
        "XMP-plus:LicenseStartDate": "2026:01:01",
        "XMP-plus:LicenseEndDate": "2027:12:31",
        "XMP-plus:DataMining": "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
    }
    assert {name: found.get(name) for name in expected} == expected


def test_newsrooms_that_read_iptc_and_exif_get_the_first_language(
    copies: tuple[Path, Path], exiftool
) -> None:
    if copies[1].suffix == ".png":
        assert not any(name.startswith("IPTC:") for name in exiftool(copies[1]))
        return
    found = exiftool(copies[1])
    expected = {
        "IPTC:ObjectName": "Főtér, Kőszeg",
        "IPTC:By-line": ["Escher Károly", "Ismeretlen Őrző"],
        "IPTC:Credit": "Pillanat / Őrző Család",
        "IPTC:CopyrightNotice": "© Escher örököse",
        "IPTC:Caption-Abstract": "Tűzoltók <1956> & mások",
        "IPTC:DateCreated": "1956:10:25",
        "IFD0:Artist": "Escher Károly; Ismeretlen Őrző",
        "IFD0:Copyright": "© Escher örököse",
        "IFD0:ImageDescription": "Tűzoltók <1956> & mások",
    }
    assert {name: found.get(name) for name in expected} == expected


def test_our_own_reader_reads_it_back(copies: tuple[Path, Path]) -> None:
    found = probe(copies[1])
    assert (found.ok, found.warnings) == (True, ())
    assert found.fields.title == {"x-default": "Főtér, Kőszeg", **WORDS.title}
    assert found.fields.caption == {"x-default": WORDS.description["hu"], **WORDS.description}
    assert found.fields.creator == WORDS.creator
    assert found.fields.date_created == "1956-10-25"


def test_the_same_words_give_the_same_bytes(copies: tuple[Path, Path], tmp_path: Path) -> None:
    again = tmp_path / "again"
    embed(copies[0], again, WORDS)
    assert again.read_bytes() == copies[1].read_bytes()


@pytest.mark.parametrize("name", ["described.jpg", "described.png"])
def test_old_words_and_places_are_gone_and_the_orientation_stays(tmp_path: Path, name: str) -> None:
    source, copy = tmp_path / name, tmp_path / f"copy-{name}"
    source.write_bytes(sources()[name])
    embed(source, copy, WORDS)
    found = probe(copy)
    assert probe(source).exif["GPSLatitudeRef"] == "N"
    assert not any(tag.startswith("GPS") for tag in found.exif)
    assert b"An older caption" not in copy.read_bytes()
    assert "dc:format" not in found.xmp
    assert "City" not in found.iptc
    if name.endswith("jpg"):
        assert found.fields.orientation == 6


def test_old_places_in_a_tiff_are_overwritten(tmp_path: Path) -> None:
    place = struct.pack("<6I", 47, 1, 29, 1, 53, 1)
    source, copy = tmp_path / "a.tif", tmp_path / "b.tif"
    entry = b.ascii_tag(0x010E, b"An older caption")
    source.write_bytes(b.tiff(entry, sub={0x8825: [(1, 2, 2, b"N\x00"), (2, 5, 3, place)]}))
    embed(source, copy, WORDS)
    assert place in source.read_bytes()
    assert place not in copy.read_bytes()
    assert b"An older caption" not in copy.read_bytes()
    with Image.open(source) as before, Image.open(copy) as after:
        assert before.tobytes() == after.tobytes()


def test_what_follows_a_jpeg_is_not_delivered(tmp_path: Path) -> None:
    source, copy = tmp_path / "a.jpg", tmp_path / "b.jpg"
    source.write_bytes(b.saved(b.drawing(), "JPEG", progressive=True) + b"secret preview\xff\xd9")
    embed(source, copy, WORDS)
    assert b"secret" not in copy.read_bytes()
    assert copy.read_bytes().endswith(b"\xff\xd9")


def test_a_delivered_file_carries_its_licence(tmp_path: Path, exiftool) -> None:
    master, plain, copy = tmp_path / "m.jpg", tmp_path / "p.jpg", tmp_path / "c.jpg"
    master.write_bytes(sources()["described.jpg"])
    deliver(master, plain)
    embed(plain, copy, WORDS)
    found = exiftool(copy)
    assert found["XMP-plus:LicenseID"] == "L-2026/0001"
    assert found["ICC_Profile:ProfileDescription"].startswith("sRGB")
    assert "An older caption" not in json.dumps(found)


def test_empty_values_are_left_out() -> None:
    text = packet(Embedded(title={"en": "Only this"})).decode()
    assert text.count("<dc:") == 1
    assert "xmpRights:Marked>" not in text
    assert "plus:Licen" not in text


def test_words_cannot_break_out_of_the_packet(tmp_path: Path) -> None:
    evil = "</rdf:li></rdf:Alt></dc:title><dc:rights>mine</dc:rights>\x00\x0b<![CDATA["
    source, copy = tmp_path / "a.jpg", tmp_path / "b.jpg"
    source.write_bytes(b.jpeg())
    embed(source, copy, Embedded(title={"en": evil, 'x" xml:id="y': "z"}, credit=evil))
    found = probe(copy)
    assert "dc:rights" not in found.xmp
    assert found.xmp["photoshop:Credit"] == evil.replace("\x00", "").replace("\x0b", "")


def test_the_packet_is_well_formed_whatever_the_words() -> None:
    words = Embedded(credit="a\x00\x0b\ud800\uffffb & <c>", creator=("]]>", "x\x1b"))
    root = fromstring(packet(words))
    credit = root.find(".//{http://ns.adobe.com/photoshop/1.0/}Credit")
    assert credit is not None
    assert credit.text == "ab & <c>"


def test_long_values_are_cut_for_iptc_within_no_letter(tmp_path: Path) -> None:
    source, copy = tmp_path / "a.jpg", tmp_path / "b.jpg"
    source.write_bytes(b.jpeg())
    embed(source, copy, Embedded(credit="a" + "ű" * 40, description={"hu": "ő" * 1500}))
    found = probe(copy)
    assert found.iptc["Credit"] == "a" + "ű" * 15
    assert ("a" + "ű" * 15).encode() + b"\x1c" in found.raw["iptc"]
    assert found.iptc["Caption-Abstract"] == "ő" * 1000
    assert found.fields.credit == "a" + "ű" * 40
    assert found.warnings == ()


def test_refusals(tmp_path: Path) -> None:
    source, copy = tmp_path / "a.jpg", tmp_path / "b.jpg"
    source.write_bytes(b.jpeg())
    with pytest.raises(EmbedError, match="never into the file itself"):
        embed(source, source, WORDS)
    with pytest.raises(EmbedError, match="too long"):
        embed(source, copy, replace(WORDS, source="x" * 70_000))
    source.write_bytes(b.saved(b.drawing(), "WEBP"))
    with pytest.raises(EmbedError, match="JPEG, TIFF and PNG"):
        embed(source, copy, WORDS)
    source.write_bytes(b.png()[:-20])
    with pytest.raises(EmbedError, match="ends before"):
        embed(source, copy, WORDS)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]
