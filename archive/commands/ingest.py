"""`pillanat ingest`: take photographs into the archive."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from archive import db
from archive.catalogue.models import Unit
from archive.commands.opening import OPERATOR, open_archive, say_json
from archive.ingest import mapping as mappings
from archive.ingest import service
from archive.ingest.mapping import Mapping
from archive.ingest.models import OUTCOMES
from archive.ingest.run import Result
from archive.ingest.service import Prepared, Request, Summary
from archive.ingest.words import MISSING, Unreadable

STOPPED, NOTHING_READ = 1, 2
SHOWN_REFUSALS = 50


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--spreadsheet", type=click.Path(path_type=Path), help="CSV, XLSX or ODS.")
@click.option("--mapping", "mapping_name", help="Name or JSON file of a mapping of columns.")
@click.option("--unit", default="", help="Reference code of the fonds or series it goes to.")
@click.option("--by-reference", is_flag=True, help="Leave the masters where they are.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--publish", is_flag=True, help="Publish what the rules allow.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file, then a summary.")
def ingest(
    paths: tuple[Path, ...],
    spreadsheet: Path | None,
    mapping_name: str | None,
    unit: str,
    by_reference: bool,
    dry_run: bool,
    publish: bool,
    as_json: bool,
) -> None:
    """Take in folders, files and ZIPs, described by a spreadsheet where there is one.

    Running it again takes nothing twice; a run that was killed goes on where it stood. Exit code
    0 when the batch ran, 1 when it had to stop before its end, 2 when nothing could be read.
    """
    if not paths and spreadsheet is None:
        raise click.UsageError("Name a folder, a file, a ZIP or a --spreadsheet.")
    open_archive()
    voice = _Voice(paths, as_json)
    try:
        request = Request(
            list(paths),
            spreadsheet,
            _mapping(mapping_name) if mapping_name else None,
            unit,
            by_reference=by_reference,
            publish=publish,
        )
        summary = _rehearse(request, voice) if dry_run else _take_in(request, voice)
    except Unreadable as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(NOTHING_READ)
    voice.end(summary)
    sys.exit(_exit_code(summary))


def _rehearse(request: Request, voice: _Voice) -> Summary:
    prepared = service.prepare(request)
    voice.begin(prepared)
    return service.rehearse(OPERATOR, request, prepared, tell=voice.tell, tick=voice.tick)


def _take_in(request: Request, voice: _Voice) -> Summary:
    service.heal()
    prepared = service.prepare(request)
    batch = service.open_batch(OPERATOR, request, prepared)
    voice.begin(prepared, _reference(batch.unit_id))
    return service.run_batch(batch.id, prepared=prepared, tell=voice.tell, tick=voice.tick)


def _reference(unit_id: int | None) -> str:
    return db.session().get_one(Unit, unit_id).ref_code if unit_id else ""


def _mapping(named: str) -> Mapping:
    """A mapping by its file or its saved name."""
    path = Path(named)
    if not path.is_file():
        return service.mapping_named(named)
    try:
        return mappings.from_json(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise Unreadable("mapping_broken", error=str(error)) from error


def _exit_code(summary: Summary) -> int:
    if sum(summary.counts.values()) == summary.counts["refused"]:
        return NOTHING_READ
    return STOPPED if summary.trouble else 0


class _Voice:
    """What the command says, for people or as JSON Lines."""

    def __init__(self, paths: Sequence[Path], as_json: bool) -> None:
        self.roots = {os.path.abspath(path): str(path) for path in paths}
        self.as_json = as_json
        self.bar = _Bar(shown=sys.stderr.isatty() and not as_json)
        self.refused: list[Result] = []
        self.more = self.unreached = 0
        self.drafts = 0
        self.missing: Counter[str] = Counter()

    def begin(self, prepared: Prepared, unit: str = "") -> None:
        if self.as_json:
            return
        for note in prepared.notes:
            click.echo(note.sentence("en"))
        click.echo(f"{prepared.total} files and rows" + (f" for {unit}." if unit else "."))

    def tick(self, done: int, total: int) -> None:
        self.bar.move(done, total)

    def as_given(self, result: Result) -> Result:
        """The path as the person wrote it: below the folder that was named."""
        for root, given in self.roots.items():
            if result.path == root or result.path.startswith(f"{root}/"):
                return replace(result, path=given.rstrip("/") + result.path[len(root) :])
        return result

    def tell(self, results: list[Result]) -> None:
        for result in map(self.as_given, results):
            if lacking := result.reason.params.get("missing"):
                self.drafts += 1
                self.missing.update(lacking)
            if self.as_json:
                say_json(_line(result))
            elif result.reason.code == "not_reached":
                self.unreached += 1
            elif result.outcome == "refused" and len(self.refused) < SHOWN_REFUSALS:
                self.refused.append(result)
            elif result.outcome == "refused":
                self.more += 1

    def end(self, summary: Summary) -> None:
        self.bar.close()
        if self.as_json:
            trouble = {"trouble": summary.trouble.sentence("en")} if summary.trouble else {}
            counts = {**summary.counts, "seconds": summary.seconds, **trouble}
            say_json({"summary": {**counts, **({"batch": summary.batch} if summary.batch else {})}})
            return
        for result in self.refused:
            click.echo(f"  refused  {result.path}: {result.reason.sentence('en')}")
        if self.more:
            click.echo(f"  … and {self.more} more refused; --json lists them all")
        if self.unreached:
            click.echo(f"  {self.unreached} were not reached; run it again to go on")
        if self.drafts:
            why = ", ".join(f"{MISSING[name][1]} ({n})" for name, n in self.missing.most_common())
            click.echo(f"  left as drafts: {self.drafts}, for want of {why}")
        click.echo(_table(summary))
        if summary.trouble:
            click.echo(summary.trouble.sentence("en"), err=True)


def _line(result: Result) -> dict[str, object]:
    warnings = [warning.sentence("en") for warning in result.warnings]
    return {
        "path": result.path,
        "outcome": result.outcome,
        "id": result.image,
        "reason": result.reason.sentence("en"),
        **({"warnings": warnings} if warnings else {}),
    }


def _table(summary: Summary) -> str:
    rows = [f"  {name:<10}{summary.counts[name]:>8}" for name in OUTCOMES if summary.counts[name]]
    total = sum(summary.counts.values())
    rate = f", {total / summary.seconds:.0f} a second" if summary.seconds > 1 else ""
    return "\n".join([*rows, f"  {'total':<10}{total:>8}   in {summary.seconds:.1f} s{rate}"])


class _Bar:
    """Files, rate and what remains, on one line of a terminal."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self.widget: Any = None
        self.at = 0
        self.began = time.monotonic()

    def move(self, done: int, total: int) -> None:
        if not self.shown:
            return
        if self.widget is None:
            self.widget = click.progressbar(
                length=total, label="Receiving", show_pos=True, show_eta=True, file=sys.stderr
            )
            self.widget.render_progress()
        rate = done / max(time.monotonic() - self.began, 0.1)
        self.widget.label = f"Receiving {rate:4.0f}/s"
        self.widget.update(done - self.at)
        self.at = done

    def close(self) -> None:
        if self.widget is not None:
            self.widget.render_finish()
