"""Several prints on one scan: each becomes a draft whose picture is cut from the master.

A draft stands in the unit of the scan and says of itself what rights and provenance the scan has,
no more; that and where it was cut is kept in the link between the two. The invariant: a box of a
file is cut once, however often it is asked for, and all that is asked for at once is one change
set.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from archive import db, history, jobs, settings, storage
from archive.catalogue import redrafting
from archive.catalogue import service as catalogue
from archive.catalogue.drafts import Draft, FileDraft
from archive.catalogue.models import Asset, Image, ImageLink, Unit
from archive.history import Actor
from archive.ingest.keeping import Keeper, limits_of
from archive.media import parting
from archive.media import service as media
from archive.media.derivatives import DerivativeError
from archive.media.models import Picture
from archive.media.parting import Box
from archive.media.probe import as_json
from archive.media.prober import Prober

JOB = ACTION = "cut_prints"
KIND = "crop_of"
MOST = 40  # boxes at once
RECENT = 100  # jobs of cutting that are looked through
_WHERE = re.compile(r"(\w+)#xywh=(\d+),(\d+),(\d+),(\d+)")


Tell = Callable[[int, int], None]


def _unwatched(_done: int, _total: int) -> None:
    """Nobody watches."""


class NoBox(ValueError):
    """What was asked for is no box of that picture, or there are too many."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where one photograph was cut from another: the file, and the box in its pixels."""

    asset_id: str
    box: Box
    image: Image
    scan: Image

    @property
    def where(self) -> str:
        """As a fragment of media has it, so that a program can follow it too."""
        return f"{self.asset_id}#xywh={','.join(map(str, self.box))}"


def cuts_of(session: Session, scan: Image) -> list[Cut]:
    """What was cut from a scan and is there, in the order of cutting."""
    return _cuts(session, ImageLink.other_id == scan.id)


def origin(session: Session, image: Image) -> Cut | None:
    """Where a photograph was cut from, if it was."""
    return next(iter(_cuts(session, ImageLink.image_id == image.id)), None)


def box_of(session: Session, asset_id: str, shares: Sequence[float]) -> Box:
    """A box in per cent as the pixels of a picture. Raises NoBox."""
    picture = session.get(Picture, asset_id)
    if picture is None or len(shares) != len(("left", "top", "width", "height")):
        raise NoBox(asset_id)
    box = parting.pixels(shares, picture.width, picture.height)
    if not all(0 <= share <= 100 for share in shares) or min(box[2:]) < 1:  # NaN is none too
        raise NoBox(asset_id)
    return box


def wish(actor: Actor, asset_id: str, boxes: Sequence[Box], *, reason: str = "") -> jobs.Job | None:
    """Have the worker make drafts of boxes; None where each is a draft or on its way to be one."""
    if len(boxes) > MOST:
        raise NoBox(asset_id)
    with db.transaction() as session:
        scan = _scan(session, asset_id)
        busy = [box for job in _jobs(session, asset_id) for box in _boxes(job.args["boxes"])]
        left = _uncut(session, scan, asset_id, (box for box in boxes if box not in busy))
        if not left:
            return None
        return jobs.submit(
            JOB, by=actor, asset_id=asset_id, boxes=left, reason=reason,
            actor_id=actor.person_id, actor_label=actor.label,
        )  # fmt: skip


def last_job(session: Session, asset_id: str) -> jobs.Job | None:
    """The cutting that was asked for last, if that is not long ago."""
    recent = select(jobs.Job).where(jobs.Job.kind == JOB).order_by(jobs.Job.id.desc())
    found = session.scalars(recent.limit(RECENT))
    return next((job for job in found if job.args["asset_id"] == asset_id), None)


@jobs.job(JOB)
def work(
    run: jobs.Run,
    asset_id: str,
    boxes: list[list[int]],
    reason: str,
    actor_id: int | None,
    actor_label: str,
) -> None:
    """The job of cutting."""
    actor = Actor(actor_id, actor_label)
    try:
        cut(actor, asset_id, _boxes(boxes), reason=reason, tell=run.progress)
    except (DerivativeError, storage.StorageError, catalogue.Refused, catalogue.NotFound) as error:
        raise jobs.GiveUp(str(error)) from error


def cut(
    actor: Actor, asset_id: str, boxes: Sequence[Box], *, reason: str = "", tell: Tell = _unwatched
) -> list[Image]:
    """Make a draft of each box that is none yet, in one change set.

    Raises DerivativeError or StorageError where the master cannot be read or the cuts not be kept.
    """
    session, chosen = db.session(), settings.current()
    wanted = _uncut(session, _scan(session, asset_id), asset_id, boxes)
    asset = _asset(session, asset_id)
    master = media.masters().locate(session, asset.sha256)
    db.release()
    if not wanted:
        return []
    with (
        TemporaryDirectory(prefix="pillanat-") as folder,
        Prober(charset=chosen.legacy_charset, limits=limits_of(chosen)) as prober,
    ):
        keeper = Keeper(chosen, prober, by_reference=False, rehearsal=False)
        files: list[FileDraft] = []
        try:
            for path in parting.cut(master, wanted, Path(folder), media.render_limits()):
                files.append(_kept(keeper, asset, path))
                path.unlink()  # it is a master now
                tell(len(files), len(wanted))
            return _write(actor, asset_id, list(zip(wanted, files, strict=True)), reason)
        finally:
            for file in files:
                keeper.let_go(file.kept)


def _write(
    actor: Actor, asset_id: str, made: Sequence[tuple[Box, FileDraft]], reason: str
) -> list[Image]:
    images = []
    with history.change(actor, ACTION, reason=reason):
        session = db.session()
        scan = _scan(session, asset_id)
        draft = _draft(session, scan)
        unit = session.get_one(Unit, scan.unit_id)
        left = _uncut(session, scan, asset_id, (box for box, _file in made))
        for box, file in made:
            if box in left and not _is_known(session, file):
                image = catalogue.accession(actor, unit, draft, [file])
                note = Cut(asset_id, box, image, scan).where
                session.add(ImageLink(image_id=image.id, other_id=scan.id, kind=KIND, note=note))
                images.append(image)
        media.render_waiting()
    return images


def _kept(keeper: Keeper, scan: Asset, path: Path) -> FileDraft:
    """A cut as a master; when and from what it was digitised is known of the scan."""
    kept = keeper.masters.put_file(path)
    probe = keeper.prober.probe(kept.path, sha256=kept.sha256)
    name = f"{Path(scan.filename).stem or scan.public_id}-{kept.sha256[:6]}.tif"
    told = as_json(probe, name)
    return FileDraft(
        kept,
        name,
        mime=probe.mime or "",
        width=probe.width or 0,
        height=probe.height or 0,
        digital_source_type=scan.digital_source_type,
        digitised=scan.digitised,
        probe={key: value for key, value in told.items() if key not in ("path", "ok", "sha256")},
        blocks={name: b64encode(block).decode() for name, block in probe.raw.items()},
    )


def _draft(session: Session, scan: Image) -> Draft:
    own = catalogue.own_record(session, scan)
    return Draft(rights=redrafting.rights_of(own["rights"], own["provenance"]))


def _is_known(session: Session, file: FileDraft) -> bool:
    """Whether the same bytes are a photograph, although no link says so any more."""
    known = select(Asset.id).where(Asset.sha256 == file.kept.sha256)
    return session.scalar(known) is not None


def _uncut(session: Session, scan: Image, asset_id: str, boxes: Iterable[Box]) -> list[Box]:
    """Each once, without those that are photographs already."""
    done = {cut.box for cut in cuts_of(session, scan) if cut.asset_id == asset_id}
    return [box for box in dict.fromkeys(boxes) if box not in done]


def _cuts(session: Session, which: ColumnElement[bool]) -> list[Cut]:
    links = select(ImageLink).where(ImageLink.kind == KIND, which).order_by(ImageLink.id)
    found = []
    for link in session.scalars(links):
        if place := _WHERE.fullmatch(link.note):
            both = (session.get_one(Image, key) for key in (link.image_id, link.other_id))
            (box,) = _boxes([[int(number) for number in place.groups()[1:]]])
            found.append(Cut(place[1], box, *both))
    return found


def _scan(session: Session, asset_id: str) -> Image:
    """The photograph of a file. Raises NotFound, and Refused where it is withdrawn."""
    scan = session.get_one(Image, _asset(session, asset_id).image_id)
    if scan.state == "withdrawn":
        raise catalogue.Refused("withdrawn_photograph")
    return scan


def _asset(session: Session, asset_id: str) -> Asset:
    found = session.scalars(select(Asset).where(Asset.public_id == asset_id)).first()
    if found is None:
        raise catalogue.NotFound(asset_id)
    return found


def _jobs(session: Session, asset_id: str) -> list[jobs.Job]:
    open_ones = select(jobs.Job).where(
        jobs.Job.kind == JOB, jobs.Job.state.in_(("queued", "running"))
    )
    return [job for job in session.scalars(open_ones) if job.args["asset_id"] == asset_id]


def _boxes(numbers: Iterable[Sequence[int]]) -> list[Box]:
    return [(left, top, width, height) for left, top, width, height in numbers]
