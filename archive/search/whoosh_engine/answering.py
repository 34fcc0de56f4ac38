"""From a query to a page of results: filters, facets, order, hits, suggestions.

The invariant: counts, totals and suggestions come from records the audience may see, and from
nothing else.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from archive.search.analysis import Analyzer, words
from archive.search.engine import Audience, Count, Hit, Match, Results, Suggestion
from archive.search.explaining import Explainer
from archive.search.lexicon import fold
from archive.search.query import PUBLIC_FACETS, STAFF_FACETS, TIMES, Query, Sort
from archive.search.tree import Fuzzy, Node, Term, leaves
from archive.search.whoosh_engine.counting import Mask, Those, smallest
from archive.search.whoosh_engine.dating import Dating
from archive.search.whoosh_engine.executing import Execution, Found, Scores
from archive.search.whoosh_engine.naming import bare_words, begins
from archive.search.whoosh_engine.rows import Row
from archive.search.whoosh_engine.snapshot import Snapshot
from archive.search.whoosh_engine.standing import fields_of

MOST_VALUES = 50  # of a facet that are named
MOST_TIMES = 64  # decades, years, days, hours: more than fit a timeline, so that none is missing
SCORED_TO = 10_000  # scores nearer than one part of it are alike
RANKED: dict[Sort, str] = {
    "date": "rank_by_date", "-date": "rank_by_date_down",
    "newest": "rank_by_newest", "id": "rank_by_order",
}  # fmt: skip
ALLOWED = {"public": PUBLIC_FACETS, "staff": STAFF_FACETS}
NAMED = ("person", "photographer", "place", "event", "collection", "subject")
_SUGGESTED_LETTERS = 3  # shorter words are too near to everything
_SUGGESTED_WORDS = 8  # looking for near words is the dearest thing a query can ask for


class Answer:
    """One query answered over one snapshot."""

    def __init__(
        self, snapshot: Snapshot, analyzer: Analyzer, audience: Audience, hidden: Collection[str]
    ) -> None:
        self._snapshot, self._analyzer, self._audience = snapshot, analyzer, audience
        self._visible = snapshot.visible(audience, hidden)

    def results(self, query: Query) -> Results:
        run = self._execution(query.expansion)
        found = run.run(query.tree)
        allowed = {n: v for n, v in query.filters.items() if n in ALLOWED[self._audience]}
        dating = Dating(query.tree, allowed, run)
        chosen = {
            name: dating.chosen(values) if name == "when" else run.chosen(name, values)
            for name, values in allowed.items()
        }
        every = Those(found.mask)
        those = every.within(chosen.values())
        total = len(those.docs)
        page = self._page(query, those.docs, found.scores)
        facets = self._facets(query, run, every, chosen, dating)
        return Results(
            total=total,
            hits=tuple(self._hits(page, found, dating, query)),
            facets={name: counts for name, (counts, _) in facets.items()},
            distinct={name: number for name, (_, number) in facets.items()},
            suggestion="" if total else self._did_you_mean(query),
            notices=tuple(run.notices),
        )

    def _execution(self, expansion: int) -> Execution:
        return Execution(self._snapshot, self._analyzer, self._audience, self._visible, expansion)

    def _page(self, query: Query, docs: NDArray[np.intp], scores: Scores) -> list[int]:
        """The records of the page in order; of like scores the one with the smaller reference."""
        last = query.offset + query.limit
        if query.sort == "relevance":
            docs = docs[smallest(-scores[docs], last, within=1 / SCORED_TO)]
            rounded = np.rint(scores[docs] * np.float32(-SCORED_TO)).astype(np.int64)
            keys = (rounded << 32) + self._snapshot.rank_by_order[docs]
        else:
            keys = getattr(self._snapshot, RANKED[query.sort])[docs]
        near = smallest(keys, last)
        found: list[int] = docs[near[np.argsort(keys[near])]][query.offset : last].tolist()
        return found

    def _hits(self, page: list[int], found: Found, dating: Dating, query: Query) -> Iterator[Hit]:
        rows = [self._snapshot.row(doc) for doc in page]
        why = self._reasons(page, rows, query) if query.explained else repeat(())
        for doc, row, when, matches in zip(page, rows, dating.of(page), why, strict=False):
            yield Hit(
                id=row.data["id"],
                score=round(float(found.scores[doc]), 4),
                when=when,
                why=matches,
                show=row.show(self._audience),
            )

    def _reasons(
        self, page: list[int], rows: list[Row], query: Query
    ) -> Iterator[tuple[Match, ...]]:
        """Why each record was found; only passages of fields where words stand are read."""
        tree, audience = query.tree, self._audience
        explainer = Explainer(tree, self._analyzer, self._near(tree))
        standing = fields_of(tree, page, self._snapshot, self._analyzer, audience)
        for row, fields in zip(rows, standing, strict=True):
            passages = [told for told in row.passages(audience) if told[0] in fields]
            yield explainer.matches([("id", row.show(audience)["ref"]), *passages])

    def _facets(
        self,
        query: Query,
        run: Execution,
        every: Those,
        chosen: Mapping[str, Mask],
        dating: Dating,
    ) -> dict[str, tuple[tuple[Count, ...], int]]:
        """Counts of each facet within the choices made in the others, and how many it has."""
        counted = {}
        for name in query.facets:
            if name in ALLOWED[self._audience]:
                within = every.within(mask for other, mask in chosen.items() if other != name)
                if name == "when":
                    counts = dating.counts(within.mask, query.filters.get(name, ()))
                    counted[name] = counts, len(counts)
                else:
                    counted[name] = self._counts(name, run, within, query)
        return counted

    def _counts(
        self, name: str, run: Execution, those: Those, query: Query
    ) -> tuple[tuple[Count, ...], int]:
        facet = self._snapshot.facet(name)
        if facet is None:
            return (), 0
        shown, every = facet.shown[self._audience], len(those.docs) == len(self._visible.docs)
        named, alone = self._visible.counted(name, shown) if every else shown.counted(those)
        counts, values = facet.by_value(named), query.filters.get(name, ())
        found = {facet.values[code] for value in values for code in run.codes(name, value)}
        chosen = {facet.codes[value] for value in found}
        most = query.listed.get(name, MOST_TIMES if name in TIMES else MOST_VALUES)
        codes = facet.commonest(counts, most, chosen)
        sure = facet.by_value(alone)[codes].tolist() if name in TIMES else repeat(0)
        listed = tuple(
            Count(facet.values[code], facet.label(code, named), count, code in chosen, certain)
            for code, count, certain in zip(codes, counts[codes].tolist(), sure, strict=False)
        )
        return listed, int(np.count_nonzero(counts))

    def _near(self, tree: Node) -> list[str]:
        vocabulary = self._snapshot.vocabulary
        return [
            word
            for leaf in leaves(tree)
            if isinstance(leaf, Fuzzy)
            for word in vocabulary.near(fold(leaf.text), self._audience, leaf.distance)
        ]

    def _did_you_mean(self, query: Query) -> str:
        """The query with each word that nobody wrote replaced by the nearest that somebody did."""
        changed = query.text
        typed = [leaf for leaf in leaves(query.tree) if isinstance(leaf, Term)]
        for leaf in typed[:_SUGGESTED_WORDS]:
            if len(leaf.text) > _SUGGESTED_LETTERS:
                better = self._better(leaf.text)
                changed = _with_word(changed, leaf.text, better) if better else changed
        return changed if changed != query.text else ""

    def _better(self, text: str) -> str:
        if self._stands(Term(text)):
            return ""
        distance = 1 if len(text) < 6 else 2
        near = self._snapshot.vocabulary.near(fold(text), self._audience, distance)
        word = next((word for word in near[:20] if self._stands(Term(word))), "")
        return self._snapshot.vocabulary.spelt(word, self._audience) if word else ""

    def _stands(self, node: Node) -> bool:
        """Whether anything the audience may see is found by it."""
        return bool(self._execution(1).run(node).mask.any())

    def suggestions(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """Names that have a word beginning so, then words that begin so, the commonest first."""
        asked = bare_words(typed)
        if not asked:
            return ()
        named = [found for name in NAMED for found in self._named(name, asked)]
        named.sort(key=lambda found: (-found.count, found.text))
        kept = named[:limit]
        if len(asked) == 1 and len(kept) < limit:
            kept += self._completed(asked[0], limit - len(kept))
        return tuple(kept)

    def _named(self, name: str, asked: list[str]) -> list[Suggestion]:
        facet = self._snapshot.facet(name)
        found = self._snapshot.named(name, max(asked, key=len))
        if facet is None or not found:
            return []
        counts, _ = self._visible.counted(name, facet.shown[self._audience])
        whole = facet.by_value(counts)
        suggested = (
            Suggestion(text, name, facet.values[first], int(whole[first]), lang)
            for first in sorted(facet.codes[value] for value in found)
            for code in facet.alike(first)
            if counts[code]
            for lang, text in facet.labels[code].items()
            if begins(text, asked)
        )
        return list(dict.fromkeys(suggested))

    def _completed(self, bare: str, limit: int) -> list[Suggestion]:
        vocabulary = self._snapshot.vocabulary
        beginning, _ = vocabulary.beginning(bare, self._audience, 4 * limit)
        run = self._execution(1)
        counted = ((word, run.count(word)) for word in beginning)
        return [
            Suggestion(vocabulary.spelt(word, self._audience), "word", word, count)
            for word, count in counted
            if count
        ][:limit]


def _with_word(text: str, surface: str, better: str) -> str:
    for word in words(text):
        if word.surface == surface:
            return f"{text[: word.start]}{better}{text[word.end :]}"
    return text
