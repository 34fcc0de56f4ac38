"""Signing in, registering, a lost password: as a browser without scripts would do it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from archive import db, history, jobs, mail
from archive.accounts import service
from archive.accounts.models import Person
from archive.history import AuditEvent, ChangeSet
from archive.mail import Outgoing

OPERATOR = history.system("command line")
PASSWORD = "four words in a row"
ADDRESS = "officer@demo.example"


@pytest.fixture
def officer(app: Flask) -> str:
    service.add_person(OPERATOR, email=ADDRESS, name="Kovács", roles=["officer"], password=PASSWORD)
    db.release()
    return ADDRESS


def token(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def submit(client: FlaskClient, address: str, **data: str) -> TestResponse:
    """Open a form and send it back filled in."""
    page = client.get(address)
    assert page.status_code == 200, page.headers.get("Location")
    return client.post(address, data={"csrf_token": token(page), **data})


def sign_in(client: FlaskClient, email: str = ADDRESS, password: str = PASSWORD) -> TestResponse:
    return submit(client, "/account/login", email=email, password=password)


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account/").status_code == 200


def person(email: str) -> Person:
    db.release()
    found = service.by_email(db.session(), email)
    assert found is not None
    return found


class TestSigningIn:
    def test_the_right_password_lets_in(self, client: FlaskClient, officer: str) -> None:
        answer = sign_in(client)
        assert (answer.status_code, answer.location) == (302, "/account/begin")
        assert is_signed_in(client)

    @pytest.mark.parametrize(
        ("roles", "desk"),
        [
            (["archivist"], "/workbench"),
            (["administrator"], "/workbench"),
            (["archivist", "officer"], "/workbench"),
            (["officer"], "/licensing/desk"),
            (["publisher"], "/licensing/requests"),
            ([], "/"),
        ],
    )
    def test_everybody_begins_at_their_own_desk(
        self, client: FlaskClient, roles: list[str], desk: str
    ) -> None:
        service.add_person(
            OPERATOR, email="who@demo.example", name="Kő Éva", roles=roles, password=PASSWORD
        )
        db.release()
        sign_in(client, "who@demo.example")
        begun = client.get("/account/begin")
        assert begun.location == desk
        assert client.get(desk).status_code == 200

    def test_nobody_begins_at_the_front(self, client: FlaskClient) -> None:
        assert client.get("/account/begin").location == "/"

    def test_it_goes_where_the_visitor_wanted(self, client: FlaskClient, officer: str) -> None:
        sent = client.get("/licensing/desk")
        assert sent.status_code == 302
        answer = submit(client, sent.location, email=ADDRESS, password=PASSWORD)
        assert answer.location == "/licensing/desk"
        assert client.get(answer.location).status_code == 200

    def test_it_does_not_lead_away_from_the_archive(
        self, client: FlaskClient, officer: str
    ) -> None:
        address = "/account/login?next=https://elsewhere.example/"
        answer = submit(client, address, email=ADDRESS, password=PASSWORD)
        assert "elsewhere" not in (answer.location or "")

    def test_a_wrong_password_and_an_unknown_address_say_the_same(
        self, client: FlaskClient, officer: str
    ) -> None:
        said = []
        for email in (ADDRESS, "nobody@demo.example"):
            answer = sign_in(client, email, "not the right words")
            assert answer.status_code == 200
            notice = re.search(r'role="alert">.*?</div>\s*</div>', answer.text, re.DOTALL)
            assert notice is not None
            said.append(notice[0])
        assert said[0] == said[1]
        assert not is_signed_in(client)

    def test_signing_in_writes_nothing(self, client: FlaskClient, officer: str) -> None:
        before = person(ADDRESS).password
        assert sign_in(client).status_code == 302
        assert person(ADDRESS).password == before

    def test_an_old_hash_is_made_anew(self, client: FlaskClient, officer: str) -> None:
        weak = service.HASHER.__class__(time_cost=1, memory_cost=1024, parallelism=1)
        with db.transaction() as session:
            session.scalars(select(Person)).one().password = weak.hash(PASSWORD)
        assert sign_in(client).status_code == 302
        renewed = person(ADDRESS).password
        assert renewed is not None
        assert not service.HASHER.check_needs_rehash(renewed)
        assert sign_in_again(client)

    def test_a_disabled_account_is_out_at_once(self, client: FlaskClient, officer: str) -> None:
        sign_in(client)
        service.disable(OPERATOR, person(ADDRESS))
        db.release()
        assert not is_signed_in(client)
        assert sign_in(client).status_code == 200
        assert not is_signed_in(client)

    def test_a_flood_of_attempts_is_stopped(self, client: FlaskClient, officer: str) -> None:
        page = client.get("/account/login")
        data = {"csrf_token": token(page), "email": ADDRESS, "password": "wrong words"}
        answers = [client.post("/account/login", data=data).status_code for _ in range(22)]
        assert answers[:20] == [200] * 20
        assert answers[20:] == [429, 429]

    def test_without_the_token_of_the_form_nothing_happens(
        self, client: FlaskClient, officer: str
    ) -> None:
        answer = client.post("/account/login", data={"email": ADDRESS, "password": PASSWORD})
        assert answer.status_code == 400
        assert not is_signed_in(client)


def sign_in_again(client: FlaskClient) -> bool:
    submit(client, "/account/logout")
    sign_in(client)
    return is_signed_in(client)


class TestSigningOut:
    def test_a_link_only_asks(self, client: FlaskClient, officer: str) -> None:
        sign_in(client)
        assert client.get("/account/logout").status_code == 200
        assert is_signed_in(client)

    def test_the_button_does_it(self, client: FlaskClient, officer: str) -> None:
        sign_in(client)
        assert submit(client, "/account/logout").status_code == 302
        assert not is_signed_in(client)

    def test_another_site_cannot_do_it(self, client: FlaskClient, officer: str) -> None:
        sign_in(client)
        assert client.post("/account/logout").status_code == 400
        assert is_signed_in(client)


class TestRegistering:
    DATA = {  # noqa: RUF012
        "name": "Szabó Anna",
        "organisation": "Képes Hét",
        "email": "anna@publisher.example",
        "password": PASSWORD,
        "password_confirm": PASSWORD,
    }

    def test_who_registers_is_a_publisher_and_signed_in(self, client: FlaskClient) -> None:
        answer = submit(client, "/account/register", **self.DATA)
        assert answer.status_code == 302
        made = person("anna@publisher.example")
        assert [role.name for role in made.roles] == ["publisher"]
        assert (made.name, made.organisation, made.language) == ("Szabó Anna", "Képes Hét", "hu")
        assert is_signed_in(client)

    def test_it_is_one_change_set_without_anything_personal(self, client: FlaskClient) -> None:
        submit(client, "/account/register", **self.DATA)
        db.release()
        acts = db.session().scalars(select(ChangeSet.action)).all()
        assert acts == ["security_register"]
        payload = db.session().scalars(select(AuditEvent.payload)).one()
        assert "person" in payload
        assert "anna" not in payload

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"email": "nobody"},
            {"password": "short", "password_confirm": "short"},
            {"password_confirm": "something else"},
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, client: FlaskClient, wrong: dict[str, str]
    ) -> None:
        answer = submit(client, "/account/register", **{**self.DATA, **wrong})
        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.text
        assert 'value="Képes Hét"' in answer.text
        assert count_people() == 0

    def test_nobody_registers_as_administrator(self, client: FlaskClient) -> None:
        more = {"roles": "administrator", "grants": "administrator", "active": "1"}
        submit(client, "/account/register", **{**self.DATA, **more})
        assert [role.name for role in person(self.DATA["email"]).roles] == ["publisher"]


class TestRegisteringWithMail:
    """Where mail goes out, an address is confirmed first, and nobody learns who has an account."""

    @pytest.fixture
    def settings(self, settings):  # type: ignore[no-untyped-def]
        return settings.model_copy(update={"mail_server": "127.0.0.1:9"})

    def test_the_address_is_confirmed_by_the_letter(self, client: FlaskClient) -> None:
        submit(client, "/account/register", **TestRegistering.DATA)
        assert not is_signed_in(client)
        assert sign_in(client, "anna@publisher.example").status_code == 200
        client.get(link_in_letter("welcome"))
        assert person("anna@publisher.example").confirmed_at is not None
        sign_in(client, "anna@publisher.example")
        assert is_signed_in(client)

    def test_a_taken_address_gets_a_letter_and_the_page_says_nothing(
        self, client: FlaskClient, officer: str
    ) -> None:
        answers = [
            submit(client, "/account/register", **{**TestRegistering.DATA, "email": email})
            for email in (ADDRESS, "new@publisher.example")
        ]
        assert {(answer.status_code, answer.location) for answer in answers} == {(302, "/")}
        assert letters() == {ADDRESS: "already_registered", "new@publisher.example": "welcome"}


def count_people() -> int:
    db.release()
    return db.session().scalar(select(func.count(Person.id))) or 0


def letters() -> dict[str, str]:
    db.release()
    return {row.to: row.template for row in db.session().scalars(select(Outgoing))}


def link_in_letter(template: str) -> str:
    db.release()
    row = db.session().scalars(select(Outgoing).where(Outgoing.template == template)).one()
    found = re.search(r"https?://\S+(/account/\S+)", mail.letter(row).body)
    assert found is not None
    return found[1]


class TestLostPassword:
    def test_the_letter_leads_to_a_new_password(self, client: FlaskClient, officer: str) -> None:
        submit(client, "/account/reset", email=ADDRESS)
        link = link_in_letter("reset_password")
        new = "four quite different words"
        answer = submit(client, link, password=new, password_confirm=new)
        assert answer.status_code == 302
        sign_in(client, password=new)
        assert is_signed_in(client)
        assert letters() == {ADDRESS: "password_changed"}

    def test_a_link_works_once(self, client: FlaskClient, officer: str) -> None:
        submit(client, "/account/reset", email=ADDRESS)
        link = link_in_letter("reset_password")
        new = "four quite different words"
        submit(client, link, password=new, password_confirm=new)
        before = person(ADDRESS).password
        assert client.get(link).status_code == 302
        assert person(ADDRESS).password == before

    def test_an_unknown_address_gets_the_same_answer_and_no_letter(
        self, client: FlaskClient, officer: str
    ) -> None:
        known = submit(client, "/account/reset", email=ADDRESS)
        unknown = submit(client, "/account/reset", email="nobody@demo.example")
        assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
        assert letters() == {ADDRESS: "reset_password"}

    def test_other_sessions_end(self, app: Flask, client: FlaskClient, officer: str) -> None:
        sign_in(client)
        other = app.test_client()
        submit(other, "/account/reset", email=ADDRESS)
        new = "four quite different words"
        submit(other, link_in_letter("reset_password"), password=new, password_confirm=new)
        assert not is_signed_in(client)

    def test_the_letter_is_kept_for_want_of_a_mail_server(
        self, client: FlaskClient, officer: str
    ) -> None:
        submit(client, "/account/reset", email=ADDRESS)
        jobs.run_due()
        db.release()
        assert db.session().scalars(select(Outgoing.state)).all() == ["kept"]


class TestOneself:
    def test_language_and_appearance_are_ones_own(self, client: FlaskClient, officer: str) -> None:
        sign_in(client)
        submit(client, "/account/", name="Kovács", language="en", theme="darkroom")
        page = client.get("/account/").text
        assert '<html lang="en" data-theme="darkroom">' in page

    def test_a_name_is_needed_and_an_organisation_is_not(
        self, client: FlaskClient, officer: str
    ) -> None:
        sign_in(client)
        page = client.get("/account/?lang=en").text
        assert re.findall(r">([^<]+) <span class=.optional.", page) == ["Publisher or institution"]
        assert "Please tell us your name." in submit(client, "/account/?lang=en", name="").text
        assert person(ADDRESS).name == "Kovács"

    def test_the_password_is_changed_with_the_old_one(
        self, client: FlaskClient, officer: str
    ) -> None:
        sign_in(client)
        new = "four quite different words"
        data = {"new_password": new, "new_password_confirm": new}
        assert submit(client, "/account/change", password="wrong", **data).status_code == 200
        assert submit(client, "/account/change", password=PASSWORD, **data).status_code == 302
        assert service.HASHER.verify(person(ADDRESS).password or "", new)

    def test_others_are_sent_to_sign_in(self, client: FlaskClient) -> None:
        answer = client.get("/account/?lang=en")
        assert answer.status_code == 302
        assert answer.location.startswith("/account/login?")


def test_a_wrong_role_finds_nothing(client: FlaskClient) -> None:
    submit(client, "/account/register", **TestRegistering.DATA)
    assert client.get("/licensing/desk").status_code == 404
    assert client.get("/workbench").status_code == 404
