"""`pillanat doctor` finds what is wrong and says what to do."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from archive import db, jobs
from archive.catalogue import service as catalogue
from archive.commands import doctor
from archive.media import transcribing
from archive.media.models import Picture
from archive.search.whoosh_engine import store
from tests.unit.commands.conftest import TESTER, Filled, Run, lines_of


def findings(run: Run) -> dict[str, tuple[str, str]]:
    """What was looked at, with its state and remedy."""
    lines = lines_of(run("doctor", "--json"))
    return {line["what"]: (line["state"], line["remedy"]) for line in lines}


def state_of(found: dict[str, tuple[str, str]], beginning: str) -> tuple[str, str]:
    return next(value for what, value in found.items() if what.startswith(beginning))


def test_a_well_kept_archive_has_nothing_wrong(filled: Filled, run: Run) -> None:
    run("user", "add", "a@example.org", "--role", "administrator", "--no-password")
    with db.transaction():
        jobs.submit("derivatives")
    jobs.run_due()
    run("reindex")
    result = run("doctor", "--json")
    assert {line["state"] for line in lines_of(result)} <= {"good", "look"}
    assert result.exit_code == 0
    found = findings(run)
    assert state_of(found, "the search index holds 3")[0] == "good"
    assert state_of(found, "every picture is made")[0] == "good"
    assert state_of(found, "the browser files are there")[0] == "good"


def test_what_is_wrong_comes_with_a_remedy(
    filled: Filled, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "BROWSER_FILES", ("no-such-library.js",))
    orphan = filled.folder / "media" / "masters" / "aa" / "bb" / ("a" * 64)
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"written by a process that died")
    with db.transaction() as session:
        session.execute(update(Picture).values(state="failed", reason="the file ends too early"))
    result = run("doctor", "--json")
    found = findings(run)
    assert result.exit_code == 1
    assert "pillanat reindex" in state_of(found, "the search index is absent")[1]
    assert state_of(found, "3 pictures could not be made, one because: the file ends")[0] == "look"
    assert state_of(found, "1 masters belong to no photograph")[0] == "look"
    assert state_of(found, "browser files are missing: no-such")[1] == "make setup"
    assert state_of(found, "nobody is administrator")[0] == "wrong"


def test_pictures_that_wait_and_an_index_that_lags(filled: Filled, run: Run) -> None:
    run("reindex")
    catalogue.publish(TESTER, catalogue.image_by_id(db.session(), filled.draft))
    found = findings(run)
    behind = next(what for what in found if what.endswith("changes behind"))
    assert "pillanat reindex" in found[behind][1]
    assert state_of(found, "3 pictures wait to be made")[0] == "look"


def test_a_changed_byte_of_the_index_is_found(filled: Filled, run: Run) -> None:
    run("reindex")
    generation = store.current(filled.folder / "search_index")
    largest = max((p for p in generation.iterdir() if p.is_file()), key=lambda p: p.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.write_bytes(content)
    assert state_of(findings(run), "the search index is damaged")[0] == "wrong"


def test_backs_that_no_program_reads_are_told(
    filled: Filled, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcribing, "program", lambda: "")
    assert state_of(findings(run), "the backs of prints are not read")[0] == "look"
