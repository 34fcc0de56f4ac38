"""How a command opens the archive, and how it says what a room refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from archive import db, history, jobs, schema
from archive.settings import Settings, use

NO_ARCHIVE = "There is no archive here yet; `pillanat init` makes one."
OPERATOR = history.system("command line")


def open_archive() -> Settings:
    """Connect to the archive of the settings; refuses one that is not set up or not up to date."""
    settings = use(Settings.load())
    if _is_missing(settings.database):
        raise click.ClickException(NO_ARCHIVE)
    try:
        at = schema.present(db.connect(settings.database))
    except OperationalError as error:
        raise click.ClickException(f"The database cannot be reached: {error.orig}") from error
    if at is None:
        raise click.ClickException(NO_ARCHIVE)
    if at != schema.newest():
        raise click.ClickException(
            f"The database is at revision {at}, this program needs {schema.newest()};"
            " `pillanat upgrade` brings it up to date."
        )
    jobs.connect(settings)
    return settings


def _is_missing(address: str) -> bool:
    """Whether this is an SQLite file that does not exist; connecting would make an empty one."""
    url = make_url(address)
    return url.drivername == "sqlite" and not Path(url.database or "").exists()


@contextmanager
def refusing(*errors: type[Exception]) -> Iterator[None]:
    """Say these errors as a sentence, exit code 1."""
    try:
        yield
    except errors as error:
        raise click.ClickException(str(error)) from error


def say_json(value: dict[str, Any]) -> None:
    """Print one line of JSON, in UTF-8 whatever the terminal thinks."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str).encode())
