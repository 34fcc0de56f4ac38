"""A delivery of harmful pictures with good ones between, taken in as people do it.

The invariant: each harmful file is answered with a sentence, and none costs a good one anything,
nor the process more memory than it was given.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from archive import db, history
from archive.accounts import service as accounts
from archive.app import create_app
from archive.ingest.models import Batch
from archive.ingest.receive import legible
from archive.media import service as media
from archive.media.limits import Limits
from archive.media.models import Picture
from archive.media.renderer import Renderer
from archive.settings import Settings
from tests.databases import begin
from tests.unit.media import builders as b
from tests.unit.media.hostile import corpus

PROGRAM = Path(sys.executable).with_name("pillanat")
GIB = 1 << 30
GOOD = 30
PASSWORD = "four words in a row"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
ALIVE = re.compile(r"<script>alert|<img src=x|\" ?onerror=")


@dataclass(frozen=True)
class Delivery:
    """What was told of each file by its name, what was said at the end, and a signed-in reader."""

    told: dict[str, dict[str, Any]]
    summary: dict[str, Any]
    archivist: FlaskClient

    def received(self) -> list[str]:
        """The photographs of hostile files that were taken in."""
        lines = (self.told[legible(name)] for name in corpus())
        return [line["id"] for line in lines if line["outcome"] == "received"]


@pytest.fixture(scope="module")
def delivery(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, word_folder: Path
) -> Iterator[Delivery]:
    """All hostile files in one folder, every fourth followed by a good picture; taken in once."""
    folder = tmp_path_factory.mktemp("hostile")
    box = _packed(folder / "box")
    settings = Settings(data=folder, secret_key="a key for tests only")
    begin(settings, sqlite_template, word_folder)
    lines = _ingested(box, folder)
    app = create_app(settings)
    with Renderer(Limits(memory_bytes=GIB, cpu_seconds=60)) as renderer:
        for asset_id in media.want(db.session()):
            media.render(asset_id, renderer.render)
    told = {Path(line["path"]).name: line for line in lines[:-1]}
    yield Delivery(told, lines[-1]["summary"], _signed_in(app.test_client()))
    db.disconnect()


def _packed(box: Path) -> Path:
    box.mkdir()
    for number, (name, (data, _)) in enumerate(corpus().items()):
        (box / name).write_bytes(data)
        if number < 4 * GOOD and number % 4 == 0:
            good = b.jpeg(b.segment(0xFE, name.encode()), picture=b.drawing(100 + number, 80))
            (box / f"{name[:40]} good {number // 4}.jpg").write_bytes(good)
    return box


def _ingested(box: Path, folder: Path) -> list[dict[str, Any]]:
    """The lines of `pillanat ingest --json`, which is given one GiB and two minutes of CPU."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (GIB, GIB))
        resource.setrlimit(resource.RLIMIT_CPU, (120, 120))

    ended = subprocess.run(
        [PROGRAM, "ingest", box, "--json"],
        env={**os.environ, "PILLANAT_DATA": str(folder), "PILLANAT_PROBE_MEMORY_MIB": "768"},
        preexec_fn=bounded,
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    return [json.loads(line) for line in ended.stdout.splitlines()]


def _signed_in(client: FlaskClient) -> FlaskClient:
    typed = {"email": "a@demo.example", "password": PASSWORD}
    operator = history.system("a test")
    accounts.add_person(operator, name="A", roles=["archivist"], **typed)
    page = client.get("/account/login").text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert token
    assert client.post("/account/login", data={**typed, "csrf_token": token[1]}).status_code == 302
    return client


def test_each_hostile_file_has_its_outcome_and_a_sentence(delivery: Delivery) -> None:
    wrong = {}
    for name, (_, code) in corpus().items():
        line = delivery.told[legible(name)]
        if line["outcome"] != ("refused" if code else "received"):
            wrong[name] = line
        assert re.fullmatch(r"[A-Z].*\.", line["reason"]), line
    assert wrong == {}


def test_every_good_picture_between_them_is_received_and_drawn(delivery: Delivery) -> None:
    good = [line for name, line in delivery.told.items() if " good " in name]
    assert [line["outcome"] for line in good] == ["received"] * len(good)
    assert len(good) >= GOOD - 5
    assert delivery.summary["received"] + delivery.summary["refused"] == len(delivery.told)
    assert "trouble" not in delivery.summary
    states = db.session().execute(select(Picture.state, Picture.reason)).all()
    assert "waiting" not in {state for state, _ in states}
    assert all(reason.endswith(".") for state, reason in states if state == "failed"), states


def test_no_word_of_a_file_comes_alive_on_a_page(delivery: Delivery) -> None:
    batch = db.session().scalars(select(Batch)).one()
    pages = [f"/workbench/receive/{batch.public_id}"]
    for public_id in delivery.received():
        pages += [f"/photographs/{public_id}", f"/workbench/photographs/{public_id}"]
    for address in pages:
        answer = delivery.archivist.get(address)
        assert answer.status_code == 200, address
        assert ALIVE.search(answer.text) is None, address
        assert CONTROL.findall(answer.text) == [], address


def test_no_control_character_is_kept_in_a_record(delivery: Delivery) -> None:
    for public_id in delivery.received():
        record = delivery.archivist.get(f"/photographs/{public_id}.json").get_json()
        assert CONTROL.findall(json.dumps(record, ensure_ascii=False)) == [], public_id
