"""`pillanat report`: the reports of the workbench, for people, programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive import db
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft
from archive.cli import main
from archive.history import system
from archive.settings import Settings
from archive.workbench.reports.tables import REPORTS

TESTER = system("tests")


@pytest.fixture(autouse=True)
def _archive(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """An archive with one photograph, of which only a title is known."""
    monkeypatch.setenv("PILLANAT_DATA", str(tmp_path))
    (tmp_path / "instance").mkdir()
    shutil.copyfile(sqlite_template, tmp_path / "instance" / "pillanat.db")
    db.connect(Settings.load().database)
    unit = catalogue.add_unit(TESTER, ref_code="HU-1", title={"hu": "Fond"})
    draft = Draft(ref_code="HU-1/1")
    draft.title("hu", "=Tüntetők")
    catalogue.accession(TESTER, unit, draft)
    db.release()
    yield
    db.disconnect()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["report", *words])


def test_the_reports_are_listed_with_their_numbers() -> None:
    lines = {line.split()[1]: line.split() for line in run().output.splitlines()}
    assert set(lines) == set(REPORTS)
    assert (lines["no_date"][0], lines["undescribed"][0]) == ("1", "0")
    assert "Without a date" in run().output
    assert "Eredménytelen keresések" in run("--lang", "hu").output
    assert json.loads(run("--json").output.splitlines()[0])["report"] == "undescribed"


def test_a_report_is_printed_for_people_and_programs() -> None:
    assert "HU-1/1  HU-1  draft  '=Tüntetők" in run("no_date").output
    line = json.loads(run("no_date", "--json").output)
    assert line["reference code"] == "HU-1/1"


def test_a_spreadsheet_has_a_heading_and_runs_nothing() -> None:
    heading, line = csv.reader(io.StringIO(run("no_date", "--csv").output))
    assert dict(zip(heading, line, strict=True))["title"] == "'=Tüntetők"


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_can_be_written(name: str) -> None:
    answer = run(name, "--csv")
    assert answer.exit_code == 0
    assert next(csv.reader(io.StringIO(answer.output))) == list(REPORTS[name].columns)


def test_an_unknown_report_is_refused_with_those_there_are() -> None:
    answer = run("nothing")
    assert answer.exit_code == 1
    assert "no_date" in answer.output
