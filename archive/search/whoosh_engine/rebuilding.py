"""Making a new generation: segments are written by helper processes while documents are gathered.

A helper is one process for one segment; documents and answer pass through files of the generation.
The invariant: a helper that fails or dies never hangs the build and loses nothing; its documents
are kept until its segment is there, and are written here when it is not.
"""

import gc
import logging
import multiprocessing
import os
import pickle
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from archive.search.analysis import Analyzer
from archive.search.documents import SearchDocument
from archive.search.whoosh_engine import store
from archive.search.whoosh_engine.writing import GenerationWriter, write_segment

SEGMENT = 20_000  # documents of one segment
HELPERS = min(2, os.cpu_count() or 1)
log = logging.getLogger(__name__)
Batch = list[SearchDocument]


@dataclass(frozen=True, slots=True)
class _Helper:
    """A process that writes a segment of a batch, and the file it leaves its answer in."""

    process: BaseProcess
    answer: Path
    batch: Batch


class GenerationBuilder:
    """See `search.engine.Rebuild`; small archives are written without any helper."""

    def __init__(self, folder: Path, analyzer: Analyzer, *, segment: int = SEGMENT) -> None:
        self._folder, self._analyzer, self._segment = folder, analyzer, segment
        self.generation = store.new_generation(folder)
        self._writer = GenerationWriter(self.generation, analyzer, None)
        self._gathered: Batch = []
        self._helpers: list[_Helper] = []
        self._number = count(1)
        self.swapped = False

    def add(self, documents: Sequence[SearchDocument]) -> None:
        self._gathered.extend(documents)
        while len(self._gathered) >= self._segment:
            self._hand_over(self._gathered[: self._segment])
            del self._gathered[: self._segment]

    def swap(self, applied_seq: int) -> None:
        if self._gathered:
            self._take_here(self._gathered)
        while self._helpers:
            self._take_next()
        self._writer.close(applied_seq)
        store.point_to(self._folder, self.generation)
        self.swapped = True

    def end(self) -> None:
        """Let the helpers go, and what was not swapped."""
        for helper in self._helpers:
            helper.process.kill()
            helper.process.join()
        if not self.swapped:
            store.discard(self.generation)

    def _hand_over(self, batch: Batch) -> None:
        if len(self._helpers) >= HELPERS:
            self._take_next()
        task = self.generation / f"{next(self._number)}.task"
        with task.open("wb") as file:
            pickle.dump(batch, file, protocol=pickle.HIGHEST_PROTOCOL)
        answer = task.with_suffix(".answer")
        process = multiprocessing.get_context("spawn").Process(
            target=_help, args=(task, answer, self._analyzer.folder), daemon=True
        )
        try:
            process.start()
        except (OSError, AssertionError):  # no more processes, or we may have none
            self._take_here(batch)
        else:
            self._helpers.append(_Helper(process, answer, batch))

    def _take_next(self) -> None:
        helper = self._helpers.pop(0)
        helper.process.join()
        if helper.process.exitcode == 0:
            self._writer.take(pickle.loads(helper.answer.read_bytes()))  # noqa: S301 - ours
        else:
            log.warning("a helper of the search index ended early; its part is written here")
            self._take_here(helper.batch)

    def _take_here(self, batch: Batch) -> None:
        self._writer.take(write_segment(self.generation, self._analyzer, batch))


def _help(task: Path, answer: Path, words: Path) -> None:
    """What a helper does; any failure is its exit status."""
    gc.disable()  # it makes no cycles and ends soon; looking for some costs a tenth of its time
    try:
        batch: Batch = pickle.loads(task.read_bytes())  # noqa: S301 - written by our parent
        described: Any = write_segment(task.parent, Analyzer(words), batch)
        answer.write_bytes(pickle.dumps(described))
    except Exception:
        log.exception("a part of the search index could not be written by a helper")
        sys.exit(1)
