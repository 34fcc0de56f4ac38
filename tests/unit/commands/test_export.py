"""`pillanat export`: the canonical dump and the table."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from python_calamine import load_workbook

from archive import db
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft, LinkDraft
from archive.ingest.roundtrip import columns
from tests.unit.commands.conftest import TESTER, Filled, Run


def objects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_dump_holds_what_is_said_now(filled: Filled, run: Run, tmp_path: Path) -> None:
    assert run("export", "json", tmp_path / "dump").exit_code == 0
    photographs = objects(tmp_path / "dump" / "photographs.jsonl")
    assert [p["id"] for p in photographs] == sorted([filled.free, filled.protected, filled.draft])
    free = next(p for p in photographs if p["id"] == filled.free)
    assert free["title"] == {"hu": "A híd roncsai"}
    assert free["path"] == ["HU-T", "HU-T-1"]
    assert free["access"]["public"] is True
    assert not {"version", "updated_at"} & set(free)
    units = objects(tmp_path / "dump" / "units.jsonl")
    assert [(u["ref_code"], u["parent"]) for u in units] == [("HU-T", ""), ("HU-T-1", "HU-T")]


def test_what_is_written_again_is_the_same_and_follows_a_change(
    filled: Filled, run: Run, tmp_path: Path
) -> None:
    run("export", "json", tmp_path / "dump")
    path = tmp_path / "dump" / "photographs.jsonl"
    before = path.read_bytes()
    run("export", "json", tmp_path / "dump")
    assert path.read_bytes() == before
    image = catalogue.image_by_id(db.session(), filled.free)
    catalogue.withdraw(TESTER, image, reason_class="donor")
    run("export", "json", tmp_path / "dump")
    assert path.read_bytes() != before
    assert [p.name for p in (tmp_path / "dump").glob(".*")] == []


def test_a_unit_takes_only_what_is_below_it(filled: Filled, run: Run, tmp_path: Path) -> None:
    image = catalogue.image_by_id(db.session(), filled.free)
    catalogue.supplement(TESTER, image, Draft(agents=[LinkDraft("Ki Kálmán", "depicted")]))
    draft = catalogue.image_by_id(db.session(), filled.draft)
    catalogue.supplement(TESTER, draft, Draft(agents=[LinkDraft("Be Béla", "depicted")]))
    assert run("export", "json", "--unit", "HU-T-1", tmp_path / "dump").exit_code == 0
    photographs = objects(tmp_path / "dump" / "photographs.jsonl")
    assert {p["id"] for p in photographs} == {filled.free, filled.protected}
    assert [p["name"] for p in objects(tmp_path / "dump" / "people.jsonl")] == ["Ki Kálmán"]
    assert len(objects(tmp_path / "dump" / "units.jsonl")) == 2


def test_the_table_has_a_row_for_each_photograph(filled: Filled, run: Run, tmp_path: Path) -> None:
    assert run("export", "csv", "--unit", "HU-T-1", tmp_path).exit_code == 0
    path = tmp_path / "photographs.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as source:
        rows = {row["identifier"]: row for row in csv.DictReader(source)}
    assert set(rows) == {filled.free, filled.protected}
    row = rows[filled.free]
    assert {columns.heading(name, "en") for name in columns.core()} <= set(row)
    assert (row["title (hu)"], row["date (EDTF)"]) == ("A híd roncsai", "1956-10-23")
    assert (row["unit"], row["file name"]) == ("HU-T-1", "1.jpg")
    assert rows[filled.protected]["title (hu)"] == "'=Híd este"


def test_a_table_is_narrowed_and_written_as_wanted(
    filled: Filled, run: Run, tmp_path: Path
) -> None:
    wanted = ("--id", filled.free, "--lang", "names", "--separator", ";", "--no-mark")
    assert run("export", "csv", *wanted, tmp_path).exit_code == 0
    text = (tmp_path / "photographs.csv").read_bytes()
    assert text.startswith(b"id;ref_code;")
    (row,) = csv.DictReader(text.decode().splitlines(), delimiter=";")
    assert (row["id"], row["title:hu"]) == (filled.free, "A híd roncsai")
    assert run("export", "xlsx", "--state", "draft", "--lang", "hu", tmp_path).exit_code == 0
    book = load_workbook(tmp_path / "photographs.xlsx").get_sheet_by_index(0).to_python()
    assert [line[0] for line in book] == ["azonosító", filled.draft]


def test_an_unknown_unit_is_a_sentence(filled: Filled, run: Run, tmp_path: Path) -> None:
    result = run("export", "csv", "--unit", "HU-X", tmp_path / "dump")
    assert (result.exit_code, result.output) == (1, "Error: There is no fonds or series HU-X.\n")
    assert not (tmp_path / "dump").exists()
