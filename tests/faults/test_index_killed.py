"""The writer of the index killed at its system calls: the next reader sees old or new, all of it.

Whoever follows history next brings the index to what the database says, and tidying leaves nothing
of the writer that was killed: no generation, no file.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import which

import pytest
from sqlalchemy.orm import Session

from archive import db, settings
from archive.search import follow, loading
from archive.search.analysis import Analyzer
from archive.search.query import parse
from archive.search.whoosh_engine import WhooshEngine
from archive.settings import Settings
from tests.faults import index
from tests.strace import Point, Program, kill_at, points_of

pytestmark = pytest.mark.strace
PHOTOGRAPHS = 5
WRITE = (
    "import sys; from archive import db, settings; from archive.search import follow, service;"
    "db.connect(settings.current().database); writer = follow.Follower(service.engine());"
)
ACTS = {
    "commit": WRITE + "writer.step()",
    "rebuild": WRITE + "writer.rebuild()",
    "merge": WRITE + "writer.turn(0.0); writer.turn(1.0); writer.turn(2.0)",
}


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    before = settings.current()
    yield
    db.disconnect()
    settings.use(before)


def begun(data: Path, template: Path, words: Path, act: str) -> Path:
    """An archive whose index has not seen the last changes; for a merge, of many segments."""
    (data / "instance").mkdir(parents=True)
    shutil.copyfile(template, data / "instance" / "pillanat.db")
    (data / "search_index").mkdir(mode=0o700)
    (data / "search_index" / "words").symlink_to(words)
    opened(data)
    made = index.photographs(PHOTOGRAPHS)
    follow.Follower(engine(data)).rebuild()
    for number in range(10 if act == "merge" else 0):
        index.renamed(made[number % 3], f"Lovak {number}")
        follow.Follower(engine(data)).step()
    index.renamed(made[0], "Lovak a téren")
    index.hidden(made[1])
    db.disconnect()
    return data


def opened(data: Path) -> None:
    db.disconnect()
    settings.use(Settings(data=data))
    db.connect(settings.current().database)


def engine(data: Path) -> WhooshEngine:
    folder = data / "search_index"
    return WhooshEngine(folder, Analyzer(folder / "words"), poll_s=0.0)


def writing(data: Path, act: str) -> Program:
    environ = {**os.environ, "PILLANAT_DATA": str(data), "PYTHONDONTWRITEBYTECODE": "1"}
    return Program([sys.executable, "-c", ACTS[act]], environ)


def assert_old_or_new(data: Path, old: dict[str, int]) -> bool:
    """What a reader finds is one commit, whole; gives whether it is the new one."""
    reader = engine(data)
    health = reader.health(thorough=True)
    assert health.ok, health.detail
    opened(data)
    with Session(db.engine()) as session:
        new = loading.versions(session)
    assert old != new
    assert reader.ids() in (old, new)
    assert reader.find(parse("lovak"), "staff").total >= int(reader.ids() == new)
    return reader.ids() == new


def recovered(data: Path) -> None:
    """The next follower: right, healthy, and nothing left over once all is tidy."""
    following = follow.Follower(engine(data))
    moment = 0.0
    while (rest := following.turn(moment)) != follow.POLL_S or not following._tidy:
        moment += 1.0 + rest
        assert moment < 60.0
    reader = engine(data)
    assert reader.health(thorough=True).ok
    assert index.as_the_database_has_it(reader)
    assert index.strays(data / "search_index") == []


@pytest.mark.parametrize("act", ACTS)
def test_a_killed_writer_leaves_one_commit_whole(
    act: str,
    tmp_path: Path,
    sqlite_template: Path,
    word_folder: Path,
    needs: Callable[..., None],
    fault_points: Callable[..., Sequence[Point]],
) -> None:
    needs(which("strace"), "strace")
    Analyzer(word_folder).warm()
    made = begun(tmp_path / "made", sqlite_template, word_folder, act)
    old = engine(made).ids()
    whole = shutil.copytree(made, tmp_path / "whole", symlinks=True)
    every = points_of(writing(whole, act), tmp_path / "log")
    assert {point.call for point in every} >= {"fsync", "rename", "write", "unlink"}
    assert assert_old_or_new(whole, old)
    recovered(whole)
    seen = set()
    for number, point in enumerate(fault_points(every, sample=3)):
        data = shutil.copytree(made, tmp_path / str(number), symlinks=True)
        kill_at(writing(data, act), point, tmp_path / "log")
        seen.add(assert_old_or_new(data, old))
        recovered(data)
        shutil.rmtree(data)
    assert False in seen, "no kill came before the commit"
