"""Spreadsheets on the workbench, as a browser without scripts: out, back, decided, undone."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive import db, history
from archive.accounts import service as accounts
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft
from archive.ingest.roundtrip import applying
from tests.unit.ingest import sheets
from tests.unit.ingest.sheets import UNIT, Edited

SHEETS = "/workbench/sheets"
PASSWORD = "four words in a row"
OPERATOR = history.system("test")


@pytest.fixture
def archivist(app: Flask, client: FlaskClient) -> FlaskClient:
    accounts.add_person(
        OPERATOR, email="a@demo.example", name="A", roles=["archivist"], password=PASSWORD
    )
    db.release()
    page = client.get("/account/login")
    sent = {"csrf_token": token(page), "email": "a@demo.example", "password": PASSWORD}
    assert client.post("/account/login", data=sent).status_code == 302
    return client


@pytest.fixture
def two(app: Flask) -> list[str]:
    """Two photographs."""
    made = []
    for title in ("Tüntetők", "Barikád"):
        draft = Draft(ref_code=f"HU-R/{title}", dates=[DateDraft("1956. október 25.", "hu")])
        draft.title("hu", title)
        made.append(draft)
    found = sheets.take_in(*made)
    db.release()
    return found


def token(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def written_out(client: FlaskClient, query: str = "form=csv&lang=hu") -> Edited:
    with client.get(f"{SHEETS}/export?{query}") as answer:
        assert answer.status_code == 200
        return Edited(answer.data)


def send_back(client: FlaskClient, data: bytes, name: str = "vissza.csv", **more: str) -> str:
    """Upload a table; gives the address of its comparison."""
    sent = {"csrf_token": token(client.get(SHEETS)), "sheet": (io.BytesIO(data), name), **more}
    answer = client.post(SHEETS, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 302
    return str(answer.location).split("?")[0]


def press(client: FlaskClient, page: TestResponse, act: str, *, untick: str = "") -> TestResponse:
    """Press a button of the comparison with its boxes as the page shows them."""
    boxes = re.findall(r'<input type="checkbox" name="cell" value="(\d+)"([^>]*)>', page.text)
    ticked = [key for key, rest in boxes if " checked" in rest and key != untick]
    shown = re.findall(r'name="shown" value="(\d+)"', page.text)
    action = re.search(r'<form method="post" action="([^"]+)" class="stack-wide"', page.text)
    assert action is not None
    sent = {"csrf_token": token(page), "act": act, "cell": ticked, "shown": shown}
    return client.post(unescape(action[1]), data=sent, follow_redirects=True)


def title(public_id: str) -> str:
    db.release()
    return next(c.text for c in sheets.said(public_id).captions if c.preferred)


def test_spreadsheets_are_for_archivists(client: FlaskClient) -> None:
    for address in (SHEETS, f"{SHEETS}/export", f"{SHEETS}/abc"):
        assert client.get(address).status_code in (302, 401, 403)


def test_a_table_goes_out_and_comes_back_and_is_undone(
    archivist: FlaskClient, two: list[str]
) -> None:
    table = written_out(archivist)
    table.put(two[0], "cím (hu)", "Tömeg a téren").put(two[0], "dátum", "okt.25")
    table.put(two[1], "cím (hu)", "Barikád és villamos")
    page = archivist.get(send_back(archivist, sheets.as_csv(table.rows, ";", "cp1250")))
    for words in ("Tüntetők", "Tömeg a téren", "okt.25", "windows-1250"):
        assert words in page.text
    done = press(archivist, page, "apply")
    assert "A változtatás visszavonása" in done.text
    assert (title(two[0]), title(two[1])) == ("Tömeg a téren", "Barikád és villamos")
    assert sheets.said(two[0]).dates[0].display == "1956. október 25."
    db.release()
    archivist.post(done.request.path, data={"csrf_token": token(done)})
    assert (title(two[0]), title(two[1])) == ("Tüntetők", "Barikád")


def test_an_unticked_cell_is_left(archivist: FlaskClient, two: list[str]) -> None:
    table = written_out(archivist).put(two[0], "cím (hu)", "Egy").put(two[1], "cím (hu)", "Kettő")
    page = archivist.get(send_back(archivist, sheets.as_csv(table.rows)))
    first = re.findall(r'name="cell" value="(\d+)" checked', page.text)[0]
    kept = press(archivist, page, "save", untick=first)
    assert f'name="cell" value="{first}" aria-label' in kept.text
    press(archivist, kept, "apply")
    assert (title(two[0]), title(two[1])) == ("Tüntetők", "Kettő")


def test_a_column_or_a_row_is_decided_at_once(archivist: FlaskClient, two: list[str]) -> None:
    table = written_out(archivist)
    for photograph in two:
        table.put(photograph, "cím (hu)", "Új").put(photograph, "dátum", "1957")
    page = archivist.get(send_back(archivist, sheets.as_csv(table.rows)))
    page = press(archivist, page, "leave column title:hu")
    row = re.findall(r'value="accept row (\d+)"', page.text)[1]
    page = press(archivist, page, f"accept row {row}")
    press(archivist, page, "apply")
    assert (title(two[0]), title(two[1])) == ("Tüntetők", "Új")
    assert sheets.said(two[0]).dates[0].display == "1957"


def test_a_conflict_shows_three_sides_and_is_found_by_its_tab(
    archivist: FlaskClient, two: list[str]
) -> None:
    table = written_out(archivist).put(two[0], "cím (hu)", "A táblázatban")
    sheets.describe(two[0], lambda draft: setattr(draft.captions[0], "text", "A levéltárban"))
    address = send_back(archivist, sheets.as_csv(table.rows))
    page = archivist.get(f"{address}?show=conflicts&lang=en")
    for words in ("Tüntetők", "A táblázatban", "A levéltárban", "when written out"):
        assert words in page.text
    assert " checked" not in page.text
    taken = press(archivist, page, "accept conflicts")
    assert "show=conflicts" in taken.request.full_path
    press(archivist, taken, "apply")
    assert title(two[0]) == "A táblázatban"


def test_the_chosen_photographs_alone_are_written_out(
    archivist: FlaskClient, two: list[str]
) -> None:
    sent = {"csrf_token": token(archivist.get(SHEETS)), "id": two[1], "form": "csv"}
    with archivist.post(f"{SHEETS}/export?lang=hu", data=sent) as answer:
        assert [row[0] for row in Edited(answer.data).rows] == ["azonosító", two[1]]
    narrowed = written_out(archivist, "form=csv&lang=hu&q=Barik%C3%A1d")
    assert [row[0] for row in narrowed.rows[1:]] == [two[1]]
    assert [row[0] for row in written_out(archivist, f"form=csv&unit={UNIT}").rows[1:]] == two


def test_hungarian_excel_gets_semicolons_and_everybody_workbooks(
    archivist: FlaskClient, two: list[str]
) -> None:
    with archivist.get(f"{SHEETS}/export?form=semicolon&lang=hu") as answer:
        assert answer.data.startswith("\ufeffazonosító;jelzet;".encode())
    with archivist.get(f"{SHEETS}/export?lang=hu") as book:
        assert book.headers["Content-Disposition"].endswith(".xlsx")
        table = Edited(book.data).put(two[0], "cím (hu)", "Munkafüzetből")
    page = archivist.get(send_back(archivist, sheets.as_xlsx([*table.rows]), "m.xlsx"))
    press(archivist, page, "apply")
    assert title(two[0]) == "Munkafüzetből"


def test_nothing_to_write_out_or_compare_is_said(archivist: FlaskClient, two: list[str]) -> None:
    none = archivist.get(f"{SHEETS}/export?q=nincsilyen&lang=en", follow_redirects=True)
    assert "nothing to write out" in none.text
    sent = {"csrf_token": token(archivist.get(SHEETS)), "sheet": (io.BytesIO(b"x"), "kép.png")}
    refused = archivist.post(
        f"{SHEETS}?lang=en", data=sent, content_type="multipart/form-data", follow_redirects=True
    )
    assert "Choose a spreadsheet" in refused.text or "Válasszon táblázatot" in refused.text
    sent = {"csrf_token": token(archivist.get(SHEETS)), "sheet": (io.BytesIO(b"a,b\n1,2"), "x.csv")}
    wrong = archivist.post(
        SHEETS, data=sent, content_type="multipart/form-data", follow_redirects=True
    )
    assert "azonosítóoszlop" in wrong.text or "column of identifiers" in wrong.text
    same = archivist.get(send_back(archivist, sheets.as_csv(written_out(archivist).rows)))
    assert "semmin sem változtat" in same.text or "changes nothing" in same.text


def test_a_new_row_goes_to_the_chosen_unit(archivist: FlaskClient, two: list[str]) -> None:
    table = written_out(archivist)
    row = [""] * len(table.rows[0])
    row[table.place("cím (hu)")] = "Előkerült fénykép"
    table.rows.append(row)
    page = archivist.get(send_back(archivist, sheets.as_csv(table.rows), unit=UNIT))
    page = archivist.get(f"{page.request.path}?show=new")
    page = press(archivist, page, "accept new")
    press(archivist, page, "apply")
    db.release()
    assert len(sheets.keys()) == 3


def test_a_sheet_is_thrown_away(archivist: FlaskClient, two: list[str]) -> None:
    table = written_out(archivist).put(two[0], "cím (hu)", "Más")
    address = send_back(archivist, sheets.as_csv(table.rows))
    press(archivist, archivist.get(address), "discard")
    assert archivist.get(address).status_code == 404
    assert title(two[0]) == "Tüntetők"


def test_a_large_sheet_waits_for_the_worker_and_says_so(
    archivist: FlaskClient, two: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "AT_ONCE", 1)
    table = written_out(archivist).put(two[0], "cím (hu)", "Egy").put(two[1], "cím (hu)", "Kettő")
    page = archivist.get(send_back(archivist, sheets.as_csv(table.rows)))
    waiting = press(archivist, page, "apply")
    assert waiting.headers["Refresh"] == "3"
    assert 'value="apply"' not in waiting.text
    again = archivist.post(
        page.request.path,
        data={"csrf_token": token(waiting), "act": "apply"},
        follow_redirects=True,
    )
    assert again.status_code == 200
    assert catalogue.image_by_id(db.session(), two[0]).version == 2


ATOM = (
    "legacyId,parentId,identifier,title,levelOfDescription,culture\n"
    "1,,HU-A,Átvett fond,Fonds,hu\n2,1,1,Átvett sorozat,Series,hu\n"
    "3,2,7,Átvett fénykép,Item,hu\n4,99,8,Árva,Item,hu\n"
)


def test_descriptions_of_atom_are_looked_through_taken_over_and_undone(
    archivist: FlaskClient,
) -> None:
    sent = {
        "csrf_token": token(archivist.get(SHEETS)),
        "file": (io.BytesIO(ATOM.encode()), "a.csv"),
    }
    kept = archivist.post(f"{SHEETS}/atom", data=sent, content_type="multipart/form-data")
    page = archivist.get(f"{kept.location}?lang=en")
    for words in ("HU-A-1-7", "Átvett fénykép", "Its parent 99 is not in the file."):
        assert words in page.text
    assert "HU-A-1-7" not in archivist.get(f"{kept.location}?show=refused").text
    assert sheets.keys() == []
    done = archivist.post(
        page.request.path, data={"csrf_token": token(page), "unit": ""}, follow_redirects=True
    )
    assert len(sheets.keys()) == 1
    again = archivist.get(f"{kept.location}?lang=en")
    assert 'kind="primary"' not in again.text
    assert "Import</button>" not in again.text
    with archivist.get(f"{SHEETS}/units.csv?unit=HU-A-1") as answer:
        assert answer.data.decode().count("Átvett") == 1
    db.release()
    archivist.post(done.request.path, data={"csrf_token": token(done)})
    db.release()
    assert sheets.keys() == []


def test_a_list_that_is_not_of_atom_is_refused(archivist: FlaskClient) -> None:
    for data, name in ((b"a,b\n1,2\n", "a.csv"), (b"x", "a.xlsx")):
        sent = {"csrf_token": token(archivist.get(SHEETS)), "file": (io.BytesIO(data), name)}
        page = archivist.post(
            f"{SHEETS}/atom", data=sent, content_type="multipart/form-data", follow_redirects=True
        )
        assert page.request.path == SHEETS
        assert "AtoM" in page.text.split('class="notices"')[1][:600]
    for wrong in ("nosuchtoken", "../x"):
        assert archivist.get(f"{SHEETS}/atom/{wrong}").status_code == 404
