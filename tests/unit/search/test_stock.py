"""Our answers are those of Whoosh's own `Searcher.search()` on the same files, and its scores.

Whoosh reads the index as it lies on disk; what it cannot express (phrases over our positions,
dates, facets) is compared with the slow search in `test_answers`. The documents are real captions.
"""

import csv
import json
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import index, scoring
from whoosh import query as stock

from archive.search.analysis import Analyzer, identifier, words
from archive.search.documents import SearchDocument
from archive.search.engine import Audience
from archive.search.lexicon import fold
from archive.search.query import Query
from archive.search.tree import And, Everything, Fuzzy, Identifier, Node, Not, Or, Prefix, Term
from archive.search.whoosh_engine import WhooshEngine
from archive.search.whoosh_engine.executing import K1, B
from archive.search.whoosh_engine.schema import FORM, FORMS, IDENTIFIERS, TEXT, WEIGHT_UNIT
from archive.search.whoosh_engine.weighing import FORM_WEIGHT
from tests.searching import EveryDocument

QUESTIONS = 8
KINDS = ("term", "prefix", "near", "identifier", "all", "any", "not", "nested")


@dataclass
class Stock:
    """Whoosh's own search over the files of a generation."""

    analyzer: Analyzer
    opened: Any
    lengths: tuple[float, int] = (1.0, 0)  # the mean, and of how many records

    def found(self, tree: Node, audience: Audience, seen: set[str]) -> set[str]:
        with self.opened.searcher() as searcher:
            hits = searcher.search(self._query(tree, audience), limit=None, scored=False)
            names = [json.loads(hit["row"])["id"] for hit in hits]
        assert len(names) == len(set(names))
        return set(names) & seen

    def scores(self, words: Sequence[str], audience: Audience, seen: set[str]) -> dict[str, float]:
        """Records that have every word, with the sum of their scores."""
        totals = [self._scores(word, audience, seen) for word in words]
        shared = reduce(set.intersection, (set(total) for total in totals))
        return {name: sum(total[name] for total in totals) for name in shared & seen}

    def _scores(self, word: str, audience: Audience, seen: set[str]) -> dict[str, float]:
        """The best score of the forms of a word: Whoosh's DisjunctionMax takes the better of two
        scores though they be of two records, so each form is asked for by itself."""
        mean, many = self.lengths
        count = len(self.found(Term(word), audience, seen))
        rarity = math.log1p((many - count + 0.5) / (count + 0.5))
        best: dict[str, float] = {}
        with self.opened.searcher(weighting=_Weighting(word, rarity, mean, audience)) as searcher:
            for form in self._forms(word, audience):
                for hit in searcher.search(form, limit=None):
                    name = json.loads(hit["row"])["id"]
                    best[name] = max(hit.score, best.get(name, 0.0))
        return best

    def _forms(self, word: str, audience: Audience) -> list[Any]:
        wanted = self.analyzer.wanted(word)
        forms = sorted(wanted.forms | {wanted.bare})
        return [stock.Term(name, form) for name in FORMS[audience] for form in forms]

    def _query(self, tree: Node, audience: Audience) -> Any:
        match tree:
            case Everything():
                return stock.Every()
            case And(nodes):
                return stock.And([self._query(node, audience) for node in nodes])
            case Or(nodes):
                return stock.Or([self._query(node, audience) for node in nodes])
            case Not(node):
                return stock.And([stock.Every(), stock.Not(self._query(node, audience))])
            case Term(word):
                return stock.Or(self._forms(word, audience))
            case Prefix(start):
                return stock.Or([stock.Prefix(name, fold(start)) for name in TEXT[audience]])
            case Fuzzy(word, most):
                near = [
                    stock.FuzzyTerm(n, fold(word), most, prefixlength=0) for n in TEXT[audience]
                ]
                return stock.Or(near)
            case Identifier(name):
                return stock.Or([stock.Term(n, name) for n in IDENTIFIERS[audience]])
        raise AssertionError(tree)


@dataclass
class _Weighting(scoring.WeightingModel):
    """BM25 over the weights of words, by Whoosh's own machinery."""

    word: str
    rarity: float
    mean: float
    audience: Audience

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> Any:
        typed = (text.decode() if isinstance(text, bytes) else text) == fold(self.word)
        return _Scorer(self, searcher, 1.0 if typed else FORM_WEIGHT)


@dataclass
class _Scorer(scoring.BaseScorer):
    model: _Weighting
    searcher: Any
    share: float

    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: Any) -> float:
        (carried,) = np.frombuffer(matcher.value(), dtype=FORM)
        often = carried["weight"] / WEIGHT_UNIT * self.share
        public, staff = json.loads(self.searcher.stored_fields(matcher.id())["row"])["len"]
        length = public if self.model.audience == "public" else public + staff
        norm = K1 * (1 - B + B * length / self.model.mean)
        return float(self.model.rarity * often * (K1 + 1) / (often + norm))


def catalogue(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "catalogues" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def real(shared_data: Path, made: Any, parts: Any) -> list[SearchDocument]:
    """Some hundred photographs of three catalogues; every seventh is not for readers."""

    def one(name: str, title: str, text: str, **values: Any) -> SearchDocument:
        hidden = sum(name.encode()) % 7 == 0
        captions = [parts.caption(text, public=sum(name.encode()) % 5 > 0)] if text else []
        return made(
            identifier(name), title, visible=not hidden, captions=captions, ref_code=name, **values
        )

    found: list[SearchDocument] = []
    for row in catalogue(shared_data, "fortepan_budapest_hu")[:200]:
        places = [parts.place(row["places"], row["full_address"], then=row["old_places"])]
        found.append(one(f"FT-{row['id']}", "", row["description"], places=places))
    for row in catalogue(shared_data, "seattle_public_library")[:100]:
        people = [parts.agent(row["photographer"], role="creator")] if row["photographer"] else []
        found.append(one(row["identifier"], row["title"], row["description"], agents=people))
    rows = catalogue(shared_data, "oldnyc_nypl")[:150]
    found += [one(f"NY {row['id']}", row["title"], row["text"]) for row in rows]
    return list({document.id: document for document in found}.values())


@pytest.fixture(scope="module")
def history(
    real: list[SearchDocument],
    tmp_path_factory: pytest.TempPathFactory,
    analyzer: Analyzer,
) -> Iterator[tuple[WhooshEngine, EveryDocument, Stock]]:
    """An index with a past: segments, replaced and removed photographs, one merge."""
    chance = random.Random(1956)
    folder = tmp_path_factory.mktemp("stock") / "index"
    engine, every = WhooshEngine(folder, analyzer, poll_s=0.0), EveryDocument(analyzer)
    with engine.begin_rebuild() as rebuild:
        rebuild.add(real[:300])
        rebuild.swap(1)
    every.replace(real[:300])
    for seq in range(2, 14):
        others = chance.sample(real, 25)
        changed = [
            _with_words_of(one, two) for one, two in zip(others[:12], others[12:24], strict=True)
        ]
        gone = {document.id for document in chance.sample(real, 4)} - {d.id for d in changed}
        engine.replace(changed, gone)
        engine.commit(seq)
        every.replace(changed, gone)
    engine.tidy()
    generation = folder / (folder / "current").read_text()
    opened = index.open_dir(str(generation), indexname="pillanat")
    yield engine, every, Stock(analyzer, opened)
    opened.close()


def _with_words_of(one: SearchDocument, other: SearchDocument) -> SearchDocument:
    """A photograph as it is described after a change: with another's words."""
    return SearchDocument(
        one.id, one.seq, one.version + 1, other.public, other.staff, one.when, one.newest, one.order
    )


def questions(real: list[SearchDocument], kind: str, chance: random.Random) -> Iterator[Node]:
    """Trees over words of the captions, rare and common ones alike."""

    def word() -> str:
        text = chance.choice(chance.choice(real).staff.passages).text
        found = [word.surface for word in words(text)]
        return chance.choice(found) if found else "tér"

    shapes: dict[str, Callable[[], Node]] = {
        "term": lambda: Term(word()),
        "prefix": lambda: Prefix(word()[:3]),
        "near": lambda: Fuzzy(word()[::-1][1:][::-1] + "a", 1),
        "identifier": lambda: Identifier(chance.choice(real).staff.identifiers[-1]),
        "all": lambda: And((Term(word()), Term(word()))),
        "any": lambda: Or((Term(word()), Prefix(word()[:2]))),
        "not": lambda: And((Term(word()), Not(Term(word())))),
        "nested": lambda: Or(
            (And((Term(word()), Not(Or((Term(word()), Prefix("a")))))), Term(word()))
        ),
    }
    for _ in range(QUESTIONS):
        yield shapes[kind]()


@pytest.mark.parametrize("audience", ["public", "staff"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_photographs_are_found(
    history: tuple[WhooshEngine, EveryDocument, Stock],
    real: list[SearchDocument],
    kind: str,
    audience: Audience,
) -> None:
    engine, every, whoosh = history
    seen = every.found(Query(), audience)
    answered = 0
    for tree in questions(real, kind, random.Random(kind + audience)):
        results = engine.find(Query(tree=tree, limit=1000, explained=False), audience)
        found = {hit.id for hit in results.hits}
        assert results.total == len(found)
        assert found == every.found(Query(tree=tree), audience), tree
        theirs = whoosh.found(tree, audience, seen)
        assert theirs <= found if kind == "near" else theirs == found, tree
        answered += bool(found)
    assert answered > QUESTIONS / 3


@pytest.mark.parametrize("audience", ["public", "staff"])
def test_the_scores_are_the_same(
    history: tuple[WhooshEngine, EveryDocument, Stock],
    real: list[SearchDocument],
    audience: Audience,
) -> None:
    engine, every, whoosh = history
    seen = every.found(Query(), audience)
    lengths = [length(every.documents[name], audience) for name in seen]
    whoosh.lengths = sum(lengths) / len(lengths), len(lengths)
    for number, tree in enumerate(questions(real, "all", random.Random(audience))):
        assert isinstance(tree, And)
        asked = [node.text for node in tree.nodes[: 1 + number % 2] if node.text.isascii()]
        if not asked:
            continue
        query = Query(tree=And(tuple(map(Term, asked))), limit=1000, explained=False)
        ours = {hit.id: hit.score for hit in engine.find(query, audience).hits}
        assert ours == pytest.approx(whoosh.scores(asked, audience, seen), abs=2e-3), asked


def length(document: SearchDocument, audience: Audience) -> int:
    face = document.public if audience == "public" else document.staff
    assert face is not None
    return sum(1 for passage in face.passages for _ in words(passage.text))
