"""Kills a program of ours at a chosen system call, which the program cannot foresee.

strace counts the calls that change files, then injects SIGKILL at the n-th of them. What is killed
before `fsync` is not a power cut (the page cache survives), but every half-done step is seen. The
invariant: a kill that was asked for and did not happen is an error, not a passed test.
"""

from __future__ import annotations

import os
import re
import select
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CHANGING = (
    "fdatasync", "fsync", "ftruncate", "link", "linkat", "mkdir", "pwrite64", "rename",
    "renameat", "renameat2", "unlink", "unlinkat", "write",
)  # fmt: skip
CALL = re.compile(r"^(?:\d+ +)?(\w+)\(", re.MULTILINE)
ALL = ("-e", f"trace={','.join(CHANGING)}")


@dataclass(frozen=True)
class Point:
    """The n-th call (from 1) of one kind that a process makes."""

    call: str
    number: int


@dataclass(frozen=True)
class Program:
    """A command with what it reads from standard input and its environment.

    Threads and children are counted and killed with it, unless it is to be `alone`."""

    command: Sequence[str | Path]
    environ: Mapping[str, str]
    words: str = ""
    alone: bool = False

    def run(self, *prefix: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*prefix, *map(str, self.command)],
            input=self.words,
            env=dict(self.environ),
            capture_output=True,
            text=True,
        )


def points_of(program: Program, log: Path) -> list[Point]:
    """Every call that changes files, of a run that goes well; `log` is where strace may write."""
    ended = program.run(*_strace(log, ALL, program.alone))
    assert ended.returncode == 0, ended.stderr
    return points_in(log)


def points_in(log: Path) -> list[Point]:
    counted = Counter(CALL.findall(log.read_text(errors="replace")))
    return [Point(call, number + 1) for call in CHANGING for number in range(counted[call])]


def kill_at(program: Program, point: Point, log: Path) -> None:
    """Run the program and kill it before the call takes effect; raises if it was never reached."""
    ended = program.run(*_strace(log, killing(point), program.alone))
    if ended.returncode not in (-9, 137):
        raise AssertionError(f"{point} was not reached; exit code {ended.returncode}")


def killing(point: Point) -> tuple[str, ...]:
    """What makes strace kill at this call."""
    inject = f"inject={point.call}:signal=SIGKILL:when={point.number}"
    return "-e", f"trace={point.call}", "-e", inject


def starting(folder: Path, log: Path, *what: str) -> Path:
    """A Python for `multiprocessing.set_executable`, whose helpers are traced, each alone.

    strace stands aside: the process is the one that was started. Its number is in `helper.pid`."""
    traced = shlex.join([*_strace(log, what, alone=True), "-D", sys.executable])
    script = folder / "helper"
    script.write_text(
        f"""#!/bin/sh
case "$*" in *spawn_main*) echo $$ > {script}.pid; exec {traced} "$@";; esac
exec {sys.executable} "$@"
"""
    )
    script.chmod(0o700)
    return script


def gone(pid: int, within_s: float) -> bool:
    """Whether a process ends by itself, child of ours or not."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], within_s)[0])
    finally:
        os.close(watched)


def _strace(log: Path, what: Sequence[str], alone: bool) -> list[str]:
    return ["strace", *([] if alone else ["-f"]), "-qq", "-o", str(log), *what]
