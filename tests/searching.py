"""The slow and obvious way to search: look at every document in turn.

What an engine answers is compared with it. It shares the analyser with the engines and nothing
else. The invariant: it knows documents one by one, no index, no statistics kept between questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from archive.search.analysis import Analyzer, words
from archive.search.documents import Face, SearchDocument
from archive.search.engine import Audience
from archive.search.lexicon import fold
from archive.search.query import PUBLIC_FACETS, STAFF_FACETS, Query
from archive.search.tree import (
    And,
    Everything,
    Field,
    Fuzzy,
    Identifier,
    Node,
    Not,
    Or,
    Overlap,
    Phrase,
    Prefix,
    Term,
)
from archive.search.whoosh_engine.schema import WORD_FIELDS

ALLOWED = {"public": PUBLIC_FACETS, "staff": STAFF_FACETS}
UNDATED = 1 << 62


@dataclass
class EveryDocument:
    """Documents, and questions answered by looking at each."""

    analyzer: Analyzer
    documents: dict[str, SearchDocument] = field(default_factory=dict)

    def replace(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        gone = set(removed)
        self.documents |= {made.id: made for made in documents}
        self.documents = {n: d for n, d in self.documents.items() if n not in gone}

    def found(self, query: Query, audience: Audience, hidden: Collection[str] = ()) -> set[str]:
        seen = Seen(self, audience, hidden)
        return {
            name for name in seen.faces if seen.holds(query.tree, name) and seen.chosen(query, name)
        }

    def counts(
        self, name: str, query: Query, audience: Audience, hidden: Collection[str] = ()
    ) -> dict[str, int]:
        """Counts of a facet within the choices made in the others."""
        others = {other: values for other, values in query.filters.items() if other != name}
        found = self.found(replace(query, filters=others), audience, hidden)
        if name == "when":
            return Counter(filter(None, (self.when(query.tree, at) for at in found)))
        faces = Seen(self, audience, hidden).faces
        return Counter(v.value for at in found for v in faces[at].facets.get(name, ()))

    def ordered(self, found: Iterable[str], sort: str) -> list[str]:
        """What was found in the order of a sort that follows from the documents alone."""

        def key(name: str) -> tuple[Any, ...]:
            made = self.documents[name]
            first, last = made.when or (UNDATED, UNDATED)
            keys = {
                "id": (),
                "newest": (-made.newest,),
                "date": (made.when is None, first, last),
                "-date": (made.when is None, -first, -last),
            }
            return (*keys[sort], made.order)

        return sorted(found, key=key)

    def when(self, tree: Node, name: str) -> str:
        """Whether a photograph certainly or possibly falls into the dates asked for."""
        match tree:
            case Overlap(first, last):
                begin, end = self.documents[name].when or (UNDATED, -1)
                if begin > last or end < first:
                    return ""
                return "certain" if begin >= first and end <= last else "possible"
            case And(nodes):
                said = {self.when(inner, name) for inner in nodes}
                return next((word for word in ("possible", "certain") if word in said), "")
            case Or(nodes):
                said = {self.when(inner, name) for inner in nodes}
                return next((word for word in ("certain", "possible") if word in said), "")
            case Field(_, inner):
                return self.when(inner, name)
        return ""


@dataclass
class Seen:
    """What an audience may see of the documents."""

    every: EveryDocument
    audience: Audience
    hidden: Collection[str]

    def __post_init__(self) -> None:
        faces = {
            name: made.public if self.audience == "public" else made.staff
            for name, made in self.every.documents.items()
            if name not in self.hidden
        }
        self.faces: dict[str, Face] = {n: face for n, face in faces.items() if face is not None}

    def chosen(self, query: Query, name: str) -> bool:
        """Several values of one facet are alternatives, several facets conditions."""
        return all(
            self._has(facet, values, name)
            for facet, values in query.filters.items()
            if facet in ALLOWED[self.audience]
        )

    def _has(self, facet: str, values: Iterable[str], name: str) -> bool:
        return any(self._named(facet, value, name) for value in values)

    def _named(self, facet: str, value: str, name: str) -> bool:
        """The value itself where somebody has it, else whatever is so labelled or spelt."""
        own = self.faces[name].facets.get(facet, ())
        if any(
            v.value == value for face in self.faces.values() for v in face.facets.get(facet, ())
        ):
            return any(v.value == value for v in own)
        asked = fold(value.casefold())
        return any(
            asked in {fold(text.casefold()) for text in (v.value, *v.label.values())} for v in own
        )

    def holds(self, node: Node, name: str, within: str = "") -> bool:
        match node:
            case Everything():
                return True
            case And(nodes):
                return all(self.holds(inner, name, within) for inner in nodes)
            case Or(nodes):
                return any(self.holds(inner, name, within) for inner in nodes)
            case Not(inner):
                return not self.holds(inner, name, within)
            case Field(field_name, inner):
                return self._holds_in(field_name, inner, name)
            case Overlap():
                return self.every.when(node, name) != ""
            case Identifier():
                return self._identified(node, name, within)
        face = self.faces[name]
        return any(self._in(node, p.text) for p in face.passages if within in ("", p.field))

    def _holds_in(self, field_name: str, inner: Node, name: str) -> bool:
        if field_name not in WORD_FIELDS:
            return self._named(field_name, wording(inner), name)
        if field_name == "collection" and self._named(field_name, wording(inner), name):
            return True
        return self.holds(inner, name, field_name)

    def _identified(self, node: Identifier, name: str, within: str) -> bool:
        """As a whole; where nobody bears it, or a field is asked about, as words side by side."""
        borne = any(node.text in face.identifiers for face in self.faces.values())
        if node.words and (within or not borne):
            return self.holds(Phrase(node.words), name, within)
        return node.text in self.faces[name].identifiers

    def _in(self, node: Node, text: str) -> bool:
        found = spoken(text)
        match node:
            case Term(typed):
                wanted = self.every.analyzer.wanted(typed)
                return any(
                    wanted.bare in (forms := self.every.analyzer.forms(word))
                    or not wanted.forms.isdisjoint(forms)
                    for word in found
                )
            case Prefix(start):
                return any(fold(word).startswith(fold(start)) for word in found)
            case Fuzzy(near, distance):
                return any(edits(fold(word), fold(near)) <= distance for word in found)
            case Phrase(phrase):
                bare, size = [fold(word) for word in found], len(phrase)
                run = [fold(word) for word in phrase]
                return any(bare[at : at + size] == run for at in range(len(bare)))
        raise AssertionError(node)


@lru_cache(maxsize=20_000)
def spoken(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(word.surface for word in words(text))


def wording(node: Node) -> str:
    """The words of a node as one text."""
    match node:
        case Term(text) | Prefix(text) | Fuzzy(text) | Identifier(text):
            return text
        case Phrase(parts):
            return " ".join(parts)
        case And(nodes) | Or(nodes):
            return " ".join(wording(inner) for inner in nodes)
    return ""


@lru_cache(maxsize=100_000)
def edits(one: str, other: str) -> int:
    """Letters put in, left out, changed, or swapped with their neighbour, by the definition."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        edits(one[1:], other) + 1,
        edits(one, other[1:]) + 1,
        edits(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if len(one) > 1 < len(other) and one[0] == other[1] and one[1] == other[0]:
        ways.append(edits(one[2:], other[2:]) + 1)
    return min(ways)
