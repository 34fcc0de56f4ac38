"""The technical checks of files, each made once and kept beside its pictures.

A kept check is a cache like the pictures it was measured on: it holds for the version of the
checker that made it and for the rendering it was made of, and can be removed. The invariant: a
file whose master is not there has no check, whatever is kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import storage
from archive.media import checking, renditions, service
from archive.media.appearing import Appearing
from archive.media.checking import Check
from archive.media.models import Picture
from archive.media.prober import Prober

NAME = "check.json"


def of(session: Session, asset_ids: Sequence[str]) -> dict[str, Check]:
    """The checks of files by their identifiers; one whose master cannot be had is left out."""
    checks, masters = {}, service.masters()
    with Prober() as prober:
        for picture in session.scalars(select(Picture).where(Picture.asset_id.in_(asset_ids))):
            with suppress(storage.StorageError):
                master = masters.locate(session, picture.sha256)
                if master.exists():
                    checks[picture.asset_id] = _check(prober, picture, master)
    return checks


def _check(prober: Prober, picture: Picture, master: Path) -> Check:
    folder = renditions.folder(picture.sha256)
    known = _kept(folder / NAME, _basis(picture))
    if known is not None:
        return known
    found = prober.probe(master, sha256=picture.sha256)
    made = checking.check(found, folder)
    if found.ok and picture.state == "ready":
        _keep(folder / NAME, _basis(picture), made)
    return made


def _basis(picture: Picture) -> list[Any]:
    """What a check depends on beside the bytes of the master."""
    return [checking.VERSION, str(picture.rendered_at)]


def _kept(path: Path, basis: list[Any]) -> Check | None:
    """The check that is kept, if it holds; one that is damaged is as good as none."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return _read(told["check"]) if told["basis"] == basis else None
    except (OSError, ValueError, TypeError, LookupError):
        return None


def _read(told: dict[str, Any]) -> Check:
    clipped, prints = told.pop("clipped"), told.pop("prints")
    return Check(
        **told,
        clipped=None if clipped is None else (clipped[0], clipped[1]),
        prints=tuple((left, top, width, height) for left, top, width, height in prints),
    )


def _keep(path: Path, basis: list[Any], check: Check) -> None:
    """A disk that takes nothing more costs the next view some time, not this one its answer."""
    with suppress(OSError), Appearing(path) as made:
        told = json.dumps({"basis": basis, "check": asdict(check)})
        Path(made).write_text(told, encoding="utf-8")
