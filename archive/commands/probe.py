"""`pillanat probe FILE…`: what is in picture files; nothing is stored and no archive is needed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.media.limits import MIB, Limits
from archive.media.probe import Probe
from archive.media.prober import Prober
from archive.settings import Settings

LEFT_OUT = {"code", "raw", "text", "size"}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
def probe(files: tuple[Path, ...], as_json: bool) -> None:
    """Say what is in picture files; nothing is stored. Exit code 2 when none could be read."""
    settings = Settings.load()
    limits = Limits(
        file_bytes=settings.max_file_mib * MIB,
        pixels=settings.max_pixels_mp * 1_000_000,
        cpu_seconds=settings.probe_cpu_s,
        memory_bytes=settings.probe_memory_mib * MIB,
    )
    read = 0
    with Prober(charset=settings.legacy_charset, limits=limits) as prober:
        for path in files:
            found = prober.probe(path)
            read += found.ok
            _tell(path, found, as_json)
    sys.exit(0 if read else 2)


def _tell(path: Path, found: Probe, as_json: bool) -> None:
    if as_json:
        line = json.dumps(_as_json(path, found), ensure_ascii=False, default=str)
        click.echo(line.encode())
    elif not found.ok:
        click.echo(f"{path}: {found.reason}")
    else:
        click.echo(f"{path}: {found.format} {found.width} × {found.height}")
        for name, value in _present(asdict(found.fields)).items():
            click.echo(f"  {name}: {value}")
        for warning in found.warnings:
            click.echo(f"  ! {warning}")


def _as_json(path: Path, found: Probe) -> dict[str, Any]:
    """The object of the contract; absent values are absent keys but for the geometry."""
    names = [name for name in found.__dataclass_fields__ if name not in LEFT_OUT]
    values = {name: getattr(found, name) for name in names}
    values |= {name: dict(values[name]) for name in ("exif", "iptc", "xmp")}
    return {"path": str(path), **values, "fields": _present(asdict(found.fields))}


def _present(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, (), "", {})}
