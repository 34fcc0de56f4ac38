"""`pillanat demo`: an archive of drawn specimens to try everything on."""

from __future__ import annotations

import shutil

import click

from archive import db, jobs
from archive.commands.begin import prepare
from archive.commands.index import rebuild
from archive.commands.opening import open_archive
from archive.demo import loading
from archive.search import service as searching
from archive.settings import Settings


@click.command()
@click.option("--fresh", is_flag=True, help="Throw the demo away and begin it anew.")
@click.option(
    "--size",
    default=loading.LONG_EDGE,
    show_default=True,
    type=click.IntRange(400, 6000),
    help="Longest side of the drawings, pixels.",
)
def demo(fresh: bool, size: int) -> None:
    """Fill an empty archive with the demo and print its three logins.

    An archive with photographs of its own is never touched.
    """
    settings = Settings.load()
    prepare(settings)
    open_archive()
    accounts = settings.instance / "demo-accounts.txt"
    # The accounts come last: a demo without them was interrupted.
    if loading.present() and (fresh or not accounts.exists()):
        _throw_away(settings)
    if not loading.present():
        _load(size)
    _make_findable()
    click.echo("You may sign in as:")
    click.echo(accounts.read_text(encoding="utf-8"), nl=False)


def _load(size: int) -> None:
    click.echo("Drawing thirty specimen pictures …")
    try:
        with click.progressbar(length=30, label="Drawn and described") as bar:
            loading.load(lambda done, _all: bar.update(done - bar.pos), long_edge=size)
    except loading.NotEmpty as error:
        raise click.ClickException(
            "This archive holds photographs of its own; the demo needs an empty one."
            " PILLANAT_DATA may name another folder."
        ) from error
    click.echo("Making the pictures of the pages …")
    jobs.run_due()
    loading.open_accounts()


def _make_findable() -> None:
    """See to it that the first search finds everything; an index that is complete is kept."""
    status = searching.status()
    if not status.health.ok or status.lag:
        click.echo("Making the search index …")
        rebuild()


def _throw_away(settings: Settings) -> None:
    """Remove the demo's data; only an archive that consists of the demo is thrown away."""
    if not loading.alone():
        raise click.ClickException("This archive holds more than the demo; nothing was removed.")
    jobs.disconnect()
    db.disconnect()
    for folder in (settings.media, settings.search_index):
        for entry in folder.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
    for name in ("pillanat.db", "pillanat.db-wal", "pillanat.db-shm", "demo-accounts.txt"):
        (settings.instance / name).unlink(missing_ok=True)
    prepare(settings)
    open_archive()
