"""`pillanat doctor`: everything that can be checked, each with what to do when it is wrong.

A check is a function that yields findings; it changes nothing. The invariant: one check that
fails by itself becomes a finding, and the others still run.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal, NamedTuple

import click
from sqlalchemy import func, make_url, select, text
from sqlalchemy.exc import ArgumentError

from archive import db, history, schema
from archive.accounts.models import Grant, Person
from archive.commands.opening import open_archive, say_json
from archive.history import triggers
from archive.jobs import Job
from archive.mail import Outgoing
from archive.media import transcribing
from archive.media.models import Picture
from archive.search import service as searching
from archive.settings import Settings
from archive.storage import Storage, StoredFile

SECRETS = {"secret_key", "mail_password"}
ADDRESSES = {"database_url", "jobs_url"}
LEAST_FREE = 5 << 30
BROWSER_FILES = ("htmx.min.js", "openseadragon.min.js", "openseadragon", "fonts")
MARKS = {"good": "  ok  ", "look": " look ", "wrong": "WRONG "}


class Finding(NamedTuple):
    """One thing that was looked at: how it is, and what to do about it."""

    state: Literal["good", "look", "wrong"]
    what: str
    remedy: str = ""


Check = Callable[[Settings], Iterator[Finding]]


@click.command()
@click.option("--settings", "list_settings", is_flag=True, help="List every setting instead.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a finding.")
def doctor(list_settings: bool, as_json: bool) -> None:
    """Check everything that can be checked; exit code 1 when something is wrong."""
    if list_settings:
        _list_settings(Settings.load(), as_json)
        return
    settings = open_archive()
    wrong = 0
    for check in CHECKS:
        for finding in _findings(check, settings):
            wrong += finding.state == "wrong"
            _tell(finding, as_json)
    sys.exit(1 if wrong else 0)


def folders(settings: Settings) -> Iterator[Finding]:
    """The folders can be written, and the disk has room."""
    for folder in (settings.instance, settings.media, settings.search_index):
        if not folder.is_dir():
            yield Finding("wrong", f"{folder} is missing", "pillanat init makes it")
        elif not os.access(folder, os.W_OK):
            yield Finding(
                "wrong", f"{folder} cannot be written", "give it to the account that runs this"
            )
    free = shutil.disk_usage(settings.data).free
    said = f"{free / (1 << 30):.0f} GiB free in {settings.data}"
    yield Finding("good" if free > LEAST_FREE else "look", said, "make room before it is full")
    key = settings.instance / "secret_key"
    if key.exists() and key.stat().st_mode & 0o077:
        yield Finding("wrong", "others may read the secret key", f"chmod 600 {key}")


def database(_settings: Settings) -> Iterator[Finding]:
    """The schema is the newest, history's triggers stand, SQLite finds its file whole."""
    at = schema.present(db.engine())
    yield Finding("good", f"{db.engine().dialect.name}, revision {at}")
    connection = db.session().connection()
    if missing := triggers.missing(connection):
        yield Finding("wrong", f"triggers are missing: {', '.join(missing)}", "pillanat init")
    if db.is_sqlite():
        said = connection.scalar(text("PRAGMA quick_check(1)"))
        if said != "ok":
            yield Finding("wrong", f"the database file is damaged: {said}", "pillanat restore")
        if connection.execute(text("PRAGMA foreign_key_check")).first():
            yield Finding("wrong", "rows refer to rows that are gone", "pillanat restore")


def audit_chain(_settings: Settings) -> Iterator[Finding]:
    """The audit chain holds."""
    found = history.verify(db.session())
    if found.broken_at is None:
        yield Finding("good", f"the audit chain of {found.events} events holds")
    else:
        remedy = "compare with a backup; somebody wrote to the database by another way"
        yield Finding("wrong", f"the audit chain is broken at {found.broken_at}", remedy)


def accounts(_settings: Settings) -> Iterator[Finding]:
    """Somebody can administer the archive."""
    wanted = select(func.count(Grant.id)).join(Person)
    number = db.session().scalar(wanted.where(Grant.role == "administrator", Person.active))
    if number:
        yield Finding("good", f"{number} active administrator{'s' if number > 1 else ''}")
    else:
        yield Finding("wrong", "nobody is administrator", "pillanat user role EMAIL administrator")


def masters(settings: Settings) -> Iterator[Finding]:
    """The masters are known, checked and intact."""
    storage, session = Storage(settings.media), db.session()
    number = session.scalar(select(func.count()).select_from(StoredFile)) or 0
    damaged = session.scalar(
        select(func.count()).select_from(StoredFile).where(StoredFile.intact.is_(False))
    )
    yield Finding("good", f"{number} masters")
    if damaged:
        remedy = "pillanat fixity --all names them; bring them back from a backup"
        yield Finding("wrong", f"{damaged} masters are damaged or missing", remedy)
    if orphans := storage.orphans(session):
        said = f"{len(orphans)} masters belong to no photograph"
        yield Finding("look", said, "ingest the same files again; nothing is taken twice")


def backs(settings: Settings) -> Iterator[Finding]:
    """A program reads the backs of prints, where that is wanted."""
    if settings.transcribe_versos and not transcribing.program():
        said = "the backs of prints are not read: there is no tesseract"
        yield Finding("look", said, "install tesseract-ocr with the languages of the captions")


def pictures(_settings: Settings) -> Iterator[Finding]:
    """The pictures of the pages are made."""
    session = db.session()
    waiting = session.scalar(select(func.count()).where(Picture.state == "waiting"))
    if waiting:
        said = f"{waiting} pictures wait to be made"
        yield Finding("look", said, "they are made while `pillanat worker` runs")
    failed = session.scalar(select(func.count()).where(Picture.state == "failed"))
    if failed:
        first = session.scalar(select(Picture.reason).where(Picture.state == "failed").limit(1))
        remedy = "pillanat fixity --all says whether their masters are whole"
        yield Finding("look", f"{failed} pictures could not be made, one because: {first}", remedy)
    if not waiting and not failed:
        yield Finding("good", "every picture is made")


def search_index(_settings: Settings) -> Iterator[Finding]:
    """The index answers and is not far behind."""
    status = searching.status(thorough=True)
    health = status.health
    if not health.ok:
        said = f"the search index is {health.state}" + (
            f": {health.detail}" if health.detail else ""
        )
        yield Finding("wrong", said, "pillanat reindex; until then the database is searched")
    elif status.lag:
        said = f"the search index is {status.lag} changes behind"
        yield Finding("look", said, "start `pillanat worker`, or run pillanat reindex")
    else:
        yield Finding("good", f"the search index holds {health.documents} photographs")


def jobs(settings: Settings) -> Iterator[Finding]:
    """Somebody works off the jobs, and none of them has failed."""
    session = db.session()
    failed = session.scalar(select(func.count(Job.id)).where(Job.state == "failed"))
    if failed:
        yield Finding("look", f"{failed} jobs have failed", "pillanat jobs; pillanat jobs retry ID")
    late = db.now() - timedelta(seconds=4 * settings.job_stale_s)
    waiting = select(func.count(Job.id)).where(Job.state == "queued", Job.due_at < late)
    if number := session.scalar(waiting):
        remedy = "start `pillanat worker`, or more of them"
        yield Finding("look", f"{number} jobs have been waiting for long", remedy)
    elif not failed:
        yield Finding("good", "no job waits or has failed")


def mail(settings: Settings) -> Iterator[Finding]:
    """Mail goes out."""
    if not settings.mail_server:
        remedy = "set PILLANAT_MAIL_SERVER; until then administrators read it in the outbox"
        yield Finding("look", "there is no mail server, mail is kept", remedy)
    failed = db.session().scalar(select(func.count(Outgoing.id)).where(Outgoing.state == "failed"))
    if failed:
        yield Finding("wrong", f"{failed} messages could not be sent", "see the outbox")


def browser_files(_settings: Settings) -> Iterator[Finding]:
    """Set-up has fetched the browser files and compiled the translations."""
    package = Path(__file__).resolve().parent.parent
    vendor = package / "static" / "vendor"
    missing = [name for name in BROWSER_FILES if not (vendor / name).exists()]
    if missing:
        yield Finding("wrong", f"browser files are missing: {', '.join(missing)}", "make setup")
    else:
        yield Finding("good", "the browser files are there")
    for source in package.glob("translations/*/LC_MESSAGES/*.po"):
        if not source.with_suffix(".mo").exists():
            yield Finding("wrong", f"{source.parent.parent.name} is not compiled", "make setup")


CHECKS: tuple[Check, ...] = (
    folders,
    database,
    audit_chain,
    accounts,
    masters,
    backs,
    pictures,
    search_index,
    jobs,
    mail,
    browser_files,
)


def _findings(check: Check, settings: Settings) -> Iterator[Finding]:
    try:
        yield from check(settings)
    except Exception as error:
        name = check.__name__.replace("_", " ")
        yield Finding("wrong", f"{name} could not be checked: {error}", "see the log")


def _tell(finding: Finding, as_json: bool) -> None:
    if as_json:
        remedy = finding.remedy if finding.state != "good" else ""
        say_json({"state": finding.state, "what": finding.what, "remedy": remedy})
        return
    click.echo(f"[{MARKS[finding.state]}] {finding.what}")
    if finding.state != "good" and finding.remedy:
        click.echo(f"         → {finding.remedy}")


def _list_settings(settings: Settings, as_json: bool) -> None:
    for name, field in Settings.model_fields.items():
        value, source = _shown(name, getattr(settings, name)), settings.source_of(name)
        if as_json:
            entry = {"name": name, "value": value, "source": source}
            say_json({**entry, "description": field.description})
        else:
            click.echo(f"PILLANAT_{name.upper()} = {value}   [{source}]")
            click.echo(f"    {field.description}")


def _shown(name: str, value: object) -> str:
    """A value as it may be shown: secrets are masked, also those within addresses."""
    if name in SECRETS and value:
        return "***"
    if name in ADDRESSES and value:
        try:
            return make_url(str(value)).render_as_string(hide_password=True)
        except ArgumentError:
            return "***"
    return str(value)
