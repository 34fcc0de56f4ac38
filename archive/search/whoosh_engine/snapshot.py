"""A snapshot: one commit of the index as a reader sees it, its segments laid end to end.

Records have numbers 0..size-1 across all segments; what was replaced or removed is not `live`.
Posting lists and columns are kept between commits, because a segment never changes. The
invariant: a snapshot answers from one commit only, whatever is written meanwhile.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from archive.search.analysis import Wanted
from archive.search.engine import Audience
from archive.search.whoosh_engine import columns, segments, store
from archive.search.whoosh_engine.columns import Columns
from archive.search.whoosh_engine.counting import Counts, Facet, Mask, Shown, Those, joined
from archive.search.whoosh_engine.naming import SegmentNames
from archive.search.whoosh_engine.rows import Row
from archive.search.whoosh_engine.schema import Postings
from archive.search.whoosh_engine.segments import SegmentReader
from archive.search.whoosh_engine.spelling import SegmentWords, Vocabulary
from archive.search.whoosh_engine.weighing import ALL_FIELDS, Weighed, Weights, weighed, written

Key = tuple[str | int | bytes, ...]


class Kept(Protocol):
    """What is made of the posting lists of a segment."""

    @property
    def nbytes(self) -> int: ...


T = TypeVar("T", bound=Kept | None)


class PostingCache:
    """Decoded posting lists, the least used thrown away when they grow above `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self._limit, self._held = limit, 0
        self._lists: OrderedDict[Key, Any] = OrderedDict()
        self.rows = RowCache()
        self._lock = threading.Lock()

    def get(self, key: Key, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._lists:
                self._lists.move_to_end(key)
                kept: T = self._lists[key]
                return kept
        found = make()
        with self._lock:
            self._lists[key] = found
            self._held += _size(found)
            while self._held > self._limit and len(self._lists) > 1:
                _, dropped = self._lists.popitem(last=False)
                self._held -= _size(dropped)
        return found


def _size(kept: Kept | None) -> int:
    return 200 + (kept.nbytes if kept is not None else 0)


@dataclass(frozen=True)
class Seen(Those):
    """The records an audience may find, and the words of each that it may search."""

    lengths: NDArray[np.float32]
    _counted: dict[str, Counts] = field(default_factory=dict)

    def counted(self, name: str, shown: Shown) -> Counts:
        """How many of all have each value of a facet; counted once, for many pages ask for it."""
        if name not in self._counted:
            self._counted[name] = shown.counted(self)
        return self._counted[name]

    @cached_property
    def relative(self) -> NDArray[np.float32]:
        """How long each record is beside the mean of those that are seen."""
        lengths = self.lengths[self.docs]
        mean = max(float(lengths.mean(dtype=np.float64)), 1.0) if len(lengths) else 1.0
        return self.lengths / np.float32(mean)


@dataclass(frozen=True, slots=True)
class Part:
    """A segment in its place: its records are `base` and those that follow."""

    reader: SegmentReader
    columns: Columns
    words: dict[str, SegmentWords]
    names: dict[str, SegmentNames]
    base: int
    deleted: NDArray[np.int64]


class RowCache:
    """Rows that were read, the least used thrown away above `limit`."""

    def __init__(self, limit: int = 2_000) -> None:
        self._limit = limit
        self._rows: OrderedDict[tuple[str, int], Row] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, reader: SegmentReader, number: int) -> Row:
        key = (reader.id, number)
        with self._lock:
            if key in self._rows:
                self._rows.move_to_end(key)
                return self._rows[key]
        row = Row.to_show(reader.row(number))
        with self._lock:
            self._rows[key] = row
            if len(self._rows) > self._limit:
                self._rows.popitem(last=False)
        return row


class Snapshot:
    """See the module. Opened by `opened`."""

    def __init__(self, state: store.State, parts: list[Part], cache: PostingCache) -> None:
        self.state, self.parts, self._cache = state, parts, cache
        self.size = sum(part.reader.size for part in parts)
        self.vocabulary = Vocabulary([part.words for part in parts])
        self._facets: dict[str, Facet | None] = {}
        self._single: dict[str, Mask] = {}

    def column(self, name: str) -> NDArray[Any]:
        arrays = [getattr(part.columns, name) for part in self.parts]
        return np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int64)

    @cached_property
    def live(self) -> Mask:
        live = np.ones(self.size, dtype=np.bool_)
        for part in self.parts:
            live[part.deleted + part.base] = False
        return live

    @cached_property
    def public(self) -> Mask:
        return self.column("public").astype(np.bool_) & self.live

    @cached_property
    def first(self) -> NDArray[np.int64]:
        return self.column("first")

    @cached_property
    def last(self) -> NDArray[np.int64]:
        return self.column("last")

    @cached_property
    def _seen(self) -> dict[Audience, Seen]:
        lengths = self.column("lengths").reshape(-1, 2).astype(np.float32)
        return {
            "public": Seen(self.public, lengths[:, 0].copy()),
            "staff": Seen(self.live, lengths.sum(axis=1)),
        }

    @cached_property
    def rank_by_order(self) -> NDArray[np.int64]:
        """The place of each record when sorted by reference code.

        Each segment brings its records sorted; a stable sort only has to join these runs."""
        if not self.parts:
            return np.zeros(0, dtype=np.int64)
        runs = np.concatenate([part.columns.by_order + part.base for part in self.parts])
        return _rank(runs[np.argsort(self.column("order")[runs], kind="stable")])

    @cached_property
    def rank_by_date(self) -> NDArray[np.int64]:
        """By first and last hour, then by reference; those without a date at the end."""
        undated = self.first == columns.UNKNOWN
        return _rank(np.lexsort((self.rank_by_order, self.last, self.first, undated)))

    @cached_property
    def rank_by_date_down(self) -> NDArray[np.int64]:
        undated = self.first == columns.UNKNOWN
        return _rank(np.lexsort((self.rank_by_order, -self.last, -self.first, undated)))

    @cached_property
    def rank_by_newest(self) -> NDArray[np.int64]:
        return _rank(np.lexsort((self.rank_by_order, -self.column("newest"))))

    def visible(self, audience: Audience, hidden: Collection[str]) -> Seen:
        """The records an audience may find."""
        seen = self._seen[audience]
        masked = [doc for name in hidden if (doc := self.find_id(name)) is not None]
        if not masked:
            return seen
        mask = seen.mask.copy()
        mask[masked] = False
        return Seen(mask, seen.lengths)

    def find_id(self, name: str) -> int | None:
        """The number of the living record of a photograph."""
        found = ((p.base, p.columns.numbers.get(name)) for p in self.parts)
        docs = (base + number for base, number in found if number is not None)
        return next((doc for doc in docs if self.live[doc]), None)

    def ids(self) -> dict[str, int]:
        names = [name for part in self.parts for name in part.columns.ids]
        versions = self.column("versions")
        return {names[doc]: int(versions[doc]) for doc in np.flatnonzero(self.live)}

    def place(self, doc: int) -> tuple[Part, int]:
        """The segment of a record and its number there."""
        part = next(p for p in reversed(self.parts) if p.base <= doc)
        return part, doc - part.base

    def warm(self) -> str:
        """Read a row of each segment, as only with the first one Whoosh learns where they lie;
        gives the commonest word."""
        for part in self.parts:
            part.reader.row(0)
        words, _ = self.vocabulary.beginning("", "staff", 1)
        return words[0] if words else "pillanat"

    def row(self, doc: int) -> Row:
        part, number = self.place(doc)
        return self._cache.rows.get(part.reader, number)

    def postings(self, name: str, term: bytes) -> list[tuple[int, Postings]]:
        """The posting lists of a term with the base of each segment that has it."""
        found = ((p.base, self._postings(p.reader, name, term)) for p in self.parts)
        return [(base, postings) for base, postings in found if postings is not None]

    def _postings(self, reader: SegmentReader, name: str, term: bytes) -> Postings | None:
        return self._cache.get((reader.id, name, term), lambda: reader.postings(name, term))

    def weighed(
        self, wanted: Wanted, audience: Audience, fields: int = ALL_FIELDS
    ) -> list[tuple[int, Weighed]]:
        """A word in any of its forms, with the base of each segment."""
        return [(p.base, self._weighed(p.reader, wanted, audience, fields)) for p in self.parts]

    def _weighed(
        self, reader: SegmentReader, wanted: Wanted, audience: Audience, fields: int
    ) -> Weighed:
        key = (reader.id, audience, fields, wanted.exact)
        return self._cache.get(key, lambda: weighed(reader, wanted, audience, fields))

    def written(
        self, words: Sequence[str], audience: Audience, fields: int = ALL_FIELDS
    ) -> list[tuple[int, Weights]]:
        """The best of some words where they stand as they are, with the base of each segment."""
        return [(p.base, self._written(p, words, audience, fields)) for p in self.parts]

    def _written(
        self, part: Part, words: Sequence[str], audience: Audience, fields: int
    ) -> Weights:
        key = (part.reader.id, "written", audience, fields, "\n".join(words))
        return self._cache.get(
            key, lambda: written(part.reader, part.words, words, audience, fields)
        )

    def facet(self, name: str) -> Facet | None:
        if name not in self._facets:
            held = ((p.base, p.columns.facets.get(name)) for p in self.parts)
            self._facets[name] = joined(
                [(base, column) for base, column in held if column is not None], self.size
            )
        return self._facets[name]

    def named(self, name: str, start: str) -> set[str]:
        """The values of a facet with a word that begins so in their labels."""
        parts = (part.names[name] for part in self.parts if name in part.names)
        return {value for names in parts for value in names.beginning(start)}


def _rank(order: NDArray[np.intp]) -> NDArray[np.int64]:
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def opened(
    generation: Path, state: store.State, cache: PostingCache, earlier: Snapshot | None
) -> Snapshot:
    """Open a commit whose files have been checked, taking over what `earlier` has open."""
    known = {part.reader.id: part for part in earlier.parts} if earlier else {}
    parts: list[Part] = []
    base = 0
    for described in segments.read_contents(generation, state.toc):
        kept = known.get(described.segment_id())
        reader = kept.reader if kept else SegmentReader(generation, described)
        read = kept.columns if kept else columns.read(generation, reader.id)
        words = kept.words if kept else {n: SegmentWords(x) for n, x in read.lexicons.items()}
        names = kept.names if kept else {n: SegmentNames(c) for n, c in read.facets.items()}
        deleted = np.array(sorted(described.deleted_docs()), dtype=np.int64)
        parts.append(Part(reader, read, words, names, base, deleted))
        base += reader.size
    return Snapshot(state, parts, cache)
