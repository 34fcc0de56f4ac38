"""Any history of an archive answers any question like looking at every document in turn.

Hypothesis makes up documents of few words, so that they often meet, what happens to them, and
questions; more of all under --every-fault.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.search.analysis import Analyzer, identifier
from archive.search.documents import Access, SearchDocument, document
from archive.search.engine import Audience, Count, Results, SearchEngine
from archive.search.query import SORTS, STAFF_FACETS, Query
from archive.search.tree import (
    And,
    Everything,
    Field,
    Fuzzy,
    Identifier,
    Not,
    Or,
    Overlap,
    Phrase,
    Prefix,
    Term,
)
from tests.searching import EveryDocument

NewEngine = Callable[..., SearchEngine]
PIECE = 3

SAID = ["tank", "tankok", "tnak", "híd", "hidak", "hídon", "ló", "lovak", "nők", "no", "went", "go",
        "goes", "Nagy", "Imre", "köz", "titok", "HU-1", "1956-os"]  # fmt: skip
WORDS = st.sampled_from(SAID)
FOLDED = WORDS.map(str.casefold).filter(str.isalnum)
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
HOURS = st.integers(0, 40)
SPANS = st.tuples(HOURS, HOURS).map(lambda pair: (min(pair), max(pair)))
NAMES = st.sampled_from([f"x{n}" for n in range(10)])
PEOPLE = ["Tank Imre", "tank imre", "Nagy", "ló"]
REFS = ["HU-1", "hu-1", "HU-2"]


@st.composite
def made_documents(draw: Any, record: Any, parts: Any) -> SearchDocument:
    def some(strategy: Any, most: int = 2) -> list[Any]:
        return list(draw(st.lists(strategy, max_size=most)))

    values = {
        "captions": [parts.caption(text) for text in some(TEXTS)],
        "agents": [
            parts.agent(name, role=draw(st.sampled_from(["depicted", "creator"])), public=shown)
            for name, shown in some(st.tuples(st.sampled_from(PEOPLE), st.booleans()))
        ],
        "places": [parts.place(text, then=text[::-1]) for text in some(TEXTS, 1)],
        "path": [
            parts.unit(ref, text) for ref, text in some(st.tuples(st.sampled_from(REFS), TEXTS))
        ]
        or [parts.unit("HU-3", "Fond")],
        "ref_code": draw(st.sampled_from(["", "HU-1", "HU-2/3"])),
        "notes": draw(TEXTS) if draw(st.booleans()) else "",
    }
    made = document(
        record(draw(NAMES), draw(TEXTS), **values),
        seq=1,
        access=Access(draw(st.booleans()), 1200, draw(st.sampled_from(["InC", "CC0"]))),
    )
    return replace(
        made, when=draw(st.none() | SPANS), newest=draw(st.integers(0, 5)), order=made.id
    )


LEAVES = st.one_of(
    FOLDED.map(Term),
    st.lists(FOLDED, min_size=2, max_size=3).map(lambda words: Phrase(tuple(words))),
    FOLDED.map(lambda word: Prefix(word[:2])),
    st.builds(Fuzzy, FOLDED, st.integers(1, 2)),
    SPANS.map(lambda span: Overlap(*span)),
    NAMES.map(lambda name: Identifier(identifier(name))),
    st.sampled_from([Identifier("hu-1", ("hu", "1")), Identifier("hu-9", ("hu", "9"))]),
    st.just(Everything()),
)
FIELDED = st.builds(
    Field,
    st.sampled_from(
        ["title", "caption", "person", "photographer", "place", "context", "collection", "rights"]
    ),
    LEAVES,
) | st.builds(
    Field, st.sampled_from(["rights", "collection"]), st.sampled_from(["inc", "hu"]).map(Term)
)
TREES = st.recursive(
    LEAVES | FIELDED,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda nodes: And(tuple(nodes))),
        st.lists(inner, min_size=1, max_size=3).map(lambda nodes: Or(tuple(nodes))),
        inner.map(Not),
    ),
    max_leaves=6,
)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "rights": st.lists(st.sampled_from(["InC", "CC0", "inc"]), min_size=1, max_size=2),
        "person": st.lists(
            st.sampled_from([*PEOPLE, *(f"a-{name}" for name in PEOPLE)]), min_size=1, max_size=3
        ),
        "collection": st.lists(st.sampled_from(REFS), min_size=1, max_size=2),
        "lacks": st.just(["date"]),
    },
).map(lambda filters: {name: tuple(values) for name, values in filters.items()})
QUERIES = st.builds(
    Query,
    tree=TREES,
    filters=FILTERS,
    sort=st.sampled_from(list(SORTS.values())),
    facets=st.just(STAFF_FACETS),
    limit=st.just(50),
)
UNHURRIED = settings(
    max_examples=settings.default.max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@UNHURRIED
@given(data=st.data())
def test_any_history_answers_like_looking_at_every_document(
    data: st.DataObject, new_engine: NewEngine, analyzer: Analyzer, record: Any, parts: Any
) -> None:
    documents = st.lists(made_documents(record, parts), max_size=6, unique_by=lambda d: d.id)
    every = EveryDocument(analyzer)
    every.replace(data.draw(documents))
    engine = new_engine(list(every.documents.values()))
    for seq in range(data.draw(st.integers(0, 10))):
        changed = data.draw(documents)
        gone = data.draw(st.sets(NAMES, max_size=2)) - {made.id for made in changed}
        engine.replace(changed, gone)
        engine.commit(seq + 2)
        every.replace(changed, gone)
        if data.draw(st.booleans()):
            engine.tidy()
    assert engine.ids() == {name: made.version for name, made in every.documents.items()}
    for query in data.draw(st.lists(QUERIES, min_size=1, max_size=6)):
        audience: Audience = data.draw(st.sampled_from(["public", "staff"]))
        compare(engine, every, query, audience, data.draw(st.sets(NAMES, max_size=2)))


def test_a_name_is_taken_from_records_that_may_be_seen(
    new_engine: NewEngine, analyzer: Analyzer, record: Any, parts: Any
) -> None:
    """Records name one collection differently: each is found by its own name, and what is hidden,
    replaced or removed gives none."""

    def made(name: str, title: str, visible: bool = True) -> SearchDocument:
        values = {"path": [parts.unit("HU-1", title)]}
        return document(record(name, **values), seq=1, access=Access(visible, 1200, "InC"))

    first = [made("x0", "híd"), made("x1", "köz"), made("x2", "titok", visible=False)]
    every, engine = EveryDocument(analyzer), new_engine(first)
    every.replace(first)
    for seq, changed, removed in (
        (2, [made("x3", "ló"), made("x4", "nők", visible=False)], []),
        (3, [made("x3", "tank"), made("x5", "go")], ["x1"]),
    ):
        engine.replace(changed, removed)
        engine.commit(seq)
        every.replace(changed, removed)
    names = ["híd", "köz", "titok", "ló", "nők", "tank", "go", "hu-1", "HU-1"]
    for hidden in (set(), {"x5"}, {"x0", "x3"}):
        for asked in ({"tree": Field("collection", Term(name))} for name in names):
            for audience in ("public", "staff"):
                compare(engine, every, Query(facets=STAFF_FACETS, **asked), audience, hidden)
        for name in names:
            chosen = Query(filters={"collection": (name,)}, facets=STAFF_FACETS)
            for audience in ("public", "staff"):
                compare(engine, every, chosen, audience, hidden)


def test_a_hidden_name_is_neither_told_nor_marked(
    new_engine: NewEngine, record: Any, parts: Any
) -> None:
    def made(name: str, title: str, visible: bool = True) -> SearchDocument:
        values = {"path": [parts.unit("HU-1", title)]}
        return document(record(name, **values), seq=1, access=Access(visible, 1200, "InC"))

    seen = [made("x0", "híd"), made("x1", "híd"), made("x2", "köz")]
    engine = new_engine([*seen, made("x3", "titok", visible=False)])
    engine.replace([made("x4", "titok"), made("x5", "titok", visible=False)])
    engine.commit(2)
    for asked in ("", "titok", "köz", "HU-1"):
        filters = {"collection": (asked,)} if asked else {}
        query = Query(filters=filters, facets=("collection",))
        told = engine.find(query, "public", hidden={"x4"}).facets["collection"]
        assert told == (Count("HU-1", {"hu": "híd"}, 3, chosen=asked in ("köz", "HU-1")),)
    assert engine.suggest("tit", "public", hidden={"x4"}) == ()
    assert [(s.text, s.count) for s in engine.suggest("kö", "public", hidden={"x4"})] == [
        ("köz", 3), ("köz", 1),
    ]  # fmt: skip


def compare(
    engine: SearchEngine, every: EveryDocument, query: Query, audience: Audience, hidden: set[str]
) -> None:
    """Photographs, total, order, pages, dates and counts are those of the slow search."""
    results = engine.find(query, audience, hidden=hidden)
    found = [hit.id for hit in results.hits]
    expected = every.found(query, audience, hidden)
    assert (set(found), results.total) == (expected, len(expected))
    assert len(found) == len(expected)
    assert {hit.id: hit.when for hit in results.hits} == {
        name: every.when(query.tree, name) for name in expected
    }
    if query.sort == "relevance":
        scores = [hit.score for hit in results.hits]
        assert scores == sorted(scores, reverse=True)
    else:
        assert found == every.ordered(expected, query.sort)
    assert in_pieces(engine, query, audience, hidden) == found
    for name, counts in results.facets.items():
        assert {count.value: count.count for count in counts} == every.counts(
            name, query, audience, hidden
        ), name


def in_pieces(
    engine: SearchEngine, query: Query, audience: Audience, hidden: set[str]
) -> list[str]:
    def page(number: int) -> Results:
        asked = replace(query, limit=PIECE, page=number, facets=())
        return engine.find(asked, audience, hidden=hidden)

    pages = [page(number) for number in range(1, 6)]
    assert len({results.total for results in pages}) == 1
    return [hit.id for results in pages for hit in results.hits]
