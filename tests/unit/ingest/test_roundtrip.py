"""A table that comes back: what a person meant is proposed, what a machine did is flagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import db, history, jobs
from archive.catalogue import dump
from archive.catalogue.drafts import CarrierDraft, DateDraft, Draft, IdentifierDraft, LinkDraft
from archive.catalogue.models import Agent, CaptionStatement, Image
from archive.history import Actor, ChangeSet
from archive.ingest.models import SheetCell, SheetImport, SheetRow
from archive.ingest.roundtrip import applying, columns, pending, stamp, writing
from archive.ingest.roundtrip.applying import Held
from archive.ingest.roundtrip.writing import Wishes
from archive.ingest.words import Unreadable
from archive.settings import Settings
from tests.unit.ingest import sheets
from tests.unit.ingest.sheets import TESTER, UNIT, Edited

CSV = Wishes("csv", lang="en")


def draft(title: str = "Tüntetők") -> Draft:
    made = Draft(ref_code="HU-R/1", notes="első")
    made.title("hu", title)
    made.caption("agency_caption", "en", "Crowd", attributed="Agency", dated="1956")
    made.dates = [DateDraft("1956. október 23.", "hu", basis="inscription")]
    made.agents = [
        LinkDraft("Kis Pál", "creator", certainty="probable"),
        LinkDraft("Nagy Éva", "depicted"),
        LinkDraft("Titkos Tamás", "depicted", public=False),
    ]
    made.subjects = [LinkDraft("nők", kind="subject"), LinkDraft("portré", kind="genre")]
    made.identifiers = [IdentifierDraft("original_no", "0012", "MTI")]
    made.carriers = [CarrierDraft(technique="zselatinos ezüst", format="9x12", height_mm=90)]
    return made


@pytest.fixture
def one(archive: Settings) -> str:
    return sheets.take_in(draft())[0]


def edited(*photographs: str) -> Edited:
    return Edited(sheets.exported(CSV, photographs or None))


def received(folder: Path, table: Edited, **more: str) -> SheetImport:
    return pending.receive(TESTER, sheets.kept(folder, sheets.as_csv(table.rows)), **more)


def cells_of(found: SheetImport) -> dict[str, SheetCell]:
    rows = db.session().scalars(select(SheetCell).where(SheetCell.import_id == found.id))
    return {cell.column: cell for cell in rows}


def rows_of(found: SheetImport) -> list[SheetRow]:
    mine = select(SheetRow).where(SheetRow.import_id == found.id).order_by(SheetRow.number)
    return list(db.session().scalars(mine))


def codes(cell: SheetCell) -> list[str]:
    return [remark["code"] for remark in [*cell.remarks, cell.stops] if remark]


def dumped() -> list[str]:
    parts = dump.parts(db.session())
    return [dump.line(row) for rows in parts.values() for row in rows]


# --- what is written ---


def test_a_workbook_is_text_and_hides_its_stamps(one: str, tmp_path: Path) -> None:
    path = sheets.kept(tmp_path, sheets.exported(Wishes("xlsx", lang="hu")))
    head, row = load_workbook(path).get_sheet_by_index(0).to_python()
    assert all(isinstance(cell, str) for cell in row)
    told = dict(zip(head, row, strict=True))
    assert told["dátum"] == "1956. október 23."
    assert told["ábrázolt személy"] == "Nagy Éva | Titkos Tamás"
    assert told["tárgyszó (genre)"] == "portré"
    assert str(told["_base"]).startswith("v2.")


def test_the_stamp_column_is_hidden_and_cells_are_text(one: str, tmp_path: Path) -> None:
    path = sheets.kept(tmp_path, sheets.exported(Wishes("xlsx", lang="hu")))
    with ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    assert sheet.count('hidden="1"') == 1
    assert 'numFmtId="49"' in styles


def test_a_text_too_long_for_a_workbook_says_so_and_is_kept(one: str, tmp_path: Path) -> None:
    sheets.describe(one, lambda made: setattr(made, "notes", "a" * 40_000))
    path = sheets.kept(tmp_path, sheets.exported(Wishes("xlsx", lang="hu")))
    assert writing.TOO_LONG["hu"] in sheets.table(path.read_bytes())[1]
    assert sheets.compared(path).rows == []


# --- what is proposed ---


def test_a_changed_cell_alone_is_proposed_and_taken(one: str, tmp_path: Path) -> None:
    table = edited().put(one, "title (hu)", "Tömeg").put(one, "person shown", "Nagy Éva | Új Ede")
    found = received(tmp_path, table)
    assert set(cells_of(found)) == {"title:hu", "depicted"}
    before = dumped()
    applied = applying.apply(TESTER, found)
    db.release()
    told = sheets.said(one)
    assert [c.text for c in told.captions] == ["Tömeg", "Crowd"]
    assert [link.name for link in told.agents] == ["Kis Pál", "Nagy Éva", "Új Ede"]
    assert told.agents[0].certainty == "probable"
    assert (told.captions[1].attributed, told.dates[0].basis) == ("Agency", "inscription")
    old = (
        db.session()
        .scalars(select(CaptionStatement).where(CaptionStatement.text == "Tüntetők"))
        .one()
    )
    assert old.superseded_by_id is not None
    made = (
        db.session()
        .scalars(select(ChangeSet).where(ChangeSet.public_id == applied.change_set))
        .one()
    )
    assert (made.action, made.reason) == ("import_sheet", "sheet.csv")
    history.undo(TESTER, made)
    db.release()
    assert dumped() == before


def test_what_is_rejected_changes_nothing(one: str, tmp_path: Path) -> None:
    found = received(tmp_path, edited().put(one, "title (hu)", "Tömeg"))
    pending.decide(found, False)
    before = dumped()
    applied = applying.apply(TESTER, found)
    db.release()
    assert (applied.change_set, applied.state) == ("", "applied")
    assert dumped() == before


def test_a_change_on_both_sides_is_shown_with_all_three(one: str, tmp_path: Path) -> None:
    table = edited().put(one, "title (hu)", "A táblázat címe").put(one, "staff note", "közös")
    sheets.describe(one, _retitled)
    found = received(tmp_path, table)
    cell = cells_of(found)["title:hu"]
    assert (cell.base, cell.theirs, cell.ours) == ("Tüntetők", "A táblázat címe", "A másik címe")
    assert (cell.conflict, cell.accepted) == (True, False)
    assert "notes" not in cells_of(found)
    pending.decide(found, True, show="conflicts")
    applying.apply(TESTER, found)
    db.release()
    assert sheets.said(one).captions[0].text == "A táblázat címe"


def _retitled(made: Draft) -> None:
    made.captions[0] = replace(made.captions[0], text="A másik címe")
    made.notes = "közös"


def test_what_was_changed_here_and_not_in_the_sheet_stays(one: str, tmp_path: Path) -> None:
    table = edited()
    sheets.describe(one, _retitled)
    assert cells_of(received(tmp_path, table)) == {}


def test_without_a_base_every_difference_is_a_change(one: str, tmp_path: Path) -> None:
    table = edited().without("_base")
    sheets.describe(one, _retitled)
    found = received(tmp_path, table)
    assert {name: cell.conflict for name, cell in cells_of(found).items()} == {
        "title:hu": False,
        "notes": False,
    }
    assert [note["code"] for note in found.notes] == ["no_base_column"]


def test_a_renamed_person_is_no_change_of_the_sheet(one: str, tmp_path: Path) -> None:
    table = edited()
    with history.change(TESTER, "edit_authority"):
        db.session().scalars(select(Agent).where(Agent.name == "Nagy Éva")).one().name = "Nagyné"
    db.release()
    assert cells_of(received(tmp_path, table)) == {}


def test_missing_rows_and_columns_mean_nothing(archive: Settings, tmp_path: Path) -> None:
    first, second = sheets.take_in(draft(), draft("Másik"))
    table = edited().put(first, "title (hu)", "Új cím").without("subject", "date", "photographer")
    table.rows = [table.rows[0], table.row(first)]
    found = received(tmp_path, table)
    assert set(cells_of(found)) == {"title:hu"}
    pending.decide(found, True)
    applying.apply(TESTER, found)
    db.release()
    assert len(sheets.said(second).agents) == 3
    assert sheets.said(first).dates != []


def test_headings_are_known_in_both_languages_and_in_any_order(one: str, tmp_path: Path) -> None:
    table = Edited(sheets.exported(Wishes("csv", lang="hu")))
    table.put(one, "cím (hu)", "Tömeg")
    table.rows[0][table.place("dátum")] = " DATE "
    table.rows[0][table.place("fényképész")] = "creator"
    table.rows = [row[::-1] for row in table.rows]
    assert set(cells_of(received(tmp_path, table))) == {"title:hu"}


def test_a_column_that_is_new_to_the_table_can_be_filled(one: str, tmp_path: Path) -> None:
    table = edited()
    table.rows = [[*table.rows[0], "title (de)"], [*table.rows[1], "Die Menge"]]
    found = received(tmp_path, table)
    assert cells_of(found)["title:de"].accepted
    applying.apply(TESTER, found)
    db.release()
    assert [(c.lang, c.text) for c in sheets.said(one).captions if c.preferred] == [
        ("hu", "Tüntetők"),
        ("de", "Die Menge"),
    ]


# --- what a spreadsheet program does ---


@pytest.mark.parametrize(
    ("heading", "written", "code"),
    [
        ("date", "23-okt", "cell_eaten_date"),
        ("date", "okt.23", "cell_eaten_date"),
        ("date", "Oct-56", "cell_eaten_date"),
        ("date", "23-Oct-56", "cell_eaten_date"),
        ("date", "10/23/56", "cell_eaten_date"),
        ("date", "56.10.23.", "cell_eaten_date"),
        ("date", "20750", "cell_day_count"),
        ("date", "1956-10-23 00:00:00", "cell_machine_date"),
        ("date", "1956-10-23", "cell_machine_date"),
        ("date", "valamikor régen", "cell_unread_date"),
        ("date", "1956. február 31.", "cell_wrong_date"),
        ("date", "1957–1956", "cell_wrong_date"),
        ("original number", "12", "cell_lost_zeros"),
        ("original number", "1,2E+15", "cell_power"),
        ("format", "9-dec", "cell_eaten_date"),
        ("staff note", "NA", "cell_said_nothing"),
        ("staff note", "n/a", "cell_said_nothing"),
        ("staff note", "-", "cell_said_nothing"),
        ("staff note", "", "cell_emptied"),
        ("staff note", "elv\ufffdsz", "cell_lost_letters"),
        ("staff note", "Kov&aacute;cs", "cell_entities"),
        ("undated", "talán", "cell_not_yes_or_no"),
        ("rights statement", "szabad", "cell_not_a_statement"),
        ("height of the image (mm)", "magas", "cell_not_a_number"),
        ("reference code", "x" * 121, "cell_too_long"),
    ],
)
def test_damage_is_told_and_never_taken_unasked(
    one: str, tmp_path: Path, heading: str, written: str, code: str
) -> None:
    found = received(tmp_path, edited().put(one, heading, written))
    (cell,) = cells_of(found).values()
    assert codes(cell)[0] == code
    assert not cell.accepted
    before = dumped()
    applying.apply(TESTER, found)
    db.release()
    assert dumped() == before


def test_what_cannot_be_taken_is_not_even_on_request(one: str, tmp_path: Path) -> None:
    found = received(tmp_path, edited().put(one, "rights statement", "szabad"))
    (cell,) = cells_of(found).values()
    assert pending.decide(found, True) == 0
    assert pending.decide_cells(found, [cell.id], [cell.id]) == 0
    assert not cells_of(found)["rights_statement"].accepted


def test_days_and_numbers_of_a_workbook_are_looked_at(one: str, tmp_path: Path) -> None:
    rows: list[list[object]] = [["id", "date", "original_no"], [one, 20751, 12]]
    found = pending.receive(TESTER, sheets.kept(tmp_path, sheets.as_xlsx(rows)))
    assert codes(cells_of(found)["date"]) == ["cell_day_count"]
    assert codes(cells_of(found)["original_no"]) == ["cell_lost_zeros"]


@pytest.mark.parametrize(
    "written", ["nők | férfiak", "nők;férfiak", "nők|férfiak", " nők ;  férfiak"]
)
def test_lists_are_cut_at_bars_or_semicolons(one: str, tmp_path: Path, written: str) -> None:
    found = received(tmp_path, edited().put(one, "subject", written))
    assert cells_of(found)["subject"].theirs == "nők | férfiak"


def test_the_second_carrier_is_the_second_entry(one: str, tmp_path: Path) -> None:
    table = edited().put(one, "technique", "zselatinos ezüst | albumin")
    found = received(tmp_path, table.put(one, "format", "| 6x6"))
    pending.decide(found, True)
    applying.apply(TESTER, found)
    db.release()
    told = [(entry.technique, entry.format, entry.height_mm) for entry in sheets.said(one).carriers]
    assert told == [("zselatinos ezüst", "", 90), ("albumin", "6x6", None)]


# --- rows ---


def test_two_rows_of_one_photograph_are_refused_both(one: str, tmp_path: Path) -> None:
    table = edited().put(one, "title (hu)", "Tömeg")
    table.rows.append([*table.row(one)])
    found = received(tmp_path, table)
    (row,) = rows_of(found)
    assert (row.kind, row.remarks) == (
        "refused", [{"code": "row_twice", "params": {"id": one, "rows": [2, 3]}}],
    )  # fmt: skip
    assert cells_of(found) == {}


def test_a_stamp_of_another_row_is_noticed(archive: Settings, tmp_path: Path) -> None:
    first, second = sheets.take_in(draft(), draft("Másik"))
    table = edited()
    place = table.place("title (hu)")
    base = table.place("_base")
    one, other = table.row(first), table.row(second)
    one[place], other[place] = other[place], one[place]
    one[base], other[base] = other[base], one[base]
    found = received(tmp_path, table)
    assert [[r["code"] for r in row.remarks] for row in rows_of(found)] == [
        ["row_foreign_base"],
        ["row_foreign_base"],
    ]
    assert not any(cell.accepted for cell in db.session().scalars(select(SheetCell)))


def test_an_unknown_identifier_is_refused_with_a_way_on(one: str, tmp_path: Path) -> None:
    table = edited()
    table.rows.append(["nosuchid99", *table.rows[1][1:]])
    (row,) = rows_of(received(tmp_path, table))
    assert (row.kind, row.remarks[0]["code"]) == ("refused", "row_unknown")


def test_a_row_without_an_identifier_becomes_a_photograph(one: str, tmp_path: Path) -> None:
    table = edited()
    row = [""] * len(table.rows[0])
    row[table.place("description (hu)")] = "Romos ház a téren. Este készült."
    row[table.place("date")] = "1956 ősze"
    table.rows.append(row)
    assert rows_of(received(tmp_path, table))[0].remarks[0]["code"] == "row_new_no_unit"
    unknown = rows_of(received(tmp_path, table, unit="HU-X"))[0]
    assert unknown.remarks[0]["code"] == "row_new_unknown_unit"
    found = received(tmp_path, table, unit=UNIT)
    assert pending.counts(db.session(), found).accepted == 0
    pending.decide(found, True, kind="new")
    applying.apply(TESTER, found)
    db.release()
    made = db.session().scalars(select(Image).order_by(Image.id.desc())).first()
    assert made is not None
    told = sheets.said(made.public_id)
    assert (made.state, told.dates[0].display) == ("draft", "1956 ősze")
    assert next(c.text for c in told.captions if c.preferred) == "Romos ház a téren"
    (kept,) = rows_of(found)
    assert kept.image == made.public_id


def test_a_part_of_another_row_is_no_new_photograph(one: str, tmp_path: Path) -> None:
    rows = [["id", "parent", "title:hu", "unit"], ["", one, "Hátlap", UNIT]]
    found = pending.receive(TESTER, sheets.kept(tmp_path, sheets.as_csv(rows)))
    assert rows_of(found)[0].remarks[0]["code"] == "row_part"


def test_a_new_row_whose_code_is_borne_already_is_refused(one: str, tmp_path: Path) -> None:
    rows = [["id", "ref_code", "title:hu", "unit"], ["", "HU-R/1", "Ugyanaz", UNIT]]
    found = pending.receive(TESTER, sheets.kept(tmp_path, sheets.as_csv(rows)))
    (row,) = rows_of(found)
    assert (row.kind, row.remarks[0]) == (
        "refused", {"code": "row_new_known_code", "params": {"ref": "HU-R/1", "id": one}},
    )  # fmt: skip


def test_what_is_for_orientation_is_not_taken(one: str, tmp_path: Path) -> None:
    found = received(tmp_path, edited().put(one, "state", "published").put(one, "file name", "x"))
    assert cells_of(found) == {}
    assert sorted(note["params"]["column"] for note in found.notes) == ["file name", "state"]


def test_a_sheet_of_something_else_is_refused_in_a_sentence(one: str, tmp_path: Path) -> None:
    for rows, code in (
        ([["Cím", "Dátum"], ["Tér", "1956"]], "no_identifier_column"),
        ([["id", "Bármi"], [one, "x"]], "no_known_column"),
    ):
        with pytest.raises(Unreadable) as caught:
            pending.receive(TESTER, sheets.kept(tmp_path, sheets.as_csv(rows)))
        assert caught.value.reason.code == code
    assert db.session().scalar(select(func.count()).select_from(SheetImport)) == 0


# --- deciding and applying ---


def test_what_changed_after_the_comparison_is_left(one: str, tmp_path: Path) -> None:
    table = edited().put(one, "title (hu)", "A táblázat címe").put(one, "date", "1957")
    found = received(tmp_path, table)
    db.release()
    sheets.describe(one, _retitled)
    found = db.session().get_one(SheetImport, found.id)
    applying.apply(TESTER, found)
    db.release()
    told = sheets.said(one)
    assert (told.captions[0].text, told.dates[0].display) == ("A másik címe", "1957")
    cell = cells_of(found)["title:hu"]
    assert (cell.conflict, cell.accepted, cell.ours) == (True, False, "A másik címe")
    assert codes(cell) == ["cell_changed_since"]


def test_a_table_is_taken_over_once(one: str, tmp_path: Path) -> None:
    found = received(tmp_path, edited().put(one, "title (hu)", "Tömeg"))
    applying.apply(TESTER, found)
    with pytest.raises(Unreadable, match="imported already"):
        applying.apply(TESTER, found)


def test_the_same_table_again_proposes_only_what_was_left(one: str, tmp_path: Path) -> None:
    table = edited().put(one, "title (hu)", "Tömeg").put(one, "staff note", "")
    applying.apply(TESTER, received(tmp_path, table))
    db.release()
    assert set(cells_of(received(tmp_path, table))) == {"notes"}


def test_cells_are_decided_by_row_column_and_page(archive: Settings, tmp_path: Path) -> None:
    first, second = sheets.take_in(draft(), draft("Másik"))
    table = edited()
    for photograph in (first, second):
        table.put(photograph, "title (hu)", f"Új {photograph}").put(photograph, "date", "1957")
    found = received(tmp_path, table)

    def accepted() -> list[tuple[int, str]]:
        rows = select(SheetRow.number, SheetCell.column).join(
            SheetRow, SheetRow.id == SheetCell.row_id
        )
        told = db.session().execute(rows.where(SheetCell.accepted).order_by(SheetCell.id))
        return [(number, name) for number, name in told]

    pending.decide(found, False, column="date")
    assert accepted() == [(2, "title:hu"), (3, "title:hu")]
    pending.decide(found, True, row=rows_of(found)[0].id)
    assert accepted() == [(2, "title:hu"), (2, "date"), (3, "title:hu")]
    page = pending.page(db.session(), found, show="left")
    assert [[cell.column for cell in cells] for _row, cells in page.rows] == [["date"]]
    shown = [cell.id for _row, cells in page.rows for cell in cells]
    pending.decide_cells(found, shown, shown)
    assert pending.counts(db.session(), found).left == 0


def test_a_large_table_is_taken_over_by_the_worker(
    archive: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "AT_ONCE", 1)
    jobs.connect(archive)
    first, second = sheets.take_in(draft(), draft("Másik"))
    table = edited().put(first, "title (hu)", "Egy").put(second, "title (hu)", "Kettő")
    found = applying.apply_when_due(TESTER, received(tmp_path, table))
    assert found.state == "applying"
    with pytest.raises(Unreadable):
        applying.apply_when_due(TESTER, found)
    db.release()
    jobs.run_due()
    db.release()
    kept = db.session().scalars(select(SheetImport)).one()
    assert (kept.state, bool(kept.change_set)) == ("applied", True)
    assert sheets.said(second).captions[0].text == "Kettő"


def test_a_table_that_breaks_off_says_what_is_kept_and_goes_on(
    archive: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "AT_ONCE", 1)
    first, second = sheets.take_in(draft(), draft("Másik"))
    table = edited().put(first, "title (hu)", "Egy").put(second, "title (hu)", "Kettő")
    found = received(tmp_path, table)
    whole = applying._take

    def breaking(session: Session, actor: Actor, held: Sequence[Held]) -> bool:
        if held and held[0][0].image == second:
            raise OSError("disk full")
        return whole(session, actor, held)

    monkeypatch.setattr(applying, "_take", breaking)
    with pytest.raises(OSError, match="disk full"):
        applying.apply(TESTER, found)
    [told] = pending.remarks([found.trouble])
    assert found.state == "open"
    assert "What was done by then is kept (photographs: 1)" in told.sentence("en")
    [made] = db.session().scalars(select(ChangeSet).where(ChangeSet.action == applying.ACTION))
    history.undo(TESTER, made)
    with pytest.raises(OSError, match="disk full"):
        applying.apply(TESTER, found)
    monkeypatch.setattr(applying, "_take", whole)
    assert applying.apply(TESTER, found).state == "applied"
    assert [sheets.said(one).captions[0].text for one in (first, second)] == ["Egy", "Kettő"]


def test_a_table_that_breaks_off_at_once_has_changed_nothing(
    one: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(*_all: object) -> bool:
        raise OSError("disk full")

    found = received(tmp_path, edited().put(one, "title (hu)", "Egy"))
    monkeypatch.setattr(applying, "_take", breaking)
    with pytest.raises(OSError, match="disk full"):
        applying.apply(TESTER, found)
    [told] = pending.remarks([found.trouble])
    assert "nothing was changed" in told.sentence("en")


def test_old_tables_are_forgotten(one: str, tmp_path: Path) -> None:
    old = received(tmp_path, edited().put(one, "title (hu)", "Tömeg"))
    new = received(tmp_path, edited().put(one, "title (hu)", "Tömeg"))
    with db.transaction() as session:
        session.get_one(SheetImport, old.id).sent_at = db.now() - timedelta(days=61)
    assert pending.forget() == 1
    assert db.session().scalars(select(SheetImport.id)).all() == [new.id]
    assert {cell.import_id for cell in db.session().scalars(select(SheetCell))} == {new.id}


def test_every_heading_leads_to_its_column() -> None:
    for name in columns.FAMILIES:
        for lang in ("hu", "en", ""):
            assert columns.named(columns.heading(name, lang)) == name
    assert columns.named("Cím (de)") == "title:de"
    assert columns.named("tárgyszó (genre)") == "subject:genre"
    assert columns.named("title (2)") == ""


def test_a_stamp_speaks_for_its_photograph_only() -> None:
    told = stamp.write("abc", 7, {"notes": "igen", "title:hu": ""})
    found = stamp.read(told, "abc")
    assert found is not None
    assert found.version == 7
    assert found.said("notes", "igen")
    assert not found.said("notes", "nem")
    assert found.said("title:hu", "")
    assert not found.said("title:hu", "Cím")
    assert stamp.read(told, "xyz") is None
    assert stamp.read("v7.elrontva", "abc") is None
