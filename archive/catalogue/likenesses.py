"""Photographs whose pictures look like one: pairs for a person to judge, and what was judged.

That two look alike is found by `media.alike` and follows from the pictures. That they are related
(`ImageLink`) or different (`DistinctPair`) is a decision with a history; that they are one is
`joining`. The invariant: what was decided is not proposed again, and nothing is decided here by
itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from archive import db, history
from archive.catalogue.authorities import duplicates
from archive.catalogue.models import Image, ImageLink
from archive.catalogue.refusals import Refused
from archive.history import Actor
from archive.media.models import Likeness, Picture

KIND = "photograph"  # of DistinctPair
# What a person may call two related photographs, and whether it is said of one alone.
RELATIONS = {
    "variant_frame": False,
    "same_negative": False,
    "crop_of": True,
    "retouched_version_of": True,
    "duplicate_of": False,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two photographs and their most alike pictures; the first was received first."""

    one: Image
    other: Image
    pictures: tuple[Picture, Picture]
    shares: tuple[float, float]
    likeness: Likeness

    @property
    def part(self) -> Image | None:
        """Which of the two shows only a part of what the other does."""
        mine, theirs = self.shares
        if abs(mine - theirs) < PART:
            return None
        return self.one if mine > theirs else self.other


PART = 0.08  # difference of the shares in common from which one is called a part
_One, _Other = aliased(Picture), aliased(Picture)
_FIRST = case((_One.image_id < _Other.image_id, _One.image_id), else_=_Other.image_id)
_SECOND = case((_One.image_id < _Other.image_id, _Other.image_id), else_=_One.image_id)


def waiting(of: Image | None = None) -> Any:
    """Pairs that nobody has judged, as a query of (first, second, agreement), the surest first."""
    first, second = _FIRST.label("first"), _SECOND.label("second")
    pairs = (
        select(first, second, func.max(Likeness.agreement).label("agreement"))
        .select_from(Likeness)
        .join(_One, _One.asset_id == Likeness.one_asset)
        .join(_Other, _Other.asset_id == Likeness.other_asset)
        .where(_One.image_id != _Other.image_id)
        .group_by(first, second)
    )
    if of is not None:
        pairs = pairs.where(or_(_One.image_id == of.id, _Other.image_id == of.id))
    pair = pairs.subquery()
    told_apart = select(duplicates.DistinctPair.id).where(
        duplicates.DistinctPair.kind == KIND,
        duplicates.DistinctPair.one_id == pair.c.first,
        duplicates.DistinctPair.other_id == pair.c.second,
    )
    holds = select(Image.id).where(Image.state != "withdrawn")
    return (
        select(pair.c.first, pair.c.second, pair.c.agreement)
        .where(pair.c.first.in_(holds), pair.c.second.in_(holds))
        .where(~told_apart.exists(), ~_linked(pair.c.first, pair.c.second).exists())
        .order_by(pair.c.agreement.desc(), pair.c.first, pair.c.second)
    )


def count(session: Session, of: Image | None = None) -> int:
    """How many pairs wait for somebody to judge them."""
    return session.scalar(select(func.count()).select_from(waiting(of).subquery())) or 0


def pairs(session: Session, of: Image | None, *, limit: int, offset: int = 0) -> list[Pair]:
    """A page of them."""
    found = session.execute(waiting(of).limit(limit).offset(offset)).all()
    return [_pair(session, row.first, row.second) for row in found]


def relate(actor: Actor, image: Image, other: Image, kind: str) -> None:
    """Say what one photograph is to another, once; they stay two records.

    Raises Refused for a photograph and itself, LookupError for an unknown kind.
    """
    both_ways = not RELATIONS[kind]
    if image.id == other.id:
        raise Refused("one_photograph")
    if both_ways and other.id < image.id:
        image, other = other, image
    with history.change(actor, "relate"):
        session = db.session()
        if session.scalar(_linked(image.id, other.id).where(ImageLink.kind == kind)) is None:
            session.add(ImageLink(image_id=image.id, other_id=other.id, kind=kind))
            session.flush()


def tell_apart(actor: Actor, one: Image, other: Image) -> None:
    """Remember that two show something else; they are proposed no more."""
    duplicates.tell_apart(actor, KIND, one.id, other.id)


def _linked(one: Any, other: Any) -> Any:
    return select(ImageLink.id).where(
        ImageLink.kind.in_(RELATIONS),
        or_(
            and_(ImageLink.image_id == one, ImageLink.other_id == other),
            and_(ImageLink.image_id == other, ImageLink.other_id == one),
        ),
    )


def _pair(session: Session, first: int, second: int) -> Pair:
    both = (first, second)
    likeness, one, other = session.execute(
        select(Likeness, _One, _Other)
        .join(_One, _One.asset_id == Likeness.one_asset)
        .join(_Other, _Other.asset_id == Likeness.other_asset)
        .where(_One.image_id.in_(both), _Other.image_id.in_(both))
        .where(_One.image_id != _Other.image_id)
        .order_by(Likeness.agreement.desc())
        .limit(1)
    ).one()
    shares = (likeness.of_one, likeness.of_other)
    if one.image_id != first:
        one, other, shares = other, one, shares[::-1]
    images = [session.get_one(Image, key) for key in both]
    return Pair(images[0], images[1], (one, other), shares, likeness)
