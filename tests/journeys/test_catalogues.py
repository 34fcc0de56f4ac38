"""All real catalogues come in through the screen, are changed by the thousand, and undone.

In the end the archive says, byte for byte, what it said before anything came.
"""

from __future__ import annotations

import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from archive import db, history, jobs
from archive.accounts import service as accounts
from archive.catalogue import dump
from archive.catalogue import service as catalogue
from archive.catalogue.bulk import BulkPlan
from archive.catalogue.models import Image
from archive.history import ChangeSet
from archive.ingest.models import Batch

RECEIVE, CHANGES = "/workbench/receive", "/workbench/changes"
PASSWORD = "four words in a row"
CHANGED = 2_000
SUBJECT = {"name-1-do": "add", "name-1-kind": "concept", "name-1-name": "próba"}


@pytest.fixture
def archivist(client: FlaskClient) -> FlaskClient:
    """A client that is signed in as an archivist."""
    operator = history.system("command line")
    accounts.add_person(
        operator, email="a@demo.example", name="A", roles=["archivist"], password=PASSWORD
    )
    db.release()
    sent = {"csrf_token": token(client.get("/account/login")), "email": "a@demo.example"}
    assert client.post("/account/login", data={**sent, "password": PASSWORD}).status_code == 302
    return client


def token(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def form_of(page: TestResponse) -> dict[str, list[str]]:
    """The sorting form as the page shows it."""
    form = page.text.split('<form method="post" class="stack-wide">')[1].split("</form>")[0]
    values: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form):
        values.setdefault(name, []).append(unescape(value))
    for name, options in re.findall(
        r'<select[^>]* name="([\w-]+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = [unescape(chosen[1]) if chosen else ""]
    return values


def send(client: FlaskClient, path: Path) -> TestResponse:
    parts = [(io.BytesIO(path.read_bytes()), path.name)]
    sent = {"csrf_token": token(client.get(RECEIVE)), "files": parts}
    return client.post(RECEIVE, data=sent, content_type="multipart/form-data")


def receive(client: FlaskClient, path: Path) -> None:
    """Save the mapping that the archive guesses, load it by its name, and take the list in."""
    page = client.get(send(client, path).location)
    where = page.request.path
    kept = client.post(where, data={**form_of(page), "act": "save", "name": path.stem})
    loaded = client.post(where, data={**form_of(kept), "act": "load", "saved": path.stem})
    taken = client.post(where, data={**form_of(loaded), "act": "take", "title": path.stem})
    assert taken.status_code == 302, taken.text
    db.release()
    jobs.run_due()


def said() -> str:
    return json.dumps({name: list(rows) for name, rows in dump.parts(db.session()).items()})


def change_set_of(work: Batch | BulkPlan) -> ChangeSet:
    return db.session().get_one(ChangeSet, work.change_set_id)


def count(model: type[db.Base]) -> int:
    return db.session().scalar(select(func.count()).select_from(model)) or 0


def press(client: FlaskClient, page: TestResponse, **values: str) -> TestResponse:
    """Press a button of a page and follow until the work that it began has ended."""
    sent = {"csrf_token": token(page), **values}
    answer = client.post(page.request.path, data=sent, follow_redirects=True)
    db.release()
    jobs.run_due()
    return client.get(answer.request.path, follow_redirects=True)


def change_all(client: FlaskClient) -> None:
    """One credit line and one more subject for all that is there, previewed and carried out."""
    sent = {"csrf_token": token(client.get("/workbench/photographs")), "all": "1"}
    asked = {"how-credit_line": "set", "value-credit_line": "Próba", **SUBJECT}
    preview = client.post("/workbench/bulk", data=sent | asked, follow_redirects=True)
    db.release()
    jobs.run_due()
    press(client, client.get(preview.request.path), act="carry_out")


def undo(client: FlaskClient, address: str) -> None:
    press(client, client.get(address))


def test_what_came_in_by_the_thousand_is_undone_to_the_letter(
    archivist: FlaskClient, shared_data: Path
) -> None:
    actor = history.system("tests")
    catalogue.add_unit(actor, ref_code="HU-T", title={"hu": "Ami előbb itt volt"})
    before = said()
    lists = sorted((shared_data / "catalogues").glob("*.csv"))
    for path in lists:
        receive(archivist, path)
    batches = db.session().scalars(select(Batch).order_by(Batch.id)).all()
    assert [batch.state for batch in batches] == ["finished"] * len(lists)
    assert sum(batch.counts["described"] for batch in batches) >= count(Image) > CHANGED
    pages = [f"{CHANGES}/{change_set_of(batch).public_id}" for batch in batches]
    received = said()
    change_all(archivist)
    assert said() != received
    made = db.session().scalars(select(BulkPlan)).one()
    assert made.changed == made.total == count(Image)
    undo(archivist, f"{CHANGES}/{change_set_of(made).public_id}")
    assert said() == received
    for page in reversed(pages):
        undo(archivist, page)
    assert count(Image) == 0
    assert said() == before
