"""`pillanat search QUERY`: the search of the site, at a command line."""

from __future__ import annotations

from dataclasses import replace

import click

from archive import history
from archive.commands.opening import OPERATOR, open_archive, say_json
from archive.history.actor import READER
from archive.search import service
from archive.search.engine import Hit, Results
from archive.search.query import PUBLIC_FACETS, SORTS, STAFF_FACETS, parse
from archive.search.tree import Guards

MOST = 10_000
LANGUAGES = ("hu", "en")
NO_INDEX = "there is no index to ask, the database was searched; see `pillanat index status`"


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--filter", "filters", multiple=True, metavar="FACET=VALUE", help="Narrow; repeatable."
)
@click.option("--sort", type=click.Choice(list(SORTS)), help="Order of what is found.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, MOST))
@click.option(
    "--as", "audience", default="public", show_default=True, type=click.Choice(("public", "staff")),
    help="Whose eyes to look with.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="A JSON object of counts, then one a hit.")
def search(
    query: tuple[str, ...],
    filters: tuple[str, ...],
    sort: str | None,
    limit: int,
    audience: str,
    as_json: bool,
) -> None:
    """Find photographs with the engine of the site; without QUERY all of them, the newest first.

    Several values of one facet are alternatives. A QUERY that begins with a minus goes after `--`.
    """
    staff = audience == "staff"
    facets = STAFF_FACETS if staff else PUBLIC_FACETS
    asked = {**_narrowed(filters, facets), "q": [" ".join(query)], "limit": [str(limit)]}
    open_archive()
    wanted = parse(
        {**asked, "sort": [sort or ""]},
        facets=facets if as_json else (),
        guards=replace(Guards(), limit=MOST),
    )
    _tell(service.find(wanted, _actor(staff)), as_json)


def _actor(staff: bool) -> history.Actor:
    return OPERATOR if staff else READER


def _narrowed(filters: tuple[str, ...], facets: tuple[str, ...]) -> dict[str, list[str]]:
    """Facets with their values. Raises UsageError for one that this audience does not have."""
    known = (*facets, "date")
    found: dict[str, list[str]] = {}
    for text in filters:
        name, equals, value = text.partition("=")
        if not equals or name not in known:
            raise click.UsageError(
                f"--filter {text}: expected FACET=VALUE, where FACET is one of {', '.join(known)}."
            )
        found.setdefault(name, []).append(value)
    return found


def _tell(results: Results, as_json: bool) -> None:
    if as_json:
        say_json(_counts(results))
        for hit in results.hits:
            say_json(_found(hit))
        return
    for notice in results.notices:
        said = NO_INDEX if notice.code == "search_limited" else notice.code.replace("_", " ")
        click.echo(f"Note: {said}", err=True)
    for hit in results.hits:
        shown = _words(hit.show["title"]), _words(hit.show["date"])
        click.echo(f"{hit.id}  {shown[0]}" + (f" ({shown[1]})" if shown[1] else ""))
    click.echo(f"{results.total} found, {len(results.hits)} shown, {results.took_ms} ms.")
    if results.suggestion:
        click.echo(f"Did you mean: {results.suggestion}")


def _counts(results: Results) -> dict[str, object]:
    return {
        "total": results.total,
        "took_ms": results.took_ms,
        "facets": {
            name: [[count.value, count.count] for count in counts]
            for name, counts in results.facets.items()
        },
        "suggestion": results.suggestion,
        "notices": [{"code": notice.code, **notice.params} for notice in results.notices],
    }


def _found(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "title": hit.show["title"],
        "date": hit.show["date"],
        "score": hit.score,
        "why": [{"field": match.field, "text": match.text} for match in hit.why],
    }


def _words(text: dict[str, str]) -> str:
    """The Hungarian words, else the English, else whatever there are."""
    return next((text[lang] for lang in (*LANGUAGES, *text) if text.get(lang)), "")
