"""`pillanat backup DIR` and `pillanat restore DIR`: one command each."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive import db, history, schema
from archive.commands.begin import prepare
from archive.commands.opening import open_archive, refusing, say_json
from archive.commands.upgrade import bring_up_to_date
from archive.media import service as media
from archive.preservation import restoring
from archive.preservation.backup import Made, back_up
from archive.preservation.manifest import BackupError, Mode
from archive.preservation.restoring import Restored
from archive.settings import Settings

SHOWN = 20
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--incremental", is_flag=True, help="Trust masters that are there with their size.")
@click.option(
    "--masters", type=click.Choice(("copy", "manifest")), default="copy", show_default=True,
    help="Copy the masters, or only list them because they are copied otherwise.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def backup(folder: Path, incremental: bool, masters: Mode, as_json: bool) -> None:
    """Back up into DIR while people work: database, masters, keys and settings.

    The same DIR may be used again: masters are copied once, and read again each time unless
    --incremental. Exit code 1 when a master has no whole copy.
    """
    settings = open_archive()
    with refusing(BackupError), _Bar() as bar:
        made = back_up(settings, folder, incremental=incremental, masters=masters, tick=bar.move)
    if as_json:
        say_json(_as_json(made))
    else:
        _tell_made(folder, made, settings)
    _name_missing(made.missing)
    sys.exit(1 if made.missing else 0)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def restore(folder: Path, as_json: bool) -> None:
    """Bring an archive back from the backup in DIR; there must not be one here yet.

    The search index and the pictures of the pages are made again by the worker, once
    `pillanat serve` or `pillanat worker` runs. Exit code 1 when a master has no whole copy.
    """
    with refusing(BackupError), _Bar() as bar:
        restored = restoring.restore(folder, Settings.load, tick=bar.move)
    settings = Settings.load()
    prepare(settings)
    bring_up_to_date(settings)
    _check_chain(restored)
    media.render_everything()
    if as_json:
        said = {"masters": restored.masters, "elsewhere": restored.elsewhere}
        say_json({**said, "missing": list(restored.missing), "revision": schema.newest()})
    else:
        click.echo(f"The archive of {_moment(restored.manifest.made_at)} is back.")
        click.echo(f"{restored.masters} masters, {restored.elsewhere} of them kept elsewhere.")
        click.echo("Start `pillanat serve`: the worker makes the index and the pictures again.")
    _name_missing(restored.missing)
    sys.exit(1 if restored.missing else 0)


def _check_chain(restored: Restored) -> None:
    """The audit chain ends where the manifest says that it ended."""
    found = history.verify(db.session())
    if found.broken_at is not None or found.head != restored.manifest.audit_head:
        raise click.ClickException(
            "The archive is back, but its audit chain is not that of the backup;"
            " see `pillanat audit verify`."
        )


def _tell_made(folder: Path, made: Made, settings: Settings) -> None:
    said = made.manifest
    click.echo(f"The archive of {_moment(said.made_at)} is in {folder}.")
    if said.masters_mode == "copy":
        click.echo(f"{made.known} masters, {made.copied} of them copied now.")
    else:
        click.echo(f"{made.known} masters are listed, none of them is copied.")
    if made.elsewhere:
        click.echo(f"{made.elsewhere} masters are kept elsewhere by reference and not in it.")
    if settings.source_of("secret_key") == "environment":
        click.echo("The secret key comes from the environment; keep PILLANAT_SECRET_KEY as well.")
    click.echo(f"Audit chain: {said.audit_events} events, last hash {said.audit_head}")
    click.echo(f"SHA-256 of the manifest, to keep elsewhere: {made.sha256}")


def _as_json(made: Made) -> dict[str, object]:
    said = made.manifest
    return {
        "made_at": said.made_at,
        "revision": said.revision,
        "masters": made.known,
        "copied": made.copied,
        "elsewhere": made.elsewhere,
        "missing": list(made.missing),
        "audit_events": said.audit_events,
        "audit_head": said.audit_head,
        "manifest_sha256": made.sha256,
    }


def _name_missing(missing: tuple[str, ...]) -> None:
    if not missing:
        return
    click.echo(f"There is no whole copy of {len(missing)} masters:", err=True)
    for digest in missing[:SHOWN]:
        click.echo(f"  {digest}", err=True)
    if len(missing) > SHOWN:
        click.echo(f"  … and {len(missing) - SHOWN} more; --json lists them all", err=True)


def _moment(stamp: str) -> str:
    """`20260102T030405…Z` as people write it."""
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} {stamp[9:11]}:{stamp[11:13]} UTC"


class _Bar:
    """The masters as they go by, on a terminal only."""

    def __init__(self) -> None:
        self._widget: click._termui_impl.ProgressBar[int] | None = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._widget is not None:
            self._widget.render_finish()

    def move(self, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if self._widget is None:
            self._widget = click.progressbar(length=total, label="Masters", file=sys.stderr)
        self._widget.update(done - self._widget.pos)
