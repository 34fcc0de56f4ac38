"""In which fields of a record words of a query stand, read from the posting lists.

A hit is explained by its passages; most of them lie in fields where the index knows that nothing
was found, and need not be read. The invariant: a field that is left out holds no word of the query.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from archive.search.analysis import Analyzer, Wanted, words
from archive.search.engine import Audience
from archive.search.lexicon import fold
from archive.search.tree import Fuzzy, Identifier, Node, Phrase, Prefix, Term, leaves
from archive.search.whoosh_engine.schema import FIELD_NUMBER
from archive.search.whoosh_engine.snapshot import Snapshot
from archive.search.whoosh_engine.weighing import Weighed

EVERY = frozenset(FIELD_NUMBER)


def fields_of(
    tree: Node, docs: Sequence[int], snapshot: Snapshot, analyzer: Analyzer, audience: Audience
) -> list[frozenset[str]]:
    """The fields of each record that may hold words of the query."""
    asked = list(leaves(tree))
    if any(isinstance(leaf, Prefix | Fuzzy) for leaf in asked):
        return [EVERY] * len(docs)
    sought = np.array(docs, dtype=np.int64)
    bits = np.zeros(len(docs), dtype=np.uint16)
    for wanted in {wanted for leaf in asked for wanted in _wanted(leaf, analyzer)}:
        for base, word in snapshot.weighed(wanted, audience):
            _mark(bits, sought - base, word)
    return [_named(value) for value in bits.tolist()]


def _wanted(leaf: Node, analyzer: Analyzer) -> Iterator[Wanted]:
    """What a match of the leaf has to begin with; a phrase does not run from field to field."""
    match leaf:
        case Term(text):
            yield analyzer.wanted(text)
        case Phrase(parts):
            yield from (_as_written(fold(part)) for part in parts[:1])
        case Identifier(text):
            yield from (_as_written(word.bare) for word in words(text))


def _as_written(bare: str) -> Wanted:
    return Wanted(bare, frozenset(), bare)


def _mark(bits: NDArray[np.uint16], sought: NDArray[np.int64], word: Weighed) -> None:
    """Add the fields of the word in each record that is sought."""
    if len(word.docs):
        at = np.minimum(np.searchsorted(word.docs, sought), len(word.docs) - 1)
        bits |= np.where(word.docs[at] == sought, word.fields[at], np.uint16(0))


@lru_cache(maxsize=1024)
def _named(bits: int) -> frozenset[str]:
    return frozenset(name for name, number in FIELD_NUMBER.items() if bits >> number & 1)
