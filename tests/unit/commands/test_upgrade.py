"""`pillanat upgrade`: an archive of the first revision is brought up to date with what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select

from archive import db, jobs, schema
from archive.catalogue.models import RecordRow
from archive.settings import Settings
from tests.unit.commands.conftest import Filled, Run
from tests.unit.commands.test_backup import dumped


@pytest.fixture(params=["filled", "filled_postgres"])
def older(request: pytest.FixtureRequest, run: Run, tmp_path: Path) -> Filled:
    """A filled archive as the first revision left it: its records say less."""
    filled: Filled = request.getfixturevalue(request.param)
    dumped(run, tmp_path / "before")
    for row in db.session().scalars(select(RecordRow)):
        with db.transaction() as session:
            row = session.get_one(RecordRow, row.image_id)
            row.own = {name: value for name, value in row.own.items() if name != "frame"}
    jobs.disconnect()
    db.disconnect()
    command.downgrade(schema.configuration(Settings.load().database), "0001")
    return filled


def test_an_older_archive_says_the_same_afterwards(older: Filled, run: Run, tmp_path: Path) -> None:
    refused = run("search", "híd")
    assert refused.exit_code == 1
    assert "`pillanat upgrade`" in refused.output
    assert run("init").exit_code == 1
    checked = run("upgrade", "--check")
    assert checked.exit_code == 0
    assert "0002" in checked.output
    assert schema.present(db.connect(Settings.load().database)) == "0001"
    assert not (older.folder / "before-upgrade").exists()

    done = run("upgrade")
    assert done.exit_code == 0, done.output
    assert "3 records made anew" in done.output
    assert list((older.folder / "before-upgrade" / "moments").iterdir())
    after = dumped(run, tmp_path / "after")
    assert after == {path.name: path.read_bytes() for path in (tmp_path / "before").iterdir()}
    assert "0 changes behind" in run("index", "status").output


def test_a_newest_archive_is_left_alone(filled: Filled, run: Run) -> None:
    said = run("upgrade")
    assert said.exit_code == 0
    assert "up to date" in said.output
    assert not (filled.folder / "before-upgrade").exists()
