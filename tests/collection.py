"""A small collection of photographs for tests that look at pages.

What is free, protected, kept back and withdrawn, each once; `reader` looks at it. The pictures are
drawn here and show nothing. The invariant: tests only read it, a module shares it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Drawing
from sqlalchemy import select

from archive import db
from archive.app import create_app
from archive.catalogue import service as catalogue
from archive.catalogue.authorities import keeping
from archive.catalogue.drafts import (
    CaptionDraft,
    CarrierDraft,
    DateDraft,
    Draft,
    FileDraft,
    IdentifierDraft,
    LinkDraft,
    Rights,
)
from archive.catalogue.models import Image, Place, Unit
from archive.history.actor import system
from archive.media import service as media
from archive.search import follow
from archive.settings import Settings
from tests.databases import begin

TESTER = system("tests")
FREE = "http://creativecommons.org/publicdomain/mark/1.0/"
PROTECTED = "http://rightsstatements.org/vocab/InC/1.0/"
CANARY = "kanári-titok"


@dataclass(frozen=True)
class Collection:
    """Public identifiers of the photographs, by what they are for."""

    free: str
    protected: str
    draft: str
    withdrawn: str
    unit: str = "HU-T-1"


@pytest.fixture(scope="module")
def exhibition(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, word_folder: Path
) -> Iterator[tuple[Flask, Collection]]:
    """An archive with four photographs in one fonds, rendered and indexed; tests only read it."""
    folder = tmp_path_factory.mktemp("exhibition")
    settings = Settings(data=folder, secret_key="a key for tests only")
    begin(settings, sqlite_template, word_folder)
    app = create_app(settings)
    made = _fill(folder)
    yield app, made
    db.disconnect()


@pytest.fixture
def collection(exhibition: tuple[Flask, Collection]) -> Collection:
    """The photographs of the exhibition."""
    return exhibition[1]


@pytest.fixture
def reader(exhibition: tuple[Flask, Collection]) -> FlaskClient:
    """Somebody who looks at the exhibition and is not signed in."""
    return exhibition[0].test_client()


def _fill(folder: Path) -> Collection:
    media.masters().prepare()
    unit = catalogue.add_unit(
        TESTER,
        ref_code="HU-T-1",
        title={"hu": "Próbafond", "en": "Trial fonds"},
        rights_and_provenance=Rights(credit_line="Próba Archívum", source="Próba Péter hagyatéka"),
    )
    made = Collection(
        free=_photograph(unit, _bridge(), folder / "bridge", published=True, sides=2),
        protected=_photograph(unit, _square(), folder / "square", published=True),
        draft=_photograph(unit, _secret(), folder / "secret", published=False),
        withdrawn=_withdrawn(unit, folder / "gone"),
    )
    _locate("Próba híd", 47.4989, 19.0436)
    for asset_id in media.want(db.session()):
        media.render(asset_id)
    follow.reindex()
    db.release()
    return made


def _locate(name: str, lat: float, lon: float) -> None:
    named = (place for place in db.session().scalars(select(Place)) if name in place.name.values())
    place = next(named)
    values = {"name": place.name, "lat": lat, "lon": lon}
    keeping.edit(TESTER, place, values, based_on=place.version)


def _bridge() -> Draft:
    draft = Draft(ref_code="HU-T-1/1", creator_unknown=True, rights=Rights(rights_statement=FREE))
    draft.title("hu", "A híd roncsai")
    draft.title("en", "Wreck of the bridge")
    draft.caption("archivist_description", "hu", "Egy híd romjai a folyóban.")
    draft.captions.append(
        CaptionDraft(
            "agency_caption", "en", "Hooligans on the ruins.", attributed="Trial Agency",
            dated="1956", side="verso", stance="propaganda",
            stance_note={"hu": "Az ügynökség szóhasználata.", "en": "The agency’s own word."},
        )
    )  # fmt: skip
    draft.captions.append(CaptionDraft("donor_account", "hu", CANARY, public=False))
    draft.dates.append(DateDraft("1956. október 23.", "hu", basis="inscription"))
    draft.places.append(LinkDraft("Próba híd", "shown"))
    draft.agents.append(LinkDraft("Próba Pál", "depicted", kind="person", certainty="possible"))
    draft.agents.append(LinkDraft("Titkos Tamás", "depicted", kind="person", public=False))
    draft.events.append(LinkDraft("Próba esemény"))
    draft.subjects.append(LinkDraft("hidak", "subject", kind="subject"))
    draft.carriers.append(CarrierDraft("zselatinos ezüst", "9x12", location="B/12. polc"))
    draft.identifiers.append(IdentifierDraft("original_no", "57/3", "Trial Agency"))
    draft.notes = CANARY
    return draft


def _square() -> Draft:
    draft = Draft(ref_code="HU-T-1/2", rights=Rights(rights_statement=PROTECTED))
    draft.title("hu", "Tér este")
    draft.dates.append(DateDraft("1949 körül", "hu"))
    draft.agents.append(LinkDraft("Próba Pál", "creator", kind="person"))
    return draft


def _secret() -> Draft:
    draft = Draft(ref_code="HU-T-1/3", creator_unknown=True, rights=Rights(rights_statement=FREE))
    draft.title("hu", "Kiadatlan felvétel")
    draft.dates.append(DateDraft("1957", "hu"))
    draft.places.append(LinkDraft("Titkos utca", "shown"))
    return draft


def _withdrawn(unit: Unit, folder: Path) -> str:
    draft = Draft(ref_code="HU-T-1/4", creator_unknown=True, rights=Rights(rights_statement=FREE))
    draft.title("hu", "Visszavont felvétel")
    draft.dates.append(DateDraft("1958", "hu"))
    public_id = _photograph(unit, draft, folder, published=True)
    image = catalogue.image_by_id(db.session(), public_id)
    catalogue.withdraw(TESTER, image, reason_class="privacy")
    return public_id


def _photograph(unit: Unit, draft: Draft, folder: Path, *, published: bool, sides: int = 1) -> str:
    folder.mkdir()
    files = [_file(folder, draft.ref_code, side) for side in ("recto", "verso")[:sides]]
    with db.transaction():
        image: Image = catalogue.accession(TESTER, unit, draft, files)
    if published:
        catalogue.publish(TESTER, image)
    return image.public_id


def _file(folder: Path, name: str, side: str) -> FileDraft:
    """A picture of one colour, which differs with its name and side."""
    shade = (int(name[-1]) * 40, 20 if side == "recto" else 180, 90)
    path = folder / f"{side}.jpg"
    Drawing.new("RGB", (1200, 800), shade).save(path)
    kept = media.masters().put_file(path)
    return FileDraft(kept, path.name, side=side, mime="image/jpeg", width=1200, height=800)
