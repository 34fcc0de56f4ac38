"""`pillanat search`, `reindex`, `index status` and `decide`, on an archive of three photographs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from archive import db
from archive.catalogue import service as catalogue
from archive.search.whoosh_engine import store
from tests.demo import PROGRAM
from tests.unit.commands.conftest import TESTER, Filled, Run, lines_of


@pytest.fixture
def indexed(filled: Filled, run: Run) -> Filled:
    assert run("reindex").exit_code == 0
    return filled


def ids(lines: list[dict[str, Any]]) -> set[str]:
    return {line["id"] for line in lines[1:]}


def test_search_prints_counts_and_then_the_hits(indexed: Filled, run: Run) -> None:
    result = run("search", "híd roncsok", "--json")
    counts, *hits = lines_of(result)
    assert set(counts) >= {"total", "took_ms", "facets", "suggestion"}
    assert counts["total"] == 1
    assert counts["facets"]["collection"] == [["HU-T", 1], ["HU-T-1", 1]]
    assert hits[0]["id"] == indexed.free
    assert hits[0]["title"] == {"hu": "A híd roncsai"}
    assert hits[0]["date"]["hu"] == "1956. október 23."
    assert {"field": "title", "text": "A híd roncsai"} in hits[0]["why"]
    assert hits[0]["score"] > 0


def test_a_reader_finds_no_draft_and_the_staff_does(indexed: Filled, run: Run) -> None:
    assert ids(lines_of(run("search", "híd", "--json"))) == {indexed.free, indexed.protected}
    staff = lines_of(run("search", "híd", "--as", "staff", "--json"))
    assert indexed.draft in ids(staff)
    assert sorted(staff[0]["facets"]["state"]) == [["draft", 1], ["published", 2]]


def test_filters_sort_and_limit_narrow_and_order(indexed: Filled, run: Run) -> None:
    narrowed = run("search", "híd", "--filter", "rights=InC", "--json")
    assert ids(lines_of(narrowed)) == {indexed.protected}
    both = run(
        "search", "--filter", "rights=InC", "--filter", "rights=PDM", "--sort", "id", "--json"
    )
    assert [line["id"] for line in lines_of(both)[1:]] == [indexed.free, indexed.protected]
    first = lines_of(run("search", "híd", "--sort", "id", "--limit", "1", "--json"))
    assert (first[0]["total"], len(first)) == (2, 2)


def test_search_says_in_words_what_it_found(indexed: Filled, run: Run) -> None:
    said = run("search", "roncs").output
    assert f"{indexed.free}  A híd roncsai (1956. október 23.)" in said
    assert "1 found, 1 shown" in said


@pytest.mark.parametrize("wrong", ["colour=red", "rights", "state=draft"])
def test_an_unknown_facet_is_refused_with_those_there_are(
    indexed: Filled, run: Run, wrong: str
) -> None:
    result = run("search", "híd", "--filter", wrong)
    assert result.exit_code == 2
    assert "FACET is one of collection" in result.output


def test_search_without_an_index_asks_the_database(filled: Filled, run: Run) -> None:
    result = run("search", "roncsai", "--json")
    counts, hit = lines_of(result)
    assert hit["id"] == filled.free
    assert counts["total"] == 1
    assert "the database was searched" in run("search", "roncsai").stderr


def test_the_status_tells_absence_health_and_lag(filled: Filled, run: Run) -> None:
    absent = run("index", "status")
    assert absent.exit_code == 1
    assert "absent" in absent.output
    assert "pillanat reindex" in absent.output
    made = lines_of(run("reindex", "--json"))[0]
    assert made["photographs"] == 3
    whole = lines_of(run("index", "status", "--json", "--thorough"))[0]
    assert (whole["state"], whole["documents"], whole["lag"]) == ("ok", 3, 0)
    catalogue.publish(TESTER, catalogue.image_by_id(db.session(), filled.draft))
    later = lines_of(run("index", "status", "--json"))[0]
    assert later["lag"] > 0
    assert later["generation"] == whole["generation"]


def test_a_damaged_index_is_told_and_made_anew(indexed: Filled, run: Run) -> None:
    folder = store.current(indexed.folder / "search_index")
    before = folder.name
    shutil.rmtree(folder)
    assert run("index", "status").exit_code == 1
    assert run("reindex").exit_code == 0
    assert lines_of(run("index", "status", "--json"))[0]["generation"] not in ("", before)


def test_the_demo_ends_with_its_index_complete(demo_folder: Path) -> None:
    environ = {**os.environ, "PILLANAT_DATA": str(demo_folder)}
    said = subprocess.run(
        [PROGRAM, "index", "status", "--json"], env=environ, capture_output=True, check=True
    )
    status = json.loads(said.stdout)
    assert (status["state"], status["lag"], status["documents"]) == ("ok", 0, 30)


def test_an_index_that_cannot_be_written_is_a_sentence(
    filled: Filled, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.commands.index.TRIES", 1)
    with store.writing(filled.folder / "search_index"):
        result = run("reindex")
    assert result.exit_code == 1
    assert result.output == "Error: the search index is busy\n"


def test_decide_answers_with_reasons(filled: Filled, run: Run) -> None:
    allowed = lines_of(run("decide", filled.free, "--use", "download_full", "--json"))[0]
    assert (allowed["effect"], allowed["max_px"]) == ("allow", None)
    asked = run("decide", filled.protected, "--use", "licence_editorial")
    assert asked.output.startswith("ask: Publishing it needs a licence.")
    assert "rights" in asked.output
    denied = lines_of(run("decide", filled.draft, "--use", "view_public", "--json"))[0]
    assert denied["effect"] == "deny"
    assert denied["reasons"][0]["rule"] == "draft"
    assert set(denied["reasons"][0]["text"]) == {"hu", "en"}


def test_decide_takes_another_day_and_country(filled: Filled, run: Run) -> None:
    options = ("--use", "view_public", "--territory", "us", "--on", "2031-01-02", "--json")
    said = lines_of(run("decide", filled.free, *options))[0]
    assert (said["territory"], said["on"]) == ("US", "2031-01-02")
    assert run("decide", filled.free, "--use", "view_public", "--territory", "USA").exit_code == 2


def test_decide_on_nothing_is_a_sentence(filled: Filled, run: Run) -> None:
    result = run("decide", "nothing", "--use", "view_public")
    assert (result.exit_code, result.output) == (1, "Error: There is no photograph nothing.\n")
