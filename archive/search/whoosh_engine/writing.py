"""Writing an index: replacing documents in the generation that answers, and making a new one.

The invariant: a commit writes new files only and then replaces `state.json`; what it does not name
is removed by the commit after the next, so that a reader that is just opening a commit finds it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from archive.search.analysis import Analyzer
from archive.search.documents import SearchDocument
from archive.search.whoosh_engine import columns, segments, store
from archive.search.whoosh_engine.joining import Task
from archive.search.whoosh_engine.schema import KEY
from archive.search.whoosh_engine.segments import SegmentBuilder, SegmentReader

LARGE = 20_000  # segments above this size are only rewritten when most of them is removed
SMALL = 50  # up to this size they are joined at a commit, which takes a tenth of a second
MANY = 8  # small segments that may stand side by side
ALIKE = 4  # larger ones of like size that are joined


@dataclass(frozen=True, slots=True)
class _Open:
    """A segment of the generation: what Whoosh knows of it, and its lists."""

    described: Any
    reader: SegmentReader

    @property
    def living(self) -> int:
        return int(self.described.doc_count_all() - self.described.deleted_count())

    def live(self) -> Any:
        mask = np.ones(self.reader.size, dtype=np.bool_)
        mask[list(self.described.deleted_docs())] = False
        return mask


def _living(segment: _Open) -> int:
    return segment.living


def write_segment(folder: Path, analyzer: Analyzer, documents: Iterable[SearchDocument]) -> Any:
    """Write documents as a segment, by which process does not matter; gives its description."""
    builder = SegmentBuilder(folder, analyzer)
    for document in documents:
        builder.add(document)
    return _written(folder, builder)


def _written(folder: Path, builder: SegmentBuilder) -> Any:
    described = builder.write()
    columns.write(folder, described.segment_id(), builder)
    return described


class GenerationWriter:
    """Commits to one generation; the caller holds the write lock."""

    def __init__(
        self,
        generation: Path,
        analyzer: Analyzer,
        state: store.State | None,
        busy: Collection[str] = (),
    ) -> None:
        """`busy` names segments that are being joined: they may lose records, and stay."""
        self._folder, self._analyzer, self._busy = generation, analyzer, busy
        self._state = state or store.State(store.FORMAT, 0, 0, 0)
        described = self._described(state.toc) if state else []
        self._segments = [_Open(d, SegmentReader(generation, d)) for d in described]
        self._before: set[str] = set(self._state.files)

    def commit(
        self, documents: Sequence[SearchDocument], removed: Iterable[str], applied_seq: int
    ) -> store.State:
        """Put documents in the place of earlier ones, take others away, make it durable."""
        self._remove({*removed, *(document.id for document in documents)})
        if documents:
            builder = SegmentBuilder(self._folder, self._analyzer)
            for document in documents:
                builder.add(document)
            self._absorb(builder, self._small(len(documents)))
        elif len(self._small(0)) > MANY:
            self._absorb(SegmentBuilder(self._folder, self._analyzer), self._small(0))
        return self._close(applied_seq)

    def take(self, described: Any) -> None:
        """Count a segment that `write_segment` has written among those of the generation."""
        self._segments.append(_Open(described, SegmentReader(self._folder, described)))

    def tidy(self) -> store.State | None:
        """Join what takes but a moment to join; None when nothing does.

        Then nothing is left but what the last commit names: a reader that was just opening an
        earlier one looks again."""
        chosen = self.chosen()
        if not chosen or sum(s.reader.size for s in chosen if s.living) > 2 * SMALL:
            store.sweep(self._folder, self._state.files)
            return None
        self._absorb(SegmentBuilder(self._folder, self._analyzer), chosen)
        return self._close(self._state.applied_seq)

    def task(self) -> Task | None:
        """What takes longer to join and is due, for somebody else to write."""
        chosen = [(s.described, s.live()) for s in self.chosen() if s.living]
        files = self._files(described for described, _ in chosen)
        return Task(self._folder, tuple(chosen), files) if chosen else None

    def chosen(self) -> list[_Open]:
        """The segments to be joined: those that are mostly removed, else several of like size.

        So a record is written again only when those beside it have become four times as many."""
        if worn := [s for s in self._segments if s.living * 2 < s.reader.size]:
            return worn
        alike: dict[int, list[_Open]] = {}
        for segment in self._segments:
            if SMALL < segment.living <= LARGE // 2:
                alike.setdefault(int(log(segment.living / SMALL, ALIKE)), []).append(segment)
        return next((those for those in alike.values() if len(those) >= ALIKE), [])

    def exchange(self, described: Any, sources: Mapping[str, Any]) -> store.State:
        """Put a segment in the place of those it was joined from, given which of their records
        lived then; what has gone since goes from it too. Nothing, where another process has joined
        them itself."""
        open_, base = {s.reader.id: s for s in self._segments}, 0
        if not sources.keys() <= open_.keys():
            return self._state
        for name, lived in sources.items():
            gone = lived & ~open_[name].live()
            for doc in (np.cumsum(lived) - 1 + base)[gone].tolist():
                described.delete_document(doc)
            base += int(np.count_nonzero(lived))
        self._segments = [s for s in self._segments if s.reader.id not in sources]
        self.take(described)
        return self._close(self._state.applied_seq)

    def close(self, applied_seq: int) -> store.State:
        return self._close(applied_seq)

    def _described(self, number: int) -> list[Any]:
        """The segments of the last commit; a pickle is opened when its digest is right."""
        name = segments.contents_name(number)
        store.check_digests(self._folder, {name: self._state.files[name]})
        return segments.read_contents(self._folder, number)

    def _files(self, described: Iterable[Any]) -> dict[str, tuple[int, str]]:
        """The files of segments as the last commit names them."""
        held = (segments.files_of(self._folder, d.segment_id()) for d in described)
        return {path.name: self._state.files[path.name] for paths in held for path in paths}

    def _remove(self, ids: set[str]) -> None:
        for segment in self._segments:
            for name in ids:
                postings = segment.reader.postings(KEY, name.encode())
                for doc in postings.docs.tolist() if postings is not None else ():
                    segment.described.delete_document(doc)

    def _small(self, arriving: int) -> list[_Open]:
        """The small segments a new one should swallow, when there have come to be many."""
        small = [s for s in self._segments if s.living <= SMALL and s.reader.id not in self._busy]
        empty = [s for s in small if not s.living]
        small = [s for s in small if s.living and s.reader.size <= 2 * SMALL]
        if len(small) < MANY:
            return empty
        small.sort(key=_living)
        held = np.cumsum([segment.living for segment in small]) + arriving
        return empty + [s for s, sum_ in zip(small, held, strict=True) if sum_ <= 2 * SMALL]

    def _absorb(self, builder: SegmentBuilder, others: list[_Open]) -> None:
        living = [other for other in others if other.living]
        store.check_digests(self._folder, self._files(other.described for other in living))
        for other in living:
            builder.add_from(other.reader, other.live())
        self._segments = [s for s in self._segments if s not in others]
        if len(builder):
            self.take(_written(self._folder, builder))

    def _close(self, applied_seq: int) -> store.State:
        """The commit: contents, digests, state; then files of the commit before the last go."""
        number = self._state.toc + 1
        contents = segments.write_contents(
            self._folder, [s.described for s in self._segments], number
        )
        held = (segments.files_of(self._folder, s.reader.id) for s in self._segments)
        names = {contents, *(path.name for paths in held for path in paths)}
        known = {name: self._state.files[name] for name in names & set(self._state.files)}
        files = {**known, **store.described(self._folder, sorted(names - set(known)))}
        living = sum(segment.living for segment in self._segments)
        state = replace(
            self._state, toc=number, applied_seq=applied_seq, documents=living, files=files
        )
        store.write_state(self._folder, state, new=names - set(known))
        store.sweep(self._folder, {*files, *self._before})
        self._before, self._state = set(files), state
        return state
