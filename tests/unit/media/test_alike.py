"""Pictures that look alike: found when they come, once each, and never through what is hidden."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from PIL import Image as Drawing
from sqlalchemy import delete, select, update

from archive import db, jobs, rights
from archive.media import alike
from archive.media import service as media
from archive.media.fingerprint import SIDE, Grey
from archive.media.models import Likeness, Picture, Print
from tests.lookalikes import Lookalikes, lookalikes, scene

__all__ = ["lookalikes"]
ALIKE = {"original", "copy", "mirrored", "part"}


def grey(picture: Drawing.Image) -> Grey:
    return np.asarray(picture.resize((SIDE, SIDE), Drawing.Resampling.BOX), np.float32)


def names(archive: Lookalikes) -> dict[str, str]:
    """What each picture is called in the test."""
    called = {public_id: name for name, public_id in archive.ids.items()}
    ids = {archive.image(name).id: name for name in called.values()}
    pictures = db.session().scalars(select(Picture))
    return {picture.asset_id: ids[picture.image_id] for picture in pictures}


def pairs(archive: Lookalikes) -> dict[frozenset[str], Likeness]:
    called = names(archive)
    return {
        frozenset({called[row.one_asset], called[row.other_asset]}): row
        for row in db.session().scalars(select(Likeness))
    }


def test_every_picture_has_its_fingerprint_from_the_one_rendering(lookalikes: Lookalikes) -> None:
    prints = db.session().scalars(select(Print)).all()
    assert len(prints) == len(lookalikes.ids)
    assert all(row.compared and any(row.codes) for row in prints)


def test_what_looks_alike_is_a_pair_once_and_nothing_else_is(lookalikes: Lookalikes) -> None:
    found = pairs(lookalikes)
    assert set().union(*found) == ALIKE
    assert len(found) == 6
    assert found[frozenset({"original", "mirrored"})].mirrored
    assert not found[frozenset({"original", "copy"})].mirrored


def test_a_pair_says_which_of_the_two_is_the_part(lookalikes: Lookalikes) -> None:
    row = pairs(lookalikes)[frozenset({"original", "part"})]
    called = names(lookalikes)
    shares = {called[row.one_asset]: row.of_one, called[row.other_asset]: row.of_other}
    assert shares["original"] < 0.8
    assert shares["part"] > 0.95


def test_a_picture_is_not_a_likeness_of_its_own_photograph(lookalikes: Lookalikes) -> None:
    image = lookalikes.image("original")
    picture = db.session().scalars(select(Picture).where(Picture.image_id == image.id)).one()
    found = alike.find(grey(scene(1)), 640, 480, among=Picture.image_id != image.id)
    assert picture.asset_id not in {one.asset_id for one in found}
    assert len(found) == 3


def test_only_what_everybody_may_see_is_found_for_a_reader(lookalikes: Lookalikes) -> None:
    called = names(lookalikes)

    def seen(number: int) -> set[str]:
        found = alike.find(grey(scene(number)), 640, 480, among=alike.shown_to_all(media.today()))
        return {called[one.asset_id] for one in found}

    assert seen(1) == {"original", "mirrored"}
    assert seen(3) == set()
    over = rights.Access.image_id == lookalikes.image("original").id
    with db.transaction() as session:
        session.execute(update(rights.Access).where(over).values(valid_until=date(1999, 12, 31)))
    assert seen(1) == {"mirrored"}


def test_older_pictures_get_theirs_from_their_rendition(lookalikes: Lookalikes) -> None:
    before = {frozenset(pair) for pair in pairs(lookalikes)}
    with db.transaction() as session:
        session.execute(delete(Likeness))
        session.execute(delete(Print))
        jobs.submit(alike.take_fingerprints.__name__)
    jobs.run_due()
    assert {frozenset(pair) for pair in pairs(lookalikes)} == before


def test_a_picture_made_again_keeps_its_fingerprint_and_one_that_is_lost_has_none(
    lookalikes: Lookalikes,
) -> None:
    numbers = set(db.session().scalars(select(Print.id)))
    media.render_everything()
    jobs.run_due()
    assert set(db.session().scalars(select(Print.id))) == numbers
    with db.transaction() as session:
        session.execute(delete(Print))
        session.execute(update(Picture).values(sizes=[999]))
        jobs.submit(alike.take_fingerprints.__name__)
    jobs.run_due()
    rows = db.session().scalars(select(Print)).all()
    assert len(rows) == len(lookalikes.ids)
    assert not any(any(row.codes) for row in rows)
    assert alike.find(grey(scene(1)), 640, 480) == []


@pytest.mark.parametrize("quarter", range(4))
def test_how_a_picture_lies_is_the_same_from_both_sides(quarter: int) -> None:
    place = {0: [[1, 0, 0], [0, 1, 0]], 1: [[0, 1, 0], [-1, 0, 1]]}
    turned = [[-1, 0, 1], [0, -1, 1]]
    places = [place[0], place[1], turned, [[0, -1, 1], [1, 0, 0]]]
    how = alike.Resemblance(0.9, 0.5, 1.0, np.array(places[quarter], float))
    back = np.linalg.inv(np.vstack([how.place, [0, 0, 1]]))[:2]
    straight = alike.likeness(alike.Alike("aaa", 1, how), "bbb")
    other = alike.likeness(alike.Alike("bbb", 2, alike.Resemblance(0.9, 1.0, 0.5, back)), "aaa")
    kinds = [(row.of_one, row.of_other, row.quarters, row.mirrored) for row in (straight, other)]
    assert kinds[0] == kinds[1]
