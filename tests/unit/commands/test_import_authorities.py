"""`pillanat import agents|skos|starter-1956` and `pillanat export skos`, as people call them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import db
from archive.catalogue.models import Agent, Concept
from tests.unit.commands.conftest import Run, lines_of

pytestmark = pytest.mark.usefixtures("folder")
PEOPLE = "Név;Szül.;Elhunyt\nErzsébet Leichtner;1915;2005\n;1900;\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "nevek.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def names() -> list[str]:
    db.release()
    return list(db.session().scalars(select(Agent.name).order_by(Agent.name)))


def test_a_list_of_people(run: Run, people: Path) -> None:
    answer = run("import", "agents", people, "--map", "Szül.=born", "--source", "Névlista")
    assert answer.exit_code == 0, answer.output
    assert "3:  refused. The row has no name." in answer.output
    assert "1 new, 0 changed, 0 unchanged, 1 refused." in answer.output
    assert re.search(r"Change set [a-z0-9]{10}\.", answer.output)
    agent = db.session().scalars(select(Agent)).one()
    assert (agent.name, agent.dates, agent.sources) == (
        "Leichtner Erzsébet", "1915/2005", "Névlista",
    )  # fmt: skip
    again = lines_of(run("import", "agents", people, "--map", "Szül.=born", "--json"))
    assert [line.get("outcome") for line in again] == ["unchanged", "refused", None]
    assert again[-1]["change_set"] == ""


def test_a_rehearsal_writes_nothing(run: Run, people: Path) -> None:
    answer = run("import", "agents", people, "--dry-run")
    assert "1 new" in answer.output
    assert "Nothing was changed." in answer.output
    assert names() == []


def test_what_cannot_be_read_ends_in_a_sentence(run: Run, people: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    answer = run("import", "agents", wrong)
    assert (answer.exit_code, "No column of wrong.csv looks like a name" in answer.output) == (
        1, True,
    )  # fmt: skip
    assert "write HEADING=FIELD" in run("import", "agents", people, "--map", "x=y").output
    entity = tmp_path / "entity.rdf"
    entity.write_text("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", encoding="utf-8")
    answer = run("import", "skos", entity, "--scheme", "war")
    assert (answer.exit_code, "refused for safety" in answer.output) == (1, True)
    answer = run("import", "skos", entity.with_suffix(".ttl"), "--scheme", "war")
    assert answer.exit_code == 2
    entity.write_text("<a:b> <c:d> .", encoding="utf-8")
    assert "line 1" in run("import", "skos", entity, "--scheme", "war").output
    assert "cannot be the code" in run("import", "skos", entity, "--scheme", "War").output


@pytest.mark.parametrize("format", ["rdf", "ttl"])
def test_a_vocabulary_goes_out_and_comes_back(run: Run, tmp_path: Path, format: str) -> None:
    assert run("import", "starter-1956").exit_code == 0
    out = tmp_path / "out"
    answer = run("export", "skos", out, "--scheme", "subject", "--format", format)
    assert answer.exit_code == 0, answer.output
    path = out / f"subject.{format}"
    before = path.read_bytes()
    told = lines_of(run("import", "skos", path, "--scheme", "subject", "--json"))
    assert told[-1]["summary"] == {
        "new": 0, "changed": 0, "unchanged": len(told) - 1, "refused": 0,
    }  # fmt: skip
    run("export", "skos", out, "--scheme", "subject", "--format", format)
    assert path.read_bytes() == before
    assert [found.name for found in out.iterdir()] == [path.name]
    copied = lines_of(run("import", "skos", path, "--scheme", "copy", "--json"))[-1]["summary"]
    assert copied["new"] == len(told) - 1
    db.release()
    tank = db.session().scalars(select(Concept).where(Concept.scheme == "copy"))
    broader = {row.label["hu"]: row.broader_id for row in tank}
    assert broader["harckocsi"] is not None


def test_a_vocabulary_that_is_not_there(run: Run, tmp_path: Path) -> None:
    answer = run("export", "skos", tmp_path / "out", "--scheme", "nothing")
    assert (answer.exit_code, "There is no vocabulary nothing" in answer.output) == (1, True)


def test_the_starter_file(run: Run) -> None:
    assert "0 filled, 0 unchanged." in run("import", "starter-1956").output
    assert "0 new, 0 filled" in run("import", "starter-1956").output
    assert "Nagy Imre" in names()
