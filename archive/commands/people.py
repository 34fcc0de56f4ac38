"""`pillanat user …`: accounts at the command line."""

from __future__ import annotations

import click

from archive import db
from archive.accounts import service
from archive.accounts.models import ROLES, Person
from archive.commands.begin import read_password
from archive.commands.opening import OPERATOR, open_archive, refusing, say_json


@click.group()
def user() -> None:
    """Add people, give and take roles, disable accounts."""
    open_archive()


@user.command()
@click.argument("email")
@click.option("--name", default="")
@click.option("--organisation", default="")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES))
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--no-password", is_flag=True, help="Let the person choose one by recovery mail.")
def add(
    email: str,
    name: str,
    organisation: str,
    roles: tuple[str, ...],
    password_stdin: bool,
    no_password: bool,
) -> None:
    """Add a person."""
    password = None if no_password else read_password(password_stdin)
    with refusing(service.AccountError):
        service.add_person(
            OPERATOR,
            email=email,
            name=name,
            organisation=organisation,
            roles=roles,
            password=password,
        )
    click.echo(f"{email} is added{' as ' + ', '.join(roles) if roles else ''}.")


@user.command()
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--remove", is_flag=True, help="Take the role away.")
def role(email: str, role: str, remove: bool) -> None:
    """Give a role to a person, or take it away."""
    verb = service.revoke if remove else service.grant
    with refusing(service.AccountError):
        verb(OPERATOR, _person(email), role)
    click.echo(f"{email} {'no longer is' if remove else 'is'} {role}.")


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Close an account and end its sessions."""
    with refusing(service.AccountError):
        service.disable(OPERATOR, _person(email))
    click.echo(f"{email} may no longer sign in.")


@user.command()
@click.argument("email")
def enable(email: str) -> None:
    """Open a closed account again."""
    with refusing(service.AccountError):
        service.enable(OPERATOR, _person(email))
    click.echo(f"{email} may sign in again.")


@user.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def password(email: str, password_stdin: bool) -> None:
    """Set a person's password and end their sessions."""
    with refusing(service.AccountError):
        person = _person(email)
        service.set_password(OPERATOR, person, read_password(password_stdin))
    click.echo(f"{email} has a new password.")


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_people(as_json: bool) -> None:
    """List the accounts."""
    for person in service.people(db.session()):
        roles = [grant.role for grant in person.grants]
        if as_json:
            say_json({"email": person.email, "active": person.active, "roles": roles})
        else:
            state = ", ".join(roles) if person.active else "disabled"
            click.echo(f"{person.email:<40} {state}")


def _person(email: str) -> Person:
    person = service.by_email(db.session(), email)
    if person is None:
        raise service.AccountError("unknown")
    return person
