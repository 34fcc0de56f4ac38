"""A worker killed while it changes many photographs, or undoes it: nothing is half-known after.

Killed wherever it writes, a photograph is changed with its record, its history and its place in
the plan, or not at all; whoever takes the job over ends it as one change set.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import which

import pytest
from sqlalchemy import func, select, text, update

from archive import db, history, jobs
from archive.catalogue import bulk, record
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft
from archive.catalogue.models import Image, RecordRow
from archive.history import Change, ChangeSet, system
from archive.settings import Settings, current, use
from tests.strace import Point, Program, kill_at, points_of

pytestmark = pytest.mark.strace
ACTOR = system("tests")
PHOTOGRAPHS, AT_ONCE = 7, 2
WORK = "import sys; from archive import db, jobs; from archive.catalogue import bulk;"
WORK += "db.connect(sys.argv[1]); jobs.run_due()"


@dataclass(frozen=True)
class Begun:
    """A database in which a plan waits for a worker, and what photographs say at its end."""

    path: Path
    plan: int
    said: str


@pytest.fixture(autouse=True)
def two_at_a_time(settings: Settings) -> object:
    before = current()
    use(settings.model_copy(update={"bulk_commit_photographs": AT_ONCE}))
    yield
    db.disconnect()
    use(before)


def begun(path: Path, template: Path, act: str) -> Begun:
    shutil.copyfile(template, path)
    db.connect(f"sqlite:///{path}")
    unit = catalogue.add_unit(ACTOR, ref_code="HU-1", title={"hu": "Fond"})
    keys = [catalogue.accession(ACTOR, unit, Draft(notes="before")).id for _ in range(PHOTOGRAPHS)]
    plan = bulk.prepare(ACTOR, keys, [{"do": "set", "name": "notes", "value": "after"}])
    jobs.run_due()
    plan = bulk.carry_out(ACTOR, db.session().get_one(bulk.BulkPlan, plan.id))
    if act == "undo":
        jobs.run_due()
        done = db.session().get_one(bulk.BulkPlan, plan.id)
        plan = bulk.prepare_undo(ACTOR, done.change_set_id or 0)
    db.disconnect()
    return Begun(path, plan.id, "before" if act == "undo" else "after")


def working(path: Path) -> Program:
    environ = {**os.environ, "PILLANAT_BULK_COMMIT_PHOTOGRAPHS": str(AT_ONCE)}
    return Program([sys.executable, "-c", WORK, f"sqlite:///{path}"], environ)


def assert_whole(made: Begun) -> int:
    """What is changed is changed with all that follows from it; gives how many are."""
    session = db.session()
    plan = session.get_one(bulk.BulkPlan, made.plan)
    changed = set(session.scalars(select(Image.id).where(Image.notes == made.said)))
    mine = (Change.change_set_id == plan.change_set_id, Change.entity == "image")
    assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert len(changed) == plan.changed
    assert set(session.scalars(select(Change.entity_id).where(*mine))) == changed
    kept = {row.image_id: row.own for row in session.scalars(select(RecordRow))}
    assert kept == record.own(session, list(kept))
    assert history.verify(session).broken_at is None
    return len(changed)


def taken_over(made: Begun) -> None:
    """The sweep gives the job of a worker that fell silent back, and another does it."""
    with db.transaction() as session:
        long_ago = db.now() - timedelta(days=1)
        session.execute(update(jobs.Job).values(heartbeat_at=long_ago))
    jobs.sweep(current())
    jobs.run_due()
    assert assert_whole(made) == PHOTOGRAPHS
    assert db.session().get_one(bulk.BulkPlan, made.plan).state == "applied"


@pytest.mark.parametrize("act", ["edit", "undo"])
def test_a_worker_killed_between_two_transactions_is_taken_over(
    act: str,
    tmp_path: Path,
    sqlite_template: Path,
    needs: Callable[..., None],
    fault_points: Callable[..., Sequence[Point]],
) -> None:
    needs(which("strace"), "strace")
    made = begun(tmp_path / "begun.db", sqlite_template, act)
    whole = shutil.copyfile(made.path, tmp_path / "whole.db")
    every = points_of(working(whole), tmp_path / "log")
    seen = set()
    for number, point in enumerate(fault_points(every, sample=10)):
        path = shutil.copyfile(made.path, tmp_path / f"{number}.db")
        kill_at(working(path), point, tmp_path / "log")
        db.connect(f"sqlite:///{path}")
        sets = db.session().scalar(select(func.count()).select_from(ChangeSet))
        seen.add(assert_whole(made))
        taken_over(made)
        later = db.session().scalar(select(func.count()).select_from(ChangeSet))
        assert (later or 0) - (sets or 0) in (0, 1), point
        db.disconnect()
    assert seen - {0, PHOTOGRAPHS}, "no kill fell between two transactions"
