"""Spreadsheets in the encodings and shapes in which archives have them."""

import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.spreadsheet import clean, decode, read, sniff
from archive.ingest.words import Unreadable
from archive.settings import Settings

HEADINGS = ["Fájlnév", "Cím", "Készítette"]
ROW = ["kép1.jpg", "Tüntetés a Bem téren; őszi nap", "Ősz Ödön"]


def written(path: Path, separator: str, encoding: str, rows: list[list[str]]) -> Path:
    lines = [separator.join(f'"{cell}"' for cell in row) for row in rows]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1250", "iso-8859-2"]
)
def test_encoding_and_separator_are_found(
    tmp_path: Path, settings: Settings, encoding: str, separator: str
) -> None:
    path = written(tmp_path / "lista.csv", separator, encoding, [HEADINGS, ROW])
    sheet = read(path, settings)
    assert sheet.headings == HEADINGS
    assert [row.cells for row in sheet.rows] == [dict(zip(HEADINGS, ROW, strict=True))]


def test_windows_1250_quotes_are_told_from_latin_2(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes("cím;név\n„Őszi” nap;Šimon\n".encode("cp1250"))
    sheet = read(path, settings)
    assert sheet.rows[0].cells == {"cím": "„Őszi” nap", "név": "Šimon"}
    assert sheet.notes[0].params == {"encoding": "windows-1250"}


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        ("cím;név\nTüntetők a téren;Őry Ödön\n", "cp1250", "windows-1250"),
        ("cím;név\nVédett kép © 1956;Ősz\n", "cp1250", "windows-1250"),
        ("cím;név\nTüntetők a téren;Škoda Tomáš\n", "iso-8859-2", "iso-8859-2"),
        ("cím;név\nTüntetők;Žižka\n", "iso-8859-2", "iso-8859-2"),
    ],
)
def test_a_list_of_windows_is_called_so(text: str, codec: str, found: str) -> None:
    assert decode(text.encode(codec)) == (text, found)


def test_a_few_broken_letters_do_not_change_the_encoding() -> None:
    raw = "árvíztűrő tükörfúrógép, árvíztűrő tükörfúrógép".encode() + b"\xff"
    text, encoding = decode(raw)
    assert encoding == "utf-8"
    assert text == "árvíztűrő tükörfúrógép, árvíztűrő tükörfúrógép\ufffd"


def test_cells_of_several_lines_keep_them_and_the_row_numbers(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "a.csv"
    path.write_text('title,text\n"One, two","line 1\r\nline ""2"""\n,\nThree,x\n', newline="")
    sheet = read(path, settings)
    assert sheet.rows[0].cells == {"title": "One, two", "text": 'line 1\nline "2"'}
    assert [row.number for row in sheet.rows] == [2, 4]


@pytest.mark.parametrize("nothing", ["NA", "n/a", "NULL", "null", "", "  ", "-", "#N/A", "\\N"])
def test_words_for_nothing_are_nothing(nothing: str) -> None:
    assert clean(nothing) == ""


def test_entities_are_read_even_when_broken() -> None:
    assert clean("that&#39;s 2&quot; Smith &amp Sons") == "that's 2\" Smith & Sons"
    assert clean("A&P Market") == "A&P Market"


def test_headings_are_made_unique_and_empty_ones_left_out(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,subject,subject,\nA,b,c,d\n")
    sheet = read(path, settings)
    assert sheet.rows[0].cells == {"title": "A", "subject": "b", "subject (2)": "c"}


def test_a_row_with_too_many_fields_is_named(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,date\nA,1956,surplus\nB,1957\n")
    sheet = read(path, settings)
    assert [note.code for note in sheet.notes] == ["row_too_long"]
    assert sheet.notes[0].params == {"row": 2}


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy.mm.dd"})
    book.add_worksheet("empty")
    page = book.add_worksheet("fényképek")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(line, column, cell)
    book.close()
    return path


def test_a_workbook_gives_the_text_that_people_see(tmp_path: Path, settings: Settings) -> None:
    day = datetime.date(1956, 10, 23)
    path = workbook(
        tmp_path / "a.xlsx",
        [["cím", "év", "nap", "szám"], ["Őszi nap", 1956, day, 1.5], [], ["x", "NA"]],
    )
    sheet = read(path, settings)
    first = {"cím": "Őszi nap", "év": "1956", "nap": "1956-10-23", "szám": "1.5"}
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, first), (4, {"cím": "x"})]


def test_a_cell_at_the_far_end_does_not_exhaust_the_memory(
    tmp_path: Path, settings: Settings
) -> None:
    path = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write(0, 0, "title")
    page.write(1_048_575, 16_383, "x")
    book.close()
    small = settings.model_copy(update={"probe_memory_mib": 512})
    with pytest.raises(Unreadable, match=r"too much memory or time|has no rows"):
        read(path, small)


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.xls"])
def test_a_workbook_that_is_none_is_refused(tmp_path: Path, settings: Settings, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 this is no workbook")
    with pytest.raises(Unreadable, match="cannot be read"):
        read(tmp_path / name, settings)


def test_limits_are_kept(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title\n" + "x\n" * 30)
    small = settings.model_copy(update={"max_spreadsheet_rows": 20})
    with pytest.raises(Unreadable, match="more than 20 rows"):
        read(path, small)
    path.write_bytes(b"title\n" + b"x" * (1 << 20))
    with pytest.raises(Unreadable, match="at most 1 MiB"):
        read(path, settings.model_copy(update={"max_spreadsheet_mib": 1}))
    path.write_text("title\n\n\n")
    with pytest.raises(Unreadable, match="has no rows"):
        read(path, settings)


def test_a_separator_declared_in_the_first_line_is_used(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.csv").write_text("sep=|\ntitle|date\nA, b; c|1956\n")
    assert read(tmp_path / "a.csv", settings).rows[0].cells == {"title": "A, b; c", "date": "1956"}


@given(st.lists(st.sampled_from(["őz", "a,b", "1956", "x y", "q"]), min_size=2, max_size=6))
def test_semicolons_win_over_commas_within_cells(cells: list[str]) -> None:
    text = "\n".join([";".join(f"h{n}" for n in range(len(cells))), ";".join(cells), ""])
    assert sniff(text) == ";"


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded(raw: bytes) -> None:
    text, encoding = decode(raw)
    assert isinstance(text, str)
    assert encoding
