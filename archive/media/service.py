"""Pictures of assets: which are wanted, rendering them by a job, and where their files are.

A picture is a cache: it can be removed and made anew from its master. What may be shown of it is
not decided here but read from the access row of its photograph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive import db, jobs, rights, settings, storage
from archive.history import Actor
from archive.media import alike, containers, derivatives, renditions
from archive.media.limits import MIB, Limits
from archive.media.models import Picture
from archive.media.renderer import Renderer

SIZES = (320, 640, 1024, 2048)
ENDINGS = {"jpeg": "jpg", "tiff": "tif", "jpeg2000": "jp2", "heif": "heic", "": "bin"}

Draw = Callable[..., derivatives.Rendered]


class NoPicture(LookupError):
    """There is no such picture, or this reader may not know of it."""


class TooLarge(Exception):
    """The reader may see the photograph, but not at this size."""

    def __init__(self, asked: int, allowed: int) -> None:
        super().__init__(f"shown at up to {allowed} pixels")
        self.asked, self.allowed = asked, allowed


def masters() -> storage.Storage:
    """The store of masters of this process."""
    return storage.Storage(settings.current().media)


def want(session: Session, *, limit: int = 1000) -> list[str]:
    """The assets whose pictures wait to be rendered."""
    waiting = select(Picture.asset_id).where(Picture.state == "waiting")
    return list(session.scalars(waiting.order_by(Picture.image_id).limit(limit)))


def render_waiting() -> None:
    """Submit one job for all pictures that wait; called after a batch, in its transaction."""
    jobs.submit("derivatives")


def render_everything() -> None:
    """Have every picture made again: after a restore there are masters only."""
    with db.transaction() as session:
        session.execute(update(Picture).values(state="waiting"))
        render_waiting()


@jobs.job("derivatives")
def render_all(run: jobs.Run) -> None:
    """Render what waits until nothing does, then look for likenesses of what is new.

    A picture that fails is marked and passed over.
    """
    done = 0
    with Renderer(render_limits()) as renderer:
        while waiting := want(db.session()):
            for asset_id in waiting:
                render(asset_id, renderer.render)
                done += 1
                run.progress(done, done + len(waiting), "")
            db.release()
    alike.compare_new(run)


def render_limits() -> Limits:
    """What one picture may take of the machine; a busy one is given ten times as long."""
    chosen = settings.current()
    return Limits(
        pixels=chosen.max_pixels_mp * 1_000_000,
        cpu_seconds=chosen.render_cpu_s,
        wall_seconds=10 * chosen.render_cpu_s,
        memory_bytes=chosen.render_memory_mib * MIB,
    )


def render(asset_id: str, draw: Draw = derivatives.render) -> Picture:
    """Make the renditions of one asset from one decode of its master, here or as `draw` does."""
    session = db.session()
    picture = session.get_one(Picture, asset_id)
    try:
        master = masters().locate(session, picture.sha256)
        made = draw(
            master,
            renditions.folder(picture.sha256),
            sizes=SIZES,
            pyramid_above=settings.current().pyramid_min_px,
        )
    except (derivatives.DerivativeError, storage.StorageError) as error:
        return _fail(asset_id, str(error))
    with db.transaction() as writing:
        picture = writing.get_one(Picture, asset_id)
        picture.state, picture.reason, picture.rendered_at = "ready", "", db.now()
        picture.width, picture.height = made.width, made.height
        picture.sizes, picture.thumbhash = list(made.sizes), made.thumbhash
        alike.keep_print(writing, picture, made.codes)
        return picture


def _fail(asset_id: str, reason: str) -> Picture:
    with db.transaction() as session:
        picture = session.get_one(Picture, asset_id)
        picture.state, picture.reason = "failed", reason
        return picture


def find(session: Session, asset_id: str, actor: Actor) -> tuple[Picture, rights.Access]:
    """A picture and what may be seen of it. Raises NoPicture for those who may not know of it."""
    found = session.execute(
        select(Picture, rights.Access)
        .join(rights.Access, rights.Access.image_id == Picture.image_id)
        .where(Picture.asset_id == asset_id)
    ).first()
    if found is None:
        raise NoPicture(asset_id)
    picture, access = found
    if not actor.is_staff and (not access.public or rights.expired(access, today())):
        raise NoPicture(asset_id)
    return picture, access


def today() -> date:
    """The day at the institution, which decides what is protected."""
    return datetime.now(ZoneInfo(settings.current().time_zone)).date()


def rendition(session: Session, asset_id: str, size: int, actor: Actor) -> Path:
    """The file of one size. Raises NoPicture or TooLarge."""
    picture, access = find(session, asset_id, actor)
    if size not in {*SIZES, *picture.sizes} or not picture.sizes:
        raise NoPicture(asset_id)
    if not actor.is_staff and size > max(access.max_px, SIZES[0]):
        raise TooLarge(size, access.max_px)
    fitting = [made for made in picture.sizes if made <= size] or picture.sizes[:1]
    return renditions.path(picture, max(fitting))


def download(session: Session, asset_id: str, actor: Actor) -> Path:
    """The file that anybody may download of a free photograph: the master, or a rendition.

    Raises NoPicture when it may not be known, TooLarge when it may be seen but not downloaded.
    """
    picture, access = find(session, asset_id, actor)
    if actor.is_staff or access.download_px is None:
        return masters().locate(session, picture.sha256)
    allowed = [made for made in picture.sizes if made <= access.download_px]
    if not allowed:
        raise TooLarge(0, access.download_px)
    return renditions.path(picture, max(allowed))


def safe_name(name: str, file: Path) -> str:
    """A file name for a copy: letters, digits and dashes, with the ending its format has."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "photograph"
    ending = containers.identify(file).lower()
    return f"{plain}.{ENDINGS.get(ending, ending)}"
