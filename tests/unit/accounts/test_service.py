"""Accounts: who may change them, what is kept of it, and what is never written down."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from archive import db, history
from archive.accounts import service
from archive.accounts.models import Grant, Person
from archive.accounts.service import AccountError
from archive.history import AuditEvent, Change

pytestmark = pytest.mark.usefixtures("database")
OPERATOR = history.system("command line")
PASSWORD = "four words in a row"
ADDRESS = "archivist@demo.example"


def person(email: str = ADDRESS, *roles: str) -> Person:
    return service.add_person(
        OPERATOR, email=email, name="Kovács Ilona", roles=roles or ("archivist",), password=PASSWORD
    )


def stored() -> str:
    """Everything that history and the audit chain say, as one text."""
    session = db.session()
    changes = [(row.before, row.after) for row in session.scalars(select(Change))]
    events = [(event.actor, event.payload) for event in session.scalars(select(AuditEvent))]
    return json.dumps([changes, events], default=str)


def roles_of(email: str = ADDRESS) -> list[str]:
    db.release()
    found = service.by_email(db.session(), email)
    assert found is not None
    return [role.name for role in found.roles]


def test_a_person_is_added_with_roles() -> None:
    made = person(ADDRESS, "officer", "archivist", "officer")
    assert made.active
    assert roles_of() == ["archivist", "officer"]
    assert made.password is not None
    assert service.HASHER.verify(made.password, PASSWORD)
    assert made.password.startswith("$argon2id$")


def test_history_knows_the_roles_and_nothing_personal() -> None:
    made = person()
    service.grant(OPERATOR, made, "officer")
    service.set_password(OPERATOR, made, "another four words")
    service.disable(OPERATOR, made)
    said = stored()
    for secret in (ADDRESS, "Kovács", "argon2", made.fs_uniquifier):
        assert secret not in said
    assert '"role": "officer"' in said
    assert '[{"active": true}, {"active": false}]' in said


@pytest.mark.parametrize("email", ["ARCHIVIST@demo.example", " archivist@demo.example "])
def test_an_address_has_one_account_in_whatever_case(email: str) -> None:
    person()
    with pytest.raises(AccountError) as refused:
        person(email)
    assert refused.value.code == "taken"
    found = service.by_email(db.session(), email)
    assert found is not None
    assert found.email == ADDRESS


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "email"),
        ({"roles": ["emperor"]}, "role"),
        ({"password": "short"}, "short"),
        ({"password": "x" * 200}, "long"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(AccountError) as refused:
        service.add_person(OPERATOR, **{"email": ADDRESS, **wrong})  # type: ignore[arg-type]
    assert refused.value.code == code
    assert str(refused.value).endswith(".")
    assert service.people(db.session()) == []


@pytest.mark.parametrize("verb", ["add", "grant", "revoke", "disable", "enable", "password"])
def test_only_administrators_change_accounts(verb: str) -> None:
    made = person()
    archivist = history.Actor(made.id, "archivist", frozenset({"archivist", "officer"}))
    acts = {
        "add": lambda: service.add_person(archivist, email="x@demo.example"),
        "grant": lambda: service.grant(archivist, made, "administrator"),
        "revoke": lambda: service.revoke(archivist, made, "archivist"),
        "disable": lambda: service.disable(archivist, made),
        "enable": lambda: service.enable(archivist, made),
        "password": lambda: service.set_password(archivist, made, PASSWORD),
    }
    with pytest.raises(AccountError) as refused:
        acts[verb]()
    assert refused.value.code == "not_allowed"
    assert roles_of() == ["archivist"]


def test_a_role_is_given_once_and_taken_away() -> None:
    made = person()
    service.grant(OPERATOR, made, "officer")
    service.grant(OPERATOR, made, "officer")
    assert roles_of() == ["archivist", "officer"]
    service.revoke(OPERATOR, made, "archivist")
    service.revoke(OPERATOR, made, "archivist")
    assert roles_of() == ["officer"]
    assert db.session().scalar(select(func.count(Grant.id))) == 1


def test_the_last_administrator_keeps_the_keys() -> None:
    first = person("first@demo.example", "administrator")
    for act in (service.disable, lambda actor, who: service.revoke(actor, who, "administrator")):
        with pytest.raises(AccountError) as refused:
            act(OPERATOR, first)
        assert refused.value.code == "last"
    second = person("second@demo.example", "administrator")
    service.disable(OPERATOR, second)
    with pytest.raises(AccountError):
        service.disable(OPERATOR, first)
    service.enable(OPERATOR, second)
    service.revoke(OPERATOR, first, "administrator")
    assert roles_of("first@demo.example") == []


def test_disabling_ends_every_session() -> None:
    made = person()
    before = made.fs_uniquifier
    service.disable(OPERATOR, made)
    db.release()
    found = service.by_email(db.session(), ADDRESS)
    assert found is not None
    assert (found.active, found.fs_uniquifier == before) == (False, False)


def test_a_new_password_ends_every_session() -> None:
    made = person()
    before = made.fs_uniquifier
    service.set_password(OPERATOR, made, "another four words")
    db.release()
    found = service.by_email(db.session(), ADDRESS)
    assert found is not None
    assert found.fs_uniquifier != before
    assert found.password is not None
    assert service.HASHER.verify(found.password, "another four words")


def test_people_say_of_themselves_what_they_like() -> None:
    made = person()
    actor = history.Actor(made.id, "archivist", frozenset({"archivist"}))
    service.describe_oneself(
        actor, name=" Kovács I. ", organisation="OSA", language="hu", theme="darkroom"
    )
    db.release()
    found = service.by_email(db.session(), ADDRESS)
    assert found is not None
    assert (found.name, found.organisation, found.language, found.theme) == (
        "Kovács I.",
        "OSA",
        "hu",
        "darkroom",
    )
