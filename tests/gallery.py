"""A gallery of pictures with fine lines, for tests of the image service and of viewers.

Lines one pixel wide are seen in full size and become plain grey in any smaller one, so that a test
can tell how much of a picture was given away. The invariant: tests only read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Drawing

from archive import db
from archive.accounts import service as accounts
from archive.app import create_app
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import CaptionDraft, DateDraft, Draft, FileDraft, LinkDraft, Rights
from archive.catalogue.models import Unit
from archive.history import system
from archive.media import service as media
from archive.search import follow
from archive.settings import Settings
from tests.databases import begin

TESTER = system("tests")
PASSWORD = "four words in a row"
FREE = "http://creativecommons.org/publicdomain/mark/1.0/"
PROTECTED = "http://rightsstatements.org/vocab/InC/1.0/"
SECRET = "Titkos Tamás"


@dataclass(frozen=True)
class Photograph:
    """One photograph of the gallery: its identifier, and those of its pictures, recto first."""

    id: str
    assets: tuple[str, ...]

    @property
    def asset(self) -> str:
        return self.assets[0]


@dataclass(frozen=True)
class Gallery:
    """What is in it, by what it is for. The lines are 2600 × 1800 pixels, the small ones 900."""

    app: Flask
    free: Photograph
    protected: Photograph
    small: Photograph
    draft: Photograph
    withdrawn: Photograph
    without: Photograph

    def reader(self) -> FlaskClient:
        return self.app.test_client()

    def archivist(self) -> FlaskClient:
        """A browser that is signed in."""
        client = self.app.test_client()
        page = client.get("/account/login").get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        assert token
        typed = {"email": "a@demo.example", "password": PASSWORD, "csrf_token": token[1]}
        assert client.post("/account/login", data=typed).status_code == 302
        return client


@pytest.fixture(scope="module")
def gallery(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, word_folder: Path
) -> Iterator[Gallery]:
    """An archive with pictures that are free, protected, small, kept back, withdrawn, and none."""
    folder = tmp_path_factory.mktemp("gallery")
    yield _hung(empty(folder, sqlite_template, word_folder), folder)
    db.disconnect()


def empty(folder: Path, template: Path, words: Path) -> Flask:
    """The application on an archive without photographs in a new folder."""
    settings = Settings(data=folder, secret_key="a key for tests only")
    begin(settings, template, words)
    app = create_app(settings)
    media.masters().prepare()
    return app


def lines(width: int, height: int) -> Drawing.Image:
    """Black and white columns one pixel wide."""
    columns = np.tile(np.array([0, 255], dtype=np.uint8), (height, width // 2))
    return Drawing.fromarray(columns).convert("RGB")


def _hung(app: Flask, folder: Path) -> Gallery:
    email = "a@demo.example"
    accounts.add_person(TESTER, email=email, name="A", roles=["archivist"], password=PASSWORD)
    fonds = catalogue.add_unit(TESTER, ref_code="HU-G", title={"hu": "Képtár", "en": "Gallery"})
    series = catalogue.add_unit(
        TESTER, ref_code="HU-G-1", title={"hu": "Sorozat"}, level="series", parent=fonds
    )
    catalogue.add_unit(
        TESTER, ref_code="HU-G-2", title={"hu": "Üres"}, level="series", parent=fonds
    )
    wide, low = lines(2600, 1800), lines(900, 600)
    gallery = Gallery(
        app=app,
        free=photograph(folder, series, "free", [wide, low], FREE),
        protected=photograph(folder, series, "protected", [wide], PROTECTED),
        small=photograph(folder, fonds, "small", [low], FREE),
        draft=photograph(folder, fonds, "draft", [low], FREE, publish=False),
        withdrawn=photograph(folder, fonds, "withdrawn", [low], FREE),
        without=photograph(folder, fonds, "without", [], FREE),
    )
    image = catalogue.image_by_id(db.session(), gallery.withdrawn.id)
    catalogue.withdraw(TESTER, image, reason_class="privacy")
    for asset_id in media.want(db.session()):
        media.render(asset_id)
    follow.reindex()
    db.release()
    return gallery


def photograph(
    folder: Path,
    unit: Unit,
    name: str,
    pictures: list[Drawing.Image],
    statement: str,
    *,
    publish: bool = True,
) -> Photograph:
    """Accession and publish one; its pictures are not rendered yet."""
    files = []
    for number, picture in enumerate(pictures):
        path = folder / f"{name}-{number}.png"
        picture = picture.copy()
        picture.paste((sum(name.encode()) % 256, number, 0), (0, 0, 1, 1))  # no two are the same
        picture.save(path, compress_level=1)
        kept = media.masters().put_file(path)
        files.append(FileDraft(kept, path.name, side=("recto", "verso")[number], mime="image/png"))
    with db.transaction():
        image = catalogue.accession(TESTER, unit, _described(name, statement), files)
    if publish:
        catalogue.publish(TESTER, image)
    assets = tuple(asset["id"] for asset in catalogue.own_record(db.session(), image)["assets"])
    return Photograph(image.public_id, assets)


def _described(name: str, statement: str) -> Draft:
    rights = Rights(rights_statement=statement, credit_line="Próba Archívum")
    draft = Draft(ref_code=f"HU-G/{name}", creator_unknown=True, rights=rights)
    draft.title("hu", f"Vonalak: {name}")
    draft.title("en", f"Lines: {name}")
    draft.captions.append(CaptionDraft("archivist_description", "hu", f"Ami látszik: {name}"))
    draft.captions.append(CaptionDraft("donor_account", "hu", SECRET, public=False))
    draft.dates.append(DateDraft("1956. október 23.", "hu"))
    draft.agents.append(LinkDraft("Próba Pál", "depicted", kind="person", region=[10, 20, 30, 40]))
    draft.agents.append(
        LinkDraft(SECRET, "depicted", kind="person", public=False, region=[1, 2, 3, 4])
    )
    draft.places.append(LinkDraft("Próba híd", "shown"))
    return draft
