"""Why a photograph was found: which words of which passages match, by the analyser of the index.

Pure: texts and a query tree go in, marked passages come out. What is shown as matching is what the
index was asked for, because both go through `analysis`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.search.analysis import Analyzer, Word, words
from archive.search.engine import Match, Span
from archive.search.lexicon import fold
from archive.search.tree import And, Field, Fuzzy, Identifier, Node, Or, Phrase, Prefix, Term

MOST = 4  # passages that are named


@dataclass(frozen=True, slots=True)
class _Wish:
    """Words looked for in one field or in all (""): forms, beginnings, or a phrase."""

    field: str
    forms: frozenset[str] = frozenset()
    prefix: str = ""
    phrase: tuple[str, ...] = ()


class Explainer:
    """Marks the words of a query in passages; made once for a query."""

    def __init__(self, tree: Node, analyzer: Analyzer, near: Iterable[str] = ()) -> None:
        self._analyzer = analyzer
        self._wishes = list(self._of(tree, ""))
        if near := frozenset(near):
            self._wishes.append(_Wish("", near))

    def matches(self, passages: Iterable[tuple[str, str]]) -> tuple[Match, ...]:
        """The passages that hold words of the query, those with most words first."""
        found = []
        for field, text in passages:
            if spans := self._spans(field, text):
                found.append(Match(field, text, spans))
        found.sort(key=lambda match: -len(match.spans))
        return tuple(dict.fromkeys(found))[:MOST]

    def _of(self, node: Node, field: str) -> Iterator[_Wish]:
        match node:
            case And(nodes) | Or(nodes):
                for inner in nodes:
                    yield from self._of(inner, field)
            case Field(name, inner):
                yield from self._of(inner, name)
            case Term(text):
                wanted = self._analyzer.wanted(text)
                yield _Wish(field, wanted.forms | {wanted.bare})
            case Prefix(text):
                yield _Wish(field, prefix=fold(text))
            case Fuzzy(text):
                yield _Wish(field, frozenset({fold(text)}))
            case Phrase(parts):
                yield _Wish(field, phrase=tuple(fold(part) for part in parts))
            case Identifier(text):
                yield _Wish(field, phrase=tuple(word.bare for word in words(text)))
            case _:
                return

    def _spans(self, field: str, text: str) -> tuple[Span, ...]:
        wishes = [wish for wish in self._wishes if wish.field in ("", field)]
        found = list(words(text)) if wishes else []
        marked: dict[int, Span] = {}
        for at, word in enumerate(found):
            for wish in wishes:
                if length := self._reaches(wish, found, at, word):
                    marked[word.start] = Span(word.start, found[at + length - 1].end)
        return tuple(span for _, span in sorted(marked.items()))

    def _reaches(self, wish: _Wish, found: list[Word], at: int, word: Word) -> int:
        """How many words from here fulfil the wish."""
        if wish.phrase:
            run = tuple(w.bare for w in found[at : at + len(wish.phrase)])
            return len(run) if run == wish.phrase else 0
        if wish.prefix:
            return int(word.bare.startswith(wish.prefix))
        return int(not wish.forms.isdisjoint(self._analyzer.forms(word.surface)))
