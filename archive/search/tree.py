"""What is looked for, as a tree of plain values that every engine answers alike.

Not here: how people write it (`language`), and how an engine evaluates it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Everything:
    """Every photograph the audience may see."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word in any of its forms; `text` is case-folded."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words, in this order, next to each other, as they stand."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words spelt nearly so: at most `distance` letters differ."""

    text: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as a whole; `words` are looked for side by side where no record bears it."""

    text: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """`node` within one field: a field of words, or a facet whose value or label it names."""

    name: str
    node: "Node"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Taken, certainly or possibly, between two hours (from 0001-01-01T00, both included)."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


Node = Everything | Term | Phrase | Prefix | Fuzzy | Identifier | Field | Overlap | And | Or | Not


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about the answer; `code` names the sentence."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guards:
    """Bounds of a query; none of them is an error, each gives a notice."""

    chars: int = 500
    clauses: int = 40
    depth: int = 10
    expansion: int = 500
    prefix: int = 2
    page: int = 200
    limit: int = 200
    values: int = 50


def leaves(node: Node) -> Iterable[Node]:
    """The nodes that look something up, left to right, those under `Not` left out."""
    if isinstance(node, And | Or):
        for inner in node.nodes:
            yield from leaves(inner)
    elif isinstance(node, Field):
        yield from leaves(node.node)
    elif not isinstance(node, Not | Everything):
        yield node
