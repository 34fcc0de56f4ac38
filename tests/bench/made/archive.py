"""A whole archive of made-up photographs: rows of the catalogue, their history, their renditions.

The rows are written as a delivery writes them, so records, rights and history follow from them as
they do in the product; only the pictures themselves are not there.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from archive import db, history, jobs
from archive.catalogue import rows
from archive.catalogue import service as catalogue
from archive.catalogue.models import Agent, Asset, Concept, Event, Image, Place
from archive.history import Edit, Subject
from archive.history.rows import completed, next_keys
from archive.media.models import Picture
from archive.storage import StoredFile
from made.texts import Texts

ACTOR = history.system("bench")
SEEDED = 1000  # photographs of one transaction
PUBLISHED = datetime(2026, 11, 22, 10, tzinfo=UTC)
SIZES = [320, 640, 1024, 2048]
RIGHTS = (
    "http://rightsstatements.org/vocab/InC/1.0/",
    "http://rightsstatements.org/vocab/NoC-US/1.0/",
)
Keys = dict[str, list[int]]


def fill(number: int, texts: Texts, seed: int = 1956) -> None:
    """Published photographs in ten fonds, each with words, dates, names, a place and a picture."""
    chance = random.Random(seed)
    units = [
        catalogue.add_unit(ACTOR, ref_code=f"HU-{n}", title={"hu": f"Fond {n}"}).id
        for n in range(10)
    ]
    known = _authorities(texts, chance)
    for start in range(0, number, SEEDED):
        numbers = range(start, min(start + SEEDED, number))
        with db.transaction() as session, history.change(ACTOR, "ingest"):
            session.add_all([StoredFile(sha256=f"{n:064}", bytes=1) for n in numbers])
            rows.write(session, list(_photographs(session, numbers, units, known, texts, chance)))
        with db.transaction() as session:
            _add_pictures(session)
            session.execute(delete(jobs.Job))  # to draw pictures of files that are not there


def _authorities(texts: Texts, chance: random.Random) -> Keys:
    """The keys of people, places, events and subjects."""
    with history.change(ACTOR, "ingest"):
        session = db.session()
        people = [" ".join((chance.choice(texts.names), str(n))) for n in range(2000)]
        made: dict[str, list[Any]] = {
            "agent": [Agent(name=name, names=[name], key=name.lower()) for name in people],
            "place": [
                Place(name={"hu": f"{chance.choice(texts.places)} {n}"}, key=f"hely {n}")
                for n in range(500)
            ],
            "event": [Event(name={"hu": f"Esemény {n}"}, key=f"esemény {n}") for n in range(100)],
            "concept": [Concept(label={"hu": f"Tárgy {n}"}, key=f"tárgy {n}") for n in range(100)],
        }
        session.add_all(row for kind in made.values() for row in kind)
        session.flush()
        return {name: [row.id for row in kind] for name, kind in made.items()}


def _photographs(
    session: Any,
    numbers: range,
    units: Sequence[int],
    known: Keys,
    texts: Texts,
    chance: random.Random,
) -> Iterator[Edit]:
    for n, key in zip(numbers, next_keys(session, "image", len(numbers)), strict=True):
        subject = Subject("image", key)
        for entity, statements in _said(n, units, known, texts, chance).items():
            for place, row in enumerate(statements):
                at = key if entity == "image" else -(n * 10 + place + 1)
                whole = {"image_id": key, "position": place, **row, "id": at}
                yield Edit(entity, at, subject, None, completed(entity, whole))


def _said(
    n: int, units: Sequence[int], known: Keys, texts: Texts, chance: random.Random
) -> dict[str, list[dict[str, Any]]]:
    """What is said of one photograph, by table."""
    lang = chance.choice(("hu", "en"))
    words = texts.languages[lang].walk
    day = date(1900, 1, 1) + timedelta(days=int(36_000 * chance.random()))

    def often(name: str) -> int:
        return known[name][int(len(known[name]) * chance.random() ** 2)]

    return {
        "image": [
            {"unit_id": chance.choice(units), "position": n, "ref_code": f"HU-B/{n}",
             "source": "Hagyaték", "rights_statement": chance.choice(RIGHTS),
             "state": "published", "published_at": PUBLISHED}
        ],
        "caption_statement": [
            {"type": "archivist_title", "lang": lang, "text": " ".join(words(chance, 8)),
             "preferred": True},
            {"type": "archivist_description", "lang": lang, "text": " ".join(words(chance, 40))},
        ],
        "date_statement": [
            {"edtf": day.isoformat(), "display": day.isoformat(), "lang": "hu",
             "earliest": day, "latest": day}
        ],
        "image_agent": [
            {"agent_id": often("agent"), "role": role} for role in ("creator", "depicted")
        ],
        "image_place": [{"place_id": often("place")}],
        "image_event": [{"event_id": often("event")}],
        "image_concept": [{"concept_id": often("concept")}],
        "carrier": [{"technique": "zselatinos ezüst", "format": "9x12"}],
        "asset": [
            {"sha256": f"{n:064}", "bytes": 1, "mime": "image/jpeg", "width": 4000, "height": 3000,
             "filename": f"{n:05}.jpg", "representative": True}
        ],
    }  # fmt: skip


def _add_pictures(session: Session) -> None:
    """Say that every picture has been drawn in all sizes."""
    lacking = select(Asset.public_id, Asset.image_id, Asset.sha256).where(
        Asset.public_id.not_in(select(Picture.asset_id))
    )
    drawn = [
        {"asset_id": asset, "image_id": image, "sha256": sha256, "state": "ready",
         "width": 4000, "height": 3000, "sizes": SIZES, "thumbhash": "abcdefgh"}
        for asset, image, sha256 in session.execute(lacking)
    ]  # fmt: skip
    if drawn:
        session.execute(insert(Picture), drawn)


def public_ids(most: int) -> list[str]:
    """Photographs from all over the archive."""
    found = list(db.session().scalars(select(Image.public_id).order_by(Image.id)))
    return found[:: max(1, len(found) // most)][:most]
