"""A small archive with one protected and one free photograph, a publisher and an officer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PIL import Image as Pixels

from archive import db, history, jobs
from archive.accounts import service as accounts
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, FileDraft, LinkDraft, Rights
from archive.history import Actor
from archive.licensing.usage import Usage
from archive.media.service import masters
from archive.settings import Settings, use

SYSTEM = history.system("test")
INC = "http://rightsstatements.org/vocab/InC/1.0/"
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
USAGE = Usage(
    use="editorial",
    media=("print_book",),
    territory="HU",
    run="upto_5000",
    duration="P5Y",
    languages=("hu",),
    project="Budapest ősze",
)


@dataclass
class Desk:
    """Who and what a test needs."""

    publisher: Actor
    other: Actor
    officer: Actor
    protected: str
    free: str


@pytest.fixture
def desk(database: None, settings: Settings) -> Iterator[Desk]:
    use(settings)
    settings.instance.mkdir()
    jobs.connect(settings)
    masters().prepare()
    unit = catalogue.add_unit(
        SYSTEM,
        ref_code="HU-1",
        title={"hu": "Fond"},
        rights_and_provenance=Rights(credit_line="Archívum / Kő Ágnes gyűjteménye"),
    )
    yield Desk(
        publisher=_person("kiado@demo.example", "publisher"),
        other=_person("mas@demo.example", "publisher"),
        officer=_person("officer@demo.example", "officer"),
        protected=_photograph(unit, "védett", INC),
        free=_photograph(unit, "közkincs", PDM),
    )
    jobs.disconnect()


def _person(email: str, role: str) -> Actor:
    made = accounts.add_person(SYSTEM, email=email, name="Kő Ágnes", roles=[role])
    return Actor(made.id, role, frozenset({role}))


def _photograph(unit: object, title: str, statement: str) -> str:
    pixels = io.BytesIO()
    Pixels.effect_noise((900, 600), 60 if title == "védett" else 70).save(pixels, "JPEG")
    pixels.seek(0)
    kept = masters().put(pixels)
    draft = Draft(
        ref_code=f"HU-1/{title}",
        dates=[DateDraft("1956. október 25.", lang="hu")],
        agents=[LinkDraft("Nagy Imre", role="creator")],
        rights=Rights(rights_statement=statement),
    )
    draft.title("hu", f"Tüntetők ({title})")
    file = FileDraft(kept, "a.jpg", mime="image/jpeg", width=900, height=600)
    made = catalogue.accession(SYSTEM, unit, draft, [file])  # type: ignore[arg-type]
    public_id = made.public_id
    catalogue.publish(SYSTEM, made)
    db.release()
    return public_id
