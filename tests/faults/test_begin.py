"""`pillanat init`, killed at its system calls, is finished by a second run."""

import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import which

import pytest

from tests.strace import Point, Program, kill_at, points_of

pytestmark = pytest.mark.strace
ADDRESS = "first@example.org"


def beginning(data: Path) -> Program:
    program = Path(sys.executable).with_name("pillanat")
    return Program(
        [program, "init", "--email", ADDRESS, "--password-stdin"],
        {**os.environ, "PILLANAT_DATA": str(data)},
        "a long enough sentence of words\n",
    )


def test_a_killed_beginning_is_finished_by_the_next(
    tmp_path: Path,
    needs: Callable[..., None],
    fault_points: Callable[..., Sequence[Point]],
) -> None:
    needs(which("strace"), "strace")
    log = tmp_path / "log"
    points = fault_points(points_of(beginning(tmp_path / "whole"), log), sample=3)
    assert points
    for number, point in enumerate(points):
        data = tmp_path / str(number)
        kill_at(beginning(data), point, log)
        again = beginning(data).run()
        assert again.returncode == 0, (point, again.stderr)
        with sqlite3.connect(data / "instance" / "pillanat.db") as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("SELECT email FROM person").fetchall() == [(ADDRESS,)], point
        assert [path.name for path in data.rglob("*.part")] == []
