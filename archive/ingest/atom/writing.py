"""Units written out as AtoM reads them: its ISAD(G) CSV, a row for each unit and language.

Parents stand before what is below them. The invariant: what is written here is read back by
`planning` as what is here already.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.models import Unit
from archive.ingest.atom import elements
from archive.ingest.atom.planning import SEPARATOR

ISAD_HEADINGS = {**elements.HEADINGS, "language": "languageNote"}
HEADINGS = (
    "legacyId", "parentId", "qubitParentSlug", "identifier", "referenceCode", "title",
    "levelOfDescription", "extentAndMedium", "repository", "archivalHistory", "acquisition",
    "scopeAndContent", *ISAD_HEADINGS.values(), "generalNote", "eventTypes", "eventDates",
    "eventActors", "culture",
)  # fmt: skip
LEVELS = {
    "fonds": "Fonds", "subfonds": "Subfonds", "series": "Series", "subseries": "Subseries",
    "file": "File",
}  # fmt: skip


def write(session: Session, target: IO[bytes], below: Collection[int] | None = None) -> int:
    """Write these units, or all; returns how many there were."""
    text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, HEADINGS)
    writer.writeheader()
    number = 0
    for unit, parent in _from_the_top(session, below):
        writer.writerows(_rows(unit, parent))
        number += 1
    text.detach()
    return number


def _from_the_top(
    session: Session, below: Collection[int] | None
) -> Iterator[tuple[Unit, Unit | None]]:
    units = session.scalars(select(Unit).order_by(Unit.position, Unit.ref_code)).all()
    chosen = {unit.id: unit for unit in units if below is None or unit.id in below}
    children: dict[int | None, list[Unit]] = {}
    for unit in chosen.values():
        held = unit.parent_id if unit.parent_id in chosen else None
        children.setdefault(held, []).append(unit)
    waiting = children.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        yield unit, chosen.get(unit.parent_id or 0)
        waiting += children.get(unit.id, [])[::-1]


def _rows(unit: Unit, parent: Unit | None) -> Iterator[dict[str, str]]:
    """A row for each language; what has no language stands in the first."""
    for number, lang in enumerate(_languages(unit)):
        isad = {
            heading: unit.isad.get(name, {}).get(lang, "")
            for name, heading in ISAD_HEADINGS.items()
        }
        row = {
            "legacyId": unit.public_id,
            "parentId": parent.public_id if parent else "",
            "identifier": _own_code(unit, parent),
            "referenceCode": unit.ref_code,
            "title": unit.title.get(lang, ""),
            "levelOfDescription": LEVELS[unit.level],
            "extentAndMedium": unit.extent.get(lang, ""),
            "archivalHistory": unit.custody.get(lang, ""),
            "scopeAndContent": unit.scope.get(lang, ""),
            "culture": "" if lang == "und" else lang,
            **isad,
        }
        yield row if number else row | _without_language(unit)


def _without_language(unit: Unit) -> dict[str, str]:
    happened = bool(unit.dates or unit.creator)
    return {
        "repository": unit.source,
        "acquisition": unit.acquisition,
        "generalNote": unit.notes,
        "eventTypes": "Creation" if happened else "",
        "eventDates": unit.dates or ("NULL" if happened else ""),
        "eventActors": unit.creator or ("NULL" if happened else ""),
    }


def _languages(unit: Unit) -> Sequence[str]:
    texts = (unit.title, unit.scope, unit.extent, unit.custody, *unit.isad.values())
    return list(dict.fromkeys(lang for said in texts for lang in said)) or ["und"]


def _own_code(unit: Unit, parent: Unit | None) -> str:
    """The code without that of the unit above, as AtoM keeps it."""
    prefix = f"{parent.ref_code}{SEPARATOR}" if parent else ""
    return unit.ref_code.removeprefix(prefix)
