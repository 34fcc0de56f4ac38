"""An archive whose index is about to be written, and what holds when its writer was killed.

The invariant: after any kill a reader sees one commit, whole; the next follower brings the index to
what the database says, and nothing of who was killed is left.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from archive import db, settings
from archive.search import follow, loading
from archive.search.analysis import Analyzer
from archive.search.query import parse
from archive.search.whoosh_engine import WhooshEngine
from archive.settings import Settings
from tests.faults import index
from tests.strace import Program

WRITE = (
    "import sys; from archive import db, settings; from archive.search import follow, service;"
    "db.connect(settings.current().database); writer = follow.Follower(service.engine());"
)


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    before = settings.current()
    yield
    db.disconnect()
    settings.use(before)


def begun(data: Path, template: Path, words: Path, fill: Callable[[Path], list[str]]) -> Path:
    """An archive filled by `fill`, whose index has not seen the last two changes."""
    (data / "instance").mkdir(parents=True)
    shutil.copyfile(template, data / "instance" / "pillanat.db")
    (data / "search_index").mkdir(mode=0o700)
    (data / "search_index" / "words").symlink_to(words)
    opened(data)
    made = fill(data)
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


def writing(data: Path, act: str, **environ: str) -> Program:
    """What a follower does to this archive, as a program of its own."""
    own = {"PILLANAT_DATA": str(data), "PYTHONDONTWRITEBYTECODE": "1", **environ}
    return Program([sys.executable, "-c", WRITE + act], {**os.environ, **own})


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
