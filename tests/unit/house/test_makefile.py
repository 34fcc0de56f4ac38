"""`make` alone tells what there is to do, and the promised commands are among it."""

import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
PROMISED = ["setup", "demo", "test", "run", "worker", "lint", "bench", "drill", "e2e", "docs"]


def make(*words: str) -> str:
    ended = subprocess.run(
        ["make", "--no-print-directory", *words], cwd=PROJECT, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_make_alone_lists_the_promised_commands() -> None:
    listed = [line.split()[1] for line in make().splitlines()]
    assert [name for name in PROMISED if name not in listed] == []


@pytest.mark.parametrize("name", PROMISED)
def test_each_command_says_what_it_does(name: str) -> None:
    line = next(line for line in make().splitlines() if line.split()[1] == name)
    assert len(line.split()) > 3


def test_the_demo_is_served_where_one_asks_for_it() -> None:
    planned = make("--dry-run", "demo", "PORT=8123")
    assert planned.index("pillanat demo") < planned.index("pillanat serve --port 8123")
