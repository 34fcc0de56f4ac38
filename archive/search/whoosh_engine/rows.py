"""The row kept with each record: what is shown, counted and sorted, as JSON.

What the staff side shares with the public side is kept once. A row is written by `of_document`
and read by `Row`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.search.documents import Face, FacetValue, Passage, SearchDocument
from archive.search.engine import Audience

Values = list[tuple[str, dict[str, str]]]


def of_document(document: SearchDocument, lengths: tuple[int, int]) -> str:
    """The JSON of a document; `lengths` are its words for readers and for staff alone."""
    return json.dumps(
        {
            "id": document.id,
            "v": document.version,
            "when": document.when,
            "new": document.newest,
            "ord": document.order,
            "len": lengths,
            "p": _face(document.public, None) if document.public else None,
            "s": _face(document.staff, document.public),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def extra_passages(document: SearchDocument) -> tuple[Passage, ...]:
    """The passages that only staff may search."""
    shared = set(document.public.passages) if document.public else set()
    return tuple(p for p in document.staff.passages if p not in shared)


def extra_identifiers(document: SearchDocument) -> tuple[str, ...]:
    shared = document.public.identifiers if document.public else ()
    return tuple(i for i in document.staff.identifiers if i not in shared)


def _face(face: Face, shared: Face | None) -> dict[str, Any]:
    """A face without what it shares with the other."""
    passages = set(shared.passages) if shared else set()
    facets: Mapping[str, tuple[FacetValue, ...]] = shared.facets if shared else {}
    hit = shared.hit if shared else {}
    return {
        "h": {key: value for key, value in face.hit.items() if hit.get(key, ...) != value},
        "f": {
            name: [(v.value, dict(v.label)) for v in values if v not in facets.get(name, ())]
            for name, values in face.facets.items()
        },
        "t": [(p.field, p.text) for p in face.passages if p not in passages],
    }


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read."""

    data: dict[str, Any]

    @classmethod
    def read(cls, text: str) -> "Row":
        return cls(json.loads(text))

    @classmethod
    def to_show(cls, text: str) -> "Row":
        """A row that is kept to be shown: what is only counted would fill the memory."""
        row = cls.read(text)
        for face in row.faces("staff"):
            del face["f"]
            face["t"] = [(field, passage) for field, passage in face["t"]]
        return row

    @property
    def public(self) -> bool:
        return self.data["p"] is not None

    def faces(self, audience: Audience) -> list[dict[str, Any]]:
        sides = ("p",) if audience == "public" else ("p", "s")
        return [self.data[side] for side in sides if self.data[side] is not None]

    def show(self, audience: Audience) -> Mapping[str, Any]:
        """The payload of a hit, as it is kept where one face has it all."""
        faces = self.faces(audience)
        if len(faces) == 1:
            return faces[0]["h"]  # type: ignore[no-any-return]
        return {key: value for face in faces for key, value in face["h"].items()}

    def passages(self, audience: Audience) -> list[tuple[str, str]]:
        """Field and text of each, of a row that is to be shown."""
        return [told for face in self.faces(audience) for told in face["t"]]
