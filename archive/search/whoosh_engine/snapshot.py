"""A snapshot: one commit of the index as a reader sees it, its segments laid end to end.

Records have numbers 0..size-1 across all segments; what was replaced or removed is not `live`.
Posting lists and columns are kept between commits, because a segment never changes. The
invariant: a snapshot answers from one commit only, whatever is written meanwhile.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.engine import Audience
from archive.search.lexicon import fold
from archive.search.whoosh_engine import columns, segments, store
from archive.search.whoosh_engine.columns import Columns
from archive.search.whoosh_engine.naming import SegmentNames
from archive.search.whoosh_engine.rows import Row
from archive.search.whoosh_engine.schema import Postings
from archive.search.whoosh_engine.segments import SegmentReader
from archive.search.whoosh_engine.spelling import SegmentWords, Vocabulary

Mask = NDArray[np.bool_]


class PostingCache:
    """Decoded posting lists, the least used thrown away when they grow above `limit` bytes."""

    def __init__(self, limit: int = 96 << 20) -> None:
        self._limit, self._held = limit, 0
        self._lists: OrderedDict[tuple[str, str, bytes], Postings | None] = OrderedDict()
        self.rows = RowCache()
        self._lock = threading.Lock()

    def get(self, reader: SegmentReader, name: str, term: bytes) -> Postings | None:
        key = (reader.id, name, term)
        with self._lock:
            if key in self._lists:
                self._lists.move_to_end(key)
                return self._lists[key]
        found = reader.postings(name, term)
        with self._lock:
            self._lists[key] = found
            self._held += _size(found)
            while self._held > self._limit and len(self._lists) > 1:
                _, dropped = self._lists.popitem(last=False)
                self._held -= _size(dropped)
        return found


def _size(postings: Postings | None) -> int:
    return 200 + (postings.nbytes if postings is not None else 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A segment in its place: its records are `base` and those that follow."""

    reader: SegmentReader
    columns: Columns
    words: dict[str, SegmentWords]
    names: dict[str, SegmentNames]
    base: int
    deleted: NDArray[np.int64]


@dataclass(frozen=True)
class FacetPairs:
    """A facet across all segments: pairs (record, code) and the values the codes stand for.

    `rank` is the place of each code when values are sorted as text. Where no record has several
    values, `alone` holds for each audience the code of every record, and one more for none."""

    values: list[str]
    labels: list[dict[str, str]]
    codes: Mapping[str, int]
    docs: NDArray[np.int32]
    numbers: NDArray[np.int32]
    staff: Mask
    rank: NDArray[np.int64]
    alone: Mapping[Audience, NDArray[np.int32]]

    def counted(self, mask: Mask, audience: Audience) -> NDArray[np.int64]:
        """How many of some records have each value."""
        if audience in self.alone:
            codes = self.alone[audience][mask]
            return np.bincount(codes, minlength=len(self.values) + 1)[:-1]
        taken = mask[self.docs]
        if audience == "public":
            taken = taken & ~self.staff
        return np.bincount(self.numbers[taken], minlength=len(self.values))

    def commonest(self, counts: NDArray[np.int64], most: int, always: Collection[int]) -> list[int]:
        """The codes that occur most and those wanted always, the commonest first."""
        seen = np.flatnonzero(counts)
        keys = self.rank[seen] - (counts[seen] << 32)
        if len(seen) > most:
            edge = np.partition(keys, most - 1)[most - 1]
            kept = (keys <= edge) | np.isin(seen, list(always))
            seen, keys = seen[kept], keys[kept]
        found: list[int] = seen[np.argsort(keys)].tolist()
        return found

    @cached_property
    def spelt(self) -> dict[str, list[int]]:
        """The codes of all values so spelt or so labelled, without regard to case and accents."""
        found: dict[str, list[int]] = {}
        for code, (value, label) in enumerate(zip(self.values, self.labels, strict=True)):
            for text in {fold(text.casefold()) for text in (value, *label.values())}:
                found.setdefault(text, []).append(code)
        return found


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
        row = Row.read(reader.row(number))
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
        self._facets: dict[str, FacetPairs | None] = {}
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
    def _lengths(self) -> NDArray[np.float32]:
        return self.column("lengths").reshape(-1, 2).astype(np.float32)

    @cached_property
    def _by_audience(self) -> dict[Audience, NDArray[np.float32]]:
        return {"public": self._lengths[:, 0], "staff": self._lengths.sum(axis=1)}

    def lengths(self, audience: Audience) -> NDArray[np.float32]:
        """Words of each record that the audience may search."""
        return self._by_audience[audience]

    @cached_property
    def rank_by_order(self) -> NDArray[np.int64]:
        """The place of each record when sorted by reference code."""
        return _rank(np.argsort(self.column("order"), kind="stable"))

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

    def visible(self, audience: Audience, hidden: Collection[str]) -> Mask:
        """The records an audience may find."""
        mask = self.public if audience == "public" else self.live
        if not hidden:
            return mask
        masked = mask.copy()
        for name in hidden:
            if (doc := self.find_id(name)) is not None:
                masked[doc] = False
        return masked

    @cached_property
    def _numbers(self) -> dict[str, int]:
        ids = [name for part in self.parts for name in part.columns.ids]
        return {ids[doc]: int(doc) for doc in np.flatnonzero(self.live)}

    def find_id(self, name: str) -> int | None:
        """The number of the living record of a photograph."""
        return self._numbers.get(name)

    def ids(self) -> dict[str, int]:
        versions = self.column("versions")
        return {name: int(versions[doc]) for name, doc in self._numbers.items()}

    def place(self, doc: int) -> tuple[Part, int]:
        """The segment of a record and its number there."""
        part = next(p for p in reversed(self.parts) if p.base <= doc)
        return part, doc - part.base

    def row(self, doc: int) -> Row:
        part, number = self.place(doc)
        return self._cache.rows.get(part.reader, number)

    def postings(self, name: str, term: bytes) -> list[tuple[int, Postings]]:
        """The posting lists of a term with the base of each segment that has it."""
        found = ((p.base, self._cache.get(p.reader, name, term)) for p in self.parts)
        return [(base, postings) for base, postings in found if postings is not None]

    def facet(self, name: str) -> FacetPairs | None:
        if name not in self._facets:
            self._facets[name] = self._joined_facet(name)
        return self._facets[name]

    def single(self, name: str) -> Mask:
        """The records that have one value of a facet and no other."""
        if name not in self._single:
            pairs = self.facet(name)
            docs = pairs.docs if pairs is not None else np.zeros(0, dtype=np.int32)
            self._single[name] = np.bincount(docs, minlength=self.size) == 1
        return self._single[name]

    def named(self, name: str, start: str) -> set[str]:
        """The values of a facet with a word that begins so in their labels."""
        parts = (part.names[name] for part in self.parts if name in part.names)
        return {value for names in parts for value in names.beginning(start)}

    def _joined_facet(self, name: str) -> FacetPairs | None:
        codes: dict[str, int] = {}
        labels: list[dict[str, str]] = []
        docs, numbers, staff = [], [], []
        for part in self.parts:
            column = part.columns.facets.get(name)
            if column is None:
                continue
            moved = np.empty(len(column.values), dtype=np.int32)
            for number, (value, label) in enumerate(column.values):
                moved[number] = code = codes.setdefault(value, len(codes))
                if code == len(labels):
                    labels.append(label)
                labels[code] = label
            docs.append(column.docs + np.int32(part.base))
            numbers.append(moved[column.codes])
            staff.append(column.staff)
        if not docs:
            return None
        joined = (np.concatenate(docs), np.concatenate(numbers), np.concatenate(staff))
        values = list(codes)
        rank = _rank(np.array(sorted(range(len(values)), key=values.__getitem__)))
        alone = _alone(self.size, len(values), *joined)
        return FacetPairs(values, labels, codes, *joined, rank, alone)


def _alone(
    size: int, none: int, docs: NDArray[np.int32], numbers: NDArray[np.int32], staff: Mask
) -> dict[Audience, NDArray[np.int32]]:
    """The one code of every record, for each audience to which none shows several."""
    found: dict[Audience, NDArray[np.int32]] = {}
    shown: dict[Audience, Mask] = {"public": ~staff, "staff": np.ones_like(staff)}
    for audience, seen in shown.items():
        if len(docs[seen]) == len(np.unique(docs[seen])):
            found[audience] = np.full(size, none, dtype=np.int32)
            found[audience][docs[seen]] = numbers[seen]
    return found


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
