"""Kills a program of ours at a chosen system call, which the program cannot foresee.

strace counts the calls that change files, then injects SIGKILL at the n-th of them. What is killed
before `fsync` is not a power cut (the page cache survives), but every half-done step is seen. The
invariant: a kill that was asked for and did not happen is an error, not a passed test.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CHANGING = (
    "fdatasync", "fsync", "ftruncate", "link", "linkat", "mkdir", "pwrite64", "rename",
    "renameat", "renameat2", "unlink", "unlinkat", "write",
)  # fmt: skip
CALL = re.compile(r"^\d+ +(\w+)\(", re.MULTILINE)


@dataclass(frozen=True)
class Point:
    """The n-th call (from 1) of one kind that a process makes."""

    call: str
    number: int


@dataclass(frozen=True)
class Program:
    """A command with what it reads from standard input and its environment."""

    command: Sequence[str | Path]
    environ: Mapping[str, str]
    words: str = ""

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
    calls = f"trace={','.join(CHANGING)}"
    ended = program.run("strace", "-f", "-qq", "-o", str(log), "-e", calls)
    assert ended.returncode == 0, ended.stderr
    counted = Counter(CALL.findall(log.read_text(errors="replace")))
    return [Point(call, number + 1) for call in CHANGING for number in range(counted[call])]


def kill_at(program: Program, point: Point, log: Path) -> None:
    """Run the program and kill it before the call takes effect; raises if it was never reached."""
    inject = f"inject={point.call}:signal=SIGKILL:when={point.number}"
    ended = program.run(
        "strace", "-f", "-qq", "-o", str(log), "-e", f"trace={point.call}", "-e", inject
    )
    if ended.returncode not in (-9, 137):
        raise AssertionError(f"{point} was not reached; exit code {ended.returncode}")
