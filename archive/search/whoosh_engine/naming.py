"""Names that begin as somebody types: the labels of a facet by the words in them.

Each segment brings a sorted list of its words, made when first asked for and kept as long as the
segment. The invariant: whatever has a word that begins so is found; whether it still stands with
a living record is checked by whoever shows it.
"""

from bisect import bisect_left
from collections.abc import Collection

from archive.search.analysis import placed
from archive.search.lexicon import fold
from archive.search.whoosh_engine.columns import FacetColumn


class SegmentNames:
    """The labels of one facet in one segment."""

    def __init__(self, column: FacetColumn) -> None:
        self._column = column
        self._words: tuple[tuple[str, str], ...] | None = None

    def beginning(self, start: str) -> set[str]:
        """The values that have a label with a word that begins so; `start` is bare."""
        found = self._sorted()
        low, high = bisect_left(found, (start,)), bisect_left(found, (start + "\U0010ffff",))
        return {value for _, value in found[low:high]}

    def _sorted(self) -> tuple[tuple[str, str], ...]:
        if self._words is None:
            found = {
                (word, value)
                for value, label in zip(self._column.values, self._column.labels, strict=True)
                for text in set(label.values())
                for word in bare_words(text)
            }
            self._words = tuple(sorted(found))
        return self._words


def bare_words(text: str) -> list[str]:
    return [fold(surface) for surface in placed(text, 0)[0]]


def begins(label: str, asked: Collection[str]) -> bool:
    """Whether every word typed begins a word of the label."""
    present = bare_words(label)
    return all(any(word.startswith(start) for word in present) for start in asked)
