"""A helper process never outlives who asked for it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.search.analysis import Analyzer
from tests.strace import gone

ASK = (
    "import sys; from pathlib import Path; from archive.search.analysis import Analyzer;"
    "from archive.search.whoosh_engine.helping import Helper;"
    "from tests.unit.search.test_helping import for_ever;"
    "helper = Helper(Path(sys.argv[1]), 'x', Analyzer(Path(sys.argv[2])), for_ever, None);"
    "sys.stdin.read()"
)
SOON_S = 30.0


def for_ever(folder: Path, _analyzer: Analyzer, _task: None) -> None:
    (folder / "told").write_text(f"{os.getpid()}\n")
    signal.pause()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_helper_whose_parent_was_killed_ends(tmp_path: Path, word_folder: Path) -> None:
    os.mkfifo(tmp_path / "told")
    asking = subprocess.Popen(
        [sys.executable, "-c", ASK, str(tmp_path), str(word_folder)], stdin=subprocess.PIPE
    )
    helper = int((tmp_path / "told").read_text())
    asking.kill()
    asking.communicate()
    try:
        assert gone(helper, SOON_S)
    finally:
        if not gone(helper, 0.0):
            os.kill(helper, signal.SIGKILL)
