"""Administrators' pages: people, the outbox, jobs; and that they are for nobody else."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from archive import db, history, jobs, mail
from archive.accounts import service
from archive.accounts.models import Person
from archive.jobs import Job

OPERATOR = history.system("command line")
PASSWORD = "four words in a row"
PAGES = ("/admin/people", "/admin/outbox", "/admin/jobs")


@pytest.fixture
def administrator(app: Flask, client: FlaskClient) -> FlaskClient:
    return signed_in(client, "administrator@demo.example", "administrator")


def signed_in(client: FlaskClient, email: str, *roles: str) -> FlaskClient:
    service.add_person(OPERATOR, email=email, roles=roles, password=PASSWORD)
    db.release()
    answer = post(client, "/account/login", "/account/login", email=email, password=PASSWORD)
    assert answer.status_code == 302
    return client


def post(client: FlaskClient, page: str, address: str, **data: object) -> TestResponse:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(page).text)
    assert found is not None
    return client.post(address, data={"csrf_token": found[1], **data})


def person(email: str) -> Person:
    db.release()
    found = service.by_email(db.session(), email)
    assert found is not None
    return found


def roles_of(email: str) -> list[str]:
    return [role.name for role in person(email).roles]


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_for_administrators(app: Flask, page: str) -> None:
    assert app.test_client().get(page).location.startswith("/account/login?")
    officer = signed_in(app.test_client(), "officer@demo.example", "officer", "archivist")
    assert officer.get(page).status_code == 404
    chief = signed_in(app.test_client(), "chief@demo.example", "administrator")
    assert chief.get(page).status_code == 200


def test_somebody_is_added_and_given_roles(administrator: FlaskClient) -> None:
    added = post(administrator, PAGES[0], PAGES[0], email="new@demo.example", name="Új Ember")
    assert added.status_code == 302
    made = person("new@demo.example")
    assert (made.name, made.password) == ("Új Ember", None)
    address = f"/admin/people/{made.public_id}"
    post(administrator, PAGES[0], address, roles=["archivist", "officer"], active="1")
    assert roles_of("new@demo.example") == ["archivist", "officer"]
    post(administrator, PAGES[0], address, roles=["officer"])
    assert roles_of("new@demo.example") == ["officer"]
    assert not person("new@demo.example").active
    sets = db.session().scalars(select(history.ChangeSet)).all()
    assert [row.action for row in sets][-3:] == ["add_person", "settle_account", "settle_account"]
    assert sets[-1].actor_label == "administrator"


def test_whoever_was_added_chooses_a_password_by_letter(
    app: Flask, administrator: FlaskClient
) -> None:
    post(administrator, PAGES[0], PAGES[0], email="new@demo.example")
    stranger = app.test_client()
    post(stranger, "/account/reset", "/account/reset", email="new@demo.example")
    page = administrator.get("/admin/outbox").text
    found = re.search(r'href="(/admin/outbox/\w+)"', page)
    assert found is not None
    link = re.search(r"/account/reset/\S+", administrator.get(found[1]).text)
    assert link is not None
    data = {"password": PASSWORD, "password_confirm": PASSWORD}
    post(stranger, link[0], link[0], **data)
    data = {"email": "new@demo.example", "password": PASSWORD}
    assert post(stranger, "/account/login", "/account/login", **data).status_code == 302


@pytest.mark.parametrize("email", ["nobody", "administrator@demo.example", ""])
def test_what_cannot_be_added_is_said_beside_the_field(
    administrator: FlaskClient, email: str
) -> None:
    answer = post(administrator, PAGES[0], PAGES[0], email=email, name="Kept")
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.text
    assert 'value="Kept"' in answer.text


@pytest.mark.parametrize("data", [{"roles": ["administrator"]}, {"active": "1"}])
def test_the_last_administrator_stays(administrator: FlaskClient, data: dict[str, object]) -> None:
    address = f"/admin/people/{person('administrator@demo.example').public_id}"
    post(administrator, PAGES[0], address, **data)
    assert roles_of("administrator@demo.example") == ["administrator"]
    assert person("administrator@demo.example").active
    assert 'role="alert"' in administrator.get(PAGES[0]).text


def test_a_role_that_does_not_exist_is_ignored(administrator: FlaskClient) -> None:
    address = f"/admin/people/{person('administrator@demo.example').public_id}"
    post(administrator, PAGES[0], address, roles=["administrator", "emperor"], active="1")
    assert roles_of("administrator@demo.example") == ["administrator"]


def test_a_letter_is_shown_as_text(administrator: FlaskClient) -> None:
    mail.send("welcome", "x@demo.example", "en", {"link": "<script>alert(1)</script>"}, "k")
    row = mail.outbox(db.session())[0]
    page = administrator.get(f"/admin/outbox/{row.public_id}").text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_jobs_are_tried_again_and_cancelled(administrator: FlaskClient) -> None:
    number = jobs.submit("forget_jobs").id
    public_id = db.session().get_one(Job, number).public_id
    for do, state in (("cancel", "cancelled"), ("retry", "queued")):
        post(administrator, PAGES[2], f"/admin/jobs/{public_id}", do=do)
        db.release()
        assert db.session().get_one(Job, number).state == state
    page = administrator.get("/admin/jobs?lang=en").text
    assert "Clearing old jobs away" in page
    assert "forget_jobs" not in page


def test_every_kind_of_job_has_a_name(administrator: FlaskClient) -> None:
    kinds = [kind for kind, work in jobs._works.items() if work.__module__.startswith("archive.")]
    for kind in kinds:
        jobs.submit(kind)
    page = administrator.get("/admin/jobs?lang=en").text
    assert len(kinds) > 15
    assert [kind for kind in kinds if f">{kind}<br>" in page] == []


def test_what_is_not_there_is_not_found(administrator: FlaskClient) -> None:
    assert administrator.get("/admin/outbox/nothing").status_code == 404
    page = PAGES[0]
    assert post(administrator, page, "/admin/people/nothing").status_code == 404
