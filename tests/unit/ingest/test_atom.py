"""Descriptions from AtoM: a tree of units and photographs, once, undone as a whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import db, history, jobs
from archive.catalogue import arrangement, dump
from archive.catalogue import service as catalogue
from archive.catalogue.models import Image, Unit
from archive.history import ChangeSet
from archive.ingest import service
from archive.ingest.atom import planning, taking, writing
from archive.ingest.words import Unreadable
from archive.settings import Settings
from tests.unit.ingest import sheets
from tests.unit.ingest.sheets import TESTER

pytestmark = pytest.mark.usefixtures("archive")
COLUMNS = (
    "legacyId", "parentId", "qubitParentSlug", "identifier", "referenceCode", "title",
    "levelOfDescription", "scopeAndContent", "extentAndMedium", "accessConditions", "language",
    "archivalHistory", "eventDates", "eventTypes", "eventStartDates", "eventEndDates",
    "eventActors", "nameAccessPoints", "subjectAccessPoints", "alternativeIdentifiers",
    "alternativeIdentifierLabels", "physicalObjectName", "generalNote", "radEdition", "culture",
)  # fmt: skip
FONDS = {"legacyId": "1", "identifier": "HU-X", "title": "Nagy fond", "culture": "hu",
         "levelOfDescription": "Fond"}  # fmt: skip
SERIES = {"legacyId": "2", "parentId": "1", "identifier": "1", "title": "Sajtófotók",
          "levelOfDescription": "Series", "culture": "hu"}  # fmt: skip
ITEM = {"legacyId": "3", "parentId": "2", "identifier": "12", "title": "Tüntetők a téren",
        "levelOfDescription": "Item", "culture": "hu"}  # fmt: skip


def listed(folder: Path, *rows: dict[str, str]) -> Path:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "atom.csv"
    path.write_text(target.getvalue(), encoding="utf-8")
    return path


def dumped() -> list[str]:
    parts = dump.parts(db.session())
    return [dump.line(row) for rows in parts.values() for row in rows]


def units() -> dict[str, Unit]:
    return {unit.ref_code: unit for unit in db.session().scalars(select(Unit))}


def outcomes(plan: planning.Plan) -> list[tuple[str, str]]:
    """The outcome of each row with the code of its last remark."""
    return [(row.outcome, row.remarks[-1].code if row.remarks else "") for row in plan.rows]


def test_a_tree_becomes_units_and_its_items_photographs(tmp_path: Path) -> None:
    path = listed(tmp_path, ITEM, SERIES, FONDS)  # parents may stand behind their children
    made = taking.take(TESTER, planning.read(path))
    assert made is not None
    found = units()
    assert [(u.ref_code, u.level, u.title) for u in found.values()] == [
        ("HU-X", "fonds", {"hu": "Nagy fond"}),
        ("HU-X-1", "series", {"hu": "Sajtófotók"}),
    ]
    assert found["HU-X-1"].parent_id == found["HU-X"].id
    image = db.session().scalars(select(Image)).one()
    assert (image.ref_code, image.unit_id, image.state) == (
        "HU-X-1-12",
        found["HU-X-1"].id,
        "draft",
    )
    assert sheets.said(image.public_id).captions[0].text == "Tüntetők a téren"


def test_a_second_run_changes_nothing_and_undo_takes_all_away(tmp_path: Path) -> None:
    catalogue.add_unit(TESTER, ref_code="HU-Y", title={"hu": "Más"})
    before = dumped()
    path = listed(tmp_path, FONDS, SERIES, ITEM)
    made = taking.take(TESTER, planning.read(path))
    db.release()
    after = dumped()
    again = planning.read(path)
    assert outcomes(again) == [("known", ""), ("known", ""), ("known", "")]
    assert taking.take(TESTER, again) is None
    db.release()
    assert dumped() == after
    assert made is not None
    history.undo(TESTER, db.session().get_one(ChangeSet, made.id))
    db.release()
    assert dumped() == before


def test_what_is_here_stays_and_is_told_with_what_differs(tmp_path: Path) -> None:
    path = listed(tmp_path, FONDS)
    taking.take(TESTER, planning.read(path))
    unit = units()["HU-X"]
    arrangement.edit_unit(TESTER, unit, title={"hu": "Javított cím"}, ref_code="HU-Z")
    db.release()
    plan = planning.read(listed(tmp_path, FONDS, SERIES))
    assert plan.rows[0].remarks[0].params == {"elements": ["title"]}
    taking.take(TESTER, plan)
    db.release()
    found = units()
    assert found["HU-Z"].title == {"hu": "Javított cím"}
    assert found["HU-X-1"].parent_id == found["HU-Z"].id


def test_a_process_that_dies_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "PORTION", 1)
    plan = planning.read(listed(tmp_path, FONDS, SERIES, ITEM))

    def die(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        taking.take(TESTER, plan, tell=die)
    db.release()
    assert len(units()) == 2
    taking.take(TESTER, planning.read(tmp_path / "atom.csv"))
    assert len(db.session().scalars(select(Image)).all()) == 1


def test_the_elements_go_where_they_belong(tmp_path: Path) -> None:
    row = {
        **FONDS, "scopeAndContent": "Két | cső", "extentAndMedium": "3 doboz",
        "accessConditions": "kutatható", "language": "hu|de", "archivalHistory": "padláson",
        "eventDates": "NULL|1956 ősze", "eventTypes": "Accumulation|Creation",
        "eventStartDates": "1957-00-00|1956-09-01", "eventActors": "Gyűjtő Géza|Kis Pál",
        "generalNote": "első|második", "radEdition": "2. kiadás",
    }  # fmt: skip
    english = {"legacyId": "1", "title": "Great fonds", "levelOfDescription": "Fonds",
               "accessConditions": "open", "culture": "en"}  # fmt: skip
    plan = planning.read(listed(tmp_path, row, english))
    assert [row.of.numbers for row in plan.rows] == [[2, 3]]
    taking.take(TESTER, plan)
    unit = units()["HU-X"]
    assert unit.title == {"hu": "Nagy fond", "en": "Great fonds"}
    assert unit.scope == {"hu": "Két | cső"}
    assert unit.extent == {"hu": "3 doboz"}
    assert (unit.dates, unit.creator) == ("1957", "Gyűjtő Géza; Kis Pál")
    assert unit.custody == {"hu": "padláson"}
    assert unit.isad == {
        "access_conditions": {"hu": "kutatható", "en": "open"},
        "language": {"hu": "hu, de"},
    }
    assert unit.notes == "első\nmásodik\nradEdition: 2. kiadás\ncreation: 1956 ősze, Kis Pál"


def test_an_item_says_who_when_and_what(tmp_path: Path) -> None:
    row = {
        **ITEM, "parentId": "1", "eventDates": "a nagy napokban", "eventTypes": "Creation",
        "eventStartDates": "1956-10-00", "eventEndDates": "1956-11-00", "eventActors": "Kis Pál",
        "nameAccessPoints": "Nagy Éva|Titkos Tamás", "subjectAccessPoints": "nők|tér",
        "alternativeIdentifiers": "MTI 7", "alternativeIdentifierLabels": "ügynökségi szám",
        "physicalObjectName": "3. doboz", "radEdition": "első",
    }  # fmt: skip
    taking.take(TESTER, planning.read(listed(tmp_path, FONDS, row)))
    told = sheets.said(db.session().scalars(select(Image)).one().public_id)
    assert [(a.name, a.role) for a in told.agents] == [
        ("Kis Pál", "creator"), ("Nagy Éva", "depicted"), ("Titkos Tamás", "depicted"),
    ]  # fmt: skip
    assert (told.dates[0].display, told.dates[0].edtf) == ("a nagy napokban", "1956-10/1956-11")
    assert [link.name for link in told.subjects] == ["nők", "tér"]
    assert (told.identifiers[0].value, told.identifiers[0].authority) == (
        "MTI 7",
        "ügynökségi szám",
    )
    assert (told.carriers[0].location, told.notes) == ("3. doboz", "radEdition: első")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{**SERIES, "parentId": "99"}], [("refused", "atom_no_parent")]),
        ([{**SERIES, "parentId": "2"}], [("refused", "atom_circle")]),
        ([{**SERIES, "parentId": ""}], [("refused", "atom_not_at_the_top")]),
        ([{**ITEM, "parentId": ""}], [("refused", "atom_item_at_the_top")]),
        (
            [FONDS, {**SERIES, "levelOfDescription": "Fonds"}, ITEM],
            [
                ("add", ""),
                ("refused", "atom_level_does_not_fit"),
                ("refused", "atom_parent_refused"),
            ],
        ),
        ([FONDS, {**FONDS, "legacyId": "9"}], [("add", ""), ("refused", "atom_code_twice")]),
        ([{**FONDS, "identifier": "a//b"}], [("refused", "atom_code_unfit")]),
        (
            [FONDS, {**SERIES, "levelOfDescription": "Kötegek"}],
            [("add", ""), ("add", "atom_level_unknown")],
        ),
        (
            [FONDS, SERIES, ITEM, {**ITEM, "legacyId": "4", "parentId": "3", "identifier": "b"}],
            [("add", ""), ("add", ""), ("add", ""), ("add", "atom_below_item")],
        ),
        ([{**SERIES, "parentId": "", "qubitParentSlug": "nincs"}], [("refused", "atom_no_slug")]),
    ],
)
def test_what_has_no_place_is_refused_with_the_reason(
    tmp_path: Path, rows: list[dict[str, str]], expected: list[tuple[str, str]]
) -> None:
    plan = planning.read(listed(tmp_path, *rows))
    assert outcomes(plan) == expected
    taking.take(TESTER, plan)
    assert len(dumped()) == sum(outcome == "add" for outcome, _ in expected)
    for row in plan.rows:
        for remark in row.remarks:
            assert "{" not in remark.sentence("hu") + remark.sentence("en")


def test_rows_without_a_parent_go_below_the_unit_that_is_named(tmp_path: Path) -> None:
    catalogue.add_unit(TESTER, ref_code="HU-X", title={"hu": "Itteni fond"})
    path = listed(tmp_path, {**SERIES, "parentId": ""}, ITEM)
    taking.take(TESTER, planning.read(path, below="HU-X"))
    assert set(units()) == {"HU-X", "HU-X-1"}
    with pytest.raises(Unreadable):
        planning.read(path, below="HU-NINCS")
    slug = listed(tmp_path, {**SERIES, "identifier": "2", "parentId": "",
                             "qubitParentSlug": "itteni-fond"})  # fmt: skip
    taking.take(TESTER, planning.read(slug))
    assert set(units()) == {"HU-X", "HU-X-1", "HU-X-2"}


def test_something_else_is_no_list_of_descriptions(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Cím,Dátum\nTér,1956\n", encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        planning.read(path)
    assert caught.value.reason.code == "not_atom"


def test_a_long_list_is_taken_over_by_the_worker(archive: Settings, tmp_path: Path) -> None:
    jobs.connect(archive)
    folder = service.upload_folder("abcdef0123456789")
    folder.mkdir(parents=True)
    listed(folder, FONDS, SERIES, ITEM)
    taking.take_later(TESTER, "abcdef0123456789", "atom.csv", "")
    db.release()
    jobs.run_due()
    db.release()
    assert set(units()) == {"HU-X", "HU-X-1"}


def test_units_written_for_atom_are_read_back_as_they_are(tmp_path: Path) -> None:
    row = {
        **FONDS, "scopeAndContent": "Leírás", "eventDates": "1956", "eventTypes": "Creation",
        "eventActors": "Kis Pál", "accessConditions": "kutatható", "generalNote": "jegyzet",
    }  # fmt: skip
    english = {"legacyId": "1", "title": "Great", "levelOfDescription": "Fonds", "culture": "en"}
    taking.take(TESTER, planning.read(listed(tmp_path, row, english, SERIES)))
    catalogue.add_unit(TESTER, ref_code="KÜLÖN", title={"hu": "Kód, ami nem öröklődik"},
                       level="series", parent=units()["HU-X"])  # fmt: skip
    db.release()
    path = tmp_path / "units.csv"
    with path.open("wb") as target:
        assert writing.write(db.session(), target) == 3
    plan = planning.read(path)
    assert outcomes(plan) == [("known", "")] * 3
    said = [line for line in dumped() if '"level"' in line]
    with history.change(TESTER, "arrange"):
        for ref in ("KÜLÖN", "HU-X-1", "HU-X"):
            db.session().delete(units()[ref])
            db.session().flush()
    db.release()
    taking.take(TESTER, planning.read(path))
    db.release()
    again = [line for line in dumped() if '"level"' in line]
    assert [_without_id(line) for line in again] == [_without_id(line) for line in said]


def _without_id(line: str) -> str:
    start = line.index('"id": "')
    return line[:start] + line[start + 19 :]


# What is told by the place in the tree, by the level, and by the words of a date.
IN_OTHER_WORDS = {
    "legacyId", "parentId", "culture", "eventStartDates", "eventEndDates", "eventTypes",
    "levelOfDescription",
}  # fmt: skip


@pytest.mark.parametrize("name", ["isad", "rad"])
def test_the_examples_of_atom_are_taken_whole(shared_data: Path, name: str) -> None:
    path = shared_data / "interop" / f"atom_example_information_objects_{name}.csv"
    plan = planning.read(path)
    assert outcomes(plan) == [("add", ""), ("add", "")]
    taking.take(TESTER, plan)
    db.release()
    assert outcomes(planning.read(path)) == [("known", ""), ("known", "")]
    kept = "".join(dumped()).casefold()
    with path.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            for heading, text in row.items():
                if heading in IN_OTHER_WORDS:
                    continue
                for entry in (text or "").split("|"):
                    if entry and entry != "NULL":
                        assert _as_json(entry) in kept, heading


def _as_json(text: str) -> str:
    return text.strip().casefold().replace('"', '\\"')
