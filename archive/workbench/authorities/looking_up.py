"""What is offered to somebody who types a name: the name, and what tells it apart.

The detail names the form that was meant when it is not the one that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from archive import words
from archive.catalogue import authorities
from archive.catalogue.authorities import Row
from archive.catalogue.models import Agent, Concept, Event, Place

MOST = 12


@dataclass(frozen=True)
class Suggestion:
    """`id` is the public identifier; `detail` may be empty."""

    id: str
    name: str
    detail: str


def suggestions(
    session: Session, kind: str, text: str, lang: str, *, scheme: str = ""
) -> list[Suggestion]:
    """What fits the words typed, most used first. Raises KeyError for an unknown kind."""
    found = authorities.lookup(session, kind, text, scheme=scheme, limit=MOST)
    return [
        Suggestion(row.public_id, name, _detail(session, row, name, text, lang))
        for row, name in ((row, name_of(row, lang)) for row in found)
    ]


def name_of(row: Row, lang: str) -> str:
    """The preferred name in the reader's language, else in any other."""
    if isinstance(row, Agent):
        return row.name
    texts = row.label if isinstance(row, Concept) else row.name
    return words.pick(texts, lang) or next(authorities.preferred_names(row), "")


def distinction(session: Session, row: Row, lang: str) -> str:
    """What tells it from its namesakes: life dates, the name of 1956, the day, what is above."""
    if isinstance(row, Agent):
        return words.life_in_words(row.dates, lang)
    if isinstance(row, Event):
        return words.edtf_in_words(row.edtf, lang)
    above: Any = row.broader_id if isinstance(row, Concept) else row.parent_id
    if isinstance(row, Place) and words.pick(row.then, lang):
        return words.pick(row.then, lang)
    parent: Any = session.get_one(type(row), above) if above else None
    return name_of(parent, lang) if parent is not None else ""


def _detail(session: Session, row: Row, name: str, text: str, lang: str) -> str:
    details = (_form_meant(row, name, text), distinction(session, row, lang))
    return " · ".join(dict.fromkeys(detail for detail in details if detail))


def _form_meant(row: Row, name: str, text: str) -> str:
    """Another name that fits what was typed when the one shown does not."""
    if _fits(name, text):
        return ""
    return next((other for other in authorities.all_names(row) if _fits(other, text)), "")


def _fits(name: str, text: str) -> bool:
    known = authorities.fold(name).split()
    return all(
        any(word.startswith(typed) for word in known) for typed in authorities.fold(text).split()
    )
