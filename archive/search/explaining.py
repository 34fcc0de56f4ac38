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
        self._known: dict[tuple[int, str], bool] = {}
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
        wishes = [(n, wish) for n, wish in enumerate(self._wishes) if wish.field in ("", field)]
        found = list(words(text)) if wishes else []
        marked: dict[int, Span] = {}
        for at, word in enumerate(found):
            for number, wish in wishes:
                if wish.phrase and (length := _run(wish.phrase, found, at)):
                    marked[word.start] = Span(word.start, found[at + length - 1].end)
                elif not wish.phrase and self._fulfils(number, wish, word):
                    marked[word.start] = Span(word.start, word.end)
        return tuple(span for _, span in sorted(marked.items()))

    def _fulfils(self, number: int, wish: _Wish, word: Word) -> bool:
        key = (number, word.surface)
        known = self._known.get(key)
        if known is None:
            if wish.prefix:
                known = word.bare.startswith(wish.prefix)
            else:
                known = not wish.forms.isdisjoint(self._analyzer.forms(word.surface))
            self._known[key] = known
        return known


def _run(phrase: tuple[str, ...], found: list[Word], at: int) -> int:
    """How many words the phrase takes from here; 0 where it does not stand."""
    run = found[at : at + len(phrase)]
    return len(phrase) if tuple(word.bare for word in run) == phrase else 0
