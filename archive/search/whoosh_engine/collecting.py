"""Gathering words of documents, and making posting lists of them.

Words are kept as numbers in long arrays, in the order in which they come; numpy sorts them into
posting lists, many documents at a time, because a call for every word would be most of a build.
The invariant: in a list records ascend, and so do the places of a word within a record.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.analysis import Analyzer, placed
from archive.search.documents import Passage
from archive.search.whoosh_engine.schema import (
    FIELD_NUMBER,
    KEY,
    LAST_POSITION,
    POSITION_BITS,
    WEIGHT_UNIT,
    WRITTEN,
    Postings,
)

SETTLED = 400_000  # words that are gathered before they are made into lists
_HEAVIEST = 0xFFFF


class Forms:
    """The posting list of a form that grows: records, and mask and weight of each."""

    __slots__ = ("docs", "values")

    def __init__(self) -> None:
        self.docs, self.values = array("I"), array("I")

    def written(self) -> bytes:
        return self.values.tobytes()


class Places:
    """The posting list of a surface: records, how many places in each, the places."""

    __slots__ = ("counts", "docs", "values")

    def __init__(self) -> None:
        self.docs, self.counts, self.values = array("I"), array("I"), array("I")

    def written(self) -> bytes:
        return self.counts.tobytes() + self.values.tobytes()


class Bare:
    """The posting list of an identifier: records only."""

    __slots__ = ("docs",)

    def __init__(self) -> None:
        self.docs = array("I")

    def written(self) -> bytes:
        return b""


GROWING: dict[str, Any] = {
    "pt": Places, "st": Places, "ps": Forms, "ss": Forms, "pi": Bare, "si": Bare, KEY: Bare,
}  # fmt: skip


class Words(dict[str, int]):
    """A number for every word that was met, and the numbers of the terms it is indexed under."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._numbers: dict[str, int] = {}
        self._forms, self._counts = array("I"), array("I")
        self.terms: list[bytes] = []

    def __missing__(self, surface: str) -> int:
        number = self[surface] = len(self)
        forms = self._analyzer.forms(surface)
        self._forms.extend(map(self._term, forms))
        self._counts.append(len(forms))
        return number

    def _term(self, form: str) -> int:
        number = self._numbers.get(form)
        if number is None:
            number = self._numbers[form] = len(self.terms)
            self.terms.append(form.encode())
        return number

    def spread(self, words: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """The terms of some words, and to which of them each belongs."""
        counts = np.array(self._counts, dtype=np.int64)
        begins, sizes = (np.cumsum(counts) - counts)[words], counts[words]
        owners = np.repeat(np.arange(len(words)), sizes)
        within = np.arange(len(owners)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return owners, np.array(self._forms)[begins[owners] + within]

    def bare(self, words: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The first term of each: the bare surface."""
        counts = np.array(self._counts, dtype=np.int64)
        first: NDArray[np.uint32] = np.array(self._forms)[(np.cumsum(counts) - counts)[words]]
        return first


class Side:
    """The words that readers may search, or those for staff alone, waiting to be sorted."""

    def __init__(self, words: Words, texts: Any, stems: Any) -> None:
        self._words, self._texts, self._stems = words, texts, stems
        self._clear()

    def _clear(self) -> None:
        self._numbers, self._places = array("I"), array("I")
        self._passages: list[tuple[int, int, int, int]] = []  # record, field, weight, words

    def add(self, doc: int, passages: Iterable[Passage]) -> int:
        """Keep the words of some passages; gives how many they are."""
        following = [0] * len(FIELD_NUMBER)
        before = len(self._numbers)
        for passage in passages:
            field = FIELD_NUMBER[passage.field]
            found, places = placed(passage.text, following[field])
            self._numbers.extend(map(self._words.__getitem__, found))
            self._places.extend(places)
            weight = int(passage.weight * WEIGHT_UNIT)
            self._passages.append((doc, field, weight, len(found)))
            following[field] = places[-1] + 2 if found else following[field] + 1
        length = len(self._numbers) - before  # no phrase runs from one text into the next
        if len(self._numbers) >= SETTLED:
            self.settle()
        return length

    def settle(self) -> None:
        """Make posting lists of what has been gathered."""
        if self._numbers:
            words = np.array(self._numbers)
            docs, fields, weights, sizes = np.array(self._passages, dtype=np.int64).T
            docs, fields, weights = (np.repeat(a, sizes) for a in (docs, fields, weights))
            places = np.minimum(np.array(self._places), LAST_POSITION) | fields << POSITION_BITS
            self._keep_places(words, docs, places)
            self._keep_forms(words, docs, fields, weights)
        self._clear()

    def _keep_places(
        self, words: NDArray[np.uint32], docs: NDArray[np.int64], places: NDArray[np.int64]
    ) -> None:
        terms = self._words.bare(words)
        order = np.lexsort((places, docs, terms))
        keys = terms[order].astype(np.int64) << 32 | docs[order]
        begins = _begins(keys)
        counts = np.diff(begins, append=len(keys)).astype("<u4")
        found, records = keys[begins] >> 32, (keys[begins] & 0xFFFFFFFF).astype("<u4")
        ordered = places[order].astype("<u4")
        last = np.append(begins, len(keys))
        for term, one, other in _runs(found):
            into = self._texts[self._words.terms[term]]
            into.docs.frombytes(records[one:other].tobytes())
            into.counts.frombytes(counts[one:other].tobytes())
            into.values.frombytes(ordered[last[one] : last[other]].tobytes())

    def _keep_forms(
        self,
        words: NDArray[np.uint32],
        docs: NDArray[np.int64],
        fields: NDArray[np.int64],
        weights: NDArray[np.int64],
    ) -> None:
        owners, terms = self._words.spread(words)
        carried = 1 << fields[owners]
        carried[_begins(owners)] |= WRITTEN  # the first form is the word itself
        keys = terms.astype(np.int64) << 32 | docs[owners]
        order = np.argsort(keys, kind="stable")
        keys, owners = keys[order], owners[order]
        begins = _begins(keys)
        heavy = np.minimum(np.add.reduceat(weights[owners], begins), _HEAVIEST)
        bits = np.bitwise_or.reduceat(carried[order], begins)
        packed = (heavy << 16 | bits).astype("<u4")
        records = (keys[begins] & 0xFFFFFFFF).astype("<u4")
        for term, one, other in _runs(keys[begins] >> 32):
            into = self._stems[self._words.terms[term]]
            into.docs.frombytes(records[one:other].tobytes())
            into.values.frombytes(packed[one:other].tobytes())


def _begins(keys: NDArray[np.int64]) -> NDArray[np.intp]:
    """Where a new value begins among sorted ones."""
    return np.flatnonzero(np.diff(keys, prepend=-1))


def _runs(found: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Each value of a sorted array with the places where its run begins and ends."""
    begins = _begins(found)
    ends = np.append(begins[1:], len(found))
    return zip(found[begins].tolist(), begins.tolist(), ends.tolist(), strict=True)


class Lists:
    """The posting lists of a segment that is being made, by field and term."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._lists: dict[str, Any] = {name: defaultdict(made) for name, made in GROWING.items()}
        words = Words(analyzer)
        self._sides = {
            side: Side(words, self._lists[f"{side}t"], self._lists[f"{side}s"]) for side in "ps"
        }

    def words(self, side: str, doc: int, passages: Iterable[Passage]) -> int:
        """Keep the words of one side of a document; gives how many they are."""
        return self._sides[side].add(doc, passages)

    def mark(self, name: str, terms: Iterable[str], doc: int) -> None:
        """Note that identifiers belong to a document."""
        for term in terms:
            self._lists[name][term.encode()].docs.append(doc)

    def take(
        self, name: str, term: bytes, postings: Postings, numbers: NDArray[np.int64], live: Any
    ) -> None:
        """Take over the living records of another segment's list, under their new numbers."""
        kept = live[postings.docs]
        if not kept.any():
            return
        into = self._lists[name][term]
        into.docs.frombytes(numbers[postings.docs[kept]].astype("<u4").tobytes())
        if postings.forms is not None:
            into.values.frombytes(postings.forms[kept].tobytes())
        if postings.places is not None:
            docs = postings.places >> 32
            into.counts.frombytes(np.bincount(docs)[postings.docs[kept]].astype("<u4").tobytes())
            into.values.frombytes(postings.places[live[docs]].astype("<u4").tobytes())

    def settle(self) -> None:
        for side in self._sides.values():
            side.settle()

    def of(self, name: str) -> dict[bytes, Any]:
        """The lists of a field by term."""
        self.settle()
        lists: dict[bytes, Any] = self._lists[name]
        return lists
