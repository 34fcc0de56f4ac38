"""Pictures that look like one another: found when they come, and when somebody brings one.

Fingerprints say which pictures may be the same, `resembling` says whether they are. What follows
from it for their photographs is decided by people, elsewhere. The invariant: a reader is answered
from the pictures that everybody may see and from no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import ColumnElement, Engine, delete, or_, select, true
from sqlalchemy.orm import Session

from archive import db, jobs, rights
from archive.media import fingerprint, looking, renditions, resembling, sketch
from archive.media.fingerprint import ASKED, WINDOWS, Codes, Grey
from archive.media.looking import Near, Table
from archive.media.models import Likeness, Picture, Print
from archive.media.resembling import Resemblance

DAY = 86_400
LAID = 24  # pictures that are laid over the one asked for, the nearest first
GUESSES = 3  # of how they may lie
SURE = 0.85  # agreement after which no other guess is tried
LATE = 200  # numbers of prints that may become visible after later ones
GROUP = 50  # pictures compared in one transaction
_tables: WeakKeyDictionary[Engine, Table] = WeakKeyDictionary()
_growing = Lock()


@dataclass(frozen=True, slots=True)
class Alike:
    """A known picture that looks like one asked for: that one lies in it as `how` says."""

    asset_id: str
    image_id: int
    how: Resemblance


def keep_print(session: Session, picture: Picture, codes: Codes) -> None:
    """Keep the fingerprint of a picture; one that has not changed keeps its number."""
    stored = fingerprint.to_bytes(codes)
    before = session.scalar(select(Print).where(Print.asset_id == picture.asset_id))
    size = (picture.width, picture.height)
    if before is not None and (before.codes, before.width, before.height) == (stored, *size):
        return
    if before is not None:
        mine = picture.asset_id
        of_it = or_(Likeness.one_asset == mine, Likeness.other_asset == mine)
        session.execute(delete(Likeness).where(of_it))
        session.delete(before)
        session.flush()
    session.add(
        Print(
            asset_id=picture.asset_id, width=size[0], height=size[1], codes=stored, compared=False
        )
    )


def find(
    grey: Grey, width: int, height: int, *, among: ColumnElement[bool] | None = None
) -> list[Alike]:
    """Pictures that look like this one, the surest first. `among` narrows them by a condition."""
    session = db.session()
    near: dict[int, list[Near]] = defaultdict(list)
    for one in known(session).search(looking.asked_for(grey, width, height)):
        near[one.picture].append(one)
    for guesses in near.values():
        guesses.sort(key=lambda one: one.bits)
    order = sorted(near, key=lambda number: near[number][0].bits)
    found = []
    for number, picture in _nearest(session, order, true() if among is None else among):
        how = _laid(picture, grey, near[number])
        if how is not None:
            found.append(Alike(picture.asset_id, picture.image_id, how))
    return sorted(found, key=lambda one: -one.how.agreement)


def shown_to_all(today: Any) -> ColumnElement[bool]:
    """The condition for pictures of photographs that everybody may see."""
    access = rights.Access
    shown = select(access.image_id).where(
        access.public, or_(access.valid_until.is_(None), access.valid_until >= today)
    )
    return Picture.image_id.in_(shown)


def known(session: Session) -> Table:
    """The fingerprints of this archive, with those that came since they were last asked for."""
    with _growing:
        table = _tables.setdefault(db.engine(), Table())
        last = int(table.pictures.max(initial=0)) - LATE
        rows = session.execute(
            select(Print.id, Print.width, Print.height, Print.codes).where(Print.id > last)
        ).all()
        there = set(table.pictures[table.pictures > last].tolist())
        new = [row for row in rows if row.id not in there]
        if new:
            codes = fingerprint.from_bytes(b"".join(row.codes for row in new))
            shapes = fingerprint.shapes([row.width for row in new], [row.height for row in new])
            table.add([row.id for row in new], codes.reshape(-1, len(WINDOWS)), shapes)
        return table


def compare_new(run: jobs.Run) -> None:
    """Look for likenesses of every picture for which nobody has yet."""
    session = db.session()
    waiting = session.scalars(select(Print.id).where(~Print.compared).order_by(Print.id)).all()
    for start in range(0, len(waiting), GROUP):
        numbers = waiting[start : start + GROUP]
        found = {number: _likenesses(session, number) for number in numbers}
        with db.transaction() as writing:
            for number, likenesses in found.items():
                _keep(writing, number, likenesses)
        run.progress(start + len(numbers), len(waiting))


@jobs.every(DAY)
def take_fingerprints(run: jobs.Run) -> None:
    """Take the fingerprints of pictures that have none, from before there were any."""
    lacking = (
        select(Picture)
        .outerjoin(Print, Print.asset_id == Picture.asset_id)
        .where(Picture.state == "ready", Print.id.is_(None))
        .limit(GROUP)
    )
    while pictures := db.session().scalars(lacking).all():
        taken = [(picture.asset_id, _codes_of(picture)) for picture in pictures]
        with db.transaction() as session:
            for asset_id, codes in taken:
                keep_print(session, session.get_one(Picture, asset_id), codes)
        db.release()
    compare_new(run)


def _codes_of(picture: Picture) -> Codes:
    """A picture whose rendition is lost looks like none until it is made again."""
    grey = _grey(picture)
    return np.zeros(len(WINDOWS), np.uint64) if grey is None else fingerprint.codes(grey)


def _grey(picture: Picture) -> Grey | None:
    sizes = picture.sizes[:1]
    return sketch.of_rendition(renditions.path(picture, sizes[0])) if sizes else None


def _nearest(
    session: Session, order: Sequence[int], among: ColumnElement[bool]
) -> Iterator[tuple[int, Picture]]:
    """The pictures of these prints that may be found, in this order, and no more than LAID."""
    left = LAID
    for start in range(0, len(order), 4 * LAID):
        numbers = order[start : start + 4 * LAID]
        rows = session.execute(
            select(Print.id, Picture)
            .join(Picture, Picture.asset_id == Print.asset_id)
            .where(Print.id.in_(numbers), among)
        )
        pictures = {row.id: row.Picture for row in rows}
        for number in numbers:
            if left and number in pictures:
                left -= 1
                yield number, pictures[number]
        if not left:
            return


def _laid(picture: Picture, asked: Grey, guesses: Sequence[Near]) -> Resemblance | None:
    """How the picture asked for lies over a known one, if they are the same."""
    grey = _grey(picture)
    if grey is None:
        return None
    best: Resemblance | None = None
    for near in guesses[:GUESSES]:
        first = resembling.guess(ASKED[near.asked], near.turn, WINDOWS[near.kept])
        how = resembling.compare(grey, asked, first)
        if how is not None and (best is None or how.agreement > best.agreement):
            best = how
        if best is not None and best.agreement >= SURE:
            break
    return best if best is not None and best.agreement >= resembling.SAME else None


def _likenesses(session: Session, number: int) -> list[Likeness]:
    """What looks like a new picture, of photographs other than its own."""
    row = session.get(Print, number)
    picture = session.get(Picture, row.asset_id) if row else None
    grey = _grey(picture) if picture else None
    if row is None or picture is None or grey is None:
        return []
    others = Picture.image_id != picture.image_id
    found = find(grey, row.width, row.height, among=others)
    return [likeness(one, picture.asset_id) for one in found]


def likeness(one: Alike, asset_id: str) -> Likeness:
    """The pair in its order; what is told of the known one is told of it in the other order too."""
    how, swapped = one.how, asset_id < one.asset_id
    shares = (how.of_other, how.of_one) if swapped else (how.of_one, how.of_other)
    back = swapped and not how.mirrored
    return Likeness(
        one_asset=min(asset_id, one.asset_id),
        other_asset=max(asset_id, one.asset_id),
        agreement=how.agreement,
        of_one=shares[0],
        of_other=shares[1],
        mirrored=how.mirrored,
        quarters=-how.quarters % 4 if back else how.quarters,
    )


def _keep(session: Session, number: int, likenesses: Sequence[Likeness]) -> None:
    """A pair that was found from the other side too is kept once."""
    row = session.get(Print, number)
    if row is not None:
        row.compared = True
        for likeness in likenesses:
            session.merge(likeness)
        session.flush()
