"""In which fields of a record words of a query stand, read from the posting lists.

A hit is explained by its passages; most of them lie in fields where the index knows that nothing
was found, and need not be read. The invariant: a field that is left out holds no word of the query.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from archive.search.analysis import Analyzer, words
from archive.search.engine import Audience
from archive.search.lexicon import fold
from archive.search.tree import Fuzzy, Identifier, Node, Phrase, Prefix, Term, leaves
from archive.search.whoosh_engine.schema import FIELD_NUMBER, FORMS
from archive.search.whoosh_engine.snapshot import Snapshot

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
    for form in {form for leaf in asked for form in _forms(leaf, analyzer)}:
        _mark(bits, sought, snapshot, audience, form)
    known = {int(value): _named(int(value)) for value in set(bits.tolist())}
    return [known[value] for value in bits.tolist()]


def _forms(leaf: Node, analyzer: Analyzer) -> Iterator[str]:
    """What a match of the leaf has to begin with; a phrase does not run from field to field."""
    match leaf:
        case Term(text):
            wanted = analyzer.wanted(text)
            yield from (wanted.bare, *wanted.forms)
        case Phrase(parts):
            yield from (fold(part) for part in parts[:1])
        case Identifier(text):
            yield from (word.bare for word in words(text))


def _mark(
    bits: NDArray[np.uint16],
    sought: NDArray[np.int64],
    snapshot: Snapshot,
    audience: Audience,
    form: str,
) -> None:
    for name in FORMS[audience]:
        for base, postings in snapshot.postings(name, form.encode()):
            assert postings.forms is not None
            at = np.minimum(np.searchsorted(postings.docs, sought - base), len(postings.docs) - 1)
            there = postings.docs[at] == sought - base
            bits[there] |= postings.forms["fields"][at[there]]


def _named(bits: int) -> frozenset[str]:
    return frozenset(name for name, number in FIELD_NUMBER.items() if bits >> number & 1)
