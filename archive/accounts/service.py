"""What may be done with accounts: add a person, grant and revoke a role, disable, enable."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import uuid4

from argon2 import PasswordHasher
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.accounts.models import ROLES, Grant, Person
from archive.history import Actor, change

MIN_PASSWORD = 12
MAX_PASSWORD = 128
HASHER = PasswordHasher()


class AccountError(Exception):
    """An account cannot be made or changed so; `code` and `params` say why."""

    SENTENCES: ClassVar = {
        "email": "This is not an e-mail address.",
        "taken": "There is already an account with this address.",
        "role": "There is no role called “{role}”; the roles are {roles}.",
        "short": "A password needs at least {least} characters.",
        "long": "A password may have at most {most} characters.",
        "unknown": "There is no account with this address.",
        "last": "This is the last active administrator; somebody must keep the keys.",
        "not_allowed": "Only an administrator may change accounts.",
    }

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(self.SENTENCES[code].format(**params))
        self.code = code
        self.params = params


def add_person(
    actor: Actor,
    *,
    email: str,
    name: str = "",
    organisation: str = "",
    roles: Iterable[str] = (),
    password: str | None = None,
) -> Person:
    """Make an account. Without a password its owner sets one by the recovery mail."""
    _allow(actor)
    address = _address(email)
    granted = [_role(role) for role in roles]
    hashed = hash_password(password) if password is not None else None
    with change(actor, "add_person") as change_set:
        session = _session(change_set)
        if by_email(session, address) is not None:
            raise AccountError("taken")
        person = Person(
            email=address, name=name.strip(), organisation=organisation.strip(), password=hashed
        )
        person.grants = [Grant(role=role) for role in dict.fromkeys(granted)]
        session.add(person)
        session.flush()
        return person


def grant(actor: Actor, person: Person, role: str) -> None:
    """Give a role; somebody who holds it already keeps it."""
    _allow(actor)
    wanted = _role(role)
    with change(actor, "grant_role") as change_set:
        session = _session(change_set)
        held = session.get_one(Person, person.id)
        if wanted not in {grant.role for grant in held.grants}:
            held.grants.append(Grant(role=wanted))
            session.flush()


def revoke(actor: Actor, person: Person, role: str) -> None:
    """Take a role away; the last active administrator keeps theirs."""
    _allow(actor)
    unwanted = _role(role)
    with change(actor, "revoke_role") as change_set:
        session = _session(change_set)
        held = session.get_one(Person, person.id)
        for grant in [grant for grant in held.grants if grant.role == unwanted]:
            _keep_the_keys(session, held, unwanted)
            session.delete(grant)
        session.flush()
        session.expire(held, ["grants"])


def disable(actor: Actor, person: Person) -> None:
    """Close an account; its sessions end with the next request and nothing of it is lost."""
    _allow(actor)
    with change(actor, "disable_person") as change_set:
        session = _session(change_set)
        held = session.get_one(Person, person.id)
        _keep_the_keys(session, held, "administrator")
        held.active = False
        held.fs_uniquifier = uuid4().hex
        session.flush()


def enable(actor: Actor, person: Person) -> None:
    _allow(actor)
    with change(actor, "enable_person") as change_set:
        session = _session(change_set)
        session.get_one(Person, person.id).active = True
        session.flush()


def settle(actor: Actor, person: Person, *, roles: Iterable[str], active: bool) -> None:
    """Give exactly these roles, and open or close the account, in one change set."""
    _allow(actor)
    wanted = {_role(role) for role in roles}
    with change(actor, "settle_account") as change_set:
        held = {grant.role for grant in _session(change_set).get_one(Person, person.id).grants}
        if active and not person.active:
            enable(actor, person)
        for role in sorted(wanted - held):
            grant(actor, person, role)
        for role in sorted(held - wanted):
            revoke(actor, person, role)
        if not active and person.active:
            disable(actor, person)


def set_password(actor: Actor, person: Person, password: str) -> None:
    """Set a password and end every session the person has open."""
    _allow(actor)
    hashed = hash_password(password)
    with change(actor, "set_password") as change_set:
        session = _session(change_set)
        held = session.get_one(Person, person.id)
        held.password = hashed
        held.fs_uniquifier = uuid4().hex
        session.flush()


def describe_oneself(
    actor: Actor, *, name: str, organisation: str, language: str, theme: str
) -> None:
    """Change what a person says about themselves; `actor` is that person."""
    with change(actor, "describe_oneself") as change_set:
        person = _session(change_set).get_one(Person, actor.person_id)
        person.name, person.organisation = name.strip(), organisation.strip()
        person.language, person.theme = language, theme


def by_email(session: Session, email: str) -> Person | None:
    """The account with this address, in whatever case it was typed."""
    return session.scalar(select(Person).where(func.lower(Person.email) == email.strip().lower()))


def people(session: Session) -> Sequence[Person]:
    """All accounts by address."""
    return session.scalars(select(Person).order_by(Person.email)).all()


def hash_password(password: str) -> str:
    """Hash with argon2id. Raises AccountError for a password that is too short or too long."""
    normal = unicodedata.normalize("NFKD", password)
    if len(normal) < MIN_PASSWORD:
        raise AccountError("short", least=MIN_PASSWORD)
    if len(normal) > MAX_PASSWORD:
        raise AccountError("long", most=MAX_PASSWORD)
    return HASHER.hash(normal)


def _allow(actor: Actor) -> None:
    if not actor.has("administrator"):
        raise AccountError("not_allowed")


def _address(email: str) -> str:
    try:
        valid = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise AccountError("email") from error
    return valid.normalized


def _role(role: str) -> str:
    if role not in ROLES:
        raise AccountError("role", role=role, roles=", ".join(ROLES))
    return role


def _session(instance: Any) -> Session:
    session = Session.object_session(instance)
    assert session is not None
    return session


def _keep_the_keys(session: Session, person: Person, role: str) -> None:
    """Refuse to take the administrator's role from the last one who can still sign in."""
    if role != "administrator":
        return
    others = session.scalar(
        select(func.count())
        .select_from(Grant)
        .join(Person)
        .where(Grant.role == role, Person.active, Person.id != person.id)
    )
    if not others and any(grant.role == role for grant in person.grants) and person.active:
        raise AccountError("last")
