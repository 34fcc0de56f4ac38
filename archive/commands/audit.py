"""`pillanat audit verify`: the audit chain, from its first event to its last."""

from __future__ import annotations

import sys

import click

from archive import db, history
from archive.commands.opening import open_archive, say_json
from archive.history import triggers


@click.group()
def audit() -> None:
    """Verify the audit chain."""
    open_archive()


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def verify(as_json: bool) -> None:
    """Walk the chain and compare every hash; exit code 1 where it is broken.

    Keep the last hash somewhere else: it proves that nothing before it was changed.
    """
    found = history.verify(db.session())
    missing = triggers.missing(db.session().connection())
    if as_json:
        say_json({"events": found.events, "broken_at": found.broken_at, "head": found.head})
    elif found.broken_at is None:
        click.echo(f"The chain of {found.events} events holds. Last hash: {found.head}")
    else:
        click.echo(f"The chain is broken at event {found.broken_at}; {found.events} events hold.")
    if missing:
        click.echo(f"Triggers are missing: {', '.join(missing)}. Run `pillanat init`.", err=True)
    sys.exit(1 if missing or found.broken_at is not None else 0)
