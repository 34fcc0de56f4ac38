"""Certainly or only possibly: how the dates of records lie in the time that was asked for.

The time asked for are the spans of the query tree and the decades, years, days and hours chosen.
The invariant: certain is what lies inside the time asked for whole, whatever else is asked.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

import numpy as np

from archive.search.documents import span_of
from archive.search.engine import Count
from archive.search.query import TIMES
from archive.search.tree import Node, Overlap, leaves
from archive.search.whoosh_engine.executing import Execution
from archive.search.whoosh_engine.snapshot import Mask

Spans = list[tuple[int, int]]


class Dating:
    """The time asked for in one query; where none was, nothing is told apart."""

    def __init__(self, tree: Node, filters: Mapping[str, tuple[str, ...]], run: Execution) -> None:
        typed = [(leaf.first, leaf.last) for leaf in leaves(tree) if isinstance(leaf, Overlap)]
        chosen = [[span_of(name, value) for value in filters.get(name, ())] for name in TIMES]
        alternatives = [typed, *([span for span in spans if span] for spans in chosen)]
        self._asked: list[Spans] = [spans for spans in alternatives if spans]
        self._run = run

    @cached_property
    def certain(self) -> Mask | None:
        """The records that certainly fall into it; None where no time was asked for."""
        if not self._asked:
            return None
        sure = np.ones(self._run.snapshot.size, dtype=np.bool_)
        for spans in self._asked:
            sure &= np.logical_or.reduce([self._run.within(*span) for span in spans])
        return sure

    def of(self, doc: int) -> Literal["", "certain", "possible"]:
        if self.certain is None:
            return ""
        return "certain" if self.certain[doc] else "possible"

    def chosen(self, values: Iterable[str]) -> Mask:
        """The records of the facet `when`; everything where it has no meaning."""
        wanted = {"certain", "possible"} & set(values)
        if self.certain is None or len(wanted) != 1:
            return np.ones(self._run.snapshot.size, dtype=np.bool_)
        return self.certain if "certain" in wanted else ~self.certain

    def counts(self, mask: Mask, values: Iterable[str]) -> tuple[Count, ...]:
        if self.certain is None:
            return ()
        sure = int(np.count_nonzero(mask & self.certain))
        counted = {"certain": sure, "possible": int(np.count_nonzero(mask)) - sure}
        asked = set(values)
        return tuple(Count(name, {}, n, name in asked) for name, n in counted.items() if n)
