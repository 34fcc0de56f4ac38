"""An index that is spoilt in any way: search goes on, it is noticed, and made whole by itself.

A reader has the index open when it happens, as the processes of the web server do; the one that
follows history is another, as the worker is. Its clock is told, never waited for.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from archive import db, settings
from archive.history.actor import READER
from archive.search import follow, service
from archive.search.analysis import Analyzer
from archive.search.engine import IndexUnusable, Results, SearchEngine
from archive.search.query import PUBLIC_FACETS, parse
from archive.search.whoosh_engine import WhooshEngine
from archive.search.whoosh_engine import writing as sizes
from archive.settings import Settings
from tests.faults import index
from tests.faults.index import Damage

PHOTOGRAPHS = 6
ASKED = ("tuntetok", '"Tüntetők a téren"', "tünt*", "kép NOT 3", "1956-10-23", "")


@pytest.fixture
def archive(database: None, tmp_path: Path, word_folder: Path) -> Iterator[Path]:
    """An archive with an index of several commits; gives the folder of the index."""
    settings.use(Settings(data=tmp_path))
    folder = settings.current().search_index
    folder.mkdir(mode=0o700)
    (folder / "words").symlink_to(word_folder)
    begin_anew(folder)
    made = index.photographs(PHOTOGRAPHS)
    follow.catch_up()
    shutil.copytree(folder, tmp_path / "older", symlinks=True)
    index.renamed(made[0], "Tüntetők a téren, átnevezve")
    index.hidden(made[1])
    follow.catch_up()
    worker(folder)
    yield folder
    service._engines.clear()
    settings.use(Settings.load())


def begin_anew(folder: Path) -> None:
    """This process has not looked at the index yet, and looks anew for every question."""
    service._engines.clear()
    service._lags.clear()
    service._engines[folder] = engine_of(folder)


def engine_of(folder: Path) -> WhooshEngine:
    return WhooshEngine(folder, Analyzer(folder / "words"), poll_s=0.0)


def ask(text: str) -> Results:
    db.release()
    return service.find(parse(text, facets=PUBLIC_FACETS), READER)


def worker(folder: Path) -> follow.Follower:
    """The follower of another process, which has checked the index at moment 0."""
    following = follow.Follower(engine_of(folder))
    following.turn(0.0)
    return following


def assert_healed(following: follow.Follower, reader: SearchEngine, damage: Damage) -> None:
    """A minute after the last check the index is what the database says."""
    rest = following.turn(60.0)
    if not reader.health(thorough=True).ok:
        following.turn(60.0 + rest)
    assert reader.health(thorough=True).ok, damage.name
    assert index.as_the_database_has_it(reader), damage.name


def test_a_spoilt_index_is_answered_around_noticed_and_made_whole(
    archive: Path, tmp_path: Path, fault_points: Callable[..., Sequence[Damage]]
) -> None:
    whole = shutil.copytree(archive, tmp_path / "whole", symlinks=True)
    right = {text: {hit.id for hit in ask(text).hits} for text in ASKED}
    every = index.damages(archive, tmp_path / "older")
    assert len(every) >= 100
    for damage in fault_points(every, sample=16):
        reader, following = service.engine(), worker(archive)
        assert ask("tüntetők").notices == (), damage.name
        damage.do(archive)
        for text in ASKED:  # none of these may raise
            results = ask(text)
            assert results.notices or results.total <= PHOTOGRAPHS, damage.name
        assert_healed(following, reader, damage)
        for text in ASKED:
            results = ask(text)
            assert {hit.id for hit in results.hits} == right[text], damage.name
            assert results.notices == (), damage.name
        while following.turn(61.0) == follow.BATCH_S:
            pass
        assert index.strays(archive) == [], damage.name
        put_back(archive, whole)


def put_back(archive: Path, whole: Path) -> None:
    shutil.rmtree(archive)
    shutil.copytree(whole, archive, symlinks=True)
    begin_anew(archive)


# Whoosh leaves a file it makes no sense of to be closed by the garbage collector, as it is.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_is_spoilt_is_not_joined_before_it_is_noticed(
    archive: Path,
    tmp_path: Path,
    fault_points: Callable[..., Sequence[Damage]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An edit comes before the next check is due, and its commit takes in every segment."""
    monkeypatch.setattr(sizes, "MANY", 1)
    index.renamed(next(iter(engine_of(archive).ids())), "Kocsik a téren")
    whole = shutil.copytree(archive, tmp_path / "whole", symlinks=True)
    follow.Follower(engine_of(archive)).step()
    assert len(engine_of(archive)._current().parts) == 1
    right = index.contents(engine_of(archive))
    put_back(archive, whole)
    for damage in fault_points(index.damages(archive, tmp_path / "older"), sample=16):
        following = follow.Follower(engine_of(archive))
        damage.do(archive)
        with suppress(IndexUnusable):
            following.step()
        assert_healed(following, engine_of(archive), damage)
        assert index.contents(engine_of(archive)) == right, damage.name
        put_back(archive, whole)
