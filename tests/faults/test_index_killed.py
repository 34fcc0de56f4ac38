"""The writer of the index killed at its system calls: the next reader sees old or new, all of it.

Whoever follows history next brings the index to what the database says, and tidying leaves nothing
of the writer that was killed: no generation, no file.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import which

import pytest

from archive.search import follow
from archive.search.analysis import Analyzer
from tests.faults import index
from tests.faults.written import (
    assert_old_or_new,
    begun,
    engine,
    own_settings,
    recovered,
    writing,
)
from tests.strace import Point, kill_at, points_of

__all__ = ["own_settings"]
pytestmark = pytest.mark.strace
PHOTOGRAPHS = 5
ACTS = {
    "commit": "writer.step()",
    "rebuild": "writer.rebuild()",
    "merge": "writer.turn(0.0); writer.turn(1.0); writer.turn(2.0)",
}


def filled(act: str) -> Callable[[Path], list[str]]:
    """An index of one segment; for a merge, of many."""

    def fill(data: Path) -> list[str]:
        made = index.photographs(PHOTOGRAPHS)
        follow.Follower(engine(data)).rebuild()
        for number in range(10 if act == "merge" else 0):
            index.renamed(made[number % 3], f"Lovak {number}")
            follow.Follower(engine(data)).step()
        return made

    return fill


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
    made = begun(tmp_path / "made", sqlite_template, word_folder, filled(act))
    old = engine(made).ids()
    whole = shutil.copytree(made, tmp_path / "whole", symlinks=True)
    every = points_of(writing(whole, ACTS[act]), tmp_path / "log")
    assert {point.call for point in every} >= {"fsync", "rename", "write", "unlink"}
    assert assert_old_or_new(whole, old)
    recovered(whole)
    seen = set()
    for number, point in enumerate(fault_points(every, sample=3)):
        data = shutil.copytree(made, tmp_path / str(number), symlinks=True)
        kill_at(writing(data, ACTS[act]), point, tmp_path / "log")
        seen.add(assert_old_or_new(data, old))
        recovered(data)
        shutil.rmtree(data)
    assert False in seen, "no kill came before the commit"
