"""`pillanat jobs`: what the worker does, did, and could not do."""

from __future__ import annotations

import sys

import click
from sqlalchemy import select

from archive import db
from archive import jobs as work
from archive.commands.opening import open_archive, say_json


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--limit", default=20, show_default=True, help="How many of the newest.")
@click.pass_context
def jobs(context: click.Context, as_json: bool, limit: int) -> None:
    """List background jobs; try one again or cancel it."""
    open_archive()
    if context.invoked_subcommand is None:
        newest = select(work.Job).order_by(work.Job.id.desc()).limit(limit)
        for job in db.session().scalars(newest):
            _tell(job, as_json)


@jobs.command()
@click.argument("job_id", type=int)
def retry(job_id: int) -> None:
    """Try a failed or cancelled job again."""
    _said(work.retry(job_id), f"Job {job_id} is queued.", "There is no such job to try again.")


@jobs.command()
@click.argument("job_id", type=int)
def cancel(job_id: int) -> None:
    """Cancel a job that waits or runs."""
    _said(work.cancel(job_id), f"Job {job_id} is cancelled.", "There is no such job to cancel.")


def _tell(job: work.Job, as_json: bool) -> None:
    if as_json:
        names = ("id", "kind", "state", "done", "total", "message", "tries", "error", "created_at")
        say_json({name: getattr(job, name) for name in names})
        return
    share = f"{job.done}/{job.total}" if job.total else ""
    said = job.error or job.message
    click.echo(f"{job.id:>6} {job.state:<9} {job.kind:<22} {share:<12} {said}".rstrip())


def _said(changed: bool, done: str, refused: str) -> None:
    click.echo(done if changed else refused, err=not changed)
    sys.exit(0 if changed else 1)
