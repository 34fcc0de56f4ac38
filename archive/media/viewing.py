"""A picture as one reader may have it: its size, its tiles, and regions cut on request.

A reader with a limit is given a pyramid of that size, made from the larger one when first asked
for. The invariant: no file with more pixels than the reader may have is opened for an answer, so
that no region of it, however enlarged, can tell more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from archive import db, rights, settings
from archive.history import Actor
from archive.media import cutting, derivatives, iiif, kept, renditions, service, tiles, vips
from archive.media.models import Picture

RENEWED_IN_S = 30
FOLDER = "made-on-request"
REMEMBERED = 4096  # rows, of pictures that are looked at while nothing changes
_QUESTION = (
    select(
        *(column for column in Picture.__table__.columns if column.key != "image_id"),
        *rights.Access.__table__.columns,
    )
    .join_from(
        Picture.__table__, rights.Access.__table__, Picture.image_id == rights.Access.image_id
    )
    .where(Picture.asset_id == bindparam("asset_id"))
)
_remembered: tuple[tuple[int, int] | None, dict[str, Any]] = (None, {})
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Showing:
    """A picture as one reader may have it, with the tiles of exactly that and nothing larger.

    `public` tells whether everybody may have the same; `statement` is its rights statement.
    """

    pyramid: tiles.Pyramid
    size: iiif.Shown
    digest: str
    public: bool
    statement: str


def showing(session: Session, asset_id: str, actor: Actor) -> Showing:
    """What a viewer may have of a picture.

    Raises service.NoPicture, and kept.Busy while it is being made.
    """
    picture, access = service.find(session, asset_id, actor)
    return _showing(picture, access, staff=actor.is_staff)


def shown_to_all(asset_id: str) -> Showing:
    """The same for a reader who is not signed in, by one small question to the database."""
    row = _row(asset_id)
    if row is None or not row.public or rights.expired(row, service.today()):
        raise service.NoPicture(asset_id)
    return _showing(row, row, staff=False)


def _row(asset_id: str) -> Any:
    """Picture and access as they are in the database now: remembered until anything is committed.

    A viewer asks for hundreds of tiles of one picture; of what cannot have changed it is asked
    once. The generation is asked for first, so that a row is never older than it.
    """
    global _remembered
    generation = db.generation()
    if generation is None:
        return _asked(asset_id)
    seen, rows = _remembered
    if seen != generation or len(rows) >= REMEMBERED:
        seen, rows = _remembered = generation, {}
    if asset_id not in rows:
        rows[asset_id] = _asked(asset_id)
    return rows[asset_id]


def _asked(asset_id: str) -> Any:
    with db.engine().connect() as connection:
        return connection.execute(_QUESTION, {"asset_id": asset_id}).first()


def _showing(picture: Any, access: Any, *, staff: bool) -> Showing:
    longest = max(picture.width, picture.height)
    allowed = longest if staff else min(longest, access.max_px)
    if not picture.sizes or allowed < 1:
        raise service.NoPicture(picture.asset_id)
    opened = _pyramid(picture, allowed)
    answers = settings.current().iiif_max_px
    most = answers if staff else min(answers, access.max_px)
    size = iiif.Shown(opened.width, opened.height, most)
    return Showing(opened, size, picture.sha256, not staff, access.statement)


def stored(shown: Showing, asked: iiif.Cut) -> bytes | None:
    """The stored tile that is exactly what is asked for, or None."""
    place = iiif.tile(shown.size, shown.pyramid.tile, len(shown.pyramid.levels), asked)
    return None if place is None else shown.pyramid.jpeg(*place)


def cut(shown: Showing, asked: iiif.Cut) -> bytes:
    """The bytes of what is asked of a picture: stored ones where there are. Raises kept.Busy."""
    if (tile := stored(shown, asked)) is not None:
        return tile
    longest = max(shown.size.width, shown.size.height)
    what = sha256(f"{longest} {asked}".encode()).hexdigest()[:24]
    name = f"{shown.digest}-{what}.{asked.format}"
    return _made(name, lambda out: cutting.write(shown.pyramid, asked, out)).read_bytes()


def _pyramid(picture: Any, longest: int) -> tiles.Pyramid:
    """The pyramid whose longest side that is: the stored one, or a smaller one made of it."""
    stored = renditions.folder(picture.sha256) / derivatives.PYRAMID
    full = max(picture.width, picture.height)
    expected = full > settings.current().pyramid_min_px
    if expected and longest == full:
        try:
            return _opened(stored)
        except kept.Busy:
            _renew(picture)
            raise
    if expected and not stored.exists():
        _renew(picture)
    origin = stored if stored.exists() else _rendition_for(picture, longest)
    longest = min(longest, max(picture.sizes)) if origin != stored else longest
    name = f"{picture.sha256}-{longest}.tif"
    return _opened(_made(name, lambda out: cutting.reduce(origin, longest, out)))


def _opened(stored: Path) -> tiles.Pyramid:
    """A damaged one is removed, so that it is made anew for whoever asks next."""
    try:
        return tiles.opened(stored)
    except FileNotFoundError as error:
        raise kept.Busy(RENEWED_IN_S) from error
    except tiles.NotPyramid as error:
        log.warning("a pyramid is damaged (%s) and is made anew", error)
        stored.unlink(missing_ok=True)
        raise kept.Busy(RENEWED_IN_S) from error


def _made(name: str, make: Callable[[Path], None]) -> Path:
    """A picture made on request; a disk that takes nothing more is a reason to come again."""
    now = settings.current()
    folder = now.media / FOLDER
    keeper = kept.kept(folder, now.iiif_cache_mib, now.iiif_parallel, now.iiif_wait_s)
    try:
        return keeper.get(name, make)
    except (vips.Error, OSError) as error:
        log.warning("a picture could not be made on request: %s", error)
        raise kept.Busy(RENEWED_IN_S) from error


def _rendition_for(picture: Any, longest: int) -> Path:
    """The smallest rendition that is large enough, else the largest."""
    return renditions.path(
        picture, min((s for s in picture.sizes if s >= longest), default=picture.sizes[-1])
    )


def _renew(picture: Any) -> None:
    """Have a pyramid made that is not there: of a picture from before there were pyramids."""
    if picture.state != "ready":
        return
    try:
        with db.transaction() as session:
            session.get_one(Picture, picture.asset_id).state = "waiting"
            service.render_waiting()
    except SQLAlchemyError as error:
        log.warning("a missing pyramid could not be ordered: %s", type(error).__name__)
