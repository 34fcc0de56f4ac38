"""What can be done to many photographs at once: operations on the rows of one photograph. Pure.

An operation reads the rows as they are and tells the edits it wants; it asks no database and
writes nothing, so that the preview and the change itself are one computation. What it may not do
to a photograph it refuses with a code. The invariant: an operation whose wish holds already makes
no edit, so doing it again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from archive import db
from archive.catalogue.record import CREATORS
from archive.catalogue.rows import Photograph
from archive.history.rows import Values

LINKS = {
    "agent": ("image_agent", "agent_id"),
    "place": ("image_place", "place_id"),
    "event": ("image_event", "event_id"),
    "concept": ("image_concept", "concept_id"),
}
IN_ROLES = ("agent", "place")
TEXTS = (
    "rights_statement", "credit_line", "rights_holder", "source", "acquisition", "notes",
)  # fmt: skip
BY_LANGUAGE = ("custody", "rights_note")
MARKS = {"undated": "date_statement", "creator_unknown": "image_agent"}
ACTS = {
    "publish": "published",
    "submit_for_review": "in_review",
    "unpublish": "draft",
    "withdraw": "withdrawn",
}


class NotThis(Exception):
    """An operation cannot be done to this photograph; `code` and `params` say why."""

    def __init__(self, code: str, params: Iterable[str] = ()) -> None:
        super().__init__(code)
        self.code = ":".join([code, ",".join(params)]) if params else code


class Operation(Protocol):
    """`reads` are the tables whose rows it looks at. Raises NotThis."""

    @property
    def reads(self) -> tuple[str, ...]: ...

    def do(self, photograph: Photograph) -> None: ...


@dataclass(frozen=True)
class AddLink:
    """Say who, where, what: one authority, certain or less so; who is there already stays."""

    kind: str
    key: int
    role: str = ""
    certainty: str = "certain"

    @property
    def reads(self) -> tuple[str, ...]:
        return (LINKS[self.kind][0],)

    def do(self, photograph: Photograph) -> None:
        entity, column = LINKS[self.kind]
        same = _linked(photograph, self.kind, self.key, self.role)
        said = {"certainty": self.certainty} if self.kind != "concept" else {}
        if same:
            photograph.change(entity, same[0]["id"], **said)
        else:
            role = {"role": self.role} if self.kind in IN_ROLES else {}
            photograph.add(entity, **{column: self.key}, **role, **said)
        if self.kind == "agent" and self.role in CREATORS:
            photograph.set(creator_unknown=False)


@dataclass(frozen=True)
class RemoveLink:
    """Take an authority away, in one role or in all."""

    kind: str
    key: int
    role: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        return (LINKS[self.kind][0],)

    def do(self, photograph: Photograph) -> None:
        for row in _linked(photograph, self.kind, self.key, self.role):
            photograph.remove(LINKS[self.kind][0], row["id"])


@dataclass(frozen=True)
class ReplaceLink:
    """Put one authority in the place of another, its role and certainty kept."""

    kind: str
    key: int
    by: int
    role: str = ""

    @property
    def reads(self) -> tuple[str, ...]:
        return (LINKS[self.kind][0],)

    def do(self, photograph: Photograph) -> None:
        entity, column = LINKS[self.kind]
        for row in _linked(photograph, self.kind, self.key, self.role):
            if _linked(photograph, self.kind, self.by, row.get("role", "")):
                photograph.remove(entity, row["id"])
            else:
                photograph.change(entity, row["id"], **{column: self.by})


def _linked(photograph: Photograph, kind: str, key: int, role: str) -> list[Values]:
    entity, column = LINKS[kind]
    any_role = kind not in IN_ROLES or not role
    return [
        row
        for row in photograph.all(entity)
        if row[column] == key and (any_role or row["role"] == role)
    ]


@dataclass(frozen=True)
class SetValue:
    """State a value of rights or provenance, or a staff note; an empty one falls silent."""

    name: str
    value: str
    lang: str = ""
    only_empty: bool = False
    reads: tuple[str, ...] = ()

    def do(self, photograph: Photograph) -> None:
        found = photograph.value(self.name)
        now = found.get(self.lang, "") if self.name in BY_LANGUAGE else found
        if self.only_empty and now:
            return
        if self.name not in BY_LANGUAGE:
            photograph.set(**{self.name: self.value})
            return
        texts = {lang: text for lang, text in found.items() if lang != self.lang}
        photograph.set(**{self.name: {**texts, **({self.lang: self.value} if self.value else {})}})


@dataclass(frozen=True)
class AddDate:
    """State a date, in the place of those of its role or beside them.

    `values` are the columns of the statement, as `statements.date_values` gives them.
    """

    values: Values
    replace: bool = False
    reads: tuple[str, ...] = ("date_statement",)

    def do(self, photograph: Photograph) -> None:
        role = self.values["role"]
        rows = [row for row in photograph.all("date_statement") if row["role"] == role]
        same = [row for row in rows if all(row[k] == v for k, v in self.values.items())]
        if self.replace:
            for row in rows:
                if row not in same[:1]:
                    photograph.remove("date_statement", row["id"])
        if not same:
            photograph.add("date_statement", **self.values)
        if role == "created":
            photograph.set(undated=False)


@dataclass(frozen=True)
class ReplaceWords:
    """Find and replace in captions and titles; what is said anew supersedes what was said.

    `types` are kinds of caption. Letters count as they are written unless `any_case`; with `whole`
    only whole words are found.
    """

    find: str
    by: str
    types: tuple[str, ...]
    whole: bool = False
    any_case: bool = False
    reads: tuple[str, ...] = ("caption_statement",)

    def do(self, photograph: Photograph) -> None:
        pattern = self._pattern()
        for row in photograph.all("caption_statement"):
            if row["retired"] or row["superseded_by_id"] or row["type"] not in self.types:
                continue
            text = pattern.sub(lambda _found: self.by, row["text"])
            if text == row["text"]:
                continue
            if not text.strip():
                raise NotThis("nothing_left")
            said = {k: v for k, v in row.items() if k not in ("id", "public_id", "created_at")}
            new = photograph.add("caption_statement", **{**said, "text": text})
            photograph.change("caption_statement", row["id"], superseded_by_id=new, preferred=False)

    def _pattern(self) -> re.Pattern[str]:
        words = re.escape(self.find)
        if self.whole:
            words = rf"(?<!\w){words}(?!\w)"
        return re.compile(words, re.IGNORECASE if self.any_case else 0)


@dataclass(frozen=True)
class Mark:
    """Mark as undated, or its photographer as unknown, or take the mark away."""

    name: str
    value: bool = True

    @property
    def reads(self) -> tuple[str, ...]:
        return (MARKS[self.name],)

    def do(self, photograph: Photograph) -> None:
        roles = ("created",) if self.name == "undated" else CREATORS
        said = [row for row in photograph.all(MARKS[self.name]) if row["role"] in roles]
        if self.value and said:
            raise NotThis("dated" if self.name == "undated" else "attributed")
        photograph.set(**{self.name: self.value})


@dataclass(frozen=True)
class Move:
    """Put into another unit, behind what is there; `place` gives the next place of the unit."""

    unit_id: int
    place: Callable[[], int]
    reads: tuple[str, ...] = ()

    def do(self, photograph: Photograph) -> None:
        if photograph.value("unit_id") != self.unit_id:
            photograph.set(unit_id=self.unit_id, position=self.place())


@dataclass(frozen=True)
class Enter:
    """Publish, hand to review, take back into work, or withdraw for good."""

    act: str
    reason_class: str = ""
    reads: tuple[str, ...] = ()

    def do(self, photograph: Photograph) -> None:
        state, now = ACTS[self.act], photograph.value("state")
        if state == now:
            return
        if now == "withdrawn":
            raise NotThis("withdrawn")
        if self.act == "withdraw" and now != "published":
            raise NotThis("not_published")
        if self.act == "publish":
            self._publish(photograph)
        reason = {"withdrawn_reason": self.reason_class} if self.act == "withdraw" else {}
        photograph.set(state=state, **reason)

    @staticmethod
    def _publish(photograph: Photograph) -> None:
        lacking = photograph.lacks()
        if lacking:
            raise NotThis("not_ready", lacking)
        since = photograph.value("published_at") or db.now()
        photograph.set(published_at=since, withdrawn_reason="")


@dataclass(frozen=True)
class Delete:
    """Remove what readers never saw, with all that was said of it; its files are kept."""

    reads: tuple[str, ...] = (
        "caption_statement", "date_statement", "image_agent", "image_place", "image_event",
        "image_concept", "image_identifier", "carrier", "asset", "image_link", "former_code",
    )  # fmt: skip

    def do(self, photograph: Photograph) -> None:
        if photograph.value("published_at") is not None:
            raise NotThis("was_published")
        for entity in self.reads:
            for row in photograph.all(entity):
                photograph.remove(entity, row["id"])
        photograph.remove("image", photograph.id)
