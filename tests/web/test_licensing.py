"""Asking for a licence and granting it, as two browsers without scripts would do it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image as Pixels
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from archive import db, history, jobs
from archive.accounts import service as accounts
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import DateDraft, Draft, FileDraft, LinkDraft, Rights
from archive.catalogue.models import Unit
from archive.licensing.models import Licence, LicenceRequest, Quote
from archive.media.service import masters

OPERATOR = history.system("test")
PASSWORD = "four words in a row"
INC = "http://rightsstatements.org/vocab/InC/1.0/"
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
USAGE = {
    "use": "editorial",
    "project": "Budapest ősze",
    "media": "print_book",
    "territory": "HU",
    "languages": "hu",
    "run": "upto_5000",
    "duration": "P5Y",
    "country": "hu",
    "message": "Borítóra is.",
}


@dataclass
class Desk:
    """A photograph that needs a licence, one that is free, and a way to sign in."""

    app: Flask
    protected: str
    free: str

    def browser(self, role: str, name: str = "") -> FlaskClient:
        """A browser signed in as a new account with this role."""
        email = f"{name or role}@demo.example"
        accounts.add_person(OPERATOR, email=email, name=email, roles=[role], password=PASSWORD)
        db.release()
        client = self.app.test_client()
        send(client, "/account/login", email=email, password=PASSWORD)
        return client


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    masters().prepare()
    unit = catalogue.add_unit(
        OPERATOR,
        ref_code="HU-1",
        title={"hu": "Fond"},
        rights_and_provenance=Rights(credit_line="Archívum"),
    )
    protected, free = (_photograph(unit, statement) for statement in (INC, PDM))
    db.release()
    yield Desk(app, protected, free)
    jobs.disconnect()


def _photograph(unit: Unit, statement: str) -> str:
    pixels = io.BytesIO()
    Pixels.new("RGB", (60, 40), (len(statement), 40, 90)).save(pixels, "JPEG")
    pixels.seek(0)
    draft = Draft(
        dates=[DateDraft("1956. október 25.", lang="hu")],
        agents=[LinkDraft("Kő Ágnes", role="creator")],
        rights=Rights(rights_statement=statement),
    )
    draft.title("hu", "Tüntetők")
    file = FileDraft(masters().put(pixels), "a.jpg", mime="image/jpeg", width=60, height=40)
    made = catalogue.accession(OPERATOR, unit, draft, [file])
    public_id = made.public_id
    catalogue.publish(OPERATOR, made)
    return public_id


def send(client: FlaskClient, page: str, to: str = "", **values: str) -> TestResponse:
    """Fill in a form of `page` and send it, to the page itself or to `to`."""
    return client.post(to or page, data={"csrf_token": token(client, page), **values})


def token(client: FlaskClient, page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(page).text)
    assert found is not None
    return found[1]


def ask(client: FlaskClient, public_id: str, **other: str) -> TestResponse:
    return send(client, f"/licensing/request/{public_id}", **{**USAGE, **other})


def offer(officer: FlaskClient, asked: str, amount: str, **other: str) -> TestResponse:
    """Send a quote for a request of one photograph; `asked` is the requester's page."""
    page = asked.replace("requests", "desk")
    line = re.search(r'name="(net-\d+)"', officer.get(page).text)
    assert line is not None
    terms = {"currency": "HUF", "vat_scheme": "domestic", "valid_days": "30", **other}
    return send(officer, page, f"{page}/quote", **{line[1]: amount, **terms})


def quoted(desk: Desk) -> tuple[FlaskClient, str, str]:
    """A publisher, the page of the request, and where its quote is accepted."""
    publisher = desk.browser("publisher")
    page = ask(publisher, desk.protected).location
    offer(desk.browser("officer"), page, "12 500")
    accept = re.search(r'action="(/licensing/quotes/\w+/accept)"', publisher.get(page).text)
    assert accept is not None
    return publisher, page, accept[1]


def count(model: type) -> int:
    with db.transaction() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_form_outlives_making_an_account(desk: Desk, client: FlaskClient) -> None:
    kept = ask(client, desk.protected)
    assert "/account/register?next=" in kept.location
    account = {"email": "uj@demo.example", "name": "Új Ági"}
    words = {"password": PASSWORD, "password_confirm": PASSWORD}
    registered = send(client, kept.location, **account, **words)
    assert registered.location == f"/licensing/request/{desk.protected}"
    page = client.get(registered.location).text
    assert 'value="Budapest ősze"' in page
    assert "Borítóra is." in page
    assert count(LicenceRequest) == 0
    made = ask(client, desk.protected)
    assert client.get(made.location).status_code == 200
    assert count(LicenceRequest) == 1


def test_what_is_missing_is_named_and_nothing_typed_is_lost(
    desk: Desk, client: FlaskClient
) -> None:
    page = ask(client, desk.protected, media="", country="Hungary")
    assert page.status_code == 422
    assert 'href="#media"' in page.text
    assert 'id="media"' in page.text
    assert 'href="#country"' in page.text
    assert 'value="Budapest ősze"' in page.text


def test_nobody_asks_for_what_needs_no_licence(desk: Desk, client: FlaskClient) -> None:
    asked = client.get(f"/licensing/request/{desk.free}")
    assert asked.location == f"/photographs/{desk.free}"


def test_only_the_requester_and_the_desk_find_a_request(desk: Desk) -> None:
    page = ask(desk.browser("publisher"), desk.protected).location
    assert desk.browser("publisher", "other").get(page).status_code == 404
    archivist = desk.browser("archivist")
    assert archivist.get(page).status_code == 404
    assert archivist.get("/licensing/desk").status_code == 404
    assert "/licensing/desk" not in archivist.get("/").text
    officer = desk.browser("officer")
    assert page.rsplit("/", 1)[1] in officer.get("/licensing/desk").text
    assert officer.get(page).location == page.replace("requests", "desk")


@pytest.mark.parametrize("amount", ["tizenkétezer", "-5", "12.5000", ""])
def test_an_amount_that_is_no_money_comes_back_as_typed(desk: Desk, amount: str) -> None:
    page = ask(desk.browser("publisher"), desk.protected).location
    officer = desk.browser("officer")
    answer = offer(officer, page, amount, note="Köszönjük.")
    assert answer.status_code == 422
    assert "Köszönjük." in answer.text
    assert f'value="{amount}"' in answer.text
    assert count(Quote) == 0
    assert officer.get(answer.request.path).location == page.replace("requests", "desk")


def test_reverse_charge_needs_a_vat_number(desk: Desk) -> None:
    page = ask(desk.browser("publisher"), desk.protected).location
    answer = offer(desk.browser("officer"), page, "100", vat_scheme="reverse_charge")
    assert answer.status_code == 422
    assert count(Quote) == 0


def test_a_quote_is_accepted_with_a_tick_and_only_once(desk: Desk) -> None:
    publisher, page, accept = quoted(desk)
    send(publisher, page, accept, key="k")
    assert count(Licence) == 0
    form = {"csrf_token": token(publisher, page), "key": "k", "agreed": "y"}
    for _time in range(2):
        assert publisher.post(accept, data=form).location == page
    assert count(Licence) == 1


def test_the_officer_does_not_accept_for_the_requester(desk: Desk) -> None:
    _publisher, page, accept = quoted(desk)
    officer = desk.browser("officer", "second")
    own = page.replace("requests", "desk")
    assert send(officer, own, accept, key="k", agreed="y").status_code == 404
    assert count(Licence) == 0


def test_who_asks_for_another_quote_lets_the_present_one_go(desk: Desk) -> None:
    publisher, page, accept = quoted(desk)
    send(publisher, page, f"{page}/answer", text="Csak weben kellene.")
    send(publisher, page, accept, key="k", agreed="y")
    assert count(Licence) == 0
    offer(desk.browser("officer", "second"), page, "9 000")
    assert count(Quote) == 2
    assert "9 000" in publisher.get(page).text.replace("\u202f", " ").replace(",", " ")


def test_a_link_gives_the_file_five_times_and_then_says_so(desk: Desk, client: FlaskClient) -> None:
    publisher, page, accept = quoted(desk)
    send(publisher, page, accept, key="k", agreed="y")
    db.release()
    jobs.run_due()
    issue = re.search(r'action="(/licensing/deliveries/\w+/link)"', publisher.get(page).text)
    assert issue is not None
    link = send(publisher, page, issue[1]).location
    for _look in range(7):
        assert client.get(link).status_code == 200
    form, answers = {"csrf_token": token(client, link)}, []
    for _load in range(6):
        with client.post(link, data=form) as sent:
            answers.append((sent.status_code, sent.data[:2]))
    assert answers == [(200, b"\xff\xd8")] * 5 + [(410, b"<!")]
    assert client.get(link).status_code == 410
    assert client.get(f"{link}x").status_code == 404


def test_anybody_may_verify_a_licence_but_not_read_it(desk: Desk, client: FlaskClient) -> None:
    publisher, page, accept = quoted(desk)
    send(publisher, page, accept, key="k", agreed="y")
    number = re.search(r"L-\d+-\d+", publisher.get(page).text)
    assert number is not None
    assert number[0] in client.get(f"/licence/{number[0]}/verify").text
    document = f"/licensing/licences/{number[0]}.pdf"
    assert publisher.get(document).mimetype == "application/pdf"
    assert desk.browser("publisher", "other").get(document).status_code == 404
    assert client.get("/licence/L-1900-0001/verify").status_code == 404
