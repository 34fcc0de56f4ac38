"""Lists and ZIPs that are wrong on purpose end in rows or in a sentence, never in anything else."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from archive.ingest import drafting, mapping, spreadsheet
from archive.ingest.receive import gather
from archive.ingest.words import Unreadable
from archive.settings import Settings

LISTS = {
    "no bytes": b"",
    "blank lines": b"\n\n\r\n \n",
    "only separators": b",,,,\n,,,,\n;;;;\n",
    "headings only": b"title,date\n",
    "an open quote": b'title,date\n"never closed,1956\nB,1957\n',
    "quotes within": b'title,date\na "b" c,1956\n"""x""",1957\n',
    "zero bytes": b"title,date\nA\x00B,19\x0056\n",
    "carriage returns": b"title,date\rA,1956\rB,1957\r",
    "a vast cell": b'title,date\n"' + b"x" * (5 << 20) + b'",1956\n',
    "a long line": b"title," + b",".join(b"c%d" % n for n in range(20_000)) + b"\nA,1956\n",
    "a second mark": b"\xef\xbb\xbf\xef\xbb\xbftitle,date\nA,1956\n",
    "half a UTF-16": "title,date\nA,1956\n".encode("utf-16")[:-1],
    "a lone surrogate": b"title\n\xed\xa0\x80\n",
    "formulas": b'title,date\n"=HYPERLINK(""http://x"",""y"")",1956\n@SUM(A1),1957\n',
    "markup": b"title,date\n<script>alert(1)</script>&lt;b&gt;,1956\n",
    "entities without end": b"title\n&amp;amp;#x110000;&#0;&#xD800;\n",
    "right to left": "title\n\u202egpj.exe\u202c\n".encode(),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "a page": b"<html><body><table><tr><td>title</td></tr></table>",
    "the same heading": b"title," * 50 + b"\n" + b"a," * 50,
    "dates beyond time": b"title,date\nA,99999-99-99\nB,0000\nC,1956-02-31\n",
    "numbers beyond measure": b"title,lat,lon\nA,1e400,nan\nB,inf,-inf\n",
    "a year of words": b"title,date\nA," + b"circa " * 5000 + b"\n",
    "many names": b"title,photographer\nA," + b"Smith; " * 5000 + b"\n",
    "brackets": b"title,date\n" + b"(" * 5000 + b"," + b"[" * 5000 + b"\n",
}


def outcome(path: Path, settings: Settings) -> str:
    """Read a list to the end, drafts included; "rows" or the code of the sentence."""
    try:
        sheet = spreadsheet.read(path, settings)
    except Unreadable as error:
        return error.reason.code
    found = mapping.guess(sheet.headings, sheet.rows)
    for row in sheet.rows:
        drafting.compose_title(drafting.from_row(row.cells, found))
    return "rows"


@pytest.mark.parametrize("name", LISTS)
def test_a_wrong_list_is_read_or_refused(tmp_path: Path, settings: Settings, name: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LISTS[name])
    empty = {"no bytes", "blank lines", "only separators", "headings only", "a page", "a picture"}
    broken = {"a vast cell"}
    expected = "spreadsheet_empty" if name in empty else "rows"
    assert outcome(path, settings) == ("spreadsheet_broken" if name in broken else expected)


@trying(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_none(tmp_path: Path, settings: Settings, raw: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(raw)
    assert outcome(path, settings)


def test_what_stands_below_many_empty_rows_is_not_lost(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "empty.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["title", "date"])
    page.write_row(1, 0, ["A", "1956"])
    for row in range(2, 60_000):
        page.write_blank(row, 0, None, book.add_format() if row == 2 else None)
    page.write(60_000, 0, "far away")
    book.close()
    sheet = spreadsheet.read(path, settings)
    assert [(row.number, row.cells["title"]) for row in sheet.rows] == [
        (2, "A"),
        (60_001, "far away"),
    ]


def test_a_workbook_that_reaches_into_the_last_corner_says_what_to_do(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "corner.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write_row(0, 0, ["title", "date"])
    page.write(1_048_575, 16_383, "end")
    book.close()
    with pytest.raises(Unreadable) as refused:
        spreadsheet.read(path, settings)
    assert refused.value.reason.code == "spreadsheet_too_heavy"
    assert "CSV" in refused.value.reason.sentence("hu")


def test_a_workbook_that_unpacks_to_gigabytes_is_contained(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        target.writestr(
            "xl/workbook.xml",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
            ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        target.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Target="worksheets/s.xml" Type="http://schemas.openxmlformats.org'
            '/officeDocument/2006/relationships/worksheet"/></Relationships>',
        )
        with target.open("xl/worksheets/s.xml", "w") as sheet:
            sheet.write(b"<worksheet><sheetData><row><c t='inlineStr'><is><t>")
            for _ in range(700):
                sheet.write(b"A" * (1 << 20))
    small = settings.model_copy(update={"probe_memory_mib": 400, "probe_cpu_s": 5})
    assert outcome(path, small) in ("spreadsheet_broken", "spreadsheet_empty")


def overlapping(path: Path) -> None:
    """A ZIP whose entries share one compressed body (after D. Fifield, 2019)."""
    body = zlib.compress(bytes(1 << 20), 9)[2:-4]
    crc = zlib.crc32(bytes(1 << 20))
    name = b"a.jpg"
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(body), 1 << 20, 5, 0
    )
    raw, central = local + name + body, b""
    for number in range(500):
        entry = b"%05d.jpg" % number
        central += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(body), 1 << 20,
            len(entry), 0, 0, 0, 0, 0, 0,
        ) + entry  # fmt: skip
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 500, 500, len(central), len(raw), 0)
    path.write_bytes(raw + central + end)


def test_entries_that_share_their_bytes_are_a_bomb(tmp_path: Path, settings: Settings) -> None:
    overlapping(tmp_path / "a.zip")
    problems = {found.problem.code for found in gather([tmp_path], settings).files if found.problem}
    assert problems == {"zip_bomb"}


@trying(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=6))
def test_a_zip_with_any_damage_is_listed_or_named(
    tmp_path: Path, settings: Settings, at: int, damage: bytes
) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for number in range(3):
            target.writestr(f"{number}.jpg", os.urandom(50) * 4)
    raw = bytearray(path.read_bytes())
    start = at % len(raw)
    raw[start : start + len(damage)] = damage
    path.write_bytes(raw)
    for found in gather([path], settings).files:
        assert found.problem is None or found.problem.sentence("hu")
