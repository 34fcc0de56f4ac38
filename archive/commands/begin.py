"""`pillanat init`: folders, database, the first administrator. Doing it again changes nothing."""

from __future__ import annotations

import sys

import click
from sqlalchemy import select

from archive import db, schema
from archive.accounts import service
from archive.accounts.models import Grant, Person
from archive.commands.opening import OPERATOR, open_archive, refusing
from archive.settings import Settings
from archive.storage import Storage


@click.command()
@click.option("--email", help="Address of the first administrator.")
@click.option("--name", default="", help="Name of the first administrator.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def init(email: str | None, name: str, password_stdin: bool) -> None:
    """Make the database and folders, and the first account.

    An archive that is there already keeps everything.
    """
    settings = Settings.load()
    prepare(settings)
    open_archive()
    click.echo(f"The archive is ready in {settings.data}.")
    if _has_administrator():
        return
    if email is None and not sys.stdin.isatty():
        click.echo("It has no administrator yet: pillanat user add EMAIL --role administrator")
        return
    email = email or click.prompt("E-mail address of the administrator")
    with refusing(service.AccountError):
        service.add_person(
            OPERATOR,
            email=email,
            name=name,
            roles=("administrator", "archivist", "officer"),
            password=read_password(password_stdin),
        )
    click.echo(f"{email} may sign in as administrator, archivist and officer.")


def prepare(settings: Settings) -> None:
    """Make folders, keys and tables where they are missing; an older archive stays as it is."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    settings.search_index.mkdir(parents=True, exist_ok=True)
    Storage(settings.media).prepare()
    settings.key_for("sessions")
    if schema.present(db.connect(settings.database)) in (None, schema.newest()):
        schema.upgrade(settings.database)


def read_password(from_stdin: bool) -> str:
    """A password, from standard input or typed twice without being shown."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _has_administrator() -> bool:
    found = select(Grant.id).join(Person).where(Grant.role == "administrator", Person.active)
    return db.session().scalar(found.limit(1)) is not None
