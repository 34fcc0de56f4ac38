"""How much a word weighs in the records of one segment: the posting lists of all its forms as one.

It is made once for a word and kept like a posting list, because the common words of a language are
in every other query. The invariant: of several forms the best counts, the word as typed before
others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.analysis import Wanted
from archive.search.engine import Audience
from archive.search.whoosh_engine.schema import FORMS, WEIGHT_UNIT
from archive.search.whoosh_engine.segments import SegmentReader

FORM_WEIGHT = 0.6  # another form of the word counts less than the word as typed
EXACT_BOOST = 1.15  # accents as typed
ALL_FIELDS = 0xFFFF


@dataclass(frozen=True, slots=True)
class Weighed:
    """The records a word stands in, ascending, its weight in each, and in which fields it is."""

    docs: NDArray[np.int32]
    weights: NDArray[np.float32]
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
        exact = [docs for docs, _ in _lists(reader, wanted.exact, audience, fields)]
        weights[np.unique(np.concatenate([*exact, np.zeros(0, dtype=np.int32)]))] *= EXACT_BOOST
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
