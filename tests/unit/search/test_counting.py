"""Facets counted by a code a record, the first of many keys, and a word's forms as one list."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.search.whoosh_engine.columns import FacetColumn
from archive.search.whoosh_engine.counting import BLOCK, Those, joined, smallest
from archive.search.whoosh_engine.snapshot import PostingCache
from archive.search.whoosh_engine.weighing import Weighed

RECORDS = 12
PAIRS = st.sets(st.tuples(st.integers(0, RECORDS - 1), st.integers(0, 4)), max_size=20)


def column(pairs: list[tuple[int, int]], staff: set[tuple[int, int]], letters: str) -> FacetColumn:
    return FacetColumn(
        tuple(letters),
        tuple({"hu": letter.upper()} for letter in letters),
        np.array([doc for doc, _ in pairs], dtype=np.int32),
        np.array([code for _, code in pairs], dtype=np.int32),
        np.array([pair in staff for pair in pairs], dtype=np.bool_),
    )


@given(first=PAIRS, second=PAIRS, staff=PAIRS, found=st.sets(st.integers(0, 2 * RECORDS - 1)))
def test_a_facet_counts_what_the_audience_may_see(
    first: set[tuple[int, int]],
    second: set[tuple[int, int]],
    staff: set[tuple[int, int]],
    found: set[int],
) -> None:
    """Two segments that name some values alike, in another order."""
    parts = [
        (0, column(sorted(first), staff, "abcde")),
        (RECORDS, column(sorted(second), staff, "edcfg")),
    ]
    facet = joined(parts, 2 * RECORDS)
    assert facet is not None
    mask = np.zeros(2 * RECORDS, dtype=np.bool_)
    mask[list(found)] = True
    told = [
        (base + doc, letters[code], (doc, code) in staff)
        for base, letters, pairs in ((0, "abcde", first), (RECORDS, "edcfg", second))
        for doc, code in pairs
    ]
    for audience, seen in (
        ("staff", [(doc, value) for doc, value, _ in told]),
        ("public", [(doc, value) for doc, value, hidden in told if not hidden]),
    ):
        counts, alone = facet.shown[audience].counted(Those(mask))  # type: ignore[index]
        values = Counter(doc for doc, _ in seen)
        here = [(doc, value) for doc, value in seen if doc in found]
        assert named(facet.values, counts) == Counter(value for _, value in here)
        assert named(facet.values, alone) == Counter(v for doc, v in here if values[doc] == 1)
        for value, code in facet.codes.items():
            having = facet.having((code,), audience)  # type: ignore[arg-type]
            assert set(np.flatnonzero(having)) == {doc for doc, v in seen if v == value}


def named(values: tuple[str, ...], counts: np.ndarray) -> dict[str, int]:
    return {value: int(count) for value, count in zip(values, counts, strict=True) if count}


@given(
    keys=st.lists(st.integers(-50, 50), max_size=5 * BLOCK),
    many=st.integers(1, 8),
    within=st.integers(0, 3),
)
def test_the_smallest_keys_and_those_near_them_are_kept(
    keys: list[int], many: int, within: int
) -> None:
    kept = set(smallest(np.array(keys, dtype=np.int64), many, within).tolist())
    bound = sorted(keys)[:many][-1] + within if keys else 0
    assert {at for at, key in enumerate(keys) if key <= bound} <= kept


def test_lists_that_were_not_used_give_way() -> None:
    cache, made = PostingCache(5_000), []

    def weighed(word: str) -> Weighed:
        made.append(word)
        docs = np.arange(200, dtype=np.int32)
        return Weighed(docs, docs.astype(np.float32), docs.astype(np.uint16))

    for word in ("a", "b", "a", "c", "a", "b"):
        cache.get(("s", word), lambda word=word: weighed(word))
    assert made == ["a", "b", "c", "b"]
