"""`pillanat import agents|skos|starter-1956` and `pillanat export skos`: the authority file.

The invariant: every row or term has an outcome, and what was taken over is one change set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from archive import db
from archive.catalogue.authorities import schemes
from archive.catalogue.refusals import Refused
from archive.catalogue.skos import exchange
from archive.catalogue.skos.triples import NotRdf
from archive.commands.opening import OPERATOR, refusing, say_json
from archive.demo.starter import loading as starter
from archive.ingest import people
from archive.ingest.words import Unreadable, reason

SHOWN = 40
existing = click.Path(path_type=Path, exists=True, dir_okay=False)
dry = click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
lines = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@click.command("agents")
@click.argument("file", type=existing)
@click.option("--source", default="", help="Where the list is from; kept with everybody in it.")
@click.option(
    "--map", "mapped", multiple=True, metavar="HEADING=FIELD",
    help="What a column means; an empty field leaves it out.",
)  # fmt: skip
@dry
@lines
def import_agents(
    file: Path, source: str, mapped: Sequence[str], dry_run: bool, as_json: bool
) -> None:
    """Import a list of people and bodies, known by its headings."""
    with refusing(Unreadable):
        report = people.take_over(
            OPERATOR, file, source=source, columns=_pairs(mapped), dry_run=dry_run
        )
    if not as_json:
        meant = ", ".join(f"{heading} = {field}" for heading, field in report.columns.items())
        click.echo(f"Columns: {meant}")
    found = [
        (", ".join(map(str, one.rows)), one.name, one.outcome, one.reason, one.params)
        for one in report.outcomes
    ]
    _tell(found, report.counts(), report.change_set, "row", as_json=as_json)


@click.command("skos")
@click.argument("file", type=existing)
@click.option("--scheme", required=True, metavar="CODE", help="The vocabulary it goes into.")
@dry
@lines
def import_skos(file: Path, scheme: str, dry_run: bool, as_json: bool) -> None:
    """Import a vocabulary in RDF/XML, Turtle or N-Triples."""
    try:
        report = exchange.take_over(OPERATOR, file.read_bytes(), scheme=scheme, dry_run=dry_run)
    except NotRdf as error:
        sentence = reason(error.why, line=error.line).sentence("en")
        raise click.ClickException(f"{file.name}: {sentence}") from error
    except Refused as error:
        raise click.ClickException(reason(error.code, **error.params).sentence("en")) from error
    nothing: dict[str, Any] = {}
    found = [(one.uri, one.name, one.outcome, one.reason, nothing) for one in report.outcomes]
    _tell(found, report.counts(), report.change_set, "term", as_json=as_json)


@click.command("starter-1956")
def import_starter() -> None:
    """Load the starter authority file for 1956: events, places, people, terms, with sources.

    What is here under the same name is filled where it is empty, and otherwise left as it is.
    """
    done = starter.load(OPERATOR)
    click.echo(f"{done.new} new, {done.filled} filled, {done.unchanged} unchanged.")


@click.command("skos")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--scheme", required=True, metavar="CODE", help="The vocabulary to write.")
@click.option(
    "--format", "format", type=click.Choice(sorted(exchange.WRITERS)), default="rdf",
    show_default=True, help="rdf is RDF/XML, ttl is Turtle.",
)  # fmt: skip
def export_skos(folder: Path, scheme: str, format: str) -> None:
    """Write a vocabulary as SKOS."""
    if scheme not in schemes.codes(db.session()):
        raise click.ClickException(f"There is no vocabulary {scheme}.")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{scheme}.{format}"
    beside = folder / f".{path.name}.new"
    try:
        with beside.open("w", encoding="utf-8", newline="") as target:
            target.writelines(exchange.write(db.session(), scheme, format))
        beside.replace(path)
    except NotRdf as error:
        raise click.ClickException(reason(error.why).sentence("en")) from error
    finally:
        beside.unlink(missing_ok=True)
    click.echo(f"Written to {path}.")


def _pairs(mapped: Iterable[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in mapped:
        heading, sign, field = text.rpartition("=")
        if not sign or field not in ("", *people.HEADINGS):
            known = ", ".join(people.HEADINGS)
            raise click.ClickException(f"--map {text}: write HEADING=FIELD; fields are {known}.")
        pairs[heading] = field
    return pairs


def _tell(
    found: Iterable[tuple[str, str, str, str, Mapping[str, Any]]],
    counts: dict[str, int],
    change_set: str,
    what: str,
    *,
    as_json: bool,
) -> None:
    """Each outcome that a person should see, then the numbers."""
    told = [
        {what: which, "name": name, "outcome": outcome,
         "reason": reason(why, **params).sentence("en") if why else ""}
        for which, name, outcome, why, params in found
    ]  # fmt: skip
    if as_json:
        for line in told:
            say_json(line)
        say_json({"summary": counts, "change_set": change_set})
        return
    odd = [line for line in told if line["reason"]]
    for line in odd[:SHOWN]:
        click.echo(f"  {line[what]}: {line['name']} {line['outcome']}. {line['reason']}")
    if len(odd) > SHOWN:
        click.echo(f"  … and {len(odd) - SHOWN} more; --json lists them all")
    click.echo(", ".join(f"{number} {name}" for name, number in counts.items()) + ".")
    click.echo(f"Change set {change_set}." if change_set else "Nothing was changed.")
