"""Queries of every class, taken from the records themselves."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from archive.search.analysis import words
from archive.search.documents import SearchDocument
from archive.search.tree import Overlap

FACETS = ("collection", "year", "place", "person", "rights")
YEAR_1956 = Overlap(date(1956, 1, 1).toordinal() * 24, date(1956, 12, 31).toordinal() * 24 + 23)
SAMPLE = 60  # records whose words are asked for
COMMON = 40


@dataclass(frozen=True)
class Asked:
    """One question: words, and what else its class asks for; `span` are hours."""

    kind: str
    words: tuple[str, ...]
    span: Overlap | None = None

    @property
    def facets(self) -> tuple[str, ...]:
        """The facets that are counted besides."""
        return FACETS if self.kind in ("5 facets", "with reasons") else ()

    @property
    def text(self) -> str:
        """As it would be typed."""
        match self.kind:
            case "phrase":
                return f'"{" ".join(self.words)}"'
            case "prefix":
                return f"{self.words[0]}*"
            case "fuzzy":
                return f"{self.words[0]}~"
            case "or, not":
                return "({} OR {}) NOT {}".format(*self.words)
        return " ".join(self.words)


class Sample:
    """Keeps every so many documents that pass by."""

    def __init__(self, number: int) -> None:
        self._every = max(1, number // SAMPLE)
        self.documents: list[SearchDocument] = []

    def of(self, documents: Iterator[SearchDocument]) -> Iterator[SearchDocument]:
        for at, document in enumerate(documents):
            if at % self._every == 0 and len(self.documents) < SAMPLE:
                self.documents.append(document)
            yield document


def questions(sample: Sequence[SearchDocument], seed: int = 1956) -> dict[str, list[Asked]]:
    """Every class of question with the words of a sample of records."""
    chance = random.Random(seed)
    texts = [texts_of(document) for document in sample]
    common, rare = by_frequency(texts)
    terms = [Asked("common term", (word,)) for word in common[:COMMON]]
    pairs = [tuple(chance.sample(text, 2)) for text in texts]
    runs = [
        (text[at], text[at + 1]) for text in texts if (at := chance.randrange(len(text) - 1)) >= 0
    ]
    asked = [
        *terms,
        *(Asked("rare term", (word,)) for word in rare[:SAMPLE]),
        *(Asked("two terms", pair) for pair in pairs),
        *(Asked("phrase", run) for run in runs),
        *(Asked("prefix", (word[:4],)) for word in long_words(texts, 5)),
        *(Asked("fuzzy", (word[:2] + word[3:],)) for word in long_words(texts, 6)),
        *(Asked("or, not", (*pair, chance.choice(common[:9]))) for pair in pairs),
        *(replace(term, kind="term, date", span=YEAR_1956) for term in terms),
        *(replace(term, kind="by date") for term in terms),
        *(replace(term, kind="5 facets") for term in terms),
        *(replace(term, kind="with reasons") for term in terms),
        *(Asked("suggest", (word[:3],)) for word in long_words(texts, 5)),
    ]
    kinds: dict[str, list[Asked]] = {}
    for one in asked:
        kinds.setdefault(one.kind, []).append(one)
    return kinds


def texts_of(document: SearchDocument) -> list[str]:
    """The words of its title and caption."""
    return [word.surface for passage in document.staff.passages[:2] for word in words(passage.text)]


def by_frequency(texts: list[list[str]]) -> tuple[list[str], list[str]]:
    """The words that stand in most texts, and words that stand in one."""
    counts = Counter(word for text in texts for word in set(text))
    ranked = [word for word, _ in counts.most_common()]
    return ranked, [word for word in reversed(ranked) if counts[word] == 1]


def long_words(texts: list[list[str]], least: int) -> list[str]:
    """One longer word of each text."""
    return [
        next((w for w in text[2:] if len(w) >= least and w.isalpha()), "budapest") for text in texts
    ]
