"""Certainly or only possibly: how the dates of records lie in the time that was asked for.

The time asked for are the spans of the query tree and the decades, years, days and hours chosen.
The invariant: certain is what lies inside all of the time that was asked for; what is found for
another reason and does not touch it is neither.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from archive.search.documents import span_of
from archive.search.engine import Count
from archive.search.query import TIMES
from archive.search.tree import And, Field, Node, Or, Overlap
from archive.search.whoosh_engine.counting import Mask
from archive.search.whoosh_engine.executing import Execution

Docs = NDArray[np.intp] | None  # some records, or all


@dataclass(frozen=True, slots=True)
class Lying:
    """The records that certainly, and those that only possibly, fall into a time; others not."""

    certain: Mask
    possible: Mask


class Dating:
    """The time asked for in one query; where none was, nothing is told apart."""

    def __init__(self, tree: Node, filters: Mapping[str, tuple[str, ...]], run: Execution) -> None:
        self._tree, self._run = tree, run
        chosen = [[span_of(name, value) for value in filters.get(name, ())] for name in TIMES]
        self._chosen = [[span for span in spans if span] for spans in chosen]

    @cached_property
    def lying(self) -> Lying | None:
        """How all records lie in the time asked for; None where none was."""
        return self._lying(None)

    def of(self, docs: Sequence[int]) -> list[Literal["", "certain", "possible"]]:
        """How some records lie in it; only these are looked at."""
        lying = self._lying(np.array(docs, dtype=np.intp))
        if lying is None:
            return [""] * len(docs)
        told = zip(lying.certain.tolist(), lying.possible.tolist(), strict=True)
        return ["certain" if sure else "possible" if may else "" for sure, may in told]

    def _lying(self, docs: Docs) -> Lying | None:
        chosen = [_any([self._span(*span, docs) for span in spans]) for spans in self._chosen]
        return _all([self._of(self._tree, docs), *chosen])

    def _of(self, node: Node, docs: Docs) -> Lying | None:
        match node:
            case Overlap(first, last):
                return self._span(first, last, docs)
            case And(nodes):
                return _all([self._of(inner, docs) for inner in nodes])
            case Or(nodes):
                return _any([self._of(inner, docs) for inner in nodes])
            case Field(_, inner):
                return self._of(inner, docs)
        return None

    def _span(self, first: int, last: int, docs: Docs) -> Lying:
        inside = self._run.within(first, last, docs)
        return Lying(inside, self._run.touching(first, last, docs) & ~inside)

    def chosen(self, values: Iterable[str]) -> Mask:
        """The records of the facet `when`; everything where it has no meaning."""
        wanted = {"certain", "possible"} & set(values)
        if self.lying is None or len(wanted) != 1:
            return np.ones(self._run.snapshot.size, dtype=np.bool_)
        return self.lying.certain if "certain" in wanted else self.lying.possible

    def counts(self, mask: Mask, values: Iterable[str]) -> tuple[Count, ...]:
        if self.lying is None:
            return ()
        found = {"certain": self.lying.certain, "possible": self.lying.possible}
        counted = {name: int(np.count_nonzero(mask & lying)) for name, lying in found.items()}
        asked = set(values)
        return tuple(Count(name, {}, n, name in asked) for name, n in counted.items() if n)


def _all(parts: Sequence[Lying | None]) -> Lying | None:
    """Certain where every part that says something is; only possible where one is."""
    told = [part for part in parts if part is not None]
    if not told:
        return None
    possible = np.logical_or.reduce([part.possible for part in told])
    return Lying(np.logical_or.reduce([part.certain for part in told]) & ~possible, possible)


def _any(parts: Sequence[Lying | None]) -> Lying | None:
    """Certain where one part is; possible where the best is."""
    told = [part for part in parts if part is not None]
    if not told:
        return None
    certain = np.logical_or.reduce([part.certain for part in told])
    return Lying(certain, np.logical_or.reduce([part.possible for part in told]) & ~certain)
