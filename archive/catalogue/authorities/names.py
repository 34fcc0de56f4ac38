"""Names: how they are folded to be compared, and all the names an authority is known by.

A name is compared by its key: folded case, no accents; the words of a person's name in any order,
so that "Nagy Imre", "Imre Nagy" and "Nagy, Imre" are one. Pure: nothing here asks the database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from archive.catalogue.models import Agent, Concept, Event, Place

Row = Agent | Place | Event | Concept
_LIFE_DATES = re.compile(r",?\s*\(?\b\d{4}\s*[-–]\s*(\d{4})?\)?\.?$")


def fold(text: str) -> str:
    """Lower case without accents, words separated by one space: how names are compared."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare))


def agent_key(name: str) -> str:
    return " ".join(sorted(fold(_LIFE_DATES.sub("", name)).split()))


def key_of(row: Row) -> str:
    """The key an authority is stored with: that of its preferred name."""
    preferred = next(preferred_names(row), "")
    return (agent_key(preferred) if isinstance(row, Agent) else fold(preferred)) or preferred


def preferred_names(row: Row) -> Iterator[str]:
    """The preferred name in each language, Hungarian first: it is what cataloguers here type."""
    if isinstance(row, Agent):
        yield row.name
        return
    texts = row.label if isinstance(row, Concept) else row.name
    yield from (texts[lang] for lang in sorted(texts, key=_hungarian_first) if texts[lang])


def all_names(row: Row) -> list[str]:
    """Every name of an authority once: preferred, of 1956, other forms."""
    found: list[str] = list(preferred_names(row))
    if isinstance(row, Place):
        found += row.then.values()
    found += row.names
    found += [form["text"] for form in row.forms]
    return [name for name in dict.fromkeys(found) if name]


def words_of(row: Row) -> set[str]:
    """The folded words by which an authority is looked up."""
    notation = [row.notation] if isinstance(row, Concept) else []
    return {word for name in [*all_names(row), *notation] for word in fold(name).split()}


def _hungarian_first(lang: str) -> Any:
    return (lang != "hu", lang != "en", lang)
