"""Joining segments beside commits: a helper writes the new one while edits go on being committed.

The invariant: what is being joined stays in the generation as it is until the new segment takes its
place, and what was replaced or removed meanwhile is removed from the new one too.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.analysis import Analyzer
from archive.search.whoosh_engine import columns, store
from archive.search.whoosh_engine.helping import Helper
from archive.search.whoosh_engine.segments import SegmentBuilder, SegmentReader, files_of


@dataclass(frozen=True, slots=True)
class Task:
    """Segments of a generation by their descriptions, and which of their records live; `files` are
    theirs with size and digest."""

    generation: Path
    sources: tuple[tuple[Any, NDArray[np.bool_]], ...]
    files: dict[str, tuple[int, str]]


def join(folder: Path, analyzer: Analyzer, task: Task) -> Any:
    """Write the living records of some segments as one; gives its description.

    What has changed on disk since it was written is not joined: the new segment gets a digest of
    its own, and nobody would notice any more. Raises IndexUnusable."""
    store.check_digests(task.generation, task.files)
    builder = SegmentBuilder(folder, analyzer)
    for described, live in task.sources:
        builder.add_from(SegmentReader(task.generation, described), live)
    written = builder.write()
    columns.write(folder, written.segment_id(), builder)
    return written


class Joining:
    """A join under way. It is written in a folder of its own, which a crash leaves to `tidy`."""

    def __init__(self, folder: Path, analyzer: Analyzer, task: Task) -> None:
        self._folder, self._analyzer, self._task = store.new_generation(folder), analyzer, task
        self._helper: Helper | None = None
        with suppress(OSError, AssertionError):  # no more processes, or we may have none
            self._helper = Helper(self._folder, "join", analyzer, join, task)

    @property
    def generation(self) -> Path:
        return self._task.generation

    @property
    def sources(self) -> Mapping[str, NDArray[np.bool_]]:
        """The records that lived when it began, by the names of the segments."""
        return {described.segment_id(): live for described, live in self._task.sources}

    @property
    def done(self) -> bool:
        return self._helper is None or self._helper.done

    def finish(self) -> Any:
        """Wait for it and bring its files into the generation; gives the description."""
        described = self._helper.answer() if self._helper else None
        if described is None:
            described = join(self._folder, self._analyzer, self._task)
        for path in files_of(self._folder, described.segment_id()):
            path.rename(self.generation / path.name)
        return described

    def end(self) -> None:
        if self._helper:
            self._helper.end()
        store.discard(self._folder)
