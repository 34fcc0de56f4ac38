"""`pillanat fixity`: are the masters still what they were?"""

from __future__ import annotations

import sys

import click
from sqlalchemy import select

from archive import db, storage
from archive.commands.opening import open_archive, say_json
from archive.storage import StoredFile


@click.command()
@click.option("--all", "everything", is_flag=True, help="Every master, not the longest unchecked.")
@click.option("--files", default=1000, show_default=True, help="How many, without --all.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each damaged master.")
def fixity(everything: bool, files: int, as_json: bool) -> None:
    """Read masters and compare them with their digests; exit code 1 when one is damaged.

    Without --all those are read that were not checked for the longest time.
    """
    settings = open_archive()
    masters = storage.Storage(settings.media)
    chosen = _chosen(None if everything else files)
    damaged = 0
    with click.progressbar(chosen, file=sys.stderr, hidden=not sys.stderr.isatty()) as digests:
        for digest in digests:
            stored = db.session().get_one(StoredFile, digest)
            if not storage.check(masters, stored):
                damaged += 1
                _tell(stored, as_json)
    if not as_json:
        click.echo(f"{len(chosen)} masters read, {damaged} damaged or missing.")
    sys.exit(1 if damaged else 0)


def _chosen(limit: int | None) -> list[str]:
    oldest = StoredFile.checked_at.asc().nulls_first()
    digests = db.session().scalars(
        select(StoredFile.sha256).order_by(oldest, StoredFile.sha256).limit(limit)
    )
    return list(digests)


def _tell(stored: StoredFile, as_json: bool) -> None:
    if as_json:
        say_json({"sha256": stored.sha256, "address": stored.address, "ok": False})
    else:
        click.echo(f"damaged or missing: {stored.address or stored.sha256}")
