"""Photographs of every kind, and tables of them that are written, edited and read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import strategies as st
from python_calamine import load_workbook
from sqlalchemy import select

from archive import db, history
from archive import settings as chosen
from archive.catalogue import redrafting
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import (
    CaptionDraft,
    CarrierDraft,
    DateDraft,
    Draft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)
from archive.catalogue.models import (
    AGENT_ROLES,
    CAPTION_TYPES,
    IDENTIFIER_KINDS,
    Image,
)
from archive.ingest import spreadsheet
from archive.ingest.roundtrip import reading, writing
from archive.ingest.roundtrip.writing import Wishes

TESTER = history.system("tests")
UNIT = "HU-R"
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
# What spreadsheets are known to stumble over.
AWKWARD = (
    "=1+1", "+36 1 234", "-", "- gondolatjel", "@ki", "'idézet", "''=x", "a;b", "a|b", "a||b", "|",
    ";", "két\nsor", "tab\tbetű", 'idézőjel "', "árvíztűrő tükörfúrógép", "NA", "n/a", "0012",
    "1E5", "1956-10-23", "23-okt", "20750", "&amp; és", "&", "_x0041_", "x", "igen", ",", "a,b",
    "<b>", "Надь Имре", "日本", "𝄞", "1", "sep=;", "e\u0301", "%", "#REF!",
)  # fmt: skip
LANGUAGES = ("hu", "en", "de", "")
letters = st.characters(blacklist_categories=("Cs", "Co", "Cn"), max_codepoint=0x24FF)
texts = st.one_of(st.sampled_from(AWKWARD), st.text(letters, min_size=1, max_size=40))
names = st.one_of(st.sampled_from(AWKWARD), st.text(letters, min_size=1, max_size=12))
words = st.one_of(st.just(""), texts)
by_language = st.dictionaries(st.sampled_from(("hu", "en", "und")), texts, max_size=2)
links = st.builds(
    LinkDraft,
    name=names,
    certainty=st.sampled_from(("certain", "possible")),
    note=st.sampled_from(("", "jegyzet")),
    public=st.booleans(),
)


def _some(strategy: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=most)


def _with(role: st.SearchStrategy[str], field: str = "role") -> st.SearchStrategy[LinkDraft]:
    def put(pair: tuple[LinkDraft, str]) -> LinkDraft:
        setattr(pair[0], field, pair[1])
        return pair[0]

    return st.tuples(links, role).map(put)


captions = st.builds(
    CaptionDraft,
    type=st.sampled_from(CAPTION_TYPES),
    lang=st.sampled_from(LANGUAGES),
    text=texts,
    attributed=words,
    public=st.booleans(),
    preferred=st.booleans(),
)
carriers = st.builds(
    CarrierDraft,
    kind=st.sampled_from(("", "print", "negative")),
    technique=words,
    format=words,
    height_mm=st.one_of(st.none(), st.floats(0, 2000).map(lambda x: round(x, 2))),
    condition=st.one_of(st.none(), st.integers(0, 4)),
    condition_on=st.one_of(st.none(), st.dates()),
    location=words,
)
drafts = st.builds(
    Draft,
    ref_code=words,
    captions=_some(captions, 5),
    dates=_some(st.builds(DateDraft, texts, role=st.sampled_from(("created", "published")))),
    agents=_some(_with(st.sampled_from(AGENT_ROLES)), 4),
    places=_some(_with(st.sampled_from(("shown", "camera")))),
    events=_some(links, 2),
    subjects=_some(_with(st.sampled_from(("subject", "genre", "technique")), "kind")),
    identifiers=_some(st.builds(IdentifierDraft, st.sampled_from(IDENTIFIER_KINDS), names, words)),
    carriers=_some(carriers, 2),
    rights=st.builds(
        Rights,
        rights_statement=st.sampled_from(("", PDM, "http://example.org/own")),
        rights_note=by_language,
        credit_line=words,
        custody=by_language,
        publication_retrieved_on=st.one_of(st.none(), st.dates()),
    ),
    alt=by_language,
    notes=words,
    undated=st.booleans(),
    creator_unknown=st.booleans(),
)  # fmt: skip


def take_in(*made: Draft) -> list[str]:
    """Photographs of these drafts in one unit; gives their identifiers."""
    with db.transaction() as session:
        try:
            unit = catalogue.unit_by_ref(session, UNIT)
        except catalogue.NotFound:
            unit = catalogue.add_unit(TESTER, ref_code=UNIT, title={"hu": "Fond"})
        with history.change(TESTER, "accession"):
            return [catalogue.accession(TESTER, unit, draft).public_id for draft in made]


def keys(photographs: Sequence[str] | None = None) -> Sequence[int]:
    """The keys of these photographs, or of all."""
    rows = db.session().execute(select(Image.public_id, Image.id).order_by(Image.id))
    return [key for name, key in rows if photographs is None or name in photographs]


def exported(wishes: Wishes, photographs: Sequence[str] | None = None) -> bytes:
    """These photographs, or all, as a table."""
    target = io.BytesIO()
    writing.write(db.session(), keys(photographs), target, wishes)
    return target.getvalue()


def table(data: bytes, separator: str = ",") -> list[list[str]]:
    """The rows of a table in CSV or XLSX as a person sees them."""
    if data.startswith(b"PK"):
        found = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        return [[str(cell) for cell in row] for row in found]
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def as_csv(rows: list[list[str]], separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator).writerows(rows)
    return target.getvalue().encode(encoding)


def as_xlsx(rows: list[list[Any]]) -> bytes:
    """A workbook as another program would save it; numbers and days stay what they are."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                else:
                    sheet.write(number, place, cell)
    return target.getvalue()


def kept(folder: Path, data: bytes) -> Path:
    path = folder / ("sheet.xlsx" if data.startswith(b"PK") else "sheet.csv")
    path.write_bytes(data)
    return path


def compared(path: Path, unit: str = "") -> reading.Comparison:
    sheet = spreadsheet.read(path, chosen.current(), as_written=True)
    return reading.compare(db.session(), sheet, unit=unit)


def proposed(found: reading.Comparison) -> dict[tuple[str, str], str]:
    """What is proposed: (photograph, column) -> text."""
    return {
        (row.image, change.column): change.theirs for row in found.rows for change in row.changes
    }


def said(public_id: str) -> Draft:
    image = catalogue.image_by_id(db.session(), public_id)
    return redrafting.draft_of(catalogue.own_record(db.session(), image))


def describe(public_id: str, alter: Callable[[Draft], None]) -> None:
    """Somebody else changes a photograph in the meantime."""
    image = catalogue.image_by_id(db.session(), public_id)
    draft = said(public_id)
    alter(draft)
    catalogue.describe(TESTER, image, draft, based_on=image.version)
    db.release()


class Edited:
    """A table that somebody changes: cells are named by photograph and heading."""

    def __init__(self, data: bytes, separator: str = ",") -> None:
        self.rows = table(data, separator)

    def place(self, heading: str) -> int:
        return self.rows[0].index(heading)

    def row(self, public_id: str) -> list[str]:
        place = next(
            n for n, head in enumerate(self.rows[0]) if head in ("azonosító", "identifier", "id")
        )
        return next(row for row in self.rows[1:] if row[place] == public_id)

    def put(self, public_id: str, heading: str, text: str) -> Edited:
        self.row(public_id)[self.place(heading)] = text
        return self

    def get(self, public_id: str, heading: str) -> str:
        return self.row(public_id)[self.place(heading)]

    def without(self, *headings: str) -> Edited:
        gone = {self.place(heading) for heading in headings}
        self.rows = [[c for n, c in enumerate(row) if n not in gone] for row in self.rows]
        return self
