"""Every screen of the workbench, opened once: for every reader, narrow and wide, light and dark.

The archive behind it is made by the forms of the workbench themselves. The invariant: a screen
that is added to the workbench is opened here, or the last test names it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import select

from archive import db, history, jobs
from archive.accounts import service as accounts
from archive.catalogue import models
from archive.search import misses
from archive.search.models import Miss
from archive.settings import current
from tests.chromium import sign_in
from tests.collection import Collection, exhibition
from tests.served import opened

__all__ = ["exhibition"]
pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"
OPERATOR = history.system("test")
W = "/workbench"
NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 800}
# A bar that stays in sight lies over something wherever one is; scrolling brings that out.
UNSTUCK = """() => { for (const one of document.querySelectorAll('main *')) {
  if (getComputedStyle(one).position === 'sticky') one.style.position = 'static';
} }"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
LISTS_SIDEWAYS = """() => [...document.querySelectorAll('.told')]
  .filter((list) => list.scrollWidth > list.parentElement.clientWidth).length"""
# What answers to programs or with a file, and what only leads on to another page.
NO_SCREEN = {
    "arrange.below", "authorities.life", "authorities.lookup", "authorities.lookup_options",
    "reports.table", "sheets.export", "sheets.units", "vocabularies.export", "workbench.dates",
    "workbench.start_queue", "workbench.values",
}  # fmt: skip
ATOM = "legacyId,identifier,title,levelOfDescription,culture\n1,F1,Egy fond,Fonds,hu\n"


class Desk:
    """An archivist's browser without scripts, to fill the archive with."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.post("/account/login", email="a@demo.example", password=PASSWORD)

    def post(self, to: str, **values: object) -> str:
        """Send a form; gives the address it leads to, without its query."""
        page = self.client.get("/account/login", follow_redirects=True).text
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        page = page if token else self.client.get(W).text
        token = token or re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        assert token is not None
        answer = self.client.post(
            to, data={"csrf_token": token[1], **values}, content_type="multipart/form-data"
        )
        return str(answer.location or to).split("?")[0]

    def send(self, to: str, name: str, data: str | bytes, field: str, **more: object) -> str:
        sent = data.encode() if isinstance(data, str) else data
        return self.post(to, **{field: (io.BytesIO(sent), name)}, **more)

    def conflicting_sheet(self) -> str:
        """Written out, changed in the sheet and in the archive, and sent back."""
        with self.client.get(f"{W}/sheets/export?form=csv&lang=en") as answer:
            rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
        place = rows[0].index("credit line")
        for row in rows[1:]:
            row[place] = "A táblázat szerint"
        self.plan("A munkaasztal szerint", carry_out=True)
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        return self.send(f"{W}/sheets", "vissza.csv", out.getvalue(), "sheet")

    def plan(self, credit: str, *, carry_out: bool = False) -> str:
        wanted = {"how-credit_line": "set", "value-credit_line": credit, "all": "1"}
        plan = self.post(f"{W}/bulk", **wanted)
        if carry_out:
            return self.post(plan, act="carry_out")
        return plan


@pytest.fixture(scope="module")
def screens(exhibition: tuple[Flask, Collection]) -> list[str]:
    """The addresses of all screens, of an archive in which something is to be seen on each."""
    app, collection = exhibition
    jobs.connect(current())
    accounts.add_person(
        OPERATOR, email="a@demo.example", name="A", roles=["archivist"], password=PASSWORD
    )
    db.release()
    desk = Desk(app.test_client())
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), (200, 60, 40)).save(picture, "PNG")
    batch = f"{desk.send(f'{W}/receive', '1.png', picture.getvalue(), 'files')}"
    batch = desk.post(batch, act="take", title="Egy doboz")
    jobs.run_due()
    sort = desk.send(f"{W}/receive", "lista.csv", "Fájl;Cím\n2.png;Tüntetés\n", "files")
    sheet = desk.conflicting_sheet()
    atom = desk.send(f"{W}/sheets/atom", "atom.csv", ATOM, "file")
    plan = desk.plan("Valaki más")
    session = db.session()
    change = session.scalars(
        select(history.ChangeSet.public_id).where(history.ChangeSet.action == "bulk")
    ).first()
    kinds = {
        "agent": models.Agent, "place": models.Place, "event": models.Event,
        "concept": models.Concept,
    }  # fmt: skip
    names = {
        kind: session.scalars(select(model.public_id)).first() for kind, model in kinds.items()
    }
    desk.post(f"{W}/authorities/agent/new", name="Próba Páll", kind="person")
    other = session.scalars(select(models.Agent.public_id).order_by(models.Agent.id.desc())).first()
    desk.post(f"{W}/authorities/duplicates", kind="agent", look="1")
    jobs.run_due()
    db.release()
    misses.note("felborult omnibusz")
    misses.note("felborult villamos a hídon")
    miss = db.session().scalars(select(Miss.public_id)).first()
    db.release()
    unit, photograph = f"{W}/units", f"{W}/photographs/{collection.free}"
    agent = f"{W}/authorities/agent/{names['agent']}"
    return [
        W, f"{W}/photographs?at={collection.free}", f"{W}/photographs?q=xyzzy", photograph,
        f"{W}/photographs/{collection.draft}", f"{photograph}/history", f"{photograph}/check",
        f"{W}/receive", sort, batch, f"{W}/receive/proposals",
        f"{W}/look-alikes", f"{W}/sheets", sheet, f"{sheet}?show=conflicts", atom,
        f"{W}/changes", f"{W}/changes/{change}", plan,
        f"{W}/bulk/merge?id={collection.free}&id={collection.protected}",
        unit, f"{unit}?at={collection.unit}", f"{unit}/+new", f"{unit}/{collection.unit}",
        f"{unit}/+history/{collection.unit}", f"{unit}/+strip/{collection.unit}",
        f"{unit}/+move?which={collection.unit}",
        f"{W}/authorities", *(f"{W}/authorities/{kind}" for kind in names),
        *(f"{W}/authorities/{kind}/{name}" for kind, name in names.items()),
        f"{W}/authorities/agent/new", f"{agent}/history", f"{agent}/merge",
        f"{agent}/merge?with={other}", f"{W}/authorities/duplicates?kind=agent",
        f"{W}/authorities/take-over", f"{W}/authorities/vocabularies",
        f"{W}/authorities/vocabularies/subject",
        f"{W}/reports", f"{W}/reports/lacking/no_title", f"{W}/reports/contradictions",
        f"{W}/reports/searches", f"{W}/reports/searches/{miss}",
        f"{W}/reports/wanted", f"{W}/reports/wishes", f"{W}/reports/work",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def place(exhibition: tuple[Flask, Collection]) -> Iterator[str]:
    with opened(exhibition[0]) as address:
        yield address


def test_every_screen_is_for_everybody(
    open_window: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    complaints: list[str],
    place: str,
    screens: list[str],
) -> None:
    page = open_window(viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    sign_in(page, place, "a@demo.example", PASSWORD)
    wrong = []
    for path in screens:
        answer = page.goto(place + path)
        assert answer is not None
        if answer.status != 200:
            wrong.append(f"{path} answers {answer.status}")
        for size, scheme in ((WIDE, "light"), (NARROW, "dark")):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.evaluate(UNSTUCK)
            wrong += [f"{path} {scheme}: {found}" for found in axe(page)]
            if page.evaluate(SIDEWAYS) > 0:
                wrong.append(f"{path} scrolls sideways at {size['width']}")
            if size == NARROW and page.evaluate(LISTS_SIDEWAYS):
                wrong.append(f"{path} has a list of which something is beyond its frame")
    assert not wrong, "\n".join(wrong)
    assert complaints == []


def test_no_screen_is_left_out(exhibition: tuple[Flask, Collection], screens: list[str]) -> None:
    app = exhibition[0]
    asked = app.url_map.bind("localhost")
    seen = {asked.match(path.split("?")[0], method="GET")[0] for path in screens}
    all_screens = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(W) and "GET" in (rule.methods or ())
    }
    assert all_screens - seen == NO_SCREEN
