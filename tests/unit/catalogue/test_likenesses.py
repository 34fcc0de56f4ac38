"""Photographs that look alike: proposed until somebody has judged them, never joined by itself."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from archive import db
from archive.catalogue import joining, likenesses
from archive.catalogue.models import Image, ImageLink
from archive.catalogue.refusals import Refused
from archive.history import undoing
from archive.history.models import ChangeSet
from tests.lookalikes import Lookalikes, lookalikes

__all__ = ["lookalikes"]


def waiting(archive: Lookalikes, of: str = "") -> set[frozenset[str]]:
    called = {public_id: name for name, public_id in archive.ids.items()}
    image = archive.image(of) if of else None
    pairs = likenesses.pairs(db.session(), image, limit=100)
    assert likenesses.count(db.session(), image) == len(pairs)
    return {frozenset({called[pair.one.public_id], called[pair.other.public_id]}) for pair in pairs}


def test_every_two_that_look_alike_wait_and_none_was_joined(lookalikes: Lookalikes) -> None:
    assert len(waiting(lookalikes)) == 6
    assert len(waiting(lookalikes, "part")) == 3
    assert waiting(lookalikes, "other") == set()
    assert db.session().scalar(select(func.count(Image.merged_into_id))) == 0


def test_what_is_told_apart_is_proposed_no_more_until_it_is_undone(lookalikes: Lookalikes) -> None:
    one, other = lookalikes.image("copy"), lookalikes.image("original")
    likenesses.tell_apart(lookalikes.archivist, one, other)
    assert frozenset({"copy", "original"}) not in waiting(lookalikes)
    assert len(waiting(lookalikes)) == 5
    last = db.session().scalars(select(ChangeSet).order_by(ChangeSet.id.desc())).first()
    assert last is not None
    undoing.undo(lookalikes.archivist, last)
    assert len(waiting(lookalikes)) == 6


def test_related_photographs_are_linked_once_and_stay_two(lookalikes: Lookalikes) -> None:
    part, whole = lookalikes.image("part"), lookalikes.image("original")
    pair = next(
        pair
        for pair in likenesses.pairs(db.session(), part, limit=9)
        if whole.id in (pair.one.id, pair.other.id)
    )
    assert pair.part == part
    for _ in range(2):
        likenesses.relate(lookalikes.archivist, part, whole, "crop_of")
    (link,) = db.session().scalars(select(ImageLink)).all()
    assert (link.image_id, link.other_id, link.kind) == (part.id, whole.id, "crop_of")
    assert frozenset({"part", "original"}) not in waiting(lookalikes)
    mirrored = lookalikes.image("mirrored")
    likenesses.relate(lookalikes.archivist, mirrored, whole, "duplicate_of")
    again = db.session().scalars(select(ImageLink).where(ImageLink.kind == "duplicate_of")).one()
    assert (again.image_id, again.other_id) == (whole.id, mirrored.id)


def test_a_photograph_is_not_related_to_itself(lookalikes: Lookalikes) -> None:
    image = lookalikes.image("copy")
    with pytest.raises(Refused):
        likenesses.relate(lookalikes.archivist, image, image, "duplicate_of")


def test_what_was_joined_waits_no_more(lookalikes: Lookalikes) -> None:
    stays, goes = lookalikes.image("original"), lookalikes.image("copy")
    joining.merge(lookalikes.archivist, stays, goes)
    left = waiting(lookalikes)
    assert not any("copy" in pair for pair in left)
    assert len(left) == 3


@pytest.mark.usefixtures("either_database")
def test_in_an_empty_archive_nothing_waits() -> None:
    assert likenesses.count(db.session()) == 0
    assert likenesses.pairs(db.session(), None, limit=5) == []
