"""Making a new generation: segments are written by helper processes while documents are gathered.

The invariant: a helper that fails or dies loses nothing; its documents are kept until its segment
is there, and are written here when it is not.
"""

import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from archive.search.analysis import Analyzer
from archive.search.documents import SearchDocument
from archive.search.whoosh_engine import store
from archive.search.whoosh_engine.helping import Helper
from archive.search.whoosh_engine.writing import GenerationWriter, write_segment

SEGMENT = 20_000  # documents of one segment
HELPERS = min(2, os.cpu_count() or 1)
Batch = list[SearchDocument]


class GenerationBuilder:
    """See `search.engine.Rebuild`; small archives are written without any helper."""

    def __init__(self, folder: Path, analyzer: Analyzer, *, segment: int = SEGMENT) -> None:
        self._folder, self._analyzer, self._segment = folder, analyzer, segment
        self.generation = store.new_generation(folder)
        self._writer = GenerationWriter(self.generation, analyzer, None)
        self._gathered: Batch = []
        self._helpers: list[tuple[Helper, Batch]] = []
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
        for helper, _ in self._helpers:
            helper.end()
        if not self.swapped:
            store.discard(self.generation)

    def _hand_over(self, batch: Batch) -> None:
        if len(self._helpers) >= HELPERS:
            self._take_next()
        name = str(next(self._number))
        try:
            helper = Helper(self.generation, name, self._analyzer, write_segment, batch)
        except (OSError, AssertionError):  # no more processes, or we may have none
            self._take_here(batch)
        else:
            self._helpers.append((helper, batch))

    def _take_next(self) -> None:
        helper, batch = self._helpers.pop(0)
        described = helper.answer()
        if described is None:
            self._take_here(batch)
        else:
            self._writer.take(described)

    def _take_here(self, batch: Batch) -> None:
        self._writer.take(write_segment(self.generation, self._analyzer, batch))
