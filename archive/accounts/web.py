"""The wiring of Flask-Security, and the one place that knows who is signed in.

Every account page that changes something runs inside one `history.change()`; a page that fails
leaves nothing behind, its mail included.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_login import current_user as signed_in_user
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore, user_registered
from sqlalchemy.orm import Session

from archive import db, mail
from archive.accounts.forms import FORMS
from archive.accounts.models import ROLES, Grant, Person, Role
from archive.accounts.service import HASHER, MAX_PASSWORD, MIN_PASSWORD
from archive.history import Actor, change
from archive.history.actor import READER
from archive.settings import Settings

LETTERS = {
    "security/email/reset_instructions": "reset_password",
    "security/email/reset_notice": "password_changed",
    "security/email/change_notice": "password_changed",
    "security/email/confirmation_instructions": "confirm_address",
    "security/email/welcome": "welcome",
    "security/email/welcome_existing": "already_registered",
}
# Sign-in only reads, and must not hold the write lock while it computes a hash.
READING = {"security.login", "security.logout", "security.verify", "security.static"}

V = TypeVar("V", bound=Callable[..., Any])


class _Sessions:
    """The session of this request, as Flask-Security's datastore asks for it."""

    @property
    def session(self) -> Session:
        return db.session()


class Datastore(SQLAlchemyUserDatastore):
    """People in our own session; only `change()` and `transaction()` commit."""

    def __init__(self) -> None:
        super().__init__(_Sessions(), Person, Role)

    def find_role(self, role: str) -> Role | None:
        return Role(role) if role in ROLES else None

    def commit(self) -> None:
        """What is left to write after sign-in is a hash made anew with today's cost."""
        renewed = {
            person.id: person.password
            for person in db.session().dirty
            if isinstance(person, Person)
        }
        if renewed and not db.in_transaction():
            with db.transaction() as session:
                for person_id, password in renewed.items():
                    session.get_one(Person, person_id).password = password


class OutboxMail(MailUtil):
    """Flask-Security's messages become rows of our outbox, in our own words."""

    def send_mail(
        self,
        template: str,
        subject: str,  # noqa: ARG002 - the letter has its own
        recipient: Any,
        *_rendered: Any,
        **context: Any,
    ) -> None:
        """Put one message into the outbox; links carry a token, so each is a message of its own."""
        locale = getattr(context.get("user"), "language", "") or str(get_locale())
        link = next((context[key] for key in _LINKS if context.get(key)), "")
        payload = {"link": link, "within": str(context.get("within", ""))}
        key = f"{LETTERS[template]}:{secrets.token_hex(12)}"
        mail.send(LETTERS[template], str(recipient), locale, payload, key)


_LINKS = ("reset_link", "confirmation_link", "recovery_link")


def init_app(app: Flask, settings: Settings) -> None:
    """Add sign-in, registration, recovery and change of password to the application."""
    app.config.update(_configuration(settings))
    security = Security(
        app,
        Datastore(),
        mail_util_cls=OutboxMail,
        **FORMS,
    )
    security.unauthn_handler(_ask_to_sign_in)
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("security.") and endpoint not in READING:
            app.view_functions[endpoint] = _in_one_change(endpoint, view)
    app.view_functions["security.logout"] = _confirmed(app.view_functions["security.logout"])
    user_registered.connect(_welcome_publisher, app)


def current_actor() -> Actor:
    """Whoever is signed in, as services want to know them; a reader when nobody is."""
    if "actor" not in g:
        g.actor = _actor_of(_user()) if _user().is_authenticated else READER
    return cast(Actor, g.actor)


def current_person() -> Person | None:
    """The account that is signed in: for its own page and its language, never for decisions."""
    if not _user().is_authenticated:
        return None
    return cast(Person, _user())


def _user() -> Any:
    return signed_in_user._get_current_object()


def roles_required(*roles: str) -> Callable[[V], V]:
    """Let only holders of one of the roles in: others sign in first, or find nothing here."""

    def decorate(view: V) -> V:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            actor = current_actor()
            if actor.has(*roles):
                return view(*args, **kwargs)
            if actor.person_id is not None:
                abort(404)
            return _ask_to_sign_in()

        return cast(V, guarded)

    return decorate


def signed_in(view: V) -> V:
    """Let anybody with an account in."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if current_actor().person_id is None:
            return _ask_to_sign_in()
        return view(*args, **kwargs)

    return cast(V, guarded)


def _ask_to_sign_in(*_ignored: Any, **_also: Any) -> Any:
    """A page sends to sign-in and back; data answers 401."""
    if request.path.endswith(".json") or request.path.startswith("/api/"):
        abort(401)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("security.login", next=back))


def _actor_of(person: Any) -> Actor:
    roles = [role.name for role in person.roles]
    return Actor(person.id, roles[0] if roles else "reader", frozenset(roles))


def _welcome_publisher(_app: Flask, user: Person, **_ignored: Any) -> None:
    """Whoever registers may ask for licences."""
    user.grants.append(Grant(role="publisher"))
    user.language = str(get_locale())


def _in_one_change(endpoint: str, view: Callable[..., Any]) -> Callable[..., Any]:
    action = endpoint.replace(".", "_")

    @wraps(view)
    def recorded(*args: Any, **kwargs: Any) -> Any:
        if request.method in ("GET", "HEAD") and not kwargs:
            return view(*args, **kwargs)
        with change(current_actor(), action):
            return view(*args, **kwargs)

    return recorded


def _confirmed(view: Callable[..., Any]) -> Callable[..., Any]:
    """Signing out changes something, so a link to it only asks."""

    @wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Response | str:
        if request.method == "POST":
            return cast(Response, view(*args, **kwargs))
        return render_template("security/logout_user.html")

    return asked


def _configuration(settings: Settings) -> dict[str, Any]:
    reachable = bool(settings.mail_server)
    return {
        "SECURITY_URL_PREFIX": "/account",
        "SECURITY_DATETIME_FACTORY": db.now,
        # Roles are read from the grants of a person, which are not a column to join.
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__type": "ID",
            "argon2__time_cost": HASHER.time_cost,
            "argon2__memory_cost": HASHER.memory_cost,
            "argon2__parallelism": HASHER.parallelism,
        },
        "SECURITY_PASSWORD_SALT": settings.key_for("accounts"),
        "SECURITY_PASSWORD_LENGTH_MIN": MIN_PASSWORD,
        "SECURITY_PASSWORD_LENGTH_MAX": MAX_PASSWORD,
        # No question is put to any name server: the letter shows whether an address is reached.
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_REGISTERABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        # Without a mail server nobody could confirm an address, so nobody is asked to.
        "SECURITY_CONFIRMABLE": reachable,
        "SECURITY_SEND_REGISTER_EMAIL": reachable,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_EMAIL_PLAINTEXT": False,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_LOGOUT_METHODS": ["GET", "POST"],
        "SECURITY_POST_LOGIN_VIEW": "accounts.begin",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
    }
