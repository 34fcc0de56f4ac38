"""What is said of photographs made to say what drafts say: compared, and told as edits.

Unchanged statements keep their rows, and so does a statement of which a part was changed. A
corrected caption is a new row that supersedes the old one: words once said are never overwritten.
Nothing is written here. The invariant: a draft of what is said already makes no edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from archive.catalogue import rows, statements
from archive.catalogue.drafts import Draft, LinkDraft
from archive.catalogue.models import (
    CaptionStatement,
    Carrier,
    DateStatement,
    ImageAgent,
    ImageConcept,
    ImageEvent,
    ImageIdentifier,
    ImagePlace,
)
from archive.catalogue.rows import Photograph
from archive.catalogue.statements import LINKED, PARTS, Meant, Row
from archive.history import Edit
from archive.history.rows import columns_of

# What a row is about: a changed row that is about the same is the same row.
ABOUT: dict[type[Any], tuple[str, ...]] = {
    DateStatement: ("public_id",),
    Carrier: ("public_id",),
    ImageAgent: ("agent_id", "role"),
    ImagePlace: ("place_id", "role"),
    ImageEvent: ("event_id",),
    ImageConcept: ("concept_id",),
    ImageIdentifier: ("kind", "value"),
}
_WORDS = ("type", "lang", "text")
_OF_ITSELF = frozenset({"id", "public_id", "image_id", "position"})


@dataclass(frozen=True)
class Wish:
    """What shall be said of a photograph.

    `known` is a draft of what is said now: parts that are the same in both are not looked at.
    """

    draft: Draft
    known: Draft | None = None

    @cached_property
    def parts(self) -> list[type[Any]]:
        """The tables that differ."""
        return [
            model
            for model, part in PARTS.items()
            if self.known is None or getattr(self.draft, part) != getattr(self.known, part)
        ]


def edits(session: Session, wishes: Mapping[int, Wish]) -> list[Edit]:
    """What makes these photographs, by key, say what is wished, in the open change set.

    People, places, events and subjects that nobody has yet are made.
    """
    session.flush()
    meant, found = _meant(session, wishes.values()), []
    entities = {model.__tablename__ for wish in wishes.values() for model in wish.parts}
    photographs = rows.of_images(session, list(wishes), entities)
    for key, wish in wishes.items():
        _restate(photographs[key], wish, meant)
        found += photographs[key].edits()
    return found


def _meant(session: Session, wishes: Iterable[Wish]) -> Meant:
    meant, links = Meant(session), dict[str, list[LinkDraft]]()
    for wish in wishes:
        for model in LINKED.keys() & set(wish.parts):
            links.setdefault(LINKED[model], []).extend(getattr(wish.draft, PARTS[model]))
    for kind, told in links.items():
        meant.expect(kind, told)
    return meant


def _restate(photograph: Photograph, wish: Wish, meant: Meant) -> None:
    photograph.set(**statements.image_values(wish.draft))
    for model in wish.parts:
        wanted = statements.told(model, wish.draft, meant)
        if model is CaptionStatement:
            _replace_captions(photograph, wanted)
        else:
            _replace(photograph, model, wanted)


def _replace_captions(photograph: Photograph, wanted: Sequence[Row]) -> None:
    entity = CaptionStatement.__tablename__
    current = {
        row["public_id"]: row
        for row in photograph.all(entity)
        if row["superseded_by_id"] is None and not row["retired"]
    }
    _in_order(photograph, entity, [_say(photograph, said, current) for said in wanted])
    for row in current.values():
        photograph.change(entity, row["id"], retired=True, preferred=False)


def _say(photograph: Photograph, said: Row, current: dict[str, Row]) -> int:
    """The row that says it: the one there is, or a new one in its place."""
    entity = CaptionStatement.__tablename__
    values = {name: value for name, value in said.items() if name != "public_id"}
    row = current.pop(said.get("public_id", ""), None)
    if row is not None and all(row[name] == said[name] for name in _WORDS):
        photograph.change(entity, row["id"], **values)
        return int(row["id"])
    made = photograph.add(entity, **{"position": row["position"] if row else 0, **values})
    if row is not None:
        photograph.change(entity, row["id"], superseded_by_id=made, preferred=False)
    return made


def _replace(photograph: Photograph, model: type[Any], wanted: Sequence[Row]) -> None:
    """Keep the rows that say the same, change those about the same, add and remove the others."""
    entity = model.__tablename__
    unmatched = photograph.all(entity)
    says = [name for name in columns_of(entity) if name not in _OF_ITSELF]
    same = [_take(unmatched, row, says) for row in wanted]
    keys = []
    for position, (row, kept) in enumerate(zip(wanted, same, strict=True)):
        known = kept or _take(unmatched, row, ABOUT[model])
        values = {name: row[name] for name in says}
        if known is None:
            at = 0 if model is DateStatement else position
            keys.append(photograph.add(entity, **{"position": at, **values}))
        else:
            photograph.change(entity, known["id"], **values)
            keys.append(known["id"])
    for row in unmatched:
        photograph.remove(entity, row["id"])
    _in_order(photograph, entity, keys)


def _take(unmatched: list[Row], wanted: Row, names: Sequence[str]) -> Row | None:
    """Take out of the rows the first that has the same in these columns."""
    for row in unmatched:
        if all(row[name] == wanted.get(name) for name in names):
            unmatched.remove(row)
            return row
    return None


def _in_order(photograph: Photograph, entity: str, keys: Sequence[int]) -> None:
    """Number rows so that they are read in this order; those in order already stay as they are."""
    there = {row["id"]: row["position"] for row in photograph.all(entity)}
    last: tuple[int, bool, int] = (-1, False, 0)
    for key in keys:
        # A row that is still to be written, with a key below zero, will stand behind the others.
        place = (there[key], key < 0, abs(key))
        if place <= last:
            place = (last[0] + 1, key < 0, abs(key))
            photograph.change(entity, key, position=place[0])
        last = place
