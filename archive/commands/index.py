"""`pillanat reindex` and `pillanat index status`: the search index, made anew or looked at.

The index is a cache, so nothing here can lose anything. The invariant: while it is made anew the
one that was there answers.
"""

from __future__ import annotations

import sys
import time

import click

from archive.commands.opening import open_archive, refusing, say_json
from archive.search import follow, service
from archive.search.engine import IndexUnusable

TRIES, PAUSE_S = 50, 0.1  # a worker writes for moments; one that makes the index anew, for minutes


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def reindex(as_json: bool) -> None:
    """Make the search index anew beside the one that answers, then swap them.

    It may run while the archive is served.
    """
    open_archive()
    begun = time.monotonic()
    photographs = rebuild()
    seconds = round(time.monotonic() - begun, 1)
    if as_json:
        say_json({"photographs": photographs, "seconds": seconds})
    else:
        click.echo(f"The index holds {photographs} photographs; it took {seconds} s.")


@click.group()
def index() -> None:
    """Look at the search index."""
    open_archive()


@index.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--thorough", is_flag=True, help="Read every file and compare its digest.")
def status(as_json: bool, thorough: bool) -> None:
    """Say how the index stands: health, lag, generation; exit code 1 when it cannot answer.

    The lag is the number of changes that the index has not seen yet.
    """
    found = service.status(thorough=thorough)
    health = found.health
    if as_json:
        names = ("state", "detail", "generation", "documents", "size_bytes", "applied_seq")
        said = {name: getattr(health, name) for name in names}
        say_json({**said, "latest_seq": found.latest_seq, "lag": found.lag})
    elif health.ok:
        size = health.size_bytes / (1 << 20)
        click.echo(f"The index is well: {health.documents} photographs, {size:.1f} MiB.")
        click.echo(f"Generation {health.generation}, {found.lag} changes behind.")
    else:
        detail = f" ({health.detail})" if health.detail else ""
        click.echo(f"The index is {health.state}{detail}. `pillanat reindex` makes it anew.")
    sys.exit(0 if health.ok else 1)


def rebuild() -> int:
    """Make the index anew; gives the photographs in it. Waits a little for another writer."""
    for _ in range(TRIES):
        try:
            return follow.reindex()
        except IndexUnusable as error:
            if error.code != "busy":
                raise click.ClickException(f"{error}; nothing was changed.") from error
            time.sleep(PAUSE_S)
    with refusing(IndexUnusable):
        return follow.reindex()
