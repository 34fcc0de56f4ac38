"""An archive in which some photographs look alike, for tests that look for them.

Of one scene there is the original, a smaller darker copy, a mirrored one and a part; of another a
published photograph, of a third one that nobody may see. The scenes are soft patches of light.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Drawing

from archive import db, jobs
from archive.accounts import service as accounts
from archive.app import create_app
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import CaptionDraft, DateDraft, Draft, FileDraft, Rights
from archive.catalogue.models import Image, Unit
from archive.history import Actor, system
from archive.media import service as media
from archive.settings import Settings
from tests.databases import begin
from tests.forms import Form

TESTER = system("tests")
EMAIL, PASSWORD = "a@demo.example", "four words in a row"
FREE = "http://creativecommons.org/publicdomain/mark/1.0/"


def scene(seed: int, width: int = 640, height: int = 480) -> Drawing.Image:
    """Soft patches of light, as different from one another as photographs are."""
    draw = np.random.default_rng(seed)
    coarse, fine = (draw.integers(0, 256, size, dtype=np.uint8) for size in ((9, 12), (45, 60)))
    layers = [
        np.asarray(Drawing.fromarray(layer).resize((width, height), Drawing.Resampling.BICUBIC))
        for layer in (coarse, fine)
    ]
    return Drawing.fromarray((layers[0] * 0.7 + layers[1] * 0.3).astype(np.uint8))


def as_file(picture: Drawing.Image, form: str = "JPEG") -> io.BytesIO:
    """A picture as somebody sends it."""
    file = io.BytesIO()
    picture.save(file, form)
    file.seek(0)
    return file


PICTURES = {
    "original": scene(1),
    "copy": scene(1).resize((400, 300)).point(lambda value: value * 0.7 + 20),
    "mirrored": scene(1).transpose(Drawing.Transpose.FLIP_LEFT_RIGHT),
    "part": scene(1).crop((60, 40, 600, 450)),
    "other": scene(2),
    "hidden": scene(3),
}
PUBLIC = ("original", "mirrored", "other")


@dataclass(frozen=True)
class Lookalikes:
    """The archive, its archivist, and the photographs' identifiers by what they are."""

    app: Flask
    archivist: Actor
    ids: dict[str, str] = field(default_factory=dict)

    def image(self, name: str) -> Image:
        return catalogue.image_by_id(db.session(), self.ids[name])

    def reader(self) -> FlaskClient:
        return self.app.test_client()

    def signed_in(self) -> FlaskClient:
        client = self.app.test_client()
        page = client.get("/account/login").get_data(as_text=True)
        token = Form(page).values["csrf_token"]
        typed = {"email": EMAIL, "password": PASSWORD, "csrf_token": token}
        assert client.post("/account/login", data=typed).status_code == 302
        return client


@pytest.fixture
def lookalikes(tmp_path: Path, sqlite_template: Path, word_folder: Path) -> Iterator[Lookalikes]:
    """Received, rendered and compared; each test has its own."""
    settings = Settings(data=tmp_path, secret_key="a key for tests only")
    begin(settings, sqlite_template, word_folder)
    app = create_app(settings)
    media.masters().prepare()
    someone = accounts.add_person(
        TESTER, email=EMAIL, name="A", roles=["archivist"], password=PASSWORD
    )
    fonds = catalogue.add_unit(TESTER, ref_code="HU-L", title={"hu": "Képtár", "en": "Gallery"})
    made = Lookalikes(app, Actor(someone.id, "archivist", frozenset({"archivist"})))
    for name, picture in PICTURES.items():
        made.ids[name] = _photograph(tmp_path, fonds, name, picture).public_id
    with db.transaction():
        media.render_waiting()
    jobs.run_due()
    db.release()
    yield made
    db.disconnect()


def _photograph(folder: Path, unit: Unit, name: str, picture: Drawing.Image) -> Image:
    path = folder / f"{name}.png"
    picture.save(path)
    kept = media.masters().put_file(path)
    rights = Rights(rights_statement=FREE, credit_line="Próba Archívum")
    draft = Draft(ref_code=f"HU-L/{name}", creator_unknown=True, rights=rights)
    draft.title("hu", f"Kép: {name}")
    draft.title("en", f"Picture: {name}")
    draft.captions.append(CaptionDraft("archivist_description", "hu", f"Ami látszik: {name}"))
    draft.dates.append(DateDraft("1956. október 23.", "hu"))
    with db.transaction():
        image = catalogue.accession(
            TESTER, unit, draft, [FileDraft(kept, path.name, mime="image/png")]
        )
    if name in PUBLIC:
        catalogue.publish(TESTER, image)
    return image
