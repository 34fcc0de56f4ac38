"""Answering a query tree: every node becomes the records it holds for and a score for each.

Nodes are evaluated in numpy over all records of a snapshot; posting lists are decoded whole and
kept. The invariant: only records in `visible` are counted, in frequencies too, so that hidden ones
leave no trace in totals, scores or facets. Scores are BM25 (Robertson and Zaragoza 2009) over the
weights of words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.analysis import Analyzer
from archive.search.engine import Audience
from archive.search.lexicon import fold
from archive.search.tree import (
    And,
    Everything,
    Field,
    Fuzzy,
    Identifier,
    Node,
    Not,
    Notice,
    Or,
    Overlap,
    Phrase,
    Prefix,
    Term,
)
from archive.search.whoosh_engine.columns import UNKNOWN
from archive.search.whoosh_engine.counting import Mask
from archive.search.whoosh_engine.schema import (
    FIELD_NUMBER,
    IDENTIFIERS,
    POSITION_BITS,
    TEXT,
)
from archive.search.whoosh_engine.snapshot import Seen, Snapshot
from archive.search.whoosh_engine.weighing import ALL_FIELDS

K1, B = 1.2, 0.6
FUZZY_WEIGHT = 0.4
IDENTIFIER_SCORE = 100.0
POSSIBLY = 0.4  # a date that only may fall into the span asked for

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """The records a node holds for, and how well."""

    mask: Mask
    scores: Scores


@dataclass
class Execution:
    """One query being answered over one snapshot for one audience."""

    snapshot: Snapshot
    analyzer: Analyzer
    audience: Audience
    visible: Seen
    expansion: int
    notices: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._left = self.expansion  # words that beginnings and near spellings may yet stand for

    def run(self, node: Node) -> Found:
        found = self._run(node, ALL_FIELDS)
        return Found(found.mask & self.visible.mask, found.scores)

    def _run(self, node: Node, fields: int) -> Found:
        match node:
            case And(nodes):
                return self._all([self._run(inner, fields) for inner in nodes])
            case Or(nodes):
                return self._any([self._run(inner, fields) for inner in nodes])
            case Not(inner):
                return Found(~self._run(inner, fields).mask, self._zeros)
            case Field(name, inner):
                return self._field(name, inner)
            case _:
                return self._leaf(node, fields)

    def _leaf(self, node: Node, fields: int) -> Found:
        match node:
            case Term(text):
                return self._term(text, fields)
            case Phrase(words):
                return self._phrase([fold(word) for word in words], fields)
            case Prefix(text):
                return self._prefix(fold(text), fields)
            case Fuzzy(text, distance):
                return self._fuzzy(fold(text), distance, fields)
            case Identifier(text, words):
                return self._identifier(text, words, fields)
            case Overlap(first, last):
                return self._overlap(first, last)
        return Found(np.ones(self.snapshot.size, dtype=np.bool_), self._zeros)

    @cached_property
    def _zeros(self) -> Scores:
        return np.zeros(self.snapshot.size, dtype=np.float32)

    @cached_property
    def _norm(self) -> Scores:
        """The length part of BM25."""
        return np.float32(K1 * (1 - B)) + np.float32(K1 * B) * self.visible.relative

    def _scored(self, frequencies: Scores) -> Found:
        mask = frequencies > 0
        count = int(np.count_nonzero(mask & self.visible.mask))
        total = len(self.visible.docs)
        rarity = np.log1p((total - count + 0.5) / (count + 0.5))
        scores = frequencies + self._norm
        np.divide(frequencies, scores, out=scores)
        scores *= np.float32(rarity * (K1 + 1))
        return Found(mask, scores)

    def _term(self, text: str, fields: int) -> Found:
        frequencies = np.zeros_like(self._zeros)
        for base, word in self.snapshot.weighed(self.analyzer.wanted(text), self.audience, fields):
            frequencies[base:][word.docs] = word.weights
        return self._scored(frequencies)

    def count(self, word: str) -> int:
        """In how many visible records a bare word stands."""
        mask = np.zeros(self.snapshot.size, dtype=np.bool_)
        for name in TEXT[self.audience]:
            for base, postings in self.snapshot.postings(name, word.encode()):
                mask[postings.docs + base] = True
        return int(np.count_nonzero(mask & self.visible.mask))

    def _prefix(self, text: str, fields: int) -> Found:
        words, left_out = self.snapshot.vocabulary.beginning(text, self.audience, self._left)
        self._left -= len(words)
        if left_out:
            self.notices.append(Notice("prefix_wide", {"prefix": text, "words": self.expansion}))
        frequencies = np.zeros_like(self._zeros)
        self._as_written(words, fields, frequencies, 1.0)
        return self._scored(frequencies)

    def _fuzzy(self, text: str, distance: int, fields: int) -> Found:
        near = self.snapshot.vocabulary.near(text, self.audience, distance)[: self._left]
        self._left -= len(near)
        frequencies = np.zeros_like(self._zeros)
        self._as_written(near, fields, frequencies, FUZZY_WEIGHT)
        self._as_written([text], fields, frequencies, 1.0)
        return self._scored(frequencies)

    def _as_written(self, words: Sequence[str], fields: int, into: Scores, weight: float) -> None:
        """The weight of the best of some words in every record, where they stand as they are."""
        for base, word in self.snapshot.written(words, self.audience, fields):
            here = into[base:]
            here[word.docs] = np.maximum(here[word.docs], word.weights * np.float32(weight))

    def _identifier(self, text: str, words: Sequence[str], fields: int) -> Found:
        """Whoever bears it; in a field, or where nobody does, its words side by side."""
        if words and fields != ALL_FIELDS:
            return self._phrase([fold(word) for word in words], fields)
        mask = np.zeros(self.snapshot.size, dtype=np.bool_)
        for name in IDENTIFIERS[self.audience]:
            for base, postings in self.snapshot.postings(name, text.encode()):
                mask[postings.docs + base] = True
        if not words or (mask & self.visible.mask).any():
            return Found(mask, mask * np.float32(IDENTIFIER_SCORE))
        return self._phrase([fold(word) for word in words], fields)

    def _phrase(self, words: list[str], fields: int) -> Found:
        """Words at consecutive places of one field, staff words and readers' words apart."""
        frequencies = np.zeros_like(self._zeros)
        for name in TEXT[self.audience]:
            places = self._phrase_places(name, words)
            if fields != ALL_FIELDS:
                number = (places & 0xFFFFFFFF) >> POSITION_BITS
                places = places[(fields >> number) & 1 == 1]
            docs = places >> 32
            frequencies += np.bincount(docs, minlength=self.snapshot.size).astype(np.float32)
        return self._scored(frequencies)

    def _phrase_places(self, name: str, words: list[str]) -> NDArray[np.int64]:
        """Where the first word of the phrase stands: (record << 32 | place) in order."""
        lists = sorted(
            ((self._places(name, word.encode()), offset) for offset, word in enumerate(words)),
            key=lambda entry: len(entry[0]),
        )
        starts = lists[0][0] - lists[0][1]
        for places, offset in lists[1:]:
            if not len(starts) or not len(places):
                return starts[:0]
            at = np.minimum(np.searchsorted(places, starts + offset), len(places) - 1)
            starts = starts[places[at] == starts + offset]
        return starts

    def _places(self, name: str, word: bytes) -> NDArray[np.int64]:
        joined = [np.zeros(0, dtype=np.int64)]
        for base, postings in self.snapshot.postings(name, word):
            assert postings.places is not None
            joined.append(postings.places + (base << 32) if base else postings.places)
        return joined[1] if len(joined) == 2 else np.concatenate(joined)

    def _overlap(self, first: int, last: int) -> Found:
        """Records that may fall into the span; the narrower the date, the better it fits."""
        begin, end = self.snapshot.first, self.snapshot.last
        mask = self.touching(first, last)
        shared = np.minimum(end, last) - np.maximum(begin, first) + 1
        fit = (shared / np.maximum(end - begin + 1, 1)).astype(np.float32)
        scores = np.where(self.within(first, last), np.float32(1.0), POSSIBLY * fit)
        return Found(mask, np.asarray(scores * mask, dtype=np.float32))

    def touching(self, first: int, last: int, docs: NDArray[np.intp] | None = None) -> Mask:
        """Which of all records, or of some, may fall into the span."""
        begin, end = self._spans(docs)
        return np.asarray((begin <= last) & (end >= first) & (begin != UNKNOWN), dtype=np.bool_)

    def within(self, first: int, last: int, docs: NDArray[np.intp] | None = None) -> Mask:
        """Which of all records, or of some, certainly fall into the span."""
        begin, end = self._spans(docs)
        return np.asarray((begin >= first) & (end <= last) & (begin != UNKNOWN), dtype=np.bool_)

    def _spans(self, docs: NDArray[np.intp] | None) -> tuple[NDArray[Any], NDArray[Any]]:
        begin, end = self.snapshot.first, self.snapshot.last
        return (begin, end) if docs is None else (begin[docs], end[docs])

    def _field(self, name: str, node: Node) -> Found:
        """Words of a field, or the value of a facet; a collection may be named by either."""
        if name not in FIELD_NUMBER:
            return self._facet(name, _wording(node))
        words = self._run(node, 1 << FIELD_NUMBER[name])
        if name == "collection":
            return self._any([words, self._facet(name, _wording(node))])
        return words

    def _facet(self, name: str, asked: str) -> Found:
        mask = self.chosen(name, (asked,))
        return Found(mask, mask.astype(np.float32))

    def chosen(self, name: str, values: Iterable[str]) -> Mask:
        """Records that have one of the values of a facet, named by value or by label."""
        facet = self.snapshot.facet(name)
        if facet is None:
            return np.zeros(self.snapshot.size, dtype=np.bool_)
        wanted = {code for value in values for code in self.codes(name, value)}
        return facet.having(wanted, self.audience)

    def codes(self, name: str, value: str) -> list[int]:
        """The codes of a value: itself where it is known, else all so labelled or so spelt.

        What stands with no record that may be seen is as good as unknown."""
        facet = self.snapshot.facet(name)
        if facet is None:
            return []
        seen, _ = self.visible.counted(name, facet.shown[self.audience])
        known = facet.codes.get(value)
        own = [code for code in facet.alike(known) if seen[code]] if known is not None else []
        spelt = own or facet.spelt.get(fold(value.casefold()), [])
        return [code for code in spelt if seen[code]]

    def _all(self, found: list[Found]) -> Found:
        mask, scores = found[0].mask, found[0].scores
        for other in found[1:]:
            mask, scores = mask & other.mask, scores + other.scores
        return Found(mask, scores)

    def _any(self, found: list[Found]) -> Found:
        mask, scores = found[0].mask, found[0].scores * found[0].mask
        for other in found[1:]:
            mask, scores = mask | other.mask, scores + other.scores * other.mask
        return Found(mask, scores)


def _wording(node: Node) -> str:
    match node:
        case Term(text) | Prefix(text) | Fuzzy(text) | Identifier(text):
            return text
        case Phrase(words):
            return " ".join(words)
        case And(nodes) | Or(nodes):
            return " ".join(_wording(inner) for inner in nodes)
        case Everything() | Not() | Overlap() | Field():
            return ""
