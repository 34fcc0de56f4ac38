"""Filling an empty archive with the demo: drawings become masters, records become photographs.

It uses the same verbs as everybody else, so that the demo can do nothing that an archive cannot.
The invariant: a specimen is marked in its pixels, in its file and in its record.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import func, select

from archive import db, history, settings
from archive.accounts import service as accounts
from archive.catalogue import embedding
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import (
    CarrierDraft,
    DateDraft,
    Draft,
    FileDraft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)
from archive.catalogue.models import Unit
from archive.demo import drawings
from archive.demo.backs import BACKS
from archive.demo.model import Photograph
from archive.demo.records import PHOTOGRAPHS
from archive.demo.rights_cases import COLLECTIONS
from archive.demo.starter import loading as starter
from archive.demo.subjects import AGENTS
from archive.demo.units import FONDS, UNITS
from archive.media import service as media
from archive.media.packet import Embedded
from archive.media.probe import as_json, probe

ACTOR = history.system("demo")
LONG_EDGE = 2400
QUALITY = 92
ACCOUNTS = {
    "archivist@demo.example": ("archivist", "Levéltáros Lili"),
    "publisher@demo.example": ("publisher", "Kiadó Katalin"),
    "officer@demo.example": ("officer", "Engedélyező Elemér"),
}
Told = Callable[[int, int], None]


class NotEmpty(Exception):
    """The archive holds photographs of its own; a demo is never mixed with them."""


def load(told: Told = lambda _done, _all: None, *, long_edge: int = LONG_EDGE) -> None:
    """Load the demo into an empty archive, its drawings so many pixels long. Raises NotEmpty."""
    if db.session().scalar(select(func.count()).select_from(Unit)):
        raise NotEmpty
    keys = starter.load(ACTOR, AGENTS).keys
    units = _units()
    with tempfile.TemporaryDirectory(prefix="pillanat-demo-") as folder:
        for number, (photograph, files) in enumerate(_drawn(Path(folder), long_edge), start=1):
            _take_in(photograph, units[photograph.unit], files, keys)
            told(number, len(PHOTOGRAPHS))
    with db.transaction():
        media.render_waiting()


def present() -> bool:
    """Whether the archive here is the demo."""
    return db.session().scalar(select(Unit.id).where(Unit.ref_code == FONDS)) is not None


def alone() -> bool:
    """Whether there is nothing here but the demo: no unit of anybody else's."""
    known = {unit.ref for unit in UNITS}
    return set(db.session().scalars(select(Unit.ref_code))) <= known


def open_accounts() -> Path:
    """Make the demo's accounts with passwords drawn now; returns the file that holds them."""
    target = settings.current().instance / "demo-accounts.txt"
    lines = []
    for email, (role, name) in ACCOUNTS.items():
        password = "-".join(secrets.token_hex(3) for _ in range(3))
        accounts.add_person(ACTOR, email=email, name=name, roles=[role], password=password)
        lines.append(f"{email}  {password}\n")
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        written.writelines(lines)
    return target


def _units() -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    with history.change(ACTOR, "demo"):
        for position, unit in enumerate(UNITS):
            made[unit.ref] = catalogue.add_unit(
                ACTOR,
                ref_code=unit.ref,
                title=unit.title,
                level=unit.level,
                parent=made.get(unit.parent),
                scope=unit.scope,
                dates=unit.dates,
                position=position,
            )
    return made


def _drawn(folder: Path, long_edge: int) -> Iterator[tuple[Photograph, list[tuple[str, Path]]]]:
    """Each photograph with its sides as files; the drawing is done by every core there is."""
    backs = {back.number for back in BACKS}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        fronts = {
            p.number: workers.submit(_draw, p.number, "recto", folder, long_edge)
            for p in PHOTOGRAPHS
        }
        versos = {n: workers.submit(_draw, n, "verso", folder, long_edge) for n in backs}
        for photograph in PHOTOGRAPHS:
            sides = [("recto", fronts[photograph.number].result())]
            if photograph.number in versos:
                sides.append(("verso", versos[photograph.number].result()))
            yield photograph, sides


def _draw(number: int, side: str, folder: Path, long_edge: int) -> Path:
    """One drawing as a JPEG; runs in a process of its own."""
    render = drawings.render if side == "recto" else drawings.render_verso
    path = folder / f"specimen-{number:02d}-{side}.plain.jpg"
    pixels = render(number, long_edge=long_edge) if side == "recto" else render(number)
    pixels.convert("RGB").save(path, quality=QUALITY, subsampling=0, dpi=(300, 300))
    return path


def _take_in(
    photograph: Photograph, unit: Unit, sides: list[tuple[str, Path]], keys: dict[str, str]
) -> None:
    with history.change(ACTOR, "accession"):
        files = [_file(photograph, side, path) for side, path in sides]
        image = catalogue.accession(ACTOR, unit, _draft(photograph, keys), files)
        if photograph.state in ("published", "withdrawn"):
            catalogue.publish(ACTOR, image)
        if photograph.state == "withdrawn":
            catalogue.withdraw(ACTOR, image, reason_class=photograph.withdrawn_reason or "donor")
        if photograph.state == "in_review":
            catalogue.submit_for_review(ACTOR, image)


def _file(photograph: Photograph, side: str, plain: Path) -> FileDraft:
    """Write into the drawing what it is, and keep it as a master."""
    marked = plain.with_name(plain.name.replace(".plain", ""))
    words = Embedded(
        title=photograph.title,
        description={lang: f"SPECIMEN. {text}" for lang, text in photograph.description.items()},
        credit=photograph.rights.credit,
        digital_source_type=embedding.SPECIMEN_SOURCE_TYPE,
    )
    embedding.write(plain, marked, words)
    kept = media.masters().put_file(marked)
    found = probe(kept.path)
    return FileDraft(
        kept,
        marked.name,
        side=side,
        mime=found.mime or "",
        width=found.width or 0,
        height=found.height or 0,
        digital_source_type=embedding.SPECIMEN_SOURCE_TYPE,
        probe=as_json(found, marked.name),
    )


def _draft(photograph: Photograph, keys: dict[str, str]) -> Draft:
    """The record of one photograph as a draft."""
    draft = Draft(
        ref_code=photograph.ref_code,
        dates=[DateDraft(**asdict(entry)) for entry in photograph.dates],
        agents=[
            LinkDraft(target=keys[f"agent:{link.agent}"], role=link.role, certainty=link.certainty)
            for link in photograph.agents
        ],
        places=[
            LinkDraft(target=keys[f"place:{link.place}"], role=link.role, certainty=link.certainty)
            for link in photograph.places
        ],
        events=[LinkDraft(target=keys[f"event:{key}"]) for key in photograph.events],
        subjects=[LinkDraft(target=keys[f"concept:{key}"]) for key in photograph.subjects],
        identifiers=[IdentifierDraft("inventory_no", f"SP-{photograph.number:03d}", "Pillanat")],
        carriers=[CarrierDraft(technique=photograph.technique, format=photograph.format)],
        rights=_rights(photograph),
        alt=photograph.alt,
        notes=photograph.notes,
        undated=photograph.undated,
        creator_unknown=photograph.creator_unknown,
        specimen=True,
    )
    for lang, text in photograph.title.items():
        draft.title(lang, text)
    for lang, text in photograph.description.items():
        draft.caption("archivist_description", lang, text, preferred=True)
    for caption in photograph.captions:
        draft.caption(
            caption.type,
            caption.lang,
            caption.text,
            attributed=caption.attributed,
            dated=caption.dated,
            side=caption.side,
            stance=caption.stance,
            stance_note=caption.note,
        )
    return draft


def _rights(photograph: Photograph) -> Rights:
    case, origin, printed = (
        photograph.rights,
        COLLECTIONS[photograph.collection],
        photograph.publication,
    )
    rights = Rights(
        rights_statement=case.statement,
        credit_line=case.credit,
        rights_holder=case.holder,
        rights_note=case.note,
        source=origin.source,
        acquisition=origin.acquisition,
        custody=origin.custody,
    )
    if printed is not None:
        rights.publication_publisher = printed.publisher
        rights.publication_title = printed.title
        rights.publication_address = printed.address
        rights.publication_date = printed.date
        rights.publication_retrieved_on = date.fromisoformat(printed.retrieved_on)
    return rights
