"""Facets across the segments of a snapshot: which values its records have, and how many have each.

Most records have one value of a facet, so a code per record is counted at once, and only those
that have several are looked up pair by pair. The invariant: what an audience must not see is in
none of its codes and pairs.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.engine import Audience
from archive.search.lexicon import fold
from archive.search.whoosh_engine.columns import FacetColumn, Naming, label_of, naming, value_of

Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]
Counts = tuple[NDArray[np.intp], NDArray[np.intp]]  # by code: records, and those with no other
BLOCK = 64  # keys of which one bounds the others


@dataclass(frozen=True)
class Those:
    """Some records, as a mask and, when first asked for, by their numbers."""

    mask: Mask

    @cached_property
    def docs(self) -> NDArray[np.intp]:
        return np.flatnonzero(self.mask)

    def within(self, others: Iterable[Mask]) -> "Those":
        """Those that are in all the others too."""
        mask = self.mask
        for other in others:
            mask = mask & other
        return self if mask is self.mask else Those(mask)


@dataclass(frozen=True, slots=True)
class Shown:
    """What one audience sees: the code of each record that has one value (else `none`), and
    pairs (record, code) of those that have several."""

    none: int
    alone: Codes
    docs: Codes
    numbers: Codes

    def counted(self, those: Those) -> Counts:
        """How many records have each value, and how many have it and no other."""
        alone = np.bincount(self.alone[those.docs], minlength=self.none + 1)[:-1]
        if not len(self.docs):
            return alone, alone
        several = np.bincount(self.numbers[those.mask[self.docs]], minlength=self.none)
        return alone + several, alone


@dataclass(frozen=True)
class Facet:
    """The values of a facet in the order of their codes; `rank` is the place of each as text.

    A value that records name differently has a code for each of its labels, so that nobody learns
    a name from a record that he may not see. `codes` knows the first; `first` leads there from
    the others, and is None where each value has but one."""

    values: tuple[str, ...]
    labels: tuple[dict[str, str], ...]
    codes: Mapping[str, int]
    first: NDArray[np.intp] | None
    rank: NDArray[np.intp]
    shown: Mapping[Audience, Shown]

    def alike(self, code: int) -> list[int]:
        """All codes of the value of a first one."""
        if self.first is None:
            return [code]
        found: list[int] = np.flatnonzero(self.first == code).tolist()
        return found

    def by_value(self, counts: NDArray[np.intp]) -> NDArray[np.intp]:
        """Counts of codes added up at the first code of each value."""
        if self.first is None:
            return counts
        added = np.zeros_like(counts)
        np.add.at(added, self.first, counts)
        return added

    def label(self, code: int, counts: NDArray[np.intp]) -> dict[str, str]:
        """What most of the records that were counted call the value of a first code."""
        if self.first is None:
            return self.labels[code]
        return self.labels[max(self.alike(code), key=counts.__getitem__)]

    def commonest(self, counts: NDArray[np.intp], most: int, always: Collection[int]) -> list[int]:
        """The codes that occur most and those wanted always, the commonest first."""
        seen = np.flatnonzero(counts)
        keys = self.rank[seen] - (counts[seen] << 32)
        if len(seen) > most:
            edge = np.partition(keys, most - 1)[most - 1]
            kept = keys <= edge
            if always:
                kept |= np.isin(seen, list(always))
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

    def having(self, wanted: Collection[int], audience: Audience) -> Mask:
        """The records that have one of some values."""
        shown = self.shown[audience]
        asked = np.zeros(shown.none + 1, dtype=np.bool_)
        asked[list(wanted)] = True
        mask: Mask = asked[shown.alone]
        mask[shown.docs[asked[shown.numbers]]] = True
        return mask


def smallest(keys: NDArray[Any], many: int, within: float = 0) -> NDArray[np.intp]:
    """The places of some keys, among them those of the `many` smallest and of all that are at most
    `within` above these.

    The keys are looked at in blocks: where as many blocks have a key up to a bound, nothing above
    it is wanted. That takes a tenth of the time of a partition of all."""
    blocks = len(keys) // BLOCK
    if blocks < many:
        return np.arange(len(keys))
    least = keys[: blocks * BLOCK].reshape(blocks, BLOCK).min(axis=1)
    return np.flatnonzero(keys <= np.partition(least, many - 1)[many - 1] + within)


def joined(columns: Iterable[tuple[int, FacetColumn]], size: int) -> Facet | None:
    """A facet of all segments, each given with the number of its first record."""
    known: dict[Naming, int] = {}
    parts = []
    for base, column in columns:
        keys = (naming(v, x) if x else v for v, x in zip(column.values, column.labels, strict=True))
        moved = np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int32)
        parts.append((column.docs + np.int32(base), moved[column.codes], column.staff))
    if not parts:
        return None
    docs, numbers, staff = map(np.concatenate, zip(*parts, strict=True))
    every = _shown(size, len(known), docs, numbers)
    readers = _shown(size, len(known), docs[~staff], numbers[~staff]) if staff.any() else every
    return _facet(known, {"public": readers, "staff": every})


def _facet(known: Collection[Naming], shown: Mapping[Audience, Shown]) -> Facet:
    """A facet of the values and labels in the order of their codes."""
    values, labels = tuple(map(value_of, known)), tuple(map(label_of, known))
    codes: dict[str, int] = {}
    for code, value in enumerate(values):
        codes.setdefault(value, code)
    first = None
    if len(codes) < len(values):
        first = np.array([codes[value] for value in values], dtype=np.intp)
    rank = np.empty(len(values), dtype=np.intp)
    rank[sorted(range(len(values)), key=values.__getitem__)] = np.arange(len(values))
    return Facet(values, labels, codes, first, rank, shown)


def _shown(size: int, none: int, docs: Codes, numbers: Codes) -> Shown:
    several = np.bincount(docs, minlength=size)[docs] > 1
    alone = np.full(size, none, dtype=np.int32)
    alone[docs[~several]] = numbers[~several]
    return Shown(none, alone, docs[several], numbers[several])
