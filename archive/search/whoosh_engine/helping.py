"""Helper processes: each writes one segment while this process goes on.

Task and answer pass through files of the folder in which the segment is written. The invariant: a
helper that fails or dies never hangs who waits for it; whoever gave the task still has it. And a
helper ends with its parent, for nobody would take what it writes.
"""

import gc
import logging
import multiprocessing
import os
import pickle
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.search.analysis import Analyzer

Work = Callable[[Path, Analyzer, Any], Any]
log = logging.getLogger(__name__)


class Helper:
    """A process at work. Raises OSError or AssertionError where no process may be started."""

    def __init__(self, folder: Path, name: str, analyzer: Analyzer, work: Work, task: Any) -> None:
        """Let `work(folder, analyzer, task)` be done; `work` is a function of a module."""
        path = folder / f"{name}.task"
        with path.open("wb") as file:
            pickle.dump(task, file, protocol=pickle.HIGHEST_PROTOCOL)
        self._answer = path.with_suffix(".answer")
        self._process = multiprocessing.get_context("spawn").Process(
            target=_help, args=(work, path, self._answer, analyzer.folder), daemon=True
        )
        self._process.start()

    @property
    def done(self) -> bool:
        return not self._process.is_alive()

    def answer(self) -> Any | None:
        """Wait for what the work gives; None when it ended early."""
        self._process.join()
        if self._process.exitcode == 0:
            return pickle.loads(self._answer.read_bytes())  # noqa: S301 - ours
        log.warning("a helper of the search index ended early; its part is written here")
        return None

    def end(self) -> None:
        self._process.kill()
        self._process.join()


def _help(work: Work, task: Path, answer: Path, words: Path) -> None:
    """What a helper does; any failure is its exit status."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()  # it makes no cycles and ends soon; looking for some costs a tenth of its time
    try:
        given = pickle.loads(task.read_bytes())  # noqa: S301 - written by our parent
        answer.write_bytes(pickle.dumps(work(task.parent, Analyzer(words), given)))
    except Exception:
        log.exception("a part of the search index could not be written by a helper")
        sys.exit(1)


def _end_with_parent() -> None:
    """A killed parent ends no helper itself; this one would write into what is tidied away."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
