"""`pillanat upgrade`: an archive of an earlier version is brought up to date, with a way back.

The invariant: nothing is changed before a backup of the database lies beside it.
"""

from __future__ import annotations

import click

from archive import db, schema
from archive.catalogue import projection
from archive.commands.index import rebuild
from archive.commands.opening import open_archive, refusing
from archive.preservation.backup import back_up
from archive.preservation.manifest import BackupError
from archive.settings import Settings, use


@click.command()
@click.option("--check", is_flag=True, help="Say what would change; change nothing.")
def upgrade(check: bool) -> None:
    """Bring the database, the records and the index up to date.

    The database, keys and settings are backed up first, in before-upgrade; masters
    are never touched. Stop `pillanat serve` and `pillanat worker` before.
    """
    settings = use(Settings.load())
    steps = schema.pending(db.connect(settings.database))
    if not steps:
        open_archive()
        click.echo(f"The archive is up to date: revision {schema.newest()}.")
        return
    for revision, brings in steps:
        click.echo(f"  {revision}  {brings}")
    if check:
        click.echo("Nothing was changed; `pillanat upgrade` does it.")
        return
    folder = settings.data / "before-upgrade"
    with refusing(BackupError):
        back_up(settings, folder, masters="manifest")
    click.echo(f"The database as it was is kept in {folder}.")
    photographs = bring_up_to_date(settings)
    click.echo(f"Revision {schema.newest()}; {photographs} records made anew.")


def bring_up_to_date(settings: Settings) -> int:
    """Migrate, and make anew what follows from the rows; gives the number of records."""
    if not schema.pending(db.connect(settings.database)):
        open_archive()
        return 0
    schema.upgrade(settings.database)
    open_archive()
    renewed = projection.renew_everything()
    rebuild()
    return renewed
