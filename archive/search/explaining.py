"""Why a photograph was found: which words of which passages match, by the analyser of the index.

Pure: texts and a query tree go in, marked passages come out. What is shown as matching is what the
index was asked for, because both go through `analysis`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from archive.search.analysis import Analyzer, located, words
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
        self._looked_at: set[str] = set()
        self._met: dict[str, tuple[_Wish, ...]] = {}
        self._seen: dict[tuple[str, str], tuple[Span, ...]] = {}
        self._wishes = list(self._of(tree, ""))
        if near := frozenset(near):
            self._wishes.append(_Wish("", near))
        self._sought = self._all_forms()

    def matches(self, passages: Iterable[tuple[str, str]]) -> tuple[Match, ...]:
        """The first passages that hold words of the query, those with most words before others."""
        if not self._wishes:
            return ()
        spans = ((field, text, self._known(field, text)) for field, text in dict.fromkeys(passages))
        found = list(islice((Match(*entry) for entry in spans if entry[2]), MOST))
        return tuple(sorted(found, key=lambda match: -len(match.spans)))

    def _all_forms(self) -> frozenset[str] | None:
        """What a word must be a form of to be worth a look; None where a beginning is enough."""
        if any(wish.prefix for wish in self._wishes):
            return None
        first = (form for wish in self._wishes for form in (*wish.forms, *wish.phrase[:1]))
        return frozenset(first)

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

    def _known(self, field: str, text: str) -> tuple[Span, ...]:
        """The spans of a passage; names and titles come again in hit after hit."""
        spans = self._seen.get((field, text))
        if spans is None:
            spans = self._seen[field, text] = self._spans(field, text)
        return spans

    def _spans(self, field: str, text: str) -> tuple[Span, ...]:
        here, spans = located(text)
        self._learn(set(here) - self._looked_at)
        if self._met.keys().isdisjoint(here):
            return ()
        ends: dict[int, int] = {}
        for at in (at for at, surface in enumerate(here) if surface in self._met):
            for wish in self._met[here[at]]:
                length = _run(wish.phrase, here, at) if wish.phrase else 1
                if length and wish.field in ("", field):
                    ends[at] = at + length - 1
        found = list(islice(spans, max(ends.values(), default=-1) + 1))
        return tuple(Span(found[at][0], found[end][1]) for at, end in ends.items())

    def _learn(self, surfaces: set[str]) -> None:
        """Keep for each word that fulfils wishes, or begins to fulfil them, which these are."""
        self._looked_at |= surfaces
        forms = self._analyzer.forms
        if (sought := self._sought) is not None:
            surfaces = {surface for surface in surfaces if not sought.isdisjoint(forms(surface))}
        for surface in surfaces:
            met = tuple(wish for wish in self._wishes if self._fulfils(wish, surface))
            if met:
                self._met[surface] = met

    def _fulfils(self, wish: _Wish, surface: str) -> bool:
        if wish.phrase:
            return fold(surface) == wish.phrase[0]
        if wish.prefix:
            return fold(surface).startswith(wish.prefix)
        return not wish.forms.isdisjoint(self._analyzer.forms(surface))


def _run(phrase: tuple[str, ...], found: list[str], at: int) -> int:
    """How many words the phrase takes from here; 0 where it does not stand."""
    run = found[at : at + len(phrase)]
    return len(phrase) if tuple(map(fold, run)) == phrase else 0
