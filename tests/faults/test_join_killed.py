"""A join of segments beside commits, killed: its helper, who asked for it, or both.

Each is killed at every of its own system calls. A helper that dies is done without; one whose
follower dies ends by itself, and what it left is never taken for a segment.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import which

import pytest

from archive.search import follow
from archive.search.analysis import Analyzer
from tests import strace
from tests.faults import index
from tests.faults.written import (
    assert_old_or_new,
    begun,
    engine,
    own_settings,
    recovered,
    writing,
)
from tests.strace import Point, Program, kill_at, points_in, points_of

__all__ = ["own_settings"]
pytestmark = pytest.mark.strace
# Two records are many here, so that a helper joins what is soon made.
JOIN = (
    "import multiprocessing as mp, os; from archive.search.whoosh_engine import writing as sizes;"
    "sizes.SMALL = 1; mp.set_executable(os.environ['HELPER']); service.engine().tidy();"
    "(helper,) = mp.active_children(); writer.turn(0.0); helper.join(); print(helper.exitcode);"
)
ADOPT = "writer.turn(1.0); writer.turn(2.0)"
DIE = "sys.stdout.flush(); os.kill(os.getpid(), 9)"
KILLED = "-9\n"
SLOWLY = ("-e", "trace=write,unlink", "-e", "inject=write,unlink:delay_enter=40000")
SOON_S = 30.0


@dataclass(frozen=True)
class Ready:
    """An archive with segments to be joined, and the room to do it in again and again."""

    folder: Path
    made: Path
    old: dict[str, int]

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def again(self) -> Path:
        data = self.folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        return shutil.copytree(self.made, data, symlinks=True)

    def program(self, data: Path, act: str, *traced: str) -> Program:
        """A follower whose helper is traced so; alone, for the helper is another's prey."""
        helper = strace.starting(self.folder, self.folder / "helper.log", *traced)
        return replace(writing(data, JOIN + act, HELPER=str(helper)), alone=True)

    def helper(self) -> int:
        return int((self.folder / "helper.pid").read_text())


@pytest.fixture
def ready(
    tmp_path: Path, sqlite_template: Path, word_folder: Path, needs: Callable[..., None]
) -> Ready:
    needs(which("strace"), "strace")
    Analyzer(word_folder).warm()
    made = begun(tmp_path / "made", sqlite_template, word_folder, four_segments)
    return Ready(tmp_path, made, engine(made).ids())


def four_segments(data: Path) -> list[str]:
    made = index.photographs(12)
    following = follow.Follower(engine(data))
    following.rebuild()
    for start in range(0, 12, 3):
        for name in made[start : start + 3]:
            index.renamed(name, "Kocsik a téren")
        following.step()
    assert segments(data) == 4
    return made


def segments(data: Path) -> int:
    return len(engine(data)._current().parts)


def of_the_helper(ready: Ready) -> list[Point]:
    """Every call that changes files of a helper that joins."""
    data = ready.again()
    ended = ready.program(data, ADOPT, *strace.ALL).run()
    assert (ended.returncode, ended.stdout) == (0, "0\n"), ended.stderr
    assert segments(data) == 2
    assert assert_old_or_new(data, ready.old)
    return points_in(ready.folder / "helper.log")


def test_a_killed_helper_is_done_without(
    ready: Ready, fault_points: Callable[..., Sequence[Point]]
) -> None:
    for point in fault_points(of_the_helper(ready), sample=3):
        data = ready.again()
        ended = ready.program(data, ADOPT, *strace.killing(point)).run()
        assert (ended.returncode, ended.stdout) == (0, KILLED), (point, ended.stderr)
        assert segments(data) == 2, point
        assert assert_old_or_new(data, ready.old), point
        recovered(data)


def test_what_a_killed_helper_left_is_no_segment(
    ready: Ready, fault_points: Callable[..., Sequence[Point]]
) -> None:
    """Its follower dies with it and cannot tidy up."""
    for point in fault_points(of_the_helper(ready), sample=3):
        data = ready.again()
        ended = ready.program(data, DIE, *strace.killing(point)).run()
        assert (ended.returncode, ended.stdout) == (-9, KILLED), (point, ended.stderr)
        assert index.strays(data / "search_index") != [], point
        assert assert_old_or_new(data, ready.old), point
        recovered(data)


def test_a_killed_follower_leaves_one_commit_whole_and_no_helper(
    ready: Ready, fault_points: Callable[..., Sequence[Point]]
) -> None:
    """The helper is slow: the next follower finds it at work, unless it ends with its own."""
    data, seen = ready.again(), set()
    every = points_of(ready.program(data, ADOPT, *SLOWLY), ready.log)
    assert {point.call for point in every} >= {"fsync", "rename", "write", "unlink"}
    for point in fault_points(every, sample=4):
        data = ready.again()
        (ready.folder / "helper.pid").write_text("0")
        kill_at(ready.program(data, ADOPT, *SLOWLY), point, ready.log)
        seen.add(assert_old_or_new(data, ready.old))
        recovered(data)
        if helper := ready.helper():  # it may never have been started
            assert strace.gone(helper, SOON_S), point
        assert index.strays(data / "search_index") == [], point
    assert False in seen, "no kill came before the commit"
