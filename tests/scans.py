"""An archive with one scan on which three prints lie, for tests that take them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Drawing

from archive import db, jobs
from archive.accounts import service as accounts
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft, FileDraft, Rights
from archive.media import service as media
from tests.forms import Form
from tests.gallery import PASSWORD, PROTECTED, TESTER, empty
from tests.lookalikes import scene

EMAIL = "a@demo.example"
LID = 250
PLACES = ((60, 60), (760, 60), (60, 560))


@dataclass(frozen=True)
class Scanned:
    """The archive and its scan: photograph, file, and the page of its technical check."""

    app: Flask
    id: str
    asset: str

    @property
    def page(self) -> str:
        return f"/workbench/photographs/{self.id}/check"

    def signed_in(self, email: str = EMAIL) -> FlaskClient:
        client = self.app.test_client()
        token = Form(client.get("/account/login").text).values["csrf_token"]
        typed = {"email": email, "password": PASSWORD, "csrf_token": token}
        assert client.post("/account/login", data=typed).status_code == 302
        return client


def boxes(page: str) -> list[str]:
    """The boxes that can be chosen on a page of the technical check."""
    return re.findall(r'name="box" value="([^"]+)"', page)


@pytest.fixture
def scanned(tmp_path: Path, sqlite_template: Path, word_folder: Path) -> Iterator[Scanned]:
    """Received and rendered; each test has its own."""
    app = empty(tmp_path, sqlite_template, word_folder)
    accounts.add_person(TESTER, email=EMAIL, name="A", roles=["archivist"], password=PASSWORD)
    bed = Drawing.new("L", (1400, 1000), LID)
    for seed, place in enumerate(PLACES):
        bed.paste(scene(seed, 560, 380).point(lambda level: level * 0.6 + 20), place)
    bed.save(tmp_path / "bed.png")
    kept = media.masters().put_file(tmp_path / "bed.png")
    file = FileDraft(kept, "bed.png", mime="image/png", digitised="2026-10-23")
    unit = catalogue.add_unit(TESTER, ref_code="HU-S", title={"hu": "Lapok", "en": "Sheets"})
    rights = Rights(rights_statement=PROTECTED, credit_line="Próba Archívum")
    draft = Draft(ref_code="HU-S/1", rights=rights, notes="not of each print")
    draft.title("hu", "Három kép egy lapon")
    draft.title("en", "Three pictures on a sheet")
    with db.transaction():
        image = catalogue.accession(TESTER, unit, draft, [file])
        media.render_waiting()
    jobs.run_due()
    (asset,) = catalogue.own_record(db.session(), image)["assets"]
    db.release()
    yield Scanned(app, image.public_id, asset["id"])
    db.disconnect()
