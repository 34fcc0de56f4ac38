"""What stands around a name on its page: what it is part of, what is part of it, all its forms.

The invariant: what is named here has photographs that this reader may see, its own or those of
something within it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from archive import db, words
from archive.catalogue.authorities.validity import known_forms
from archive.catalogue.models import Concept
from archive.search.engine import Results

Find = Callable[..., Results]
PAGES = {
    "place": "site.place",
    "event": "site.event",
    "subject": "site.term",
    "technique": "site.term",
}
MOST = 50  # values of one filter that a search takes


@dataclass(frozen=True)
class NameLine:
    """A name with what is known of it; `when` is the time it held."""

    text: str
    lang: str
    kind: str
    when: str
    source: str


@dataclass(frozen=True)
class Neighbour:
    """Another name with a page of its own, and the photographs in it."""

    name: dict[str, str]
    endpoint: str
    public_id: str
    count: int = 0


@dataclass(frozen=True)
class Within:
    """The photographs of a name and all within it, and its parts that have some."""

    found: Results
    query: dict[str, Any]
    parts: list[Neighbour]


def names(row: Any, lang: str) -> list[NameLine]:
    """Every name but the preferred ones of the page's language, in the order they held."""
    return [
        NameLine(
            form["text"],
            form["lang"] if form["lang"] != lang else "",
            str(words.NAME_KINDS[form["kind"]]) if form["kind"] != "variant" else "",
            words.edtf_in_words(form["valid"], lang),
            form["source"],
        )
        for form in known_forms(row)
        if form["kind"] != "hidden"
    ]


def within(find: Find, facet: str, row: Any, shown: str) -> Within:
    """Photographs of a place, event or term and of what is part of it."""
    children = _children(type(row), [row.id])
    below = {child.id: _subtree(type(row), child) for child in children}
    chosen = [row.public_id, *(name for subtree in below.values() for name in subtree)][:MOST]
    query = {facet: chosen}
    found = find(**query, limit=shown, sort="date", count=(facet,))
    counts = {count.value: count.count for count in found.facets.get(facet, ())}
    parts = [
        _neighbour(facet, child, _count(find, facet, tree, counts))
        for child, tree in ((child, below[child.id]) for child in children)
    ]
    return Within(found, query, [part for part in parts if part.count])


def above(facet: str, row: Any) -> list[Neighbour]:
    """What it is part of, the widest first."""
    path: list[Neighbour] = []
    seen = {row.id}
    current = row
    while (key := getattr(current, _above(type(row)))) is not None and key not in seen:
        current = db.session().get_one(type(row), key)
        seen.add(current.id)
        path.insert(0, _neighbour(facet, current))
    return path


def _neighbour(facet: str, row: Any, count: int = 0) -> Neighbour:
    name = row.label if isinstance(row, Concept) else row.name
    return Neighbour(name, PAGES[facet], row.public_id, count)


def _above(model: Any) -> str:
    """The column that says what one is part of."""
    return "broader_id" if model is Concept else "parent_id"


def _children(model: Any, keys: list[int]) -> list[Any]:
    above = getattr(model, _above(model))
    query = select(model).where(above.in_(keys), model.merged_into_id.is_(None))
    return list(db.session().scalars(query.order_by(model.key, model.id)))


def _subtree(model: Any, row: Any) -> list[str]:
    """Public identifiers of a row and of all below it."""
    found, frontier = [row.public_id], [row.id]
    while frontier and len(found) < MOST:
        children = _children(model, frontier)
        found += [child.public_id for child in children]
        frontier = [child.id for child in children]
    return found


def _count(find: Find, facet: str, tree: list[str], counts: Mapping[str, int]) -> int:
    """Photographs of a part: counted already, but for one that has parts itself."""
    known = [counts.get(name, 0) for name in tree]
    if sum(value > 0 for value in known) <= 1:
        return sum(known)
    return find(**{facet: tree[:MOST]}, limit="1").total
