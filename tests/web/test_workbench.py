"""The workbench: list, describe, history, undo and units, as a browser without scripts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from archive import db, history
from archive.accounts import service as accounts
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, LinkDraft, Rights
from archive.catalogue.models import Image
from archive.history import Actor

OPERATOR = history.system("test")
STAFF = Actor(None, "test", frozenset({"archivist"}))
PASSWORD = "four words in a row"
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
LIST = "/workbench/photographs"
UNITS = "/workbench/units"
CHOSEN = ("checkbox", "radio")


class Form(HTMLParser):
    """What a browser would send of the form with an address, before anything is typed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self._area = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "input" and name and (kind not in CHOSEN or "checked" in given):
            self.values[name] = given.get("value", "y")
        elif tag == "textarea":
            self._area, self.values[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in self.values):
            self.values[self._select] = given["value"]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            name, self._area = self._area, ""
            self.values[name] = self.values[name].removeprefix("\r").removeprefix("\n")


def sent(client: FlaskClient, page: TestResponse, **typed: str) -> TestResponse:
    """Send the long form of a page back, with what is typed."""
    form = re.search(r'<form method="post" class="stack[^>]*>(.*?)</form>', page.text, re.DOTALL)
    assert form is not None
    return client.post(page.request.path, data={**Form(form[1]).values.to_dict(), **typed})


def press(client: FlaskClient, page: str, to: str, **values: str | list[str]) -> TestResponse:
    """Press a button of a page that sends a small form to `to`."""
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(page).text)
    assert token is not None
    return client.post(to, data={"csrf_token": token[1], **values}, follow_redirects=True)


@pytest.fixture
def archivist(app: Flask) -> FlaskClient:
    return browser(app, "archivist")


def browser(app: Flask, name: str) -> FlaskClient:
    """A browser that is signed in as an archivist of this name."""
    email = f"{name}@demo.example"
    accounts.add_person(OPERATOR, email=email, name=name, roles=["archivist"], password=PASSWORD)
    db.release()
    client = app.test_client()
    press(client, "/account/login", "/account/login", email=email, password=PASSWORD)
    return client


def photograph(title: str = "Tüntetők", *, ready: bool = True) -> str:
    """A draft in the unit HU-1; `ready` has everything that publishing needs."""
    try:
        unit = catalogue.unit_by_ref(db.session(), "HU-1")
    except catalogue.NotFound:
        unit = catalogue.add_unit(OPERATOR, ref_code="HU-1", title={"hu": "Fond"})
    draft = Draft(ref_code=f"HU-1/{title}")
    draft.title("hu", title)
    if ready:
        draft.dates = [DateDraft("1956. október 25.", lang="hu")]
        draft.agents = [LinkDraft("Kő Ágnes", role="creator")]
        draft.rights = Rights(rights_statement=PDM)
    public_id = catalogue.accession(OPERATOR, unit, draft).public_id
    db.release()
    return public_id


def state(public_id: str) -> str:
    with db.transaction() as session:
        return catalogue.image_by_id(session, public_id).state


def title(public_id: str) -> str:
    with db.transaction():
        found = catalogue.read(public_id, STAFF)
        return str(found.record["title"].get("hu"))


def test_the_workbench_is_for_archivists(app: Flask, client: FlaskClient) -> None:
    accounts.add_person(
        OPERATOR, email="p@demo.example", name="P", roles=["publisher"], password=PASSWORD
    )
    db.release()
    assert "/account/login" in client.get(LIST).location
    press(client, "/account/login", "/account/login", email="p@demo.example", password=PASSWORD)
    assert client.get(LIST).status_code == 404


def test_the_list_narrows_by_state_unit_and_words(archivist: FlaskClient) -> None:
    first, second = photograph("Tüntetők"), photograph("Kenyérsor", ready=False)
    press(archivist, LIST, f"{LIST}/state", act="publish", id=first)
    for query, found, other in (
        ("state=published", first, second),
        ("state=draft", second, first),
        ("q=kenyér", second, first),
        ("q=HU-1/Tüntetők", first, second),
    ):
        page = archivist.get(f"{LIST}?{query}").text
        assert f"{LIST}/{found}" in page
        assert f"{LIST}/{other}" not in page
    assert first in archivist.get(f"{LIST}?unit=HU-1").text
    assert "HU-1/" not in archivist.get(f"{LIST}?unit=nothing").text


def test_publishing_many_tells_which_are_not_ready(archivist: FlaskClient) -> None:
    ready, lacking = photograph("Tüntetők"), photograph("Kenyérsor", ready=False)
    page = press(archivist, LIST, f"{LIST}/state", act="publish", id=[ready, lacking], q="")
    assert (state(ready), state(lacking)) == ("published", "draft")
    assert "HU-1/Kenyérsor" in page.text.split("<main")[0]
    assert "HU-1/Tüntetők" not in page.text.split("<main")[0]
    press(archivist, LIST, f"{LIST}/state", act="unpublish", id=[ready])
    assert state(ready) == "draft"


def test_a_program_that_acted_is_named_in_words(archivist: FlaskClient) -> None:
    draft = Draft(ref_code="HU-1/1", creator_unknown=True)
    draft.title("hu", "Tüntetők")
    unit = catalogue.add_unit(OPERATOR, ref_code="HU-1", title={"hu": "Fond"})
    catalogue.accession(history.system("transcription"), unit, draft)
    db.release()
    page = archivist.get("/workbench/changes").text
    assert "az archívum, a hátlapokat olvasva" in page
    assert ">transcription<" not in page


def test_choosing_nothing_or_something_unknown_is_answered(archivist: FlaskClient) -> None:
    photograph()
    page = press(archivist, LIST, f"{LIST}/state", act="publish", state="draft")
    assert "notice warn" in page.text
    assert page.request.args["state"] == "draft"
    for form in ({"act": "burn", "id": "x"}, {"act": "publish", "id": "x"}):
        assert press(archivist, LIST, f"{LIST}/state", **form).status_code == 400


def test_what_was_described_is_shown_and_can_be_undone(archivist: FlaskClient) -> None:
    public_id = photograph()
    page = archivist.get(f"{LIST}/{public_id}")
    assert sent(archivist, page, **{"captions-0-text": "Menet a hídon"}).status_code == 302
    assert title(public_id) == "Menet a hídon"
    past = archivist.get(f"{LIST}/{public_id}/history").text
    assert re.search(r"<del>Tüntetők</del> <ins>Menet a hídon</ins>", past)
    change = re.findall(r"/workbench/changes/\w+", past)[0]
    assert change in archivist.get("/workbench").text
    press(archivist, change, change)
    assert title(public_id) == "Tüntetők"
    undone = archivist.get(f"{LIST}/{public_id}/history").text
    assert "<del>Menet a hídon</del> <ins>Tüntetők</ins>" in undone


def test_the_history_tells_what_a_removed_caption_said(archivist: FlaskClient) -> None:
    public_id = photograph()
    typed = {"captions-1-text": "Egy tanú szerint", "captions-1-type": "witness_account"}
    sent(archivist, archivist.get(f"{LIST}/{public_id}"), **typed)
    sent(archivist, archivist.get(f"{LIST}/{public_id}"), **{"captions-1-text": ""})
    newest = archivist.get(f"{LIST}/{public_id}/history").text.split("</section>")[0]
    assert "<del>Egy tanú szerint</del>" in newest


def test_saving_what_was_not_touched_changes_nothing(archivist: FlaskClient) -> None:
    public_id = photograph()
    before = archivist.get(f"{LIST}/{public_id}/history").text.count("/workbench/changes/")
    assert sent(archivist, archivist.get(f"{LIST}/{public_id}")).status_code == 302
    after = archivist.get(f"{LIST}/{public_id}/history").text.count("/workbench/changes/")
    assert after == before


def test_undoing_an_old_change_asks_before_it_overwrites(archivist: FlaskClient) -> None:
    public_id = photograph()
    for text in ("Menet a hídon", "Menet a Margit hídon"):
        sent(archivist, archivist.get(f"{LIST}/{public_id}"), **{"captions-0-text": text})
    past = archivist.get(f"{LIST}/{public_id}/history").text
    older = list(dict.fromkeys(re.findall(r"/workbench/changes/\w+", past)))[1]
    asked = press(archivist, older, older)
    assert asked.request.path.startswith("/workbench/bulk/")
    assert 'name="later" value="overwrite"' in asked.text
    assert 'name="later" value="leave"' not in asked.text
    assert title(public_id) == "Menet a Margit hídon"


def test_two_editors_of_one_record_lose_nothing(app: Flask, archivist: FlaskClient) -> None:
    public_id, other = photograph(), browser(app, "other")
    mine, theirs = (client.get(f"{LIST}/{public_id}") for client in (archivist, other))
    sent(other, theirs, **{"captions-0-text": "Az övék"})
    refused = sent(archivist, mine, **{"captions-0-text": "Az enyém"})
    assert refused.status_code == 409
    assert "Az enyém" in refused.text
    assert title(public_id) == "Az övék"
    assert sent(archivist, refused).status_code == 302
    assert title(public_id) == "Az enyém"


def test_a_contested_caption_says_so_while_it_is_folded(archivist: FlaskClient) -> None:
    public_id = photograph()
    page = archivist.get(f"{LIST}/{public_id}")
    assert "<strong>Vitatott</strong>" not in page.text
    sent(archivist, page, **{"captions-0-stance": "contested"})
    assert "<strong>Vitatott</strong>" in archivist.get(f"{LIST}/{public_id}").text


def test_more_rows_keep_what_was_typed_and_save_nothing(archivist: FlaskClient) -> None:
    public_id = photograph()
    page = archivist.get(f"{LIST}/{public_id}")
    longer = sent(archivist, page, **{"captions-1-text": "Még valami", "add": "captions"})
    assert longer.status_code == 200
    assert "Még valami" in longer.text
    assert 'name="captions-2-text"' in longer.text
    assert "Még valami" not in archivist.get(f"{LIST}/{public_id}/history").text


def test_an_error_in_a_repeated_row_leads_to_its_field(archivist: FlaskClient) -> None:
    public_id = photograph()
    page = archivist.get(f"{LIST}/{public_id}")
    wrong = sent(archivist, page, **{"captions-0-dated": "x" * 81, "publication_retrieved_on": "?"})
    assert wrong.status_code == 422
    for field in ("captions-0-dated", "publication_retrieved_on"):
        assert f'href="#{field}"' in wrong.text
        assert f'id="{field}"' in wrong.text
    assert "{&#39;" not in wrong.text


def test_publishing_tells_what_is_missing(archivist: FlaskClient) -> None:
    public_id = photograph(ready=False)
    page = archivist.get(f"{LIST}/{public_id}")
    told = archivist.get(sent(archivist, page, publish="1").location)
    for words in ("hogy keltezetlen", "hogy ismeretlen", "jogi státusz"):
        assert words in told.text.split("<main")[0]
    assert state(public_id) == "draft"
    full = {"undated": "y", "creator_unknown": "y", "rights_statement": PDM, "publish": "1"}
    sent(archivist, archivist.get(f"{LIST}/{public_id}"), **full)
    assert state(public_id) == "published"


def test_a_withdrawn_photograph_says_why(archivist: FlaskClient, client: FlaskClient) -> None:
    public_id = photograph()
    change = f"{LIST}/{public_id}/state"
    press(archivist, LIST, change, act="publish")
    assert client.get(f"/photographs/{public_id}").status_code == 200
    assert press(archivist, LIST, change, act="withdraw", reason_class="whim").status_code == 400
    press(archivist, LIST, change, act="withdraw", reason_class="donor")
    gone = client.get(f"/photographs/{public_id}?lang=en")
    assert gone.status_code == 410
    assert "at the wish of those who gave it" in gone.text
    assert archivist.get(f"{LIST}/{public_id}").status_code == 200


def test_a_date_is_read_back(archivist: FlaskClient) -> None:
    read = archivist.get("/workbench/dates?lang=hu&text=1956+október+végén").text
    assert "1956" in read
    assert "error" not in read
    assert "error" in archivist.get("/workbench/dates?text=egyszer+régen").text
    assert archivist.get("/workbench/dates?text=").text.strip() == ""


def test_a_date_that_cannot_be_read_is_kept_and_says_why(archivist: FlaskClient) -> None:
    address = f"{LIST}/{photograph()}"
    sent(archivist, archivist.get(address), **{"dates-0-display": "1956. február 31."})
    page = archivist.get(f"{address}?lang=en").text
    assert 'value="1956. február 31."' in page
    assert "is no day of the calendar; correct it, or write the month alone." in page
    assert "The words are kept as they are." in page


def test_units_are_added_below_each_other_and_edited(archivist: FlaskClient) -> None:
    photograph()
    new = archivist.get(f"{UNITS}/+new?parent=HU-1")
    typed = {"ref_code": "HU-1/2", "level": "series", "title_hu": "Képek"}
    made = archivist.post(f"{UNITS}/+new?parent=HU-1", data={**fields(new), **typed})
    assert made.location == f"{UNITS}/HU-1/2"
    edited = sent(archivist, archivist.get(made.location), title_hu="Utcák", credit_line="Archívum")
    assert edited.status_code == 302
    assert "Utcák" in archivist.get(UNITS).text


def fields(page: TestResponse) -> dict[str, str]:
    return Form(page.text.split('class="stack describe"')[1]).values.to_dict()


def test_a_unit_says_what_is_wrong_with_it(archivist: FlaskClient) -> None:
    photograph()
    catalogue.add_unit(OPERATOR, ref_code="HU-2", title={"hu": "Másik"})
    db.release()
    for page in (f"{UNITS}/+new", f"{UNITS}/HU-2"):
        shown = archivist.get(page)
        taken = sent(archivist, shown, ref_code="HU-1", title_hu="Ugyanaz")
        assert taken.status_code == 422
        assert "Ugyanaz" in taken.text
        assert sent(archivist, shown, title_hu="", title_en="").status_code == 422
    assert archivist.get(f"{UNITS}/nothing").status_code == 404


def test_a_photograph_inherits_the_credit_of_its_unit(archivist: FlaskClient) -> None:
    public_id = photograph()
    sent(archivist, archivist.get(f"{UNITS}/HU-1"), credit_line="Archívum / Kő Ágnes")
    assert "Archívum / Kő Ágnes" in archivist.get(f"{LIST}/{public_id}").text


def test_nobody_finds_what_is_not_there(archivist: FlaskClient) -> None:
    for page in (f"{LIST}/nothing", f"{LIST}/nothing/history", "/workbench/changes/nothing"):
        assert archivist.get(page).status_code == 404
    with db.transaction() as session:
        assert session.scalars(select(Image)).all() == []
