"""How much a word weighs in the records of one segment: the posting lists of all its forms as one.

It is made once for a word and kept like a posting list, because the common words of a language are
in every other query. The invariant: of several forms the best counts, the word as typed before
others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.analysis import Wanted
from archive.search.engine import Audience
from archive.search.whoosh_engine.schema import FORMS, POSITION_BITS, TEXT, WEIGHT_UNIT, WRITTEN
from archive.search.whoosh_engine.segments import SegmentReader
from archive.search.whoosh_engine.spelling import SegmentWords

FORM_WEIGHT = 0.6  # another form of the word counts less than the word as typed
EXACT_BOOST = 1.15  # accents as typed
ALL_FIELDS = 0xFFFF


@dataclass(frozen=True, slots=True)
class Weights:
    """The records a word stands in, ascending, and its weight in each."""

    docs: NDArray[np.int32]
    weights: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        return self.docs.nbytes + self.weights.nbytes


@dataclass(frozen=True, slots=True)
class Weighed(Weights):
    """Also in which fields it is."""

    fields: NDArray[np.uint16]

    @property
    def nbytes(self) -> int:
        return self.docs.nbytes + self.weights.nbytes + self.fields.nbytes


def weighed(reader: SegmentReader, wanted: Wanted, audience: Audience, fields: int) -> Weighed:
    """A word in any of its forms, where it stands in one of the fields."""
    weights = np.zeros(reader.size, dtype=np.float32)
    standing = np.zeros(reader.size, dtype=np.uint16)
    for form in (wanted.bare, *wanted.forms):
        share = np.float32((1.0 if form == wanted.bare else FORM_WEIGHT) / WEIGHT_UNIT)
        for docs, carried in _lists(reader, form, audience, fields):
            weights[docs] = np.maximum(weights[docs], carried["weight"] * share)
            standing[docs] |= carried["fields"]
    if not wanted.exact.isascii():
        exact = np.zeros(reader.size, dtype=np.bool_)
        for docs, _ in _lists(reader, wanted.exact, audience, fields):
            exact[docs] = True
        weights[exact] *= EXACT_BOOST
    found = np.flatnonzero(weights)
    return Weighed(found.astype(np.int32), weights[found], standing[found])


def _lists(
    reader: SegmentReader, form: str, audience: Audience, fields: int
) -> Iterator[tuple[NDArray[np.int32], NDArray[Any]]]:
    """Where a form stands in one of the fields, and what its postings carry."""
    for name in FORMS[audience]:
        postings = reader.postings(name, form.encode())
        if postings is not None and postings.forms is not None:
            here = postings.forms["fields"] & fields != 0
            yield postings.docs[here], postings.forms[here]


def written(
    reader: SegmentReader,
    lexicons: Mapping[str, SegmentWords],
    words: Sequence[str],
    audience: Audience,
    fields: int,
) -> Weights:
    """The best of some words where they stand as they are, in one of the fields.

    A form alone is no such word: `go*` must not find `went` because another record says `go`."""
    weights = np.zeros(reader.size, dtype=np.float32)
    for texts in TEXT[audience]:
        for docs, heavy in _lists_as_written(reader, lexicons[texts], texts, words, fields):
            np.maximum.at(weights, docs, heavy / np.float32(WEIGHT_UNIT))
    found = np.flatnonzero(weights)
    return Weights(found.astype(np.int32), weights[found])


def _lists_as_written(
    reader: SegmentReader, lexicon: SegmentWords, texts: str, words: Sequence[str], fields: int
) -> Iterator[tuple[NDArray[np.int32], NDArray[Any]]]:
    """Where words stand as they are, and how much they weigh: all of them at once, but word by
    word where only some fields count."""
    terms = [word.encode() for word in words]
    for group in [terms] if fields == ALL_FIELDS else [[term] for term in terms]:
        if begins := lexicon.begins(group):
            postings = reader.forms(begins)
            assert postings.forms is not None
            here = postings.forms["fields"] & WRITTEN != 0
            if fields != ALL_FIELDS:
                here &= np.isin(postings.docs, _standing(reader, texts, group[0], fields))
            yield postings.docs[here], postings.forms["weight"][here]


def _standing(reader: SegmentReader, texts: str, term: bytes, fields: int) -> NDArray[np.int64]:
    """The records in which a word stands in one of the fields."""
    postings = reader.postings(texts, term)
    assert postings is not None
    assert postings.places is not None
    number = (postings.places & 0xFFFFFFFF) >> POSITION_BITS
    standing: NDArray[np.int64] = postings.places[(fields >> number) & 1 == 1] >> 32
    return standing
