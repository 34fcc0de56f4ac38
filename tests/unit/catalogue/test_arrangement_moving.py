"""Moving in the tree: what is said beforehand is what happens, and undoing it leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from archive import db, history
from archive.catalogue import arrangement, codes, dump, moving, record, service
from archive.catalogue.drafts import DateDraft, Draft, LinkDraft, Rights
from archive.catalogue.models import LEVELS, Image, Unit
from archive.catalogue.refusals import Refused
from archive.history.models import ChangeSet

pytestmark = pytest.mark.usefixtures("database")
ARCHIVIST = history.Actor(1, "archivist", frozenset({"archivist"}))
READER = history.Actor()
INC = "http://rightsstatements.org/vocab/InC/1.0/"
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"


def unit(
    ref: str, level: str = "fonds", parent: Unit | None = None, *, says: Rights | None = None,
    **more: object,
) -> Unit:  # fmt: skip
    return arrangement.add_unit(
        ARCHIVIST,
        ref_code=ref,
        title={"hu": ref},
        level=level,
        parent=parent,
        rights_and_provenance=says,
        **more,
    )


def photograph(
    place: Unit, name: str, *, says: Rights | None = None, public: bool = False
) -> Image:
    draft = Draft(ref_code=f"{place.ref_code}/{name}", rights=says or Rights())
    draft.title("hu", name)
    draft.dates = [DateDraft("1956", lang="hu")]
    draft.agents = [LinkDraft("Kő Ágnes", role="creator")]
    image = service.accession(ARCHIVIST, place, draft)
    if public:
        service.publish(ARCHIVIST, image)
    return image


def written() -> list[str]:
    parts = dump.parts(db.session())
    return [name + dump.line(one) for name, found in parts.items() for one in found]


def last_change() -> ChangeSet:
    newest = select(ChangeSet).order_by(ChangeSet.id.desc()).limit(1)
    return db.session().scalars(newest).one()


@pytest.fixture
def archive() -> dict[str, Unit]:
    """Two fonds that say different things; in the first a series with a file."""
    free = unit("HU-1", says=Rights(rights_statement=PDM, credit_line="Első"), creator="Kő Ágnes")
    closed = unit("HU-2", says=Rights(rights_statement=INC, credit_line="Második"))
    series = unit("HU-1-5", "series", free)
    file = unit("HU-1-5-7", "file", series)
    return {"free": free, "closed": closed, "series": series, "file": file}


def test_what_becomes_of_inherited_values_is_said_before(archive: dict[str, Unit]) -> None:
    photograph(archive["file"], "a", public=True)
    photograph(archive["file"], "b", says=Rights(credit_line="Saját"))
    photograph(archive["series"], "c")
    plan = moving.plan(db.session(), [archive["series"]], [], archive["closed"])
    assert (plan.moved_units, plan.moved_photographs) == (2, 3)
    told = {d.name: (d.before, d.after, d.photographs) for d in plan.differences}
    assert told == {
        "rights.statement": (PDM, INC, 3),
        "rights.credit": ("Első", "Második", 2),
    }
    assert {(d.before_from, d.after_from) for d in plan.differences} == {("HU-1", "HU-2")}


def test_what_readers_lose_is_named(archive: dict[str, Unit]) -> None:
    shown = photograph(archive["file"], "a", public=True)
    photograph(archive["file"], "b", public=True, says=Rights(rights_statement=PDM))
    photograph(archive["file"], "c")
    plan = moving.plan(db.session(), [archive["series"]], [], archive["closed"])
    download = next(effect for effect in plan.effects if effect.use == "download_full")
    assert (download.before.effect, download.after.effect) == ("allow", "deny")
    assert download.photographs == 1
    assert download.named == [(shown.public_id, {"hu": "a"})]
    before = service.read(shown.public_id, READER).access.download_px
    moving.move(ARCHIVIST, [archive["series"]], [], archive["closed"])
    assert (before, service.read(shown.public_id, READER).access.download_px) == (None, 0)


def test_the_creator_of_the_unit_above_is_inherited_anew(archive: dict[str, Unit]) -> None:
    silent = service.accession(ARCHIVIST, archive["file"], Draft(undated=True))
    plan = moving.plan(db.session(), [], [silent], archive["closed"])
    assert ("creator", "Kő Ágnes", "") in [(d.name, d.before, d.after) for d in plan.differences]


def test_moving_and_undoing_leaves_no_trace(archive: dict[str, Unit]) -> None:
    for name in ("a", "b"):
        photograph(archive["file"], name, public=name == "a")
    before = written()
    moving.move(ARCHIVIST, [archive["series"]], [], archive["closed"], pattern="{unit}{rest}")
    assert written() != before
    assert codes.bearer(db.session(), "HU-1-5-7").ref_code == "HU-2-5-7"
    history.undo(ARCHIVIST, last_change())
    assert written() == before
    assert codes.former_of(db.session(), archive["series"]) == []


def test_a_move_is_one_change_set(archive: dict[str, Unit]) -> None:
    photograph(archive["file"], "a")
    count = len(db.session().scalars(select(ChangeSet)).all())
    moving.move(ARCHIVIST, [archive["series"]], [], archive["closed"], pattern="{unit}/{n}")
    assert len(db.session().scalars(select(ChangeSet)).all()) == count + 1
    assert last_change().action == "move"
    assert {row.entity for row in last_change().changes} == {"unit", "image", "former_code"}


def test_photographs_go_behind_those_that_are_there(archive: dict[str, Unit]) -> None:
    there = photograph(archive["closed"], "z")
    chosen = [photograph(archive["file"], name) for name in ("b", "a")]
    moving.move(ARCHIVIST, [], chosen, archive["closed"])
    found = select(Image.id).where(Image.unit_id == archive["closed"].id).order_by(Image.position)
    assert db.session().scalars(found).all() == [there.id, *(one.id for one in chosen)]
    assert [one.ref_code for one in chosen] == ["HU-1-5-7/b", "HU-1-5-7/a"]


def test_what_is_below_follows_the_code_of_its_unit(archive: dict[str, Unit]) -> None:
    photograph(archive["file"], "a")
    strange = service.accession(ARCHIVIST, archive["file"], Draft(ref_code="FOTÓ 12"))
    unit("HU-1-55", "file", archive["series"])
    plan = moving.plan(
        db.session(), [archive["series"]], [], archive["closed"], pattern="{unit}-{n}"
    )
    assert {(one.before, one.after) for one in plan.recodings} == {
        ("HU-1-5", "HU-2-1"), ("HU-1-5-7", "HU-2-1-7"), ("HU-1-5-7/a", "HU-2-1-7/a"),
    }  # fmt: skip
    assert plan.kept_codes == 2
    moving.move(ARCHIVIST, [archive["series"]], [], archive["closed"], pattern="{unit}-{n}")
    assert strange.ref_code == "FOTÓ 12"


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{unit}", "reference_code_taken"),
        ("+{n}", "reference_code_unfit"),
        ("{place}", "pattern_unread"),
        ("{unit", "pattern_unread"),
        ("HU-OLD", "reference_code_was_used"),
    ],
)
def test_codes_that_cannot_be_given_are_refused(
    archive: dict[str, Unit], pattern: str, code: str
) -> None:
    arrangement.edit_unit(ARCHIVIST, unit("HU-OLD"), ref_code="HU-NEW")
    with pytest.raises(Refused) as refused:
        moving.plan(db.session(), [archive["series"]], [], archive["closed"], pattern=pattern)
    assert refused.value.code == code


def test_photographs_are_not_given_one_code_twice(archive: dict[str, Unit]) -> None:
    chosen = [photograph(archive["file"], name) for name in ("a", "b")]
    for place, pattern, code in (
        ("closed", "{unit}/x", "code_given_twice"),
        ("closed", "HU-1-5-7/c", "code_of_another_photograph"),
    ):
        if code == "code_of_another_photograph":
            photograph(archive["file"], "c")
            chosen = chosen[:1]
        with pytest.raises(Refused) as refused:
            moving.plan(db.session(), [], chosen, archive[place], pattern=pattern)
        assert refused.value.code == code


def test_a_new_code_of_a_photograph_has_to_fit(archive: dict[str, Unit]) -> None:
    image = photograph(archive["file"], "a")
    for pattern in ("x" * 121, "{unit}//{n}"):
        with pytest.raises(Refused) as refused:
            moving.plan(db.session(), [], [image], archive["closed"], pattern=pattern)
        assert refused.value.code == "reference_code_unfit"


def test_nothing_goes_where_it_may_not_be(archive: dict[str, Unit]) -> None:
    image = photograph(archive["file"], "a")
    cases: list[tuple[list[Unit], list[Image], Unit | None, str]] = [
        ([archive["free"]], [], archive["file"], "below_itself"),
        ([archive["series"]], [], archive["series"], "below_itself"),
        ([archive["free"]], [], archive["closed"], "level_does_not_fit"),
        ([archive["series"]], [], None, "level_at_the_top"),
        ([archive["series"]], [], archive["free"], "already_there"),
        ([], [image], archive["file"], "already_there"),
        ([], [image], None, "photograph_without_unit"),
        ([], [], archive["file"], "nothing_to_move"),
    ]
    for units, images, target, code in cases:
        with pytest.raises(Refused) as refused:
            moving.move(ARCHIVIST, units, images, target)
        assert refused.value.code == code


def test_a_unit_and_what_is_in_it_go_once(archive: dict[str, Unit]) -> None:
    image = photograph(archive["file"], "a")
    units = [archive["file"], archive["series"]]
    moving.move(ARCHIVIST, units, [image], archive["closed"])
    path = [one.ref_code for one in record.path_of(db.session(), image.unit_id)]
    assert path == ["HU-2", "HU-1-5", "HU-1-5-7"]


def test_a_move_that_would_do_something_else_by_now_is_not_done(archive: dict[str, Unit]) -> None:
    plan = moving.plan(db.session(), [archive["series"]], [], archive["closed"])
    photograph(archive["file"], "a")
    with pytest.raises(moving.Outdated) as outdated:
        moving.move(ARCHIVIST, [archive["series"]], [], archive["closed"], expected=plan.digest)
    assert outdated.value.plan.moved_photographs == 1
    now = outdated.value.plan.digest
    moving.move(ARCHIVIST, [archive["series"]], [], archive["closed"], expected=now)


# --- whatever the tree looks like ---


@some.composite
def trees(draw: some.DrawFn) -> list[tuple[int, str, str]]:
    """Units as (place of the one above, level, what it says), above before below."""
    found: list[tuple[int, str, str]] = [(-1, "fonds", draw(some.sampled_from(["", "A", "B"])))]
    for _ in range(draw(some.integers(0, 7))):
        above = draw(some.integers(-1, len(found) - 1))
        fitting = [
            level for level in LEVELS if _fits(level, None if above < 0 else found[above][1])
        ]
        level = draw(some.sampled_from(fitting)) if fitting else ""
        if level:
            found.append((above, level, draw(some.sampled_from(["", "A", "B"]))))
    return found


def _fits(level: str, above: str | None) -> bool:
    try:
        arrangement.check_level(level, above)
    except Refused:
        return False
    return True


def _made(tree: list[tuple[int, str, str]], run: int) -> list[tuple[Unit, Image]]:
    made: list[tuple[Unit, Image]] = []
    with history.change(ARCHIVIST, "arrange"):
        for number, (above, level, credit) in enumerate(tree):
            parent = made[above][0] if above >= 0 else None
            place = unit(f"R{run}-{number}", level, parent, says=Rights(credit_line=credit))
            made.append((place, service.accession(ARCHIVIST, place, Draft())))
    return made


def _nearest(place: Unit | None) -> str:
    """The credit that is nearest above, found in the plainest way."""
    while place is not None:
        if place.credit_line:
            return place.credit_line
        place = db.session().get(Unit, place.parent_id) if place.parent_id else None
    return ""


@pytest.fixture(scope="module")
def runs() -> Iterator[int]:
    return iter(range(10_000))


@given(tree=trees(), choice=some.data())
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_moved_the_tree_stays_one(
    runs: Iterator[int], tree: list[tuple[int, str, str]], choice: some.DataObject
) -> None:
    made = _made(tree, next(runs))
    one = choice.draw(some.sampled_from(made))[0]
    target = choice.draw(some.sampled_from([None, *(place for place, _ in made)]))
    before = written()
    try:
        plan = moving.move(ARCHIVIST, [one], [], target)
    except Refused:
        assert written() == before
        plan = None
    for place, image in made:
        path = record.path_of(db.session(), place.id)
        assert path[0].parent_id is None
        assert len({step.id for step in path}) == len(path)
        assert all(_fits(b.level, a.level) for a, b in pairwise(path))
        shown = service.read(image.public_id, ARCHIVIST).record
        assert shown["rights"]["credit"] == _nearest(place)
        assert service.own_record(db.session(), image)["rights"]["credit"] == ""
    if plan is not None:
        history.undo(ARCHIVIST, last_change())
        assert written() == before
