"""`pillanat dates [TEXT…]`: how the archive reads dates; no archive is needed."""

from __future__ import annotations

import json
import sys

import click

from archive.dates import Reading, as_json, read


@click.command()
@click.argument("texts", nargs=-1)
@click.option("--lang", type=click.Choice(("hu", "en")), help="Language of the catalogue.")
@click.option("--json", "json_lines", is_flag=True, help="One JSON object a text.")
def dates(texts: tuple[str, ...], lang: str | None, json_lines: bool) -> None:
    """Read dates as people write them; without TEXT one a line from standard input.

    Exit code 1 when one of them could not be read.
    """
    lines = texts or (line.rstrip("\r\n") for line in sys.stdin)
    unread = 0
    for text in lines:
        reading = read(text, lang=lang)
        unread += not reading.ok
        if json_lines:
            click.echo(json.dumps(as_json(reading), ensure_ascii=False).encode())
        else:
            click.echo(_in_words(reading))
    sys.exit(1 if unread else 0)


def _in_words(reading: Reading) -> str:
    said = as_json(reading)
    if not reading.ok:
        return f"{reading.text}: {said['reason']}"
    words = said["display"]
    return f"{reading.text}: {reading.edtf or '–'} ({words['hu']} / {words['en']})"
