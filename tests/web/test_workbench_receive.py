"""Receiving on the workbench, as a browser without scripts would do it."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Picture
from sqlalchemy import select
from werkzeug.test import TestResponse

from archive import db, history, jobs
from archive.accounts import service as accounts
from archive.catalogue.models import Image
from archive.ingest import service
from archive.ingest.models import Batch, Proposal, SavedMapping
from archive.workbench.receiving import pages

RECEIVE = "/workbench/receive"
PASSWORD = "four words in a row"
LIST = "Fájlnév;Cím;Dátum;Kitől\n1.png;Tüntetés a téren;1956 ősze;Kis Pál\n2.png;Utca;1957;\n"


@pytest.fixture
def archivist(app: Flask, client: FlaskClient) -> FlaskClient:
    """A client that is signed in as an archivist."""
    operator = history.system("command line")
    accounts.add_person(
        operator, email="a@demo.example", name="A", roles=["archivist"], password=PASSWORD
    )
    db.release()
    page = client.get("/account/login")
    sent = {"csrf_token": token(page), "email": "a@demo.example", "password": PASSWORD}
    assert client.post("/account/login", data=sent).status_code == 302
    return client


def token(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def picture(tone: int) -> bytes:
    target = io.BytesIO()
    Picture.new("RGB", (20, 10), (tone, 40, 90)).save(target, "PNG")
    return target.getvalue()


def send(client: FlaskClient, *files: tuple[str, bytes]) -> TestResponse:
    parts = [(io.BytesIO(data), name) for name, data in files]
    sent = {"csrf_token": token(client.get(RECEIVE)), "files": parts}
    return client.post(RECEIVE, data=sent, content_type="multipart/form-data")


def press(client: FlaskClient, page: TestResponse, act: str, **more: str) -> TestResponse:
    """Send the sorting form back as the page shows it, changed in `more`."""
    form = page.text.split('<form method="post" class="stack-wide">')[1].split("</form>")[0]
    values: dict[str, str | list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form):
        values.setdefault(name, [])
        values[name].append(unescape(value))  # type: ignore[union-attr]
    for name, options in re.findall(
        r'<select[^>]* name="([\w-]+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = unescape(chosen[1]) if chosen else ""
    return client.post(page.request.path, data={**values, "act": act, **more})


def test_a_delivery_goes_from_upload_to_photographs(archivist: FlaskClient) -> None:
    sent = send(
        archivist,
        ("1.png", picture(1)),
        ("2.png", picture(2)),
        ("lista.csv", LIST.encode("cp1250")),
    )
    page = archivist.get(sent.location)
    assert page.status_code == 200
    for words in ("Tüntetés a téren", "1956 ősze", "1.png", "Kitől"):
        assert words in page.text
    again = press(archivist, page, "look", **{"target-3": "creator"})
    assert "Kis Pál</td>" in again.text.split('id="preview"')[1]
    opened = press(archivist, again, "take", title="Kis Pál hagyatéka")
    assert opened.status_code == 302
    waiting = archivist.get(opened.location)
    assert waiting.headers["Refresh"] == "3"
    assert "Refresh" not in archivist.get(f"{opened.location}?still=1").headers
    db.release()
    jobs.run_due()
    done = archivist.get(opened.location)
    assert "Refresh" not in done.headers
    assert "Bekerült." in done.text or "Received." in done.text
    batch = db.session().scalars(select(Batch)).one()
    assert (batch.state, batch.counts["received"], batch.title) == (
        "finished", 2, "Kis Pál hagyatéka",
    )  # fmt: skip
    assert batch.unit is not None
    assert batch.unit.ref_code == "KIS-PAL-HAGYATEKA"
    assert not Path(batch.paths[0]).exists()
    for image in db.session().scalars(select(Image)):
        assert f"/workbench/photographs/{image.public_id}" in done.text
    change = re.search(r'href="(/workbench/changes/[^"]+)"', done.text)
    assert change is not None
    undoing = archivist.get(change[1])
    archivist.post(change[1], data={"csrf_token": token(undoing)})
    db.release()
    assert db.session().scalars(select(Image)).all() == []


def test_a_rehearsal_can_be_taken_in(archivist: FlaskClient) -> None:
    page = archivist.get(send(archivist, ("1.png", picture(1))).location)
    rehearsed = press(archivist, page, "rehearse", title="Próba")
    db.release()
    jobs.run_due()
    report = archivist.get(f"{rehearsed.location}?lang=en")
    assert "It would be received" in report.text
    assert ">Received" not in report.text
    assert db.session().scalars(select(Image)).all() == []
    taken = archivist.post(f"{rehearsed.location}/take", data={"csrf_token": token(report)})
    db.release()
    jobs.run_due()
    assert archivist.get(taken.location).status_code == 200
    assert len(db.session().scalars(select(Image)).all()) == 1


def test_nothing_sent_is_said(archivist: FlaskClient) -> None:
    answer = archivist.post(
        RECEIVE, data={"csrf_token": token(archivist.get(RECEIVE))}, follow_redirects=True
    )
    assert 'class="notice error"' in answer.text
    assert db.session().scalars(select(Batch)).all() == []


def test_a_delivery_without_pictures_says_so_and_takes_more(archivist: FlaskClient) -> None:
    sent = send(archivist, ("levél.txt", b"not a picture"), ("Thumbs.db", b"x"))
    sorting = archivist.get(sent.location)
    assert sorting.status_code == 200
    only_junk = send(archivist, ("Thumbs.db", b"x"))
    page = archivist.get(f"{only_junk.location}?lang=en")
    assert page.status_code == 422
    assert "what you sent holds no photographs" in page.text
    more = {"csrf_token": token(page), "files": (io.BytesIO(picture(3)), "3.png")}
    added = archivist.post(f"{only_junk.location}/files", data=more)
    assert archivist.get(added.location).status_code == 200


def test_names_of_uploads_cannot_leave_their_folder(archivist: FlaskClient) -> None:
    sent = send(
        archivist,
        ("../../../evil.png", picture(1)),
        ("mappa/egy.png", picture(2)),
        ("mappa/egy.png", picture(3)),
        ("..", picture(4)),
    )
    folder = service.upload_folder(sent.location.split("/")[-1].split("?")[0])
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert found == {"evil.png", "mappa/egy.png", "mappa/egy (2).png", "unnamed"}


@pytest.mark.parametrize("token_like", ["..", "nothing12345", "a", "%2e%2e", "ABCDEFGHIJ"])
def test_a_wrong_token_is_not_there(archivist: FlaskClient, token_like: str) -> None:
    assert archivist.get(f"{RECEIVE}/sort/{token_like}").status_code == 404


def test_a_zip_shows_its_files_and_their_problems(archivist: FlaskClient) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.png", picture(1))
        archive.writestr("../b.png", picture(2))
    page = archivist.get(send(archivist, ("doboz.zip", target.getvalue())).location + "?lang=en")
    assert "a.png" in page.text
    assert "points outside its folder" in page.text
    assert 'value="doboz"' in page.text


def test_a_mapping_is_saved_and_used_again(archivist: FlaskClient) -> None:
    files = (("1.png", picture(1)), ("lista.csv", LIST.encode()))
    page = archivist.get(send(archivist, *files).location)
    press(archivist, page, "save", name="mi listánk", **{"target-3": "donor"})
    saved = db.session().scalars(select(SavedMapping)).one()
    assert saved.columns["columns"]["Kitől"]["target"] == "donor"
    fresh = archivist.get(send(archivist, *files).location)
    loaded = press(archivist, fresh, "load", saved="mi listánk")
    column = re.search(r'<select name="target-3".*?</select>', loaded.text, re.DOTALL)
    assert column is not None
    assert 'value="donor" selected' in column[0]
    nameless = press(archivist, fresh, "save")
    assert 'class="notice error"' in nameless.text


def test_only_columns_of_names_may_begin_with_the_family_name(archivist: FlaskClient) -> None:
    page = archivist.get(send(archivist, ("1.png", picture(1)), ("l.csv", LIST.encode())).location)
    assert not re.search(r'name="family-[012]"', page.text)
    named = press(archivist, page, "look", **{"target-3": "creator", "family-1": "1"})
    assert re.findall(r'name="(family-\d)"', named.text) == ["family-3"]
    press(archivist, named, "save", name="nevek", **{"family-1": "1", "family-3": "1"})
    saved = db.session().scalars(select(SavedMapping)).one().columns["columns"]
    assert [saved[name]["family_first"] for name in ("Cím", "Kitől")] == [False, True]


def test_a_list_is_read_back_and_its_rows_are_told_in_words(archivist: FlaskClient) -> None:
    made = "Cím;Dátum\nTüntetés;1956-10-23\nUtca;1957\n".encode()
    page = archivist.get(f"{send(archivist, ('lista.csv', made)).location}?lang=hu")
    assert "1956-10-23 → 1956. október 23." in page.text
    assert 'name="title" maxlength="200" value="lista"' in page.text
    opened = press(archivist, page, "take")
    db.release()
    jobs.run_due()
    assert "lista.csv, 2. sor" in archivist.get(f"{opened.location}?lang=hu").text


def test_proposals_are_decided(archivist: FlaskClient) -> None:
    first = archivist.get(send(archivist, ("1.png", picture(1))).location)
    press(archivist, first, "take", title="Doboz")
    db.release()
    jobs.run_due()
    for title in ("Egyik", "Másik"):
        rows = f"Fájlnév;Cím\n1.png;{title}\n".encode()
        page = archivist.get(send(archivist, ("1.png", picture(1)), ("l.csv", rows)).location)
        press(archivist, page, "take", title="Doboz")
        db.release()
        jobs.run_due()
    shown = archivist.get(f"{RECEIVE}/proposals")
    assert "Egyik" in shown.text
    assert "Másik" in shown.text
    keys = re.findall(rf"{RECEIVE}/proposals/(\w+)", shown.text)
    assert len(keys) == 2
    for key, act in zip(keys, ("accept", "reject"), strict=True):
        sent = {"csrf_token": token(shown), "act": act}
        assert archivist.post(f"{RECEIVE}/proposals/{key}", data=sent).status_code == 302
    db.release()
    states = [row.state for row in db.session().scalars(select(Proposal).order_by(Proposal.id))]
    assert states == ["accepted", "rejected"]
    twice = {"csrf_token": token(shown), "act": "accept"}
    archivist.post(f"{RECEIVE}/proposals/{keys[1]}", data=twice)
    db.release()
    assert db.session().scalars(select(Proposal.state)).all()[1] == "rejected"


def test_an_interrupted_batch_is_gone_on_with(archivist: FlaskClient) -> None:
    page = archivist.get(send(archivist, ("1.png", picture(1))).location)
    opened = press(archivist, page, "take", title="Doboz")
    with db.transaction() as session:
        batch = session.scalars(select(Batch)).one()
        batch.state = "interrupted"
        session.execute(jobs.Job.__table__.delete())
    shown = archivist.get(opened.location)
    address = re.search(r'action="([^"]*/resume[^"]*)"', shown.text)
    assert address is not None
    archivist.post(unescape(address[1]), data={"csrf_token": token(shown)})
    db.release()
    jobs.run_due()
    assert db.session().scalars(select(Batch.state)).one() == "finished"


def test_readers_find_nothing_here(client: FlaskClient) -> None:
    for page in ("", "/proposals", "/sort/abcdefgh12", "/abc"):
        assert client.get(RECEIVE + page).status_code in (302, 404)
    assert client.post(RECEIVE).status_code in (302, 400, 404)


def test_the_preview_tells_which_named_file_is_not_there(archivist: FlaskClient) -> None:
    sent = send(archivist, ("1.png", picture(1)), ("lista.csv", LIST.encode("cp1250")))
    preview = archivist.get(f"{sent.location}?lang=en").text.split('id="preview"')[1]
    assert "the file 2.png is not in the delivery" in preview
    assert "1.png is not in" not in preview


@pytest.mark.parametrize("words", ["Tüntetés a TÉREN", "TÜNTETÉS", "1.PNG", "1.p"])
def test_the_list_finds_a_photograph_by_its_words_and_its_file(
    archivist: FlaskClient, words: str
) -> None:
    page = archivist.get(
        send(
            archivist,
            ("1.png", picture(1)),
            ("2.png", picture(2)),
            ("lista.csv", LIST.encode("cp1250")),
        ).location
    )
    press(archivist, page, "take", title="Doboz")
    db.release()
    jobs.run_due()
    found = archivist.get("/workbench/photographs", query_string={"q": words}).text
    assert "Tüntetés a téren" in found
    assert ">Utca<" not in found
    assert ">Utca<" not in archivist.get("/workbench/photographs", query_string={"q": "_.p%"}).text


def test_what_is_proposed_is_told_in_words(app: Flask) -> None:
    rights = {"rights_statement": "http://rightsstatements.org/vocab/InC/1.0/", "holder": ""}
    proposal = Proposal(draft={"captions": [{"text": "Tüntetés"}], "rights": rights})
    with app.test_request_context("/?lang=en"):
        told = pages.proposed_lines(proposal)
    assert told == [("captions", "Tüntetés"), ("rights_statement", "InC – In copyright")]
