"""The words of the index: beginnings, near spellings, accents.

Each segment brings its sorted terms; they are looked up in place and never merged. The invariant:
a word is offered only from the lexicons of the audience; whether it still stands in a living
record is checked by whoever shows it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from archive.search.analysis import EXACT
from archive.search.engine import Audience
from archive.search.lexicon import fold
from archive.search.whoosh_engine.columns import Lexicon
from archive.search.whoosh_engine.schema import TEXT

_SPELLINGS: dict[Audience, tuple[str, ...]] = {"public": ("pe",), "staff": ("pe", "se")}
_SIGNS = 64  # a word's signature counts its bytes modulo this
_MOST = 63  # times that a byte is counted, so that a difference fits into one
_LONGEST = 40


class Vocabulary:
    """The words of a snapshot, given the lexicons of its segments."""

    def __init__(self, lexicons: list[dict[str, "SegmentWords"]]) -> None:
        self._segments = lexicons

    def beginning(self, prefix: str, audience: Audience, most: int) -> tuple[list[str], int]:
        """Bare words that begin so, the commonest first, and how many were left out."""
        counts: Counter[bytes] = Counter()
        for words in self._of(TEXT[audience]):
            counts.update(words.beginning(prefix.encode()))
        kept = [term.decode() for term, _ in counts.most_common(most)]
        return kept, len(counts) - len(kept)

    def spelt(self, bare: str, audience: Audience) -> str:
        """The commonest spelling with accents of a bare word, else the word itself."""
        counts: Counter[str] = Counter()
        for words in self._of(_SPELLINGS[audience]):
            counts.update(words.spellings.get(bare, {}))
        return counts.most_common(1)[0][0] if counts else bare

    def near(self, bare: str, audience: Audience, distance: int) -> list[str]:
        """Words that differ in at most `distance` letters, the nearest and commonest first."""
        counts: Counter[str] = Counter()
        if len(bare) <= _LONGEST:
            for words in self._of(TEXT[audience]):
                counts.update(words.alike(bare, distance))
        measured = ((edits(bare, word, distance), word) for word in counts)
        near = [(d, word[:1] != bare[:1], -counts[word], word) for d, word in measured]
        return [word for d, _, _, word in sorted(near) if 0 < d <= distance]

    def _of(self, names: tuple[str, ...]) -> list["SegmentWords"]:
        return [words[name] for words in self._segments for name in names]


class SegmentWords:
    """One lexicon of one segment, and what is derived from it when first needed."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._signs: _Signatures | None = None
        self._spellings: dict[str, dict[str, int]] | None = None

    def beginning(self, start: bytes) -> dict[bytes, int]:
        terms = self._lexicon.terms
        low, high = bisect_left(terms, start), bisect_left(terms, start + b"\xff")
        counts = self._lexicon.counts[low:high].tolist()
        return dict(zip(terms[low:high], counts, strict=True))

    def begins(self, terms: Iterable[bytes]) -> list[int]:
        """Where the posting lists of some bare surfaces begin, in order; some may not stand."""
        known, begins = self._lexicon.terms, self._lexicon.begins
        assert begins is not None
        places = ((bisect_left(known, term), term) for term in terms)
        found = [at for at, term in places if at < len(known) and known[at] == term]
        return sorted(begins[found].tolist())

    @property
    def spellings(self) -> dict[str, dict[str, int]]:
        """Accented spellings by their bare form; the terms carry the mark of exact forms."""
        if self._spellings is None:
            found: dict[str, dict[str, int]] = {}
            counts = self._lexicon.counts.tolist()
            for term, count in zip(self._lexicon.terms, counts, strict=True):
                spelling = term.decode().removeprefix(EXACT)
                found.setdefault(fold(spelling), {})[spelling] = count
            self._spellings = found
        return self._spellings

    def alike(self, bare: str, distance: int) -> dict[str, int]:
        """Words whose letters differ in few places, before the order of letters is looked at."""
        if self._signs is None:
            self._signs = _Signatures(self._lexicon.terms)
        counts = self._lexicon.counts
        found = self._signs.near(bare.encode(), 2 * distance)
        return {self._lexicon.terms[at].decode(): int(counts[at]) for at in found}


class _Signatures:
    """How often each byte (modulo `_SIGNS`) occurs in each term, the shortest terms first."""

    def __init__(self, terms: Sequence[bytes]) -> None:
        sizes = np.fromiter(map(len, terms), dtype=np.int64, count=len(terms))
        self._order = np.argsort(sizes, kind="stable")
        self._sizes = sizes[self._order]
        self._signs = _signatures([terms[at] for at in self._order])

    def near(self, term: bytes, apart: int) -> list[int]:
        """The numbers of the terms that differ in at most so many bytes, whatever their order."""
        low = np.searchsorted(self._sizes, len(term) - apart)
        high = np.searchsorted(self._sizes, len(term) + apart, side="right")
        differences = np.abs(self._signs[low:high] - _signatures([term])).sum(
            axis=1, dtype=np.int16
        )
        found: list[int] = self._order[low:high][differences <= apart].tolist()
        return found


def _signatures(terms: Sequence[bytes]) -> NDArray[np.int8]:
    sizes = np.fromiter(map(len, terms), dtype=np.int64, count=len(terms))
    letters = np.frombuffer(b"".join(terms), dtype=np.uint8) % _SIGNS
    rows = np.repeat(np.arange(len(terms)), sizes)
    flat = np.bincount(rows * _SIGNS + letters, minlength=len(terms) * _SIGNS)
    return np.minimum(flat, _MOST).reshape(len(terms), _SIGNS).astype(np.int8)


def edits(one: str, other: str, most: int) -> int:
    """Letters put in, left out, changed or swapped with their neighbour (optimal string alignment);
    `most + 1` when there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
